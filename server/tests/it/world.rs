//! A server of the test's own, on ports of its own, with a copy of a small demo world.

use crate::client::Client;
use partner_center::{
    config::Config,
    http::{Server, wire::Patience},
    serve::{self, Bound},
};
use std::{
    collections::HashMap,
    fs::File,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};
use store::Store;
use tempfile::TempDir;
use tokio::{
    sync::{OnceCell, watch},
    task::JoinHandle,
};

/// Documents of the world: all that are written by hand.
const DOCUMENTS: u32 = 40;

/// Systems keep up to four megabytes for a sender and six for a reader.
pub const LARGE_BYTES: usize = 24 * 1024 * 1024;

/// Somebody who may edit the library.
pub const EDITOR: &str = "content@vendor.example";
/// A partner in a program, no distributor.
pub const PARTNER: &str = "admin@lanhai.example";
/// A distributor.
pub const DISTRIBUTOR: &str = "admin@qinghe.example";
/// A partner in no program.
pub const NEWBIE: &str = "admin@newbie.example";

/// How much shorter than in life connections are waited for, so that no test waits for a minute.
pub const PATIENCE: Patience =
    Patience { head: Duration::from_millis(400), reader: Duration::from_millis(1500), idle: Duration::from_millis(900) };

/// A running server.
pub struct World {
    pub address: SocketAddr,
    pub ops: SocketAddr,
    pub store: Store,
    pub stop: watch::Sender<bool>,
    pub running: JoinHandle<bool>,
    pub folder: TempDir,
}

/// What is not as usual.
#[derive(Default)]
pub struct Wishes {
    pub variables: HashMap<&'static str, String>,
    pub patience: Option<Patience>,
    pub running_max: Option<usize>,
    pub upload_max_bytes: Option<i64>,
    pub body_time: Option<Duration>,
    /// The site has `/pkg/large.1.js`, larger than what the two ends of a connection keep.
    pub large_file: bool,
}

impl World {
    pub async fn start() -> Self {
        Self::with(Wishes::default()).await
    }

    pub async fn with(wishes: Wishes) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&template().await, folder.path());
        site(&folder.path().join("site"));
        if wishes.large_file {
            std::fs::write(folder.path().join("site/pkg/large.1.js"), vec![b' '; LARGE_BYTES]).expect("a file");
        }
        let variables = wishes.variables;
        let config = config(folder.path(), &variables);
        let store = serve::open(&config).await.expect("a store");
        let mut bound = Bound::new(config, store.clone()).await.expect("free ports");
        let server: &mut Server = bound.server_mut().expect("its only owner");
        server.program = env!("CARGO_BIN_EXE_partner-center").into();
        if let Some(most) = wishes.running_max {
            server.limits = partner_center::http::limits::Limits::of(most);
        }
        if let Some(most) = wishes.upload_max_bytes {
            server.limits.upload_max_bytes = most;
        }
        if let Some(most) = wishes.body_time {
            server.limits.body_time = most;
        }
        let (address, ops) = (bound.address().expect("a port"), bound.ops_address().expect("a port"));
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(bound.run(wishes.patience.unwrap_or_default(), stopped));
        Self { address, ops, store, stop, running, folder }
    }

    /// Somebody without a session.
    pub fn stranger(&self) -> Client {
        Client::new(self.address)
    }

    /// Somebody who has signed in as people do.
    pub async fn signed_in(&self, email: &str) -> Client {
        let mut client = self.stranger();
        let reply = client.call("/fn/sign-in", &format!("email={email}&password={}&next=/", demo::PASSWORD)).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        client
    }

    /// Files that lie in the store, wherever.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        walk(&self.folder.path().join("files"), &mut files);
        files.sort();
        files
    }
}

fn config(folder: &Path, variables: &HashMap<&'static str, String>) -> Config {
    let usual = |name: &str| match name {
        "PC_LISTEN" | "PC_OPS_LISTEN" => Some("127.0.0.1:0".to_owned()),
        "PC_DATABASE_URL" => Some(format!("sqlite://{}", folder.join("pc.db").display())),
        "PC_STORAGE_URL" => Some(format!("file://{}", folder.join("files").display())),
        "PC_SITE_ROOT" => Some(folder.join("site").display().to_string()),
        _ => None,
    };
    Config::read(|name| variables.get(name).cloned().or_else(|| usual(name))).expect("settings")
}

/// The demo world of this build, made by whichever test needs it first: runners differ in how many processes they use.
async fn template() -> PathBuf {
    static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo-world");
    TEMPLATE.get_or_init(|| made_once(place)).await.clone()
}

async fn made_once(folder: PathBuf) -> PathBuf {
    let lock = File::create(folder.with_extension("lock")).expect("a lock");
    // Others wait here until the world is whole; the lock goes with the file.
    let _held = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await.expect("a thread").expect("a lock");
    let (mark, build) = (folder.join("build"), this_build());
    if std::fs::read_to_string(&mark).is_ok_and(|made| made == build) {
        return folder;
    }
    // Not there at first, or of another build, or somebody's half.
    std::fs::remove_dir_all(&folder).or_else(|error| if folder.exists() { Err(error) } else { Ok(()) }).expect("no folder");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (database, storage) = (folder.join("pc.db"), folder.join("files"));
    let options = demo::Options { documents: DOCUMENTS, ..demo::Options::default() };
    let place = store::Options {
        database_url: format!("sqlite://{}", database.display()),
        storage_url: format!("file://{}", storage.display()),
        key_file: None,
        ids: store::ids::Ids::default(),
        is_demo: true,
    };
    let made = demo::reset(place, options).await;
    made.expect("the demo world");
    std::fs::write(mark, build).expect("a mark");
    folder
}

/// What is another one after each change of the program.
fn this_build() -> String {
    let program = std::env::current_exe().expect("a program");
    let changed = program.metadata().and_then(|about| about.modified()).expect("a time");
    format!("{} {changed:?}", program.display())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    walk(from, &mut files);
    for file in files {
        let place = to.join(file.strip_prefix(from).expect("inside"));
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::copy(&file, &place).expect("a copy");
    }
}

/// A site folder as the bundler writes it, with hardly anything in it.
pub fn site(folder: &Path) {
    std::fs::create_dir_all(folder.join("pkg")).expect("a folder");
    let names = serde_json::json!({
        "css": "/pkg/main.1.css", "more_css": "/pkg/more.1.css", "js": "/pkg/pc.1.js", "split": "/pkg/split.1.js", "wasm": "/pkg/pc.1.wasm",
        "files": { "favicon.svg": "/pkg/favicon.1.svg", "icons.svg": "/pkg/icons.1.svg" }, "chunks": {},
    });
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    write("assets.json", &names.to_string());
    for name in ["favicon.svg", "icons.svg", "pkg/favicon.1.svg", "pkg/icons.1.svg"] {
        write(name, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    write("pkg/main.1.css", "body { color: black }");
    write("pkg/main.1.css.br", "packed by brotli, says this test");
    write("pkg/main.1.css.gz", "packed by gzip, says this test");
    for name in ["pkg/pc.1.js", "pkg/split.1.js", "pkg/pc.1.wasm"] {
        write(name, "// nothing");
    }
}
