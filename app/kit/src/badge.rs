//! The badge of a capability label (design.md section 9): shape by domain, symbol, ribbon with name and validity.

/// The shape and its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Platform services.
    Hexagon,
    /// Cloud-native.
    Octagon,
    /// Delivery.
    Shield,
}

/// The white drawing in its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// Databases.
    Database,
    /// Cubes.
    Cube,
    /// The two hooks of the mark.
    Hooks,
}

/// What a badge says.
pub struct Badge<'a> {
    /// Its shape.
    pub shape: Shape,
    /// Its symbol.
    pub symbol: Symbol,
    /// The name of the label.
    pub name: &'a str,
    /// Until when, in words.
    pub until: &'a str,
    /// Whose it is, in words.
    pub holder: &'a str,
}

impl Badge<'_> {
    /// The drawing, 160 by 184. Colours are its own: it leaves the product.
    #[must_use]
    pub fn svg(&self) -> String {
        let (path, rim, field) = outline(self.shape);
        let symbol = symbol(self.symbol);
        let (name, until, holder) =
            (crate::drawn::escaped(self.name), crate::drawn::escaped(self.until), crate::drawn::escaped(self.holder));
        let scaled = |scale: &str| format!("translate(80 92) scale({scale}) translate(-80 -92)");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 184\" width=\"160\" height=\"184\" role=\"img\" \
             aria-label=\"{name}, {until}, {holder}\"><path fill=\"{rim}\" d=\"{path}\"/><path fill=\"{field}\" transform=\"{field_at}\" d=\"{path}\"/>\
             <clipPath id=\"above-{rim_id}\"><path d=\"M0 0h160v101H0z\"/></clipPath><g clip-path=\"url(#above-{rim_id})\">\
             <path fill=\"none\" stroke=\"#fff\" stroke-opacity=\".5\" stroke-width=\"1.2\" transform=\"{line_at}\" d=\"{path}\"/></g>\
             <g transform=\"translate(80 64)\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4.2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{symbol}</g>\
             <path fill=\"{rim}\" d=\"M13 138h134v5H13z\" opacity=\".55\"/><path fill=\"#f9f4e8\" d=\"M4 100h152l-9 20 9 20H4l9-20z\"/>\
             <g text-anchor=\"middle\" font-family=\"sans-serif\"><text x=\"80\" y=\"118\" font-size=\"15\" font-weight=\"600\" fill=\"{rim}\">{name}</text>\
             <text x=\"80\" y=\"133\" font-size=\"10\" fill=\"#4e5652\">{until}</text>\
             <text x=\"80\" y=\"157\" font-size=\"10\" fill=\"#fff\">{holder}</text></g></svg>",
            field_at = scaled(".91"),
            line_at = scaled(".83"),
            rim_id = rim.trim_start_matches('#'),
        )
    }
}

const fn outline(shape: Shape) -> (&'static str, &'static str, &'static str) {
    match shape {
        Shape::Hexagon => {
            ("M80 2 148 40q6 3 6 10v76q0 7-6 10L86 180q-6 3-12 0L12 136q-6-3-6-10V50q0-7 6-10L74 5q3-2 6-3z", "#0a4e50", "#0f7a78")
        }
        Shape::Octagon => (
            "M48 4h64q5 0 9 4l30 32q4 4 4 9v86q0 5-4 9l-30 32q-4 4-9 4H48q-5 0-9-4L9 144q-4-4-4-9V49q0-5 4-9L39 8q4-4 9-4z",
            "#2b4272",
            "#4865a3",
        ),
        Shape::Shield => (
            "M80 3c20 13 44 16 72 16 3 0 4 2 4 5v82c0 36-30 62-72 76-3 1-5 1-8 0C34 168 4 142 4 106V24c0-3 1-5 4-5 28 0 52-3 72-16z",
            "#7a3d0c",
            "#b3651f",
        ),
    }
}

const fn symbol(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Database => {
            "<path d=\"M-24-24a24 9 0 1 0 48 0a24 9 0 1 0-48 0M-24-24v16c0 5 11 9 24 9s24-4 24-9v-16M-24-8V8c0 5 11 9 24 9s24-4 24-9V-8\"/>"
        }
        Symbol::Cube => "<path d=\"M0-36 22-24V0L0 12-22 0v-24zM-22-24 0-12l22-12M0-12v24M-34 8-22 0M34 8 22 0M0 12v12\"/>",
        Symbol::Hooks => "<path d=\"M-26 14v-26a15 15 0 0 1 30 0v10\"/><path stroke=\"#fbe2bd\" d=\"M26-34v26a15 15 0 0 1-30 0v-10\"/>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_wherever_it_stands() {
        let badge = Badge { shape: Shape::Shield, symbol: Symbol::Hooks, name: "<a \"b\">", until: "2027-11", holder: "A & B" };
        let svg = badge.svg();
        assert!(!svg.contains("<a ") && svg.contains("&lt;a &quot;b&quot;>") && svg.contains("A &amp; B"), "{svg}");
    }
}
