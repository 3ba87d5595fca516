//! The rows of a file: the same question, conditions and order as the page, without its pages, from one snapshot.

use crate::{access::Caller, audit, bills, invoices, ledger, library, top_ups, withdrawals};
use domain::{Day, Error, Lang, Moment, bills::Exact, exports::Source};
use tokio::sync::{mpsc, oneshot};

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A day.
    Day(Day),
    /// A moment.
    Moment(Moment),
    /// An amount in micros.
    Amount(i64),
    /// An amount to its last decimal.
    Exact(Exact),
}

/// How many rows there will be, said before the first.
pub type Count = oneshot::Sender<i64>;

/// Sends the rows of a source, in the order of its list's columns that stand in files, as fast as they are taken.
///
/// # Errors
/// What the caller may not see, a refused question, or the database does not answer.
pub async fn rows(
    caller: &Caller,
    source: Source,
    query: &str,
    lang: Lang,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    let asked = domain::exports::whole(source, query);
    match source {
        Source::Library => library::list_rows(&caller.access()?, asked, lang, counted, out).await,
        Source::Downloads => library::download_rows(&caller.access()?, asked, counted, out).await,
        Source::EveryAudit => audit::every_row(&caller.access()?, asked, lang, counted, out).await,
        Source::Bill => bills::statement_rows(&caller.access()?, asked, lang, counted, out).await,
        Source::BillLines => bills::line_rows(&caller.access()?, asked, lang, counted, out).await,
        Source::Ledger => ledger::rows(&caller.access()?, asked, lang, counted, out).await,
        Source::Withdrawals => withdrawals::rows(&caller.access()?, asked, lang, counted, out).await,
        Source::WithdrawalQueue => withdrawals::queue_rows(&caller.access()?, asked, lang, counted, out).await,
        Source::TopUps => top_ups::rows(&caller.access()?, asked, lang, counted, out).await,
        Source::TopUpQueue => top_ups::queue_rows(&caller.access()?, asked, lang, counted, out).await,
        Source::InvoiceRequests => invoices::rows(&caller.access()?, asked, lang, counted, out).await,
        Source::InvoiceQueue => invoices::queue_rows(&caller.access()?, asked, lang, counted, out).await,
        Source::Audit => audit::rows(&caller.access()?, asked, lang, counted, out).await,
    }
}
