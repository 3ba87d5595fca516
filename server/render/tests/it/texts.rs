//! Any text is read back as it was, but for what the crate says it changes.

use calamine::Data;
use proptest::prelude::*;
use render::{Cell, Kind};

use crate::{csv_files, xlsx_files};

/// Both formats leave out what no reader should see.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|it| matches!(it, '\t' | '\n') || !(it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}'))).collect()
}

/// All characters, with many of those that mean something somewhere.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        4 => any::<char>().prop_map(String::from),
        2 => "[=+\\-@＝＋－＠ \t\r\n\",'<>&;_]",
        1 => "[0-9]{1,20}",
        1 => Just("_x0041_".to_owned()),
        1 => "[a-z中文，。]{1,10}",
    ];
    prop::collection::vec(prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_csv_gives_it_back_or_puts_an_apostrophe_in_front(texts in texts()) {
        let cells = texts.iter().cloned().map(Cell::Text).collect::<Vec<_>>();
        let read = csv_files::column(Kind::Text, "a", &cells);
        prop_assert_eq!(read.len(), texts.len() + 1);
        for (read, written) in read.iter().skip(1).zip(&texts) {
            let clean = cleaned(written);
            prop_assert!(*read == clean || *read == format!("'{clean}"), "{:?} became {:?}", written, read);
            let begins = read.trim_start().chars().next();
            prop_assert!(!begins.is_some_and(|first| "=+-@＝＋－＠".contains(first)), "{:?} became {:?}", written, read);
        }
    }

    #[test]
    fn an_xlsx_gives_it_back(texts in texts()) {
        let cells = texts.iter().cloned().map(Cell::Text).collect::<Vec<_>>();
        // A mark behind keeps rows without text in the range.
        let cells = cells.into_iter().chain([Cell::Text("end".to_owned())]).collect::<Vec<_>>();
        let read = xlsx_files::column(Kind::Text, &cells);
        prop_assert_eq!(read.len(), texts.len() + 1);
        for (read, written) in read.iter().zip(&texts) {
            let read = match read {
                Data::Empty => String::new(),
                Data::String(text) => text.clone(),
                other => return Err(TestCaseError::fail(format!("{written:?} became {other:?}"))),
            };
            prop_assert_eq!(read, cleaned(written));
        }
    }
}
