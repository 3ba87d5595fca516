//! Mails that are made of notices.

use super::{CHOICES, Notice};
use crate::{
    id::Id,
    message::TOLD_MAX,
    text::{Lang, grouped},
};

/// A mail about messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its subject, one line.
    pub subject: String,
    /// Its text; own addresses are lines of their own.
    pub text: String,
}

/// The mail that tells of messages, of which there may be more than are given. Each leads to its message, which leads on to its object.
#[must_use]
pub fn mail(messages: &[(Id, Notice)], all: i64, lang: Lang) -> Mail {
    let subject = match (messages, lang) {
        ([(_, only)], _) if all <= 1 => only.title(lang),
        (_, Lang::Zh) => format!("伙伴中心：{} 条新消息", grouped(all)),
        (_, Lang::En) => format!("Partner Center: {} new messages", grouped(all)),
    };
    let one = |(id, notice): &(Id, Notice)| format!("{}\n{}\n/messages/{id}", notice.title(lang), notice.body(lang));
    let mut parts: Vec<String> = messages.iter().take(TOLD_MAX).map(one).collect();
    let more = all - i64::try_from(parts.len()).unwrap_or(all);
    if more > 0 {
        parts.push(match lang {
            Lang::Zh => format!("还有 {} 条：\n/messages?state=unread", grouped(more)),
            Lang::En => format!("And {} more:\n/messages?state=unread", grouped(more)),
        });
    }
    parts.push(match lang {
        Lang::Zh => format!("选择接收哪些消息：\n{CHOICES}"),
        Lang::En => format!("Choose what you are told:\n{CHOICES}"),
    });
    Mail { subject, text: parts.join("\n\n") }
}

/// A text with its own addresses below the public one.
#[must_use]
pub fn linked(text: &str, origin: &str) -> String {
    let line = |line: &str| if line.starts_with('/') { format!("{origin}{line}") } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
