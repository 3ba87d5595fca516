//! Password hashing: argon2id behind a semaphore, because each hash takes 19 MiB and a core (threats.md T11).

use argon2::{Algorithm, Argon2, Params, Version};
use domain::Error;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Memory of one hash in KiB, passes and lanes: the OWASP setting for argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Bytes of a hash.
const HASH_BYTES: usize = 32;
/// Sign-ins that may wait for a core; the next one is told to come back (threats.md L4).
const WAITING: usize = 64;

/// Hashes passwords, a few at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { running: Arc::new(Semaphore::new(cores)), waiting: Arc::new(Semaphore::new(WAITING)) }
    }
}

impl Passwords {
    /// Hashes a password with a salt in hexadecimal: `argon2id$m$t$p$salt$hash`.
    ///
    /// # Errors
    /// `Unavailable` when too many wait already.
    pub async fn hash(&self, password: &str, salt: &str) -> Result<String, Error> {
        let (m, t, p) = COST;
        let (password, salt) = (password.to_owned(), salt.to_owned());
        self.run(move || {
            let hash = hash_with(COST, password.as_bytes(), salt.as_bytes())?;
            Ok(format!("argon2id${m}${t}${p}${salt}${}", hex::encode(hash)))
        })
        .await
    }

    /// Whether a password is the one of a stored hash. Without a stored hash the same work is done, so that an unknown account
    /// takes as long as a wrong password.
    ///
    /// # Errors
    /// `Unavailable` when too many wait already.
    pub async fn matches(&self, password: &str, stored: Option<&str>) -> Result<bool, Error> {
        let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
        self.run(move || {
            let Some((cost, salt, hash)) = stored.as_deref().and_then(parts) else {
                hash_with(COST, password.as_bytes(), b"no such account here")?;
                return Ok(false);
            };
            let typed = hex::encode(hash_with(cost, password.as_bytes(), salt.as_bytes())?);
            // Every byte is looked at, whichever differs first.
            let differing = typed.bytes().zip(hash.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
            Ok(typed.len() == hash.len() && differing == 0)
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let _place = self.waiting.try_acquire().map_err(|_| Error::Unavailable)?;
        let core = self.running.clone().acquire_owned().await.map_err(|_| Error::Unavailable)?;
        let task = tokio::task::spawn_blocking(move || {
            let _core = core;
            work()
        });
        task.await.map_err(|_| Error::Broken)?
    }
}

fn parts(stored: &str) -> Option<((u32, u32, u32), &str, &str)> {
    let mut parts = stored.split('$');
    let kind = parts.next()?;
    let mut number = || parts.next().and_then(|part| part.parse().ok());
    let cost = (number()?, number()?, number()?);
    let (salt, hash) = (parts.next()?, parts.next()?);
    (kind == "argon2id").then_some((cost, salt, hash))
}

fn hash_with((m, t, p): (u32, u32, u32), password: &[u8], salt: &[u8]) -> Result<[u8; HASH_BYTES], Error> {
    let broken = |_| Error::Broken;
    let params = Params::new(m, t, p, Some(HASH_BYTES)).map_err(broken)?;
    let mut hash = [0; HASH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(password, salt, &mut hash).map_err(broken)?;
    Ok(hash)
}
