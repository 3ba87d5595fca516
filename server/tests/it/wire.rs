//! Below the requests: heads, hosts, lengths, slow and silent clients.

use crate::{
    client::{Client, parse},
    world::{LARGE_BYTES, PATIENCE, Wishes, World},
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

async fn status(world: &World, request: &str) -> u16 {
    let read = world.stranger().raw(request.as_bytes()).await;
    parse(&read).map_or(0, |(reply, _)| reply.status)
}

/// A connection that is closed within the patience of the test.
async fn closes(stream: &mut TcpStream) -> bool {
    let mut piece = [0; 4096];
    timeout(Duration::from_secs(15), async { while matches!(stream.read(&mut piece).await, Ok(1..)) {} }).await.is_ok()
}

#[tokio::test]
async fn t9_a_head_that_does_not_end_is_closed_and_so_is_silence() {
    let world = World::with(Wishes { patience: Some(PATIENCE), ..Wishes::default() }).await;
    for half in ["", "G", "P", "PRI", "GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut stream = TcpStream::connect(world.address).await.expect("a connection");
        stream.write_all(half.as_bytes()).await.expect("written");
        assert!(closes(&mut stream).await, "{half:?}");
    }
}

#[tokio::test]
async fn t9_a_head_that_dribbles_is_closed_although_bytes_keep_coming() {
    let world = World::with(Wishes { patience: Some(PATIENCE), ..Wishes::default() }).await;
    let (mut read, mut write) = TcpStream::connect(world.address).await.expect("a connection").into_split();
    let dribble = tokio::spawn(async move {
        write.write_all(b"GET / HTTP/1.1\r\nX-Slow: ").await.ok();
        while write.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut piece = [0; 4096];
    timeout(Duration::from_secs(15), async { while matches!(read.read(&mut piece).await, Ok(1..)) {} }).await.expect("an end");
    drop(read);
    timeout(Duration::from_secs(15), dribble).await.expect("an end").expect("no panic");
}

#[tokio::test]
async fn t9_the_second_head_of_a_connection_has_no_more_time_than_the_first() {
    let world = World::with(Wishes { patience: Some(PATIENCE), ..Wishes::default() }).await;
    let mut stream = TcpStream::connect(world.address).await.expect("a connection");
    let whole = format!("GET /favicon.svg HTTP/1.1\r\nHost: {}\r\n\r\nGET /favicon.svg HTT", world.address);
    stream.write_all(whole.as_bytes()).await.expect("written");
    assert!(closes(&mut stream).await);
}

#[tokio::test]
async fn an_idle_connection_is_kept_for_a_while_and_used_again() {
    let world = World::start().await;
    let mut stream = TcpStream::connect(world.address).await.expect("a connection");
    let request = format!("GET /favicon.svg HTTP/1.1\r\nHost: {}\r\n\r\n", world.address);
    for _ in 0..3 {
        stream.write_all(request.as_bytes()).await.expect("written");
        let mut read = Vec::new();
        while parse(&read).is_none_or(|(_, length)| read.len() < length) {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).await.expect("bytes");
            assert!(count > 0, "the connection was closed");
            read.extend_from_slice(&piece[..count]);
        }
        assert_eq!(parse(&read).expect("an answer").0.status, 200);
    }
}

#[tokio::test]
async fn a_reader_who_takes_nothing_is_let_go() {
    let world = World::with(Wishes { patience: Some(PATIENCE), large_file: true, ..Wishes::default() }).await;
    let mut stream = TcpStream::connect(world.address).await.expect("a connection");
    let request = format!("GET /pkg/large.1.js HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", world.address);
    stream.write_all(request.as_bytes()).await.expect("written");
    stream.read_exact(&mut [0; 16]).await.expect("the beginning of an answer");
    // The operator's figures tell when the server has let go; reading would start the answer again.
    let mut ops = Client::new(world.ops);
    let until_gone = async {
        while !ops.get("/metrics").await.text().contains("\npc_connections 0\n") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(30), until_gone).await.expect("an end");
    let mut read = Vec::new();
    let whole = stream.read_to_end(&mut read).await;
    assert!(whole.is_err() || read.len() < LARGE_BYTES);
}

#[tokio::test]
async fn w7_a_body_that_dribbles_is_given_up() {
    let world = World::with(Wishes { body_time: Some(Duration::from_millis(300)), ..Wishes::default() }).await;
    let mut editor = world.signed_in(crate::world::EDITOR).await;
    editor.cookies.truncate(1);
    let cookie = editor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<String>();
    for (path, kind, start) in [
        ("/fn/lang", "application/x-www-form-urlencoded", "lang="),
        (
            "/fn/library/upload",
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n",
        ),
    ] {
        let mut stream = TcpStream::connect(world.address).await.expect("a connection");
        let host = world.address;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\nContent-Length: 1000\r\n\r\n{start}"
        );
        stream.write_all(head.as_bytes()).await.expect("written");
        let mut piece = [0; 4096];
        let count = timeout(Duration::from_secs(15), stream.read(&mut piece)).await.expect("an answer").expect("bytes");
        let (reply, _) = parse(&piece[..count]).expect("an answer");
        assert!((400..=422).contains(&reply.status), "{path} {}", reply.status);
    }
    assert_eq!(world.files().iter().filter(|path| path.display().to_string().contains("arriving")).count(), 0);
}

#[tokio::test]
async fn t10_heads_and_addresses_have_a_longest() {
    let world = World::start().await;
    let host = world.address;
    let long = "x".repeat(500_000);
    assert_eq!(status(&world, &format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: {long}\r\n\r\n")).await, 431);
    let many = "X-Many: 1\r\n".repeat(150);
    assert_eq!(status(&world, &format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n")).await, 431);
    let path = "x".repeat(8 * 1024 - 1);
    let asked = |path: &str| format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&world, &asked(&path)).await, 303);
    assert_eq!(status(&world, &asked(&format!("{path}x"))).await, 414);
    assert!([414, 431].contains(&status(&world, &asked(&"x".repeat(70_000))).await), "longer than a head may be");
}

#[tokio::test]
async fn t10_a_request_names_exactly_one_host_and_it_is_ours() {
    let world = World::start().await;
    let (host, port) = (world.address, world.address.port());
    let with = |hosts: &str| format!("GET /sign-in HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
    for (hosts, wanted) in [
        (format!("Host: {host}\r\n"), 200),
        (format!("Host: localhost:{port}\r\n"), 200),
        (format!("Host: LOCALHOST:{port}\r\n"), 200),
        (format!("Host: [::1]:{port}\r\n"), 200),
        (String::new(), 400),
        ("Host: \r\n".to_owned(), 400),
        (format!("Host: {host}\r\nHost: {host}\r\n"), 400),
        (format!("Host: {host}\r\nHost: evil.example\r\n"), 400),
        (format!("Host: user@{host}\r\n"), 400),
        (format!("Host: {host}/x\r\n"), 400),
        (format!("Host: {host} evil.example\r\n"), 400),
        ("Host: evil.example\r\n".to_owned(), 421),
        ("Host: localhost\r\n".to_owned(), 421),
        ("Host: 127.0.0.1:1\r\n".to_owned(), 421),
        (format!("Host: localhost.:{port}\r\n"), 421),
        (format!("Host: evil.example\r\nX-Forwarded-Host: {host}\r\n"), 421),
    ] {
        assert_eq!(status(&world, &with(&hosts)).await, wanted, "{hosts:?}");
    }
    let absolute = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&world, &absolute(&format!("http://{host}/sign-in"))).await, 200);
    assert_eq!(status(&world, &absolute("http://evil.example/sign-in")).await, 400);
    assert_eq!(status(&world, "GET /sign-in HTTP/1.0\r\n\r\n").await, 400);
}

#[tokio::test]
async fn t10_lines_end_in_carriage_return_and_line_feed() {
    let world = World::start().await;
    let host = world.address;
    for bare in [
        format!("GET /sign-in HTTP/1.1\nHost: {host}\n\n"),
        format!("GET /sign-in HTTP/1.1\r\nHost: {host}\nX-Hidden: 1\r\n\r\n"),
        format!("\nGET /sign-in HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET /sign-in HTTP/1.1\r\nHost: {host}\r\n\n"),
    ] {
        assert_eq!(status(&world, &bare).await, 400, "{bare:?}");
    }
}

#[tokio::test]
async fn two_lengths_of_one_body_are_refused() {
    let world = World::start().await;
    let host = world.address;
    let post = |more: &str| format!("POST /fn/sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n0\r\n\r\n");
    assert_eq!(status(&world, &post("Content-Length: 5\r\nContent-Length: 6\r\n")).await, 400);
    assert_eq!(status(&world, &post("Transfer-Encoding: gzip\r\n")).await, 400);
    // Both at once: the chunks count and nothing is left over for another reading.
    let both = world.stranger().raw(post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n").as_bytes()).await;
    let (reply, used) = parse(&both).expect("an answer");
    assert_eq!((reply.status, used), (415, both.len()));
}

#[tokio::test]
async fn methods_that_nothing_answers_are_named_as_such() {
    let world = World::start().await;
    let mut client = world.stranger();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"] {
        let reply = client.send(method, "/sign-in", &[], b"").await;
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(reply.header("allow"), Some("GET, HEAD, POST"), "{method}");
    }
    let host = world.address;
    assert!([400, 405].contains(&status(&world, &format!("CONNECT x:1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).await));
    let reply = client.send("POST", "/sign-in", &[], b"").await;
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")));
}

#[tokio::test]
async fn http2_is_answered_with_the_same_rules() {
    let world = World::start().await;
    let stream = TcpStream::connect(world.address).await.expect("a connection");
    let io = hyper_util::rt::TokioIo::new(stream);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) = hyper::client::conn::http2::handshake(executor, io).await.expect("a handshake");
    tokio::spawn(connection);
    let mut asked = async |uri: String| {
        let request = http::Request::get(uri).body(http_body_util::Empty::<bytes::Bytes>::new()).expect("a request");
        sender.send_request(request).await.expect("an answer").status().as_u16()
    };
    assert_eq!(asked(format!("http://{}/sign-in", world.address)).await, 200);
    assert_eq!(asked("http://evil.example/sign-in".to_owned()).await, 421);
    assert_eq!(asked(format!("http://user@{}/sign-in", world.address)).await, 400);
}

#[tokio::test]
async fn the_client_named_by_a_stranger_is_not_believed() {
    // Wrong passwords are counted per address: whoever could choose it could guess for ever.
    let world = World::start().await;
    let mut last = 0;
    for n in 0..6 {
        let mut client = Client::new(world.address);
        let forwarded = format!("203.0.113.{n}");
        let headers = [("Content-Type", crate::client::URLENCODED), ("X-Forwarded-For", forwarded.as_str())];
        last = client.send("POST", "/fn/sign-in", &headers, b"email=admin@lanhai.example&password=wrong&next=/").await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn the_client_named_by_a_trusted_proxy_is_believed() {
    let variables = [("PC_TRUSTED_PROXIES", "127.0.0.1".to_owned())].into();
    let world = World::with(Wishes { variables, ..Wishes::default() }).await;
    for n in 0..6 {
        let mut client = Client::new(world.address);
        let forwarded = format!("198.51.100.1, 203.0.113.{n}");
        let headers = [("Content-Type", crate::client::URLENCODED), ("X-Forwarded-For", forwarded.as_str())];
        let reply = client.send("POST", "/fn/sign-in", &headers, b"email=admin@lanhai.example&password=wrong&next=/").await;
        assert_eq!(reply.status, 401);
    }
}
