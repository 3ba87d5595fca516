//! Sending files: whole or in part, under their own hash, never shown inside our origin (domain.md F1, abuse case 13).

use super::range;
use axum::{body::Body, response::Response};
use domain::Error;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH,
        IF_RANGE, RANGE,
    },
    request::Parts,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::files::{Files, Name};

/// Letters that may stand as they are in a `filename*` (RFC 8187).
const IN_FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const CHECKSUM: HeaderName = HeaderName::from_static("x-checksum-sha256");

/// A kept file.
#[derive(Clone, Debug)]
pub struct Sendable {
    /// What it is, for the log.
    pub what: String,
    /// Its name among the files.
    pub name: Name,
    /// Size in bytes.
    pub size_bytes: i64,
    /// SHA-256 in hexadecimal, also its strong entity tag.
    pub sha256: String,
    /// The name it is saved under.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// An answer with a file or a part of it.
#[derive(Debug)]
pub struct Sent {
    /// The answer.
    pub response: Response,
    /// It carries bytes from the first one on.
    pub from_the_start: bool,
}

/// Answers with what is asked for of a file.
///
/// # Errors
/// `Broken` when the file is not what was kept; `Unavailable` when the place of the files does not answer.
pub async fn send(files: &Files, file: &Sendable, request: &Parts) -> Result<Sent, Error> {
    let size = u64::try_from(file.size_bytes).map_err(|_| Error::Broken)?;
    let headers = &request.headers;
    let tag = header(&format!("\"{}\"", file.sha256))?;
    let mut response = Response::new(Body::empty());
    about(response.headers_mut(), file, &tag)?;
    let without_body = |response| Ok(Sent { response, from_the_start: false });
    if headers.contains_key(IF_MATCH) && !range::names_tag(headers, IF_MATCH, &tag) {
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
        return without_body(response);
    }
    if range::names_tag(headers, IF_NONE_MATCH, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return without_body(response);
    }
    let (first, length) = match part(headers, &tag, size) {
        range::Asked::Outside => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            response.headers_mut().insert(CONTENT_RANGE, header(&format!("bytes */{size}"))?);
            response.headers_mut().remove(CONTENT_TYPE);
            return without_body(response);
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
        return without_body(response);
    }
    let pieces = files.read(&file.name, size, first, length).await;
    let pieces = pieces.map_err(|error| store::files::answer(&file.what, &error))?;
    *response.body_mut() = Body::from_stream(pieces);
    Ok(Sent { response, from_the_start: first == 0 })
}

/// What part is asked for. A part of another version than the reader has would be glued to the wrong beginning: then all is sent.
fn part(headers: &HeaderMap, tag: &HeaderValue, size: u64) -> range::Asked {
    let same = headers.get(IF_RANGE).is_none_or(|condition| condition == tag);
    let ranges = headers.get_all(RANGE).iter().count();
    range::read(headers.get(RANGE).filter(|_| same && ranges == 1), size)
}

fn about(headers: &mut HeaderMap, file: &Sendable, tag: &HeaderValue) -> Result<(), Error> {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
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
pub fn disposition(file_name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ' ' | '(' | ')') { c } else { '_' };
    let ascii: String = file_name.chars().map(plain).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(file_name, IN_FILE_NAME))
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
