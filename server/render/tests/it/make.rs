//! A small table and the files made of it.

use std::path::{Path, PathBuf};

use render::{Cell, Day, Fault, Format, Head, Kind, Made, Moment, Plan, Setup, Words, Writer};
use tempfile::TempDir;

/// A folder with one file to come.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("table")
    }

    /// The names of all files in the folder.
    pub fn files(&self) -> Vec<String> {
        let entries = self.folder.path().read_dir().unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

pub fn head(label: &str, kind: Kind, width: u16) -> Head {
    Head { label: label.to_owned(), kind, width }
}

/// Bills: a column of each kind.
pub fn heads() -> Vec<Head> {
    vec![
        head("流水号", Kind::Text, 18),
        head("客户", Kind::Text, 30),
        head("金额", Kind::Decimal { places: 2 }, 14),
        head("数量", Kind::Integer, 8),
        head("日期", Kind::Day, 12),
        head("时间", Kind::Moment, 20),
    ]
}

pub fn plan(heads: Vec<Head>) -> Plan {
    Plan {
        title: "伙伴账单明细".to_owned(),
        heads,
        facts: pairs(&[("公司", "澜海数科"), ("筛选", "月份：2026-06"), ("制表时间", "2026-06-18 14:40")]),
        words: Words {
            rows_sheet: "明细".to_owned(),
            facts_sheet: "说明".to_owned(),
            rows: "行数".to_owned(),
            totals: "控制合计".to_owned(),
            page: "第 {n} 页，共 {m} 页".to_owned(),
        },
        language: "zh-CN".to_owned(),
        made_at: moment(2026, 6, 18, (6, 40, 0)),
    }
}

pub fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
}

pub fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub fn decimal(number: &str) -> Cell {
    Cell::Decimal(number.parse().unwrap())
}

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::new(year, month, day).unwrap()
}

pub fn moment(year: i32, month: u8, day_of_month: u8, (hour, minute, second): (u8, u8, u8)) -> Moment {
    Moment::new(day(year, month, day_of_month), hour, minute, second).unwrap()
}

/// A row for [`heads`].
pub fn bill(number: i64) -> Vec<Cell> {
    vec![
        text(&format!("TX20260618-{number:04}")),
        text("上海澜海数字科技有限公司"),
        Cell::Decimal(rust_decimal::Decimal::new(number * 100 + 52, 2)),
        Cell::Integer(number),
        Cell::Day(day(2026, 6, 18)),
        Cell::Moment(moment(2026, 6, 18, (9, 30, 5))),
    ]
}

/// Writes all rows and ends the file.
pub fn write(format: Format, path: &Path, plan: Plan, setup: &Setup, rows: &[Vec<Cell>]) -> Result<Made, Fault> {
    let mut writer = Writer::begin(format, path, plan, setup)?;
    for row in rows {
        writer.row(row)?;
    }
    writer.finish(pairs(&[("金额合计", "162,250.52")]))
}
