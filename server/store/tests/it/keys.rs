//! Idempotency keys: the same key with the same body is answered again, with another body it is refused (C9, C10).

use crate::{
    house::{House, editor, on_both},
    library::{about, file},
};
use domain::{Error, Id, access::CanManageLibrary};
use store::{
    Access, Key,
    library::{self, NewDocument},
};

fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

fn new(title: &str) -> NewDocument {
    NewDocument { about: about(title), file: file(title) }
}

async fn documents(house: &House) -> i64 {
    house.number("SELECT COUNT(*) FROM library_documents").await
}

on_both! {
    async fn the_same_form_sent_again_gets_the_first_answer(house) {
        let first = library::create(&house.editor(), Some(key("form-0001")), new("一")).await.expect("a document");
        let again = library::create(&house.editor(), Some(key("form-0001")), new("一")).await;
        assert_eq!(again, Ok(first));
        assert_eq!(documents(house).await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit").await, 1);
        let other = library::create(&house.editor(), Some(key("form-0002")), new("一")).await.expect("another");
        assert_ne!(other, first);
    }
}

on_both! {
    async fn another_body_under_the_same_key_is_refused(house) {
        library::create(&house.editor(), Some(key("form-0001")), new("一")).await.expect("a document");
        let other = library::create(&house.editor(), Some(key("form-0001")), new("二")).await;
        assert_eq!(other, Err(Error::KeyReused));
        assert_eq!(documents(house).await, 1);
    }
}

on_both! {
    async fn a_refused_form_may_be_mended_and_sent_under_its_key(house) {
        let wrong = NewDocument { about: about("  "), file: file("一") };
        assert!(library::create(&house.editor(), Some(key("form-0001")), wrong).await.is_err());
        assert!(library::create(&house.editor(), Some(key("form-0001")), new("一")).await.is_ok());
    }
}

on_both! {
    async fn a_key_of_one_company_says_nothing_to_another(house) {
        library::create(&house.editor(), Some(key("form-0001")), new("一")).await.expect("a document");
        let elsewhere = domain::access::Standing { tenant: Id(77), ..editor() };
        let access: Access<CanManageLibrary> = house.store.system(elsewhere).access().expect("an editor");
        assert!(library::create(&access, Some(key("form-0001")), new("二")).await.is_ok());
        assert_eq!(documents(house).await, 2);
    }
}

on_both! {
    async fn sixteen_forms_at_once_have_one_effect_and_one_answer(house) {
        let editor = house.editor();
        let sent = (0..16).map(|_| library::create(&editor, Some(key("form-0001")), new("一")));
        let answers = futures::future::join_all(sent).await;
        let first = answers[0].clone().expect("an answer");
        assert!(answers.iter().all(|answer| *answer == Ok(first)), "{answers:?}");
        assert_eq!(documents(house).await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit").await, 1);
    }
}

on_both! {
    async fn sixteen_forms_at_once_through_two_servers_have_one_effect(house) {
        let other = house.another().await;
        let editors = [house.editor(), other.system(editor()).access().expect("an editor")];
        let sent = (0..16).map(|at| library::create(&editors[at % 2], Some(key("form-0001")), new("一")));
        let answers = futures::future::join_all(sent).await;
        let first = answers[0].clone().expect("an answer");
        assert!(answers.iter().all(|answer| *answer == Ok(first)), "{answers:?}");
        assert_eq!(documents(house).await, 1);
        other.db.close().await;
    }
}

on_both! {
    async fn an_old_key_is_forgotten_by_the_next_write_with_one(house) {
        library::create(&house.editor(), Some(key("form-0001")), new("一")).await.expect("a document");
        house.execute("UPDATE kept_keys SET at_us = at_us - 4 * 86400000000").await;
        library::create(&house.editor(), Some(key("form-0002")), new("二")).await.expect("a document");
        assert_eq!(house.number("SELECT COUNT(*) FROM kept_keys").await, 1);
    }
}

#[test]
fn a_key_has_eight_to_eighty_visible_characters() {
    assert_eq!("".parse::<Key>(), Err(Error::KeyRequired));
    for wrong in ["1234567", "12345678 ", "1234567\n8", "钥匙钥匙钥匙", &"x".repeat(81)] {
        assert!(matches!(wrong.parse::<Key>(), Err(Error::Invalid { .. })), "{wrong:?}");
    }
    for right in ["12345678", &"x".repeat(80)] {
        assert!(right.parse::<Key>().is_ok());
    }
}
