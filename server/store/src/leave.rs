//! Ways to other web sites: the key that signs them, and who went them (domain.md F16).

use crate::{
    access::{Access, Store},
    lists::{checked, in_days, mentioned},
    seal,
    sql::{Sql, sql},
    write::{Tx, Written},
};
use domain::{
    Error, Id,
    access::{Anyone, CanManageSites},
    event::Event,
    leave::{HostRefusal, OWN_HOSTS_MAX, OwnHost, SiteRow, Sites},
    list::Asked,
};
use url::{Host, Url};

/// The secret that signs targets: worked out from the sealing key, so it stands in no database.
///
/// # Errors
/// The database does not answer.
pub async fn key(store: &Store) -> Result<String, Error> {
    seal::secret_for(store, "leave").await
}

/// Somebody goes on to a host.
///
/// # Errors
/// The database does not answer.
pub async fn clicked(access: &Access<Anyone>, host: String, page: String) -> Result<(), Error> {
    let standing = access.caller().standing.as_deref();
    let who = standing.map(|standing| (standing.tenant.to_string(), standing.account.to_string())).unzip();
    access
        .write(None, (host, page, who), |tx, (host, page, (tenant, account))| {
            Box::pin(async move {
                let (id, now) = (tx.new_id(), tx.now());
                let insert = sql("INSERT INTO leave_clicks (id, host, page, tenant_id, account_id, at_us) VALUES ($1, $2, $3, $4, $5, $6)");
                let insert = insert.bind(id).bind(&*host).bind(&*page).bind(tenant.clone()).bind(account.clone()).bind(now);
                tx.execute(insert).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// The host that somebody typed, in the letters that name servers know: a name with a dot, or the host of a whole address.
///
/// # Errors
/// `HostInvalid`.
pub fn host_of(typed: &str) -> Result<String, Error> {
    let typed = typed.trim().to_lowercase();
    let whole = typed.starts_with("http://") || typed.starts_with("https://");
    let host = if whole {
        Url::parse(&typed)
            .ok()
            .filter(|url| matches!(url.path(), "" | "/") && url.query().is_none() && url.port().is_none())
            .and_then(|url| url.domain().map(str::to_owned))
    } else {
        match Host::parse(&typed) {
            Ok(Host::Domain(name)) => Some(name),
            Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => None,
        }
    };
    let named = host.filter(|host| host.len() <= 253 && host.split('.').count() >= 2 && host.split('.').all(is_label));
    named.ok_or_else(|| HostRefusal::HostInvalid.into())
}

/// A part of a name as name servers know it: no pattern, no blank.
fn is_label(label: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(known) && !label.starts_with('-') && !label.ends_with('-')
}

/// The way to this host needs no notice: it is the vendor's own.
///
/// # Errors
/// The database does not answer.
pub async fn is_own(store: &Store, host: &str) -> Result<bool, Error> {
    Ok(store.db.row(sql("SELECT 1 FROM own_hosts WHERE host = ").value(host).and(" LIMIT 1")).await?.is_some())
}

/// Where people went, and the vendor's own hosts.
///
/// # Errors
/// A question that no list can answer; the database does not answer.
pub async fn sites(access: &Access<CanManageSites>, asked: Asked) -> Result<Sites, Error> {
    checked(&asked)?;
    let db = &access.store().db;
    let count = of_clicks("SELECT COUNT(DISTINCT host) FROM leave_clicks WHERE 1 = 1", access, &asked);
    let total = db.row(count).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let page = of_clicks(
        "SELECT host, COUNT(*) AS clicks, COUNT(DISTINCT account_id), MAX(at_us) AS latest FROM leave_clicks WHERE 1 = 1",
        access,
        &asked,
    );
    let page = page.and(" GROUP BY host ORDER BY ").and(order(&asked)).limit(asked.size.into()).offset(asked.skipped());
    let row = |row: &crate::sql::Row| {
        Ok::<_, Error>(SiteRow { host: row.text(0)?, clicks: row.int(1)?, people: row.int(2)?, last: row.moment(3)? })
    };
    let rows = db.rows(page).await?.iter().map(row).collect::<Result<_, _>>()?;
    let own = db.rows(sql("SELECT host, account_name, at_us FROM own_hosts ORDER BY host").limit(OWN_HOSTS_MAX)).await?;
    let own = own.iter().map(|row| Ok::<_, Error>(OwnHost { host: row.text(0)?, by: row.text(1)?, since: row.moment(2)? }));
    Ok(Sites { asked, rows, total, own: own.collect::<Result<_, _>>()?, today: access.now().day() })
}

fn of_clicks(head: &'static str, access: &Access<CanManageSites>, asked: &Asked) -> Sql {
    mentioned(in_days(sql(head), "at_us", asked.days), access.store().db.kind(), &["host"], asked)
}

fn order(asked: &Asked) -> &'static str {
    match asked.sort_key() {
        ("host", false) => "host",
        ("host", true) => "host DESC",
        ("last", false) => "latest, host",
        ("last", true) => "latest DESC, host",
        ("clicks", false) => "clicks, host",
        _ => "clicks DESC, host",
    }
}

/// Names a host as the vendor's own; gives it as it is kept.
///
/// # Errors
/// What `host_of` refuses, `HostListed`, `TooManyHosts`.
pub async fn add_own_host(access: &Access<CanManageSites>, typed: &str) -> Result<String, Error> {
    let host = host_of(typed)?;
    access.write(None, (access.tenant()?, host.clone()), |tx, (tenant, host)| Box::pin(add(tx, *tenant, host))).await?;
    Ok(host)
}

async fn add(tx: &mut Tx, tenant: Id, host: &str) -> Result<Written<()>, Error> {
    if tx.row(sql("SELECT 1 FROM own_hosts WHERE host = ").value(host).and(" LIMIT 1")).await?.is_some() {
        return Err(HostRefusal::HostListed.into());
    }
    let count = tx.row(sql("SELECT COUNT(*) FROM own_hosts")).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    if count >= OWN_HOSTS_MAX {
        return Err(HostRefusal::TooManyHosts { most: OWN_HOSTS_MAX }.into());
    }
    let (by, now) = (tx.caller().standing()?.name.clone(), tx.now());
    let insert = sql("INSERT INTO own_hosts (host, account_name, at_us) VALUES ($1, $2, $3)");
    tx.insert_next(insert.bind(host).bind(by).bind(now)).await?;
    Ok(Written::new((), tenant, Event::OwnHostAdded { host: host.to_owned() }))
}

/// A host is no longer the vendor's own.
///
/// # Errors
/// `NotFound`.
pub async fn remove_own_host(access: &Access<CanManageSites>, host: &str) -> Result<(), Error> {
    access
        .write(None, (access.tenant()?, host.to_owned()), |tx, (tenant, host)| {
            Box::pin(async move {
                match tx.execute(sql("DELETE FROM own_hosts WHERE host = ").value(&*host)).await? {
                    0 => Err(Error::NotFound),
                    _ => Ok(Written::new((), *tenant, Event::OwnHostRemoved { host: host.clone() })),
                }
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_with_a_dot_and_nothing_else() {
        for (typed, host) in [
            ("Help.Example.com ", "help.example.com"),
            ("https://help.example.com/", "help.example.com"),
            ("帮助.example", "xn--7frx1y.example"),
        ] {
            assert_eq!(host_of(typed).expect(typed), host);
        }
        let long = format!("{}.example", "a.".repeat(130));
        for bad in [
            "",
            "com",
            "127.0.0.1",
            "[::1]",
            "a.b/c",
            "a.b:80",
            "https://a.b/c",
            "a..b",
            ".a.b",
            "user@a.b",
            "javascript:a.b",
            "a b.c",
            &long,
        ] {
            assert!(host_of(bad).is_err(), "{bad}");
        }
    }
}
