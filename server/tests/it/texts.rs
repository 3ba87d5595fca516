//! The text inside uploaded files is found without anybody waiting for it, and one bad file does not stop the others.

use crate::{
    client::{JSON, Part},
    world::{EDITOR, World},
};
use partner_center::texts;
use std::{path::PathBuf, time::Duration};
use tokio::sync::watch;

/// Searched for, and in no title.
const WORD: &str = "紫云英轮作";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_words_of_an_uploaded_text_are_found_behind_one_that_cannot_be_read() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let broken = b"%PDF-1.7 and nothing of one".as_slice();
    let text = format!("第一章\n{WORD}与休耕补贴\n");
    for (title, name, bytes) in [("坏文件", "bad.pdf", broken), ("好文件", "good.txt", text.as_bytes())] {
        let parts = [Part::Text("title", title), Part::Text("category", "policy"), Part::Text("language", "zh"), Part::File(name, bytes)];
        let reply = editor.upload("/fn/library/upload", JSON, &parts).await;
        assert_eq!(reply.status, 200, "{title} {}", reply.text());
    }
    let (stop, stopped) = watch::channel(false);
    let exe = PathBuf::from(env!("CARGO_BIN_EXE_partner-center"));
    let reading = tokio::spawn(texts::run(world.store.clone(), exe, stopped));
    let until_none_waits = async {
        while store::library::next_waiting(&world.store).await.expect("the database").is_some() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), until_none_waits).await.expect("an end");
    let found = editor.get(&format!("/fn/library/editor-list?query=q%3D{}", crate::forms::encoded(WORD))).await.text();
    assert!(found.contains("好文件") && !found.contains("坏文件"), "{found}");
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(15), reading).await.expect("an end").expect("no panic");
}
