//! Reading the library. A document of another audience answers exactly like an unknown one.

use super::{
    audience, categories, checked, fresh, in_days,
    list::{audience_in, found, paged, source},
    within,
};
use crate::{
    access::Access,
    db::Kind,
    exports::{Count, Value},
    files::Name,
    lists::{file_columns, mentioned},
    sql::{Row, Sql, sql},
    write::Written,
};
use domain::{
    Day, Error, Id, Moment,
    access::{CanManageLibrary, CanReadLibrary, CanSeeLibraryDownloads},
    library::{
        CONSOLE_DOWNLOADS, Description, Detail, DownloadRow, Downloads, EditorDetail, EditorPage, EditorRow, Effective, Format, Mine,
        Refusal, State, VersionRow, ZIP_BYTES_MAX, ZIP_DOCUMENTS_MAX,
    },
    list::Asked,
    machine::Keyed,
    search::marked,
};
use tokio::sync::mpsc;

/// Versions of a document that are shown.
const VERSIONS_MAX: i64 = 200;
/// Downloads shown beside a document.
const RECENT_MAX: i64 = 20;
/// A file on its way out.
#[derive(Clone, Debug)]
pub struct FileToSend {
    /// The document.
    pub document: Id,
    /// The version.
    pub version_no: i64,
    /// Its format.
    pub format: Format,
    /// The name it is saved under.
    pub file_name: String,
    /// The target of a link entry.
    pub link: Option<String>,
    /// SHA-256 in hexadecimal, also its strong entity tag.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: i64,
    /// When this version was added.
    pub added: Moment,
    /// Where it lies.
    pub name: Name,
}

const DOCUMENT: &str = "SELECT d.title, d.summary, d.category, d.language, a.identities, a.programs, d.updated_at_us, d.published_at_us,
    d.downloads, d.state, d.version, d.audience_id, d.effective_from_us, d.effective_until_us FROM library_documents d JOIN library_audiences a ON a.id = d.audience_id WHERE d.id = ";

/// A document as the caller may see it.
///
/// # Errors
/// `NotFound` for an unknown one and for another audience alike; `WITHDRAWN` for those who could see it before.
pub async fn detail(access: &Access<CanReadLibrary>, id: Id) -> Result<Detail, Error> {
    let db = &access.store().db;
    let row = db.row(sql(DOCUMENT).value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    visible(access, row.key(9)?, &audience(&row, 4, 5)?, row.maybe_int(7)?)?;
    let versions = versions(access.store(), id, OnlyOpen::Yes).await?;
    let marks = super::marks::of(access, id).await?;
    let detail = describe_row(&row, id, versions, access.now())?;
    Ok(Detail { favourite: marks.contains(&Mine::Favourite), followed: marks.contains(&Mine::Followed), ..detail })
}

/// A document as partners of its audience see it, in whatever state it is: what its editor looks at before it is published.
///
/// # Errors
/// `NotFound`.
pub async fn as_partner(access: &Access<CanManageLibrary>, id: Id) -> Result<Detail, Error> {
    let row = access.store().db.row(sql(DOCUMENT).value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    describe_row(&row, id, versions(access.store(), id, OnlyOpen::Yes).await?, access.now())
}

/// Whether the caller may see a document of this state and audience.
fn visible(
    access: &Access<CanReadLibrary>,
    state: State,
    audience: &domain::library::Audience,
    published: Option<i64>,
) -> Result<(), Error> {
    if !audience.includes(access.caller().standing()?) {
        return Err(Error::NotFound);
    }
    match state {
        State::Published => Ok(()),
        State::Withdrawn if published.is_some() => Err(Refusal::Withdrawn.into()),
        State::Withdrawn | State::Draft | State::Discarded => Err(Error::NotFound),
    }
}

fn describe_row(row: &Row, id: Id, versions: Vec<VersionRow>, now: Moment) -> Result<Detail, Error> {
    let updated = row.moment(6)?;
    Ok(Detail {
        id,
        about: Description {
            title: row.text(0)?,
            summary: row.text(1)?,
            category: row.key(2)?,
            language: row.key(3)?,
            audience: audience(row, 4, 5)?,
            effective: Effective { from: day(row, 12)?, until: day(row, 13)? },
        },
        updated,
        published: row.maybe_int(7)?.map(Moment),
        is_new: fresh(updated, now),
        downloads: row.int(8)?,
        favourite: false,
        followed: false,
        versions,
    })
}

fn day(row: &Row, at: usize) -> Result<Option<Day>, Error> {
    Ok(row.maybe_int(at)?.map(|start| Moment(start).day()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OnlyOpen {
    Yes,
    No,
}

/// Versions, newest first. Partners see the current one, and older ones as far as the editor left them open.
async fn versions(store: &crate::Store, id: Id, only_open: OnlyOpen) -> Result<Vec<VersionRow>, Error> {
    let find =
        sql("SELECT no, format, file_name, link, size_bytes, sha256, what_changed, open_to_partners, added_by, added_at_us, text_state,
        text_note FROM library_versions WHERE document_id = ")
        .value(id)
        .and(" ORDER BY no DESC")
        .limit(VERSIONS_MAX);
    let mut versions = Vec::new();
    for (at, row) in store.db.rows(find).await?.iter().enumerate() {
        let open = row.int(7)? != 0;
        if only_open == OnlyOpen::Yes && at > 0 && !open {
            continue;
        }
        let staff = |text: String| if only_open == OnlyOpen::Yes { String::new() } else { text };
        versions.push(VersionRow {
            no: row.int(0)?,
            format: row.key(1)?,
            file_name: row.text(2)?,
            link: row.maybe_text(3)?,
            size_bytes: row.int(4)?,
            sha256: row.text(5)?,
            what_changed: row.text(6)?,
            open_to_partners: open,
            added_by: staff(row.text(8)?),
            added: row.moment(9)?,
            text_state: staff(row.text(10)?),
            text_note: staff(row.text(11)?),
        });
    }
    Ok(versions)
}

/// The file of a version, the current one without a number.
///
/// # Errors
/// As `detail`; `NotFound` for a version that is not open to partners.
pub async fn file(access: &Access<CanReadLibrary>, id: Id, version_no: Option<i64>) -> Result<FileToSend, Error> {
    let detail = detail(access, id).await?;
    pick(&detail, version_no)
}

/// The current files of several documents, each with its title, for one zip file. One that the caller may not see refuses all.
///
/// # Errors
/// As `detail`; what the limits of a zip file refuse.
pub async fn files_to_pack(access: &Access<CanReadLibrary>, ids: &[Id]) -> Result<Vec<(String, FileToSend)>, Error> {
    if ids.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    if ids.len() > ZIP_DOCUMENTS_MAX {
        return Err(Refusal::TooManyToPack { most: ZIP_DOCUMENTS_MAX }.into());
    }
    let mut files = Vec::new();
    for id in ids {
        let detail = detail(access, *id).await?;
        files.push((detail.about.title.clone(), pick(&detail, None)?));
    }
    let bytes = files.iter().map(|(_, file)| file.size_bytes).fold(0, i64::saturating_add);
    if bytes > ZIP_BYTES_MAX { Err(Refusal::TooMuchToPack { most: ZIP_BYTES_MAX / 1024 / 1024 }.into()) } else { Ok(files) }
}

/// The beginning of the text inside the current version, for a preview; empty when there is none.
///
/// # Errors
/// As `detail`.
pub async fn beginning(access: &Access<CanReadLibrary>, id: Id) -> Result<String, Error> {
    detail(access, id).await?;
    text_of(access.store(), id).await
}

/// The same for editors, of any document.
///
/// # Errors
/// `NotFound`.
pub async fn editor_beginning(access: &Access<CanManageLibrary>, id: Id) -> Result<String, Error> {
    editor_detail(access, id).await?;
    text_of(access.store(), id).await
}

async fn text_of(store: &crate::Store, id: Id) -> Result<String, Error> {
    let find = sql("SELECT substr(body, 1, 20000) FROM library_texts WHERE document_id = ").value(id).and(" LIMIT 1");
    Ok(store.db.row(find).await?.map(|row| row.text(0)).transpose()?.unwrap_or_default())
}

/// The file of any version, for editors.
///
/// # Errors
/// `NotFound`.
pub async fn editor_file(access: &Access<CanManageLibrary>, id: Id, version_no: Option<i64>) -> Result<FileToSend, Error> {
    let detail = editor_detail(access, id).await?.detail;
    pick(&detail, version_no)
}

fn pick(detail: &Detail, version_no: Option<i64>) -> Result<FileToSend, Error> {
    let wanted = |version: &&VersionRow| version_no.is_none_or(|no| version.no == no);
    let version = detail.versions.iter().find(wanted).ok_or(Error::NotFound)?;
    Ok(FileToSend {
        document: detail.id,
        version_no: version.no,
        format: version.format,
        file_name: version.file_name.clone(),
        link: version.link.clone(),
        name: Name::content(&version.sha256),
        sha256: version.sha256.clone(),
        size_bytes: version.size_bytes,
        added: version.added,
    })
}

/// Writes down who downloaded what. A range request that goes on with a download is not another one; whoever calls this knows.
///
/// # Errors
/// The database does not answer.
pub async fn record_download(access: &Access<CanReadLibrary>, document: Id, version_no: i64) -> Result<(), Error> {
    let standing = access.caller().standing()?;
    access
        .write(None, (document, version_no, standing.tenant, standing.account), |tx, (document, version_no, tenant, account)| {
            Box::pin(async move {
                let insert = sql("INSERT INTO library_downloads (id, document_id, version_no, tenant_id, account_id, at_us)
                    VALUES ($1, $2, $3, $4, $5, $6)");
                let insert = insert.bind(tx.new_id()).bind(*document).bind(*version_no).bind(*tenant).bind(*account).bind(tx.now());
                tx.execute(insert).await?;
                let count = sql("UPDATE library_documents SET downloads = downloads + 1 WHERE id = ").value(*document);
                tx.execute(count).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// The editor's list: every document of every audience and state.
///
/// # Errors
/// As `list`.
pub async fn editor_list(access: &Access<CanManageLibrary>, asked: Asked) -> Result<EditorPage, Error> {
    let terms = checked(&asked)?;
    let (db, today) = (&access.store().db, access.now().day());
    if terms.is_empty() && !asked.keyword.is_empty() {
        return Ok(EditorPage { asked, rows: Vec::new(), total: 0, today });
    }
    let shelf = access.store().shelves.current(db).await?;
    let audiences = asked.chosen("audience").next().map(|_| shelf.reaching(&shelf.every_audience(), &asked));
    let keys = |filter| asked.chosen(filter).collect::<Vec<_>>();
    let categories: Vec<&str> = categories(&asked).into_iter().map(Keyed::key).collect();
    let condition = |head: Sql| {
        let all: Vec<&str> = State::ALL.iter().map(|state| state.key()).collect();
        let states = Some(keys("state")).filter(|states| !states.is_empty()).unwrap_or(all);
        let sql = within(head.and(" WHERE 1 = 1"), "d.state", false, &states);
        let sql = within(within(sql, "d.category", false, &categories), "d.format", false, &keys("format"));
        let sql = within(sql, "d.language", false, &keys("language"));
        let sql = match &audiences {
            Some(audiences) => audience_in(sql, audiences),
            None => sql,
        };
        found(in_days(sql, "d.updated_at_us", asked.days), db.kind(), &terms)
    };
    let count = condition(sql("SELECT COUNT(*)").and(source(db.kind(), &terms)));
    let total = db.row(count).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let select =
        sql("SELECT d.id, d.title, d.state, d.category, d.format, d.audience_id, d.size_bytes, d.version_no, d.downloads, d.updated_at_us");
    let page = paged(condition(select.and(source(db.kind(), &terms))), db.kind(), &asked, &terms);
    let mut rows = Vec::new();
    for row in db.rows(page).await? {
        rows.push(EditorRow {
            id: row.id(0)?,
            title: marked(&row.text(1)?, &terms),
            state: row.key(2)?,
            category: row.key(3)?,
            format: row.key(4)?,
            audience: shelf.audience(row.int(5)?),
            size_bytes: row.int(6)?,
            version_no: row.int(7)?,
            downloads: row.int(8)?,
            updated: row.moment(9)?,
        });
    }
    Ok(EditorPage { asked, rows, total, today })
}

/// A document as an editor sees it, with all versions and the latest downloads.
///
/// # Errors
/// `NotFound`.
pub async fn editor_detail(access: &Access<CanManageLibrary>, id: Id) -> Result<EditorDetail, Error> {
    let store = access.store();
    let row = store.db.row(sql(DOCUMENT).value(id).and(" LIMIT 1")).await?.ok_or(Error::NotFound)?;
    let versions = versions(store, id, OnlyOpen::No).await?;
    let recent = sql(DOWNLOAD).and(" WHERE l.document_id = ").value(id).and(" ORDER BY l.at_us DESC, l.id DESC").limit(RECENT_MAX);
    Ok(EditorDetail {
        detail: describe_row(&row, id, versions, access.now())?,
        state: row.key(9)?,
        version: row.int(10)?,
        key: store.ids.id().to_string(),
        recent: store.db.rows(recent).await?.iter().map(download_row).collect::<Result<_, _>>()?,
    })
}

const DOWNLOAD: &str = "SELECT l.id, l.at_us, l.document_id, d.title, l.version_no, t.name, a.name FROM library_downloads l
    JOIN library_documents d ON d.id = l.document_id JOIN tenants t ON t.id = l.tenant_id JOIN accounts a ON a.id = l.account_id";

fn download_row(row: &Row) -> Result<DownloadRow, Error> {
    Ok(DownloadRow {
        id: row.id(0)?,
        at: row.moment(1)?,
        document: row.id(2)?,
        title: row.text(3)?,
        version_no: row.int(4)?,
        company: row.text(5)?,
        person: row.text(6)?,
    })
}

/// Who downloaded what, of all partners.
///
/// # Errors
/// As `list`.
pub async fn downloads(access: &Access<CanSeeLibraryDownloads>, asked: Asked) -> Result<Downloads, Error> {
    checked(&asked)?;
    let (db, today) = (&access.store().db, access.now().day());
    let total = db.row(of_downloads(sql(DOWNLOAD_COUNT), db.kind(), &asked)).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let page = of_downloads(sql(DOWNLOAD), db.kind(), &asked).and(download_order(&asked));
    let rows = db.rows(page.limit(asked.size.into()).offset(asked.skipped())).await?.iter().map(download_row).collect::<Result<_, _>>()?;
    Ok(Downloads { asked, rows, total, today })
}

/// The same rows for a file.
///
/// # Errors
/// As `downloads`.
pub(crate) async fn download_rows(
    access: &Access<CanSeeLibraryDownloads>,
    asked: Asked,
    counted: Count,
    out: mpsc::Sender<Vec<Vec<Value>>>,
) -> Result<(), Error> {
    checked(&asked)?;
    let db = &access.store().db;
    let mut snapshot = db.snapshot().await?;
    let count = snapshot.row(of_downloads(sql(DOWNLOAD_COUNT), db.kind(), &asked)).await?;
    if counted.send(count.map(|row| row.int(0)).transpose()?.unwrap_or(0)).is_err() {
        return Ok(());
    }
    let value = |row: &DownloadRow, key: &str| match key {
        "at" => Value::Moment(row.at),
        "title" => Value::Text(row.title.clone()),
        "version" => Value::Integer(row.version_no),
        "company" => Value::Text(row.company.clone()),
        "person" => Value::Text(row.person.clone()),
        _ => Value::Empty,
    };
    let columns = file_columns(&CONSOLE_DOWNLOADS);
    let read = move |row: &Row| download_row(row).map(|row| columns.iter().map(|key| value(&row, key)).collect());
    snapshot.send(of_downloads(sql(DOWNLOAD), db.kind(), &asked).and(download_order(&asked)), read, &out).await
}

const DOWNLOAD_COUNT: &str = "SELECT COUNT(*) FROM library_downloads l JOIN library_documents d ON d.id = l.document_id
    JOIN tenants t ON t.id = l.tenant_id JOIN accounts a ON a.id = l.account_id";

fn of_downloads(head: Sql, kind: Kind, asked: &Asked) -> Sql {
    mentioned(in_days(head.and(" WHERE 1 = 1"), "l.at_us", asked.days), kind, &["d.title", "t.name", "a.name"], asked)
}

fn download_order(asked: &Asked) -> &'static str {
    if asked.sort_key().1 { " ORDER BY l.at_us DESC, l.id DESC" } else { " ORDER BY l.at_us, l.id" }
}
