//! `bill import`: a FOCUS 1.0 cost and usage file becomes customers, lines and bills of a partner, wholly or not at all.

use super::{in_turn, open, said};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::access::{CanManageBills, Role};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};
use store::{Access, bills, people};

/// Bills of partners.
#[derive(Debug, Subcommand)]
pub enum Bill {
    /// Bring a FOCUS 1.0 file into the bills of a partner. What is there already is skipped; a wrong row refuses the whole file.
    Import(Import),
}

/// A file to import.
#[derive(Debug, Args)]
pub struct Import {
    /// The file: CSV, UTF-8, with a head row.
    file: PathBuf,
    /// The number of the partner, as `partner list` shows it.
    #[arg(long, value_name = "NO")]
    partner: String,
    /// Say what is in the file and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// End with one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What is said of a file.
#[derive(Debug, Serialize)]
struct Report {
    imported: u64,
    known: u64,
    periods: Vec<OfPeriod>,
    failed: Vec<Failed>,
}

#[derive(Debug, Serialize)]
struct OfPeriod {
    period: String,
    currency: &'static str,
    lines: u64,
    consumption: String,
    refunds: String,
    adjustments: String,
    total: String,
}

#[derive(Debug, Serialize)]
struct Failed {
    line: u64,
    reason: String,
}

pub(super) async fn run(Bill::Import(wanted): Bill, config: &Config) -> Result<ExitCode, String> {
    let path = wanted.file.clone();
    let looked = tokio::task::spawn_blocking(move || bills::look(&path)).await.map_err(|error| error.to_string())??;
    let mut report = Report { imported: 0, known: 0, periods: periods(&looked), failed: Vec::new() };
    if looked.wrong > 0 {
        report.failed = looked.faults.iter().map(|fault| Failed { line: fault.line, reason: fault.what.clone() }).collect();
        for fault in &looked.faults {
            eprintln!("{}: {fault}", wanted.file.display());
        }
        let more = looked.wrong.saturating_sub(u64::try_from(looked.faults.len()).unwrap_or(u64::MAX));
        if more > 0 {
            eprintln!("and {more} more");
        }
        tell(&report, &wanted)?;
        return Err(format!(
            "{} of the file {} wrong; nothing was imported",
            looked.wrong,
            if looked.wrong == 1 { "row is" } else { "rows are" }
        ));
    }
    let store = open(config).await?;
    let partner = people::numbered(&store, &wanted.partner).await.map_err(|error| said(&error))?;
    let partner =
        partner.ok_or_else(|| format!("there is no partner {:?}; `partner-center partner list` shows the numbers", wanted.partner))?;
    if !wanted.dry_run {
        let operator = people::operator(&store, Role::VendorFinance).await.map_err(|error| match error {
            domain::Error::NotFound => "there is no vendor yet; `partner-center staff create` enters one".to_owned(),
            error => said(&error),
        })?;
        let access: Access<CanManageBills> = store.system(operator).access().map_err(|error| said(&error))?;
        let imported = in_turn(|| bills::import(&access, partner, &wanted.file, &looked)).await;
        let imported = imported.map_err(|error| format!("{}: {}", wanted.file.display(), said(&error)))?;
        (report.imported, report.known) = (imported.lines, imported.known);
    }
    store.db.close().await;
    tell(&report, &wanted)?;
    Ok(ExitCode::SUCCESS)
}

fn periods(looked: &bills::Looked) -> Vec<OfPeriod> {
    let currency = looked.currency.map_or("", domain::machine::Keyed::key);
    let one = |(period, of): (&domain::bills::Period, &bills::OfPeriod)| OfPeriod {
        period: period.to_string(),
        currency,
        lines: of.lines,
        consumption: of.sums.consumption.plain(),
        refunds: of.sums.refunds.plain(),
        adjustments: of.sums.adjustments.plain(),
        total: of.sums.total().map(domain::bills::Exact::plain).unwrap_or_default(),
    };
    looked.periods.iter().map(one).collect()
}

fn tell(report: &Report, wanted: &Import) -> Result<(), String> {
    if wanted.json {
        println!("{}", serde_json::to_string(report).map_err(|error| error.to_string())?);
        return Ok(());
    }
    if !report.failed.is_empty() {
        return Ok(());
    }
    for OfPeriod { period, currency, lines, consumption, refunds, adjustments, total } in &report.periods {
        println!("{period}\t{lines} lines\tconsumption {consumption} + refunds {refunds} + adjustments {adjustments} = {total} {currency}");
    }
    match wanted.dry_run {
        true => println!("Nothing was imported: this was a look at the file."),
        false => println!("{} imported, {} known already", report.imported, report.known),
    }
    Ok(())
}
