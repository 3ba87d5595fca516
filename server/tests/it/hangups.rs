//! Clients that hang up in the middle (T20): the very next one is served, and nothing is half done.

use crate::world::{EDITOR, World};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

/// Sends a request and hangs up without reading the answer.
async fn hang_up(address: std::net::SocketAddr, request: String, after: usize) {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let bytes = request.as_bytes();
    let _ = stream.write_all(&bytes[..after.min(bytes.len())]).await;
    if after.is_multiple_of(3) {
        // Gives the handler time to be somewhere in the middle.
        tokio::task::yield_now().await;
    }
    // A reset instead of a farewell, as when a machine goes away.
    stream.set_zero_linger().ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn t20_after_storms_of_hang_ups_the_next_write_succeeds() {
    let world = World::start().await;
    let mut editor = world.signed_in(EDITOR).await;
    let cookie = editor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let id = demo::known::policy();
    let (mut state, mut version) = (true, 0);
    for storm in [16, 200] {
        let body = format!("document={id}&version={version}&step=withdraw");
        let request = format!(
            "POST /fn/library/move HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            world.address,
            body.len()
        );
        let clients: Vec<_> = (0..storm).map(|n| tokio::spawn(hang_up(world.address, request.clone(), request.len() - n % 5))).collect();
        for client in clients {
            client.await.expect("no panic");
        }
        let page = editor.open(&format!("/console/library/{id}/edit")).await.text();
        let at = page.find("name=\"version\" value=\"").expect("a version") + "name=\"version\" value=\"".len();
        version = page[at..].chars().take_while(char::is_ascii_digit).collect::<String>().parse::<i64>().expect("a number");
        let step = if state { "withdraw" } else { "publish" };
        let done = editor.call("/fn/library/move", &format!("document={id}&version={version}&step={step}")).await;
        assert_eq!(done.status, 200, "{}", done.text());
        state = !state;
        version += 1;
    }
    assert_eq!(editor.get("/fn/library/may-edit").await.status, 200);
}
