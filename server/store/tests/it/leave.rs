//! Ways to other web sites (domain.md F16).

use crate::house::on_both;
use domain::{
    access::{Anyone, CanManageSites, Role, Side},
    leave::SITES,
};
use store::leave;

on_both! {
    async fn servers_that_ask_at_once_sign_with_one_key(house) {
        let other = house.another().await;
        let (one, two) = tokio::join!(leave::key(&house.store), leave::key(&other));
        let key = one.expect("a key");
        assert_eq!(key.len(), 64);
        assert_eq!(two.expect("a key"), key);
        assert_eq!(leave::key(&house.store).await.expect("a key"), key, "it stays");
    }
}

on_both! {
    async fn who_goes_on_is_written_down_and_so_is_that_nobody_is_known(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let member = house.store.system(people[0].clone()).access::<Anyone>().expect("anybody may");
        leave::clicked(&member, "docs.example".into(), "/support/library/1".into()).await.expect("written");
        leave::clicked(&house.stranger("192.0.2.1"), "docs.example".into(), "/".into()).await.expect("written");
        let rows = house.texts(&["host", "page", "tenant_id", "account_id"], "FROM leave_clicks ORDER BY page").await;
        let (tenant, account) = (people[0].tenant.to_string(), people[0].account.to_string());
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(rows, [
            vec![text("docs.example"), text("/"), None, None],
            vec![text("docs.example"), text("/support/library/1"), Some(tenant), Some(account)],
        ]);
    }
}

on_both! {
    async fn visits_are_counted_by_host_within_days_and_in_every_order(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator, Role::FinanceClerk]).await;
        for (who, host, day) in [(0, "b.example", "2026-06-01"), (0, "a.example", "2026-06-02"), (1, "a.example", "2026-06-03"), (1, "a.example", "2026-06-03")] {
            house.store.clock.stand_at(Some(day.parse::<domain::Day>().expect("a day").start()));
            let member = house.store.system(people[who].clone()).access::<Anyone>().expect("anybody may");
            leave::clicked(&member, host.into(), "/".into()).await.expect("written");
        }
        let mut editor = people[0].clone();
        (editor.side, editor.roles) = (Side::Vendor, vec![Role::Content]);
        let editor = house.store.system(editor).access::<CanManageSites>().expect("an editor");
        let rows = async |query: &str| {
            let sites = leave::sites(&editor, SITES.read(query)).await.expect("sites");
            assert_eq!(usize::try_from(sites.total).expect("few"), sites.rows.len(), "{query}");
            sites.rows.into_iter().map(|row| (row.host, row.clicks, row.people)).collect::<Vec<_>>()
        };
        let (a, b) = (("a.example".to_owned(), 3, 2), ("b.example".to_owned(), 1, 1));
        assert_eq!(rows("").await, [a.clone(), b.clone()]);
        for (sort, first) in [("clicks", &b), ("host", &a), ("-host", &b), ("last", &b), ("-last", &a)] {
            assert_eq!(rows(&format!("sort={sort}")).await.first(), Some(first), "{sort}");
        }
        assert_eq!(rows("q=B.EX").await, [b]);
        assert_eq!(rows("from=2026-06-03&to=2026-06-03").await, [("a.example".to_owned(), 2, 1)]);
        assert!(leave::sites(&editor, SITES.read("from=2026-06-03&to=2026-06-01")).await.is_err(), "the range is reversed");
    }
}

on_both! {
    async fn an_own_host_is_added_once_and_removed_once(house) {
        let mut editor = house.company("beiyu", &[], &[], &[Role::Administrator]).await[0].clone();
        (editor.side, editor.roles) = (Side::Vendor, vec![Role::Operations]);
        let editor = house.store.system(editor).access::<CanManageSites>().expect("operations");
        let code = |done: Result<String, domain::Error>| done.err().map(|error| error.code().to_owned());
        assert_eq!(leave::add_own_host(&editor, "https://Help.Example/").await.expect("added"), "help.example");
        assert!(leave::is_own(&house.store, "help.example").await.expect("an answer"));
        assert!(!leave::is_own(&house.store, "x.help.example").await.expect("an answer"), "not those below it");
        assert_eq!(code(leave::add_own_host(&editor, "help.example").await).as_deref(), Some("HOST_LISTED"));
        assert_eq!(code(leave::add_own_host(&editor, "help.example/x").await).as_deref(), Some("HOST_INVALID"));
        for pattern in ["*.example", "help_.example", "-help.example", "help .example", "帮助.example*"] {
            assert_eq!(code(leave::add_own_host(&editor, pattern).await).as_deref(), Some("HOST_INVALID"), "{pattern}");
        }
        leave::remove_own_host(&editor, "help.example").await.expect("removed");
        assert!(leave::remove_own_host(&editor, "help.example").await.is_err(), "it is gone");
        assert!(!leave::is_own(&house.store, "help.example").await.expect("an answer"));
        let actions = house.texts(&["action"], "FROM audit ORDER BY seq").await;
        assert_eq!(actions.iter().filter(|row| row[0].as_deref().is_some_and(|action| action.starts_with("own_host"))).count(), 2);
    }
}
