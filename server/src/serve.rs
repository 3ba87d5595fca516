//! From settings to a running server, and from a signal to its end.

use crate::{
    anchor,
    config::Config,
    http::{Server, accept, assets::Assets, metrics::Metrics, ops, router, wire::Patience},
    texts,
};
use jobs::mail::Sender;
use std::{net::SocketAddr, sync::Arc};
use store::{
    Store,
    ids::Ids,
    seal::{self, Fit},
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// What the settings say of the store.
#[must_use]
pub fn options(config: &Config) -> store::Options {
    store::Options {
        database_url: config.database_url.clone(),
        storage_url: config.storage_url.clone(),
        key_file: config.key_file.clone(),
        ids: Ids::default(),
        is_demo: config.is_demo(),
    }
}

/// Opens what the settings name.
///
/// # Errors
/// One sentence that names the variable, its value and what is allowed.
pub async fn open(config: &Config) -> Result<Store, String> {
    Store::open(options(config)).await
}

/// What an operator has to know about a key that does not fit its database.
#[must_use]
pub fn key_away(fit: Fit, place: &str) -> Option<String> {
    let what = match fit {
        Fit::Unused | Fit::Fits => return None,
        Fit::Missing => "there is no sealing key in",
        Fit::Another => "the sealing key of another database lies in",
    };
    Some(format!(
        "The numbers of bank accounts cannot be opened: {what} {place}. Everything else works. Put the key there that was kept apart from the \
         backups; until then the last digits are shown, and no new number is taken."
    ))
}

/// A server that listens and does not answer yet.
#[derive(Debug)]
pub struct Bound {
    server: Arc<Server>,
    portal: TcpListener,
    ops: Option<TcpListener>,
}

impl Bound {
    /// Reads the site folder and takes the addresses.
    ///
    /// # Errors
    /// One sentence that names the variable, its value and what to do.
    pub async fn new(config: Config, store: Store) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| format!("the program cannot find itself: {error}"))?;
        let assets = Assets::read(&config.site_root)?;
        let portal = listen("PC_LISTEN", config.listen).await?;
        let port = portal.local_addr().map_err(|error| error.to_string())?.port();
        let ops = match listen("PC_OPS_LISTEN", config.ops_listen).await {
            Ok(ops) => Some(ops),
            // Nobody has asked for it: a second server on this machine works without.
            Err(sentence) if config.ops_is_default => {
                tracing::warn!("{sentence}; there are no figures");
                None
            }
            Err(sentence) => return Err(sentence),
        };
        Ok(Self { server: Arc::new(Server::new(config, store, assets, port, program)), portal, ops })
    }

    /// The server itself.
    #[must_use]
    pub const fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// The server itself, as long as nobody else has it: tests set its limits.
    pub fn server_mut(&mut self) -> Option<&mut Server> {
        Arc::get_mut(&mut self.server)
    }

    /// Where the portal listens.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.portal.local_addr().ok()
    }

    /// Where health and figures are asked for.
    #[must_use]
    pub fn ops_address(&self) -> Option<SocketAddr> {
        self.ops.as_ref().and_then(|ops| ops.local_addr().ok())
    }

    /// Answers until `stop` is true. What is under way then has its time to end; gives whether it did.
    pub async fn run(self, patience: Patience, stop: watch::Receiver<bool>) -> bool {
        let metrics = self.server.metrics.clone();
        let portal = accept::serve(self.portal, router(self.server.clone()), metrics, patience, stop.clone());
        let Some(ops) = self.ops else { return portal.await };
        // The operator's address answers until the very end, and has places of its own.
        let (end, ended) = watch::channel(false);
        let ops = tokio::spawn(accept::serve(ops, ops::router(self.server), Metrics::default(), patience, ended));
        let drained = portal.await;
        end.send_replace(true);
        ops.abort();
        drained
    }
}

async fn listen(name: &str, address: SocketAddr) -> Result<TcpListener, String> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| format!("{name} is {:?}, where nothing can listen: {error}; allowed is a free address", address.to_string()))
}

/// Runs the server until a signal ends it.
///
/// # Errors
/// One sentence about what kept it from starting.
pub async fn serve(config: Config, store: Store) -> Result<(), String> {
    // Before anybody can know that we serve: a signal from then on is an order, not a kill.
    let mut signals = Signals::new().map_err(|error| format!("signals cannot be waited for: {error}"))?;
    raise_open_files();
    let exe = std::env::current_exe().map_err(|error| format!("the program cannot find itself: {error}"))?;
    let anchor_file = config.anchor_file.clone();
    let fit = seal::fit(&store).await.map_err(|failure| format!("the database cannot be read: {}", failure.detail))?;
    if let Some(sentence) = key_away(fit, &store.seal.place()) {
        tracing::error!("{sentence}");
    }
    let sender = config.smtp.clone().map(|relay| Sender::new(relay, config.public_url.origin.clone())).transpose()?;
    let bound = Bound::new(config, store.clone()).await?;
    let (stop, stopped) = watch::channel(false);
    if let Some(address) = bound.address() {
        tracing::info!(%address, public = bound.server().config.public_url.origin, "serving");
    }
    let texts = tokio::spawn(texts::run(store.clone(), exe, stopped.clone()));
    let jobs = tokio::spawn(jobs::run(store.clone(), stopped.clone()));
    let anchor = tokio::spawn(anchor::run(store.clone(), anchor_file, stopped.clone()));
    let mail = tokio::spawn(mail(store.clone(), sender, stopped.clone()));
    let signals = tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping: what is under way is finished first");
        stop.send_replace(true);
        signals.next().await;
        tracing::warn!("stopped a second time: nothing is waited for");
        std::process::exit(1);
    });
    if !bound.run(Patience::default(), stopped).await {
        tracing::warn!("some requests did not end in time");
    }
    if jobs.await.is_err() {
        tracing::warn!("the background work broke");
    }
    if mail.await.is_err() {
        tracing::warn!("the sender of mail broke");
    }
    if texts.await.is_err() {
        tracing::warn!("the reader of texts broke");
    }
    // After the work: what it wrote is written down, too.
    if anchor.await.is_err() {
        tracing::warn!("the anchor broke");
    }
    store.db.close().await;
    signals.abort();
    tracing::info!("stopped");
    Ok(())
}

/// Sends mail, if there is a mail server.
async fn mail(store: Store, sender: Option<Sender>, stopped: watch::Receiver<bool>) {
    match sender {
        Some(sender) => jobs::mail::run(store, sender, stopped).await,
        None => tracing::info!("PC_SMTP_URL names no mail server: mail stays in the outbox"),
    }
}

/// What asks a server to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Systems give a program few open files until it asks for more; a connection is one.
fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: now.maximum, maximum: now.maximum }) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}
