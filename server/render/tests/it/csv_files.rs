//! CSV: what spreadsheet programs get to see.

use render::{Cell, Fault, Format, Kind, Setup};

use crate::make::{Place, bill, decimal, head, heads, plan, text, write};

/// The bytes of a table of one column of text.
fn bytes(kind: Kind, label: &str, cells: &[Cell]) -> Vec<u8> {
    let place = Place::new();
    let rows = cells.iter().map(|cell| vec![cell.clone()]).collect::<Vec<_>>();
    write(Format::Csv, &place.path(), plan(vec![head(label, kind, 10)]), &Setup::default(), &rows).unwrap();
    std::fs::read(place.path()).unwrap()
}

/// What a reader finds in the only column, with the head.
pub fn column(kind: Kind, label: &str, cells: &[Cell]) -> Vec<String> {
    let bytes = bytes(kind, label, cells);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    reader.records().map(|record| record.unwrap()[0].to_owned()).collect()
}

#[test]
fn a_table_has_mark_head_rows_and_nothing_else() {
    let place = Place::new();
    let made = write(Format::Csv, &place.path(), plan(heads()), &Setup::default(), &[bill(1), bill(2)]).unwrap();
    let written = std::fs::read_to_string(place.path()).unwrap();
    let expected = "\u{feff}流水号,客户,金额,数量,日期,时间\r\n\
        TX20260618-0001,上海澜海数字科技有限公司,1.52,1,2026-06-18,2026-06-18 09:30:05\r\n\
        TX20260618-0002,上海澜海数字科技有限公司,2.52,2,2026-06-18,2026-06-18 09:30:05\r\n";
    assert_eq!(written, expected);
    assert_eq!((made.rows, made.sheets, made.pages), (2, 0, None));
    assert_eq!(place.files(), ["table"]);
}

#[test]
fn quotes_commas_and_line_breaks_survive() {
    let cells = [text("said \"no\""), text("a,b"), text("one\ntwo"), text(""), text("one\r\ntwo\rthree")];
    assert_eq!(column(Kind::Text, "备注", &cells), ["备注", "said \"no\"", "a,b", "one\ntwo", "", "one\ntwo\nthree"]);
}

#[test]
fn what_looks_like_a_formula_gets_an_apostrophe() {
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠a", " =1", "\u{3000}=1", "\u{a0}=1", "\u{feff}=1"] {
        assert_eq!(column(Kind::Text, "a", &[text(formula)])[1], format!("'{formula}"));
        assert_eq!(column(Kind::Text, formula, &[])[0], format!("'{formula}"));
    }
    assert_eq!(column(Kind::Text, "a", &[text("\ta")])[1], "'\ta");
    assert_eq!(column(Kind::Text, "a", &[text("\r=1")])[1], "'\n=1");
    assert_eq!(column(Kind::Text, "a", &[text("\u{1}=1")])[1], "'=1", "a control character is gone before the look");
    assert_eq!(column(Kind::Text, "a", &[text("a=1"), text("1-2")]), ["a", "a=1", "1-2"]);
}

#[test]
fn numbers_stay_numbers() {
    let cells = [decimal("-12.3"), decimal("0"), decimal("-0.00"), decimal("1234567890123456789012345678"), Cell::Empty];
    let expected = ["金额", "-12.30", "0.00", "0.00", "1234567890123456789012345678.00", ""];
    assert_eq!(column(Kind::Decimal { places: 2 }, "金额", &cells), expected);
    assert_eq!(column(Kind::Integer, "a", &[Cell::Integer(-7), Cell::Integer(i64::MIN)]), ["a", "-7", "-9223372036854775808"]);
}

#[test]
fn a_long_number_that_is_text_stays_text() {
    let cells = [text("123456789012"), text("12345678901"), text("12345678901a"), text(" 123456789012")];
    assert_eq!(column(Kind::Text, "a", &cells), ["a", "'123456789012", "12345678901", "12345678901a", "' 123456789012"]);
}

#[test]
fn a_number_with_more_places_than_its_column_is_refused() {
    let place = Place::new();
    let plan = plan(vec![head("a", Kind::Decimal { places: 2 }, 10)]);
    let fault = write(Format::Csv, &place.path(), plan, &Setup::default(), &[vec![decimal("0.125")]]).unwrap_err();
    assert!(matches!(fault, Fault::NotExact { column: 0 }));
    assert_eq!(column(Kind::Decimal { places: 2 }, "a", &[decimal("0.1200")]), ["a", "0.12"]);
}

#[test]
fn a_row_of_another_length_is_refused() {
    let place = Place::new();
    let fault = write(Format::Csv, &place.path(), plan(heads()), &Setup::default(), &[vec![Cell::Empty]]).unwrap_err();
    assert!(matches!(fault, Fault::Cells { expected: 6, got: 1 }));
}

#[test]
fn a_table_needs_columns_but_not_sixty_five() {
    let place = Place::new();
    let fault = |columns: usize| {
        let heads = vec![head("a", Kind::Text, 1); columns];
        write(Format::Csv, &place.path(), plan(heads), &Setup::default(), &[]).err()
    };
    assert!(matches!(fault(0), Some(Fault::NoColumns)));
    assert!(fault(64).is_none());
    assert!(matches!(fault(65), Some(Fault::TooLong { max: 64, .. })));
}

#[test]
fn a_full_disk_is_told_as_such() {
    // Every write to it fails as if the disk were full.
    for format in [Format::Csv, Format::Xlsx] {
        let fault = write(format, std::path::Path::new("/dev/full"), plan(heads()), &Setup::default(), &vec![bill(1); 5_000]).unwrap_err();
        assert!(fault.is_storage_full(), "{fault:?}");
    }
}
