//! Downloads of the library: whole or in part, under their own hash, never shown inside our origin (domain.md F1, abuse case 13).

use super::{
    Server,
    answer::{self, Asked},
    leave, limits,
    sending::{self, Sendable},
    visit::Visitor,
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
use http::{Request, request::Parts};
use std::{sync::Arc, time::Duration};
use store::{Access, Caller, library, library::FileToSend};

/// A download does not wait longer than this to be written down; the write goes on by itself.
const RECORD_TIME: Duration = Duration::from_secs(2);

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
    let visitor = match Visitor::let_in(server, asked, request).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
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
    let sent = Sendable {
        what: format!("version {} of document {}", file.version_no, file.document),
        name: file.name.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        file_name: file.file_name.clone(),
        media_type: file.format.media_type(),
    };
    let sent = sending::send(&caller.store.files, &sent, request).await?;
    // What goes on in the middle of a file is not another download.
    if sent.from_the_start && side == Side::Partner {
        record(caller, &file).await;
    }
    Ok(sent.response)
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

/// Writes a download down.
///
/// # Errors
/// As `library::record_download`.
pub async fn recorded(access: &Access<CanReadLibrary>, file: &FileToSend) -> Result<(), Error> {
    library::record_download(access, file.document, file.version_no).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_number_or_unknown() {
        assert_eq!(version_no(None), Ok(None));
        assert_eq!(version_no(Some("x=1")), Ok(None));
        assert_eq!(version_no(Some("version=2")), Ok(Some(2)));
        for wrong in ["version=", "version=-1", "version=+1", "version=1e3", "version=99999999999999999999", "version=%31"] {
            assert_eq!(version_no(Some(wrong)), Err(Error::NotFound), "{wrong}");
        }
    }
}
