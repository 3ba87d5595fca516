//! Who asks, and the proof that they may (architecture.md 5.1).

use crate::{
    clock::Clock,
    db::{Db, Failure},
    files::Files,
    ids::Ids,
    passwords::Passwords,
    seal::{self, Seal},
    sql::sql,
};
use domain::{
    Error, Id, Lang, Moment,
    access::{Permission, Standing},
};
use std::{
    marker::PhantomData,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::Semaphore;

/// Writes that may wait for their turn in one process. More is refused at once: a queue that only grows helps nobody.
const WRITES_WAITING: usize = 512;

/// Everything that is kept, open. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Store(Arc<Kept>);

/// The parts of a store.
#[derive(Debug)]
pub struct Kept {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Ids and secrets.
    pub ids: Ids,
    /// Files.
    pub files: Files,
    /// Password hashing.
    pub passwords: Passwords,
    /// What must not be read out of a stolen database.
    pub seal: Seal,
    pub(crate) is_demo: bool,
    pub(crate) writes: Arc<Semaphore>,
    pub(crate) shelves: crate::library::Shelves,
}

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://..` or `postgres://..`.
    pub database_url: String,
    /// `file://..` or `s3://..`.
    pub storage_url: String,
    /// The file of the sealing key; without one it lies beside a database that is a file, else in the place of the files.
    pub key_file: Option<PathBuf>,
    /// Where ids come from.
    pub ids: Ids,
    /// It is a demo world, in which tests may ask for codes more often.
    pub is_demo: bool,
}

impl std::ops::Deref for Store {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        &self.0
    }
}

impl Store {
    /// Opens database and files and brings the schema up to date.
    ///
    /// # Errors
    /// One sentence that names the variable, its value and what is allowed.
    pub async fn open(options: Options) -> Result<Self, String> {
        let store = Self::open_at(options, crate::migrate::newest()).await?;
        // Without the key what is plain stays plain, and everything else goes on.
        if let Err(error) = seal::seal_plain(&store).await {
            tracing::error!(code = error.code(), "numbers of bank accounts that stand plain in the database could not be sealed");
        }
        Ok(store)
    }

    /// The same with an older schema, for what was kept of one.
    pub(crate) async fn open_at(options: Options, schema: i64) -> Result<Self, String> {
        let files = Files::open(&options.storage_url).await?;
        let db = Db::open(&options.database_url).await?;
        crate::migrate::migrate_to(&db, schema)
            .await
            .map_err(|failure| format!("the schema cannot be brought up to date: {}", failure.detail))?;
        let store = Self(Arc::new(Kept {
            db,
            seal: Seal::new(options.key_file, &options.database_url, &files),
            files,
            clock: Clock::default(),
            ids: options.ids,
            is_demo: options.is_demo,
            passwords: Passwords::default(),
            writes: Arc::new(Semaphore::new(WRITES_WAITING)),
            shelves: crate::library::Shelves::default(),
        }));
        store.read_clock().await.map_err(|failure| format!("the stored clock cannot be read: {}", failure.detail))?;
        Ok(store)
    }

    /// Takes over the offset of the demo clock, which another process may have moved.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read_clock(&self) -> Result<(), Failure> {
        let row = self.db.row(sql("SELECT value FROM settings WHERE key = 'clock_offset_us' LIMIT 1")).await?;
        let offset = row.map(|row| row.text(0)).transpose()?.and_then(|text| text.parse().ok()).unwrap_or(0);
        self.clock.set_offset_us(offset);
        Ok(())
    }

    /// A caller that is the system itself: timers, imports, the command line. It acts for one tenant.
    #[must_use]
    pub fn system(&self, standing: Standing) -> Caller {
        Caller {
            store: self.clone(),
            standing: Some(Arc::new(standing)),
            session: None,
            password_at: None,
            address: "local".to_owned(),
            request: "command".to_owned(),
            replayed: Replayed::default(),
            before: None,
            lang: Lang::default(),
        }
    }

    /// A caller of whom nothing is known.
    #[must_use]
    pub fn stranger(&self, address: String, request: String) -> Caller {
        Caller {
            store: self.clone(),
            standing: None,
            session: None,
            password_at: None,
            address,
            request,
            lang: Lang::default(),
            replayed: Replayed::default(),
            before: None,
        }
    }
}

/// Who asks: made once per request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What is kept.
    pub store: Store,
    /// What is true of the account, if somebody is signed in.
    pub standing: Option<Arc<Standing>>,
    /// The hash of the session's key.
    pub session: Option<String>,
    /// When the password was last typed in this session.
    pub password_at: Option<Moment>,
    /// The network address, for audit and throttles.
    pub address: String,
    /// The request id, for the log and error bodies.
    pub request: String,
    /// The language that is asked in: who signs in in it is written to in it.
    pub lang: Lang,
    /// Whether a write of this request was answered from what is kept under its key.
    pub replayed: Replayed,
    /// Whose session it was, when it has ended by itself: what they typed is kept until they are back.
    pub before: Option<Id>,
}

/// Set when an answer is that of an earlier request with the same key (threats.md C9). Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Replayed(Arc<AtomicBool>);

impl Replayed {
    /// Whether it was set.
    #[must_use]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

impl Caller {
    /// The proof that the caller has a permission, and the only maker of it.
    ///
    /// # Errors
    /// `AuthRequired` without a session, `WhyNot` with the reason otherwise.
    pub fn access<P: Permission>(&self) -> Result<Access<P>, Error> {
        if let Some(rule) = P::RULE {
            let standing = self.standing.as_ref().ok_or(Error::AuthRequired)?;
            standing.may(rule).map_err(Error::WhyNot)?;
        }
        Ok(Access { caller: self.clone(), permission: PhantomData })
    }

    /// The standing of whoever is signed in.
    ///
    /// # Errors
    /// `AuthRequired` without a session.
    pub fn standing(&self) -> Result<&Standing, Error> {
        self.standing.as_deref().ok_or(Error::AuthRequired)
    }
}

/// The proof of tenant and permission `P`.
#[derive(Debug)]
pub struct Access<P> {
    caller: Caller,
    permission: PhantomData<P>,
}

impl<P: Permission> Access<P> {
    /// Who asks.
    #[must_use]
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What is kept.
    pub(crate) const fn store(&self) -> &Store {
        &self.caller.store
    }

    /// The company of the caller: the only tenant a query of this proof may name.
    ///
    /// # Errors
    /// `AuthRequired` for a permission that asks for no session.
    pub fn tenant(&self) -> Result<Id, Error> {
        Ok(self.caller.standing()?.tenant)
    }

    /// Files, for whoever was told the name of one.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.caller.store.files
    }

    /// Business time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.caller.store.clock.now()
    }
}
