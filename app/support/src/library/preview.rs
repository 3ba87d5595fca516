//! `/support/library/{id}/preview` and the same below `/console/library`: what a document looks like, without saving it.
//!
//! The server draws pages of a PDF as pictures, in a process without rights: a document is never shown in our origin itself.

use super::text;
use domain::{Id, Lang, Text, library::Format, machine::Keyed as _, text as words};
use kit::{Crumb, Page, Stopped, call::Fault, drawn::drawn_by_server, form::Notice, icon::Icon, lang, page::more_styles};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const PREVIEW: Text = words("预览", "Preview");
const DOCUMENT: Text = words("资料详情", "Document");
const TEXT_INSIDE: Text = words("文件中的文字", "Text inside the file");
const FIRST_PART: Text = words("只显示开头部分。完整内容请下载文件。", "Only the beginning is shown. Download the file for all of it.");
const NO_PREVIEW: Text = words("此格式没有预览。请下载后查看。", "There is no preview of this format. Download the file to see it.");
const NOT_DRAWN: Text = words(
    "这个文件无法显示为图片。下面是其中的文字；完整内容请下载文件。",
    "This file can't be shown as a picture. Below is the text inside it; download the file for all of it.",
);
const LACKS_FONT: Text = words(
    "该文件没有内嵌中文字体，图片中可能缺字。下面是其中的文字。",
    "The file doesn't hold its Chinese font, so characters may be missing in the picture. Below is the text inside it.",
);
const PREVIOUS: Text = words("上一页", "Previous page");
const NEXT: Text = words("下一页", "Next page");
const PAGES: Text = words("页", "Pages");

/// What the server found out before the page is drawn, provided with the request.
#[derive(Clone, Debug)]
pub struct Previewed(pub Result<Preview, Fault>);

/// A document as it is previewed.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The document.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its format.
    pub format: Format,
    /// The page of its list: the partner's or the editor's.
    pub list: &'static str,
    /// The picture, if there is one.
    pub picture: Picture,
    /// The beginning of the text inside.
    pub text: String,
}

/// What there is to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A page of a PDF.
    Page {
        /// Which one, from 1.
        no: u32,
        /// How many there are.
        pages: u32,
        /// Characters may be missing in it.
        lacks_font: bool,
    },
    /// The document is a picture.
    Whole,
    /// It should have been drawn and could not be.
    Failed,
    /// The format has none.
    None,
}

/// The page.
#[derive(Clone)]
pub struct PreviewPage;

#[lazy_route]
impl LazyRoute for PreviewPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        more_styles();
        drawn_by_server(|| match use_context::<Previewed>() {
            Some(Previewed(Ok(preview))) => shown(preview),
            Some(Previewed(Err(fault))) => view! { <Stopped fault/> }.into_any(),
            None => view! { <Stopped fault=Fault::no_page()/> }.into_any(),
        })
    }
}

fn shown(preview: Preview) -> AnyView {
    let lang = lang();
    let Preview { id, title, format, list, picture, text: inside, .. } = preview;
    let document = format!("{list}/{id}");
    let crumbs = vec![Crumb::to(text::TITLE.at(lang), list), Crumb::to(DOCUMENT.at(lang), document.clone()), Crumb::here(PREVIEW.at(lang))];
    let download = view! {
        <a class="btn primary" href=format!("{document}/download") download="" data-testid="download"><Icon name="download"/>{text::DOWNLOAD.at(lang)}</a>
    };
    let (note, drawn) = match &picture {
        Picture::Page { lacks_font, .. } => (lacks_font.then_some(LACKS_FONT), true),
        Picture::Whole => (None, true),
        Picture::Failed => (Some(NOT_DRAWN), false),
        Picture::None => (inside.is_empty().then_some(NO_PREVIEW), false),
    };
    let note = note.map(|note| view! { <Notice kind="act" icon="alert"><p>{note.at(lang)}</p></Notice> });
    let lede = format.label().at(lang).to_owned();
    let picture = drawn.then(|| picture_of(&document, &title, &picture, lang));
    let inside = (!inside.is_empty()).then(|| text_of(inside, drawn, lang));
    view! {
        <Page title lede crumbs actions=Some(download.into_any())>
            <div class="stack">{note}{picture}{inside}</div>
        </Page>
    }
    .into_any()
}

fn picture_of(document: &str, title: &str, picture: &Picture, lang: Lang) -> AnyView {
    let (source, alt, pager) = match picture {
        Picture::Page { no, pages, .. } => {
            let alt = match lang {
                Lang::Zh => format!("{title}，第 {no} 页，共 {pages} 页"),
                Lang::En => format!("{title}, page {no} of {pages}"),
            };
            (format!("{document}/preview/picture?page={no}"), alt, Some(pager(document, *no, *pages, lang)))
        }
        _ => (format!("{document}/preview/picture"), title.to_owned(), None),
    };
    view! {
        <section class="card preview" aria-label=PREVIEW.at(lang)>
            {pager}
            <img src=source alt=alt data-testid="preview-picture"/>
        </section>
    }
    .into_any()
}

fn pager(document: &str, no: u32, pages: u32, lang: Lang) -> AnyView {
    let href = |no: u32| format!("{document}/preview?page={no}");
    let count = match lang {
        Lang::Zh => format!("第 {no} 页，共 {pages} 页"),
        Lang::En => format!("Page {no} of {pages}"),
    };
    let previous = (no > 1).then(|| {
        view! { <a class="btn s" href=href(no - 1) rel="external" data-testid="previous-page"><Icon name="chevron-left"/>{PREVIOUS.at(lang)}</a> }
    });
    let next = (no < pages).then(|| {
        view! { <a class="btn s" href=href(no + 1) rel="external" data-testid="next-page">{NEXT.at(lang)}<Icon name="chevron-right"/></a> }
    });
    view! {
        <nav class="preview-pager" aria-label=PAGES.at(lang)>
            <span data-testid="preview-page">{count}</span>
            <span class="actions">{previous}{next}</span>
        </nav>
    }
    .into_any()
}

/// The text is the preview where there is no picture, and an addition where there is one.
fn text_of(inside: String, folded: bool, lang: Lang) -> AnyView {
    view! {
        <section class="card">
            <details class="preview-text" open=!folded>
                <summary>{TEXT_INSIDE.at(lang)}</summary>
                <p class="hint">{FIRST_PART.at(lang)}</p>
                <div class="text" tabindex="0" role="region" aria-label=TEXT_INSIDE.at(lang) data-testid="preview-text">{inside}</div>
            </details>
        </section>
    }
    .into_any()
}
