//! `/support/library/{id}`: a document, its file and its versions.

use super::{
    cells::{file_size, format_pair},
    functions::{DocumentDetail, document_detail},
    list::PATH,
    text,
};
use domain::{
    Lang,
    library::{Detail, Effective, Holds, Mine, VersionRow},
    machine::Keyed,
    text::{Bytes, grouped},
};
use kit::{
    ActForm, Crumb, Hidden, Notice, Page, Stopped,
    awaited::{Answering, ask, awaited},
    browser,
    icon::{Icon, day, moment},
    lang,
    listing::use_param,
    table::tile,
    use_act,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct LibraryDetail {
    document: Answering,
}

#[lazy_route]
impl LazyRoute for LibraryDetail {
    fn data() -> Self {
        Self { document: ask::<DocumentDetail>("id", use_param("id"), |id| Box::pin(document_detail(id))) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.document, |answer| match answer.open::<Detail>() {
            Ok(detail) => shown(detail),
            Err(fault) => view! { <Stopped fault crumbs=back()/> }.into_any(),
        })
    }
}

fn back() -> Vec<Crumb> {
    let lang = lang();
    vec![Crumb::to(text::SUPPORT.at(lang), "/support"), Crumb::to(text::TITLE.at(lang), PATH)]
}

fn shown(detail: Detail) -> AnyView {
    let lang = lang();
    let mut crumbs = back();
    let category = detail.about.category;
    let parent = category.parent();
    if parent != category {
        crumbs.push(Crumb::to(parent.label().at(lang), format!("{PATH}?category={}", parent.key())));
    }
    crumbs.push(Crumb::here(category.label().at(lang)));
    let favourite = mark_form(&detail, Mine::Favourite, detail.favourite);
    let follow = mark_form(&detail, Mine::Followed, detail.followed);
    page(detail, crumbs, PATH, Some(view! { {favourite}{follow} }.into_any()), None)
}

/// A document as partners see it, for its editor: what partners may open, and nothing that is kept about a partner.
pub(super) fn as_partner(detail: Detail) -> AnyView {
    let lang = lang();
    let mut crumbs = super::console_detail::back();
    crumbs.push(Crumb::to(detail.about.title.clone(), format!("{}/{}", super::console_list::PATH, detail.id)));
    crumbs.push(Crumb::here(text::AS_PARTNER.at(lang)));
    let audience = detail.about.audience.labels().into_iter().map(|label| label.at(lang)).collect::<Vec<_>>();
    let who = audience.join(if lang == Lang::Zh { "、" } else { ", " });
    let note =
        view! { <Notice kind="wait" icon="eye"><p data-testid="as-partner">{text::AS_PARTNER_NOTE.at(lang)}<b>{who}</b></p></Notice> };
    page(detail, crumbs, super::console_list::PATH, None, Some(note.into_any()))
}

/// The page of a document whose files lie below `base`.
fn page(detail: Detail, crumbs: Vec<Crumb>, base: &'static str, marks: Option<AnyView>, note: Option<AnyView>) -> AnyView {
    let lang = lang();
    let mark = detail.is_new.then(|| view! { <span class="tag new">{text::NEW.at(lang)}</span> }.into_any());
    let current = detail.versions.first().cloned();
    let download = current.as_ref().map(|version| download_button(&format!("{base}/{}", detail.id), version, lang));
    let preview = current.as_ref().filter(|version| version.link.is_none()).map(|_| preview_link(&format!("{base}/{}", detail.id)));
    let actions = Some(view! { {marks}{preview}{download} }.into_any());
    let change = current.as_ref().filter(|version| version.no > 1).map(|version| changed(version, lang));
    let summary = (!detail.about.summary.is_empty()).then(|| {
        view! {
            <section class="card">
                <div class="head"><h2>{text::SUMMARY.at(lang)}</h2></div>
                <div class="body prose"><p>{detail.about.summary.clone()}</p></div>
            </section>
        }
    });
    let checksum = current.as_ref().filter(|version| version.link.is_none()).map(|version| checksum(version, lang));
    view! {
        <Page title=detail.about.title.clone() crumbs mark actions>
            <div class="with-aside">
                <div class="stack">{note}{change}{summary}{versions(&detail, base, lang)}</div>
                <div class="stack">{facts(&detail, current.as_ref(), lang)}{checksum}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn download_button(document: &str, version: &VersionRow, lang: Lang) -> AnyView {
    let word = match &version.link {
        Some(_) => text::OUTSIDE.at(lang).to_owned(),
        None => format!("{} {} ({})", text::DOWNLOAD.at(lang), version.format.label().at(lang), Bytes(version.size_bytes)),
    };
    let href = format!("{document}/download");
    let icon = if version.link.is_some() { "external" } else { "download" };
    view! { <a class="btn primary" href=href download="" data-testid="download"><Icon name=icon/>{word}</a> }.into_any()
}

/// The way to the preview, a page that only the server draws.
pub(super) fn preview_link(document: &str) -> AnyView {
    let href = format!("{document}/preview");
    view! { <a class="btn" href=href rel="external" data-testid="preview"><Icon name="eye"/>{text::PREVIEW.at(lang())}</a> }.into_any()
}

/// A mark and the way to take it back. The whole page changes with it, so the browser sends it.
fn mark_form(detail: &Detail, mark: Mine, on: bool) -> AnyView {
    let act = use_act("/fn/library/mark");
    let (icon, step, label) = match (mark, on) {
        (Mine::Followed, false) => ("bell", "follow", text::FOLLOW),
        (Mine::Followed, true) => ("bell", "unfollow", text::FOLLOW_OFF),
        (_, false) => ("bookmark-plus", "favourite", text::FAVOURITE),
        (_, true) => ("bookmark", "unfavourite", text::FAVOURITE_OFF),
    };
    let document = detail.id.to_string();
    view! {
        <ActForm act native=true>
            <Hidden name="document" value=document/>
            <Hidden name="mark" value=mark.key()/>
            <Hidden name="on" value=if on { "no" } else { "yes" }/>
            <button class="btn" data-testid=format!("action-{step}")><Icon name=icon/>{label.at(lang())}</button>
        </ActForm>
    }
    .into_any()
}

fn changed(version: &VersionRow, lang: Lang) -> AnyView {
    view! {
        <section class="card">
            <div class="head"><h2>{text::WHAT_CHANGED.at(lang)}</h2><span class="aux">{format!("V{} ", version.no)}{day(version.added)}</span></div>
            <div class="body"><p data-testid="what-changed">{version.what_changed.clone()}</p></div>
        </section>
    }
    .into_any()
}

fn versions(detail: &Detail, base: &str, lang: Lang) -> AnyView {
    let current = detail.versions.first().map_or(0, |version| version.no);
    let rows = detail.versions.iter().map(|version| version_row(&format!("{base}/{}", detail.id), version, current, lang)).collect_view();
    let column = |label: &'static str, class: Option<&'static str>| view! { <th scope="col" role="columnheader" class=class>{label}</th> };
    view! {
        <section class="card">
            <div class="head"><h2>{text::VERSIONS.at(lang)}</h2></div>
            <div class="table-wrap">
                <table class="table" role="table" data-testid="library-versions-table">
                    <caption class="visually-hidden">{text::VERSIONS.at(lang)}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            {column(text::VERSION.at(lang), None)}
                            {column(text::CHANGE.at(lang), None)}
                            {column(text::SIZE.at(lang), Some("num"))}
                            {column(text::DATE.at(lang), None)}
                            {column(text::ACTIONS.at(lang), None)}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn version_row(document: &str, version: &VersionRow, current: i64, lang: Lang) -> AnyView {
    let change = if version.what_changed.is_empty() { text::FIRST.at(lang).to_owned() } else { version.what_changed.clone() };
    let mark = (version.no == current).then(|| view! { " "<span class="tag accent">{text::CURRENT.at(lang)}</span> });
    let href = format!("{document}/download?version={}", version.no);
    view! {
        <tr role="row" data-testid="library-versions-row" data-id=version.no.to_string()>
            <th scope="row" role="rowheader">{format!("V{}", version.no)}{mark}</th>
            <td role="cell" data-l=text::CHANGE.at(lang)>{change}</td>
            <td role="cell" class="num" data-l=text::SIZE.at(lang)>{file_size(version.size_bytes)}</td>
            <td role="cell" class="date" data-l=text::DATE.at(lang)>{day(version.added)}</td>
            <td role="cell" class="ops">
                <a href=href download="">{text::DOWNLOAD.at(lang)}<span class="visually-hidden">{format!(" V{}", version.no)}</span></a>
            </td>
        </tr>
    }
    .into_any()
}

/// The days on which what it says holds, and a mark while it does not.
pub(super) fn effective(days: Effective, lang: Lang) -> Option<AnyView> {
    let mark = match days.holds(kit::visit::today()) {
        Holds::Now => None,
        Holds::Later => Some(text::NOT_YET),
        Holds::Before => Some(text::NO_MORE),
    };
    let mark = mark.map(|word| view! { " "<span class="tag" data-testid="holds">{word.at(lang)}</span> });
    let said = match (days.from, days.until, lang) {
        (Some(from), Some(until), Lang::Zh) => format!("{from} 至 {until}"),
        (Some(from), Some(until), Lang::En) => format!("{from} to {until}"),
        (Some(from), None, Lang::Zh) => format!("自 {from} 起"),
        (Some(from), None, Lang::En) => format!("from {from}"),
        (None, Some(until), Lang::Zh) => format!("至 {until} 止"),
        (None, Some(until), Lang::En) => format!("until {until}"),
        (None, None, _) => return None,
    };
    Some(view! { <div><dt>{text::EFFECTIVE.at(lang)}</dt><dd data-testid="effective">{said}{mark}</dd></div> }.into_any())
}

fn facts(detail: &Detail, current: Option<&VersionRow>, lang: Lang) -> AnyView {
    let about = &detail.about;
    let category = about.category;
    let path = if category.is_parent() {
        category.label().at(lang).to_owned()
    } else {
        format!("{} / {}", category.parent().label().at(lang), category.label().at(lang))
    };
    let href = format!("{PATH}?category={}", category.key());
    let audience =
        about.audience.labels().into_iter().map(|label| view! { <span class="tag filled">{label.at(lang)}</span> }).collect_view();
    let file = current.map(|version| {
        let format = version.format.label().at(lang);
        // A link has no size.
        let size = if version.size_bytes == 0 { format.to_owned() } else { format!("{format} {}", Bytes(version.size_bytes)) };
        view! {
            <div><dt>{text::FORMAT.at(lang)}</dt><dd>{tile(format_pair(version.format, lang))}" "{size}</dd></div>
            <div><dt>{text::VERSION.at(lang)}</dt><dd>{format!("V{}", version.no)}</dd></div>
        }
    });
    kit::page::more_styles();
    view! {
        <section class="card">
            <div class="head"><h2>{text::FILE.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts one">
                    {file}
                    <div><dt>{text::CATEGORY.at(lang)}</dt><dd><a href=href>{path}</a></dd></div>
                    <div><dt>{text::UPDATED.at(lang)}</dt><dd>{moment(detail.updated)}</dd></div>
                    {effective(about.effective, lang)}
                    <div><dt>{text::LANGUAGE.at(lang)}</dt><dd>{about.language.label().at(lang)}</dd></div>
                    <div><dt>{text::AUDIENCE.at(lang)}</dt><dd><span class="tags">{audience}</span></dd></div>
                    <div><dt>{text::DOWNLOADS.at(lang)}</dt><dd>{grouped(detail.downloads)}</dd></div>
                </dl>
            </div>
        </section>
    }
    .into_any()
}

fn checksum(version: &VersionRow, lang: Lang) -> AnyView {
    let (copied, set_copied) = signal(false);
    let value = version.sha256.clone();
    let copy = move |_| {
        let value = value.clone();
        spawn_local(async move { set_copied.set(browser::copy(&value).await) });
    };
    view! {
        <section class="card">
            <div class="head"><h2>{text::CHECKSUM.at(lang)}</h2><span class="aux">"SHA-256"</span></div>
            <div class="body">
                <div class="copy-line">
                    <code data-testid="sha256">{version.sha256.clone()}</code>
                    <button class="icon-btn" type="button" aria-label=text::COPY.at(lang) on:click=copy><Icon name="copy" size="s"/></button>
                </div>
                <p class="hint" role="status">{move || if copied.get() { text::COPIED.at(lang) } else { text::CHECK_HINT.at(lang) }}</p>
            </div>
        </section>
    }
    .into_any()
}
