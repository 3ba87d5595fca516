//! Several documents as one zip file, written while it is sent: `/support/library/zip?id=…&id=…` (domain.md F1).
//!
//! Nothing is kept: a thread packs one file after the other into a short channel, so memory stays constant and a slow reader holds
//! the packing back. The documents' formats are packed already, so their bytes are stored as they are.

use super::{
    Server,
    answer::{self, Asked},
    files::recorded,
    limits, sending,
    visit::Visitor,
};
use axum::{Extension, Router, body::Body, extract::State, response::Response, routing::get};
use bytes::Bytes;
use domain::{Error, Id, Moment, access::CanReadLibrary};
use futures::{StreamExt as _, stream};
use http::{
    HeaderValue, Request,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    request::Parts,
};
use intake::documents::clean_file_name;
use std::{
    collections::HashSet,
    io::{self, ErrorKind, Write},
    sync::Arc,
    time::Duration,
};
use store::{
    files::Files,
    library::{self, FileToSend},
};
use tokio::{runtime::Handle, sync::mpsc};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Bytes that are collected before they are sent on.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces on their way to a reader.
const PIECES: usize = 4;
/// A reader who takes nothing for this long is given up.
const TAKING_TIME: Duration = Duration::from_secs(60);

/// The address of zip files.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/support/library/zip", get(pack))
}

async fn pack(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    let head = request.into_parts().0;
    let Ok(place) = server.limits.begin_pack() else { return limits::overloaded(&asked) };
    let visitor = match Visitor::let_in(&server, &asked, &head).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
    let response = packed(&visitor, &head, place).await.unwrap_or_else(|error| answer::refuse(&asked, &error));
    visitor.touch();
    response
}

async fn packed(visitor: &Visitor, head: &Parts, place: limits::Place) -> Result<Response, Error> {
    let access = visitor.caller.access::<CanReadLibrary>()?;
    let files = library::files_to_pack(&access, &ids(head.uri.query().unwrap_or_default())?).await?;
    let mut response = Response::new(Body::empty());
    let name = format!("library-{}.zip", access.now().day());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let disposition = HeaderValue::from_str(&sending::disposition(&name)).map_err(|_| Error::Broken)?;
    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    response.headers_mut().insert(CACHE_CONTROL, answer::NO_STORE);
    if head.method == http::Method::HEAD {
        return Ok(response);
    }
    for (_, file) in &files {
        if file.link.is_none() {
            recorded(&access, file).await?;
        }
    }
    let (out, pieces) = mpsc::channel(PIECES);
    let (kept, at, handle) = (visitor.caller.store.files.clone(), access.now(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let mut sender = Sender { out: out.clone(), handle: handle.clone(), piece: Vec::with_capacity(PIECE_BYTES) };
        let written = write(&kept, files, at, &handle, &mut sender).and_then(|()| sender.flush());
        if let Err(error) = written {
            if error.kind() != ErrorKind::BrokenPipe {
                tracing::error!(%error, "a zip file was given up");
            }
            // The reader sees a download that was cut off, not a file that looks whole.
            drop(handle.block_on(tokio::time::timeout(TAKING_TIME, out.send(Err(error)))));
        }
    });
    *response.body_mut() =
        Body::from_stream(stream::unfold(pieces, |mut pieces| async { pieces.recv().await.map(|piece| (piece, pieces)) }));
    Ok(response)
}

/// The chosen documents, each once.
fn ids(query: &str) -> Result<Vec<Id>, Error> {
    let mut seen = HashSet::new();
    let mut ids = Vec::new();
    for (_, value) in domain::list::pairs(query).into_iter().filter(|(name, _)| name == "id") {
        let id: Id = value.parse().map_err(|_| Error::NotFound)?;
        if seen.insert(id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn write(kept: &Files, files: Vec<(String, FileToSend)>, at: Moment, handle: &Handle, out: &mut Sender) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(out);
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    let plain = stamp(at).map_or(plain, |time| plain.last_modified_time(time));
    let mut names = HashSet::new();
    for (title, file) in files {
        let Some(link) = &file.link else {
            zip.start_file(free(&mut names, &clean_file_name(&file.file_name)), plain).map_err(io::Error::other)?;
            let size = u64::try_from(file.size_bytes).map_err(io::Error::other)?;
            let mut pieces = handle.block_on(kept.read(&file.name, size, 0, size))?;
            while let Some(piece) = handle.block_on(pieces.next()) {
                zip.write_all(&piece?)?;
            }
            continue;
        };
        // A link has no file: a shortcut that every system opens stands for it.
        zip.start_file(free(&mut names, &clean_file_name(&format!("{title}.url"))), plain).map_err(io::Error::other)?;
        zip.write_all(format!("[InternetShortcut]\r\nURL={link}\r\n").as_bytes())?;
    }
    zip.finish().map(|_| ()).map_err(io::Error::other)
}

/// Local time of the business, as zip files hold it.
fn stamp(at: Moment) -> Option<zip::DateTime> {
    let ((year, month, day), (hour, minute, second)) = (at.day().parts(), at.time_of_day());
    let small = |number: i64| u8::try_from(number).ok();
    zip::DateTime::from_date_and_time(u16::try_from(year).ok()?, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?)
        .ok()
}

/// The name, with a number when another document has it already. Systems that know no capitals must not mix them up.
fn free(names: &mut HashSet<String>, name: &str) -> String {
    let (stem, end) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let numbered = (2..).map(|no| format!("{stem} ({no}){end}"));
    let found = std::iter::once(name.to_owned()).chain(numbered).find(|name| names.insert(name.to_lowercase()));
    found.unwrap_or_else(|| name.to_owned())
}

/// The writing end of the answer.
struct Sender {
    out: mpsc::Sender<io::Result<Bytes>>,
    handle: Handle,
    piece: Vec<u8>,
}

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        let taken = self.handle.block_on(tokio::time::timeout(TAKING_TIME, self.out.send(Ok(piece))));
        match taken {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(ErrorKind::BrokenPipe.into()),
            Err(_) => Err(ErrorKind::TimedOut.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_numbered_whatever_their_capitals() {
        let mut names = HashSet::new();
        let given: Vec<String> = ["a.pdf", "A.pdf", "a.pdf", "b", "b"].iter().map(|name| free(&mut names, name)).collect();
        assert_eq!(given, ["a.pdf", "A (2).pdf", "a (3).pdf", "b", "b (2)"]);
    }

    #[test]
    fn a_document_is_packed_once_and_what_is_no_id_is_unknown() {
        let (one, two) = (Id(1), Id(2));
        assert_eq!(ids(&format!("id={one}&x=1&id={two}&id={one}")), Ok(vec![one, two]));
        assert_eq!(ids("id=x"), Err(Error::NotFound));
        assert_eq!(ids(""), Ok(Vec::new()));
    }
}
