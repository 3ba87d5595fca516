//! Files arrive wholly or not at all, lie under their content's name, and are missed when they are gone.

use crate::{
    house::{House, on_both},
    library::{about, imported},
};
use std::path::Path;
use store::library::{self, Imported, NewDocument, NewFile};

/// Takes in a file in two pieces.
async fn keep(house: &House, name: &str, content: &str) -> NewFile {
    let (first, second) = content.split_at(content.len() / 2);
    let mut arriving = house.store.files.arriving(name).await.expect("a place");
    arriving.push(first.as_bytes()).await.expect("room");
    arriving.push(second.as_bytes()).await.expect("room");
    let arrived = arriving.finish().await.expect("the end");
    let (sha256, size_bytes) = (arrived.sha256.clone(), arrived.size_bytes);
    house.store.files.keep(arrived).await.expect("a name");
    NewFile { sha256, size_bytes, ..crate::library::file(name) }
}

fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}

on_both! {
    async fn a_file_is_named_by_its_content(house) {
        let kept = keep(house, "a", "hello").await;
        assert_eq!((kept.sha256.as_str(), kept.size_bytes), ("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5));
        assert_eq!(std::fs::read(house.store.files.path(&kept.sha256)).expect("the file"), b"hello");
        let again = keep(house, "b", "hello").await;
        assert_eq!(again.sha256, kept.sha256);
        assert_eq!(files_below(&house.folder().join("files")), 1, "equal files are one");
    }
}

on_both! {
    async fn a_file_that_is_cut_off_leaves_nothing(house) {
        let mut arriving = house.store.files.arriving("a").await.expect("a place");
        arriving.push(b"half").await.expect("room");
        assert_eq!(files_below(&house.folder().join("files")), 1);
        drop(arriving);
        let mut arriving = house.store.files.arriving("b").await.expect("a place");
        arriving.push(b"whole, but nobody wants it").await.expect("room");
        drop(arriving.finish().await.expect("the end"));
        assert_eq!(files_below(&house.folder().join("files")), 0);
    }
}

on_both! {
    async fn a_name_from_outside_leads_nowhere_else(house) {
        let place = house.store.files.path("../../etc/passwd");
        assert!(place.starts_with(house.folder().join("files")), "{place:?}");
        assert!(!place.to_string_lossy().contains(".."), "{place:?}");
    }
}

on_both! {
    async fn a_check_finds_files_that_are_missing_or_of_another_size(house) {
        let files = [keep(house, "a", "one").await, keep(house, "b", "two").await, keep(house, "c", "three").await];
        for (title, file) in ["一", "二", "三"].into_iter().zip(&files) {
            house.publish(Imported { file: file.clone(), ..imported(title, "") }).await;
        }
        let link = NewFile { link: Some("https://x.example".to_owned()), sha256: "00".to_owned(), ..files[0].clone() };
        library::create(&house.editor(), None, NewDocument { about: about("链接"), file: link }).await.expect("a link");
        let checked = library::check_files(&house.store).await.expect("a check");
        assert_eq!((checked.versions, checked.findings), (3, Vec::new()));
        std::fs::remove_file(house.store.files.path(&files[0].sha256)).expect("gone");
        std::fs::write(house.store.files.path(&files[1].sha256), "longer").expect("changed");
        let checked = library::check_files(&house.store).await.expect("a check");
        let mut what: Vec<_> = checked.findings.iter().map(|finding| finding.what).collect();
        what.sort_unstable();
        assert_eq!(what, ["its file has another size", "its file is missing"]);
    }
}

on_both! {
    async fn files_of_the_demo_world_are_thrown_away_and_others_are_not(house) {
        house.store.files.begin_demo().expect("begun");
        let (first, _) = house.store.files.take_demo_file(b"demo").expect("taken");
        assert!(house.store.files.path(&first).exists());
        house.store.files.begin_demo().expect("begun again");
        assert!(!house.store.files.path(&first).exists());
        std::fs::remove_file(house.folder().join("files/demo-world")).expect("no mark");
        let real = keep(house, "a", "real").await;
        house.store.files.begin_demo().expect("begun once more");
        assert!(house.store.files.path(&real.sha256).exists());
    }
}
