//! Files arrive wholly or not at all, lie under their content's name, and are missed when they are gone: in a folder as in a bucket.

use crate::{
    house::{House, in_bucket, wherever_files_lie},
    library::{about, imported},
};
use domain::Id;
use futures::{StreamExt as _, TryStreamExt as _};
use std::{
    io::ErrorKind,
    path::Path,
    time::{Duration, SystemTime},
};
use store::{
    check,
    files::{Files, Name},
    library::{self, Imported, NewDocument, NewFile},
};

/// Takes in a file in two pieces.
pub async fn keep(house: &House, name: &str, content: &[u8]) -> NewFile {
    let (first, second) = content.split_at(content.len() / 2);
    let mut arriving = house.store.files.arriving(name).await.expect("a place");
    arriving.push(first).await.expect("room");
    arriving.push(second).await.expect("room");
    let arrived = arriving.finish().await.expect("the end");
    let (sha256, size_bytes) = (arrived.sha256.clone(), arrived.size_bytes);
    house.store.files.keep(arrived).await.expect("a name");
    NewFile { sha256, size_bytes, ..crate::library::file(name) }
}

/// Files on their way in, and copies.
pub fn on_the_desk(house: &House) -> usize {
    let place = house.store.files.scratch("x");
    let entries = std::fs::read_dir(place.parent().expect("a desk")).expect("a desk").flatten();
    entries.filter(|entry| entry.file_name() != "lock").count()
}

pub async fn kept(house: &House) -> Vec<Name> {
    let mut names: Vec<_> = house.store.files.all().map_ok(|file| file.name).try_collect().await.expect("names");
    names.sort();
    names
}

async fn read(house: &House, file: &NewFile, first: u64, length: u64) -> Vec<u8> {
    let size = u64::try_from(file.size_bytes).expect("a size");
    let pieces = house.store.files.read(&Name::content(&file.sha256), size, first, length).await.expect("a file");
    pieces.try_collect::<Vec<_>>().await.expect("pieces").concat()
}

/// More than one part of an upload, and no two parts alike.
fn large() -> Vec<u8> {
    (0..17 * 1024 * 1024_u32).flat_map(|number| u8::try_from(number.wrapping_mul(2_654_435_761) >> 24)).collect()
}

wherever_files_lie! {
    async fn a_file_is_named_by_its_content(house) {
        let first = keep(house, "a", b"hello").await;
        assert_eq!((first.sha256.as_str(), first.size_bytes), ("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5));
        assert_eq!(read(house, &first, 0, 5).await, b"hello");
        let again = keep(house, "b", b"hello").await;
        assert_eq!(again.sha256, first.sha256);
        assert_eq!(kept(house).await, [Name::content(&first.sha256)], "equal files are one");
        assert_eq!(on_the_desk(house), 0);
    }
}

wherever_files_lie! {
    async fn a_file_that_is_cut_off_leaves_nothing(house) {
        let mut arriving = house.store.files.arriving("a").await.expect("a place");
        arriving.push(b"half").await.expect("room");
        assert_eq!(on_the_desk(house), 1);
        drop(arriving);
        let mut arriving = house.store.files.arriving("b").await.expect("a place");
        arriving.push(b"whole, but nobody wants it").await.expect("room");
        drop(arriving.finish().await.expect("the end"));
        assert_eq!((on_the_desk(house), kept(house).await), (0, Vec::new()));
    }
}

wherever_files_lie! {
    async fn any_part_of_a_file_is_read_and_a_large_one_in_pieces(house) {
        let content = large();
        let file = keep(house, "a", &content).await;
        let size = content.len() as u64;
        assert_eq!(read(house, &file, 0, size).await, content);
        for (first, length) in [(0, 1), (8_388_607, 2), (size - 1, 1), (5, 0)] {
            let (from, to) = (usize::try_from(first).expect("a place"), usize::try_from(first + length).expect("a place"));
            assert_eq!(read(house, &file, first, length).await, content[from..to], "{first} {length}");
        }
        let mut pieces = house.store.files.read(&Name::content(&file.sha256), size, 0, size).await.expect("a file");
        let longest = pieces.next().await.expect("a piece").expect("a piece").len();
        assert!(longest < 4 * 1024 * 1024, "{longest} bytes at once");
    }
}

wherever_files_lie! {
    async fn a_file_of_another_size_and_one_that_is_gone_are_told_apart(house) {
        let file = keep(house, "a", b"hello").await;
        let name = Name::content(&file.sha256);
        for (size, first, length) in [(6, 0, 6), (4, 0, 4), (9, 8, 1), (9, 0, 0)] {
            let failed = house.store.files.read(&name, size, first, length).await.err().expect("another size");
            assert_eq!(failed.kind(), ErrorKind::InvalidData, "{size}: {failed}");
        }
        assert_eq!(house.store.files.size(&name).await.expect("an answer"), Some(5));
        house.store.files.forget(&name).await.expect("gone");
        house.store.files.forget(&name).await.expect("gone already");
        assert_eq!(house.store.files.size(&name).await.expect("an answer"), None);
        assert_eq!(house.store.files.read(&name, 5, 0, 5).await.err().expect("gone").kind(), ErrorKind::NotFound);
        assert_eq!(house.store.files.local(&name, "copy").await.expect_err("gone").kind(), ErrorKind::NotFound);
        assert_eq!(on_the_desk(house), 0);
    }
}

wherever_files_lie! {
    async fn a_program_that_reads_files_only_gets_one(house) {
        let file = keep(house, "a", b"hello").await;
        let local = house.store.files.local(&Name::content(&file.sha256), "copy").await.expect("a file");
        assert_eq!(std::fs::read(&*local).expect("a file"), b"hello");
        drop(local);
        assert_eq!((on_the_desk(house), read(house, &file, 0, 5).await), (0, b"hello".to_vec()));
    }
}

wherever_files_lie! {
    async fn the_file_of_an_export_lies_under_its_task(house) {
        let made = house.store.files.scratch("made");
        std::fs::write(&made, "rows").expect("a file");
        let (sha256, size_bytes) = house.store.files.keep_export(&made, Id(7)).await.expect("kept");
        assert_eq!((sha256.as_str(), size_bytes), ("bc51e9e65d79e1c90ba544ab2eae1044ccdf8c1af7a559ba375cba4276f7d99e", 4));
        assert_eq!((on_the_desk(house), kept(house).await), (0, vec![Name::export(Id(7))]));
    }
}

wherever_files_lie! {
    async fn a_check_finds_files_that_are_missing_or_of_another_size(house) {
        let files = [keep(house, "a", b"one").await, keep(house, "b", b"two").await, keep(house, "c", b"three").await];
        for (title, file) in ["一", "二", "三"].into_iter().zip(&files) {
            house.publish(Imported { file: file.clone(), ..imported(title, "") }).await;
        }
        let link = NewFile { link: Some("https://x.example".to_owned()), sha256: "00".to_owned(), ..files[0].clone() };
        library::create(&house.editor(), None, NewDocument { about: about("链接"), file: link }).await.expect("a link");
        let checked = check::files(&house.store).await.expect("a check");
        assert_eq!((checked.versions, checked.findings, checked.orphans), (3, Vec::new(), 0));
        house.store.files.forget(&Name::content(&files[0].sha256)).await.expect("gone");
        house.execute(&format!("UPDATE library_versions SET size_bytes = 6 WHERE sha256 = '{}'", files[1].sha256)).await;
        let checked = check::files(&house.store).await.expect("a check");
        let mut what: Vec<_> = checked.findings.iter().map(|finding| finding.what).collect();
        what.sort_unstable();
        assert_eq!(what, ["its file has another size", "its file is missing"]);
    }
}

wherever_files_lie! {
    async fn files_of_the_demo_world_are_thrown_away_and_others_are_not(house) {
        house.store.files.begin_demo().await.expect("begun");
        let files = house.store.files.clone();
        let taken = tokio::task::spawn_blocking(move || files.take_demo_file(b"demo")).await.expect("no panic");
        let first = Name::content(&taken.expect("taken").0);
        assert_eq!(kept(house).await, [first]);
        house.store.files.begin_demo().await.expect("begun again");
        assert_eq!(kept(house).await, []);
        let real = Files::open(&format!("{}/real", house.storage)).await.expect("a place without a mark");
        let mut arriving = real.arriving("a").await.expect("a place");
        arriving.push(b"real").await.expect("room");
        real.keep(arriving.finish().await.expect("the end")).await.expect("a name");
        real.begin_demo().await.expect("begun once more");
        assert_eq!(real.all().count().await, 1);
    }
}

#[tokio::test]
async fn an_old_file_that_no_row_names_is_told_and_a_young_one_is_not() {
    let house = House::sqlite().await;
    let (old, _young) = (keep(&house, "a", b"old").await, keep(&house, "b", b"young").await);
    let path = house.folder().join("files").join(Name::content(&old.sha256).as_str());
    let file = std::fs::File::options().write(true).open(path).expect("a file");
    file.set_modified(SystemTime::now() - Duration::from_secs(7_200)).expect("a time");
    let checked = check::files(&house.store).await.expect("a check");
    assert_eq!((checked.findings, checked.orphans, checked.orphan_bytes), (Vec::new(), 1, 3));
    house.publish(Imported { file: old, ..imported("一", "") }).await;
    assert_eq!(check::files(&house.store).await.expect("a check").orphans, 0);
    house.end().await;
}

#[tokio::test]
async fn a_wrong_place_is_told_in_one_sentence() {
    for url in ["ftp://x", "file://", "s3://", "s3://A_B", "s3://ab", "/data", "s3:/x"] {
        let said = Files::open(url).await.expect_err(url);
        assert!(said.starts_with(&format!("PC_STORAGE_URL is {url:?}")) && said.contains("file://FOLDER"), "{said}");
    }
    if let Some(url) = in_bucket() {
        let url = url.replace("partner-center-tests", "no-such-bucket");
        let said = Files::open(&url).await.expect_err("no bucket");
        assert!(said.contains("the bucket does not answer") && said.contains("s3://BUCKET"), "{said}");
    }
}

#[tokio::test]
async fn what_a_dead_process_left_on_its_desk_goes() {
    let Some(url) = in_bucket() else { return };
    let own = tempfile::Builder::new().prefix("partner-center-desk.").tempdir().expect("a folder");
    std::fs::write(own.path().join("lock"), "").expect("a file");
    std::fs::write(own.path().join("half"), "half").expect("a file");
    let (first, second) = (Files::open(&url).await.expect("files"), Files::open(&url).await.expect("files"));
    assert!(!own.path().exists());
    let desk = first.scratch("x").parent().map(Path::to_owned).expect("a desk");
    assert!(desk.exists(), "a living one keeps its desk");
    drop((first, second));
    assert!(!desk.exists());
}
