//! What is true of every request before anything runs, and of every answer before it leaves: hosts, methods, origins, headers
//! (threats.md T3 to T5, T10, T18; abuse cases 14, 15, 22).

use super::answer::Asked;
use crate::config::Config;
use domain::Error;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, REFERER, REFERRER_POLICY, SERVER, STRICT_TRANSPORT_SECURITY, VARY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};
use std::net::IpAddr;

/// Longest address with its query in bytes (threats.md W8).
pub const ADDRESS_MAX_BYTES: usize = 8 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SITE: &str = "sec-fetch-site";
const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Features of the browser that no page of ours uses.
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), camera=(), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()",
);

/// The names this server answers to.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// Host, and port unless it is the scheme's own; in small letters.
    names: Vec<String>,
    public: String,
    origin: String,
    secure: bool,
}

/// Why a request is refused before anything runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No host, two of them, or one that cannot be a host: 400.
    HostMalformed,
    /// A host that is not ours: 421.
    HostUnknown,
    /// The address is longer than [`ADDRESS_MAX_BYTES`]: 414.
    AddressTooLong,
    /// A method that nothing here answers: 405.
    MethodUnknown,
    /// A change asked for by another site: 403.
    CrossOrigin,
}

impl Hosts {
    /// The public address, the address that is listened at, and in demo mode this machine's own names.
    #[must_use]
    pub fn of(config: &Config, port: u16) -> Self {
        let mut names = vec![config.public_url.host.clone(), format!("{}:{port}", bracketed(config.listen.ip()))];
        if config.is_demo() {
            names.extend(["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}")));
        }
        let own = names.iter().filter_map(|name| name.strip_suffix(":80")).map(str::to_owned).collect::<Vec<_>>();
        names.extend(own);
        let public_url = &config.public_url;
        Self { names, public: public_url.host.clone(), origin: public_url.origin.clone(), secure: public_url.secure }
    }

    /// Looks at a request before anything else does.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
        if length > ADDRESS_MAX_BYTES {
            return Err(Refusal::AddressTooLong);
        }
        let host = self.host(request)?;
        match *request.method() {
            // Another site may lead a browser to a page of ours, but has no business with the answers of functions (T5).
            Method::GET | Method::HEAD if request.uri().path().starts_with("/fn/") && is_foreign(request.headers()) => {
                Err(Refusal::CrossOrigin)
            }
            Method::GET | Method::HEAD => Ok(()),
            Method::POST if self.is_own(request.headers(), &host) => Ok(()),
            Method::POST => Err(Refusal::CrossOrigin),
            _ => Err(Refusal::MethodUnknown),
        }
    }

    /// The one host a request names.
    fn host<B>(&self, request: &Request<B>) -> Result<String, Refusal> {
        let mut named = request.headers().get_all(HOST).iter();
        let (header, more) = (named.next(), named.next());
        let header = header.map(|value| value.to_str().map_err(|_| Refusal::HostMalformed)).transpose()?;
        let in_address = request.uri().authority().map(http::uri::Authority::as_str);
        let required = request.version() < Version::HTTP_2;
        let host = match (header, in_address) {
            _ if more.is_some() => return Err(Refusal::HostMalformed),
            (None, _) if required => return Err(Refusal::HostMalformed),
            (Some(header), Some(address)) if !header.eq_ignore_ascii_case(address) => return Err(Refusal::HostMalformed),
            (Some(host), _) | (None, Some(host)) => host.to_ascii_lowercase(),
            (None, None) => return Err(Refusal::HostMalformed),
        };
        let authority: http::uri::Authority = host.parse().map_err(|_| Refusal::HostMalformed)?;
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(Refusal::HostMalformed);
        }
        let own_port = if self.secure { ":443" } else { ":80" };
        let short = host.strip_suffix(own_port).unwrap_or(&host);
        if self.names.iter().any(|name| name == short || *name == host) { Ok(short.to_owned()) } else { Err(Refusal::HostUnknown) }
    }

    /// Whether a change is asked for by a page of ours. Every browser says where a change comes from; what says nothing at all is a
    /// program, which no foreign page can make send somebody's cookies, and is let through.
    fn is_own(&self, headers: &HeaderMap, host: &str) -> bool {
        if is_foreign(headers) {
            return false;
        }
        let site = headers.get(SITE).map(HeaderValue::as_bytes);
        match headers.get(ORIGIN) {
            // A page without referrer sends `null` even to itself; then the browser's own word decides.
            Some(origin) if origin == "null" => site == Some(b"same-origin"),
            Some(origin) => origin.to_str().is_ok_and(|origin| self.is_own_origin(origin, host)),
            None if site.is_some() => true,
            None => headers.get(REFERER).is_none_or(|from| from.to_str().is_ok_and(|from| self.own_path_of(from, host).is_some())),
        }
    }

    fn is_own_origin(&self, origin: &str, host: &str) -> bool {
        let origin = origin.to_ascii_lowercase();
        // Over https only the public origin is ours; a page of the same name over http could have been put there by anybody.
        (host == self.public && origin == self.origin) || (!self.secure && origin.strip_prefix("http://") == Some(host))
    }

    /// The path and query of an address of this server.
    fn own_path_of<'a>(&self, address: &'a str, host: &str) -> Option<&'a str> {
        let at =
            address.find("://").and_then(|scheme| address.get(scheme + 3..).and_then(|rest| rest.find('/')).map(|path| scheme + 3 + path));
        let (origin, path) = address.split_at_checked(at.unwrap_or(address.len()))?;
        self.is_own_origin(origin, host).then_some(if path.is_empty() { "/" } else { path })
    }

    /// The page a request was sent from, when it is one of ours.
    #[must_use]
    pub fn own_referer<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or(&self.public).to_ascii_lowercase();
        headers.get(REFERER).and_then(|from| from.to_str().ok()).and_then(|from| self.own_path_of(from, &host))
    }

    /// The client of a request: the peer, or whom a trusted proxy names. Of several names the last one that is no proxy of ours counts,
    /// because a client can write whatever it likes before it.
    #[must_use]
    pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
        // A listener for both families names IPv4 clients as IPv6.
        let peer = peer.to_canonical();
        if !trusted.contains(&peer) {
            return peer;
        }
        let named = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
        let mut named: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut client = peer;
        while let Some(name) = named.pop() {
            let Ok(address) = name.parse::<IpAddr>() else { break };
            let address = address.to_canonical();
            client = address;
            if !trusted.contains(&address) {
                break;
            }
        }
        client
    }

    /// Where a reader who came over http has to go, as a trusted proxy tells.
    #[must_use]
    pub fn safer(&self, peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr], uri: &Uri) -> Option<String> {
        let came_over_http = headers.get(FORWARDED_PROTO).is_some_and(|scheme| scheme == "http");
        (self.secure && came_over_http && trusted.contains(&peer.to_canonical()))
            .then(|| format!("{}{}", self.origin, uri.path_and_query().map_or("/", |address| address.as_str())))
    }
}

impl Refusal {
    /// The status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::HostMalformed => 400,
            Self::HostUnknown => 421,
            Self::AddressTooLong => 414,
            Self::MethodUnknown => 405,
            Self::CrossOrigin => 403,
        }
    }

    /// The error whose code and sentence it is answered with.
    #[must_use]
    pub const fn error(self) -> Error {
        match self {
            Self::CrossOrigin => Error::CrossOrigin,
            Self::HostMalformed | Self::HostUnknown | Self::AddressTooLong | Self::MethodUnknown => Error::Malformed,
        }
    }
}

/// The browser says that a page of another site has sent the request.
fn is_foreign(headers: &HeaderMap) -> bool {
    headers.get(SITE).is_some_and(|site| site != "same-origin" && site != "none")
}

fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// What a document may load: nothing, but what is listed. Scripts need the nonce of this very answer; what they import follows. The one form
/// that leads to another site is the notice's before it.
#[must_use]
pub fn policy(nonce: Option<&str>, form_target: Option<&str>) -> HeaderValue {
    let scripts = nonce.map(|nonce| format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; ")).unwrap_or_default();
    let forms = form_target.map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; {scripts}style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'{forms}; \
         frame-ancestors 'none'; base-uri 'none'; object-src 'none'; manifest-src 'self'"
    );
    HeaderValue::from_str(&policy).unwrap_or(NOTHING)
}

/// For answers that are no documents: should a browser show one all the same, it may do nothing. A sandbox has no forms.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox");

/// Adds what every answer carries. What an answer has said of its own caching and policy stays.
pub fn finish(headers: &mut HeaderMap, asked: &Asked, secure: bool) {
    if let Ok(id) = HeaderValue::from_str(&asked.id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.entry(REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    headers.remove(SERVER);
    let cache = headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let is_file_of_the_site = cache.as_bytes().starts_with(b"public");
    if !is_file_of_the_site && !cache.as_bytes().starts_with(b"no-cache") {
        headers.append(VARY, HeaderValue::from(COOKIE));
    }
    // These two say something of documents. The files of the site are none, and a first load has a dozen of them.
    if !is_file_of_the_site {
        headers.insert("permissions-policy", PERMISSIONS);
        headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    }
}
