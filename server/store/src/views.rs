//! What a person keeps of a list: views, columns, density (ux.md section 1). A view belongs to whoever made it; shared ones are read by the
//! colleagues of the same company, and changed by nobody else.

use crate::{
    access::Access,
    sql::sql,
    write::{Tx, Written},
};
use domain::{
    Error, Id,
    access::{Anyone, Permission},
    list::List,
    machine::Keyed as _,
    views::{self, Density, Kept, QUERY_MAX, Refusal, VIEWS_MAX, View, place},
};
use serde::{Deserialize, Serialize};

/// Views of one list that a person sees, shared ones included.
const SHOWN_MAX: i64 = 60;

/// A view to keep.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewView {
    /// Of which list.
    pub list: String,
    /// The one it takes the place of.
    pub view: Option<Id>,
    /// Its name as it was typed.
    pub name: String,
    /// Its question.
    pub query: String,
    /// Colleagues see it.
    pub shared: bool,
}

/// What the caller keeps of a list.
///
/// # Errors
/// The database does not answer.
pub async fn kept<P: Permission>(access: &Access<P>, list: &'static List) -> Result<Kept, Error> {
    let (db, standing) = (&access.store().db, access.caller().standing()?);
    let (tenant, account) = (standing.tenant, standing.account);
    let rows = sql("SELECT id, name, query, shared, account_id FROM saved_views WHERE tenant_id = ").value(tenant).and(" AND list = ");
    let rows = rows.value(list.name).and(" AND (shared = 1 OR account_id = ").value(account).and(") ORDER BY made_at_us, id");
    let view = |row: &crate::sql::Row| -> Result<View, Error> {
        Ok(View { id: row.id(0)?, name: row.text(1)?, query: row.text(2)?, shared: row.int(3)? == 1, own: row.id(4)? == account })
    };
    let views = db.rows(rows.limit(SHOWN_MAX)).await?.iter().map(view).collect::<Result<_, _>>()?;
    let settings = sql("SELECT columns, density, default_view FROM list_settings WHERE tenant_id = ").value(tenant);
    let settings = settings.and(" AND account_id = ").value(account).and(" AND list = ").value(list.name).and(" LIMIT 1");
    let Some(row) = db.row(settings).await? else { return Ok(Kept { views, ..Kept::default() }) };
    let columns = row.text(0)?.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect();
    Ok(Kept { views, default: row.text(2)?.parse().ok(), columns, density: Density::read(&row.text(1)?) })
}

/// Keeps a view, new or in place of an own one.
///
/// # Errors
/// `VIEW_NAME`, `VIEW_LIMIT`, `NotFound` for a view that is not the caller's.
pub async fn save(access: &Access<Anyone>, new: NewView) -> Result<View, Error> {
    let list = place(&new.list).ok_or_else(|| invalid("list"))?.list;
    let query = views::kept_query(list, &list.read(&new.query));
    if query.len() > QUERY_MAX {
        return Err(invalid("query"));
    }
    let new = NewView { name: views::name(&new.name)?, query, ..new };
    access.write(None, new, |tx, new| Box::pin(keep(tx, new))).await
}

async fn keep(tx: &mut Tx, new: &NewView) -> Result<Written<View>, Error> {
    let standing = tx.caller().standing()?;
    let (tenant, account) = (standing.tenant, standing.account);
    let id = if let Some(id) = new.view {
        let update = sql(
            "UPDATE saved_views SET name = $1, query = $2, shared = $3 WHERE tenant_id = $4 AND id = $5 AND account_id = $6 AND list = $7",
        );
        let update = update.bind(&new.name).bind(&new.query).bind(new.shared).bind(tenant).bind(id).bind(account).bind(&new.list);
        if tx.execute(update).await? == 0 {
            return Err(Error::NotFound);
        }
        id
    } else {
        let count = sql("SELECT COUNT(*) FROM saved_views WHERE tenant_id = ").value(tenant).and(" AND list = ").value(&new.list);
        let count = tx.row(count.and(" AND account_id = ").value(account).and(" LIMIT 1")).await?;
        let count = count.map_or(Ok(0), |row| row.int(0))?;
        if usize::try_from(count).unwrap_or(VIEWS_MAX) >= VIEWS_MAX {
            return Err(Refusal::TooMany { most: VIEWS_MAX }.into());
        }
        let (id, now) = (tx.new_id(), tx.now());
        let insert = sql("INSERT INTO saved_views (tenant_id, id, account_id, list, name, query, shared, made_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        let insert = insert.bind(tenant).bind(id).bind(account).bind(&new.list).bind(&new.name).bind(&new.query).bind(new.shared);
        tx.execute(insert.bind(now)).await?;
        id
    };
    Ok(Written::quiet(View { id, name: new.name.clone(), query: new.query.clone(), shared: new.shared, own: true }))
}

/// Forgets an own view. Whoever had it as the default has none then.
///
/// # Errors
/// `NotFound` for a view that is not the caller's.
pub async fn remove(access: &Access<Anyone>, list: String, view: Id) -> Result<(), Error> {
    access
        .write(None, (list, view), |tx, (list, view)| {
            Box::pin(async move {
                let standing = tx.caller().standing()?;
                let (tenant, account) = (standing.tenant, standing.account);
                let delete = sql("DELETE FROM saved_views WHERE tenant_id = $1 AND id = $2 AND account_id = $3 AND list = $4");
                if tx.execute(delete.bind(tenant).bind(*view).bind(account).bind(&**list)).await? == 0 {
                    return Err(Error::NotFound);
                }
                let settings = sql("UPDATE list_settings SET default_view = '' WHERE tenant_id = $1 AND list = $2 AND default_view = $3");
                tx.execute(settings.bind(tenant).bind(&**list).bind(*view)).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Lets the bare address of a list open a view that the caller sees, or none.
///
/// # Errors
/// `NotFound` for a view that the caller does not see.
pub async fn choose(access: &Access<Anyone>, list: String, view: Option<Id>) -> Result<(), Error> {
    access
        .write(None, (list, view), |tx, (list, view)| {
            Box::pin(async move {
                let standing = tx.caller().standing()?;
                let (tenant, account) = (standing.tenant, standing.account);
                if let Some(view) = view {
                    let seen = sql("SELECT 1 FROM saved_views WHERE tenant_id = ").value(tenant).and(" AND id = ").value(*view);
                    let seen = seen.and(" AND list = ").value(&**list).and(" AND (shared = 1 OR account_id = ").value(account);
                    tx.row(seen.and(") LIMIT 1")).await?.ok_or(Error::NotFound)?;
                }
                let written = view.map(|view| view.to_string()).unwrap_or_default();
                let set = sql("INSERT INTO list_settings (tenant_id, account_id, list, columns, density, default_view)
                    VALUES ($1, $2, $3, '', $4, $5) ON CONFLICT (tenant_id, account_id, list) DO UPDATE SET default_view = $5");
                let set = set.bind(tenant).bind(account).bind(&**list).bind(Density::Comfortable.key()).bind(written);
                tx.execute(set).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Keeps columns and density; no columns are the list's own arrangement.
///
/// # Errors
/// The database does not answer.
pub async fn arrange(access: &Access<Anyone>, list: String, columns: Vec<String>, density: Density) -> Result<(), Error> {
    access
        .write(None, (list, columns.join(","), density), |tx, (list, columns, density)| {
            Box::pin(async move {
                let standing = tx.caller().standing()?;
                let (tenant, account) = (standing.tenant, standing.account);
                let set = sql("INSERT INTO list_settings (tenant_id, account_id, list, columns, density, default_view)
                    VALUES ($1, $2, $3, $4, $5, '') ON CONFLICT (tenant_id, account_id, list) DO UPDATE SET columns = $4, density = $5");
                tx.execute(set.bind(tenant).bind(account).bind(&**list).bind(&**columns).bind(density.key())).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

fn invalid(field: &str) -> Error {
    Error::Invalid { field: field.to_owned() }
}
