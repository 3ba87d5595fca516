//! Downloads of the library: whole or in part, under their own hash, never shown inside our origin (domain.md F1, abuse case 13).

use super::{
    Server,
    answer::{self, Asked, Reader},
    leave, limits, range,
    visit::{self, Visitor},
};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    Error, Id,
    access::{CanManageLibrary, CanReadLibrary},
    library::Format,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH,
        IF_RANGE, RANGE,
    },
    request::Parts,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::{io::SeekFrom, sync::Arc, time::Duration};
use store::{Access, Caller, library, library::FileToSend};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncSeekExt as _},
};
use tokio_util::io::ReaderStream;

/// A file is read and sent in pieces of this size, so a download of any length takes this much memory.
const PIECE_BYTES: usize = 64 * 1024;
/// A download does not wait longer than this to be written down; the write goes on by itself.
const RECORD_TIME: Duration = Duration::from_secs(2);
/// Letters that may stand as they are in a `filename*` (RFC 8187).
const IN_FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const CHECKSUM: HeaderName = HeaderName::from_static("x-checksum-sha256");

/// Whose download it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// A partner's: published documents of its audience, and it is written down.
    Partner,
    /// An editor's: any version of any document.
    Editor,
}

/// The addresses of files.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/support/library/{id}/download", get(partner)).route("/console/library/{id}/download", get(editor))
}

async fn partner(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    download(&server.0, &asked.0, &id.0, &request.into_parts().0, Side::Partner).await
}

async fn editor(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    download(&server.0, &asked.0, &id.0, &request.into_parts().0, Side::Editor).await
}

async fn download(server: &Server, asked: &Asked, id: &str, request: &Parts, side: Side) -> Response {
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(asked) };
    let visitor = match Visitor::of(server, asked, &request.headers).await {
        Ok(visitor) => visitor,
        Err(error) => return answer::refuse(asked, &error),
    };
    if asked.reader == Reader::Person
        && let Some(path) = visit::must_sign_in(&visitor, &request.method, &request.uri)
    {
        return answer::see_other(&path);
    }
    let sent = async {
        let (id, version_no) = (id.parse::<Id>().map_err(|_| Error::NotFound)?, version_no(request.uri.query())?);
        let file = find(&visitor.caller, id, version_no, side).await?;
        if file.link.is_some() || file.format == Format::Link {
            // A link has no file; it leads to the notice before other sites (domain.md F16).
            let target = file.link.as_deref().unwrap_or_default();
            return leave::way(server, &request.headers, target, &page_of(id, side)).await;
        }
        send(&visitor.caller, file, request, side).await
    };
    let response = sent.await.unwrap_or_else(|error| answer::refuse(asked, &error));
    visitor.touch();
    response
}

fn page_of(id: Id, side: Side) -> String {
    match side {
        Side::Partner => format!("/support/library/{id}"),
        Side::Editor => format!("/console/library/{id}"),
    }
}

/// `?version=2`; without it the current one. A number that no version has is unknown like any other.
fn version_no(query: Option<&str>) -> Result<Option<i64>, Error> {
    let mut pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let Some((_, value)) = pairs.find(|(name, _)| *name == "version") else { return Ok(None) };
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { value.parse().map(Some).map_err(|_| Error::NotFound) } else { Err(Error::NotFound) }
}

async fn find(caller: &Caller, id: Id, version_no: Option<i64>, side: Side) -> Result<FileToSend, Error> {
    match side {
        Side::Partner => library::file(&caller.access::<CanReadLibrary>()?, id, version_no).await,
        Side::Editor => library::editor_file(&caller.access::<CanManageLibrary>()?, id, version_no).await,
    }
}

async fn send(caller: &Caller, file: FileToSend, request: &Parts, side: Side) -> Result<Response, Error> {
    let size = u64::try_from(file.size_bytes).map_err(|_| Error::Broken)?;
    let headers = &request.headers;
    let tag = header(&format!("\"{}\"", file.sha256))?;
    let mut response = Response::new(Body::empty());
    about(response.headers_mut(), &file, &tag)?;
    if headers.contains_key(IF_MATCH) && !range::names_tag(headers, IF_MATCH, &tag) {
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
        return Ok(response);
    }
    if range::names_tag(headers, IF_NONE_MATCH, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let (first, length) = match part(headers, &tag, size) {
        range::Asked::Outside => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            response.headers_mut().insert(CONTENT_RANGE, header(&format!("bytes */{size}"))?);
            response.headers_mut().remove(CONTENT_TYPE);
            return Ok(response);
        }
        range::Asked::Whole => (0, size),
        range::Asked::Part { first, last } => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            response.headers_mut().insert(CONTENT_RANGE, header(&format!("bytes {first}-{last}/{size}"))?);
            (first, (last + 1).saturating_sub(first))
        }
    };
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    if request.method == Method::HEAD {
        return Ok(response);
    }
    *response.body_mut() = open(&file, size, first, length).await?;
    // What goes on in the middle of a file is not another download.
    if first == 0 && side == Side::Partner {
        record(caller, &file).await;
    }
    Ok(response)
}

/// What part is asked for. A part of another version than the reader has would be glued to the wrong beginning: then all is sent.
fn part(headers: &HeaderMap, tag: &HeaderValue, size: u64) -> range::Asked {
    let same = headers.get(IF_RANGE).is_none_or(|condition| condition == tag);
    let ranges = headers.get_all(RANGE).iter().count();
    range::read(headers.get(RANGE).filter(|_| same && ranges == 1), size)
}

fn about(headers: &mut HeaderMap, file: &FileToSend, tag: &HeaderValue) -> Result<(), Error> {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.format.media_type()));
    headers.insert(CONTENT_DISPOSITION, header(&disposition(&file.file_name))?);
    headers.insert(ETAG, tag.clone());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(CHECKSUM, header(&file.sha256)?);
    Ok(())
}

fn header(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| Error::Broken)
}

/// The name a file is saved under: in plain letters for old programs, and as it is (RFC 6266).
fn disposition(file_name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ' ' | '(' | ')') { c } else { '_' };
    let ascii: String = file_name.chars().map(plain).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(file_name, IN_FILE_NAME))
}

async fn open(file: &FileToSend, size: u64, first: u64, length: u64) -> Result<Body, Error> {
    let broken = |error: std::io::Error| {
        tracing::error!(document = %file.document, version = file.version_no, %error, "a kept file cannot be read");
        Error::Broken
    };
    let mut opened = File::open(&file.path).await.map_err(broken)?;
    if opened.metadata().await.map_err(broken)?.len() != size {
        tracing::error!(document = %file.document, version = file.version_no, "a kept file has another size");
        return Err(Error::Broken);
    }
    opened.seek(SeekFrom::Start(first)).await.map_err(broken)?;
    Ok(Body::from_stream(ReaderStream::with_capacity(opened.take(length), PIECE_BYTES)))
}

/// Writes the download down. A reader does not lose a file because that fails.
async fn record(caller: &Caller, file: &FileToSend) {
    let Ok(access) = caller.access::<CanReadLibrary>() else { return };
    let recording = recorded(&access, file);
    match tokio::time::timeout(RECORD_TIME, recording).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(document = %file.document, code = error.code(), "a download was not written down"),
        Err(_) => tracing::warn!(document = %file.document, "a download is written down late"),
    }
}

async fn recorded(access: &Access<CanReadLibrary>, file: &FileToSend) -> Result<(), Error> {
    library::record_download(access, file.document, file.version_no).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_its_quotes_and_keeps_its_letters() {
        assert_eq!(disposition("a.pdf"), "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf");
        assert_eq!(disposition("云 1.pdf"), "attachment; filename=\"_ 1.pdf\"; filename*=UTF-8''%E4%BA%91%201.pdf");
        assert_eq!(
            disposition("a\"; x=\"\r\n.pdf"),
            "attachment; filename=\"a__ x____.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%22%0D%0A.pdf"
        );
    }

    #[test]
    fn a_version_is_a_number_or_unknown() {
        assert_eq!(version_no(None), Ok(None));
        assert_eq!(version_no(Some("x=1")), Ok(None));
        assert_eq!(version_no(Some("version=2")), Ok(Some(2)));
        for wrong in ["version=", "version=-1", "version=+1", "version=1e3", "version=99999999999999999999", "version=%31"] {
            assert_eq!(version_no(Some(wrong)), Err(Error::NotFound), "{wrong}");
        }
    }

    #[test]
    fn a_part_of_another_version_is_answered_with_the_whole() {
        let tag = HeaderValue::from_static("\"new\"");
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_static("bytes=5-"));
        assert_eq!(part(&headers, &tag, 10), range::Asked::Part { first: 5, last: 9 });
        headers.insert(IF_RANGE, HeaderValue::from_static("\"old\""));
        assert_eq!(part(&headers, &tag, 10), range::Asked::Whole);
        headers.insert(IF_RANGE, HeaderValue::from_static("W/\"new\""));
        assert_eq!(part(&headers, &tag, 10), range::Asked::Whole);
        headers.insert(IF_RANGE, tag.clone());
        assert_eq!(part(&headers, &tag, 10), range::Asked::Part { first: 5, last: 9 });
    }
}
