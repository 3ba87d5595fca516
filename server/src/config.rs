//! The environment variables of the server, read once at start (contract.md). A wrong value stops the start with one line that
//! names the variable, the value and what is allowed.

mod smtp;

use jobs::mail::Relay;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// What the server is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Demo data, a clock that can be moved, an outbox anybody can read.
    Demo,
    /// None of these.
    Production,
}

/// The address people type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    /// Host, and port unless it is the scheme's own; in small letters.
    pub host: String,
    /// It is https: cookies are `Secure`, browsers are told to stay with https.
    pub secure: bool,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the portal listens.
    pub listen: SocketAddr,
    /// The address people type.
    pub public_url: PublicUrl,
    /// `sqlite://..` or `postgres://..`; the store reads it.
    pub database_url: String,
    /// `file://..` or `s3://..`; the store reads it.
    pub storage_url: String,
    /// Demo or production.
    pub mode: Mode,
    /// Where mail goes; without it mail stays in the outbox.
    pub smtp: Option<Relay>,
    /// The folder that `make site` fills.
    pub site_root: PathBuf,
    /// Addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where health and figures are asked for.
    pub ops_listen: SocketAddr,
    /// Nobody has chosen it: the server may do without.
    pub ops_is_default: bool,
    /// Where the ends of the audit chains are written down, outside the database.
    pub anchor_file: Option<PathBuf>,
    /// The file of the sealing key, if somebody has said where.
    pub key_file: Option<PathBuf>,
    /// What is logged, if somebody has said so.
    pub log: Option<String>,
}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// One sentence about the first wrong variable.
    pub fn from_environment() -> Result<Self, String> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the variables that `get` gives. An empty one counts as not set, as in `PC_SMTP_URL= partner-center`.
    ///
    /// # Errors
    /// One sentence about the first wrong variable.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let get = |name: &str| get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let or = |name: &str, default: &str| get(name).unwrap_or_else(|| default.to_owned());
        let listen = address("PC_LISTEN", &or("PC_LISTEN", "127.0.0.1:3000"))?;
        let database_url = or("PC_DATABASE_URL", "sqlite://data/partner-center.db");
        let public_url = public_url(&get("PC_PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}")))?;
        Ok(Self {
            listen,
            smtp: get("PC_SMTP_URL").map(|value| smtp::read(&value, &public_url)).transpose()?,
            public_url,
            anchor_file: anchor_file(get("PC_ANCHOR_FILE"), &database_url),
            database_url,
            storage_url: or("PC_STORAGE_URL", "file://data/files"),
            mode: mode(&or("PC_MODE", "demo"))?,
            site_root: PathBuf::from(or("PC_SITE_ROOT", "target/site")),
            trusted_proxies: proxies(&or("PC_TRUSTED_PROXIES", ""))?,
            ops_listen: address("PC_OPS_LISTEN", &or("PC_OPS_LISTEN", "127.0.0.1:9090"))?,
            ops_is_default: get("PC_OPS_LISTEN").is_none(),
            key_file: get("PC_KEY_FILE").map(PathBuf::from),
            log: get("PC_LOG"),
        })
    }

    /// Demo mode.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.mode == Mode::Demo
    }
}

fn wrong(name: &str, value: &str, allowed: &str) -> String {
    // A value can hold line breaks; the answer is one line.
    format!("{name} is {value:?}; allowed is {allowed}")
}

fn address(name: &str, value: &str) -> Result<SocketAddr, String> {
    value.parse().map_err(|_| wrong(name, value, "an IP address and a port, such as 127.0.0.1:3000"))
}

fn mode(value: &str) -> Result<Mode, String> {
    match value {
        "demo" => Ok(Mode::Demo),
        "production" => Ok(Mode::Production),
        _ => Err(wrong("PC_MODE", value, "demo or production")),
    }
}

/// Beside a database that is a file; elsewhere only when somebody says where. `off` is no file.
fn anchor_file(chosen: Option<String>, database_url: &str) -> Option<PathBuf> {
    let beside = || {
        let path = database_url.strip_prefix("sqlite:")?.trim_start_matches("//").split('?').next()?;
        (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(format!("{path}.anchor")))
    };
    match chosen.as_deref() {
        Some("off") => None,
        Some(path) => Some(PathBuf::from(path)),
        None => beside(),
    }
}

fn proxies(value: &str) -> Result<Vec<IpAddr>, String> {
    let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| wrong("PC_TRUSTED_PROXIES", value, "IP addresses, separated by commas"))).collect()
}

fn public_url(value: &str) -> Result<PublicUrl, String> {
    let refused = || wrong("PC_PUBLIC_URL", value, "http://HOST or https://HOST, with a port if need be and without a path");
    let uri: http::Uri = value.parse().map_err(|_| refused())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(refused()) };
    let (secure, own_port) = match scheme {
        "https" => (true, 443),
        "http" => (false, 80),
        _ => return Err(refused()),
    };
    if !matches!(uri.path(), "" | "/") || uri.query().is_some() || authority.as_str().contains('@') || authority.host().is_empty() {
        return Err(refused());
    }
    let host = authority.host().to_ascii_lowercase();
    let host = match authority.as_str().get(host.len()..).map(|port| port.strip_prefix(':')) {
        Some(None) => host,
        Some(Some(port)) => match port.parse::<u16>() {
            Ok(port) if port == own_port => host,
            Ok(port) => format!("{host}:{port}"),
            Err(_) => return Err(refused()),
        },
        None => return Err(refused()),
    };
    Ok(PublicUrl { origin: format!("{scheme}://{host}"), host, secure })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Config, String> {
        Config::read(|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn an_empty_environment_serves_the_demo_on_loopback() {
        let config = Config::read(|_| None).expect("the defaults");
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.public_url.origin, "http://127.0.0.1:3000");
        assert_eq!(config.database_url, "sqlite://data/partner-center.db");
        assert_eq!(config.storage_url, "file://data/files");
        assert_eq!(config.mode, Mode::Demo);
        assert_eq!(config.smtp, None);
        assert_eq!(config.site_root, PathBuf::from("target/site"));
        assert!(config.trusted_proxies.is_empty());
        assert_eq!(config.ops_listen.to_string(), "127.0.0.1:9090");
        assert_eq!(config.key_file, None, "the store knows where");
    }

    #[test]
    fn the_anchor_lies_beside_a_database_that_is_a_file_unless_somebody_says_otherwise() {
        let anchor = |name: &str, value: &str| with(name, value).expect("settings").anchor_file;
        let file = |path: &str| Some(PathBuf::from(path));
        assert_eq!(anchor("PC_MODE", "demo"), file("data/partner-center.db.anchor"));
        assert_eq!(anchor("PC_DATABASE_URL", "sqlite:///srv/pc.db?mode=rwc"), file("/srv/pc.db.anchor"));
        assert_eq!(anchor("PC_DATABASE_URL", "postgres://pc@db/pc"), None);
        assert_eq!(anchor("PC_ANCHOR_FILE", "/elsewhere/ends"), file("/elsewhere/ends"));
        assert_eq!(anchor("PC_ANCHOR_FILE", "off"), None);
    }

    #[test]
    fn the_public_address_follows_the_listen_address() {
        let config = with("PC_LISTEN", "127.0.0.1:8080").expect("an address");
        assert_eq!(config.public_url.origin, "http://127.0.0.1:8080");
    }

    #[test]
    fn the_port_of_a_scheme_is_left_out() {
        let host = |url: &str| with("PC_PUBLIC_URL", url).map(|config| (config.public_url.host, config.public_url.secure));
        assert_eq!(host("https://Portal.Example:443/"), Ok(("portal.example".to_owned(), true)));
        assert_eq!(host("http://portal.example:8080"), Ok(("portal.example:8080".to_owned(), false)));
        assert_eq!(host("http://[::1]:3000"), Ok(("[::1]:3000".to_owned(), false)));
    }

    #[test]
    fn a_wrong_value_is_named_with_its_variable_and_what_is_allowed_in_one_line() {
        for (name, value) in [
            ("PC_LISTEN", "localhost"),
            ("PC_LISTEN", "127.0.0.1:99999"),
            ("PC_PUBLIC_URL", "portal.example"),
            ("PC_PUBLIC_URL", "ftp://portal.example"),
            ("PC_PUBLIC_URL", "https://portal.example/path"),
            ("PC_PUBLIC_URL", "https://user@portal.example"),
            ("PC_PUBLIC_URL", "https://portal.example:99999"),
            ("PC_PUBLIC_URL", "https://portal.example?x=1"),
            ("PC_MODE", "test\nmode"),
            ("PC_TRUSTED_PROXIES", "10.0.0.1, proxy"),
            ("PC_OPS_LISTEN", ":9090"),
        ] {
            let said = with(name, value).expect_err(value);
            assert!(said.starts_with(&format!("{name} is {value:?}; allowed is ")), "{said}");
            assert!(!said.contains('\n'), "{said}");
        }
        let said = with("PC_SMTP_URL", "mail://user:secret@host").expect_err("not a mail server");
        assert!(said.contains("PC_SMTP_URL") && !said.contains("secret"), "{said}");
    }
}
