//! `/sales/funds/accounts`: the company's accounts, each with whether money can go there. Drawn by the server.

use super::{
    FORM,
    functions::{ListAccounts, list_accounts},
    text,
};
use crate::withdrawals::{Section, refused, sections};
use domain::{
    Lang,
    bank_account::{AccountRow, AccountsPage},
};
use kit::{
    Crumb, Page, Status, Stopped,
    awaited::{Answering, ask_once, awaited},
    drawn::drawn_by_server,
    icon::{drawing, moment},
    lang,
    page::more_styles,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct BankAccounts {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for BankAccounts {
    fn data() -> Self {
        Self { answer: ask_once::<ListAccounts>(|_| Box::pin(list_accounts())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.answer, |answer| match answer.open::<AccountsPage>() {
            Ok(page) => drawn_by_server(move || shown(page)),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(None)/> }.into_any(),
        })
    }
}

/// The way to this page, or to one below it.
pub(super) fn crumbs(below: Option<String>) -> Vec<Crumb> {
    let lang = lang();
    let mut all =
        vec![Crumb::to(crate::withdrawals::SALES.at(lang), "/sales"), Crumb::to(crate::withdrawals::FUNDS.at(lang), "/sales/funds")];
    match below {
        Some(here) => all.extend([Crumb::to(text::TITLE.at(lang), super::PATH), Crumb::here(here)]),
        None => all.push(Crumb::here(text::TITLE.at(lang))),
    }
    all
}

fn shown(page: AccountsPage) -> AnyView {
    let lang = lang();
    more_styles();
    let table = if page.rows.is_empty() {
        let art = drawing("art", "art-empty");
        view! { <div class="empty">{art}<h2>{text::EMPTY.at(lang)}</h2><p>{text::EMPTY_HINT.at(lang)}</p></div> }.into_any()
    } else {
        table(page.rows, lang)
    };
    view! {
        <Page title=text::TITLE.at(lang) lede=text::LEDE.at(lang) crumbs=crumbs(None)>
            {sections(Section::Accounts)}
            <div class="stack">
                {refused()}
                <section class="card" aria-label=text::TITLE.at(lang)>
                    <div class="head"><h2>{text::TITLE.at(lang)}</h2><a class="btn s push" href=FORM data-testid="open-add">{text::ADD.at(lang)}</a></div>
                    {table}
                </section>
            </div>
        </Page>
    }
    .into_any()
}

fn table(rows: Vec<AccountRow>, lang: Lang) -> AnyView {
    let heads = [text::ACCOUNT, text::HOLDER, text::BRANCH, text::SINCE, text::STATE, text::ACTIONS];
    let heads = heads.map(|head| view! { <th scope="col" role="columnheader">{head.at(lang)}</th> });
    view! {
        <div class="table-wrap">
            <table class="table" role="table" data-testid="accounts-table">
                <caption class="visually-hidden">{text::TITLE.at(lang)}</caption>
                <thead role="rowgroup"><tr role="row">{heads.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows.into_iter().map(|row| table_row(&row, lang)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(row: &AccountRow, lang: Lang) -> AnyView {
    let (kind, key, label) = text::state(row);
    let line = text::line(row, lang).map(|line| view! { <span class="sub">{line}</span> });
    let href = format!("{FORM}?account={}", row.id);
    let name = text::named(&row.bank, &row.tail, lang);
    let about = || view! { <span class="visually-hidden">{format!(" {name}")}</span> };
    let remove = match &row.used_by {
        Some(number) => {
            view! { <span class="sub" data-testid="why-not" data-code="ACCOUNT_IN_USE">{text::in_use(number, lang)}</span> }.into_any()
        }
        None => {
            view! { <a class="danger" href=format!("{href}&what=remove") data-testid="open-remove">{text::REMOVE.at(lang)}{about()}</a> }
                .into_any()
        }
    };
    view! {
        <tr role="row" data-testid="accounts-row" data-id=row.id.to_string()>
            <th scope="row" role="rowheader" data-testid="cell-account">{name.clone()}</th>
            <td role="cell" data-l=text::HOLDER.at(lang) data-testid="cell-holder">{row.holder.clone()}</td>
            <td role="cell" data-l=text::BRANCH.at(lang) data-testid="cell-branch">{row.branch.clone()}</td>
            <td role="cell" data-l=text::SINCE.at(lang) data-testid="cell-changed">
                <span class="two-lines">{moment(row.changed)}<span class="sub">{text::changed_by(row, lang)}</span></span>
            </td>
            <td role="cell" data-l=text::STATE.at(lang)>
                <span class="two-lines"><Status kind state=key label/>{line}</span>
            </td>
            <td role="cell" class="ops" data-l=text::ACTIONS.at(lang) data-testid="cell-actions">
                <a href=href.clone() data-testid="open-change">{text::CHANGE.at(lang)}{about()}</a>
                {remove}
            </td>
        </tr>
    }
    .into_any()
}
