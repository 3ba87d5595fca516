//! From rows to bytes: what a file says besides its rows, and the writing itself.

use domain::{
    Day, Lang, Moment, Text,
    access::Standing,
    bills::Exact,
    exports::FileKind,
    list::{Column, InFile, List},
    machine::Keyed as _,
    text,
};
use render::{Cell, Format, Head, Plan, Setup, Words, Writer};
use rust_decimal::Decimal;
use serde::Serialize;
use std::{
    path::Path,
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
};
use store::exports::{Task, Value};
use tokio::sync::mpsc;

const FILTER: Text = text("筛选条件", "Filter");
const COMPANY: Text = text("公司", "Company");
const PERSON: Text = text("发起人", "Requested by");
const AS_OF: Text = text("数据截至", "As of");
const SUM: Text = text("合计", "Total");
const ROWS_SHEET: Text = text("明细", "Rows");
const FACTS_SHEET: Text = text("说明", "About");
const ROWS: Text = text("行数", "Rows");
const TOTALS: Text = text("控制合计", "Control totals");
const PAGE: Text = text("第 {n} 页，共 {m} 页", "Page {n} of {m}");
const ZONE: &str = "GMT+08:00";
const ZONE_SECONDS: i64 = 8 * 3_600;
/// Decimals of the smallest unit.
const MICROS_PLACES: u32 = 6;
/// Decimals of an amount that came with a file.
const EXACT_PLACES: u32 = 15;
/// Decimals of an amount that is shown or paid.
const CENTS_PLACES: u32 = 2;

/// What is to be written.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    list: &'static List,
    source: &'static str,
    kind: FileKind,
    title: String,
    lang: Lang,
    file_name: String,
    query: String,
    filter: String,
    company: String,
    person: String,
    as_of: Moment,
}

/// What was written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Rows.
    pub(crate) rows: i64,
    /// Sums of the columns that have one, as they are written.
    totals: Vec<(&'static Column, String)>,
    pages: Option<u32>,
    sheets: u32,
}

/// Why the writing was cut off.
#[derive(Debug)]
pub(crate) enum Cut {
    /// It was asked to stop.
    Asked,
    /// It could not go on.
    Fault(render::Fault),
}

impl From<render::Fault> for Cut {
    fn from(fault: render::Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Wish {
    pub(crate) fn new(task: &Task, standing: &Standing, as_of: Moment) -> Self {
        Self {
            list: task.source.list(),
            source: task.source.key(),
            kind: task.kind,
            title: task.source.label().at(task.lang).to_owned(),
            lang: task.lang,
            file_name: task.file_name.clone(),
            query: task.query.clone(),
            filter: task.filter.clone(),
            company: standing.company.clone(),
            person: standing.name.clone(),
            as_of,
        }
    }

    fn columns(&self) -> Vec<(&'static Column, InFile)> {
        self.list.columns.iter().filter_map(|column| column.file.map(|holds| (column, holds))).collect()
    }

    fn plan(&self) -> Result<Plan, render::Fault> {
        let at = |text: Text| text.at(self.lang).to_owned();
        let as_of = format!("{} {ZONE}", self.as_of.to_seconds());
        let facts = [(FILTER, &self.filter), (COMPANY, &self.company), (PERSON, &self.person), (AS_OF, &as_of)];
        let made_at = moment(self.as_of.plus_seconds(-ZONE_SECONDS));
        Ok(Plan {
            title: self.title.clone(),
            heads: self.columns().into_iter().map(|(column, holds)| head(column, holds, self.lang)).collect(),
            facts: facts.into_iter().map(|(label, value)| (at(label), value.clone())).collect(),
            words: Words { rows_sheet: at(ROWS_SHEET), facts_sheet: at(FACTS_SHEET), rows: at(ROWS), totals: at(TOTALS), page: at(PAGE) },
            language: self.lang.tag().to_owned(),
            made_at: made_at.ok_or_else(|| std::io::Error::other("a time outside the calendar"))?,
        })
    }
}

fn head(column: &Column, holds: InFile, lang: Lang) -> Head {
    let (kind, width) = match holds {
        InFile::Text(width) => (render::Kind::Text, width),
        InFile::Integer | InFile::Sum => (render::Kind::Integer, 12),
        InFile::Day => (render::Kind::Day, 12),
        InFile::Moment => (render::Kind::Moment, 20),
        InFile::Amount | InFile::AmountSum => (render::Kind::Decimal { places: CENTS_PLACES }, 16),
        InFile::Exact | InFile::ExactSum => (render::Kind::Exact { least: CENTS_PLACES }, 16),
    };
    Head { label: column.label.at(lang).to_owned(), kind, width }
}

/// Writes batches until there are no more; blocks.
pub(crate) fn write(
    wish: Wish,
    path: &Path,
    mut batches: mpsc::Receiver<Vec<Vec<Value>>>,
    done: &AtomicI64,
    cut: &AtomicBool,
) -> Result<Written, Cut> {
    let format = match wish.kind {
        FileKind::Csv => Format::Csv,
        FileKind::Xlsx => Format::Xlsx,
        FileKind::Pdf => Format::Pdf,
    };
    let columns = wish.columns();
    let mut sums: Vec<i128> = vec![0; columns.len()];
    let mut file = Writer::begin(format, path, wish.plan()?, &Setup::default())?;
    while let Some(batch) = batches.blocking_recv() {
        for row in &batch {
            for ((value, sum), (_, holds)) in row.iter().zip(&mut sums).zip(&columns) {
                if let (Value::Integer(value), InFile::Sum) | (Value::Amount(value), InFile::AmountSum) = (value, holds) {
                    *sum += i128::from(*value);
                }
                if let (Value::Exact(amount), InFile::ExactSum) = (value, holds) {
                    *sum += amount.units();
                }
            }
            file.row(&row.iter().map(cell).collect::<Vec<_>>())?;
        }
        done.fetch_add(i64::try_from(batch.len()).unwrap_or(0), Ordering::Relaxed);
        if cut.load(Ordering::Relaxed) {
            return Err(Cut::Asked);
        }
    }
    let total = |((column, holds), sum): (&(&'static Column, InFile), i128)| match holds {
        InFile::Sum => Some((*column, sum.to_string())),
        InFile::AmountSum => Some((*column, cents(sum, MICROS_PLACES).to_string())),
        InFile::ExactSum => Some((*column, Exact::of_units(sum).plain())),
        InFile::Text(_) | InFile::Integer | InFile::Day | InFile::Moment | InFile::Amount | InFile::Exact => None,
    };
    let totals: Vec<_> = columns.iter().zip(sums).filter_map(total).collect();
    let label = |column: &Column| format!("{} {}", column.label.at(wish.lang), SUM.at(wish.lang));
    let made = file.finish(totals.iter().map(|(column, sum)| (label(column), sum.clone())).collect())?;
    let rows = i64::try_from(made.rows).unwrap_or(i64::MAX);
    Ok(Written { rows, totals, pages: made.pages, sheets: made.sheets })
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Empty => Cell::Empty,
        Value::Text(text) => Cell::Text(text.clone()),
        Value::Integer(number) => Cell::Integer(*number),
        Value::Day(at) => day(*at).map_or_else(|| Cell::Text(at.to_string()), Cell::Day),
        Value::Moment(at) => moment(*at).map_or_else(|| Cell::Text(at.to_seconds()), Cell::Moment),
        Value::Amount(micros) => Cell::Decimal(cents(i128::from(*micros), MICROS_PLACES)),
        Value::Exact(amount) => Cell::Decimal(cents(amount.units(), EXACT_PLACES)),
    }
}

/// An amount of smallest units as a decimal: with two places, and with more only where there are more, which a column of cents then refuses.
fn cents(units: i128, places: u32) -> Decimal {
    let mut exact = Decimal::from_i128_with_scale(units, places).normalize();
    if exact.scale() < CENTS_PLACES {
        exact.rescale(CENTS_PLACES);
    }
    exact
}

fn day(day: Day) -> Option<render::Day> {
    let (year, month, day) = day.parts();
    render::Day::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn moment(at: Moment) -> Option<render::Moment> {
    let (hour, minute, second) = at.time_of_day();
    render::Moment::new(day(at.day())?, u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?)
}

/// What proves a file: which question it answers, as of when, and what must be in it.
pub(crate) fn manifest(wish: &Wish, written: &Written, sha256: &str, size_bytes: i64) -> String {
    #[derive(Serialize)]
    struct Manifest<'a> {
        file: &'a str,
        format: &'a str,
        list: &'a str,
        query: &'a str,
        filter: &'a str,
        company: &'a str,
        requested_by: &'a str,
        as_of: String,
        columns: Vec<&'a str>,
        rows: i64,
        totals: std::collections::BTreeMap<&'a str, String>,
        pages: Option<u32>,
        sheets: u32,
        size_bytes: i64,
        sha256: &'a str,
    }
    let manifest = Manifest {
        file: &wish.file_name,
        format: wish.kind.key(),
        list: wish.source,
        query: &wish.query,
        filter: &wish.filter,
        company: &wish.company,
        requested_by: &wish.person,
        as_of: wish.as_of.to_iso(),
        columns: wish.columns().into_iter().map(|(column, _)| column.key).collect(),
        rows: written.rows,
        totals: written.totals.iter().map(|(column, sum)| (column.key, sum.clone())).collect(),
        pages: written.pages,
        sheets: written.sheets,
        size_bytes,
        sha256,
    };
    // Text and numbers only: this cannot fail, and a manifest is never worth a lost file.
    serde_json::to_string_pretty(&manifest).unwrap_or_default()
}
