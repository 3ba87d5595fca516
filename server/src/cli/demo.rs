//! `demo reset`.

use crate::{anchor, config::Config, serve};
use clap::Subcommand;
use std::process::ExitCode;

/// The demo data.
#[derive(Debug, Subcommand)]
pub enum Demo {
    /// Throw the demo data away and make it anew, the same on every machine and on both databases.
    Reset {
        /// Documents of the library.
        #[arg(long, value_name = "N", default_value_t = 10_000)]
        documents: u32,
        /// Lines of the largest bill.
        #[arg(long, value_name = "N", default_value_t = 0)]
        bill_lines: u64,
        /// Movements of the largest ledger, before its story.
        #[arg(long, value_name = "N", default_value_t = 0)]
        ledger_entries: u64,
    },
}

pub(super) async fn run(Demo::Reset { documents, bill_lines, ledger_entries }: Demo, config: &Config) -> Result<ExitCode, String> {
    if !config.is_demo() {
        return Err("PC_MODE is \"production\"; `demo reset` throws all data away and runs with PC_MODE=demo only".to_owned());
    }
    let options = ::demo::Options { documents, bill_lines, ledger_entries };
    let report = ::demo::reset(serve::options(config), options).await?;
    anchor::begin_anew(config, "demo", &[])?;
    println!(
        "The demo world is ready: {} companies, {} accounts, {} documents, {} downloads, {} movements of money. It is {}.",
        report.companies,
        report.accounts,
        report.documents,
        report.downloads,
        report.movements,
        ::demo::START
    );
    println!("Every account has the password {}.", ::demo::PASSWORD);
    Ok(ExitCode::SUCCESS)
}
