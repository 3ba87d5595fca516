//! FOCUS 1.0 cost and usage files, read row by row in constant memory: bytes in, charges or what is wrong with a line out (domain.md F2).
//!
//! | column | becomes |
//! |---|---|
//! | `BilledCost`, `ListCost` | amount and list price, at the file's precision |
//! | `BillingCurrency` | the currency: one for the whole file |
//! | `BillingPeriodStart` | the period, as a month in UTC+8 |
//! | `ChargeCategory`, `ChargeClass` | `Usage`, `Purchase`: consumption; `Credit`: refund; `Adjustment`, `Tax` and any `Correction`: adjustment |
//! | `SubAccountId`, `SubAccountName` | the customer; without one the billing account |
//! | `ServiceName`, `RegionName` or `RegionId`, `ResourceId`, `ResourceName` | product, region, resource |
//! | `ChargePeriodStart`, `ChargeFrequency`, `InvoiceId` or `Id`, `ChargeDescription` | time, billing mode, reference, description |
//!
//! A line is the same line when all its columns say the same: that is its identity. Empty and `NULL` columns say nothing.

use super::{Exact, LineKind, Period};
use crate::{money::Currency, time::Moment};
use std::{
    fmt,
    io::{self, BufRead, Read as _},
};

/// Bytes of one row, which may hold line ends inside quotes.
const ROW_BYTES_MAX: usize = 1 << 20;
/// Columns of a file.
const COLUMNS_MAX: usize = 1_000;
/// Characters of a text that is kept.
const TEXT_MAX: usize = 500;

/// Columns without which there is no bill.
const NEEDED: [&str; 5] = ["BilledCost", "BillingCurrency", "BillingPeriodStart", "ChargeCategory", "ServiceName"];

/// Places of the columns that are read, in the order of `COLUMNS`.
const COLUMNS: [&str; 19] = [
    "BilledCost",
    "BillingCurrency",
    "BillingPeriodStart",
    "ChargeCategory",
    "ServiceName",
    "SubAccountId",
    "SubAccountName",
    "BillingAccountId",
    "BillingAccountName",
    "ChargeClass",
    "ListCost",
    "RegionName",
    "RegionId",
    "ResourceId",
    "ResourceName",
    "ChargePeriodStart",
    "ChargeFrequency",
    "InvoiceId",
    "ChargeDescription",
];
/// The providers' own name of a line, where there is no invoice.
const OWN_ID: &str = "Id";

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Its line, from 1 for the head.
    pub line: u64,
    /// All that the row says: the same text is the same line, in whatever order the columns stand.
    pub identity: Vec<u8>,
    /// The month it is billed in.
    pub period: Period,
    /// Its currency.
    pub currency: Currency,
    /// What it is.
    pub kind: LineKind,
    /// The customer's account.
    pub customer: String,
    /// The customer's name.
    pub customer_name: String,
    /// The service.
    pub product: String,
    /// The region.
    pub region: String,
    /// The resource.
    pub resource: String,
    /// What it is called.
    pub resource_name: String,
    /// How it is billed.
    pub mode: String,
    /// Its number elsewhere.
    pub reference: String,
    /// What it is for.
    pub description: String,
    /// When it began.
    pub at: Moment,
    /// By the list.
    pub list: Exact,
    /// What it costs.
    pub amount: Exact,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1 for the head; 0 for the file as a whole.
    pub line: u64,
    /// In a sentence.
    pub what: String,
    /// Nothing behind it can be read.
    pub ends: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.what),
            line => write!(f, "line {line}: {}", self.what),
        }
    }
}

fn fault(line: u64, what: impl Into<String>) -> Fault {
    Fault { line, what: what.into(), ends: false }
}

fn end(line: u64, what: impl Into<String>) -> Fault {
    Fault { line, what: what.into(), ends: true }
}

/// Reads a file.
pub struct Reader<R> {
    input: R,
    heads: Vec<String>,
    /// Where each of `COLUMNS` stands.
    places: [Option<usize>; COLUMNS.len()],
    own_id: Option<usize>,
    /// The columns by name, for the identity.
    sorted: Vec<usize>,
    line: u64,
    currency: Option<(Currency, u64)>,
    ended: bool,
    row: Row,
}

/// A row: its bytes without quotes, and where each field ends.
#[derive(Default)]
struct Row {
    raw: Vec<u8>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    lines: u64,
    is_closed: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the head.
    ///
    /// # Errors
    /// There is none, a column is missing or stands twice, or the file cannot be read.
    pub fn begin(input: R) -> Result<Self, Fault> {
        let places = [None; COLUMNS.len()];
        let row = Row::default();
        let mut reader =
            Self { input, heads: Vec::new(), places, own_id: None, sorted: Vec::new(), line: 0, currency: None, ended: false, row };
        if !reader.read_row()? {
            return Err(end(0, "the file is empty"));
        }
        let names: Vec<String> = (0..reader.row.ends.len()).map(|at| reader.row.text(at).unwrap_or_default().trim().to_owned()).collect();
        let heads: Vec<String> = names.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        if heads.len() > COLUMNS_MAX {
            return Err(end(1, format!("there are more than {COLUMNS_MAX} columns")));
        }
        if let Some(twice) = heads.iter().enumerate().find(|(at, head)| heads.iter().take(*at).any(|other| other == *head)) {
            return Err(end(1, format!("the column {} stands twice", short(twice.1))));
        }
        let place = |name: &str| heads.iter().position(|head| head == name);
        let mut missing: Vec<&str> = NEEDED.into_iter().filter(|name| place(name).is_none()).collect();
        if place("SubAccountId").is_none() && place("BillingAccountId").is_none() {
            missing.push("SubAccountId");
        }
        if !missing.is_empty() {
            let word = if missing.len() == 1 { "the column is missing" } else { "the columns are missing" };
            return Err(end(1, format!("{word}: {}", missing.join(", "))));
        }
        reader.places = COLUMNS.map(place);
        reader.own_id = place(OWN_ID);
        reader.sorted = (0..heads.len()).collect();
        reader.sorted.sort_by(|one, other| heads.get(*one).cmp(&heads.get(*other)));
        reader.heads = heads;
        Ok(reader)
    }

    /// The next row; none at the end.
    pub fn next_charge(&mut self) -> Option<Result<Charge, Fault>> {
        if self.ended {
            return None;
        }
        let read = self.read_row();
        let result = match read {
            Ok(true) => self.charge(),
            Ok(false) => {
                self.ended = true;
                return None;
            }
            Err(fault) => Err(fault),
        };
        if let Err(fault) = &result {
            self.ended |= fault.ends;
        }
        Some(result)
    }

    /// The currency of the rows so far.
    pub fn currency(&self) -> Option<Currency> {
        self.currency.map(|(currency, _)| currency)
    }

    /// Reads one row into `row`; false at the end. `line` is then the line it begins in.
    fn read_row(&mut self) -> Result<bool, Fault> {
        self.line += self.row.lines;
        self.row.lines = 0;
        let begins = self.line + 1;
        self.row.raw.clear();
        let mut quotes = 0_usize;
        loop {
            let before = self.row.raw.len();
            let room = u64::try_from(ROW_BYTES_MAX.saturating_sub(before).saturating_add(1)).unwrap_or(u64::MAX);
            let got = (&mut self.input).take(room).read_until(b'\n', &mut self.row.raw);
            let got = got.map_err(|error: io::Error| end(begins, format!("the file can't be read: {error}")))?;
            if got == 0 && before == 0 {
                return Ok(false);
            }
            if self.row.raw.len() > ROW_BYTES_MAX {
                return Err(end(begins, "the row is longer than 1 MiB; a quote may be missing"));
            }
            let piece = self.row.raw.get(before..).unwrap_or_default();
            quotes += piece.iter().filter(|byte| **byte == b'"').count();
            if got == 0 {
                return Err(end(begins, "a quote is open at the end of the file: the file is cut off"));
            }
            self.row.lines += 1;
            if quotes.is_multiple_of(2) {
                break;
            }
        }
        if self.row.raw.contains(&0) {
            return Err(end(begins, "there is a NUL byte: this is no text file, or it is damaged"));
        }
        self.row.is_closed = self.row.raw.last() == Some(&b'\n');
        self.row.split().map_err(|what| end(begins, what))?;
        Ok(true)
    }

    fn charge(&mut self) -> Result<Charge, Fault> {
        let line = self.line + 1;
        let (got, expected) = (self.row.ends.len(), self.heads.len());
        if got != expected {
            let what = format!("{got} fields instead of {expected}");
            return Err(if self.row.is_closed { fault(line, what) } else { end(line, format!("{what}: the file is cut off")) });
        }
        if !self.row.is_closed && self.places.contains(&Some(expected - 1)) {
            let last = self.heads.last().map_or("", String::as_str);
            return Err(end(line, format!("the last line has no line end, so its {} may be cut off", short(last))));
        }
        let currency = self.one_currency(line)?;
        let row = Fields { row: &self.row, places: &self.places, line };
        let (category, class) = (row.text(3), row.text(9));
        let kind = match (category.as_str(), class.as_str()) {
            ("Usage" | "Purchase" | "Credit" | "Adjustment" | "Tax", "Correction") | ("Adjustment" | "Tax", "") => LineKind::Adjustment,
            ("Usage" | "Purchase", "") => LineKind::Consumption,
            ("Credit", "") => LineKind::Refund,
            ("Usage" | "Purchase" | "Credit" | "Adjustment" | "Tax", other) => {
                return Err(fault(line, format!("ChargeClass is {}; only Correction is known", short(other))));
            }
            (other, _) => {
                return Err(fault(line, format!("ChargeCategory is {}, not Usage, Purchase, Credit, Adjustment or Tax", short(other))));
            }
        };
        let product = row.text(4);
        let (customer, name) = if row.text(5).is_empty() { (row.text(7), row.text(8)) } else { (row.text(5), row.text(6)) };
        for (value, column) in [(&product, "ServiceName"), (&customer, "SubAccountId")] {
            if value.is_empty() {
                return Err(fault(line, format!("{column} is empty")));
            }
        }
        let start = row.moment(2)?;
        let amount = row.amount(0)?;
        let or = |first: String, second: String| if first.is_empty() { second } else { first };
        let own_id = self.own_id.and_then(|at| self.row.text(at)).filter(|text| *text != "NULL").unwrap_or_default();
        Ok(Charge {
            line,
            identity: self.identity(),
            period: Period::of(start.day()),
            currency,
            kind,
            customer_name: or(name, customer.clone()),
            customer,
            product,
            region: or(row.text(11), row.text(12)),
            resource: row.text(13),
            resource_name: row.text(14),
            mode: row.text(16),
            reference: or(row.text(17), plain(own_id)),
            description: row.text(18),
            at: if row.text(15).is_empty() { start } else { row.moment(15)? },
            list: if row.text(10).is_empty() { amount } else { row.amount(10)? },
            amount,
        })
    }

    fn one_currency(&mut self, line: u64) -> Result<Currency, Fault> {
        let text = Fields { row: &self.row, places: &self.places, line }.text(1);
        let found = <Currency as crate::machine::Keyed>::read(&text);
        let currency = found.ok_or_else(|| fault(line, format!("BillingCurrency is {}; bills are in CNY or USD", short(&text))))?;
        match self.currency {
            Some((first, since)) if first != currency => {
                Err(fault(line, format!("BillingCurrency is {currency}, and {first} since line {since}: a bill has one currency")))
            }
            Some(_) => Ok(currency),
            None => {
                self.currency = Some((currency, line));
                Ok(currency)
            }
        }
    }

    /// Names and values of the columns that say something, by name.
    fn identity(&self) -> Vec<u8> {
        let mut identity = Vec::with_capacity(self.row.bytes.len() * 2);
        for at in &self.sorted {
            let value = self.row.field(*at);
            if value.is_empty() || value == b"NULL" {
                continue;
            }
            identity.extend_from_slice(self.heads.get(*at).map_or(b"", |head| head.as_bytes()));
            identity.push(0x1e);
            identity.extend_from_slice(value);
            identity.push(0x1f);
        }
        identity
    }
}

impl Row {
    /// Takes the fields apart after RFC 4180.
    fn split(&mut self) -> Result<(), String> {
        self.bytes.clear();
        self.ends.clear();
        let raw = self.raw.strip_suffix(b"\n").unwrap_or(&self.raw);
        let mut rest = raw.strip_suffix(b"\r").unwrap_or(raw);
        loop {
            rest = if let Some(quoted) = rest.strip_prefix(b"\"") {
                let after = unquoted(quoted, &mut self.bytes).ok_or("a quote is not closed")?;
                if !matches!(after.first(), None | Some(b',')) {
                    return Err("something stands behind a closing quote".to_owned());
                }
                after
            } else {
                let end = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
                let (field, after) = rest.split_at(end);
                if field.contains(&b'"') {
                    return Err("a quote stands inside a field without quotes".to_owned());
                }
                self.bytes.extend_from_slice(field);
                after
            };
            self.ends.push(self.bytes.len());
            match rest.split_first() {
                Some((_, after)) => rest = after,
                None => break,
            }
        }
        std::str::from_utf8(&self.bytes).map(|_| ()).map_err(|_| "the text is not UTF-8".to_owned())
    }

    fn field(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.bytes.get(start..*end)).unwrap_or_default()
    }

    fn text(&self, at: usize) -> Option<&str> {
        std::str::from_utf8(self.field(at)).ok()
    }
}

/// Copies a quoted field up to its closing quote; gives what stands behind that.
fn unquoted<'r>(mut rest: &'r [u8], bytes: &mut Vec<u8>) -> Option<&'r [u8]> {
    loop {
        let quote = rest.iter().position(|byte| *byte == b'"')?;
        let (before, after) = (rest.get(..quote)?, rest.get(quote + 1..)?);
        bytes.extend_from_slice(before);
        match after.strip_prefix(b"\"") {
            Some(more) => {
                bytes.push(b'"');
                rest = more;
            }
            None => return Some(after),
        }
    }
}

/// The columns of a row by their place in `COLUMNS`.
struct Fields<'r> {
    row: &'r Row,
    places: &'r [Option<usize>; COLUMNS.len()],
    line: u64,
}

impl Fields<'_> {
    fn raw(&self, column: usize) -> &str {
        let text = self.places.get(column).copied().flatten().and_then(|at| self.row.text(at)).unwrap_or_default();
        if text == "NULL" { "" } else { text.trim() }
    }

    fn text(&self, column: usize) -> String {
        plain(self.raw(column))
    }

    fn amount(&self, column: usize) -> Result<Exact, Fault> {
        let text = self.raw(column);
        let name = COLUMNS.get(column).copied().unwrap_or_default();
        Exact::parse(text).ok_or_else(|| fault(self.line, format!("{name} is {}, no amount with at most 15 decimals", short(text))))
    }

    /// A time is in UTC, with or without saying so; a day is its first moment.
    fn moment(&self, column: usize) -> Result<Moment, Fault> {
        let text = self.raw(column);
        let name = COLUMNS.get(column).copied().unwrap_or_default();
        let zoned = |text: &str| text.parse::<Moment>().ok();
        let read = match text.len() {
            10 => zoned(&format!("{text}T00:00:00Z")),
            16 => zoned(&format!("{text}:00Z")),
            _ => zoned(text).or_else(|| zoned(&format!("{text}Z"))),
        };
        read.ok_or_else(|| fault(self.line, format!("{name} is {}, no time", short(text))))
    }
}

/// One line of text of a bearable length.
fn plain(text: &str) -> String {
    let one_line = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().take(TEXT_MAX).map(one_line).collect()
}

/// A value as a message shows it.
fn short(text: &str) -> String {
    if text.is_empty() { "empty".to_owned() } else { format!("{:?}", text.chars().take(40).collect::<String>()) }
}

#[cfg(test)]
mod tests;
