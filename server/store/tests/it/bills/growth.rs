//! How a month's bill grows by its days, as home draws it.

use super::*;

on_both! {
    async fn a_month_grows_by_its_days_and_the_last_one_is_all_of_it(house) {
        vendor(house).await;
        at(house, "2026-06-04T09:00:00+08:00");
        let clerk = partner(house, "lanhai").await;
        let access: Access<CanSeeBill> = house.store.system(clerk.clone()).access().expect("a clerk");
        assert!(bills::this_month(&access).await.expect("an answer").is_none());
        may(house, clerk.tenant).await;
        let on = |identity: &str, amount: &str, time: &str| NewLine {
            at: time.parse().expect("a moment"),
            ..line(identity, LineKind::Consumption, "KH1", "弹性云主机", amount)
        };
        let june = vec![
            on("11", "1", "2026-05-31T23:59:59+08:00"),
            on("12", "2", "2026-06-01T00:00:00+08:00"),
            on("13", "0.5", "2026-06-02T23:59:59.999999+08:00"),
            on("14", "4", "2026-06-03T00:00:00+08:00"),
            on("15", "8", "2026-06-30T12:00:00+08:00"),
            line("16", LineKind::Refund, "KH1", "弹性云主机", "-0.25"),
        ];
        bills::charge(&manager(house).await, clerk.tenant, (period("2026-06"), Currency::Cny), Vec::new(), june).await.expect("charged");
        let (now, before) = bills::this_month(&access).await.expect("an answer").expect("a bill");
        // What was charged before the month or after the last day is counted with the first and the last one.
        assert_eq!(now.days, ["2.75", "3.25", "15.25"].map(exact));
        assert_eq!(now.days.last().copied(), now.bill.sums.total());
        let before = before.expect("the month before");
        assert_eq!((before.days.len(), before.days[8], before.days[9], before.days[30]), (31, Exact::ZERO, exact("100.5"), exact("100.5")));
    }
}
