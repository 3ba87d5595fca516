//! The commands of an operator, run as the program itself.

use serde_json::{Value, json};
use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Runs the program on the data of a folder.
fn run(folder: &Path, words: &[&str], variables: &[(&str, &str)], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_partner-center"))
        .args(words)
        .env_clear()
        .env("PC_DATABASE_URL", format!("sqlite://{}", folder.join("pc.db").display()))
        .env("PC_STORAGE_URL", format!("file://{}", folder.join("files").display()))
        .env("PC_LOG", "warn")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("an input");
    child.wait_with_output().expect("an end")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What a command prints when it ends well.
fn told(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, words, &[], "");
    assert!(output.status.success(), "{words:?}: {}", said(&output));
    String::from_utf8(output.stdout).expect("text")
}

/// What a command says when it ends badly, in one line.
fn refused(folder: &Path, words: &[&str], variables: &[(&str, &str)], input: &str) -> String {
    let output = run(folder, words, variables, input);
    assert!(!output.status.success(), "{words:?}: {}", said(&output));
    assert_eq!(output.stdout, b"", "{words:?}");
    String::from_utf8(output.stderr).expect("text")
}

fn world() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    told(folder.path(), &["demo", "reset", "--documents", "20"]);
    folder
}

fn last_line(text: &str) -> Value {
    serde_json::from_str(text.trim_end().lines().last().expect("a line")).expect("JSON")
}

/// A folder with a good file of some formats, a broken one, an unknown one and one in a folder of its own.
fn documents() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).expect("a file");
    fs::create_dir(folder.path().join("更多")).expect("a folder");
    write("说明.txt", "结算说明\n灯塔计划的结算按季度进行。\n".as_bytes());
    write("guide.txt", b"How to read the bill\nThe bill of the month is made of lines.\n");
    write("更多/附录.txt", "附录\n蓝鲸演练的步骤。\n".as_bytes());
    write("broken.pdf", b"%PDF-1.7\nthis is where it ends");
    write("empty.docx", b"");
    write("page.html", b"<p>no format of ours</p>");
    folder
}

#[test]
fn a_folder_is_imported_once_and_what_is_broken_is_told() {
    let (world, documents) = (world(), documents());
    let words = ["library", "import", documents.path().to_str().expect("a path"), "--category", "business_support/guide", "--json"];
    let first = last_line(&told(world.path(), &words));
    assert_eq!((&first["imported"], &first["skipped"]), (&json!(3), &json!(0)), "{first}");
    let failed: Vec<&str> = first["failed"].as_array().expect("a list").iter().filter_map(|failed| failed["file"].as_str()).collect();
    assert_eq!(failed, ["broken.pdf", "empty.docx", "page.html"]);
    assert!(first["failed"].as_array().expect("a list").iter().all(|failed| failed["reason"].as_str().is_some_and(|why| !why.is_empty())));
    let second = last_line(&told(world.path(), &words));
    assert_eq!(second, json!({ "imported": 0, "skipped": 3, "failed": first["failed"] }));
    let verified = last_line(&told(world.path(), &["verify"]));
    assert_eq!(verified["findings"], json!([]));
}

#[test]
fn a_manifest_says_what_the_files_do_not() {
    let (world, documents) = (world(), documents());
    let manifest = world.path().join("manifest.csv");
    fs::write(&manifest, "file,title,category,language\n说明.txt,结算口径（2026）,policy/program,zh\nlost.pdf,x,,\n").expect("a file");
    let folder = documents.path().to_str().expect("a path").to_owned();
    let words = ["library", "import", &folder, "--manifest", manifest.to_str().expect("a path"), "--json"];
    let report = last_line(&told(world.path(), &words));
    assert_eq!(report["imported"], json!(3));
    let lost = report["failed"].as_array().expect("a list").iter().find(|failed| failed["file"] == "lost.pdf");
    assert!(lost.is_some_and(|lost| lost["reason"].as_str().is_some_and(|why| why.contains("manifest"))), "{report}");
    fs::write(&manifest, "file,category\n说明.txt,nowhere\n").expect("a file");
    let report = last_line(&told(world.path(), &words));
    let named = report["failed"].as_array().and_then(|failed| failed.iter().find(|failed| failed["file"] == "说明.txt"));
    let wrong = named.and_then(|failed| failed["reason"].as_str()).unwrap_or_default();
    assert!(wrong.starts_with("Row 2") && wrong.contains("nowhere") && wrong.contains("policy/program"), "{report}");
    fs::write(&manifest, "file,price\na.pdf,1\n").expect("a file");
    let wrong = refused(world.path(), &words, &[], "");
    assert!(wrong.contains("price") && wrong.lines().count() == 1, "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_imported_is_found_at_once_by_words_inside_it() {
    let world = crate::world::World::start().await;
    let documents = documents();
    let (folder, found) = (world.folder.path().to_owned(), documents.path().display().to_string());
    // Beside the serving portal, on its database and files.
    let importing = tokio::task::spawn_blocking(move || run(&folder, &["library", "import", &found, "--json"], &[], ""));
    let output = importing.await.expect("no panic");
    assert!(output.status.success(), "{}", said(&output));
    let mut partner = world.signed_in(crate::world::PARTNER).await;
    for (keyword, title) in
        [("%E8%93%9D%E9%B2%B8%E6%BC%94%E7%BB%83%E7%9A%84%E6%AD%A5%E9%AA%A4", "附录"), ("the+bill+of+the+month", "How to read the bill")]
    {
        let page = partner.open(&format!("/support/library?q={keyword}")).await.text();
        assert!(page.contains(title), "{title}");
    }
}

#[test]
fn a_check_ends_with_one_when_something_is_not_as_it_was_written() {
    let world = world();
    let fine = last_line(&told(world.path(), &["verify"]));
    for key in ["ledger_sum", "balances", "audit_chain", "files", "findings"] {
        assert!(fine.get(key).is_some(), "{key}");
    }
    let kept = fs::read_dir(world.path().join("files/kept")).expect("files").flatten().next().expect("a folder");
    let lost = fs::read_dir(kept.path()).expect("files").flatten().next().expect("a file");
    fs::remove_file(lost.path()).expect("gone");
    let output = run(world.path(), &["verify"], &[], "");
    assert_eq!(output.status.code(), Some(1));
    let report = last_line(&String::from_utf8(output.stdout).expect("text"));
    assert_eq!(report["files"]["missing"], json!(1));
    assert_eq!(report["findings"][0]["what"], json!("its file is missing"));
}

#[test]
fn a_new_installation_begins_with_its_first_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let production = [("PC_MODE", "production")];
    let words = ["staff", "create", "first@vendor.example", "--name", "初", "--role", "content"];
    let none = refused(folder.path(), &words, &production, "");
    assert!(none.contains("--vendor"), "{none}");
    let with_vendor = [&words[..], &["--vendor", "北屿云计算有限公司"]].concat();
    let output = run(folder.path(), &with_vendor, &production, "");
    assert!(output.status.success() && said(&output).contains("shown this once"), "{}", said(&output));
    let twice = refused(folder.path(), &with_vendor, &production, "");
    assert!(twice.contains("first@vendor.example is the address of an account already"), "{twice}");
    let short = refused(folder.path(), &[&words[..], &["--password-stdin"]].concat(), &production, "short\n");
    assert!(short.contains("12"), "{short}");
    let refusal = refused(folder.path(), &["demo", "reset"], &production, "");
    assert!(refusal.contains("PC_MODE"), "{refusal}");
    let refusal = refused(folder.path(), &["demo", "reset"], &[], "");
    assert!(refusal.contains("PC_DATABASE_URL"), "real data is not thrown away: {refusal}");
}

#[test]
fn a_partner_that_is_entered_is_listed_with_the_next_number() {
    let world = world();
    let words = ["partner", "create", "--name", "厦门新岸科技有限公司", "--admin-email", "admin@xinan.example", "--admin-name", "林岸"];
    let output = run(world.path(), &[&words[..], &["--identity", "csp", "--password-stdin"]].concat(), &[], "a long enough password\n");
    assert!(output.status.success() && !said(&output).contains("a long enough"), "{}", said(&output));
    let list = told(world.path(), &["partner", "list"]);
    assert!(list.starts_with("P0000001\tcsp,software\t杭州澜海数科技术有限公司\n"), "{list}");
    assert!(list.ends_with("P0000008\tcsp\t厦门新岸科技有限公司\n"), "{list}");
    let wrong = refused(world.path(), &[&words[..], &["--identity", "king"]].concat(), &[], "");
    assert!(wrong.contains("distributor"), "{wrong}");
}

#[test]
fn a_lost_machine_is_made_anew_from_a_backup_and_what_was_cut_off_is_told() {
    let (world, new) = (world(), tempfile::tempdir().expect("a folder"));
    let file = world.path().join("backup.tar");
    let name = file.to_str().expect("a path");
    let taken = last_line(&told(world.path(), &["backup", name]));
    assert_eq!((&taken["lost"], &taken["file"]), (&json!([]), &json!(name)));
    assert_eq!(taken["sealing_key"]["state"], "fits");
    let sum = Command::new("sha256sum").arg(&file).output().expect("a sum").stdout;
    assert!(String::from_utf8_lossy(&sum).starts_with(taken["sha256"].as_str().expect("a sum")));
    let restored = last_line(&told(new.path(), &["restore", name]));
    assert_eq!((&restored["rows"], &restored["taken_at"], &restored["findings"]), (&taken["rows"], &taken["taken_at"], &json!([])));
    assert_eq!(restored["documents_indexed"], json!(20));
    // The key is not in the backup; it is said where it belongs, and there it does.
    let key = new.path().join("pc.db.key");
    assert_eq!(restored["sealing_key"], json!({ "place": key.to_str(), "state": "missing" }));
    fs::copy(world.path().join("pc.db.key"), &key).expect("a copy");
    let verified = last_line(&told(new.path(), &["verify"]));
    assert_eq!((&verified["sealed"]["key"], &verified["sealed"]["shut"]), (&json!("fits"), &json!(0)), "{verified}");
    let (before, after) = (last_line(&told(world.path(), &["verify"])), last_line(&told(new.path(), &["verify"])));
    assert_eq!((&before["audit_chain"], &before["files"]["checked"]), (&after["audit_chain"], &after["files"]["checked"]));
    assert_eq!(told(world.path(), &["partner", "list"]), told(new.path(), &["partner", "list"]));
    // Once more to the same place, over the file itself, and from half of it.
    let twice = refused(new.path(), &["restore", name], &[], "");
    assert!(twice.contains("an empty place only") && twice.lines().count() == 1, "{twice}");
    let over = refused(world.path(), &["backup", name], &[], "");
    assert!(over.contains("cannot be written") && over.lines().count() == 1, "{over}");
    let half = world.path().join("half.tar");
    fs::write(&half, fs::read(&file).expect("a file").split_at(100_000).0).expect("a file");
    let place = tempfile::tempdir().expect("a folder");
    let cut = refused(place.path(), &["restore", half.to_str().expect("a path")], &[], "");
    assert!(cut.contains("it was cut off") && fs::read_dir(place.path()).expect("a folder").count() == 0, "{cut}");
}

/// Runs a statement on the database of a folder, as somebody who has the file can.
fn tamper(folder: &Path, statement: &'static str) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let url = format!("sqlite://{}", folder.join("pc.db").display());
        let store::db::Db::Lite { writer, .. } = store::db::Db::open(&url).await.expect("a database") else { panic!("no SQLite") };
        sqlx::query(statement).execute(&writer).await.expect("a statement");
        writer.close().await;
    });
}

#[test]
fn the_end_of_an_audit_chain_that_was_cut_off_is_found_by_the_anchor() {
    let world = world();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let anchor = world.path().join("pc.db.anchor");
    runtime.block_on(async {
        let options = store::Options {
            database_url: format!("sqlite://{}", world.path().join("pc.db").display()),
            storage_url: format!("file://{}", world.path().join("files").display()),
            key_file: None,
            ids: store::ids::Ids::default(),
            is_demo: true,
        };
        let (store, mut known) = (store::Store::open(options).await.expect("a store"), std::collections::BTreeMap::new());
        partner_center::anchor::write_down(&store, &anchor, &mut known).await.expect("an anchor");
        let size = fs::metadata(&anchor).expect("an anchor").len();
        partner_center::anchor::write_down(&store, &anchor, &mut known).await.expect("an anchor");
        assert_eq!(fs::metadata(&anchor).expect("an anchor").len(), size, "nothing has grown");
        store.db.close().await;
    });
    let fine = last_line(&told(world.path(), &["verify"]));
    assert!(fine["anchor"]["rows"].as_u64().is_some_and(|rows| rows > 0), "{fine}");
    // Half a line, as a power cut leaves one, is told, and what follows is read.
    let whole = fs::read(&anchor).expect("an anchor");
    fs::write(&anchor, [&whole[..], b"{\"at\":\"20"].concat()).expect("an anchor");
    let spoilt = last_line(&String::from_utf8(run(world.path(), &["verify"], &[], "").stdout).expect("text"));
    assert_eq!(spoilt["findings"][0]["kind"], json!("anchor"), "{spoilt}");
    fs::write(&anchor, whole).expect("an anchor");
    tamper(world.path(), "DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)");
    let output = run(world.path(), &["verify"], &[], "");
    assert_eq!(output.status.code(), Some(1));
    let cut = last_line(&String::from_utf8(output.stdout).expect("text"));
    assert_eq!(cut["findings"][0]["what"], json!("it was anchored and is not there any more"), "{cut}");
    let without = last_line(&String::from_utf8(run(world.path(), &["verify"], &[("PC_ANCHOR_FILE", "off")], "").stdout).expect("text"));
    assert_eq!((&without["findings"], &without["anchor"]["file"]), (&json!([]), &json!(null)));
    // Another world is no tampering.
    told(world.path(), &["demo", "reset", "--documents", "20"]);
    assert_eq!(last_line(&told(world.path(), &["verify"]))["findings"], json!([]));
}

#[test]
fn a_focus_file_comes_in_once_and_a_wrong_one_not_at_all() {
    let folder = world();
    let path = folder.path().join("costs.csv");
    let file = path.to_str().expect("a path");
    let head = "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ServiceName,SubAccountId\n";
    fs::write(&path, format!("{head}0.100000000000001,USD,2024-09-01,Usage,S,42\n-0.05,USD,2024-09-01,Credit,S,42\n")).expect("a file");
    let look = told(folder.path(), &["bill", "import", file, "--partner", "P0000002", "--dry-run"]);
    assert!(look.contains("= 0.050000000000001 USD") && look.contains("Nothing was imported"), "{look}");
    let first = last_line(&told(folder.path(), &["bill", "import", file, "--partner", "P0000002", "--json"]));
    assert_eq!((&first["imported"], &first["known"]), (&json!(2), &json!(0)));
    assert_eq!(first["periods"][0]["total"], json!("0.050000000000001"));
    let again = last_line(&told(folder.path(), &["bill", "import", file, "--partner", "P0000002", "--json"]));
    assert_eq!((&again["imported"], &again["known"]), (&json!(0), &json!(2)));
    let unknown = refused(folder.path(), &["bill", "import", file, "--partner", "P0000099"], &[], "");
    assert!(unknown.contains("P0000099"), "{unknown}");
    fs::write(&path, format!("{head}1,USD,2024-09-01,Usage,S,42\nx,USD,2024-09-01,Usage,S,42\n1,CNY,2024-09-01,Usage,S,42\n"))
        .expect("a file");
    let wrong = refused(folder.path(), &["bill", "import", file, "--partner", "P0000002"], &[], "");
    for part in ["line 3: BilledCost is \"x\"", "line 4: BillingCurrency is CNY", "nothing was imported"] {
        assert!(wrong.contains(part), "{part}: {wrong}");
    }
}
