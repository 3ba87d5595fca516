//! A link to be passed on (design 10): the address to copy, as a picture for phones, what it carries, and whether it still holds. The address can
//! always be selected by hand; script copies it (`data-copy`, [`crate::overlay`]) and says whether the browser let it.

use crate::{icon::Icon, lang, page::more_styles};
use domain::{Text, text};
use leptos::prelude::*;
use qrcode::{Color, QrCode};

const ADDRESS: Text = text("链接", "Link");
const COPY: Text = text("复制链接", "Copy the link");
const COPIED: Text = text("链接已复制", "Link copied");
const BLOCKED: Text =
    text("浏览器不允许复制。链接已选中，请按 Ctrl C。", "The browser does not let it be copied. It is selected: press Ctrl C.");
const PICTURE: Text = text("链接的二维码", "The link as a QR code");
/// Modules that stay free around a code, so that it is found.
const QUIET_MODULES: usize = 4;

/// What is passed on.
pub struct Shared {
    /// What the link is of.
    pub title: String,
    /// A line below it.
    pub line: String,
    /// The address.
    pub href: String,
    /// Why it leads nowhere any more, if so.
    pub ended: Option<String>,
    /// What it carries: label and value.
    pub facts: Vec<(&'static str, String)>,
    /// What else can be done with it.
    pub foot: AnyView,
}

/// The panel.
#[must_use]
pub fn link_card(shared: Shared) -> AnyView {
    more_styles();
    let lang = lang();
    let Shared { title, line, href, ended, facts, foot } = shared;
    let facts = facts.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view();
    let inside = match ended {
        Some(why) => view! { <p class="note" data-k="act"><Icon name="alert"/><span>{why}</span></p> }.into_any(),
        None => view! {
            <span class="affix">
                <input class="mono" readonly=true value=href.clone() aria-label=ADDRESS.at(lang)/>
                <button class="icon-btn" type="button" data-copy="" aria-label=COPY.at(lang)><Icon name="copy" size="s"/></button>
            </span>
            <p class="hint" role="status" data-copied=COPIED.at(lang) data-blocked=BLOCKED.at(lang)></p>
        }
        .into_any(),
    };
    let picture = picture(&href);
    view! {
        <div class="link-card" role="group" aria-label=title.clone()>
            {picture}
            <div class="link-main">
                <b>{title.clone()}</b>
                <p class="sub">{line}</p>
                {inside}
                <dl class="facts one">{facts}</dl>
            </div>
            <div class="link-foot">{foot}</div>
        </div>
    }
    .into_any()
}

/// A text as a QR code; nothing when it is too long for one.
#[must_use]
pub fn picture(text: &str) -> Option<AnyView> {
    let code = QrCode::new(text).ok()?;
    let (width, side) = (code.width(), code.width() + 2 * QUIET_MODULES);
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path: String = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET_MODULES, at / width + QUIET_MODULES)).collect();
    let frame = format!("0 0 {side} {side}");
    Some(view! { <svg class="qr" viewBox=frame role="img" aria-label=PICTURE.at(lang())><path d=path></path></svg> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{drawn::drawn, visit::Visit};

    fn drawn_picture(text: &str) -> Option<String> {
        Owner::new().with(|| {
            provide_context(StoredValue::new(Visit::default()));
            picture(text).map(|view| drawn(view).0)
        })
    }

    #[test]
    fn a_short_link_has_a_picture_with_its_three_corners_and_free_space_around_it() {
        let picture = drawn_picture("https://pc.example/m/p/7Kq2-LHSK").expect("a picture");
        // 32 characters fit into version 3 with 29 modules at the usual level of correction.
        assert!(picture.contains("viewBox=\"0 0 37 37\""), "{picture}");
        for corner in ["M4 4h", "M32 4h", "M4 32h"] {
            assert!(picture.contains(corner), "{corner}");
        }
        assert!(!picture.contains("M3 ") && !picture.contains("M33 "), "nothing stands in the free space");
        assert_eq!(drawn_picture(&"x".repeat(5_000)), None);
    }
}
