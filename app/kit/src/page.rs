//! A page: title, breadcrumbs, heading, actions, and what was said on the way here.

use crate::{awaited::changing, browser, icon::Icon, lang, visit::kept, words};
use leptos::prelude::*;

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
    set_title(&title);
    view! {
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
    let said = kept().and_then(|kept| kept.said);
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

/// Asks for the second style sheet (`style/more.css`): components that are not on every other page say so when they are drawn.
pub fn more_styles() {
    browser::more_styles();
}

/// Names the window after the page. The server writes it into the head once the page is drawn.
pub fn set_title(title: &str) {
    let product = PRODUCT.at(lang());
    if title.is_empty() {
        browser::set_title(product);
    } else {
        browser::set_title(&format!("{title} - {product}"));
    }
}

/// What a page drawn by the server leaves for its head, which stands before it.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, Default)]
pub struct HeadNotes {
    /// The title of the window.
    pub title: String,
    /// The second style sheet is needed.
    pub more_styles: bool,
}

/// The notes, in the context of the page that is being drawn.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, Default)]
pub struct PageHead(std::sync::Arc<std::sync::Mutex<HeadNotes>>);

#[cfg(not(target_arch = "wasm32"))]
impl PageHead {
    /// Leaves a note.
    pub fn note(&self, write: impl FnOnce(&mut HeadNotes)) {
        write(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }

    /// What was noted.
    #[must_use]
    pub fn notes(&self) -> HeadNotes {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

/// What `aria-current` says of a link of the frame: `page` for the page itself, `true` for what lies below unless the link is `exact`.
#[must_use]
pub fn current(at: &str, exact: bool, path: &str) -> Option<&'static str> {
    let below = || !exact && at != "/" && path.strip_prefix(at).is_some_and(|rest| rest.starts_with('/'));
    if path == at { Some("page") } else { below().then_some("true") }
}

/// The product's name.
pub const PRODUCT: domain::Text = domain::text("伙伴中心", "Partner Center");
