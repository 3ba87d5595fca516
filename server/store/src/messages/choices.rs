//! What a person has chosen: topics and ways, and the language they read.

use crate::{access::Access, sql::sql, write::Written};
use domain::{
    Error, Lang,
    access::Anyone,
    machine::Keyed as _,
    message::{Choice, Topic},
};

/// How the caller wants to be told, for each topic of which something can be told.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn choices(access: &Access<Anyone>) -> Result<Vec<Choice>, Error> {
    let standing = access.caller().standing()?;
    let find = sql("SELECT topic, in_app, mail FROM message_preferences WHERE tenant_id = ").value(standing.tenant);
    let find = find.and(" AND account_id = ").value(standing.account).and(" ORDER BY topic").limit(100);
    let mut choices: Vec<Choice> = Topic::in_use().into_iter().map(Choice::usual).collect();
    for row in access.store().db.rows(find).await? {
        let chosen = Choice { topic: row.key(0)?, app: row.int(1)? != 0, mail: row.int(2)? != 0 }.allowed();
        choices.iter_mut().filter(|choice| choice.topic == chosen.topic).for_each(|choice| *choice = chosen);
    }
    Ok(choices)
}

/// Keeps how the caller wants to be told from now on; a topic that is not among the choices stays as it is.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn choose(access: &Access<Anyone>, choices: Vec<Choice>) -> Result<(), Error> {
    let standing = access.caller().standing()?;
    access
        .write(None, (standing.tenant, standing.account, choices), |tx, (tenant, account, choices)| {
            Box::pin(async move {
                for choice in choices {
                    let Choice { topic, app, mail } = choice.allowed();
                    let keep = sql("INSERT INTO message_preferences (tenant_id, account_id, topic, in_app, mail)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (tenant_id, account_id, topic) DO UPDATE SET in_app = $4, mail = $5");
                    tx.execute(keep.bind(*tenant).bind(*account).bind(topic.key()).bind(app).bind(mail)).await?;
                }
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// The caller reads in this language from now on; mail follows.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn speak(access: &Access<Anyone>, lang: Lang) -> Result<(), Error> {
    let account = access.caller().standing()?.account;
    access
        .write(None, (account, lang), |tx, (account, lang)| {
            Box::pin(async move {
                let speak = sql("UPDATE accounts SET language = ").value(lang.key()).and(" WHERE id = ").value(*account);
                tx.execute(speak.and(" AND language <> ").value(lang.key())).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}
