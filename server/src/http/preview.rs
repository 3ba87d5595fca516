//! Previews of documents (domain.md F1): what the page shows, and its pictures. A PDF is drawn by a child process without rights
//! (intake::child); what the browser gets is a picture of ours.

use super::{
    Server,
    answer::{self, Asked},
    limits, range,
    visit::Visitor,
};
use app::{Picture, Preview, Previewed};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use bytes::Bytes;
use domain::{
    Error, Id,
    access::{CanManageLibrary, CanReadLibrary},
    library::Format,
};
use http::{
    HeaderValue, Request, StatusCode, Uri,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    request::Parts,
};
use intake::{
    child::draw_in_child,
    documents::{Drawn, Failure},
};
use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Caller, library, library::FileToSend};

/// Width of a page's picture in pixels.
const WIDTH: u16 = 1_200;
/// The largest picture document that is shown, in bytes.
const WHOLE_MAX_BYTES: i64 = 20 * 1024 * 1024;
/// Bytes of drawn pages that are kept, so that the picture of a page is not drawn again for the page's second request.
const KEPT_BYTES: usize = 32 * 1024 * 1024;

/// Pages drawn lately. The next reader of the same page gets it without drawing.
#[derive(Debug, Default)]
pub struct Pages(Mutex<VecDeque<Kept>>);

/// A page that was drawn: file, page that was asked for, picture.
type Kept = ((String, u32), Arc<Drawn>);

impl Pages {
    fn get(&self, file: &str, no: u32) -> Option<Arc<Drawn>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|((other, page), _)| other == file && *page == no).map(|(_, drawn)| drawn.clone())
    }

    fn keep(&self, file: &str, no: u32, drawn: &Arc<Drawn>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(((file.to_owned(), no), drawn.clone()));
        while kept.iter().map(|(_, drawn)| drawn.png.len()).sum::<usize>() > KEPT_BYTES {
            kept.pop_front();
        }
    }
}

/// The addresses of pictures.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/support/library/{id}/preview/picture", get(partner)).route("/console/library/{id}/preview/picture", get(editor))
}

/// Whose preview it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Partner,
    Editor,
}

impl Side {
    const fn list(self) -> &'static str {
        match self {
            Self::Partner => "/support/library",
            Self::Editor => "/console/library",
        }
    }
}

/// What the page of a preview shows; nothing for every other address.
pub async fn previewed(server: &Server, asked: &Asked, caller: &Caller, uri: &Uri) -> Option<Previewed> {
    let found = [Side::Partner, Side::Editor].into_iter().find_map(|side| {
        let id = uri.path().strip_prefix(side.list())?.strip_prefix('/')?.strip_suffix("/preview")?;
        (!id.contains('/')).then(|| (side, id.to_owned()))
    });
    let (side, id) = found?;
    let preview = prepare(server, caller, side, &id, page_no(uri.query())).await;
    Some(Previewed(preview.map_err(|error| answer::fault(asked, &error))))
}

async fn prepare(server: &Server, caller: &Caller, side: Side, id: &str, no: u32) -> Result<Preview, Error> {
    let id: Id = id.parse().map_err(|_| Error::NotFound)?;
    let (title, file, text) = match side {
        Side::Partner => {
            let access = caller.access::<CanReadLibrary>()?;
            (
                library::detail(&access, id).await?.about.title,
                library::file(&access, id, None).await?,
                library::beginning(&access, id).await?,
            )
        }
        Side::Editor => {
            let access = caller.access::<CanManageLibrary>()?;
            let title = library::editor_detail(&access, id).await?.detail.about.title;
            (title, library::editor_file(&access, id, None).await?, library::editor_beginning(&access, id).await?)
        }
    };
    let picture = match file.format {
        Format::Pdf => match drawn(server, &file, no).await? {
            Ok(drawn) => Picture::Page { no: drawn.no, pages: drawn.pages, lacks_font: drawn.lacks_font },
            Err(failure) => {
                tracing::info!(document = %id, reason = failure.key(), "a page could not be drawn");
                Picture::Failed
            }
        },
        Format::Png if file.size_bytes <= WHOLE_MAX_BYTES => Picture::Whole,
        _ => Picture::None,
    };
    Ok(Preview { id, title, format: file.format, list: side.list(), picture, text })
}

/// `?page=3`; anything else is the first page.
fn page_no(query: Option<&str>) -> u32 {
    let pairs = domain::list::pairs(query.unwrap_or_default());
    pairs.iter().find(|(name, _)| name == "page").and_then(|(_, value)| value.parse().ok()).filter(|no| *no > 0).unwrap_or(1)
}

/// A page of a PDF, drawn now or lately.
async fn drawn(server: &Server, file: &FileToSend, no: u32) -> Result<Result<Arc<Drawn>, Failure>, Error> {
    if let Some(drawn) = server.pages.get(&file.sha256, no) {
        return Ok(Ok(drawn));
    }
    let copy = format!("preview-{}", server.store.ids.id());
    let what = format!("version {} of document {}", file.version_no, file.document);
    let local = server.store.files.local(&file.name, &copy).await.map_err(|error| store::files::answer(&what, &error))?;
    let font = render::FONT_PLACES.iter().map(PathBuf::from).find(|place| place.is_file());
    match draw_in_child(&server.program, &local, no, WIDTH, font.as_deref()).await {
        Ok(page) => {
            let page = Arc::new(page);
            server.pages.keep(&file.sha256, no, &page);
            Ok(Ok(page))
        }
        Err(Failure::Unavailable) => Err(Error::Unavailable),
        Err(failure) => Ok(Err(failure)),
    }
}

async fn partner(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    picture(&server.0, &asked.0, &id.0, &request.into_parts().0, Side::Partner).await
}

async fn editor(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    picture(&server.0, &asked.0, &id.0, &request.into_parts().0, Side::Editor).await
}

async fn picture(server: &Server, asked: &Asked, id: &str, request: &Parts, side: Side) -> Response {
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(asked) };
    let visitor = match Visitor::let_in(server, asked, request).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
    let response = sent(server, &visitor.caller, id, request, side).await.unwrap_or_else(|error| answer::refuse(asked, &error));
    visitor.touch();
    response
}

async fn sent(server: &Server, caller: &Caller, id: &str, request: &Parts, side: Side) -> Result<Response, Error> {
    let id: Id = id.parse().map_err(|_| Error::NotFound)?;
    let file = match side {
        Side::Partner => library::file(&caller.access::<CanReadLibrary>()?, id, None).await?,
        Side::Editor => library::editor_file(&caller.access::<CanManageLibrary>()?, id, None).await?,
    };
    let no = page_no(request.uri.query());
    let tag = HeaderValue::from_str(&format!("\"{}-{no}-{WIDTH}\"", file.sha256)).map_err(|_| Error::Broken)?;
    let mut response = Response::new(Body::empty());
    response.headers_mut().insert(ETAG, tag.clone());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if range::names_tag(&request.headers, IF_NONE_MATCH, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let body = match file.format {
        Format::Pdf => {
            let page = drawn(server, &file, no).await?.map_err(|_| Error::NotFound)?;
            Body::from(Bytes::from_owner(Png(page)))
        }
        Format::Png if file.size_bytes <= WHOLE_MAX_BYTES => {
            let size = u64::try_from(file.size_bytes).map_err(|_| Error::Broken)?;
            let pieces = server.store.files.read(&file.name, size, 0, size).await;
            Body::from_stream(pieces.map_err(|error| store::files::answer(&format!("document {id}"), &error))?)
        }
        _ => return Err(Error::NotFound),
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
    *response.body_mut() = body;
    Ok(response)
}

/// The picture of a page that others may read at the same time.
struct Png(Arc<Drawn>);

impl AsRef<[u8]> for Png {
    fn as_ref(&self) -> &[u8] {
        &self.0.png
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_number_from_one_on() {
        for (query, no) in
            [(None, 1), (Some("page=3"), 3), (Some("page=0"), 1), (Some("page=-1"), 1), (Some("page=x"), 1), (Some("page="), 1)]
        {
            assert_eq!(page_no(query), no, "{query:?}");
        }
    }

    #[test]
    fn old_pages_make_room_for_new_ones() {
        let pages = Pages::default();
        let page = |no| Arc::new(Drawn { pages: 9, no, lacks_font: false, png: vec![0; KEPT_BYTES / 2] });
        for no in 1..=3 {
            pages.keep("a", no, &page(no));
        }
        assert!(pages.get("a", 1).is_none() && pages.get("a", 2).is_some() && pages.get("a", 3).is_some());
        assert!(pages.get("b", 3).is_none());
    }
}
