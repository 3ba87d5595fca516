//! Mail on its way out: what is due in the outbox goes to the mail server, one by one.
//!
//! A mail server that is away keeps nobody waiting but this worker: the mail stays in the outbox and goes when the server is back.

use domain::{Error, Lang, message::linked};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::{fmt, time::Duration};
use store::{
    Store,
    outbox::{self, Mail, Outcome},
};
use tokio::sync::watch;

/// How long the mail server may take for one command.
const COMMAND_TIME: Duration = Duration::from_secs(10);
/// How long one mail may take in all; the lease of the outbox is twice as long.
const MAIL_TIME: Duration = Duration::from_secs(30);
/// How long a stopping server waits for the mail it has begun: a mail cut off in the middle may arrive twice.
const STOP_TIME: Duration = Duration::from_secs(4);
/// The longest pause while the mail server is away.
const AWAY_SECONDS_MAX: u64 = 60;
/// Answers that are about the mail's address, not about the mail server: mailbox unknown, not local, full, or not a name.
const REFUSALS: std::ops::RangeInclusive<u16> = 550..=553;

/// How the connection is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS before anything that matters, or no mail.
    StartTls,
    /// TLS when the mail server offers it.
    WhenOffered,
}

/// The mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: Security,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// Who the mail is from.
    pub from: String,
}

impl fmt::Debug for Relay {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relay({}:{}, {:?}, from {})", self.host, self.port, self.security, self.from)
    }
}

/// The text is the address of a mailbox.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// What sends.
#[derive(Debug)]
pub struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The public address: the only one that links begin with.
    origin: String,
    /// The name behind the `@` of a `Message-ID`.
    name: String,
}

/// Sends what is due until the server is stopped.
pub async fn run(store: Store, sender: Sender, mut stop: watch::Receiver<bool>) {
    let worker = store.ids.id().to_string();
    let mut failures = 0_u32;
    while !*stop.borrow() {
        let wait = match next(&store, &worker).await {
            Ok(Some(mail)) => match one(&store, &sender, &mail, &mut stop).await {
                Some(true) => {
                    failures = 0;
                    continue;
                }
                _ => {
                    failures = failures.saturating_add(1);
                    Duration::from_secs(1_u64.checked_shl(failures.min(6) - 1).unwrap_or(AWAY_SECONDS_MAX).min(AWAY_SECONDS_MAX))
                }
            },
            Ok(None) => crate::LOOK_EVERY,
            Err(_) => crate::PAUSE,
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = crate::stopped(&mut stop) => return,
        }
    }
}

async fn next(store: &Store, worker: &str) -> Result<Option<Mail>, Error> {
    if !outbox::is_due(store).await? {
        return Ok(None);
    }
    outbox::lease(&crate::system(store)?, worker).await
}

/// Sends one mail and says how it went. Gives whether the mail server answers; nothing when that is not known.
async fn one(store: &Store, sender: &Sender, mail: &Mail, stop: &mut watch::Receiver<bool>) -> Option<bool> {
    let stopping = async {
        crate::stopped(stop).await;
        tokio::time::sleep(STOP_TIME).await;
    };
    let outcome = tokio::select! {
        sent = tokio::time::timeout(MAIL_TIME, sender.send(mail)) => {
            sent.unwrap_or_else(|_| Outcome::Later("the mail server took too long".to_owned()))
        }
        () = stopping => Outcome::Stopped,
    };
    let answers = match &outcome {
        Outcome::Sent | Outcome::Refused(_) => Some(true),
        Outcome::Later(_) => Some(false),
        Outcome::Stopped => None,
    };
    match &outcome {
        Outcome::Sent | Outcome::Stopped => {}
        // What the mail server says may name a person; it is kept with the mail and not in the log.
        Outcome::Later(_) => tracing::warn!(mail = %mail.id, "the mail server does not take mail now; it is tried again"),
        Outcome::Refused(_) => tracing::warn!(mail = %mail.id, "the mail server refused a mail"),
    }
    let said = async { outbox::ended(&crate::system(store)?, mail, outcome).await };
    match said.await {
        Ok(()) => {}
        Err(Error::Stale) => tracing::warn!(mail = %mail.id, "a mail has another sender by now"),
        // The lease runs out and the mail goes again: twice is better than never.
        Err(error) => tracing::error!(mail = %mail.id, code = error.code(), "it could not be noted what became of a mail"),
    }
    answers
}

impl Sender {
    /// Prepares for a mail server; nothing is asked of it yet. `origin` is the public address.
    ///
    /// # Errors
    /// A sentence, when it cannot be used at all.
    pub fn new(relay: Relay, origin: String) -> Result<Self, String> {
        let from = relay.from.parse::<Address>().map_err(|_| "PC_SMTP_URL names no sender".to_owned())?;
        let name = from.domain().to_owned();
        let tls = || TlsParameters::new(relay.host.clone()).map_err(|error| format!("there is no TLS for mail: {error}"));
        let tls = match relay.security {
            Security::Tls => Tls::Wrapper(tls()?),
            Security::StartTls => Tls::Required(tls()?),
            Security::WhenOffered => Tls::Opportunistic(tls()?),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&relay.host).port(relay.port).tls(tls);
        let builder = builder.timeout(Some(COMMAND_TIME)).hello_name(ClientId::Domain(name.clone()));
        let builder = match relay.credentials {
            Some((user, password)) => builder.credentials(Credentials::new(user, password)),
            None => builder,
        };
        Ok(Self { transport: builder.build(), from: Mailbox::new(Some("伙伴中心 Partner Center".to_owned()), from), origin, name })
    }

    async fn send(&self, mail: &Mail) -> Outcome {
        let message = match self.message(mail) {
            Ok(message) => message,
            Err(error) => return Outcome::Refused(error),
        };
        match self.transport.send(message).await {
            Ok(_) => Outcome::Sent,
            Err(error) => {
                let refused = error.status().is_some_and(|code| REFUSALS.contains(&u16::from(code)));
                let problem = std::error::Error::source(&error).map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
                if refused { Outcome::Refused(problem) } else { Outcome::Later(problem) }
            }
        }
    }

    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let to: Address = mail.to.parse().map_err(|_| "this is no address of a mailbox".to_owned())?;
        let text = linked(&mail.text, &self.origin);
        let parts = MultiPart::alternative_plain_html(text, html(mail, &self.origin));
        // Nobody's holiday answers this, and a mail that is sent twice is known by its id.
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let message = Message::builder().from(self.from.clone()).to(Mailbox::new(None, to)).subject(mail.subject.clone());
        let message = message.message_id(Some(format!("<{}@{}>", mail.id, self.name))).raw_header(automatic);
        message.multipart(parts).map_err(|error| error.to_string())
    }
}

/// The text as HTML: paragraphs, and own addresses as links. Nothing else becomes one.
fn html(mail: &Mail, origin: &str) -> String {
    let line = |line: &str| match line.strip_prefix('/') {
        Some(_) => format!("<a href=\"{0}\">{0}</a>", escaped(&format!("{origin}{line}"))),
        None => escaped(line),
    };
    let paragraph = |part: &str| format!("<p>{}</p>", part.lines().map(line).collect::<Vec<_>>().join("<br>"));
    let body: String = mail.text.split("\n\n").map(paragraph).collect();
    let lang = match mail.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    format!("<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"></head><body>{body}</body></html>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Id;

    fn mail(text: &str) -> Mail {
        let subject = "资料已更新：<b>".to_owned();
        Mail { id: Id(7), to: "a@b.example".to_owned(), subject, text: text.to_owned(), lang: Lang::Zh, worker: "w".to_owned() }
    }

    #[test]
    fn only_own_addresses_become_links_and_nothing_typed_becomes_markup() {
        let html = html(&mail("<b>x</b>\n/messages/7\n\nhttps://evil.example \"q\""), "https://pc.example");
        let body = "<p>&lt;b&gt;x&lt;/b&gt;<br><a href=\"https://pc.example/messages/7\">https://pc.example/messages/7</a></p>\
                    <p>https://evil.example &quot;q&quot;</p>";
        assert!(html.contains(body), "{html}");
        assert!(html.contains("<html lang=\"zh-CN\">"));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused_before_anything_is_sent() {
        let relay = Relay {
            host: "127.0.0.1".to_owned(),
            port: 1,
            security: Security::WhenOffered,
            credentials: None,
            from: "a@b.example".to_owned(),
        };
        let sender = Sender::new(relay, "https://pc.example".to_owned()).map_err(drop).ok();
        let outcome = sender.as_ref().map(|sender| sender.message(&Mail { to: "x\r\nRCPT TO:<y@z>".to_owned(), ..mail("x") }).is_err());
        assert_eq!(outcome, Some(true));
    }
}
