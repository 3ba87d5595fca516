//! The program with its files in a bucket: the same answers, and what it says when the bucket is away.

use crate::{
    client::{Client, JSON, Part},
    world::{EDITOR, PARTNER, site},
};
use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Where the S3 server of the tests is, and a place of its own there; nothing when this run goes without.
fn bucket() -> Option<(String, String)> {
    match std::env::var("PC_TEST_S3_URL") {
        Ok(url) => Some((format!("{url}/program/{}", std::process::id()), std::env::var("AWS_ENDPOINT").expect("AWS_ENDPOINT"))),
        Err(_) if std::env::var("PC_TEST_ONLY_SQLITE").as_deref() == Ok("1") => None,
        Err(_) => panic!("PC_TEST_S3_URL names a bucket in which files may be made; PC_TEST_ONLY_SQLITE=1 goes without"),
    }
}

/// The way to the S3 server, which can be cut.
struct Way {
    address: SocketAddr,
    to: String,
    carrying: Option<JoinHandle<()>>,
}

impl Way {
    async fn to(endpoint: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("a port");
        let mut way = Self { address, to: endpoint.trim_start_matches("http://").to_owned(), carrying: None };
        way.carry(listener);
        way
    }

    fn carry(&mut self, listener: TcpListener) {
        let to = self.to.clone();
        self.carrying = Some(tokio::spawn(async move {
            // Connections end with this task.
            let mut open = tokio::task::JoinSet::new();
            while let Ok((mut here, _)) = listener.accept().await {
                let to = to.clone();
                open.spawn(async move {
                    let mut there = TcpStream::connect(to).await.expect("the S3 server");
                    tokio::io::copy_bidirectional(&mut here, &mut there).await.ok();
                });
            }
        }));
    }

    async fn cut(&mut self) {
        let carrying = self.carrying.take().expect("a way");
        carrying.abort();
        carrying.await.ok();
    }

    async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.carry(listener);
    }
}

fn program(folder: &Path, storage: &str, endpoint: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-center"));
    command
        .env_clear()
        .env("PC_DATABASE_URL", format!("sqlite://{}", folder.join("pc.db").display()))
        .env("PC_STORAGE_URL", storage)
        .env("PC_SITE_ROOT", folder.join("site"))
        .envs([("PC_LISTEN", "127.0.0.1:0"), ("PC_OPS_LISTEN", "127.0.0.1:0"), ("AWS_ALLOW_HTTP", "true"), ("AWS_REGION", "us-east-1")])
        .envs([("AWS_ENDPOINT", endpoint), ("AWS_ACCESS_KEY_ID", "tests"), ("AWS_SECRET_ACCESS_KEY", "tests")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Ends its program, whatever became of the test.
struct Serving {
    child: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn serve(folder: TempDir, storage: &str, endpoint: &str) -> Serving {
    let mut child = program(folder.path(), storage, endpoint).arg("serve").spawn().expect("a child");
    let mut lines = BufReader::new(child.stderr.take().expect("a log")).lines();
    let first = lines.next().expect("a line").expect("text");
    let told: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let address = told["address"].as_str().expect(&first).parse().expect("an address");
    std::thread::spawn(move || lines.for_each(drop));
    Serving { child, address, _folder: folder }
}

async fn signed_in(serving: &Serving, email: &str) -> Client {
    let mut client = Client::new(serving.address);
    let reply = client.call("/fn/sign-in", &format!("email={email}&password={}&next=/", demo::PASSWORD)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    client
}

fn document(title: &str) -> Vec<Part<'_>> {
    let texts = [("from", "/console/library/new"), ("title", title), ("category", "policy/incentive"), ("language", "zh")];
    texts.into_iter().map(|(name, value)| Part::Text(name, value)).chain([Part::File("a.pdf", PDF)]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_in_a_bucket_are_sent_and_taken_and_when_it_is_away_nothing_changes() {
    let Some((storage, endpoint)) = bucket() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    site(&folder.path().join("site"));
    let made = program(folder.path(), &storage, &endpoint).args(["demo", "reset", "--documents", "40"]).output().expect("an end");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let path = folder.path().to_owned();
    let mut way = Way::to(&endpoint).await;
    let serving = serve(folder, &storage, &format!("http://{}", way.address));
    let (mut partner, mut editor) = (signed_in(&serving, PARTNER).await, signed_in(&serving, EDITOR).await);
    let policy = format!("/support/library/{}/download", demo::known::policy());
    let whole = partner.get(&policy).await;
    assert_eq!(whole.status, 200);
    let part = partner.send("GET", &policy, &[("Range", "bytes=7-20")], b"").await;
    assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[7..=20]));
    let sent = editor.upload("/fn/library/upload", JSON, &document("第一份")).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let place = sent.json()["to"].as_str().expect("a place").to_owned();
    assert_eq!(editor.get(&format!("{place}/download")).await.body, PDF);

    way.cut().await;
    let other: Vec<Part<'_>> = document("第二份").into_iter().filter(|part| matches!(part, Part::Text(..))).collect();
    let other: Vec<Part<'_>> = other.into_iter().chain([Part::File("b.txt", b"another one")]).collect();
    let refused = editor.upload("/fn/library/upload", JSON, &other).await;
    assert_eq!(refused.fault().0, 503, "{}", refused.text());
    assert_eq!(partner.get(&policy).await.status, 503);

    way.mend().await;
    assert_eq!(partner.get(&policy).await.body, whole.body);
    let list = editor.open("/console/library").await.text();
    assert!(list.contains("第一份") && !list.contains("第二份"), "what was refused left no row");
    let verified = program(&path, &storage, &endpoint).arg("verify").output().expect("an end");
    let report: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    assert_eq!((&report["findings"], &report["files"]["missing"]), (&serde_json::json!([]), &serde_json::json!(0)));
}

#[test]
fn a_bucket_that_cannot_be_reached_stops_the_start_with_one_line_and_soon() {
    let folder = tempfile::tempdir().expect("a folder");
    let begun = std::time::Instant::now();
    // Nothing listens on the port of a listener that is gone.
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("a port").port();
    let ended = program(folder.path(), "s3://bucket/prefix", &format!("http://127.0.0.1:{port}")).arg("serve").output().expect("an end");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(!ended.status.success() && said.lines().count() == 1, "{said}");
    assert!(said.contains("PC_STORAGE_URL is \"s3://bucket/prefix\"") && said.contains("s3://BUCKET/PREFIX"), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
