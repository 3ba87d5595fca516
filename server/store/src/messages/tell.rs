//! Telling people, in the transaction of what they are told.

use super::digest;
use crate::{
    outbox::{self, Message},
    sql::{Sql, Value, sql},
    write::Tx,
};
use domain::{
    Error, Id, Lang,
    access::Role,
    machine::Keyed as _,
    message::{Choice, Notice, mail},
};
use std::collections::BTreeSet;

/// People that are told with one statement.
const TOGETHER: usize = 100;

/// People of one company and some roles that are told.
const OF_ROLES_MAX: i64 = 50;

/// Somebody who is told.
struct Person {
    account: Id,
    tenant: Id,
    email: String,
    lang: Lang,
    choice: Choice,
}

/// Tells persons of something, each once, as they have chosen: in the app, by mail, both, or not at all. Accounts that are not active are
/// left out, and so is who was told of the same cause before.
///
/// # Errors
/// The database does not answer.
pub async fn tell(tx: &mut Tx, notice: &Notice, accounts: &[Id]) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    let accounts: Vec<Id> = accounts.iter().copied().filter(|account| seen.insert(*account)).collect();
    for accounts in accounts.chunks(TOGETHER) {
        let mut people = people(tx, notice, accounts).await?;
        // In the order that was asked for: the databases give rows in an order of their own.
        people.sort_by_key(|person| accounts.iter().position(|account| *account == person.account));
        let told = insert(tx, notice, &people).await?;
        for (message, person) in told {
            if person.choice.mail {
                by_mail(tx, notice, message, person).await?;
            }
        }
    }
    Ok(())
}

/// The active people of a company who hold one of some roles, those who have been there longest first.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn of_roles(tx: &mut Tx, tenant: Id, roles: &[Role]) -> Result<Vec<Id>, Error> {
    let find = sql("SELECT id FROM accounts WHERE state = 'active' AND tenant_id = ").value(tenant);
    let one = |find: Sql, (at, role): (usize, &Role)| {
        let find = find.and(if at == 0 { " AND (" } else { " OR " }).and("',' || roles || ',' LIKE ");
        find.value(format!("%,{},%", role.key()))
    };
    let find = roles.iter().enumerate().fold(find, one).and(") ORDER BY created_at_us, id").limit(OF_ROLES_MAX);
    tx.rows(find).await?.iter().map(|row| Ok(row.id(0)?)).collect()
}

async fn people(tx: &mut Tx, notice: &Notice, accounts: &[Id]) -> Result<Vec<Person>, Error> {
    let topic = notice.topic();
    let find = sql("SELECT a.id, a.tenant_id, a.email, a.language, p.in_app, p.mail FROM accounts a LEFT JOIN message_preferences p
        ON p.tenant_id = a.tenant_id AND p.account_id = a.id AND p.topic = ");
    let find = find.value(topic.key()).and(" WHERE a.state = 'active' AND a.id IN ").list(accounts.iter().copied());
    let mut people = Vec::new();
    for row in tx.rows(find.and(" ORDER BY a.id").limit(i64::try_from(TOGETHER).unwrap_or(1))).await? {
        let usual = Choice::usual(topic);
        let chosen = |column: usize, usual: bool| row.maybe_int(column).map(|value| value.map_or(usual, |value| value != 0));
        let choice = Choice { topic, app: chosen(4, usual.app)?, mail: chosen(5, usual.mail)? }.allowed();
        let lang = Lang::read(&row.text(3)?).unwrap_or_default();
        if choice.app || choice.mail {
            people.push(Person { account: row.id(0)?, tenant: row.id(1)?, email: row.text(2)?, lang, choice });
        }
    }
    Ok(people)
}

/// The rows; gives who was told now, with the message.
async fn insert<'p>(tx: &mut Tx, notice: &Notice, people: &'p [Person]) -> Result<Vec<(Id, &'p Person)>, Error> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let (now, topic, cause) = (tx.now(), notice.topic().key(), notice.cause());
    let kept = serde_json::to_string(notice).map_err(|_| Error::Broken)?;
    let rows: Vec<Vec<Value>> = people
        .iter()
        .map(|person| {
            let id = tx.new_id();
            let owner = [person.tenant.into(), id.into(), person.account.into()];
            owner.into_iter().chain([topic.into(), (&cause).into(), (&kept).into(), person.choice.app.into(), now.into()]).collect()
        })
        .collect();
    let insert = sql("INSERT INTO messages (tenant_id, id, account_id, topic, cause, notice, in_app, at_us)").rows(rows);
    let told = tx.rows(insert.and(" ON CONFLICT (account_id, cause) DO NOTHING RETURNING id, account_id")).await?;
    let mut found = Vec::new();
    for row in told {
        let account = row.id(1)?;
        found.extend(people.iter().position(|person| person.account == account).map(|place| (place, row.id(0))));
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().filter_map(|(place, id)| people.get(place).map(|person| Ok((id?, person)))).collect()
}

async fn by_mail(tx: &mut Tx, notice: &Notice, message: Id, person: &Person) -> Result<(), Error> {
    if notice.mails_at_once() {
        let sent = mail(&[(message, notice.clone())], 1, person.lang);
        let Person { email, lang, .. } = person;
        let out = Message { channel: "mail".to_owned(), to: email.clone(), subject: sent.subject, text: sent.text, code: None };
        return outbox::send_in(tx, &out, *lang).await;
    }
    digest::add(tx, message, person.account, &person.email, person.lang).await
}
