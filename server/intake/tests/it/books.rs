//! Electronic books.

use intake::documents::{Failure, FileFormat};

use crate::make::{epub, read};

#[test]
fn chapters_are_read_in_order_without_their_markup() {
    let first = "<!DOCTYPE html><html><head><title>no</title><style>p{}</style></head>\
        <body><h1>第一章</h1><p>软件<b>包</b>&nbsp;管理</p><script>no()</script></body></html>";
    let second = "<html><body><ul><li>one</li><li>two &amp; three</li></ul></body></html>";
    let read = read(epub("参考手册", &[first, second], &[]), FileFormat::Epub).unwrap();
    assert_eq!(read.text, "第一章\n\n软件包 管理\n\none\ntwo & three");
    assert_eq!(read.title.as_deref(), Some("参考手册"));
}

#[test]
fn without_a_title_the_first_heading_stands_for_it() {
    let chapter = "<html><body><h1>伙伴 <i>手册</i></h1><h2>前言</h2></body></html>";
    assert_eq!(read(epub(" ", &[chapter], &[]), FileFormat::Epub).unwrap().title.as_deref(), Some("伙伴 手册"));
}

#[test]
fn markup_that_browsers_forgive_does_not_hide_the_text() {
    let chapter = "<html><head><meta charset='utf-8'></head><body><p>one<br>two<p>three & four</body></html>";
    assert_eq!(read(epub("x", &[chapter], &[]), FileFormat::Epub).unwrap().text, "one\ntwo\n\nthree & four");
}

#[test]
fn a_book_that_is_sold_with_a_lock_says_so() {
    let locked = br#"<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>"#;
    let bytes = epub("x", &["<html/>"], &[("META-INF/encryption.xml", locked)]);
    assert_eq!(read(bytes, FileFormat::Epub), Err(Failure::Encrypted));
    let fonts = br#"<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>"#;
    let bytes = epub("x", &["<html/>"], &[("META-INF/encryption.xml", fonts)]);
    assert!(read(bytes, FileFormat::Epub).is_ok());
}

#[test]
fn entities_that_multiply_are_nothing() {
    let bomb = r#"<!DOCTYPE html [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><html><body>&b;end</body></html>"#;
    assert_eq!(read(epub("x", &[bomb], &[]), FileFormat::Epub).unwrap().text, "end");
}
