//! Files as they come, and as they should not.

use super::*;
use proptest::prelude::*;

const HEAD: &str = "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ServiceName,SubAccountId,Tags";

fn file(rows: &str) -> String {
    format!("{HEAD}\n{rows}")
}

fn row(cost: &str) -> String {
    format!("{cost},USD,2024-09-01 00:00:00,Usage,Storage,42,x\n")
}

/// The charges in front of the first fault, and the fault.
fn read(text: &[u8]) -> (Vec<Charge>, Option<Fault>) {
    let mut reader = match Reader::begin(text) {
        Ok(reader) => reader,
        Err(fault) => return (Vec::new(), Some(fault)),
    };
    let mut charges = Vec::new();
    while let Some(next) = reader.next_charge() {
        match next {
            Ok(charge) => charges.push(charge),
            Err(fault) => return (charges, Some(fault)),
        }
    }
    (charges, None)
}

fn said(text: &str) -> String {
    read(text.as_bytes()).1.map(|fault| fault.to_string()).unwrap_or_default()
}

#[test]
fn a_row_becomes_a_charge() {
    let text = "\u{feff}ServiceName,BilledCost,ListCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargeClass,SubAccountId,SubAccountName,\
                RegionId,RegionName,ResourceId,ChargePeriodStart,Id\r\n\
                \"Queue, \"\"fast\"\"\",0.000001,0.5,CNY,2024-08-31T16:00:00Z,Usage,NULL,42,Atlas\nNimbus,us-1,NULL,r-1,2024-09-18 22:00:00,77\r\n";
    let text = text.replace("Atlas\nNimbus", "\"Atlas\nNimbus\"");
    let (charges, fault) = read(text.as_bytes());
    assert_eq!(fault, None);
    let [charge] = charges.as_slice() else { panic!("one charge") };
    assert_eq!(
        (charge.product.as_str(), charge.customer.as_str(), charge.customer_name.as_str()),
        ("Queue, \"fast\"", "42", "Atlas Nimbus")
    );
    assert_eq!(
        (charge.amount.plain(), charge.list.plain(), charge.kind),
        ("0.000001".to_owned(), "0.50".to_owned(), LineKind::Consumption)
    );
    assert_eq!((charge.period.to_string(), charge.region.as_str(), charge.reference.as_str()), ("2024-09".to_owned(), "us-1", "77"));
    assert_eq!((charge.line, charge.at.to_iso()), (2, "2024-09-19T06:00:00+08:00".to_owned()));
}

#[test]
fn categories_become_kinds() {
    let head = HEAD.replace("Tags", "ChargeClass,Tags");
    for (category, class, kind) in [
        ("Usage", "", LineKind::Consumption),
        ("Purchase", "NULL", LineKind::Consumption),
        ("Credit", "", LineKind::Refund),
        ("Adjustment", "", LineKind::Adjustment),
        ("Tax", "", LineKind::Adjustment),
        ("Usage", "Correction", LineKind::Adjustment),
    ] {
        let (charges, fault) = read(format!("{head}\n1,USD,2024-09-01,{category},S,42,{class},x\n").as_bytes());
        assert_eq!((charges.first().map(|charge| charge.kind), fault), (Some(kind), None), "{category}");
    }
    assert!(said(&format!("{head}\n1,USD,2024-09-01,Fee,S,42,,x\n")).starts_with("line 2: ChargeCategory is \"Fee\""));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (text, sentence) in [
        (String::new(), "the file is empty"),
        (
            "a,b\n".to_owned(),
            "line 1: the columns are missing: BilledCost, BillingCurrency, BillingPeriodStart, ChargeCategory, ServiceName, SubAccountId",
        ),
        (HEAD.replace("BilledCost", "Cost") + "\n", "line 1: the column is missing: BilledCost"),
        (format!("{HEAD},Tags\n"), "line 1: the column \"Tags\" stands twice"),
        (file(&format!("{}{}", row("1"), row("1e-16"))), "line 3: BilledCost is \"1e-16\", no amount with at most 15 decimals"),
        (file(&row("")), "line 2: BilledCost is empty, no amount with at most 15 decimals"),
        (file(&row("1").replace("2024-09", "2024-13")), "line 2: BillingPeriodStart is \"2024-13-01 00:00:00\", no time"),
        (
            file(&format!("{}{}", row("1"), row("1").replace("USD", "CNY"))),
            "line 3: BillingCurrency is CNY, and USD since line 2: a bill has one currency",
        ),
        (file(&row("1").replace("USD", "XYZ")), "line 2: BillingCurrency is \"XYZ\"; bills are in CNY or USD"),
        (file(&row("1").replace("Storage", "NULL")), "line 2: ServiceName is empty"),
        (file(&row("1").replace(",x", "")), "line 2: 6 fields instead of 7"),
        (file(&row("1").replace('x', "\0")), "line 2: there is a NUL byte: this is no text file, or it is damaged"),
        (file(&row("1").replace('x', "\"x\"y")), "line 2: something stands behind a closing quote"),
        (file(&row("1").replace('x', "x\"y\"")), "line 2: a quote stands inside a field without quotes"),
        (file(&format!("{}1,USD,2024", row("1"))), "line 3: 3 fields instead of 7: the file is cut off"),
        (
            file(&format!("{}1,USD,2024-09-01,Usage,S,42,\"x", row("1"))),
            "line 3: a quote is open at the end of the file: the file is cut off",
        ),
        (
            format!(
                "{}\n2024-09-01,USD,Usage,S,42,12.3",
                "BillingPeriodStart,BillingCurrency,ChargeCategory,ServiceName,SubAccountId,BilledCost"
            ),
            "line 2: the last line has no line end, so its \"BilledCost\" may be cut off",
        ),
    ] {
        assert_eq!(said(&text), sentence);
    }
    assert_eq!(read(file(row("1").trim_end()).as_bytes()).1, None, "what is not read may end there");
    assert!(read(b"\xff\xfe1\x002\x00\n").1.is_some());
}

#[test]
fn a_bad_row_does_not_hide_the_next_one_and_lines_are_counted_inside_quotes() {
    let text = file(&format!("{}{}{}", row("x"), row("1").replace(",x", ",\"a\n\nb\""), row("y")));
    let mut reader = Reader::begin(text.as_bytes()).expect("a head");
    let lines: Vec<_> =
        std::iter::from_fn(|| reader.next_charge()).map(|next| next.map(|charge| charge.line).map_err(|fault| fault.line)).collect();
    assert_eq!(lines, [Err(2), Ok(3), Err(6)]);
}

#[test]
fn the_order_of_columns_and_what_says_nothing_make_no_other_line() {
    let one = read(file(&row("1.50")).as_bytes()).0.remove(0).identity;
    let heads = "Empty,SubAccountId,Tags,ServiceName,ChargeCategory,BillingPeriodStart,BillingCurrency,BilledCost";
    let other = format!("{heads}\nNULL,42,x,Storage,Usage,2024-09-01 00:00:00,USD,1.50\n");
    assert_eq!(read(other.as_bytes()).0.remove(0).identity, one);
    assert_ne!(read(file(&row("1.51")).as_bytes()).0.remove(0).identity, one);
}

#[test]
fn a_row_without_an_end_is_not_read_into_memory() {
    let text = file(&format!("\"{}", "x".repeat(3 << 20)));
    assert_eq!(said(&text), "line 2: the row is longer than 1 MiB; a quote may be missing");
}

proptest! {
    #[test]
    fn no_bytes_are_more_than_a_fault(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let mut text = file(&row("1")).into_bytes();
        text.extend(bytes);
        let (charges, _) = read(&text);
        prop_assert!(!charges.is_empty());
    }
}
