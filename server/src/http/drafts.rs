//! Drafts of long forms: `/fn/drafts/keep` takes a form as it stands, from its own second button without script and by itself with
//! script; `/fn/drafts/discard` throws it away. What a form's fields mean is none of their business.

use super::{
    Server,
    answer::{self, Asked, Reader},
    body, forms,
    forms::Form,
    visit::{Context, Visitor},
};
use app::has_draft;
use axum::{Extension, Router, body::Body, extract::State, response::Response, routing::post};
use domain::{Error, Text, access::Anyone, text};
use http::{HeaderMap, Request, Uri};
use kit::{call::Done, visit::Kept};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::drafts;

const KEPT: Text = text("已暂存，可稍后继续填写", "Kept; you can go on later");
const GONE: Text = text("已放弃暂存内容", "What was kept is gone");
const BACK: Text = text("已恢复您未提交的内容，暂存于 ", "What you had not sent is back, kept on ");
const FILE: Text = text("。如有文件请重新选择。", ". Choose the file again, if there is one.");

/// What is kept of a form.
#[derive(Debug, Serialize, Deserialize)]
struct Draft {
    action: String,
    values: Vec<(String, String)>,
}

/// `/fn/drafts/keep` and `/fn/drafts/discard`.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/fn/drafts/keep", post(keep)).route("/fn/drafts/discard", post(discard))
}

async fn keep(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    answered(server, asked, request, true).await
}

async fn discard(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    answered(server, asked, request, false).await
}

async fn answered(server: Arc<Server>, asked: Asked, request: Request<Body>, keeps: bool) -> Response {
    let visitor = match Visitor::of(&server, &asked, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return answer::refuse(&asked, &error),
    };
    let context = Context { server, asked, visitor };
    let (head, sent) = request.into_parts();
    // Whatever becomes of it, it is the form's own action that fields and answers are kept for.
    let mut form = Form { action: form_action(&head.uri), values: Vec::new() };
    let outcome = moved(&context, &head.headers, sent, &mut form, keeps).await;
    context.visitor.touch();
    let page = forms::page_of(&context.server, &head.headers, &form);
    let outcome = match outcome {
        Ok(said) => Ok(Done { to: (context.asked.reader == Reader::Person).then(|| page.clone()), said: Some(said), revealed: None }),
        Err(error) if context.asked.reader == Reader::Program => return answer::refuse(&context.asked, &error),
        Err(error) => Err(answer::fault(&context.asked, &error)),
    };
    forms::reply(&context, form, page, outcome, HeaderMap::new()).await
}

fn form_action(uri: &Uri) -> String {
    uri.query().and_then(|query| query.strip_prefix("form=")).filter(|form| form.starts_with("/fn/")).unwrap_or_default().to_owned()
}

async fn moved(context: &Context, headers: &HeaderMap, sent: Body, form: &mut Form, keeps: bool) -> Result<String, Error> {
    if !context.visitor.is_signed_in() {
        body::linger(headers, sent.into_data_stream());
        return Err(Error::AuthRequired);
    }
    body::is_of(headers, body::URLENCODED)?;
    let text = body::read(&context.server.limits, &context.asked, headers, sent).await?;
    form.values = body::fields(&text)?;
    let page = form.value("from").map(|page| forms::path_of(page).to_owned()).filter(|page| has_draft(page));
    let page = page.ok_or_else(|| Error::Invalid { field: "from".to_owned() })?;
    let access = context.visitor.caller.access::<Anyone>()?;
    let lang = context.asked.lang;
    if !keeps {
        drafts::forget(&access, page).await?;
        // Nothing of it is shown again.
        form.values.retain(|(name, _)| name == "from");
        return Ok(GONE.at(lang).to_owned());
    }
    let draft = Draft { action: form.action.clone(), values: form.clone().shown() };
    let body = serde_json::to_string(&draft).map_err(|_| Error::Broken)?;
    if body.len() > drafts::BODY_MAX {
        return Err(body::too_large(drafts::BODY_MAX));
    }
    drafts::keep(&access, page, body).await?;
    Ok(KEPT.at(lang).to_owned())
}

/// What was kept of the form of a page, for its writer.
pub async fn restored(context: &Context, path: &str) -> Option<Kept> {
    if !context.visitor.is_signed_in() || !has_draft(path) {
        return None;
    }
    let read = async { drafts::read(&context.visitor.caller.access()?, path).await };
    match read.await {
        Ok(draft) => {
            let (at, body) = draft?;
            let Draft { action, values } = serde_json::from_str(&body).ok()?;
            let lang = context.asked.lang;
            let said = format!("{}{}{}", BACK.at(lang), at.to_seconds(), FILE.at(lang));
            Some(Kept { action, values, said: Some(said), draft: true, ..Kept::default() })
        }
        Err(error) => {
            tracing::warn!(request = &*context.asked.id, code = error.code(), "a draft could not be read");
            None
        }
    }
}

/// What the page shows: the answer that was kept for it, with what stands in its form.
pub fn with_draft(kept: Option<Kept>, restored: Option<Kept>) -> Option<Kept> {
    match (kept, restored) {
        (Some(kept), Some(restored)) if kept.fault.is_none() && kept.values.is_empty() => Some(Kept { said: kept.said, ..restored }),
        (kept, restored) => kept.or(restored),
    }
}

/// The form of a page was sent and taken: its draft has done its work.
pub async fn done(context: &Context, page: &str) {
    let path = forms::path_of(page);
    if !context.visitor.is_signed_in() || !has_draft(path) {
        return;
    }
    let gone = async { drafts::forget(&context.visitor.caller.access()?, path.to_owned()).await };
    if let Err(error) = gone.await {
        tracing::warn!(request = &*context.asked.id, code = error.code(), "the draft of a sent form was not removed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_named_by_its_own_action_and_by_nothing_else() {
        let action = |uri: &str| form_action(&uri.parse().expect(uri));
        assert_eq!(action("/fn/drafts/keep?form=/fn/library/upload"), "/fn/library/upload");
        for other in ["/fn/drafts/keep", "/fn/drafts/keep?form=https://evil.example", "/fn/drafts/keep?x=1&form=/fn/x"] {
            assert_eq!(action(other), "", "{other}");
        }
    }
}
