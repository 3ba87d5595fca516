//! Plain text.

use intake::documents::{Failure, FileFormat, Language, Limits, Mismatch, text_charset};

use crate::make::{file, read, read_within};

#[test]
fn utf_8_with_a_byte_order_mark_and_windows_line_ends_is_tidied() {
    let text = read("\u{feff}伙伴政策\r\n\r\n\r\n第一条\t适用范围\r\n", FileFormat::Txt).unwrap();
    assert_eq!(text.text, "伙伴政策\n\n第一条 适用范围");
    assert_eq!(text.title.as_deref(), Some("伙伴政策"));
    assert_eq!(text.pages, None);
}

#[test]
fn gb18030_is_converted() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("软件包管理 𠮷");
    assert_eq!(read(bytes, FileFormat::Txt).unwrap().text, "软件包管理 𠮷");
}

#[test]
fn the_character_set_is_named_as_a_browser_knows_it() {
    assert_eq!(text_charset(&file("软件包").path), Ok("UTF-8"));
    assert_eq!(text_charset(&file(b"\xc8\xed\xbc\xfe").path), Ok("gb18030"));
    assert_eq!(text_charset(&file("").path), Err(Mismatch::Empty));
}

#[test]
fn the_rest_of_a_long_text_is_left_out() {
    let limits = Limits { text_chars_max: 10, ..Limits::default() };
    let text = read_within("包".repeat(300_000), FileFormat::Txt, &limits).unwrap();
    assert_eq!(text.text.chars().count(), 10);
}

#[test]
fn a_long_first_line_is_no_title() {
    assert_eq!(read("很长".repeat(100), FileFormat::Txt).unwrap().title, None);
}

#[test]
fn the_language_is_a_hint() {
    let zh = read("请在提交申请之前确认公司信息、联系人信息和收款账户信息。", FileFormat::Txt).unwrap();
    assert_eq!(zh.language_hint, Some(Language::Zh));
    let en = read("Please check the name of the company and the account before you submit.", FileFormat::Txt).unwrap();
    assert_eq!(en.language_hint, Some(Language::En));
}

#[test]
fn an_empty_text_and_one_with_nul_bytes_are_refused() {
    assert_eq!(read(b"", FileFormat::Txt), Err(Failure::Empty));
    assert_eq!(read(b"a\0b", FileFormat::Txt), Err(Failure::TypeMismatch));
}

#[test]
fn a_file_larger_than_allowed_is_not_read() {
    let limits = Limits { input_bytes_max: 3, ..Limits::default() };
    assert_eq!(read_within("abcd", FileFormat::Txt, &limits), Err(Failure::TooLarge));
    assert!(read_within("abc", FileFormat::Txt, &limits).is_ok());
}
