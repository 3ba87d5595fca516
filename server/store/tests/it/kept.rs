//! Answers kept for the next page belong to their owner and grow old.

use crate::house::on_both;
use domain::Id;
use store::kept;

on_both! {
    async fn an_answer_is_read_by_its_owner_as_often_as_the_page_is(house) {
        let access = house.stranger("x");
        let id = kept::keep(&access, "owner".to_owned(), "{\"云\":1}".to_owned()).await.expect("kept");
        for _ in 0..2 {
            assert_eq!(kept::read(&house.store, "owner", id).await, Ok(Some("{\"云\":1}".to_owned())));
        }
    }
}

on_both! {
    async fn an_answer_is_not_there_for_others(house) {
        let id = kept::keep(&house.stranger("x"), "owner".to_owned(), "secret".to_owned()).await.expect("kept");
        assert_eq!(kept::read(&house.store, "other", id).await, Ok(None));
        assert_eq!(kept::read(&house.store, "", id).await, Ok(None));
        assert_eq!(kept::read(&house.store, "owner", Id(1)).await, Ok(None));
    }
}

on_both! {
    async fn an_answer_waits_ten_minutes_and_is_swept_away_by_the_next_one(house) {
        let id = kept::keep(&house.stranger("x"), "owner".to_owned(), "old".to_owned()).await.expect("kept");
        house.execute("UPDATE kept_answers SET at_us = at_us - 601000000").await;
        assert_eq!(kept::read(&house.store, "owner", id).await, Ok(None));
        kept::keep(&house.stranger("x"), "owner".to_owned(), "new".to_owned()).await.expect("kept");
        assert_eq!(house.number("SELECT COUNT(*) FROM kept_answers").await, 1);
    }
}
