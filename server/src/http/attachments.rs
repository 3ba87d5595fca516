//! Files that come along with a form (domain.md F2, F3, F7): which functions take one, how it is taken in, and where it is fetched again.
//! They are seen by the company they are about and by the staff who decide, and are never shown inside our origin.

use super::{
    Server,
    answer::{self, Asked},
    body,
    filing::{looked_at, take_back},
    forms::Form,
    functions, limits,
    sending::{self, Sendable},
    uploads::{self, Sent, Shape, unwritable},
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
    access::{
        Anyone, CanIssueInvoices, CanManageBills, CanManageInvoices, CanReviewInformation, CanReviewTopUps, CanSeeBill, CanTopUp,
        Permission,
    },
    attachment::{FILE_MAX_BYTES, FORMATS, Kind, Side},
    library::Refusal,
    machine::Keyed as _,
};
use http::{HeaderMap, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;
use store::{
    Caller,
    attachments::{AttachedFile, NewFile},
    bills,
    files::Arrived,
    invoices, top_ups,
};

/// A function that takes a file with its form.
#[derive(Clone, Copy, Debug)]
pub struct Carrying {
    path: &'static str,
    /// The name of the file's field.
    field: &'static str,
    /// Whoever may not use the function sends no file.
    may: fn(&Caller) -> Result<(), Error>,
}

/// The functions that take a file.
const CARRYING: &[Carrying] = &[
    Carrying { path: "/fn/top-ups/claim", field: "slip", may: may::<CanTopUp> },
    Carrying { path: "/fn/bills/adjust", field: "evidence", may: may::<CanManageBills> },
    Carrying { path: "/fn/invoices/decide", field: "file", may: may::<CanIssueInvoices> },
    Carrying { path: "/fn/invoices/ask-title", field: "file", may: may::<CanManageInvoices> },
];

fn may<P: Permission>(caller: &Caller) -> Result<(), Error> {
    caller.access::<P>().map(|_| ())
}

/// The function of a form that comes with a file.
#[must_use]
pub fn carrying(path: &str, headers: &HeaderMap) -> Option<&'static Carrying> {
    CARRYING.iter().find(|carrying| carrying.path == path).filter(|_| body::is_of(headers, body::MULTIPART).is_ok())
}

/// A file that has come with a form.
#[derive(Debug)]
pub struct Came {
    arrived: Arrived,
    file: NewFile,
}

/// Takes a form and its file in. What was typed is in `form` even when the file is refused, and when its sender has to sign in again.
///
/// # Errors
/// The first thing that is wrong with it; the file's fault names the file's field.
pub async fn take(context: &Context, headers: &HeaderMap, sent: Body, carrying: &Carrying, form: &mut Form) -> Result<Option<Came>, Error> {
    let signed_in = context.visitor.is_signed_in();
    let boundary = match may_send(context, carrying).and_then(|()| uploads::boundary(headers, FILE_MAX_BYTES)) {
        Ok(boundary) => boundary,
        Err(error) => {
            body::linger(headers, sent.into_data_stream());
            return Err(error);
        }
    };
    let _place = context.server.limits.begin_upload().map_err(|_| Error::Unavailable)?;
    let shape = Shape { fields: None, file: carrying.field, most: FILE_MAX_BYTES, keeps_file: signed_in };
    let mut upload = Sent { form: std::mem::take(form), file: None };
    let received = uploads::receive(context, headers, sent, &boundary, &shape, &mut upload).await;
    *form = upload.form;
    received.map_err(|error| named(error, carrying))?;
    let Some((arrived, name)) = upload.file else { return Ok(None) };
    let found = looked_at(&arrived, &name).await.map_err(|error| named(error, carrying))?;
    if !FORMATS.contains(&found.format) {
        return Err(named(Refusal::TypeMismatch.into(), carrying));
    }
    let file = NewFile { name: found.file_name, format: found.format, size_bytes: found.size_bytes, sha256: found.sha256 };
    Ok(Some(Came { arrived, file }))
}

/// Who may not use the function sends nothing, and neither does a stranger. Whose session has ended is asked to sign in again once the form
/// was read: what was typed is kept for them.
fn may_send(context: &Context, carrying: &Carrying) -> Result<(), Error> {
    let caller = &context.visitor.caller;
    if context.visitor.is_signed_in() {
        (carrying.may)(caller)
    } else if caller.before.is_some() {
        Ok(())
    } else {
        Err(Error::AuthRequired)
    }
}

/// The faults of files say `file`; here the field may have another name.
fn named(error: Error, carrying: &Carrying) -> Error {
    if error.field() == Some("file") { error.at_field(carrying.field) } else { error }
}

/// The texts of a form as the framework reads them.
#[must_use]
pub fn encoded(form: &Form) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    // The brackets of a list's name are the framework's own.
    let pairs = form.values.iter().map(|(name, value)| format!("{}={}", encode(name).replace("%5B%5D", "[]"), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Runs the function with its file. The file gets its name first and its row second, and whoever hangs up stops neither: what no row
/// names in the end goes.
pub async fn run(context: &Context, inner: Request<Body>, came: Came) -> Response {
    let (context, asked) = (context.clone(), context.asked.clone());
    let running = tokio::spawn(async move {
        let _turn = context.server.filing.lock().await;
        let Came { arrived, file } = came;
        let sha256 = arrived.sha256.clone();
        if let Err(error) = context.server.store.files.keep(arrived).await {
            return answer::fault_json(&answer::fault(&context.asked, &unwritable(&error)));
        }
        let response = functions::run(&context, inner, Some(file)).await;
        if let Ok(access) = context.visitor.caller.access::<Anyone>() {
            take_back(&context.server, &access, &sha256).await;
        }
        response
    });
    running.await.unwrap_or_else(|_| answer::fault_json(&answer::fault(&asked, &Error::Broken)))
}

/// Where they are fetched.
pub fn router() -> Router<Arc<Server>> {
    let sides = Kind::ALL.iter().flat_map(|kind| [(*kind, Side::Partner), (*kind, Side::Vendor)]);
    sides.fold(Router::new(), |router, (kind, side)| match kind.pattern(side) {
        Some(pattern) => router.route(
            pattern,
            get(move |server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>| {
                fetch(server.0, asked.0, id.0, request, (kind, side))
            }),
        ),
        None => router,
    })
}

async fn fetch(server: Arc<Server>, asked: Asked, id: String, request: Request<Body>, what: (Kind, Side)) -> Response {
    let request = request.into_parts().0;
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(&asked) };
    let visitor = match Visitor::let_in(&server, &asked, &request).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
    let sent = async {
        let file = find(&visitor.caller, what, id.parse().map_err(|_| Error::NotFound)?).await?;
        let sendable = Sendable {
            what: what.0.at(&id),
            name: file.name,
            size_bytes: file.size_bytes,
            sha256: file.sha256,
            file_name: file.file_name,
            media_type: file.format.media_type(),
        };
        Ok(sending::send(&visitor.caller.store.files, &sendable, &request).await?.response)
    };
    let response = sent.await.unwrap_or_else(|error| answer::refuse(&asked, &error));
    visitor.touch();
    response
}

async fn find(caller: &Caller, what: (Kind, Side), id: Id) -> Result<AttachedFile, Error> {
    match what {
        (Kind::Slip, Side::Partner) => top_ups::slip(&caller.access::<CanTopUp>()?, id).await,
        (Kind::Slip, Side::Vendor) => top_ups::console_slip(&caller.access::<CanReviewTopUps>()?, id).await,
        (Kind::Adjustment, Side::Partner) => bills::evidence(&caller.access::<CanSeeBill>()?, id).await,
        (Kind::Adjustment, Side::Vendor) => bills::console_evidence(&caller.access::<CanManageBills>()?, id).await,
        (Kind::Invoice, Side::Partner) => invoices::file(&caller.access::<CanManageInvoices>()?, id).await,
        (Kind::Invoice, Side::Vendor) => invoices::console_file(&caller.access::<CanIssueInvoices>()?, id).await,
        (Kind::Title, Side::Vendor) => invoices::evidence(&caller.access::<CanReviewInformation>()?, id).await,
        (Kind::Title, Side::Partner) => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::checks::CHECKS;

    #[test]
    fn a_form_reads_the_same_after_its_file_was_taken_off() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let values = vec![pair("note", "云 a&b=c%\n+"), pair("row[]", "1"), pair("row[]", "2"), pair("empty", "")];
        let form = Form { action: String::new(), values: values.clone() };
        assert_eq!(body::fields(&encoded(&form)), Ok(values));
    }

    #[test]
    fn what_takes_a_file_is_a_function() {
        for carrying in CARRYING {
            assert!(CHECKS.iter().any(|(path, _)| *path == carrying.path), "{}", carrying.path);
        }
    }
}
