//! Files on their way into the library, and how any form with a file is received. They are streamed to the disk under limits of their
//! own, because the framework's limit on bodies does not hold for streams (threats.md T19). Whatever goes wrong leaves neither file nor
//! row behind.

use super::{
    Server,
    answer::{self, Asked, Reader},
    body, filing, forms,
    forms::Form,
    visit::{Context, Visitor},
};
use axum::{Extension, Router, body::Body, extract::State, response::Response, routing::post};
use bytes::Bytes;
use domain::{Error, access::CanManageLibrary, library::Refusal};
use futures::{Stream, StreamExt as _};
use http::{HeaderMap, Request, header::CONTENT_TYPE};
use kit::call::Done;
use multer::{Field, Multipart};
use std::{io, sync::Arc, time::Duration};
use store::{files::Arrived, files::Arriving};
use tokio::time::{Instant, timeout_at};

/// All texts of a form beside its file, in bytes.
const TEXTS_MAX_BYTES: usize = 256 * 1024;
/// What multipart adds around texts and file.
const FRAME_MAX_BYTES: u64 = 64 * 1024;
/// An upload that comes slower than this in the long run is given up: its sender has gone, or wants to keep a place.
const PACE_BYTES_PER_SECOND: u64 = 32 * 1024;

const NEW: &[&str] = &[
    "title",
    "summary",
    "category",
    "language",
    "effective_from",
    "effective_until",
    "audience_identity",
    "audience_program",
    "file",
    "link",
    "idempotency_key",
    "from",
];
const REPLACE: &[&str] = &["document", "version", "what_changed", "keep_previous", "file", "idempotency_key", "from"];
/// Fields that may come several times, with or without `[]` behind their names.
const REPEATED: &[&str] = &["audience_identity", "audience_program"];

/// What an upload to the library becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A new document.
    New,
    /// A new version of a document.
    Replace,
}

impl Kind {
    fn shape(self, context: &Context) -> Shape {
        let fields = match self {
            Self::New => NEW,
            Self::Replace => REPLACE,
        };
        Shape { fields: Some(fields), file: "file", most: context.server.limits.upload_max_bytes, keeps_file: true }
    }
}

/// What a form with a file consists of.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its fields; none when they are looked at afterwards, all together.
    pub fields: Option<&'static [&'static str]>,
    /// The name of the field with the file.
    pub file: &'static str,
    /// The largest file, in bytes.
    pub most: i64,
    /// The file is wanted; otherwise it is read past, for what was typed around it.
    pub keeps_file: bool,
}

/// An upload that has come in.
#[derive(Debug, Default)]
pub struct Sent {
    /// Its texts.
    pub form: Form,
    /// Its file, and the name that it had.
    pub file: Option<(Arrived, String)>,
}

/// The addresses that files are sent to.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/fn/library/upload", post(new)).route("/fn/library/replace", post(replace))
}

async fn new(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    upload(server, asked, request, Kind::New).await
}

async fn replace(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    upload(server, asked, request, Kind::Replace).await
}

async fn upload(server: Arc<Server>, asked: Asked, request: Request<Body>, kind: Kind) -> Response {
    let visitor = match Visitor::of(&server, &asked, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return answer::refuse(&asked, &error),
    };
    let context = Context { server, asked, visitor };
    let (head, sent) = request.into_parts();
    let mut upload = Sent { form: Form { action: head.uri.path().to_owned(), values: Vec::new() }, file: None };
    let outcome = outcome(&context, &head.headers, sent, kind, &mut upload).await;
    context.visitor.touch();
    let page = forms::page_of(&context.server, &head.headers, &upload.form);
    let outcome = match outcome {
        Ok(done) => Ok(done),
        Err(error) if context.asked.reader == Reader::Program => return answer::refuse(&context.asked, &error),
        Err(error) => Err(answer::fault(&context.asked, &error)),
    };
    forms::answer(&context, upload.form, page, outcome, HeaderMap::new()).await
}

/// Who may, then what comes, then what becomes of it.
async fn outcome(context: &Context, headers: &HeaderMap, sent: Body, kind: Kind, upload: &mut Sent) -> Result<Done, Error> {
    let boundary = match may(context, headers, kind) {
        Ok(boundary) => boundary,
        Err(error) => {
            body::linger(headers, sent.into_data_stream());
            return Err(error);
        }
    };
    let _place = context.server.limits.begin_upload().map_err(|_| Error::Unavailable)?;
    receive(context, headers, sent, &boundary, &kind.shape(context), upload).await?;
    filing::file(context, context.visitor.caller.access::<CanManageLibrary>()?, kind, upload).await
}

fn may(context: &Context, headers: &HeaderMap, kind: Kind) -> Result<String, Error> {
    context.visitor.caller.access::<CanManageLibrary>()?;
    boundary(headers, kind.shape(context).most)
}

/// What stands between the parts of a form, if it is one with files and is not announced as too large.
///
/// # Errors
/// `UnsupportedType`, `Malformed`, `TooLarge`.
pub fn boundary(headers: &HeaderMap, most: i64) -> Result<String, Error> {
    body::is_of(headers, body::MULTIPART)?;
    let content = headers.get(CONTENT_TYPE).and_then(|content| content.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content).map_err(|_| Error::Malformed)?;
    if body::announced(headers).is_some_and(|length| length > total_max(most)) {
        return Err(Error::TooLarge { limit: most });
    }
    Ok(boundary)
}

fn total_max(most: i64) -> u64 {
    most.unsigned_abs() + FRAME_MAX_BYTES + u64::try_from(TEXTS_MAX_BYTES).unwrap_or(0)
}

/// The pieces of a body, as long as they come at a fair pace.
fn paced(body: Body, grace: Duration) -> impl Stream<Item = Result<Bytes, io::Error>> + Send {
    let begun = Instant::now();
    futures::stream::unfold((body.into_data_stream(), 0_u64), move |(mut pieces, taken)| async move {
        let end = begun + grace + Duration::from_secs(taken / PACE_BYTES_PER_SECOND);
        let piece = match timeout_at(end, pieces.next()).await {
            Ok(piece) => piece?.map_err(io::Error::other),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        };
        let taken = taken + piece.as_ref().map_or(0, |piece| u64::try_from(piece.len()).unwrap_or(u64::MAX));
        Some((piece, (pieces, taken)))
    })
    // Whoever reads the end twice gets it twice.
    .fuse()
}

/// Takes the whole form in. Its fields are in `upload` even when it ends early, because they say where the answer goes.
///
/// # Errors
/// The first thing that is wrong with it.
pub async fn receive(
    context: &Context,
    headers: &HeaderMap,
    sent: Body,
    boundary: &str,
    shape: &Shape,
    upload: &mut Sent,
) -> Result<(), Error> {
    let mut pieces = Box::pin(paced(sent, context.server.limits.body_time));
    let received = parts(context, Multipart::new(&mut pieces, boundary), shape, upload).await;
    if received.is_err() {
        body::linger(headers, pieces);
    }
    received
}

async fn parts(context: &Context, mut parts: Multipart<'_>, shape: &Shape, upload: &mut Sent) -> Result<(), Error> {
    let (mut left, mut fields) = (TEXTS_MAX_BYTES, 0);
    while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
        fields += 1;
        let name = checked_name(&field, shape, upload)?;
        if fields > body::FIELDS_MAX {
            return Err(Error::Malformed);
        }
        if name == shape.file && shape.keeps_file {
            upload.file = take_file(context, field, shape.most).await?;
        } else if name == shape.file {
            pass(field, shape.most).await?;
        } else {
            let value = take_text(field, &name, &mut left).await?;
            upload.form.values.push((name, value));
        }
    }
    Ok(())
}

fn checked_name(field: &Field<'_>, shape: &Shape, upload: &Sent) -> Result<String, Error> {
    let name = field.name().ok_or(Error::Malformed)?;
    let base = name.strip_suffix("[]").filter(|base| REPEATED.contains(base)).unwrap_or(name);
    if shape.fields.is_some_and(|fields| !fields.contains(&base)) {
        return Err(Error::UnknownField { field: name.chars().take(60).collect() });
    }
    let came_before = upload.form.value(name).is_some() || (name == shape.file && upload.file.is_some());
    if came_before && !REPEATED.contains(&base) { Err(Error::Malformed) } else { Ok(name.to_owned()) }
}

/// Reads past a file that nobody wants.
async fn pass(mut field: Field<'_>, most: i64) -> Result<(), Error> {
    let mut left = usize::try_from(most).unwrap_or(usize::MAX);
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        left = left.checked_sub(piece.len()).ok_or(Error::TooLarge { limit: most })?;
    }
    Ok(())
}

async fn take_text(mut field: Field<'_>, name: &str, left: &mut usize) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        *left = left.checked_sub(piece.len()).ok_or_else(|| body::too_large(TEXTS_MAX_BYTES))?;
        bytes.extend_from_slice(&piece);
    }
    // Browsers send the ends of lines as CR LF, whatever was typed.
    let text = String::from_utf8(bytes).map_err(|_| Error::Malformed)?.replace("\r\n", "\n");
    if text.contains('\0') { Err(Error::Invalid { field: name.to_owned() }) } else { Ok(text) }
}

/// Streams the file to the disk. A file field that was left empty is no file.
async fn take_file(context: &Context, mut field: Field<'_>, most: i64) -> Result<Option<(Arrived, String)>, Error> {
    let file_name = field.file_name().unwrap_or_default().to_owned();
    let name = context.server.store.ids.id().to_string();
    let mut arriving = context.server.store.files.arriving(&name).await.map_err(|error| unwritable(&error))?;
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        push(&mut arriving, &piece, most).await?;
    }
    if arriving.size_bytes() == 0 {
        return if file_name.is_empty() { Ok(None) } else { Err(Refusal::Empty.into()) };
    }
    let arrived = arriving.finish().await.map_err(|error| unwritable(&error))?;
    Ok(Some((arrived, file_name)))
}

async fn push(arriving: &mut Arriving, piece: &Bytes, most: i64) -> Result<(), Error> {
    let size = i64::try_from(piece.len()).unwrap_or(i64::MAX).saturating_add(arriving.size_bytes());
    if size > most {
        return Err(Error::TooLarge { limit: most });
    }
    arriving.push(piece).await.map_err(|error| unwritable(&error))
}

/// The disk is full or away: nothing is wrong with the file.
pub fn unwritable(error: &io::Error) -> Error {
    tracing::error!(%error, "an upload cannot be written");
    Error::Unavailable
}

fn broken(error: &multer::Error) -> Error {
    match error {
        multer::Error::StreamReadFailed(_) | multer::Error::IncompleteStream | multer::Error::IncompleteFieldData { .. } => {
            Refusal::CutOff.into()
        }
        _ => Error::Malformed,
    }
}
