//! `/console/library/{id}`: a document with its versions and the latest downloads.

use super::{
    cells::{file_size, format_pair},
    console_downloads::table_row,
    console_list::PATH,
    detail::effective,
    functions::{ShowEditorDocument, show_editor_document},
    text,
};
use domain::{
    Lang,
    library::{CONSOLE_DOWNLOADS, EditorDetail, State, Step, VersionRow},
    machine::Keyed,
    text::grouped,
};
use kit::{
    Crumb, Page, Status,
    awaited::{Answering, ask},
    icon::{Icon, moment},
    lang,
    listing::use_param,
    sheet::plain_sheet,
    table::{DataTable, heads, tile},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleDocument {
    document: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleDocument {
    fn data() -> Self {
        Self { document: ask::<ShowEditorDocument>("id", use_param("id"), |id| Box::pin(show_editor_document(id))) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.document, back)
    }
}

/// The way back to the list.
pub(super) fn back() -> Vec<Crumb> {
    vec![Crumb::to(text::CONSOLE.at(lang()), PATH)]
}

pub(super) fn shown(document: EditorDetail) -> AnyView {
    let lang = lang();
    let EditorDetail { detail, state, recent, .. } = document;
    let mut crumbs = back();
    crumbs.push(Crumb::here(detail.about.title.clone()));
    let mark = view! { <Status kind=state.kind() state=state.key() label=state.label()/> }.into_any();
    let about = detail.about.clone();
    let audience =
        about.audience.labels().into_iter().map(|label| view! { <span class="tag filled">{label.at(lang)}</span> }).collect_view();
    let versions =
        detail.versions.iter().map(|version| version_row(&detail.id.to_string(), version, detail.versions.len(), lang)).collect_view();
    let current = detail.versions.first();
    let file = current.map(|version| {
        view! {
            <div><dt>{text::FILE_FIELD.at(lang)}</dt><dd>{tile(format_pair(version.format, lang))}" "{version.file_name.clone()}" "{file_size(version.size_bytes)}</dd></div>
            <div><dt>"SHA-256"</dt><dd class="mono" data-testid="sha256">{version.sha256.clone()}</dd></div>
            <div><dt>{text::TEXT_INSIDE.at(lang)}</dt><dd>{text::text_state(&version.text_state).at(lang)}{text::text_failure(&version.text_note).map(|why| format!(" ({})", why.at(lang)))}</dd></div>
        }
    });
    kit::page::more_styles();
    let column = |label: &'static str, class: Option<&'static str>| view! { <th scope="col" role="columnheader" class=class>{label}</th> };
    view! {
        <Page title=about.title.clone() lede=category_path(about.category, lang) crumbs mark=Some(mark) actions=Some(actions(&detail.id.to_string(), state, lang))>
            <div class="stack">
                <section class="card">
                    <div class="head"><h2>{text::ABOUT.at(lang)}</h2></div>
                    <div class="body">
                        <dl class="facts">
                            {effective(about.effective, lang)}
                            <div><dt>{text::LANGUAGE.at(lang)}</dt><dd>{about.language.label().at(lang)}</dd></div>
                            <div><dt>{text::AUDIENCE.at(lang)}</dt><dd><span class="tags">{audience}</span></dd></div>
                            <div><dt>{text::UPDATED.at(lang)}</dt><dd>{moment(detail.updated)}</dd></div>
                            <div><dt>{text::DOWNLOADS.at(lang)}</dt><dd>{grouped(detail.downloads)}</dd></div>
                            {file}
                        </dl>
                        <p class="prose">{about.summary.clone()}</p>
                    </div>
                </section>
                <section class="card">
                    <div class="head"><h2>{text::VERSIONS.at(lang)}</h2></div>
                    <div class="table-wrap">
                        <table class="table" role="table" data-testid="console-library-versions-table">
                            <caption class="visually-hidden">{text::VERSIONS.at(lang)}</caption>
                            <thead role="rowgroup">
                                <tr role="row">
                                    {column(text::VERSION.at(lang), None)}
                                    {column(text::CHANGE.at(lang), None)}
                                    {column(text::SIZE.at(lang), Some("num"))}
                                    {column(text::ADDED.at(lang), None)}
                                    {column(text::ACTIONS.at(lang), None)}
                                </tr>
                            </thead>
                            <tbody role="rowgroup">{versions}</tbody>
                        </table>
                    </div>
                </section>
                {downloads(recent, lang)}
            </div>
        </Page>
    }
    .into_any()
}

/// `伙伴政策 / 激励政策`.
pub(super) fn category_path(category: domain::library::Category, lang: Lang) -> String {
    if category.is_parent() {
        category.label().at(lang).to_owned()
    } else {
        format!("{} / {}", category.parent().label().at(lang), category.label().at(lang))
    }
}

fn actions(id: &str, state: State, lang: Lang) -> AnyView {
    let link = |end: &str, class: &'static str, icon: &'static str, label: domain::Text| {
        // A step is a question; script asks it here.
        let asks = Step::ALL.iter().any(|step| step.key() == end).then_some("");
        view! { <a class=class href=format!("{PATH}/{id}/{end}") data-dialog=asks data-testid=format!("open-{end}")><Icon name=icon/>{label.at(lang)}</a> }
    };
    // A page that only the server draws.
    let seen = view! { <a class="btn" href=format!("{PATH}/{id}/as-partner") rel="external" data-testid="open-as-partner"><Icon name="eye"/>{text::AS_PARTNER.at(lang)}</a> };
    match state {
        State::Draft => view! {
            {seen}
            {link("discard", "btn", "archive", text::DISCARD)}
            {link("edit", "btn", "pencil", text::EDIT)}
            {link("replace", "btn", "upload", text::REPLACE)}
            {link("publish", "btn primary", "check", text::PUBLISH)}
        }
        .into_any(),
        State::Published => view! {
            {seen}
            {link("withdraw", "btn", "archive", text::WITHDRAW)}
            {link("edit", "btn", "pencil", text::EDIT)}
            {link("replace", "btn primary", "upload", text::REPLACE)}
        }
        .into_any(),
        State::Withdrawn => view! {
            {seen}
            {link("edit", "btn", "pencil", text::EDIT)}
            {link("publish", "btn primary", "check", text::PUBLISH_AGAIN)}
        }
        .into_any(),
        State::Discarded => ().into_any(),
    }
}

fn version_row(id: &str, version: &VersionRow, of: usize, lang: Lang) -> AnyView {
    let current = usize::try_from(version.no).is_ok_and(|no| no == of);
    let mark = current.then(|| view! { " "<span class="tag accent">{text::CURRENT.at(lang)}</span> });
    let change = if version.what_changed.is_empty() { text::FIRST.at(lang).to_owned() } else { version.what_changed.clone() };
    let href = format!("{PATH}/{id}/download?version={}", version.no);
    view! {
        <tr role="row" data-testid="console-library-versions-row" data-id=version.no.to_string()>
            <th scope="row" role="rowheader">{format!("V{}", version.no)}{mark}</th>
            <td role="cell" data-l=text::CHANGE.at(lang) data-testid="what-changed">{change}</td>
            <td role="cell" class="num" data-l=text::SIZE.at(lang)>{file_size(version.size_bytes)}</td>
            <td role="cell" class="date" data-l=text::ADDED.at(lang)><span>{moment(version.added)}<span class="sub">{version.added_by.clone()}</span></span></td>
            <td role="cell" class="ops"><a href=href download="">{text::DOWNLOAD.at(lang)}<span class="visually-hidden">{format!(" V{}", version.no)}</span></a></td>
        </tr>
    }
    .into_any()
}

fn downloads(recent: Vec<domain::library::DownloadRow>, lang: Lang) -> AnyView {
    let table = if recent.is_empty() {
        view! { <div class="body"><p class="muted">{text::NOBODY.at(lang)}</p></div> }.into_any()
    } else {
        let rows = recent.into_iter().map(|row| table_row(row, lang)).collect();
        let asked = CONSOLE_DOWNLOADS.read("");
        view! { <DataTable list=&CONSOLE_DOWNLOADS asked path="/console/downloads" heads=heads(&CONSOLE_DOWNLOADS) rows/> }.into_any()
    };
    view! {
        <section class="card">
            <div class="head"><h2>{text::WHO.at(lang)}</h2><a class="push" href="/console/downloads">{text::ALL_RECORDS.at(lang)}</a></div>
            {table}
        </section>
    }
    .into_any()
}
