//! The accept loop. `axum::serve` has no limits: half a head stays open for ever, a streamed body waits for Nagle, a head may be as
//! long as it likes (threats.md T9, T10, T24).

use super::{
    metrics::Metrics,
    wire::{Patience, Peer, Traffic, UnderWay, Wire},
};
use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
};
use http::{HeaderValue, Request, Version, header::CONNECTION};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tower::Service as _;

/// Connections at a time. Each may hold a head and a piece of an answer, 128 KiB, so they cannot take more than half a gigabyte.
const CONNECTIONS: u32 = 4096;
/// Longest head in bytes; more is answered with 431.
const HEAD_MAX_BYTES: usize = 64 * 1024;
/// Requests at a time on one HTTP/2 connection.
const STREAMS: u32 = 100;
/// What is under way when the server is stopped has this long to end.
const DRAIN_TIME: Duration = Duration::from_secs(20);
/// An idle connection is closed this long after the stop: what its client had sent by then has arrived.
const LAST_WORD: Duration = Duration::from_millis(200);
/// After a failure that is the machine's, such as too many open files, before the next try.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers connections until `stop` is true, then lets those under way end. Gives whether all did.
pub async fn serve(listener: TcpListener, app: Router, metrics: Metrics, patience: Patience, mut stop: watch::Receiver<bool>) -> bool {
    let places = Arc::new(Semaphore::new(usize::try_from(CONNECTIONS).unwrap_or(0)));
    let house = House { app, metrics, patience, places: places.clone(), stop: stop.clone(), builder: builder(patience) };
    loop {
        tokio::select! {
            // The order matters: nobody is let in any more once the server is stopped.
            biased;
            () = stopped(&mut stop) => break,
            accepted = listener.accept() => house.accept(accepted).await,
        }
    }
    house.accept_last(listener).await;
    tokio::time::timeout(DRAIN_TIME, places.acquire_many(CONNECTIONS)).await.is_ok()
}

/// Waits until the server is stopped.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Without a sender nobody can stop the server any more but the one who has dropped it.
    stop.wait_for(|stop| *stop).await.map(drop).unwrap_or_default();
}

/// Waits until the server has been stopped for a while.
async fn stopped_for(stop: &mut watch::Receiver<bool>, a_while: Duration) {
    stopped(stop).await;
    tokio::time::sleep(a_while).await;
}

fn builder(patience: Patience) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // Also how long an idle connection is kept; heads that have begun are the wire's business.
        .header_read_timeout(patience.idle)
        .max_buf_size(HEAD_MAX_BYTES)
        .half_close(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEAD_MAX_BYTES).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(Some(patience.idle))
        .keep_alive_timeout(patience.head);
    builder
}

/// What every connection is given.
#[derive(Clone)]
struct House {
    app: Router,
    metrics: Metrics,
    patience: Patience,
    places: Arc<Semaphore>,
    stop: watch::Receiver<bool>,
    builder: auto::Builder<TokioExecutor>,
}

impl House {
    async fn accept(&self, accepted: io::Result<(TcpStream, SocketAddr)>) {
        match accepted {
            Ok((stream, peer)) => match self.places.clone().try_acquire_owned() {
                Ok(place) => drop(tokio::spawn(self.clone().converse(stream, peer, place))),
                // Closed at once: without a place there is no memory to read a request with.
                Err(_) => self.metrics.refused_connection(),
            },
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Whoever the kernel has let in already is answered too: a client that was accepted must not be reset. Then nobody is.
    async fn accept_last(&self, listener: TcpListener) {
        // Asked without tokio, which would say "nobody" before it has looked.
        let Ok(listener) = listener.into_std() else { return };
        while let Ok((stream, peer)) = listener.accept() {
            if stream.set_nonblocking(true).is_ok()
                && let Ok(stream) = TcpStream::from_std(stream)
            {
                self.accept(Ok((stream, peer))).await;
            }
        }
    }

    async fn converse(mut self, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit) {
        let _connected = (self.metrics.connected(), place);
        // Without this the second piece of an answer waits 40 ms for the first one's receipt (T24).
        if stream.set_nodelay(true).is_err() {
            return;
        }
        let traffic = Arc::new(Traffic::default());
        let wire = Wire::new(stream, traffic.clone(), self.patience);
        let (app, answering, stop) = (self.app, traffic.clone(), self.stop.clone());
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let under_way = answering.begin(request.body().is_end_stream());
            let is_http1 = request.version() < Version::HTTP_2;
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            let (answer, stop) = (app.clone().call(request), stop.clone());
            async move {
                let mut answer = answer.await?.map(|body| Sent { body, _under_way: under_way });
                // A client that is told sends nothing more here; one that is not told would be reset.
                if is_http1 && *stop.borrow() {
                    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(answer)
            }
        });
        let mut connection = pin!(self.builder.serve_connection(TokioIo::new(wire), service));
        let mut ticks = tokio::time::interval(self.patience.idle);
        ticks.tick().await;
        let (mut begun_before, mut leaving) = (0, false);
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection broke");
                    }
                    return;
                }
                () = stopped_for(&mut self.stop, LAST_WORD), if !leaving => {
                    leaving = true;
                    connection.as_mut().graceful_shutdown();
                }
                _ = ticks.tick(), if !leaving => {
                    let (running, begun) = traffic.seen();
                    if running == 0 && begun == begun_before {
                        leaving = true;
                        connection.as_mut().graceful_shutdown();
                    }
                    begun_before = begun;
                }
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused)
}

/// The body of an answer, which knows when its last byte is gone.
struct Sent {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
