//! The program itself: what it says when it cannot start, and how it ends.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Command, Stdio},
};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-center"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn a_wrong_value_stops_the_start_with_one_line_that_names_variable_value_and_what_is_allowed() {
    for (name, value, allowed) in [
        ("PC_LISTEN", "here", "an IP address and a port"),
        ("PC_MODE", "test", "demo or production"),
        ("PC_PUBLIC_URL", "portal", "http://HOST"),
        ("PC_DATABASE_URL", "mysql://x", "sqlite://FILE"),
        ("PC_STORAGE_URL", "ftp://x", "file://FOLDER"),
        ("PC_STORAGE_URL", "s3://No_Bucket/x", "s3://BUCKET/PREFIX"),
        ("PC_TRUSTED_PROXIES", "proxy", "IP addresses"),
        ("PC_LOG", "partner=what=is", "info"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let ended = program().arg("serve").env(name, value).current_dir(folder.path()).output().expect("an end");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success(), "{name}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(name) && said.contains(value) && said.contains(allowed), "{said}");
    }
}

#[test]
fn a_missing_site_folder_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = program();
    command.args(["serve"]).env("PC_MODE", "production").env("PC_LISTEN", "127.0.0.1:0").current_dir(folder.path());
    let said = String::from_utf8_lossy(&command.output().expect("an end").stderr).into_owned();
    assert!(said.contains("PC_SITE_ROOT") && said.contains("make site") && said.lines().count() == 1, "{said}");
}

#[test]
fn it_tells_where_it_serves_in_json_and_ends_with_zero_when_it_is_asked_to() {
    let folder = tempfile::tempdir().expect("a folder");
    crate::world::site(&folder.path().join("target/site"));
    let mut command = program();
    command.env("PC_MODE", "production").env("PC_LISTEN", "127.0.0.1:0").env("PC_OPS_LISTEN", "127.0.0.1:0").current_dir(folder.path());
    let mut child = command.spawn().expect("a child");
    let mut lines = BufReader::new(child.stderr.take().expect("a log"));
    let mut line = String::new();
    lines.read_line(&mut line).expect("a line");
    let told: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!((told["level"].as_str(), told["message"].as_str()), (Some("INFO"), Some("serving")), "{line}");
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).expect("an id")).expect("an id");
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("a signal");
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    let mut rest = String::new();
    lines.read_to_string(&mut rest).expect("a log");
    assert!(rest.contains("\"stopped\"") && !rest.contains("ERROR"), "{rest}");
}
