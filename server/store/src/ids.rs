//! Random ids and secrets, from the operating system; `demo reset` draws them from one fixed number instead.

use domain::Id;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// Where ids come from.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    fixed: Option<Arc<Mutex<StdRng>>>,
}

impl Ids {
    /// The same ids on every machine, for the demo world and tests.
    #[must_use]
    pub fn fixed(seed: u64) -> Self {
        Self { fixed: Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))) }
    }

    /// A new id.
    #[must_use]
    pub fn id(&self) -> Id {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        Id(u128::from_be_bytes(bytes))
    }

    /// A secret of 256 bits, in hexadecimal.
    #[must_use]
    pub fn secret(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        hex::encode(bytes)
    }

    /// A code of decimal digits, every one equally likely.
    #[must_use]
    pub fn digits(&self, count: usize) -> String {
        let mut digits = String::with_capacity(count);
        while digits.len() < count {
            let mut byte = [0];
            self.fill(&mut byte);
            // 250 is a multiple of ten: the rest would make small digits likelier.
            digits.extend(byte.iter().filter(|byte| **byte < 250).map(|byte| char::from(b'0' + byte % 10)));
        }
        digits
    }

    fn fill(&self, bytes: &mut [u8]) {
        match &self.fixed {
            Some(fixed) => fixed.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes),
            None => rand::rng().fill_bytes(bytes),
        }
    }
}

/// SHA-256 in hexadecimal: what is stored of a secret, so that a stolen database opens nothing.
#[must_use]
pub fn hashed(secret: &str) -> String {
    hashed_bytes(secret.as_bytes())
}

/// SHA-256 in hexadecimal.
pub(crate) fn hashed_bytes(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
