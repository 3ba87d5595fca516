//! What people of the demo world were told before it begins (domain.md 4.5): some of it read, some not.

use crate::{at, known, people::Everybody};
use domain::{
    Error, Id, Moment,
    access::{Anyone, CanReadLibrary, Standing},
    library::Mine,
    message::Notice,
};
use store::{Access, Store, Written, library, messages};

const ADMINISTRATOR: &str = "admin@lanhai.example";
const CLERK: &str = "finance@lanhai.example";
const SALES: &str = "sales@lanhai.example";
const EDITOR: &str = "content@vendor.example";
/// Browsers, as they call themselves.
const DESKTOP: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/137.0.0.0 Safari/537.36";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1";

/// Plays the story.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), Error> {
    let who = |email: &str| everybody.standing(email);
    let (administrator, clerk, sales, editor) = (who(ADMINISTRATOR)?, who(CLERK)?, who(SALES)?, who(EDITOR)?);
    let day = "2026-06-17";
    for reader in [&administrator, &clerk] {
        follow(store, at("2026-06-02", 9, 40), reader).await?;
    }

    told(store, at("2026-06-09", 9, 12), &administrator, &device(store, PHONE, "203.0.113.24")).await?;
    read_all(store, &administrator).await?;
    told(store, at("2026-06-16", 15, 20), &administrator, &policy()).await?;
    told(store, at(day, 11, 5), &administrator, &request(&sales, "sales.bill.view", at(day, 11, 5))).await?;
    told(store, at("2026-06-18", 9, 2), &administrator, &device(store, DESKTOP, "203.0.113.24")).await?;

    let ended = Notice::SignedOutEverywhere { occasion: store.ids.id(), sessions: 2 };
    told(store, at("2026-06-15", 18, 20), &clerk, &ended).await?;
    told(store, at("2026-06-16", 15, 20), &clerk, &policy()).await?;

    told(store, at("2026-06-12", 8, 51), &editor, &device(store, DESKTOP, "198.51.100.7")).await
}

fn device(store: &Store, device: &str, address: &str) -> Notice {
    Notice::NewDevice { occasion: store.ids.id(), device: device.to_owned(), address: address.to_owned() }
}

/// The third version of the policy, as the library's story has it.
fn policy() -> Notice {
    let (title, what_changed) = ("2026 年下半年解决方案提供商激励政策".to_owned(), "新增云商店专项，Q3 起执行".to_owned());
    Notice::DocumentUpdated { document: known::policy(), version: 3, title, what_changed }
}

fn request(who: &Standing, permission: &str, at: Moment) -> Notice {
    let (permission, path) = (permission.to_owned(), "/".to_owned());
    Notice::AccessRequested { account: who.account, name: who.name.clone(), permission, path, day: at.day() }
}

async fn told(store: &Store, at: Moment, who: &Standing, notice: &Notice) -> Result<(), Error> {
    store.clock.stand_at(Some(at));
    let access = crate::anyone(store)?;
    access
        .write(None, (notice.clone(), who.account), |tx, (notice, account): &(Notice, Id)| {
            Box::pin(async move {
                messages::tell(tx, notice, &[*account]).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// The policy is followed, and so its third version was told.
async fn follow(store: &Store, at: Moment, who: &Standing) -> Result<(), Error> {
    store.clock.stand_at(Some(at));
    let access: Access<CanReadLibrary> = store.system(who.clone()).access()?;
    match library::mark(&access, known::policy(), Mine::Followed, true).await {
        // A world of fewer documents does without it.
        Err(Error::NotFound) => Ok(()),
        marked => marked,
    }
}

async fn read_all(store: &Store, who: &Standing) -> Result<(), Error> {
    let access: Access<Anyone> = store.system(who.clone()).access()?;
    messages::read_all(&access).await.map(|_| ())
}
