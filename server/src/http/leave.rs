//! Ways to other web sites (domain.md F16): signed addresses of the notice, and the step from it. Nothing here leads to an address that
//! this server has not signed.

use super::{
    Server,
    answer::{self, Asked},
    body,
    forms::Form,
    visit::{self, Visitor},
};
use app::Leaving;
use axum::{Extension, Router, body::Body, extract::State, http::Request, response::Response, routing::post};
use domain::{Error, Moment, access::Anyone};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{
    HeaderMap, HeaderValue,
    header::{LOCATION, REFERRER_POLICY},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Sha256;
use std::sync::Arc;
use store::leave;
use url::Url;

/// The path of the notice.
pub const PATH: &str = "/leave";
/// An address of the notice is good this long.
const GOOD_SECONDS: i64 = 24 * 60 * 60;
/// Longest target in bytes.
const TARGET_MAX: usize = 2000;
/// The cookie of the hosts that are not asked about again; it ends with the browser.
const KNOWN: &str = kit::call::KNOWN_HOSTS;
/// As many hosts as are kept; the oldest goes. A browser drops a cookie above 4 kB, and a host has up to 253 letters.
const KNOWN_MAX: usize = 12;

/// The step from the notice.
pub fn router() -> Router<Arc<Server>> {
    Router::new().route("/fn/leave", post(step))
}

/// Where a link to another site leads: to the notice, or to the site itself when its host is the vendor's own or this reader said
/// not to be asked again.
///
/// # Errors
/// `LinkInvalid` when the target is no address of a site.
pub async fn way(server: &Server, headers: &HeaderMap, target: &str, from: &str) -> Result<Response, Error> {
    let target = site(target).ok_or_else(forged)?;
    let host = target.host_str().unwrap_or_default();
    let is_known = known(headers).iter().any(|known| known == host);
    if is_known || leave::is_own(&server.store, host).await? {
        return Ok(outside(target.as_str()));
    }
    let until = server.store.clock.system().plus_seconds(GOOD_SECONDS);
    let sig = signature(&leave::key(&server.store).await?, target.as_str(), until)?;
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    Ok(answer::see_other(&format!("{PATH}?to={}&sig={sig}&from={}", encoded(target.as_str()), encoded(from))))
}

/// What the notice is about, for a query that this server has signed.
///
/// # Errors
/// The database does not answer.
pub async fn leaving(server: &Server, query: &str) -> Result<Option<Leaving>, Error> {
    let pairs = domain::list::pairs(query);
    let value = |name: &str| pairs.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str());
    checked(server, value("to"), value("sig"), value("from")).await
}

async fn checked(server: &Server, to: &str, sig: &str, from: &str) -> Result<Option<Leaving>, Error> {
    let Some(target) = site(to).filter(|target| target.as_str() == to) else { return Ok(None) };
    let Some(until) = sig.split_once('.').and_then(|(until, _)| until.parse().ok()).map(Moment) else { return Ok(None) };
    let genuine = signature(&leave::key(&server.store).await?, to, until)?;
    let is_good = equal(sig, &genuine) && server.store.clock.system() <= until;
    Ok(is_good.then(|| Leaving {
        host: target.host_str().unwrap_or_default().to_owned(),
        to: to.to_owned(),
        sig: sig.to_owned(),
        from: domain::sign_in::own_path(from).to_owned(),
        vendor: server.vendor.clone(),
    }))
}

/// An address of a web site: http or https, with a host and without a password in it.
#[must_use]
pub fn site(text: &str) -> Option<Url> {
    let target = Url::parse(text).ok().filter(|_| text.len() <= TARGET_MAX)?;
    let is_site = matches!(target.scheme(), "http" | "https") && target.host_str().is_some_and(|host| !host.is_empty());
    (is_site && target.username().is_empty() && target.password().is_none()).then_some(target)
}

/// The origin of a target, for the policy of the notice: its form leads there.
#[must_use]
pub fn origin(leaving: &Leaving) -> Option<String> {
    site(&leaving.to).map(|target| target.origin().ascii_serialization())
}

fn signature(key: &str, to: &str, until: Moment) -> Result<String, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_| Error::Broken)?;
    mac.update(format!("{}\n{to}", until.0).as_bytes());
    Ok(format!("{}.{}", until.0, hex::encode(mac.finalize().into_bytes())))
}

/// Compares in a time that does not tell how much of it is right.
fn equal(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (one, other)| all | (one ^ other)) == 0
}

fn known(headers: &HeaderMap) -> Vec<String> {
    let hosts = visit::cookie(headers, KNOWN).unwrap_or_default();
    hosts.split('|').filter(|host| !host.is_empty()).map(str::to_owned).collect()
}

async fn step(State(server): State<Arc<Server>>, Extension(asked): Extension<Asked>, request: Request<Body>) -> Response {
    let (head, sent) = request.into_parts();
    let stepped = async {
        body::is_of(&head.headers, body::URLENCODED)?;
        let form = Form {
            action: head.uri.path().to_owned(),
            values: body::fields(&body::read(&server.limits, &asked, &head.headers, sent).await?)?,
        };
        if let Some((field, _)) = form.values.iter().find(|(field, _)| !matches!(field.as_str(), "to" | "sig" | "from" | "again")) {
            return Err(Error::UnknownField { field: field.chars().take(60).collect() });
        }
        let value = |name: &str| form.value(name).unwrap_or_default();
        let leaving = checked(&server, value("to"), value("sig"), value("from")).await?.ok_or_else(forged)?;
        let visitor = Visitor::of(&server, &asked, &head.headers).await?;
        leave::clicked(&visitor.caller.access::<Anyone>()?, leaving.host.clone(), leaving.from.clone()).await?;
        let mut response = outside(&leaving.to);
        if form.value("again").is_some() {
            let mut hosts = known(&head.headers);
            hosts.retain(|host| *host != leaving.host);
            hosts.push(leaving.host);
            let kept = hosts.split_off(hosts.len().saturating_sub(KNOWN_MAX)).join("|");
            let secure = if server.config.public_url.secure { "; Secure" } else { "" };
            visit::set(&mut response, HeaderValue::from_str(&format!("{KNOWN}={kept}; Path=/; HttpOnly; SameSite=Lax{secure}")).ok());
        }
        Ok(response)
    };
    stepped.await.unwrap_or_else(|error| answer::refuse(&asked, &error))
}

/// The refusal of an address that was changed, is too old, or never was ours.
#[must_use]
pub fn forged() -> Error {
    domain::leave::Refusal::LinkInvalid.into()
}

/// To another site, which does not learn from where.
fn outside(target: &str) -> Response {
    let mut response = answer::see_other("/");
    if let Ok(target) = HeaderValue::from_str(target) {
        response.headers_mut().insert(LOCATION, target);
    }
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_of_sites_are_targets() {
        for good in ["https://docs.example/a?b=c#d", "http://docs.example:8080/", "https://例子.example/路径", "http://[::1]/"] {
            assert!(site(good).is_some(), "{good}");
        }
        let long = format!("https://docs.example/{}", "a".repeat(TARGET_MAX));
        for bad in [
            "javascript:alert(1)",
            "//docs.example",
            "/own",
            "",
            "ftp://docs.example/",
            "https://user@docs.example/",
            "https://u:p@docs.example/",
            "data:text/html,x",
            "https://",
            &long,
        ] {
            assert!(site(bad).is_none(), "{bad}");
        }
        assert_eq!(
            site("https://例子.example/").and_then(|target| target.host_str().map(str::to_owned)).as_deref(),
            Some("xn--fsqu00a.example")
        );
    }

    #[test]
    fn a_signature_is_for_one_target_until_one_moment() {
        let sig = |key, to, until| signature(key, to, Moment(until)).expect("a signature");
        assert_eq!(sig("k", "https://a.example/", 7), sig("k", "https://a.example/", 7));
        assert_ne!(sig("k", "https://a.example/", 7), sig("k", "https://b.example/", 7));
        assert_ne!(
            sig("k", "https://a.example/", 7).split_once('.').map(|(_, mac)| mac.to_owned()),
            sig("k", "https://a.example/", 8).split_once('.').map(|(_, mac)| mac.to_owned())
        );
        assert_ne!(sig("k", "https://a.example/", 7), sig("j", "https://a.example/", 7));
        assert!(equal("ab", "ab") && !equal("ab", "ac") && !equal("ab", "a"));
    }
}
