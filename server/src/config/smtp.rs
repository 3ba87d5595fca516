//! `PC_SMTP_URL`: the mail server. What is said of a wrong value never holds its password.

use super::PublicUrl;
use jobs::mail::{Relay, Security, is_address};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

const NAME: &str = "PC_SMTP_URL";
const ALLOWED: &str = "smtp://HOST:PORT, smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT, with ?from=ADDRESS if need be";

/// Reads the address of a mail server. Without a sender in it mail comes from the user, or from this portal's name.
pub(super) fn read(value: &str, public: &PublicUrl) -> Result<Relay, String> {
    let refused = || format!("{NAME} is {:?}; allowed is {ALLOWED}", without_secret(value));
    // Such a parser leaves line breaks out; what is left would be another host than the one that is written.
    if value.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(refused());
    }
    let url = Url::parse(value).map_err(|_| refused())?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| refused());
    let host = url.host().ok_or_else(refused)?;
    let (user, password) = (decoded(url.username())?, url.password().map(decoded).transpose()?);
    let credentials = match (user.is_empty(), password) {
        (true, None) => None,
        (false, Some(password)) => Some((user.clone(), password)),
        (true, Some(_)) | (false, None) => return Err(refused()),
    };
    let secret = credentials.is_some() && !is_loopback(&host);
    let (security, usual_port) = match (url.scheme(), secret) {
        ("smtps", _) => (Security::Tls, 465),
        // A password goes over no network in the open.
        ("smtp", true) => (Security::StartTls, 587),
        ("smtp", false) => (Security::WhenOffered, if credentials.is_some() { 587 } else { 25 }),
        _ => return Err(refused()),
    };
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() || url.port() == Some(0) {
        return Err(refused());
    }
    let mut from = None;
    for (name, value) in url.query_pairs() {
        if name != "from" || !is_address(&value) {
            return Err(refused());
        }
        from = Some(value.into_owned());
    }
    let from = from.or_else(|| is_address(&user).then_some(user)).unwrap_or_else(|| format!("partner-center@{}", name_of(public)));
    let host = match host {
        Host::Ipv6(address) => address.to_string(),
        host => host.to_string(),
    };
    Ok(Relay { host, port: url.port().unwrap_or(usual_port), security, credentials, from })
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The name of the portal; an address in figures is no name.
fn name_of(public: &PublicUrl) -> String {
    let name = public.host.rsplit_once(':').map_or(public.host.as_str(), |(name, _)| name);
    if is_address(&format!("a@{name}")) && name.chars().any(char::is_alphabetic) { name.to_owned() } else { "localhost".to_owned() }
}

/// What may be user and password goes.
fn without_secret(value: &str) -> String {
    let Some((front, rest)) = value.rsplit_once('@') else { return value.to_owned() };
    let scheme = front.split_once("//").map_or("", |(scheme, _)| scheme);
    format!("{scheme}//***@{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Result<Relay, String> {
        let public = PublicUrl { origin: "https://pc.example".to_owned(), host: "pc.example".to_owned(), secure: true };
        read(value, &public)
    }

    #[test]
    fn ports_secrecy_and_sender_follow_from_the_address() {
        let plain = of("smtp://127.0.0.1:2525").expect("a relay");
        assert_eq!((plain.host.as_str(), plain.port, plain.security), ("127.0.0.1", 2525, Security::WhenOffered));
        assert_eq!((plain.credentials, plain.from.as_str()), (None, "partner-center@pc.example"));
        let real = of("smtp://no-reply%40pc.example:p%40ss@mail.example").expect("a relay");
        assert_eq!((real.port, real.security), (587, Security::StartTls));
        assert_eq!(real.credentials, Some(("no-reply@pc.example".to_owned(), "p@ss".to_owned())));
        assert_eq!(real.from, "no-reply@pc.example");
        let wrapped = of("smtps://user:pass@mail.example?from=portal@pc.example").expect("a relay");
        assert_eq!((wrapped.port, wrapped.security, wrapped.from.as_str()), (465, Security::Tls, "portal@pc.example"));
        assert_eq!(of("smtp://user:pass@localhost:1025").expect("a relay").security, Security::WhenOffered);
        assert_eq!(of("smtp://[::1]").expect("a relay").host, "::1");
        assert!(!format!("{real:?}").contains("p@ss"));
    }

    #[test]
    fn a_wrong_address_is_named_without_its_password() {
        for value in [
            "mail://user:secret@host",
            "smtp://",
            "smtp://user:secret@",
            "smtp://user@host",
            "smtp://:secret@host",
            "smtp://host/path",
            "smtp://host:99999",
            "smtp://host?from=nobody",
            "smtp://user:secret@host?tls=none",
            "host:25",
            "user:secret@host",
            "smtp://user:sec@ret@host/x",
            "smtp://host\nx",
        ] {
            let said = of(value).expect_err(value);
            assert!(said.starts_with("PC_SMTP_URL is \"") && said.contains("; allowed is smtp://"), "{said}");
            assert!(!said.contains("sec") && !said.contains('\n'), "{said}");
        }
    }
}
