//! Step-up codes: sent to the account's address for one act, used once (domain.md 4.6).

use crate::{
    access::Access,
    ids::hashed,
    outbox::{self, Message},
    sql::sql,
    write::{Tx, Written},
};
use domain::{
    Error, Id,
    access::Anyone,
    event::Event,
    sign_in::{self, Refusal},
};

/// How the counts of codes are named among the throttles.
pub(crate) const CODES_KEY: &str = "code/";

/// Sends a step-up code for an act to the account's address (domain.md 4.6). A newer code replaces the older.
///
/// # Errors
/// `AuthRequired` without a session; `TooMany` when the person asked too often.
pub async fn send(access: &Access<Anyone>, act: &str) -> Result<(), Error> {
    let standing = access.caller().standing()?;
    let input = (standing.account, standing.tenant, standing.email.clone(), act.to_owned());
    access
        .write(None, input, |tx, (account, tenant, email, act)| {
            Box::pin(async move {
                count(tx, *account).await?;
                let (code, now) = (tx.store().ids.digits(sign_in::CODE_DIGITS), tx.system_now());
                let keep = sql("INSERT INTO codes (account_id, act, code_hash, sent_at_us, tries) VALUES ($1, $2, $3, $4, 0)
                    ON CONFLICT (account_id, act) DO UPDATE SET code_hash = $3, sent_at_us = $4, tries = 0");
                tx.execute(keep.bind(*account).bind(act).bind(hashed(&format!("{account}{act}{code}"))).bind(now)).await?;
                let message = Message {
                    channel: "mail".to_owned(),
                    to: email.clone(),
                    subject: "验证码 / Verification code".to_owned(),
                    text: format!("验证码 {code}，5 分钟内有效。The code {code} is valid for 5 minutes."),
                    code: Some(code),
                };
                outbox::send(tx, &message).await?;
                Ok(Written::new((), *tenant, Event::CodeSent { account: *account, act: act.clone() }))
            })
        })
        .await
}

/// Counts a code that is asked for. A new one has new tries, so without a limit anybody with a session could guess on.
async fn count(tx: &mut Tx, account: Id) -> Result<(), Error> {
    let now = tx.system_now();
    for (seconds, most) in sign_in::code_limits(tx.store().is_demo) {
        let key = format!("{CODES_KEY}{seconds}/{account}");
        let old = sql("DELETE FROM throttles WHERE key = ").value(&key).and(" AND begun_at_us <= ").value(now.plus_seconds(-seconds));
        tx.execute(old).await?;
        let add = sql("INSERT INTO throttles (key, begun_at_us, tries) VALUES ($1, $2, 1)
            ON CONFLICT (key) DO UPDATE SET tries = throttles.tries + 1");
        tx.execute(add.bind(&key).bind(now)).await?;
        let row = tx.row(sql("SELECT begun_at_us, tries FROM throttles WHERE key = ").value(&key).and(" LIMIT 1")).await?;
        let (begun, asked) = row.map(|row| Ok::<_, Error>((row.moment(0)?, row.int(1)?))).transpose()?.unwrap_or((now, 1));
        if asked > most {
            return Err(Error::TooMany { wait_seconds: (seconds - now.seconds_since(begun)).max(1) });
        }
    }
    Ok(())
}

/// Uses up a step-up code inside the write it protects. A wrong try is counted by `count_wrong`, in a write of its own,
/// because the write that was refused leaves nothing behind.
///
/// # Errors
/// The code is wrong, too old, used or tried too often.
pub async fn spend(tx: &mut Tx, account: Id, act: &str, code: &str) -> Result<(), Error> {
    let since = tx.system_now().plus_seconds(-sign_in::CODE_SECONDS);
    let spend = sql("DELETE FROM codes WHERE account_id = $1 AND act = $2 AND code_hash = $3 AND sent_at_us > $4 AND tries < $5");
    let spend = spend.bind(account).bind(act).bind(hashed(&format!("{account}{act}{code}"))).bind(since);
    match tx.execute(spend.bind(sign_in::CODE_TRIES)).await? {
        0 => Err(Refusal::CodeWrong.into()),
        _ => Ok(()),
    }
}

/// Counts a wrong try of a step-up code.
///
/// # Errors
/// The database does not answer.
pub async fn count_wrong(access: &Access<Anyone>, act: &str) -> Result<(), Error> {
    let account = access.caller().standing()?.account;
    access
        .write(None, (account, act.to_owned()), |tx, (account, act)| {
            Box::pin(async move {
                let count = sql("UPDATE codes SET tries = tries + 1 WHERE account_id = ").value(*account).and(" AND act = ").value(act);
                tx.execute(count).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}
