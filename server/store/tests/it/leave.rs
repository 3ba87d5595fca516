//! Ways to other web sites (domain.md F16).

use crate::house::on_both;
use domain::access::{Anyone, Role};
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
