//! The end of a server (L5): nobody new, everybody who was let in is answered.

use crate::{
    client::parse,
    world::{EDITOR, PARTNER, World},
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

#[tokio::test]
async fn a_request_under_way_is_finished_and_idle_connections_do_not_hold_up_the_end() {
    let world = World::start().await;
    let editor = world.signed_in(EDITOR).await;
    let cookie = editor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let idle = TcpStream::connect(world.address).await.expect("a connection");
    let mut kept = TcpStream::connect(world.address).await.expect("a connection");
    kept.write_all(format!("GET /favicon.svg HTTP/1.1\r\nHost: {}\r\n\r\n", world.address).as_bytes()).await.expect("written");
    let mut piece = [0; 4096];
    assert!(kept.read(&mut piece).await.expect("bytes") > 0);
    let mut slow = TcpStream::connect(world.address).await.expect("a connection");
    let body = "lang=en&from=/account";
    let head = format!(
        "POST /fn/lang HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        world.address,
        body.len()
    );
    slow.write_all(head.as_bytes()).await.expect("written");
    slow.write_all(&body.as_bytes()[..5]).await.expect("written");
    // The head has arrived when the server has answered somebody who came later.
    world.stranger().get("/favicon.svg").await;
    world.stop.send_replace(true);
    while TcpStream::connect(world.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    slow.write_all(&body.as_bytes()[5..]).await.expect("written");
    let mut read = Vec::new();
    timeout(Duration::from_secs(15), slow.read_to_end(&mut read)).await.expect("an end").expect("an answer");
    let (reply, _) = parse(&read).expect("an answer");
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
    let drained = timeout(Duration::from_secs(15), world.running).await.expect("an end").expect("no panic");
    assert!(drained);
    drop(idle);
}

#[tokio::test]
async fn whoever_is_in_the_queue_when_the_server_stops_is_answered() {
    let world = World::start().await;
    let mut client = world.signed_in(PARTNER).await;
    assert_eq!(client.get("/fn/library/newest").await.status, 200);
    let request = format!("GET /favicon.svg HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", world.address);
    let mut waiting = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(world.address).await.expect("a connection");
        stream.write_all(request.as_bytes()).await.expect("written");
        waiting.push(stream);
    }
    world.stop.send_replace(true);
    for mut stream in waiting {
        let mut read = Vec::new();
        timeout(Duration::from_secs(15), stream.read_to_end(&mut read)).await.expect("an end").expect("no reset");
        assert_eq!(parse(&read).expect("an answer").0.status, 200);
    }
    assert!(timeout(Duration::from_secs(15), world.running).await.expect("an end").expect("no panic"));
}
