//! The bytes of a connection, watched on their way: heads that dribble in, readers that stop reading, and heads whose lines end
//! in a bare line feed, which proxies and servers cut differently (threats.md T9, T10, W7).

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

/// The other end of a connection, in the extensions of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// How long a connection is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From the first byte of a head, or from the beginning, to the end of the head.
    pub head: Duration,
    /// While the other end takes no byte of an answer.
    pub reader: Duration,
    /// Between two requests.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            reader: Duration::from_secs(60),
            // Longer than the minute for which proxies keep connections: whoever closes first must be the proxy.
            idle: Duration::from_secs(75),
        }
    }
}

/// What the service tells the wire.
#[derive(Debug, Default)]
pub struct Traffic {
    running: AtomicUsize,
    begun: AtomicU64,
    last_had_no_body: AtomicBool,
}

/// A request under way, until the last byte of its answer.
#[derive(Debug)]
pub struct UnderWay(Arc<Traffic>);

impl Traffic {
    /// A request has come; whether nothing follows its head.
    #[must_use]
    pub fn begin(self: &Arc<Self>, has_no_body: bool) -> UnderWay {
        self.running.fetch_add(1, Relaxed);
        self.begun.fetch_add(1, Relaxed);
        self.last_had_no_body.store(has_no_body, Relaxed);
        UnderWay(self.clone())
    }

    /// Requests under way, and how many there have been.
    #[must_use]
    pub fn seen(&self) -> (usize, u64) {
        (self.running.load(Relaxed), self.begun.load(Relaxed))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Relaxed);
    }
}

/// A watched connection.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    traffic: Arc<Traffic>,
    patience: Patience,
    scan: Scan,
    /// A head is being waited for since then.
    head_since: Option<Instant>,
    /// Requests that had begun when that was last looked at.
    begun: u64,
    /// HTTP/2 sends more than heads; its connections are watched by their requests alone.
    first: Vec<u8>,
    /// The reader has taken nothing since then.
    stalled_since: Option<Instant>,
    head_alarm: Option<Pin<Box<Sleep>>>,
    reader_alarm: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    /// Watches a connection from its beginning.
    #[must_use]
    pub fn new(stream: TcpStream, traffic: Arc<Traffic>, patience: Patience) -> Self {
        Self {
            stream,
            traffic,
            patience,
            scan: Scan::default(),
            head_since: Some(Instant::now()),
            begun: 0,
            first: Vec::new(),
            stalled_since: None,
            head_alarm: None,
            reader_alarm: None,
        }
    }

    fn is_http2(&self) -> bool {
        self.first == PREFACE
    }

    /// A head that has become a request is waited for no longer.
    fn note_requests(&mut self) {
        let (_, begun) = self.traffic.seen();
        if begun != self.begun {
            self.begun = begun;
            self.head_since = None;
        }
    }

    fn note_read(&mut self, read: &mut [u8]) {
        let missing = PREFACE.len() - self.first.len();
        self.first.extend(read.iter().take(missing));
        let has_no_body = self.traffic.last_had_no_body.load(Relaxed);
        self.scan.watch(read, has_no_body);
        let (running, _) = self.traffic.seen();
        if running == 0 && self.head_since.is_none() && !self.is_http2() {
            self.head_since = Some(Instant::now());
        }
    }
}

/// How HTTP/2 begins.
const PREFACE: &[u8] = b"PRI";

fn late(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what.to_owned())
}

/// Ready when `since` lies longer ago than `most`; else the task is woken when it does.
fn overdue(alarm: &mut Option<Pin<Box<Sleep>>>, since: Instant, most: Duration, cx: &mut Context<'_>) -> Poll<()> {
    let end = since + most;
    let alarm = alarm.get_or_insert_with(|| Box::pin(sleep_until(end)));
    if alarm.deadline() != end {
        alarm.as_mut().reset(end);
    }
    alarm.as_mut().poll(cx)
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.note_requests();
        let before = buffer.filled().len();
        if Pin::new(&mut this.stream).poll_read(cx, buffer)?.is_ready() {
            let read = buffer.filled_mut().get_mut(before..).unwrap_or_default();
            if !read.is_empty() {
                this.note_read(read);
            }
            return Poll::Ready(Ok(()));
        }
        if let Some(since) = this.head_since {
            ready!(overdue(&mut this.head_alarm, since, this.patience.head, cx));
            return Poll::Ready(Err(late("the head did not come")));
        }
        Poll::Pending
    }
}

impl Wire {
    fn note_written(&mut self, written: Poll<io::Result<usize>>, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stalled_since = None;
            return written;
        }
        let since = *self.stalled_since.get_or_insert_with(Instant::now);
        ready!(overdue(&mut self.reader_alarm, since, self.patience.reader, cx));
        Poll::Ready(Err(late("the reader took nothing")))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.note_written(written, cx)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, pieces: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, pieces);
        this.note_written(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// Where in the stream of requests the next byte lies, as far as that is certain: in the first head of a connection, and in each
/// that follows a request without a body. Bytes of a body are never touched.
#[derive(Debug)]
struct Scan {
    place: Place,
    /// The byte before.
    last: u8,
    /// Bytes of this line, without its end.
    line: usize,
    /// The head has a line already.
    begun: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In a head.
    Head,
    /// Exactly behind a head.
    Behind,
    /// Nothing is certain any more.
    Lost,
}

impl Default for Scan {
    fn default() -> Self {
        Self { place: Place::Head, last: 0, line: 0, begun: false }
    }
}

impl Scan {
    /// Looks at what has come. A line feed without a carriage return becomes a NUL, which the parser answers with 400.
    fn watch(&mut self, read: &mut [u8], last_had_no_body: bool) {
        if self.place == Place::Behind {
            *self = if last_had_no_body { Self::default() } else { Self { place: Place::Lost, ..Self::default() } };
        }
        if self.place == Place::Lost {
            return;
        }
        let mut left = read.len();
        for byte in read {
            left -= 1;
            if self.is_end(byte) {
                self.place = if left == 0 { Place::Behind } else { Place::Lost };
                return;
            }
        }
    }

    /// Takes the next byte of a head; whether it is the last one.
    fn is_end(&mut self, byte: &mut u8) -> bool {
        let mut end = false;
        match (*byte, self.last) {
            (b'\n', b'\r') => {
                end = self.begun && self.line == 0;
                self.begun |= self.line > 0;
                self.line = 0;
            }
            (b'\n', _) => *byte = 0,
            (b'\r', _) => {}
            _ => self.line += 1,
        }
        self.last = *byte;
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(pieces: &[(&str, bool)]) -> (String, Place) {
        let (mut scan, mut seen) = (Scan::default(), String::new());
        for (piece, last_had_no_body) in pieces {
            let mut bytes = piece.as_bytes().to_vec();
            scan.watch(&mut bytes, *last_had_no_body);
            seen.push_str(&String::from_utf8(bytes).expect("text"));
        }
        (seen, scan.place)
    }

    #[test]
    fn a_bare_line_feed_in_a_head_becomes_unreadable() {
        assert_eq!(watched(&[("GET / HTTP/1.1\nHost: x\r\n\r\n", false)]).0, "GET / HTTP/1.1\0Host: x\r\n\r\n");
        assert_eq!(watched(&[("GET / HTTP/1.1\r", false), ("\nHost: x\n", false)]).0, "GET / HTTP/1.1\r\nHost: x\0");
        assert_eq!(watched(&[("\nGET /", false)]).0, "\0GET /");
    }

    #[test]
    fn bodies_are_never_touched() {
        let sent = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na\nb";
        assert_eq!(watched(&[(sent, false)]), (sent.to_owned(), Place::Lost));
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(watched(&[(head, false), ("a\nb", false)]), (format!("{head}a\nb"), Place::Lost));
        // A pipelined head makes the next bytes uncertain.
        let two = "GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(watched(&[(two, false), ("a\nb", true)]).0, format!("{two}a\nb"));
    }

    #[test]
    fn the_head_after_a_request_without_a_body_is_watched_again() {
        let head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        assert_eq!(watched(&[(head, false), ("GET / HTTP/1.1\n", true)]).0, format!("{head}GET / HTTP/1.1\0"));
        assert_eq!(watched(&[("\r\n", false), (head, false)]).1, Place::Behind);
    }
}
