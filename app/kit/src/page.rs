//! A page: title, breadcrumbs, heading, actions, and what was said on the way here.

use crate::{awaited::changing, icon::Icon, lang, visit::visit, words};
use leptos::prelude::*;
use leptos_meta::Title;

/// A breadcrumb; the last one has no address.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its word.
    pub label: String,
    /// Its address.
    pub href: Option<String>,
}

impl Crumb {
    /// A link.
    #[must_use]
    pub fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// This page.
    #[must_use]
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// The main part of a page.
#[component]
pub fn Page(
    /// The heading, and the title of the window.
    #[prop(into)]
    title: String,
    /// The sentence below it.
    #[prop(optional, into)]
    lede: Option<String>,
    /// Where it lies.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Chip or tag beside the heading.
    #[prop(default = None)]
    mark: Option<AnyView>,
    /// Buttons at the right.
    #[prop(default = None)]
    actions: Option<AnyView>,
    /// `form` for the narrow width.
    #[prop(optional)]
    width: &'static str,
    /// The content.
    children: Children,
) -> AnyView {
    let class = if width == "form" { "page form" } else { "page" };
    let heading = match mark {
        Some(mark) => view! { <div class="title-row"><h1>{title.clone()}</h1>{mark}</div> }.into_any(),
        None => view! { <h1>{title.clone()}</h1> }.into_any(),
    };
    view! {
        <Title text=title/>
        <main class=class id="main" tabindex="-1">
            <Flash/>
            {crumb_trail(crumbs)}
            <div class="page-head">
                <div class="page-title">
                    {heading}
                    {lede.map(|lede| view! { <p class="lede">{lede}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
            </div>
            {children()}
        </main>
    }
    .into_any()
}

/// Breadcrumbs, none for an empty list.
#[must_use]
pub fn crumb_trail(crumbs: Vec<Crumb>) -> Option<AnyView> {
    if crumbs.is_empty() {
        return None;
    }
    let items = crumbs
        .into_iter()
        .map(|crumb| match crumb.href {
            Some(href) => view! { <li><a href=href>{crumb.label}</a></li> }.into_any(),
            None => view! { <li aria-current="page">{crumb.label}</li> }.into_any(),
        })
        .collect_view();
    Some(view! { <nav class="crumbs" aria-label=words::CRUMBS.at(lang())><ol>{items}</ol></nav> }.into_any())
}

/// What the form that led here did, for readers without script; with script a toast says it.
#[component]
pub fn Flash() -> AnyView {
    let said = visit().with_value(|visit| visit.kept.as_ref().and_then(|kept| kept.said.clone()));
    let line = said.map(|said| {
        view! { <p class="note flash" data-k="good" role="status" data-testid="toast"><Icon name="check-circle"/><span>{said}</span></p> }
    });
    view! { {line} }.into_any()
}

/// The toast of an act sent by script.
#[component]
pub fn Toasts() -> AnyView {
    let lang = lang();
    let said = use_context::<crate::act::Said>().map_or_else(|| RwSignal::new(None), |said| said.0);
    let toast = changing(move || {
        let text = said.get()?;
        let toast = view! {
            <div class="toast" role="status" data-testid="toast">
                <Icon name="check-circle"/>
                <div class="main">{text}</div>
                <button class="icon-btn" type="button" aria-label=words::CLOSE_NOTE.at(lang) on:click=move |_| said.set(None)>
                    <Icon name="x"/>
                </button>
            </div>
        };
        Some(toast.into_any())
    });
    view! { <div class="toasts" role="region" aria-label=words::NOTES.at(lang)>{toast}</div> }.into_any()
}

/// The product's name.
pub const PRODUCT: domain::Text = domain::text("伙伴中心", "Partner Center");

/// Language and colours: forms, because a choice is kept by the server.
#[component]
pub fn Switches() -> AnyView {
    use crate::visit::Theme;
    use domain::text;
    let lang = lang();
    let here = crate::act::here();
    let theme = visit().with_value(|visit| visit.theme);
    let (next, label) = match theme {
        Theme::System => ("light", text("主题：跟随系统，改为浅色", "Theme: system, change to light")),
        Theme::Light => ("dark", text("主题：浅色，改为深色", "Theme: light, change to dark")),
        Theme::Dark => ("system", text("主题：深色，改为跟随系统", "Theme: dark, change to system")),
    };
    let other = lang.other();
    let other_name = text("中文", "English").at(other);
    view! {
        <form method="post" action="/fn/lang">
            <input type="hidden" name="from" value=here.clone()/>
            <input type="hidden" name="lang" value=other.key()/>
            <button class="icon-btn" lang=other.tag() aria-label=other_name title=other_name data-testid="switch-language"><Icon name="language"/></button>
        </form>
        <form method="post" action="/fn/theme">
            <input type="hidden" name="from" value=here/>
            <input type="hidden" name="theme" value=next/>
            <button class="icon-btn" aria-label=label.at(lang) title=label.at(lang) data-testid="switch-theme"><Icon name="theme"/></button>
        </form>
    }
    .into_any()
}
