//! The drill: a backup is taken beside work that goes on, and makes an empty place of either kind what it was. What is not a whole backup
//! of ours is refused, and nothing of it stays.

use crate::{
    files::{keep, kept, on_the_desk},
    house::{House, PASSWORD, member, on_both, wherever_files_lie},
    library::{about, imported},
};
use domain::{
    Id, Lang, Moment,
    access::{Anyone, CanExportOwn, Identity, Program, Role, Standing},
    event::Event,
    exports::{EXPORTS, FileKind, Source, State},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};
use store::{
    Access, Options, Written, audit,
    backup::{self, Lost, Restored, Taken, Trouble, Unfit, Why},
    check, codes,
    exports::{self, Finished, Made, NewExport},
    files::Name,
    ids::Ids,
    jobs,
    library::{self, Imported, NewDocument},
    outbox, sessions,
};

/// A world with something in every corner: documents with files, an export with its file, a session, a code.
async fn fill(house: &House) -> (Standing, Id) {
    let partner = house.company("lanhai", &[Identity::Csp], &[Program::CoDevelopment], &[Role::Administrator]).await.remove(0);
    for (title, body) in [("结算口径", "灯塔计划的结算按季度进行"), ("云产品目录", "whale and 蓝鲸"), ("空", "")] {
        let file = keep(house, title, format!("the content of {title}").as_bytes()).await;
        house.publish(Imported { file, ..imported(title, body) }).await;
    }
    let empty = keep(house, "empty", b"").await;
    library::create(&house.editor(), None, NewDocument { about: about("草稿"), file: empty }).await.expect("a draft");
    let task = export(house, &partner, b"rows of an export").await;
    sessions::sign_in(&house.stranger("10.0.0.1"), "0@lanhai.example", PASSWORD, "a browser").await.expect("a session");
    let access: Access<Anyone> = house.store.system(partner.clone()).access().expect("anybody");
    codes::send(&access, "withdraw").await.expect("a code");
    (partner, task)
}

fn exporter(house: &House, partner: &Standing) -> Access<CanExportOwn> {
    house.store.system(partner.clone()).access().expect("a partner")
}

/// An export with this content, made.
async fn export(house: &House, partner: &Standing, content: &[u8]) -> Id {
    let wish = NewExport { source: Source::Library, kind: FileKind::Csv, query: String::new(), lang: Lang::Zh };
    let task = exports::request(&exporter(house, partner), None, wish).await.expect("a task").task;
    let system = house.stranger("local");
    let leased = jobs::lease(&system, "w").await.expect("an answer").expect("work");
    assert!(matches!(exports::begin(&system, &leased).await, Ok(Made::Begun(_))));
    let made = house.store.files.scratch("made");
    std::fs::write(&made, content).expect("a file");
    let (sha256, size_bytes) = house.store.files.keep_export(&made, task).await.expect("kept");
    let finished = Finished { rows: 3, size_bytes, sha256, manifest: "{}".to_owned() };
    exports::complete(&system, &leased, finished).await.expect("completed");
    task
}

fn place(house: &House) -> PathBuf {
    house.folder().join("backup.tar")
}

async fn take(house: &House) -> Taken {
    backup::take(&house.store, &place(house)).await.expect("a backup")
}

async fn restore(to: &House, from: &Path) -> Result<Restored, Trouble> {
    let options =
        Options { database_url: to.url.clone(), storage_url: to.storage.clone(), key_file: None, ids: Ids::default(), is_demo: true };
    let restored = backup::restore(options, from).await;
    to.store.read_clock().await.expect("a clock");
    restored
}

/// Rows per table and files, as the file has them, in no order.
fn contents(file: &Path) -> BTreeMap<String, BTreeSet<Vec<u8>>> {
    let mut contents: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for entry in tar::Archive::new(std::fs::File::open(file).expect("a file")).entries().expect("a tar") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").display().to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("a content");
        if let Some(rows) = name.strip_prefix("rows/") {
            let table = rows.split('/').next().expect("a table").to_owned();
            contents.entry(table).or_default().extend(content.split(|byte| *byte == b'\n').map(<[u8]>::to_vec));
        } else if name.starts_with("files/") {
            contents.entry(name).or_default().insert(content);
        }
    }
    contents
}

/// Empty places of every kind there is.
async fn places() -> Vec<House> {
    let mut places = vec![House::sqlite().await];
    places.extend(House::postgres().await);
    places.extend(House::bucket().await);
    places
}

fn reader() -> Standing {
    member(1, &[Identity::Csp], &[Program::CspProgram])
}

wherever_files_lie! {
    async fn a_backup_makes_an_empty_place_of_any_kind_what_it_was(house) {
        let (partner, task) = fill(house).await;
        let taken = take(house).await;
        assert_eq!((taken.manifest.files.count, &taken.manifest.lost), (5, &Vec::new()));
        let before = contents(&place(house));
        for new in places().await {
            let restored = restore(&new, &place(house)).await.expect("restored");
            assert_eq!((restored.chains.findings, restored.files.findings, restored.files.orphans), (Vec::new(), Vec::new(), 0));
            assert_eq!((restored.chains.heads, restored.documents), (audit::ends(&house.store).await.expect("heads"), 4));
            assert_eq!((kept(&new).await, on_the_desk(&new)), (kept(house).await, 0));
            // A backup of what was restored holds the same rows and files.
            take(&new).await;
            assert_eq!(contents(&place(&new)), before);
            // Work goes on: numbers, search, the export's file, the audit chain.
            for keyword in ["灯塔计划", "蓝鲸", "whale", "结算口径"] {
                assert_eq!(new.found(&reader(), keyword).await, house.found(&reader(), keyword).await, "{keyword}");
                assert_eq!(new.found(&reader(), keyword).await.len(), 1, "{keyword}");
            }
            assert!(exports::file(&exporter(&new, &partner), task).await.is_ok());
            let next = new.publish(imported("新文档", "之后")).await;
            assert_eq!(new.found(&reader(), "之后").await, [next]);
            assert!(sessions::sign_in(&new.stranger("10.0.0.1"), "0@lanhai.example", PASSWORD, "a browser").await.is_ok());
            assert_eq!(audit::check(&new.store).await.expect("a check").findings, []);
            new.end().await;
        }
    }
}

on_both! {
    async fn nothing_that_opens_a_door_is_in_a_backup(house) {
        fill(house).await;
        take(house).await;
        let content = std::fs::read(place(house)).expect("a file");
        let is_in = |text: &str| content.windows(text.len()).any(|window| window == text.as_bytes());
        let sent = outbox::demo_messages(&house.store).await.expect("messages").remove(0).message;
        assert!(!is_in(&sent.text) && sent.code.is_some(), "the message with the code");
        for (table, column) in [("sessions", "key_hash"), ("codes", "code_hash"), ("throttles", "key")] {
            for row in house.texts(&[column], &format!("FROM {table}")).await {
                assert!(!is_in(row[0].as_deref().expect("a value")), "{table}");
            }
        }
        assert!(house.number("SELECT COUNT(*) FROM sessions").await > 0 && house.number("SELECT COUNT(*) FROM codes").await > 0);
        assert!(is_in("argon2id$"), "passwords are there as their slow hashes");
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(place(house)).expect("a file").permissions().mode() & 0o077, 0, "nobody else reads it");
    }
}

on_both! {
    async fn a_place_that_is_not_empty_is_refused_and_stays_as_it_is(house) {
        fill(house).await;
        take(house).await;
        let refused = restore(house, &place(house)).await.expect_err("rows");
        assert!(matches!(refused, Trouble::NotEmpty(what) if what.contains("PC_STORAGE_URL") || what.contains("PC_DATABASE_URL")), "{refused}");
        let rows = House::sqlite().await;
        rows.company("qinghe", &[], &[], &[]).await;
        let refused = restore(&rows, &place(house)).await.expect_err("rows");
        assert!(matches!(refused, Trouble::NotEmpty(what) if what.contains("PC_DATABASE_URL")), "{refused}");
        assert_eq!((rows.number("SELECT COUNT(*) FROM tenants").await, kept(&rows).await.len()), (1, 0));
        let files = House::sqlite().await;
        keep(&files, "x", b"somebody's").await;
        let refused = restore(&files, &place(house)).await.expect_err("files");
        assert!(matches!(refused, Trouble::NotEmpty(what) if what.contains("PC_STORAGE_URL")), "{refused}");
        assert_eq!((files.number("SELECT COUNT(*) FROM tenants").await, kept(&files).await.len()), (0, 1));
    }
}

#[tokio::test]
async fn what_a_killed_restore_left_is_no_hindrance() {
    let (house, new) = (House::sqlite().await, House::sqlite().await);
    fill(&house).await;
    take(&house).await;
    keep(&new, "x", "the content of 结算口径".as_bytes()).await;
    assert!(restore(&new, &place(&house)).await.is_ok());
    assert_eq!(kept(&new).await, kept(&house).await);
}

/// Restores to a place that does not exist yet, and looks that it still does not.
async fn refused(folder: &Path, file: &Path) -> Trouble {
    let (database, files) = (folder.join("new.db"), folder.join("new-files"));
    let options = Options {
        database_url: format!("sqlite://{}", database.display()),
        storage_url: format!("file://{}", files.display()),
        key_file: None,
        ids: Ids::default(),
        is_demo: true,
    };
    let refused = backup::restore(options, file).await.expect_err("no backup");
    assert!(!database.exists() && !files.exists(), "something was left behind: {refused}");
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_cut_off_anywhere_is_refused() {
    let house = House::sqlite().await;
    fill(&house).await;
    take(&house).await;
    let (whole, part) = (std::fs::read(place(&house)).expect("a file"), house.folder().join("part.tar"));
    let cuts = (0..whole.len()).step_by(whole.len() / 60).chain([1, 511, 512, 513, whole.len() - 1, whole.len() - 512, whole.len() - 1024]);
    for cut in cuts {
        std::fs::write(&part, &whole[..cut]).expect("a file");
        let refused = refused(house.folder(), &part).await;
        assert!(matches!(refused, Trouble::Unfit(Unfit::Cut | Unfit::Foreign)), "{cut}: {refused}");
        assert!(cut < 1_024 || matches!(refused, Trouble::Unfit(Unfit::Cut)), "{cut}: {refused}");
    }
    std::fs::write(&part, [&whole[..], b"x"].concat()).expect("a file");
    assert!(matches!(refused(house.folder(), &part).await, Trouble::Unfit(Unfit::Altered(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_which_any_byte_is_another_one_is_refused() {
    let house = House::sqlite().await;
    fill(&house).await;
    take(&house).await;
    let (whole, part) = (std::fs::read(place(&house)).expect("a file"), house.folder().join("part.tar"));
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    for _ in 0..200 {
        let (at, mut altered) = (dice.random_range(0..whole.len()), whole.clone());
        altered[at] ^= 1 << dice.random_range(0..8);
        std::fs::write(&part, altered).expect("a file");
        let refused = refused(house.folder(), &part).await;
        assert!(matches!(refused, Trouble::Unfit(_)), "seed {seed}, byte {at}: {refused}");
    }
}

#[tokio::test]
async fn what_is_no_backup_of_ours_is_refused_in_one_sentence() {
    let house = House::sqlite().await;
    let file = house.folder().join("file");
    let mut tar = tar::Builder::new(Vec::new());
    let mut head = tar::Header::new_ustar();
    head.set_size(2);
    head.set_cksum();
    tar.append_data(&mut head, "about.json", &b"{}"[..]).expect("an entry");
    for (content, said) in [
        (b"".to_vec(), "no backup of Partner Center"),
        (b"SQLite format 3\0".repeat(200), "no backup of Partner Center"),
        (vec![0; 2_048], "no backup of Partner Center"),
        (tar.into_inner().expect("a tar"), "no backup of Partner Center"),
    ] {
        std::fs::write(&file, content).expect("a file");
        let refused = refused(house.folder(), &file).await.to_string();
        assert!(refused.contains(said) && refused.lines().count() == 1, "{refused}");
    }
    let missing = refused(house.folder(), &house.folder().join("none")).await;
    assert!(missing.to_string().contains("cannot be read"), "{missing}");
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_left_to_that_one() {
    let house = House::sqlite().await;
    for about in [r#"{"format":"partner-center-backup","format_version":2}"#.to_owned(), {
        r#"{"format":"partner-center-backup","format_version":1,"program":"9","schema":9999,"taken_at":"","tables":{}}"#.to_owned()
    }] {
        let mut tar = tar::Builder::new(Vec::new());
        let mut head = tar::Header::new_ustar();
        head.set_size(u64::try_from(about.len()).expect("a size"));
        head.set_cksum();
        tar.append_data(&mut head, "about.json", about.as_bytes()).expect("an entry");
        std::fs::write(house.folder().join("file"), tar.into_inner().expect("a tar")).expect("a file");
        let refused = refused(house.folder(), &house.folder().join("file")).await;
        assert!(matches!(refused, Trouble::Unfit(Unfit::Newer)), "{refused}");
    }
}

#[tokio::test]
async fn nothing_is_written_over_and_a_backup_that_fails_leaves_nothing() {
    let house = House::sqlite().await;
    std::fs::write(place(&house), "somebody's").expect("a file");
    assert!(matches!(backup::take(&house.store, &place(&house)).await, Err(Trouble::Write(_))));
    assert_eq!(std::fs::read(place(&house)).expect("a file"), b"somebody's");
    house.store.db.close().await;
    let before = std::fs::read_dir(house.folder()).expect("a folder").count();
    assert!(matches!(backup::take(&house.store, &house.folder().join("other")).await, Err(Trouble::Database(_))));
    assert_eq!(std::fs::read_dir(house.folder()).expect("a folder").count(), before);
}

on_both! {
    /// B1: what was acknowledged before the backup began is in it, and its chains are whole, whatever is written meanwhile.
    async fn a_backup_that_is_taken_while_people_work_is_of_one_moment(house) {
        fill(house).await;
        let (acknowledged, stop) = (house.number("SELECT COUNT(*) FROM audit").await, AtomicBool::new(false));
        let work = async |chain: u128| {
            let access: Access<Anyone> = house.stranger("10.0.0.9");
            while !stop.load(Ordering::Relaxed) {
                let event = access.write(None, (Id(chain), Id(1)), |_, (tenant, account)| {
                    Box::pin(async move { Ok(Written::new((), *tenant, Event::SignedIn { account: *account })) })
                });
                event.await.expect("an event");
            }
        };
        let taking = async {
            let mut files = Vec::new();
            for number in 0..5 {
                let file = house.folder().join(format!("{number}.tar"));
                backup::take(&house.store, &file).await.expect("a backup");
                files.push(file);
            }
            stop.store(true, Ordering::Relaxed);
            files
        };
        let (files, (), ()) = tokio::join!(taking, work(71), work(72));
        let mut last = acknowledged;
        for file in files {
            let new = House::sqlite().await;
            let restored = restore(&new, &file).await.expect("restored");
            assert_eq!((restored.chains.findings, restored.files.findings), (Vec::new(), Vec::new()));
            assert!(restored.chains.rows >= last, "{} rows, {last} were there", restored.chains.rows);
            last = restored.chains.rows;
            new.end().await;
        }
    }
}

wherever_files_lie! {
    async fn an_export_that_expires_while_a_backup_is_taken_dangles_nowhere(house) {
        let (partner, task) = fill(house).await;
        // The file is gone, the row has not moved yet.
        house.store.files.forget(&Name::export(task)).await.expect("gone");
        house.execute("UPDATE export_tasks SET expires_at_us = 1").await;
        let taken = take(house).await;
        assert_eq!(taken.manifest.lost, [Lost { name: Name::export(task).as_str().to_owned(), why: Why::Gone }]);
        let new = House::sqlite().await;
        let restored = restore(&new, &place(house)).await.expect("restored");
        assert_eq!((restored.files.findings, restored.chains.findings), (Vec::new(), Vec::new()));
        let page = exports::page(&exporter(&new, &partner), EXPORTS.read("")).await.expect("a page");
        assert_eq!(page.rows.first().map(|row| row.state), Some(State::Expired));
        new.end().await;
    }
}

wherever_files_lie! {
    async fn files_that_the_store_itself_lacks_are_named_and_the_rest_is_kept(house) {
        fill(house).await;
        let files: Vec<Name> = kept(house).await.into_iter().filter(|name| name.sha256().is_some()).collect();
        let [missing, short, ..] = &files[..] else { panic!("two files") };
        house.store.files.forget(missing).await.expect("gone");
        let size = format!("UPDATE library_versions SET size_bytes = size_bytes + 1 WHERE sha256 = '{}'", short.sha256().expect("a name"));
        house.execute(&size).await;
        let taken = take(house).await;
        let lost: BTreeSet<_> = taken.manifest.lost.iter().map(|lost| (lost.name.as_str(), lost.why == Why::Missing)).collect();
        assert_eq!(lost, BTreeSet::from([(missing.as_str(), true), (short.as_str(), false)]));
        let new = House::sqlite().await;
        let restored = restore(&new, &place(house)).await.expect("restored");
        assert_eq!((restored.files.findings.len(), restored.chains.findings), (2, Vec::new()));
        new.end().await;
    }
}

#[tokio::test]
async fn a_file_whose_content_is_not_what_was_kept_is_told_and_not_restored() {
    let house = House::sqlite().await;
    fill(&house).await;
    let spoilt =
        kept(&house).await.into_iter().find(|name| name.sha256().is_some_and(|sha256| !sha256.starts_with("e3b0"))).expect("a file");
    let path = house.folder().join("files").join(spoilt.as_str());
    let mut content = std::fs::read(&path).expect("a file");
    content[0] ^= 1;
    std::fs::write(&path, content).expect("a file");
    let taken = take(&house).await;
    assert_eq!(taken.manifest.lost, [Lost { name: spoilt.as_str().to_owned(), why: Why::AnotherContent }]);
    let new = House::sqlite().await;
    let restored = restore(&new, &place(&house)).await.expect("restored");
    assert_eq!(restored.files.findings.iter().map(|finding| finding.what).collect::<Vec<_>>(), ["its file is missing"]);
    assert!(!kept(&new).await.contains(&spoilt));
}

#[tokio::test]
async fn the_business_clock_goes_on_where_it_was() {
    let (house, new) = (House::sqlite().await, House::sqlite().await);
    let to = Moment(house.store.clock.system().0 + 40 * 86_400_000_000);
    store::demo::set_clock(&house.stranger("x"), to).await.expect("a clock");
    take(&house).await;
    restore(&new, &place(&house)).await.expect("restored");
    assert!(new.store.clock.now().seconds_since(to) < 600 && new.store.clock.now() >= to);
    assert_eq!(check::files(&new.store).await.expect("a check").findings, []);
}
