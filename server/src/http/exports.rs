//! Files of exports, and what proves them (domain.md F2). The right to see the rows is asked for again at each download.

use super::{
    Server,
    answer::{self, Asked},
    limits,
    sending::{self, Sendable, disposition},
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
    access::{CanExportOwn, CanUseConsole, Permission, Side},
};
use http::{
    HeaderValue, Request,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    request::Parts,
};
use std::sync::Arc;
use store::{Access, exports};

/// What is fetched.
#[derive(Clone, Copy, Debug)]
enum Part {
    File,
    Manifest,
}

/// The addresses of exports.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/exports/{id}/file", get(file)).route("/exports/{id}/manifest", get(manifest))
}

async fn file(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    fetch(&server.0, &asked.0, &id.0, &request.into_parts().0, Part::File).await
}

async fn manifest(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    fetch(&server.0, &asked.0, &id.0, &request.into_parts().0, Part::Manifest).await
}

async fn fetch(server: &Server, asked: &Asked, id: &str, request: &Parts, part: Part) -> Response {
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(asked) };
    let visitor = match Visitor::let_in(server, asked, request).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
    let sent = async {
        let id = id.parse::<Id>().map_err(|_| Error::NotFound)?;
        match visitor.caller.standing()?.side {
            Side::Vendor => send(&visitor.caller.access::<CanUseConsole>()?, id, request, part).await,
            _ => send(&visitor.caller.access::<CanExportOwn>()?, id, request, part).await,
        }
    };
    let response = sent.await.unwrap_or_else(|error| answer::refuse(asked, &error));
    visitor.touch();
    response
}

async fn send<P: Permission>(access: &Access<P>, id: Id, request: &Parts, part: Part) -> Result<Response, Error> {
    match part {
        Part::File => {
            let file = exports::file(access, id).await?;
            let sendable = Sendable {
                what: format!("export {id}"),
                name: file.name,
                size_bytes: file.size_bytes,
                sha256: file.sha256,
                file_name: file.file_name,
                media_type: file.kind.media_type(),
            };
            let sent = sending::send(access.files(), &sendable, request).await?;
            if sent.from_the_start {
                exports::record_download(access, id).await?;
            }
            Ok(sent.response)
        }
        Part::Manifest => {
            let (file_name, manifest) = exports::manifest(access, id).await?;
            let mut response = Response::new(Body::from(manifest));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
            let name = disposition(&format!("{file_name}.manifest.json"));
            headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| Error::Broken)?);
            Ok(response)
        }
    }
}
