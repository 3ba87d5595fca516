//! The document: head, hydration tags and body. Only the server draws it.

use super::{Chrome, chrome, console::ConsoleFrame, footer::Footer, header::Header};
use crate::App;
use kit::visit::{Visit, visit};
use leptos::prelude::*;

/// Where the title goes when the page is drawn.
pub const TITLE_PLACE: &str = "<title></title>";
/// The second style sheet's tag while no page needs it, and with a page that does.
pub const MORE_WAITS: &str = "<link id=\"more-css\" disabled";
/// See `MORE_WAITS`.
pub const MORE_NOW: &str = "<link id=\"more-css\"";

/// What the server knows of its files and of this answer.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The nonce of this answer's scripts.
    pub nonce: String,
    /// The icon of the window, by its hashed name: browsers ask for it again with every new address.
    pub favicon: String,
    /// The style sheet.
    pub css: String,
    /// The second style sheet, for what few pages hold.
    pub more_css: String,
    /// The loader.
    pub js: String,
    /// The main module.
    pub wasm: String,
    /// The script that fetches the chunks of pages. The chunks of the page that is asked for are named beside its title.
    pub split: String,
}

/// The whole document. The hydration tags are our own: the framework's write the nonce where style sheets can read it (T18).
#[must_use]
pub fn document(head: &Head, visit: Visit) -> AnyView {
    let nonce = head.nonce.clone();
    let start = format!("import('{}').then(m=>m.default({{module_or_path:'{}'}}).then(()=>m.hydrate()))", head.js, head.wasm);
    view! {
        <!DOCTYPE html>
        <html lang=visit.lang.tag() data-theme=visit.theme.key() data-no-keys=visit.no_keys>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=head.favicon.clone() type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" href=head.css.clone()/>
                <link id="more-css" disabled=true rel="stylesheet" href=head.more_css.clone()/>
                <link rel="modulepreload" href=head.js.clone() nonce=nonce.clone()/>
                <link rel="modulepreload" href=head.split.clone() nonce=nonce.clone()/>
                <link rel="preload" href=head.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <title></title>
                <script type="module" nonce=nonce.clone() inner_html=start></script>
            </head>
            <body>{framed()}</body>
        </html>
    }
    .into_any()
}

fn framed() -> AnyView {
    let (carried, here, icons, now, demo) =
        visit().with_value(|visit| (visit.carried(), visit.here.clone(), visit.icons.clone(), visit.now.0, visit.demo));
    let app = view! {
        <div class="drawn" inner_html=carried></div>
        <div id="app" data-here=here data-icons=icons data-now=now data-demo=demo><App/></div>
    };
    match chrome() {
        Chrome::Bare => app.into_any(),
        Chrome::Portal => view! { <Header/>{app}<Footer/> }.into_any(),
        Chrome::Console => view! { <ConsoleFrame>{app}</ConsoleFrame> }.into_any(),
    }
}
