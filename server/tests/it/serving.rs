//! The program itself as a process of its own, which can be killed.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

/// The program on the data of a folder.
pub struct Serving {
    child: Child,
    pub address: SocketAddr,
}

impl Serving {
    /// On the SQLite file of the folder.
    pub fn start(folder: &Path) -> Self {
        Self::on(&format!("sqlite://{}", folder.join("pc.db").display()), folder)
    }

    /// On any database, with the files of the folder.
    pub fn on(database: &str, folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_partner-center"))
            .arg("serve")
            .env_clear()
            .env("PC_DATABASE_URL", database)
            .env("PC_STORAGE_URL", format!("file://{}", folder.join("files").display()))
            .env("PC_SITE_ROOT", folder.join("site"))
            .envs([("PC_LISTEN", "127.0.0.1:0"), ("PC_OPS_LISTEN", "127.0.0.1:0")])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a child");
        let mut lines = BufReader::new(child.stderr.take().expect("a log")).lines();
        let serving = lines.find_map(|line| {
            let told: serde_json::Value = serde_json::from_str(&line.expect("text")).expect("JSON");
            told["address"].as_str().map(str::to_owned)
        });
        let address = serving.expect("an address").parse().expect("an address");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// It has a process of its own at work.
    pub fn has_child(&self) -> bool {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("a process");
        let children = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok());
        children.into_iter().any(|children| !children.trim().is_empty())
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().expect("a kill");
        self.child.wait().expect("an end");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
