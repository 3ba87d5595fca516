//! File names from outside.

use intake::documents::{FILE_NAME_CHARS_MAX, FileFormat, clean_file_name};
use proptest::prelude::*;

#[test]
fn names_become_harmless() {
    for (given, clean) in [
        ("2026 年伙伴政策（修订）.pdf", "2026 年伙伴政策（修订）.pdf"),
        ("C:\\fakepath\\report.docx", "report.docx"),
        ("../../etc/passwd", "passwd"),
        ("a/b/", "b"),
        ("..\\..\\.htaccess", "htaccess"),
        ("price<list>:\"v1\"|?*.xlsx", "price_list___v1____.xlsx"),
        ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
        ("zero\u{200b}width\u{feff}.txt", "zerowidth.txt"),
        ("head\r\nSet-Cookie: a=b.txt", "head  Set-Cookie_ a=b.txt"),
        ("nul\0byte.pdf", "nulbyte.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("console.pdf", "console.pdf"),
        ("trailing. . .", "trailing"),
        ("name .pdf", "name.pdf"),
        ("name....pdf", "name.pdf"),
        ("   .hidden", "hidden"),
        ("", "file"),
        ("...", "file"),
        ("/", "file"),
        ("\u{200f}\u{7}", "file"),
        ("full\u{3000}width.zip", "full width.zip"),
    ] {
        assert_eq!(clean_file_name(given), clean, "{given:?}");
    }
}

#[test]
fn a_long_name_is_cut_but_keeps_its_extension() {
    let clean = clean_file_name(&format!("{}.pdf", "长".repeat(400)));
    assert_eq!(clean.chars().count(), FILE_NAME_CHARS_MAX);
    assert!(clean.ends_with("长.pdf"));
    let clean = clean_file_name(&"x.".repeat(400));
    assert!(clean.chars().count() <= FILE_NAME_CHARS_MAX);
}

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![".", "..", "/", "\\", " ", "\u{202e}", "\u{0}", "con", "nul", ".pdf", "政策", "\u{3000}", "\u{ad}", "a"])
            .prop_map(str::to_owned),
        "[a-z.]{100,300}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_name_becomes_clean_and_a_clean_name_stays(name in nasty()) {
        let clean = clean_file_name(&name);
        prop_assert!(!clean.is_empty());
        prop_assert!(clean.chars().count() <= FILE_NAME_CHARS_MAX);
        prop_assert!(!clean.starts_with(['.', ' ']) && !clean.ends_with(['.', ' ']), "{clean:?}");
        let reserved = |character: char| character.is_control() || "/\\<>:\"|?*\u{202e}\u{ad}".contains(character);
        prop_assert!(!clean.contains(reserved), "{clean:?}");
        prop_assert_eq!(clean_file_name(&clean), clean);
    }

    #[test]
    fn an_ordinary_extension_survives(stem in "[a-z\u{4e00}-\u{9fff}]{1,300}") {
        for format in FileFormat::ALL {
            let clean = clean_file_name(&format!("{stem}.{}", format.key()));
            prop_assert_eq!(FileFormat::from_file_name(&clean), Some(format));
        }
    }
}
