//! Outside web sites (domain.md F16): the vendor's own host, and who went where.

use crate::{at, dice::Dice, people::Everybody, said};
use domain::access::{Anyone, CanManageSites};
use store::{Access, Store, leave};

/// The vendor's own host. The help pages stay an outside site, so that the notice is to be seen.
const OWN: &str = "www.beiyu.example";
/// Where people went, and how many of a hundred did.
const HOSTS: &[(&str, i64)] = &[("help.beiyu.example", 70), ("developer.beiyu.example", 35), ("open.focus.example", 15)];
/// The subject of the dice.
const CLICKS: u64 = 0xc1_0000_0000;

/// Plays it.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), String> {
    store.clock.stand_at(Some(at("2026-05-06", 9, 30)));
    let may = everybody.standings.iter().find_map(|standing| store.system(standing.clone()).access::<CanManageSites>().ok());
    let editor = may.ok_or_else(|| said(domain::Error::Broken))?;
    leave::add_own_host(&editor, OWN).await.map_err(said)?;
    let mut dice = Dice::of(CLICKS);
    for (day, standing) in (0..).zip(everybody.standings.iter().filter(|standing| !standing.programs.is_empty())) {
        for (host, percent) in HOSTS {
            if dice.between(1, 100) > *percent {
                continue;
            }
            store.clock.stand_at(Some(at("2026-06-01", 10, 0).plus_seconds(day * 61_000 + dice.between(0, 3_599))));
            let person: Access<Anyone> = store.system(standing.clone()).access().map_err(said)?;
            leave::clicked(&person, (*host).to_owned(), "/support/library".to_owned()).await.map_err(said)?;
        }
    }
    Ok(())
}
