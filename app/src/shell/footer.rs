//! The footer: the zone of all times, and the version.

use super::text;
use kit::{icon::dot, lang, visit};
use leptos::prelude::*;

/// The footer.
#[component]
pub fn Footer() -> AnyView {
    let lang = lang();
    let version = visit().with_value(|visit| visit.version.clone());
    view! {
        <footer class="footer">
            <div class="wrap">
                <p>{text::ZONE.at(lang)}</p>
                <nav aria-label=text::FOOTER.at(lang)><ul><li><a href="/join">{text::JOIN.at(lang)}</a></li></ul></nav>
                <p class="version">{format!("Partner Center {version}{}{}", dot(lang), text::SELF_HOSTED.at(lang))}</p>
            </div>
        </footer>
    }
    .into_any()
}
