//! A mail server for tests: it speaks SMTP over a real socket and keeps what it was given. It can be closed, opened again at the same
//! address, and told to refuse.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// How long is waited for a mail.
const PATIENCE: Duration = Duration::from_secs(30);

/// What arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub from: String,
    pub to: String,
    pub lines: Vec<String>,
}

impl Arrived {
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = self.lines.iter().take_while(|line| !line.is_empty());
        head.filter_map(|line| line.split_once(": ")).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// What it says, as far as it is written in quoted-printable or plainly.
    pub fn text(&self) -> String {
        let joined = self.lines.iter().fold(String::new(), |text, line| match line.strip_suffix('=') {
            Some(begun) => text + begun,
            None => text + line + "\n",
        });
        joined.replace("=3D", "=")
    }
}

#[derive(Default)]
struct Behind {
    mails: Mutex<Vec<Arrived>>,
    refuses: Mutex<Option<&'static str>>,
}

/// The mail server.
pub struct Sink {
    pub address: SocketAddr,
    behind: Arc<Behind>,
    open: JoinSet<()>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut sink = Self { address, behind: Arc::default(), open: JoinSet::new() };
        sink.serve(listener);
        sink
    }

    fn serve(&mut self, listener: TcpListener) {
        let behind = self.behind.clone();
        self.open.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                talks.spawn(talk(stream, behind.clone()));
            }
        });
    }

    /// Nobody listens any more.
    pub async fn close(&mut self) {
        self.open.shutdown().await;
    }

    /// It is back at its address.
    pub async fn reopen(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.serve(listener);
    }

    /// Recipients are answered so from now on.
    pub fn refuse(&self, answer: Option<&'static str>) {
        *self.behind.refuses.lock().expect("a lock") = answer;
    }

    pub fn mails(&self) -> Vec<Arrived> {
        self.behind.mails.lock().expect("a lock").clone()
    }

    /// Waits until there are so many.
    pub async fn wait(&self, count: usize) -> Vec<Arrived> {
        let begun = Instant::now();
        loop {
            let mails = self.mails();
            if mails.len() >= count {
                return mails;
            }
            assert!(begun.elapsed() < PATIENCE, "{mails:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn talk(stream: TcpStream, behind: Arc<Behind>) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let (mut from, mut to) = (String::new(), String::new());
    let mut answer = "220 sink ESMTP".to_owned();
    loop {
        if writer.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
        let Ok(Some(line)) = lines.next_line().await else { return };
        let command = line.to_ascii_uppercase();
        answer = if command.starts_with("EHLO") || command.starts_with("HELO") {
            "250-sink\r\n250 8BITMIME".to_owned()
        } else if command.starts_with("MAIL FROM:") {
            from = between(&line);
            "250 well".to_owned()
        } else if command.starts_with("RCPT TO:") {
            to = between(&line);
            behind.refuses.lock().expect("a lock").unwrap_or("250 well").to_owned()
        } else if command == "DATA" {
            if writer.write_all(b"354 go on\r\n").await.is_err() {
                return;
            }
            let mut mail = Vec::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                mail.push(line.strip_prefix('.').map_or_else(|| line.clone(), str::to_owned));
            }
            behind.mails.lock().expect("a lock").push(Arrived { from: from.clone(), to: to.clone(), lines: mail });
            "250 taken".to_owned()
        } else if command == "QUIT" {
            return;
        } else {
            "250 well".to_owned()
        };
    }
}

fn between(line: &str) -> String {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inside, _)| inside.to_owned()).unwrap_or_default()
}
