//! What stands on an invoice, as rows keep it: JSON that is always read as a whole, with the number of the bank account in it sealed.

use crate::{
    seal::{Key, SealedNumber},
    write::Tx,
};
use domain::{Error, Id, invoice::Content, withdrawal::masked};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    content: Content,
    /// The last digits of the number that is sealed in `content`.
    #[serde(default)]
    account_tail: String,
}

/// A content as it is written down for a company.
///
/// # Errors
/// `Unavailable` without the key of this database, when there is a number to seal.
pub(super) async fn written(tx: &mut Tx, owner: Id, content: &Content) -> Result<String, Error> {
    if content.is_masked() {
        tracing::error!(place = tx.store().seal.place(), "an account of an invoice was not kept: its number does not open with this key");
        return Err(Error::Unavailable);
    }
    let number = SealedNumber::of(tx, owner, &content.account).await?;
    json(content.clone(), number)
}

fn json(content: Content, number: SealedNumber) -> Result<String, Error> {
    let (account, account_tail) = number.into_parts();
    let kept = Kept { content: Content { account, ..content }, account_tail };
    serde_json::to_string(&kept).map_err(|_| Error::Broken)
}

/// Reads it back. Without the key that it was sealed with the number is its last digits (`Content::is_masked`).
pub(crate) fn content(text: &str, owner: Id, key: Option<&Key>) -> Result<Content, Error> {
    let Kept { content, account_tail } = serde_json::from_str(text).map_err(|_| Error::Broken)?;
    let number = SealedNumber::of_parts(content.account.clone(), account_tail);
    let account = number.open(owner, key).unwrap_or_else(|| masked(&number.tail()));
    Ok(Content { account, ..content })
}

/// The same row with its number sealed; nothing when there is none, or it is sealed already.
pub(crate) fn sealed(text: &str, owner: Id, key: &Key) -> Result<Option<String>, Error> {
    let Kept { content, account_tail } = serde_json::from_str(text).map_err(|_| Error::Broken)?;
    let number = SealedNumber::of_parts(content.account.clone(), account_tail);
    if !number.is_plain() {
        return Ok(None);
    }
    json(content.clone(), SealedNumber::sealed(key, owner, &content.account)?).map(Some)
}
