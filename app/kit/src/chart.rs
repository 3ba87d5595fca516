//! Charts: drawn as SVG by the server, with the same numbers as a table (design.md section 4). One unit per chart: two measures are two
//! panels on one axis. Coordinates are whole tenths, so nothing is computed in floats.
//!
//! A page that the browser draws anew gets its chart drawn: the reading function sends [`Chart::markup`], the page shows it.

use crate::drawn::escaped;
use crate::{lang, page::more_styles, words};
use domain::text::grouped;
use leptos::prelude::*;
use std::fmt::Write as _;

mod scale;

use scale::{Scale, at};

/// How the values of a panel are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A bar each.
    Bars,
    /// A line with a soft ground, its last value marked.
    Line,
}

/// A panel: one measure along the axis.
pub struct Panel {
    /// What is measured.
    pub name: String,
    /// The series colour, 1 to 6.
    pub colour: u8,
    /// Tenths of the unit; none where there is no value.
    pub tenths: Vec<Option<i64>>,
    /// The same in another period, drawn as a dashed line.
    pub compared: Vec<Option<i64>>,
    /// From here on the values are estimates, hatched.
    pub estimated_from: Option<usize>,
    /// The one bar that matters; the others are muted.
    pub highlight: Option<usize>,
}

/// A chart.
pub struct Chart {
    /// Names it among others of the page.
    pub id: &'static str,
    /// What it shows, in a sentence.
    pub sentence: String,
    /// The unit of all values.
    pub unit: String,
    /// The axis.
    pub labels: Vec<String>,
    /// How its values are drawn.
    pub look: Look,
    /// Its panels.
    pub panels: Vec<Panel>,
    /// Where it stands.
    pub size: Size,
}

/// Where a chart stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// In the main column.
    Wide,
    /// Beside it.
    Narrow,
    /// Beside it, below a figure that says more.
    Low,
}

/// The places of a drawing, in pixels of its view box.
struct Frame {
    width: i64,
    panel: i64,
    /// Left of the axis.
    left: i64,
    text: i64,
    /// Every how many labels one is written.
    every: usize,
}

/// Above a panel: its name.
const HEAD: i64 = 30;
/// Below the last panel: the axis.
const FOOT: i64 = 24;

impl Chart {
    /// The drawing for wide screens, the one for phones, and the table.
    #[must_use]
    pub fn view(&self) -> AnyView {
        more_styles();
        let count = self.labels.len().max(1);
        let beside = |panel| Frame { width: 288, panel, left: 30, text: 12, every: count.div_ceil(3) };
        let (wide, on_phone, class) = match self.size {
            Size::Wide => (Frame { width: 620, panel: 88, left: 44, text: 12, every: count.div_ceil(12) }, 110, "chart"),
            Size::Narrow => (beside(160), 110, "chart narrow"),
            Size::Low => (beside(64), 64, "chart narrow"),
        };
        let phone = Frame { width: 320, panel: on_phone, left: 38, text: 14, every: count.div_ceil(3) };
        let drawings = [(wide, "wide-only", "w"), (phone, "phone-only", "p")];
        let drawings = drawings.map(|(frame, class, mark)| view! { <div class=class inner_html=self.drawing(&frame, mark)></div> });
        view! { <figure class=class>{drawings.into_iter().collect_view()}{self.legend()}{self.table()}</figure> }.into_any()
    }

    /// The chart as markup, for an answer that a page shows as it is.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn markup(&self) -> String {
        crate::drawn::drawn(self.view()).0
    }

    fn drawing(&self, frame: &Frame, mark: &str) -> String {
        let panels = i64::try_from(self.panels.len()).unwrap_or(1);
        let height = panels * (HEAD + frame.panel) + FOOT;
        let name = escaped(&self.sentence);
        let mut out =
            format!("<svg viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"{name}\" class=\"t{}\">", frame.width, frame.text);
        for (number, panel) in self.panels.iter().enumerate() {
            let top = HEAD + i64::try_from(number).unwrap_or(0) * (HEAD + frame.panel);
            let hatch = format!("{}-{mark}-{number}", self.id);
            self.panel(&mut out, panel, frame, top, &hatch);
        }
        self.axis(&mut out, frame, height - FOOT);
        out.push_str("</svg>");
        out
    }

    fn panel(&self, out: &mut String, panel: &Panel, frame: &Frame, top: i64, hatch: &str) {
        let values = panel.tenths.iter().chain(&panel.compared).flatten().copied();
        let scale = Scale::of(values.max().unwrap_or(0), top + frame.panel, frame.panel);
        let right = frame.width;
        if self.panels.len() > 1 {
            put(out, format_args!("<text class=\"name\" x=\"0\" y=\"{}\">{}</text>", top - 14, escaped(&panel.name)));
        }
        for line in scale.lines() {
            let y = at(scale.y(line));
            let class = if line == 0 { "base" } else { "grid" };
            put(out, format_args!("<path class=\"{class}\" d=\"M{} {y}H{right}\"/>", frame.left));
            let word = tenths(line);
            put(out, format_args!("<text class=\"y\" x=\"{}\" y=\"{y}\" dy=\".35em\">{word}</text>", frame.left - 8));
        }
        match self.look {
            Look::Bars => bars(out, panel, frame, &scale, hatch),
            Look::Line => line(out, panel, frame, &scale),
        }
        let last = panel.tenths.iter().enumerate().rev().find_map(|(place, value)| value.map(|value| (place, value)));
        if let Some((place, value)) = last {
            // Above its own mark, and never over the edge.
            let x = at(frame.centre(place, panel.tenths.len().max(panel.compared.len())).min((right - 14) * 10));
            put(out, format_args!("<text class=\"last\" x=\"{x}\" y=\"{}\">{}</text>", at(scale.y(value) - 70), tenths(value)));
        }
    }

    fn axis(&self, out: &mut String, frame: &Frame, base: i64) {
        let count = self.labels.len();
        for (place, label) in self.labels.iter().enumerate() {
            let last = place + 1 == count;
            // The last is always written, its neighbours keep away from it.
            if !last && (place % frame.every != 0 || (frame.every > 1 && place + frame.every > count)) {
                continue;
            }
            let x = frame.centre(place, count);
            let (x, class) =
                if last && frame.every > 1 { (frame.width * 10, "x last end") } else { (x, if last { "x last" } else { "x" }) };
            put(out, format_args!("<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>", at(x), base + 18, escaped(label)));
        }
    }

    fn legend(&self) -> Option<AnyView> {
        let lang = lang();
        let item = |class: String, word: String| view! { <li><span class=class aria-hidden="true"></span>{word}</li> }.into_any();
        let mut items: Vec<AnyView> = Vec::new();
        if self.panels.len() > 1 {
            items.extend(self.panels.iter().map(|panel| item(format!("k k{}", panel.colour), panel.name.clone())));
        }
        if self.panels.iter().any(|panel| panel.estimated_from.is_some()) {
            items.push(item("k hatched".to_owned(), words::ESTIMATE.at(lang).to_owned()));
        }
        if self.panels.iter().any(|panel| !panel.compared.is_empty()) {
            items.push(item("k dashed".to_owned(), words::COMPARED.at(lang).to_owned()));
        }
        (!items.is_empty()).then(|| view! { <ul class="legend">{items}</ul> }.into_any())
    }

    /// The same numbers for those who read them.
    fn table(&self) -> AnyView {
        let lang = lang();
        let heads = self.panels.iter().map(|panel| view! { <th scope="col" class="num">{panel.name.clone()}</th> }).collect_view();
        let compared = self.panels.iter().any(|panel| !panel.compared.is_empty());
        let more = compared.then(|| view! { <th scope="col" class="num">{words::COMPARED.at(lang)}</th> });
        let word = |values: &[Option<i64>], place: usize| values.get(place).copied().flatten().map_or_else(|| "—".to_owned(), tenths);
        let rows = self.labels.iter().enumerate().map(|(place, label)| {
            let cells = self.panels.iter().map(|panel| {
                let estimate = panel.estimated_from.is_some_and(|from| from <= place).then(|| format!(" {}", words::ESTIMATE.at(lang)));
                view! { <td class="num">{word(&panel.tenths, place)}{estimate}</td> }
            });
            let other = compared.then(|| self.panels.first().map(|panel| view! { <td class="num">{word(&panel.compared, place)}</td> }));
            view! { <tr><th scope="row">{label.clone()}</th>{cells.collect_view()}{other}</tr> }
        });
        let caption = format!("{} ({})", self.sentence, self.unit);
        view! {
            <details class="data-table">
                <summary>{words::DATA_TABLE.at(lang)}</summary>
                <table class="table compact">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead><tr><th scope="col">{words::PERIOD.at(lang)}</th>{heads}{more}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        }
        .into_any()
    }
}

impl Frame {
    /// The middle of a value's place, in tenths of a pixel.
    fn centre(&self, place: usize, count: usize) -> i64 {
        let (place, count) = (i64::try_from(place).unwrap_or(0), i64::try_from(count.max(1)).unwrap_or(1));
        self.left * 10 + (self.width - self.left) * 10 * (2 * place + 1) / (2 * count)
    }
}

fn bars(out: &mut String, panel: &Panel, frame: &Frame, scale: &Scale, hatch: &str) {
    let count = panel.tenths.len();
    let colour = format!("var(--c{})", panel.colour);
    if panel.estimated_from.is_some() {
        put(
            out,
            format_args!(
                "<pattern id=\"{hatch}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
                 <path d=\"M1 0v5\" stroke=\"{colour}\" stroke-width=\"1.5\"/></pattern>"
            ),
        );
    }
    let slot = (frame.width - frame.left) * 10 / i64::try_from(count.max(1)).unwrap_or(1);
    let half = (slot * 29 / 100).min(160);
    for (place, value) in panel.tenths.iter().enumerate() {
        let Some(value) = value else { continue };
        let (x, y, base) = (frame.centre(place, count) - half, scale.y(*value), scale.y(0));
        let paint = match (panel.estimated_from, panel.highlight) {
            (Some(from), _) if from <= place => format!("fill=\"url(#{hatch})\" stroke=\"{colour}\""),
            (_, Some(one)) if one != place => "fill=\"var(--c1-soft)\"".to_owned(),
            _ => format!("fill=\"{colour}\""),
        };
        let (y, height) = (y.min(base), (base - y).abs().max(5));
        put(
            out,
            format_args!("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" {paint}/>", at(x), at(y), at(2 * half), at(height)),
        );
    }
}

fn line(out: &mut String, panel: &Panel, frame: &Frame, scale: &Scale) {
    let path = |values: &[Option<i64>], count: usize| -> Vec<(i64, i64)> {
        let places = values.iter().enumerate().filter_map(|(place, value)| value.map(|value| (place, value)));
        places.map(|(place, value)| (frame.centre(place, count), scale.y(value))).collect()
    };
    let count = panel.tenths.len().max(panel.compared.len());
    let compared = path(&panel.compared, count);
    if !compared.is_empty() {
        put(out, format_args!("<path class=\"dashed\" d=\"{}\"/>", drawn(&compared)));
    }
    let points = path(&panel.tenths, count);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    let colour = format!("var(--c{})", panel.colour);
    let (base, points) = (at(scale.y(0)), drawn(&points));
    put(out, format_args!("<path fill=\"var(--c1-soft)\" d=\"{points}L{} {base}L{} {base}z\"/>", at(last.0), at(first.0)));
    put(out, format_args!("<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\" d=\"{points}\"/>"));
    put(out, format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"3.5\" fill=\"{colour}\"/>", at(last.0), at(last.1)));
}

fn drawn(points: &[(i64, i64)]) -> String {
    let mut out = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        put(&mut out, format_args!("{}{} {}", if place == 0 { "M" } else { "L" }, at(*x), at(*y)));
    }
    out
}

/// Tenths as people read them; a whole number has no decimals.
fn tenths(value: i64) -> String {
    let whole = grouped(value / 10);
    match value % 10 {
        0 => whole,
        rest if value < 0 && value > -10 => format!("\u{2212}{whole}.{}", rest.abs()),
        rest => format!("{whole}.{}", rest.abs()),
    }
}

/// Writing to a text does not fail.
fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).ok();
}

#[cfg(test)]
mod tests {
    use super::tenths;
    use crate::drawn::escaped;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([0, 5, -5, 678, 1_000, -12_345].map(tenths), ["0", "0.5", "\u{2212}0.5", "67.8", "100", "\u{2212}1,234.5"]);
    }

    #[test]
    fn a_name_cannot_leave_its_attribute() {
        assert_eq!(escaped("a\"<b>&"), "a&quot;&lt;b>&amp;");
    }
}
