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

    /// Takes note of what has come. Gives false for a head that must not be read.
    fn note_read(&mut self, read: &[u8]) -> bool {
        let missing = PREFACE.len() - self.first.len();
        self.first.extend(read.iter().take(missing));
        let has_no_body = self.traffic.last_had_no_body.load(Relaxed);
        let (running, _) = self.traffic.seen();
        if running == 0 && self.head_since.is_none() && !self.is_http2() {
            self.head_since = Some(Instant::now());
        }
        let readable = self.scan.watch(read, has_no_body);
        if !readable && running == 0 {
            // Said here, because the parser would take such a line. If it cannot be sent, the connection is closed all the same.
            self.stream.try_write(BAD_REQUEST).ok();
        }
        readable
    }
}

/// The answer to a head whose lines end in a bare line feed.
const BAD_REQUEST: &[u8] = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
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
            let read = buffer.filled().get(before..).unwrap_or_default();
            if !read.is_empty() && !this.note_read(read) {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "a bare line feed in a head")));
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
/// that follows a request without a body. Bodies are never looked at.
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

enum Taken {
    Inside,
    BareLineFeed,
    End,
}

impl Default for Scan {
    fn default() -> Self {
        Self { place: Place::Head, last: 0, line: 0, begun: false }
    }
}

impl Scan {
    /// Looks at what has come. Gives false for a line feed without a carriage return in a head.
    fn watch(&mut self, read: &[u8], last_had_no_body: bool) -> bool {
        if self.place == Place::Behind {
            *self = if last_had_no_body { Self::default() } else { Self { place: Place::Lost, ..Self::default() } };
        }
        if self.place == Place::Lost {
            return true;
        }
        for (at, byte) in read.iter().enumerate() {
            match self.take(*byte) {
                Taken::Inside => {}
                Taken::BareLineFeed => return false,
                Taken::End => {
                    self.place = if at + 1 == read.len() { Place::Behind } else { Place::Lost };
                    return true;
                }
            }
        }
        true
    }

    fn take(&mut self, byte: u8) -> Taken {
        let before = std::mem::replace(&mut self.last, byte);
        match (byte, before) {
            (b'\n', b'\r') => {
                let ends = self.begun && self.line == 0;
                self.begun |= self.line > 0;
                self.line = 0;
                if ends { Taken::End } else { Taken::Inside }
            }
            (b'\n', _) => Taken::BareLineFeed,
            (b'\r', _) => Taken::Inside,
            _ => {
                self.line += 1;
                Taken::Inside
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all pieces may be read, and where the next byte lies. With each piece goes whether the last request had no body.
    fn watched(pieces: &[(&str, bool)]) -> (bool, Place) {
        let mut scan = Scan::default();
        let readable = pieces.iter().all(|(piece, last_had_no_body)| scan.watch(piece.as_bytes(), *last_had_no_body));
        (readable, scan.place)
    }

    const GET: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    const POST: &str = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";

    #[test]
    fn a_bare_line_feed_in_a_head_is_found_wherever_pieces_are_cut() {
        for bare in ["GET / HTTP/1.1\nHost: x\r\n\r\n", "\nGET /", "GET / HTTP/1.1\r\n\n", "GET / HTTP/1.1\r\nHost: x\n"] {
            assert!(!watched(&[(bare, false)]).0, "{bare:?}");
        }
        assert!(!watched(&[("GET / HTTP/1.1\r", false), ("\nHost: x", false), ("\n", false)]).0);
        assert_eq!(watched(&[("GET / HTTP/1.1\r", false), ("\nHost: x\r\n\r", false), ("\n", false)]), (true, Place::Behind));
    }

    #[test]
    fn bodies_are_never_looked_at() {
        assert_eq!(watched(&[(&format!("{POST}a\nb"), false)]), (true, Place::Lost));
        assert_eq!(watched(&[(POST, false), ("a\nb", false)]), (true, Place::Lost));
        // A pipelined head makes the next bytes uncertain.
        assert_eq!(watched(&[(&format!("{GET}{POST}"), false), ("a\nb", true)]), (true, Place::Lost));
    }

    #[test]
    fn the_head_after_a_request_without_a_body_is_watched_again() {
        assert!(!watched(&[(GET, false), ("GET / HTTP/1.1\n", true)]).0);
        assert_eq!(watched(&[(GET, false), (GET, true)]), (true, Place::Behind));
        assert_eq!(watched(&[("\r\n", false), (GET, false)]).1, Place::Behind);
    }
}
