//! The receipt of a withdrawal as a PDF (domain.md F3, 回单): what its page says, typeset anew each time, so it is never another than the page.

use super::{
    Server,
    answer::{self, Asked},
    limits,
    sending::disposition,
    visit::Visitor,
};
use app::{ReceiptPaper, receipt_paper};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{Day, Error, Lang, Moment, Text, access::CanWithdraw, text, withdrawal::State as Of};
use http::{
    HeaderValue, Request,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use render::{Paper, Setup};
use std::sync::Arc;
use store::{Caller, withdrawals};

const PAGE: Text = text("第 {n} 页，共 {m} 页", "Page {n} of {m}");
const FILE: Text = text("提现回单", "Withdrawal-receipt");
/// How far business days are from UTC.
const ZONE_SECONDS: i64 = 8 * 3_600;

/// The address of receipts.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/sales/funds/withdrawals/{id}/receipt.pdf", get(receipt))
}

async fn receipt(server: State<Arc<Server>>, asked: Extension<Asked>, id: Path<String>, request: Request<Body>) -> Response {
    let (server, asked, head) = (&server.0, &asked.0, request.into_parts().0);
    let Ok(_place) = server.limits.begin() else { return limits::overloaded(asked) };
    let visitor = match Visitor::let_in(server, asked, &head).await {
        Ok(visitor) => visitor,
        Err(response) => return *response,
    };
    let made = made(&visitor.caller, &id.0, asked.lang).await;
    visitor.touch();
    made.unwrap_or_else(|error| answer::refuse(asked, &error))
}

async fn made(caller: &Caller, id: &str, lang: Lang) -> Result<Response, Error> {
    let access = caller.access::<CanWithdraw>()?;
    let detail = withdrawals::show(&access, id.parse().map_err(|_| Error::NotFound)?).await?;
    if detail.row.state != Of::Paid {
        return Err(Error::NotFound);
    }
    let ReceiptPaper { title, facts, note } = receipt_paper(&detail, lang);
    let (page, language) = (PAGE.at(lang).to_owned(), lang.tag().to_owned());
    let made_at = moment(access.now().plus_seconds(-ZONE_SECONDS)).ok_or(Error::Broken)?;
    let paper = Paper { title, facts, note, page, language, made_at };
    let drawing = tokio::task::spawn_blocking(move || render::paper(paper, &Setup::default()));
    let bytes = drawing.await.map_err(|_| Error::Broken)?.map_err(|fault| {
        tracing::error!(%fault, "a receipt could not be made");
        Error::Unavailable
    })?;
    let name = disposition(&format!("{}_{}.pdf", FILE.at(lang), detail.row.number));
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(CACHE_CONTROL, answer::NO_STORE);
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| Error::Broken)?);
    Ok(response)
}

fn moment(at: Moment) -> Option<render::Moment> {
    let (hour, minute, second) = at.time_of_day();
    render::Moment::new(day(at.day())?, u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?)
}

fn day(day: Day) -> Option<render::Day> {
    let (year, month, day) = day.parts();
    render::Day::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}
