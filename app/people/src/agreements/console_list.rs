//! `/console/agreements`: every version of every agreement.

use super::{
    CONSOLE,
    functions::{ConsoleAgreements as Asked, console_agreements},
    parts::{cell, day, empty, plain, plain_table, requirement},
    text,
};
use domain::{
    Lang,
    agreement::{CONSOLE_AGREEMENTS, ConsolePage, ConsoleRow},
    library::Audience,
    machine::Keyed as _,
};
use kit::{
    Crumb, Icon, Page,
    awaited::{Answering, ask_once},
    lang,
    sheet::plain_sheet,
    table::{Row, Shown},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleAgreementList {
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleAgreementList {
    fn data() -> Self {
        Self { rows: ask_once::<Asked>(|_| Box::pin(console_agreements())) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.rows, Vec::new)
    }
}

pub(super) fn shown(page: ConsolePage) -> AnyView {
    let lang = lang();
    let found = text::count(page.rows.len(), lang);
    let table = if page.rows.is_empty() {
        empty(text::CONSOLE_EMPTY, None, lang)
    } else {
        plain_table(&CONSOLE_AGREEMENTS, CONSOLE, page.rows.into_iter().map(|row| table_row(row, lang)).collect(), found)
    };
    let crumbs = vec![Crumb::to(text::CONSOLE_HOME.at(lang), "/console"), Crumb::here(text::TITLE.at(lang))];
    let new = view! {
        <a class="btn primary" href=format!("{CONSOLE}/new") data-testid="open-new"><Icon name="plus"/>{text::NEW.at(lang)}</a>
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::CONSOLE_LEDE.at(lang) crumbs actions=Some(new.into_any())>
            <section class="card" aria-label=text::TITLE.at(lang)>{table}</section>
        </Page>
    }
    .into_any()
}

/// Whom a version is for, in words.
pub(super) fn audience(audience: &Audience, lang: Lang) -> String {
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    audience.labels().into_iter().map(|label| label.at(lang)).collect::<Vec<_>>().join(comma)
}

fn table_row(row: ConsoleRow, lang: Lang) -> Row {
    let of = |key, shown| cell(&CONSOLE_AGREEMENTS, key, shown, lang);
    let link = view! {
        <a class="row-link" href=format!("{CONSOLE}/{}", row.id)>{row.title.at(lang).to_owned()}</a>
        <span class="sub mono">{row.key.clone()}</span>
    };
    let cells = vec![
        of("title", Shown::Drawn(view! { <span>{link}</span> }.into_any())),
        of("version", plain(text::version(row.version, lang))),
        of("audience", plain(audience(&row.audience, lang))),
        of("kind", plain(requirement(row.mandatory).at(lang).to_owned())),
        of("state", Shown::State(row.stage.kind(), row.stage.key(), row.stage.label())),
        of("effective", plain(row.effective.to_string())),
        of("until", plain(day(row.until, lang))),
        of("accepted", Shown::Number { text: row.accepted.to_string(), bytes: None }),
    ];
    Row { id: row.id.to_string(), cells }
}
