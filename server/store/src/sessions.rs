//! Sessions: begun by a password, found by the hash of a secret, exchanged while they live, ended by people or time.

use crate::{
    access::{Access, Caller, Store},
    ids::hashed,
    messages,
    sql::{Row, sql},
    write::{Tx, Written},
};
use domain::{
    Day, Error, Id, Moment, Said,
    access::{Anyone, CATALOGUE, Identity, Program, Role, Side, Standing},
    agreement::Mandatory,
    event::Event,
    machine::Keyed,
    message::Notice,
    sign_in::{self, Refusal},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A session's time of last use is written at most this often.
const TOUCH_SECONDS: i64 = 60;
/// The exchanged key still works for this long: requests with it are under way.
const GRACE_SECONDS: i64 = 60;
/// Sessions of one account; the oldest one ends when another begins.
const SESSIONS_MAX: i64 = 20;
/// Devices of one account that are remembered; the one that was not seen for longest is forgotten.
const DEVICES_MAX: i64 = 50;
/// Longest device name that is kept.
const DEVICE_MAX: usize = 200;

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSession {
    /// When it began.
    pub begun: Moment,
    /// When it was last used.
    pub seen: Moment,
    /// From which network address.
    pub address: String,
    /// With which browser.
    pub device: String,
    /// It is the one that asks.
    pub current: bool,
}

/// A session that has just begun or whose key was exchanged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewKey {
    /// The secret for the cookie; only its hash is stored.
    pub key: String,
}

/// Looks up the session of a cookie.
///
/// # Errors
/// The database does not answer.
pub async fn resume(store: &Store, key: &str, address: String, request: String) -> Result<(Caller, Option<Due>), Error> {
    let mut caller = store.stranger(address, request);
    let hash = hashed(key);
    let Some(row) = store.db.row(standing_of_session(&hash, store.clock.now())).await? else { return Ok((caller, None)) };
    let (begun, rotated, seen, password_at) = (row.moment(17)?, row.moment(18)?, row.moment(19)?, row.moment(20)?);
    let (current, now) = (row.text(21)?, store.clock.system());
    let is_current = current == hash;
    let ended = now.seconds_since(begun) >= sign_in::ABSOLUTE_SECONDS
        || now.seconds_since(seen) >= sign_in::IDLE_SECONDS
        || (!is_current && now.seconds_since(rotated) > GRACE_SECONDS);
    if ended {
        caller.before = Some(row.id(0)?);
        return Ok((caller, None));
    }
    caller.standing = Some(Arc::new(standing(&row)?));
    caller.session = Some(current);
    caller.password_at = Some(password_at);
    let due = if is_current && now.seconds_since(rotated) >= sign_in::ROTATE_SECONDS {
        Some(Due::Rotate)
    } else {
        (now.seconds_since(seen) >= TOUCH_SECONDS).then_some(Due::Touch)
    };
    Ok((caller, due))
}

/// What a session wants done after it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Its time of last use is old.
    Touch,
    /// Its key has been out long enough to be exchanged.
    Rotate,
}

/// What `standing` reads of an account `a` and its company `t`.
const STANDING: &str = "SELECT a.id, a.tenant_id, t.side, a.name, a.email, t.name, t.short_name, t.identities,
    COALESCE((SELECT string_agg(m.program, ',') FROM memberships m WHERE m.tenant_id = t.id AND m.state = 'joined'), ''),
    t.real_name_at_us, t.agreement_at_us, t.agreement_by, a.roles,
    COALESCE((SELECT string_agg(b.name, '\u{1f}') FROM (SELECT name FROM accounts WHERE tenant_id = t.id AND state = 'active'
        AND roles = CASE t.side WHEN 'vendor' THEN 'operations' ELSE 'administrator' END ORDER BY created_at_us, id LIMIT 5) b), ''),
    g.id, g.title_zh, g.title_en";

/// The first mandatory agreement that the company has to accept before anything else, as `g`; `$1` is now. No identity's key holds a wildcard.
const DUE: &str = " LEFT JOIN agreement g ON t.side = 'partner' AND g.id = (
    SELECT d.id FROM agreement d WHERE d.stage = 'published' AND d.mandatory = 1 AND d.effective_us <= $1
        AND (d.until_us IS NULL OR d.until_us > $1)
        AND NOT EXISTS (SELECT 1 FROM agreement_acceptance c WHERE c.tenant_id = t.id AND c.agreement_id = d.id)
        AND (NOT EXISTS (SELECT 1 FROM agreement_audience u WHERE u.agreement_id = d.id)
            OR EXISTS (SELECT 1 FROM agreement_audience u WHERE u.agreement_id = d.id AND (
                (u.kind = 'identity' AND ',' || t.identities || ',' LIKE '%,' || u.key || ',%')
                OR (u.kind = 'program' AND EXISTS (
                    SELECT 1 FROM memberships m WHERE m.tenant_id = t.id AND m.program = u.key AND m.state = 'joined')))))
        ORDER BY d.effective_us, d.id LIMIT 1)";

/// The standing of an account, for work that is done later in its name: what it may then is asked then.
///
/// # Errors
/// The database does not answer.
pub async fn standing_of(store: &Store, account: Id) -> Result<Option<Standing>, Error> {
    let find = sql(STANDING).and(" FROM accounts a JOIN tenants t ON t.id = a.tenant_id").and(DUE).bind(store.clock.now());
    let find = find.and(" WHERE a.state = 'active' AND a.id = ");
    store.db.row(find.value(account).and(" LIMIT 1")).await?.map(|row| standing(&row)).transpose()
}

fn standing_of_session(hash: &str, now: Moment) -> crate::sql::Sql {
    let from = ", s.begun_at_us, s.rotated_at_us, s.seen_at_us, s.password_at_us, s.key_hash
        FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN tenants t ON t.id = a.tenant_id";
    let of_session = " WHERE a.state = 'active' AND (s.key_hash = $2 OR s.previous_hash = $2) LIMIT 1";
    sql(STANDING).and(from).and(DUE).and(of_session).bind(now).bind(hash)
}

fn standing(row: &Row) -> Result<Standing, Error> {
    let day = |column| -> Result<Option<Day>, Error> { Ok(row.maybe_int(column)?.map(|at| Moment(at).day())) };
    let agreement = day(10)?.zip(row.maybe_text(11)?);
    let administrators = row.text(13)?;
    let titles = row.maybe_text(15)?.zip(row.maybe_text(16)?);
    let due = row.maybe_text(14)?.zip(titles);
    let due = due.map(|(id, (zh, en))| id.parse().map(|id| Mandatory { id, title: Said { zh, en } }).map_err(|_| Error::Broken));
    Ok(Standing {
        account: row.id(0)?,
        tenant: row.id(1)?,
        side: row.key::<Side>(2)?,
        name: row.text(3)?,
        email: row.text(4)?,
        company: row.text(5)?,
        company_short: row.text(6)?,
        identities: row.keys::<Identity>(7)?,
        programs: row.keys::<Program>(8)?,
        real_name: day(9)?,
        agreement,
        agreement_due: due.transpose()?,
        roles: row.keys::<Role>(12)?,
        administrators: administrators.split('\u{1f}').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    })
}

/// Signs in: the throttle, the password, a new session.
///
/// # Errors
/// `TooMany`, or the one refusal that tells nothing about which of the two was wrong.
pub async fn sign_in(access: &Access<Anyone>, email: &str, password: &str, device: &str) -> Result<NewKey, Error> {
    let email = sign_in::fold_email(email);
    if email.is_empty() {
        return Err(Refusal::EmailMissing.into());
    }
    if password.is_empty() {
        return Err(Refusal::PasswordMissing.into());
    }
    let store = access.store();
    let throttled = throttle_keys(&email, &access.caller().address);
    check_throttles(store, &throttled).await?;
    let long = email.len() > sign_in::EMAIL_MAX || password.len() > sign_in::PASSWORD_MAX;
    let find = sql("SELECT id, tenant_id, name, password_hash FROM accounts WHERE state = 'active' AND email = ").value(&email);
    let found = if long { None } else { store.db.row(find.and(" LIMIT 1")).await? };
    let stored = found.as_ref().map(|row| row.text(3)).transpose()?;
    let typed = if long { "" } else { password };
    if !store.passwords.matches(typed, stored.as_deref()).await? {
        count_failure(access, throttled).await?;
        return Err(Refusal::Wrong.into());
    }
    let Some(row) = found else { return Err(Refusal::Wrong.into()) };
    let device: String = device.chars().filter(|c| !c.is_control()).take(DEVICE_MAX).collect();
    let account = Entering { account: row.id(0)?, tenant: row.id(1)?, name: row.text(2)?, device, throttled };
    access.write(None, account, |tx, entering| Box::pin(begin(tx, entering))).await
}

#[derive(Serialize)]
struct Entering {
    account: Id,
    tenant: Id,
    name: String,
    device: String,
    throttled: [(String, i64); 2],
}

async fn begin(tx: &mut Tx, entering: &Entering) -> Result<Written<NewKey>, Error> {
    let (key, now) = (tx.store().ids.secret(), tx.system_now());
    let surplus = sql("DELETE FROM sessions WHERE account_id = $1 AND (seen_at_us < $2 OR begun_at_us < $3 OR key_hash IN
        (SELECT key_hash FROM sessions WHERE account_id = $1 ORDER BY begun_at_us DESC, key_hash LIMIT 1000 OFFSET $4))");
    let surplus = surplus.bind(entering.account).bind(now.plus_seconds(-sign_in::IDLE_SECONDS));
    tx.execute(surplus.bind(now.plus_seconds(-sign_in::ABSOLUTE_SECONDS)).bind(SESSIONS_MAX - 1)).await?;
    let insert = sql("INSERT INTO sessions (key_hash, previous_hash, account_id, tenant_id, begun_at_us, rotated_at_us, seen_at_us,
        password_at_us, address, device) VALUES ($1, NULL, $2, $3, $4, $4, $4, $4, $5, $6)");
    let insert = insert.bind(hashed(&key)).bind(entering.account).bind(entering.tenant).bind(now);
    let address = tx.caller().address.clone();
    tx.execute(insert.bind(address).bind(&entering.device)).await?;
    let lang = tx.caller().lang.key();
    let speaks = sql("UPDATE accounts SET language = ").value(lang).and(" WHERE id = ").value(entering.account);
    tx.execute(speaks.and(" AND language <> ").value(lang)).await?;
    note_device(tx, entering.account, &entering.device).await?;
    for (key, _) in &entering.throttled[..1] {
        tx.execute(sql("DELETE FROM throttles WHERE key = ").value(key)).await?;
    }
    tx.act_as(entering.account, &entering.name);
    Ok(Written::new(NewKey { key }, entering.tenant, Event::SignedIn { account: entering.account }))
}

/// The person is told of a sign-in from a device that the account was not used on; the very first is no news.
async fn note_device(tx: &mut Tx, account: Id, device: &str) -> Result<(), Error> {
    let (hash, now) = (hashed(&sign_in::device(device)), tx.system_now());
    let seen = sql("UPDATE account_devices SET seen_at_us = ").value(now).and(" WHERE account_id = ").value(account);
    if tx.execute(seen.and(" AND device_hash = ").value(&hash)).await? > 0 {
        return Ok(());
    }
    let others = sql("SELECT 1 FROM account_devices WHERE account_id = ").value(account).and(" LIMIT 1");
    let first = tx.row(others).await?.is_none();
    let surplus = sql("DELETE FROM account_devices WHERE account_id = $1 AND device_hash IN
        (SELECT device_hash FROM account_devices WHERE account_id = $1 ORDER BY seen_at_us DESC, device_hash LIMIT 1000 OFFSET $2)");
    tx.execute(surplus.bind(account).bind(DEVICES_MAX - 1)).await?;
    let note = sql("INSERT INTO account_devices (account_id, device_hash, seen_at_us) VALUES ($1, $2, $3)");
    tx.insert_next(note.bind(account).bind(hash).bind(now)).await?;
    if first {
        return Ok(());
    }
    let notice = Notice::NewDevice { occasion: tx.new_id(), device: device.to_owned(), address: tx.caller().address.clone() };
    messages::tell(tx, &notice, &[account]).await
}

/// Failures are counted per account and place, and per place: nobody can lock out somebody else.
fn throttle_keys(email: &str, address: &str) -> [(String, i64); 2] {
    [
        (format!("account/{}", hashed(&format!("{email}\n{address}"))), sign_in::TRIES_PER_ACCOUNT),
        (format!("address/{}", hashed(address)), sign_in::TRIES_PER_ADDRESS),
    ]
}

async fn check_throttles(store: &Store, keys: &[(String, i64)]) -> Result<(), Error> {
    let now = store.clock.system();
    for (key, most) in keys {
        let find = sql("SELECT begun_at_us, tries FROM throttles WHERE key = ").value(key).and(" LIMIT 1");
        let Some(row) = store.db.row(find).await? else { continue };
        let left = sign_in::WINDOW_SECONDS - now.seconds_since(row.moment(0)?);
        if left > 0 && row.int(1)? >= *most {
            return Err(Error::TooMany { wait_seconds: left });
        }
    }
    Ok(())
}

async fn count_failure(access: &Access<Anyone>, keys: [(String, i64); 2]) -> Result<(), Error> {
    access
        .write(None, keys, |tx, keys| {
            Box::pin(async move {
                let now = tx.system_now();
                let since = now.plus_seconds(-sign_in::WINDOW_SECONDS);
                let old = sql("DELETE FROM throttles WHERE begun_at_us < ").value(since);
                // Codes are counted over a day.
                tx.execute(old.and(" AND key NOT LIKE ").value(format!("{}%", crate::codes::CODES_KEY))).await?;
                for (key, _) in keys {
                    let count = sql("INSERT INTO throttles (key, begun_at_us, tries) VALUES ($1, $2, 1)
                        ON CONFLICT (key) DO UPDATE SET tries = throttles.tries + 1");
                    tx.execute(count.bind(key).bind(now)).await?;
                }
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Writes the time of last use.
///
/// # Errors
/// The database does not answer.
pub async fn touch(access: &Access<Anyone>) -> Result<(), Error> {
    let Some(session) = access.caller().session.clone() else { return Ok(()) };
    access
        .write(None, session, |tx, session| {
            Box::pin(async move {
                let now = tx.system_now();
                tx.execute(sql("UPDATE sessions SET seen_at_us = ").value(now).and(" WHERE key_hash = ").value(session)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Exchanges the session's key; the old one works a little longer for requests under way. `None` when another request was faster.
///
/// # Errors
/// The database does not answer.
pub async fn rotate(access: &Access<Anyone>) -> Result<Option<NewKey>, Error> {
    let Some(session) = access.caller().session.clone() else { return Ok(None) };
    access
        .write(None, session, |tx, session| {
            Box::pin(async move {
                let (key, now) = (tx.store().ids.secret(), tx.system_now());
                let exchange = sql("UPDATE sessions SET key_hash = $1, previous_hash = $2, rotated_at_us = $3, seen_at_us = $3
                    WHERE key_hash = $2");
                let changed = tx.execute(exchange.bind(hashed(&key)).bind(session).bind(now)).await?;
                Ok(Written::quiet((changed > 0).then_some(NewKey { key })))
            })
        })
        .await
}

/// Ends the session that asks.
///
/// # Errors
/// The database does not answer.
pub async fn sign_out(access: &Access<Anyone>) -> Result<(), Error> {
    let Some(session) = access.caller().session.clone() else { return Ok(()) };
    access
        .write(None, session, |tx, session| {
            Box::pin(async move {
                tx.execute(sql("DELETE FROM sessions WHERE key_hash = ").value(session)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Ends every session of the account, this one too.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn sign_out_everywhere(access: &Access<Anyone>) -> Result<i64, Error> {
    let (account, tenant) = access.caller().standing().map(|standing| (standing.account, standing.tenant))?;
    access
        .write(None, (account, tenant), |tx, (account, tenant)| {
            Box::pin(async move {
                let ended = tx.execute(sql("DELETE FROM sessions WHERE account_id = ").value(*account)).await?;
                let sessions = i64::try_from(ended).unwrap_or(i64::MAX);
                let notice = Notice::SignedOutEverywhere { occasion: tx.new_id(), sessions };
                messages::tell(tx, &notice, &[*account]).await?;
                Ok(Written::new(sessions, *tenant, Event::SignedOutEverywhere { account: *account, sessions }))
            })
        })
        .await
}

/// The sessions of the account, newest first.
///
/// # Errors
/// `AuthRequired` without a session.
pub async fn own(access: &Access<Anyone>) -> Result<Vec<OwnSession>, Error> {
    let account = access.caller().standing()?.account;
    let now = access.store().clock.system();
    let find = sql("SELECT begun_at_us, seen_at_us, address, device, key_hash FROM sessions WHERE account_id = ").value(account);
    let find = find.and(" AND seen_at_us > ").value(now.plus_seconds(-sign_in::IDLE_SECONDS));
    let find = find.and(" ORDER BY begun_at_us DESC, key_hash").limit(SESSIONS_MAX);
    let mut sessions = Vec::new();
    for row in access.store().db.rows(find).await? {
        let current = access.caller().session.as_deref() == Some(row.text(4)?.as_str());
        sessions.push(OwnSession { begun: row.moment(0)?, seen: row.moment(1)?, address: row.text(2)?, device: row.text(3)?, current });
    }
    Ok(sessions)
}

/// The password is typed again, for sensitive acts (C17).
///
/// # Errors
/// `TooMany`, or that it is wrong.
pub async fn reauthenticate(access: &Access<Anyone>, password: &str) -> Result<(), Error> {
    let standing = access.caller().standing()?.clone();
    if password.is_empty() {
        return Err(Refusal::PasswordMissing.into());
    }
    let throttled = throttle_keys(&standing.email, &access.caller().address);
    check_throttles(access.store(), &throttled).await?;
    let find = sql("SELECT password_hash FROM accounts WHERE id = ").value(standing.account).and(" LIMIT 1");
    let stored = access.store().db.row(find).await?.map(|row| row.text(0)).transpose()?;
    let typed = if password.len() > sign_in::PASSWORD_MAX { "" } else { password };
    if !access.store().passwords.matches(typed, stored.as_deref()).await? {
        count_failure(access, throttled).await?;
        return Err(Refusal::PasswordWrong.into());
    }
    let session = access.caller().session.clone().unwrap_or_default();
    access
        .write(None, (session, standing.account, standing.tenant), |tx, (session, account, tenant)| {
            Box::pin(async move {
                let now = tx.system_now();
                tx.execute(sql("UPDATE sessions SET password_at_us = ").value(now).and(" WHERE key_hash = ").value(session)).await?;
                Ok(Written::new((), *tenant, Event::Reauthenticated { account: *account }))
            })
        })
        .await
}

/// The password was typed a short while ago.
///
/// # Errors
/// `ReauthRequired` otherwise.
pub fn fresh_password(caller: &Caller) -> Result<(), Error> {
    let now = caller.store.clock.system();
    let fresh = caller.password_at.is_some_and(|at| now.seconds_since(at) < sign_in::REAUTH_SECONDS);
    if fresh { Ok(()) } else { Err(Error::ReauthRequired) }
}

/// Reads the codes of all permissions the caller holds, for the account page.
#[must_use]
pub fn held(standing: &Standing) -> Vec<&'static str> {
    CATALOGUE.iter().filter(|rule| standing.holds(rule)).map(|rule| rule.code).collect()
}

/// Roles as stored: comma-separated keys.
#[must_use]
pub fn roles_text(roles: &[Role]) -> String {
    roles.iter().map(|role| role.key()).collect::<Vec<_>>().join(",")
}
