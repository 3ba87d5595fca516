//! Proofs that partners send with a request for a further invoice title (domain.md F7): taken in like documents of the library, seen by support
//! alone, and never shown inside our origin.

use super::{
    Server,
    answer::{self, Asked},
    filing::looked_at,
    forms::Form,
    limits,
    sending::{self, Sendable},
    uploads::{Sent, unwritable},
    visit::{Context, Visitor},
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
    access::{CanManageInvoices, CanReviewInformation},
    invoice::{Tab, reason},
    library::{Format, Refusal},
    machine::Keyed as _,
    text,
};
use http::Request;
use kit::call::Done;
use std::sync::Arc;
use store::{
    Access, Key,
    files::{Arrived, Name},
    invoices::{NewEvidence, NewTitle, ask_title, evidence, known_file},
};

/// A proof is a scan: no more than this, in bytes.
pub const PROOF_MAX_BYTES: i64 = 10_000_000;
/// What a proof may be.
const FORMATS: [Format; 2] = [Format::Pdf, Format::Png];

/// Where proofs are fetched.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/console/invoices/information/{id}/evidence", get(fetch))
}

async fn fetch(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    let (server, asked, request) = (&server.0, &asked.0, request.into_parts().0);
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(asked) };
    let visitor = match Visitor::let_in(server, asked, &request).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
    let sent = async {
        let id = id.0.parse::<Id>().map_err(|_| Error::NotFound)?;
        let file = evidence(&visitor.caller.access::<CanReviewInformation>()?, id).await?;
        let sendable = Sendable {
            what: format!("proof of request {id}"),
            name: file.name,
            size_bytes: file.size_bytes,
            sha256: file.sha256,
            file_name: file.file_name,
            media_type: file.format.media_type(),
        };
        Ok(sending::send(&visitor.caller.store.files, &sendable, &request).await?.response)
    };
    let response = sent.await.unwrap_or_else(|error| answer::refuse(asked, &error));
    visitor.touch();
    response
}

/// Makes a request for a further title out of an upload.
///
/// # Errors
/// The first thing that is wrong with it.
pub async fn file(context: &Context, upload: &mut Sent) -> Result<Done, Error> {
    let access = context.visitor.caller.access::<CanManageInvoices>()?;
    let form = &upload.form;
    let key = form.value("idempotency_key").unwrap_or_default().parse::<Key>()?;
    let tab = Tab::read(form.value("tab").unwrap_or_default()).ok_or_else(|| Error::Invalid { field: "tab".to_owned() })?;
    reason(form.value("reason").unwrap_or_default())?;
    let (arrived, name) = upload.file.take().ok_or(Refusal::FileMissing)?;
    let found = looked_at(&arrived, &name).await?;
    if !FORMATS.contains(&found.format) {
        return Err(Refusal::TypeMismatch.into());
    }
    let proof =
        NewEvidence { name: found.file_name, format: found.format.key().to_owned(), size_bytes: found.size_bytes, sha256: found.sha256 };
    let new = new_title(form, tab, proof);
    let server = context.server.clone();
    let writing = tokio::spawn(async move { write(&server, &access, key, new, arrived).await });
    writing.await.map_err(|_| Error::Broken)??;
    let said = text("抬头申请已提交，客服在 3 个工作日内审核", "Handed in; support decides within 3 working days");
    let to = match tab {
        Tab::Vendor => "/sales/invoices/information".to_owned(),
        Tab::Seller => format!("/sales/invoices/information?tab={}", tab.key()),
    };
    Ok(Done::at(to, said.at(context.asked.lang)))
}

fn new_title(form: &Form, tab: Tab, evidence: NewEvidence) -> NewTitle {
    let value = |name: &str| form.value(name).unwrap_or_default().to_owned();
    NewTitle { tab, title: value("title"), tax_no: value("tax_no"), reason: value("reason"), evidence }
}

/// The file gets its name first and its row second, as in the library.
async fn write(server: &Server, access: &Access<CanManageInvoices>, key: Key, new: NewTitle, arrived: Arrived) -> Result<(), Error> {
    let _turn = server.filing.lock().await;
    let sha256 = arrived.sha256.clone();
    server.store.files.keep(arrived).await.map_err(|error| unwritable(&error))?;
    let asked = ask_title(access, key, new).await;
    if asked.is_err() {
        take_back(server, access, &sha256).await;
    }
    asked.map(|_| ())
}

/// Removes a file that got no row, unless another row names the same one.
async fn take_back(server: &Server, access: &Access<CanManageInvoices>, sha256: &str) {
    match known_file(access, sha256).await {
        Ok(false) => {
            if let Err(error) = server.store.files.forget(&Name::content(sha256)).await {
                tracing::warn!(%error, "a proof without a request could not be removed");
            }
        }
        Ok(true) => {}
        Err(error) => tracing::warn!(code = error.code(), "a proof without a request stays until the next check"),
    }
}
