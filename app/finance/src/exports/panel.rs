//! A task beside its list (design 05): how far it is, what its file holds and what proves it, and the ways on. An address opens it, so it
//! works without script; only the server draws it.

use super::text;
use domain::{
    Lang, Moment, Text,
    exports::{ExportRow, State},
    machine::Keyed as _,
    text as words,
    text::{Bytes, grouped},
};
use kit::{
    Status,
    icon::{Icon, moment},
    lang,
    layers::opened_drawer,
    table::tile,
};
use leptos::prelude::*;
use store::exports::Proof;

const TASK: Text = words("导出任务", "Export task");
const FILTER: Text = words("筛选条件", "Filter");
const AS_OF: Text = words("数据截至", "As of");
const ROWS: Text = words("行数", "Rows");
const COLUMNS: Text = words("列数", "Columns");
const PAGES: Text = words("页数", "Pages");
const SIZE: Text = words("文件大小", "Size");
const TOTAL: Text = words("合计", "Total");
const KEPT_UNTIL: Text = words("有效期", "Kept until");
const SAME_ROWS: Text = words("在页面中查看相同内容", "See the same rows on the page");
const MANIFEST: Text = words("下载校验清单", "Download the manifest");
const REPEAT: Text = words("按原条件重新导出", "Export again with the same filter");

/// The panel of a task; `back` is the list behind it.
pub(super) fn drawn(row: ExportRow, proof: Option<Proof>, back: String) -> AnyView {
    let lang = lang();
    let body = view! {
        <div class="stack" data-testid="export-panel" data-id=row.id.to_string()>
            {head(&row)}
            {progress(&row, lang)}
            {facts(&row, proof, lang)}
            <p><a class="in-text" href=row.page.clone()>{SAME_ROWS.at(lang)}</a></p>
        </div>
    };
    opened_drawer("export-panel", TASK.at(lang).to_owned(), back.clone(), body.into_any(), foot(&row, back, lang))
}

fn head(row: &ExportRow) -> AnyView {
    view! {
        <div class="doc">
            {tile((row.kind.key(), row.kind.label().at(lang())))}
            <div><b>{row.file_name.clone()}</b><span class="sub">{moment(row.made)}" "{row.person.clone()}</span></div>
            <Status kind=row.state.kind() state=row.state.key() label=row.state.label()/>
        </div>
    }
    .into_any()
}

/// How far it is, or why it came to nothing.
fn progress(row: &ExportRow, lang: Lang) -> AnyView {
    match row.state {
        State::Queued => view! { <p class="sub">{text::place(row.place, lang)}</p> }.into_any(),
        State::Running if row.rows_total > 0 => {
            let words = text::progress(row.rows_done, row.rows_total, row.seconds_left, lang);
            view! {
                <div>
                    <progress value=row.rows_done.to_string() max=row.rows_total.to_string() aria-label=words.clone()></progress>
                    <p class="sub">{words}</p>
                </div>
            }
            .into_any()
        }
        State::Failed => {
            let why = row.problem.map(|problem| problem.label().at(lang));
            let tries = (row.tries > 1).then(|| format!(" {}", text::tries(row.tries, lang)));
            view! { <div class="note" data-k="bad" data-testid="problem"><Icon name="alert-circle"/><div>{why}{tries}</div></div> }
                .into_any()
        }
        State::Running | State::Completed | State::Cancelled | State::Expired => ().into_any(),
    }
}

fn fact(name: String, value: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn facts(row: &ExportRow, proof: Option<Proof>, lang: Lang) -> AnyView {
    let named = |label: Text, value: String| fact(label.at(lang).to_owned(), value.into_any());
    let list = row.source.list();
    let until = match (row.state, row.expires) {
        (State::Completed, Some(at)) => Some(named(KEPT_UNTIL, text::until(&at.day().to_string(), lang))),
        (State::Expired, Some(at)) => Some(named(KEPT_UNTIL, text::gone(&at.day().to_string(), lang))),
        _ => None,
    };
    let proven = proof.map(|proof| {
        let column = |key: &str| {
            list.columns.iter().find(|column| column.key == key).map_or(key.to_owned(), |column| column.label.at(lang).to_owned())
        };
        let totals = proof.totals.iter().map(|(key, sum)| fact(format!("{} {}", column(key), TOTAL.at(lang)), sum.clone().into_any()));
        let as_of = proof.as_of.parse::<Moment>().map_or_else(|_| proof.as_of.clone().into_any(), |at| moment(at).into_any());
        view! {
            {fact(AS_OF.at(lang).to_owned(), as_of)}
            {named(ROWS, grouped(row.rows_done))}
            {named(COLUMNS, proof.columns.len().to_string())}
            {proof.pages.map(|pages| named(PAGES, pages.to_string()))}
            {totals.collect_view()}
            {named(SIZE, Bytes(row.size_bytes).to_string())}
            {fact("SHA-256".to_owned(), view! { <span class="mono" data-testid="sha256">{row.sha256.clone()}</span> }.into_any())}
        }
    });
    view! {
        <dl class="facts one">
            {named(FILTER, row.filter.clone())}
            {proven}
            {until}
        </dl>
    }
    .into_any()
}

/// What can be done with it now.
fn foot(row: &ExportRow, back: String, lang: Lang) -> AnyView {
    let task = row.id.to_string();
    let step = |action: &'static str, label: Text, key: &'static str| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="from" value=back.clone()/>
                <input type="hidden" name="task" value=task.clone()/>
                <button class="btn" data-testid=format!("action-{key}")>{label.at(lang)}</button>
            </form>
        }
    };
    let ways = match row.state {
        State::Queued | State::Running => step("/fn/exports/cancel", text::CANCEL, "cancel").into_any(),
        State::Failed | State::Cancelled | State::Expired => step("/fn/exports/repeat", REPEAT, "repeat").into_any(),
        State::Completed => view! {
            <a class="btn primary" href=format!("/exports/{task}/file") download="" data-testid="download">
                <Icon name="download"/>{text::DOWNLOAD.at(lang)}
            </a>
            <a class="btn" href=format!("/exports/{task}/manifest") download="" data-testid="manifest">{MANIFEST.at(lang)}</a>
            {step("/fn/exports/repeat", REPEAT, "repeat")}
        }
        .into_any(),
    };
    let all = view! { <a class="btn quiet" href=back.clone()>{text::TITLE.at(lang)}</a> };
    view! { <div class="actions as-is">{ways}{all}</div> }.into_any()
}
