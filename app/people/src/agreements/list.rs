//! `/agreements`: the company's agreements and where it stands with each.

use super::{
    PATH,
    functions::{ListAgreements, list_agreements},
    parts::{cell, day, empty, plain, plain_table, requirement},
    text,
};
use domain::{
    Lang,
    agreement::{AGREEMENTS, AgreementPage, AgreementRow},
    machine::Keyed as _,
};
use kit::{
    Crumb, Page,
    awaited::{Answering, ask_once},
    icon::moment,
    lang,
    sheet::plain_sheet,
    table::{Row, Shown},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct Agreements {
    rows: Answering,
}

#[lazy_route]
impl LazyRoute for Agreements {
    fn data() -> Self {
        Self { rows: ask_once::<ListAgreements>(|_| Box::pin(list_agreements())) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.rows, Vec::new)
    }
}

pub(super) fn shown(page: AgreementPage) -> AnyView {
    let lang = lang();
    let found = text::count(page.rows.len(), lang);
    let table = if page.rows.is_empty() {
        empty(text::EMPTY, Some(text::EMPTY_HINT), lang)
    } else {
        plain_table(&AGREEMENTS, PATH, page.rows.into_iter().map(|row| table_row(row, lang)).collect(), found)
    };
    let crumbs = vec![Crumb::to(text::ACCOUNT.at(lang), "/account"), Crumb::here(text::TITLE.at(lang))];
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs>
            <section class="card" aria-label=text::TITLE.at(lang)>{table}</section>
        </Page>
    }
    .into_any()
}

fn table_row(row: AgreementRow, lang: Lang) -> Row {
    let of = |key, shown| cell(&AGREEMENTS, key, shown, lang);
    let link = Shown::Link { href: format!("{PATH}/{}", row.id), text: row.title.at(lang).to_owned() };
    let accepted = row.accepted.map_or_else(
        || plain(String::new()),
        |accepted| Shown::Drawn(view! { <span>{moment(accepted.at)}<span class="sub">{accepted.person}</span></span> }.into_any()),
    );
    let cells = vec![
        of("title", link),
        of("version", plain(text::version(row.version, lang))),
        of("kind", plain(requirement(row.mandatory).at(lang).to_owned())),
        of("state", Shown::State(row.state.kind(), row.state.key(), row.state.label())),
        of("effective", plain(row.effective.to_string())),
        of("until", plain(day(row.until, lang))),
        of("accepted", accepted),
    ];
    Row { id: row.id.to_string(), cells }
}
