//! Mail and text messages are rows first: what is sent belongs to the transaction that caused it.

use crate::{access::Store, db::Failure, sql::sql, write::Tx};
use domain::{Error, Moment};
use serde::{Deserialize, Serialize};

/// Messages the demo page shows at most.
const SHOWN_MAX: i64 = 500;

/// A message on its way out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// `mail` or `text`.
    pub channel: String,
    /// Address or number.
    pub to: String,
    /// The subject of a mail.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The step-up code in it, for the demo outbox.
    pub code: Option<String>,
}

/// A message as the demo outbox shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// Its id.
    pub id: String,
    /// When, in business time.
    pub at: Moment,
    /// The message.
    pub message: Message,
}

/// Puts a message into the outbox.
pub(crate) async fn send(tx: &mut Tx, message: &Message) -> Result<(), Error> {
    let seq = match tx.row(sql("SELECT seq FROM outbox ORDER BY seq DESC LIMIT 1")).await? {
        Some(row) => row.int(0)? + 1,
        None => 1,
    };
    let insert = sql("INSERT INTO outbox (id, seq, at_us, channel, recipient, subject, text, code, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting')");
    let insert = insert.bind(tx.new_id()).bind(seq).bind(tx.now()).bind(&message.channel).bind(&message.to);
    tx.insert_next(insert.bind(&message.subject).bind(&message.text).bind(message.code.clone())).await
}

/// Every message, oldest first. Demo mode only: whoever calls this has checked the mode.
///
/// # Errors
/// The database does not answer.
pub async fn demo_messages(store: &Store) -> Result<Vec<Sent>, Failure> {
    let newest = sql("SELECT id, at_us, channel, recipient, subject, text, code, seq FROM outbox ORDER BY seq DESC").limit(SHOWN_MAX);
    let mut sent = Vec::new();
    for row in store.db.rows(newest).await? {
        let message =
            Message { channel: row.text(2)?, to: row.text(3)?, subject: row.text(4)?, text: row.text(5)?, code: row.maybe_text(6)? };
        sent.push(Sent { id: row.text(0)?, at: row.moment(1)?, message });
    }
    sent.reverse();
    Ok(sent)
}
