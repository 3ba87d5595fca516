//! What is written is read back by other people's readers.

#![expect(clippy::expect_used, reason = "a test that cannot go on ends there")]

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use proptest::prelude::*;
use render::{Cell, Day, Fault, Format, Head, Kind, Moment, Plan, SHEET_ROWS_MAX, Setup, Words, Writer};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn heads() -> Vec<Head> {
    let head = |label: &str, kind| Head { label: label.to_owned(), kind, width: 16 };
    vec![head("名称", Kind::Text), head("金额", Kind::Decimal { places: 2 }), head("数量", Kind::Integer), head("时间", Kind::Moment)]
}

fn at() -> Moment {
    Moment::new(Day::new(2026, 6, 18).expect("a day"), 14, 40, 1).expect("a time")
}

fn plan(heads: Vec<Head>) -> Plan {
    let word = |text: &str| text.to_owned();
    Plan {
        title: word("资料库"),
        heads,
        facts: vec![(word("筛选条件"), word("=1+1"))],
        words: Words { rows_sheet: word("明细"), facts_sheet: word("说明"), rows: word("行数"), totals: word("控制合计") },
        made_at: at(),
    }
}

fn written(folder: &TempDir, format: Format, heads: Vec<Head>, rows: &[Vec<Cell>], setup: Setup) -> PathBuf {
    let path = folder.path().join("file");
    let mut file = Writer::begin(format, &path, plan(heads), &setup).expect("a file");
    for row in rows {
        file.row(row).expect("a row");
    }
    let made = file.finish(vec![("合计".to_owned(), "3".to_owned())]).expect("an end");
    assert_eq!(made.rows, rows.len() as u64);
    let others = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(others, 1, "no temporary file is left");
    path
}

fn csv(path: &Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).expect("a file");
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

fn texts(values: &[&str]) -> Vec<Vec<Cell>> {
    values.iter().map(|value| vec![Cell::Text((*value).to_owned())]).collect()
}

fn one_text() -> Vec<Head> {
    vec![Head { label: "=名称".to_owned(), kind: Kind::Text, width: 10 }]
}

#[test]
fn a_csv_is_opened_by_spreadsheets_and_runs_nothing() {
    let folder = TempDir::new().expect("a folder");
    let risky = ["=1+1", "+86 138", "-1", "@x", " =1", "\t=1", "\r=1", "＝1", "－1", "\u{200b}=1", "123456789012", "202606180003"];
    let plain = ["云, 主机", "两\n行", "\"引号\"", "1-1", "12345678901", "a=b", ""];
    let path = written(&folder, Format::Csv, one_text(), &texts(&[&risky[..], &plain[..]].concat()), Setup::default());
    let rows = csv(&path);
    assert_eq!(rows[0], ["'=名称"]);
    for (row, value) in rows[1..].iter().zip(risky) {
        assert!(row[0].starts_with('\''), "{value:?} became {:?}", row[0]);
    }
    let kept: Vec<&str> = rows[1 + risky.len()..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(kept, plain);
    assert!(std::fs::read(&path).expect("a file").ends_with(b"\r\n"));
}

#[test]
fn numbers_in_a_csv_are_exact_and_stay_numbers() {
    let folder = TempDir::new().expect("a folder");
    let row =
        |amount: &str, count| vec![Cell::Empty, Cell::Decimal(amount.parse().expect("a number")), Cell::Integer(count), Cell::Moment(at())];
    let rows = [row("-12.3", -5), row("0.1", i64::MAX), row("9999999999999999.99", 0), row("-0", 1)];
    let read = csv(&written(&folder, Format::Csv, heads(), &rows, Setup::default()));
    assert_eq!(read[1], ["", "-12.30", "-5", "2026-06-18 14:40:01"]);
    assert_eq!(read[2][1..3], ["0.10", "9223372036854775807"]);
    assert_eq!((read[3][1].as_str(), read[4][1].as_str()), ("9999999999999999.99", "0.00"));
}

#[test]
fn a_number_with_more_places_than_its_column_is_refused_not_rounded() {
    let folder = TempDir::new().expect("a folder");
    for format in [Format::Csv, Format::Xlsx] {
        let mut file = Writer::begin(format, &folder.path().join("x"), plan(heads()), &Setup::default()).expect("a file");
        let row = [Cell::Empty, Cell::Decimal(Decimal::new(1_001, 3)), Cell::Integer(1), Cell::Empty];
        assert!(matches!(file.row(&row), Err(Fault::NotExact { column: 1 })));
        assert!(matches!(file.row(&row[..2]), Err(Fault::Cells { expected: 4, got: 2 })));
    }
}

#[test]
fn an_xlsx_has_typed_cells_and_a_sheet_that_says_what_it_is() {
    let folder = TempDir::new().expect("a folder");
    let row = |amount: &str, count| {
        vec![Cell::Text("=HYPERLINK(1)".into()), Cell::Decimal(amount.parse().expect("a number")), Cell::Integer(count), Cell::Moment(at())]
    };
    let rows = [row("-12.3", 7), row("9999999999999999.99", 9_007_199_254_740_993)];
    let path = written(&folder, Format::Xlsx, heads(), &rows, Setup::default());
    let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
    assert_eq!(book.sheet_names(), ["明细", "说明"]);
    let sheet = book.worksheet_range("明细").expect("a sheet");
    let cell = |row, column| sheet.get_value((row, column)).expect("a cell").clone();
    assert_eq!(cell(0, 0), Data::String("名称".into()));
    assert_eq!(cell(1, 0), Data::String("=HYPERLINK(1)".into()), "text, no formula");
    assert_eq!(cell(1, 1).as_f64(), Some(-12.3));
    assert_eq!(cell(1, 2).as_i64(), Some(7));
    let Data::DateTime(time) = cell(1, 3) else { panic!("no time: {:?}", cell(1, 3)) };
    assert_eq!(time.to_ymd_hms_milli(), (2026, 6, 18, 14, 40, 1, 0));
    assert_eq!(cell(2, 1), Data::String("9999999999999999.99".into()), "a float would change it");
    assert_eq!(cell(2, 2), Data::String("9007199254740993".into()));
    let facts = book.worksheet_range("说明").expect("a sheet");
    let facts: Vec<String> = facts.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("=")).collect();
    assert!(
        facts.contains(&"筛选条件==1+1".to_owned()) && facts.contains(&"行数=2".to_owned()) && facts.contains(&"合计=3".to_owned()),
        "{facts:?}"
    );
    assert!(book.worksheet_formula("明细").expect("formulas").is_empty());
}

#[test]
fn what_one_sheet_cannot_hold_goes_on_in_the_next() {
    let folder = TempDir::new().expect("a folder");
    let rows: Vec<Vec<Cell>> = (0..25).map(|no| vec![Cell::Text(format!("{no}"))]).collect();
    let path = written(&folder, Format::Xlsx, one_text(), &rows, Setup { sheet_rows_max: 10 });
    let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
    assert_eq!(book.sheet_names(), ["明细", "明细 2", "明细 3", "说明"]);
    let heights: Vec<usize> =
        ["明细", "明细 2", "明细 3"].iter().map(|name| book.worksheet_range(name).expect("a sheet").height()).collect();
    assert_eq!(heights, [11, 11, 6]);
    assert_eq!(SHEET_ROWS_MAX, 1_048_575);
}

#[test]
fn a_folder_that_is_not_there_is_told_at_once() {
    for format in [Format::Csv, Format::Xlsx] {
        let begun = Writer::begin(format, Path::new("/nowhere/at/all"), plan(heads()), &Setup::default());
        assert!(matches!(begun.err(), Some(Fault::Io(_))));
    }
}

/// Peak memory of this process in kB.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
fn ten_times_the_rows_need_no_more_memory() {
    let folder = TempDir::new().expect("a folder");
    for format in [Format::Csv, Format::Xlsx] {
        let write = |rows: i64| {
            let mut file = Writer::begin(format, &folder.path().join("big"), plan(heads()), &Setup::default()).expect("a file");
            for no in 0..rows {
                let row = [Cell::Text(format!("云主机 {no}")), Cell::Decimal(Decimal::new(no, 2)), Cell::Integer(no), Cell::Moment(at())];
                file.row(&row).expect("a row");
            }
            file.finish(Vec::new()).expect("an end");
        };
        write(10_000);
        let before = peak_kb();
        write(100_000);
        assert!(peak_kb() - before < 24 * 1024, "{format:?} grew from {before} to {} kB", peak_kb());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back(values in prop::collection::vec("\\PC{0,40}", 1..12)) {
        let folder = TempDir::new().expect("a folder");
        let rows: Vec<Vec<Cell>> = values.iter().map(|value| vec![Cell::Text(value.clone())]).collect();
        let in_csv = csv(&written(&folder, Format::Csv, one_text(), &rows, Setup::default()));
        for (row, value) in in_csv[1..].iter().zip(&values) {
            let read = &row[0];
            prop_assert!(read == value || read.strip_prefix('\'') == Some(value), "{value:?} became {read:?}");
        }
        let path = written(&folder, Format::Xlsx, one_text(), &rows, Setup::default());
        let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
        let sheet = book.worksheet_range("明细").expect("a sheet");
        for (row, value) in (1_u32..).zip(&values) {
            let read = sheet.get_value((row, 0)).map(ToString::to_string).unwrap_or_default();
            prop_assert_eq!(&read, value);
        }
    }
}
