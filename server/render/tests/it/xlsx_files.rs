//! XLSX, read by calamine.

use std::fs::File;
use std::io::Read;

use calamine::{Data, Reader, Xlsx, open_workbook};
use render::{Cell, Fault, Format, Kind, Setup};

use crate::make::{Place, bill, day, decimal, head, heads, moment, plan, text, write};

/// The cells of a sheet, row by row.
pub fn sheet(place: &Place, name: &str) -> Vec<Vec<Data>> {
    let mut book = open_workbook::<Xlsx<_>, _>(place.path()).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// What a reader finds in the only column, without the head.
pub fn column(kind: Kind, cells: &[Cell]) -> Vec<Data> {
    let place = Place::new();
    let rows = cells.iter().map(|cell| vec![cell.clone()]).collect::<Vec<_>>();
    write(Format::Xlsx, &place.path(), plan(vec![head("a", kind, 10)]), &Setup::default(), &rows).unwrap();
    sheet(&place, "明细").into_iter().skip(1).map(|row| row[0].clone()).collect()
}

/// A file inside the XLSX.
fn part(place: &Place, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(place.path()).unwrap()).unwrap();
    let mut content = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut content).unwrap();
    content
}

fn string(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn each_kind_keeps_its_type() {
    let place = Place::new();
    let made = write(Format::Xlsx, &place.path(), plan(heads()), &Setup::default(), &[bill(7)]).unwrap();
    let rows = sheet(&place, "明细");
    assert_eq!(rows[0], ["流水号", "客户", "金额", "数量", "日期", "时间"].map(string));
    assert_eq!(rows[1][..4], [string("TX20260618-0007"), string("上海澜海数字科技有限公司"), Data::Float(7.52), Data::Float(7.0)]);
    let Data::DateTime(date) = rows[1][4] else { panic!("{:?}", rows[1][4]) };
    assert_eq!(date.to_ymd_hms_milli(), (2026, 6, 18, 0, 0, 0, 0));
    let Data::DateTime(time) = rows[1][5] else { panic!("{:?}", rows[1][5]) };
    assert_eq!(time.to_ymd_hms_milli(), (2026, 6, 18, 9, 30, 5, 0));
    assert_eq!((made.rows, made.sheets, made.pages), (1, 2, None));
    assert_eq!(place.files(), ["table"], "no temporary file is left");
}

#[test]
fn every_second_of_a_day_is_read_as_it_was_written() {
    let seconds = (0..86_400_u32).step_by(7).map(|second| ((second / 3_600) as u8, (second / 60 % 60) as u8, (second % 60) as u8));
    let times = seconds.collect::<Vec<_>>();
    let cells = times.iter().map(|time| Cell::Moment(moment(2026, 2, 28, *time))).collect::<Vec<_>>();
    for (cell, (hour, minute, second)) in column(Kind::Moment, &cells).into_iter().zip(times) {
        let Data::DateTime(read) = cell else { panic!("{cell:?}") };
        assert_eq!(read.to_ymd_hms_milli(), (2026, 2, 28, hour, minute, second, 0));
    }
}

#[test]
fn the_last_sheet_says_what_the_rows_are() {
    let place = Place::new();
    write(Format::Xlsx, &place.path(), plan(heads()), &Setup::default(), &[bill(1), bill(2)]).unwrap();
    let rows = sheet(&place, "说明");
    let expected = [
        [string("伙伴账单明细"), Data::Empty],
        [string("公司"), string("澜海数科")],
        [string("筛选"), string("月份：2026-06")],
        [string("制表时间"), string("2026-06-18 14:40")],
        [string("行数"), Data::Float(2.0)],
        [string("控制合计"), Data::Empty],
        [string("金额合计"), string("162,250.52")],
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_full_sheet_is_followed_by_another_with_the_same_head() {
    let place = Place::new();
    let setup = Setup { sheet_rows_max: 3, ..Setup::default() };
    let rows = (1..=7).map(bill).collect::<Vec<_>>();
    let made = write(Format::Xlsx, &place.path(), plan(heads()), &setup, &rows).unwrap();
    let names = open_workbook::<Xlsx<_>, _>(place.path()).unwrap().sheet_names();
    assert_eq!(names, ["明细", "明细 2", "明细 3", "说明"]);
    let lengths = ["明细", "明细 2", "明细 3"].map(|name| sheet(&place, name).len());
    assert_eq!(lengths, [4, 4, 2]);
    assert_eq!(sheet(&place, "明细 3")[0][0], string("流水号"));
    assert_eq!(sheet(&place, "明细 3")[1][3], Data::Float(7.0));
    assert_eq!((made.rows, made.sheets), (7, 4));
}

#[test]
fn exactly_full_sheets_are_not_followed_by_an_empty_one() {
    let place = Place::new();
    let setup = Setup { sheet_rows_max: 3, ..Setup::default() };
    let made = write(Format::Xlsx, &place.path(), plan(heads()), &setup, &(1..=6).map(bill).collect::<Vec<_>>()).unwrap();
    assert_eq!(made.sheets, 3);
}

#[test]
fn there_are_at_most_a_hundred_sheets() {
    let place = Place::new();
    let setup = Setup { sheet_rows_max: 1, ..Setup::default() };
    let rows = (1..=100).map(bill).collect::<Vec<_>>();
    assert_eq!(write(Format::Xlsx, &place.path(), plan(heads()), &setup, &rows[..99]).unwrap().sheets, 100);
    let fault = write(Format::Xlsx, &place.path(), plan(heads()), &setup, &rows).unwrap_err();
    assert!(matches!(fault, Fault::TooLong { max: 100, .. }));
}

#[test]
fn text_is_never_a_formula_a_link_or_a_number() {
    let place = Place::new();
    let texts = ["=1+1", "https://a.example", "00123", "123456789012345678", "<b>&\"'", "_x0041_", "_x00", "a_x000D_b"];
    let rows = texts.map(|it| vec![text(it)]);
    write(Format::Xlsx, &place.path(), plan(vec![head("=a", Kind::Text, 10)]), &Setup::default(), &rows).unwrap();
    let read = sheet(&place, "明细").into_iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    let expected = ["=a"].into_iter().chain(texts).map(string).collect::<Vec<_>>();
    assert_eq!(read, expected);
    let xml = part(&place, "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>") && !xml.contains("hyperlink"));
}

#[test]
fn numbers_are_numbers_as_long_as_a_float_holds_them() {
    let cells = [decimal("-12.30"), decimal("1234567890123.45"), decimal("12345678901234.56"), decimal("12345678901234.50")];
    let expected = [Data::Float(-12.3), Data::Float(1_234_567_890_123.45), string("12345678901234.56"), Data::Float(12_345_678_901_234.5)];
    assert_eq!(column(Kind::Decimal { places: 2 }, &cells), expected);
    let cells = [Cell::Integer(-999_999_999_999_999), Cell::Integer(1_000_000_000_000_000)];
    assert_eq!(column(Kind::Integer, &cells), [Data::Float(-999_999_999_999_999.0), string("1000000000000000")]);
}

#[test]
fn numbers_show_commas_and_the_places_of_their_column() {
    let place = Place::new();
    let plan = plan(vec![head("a", Kind::Decimal { places: 2 }, 10), head("b", Kind::Decimal { places: 0 }, 10)]);
    write(Format::Xlsx, &place.path(), plan, &Setup::default(), &[vec![decimal("1234.5"), decimal("7")]]).unwrap();
    let sheet = part(&place, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"<c r="A2" s="11"><v>1234.50</v></c><c r="B2" s="9"><v>7</v></c>"#), "{sheet}");
    let styles = part(&place, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect::<Vec<_>>();
    for (style, format) in [(11, "#,##0.00"), (9, "#,##0")] {
        let number = formats[style].split('"').nth(1).unwrap();
        assert!(styles.contains(&format!(r#"numFmtId="{number}" formatCode="{format}""#)), "{style}: {}", formats[style]);
    }
}

#[test]
fn the_head_is_bold_frozen_and_has_filters() {
    let place = Place::new();
    write(Format::Xlsx, &place.path(), plan(heads()), &Setup::default(), &[bill(1)]).unwrap();
    let sheet = part(&place, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#));
    assert!(sheet.contains(r#"<autoFilter ref="A1:F2"/>"#));
    assert!(sheet.contains(r#"<col min="2" max="2" width="30" customWidth="1"/>"#));
    assert!(sheet.contains(r#"<c r="A1" s="1""#));
    let bold = r#"<xf numFmtId="49" fontId="1""#;
    assert!(part(&place, "xl/styles.xml").split("<xf ").nth(3).unwrap().starts_with(&bold[4..]));
}

#[test]
fn days_that_programs_disagree_about_are_text() {
    let cells = [Cell::Day(day(1900, 2, 28)), Cell::Day(day(1900, 3, 1)), Cell::Moment(moment(1, 1, 1, (0, 0, 0)))];
    let read = column(Kind::Day, &cells);
    assert_eq!((&read[0], &read[2]), (&string("1900-02-28"), &string("0001-01-01 00:00:00")));
    let Data::DateTime(date) = read[1] else { panic!("{:?}", read[1]) };
    assert_eq!((date.as_f64(), date.to_ymd_hms_milli().0), (61.0, 1900));
}

#[test]
fn a_text_longer_than_excel_takes_ends_in_an_ellipsis() {
    let whole = "长".repeat(32_767);
    let read = column(Kind::Text, &[text(&whole), text(&format!("{whole}度")), text(&"𠀀".repeat(20_000))]);
    assert_eq!(read[0], string(&whole));
    assert_eq!(read[1], string(&format!("{}…", "长".repeat(32_766))));
    assert_eq!(read[2], string(&format!("{}…", "𠀀".repeat(16_383))));
}

#[test]
fn names_that_excel_refuses_are_mended() {
    let place = Place::new();
    let mut plan = plan(vec![head("a", Kind::Text, 10)]);
    plan.words.rows_sheet = "2026/06: 'all' [bills] of Partner Center".to_owned();
    plan.words.facts_sheet = "2026 06   ALL   bills  of Partner Center".to_owned();
    write(Format::Xlsx, &place.path(), plan, &Setup::default(), &[]).unwrap();
    let names = open_workbook::<Xlsx<_>, _>(place.path()).unwrap().sheet_names();
    assert_eq!(names[0], "2026 06   all   bills  of Partn");
    assert_eq!(names[1], "2026 06   ALL   bills  of Par 2");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let bytes = || {
        let place = Place::new();
        write(Format::Xlsx, &place.path(), plan(heads()), &Setup::default(), &[bill(1)]).unwrap();
        std::fs::read(place.path()).unwrap()
    };
    assert_eq!(bytes(), bytes());
}
