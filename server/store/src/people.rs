//! Companies, accounts and the ecosystem team around them.

use crate::{
    access::{Access, Store},
    messages,
    sql::{joined, sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id, Moment,
    access::{Admission, Anyone, CanJoinPrograms, CanUsePortal, Identity, Program, Role, Side, Standing, rule},
    event::Event,
    machine::Keyed,
    message::Notice,
};
use serde::{Deserialize, Serialize};

/// Partners the command line lists at most.
const LISTED_MAX: i64 = 10_000;

/// A company as it is created.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewTenant {
    /// Its id.
    pub id: Id,
    /// The number people quote: `P0000001`.
    pub number: String,
    /// The side.
    pub side: Side,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Unified social credit code.
    pub tax_number: Option<String>,
    /// Identities.
    pub identities: Vec<Identity>,
    /// Joined programs.
    pub programs: Vec<Program>,
    /// When real-name authentication was passed.
    pub real_name_at: Option<Moment>,
    /// When the network agreement was accepted, and by whom.
    pub agreement: Option<(Moment, String)>,
}

/// An account as it is created.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewAccount {
    /// Its id.
    pub id: Id,
    /// Its company.
    pub tenant: Id,
    /// The sign-in address.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The stored hash of the password.
    pub password_hash: String,
    /// Roles.
    pub roles: Vec<Role>,
}

/// A person of the vendor who looks after a partner (domain.md 1.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manager {
    /// `manager` or `technical`.
    pub part: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

/// A partner as the command line lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Number.
    pub number: String,
    /// Full name.
    pub name: String,
    /// Identities, comma-separated.
    pub identities: String,
}

/// Creates a company.
///
/// # Errors
/// The number is taken.
pub async fn create_tenant(tx: &mut Tx, new: &NewTenant) -> Result<(), Error> {
    let insert = sql("INSERT INTO tenants (id, number, side, name, short_name, tax_number, identities, real_name_at_us, agreement_at_us,
        agreement_by, created_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    let (agreed_at, agreed_by) = new.agreement.clone().unzip();
    let side = new.side.key();
    let insert = insert.bind(new.id).bind(&new.number).bind(side).bind(&new.name).bind(&new.short_name).bind(new.tax_number.clone());
    let now = tx.now();
    tx.execute(insert.bind(joined(&new.identities)).bind(new.real_name_at).bind(agreed_at).bind(agreed_by).bind(now)).await?;
    for program in &new.programs {
        let join = sql("INSERT INTO memberships (tenant_id, program, state, changed_at_us) VALUES ($1, $2, 'joined', $3)");
        tx.execute(join.bind(new.id).bind(program.key()).bind(now)).await?;
    }
    Ok(())
}

/// Creates an account.
///
/// # Errors
/// The address is taken.
pub async fn create_account(tx: &mut Tx, new: &NewAccount) -> Result<(), Error> {
    let insert = sql("INSERT INTO accounts (id, tenant_id, email, name, password_hash, roles, state, created_at_us)
        VALUES ($1, $2, $3, $4, $5, $6, 'active', $7)");
    let email = domain::sign_in::fold_email(&new.email);
    let insert = insert.bind(new.id).bind(new.tenant).bind(email).bind(&new.name).bind(&new.password_hash).bind(joined(&new.roles));
    let now = tx.now();
    tx.execute(insert.bind(now)).await.map(|_| ())
}

/// Somebody signs in with this address already, active or not.
///
/// # Errors
/// The database does not answer.
pub async fn has_account(tx: &mut Tx, email: &str) -> Result<bool, Error> {
    let find = sql("SELECT 1 FROM accounts WHERE email = ").value(domain::sign_in::fold_email(email));
    Ok(tx.row(find.and(" LIMIT 1")).await?.is_some())
}

/// Names who looks after a partner.
///
/// # Errors
/// The database does not answer.
pub async fn set_manager(tx: &mut Tx, tenant: Id, manager: &Manager) -> Result<(), Error> {
    let set = sql("INSERT INTO tenant_managers (tenant_id, part, name, email, phone) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, part) DO UPDATE SET name = $3, email = $4, phone = $5");
    let set = set.bind(tenant).bind(&manager.part).bind(&manager.name).bind(&manager.email).bind(&manager.phone);
    tx.execute(set).await.map(|_| ())
}

/// Who looks after the caller's company.
///
/// # Errors
/// The database does not answer.
pub async fn managers(access: &Access<CanUsePortal>) -> Result<Vec<Manager>, Error> {
    let find = sql("SELECT part, name, email, phone FROM tenant_managers WHERE tenant_id = ").value(access.tenant()?);
    let mut managers = Vec::new();
    for row in access.store().db.rows(find.and(" ORDER BY part LIMIT 10")).await? {
        managers.push(Manager { part: row.text(0)?, name: row.text(1)?, email: row.text(2)?, phone: row.text(3)? });
    }
    Ok(managers)
}

/// Asks the company's administrators to bring about what a gate needs. One message to each, at most one request per person,
/// permission and day.
///
/// # Errors
/// `Invalid` for an unknown permission, `AuthRequired` without a session.
pub async fn ask_administrators(access: &Access<Anyone>, permission: &str) -> Result<i64, Error> {
    let rule = rule(permission).ok_or_else(|| Error::Invalid { field: "permission".to_owned() })?;
    let standing = access.caller().standing()?;
    let key = format!("help-{}-{}-{}", standing.account, rule.code, access.now().day()).parse()?;
    let path = standing.may(rule).err().map_or("/", |why| why.reason.fix().0).to_owned();
    let (name, permission, day) = (standing.name.clone(), rule.code.to_owned(), access.now().day());
    let notice = Notice::AccessRequested { account: standing.account, name, permission, path, day };
    access
        .write(Some(key), (standing.account, standing.tenant, rule.code.to_owned(), notice), |tx, (account, tenant, code, notice)| {
            Box::pin(async move {
                let find = sql("SELECT id FROM accounts WHERE tenant_id = ").value(*tenant);
                let find = find.and(" AND state = 'active' AND roles = 'administrator' ORDER BY created_at_us, id LIMIT 20");
                let administrators: Vec<Id> = tx.rows(find).await?.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?;
                messages::tell(tx, notice, &administrators).await?;
                let asked = i64::try_from(administrators.len()).unwrap_or(0);
                Ok(Written::new(asked, *tenant, Event::HelpRequested { account: *account, permission: code.clone() }))
            })
        })
        .await
}

/// Joins a program that needs no review; the gate it opens is open from this commit on. Joining twice is joining once.
///
/// # Errors
/// `Invalid` for a program that is unknown or needs a review.
pub async fn join_program(access: &Access<CanJoinPrograms>, program: &str) -> Result<(), Error> {
    let invalid = || Error::Invalid { field: "program".to_owned() };
    let program = Program::read(program).filter(|program| program.admission() == Admission::Tick).ok_or_else(invalid)?;
    access
        .write(None, (access.tenant()?, program), |tx, (tenant, program)| {
            Box::pin(async move {
                let join = sql("INSERT INTO memberships (tenant_id, program, state, changed_at_us) VALUES ($1, $2, 'joined', $3)
                    ON CONFLICT (tenant_id, program) DO UPDATE SET state = 'joined', changed_at_us = $3");
                tx.execute(join.bind(*tenant).bind(program.key()).bind(tx.now())).await?;
                Ok(Written::new((), *tenant, Event::ProgramJoined { tenant: *tenant, program: program.key().to_owned() }))
            })
        })
        .await
}

/// The partners of the network, for the command line.
///
/// # Errors
/// The database does not answer.
pub async fn partners(store: &Store) -> Result<Vec<Listed>, Error> {
    let find = sql("SELECT number, name, identities FROM tenants WHERE side = 'partner' ORDER BY number").limit(LISTED_MAX);
    let mut partners = Vec::new();
    for row in store.db.rows(find).await? {
        partners.push(Listed { number: row.text(0)?, name: row.text(1)?, identities: row.text(2)? });
    }
    Ok(partners)
}

/// The partner with a number.
///
/// # Errors
/// The database does not answer.
pub async fn numbered(store: &Store, number: &str) -> Result<Option<Id>, Error> {
    let find = sql("SELECT id FROM tenants WHERE side = 'partner' AND number = ").value(number).and(" LIMIT 1");
    Ok(store.db.row(find).await?.map(|row| row.id(0)).transpose()?)
}

/// The next number of a side: `P0000008`.
///
/// # Errors
/// The database does not answer.
pub async fn next_number(tx: &mut Tx, side: Side) -> Result<String, Error> {
    let letter = match side {
        Side::Partner => 'P',
        Side::Vendor => 'V',
        Side::Customer => 'C',
        Side::Person => 'U',
        Side::Outside => 'X',
    };
    let last = sql("SELECT number FROM tenants WHERE side = ").value(side.key()).and(" ORDER BY number DESC LIMIT 1");
    let last = tx.row(last).await?.map(|row| row.text(0)).transpose()?;
    let count: i64 = last.and_then(|number| number.get(1..)?.parse().ok()).unwrap_or(0);
    Ok(format!("{letter}{:07}", count + 1))
}

/// The vendor's company, if there is one.
///
/// # Errors
/// The database does not answer.
pub async fn vendor(tx: &mut Tx) -> Result<Option<Id>, Error> {
    let find = sql("SELECT id FROM tenants WHERE side = 'vendor' ORDER BY number LIMIT 1");
    Ok(tx.row(find).await?.map(|row| row.id(0)).transpose()?)
}

/// The command line, acting for the vendor in a role.
///
/// # Errors
/// `NotFound` while there is no vendor.
pub async fn operator(store: &Store, role: Role) -> Result<Standing, Error> {
    let find = sql("SELECT id, name, short_name FROM tenants WHERE side = 'vendor' ORDER BY number LIMIT 1");
    let row = store.db.row(find).await?.ok_or(Error::NotFound)?;
    Ok(Standing {
        account: Id(0),
        tenant: row.id(0)?,
        side: Side::Vendor,
        name: "partner-center".to_owned(),
        email: String::new(),
        company: row.text(1)?,
        company_short: row.text(2)?,
        identities: Vec::new(),
        programs: Vec::new(),
        real_name: None,
        agreement: None,
        agreement_due: None,
        roles: vec![role],
        administrators: Vec::new(),
    })
}

/// Nobody has an account yet: a fresh installation.
///
/// # Errors
/// The database does not answer.
pub async fn is_empty(store: &Store) -> Result<bool, Error> {
    Ok(store.db.row(sql("SELECT 1 FROM tenants LIMIT 1")).await?.is_none())
}
