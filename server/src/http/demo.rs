//! What only demo mode offers: a clock that can be moved forward, and an outbox that anybody can read (contract.md). In production
//! these addresses do not exist.

use super::{
    Server,
    answer::{self, Asked, Reader},
    body, forms,
    forms::Form,
    plain::{self, escaped},
};
use axum::{
    Extension, Router,
    body::Body,
    extract::State,
    response::Response,
    routing::{get, post},
};
use domain::{Error, Moment, access::Anyone, message::linked, text};
use http::{HeaderMap, Request, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};
use std::{fmt::Write as _, sync::Arc};
use store::{Store, outbox, outbox::Sent};
use tokio::sync::Mutex;

/// The clock stops before this: rules and calendars are not tried beyond.
const LAST: &str = "2100-01-01T00:00:00+08:00";

/// `/demo/clock` and `/demo/outbox`.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/demo/clock", post(clock)).route("/demo/outbox", get(messages))
}

async fn clock(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    if !server.config.is_demo() {
        return answer::refuse(&asked, &Error::NotFound);
    }
    let (head, sent) = request.into_parts();
    let mut form = Form { action: head.uri.path().to_owned(), values: Vec::new() };
    let moved = async {
        form.values = typed(&server, &asked, &head.headers, sent).await?;
        move_to(&server.store, wanted(&form)?).await
    };
    match (moved.await, asked.reader) {
        (Ok(_), Reader::Person) => answer::see_other(&forms::page_of(&server, &head.headers, &form)),
        (Ok(now), Reader::Program) => answer::json(StatusCode::OK, &json!({ "now": now.to_iso() })),
        (Err(error), _) => answer::refuse(&asked, &error),
    }
}

/// The fields of a form, or of a JSON object with texts.
async fn typed(server: &Server, asked: &Asked, headers: &HeaderMap, sent: Body) -> Result<Vec<(String, String)>, Error> {
    let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        body::is_of(headers, body::URLENCODED)?;
    }
    let text = body::read(&server.limits, asked, headers, sent).await?;
    if !is_json {
        return body::fields(&text);
    }
    let Ok(Value::Object(object)) = serde_json::from_str(&text) else { return Err(Error::Malformed) };
    let pair = |(name, value)| match value {
        Value::String(value) => Ok((name, value)),
        _ => Err(Error::Invalid { field: name }),
    };
    object.into_iter().map(pair).collect()
}

fn wanted(form: &Form) -> Result<Moment, Error> {
    if let Some((field, _)) = form.values.iter().find(|(field, _)| field != "now" && field != "from") {
        return Err(Error::UnknownField { field: field.chars().take(60).collect() });
    }
    let now: Moment = form.value("now").ok_or(Error::Malformed)?.parse().map_err(|_| invalid())?;
    let last: Moment = LAST.parse().map_err(|_| Error::Broken)?;
    if now < last { Ok(now) } else { Err(invalid()) }
}

fn invalid() -> Error {
    Error::Invalid { field: "now".to_owned() }
}

/// Moves business time forward, never back: what has happened stays in the past.
async fn move_to(store: &Store, now: Moment) -> Result<Moment, Error> {
    static TURN: Mutex<()> = Mutex::const_new(());
    let _turn = TURN.lock().await;
    if now < store.clock.now() {
        return Err(invalid());
    }
    let access = store.stranger("local".to_owned(), "clock".to_owned()).access::<Anyone>()?;
    store::demo::set_clock(&access, now).await?;
    Ok(store.clock.now())
}

async fn messages(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    if !server.config.is_demo() {
        return answer::refuse(&asked, &Error::NotFound);
    }
    let sent = match outbox::demo_messages(&server.store).await {
        Ok(sent) => sent.into_iter().map(|sent| with_links(sent, &server.config.public_url.origin)).collect::<Vec<_>>(),
        Err(failure) => return answer::refuse(&asked, &failure.into()),
    };
    let as_json =
        asked.reader == Reader::Program || request.uri().query().is_some_and(|query| query.split('&').any(|p| p == "format=json"));
    if as_json {
        let messages: Vec<Value> = sent.iter().map(as_value).collect();
        return answer::json(StatusCode::OK, &json!({ "messages": messages }));
    }
    page(&asked, &sent)
}

/// As it is sent: own addresses are below the public one.
fn with_links(mut sent: Sent, origin: &str) -> Sent {
    sent.message.text = linked(&sent.message.text, origin);
    sent
}

fn as_value(sent: &Sent) -> Value {
    let message = &sent.message;
    json!({
        "id": sent.id, "at": sent.at.to_iso(), "channel": message.channel, "to": message.to,
        "subject": message.subject, "text": message.text, "code": message.code, "state": sent.state, "problem": sent.problem,
    })
}

/// The columns of the page, in order.
const KEYS: [&str; 7] = ["at", "channel", "to", "subject", "text", "code", "state"];

fn page(asked: &Asked, sent: &[Sent]) -> Response {
    let say = |zh, en| text(zh, en).at(asked.lang);
    let title = say("发件箱（演示）", "Outbox (demo)");
    let columns = [
        say("时间", "At"),
        say("渠道", "Channel"),
        say("收件人", "To"),
        say("主题", "Subject"),
        say("内容", "Text"),
        say("验证码", "Code"),
        say("状态", "State"),
    ];
    let mut main = format!("<h1>{title}</h1><div class=\"table-wrap\"><table class=\"table\" data-testid=\"outbox-table\"><thead><tr>");
    for column in columns {
        write!(main, "<th scope=\"col\">{column}</th>").ok();
    }
    main.push_str("</tr></thead><tbody>");
    for Sent { id, at, message, state, problem } in sent {
        let state = if problem.is_empty() { state.clone() } else { format!("{state}: {problem}") };
        let at = format!("<time datetime=\"{}\">{}</time>", at.to_iso(), at.to_seconds());
        let [to, subject, text, state] = [&message.to, &message.subject, &message.text, &state].map(|text| escaped(text));
        let code = escaped(message.code.as_deref().unwrap_or_default());
        let cells = [at, escaped(&message.channel), to, subject, text, code, state];
        write!(main, "<tr data-testid=\"outbox-row\" data-id=\"{}\">", escaped(id)).ok();
        for ((key, label), cell) in KEYS.iter().zip(columns).zip(cells) {
            write!(main, "<td data-testid=\"cell-{key}\" data-l=\"{label}\">{cell}</td>").ok();
        }
        main.push_str("</tr>");
    }
    main.push_str("</tbody></table></div>");
    answer::html(StatusCode::OK, plain::document(asked, title, &main))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_for(values: &[(&str, &str)]) -> Result<Moment, Error> {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        wanted(&Form { action: String::new(), values })
    }

    #[test]
    fn the_clock_takes_a_time_with_its_zone_and_nothing_else() {
        assert_eq!(asked_for(&[("now", "2026-07-05T12:00:00+08:00")]).map(Moment::to_iso), Ok("2026-07-05T12:00:00+08:00".to_owned()));
        for wrong in ["", "2026-07-05", "2026-02-30T00:00:00Z", "2026-07-05T12:00:00", "2100-01-01T00:00:00+08:00", "now"] {
            assert_eq!(asked_for(&[("now", wrong)]), Err(invalid()), "{wrong}");
        }
        assert_eq!(asked_for(&[]), Err(Error::Malformed));
        assert_eq!(asked_for(&[("now", "x"), ("role", "x")]), Err(Error::UnknownField { field: "role".to_owned() }));
    }
}
