//! A small HTTP client that says exactly what it is told to: one connection for each request, cookies when asked for.

use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Nothing in these tests takes this long, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser without a screen.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: SocketAddr,
    pub cookies: Vec<(String, String)>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// Status and code of an error body.
    pub fn fault(&self) -> (u16, String) {
        let body = self.json();
        assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
        assert_eq!(body["request_id"].as_str(), self.header("x-request-id"), "{body}");
        (self.status, body["code"].as_str().unwrap_or_default().to_owned())
    }

    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// The whole `Set-Cookie` line of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.all("set-cookie").find(|line| line.split('=').next() == Some(name))
    }
}

/// Reads an answer from bytes, as many as it has.
pub fn parse(bytes: &[u8]) -> Option<(Reply, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    let mut reply = Reply { status, headers, body: Vec::new() };
    let rest = &bytes[end + 4..];
    if reply.header("transfer-encoding") == Some("chunked") {
        let (body, used) = unchunked(rest)?;
        reply.body = body;
        return Some((reply, end + 4 + used));
    }
    let length = reply.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    reply.body = rest.get(..length).unwrap_or(rest).to_vec();
    Some((reply, end + 4 + length))
}

fn unchunked(mut rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut body, whole) = (Vec::new(), rest.len());
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?, 16).ok()?;
        let piece = rest.get(line + 2..line + 2 + size)?;
        body.extend_from_slice(piece);
        rest = rest.get(line + 2 + size + 2..)?;
        if size == 0 {
            return Some((body, whole - rest.len()));
        }
    }
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookies: Vec::new() }
    }

    /// Sends bytes and reads until the other end closes.
    pub async fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        // A server that has refused may close before everything is written.
        let _ = stream.write_all(bytes).await;
        let mut read = Vec::new();
        let reading = async {
            let mut piece = vec![0; 64 * 1024];
            while let Ok(count @ 1..) = stream.read(&mut piece).await {
                read.extend_from_slice(&piece[..count]);
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("an end");
        read
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.push_str(&format!("Cookie: {}\r\n", cookies.join("; ")));
        }
        if method == "POST" || !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        [request.as_bytes(), body].concat()
    }

    /// Sends what `call` sends to a server that may end at any moment; whatever becomes of it is looked at later.
    pub async fn attempt(&self, path: &str, body: &str) {
        let headers = [("Accept", "application/json"), ("Content-Type", URLENCODED), ("Sec-Fetch-Site", "same-origin")];
        let request = self.request("POST", path, &headers, body.as_bytes());
        let Ok(mut stream) = TcpStream::connect(self.address).await else { return };
        if stream.write_all(&request).await.is_ok() {
            stream.read_to_end(&mut Vec::new()).await.ok();
        }
    }

    /// Sends a request with the client's cookies and keeps those that come back.
    pub async fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let read = self.raw(&self.request(method, path, headers, body)).await;
        let (reply, _) = parse(&read).unwrap_or_else(|| panic!("no answer to {method} {path}: {:?}", String::from_utf8_lossy(&read)));
        self.keep_cookies(&reply);
        reply
    }

    fn keep_cookies(&mut self, reply: &Reply) {
        for line in reply.all("set-cookie") {
            let pair = line.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie");
            self.cookies.retain(|(other, _)| other != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// What a script or a program asks.
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[("Accept", "*/*")], b"").await
    }

    /// What a browser asks when somebody goes to a page.
    pub async fn open(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[("Accept", HTML)], b"").await
    }

    /// What our script sends.
    pub async fn call(&mut self, path: &str, body: &str) -> Reply {
        let headers = [("Accept", "application/json"), ("Content-Type", URLENCODED), ("Sec-Fetch-Site", "same-origin")];
        self.send("POST", path, &headers, body.as_bytes()).await
    }

    /// What a browser sends without script.
    pub async fn submit(&mut self, path: &str, body: &str) -> Reply {
        let origin = format!("http://{}", self.address);
        let headers = [("Accept", HTML), ("Content-Type", URLENCODED), ("Sec-Fetch-Site", "same-origin"), ("Origin", &origin)];
        self.send("POST", path, &headers, body.as_bytes()).await
    }

    /// A form with a file.
    pub async fn upload(&mut self, path: &str, accept: &str, parts: &[Part<'_>]) -> Reply {
        let body = multipart(parts);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send("POST", path, &[("Accept", accept), ("Content-Type", &kind), ("Sec-Fetch-Site", "same-origin")], &body).await
    }
}

pub const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
pub const JSON: &str = "application/json";
pub const URLENCODED: &str = "application/x-www-form-urlencoded";
pub const BOUNDARY: &str = "----boundary7f3a";

/// A part of a multipart body.
pub enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a [u8]),
    /// A file of a field that has its own name.
    Named(&'a str, &'a str, &'a [u8]),
}

fn file_part(body: &mut Vec<u8>, field: &str, name: &str, bytes: &[u8]) {
    let head = format!("Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(bytes);
}

pub fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{BOUNDARY}\r\n").as_bytes());
        match part {
            Part::Text(name, value) => {
                body.extend_from_slice(format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}").as_bytes());
            }
            Part::File(name, bytes) => file_part(&mut body, "file", name, bytes),
            Part::Named(field, name, bytes) => file_part(&mut body, field, name, bytes),
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
