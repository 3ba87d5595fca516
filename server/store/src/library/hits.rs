//! What a search or some days found, in order. A common word is in half of a large library, and to rank or count fifty thousand documents
//! takes its time, so what was found is kept until something changes what is found: the key holds the revision of the library, which each such
//! write begins anew, and the statement with all its values. The rows themselves are read anew for each request.

use crate::{
    db::{Db, Failure},
    sql::Sql,
};
use moka::future::Cache;
use std::sync::Arc;

/// Documents of one search that are kept; pages behind them are asked for one by one.
pub(super) const FIRST: i64 = 1_000;
/// All that is kept, in bytes.
const KEPT_MAX_BYTES: u64 = 8 * 1024 * 1024;

/// What one search found.
#[derive(Debug)]
pub(super) struct Found {
    /// All that match.
    pub(super) total: i64,
    /// The numbers of the first of them.
    numbers: Vec<i64>,
}

impl Found {
    /// The numbers of a page, when they are known.
    pub(super) fn page(&self, skipped: i64, size: i64) -> Option<&[i64]> {
        let known = i64::try_from(self.numbers.len()).unwrap_or(i64::MAX);
        let end = skipped.saturating_add(size).min(self.total);
        if end > known {
            return None;
        }
        let place = |at: i64| usize::try_from(at.max(0)).unwrap_or(usize::MAX);
        Some(self.numbers.get(place(skipped)..place(end)).unwrap_or_default())
    }
}

/// The searches of this process.
#[derive(Debug)]
pub(super) struct Hits(Cache<String, Arc<Found>>);

impl Default for Hits {
    fn default() -> Self {
        let weight = |key: &String, found: &Arc<Found>| u32::try_from(key.len() + 8 * found.numbers.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(KEPT_MAX_BYTES).weigher(weight).build())
    }
}

impl Hits {
    /// What a search finds in a revision: `first` selects numbers in order, `count` how many there are. Those who ask the same at once
    /// wait for one answer.
    pub(super) async fn found(&self, db: &Db, revision: &str, first: Sql, count: Sql) -> Result<Arc<Found>, Failure> {
        let key = format!("{revision} {}", first.said());
        let look = async {
            let total = db.row(count).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
            let mut numbers = Vec::new();
            for row in db.rows(first.limit(FIRST)).await? {
                numbers.push(row.int(0)?);
            }
            Ok(Arc::new(Found { total, numbers }))
        };
        // Those who waited for the same are told the same: a fault is shared like an answer.
        self.0.try_get_with(key, look).await.map_err(|fault: Arc<Failure>| Failure { detail: fault.detail.clone(), kind: fault.kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_when_all_of_it_is() {
        let found = Found { total: 25, numbers: (0..10).collect() };
        assert_eq!(found.page(0, 10), Some(&(0..10).collect::<Vec<_>>()[..]));
        assert_eq!(found.page(4, 3), Some(&[4, 5, 6][..]));
        assert_eq!(found.page(5, 10), None, "the rest of the page is not kept");
        let all = Found { total: 3, numbers: vec![7, 8, 9] };
        assert_eq!((all.page(2, 10), all.page(10, 10)), (Some(&[9][..]), Some(&[][..])), "the last page, and one behind it");
    }
}
