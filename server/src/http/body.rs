//! Reading the body of a form: whole, within its limits, and as fields (threats.md T8, W7, W8).

use super::{
    answer::Asked,
    limits::{Limits, Place},
};
use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use domain::Error;
use futures::{Stream, StreamExt as _};
use http::{
    HeaderMap, HeaderValue,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT},
};
use std::{collections::HashSet, time::Duration};
use tokio::time::{Instant, timeout_at};

/// Largest form in bytes; files have their own limit.
pub const FORM_MAX_BYTES: usize = 1024 * 1024;
/// Most fields of a form; one that is a list counts once.
pub const FIELDS_MAX: usize = 100;
/// Most items of all lists of a form: a page of rows can be chosen.
pub const ITEMS_MAX: usize = 1_000;
/// After a refusal the rest is still taken for this long, because most clients read an answer only when they have sent all.
const LINGER: Duration = Duration::from_secs(20);

/// The media type of a form.
pub const URLENCODED: &str = "application/x-www-form-urlencoded";
/// The media type of a form with files.
pub const MULTIPART: &str = "multipart/form-data";

/// Checks that a body is of a media type and comes as it is.
///
/// # Errors
/// `UnsupportedType`.
pub fn is_of(headers: &HeaderMap, media_type: &str) -> Result<(), Error> {
    let mut named = headers.get_all(CONTENT_TYPE).iter();
    let (first, more) = (named.next().and_then(|value| value.to_str().ok()), named.next());
    let kind = first.and_then(|value| value.split(';').next()).map(str::trim);
    let as_it_is = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    let fits = kind.is_some_and(|kind| kind.eq_ignore_ascii_case(media_type)) && more.is_none() && as_it_is;
    if fits { Ok(()) } else { Err(Error::UnsupportedType) }
}

/// The length a body announces.
#[must_use]
pub fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH).map(HeaderValue::to_str).and_then(Result::ok).and_then(|length| length.parse().ok())
}

/// A limit as errors tell it.
#[must_use]
pub fn too_large(limit: usize) -> Error {
    Error::TooLarge { limit: i64::try_from(limit).unwrap_or(i64::MAX) }
}

/// Reads a whole form.
///
/// # Errors
/// `TooLarge` at the first byte over, `Malformed` when it is cut off, slow or no text, `Unavailable` without room.
pub async fn read(limits: &Limits, asked: &Asked, headers: &HeaderMap, body: Body) -> Result<String, Error> {
    let mut pieces = body.into_data_stream();
    let read = if announced(headers).is_some_and(|length| length > FORM_MAX_BYTES as u64) {
        Err(too_large(FORM_MAX_BYTES))
    } else {
        let reading = tokio::time::timeout(limits.body_time, collect(limits, &mut pieces));
        reading.await.unwrap_or_else(|_| {
            tracing::info!(request = &*asked.id, "a form came too slowly");
            Err(Error::Malformed)
        })
    };
    match read {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| Error::Malformed),
        Err(error) => {
            linger(headers, pieces);
            Err(error)
        }
    }
}

/// Reads the rest of a refused body away, so that its sender gets to read the answer. Who has asked whether to send it is told by
/// the answer alone.
pub fn linger<E: Send + 'static>(headers: &HeaderMap, mut rest: impl Stream<Item = Result<Bytes, E>> + Send + Unpin + 'static) {
    if headers.contains_key(EXPECT) {
        return;
    }
    let end = Instant::now() + LINGER;
    tokio::spawn(async move { while let Ok(Some(Ok(_))) = timeout_at(end, rest.next()).await {} });
}

async fn collect(limits: &Limits, pieces: &mut BodyDataStream) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut rooms: Vec<Place> = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Error::Malformed)?;
        if bytes.len() + piece.len() > FORM_MAX_BYTES {
            return Err(too_large(FORM_MAX_BYTES));
        }
        // A thousand tiny pieces take no more room than one: what is counted is what the vector had to grow by.
        let before = bytes.capacity();
        bytes.extend_from_slice(&piece);
        let grown = bytes.capacity() - before;
        if grown > 0 {
            rooms.push(limits.room(grown).map_err(|_| Error::Unavailable)?);
        }
    }
    Ok(bytes)
}

/// The fields of an urlencoded text, in the order they came.
///
/// # Errors
/// `Malformed` for too many fields, for bytes that are no text and for a field that came twice; `Invalid` for a NUL, which no
/// database keeps.
pub fn fields(text: &str) -> Result<Vec<(String, String)>, Error> {
    let (mut values, mut seen) = (Vec::new(), HashSet::new());
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name)?, decoded(value)?);
        let (is_item, is_new) = (name.ends_with("[]"), seen.insert(name.clone()));
        if seen.len() > FIELDS_MAX || values.len() == FIELDS_MAX + ITEMS_MAX || (!is_item && !is_new) {
            return Err(Error::Malformed);
        }
        if name.is_empty() || name.contains('\0') {
            return Err(Error::Malformed);
        }
        if value.contains('\0') {
            return Err(Error::Invalid { field: name.chars().take(60).collect() });
        }
        values.push((name, value));
    }
    Ok(values)
}

fn decoded(text: &str) -> Result<String, Error> {
    let spaced = text.replace('+', " ");
    // `%` without two digits is left as it is by decoders, and read differently by each.
    let mut rest = spaced.as_str();
    while let Some((_, after)) = rest.split_once('%') {
        if !after.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            return Err(Error::Malformed);
        }
        rest = after;
    }
    percent_encoding::percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| Error::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(text: &str) -> Result<Vec<(String, String)>, Error> {
        fields(text)
    }

    #[test]
    fn fields_are_read_as_browsers_send_them() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read_back("a=1&b=%E4%BA%91+x%2B&c"), Ok(vec![pair("a", "1"), pair("b", "云 x+"), pair("c", "")]));
        assert_eq!(read_back(""), Ok(Vec::new()));
        assert_eq!(read_back("a[]=1&a[]=2"), Ok(vec![pair("a[]", "1"), pair("a[]", "2")]));
    }

    #[test]
    fn what_cannot_be_read_in_one_way_is_malformed() {
        for text in ["a=1&a=2", "a=%", "a=%4", "a=%zz", "a=%ff", "a=%ED%A0%80", "%00=1", "a=%C0%80", "=", "=1"] {
            assert_eq!(read_back(text), Err(Error::Malformed), "{text}");
        }
        assert_eq!(read_back("a=x%00y"), Err(Error::Invalid { field: "a".to_owned() }));
    }

    #[test]
    fn a_hundred_fields_are_read_and_no_more() {
        let text = |count: usize| (0..count).map(|n| format!("f{n}=1")).collect::<Vec<_>>().join("&");
        assert_eq!(read_back(&text(100)).map(|fields| fields.len()), Ok(100));
        assert_eq!(read_back(&text(101)), Err(Error::Malformed));
    }

    #[test]
    fn a_list_is_one_field_and_has_its_own_end() {
        let text = |count: usize| vec!["task[]=1"; count].join("&");
        assert_eq!(read_back(&format!("step=pack&{}", text(100))).map(|fields| fields.len()), Ok(101));
        assert_eq!(read_back(&text(FIELDS_MAX + ITEMS_MAX + 1)), Err(Error::Malformed));
    }

    #[test]
    fn a_form_is_of_one_type_and_not_packed() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(*name, HeaderValue::from_static(value));
            }
            is_of(&headers, URLENCODED)
        };
        assert_eq!(of(&[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")]), Ok(()));
        for wrong in [
            &[][..],
            &[("content-type", "text/plain")],
            &[("content-type", "application/x-www-form-urlencodedx")],
            &[("content-type", URLENCODED), ("content-type", "text/plain")],
            &[("content-type", URLENCODED), ("content-encoding", "gzip")],
        ] {
            assert_eq!(of(wrong), Err(Error::UnsupportedType), "{wrong:?}");
        }
    }
}
