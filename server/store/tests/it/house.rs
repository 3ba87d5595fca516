//! A store of its own for each test, on either database, and the people in it.

use domain::{
    Id,
    access::{Anyone, Identity, Program, Role, Side, Standing},
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{
    Access, Caller, Options, Store, Written,
    db::Db,
    ids::Ids,
    people::{NewAccount, NewTenant},
};
use tempfile::TempDir;

/// Declares a test that runs on both databases.
macro_rules! on_both {
    ($(#[$about:meta])* async fn $name:ident($house:ident) $body:block) => {
        $(#[$about])*
        async fn $name($house: &crate::house::House) $body

        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                let house = crate::house::House::sqlite().await;
                super::$name(&house).await;
                house.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                if let Some(house) = crate::house::House::postgres().await {
                    super::$name(&house).await;
                    house.end().await;
                }
            }
        }
    };
}

pub(crate) use on_both;

/// Declares a test of files: on both databases with a folder, and with a bucket.
macro_rules! wherever_files_lie {
    ($(#[$about:meta])* async fn $name:ident($house:ident) $body:block) => {
        $(#[$about])*
        async fn $name($house: &crate::house::House) $body

        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn folder_sqlite() {
                let house = crate::house::House::sqlite().await;
                super::$name(&house).await;
                house.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn folder_postgres() {
                if let Some(house) = crate::house::House::postgres().await {
                    super::$name(&house).await;
                    house.end().await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn bucket() {
                if let Some(house) = crate::house::House::bucket().await {
                    super::$name(&house).await;
                    house.end().await;
                }
            }
        }
    };
}

pub(crate) use wherever_files_lie;

/// The password of everybody in these tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// A store of its own.
pub struct House {
    pub store: Store,
    pub url: String,
    pub storage: String,
    folder: TempDir,
    database: Option<(String, String)>,
}

/// Where the PostgreSQL server is, unless this run goes without.
pub fn postgres_server() -> Option<String> {
    match std::env::var("PC_TEST_POSTGRES_URL") {
        Ok(url) => Some(url),
        Err(_) if std::env::var("PC_TEST_ONLY_SQLITE").as_deref() == Ok("1") => None,
        Err(_) => panic!("PC_TEST_POSTGRES_URL names a server on which databases may be made; PC_TEST_ONLY_SQLITE=1 goes without"),
    }
}

/// A place of its own in the bucket of the tests, unless this run goes without. The server forgets everything when it ends.
pub fn in_bucket() -> Option<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    match std::env::var("PC_TEST_S3_URL") {
        Ok(url) => Some(format!("{url}/it/{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))),
        Err(_) if std::env::var("PC_TEST_ONLY_SQLITE").as_deref() == Ok("1") => None,
        Err(_) => panic!("PC_TEST_S3_URL names a bucket in which files may be made; PC_TEST_ONLY_SQLITE=1 goes without"),
    }
}

fn in_folder(folder: &TempDir) -> String {
    format!("file://{}", folder.path().join("files").display())
}

impl House {
    /// On SQLite, in a folder that goes away.
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a folder");
        Self::open(lite(&folder), in_folder(&folder), folder, None).await
    }

    /// On SQLite with the files in a bucket.
    pub async fn bucket() -> Option<Self> {
        let (folder, storage) = (TempDir::new().expect("a folder"), in_bucket()?);
        Some(Self::open(lite(&folder), storage, folder, None).await)
    }

    /// On PostgreSQL, in a database that goes away.
    pub async fn postgres() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = postgres_server()?;
        let name = format!("it_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::connect(&server).await.expect("the server of PC_TEST_POSTGRES_URL");
        admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database of our own");
        admin.close().await.expect("an end");
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        let folder = TempDir::new().expect("a folder");
        Some(Self::open(format!("{base}/{name}"), in_folder(&folder), folder, Some((server, name))).await)
    }

    async fn open(url: String, storage: String, folder: TempDir, database: Option<(String, String)>) -> Self {
        Self { store: open(&url, &storage).await, url, storage, folder, database }
    }

    /// The same database and files, opened once more: another process.
    pub async fn another(&self) -> Store {
        open(&self.url, &self.storage).await
    }

    /// The same, in production: with the limits that tests would run into.
    pub async fn strict(&self) -> Store {
        opened(&self.url, &self.storage, false).await
    }

    /// The folder that goes away; `files/` in it is where the files are, unless they are in a bucket.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Closes everything and takes it away.
    pub async fn end(self) {
        self.store.db.close().await;
        if let Some((server, name)) = self.database {
            let mut admin = PgConnection::connect(&server).await.expect("a server");
            admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.expect("no database");
        }
    }

    /// Runs a statement of the test's own.
    pub async fn execute(&self, sql: &str) -> u64 {
        match &self.store.db {
            Db::Lite { writer, .. } => writer.execute(AssertSqlSafe(sql.to_owned())).await.expect("a statement").rows_affected(),
            Db::Pg(pool) => pool.execute(AssertSqlSafe(sql.to_owned())).await.expect("a statement").rows_affected(),
        }
    }

    /// Runs a statement that the database may refuse; gives what it says then.
    pub async fn tries(&self, sql: &str) -> Result<u64, String> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.store.db {
            Db::Lite { writer, .. } => writer.execute(sql).await.map(|done| done.rows_affected()).map_err(|error| error.to_string()),
            Db::Pg(pool) => pool.execute(sql).await.map(|done| done.rows_affected()).map_err(|error| error.to_string()),
        }
    }

    /// One number of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        match &self.store.db {
            Db::Lite { readers, .. } => readers.fetch_one(AssertSqlSafe(sql.to_owned())).await.expect("a row").get(0),
            Db::Pg(pool) => pool.fetch_one(AssertSqlSafe(sql.to_owned())).await.expect("a row").get(0),
        }
    }

    /// Rows of the database, each column as a text.
    pub async fn texts(&self, columns: &[&str], rest: &str) -> Vec<Vec<Option<String>>> {
        let cast: Vec<String> = columns.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
        let sql = AssertSqlSafe(format!("SELECT {} {rest}", cast.join(", ")));
        let all = 0..columns.len();
        match &self.store.db {
            Db::Lite { readers, .. } => {
                let rows = readers.fetch_all(sql).await.expect("rows");
                rows.iter().map(|row| all.clone().map(|at| row.get(at)).collect()).collect()
            }
            Db::Pg(pool) => {
                let rows = pool.fetch_all(sql).await.expect("rows");
                rows.iter().map(|row| all.clone().map(|at| row.get(at)).collect()).collect()
            }
        }
    }

    /// Somebody who is not signed in, at an address.
    pub fn stranger(&self, address: &str) -> Access<Anyone> {
        self.caller(address).access().expect("anybody may")
    }

    /// The same, before the proof.
    pub fn caller(&self, address: &str) -> Caller {
        self.store.stranger(address.to_owned(), "test".to_owned())
    }

    /// Enters a company with one member per role; gives the members as signing in would find them, without dates and names of
    /// administrators.
    pub async fn company(&self, name: &str, identities: &[Identity], programs: &[Program], roles: &[Role]) -> Vec<Standing> {
        let tenant = NewTenant {
            id: self.store.ids.id(),
            number: name.to_owned(),
            side: Side::Partner,
            name: format!("{name}公司"),
            short_name: name.to_owned(),
            tax_number: None,
            identities: identities.to_vec(),
            programs: programs.to_vec(),
            real_name_at: None,
            agreement: Some((self.store.clock.now(), "x".to_owned())),
        };
        let account = |(at, role): (usize, &Role)| NewAccount {
            id: self.store.ids.id(),
            tenant: tenant.id,
            email: format!("{at}@{name}.example"),
            name: format!("{name} {at}"),
            password_hash: cheap_hash(PASSWORD),
            roles: vec![*role],
        };
        let accounts: Vec<NewAccount> = roles.iter().enumerate().map(account).collect();
        let standings = accounts.iter().map(|account| standing(&tenant, account)).collect();
        self.stranger("test")
            .write(None, (tenant, accounts), |tx, (tenant, accounts)| {
                Box::pin(async move {
                    store::people::create_tenant(tx, tenant).await?;
                    for account in accounts {
                        store::people::create_account(tx, account).await?;
                    }
                    Ok(Written::quiet(()))
                })
            })
            .await
            .expect("a company");
        standings
    }
}

fn lite(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("test.db").display())
}

async fn open(url: &str, storage: &str) -> Store {
    opened(url, storage, true).await
}

async fn opened(url: &str, storage: &str, is_demo: bool) -> Store {
    let options = Options { database_url: url.to_owned(), storage_url: storage.to_owned(), key_file: None, ids: Ids::default(), is_demo };
    Store::open(options).await.expect("a store")
}

fn standing(tenant: &NewTenant, account: &NewAccount) -> Standing {
    Standing {
        account: account.id,
        tenant: tenant.id,
        side: tenant.side,
        name: account.name.clone(),
        email: account.email.clone(),
        company: tenant.name.clone(),
        company_short: tenant.short_name.clone(),
        identities: tenant.identities.clone(),
        programs: tenant.programs.clone(),
        real_name: None,
        agreement: tenant.agreement.clone().map(|(at, by)| (at.day(), by)),
        agreement_due: None,
        roles: account.roles.clone(),
        administrators: Vec::new(),
    }
}

/// A member of a partner company that no row knows: enough for what asks for a proof only.
pub fn member(tenant: u128, identities: &[Identity], programs: &[Program]) -> Standing {
    Standing {
        account: Id(tenant * 1_000 + 1),
        tenant: Id(tenant),
        side: Side::Partner,
        name: format!("伙伴 {tenant}"),
        email: format!("{tenant}@partner.example"),
        company: format!("公司 {tenant}"),
        company_short: format!("公司 {tenant}"),
        identities: identities.to_vec(),
        programs: programs.to_vec(),
        real_name: None,
        agreement: Some(("2026-01-01".parse().expect("a day"), "x".to_owned())),
        agreement_due: None,
        roles: vec![Role::Administrator],
        administrators: Vec::new(),
    }
}

/// A person of the vendor who edits the library.
pub fn editor() -> Standing {
    Standing { side: Side::Vendor, name: "编辑".to_owned(), roles: vec![Role::Content], ..member(9_999, &[], &[]) }
}

/// A stored hash that costs next to nothing; passwords.rs reads the cost from it.
fn cheap_hash(password: &str) -> String {
    let (salt, mut hash) = ("0123456789abcdef", [0; 32]);
    let params = argon2::Params::new(8, 1, 1, Some(32)).expect("parameters");
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon2.hash_password_into(password.as_bytes(), salt.as_bytes(), &mut hash).expect("a hash");
    format!("argon2id$8$1$1${salt}${}", hex::encode(hash))
}

/// How often a plan puts rows in order that no index holds in it.
pub fn sorts(plan: &str) -> usize {
    plan.matches("TEMP B-TREE").count() + plan.matches("Sort Key").count()
}
