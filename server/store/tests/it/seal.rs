//! Sealing: no number of an account is readable in database or backup, none moves to another company, and without its key everything but
//! numbers goes on.

use crate::{
    bank_accounts::{access, add, change, rows},
    house::{House, on_both},
    invoices::{bill, by_amount},
    top_ups::claim,
    withdrawals::{Stage, give, new, stage, submit, top_up},
};
use domain::{
    Error, Id,
    access::{CanManageInvoices, CanTopUp, Role, Standing},
    invoice::{Content, Tab, Typed},
    ledger::Account,
    top_up::TOP_UPS,
    withdrawal::Fund,
};
use std::path::PathBuf;
use store::{
    Access, Options, Store, backup, bank_accounts,
    demo::TABLES,
    ids::Ids,
    invoices::{self, Saved},
    kept,
    seal::{self, Fit},
    top_ups,
};

/// The number that the stage has, that of its claims and invoices, that of its top-ups, and one of our own.
const NUMBERS: &[&str] = &["571908234610915", "5719 0823 4610 915", "571908233318", "33010401600000", "3301 0401 6000 00"];

fn clerk_of(store: &Store, who: &Standing) -> Access<CanManageInvoices> {
    store.system(who.clone()).access().expect("a clerk")
}

fn special(who: &Standing) -> Typed {
    let line = || "杭州".to_owned();
    Typed {
        title_type: "enterprise".to_owned(),
        title: who.company.clone(),
        kind: "special".to_owned(),
        tax_no: "91330108MA0000LH03".to_owned(),
        bank: line(),
        account: "571908234610915".to_owned(),
        address: line(),
        phone: "0571-88001234".to_owned(),
        medium: "paper".to_owned(),
        recipient: line(),
    }
}

async fn save(store: &Store, who: &Standing, key: &str, information: Option<(Id, i64)>, typed: Typed) -> Result<Id, Error> {
    let saved = Saved { information, tab: Tab::Vendor, typed, reason: "开票要求变更".to_owned(), review: information.is_some() };
    invoices::save(&clerk_of(store, who), key.parse().expect("a key"), saved).await.map(|(id, _)| id)
}

/// Every form into which a number can be typed, sent; the last change of an account waits for its code.
async fn through_all_forms(house: &House) -> (Stage, Id) {
    let stage = stage(house).await;
    let (store, clerk) = (&house.store, &stage.clerk);
    give(house, &stage, Account::BankCard, "100").await;
    top_up(house, &stage, "2026-06-02", "100", "0").await;
    change(store, clerk, add(clerk, "3301 0401 6000 00")).await.expect("an account");
    submit(store, clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
    submit(store, clerk, "form-key-2", new(&stage, Fund::Original, "10")).await.expect("handed in");
    claim(store, clerk, "claim-key-1", "120000").await.expect("claimed");
    let information = save(store, clerk, "invoice-key-1", None, special(clerk)).await.expect("an information");
    bill(house, clerk.tenant, "2026-05", "100").await;
    invoices::submit(&clerk_of(store, clerk), "request-key-1".parse().expect("a key"), by_amount(information, "10"))
        .await
        .expect("asked for");
    for key in ["invoice-key-2", "invoice-key-3"] {
        save(store, clerk, key, Some((information, version(house).await)), special(clerk)).await.expect("a change");
    }
    let body = "{\"account_number\":\"571908234610915\"}".to_owned();
    kept::keep(&house.stranger("x"), "owner".to_owned(), body).await.expect("kept");
    bank_accounts::prepare(&access(store, clerk), add(clerk, "571908233318"), crate::house::PASSWORD).await.expect("a code");
    (stage, information)
}

async fn version(house: &House) -> i64 {
    house.number("SELECT version FROM invoice_information").await
}

/// Every text of every table.
async fn all_texts(house: &House) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for table in TABLES.iter().filter(|table| **table != "library_search") {
        let columns = if house.url.starts_with("sqlite") {
            house.texts(&["name"], &format!("FROM pragma_table_info('{table}')")).await
        } else {
            house.texts(&["column_name"], &format!("FROM information_schema.columns WHERE table_name = '{table}'")).await
        };
        let columns: Vec<String> = columns.into_iter().flatten().flatten().collect();
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        for row in house.texts(&names, &format!("FROM {table}")).await {
            all.extend(columns.iter().zip(row).filter_map(|(column, text)| Some((format!("{table}.{column}"), text?))));
        }
    }
    all
}

/// Where a number can be read.
async fn readable(house: &House) -> Vec<String> {
    let all = all_texts(house).await.into_iter();
    all.filter(|(_, text)| NUMBERS.iter().any(|number| text.contains(number))).map(|(place, _)| place).collect()
}

fn key_file(house: &House) -> PathBuf {
    let name = if house.url.starts_with("sqlite") { "test.db.key" } else { "files/sealing.key" };
    house.folder().join(name)
}

/// The invoice information of a company as its people read it.
async fn read_content(store: &Store, who: &Standing) -> Content {
    invoices::information(&clerk_of(store, who), Tab::Vendor).await.expect("a page").rows.remove(0).content
}

on_both! {
    async fn no_number_stands_readable_in_any_table_after_all_forms_were_sent(house) {
        let (stage, _) = through_all_forms(house).await;
        assert_eq!(readable(house).await, Vec::<String>::new());
        let sealed: Vec<String> = all_texts(house).await.into_iter().filter(|(_, text)| text.contains("v1.")).map(|(place, _)| place).collect();
        for column in [
            "bank_accounts.number", "bank_account_changes.number", "top_ups.account_number", "withdrawals.account_number", "kept_answers.body",
            "invoice_information.content", "invoice_information_versions.content", "invoice_reviews.content", "invoice_requests.content",
        ] {
            assert!(sealed.iter().any(|place| place == column), "{column}: {sealed:?}");
        }
        // Whoever may read it does.
        let content = read_content(&house.store, &stage.clerk).await;
        assert_eq!(content.account, "571908234610915");
        let tails: Vec<String> = rows(&house.store, &stage.clerk).await.into_iter().map(|row| row.tail).collect();
        assert_eq!(tails, ["0915", "0000"]);
        let checked = seal::check(&house.store).await.expect("a check");
        assert_eq!((checked.fit, checked.shut), (Fit::Fits, Vec::new()));
        assert!(checked.values >= 8, "{}", checked.values);
    }
}

on_both! {
    async fn neither_key_nor_number_is_in_a_backup(house) {
        through_all_forms(house).await;
        let file = house.folder().join("backup.tar");
        backup::take(&house.store, &file).await.expect("a backup");
        let (key, content) = (std::fs::read_to_string(key_file(house)).expect("a key"), std::fs::read(&file).expect("a file"));
        let holds = |text: &str| content.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(holds("0915") && !holds(key.trim()), "the key");
        assert_eq!(NUMBERS.iter().filter(|number| holds(number)).count(), 0, "numbers");
    }
}

on_both! {
    async fn a_number_that_is_put_into_another_companys_row_does_not_open(house) {
        let (_, information) = through_all_forms(house).await;
        let other = house.company("other", &[], &[], &[Role::FinanceClerk]).await.remove(0);
        let tenant = other.tenant;
        house.execute(&format!("UPDATE invoice_information SET tenant_id = '{tenant}'")).await;
        house.execute(&format!("UPDATE bank_accounts SET tenant_id = '{tenant}'")).await;
        assert_eq!(read_content(&house.store, &other).await.account, "**** 0915");
        let shut = seal::check(&house.store).await.expect("a check").shut;
        assert_eq!(shut.len(), 3, "{shut:?}");
        assert!(shut.contains(&format!("invoice_information/{information}")), "{shut:?}");
    }
}

on_both! {
    async fn with_another_key_or_none_everything_goes_on_but_whole_numbers(house) {
        let (stage, _) = through_all_forms(house).await;
        for (content, fit) in [(None, Fit::Missing), (Some("ab".repeat(32)), Fit::Another), (Some("spoilt".to_owned()), Fit::Missing)] {
            match content {
                Some(content) => std::fs::write(key_file(house), content).expect("a key"),
                None => std::fs::rename(key_file(house), house.folder().join("away")).expect("no key"),
            }
            let store = house.another().await;
            store.clock.stand_at(Some(house.store.clock.now()));
            assert_eq!(seal::fit(&store).await.expect("an answer"), fit);
            masked_is_all_there_is(&store, &stage).await;
            nothing_is_written(house, &store, &stage).await;
            let nobody = store.stranger("x".to_owned(), "test".to_owned()).access().expect("anybody");
            let answer = kept::keep(&nobody, "me".to_owned(), "typed".to_owned());
            let answer = answer.await.expect("an answer is kept all the same");
            assert_eq!(kept::read(&store, "me", answer).await, Ok(Some("typed".to_owned())));
            assert_eq!(store::leave::key(&store).await.expect("a secret").len(), 64);
            store.db.close().await;
        }
        // The key comes back while a server runs that started without.
        std::fs::remove_file(key_file(house)).expect("no key");
        let store = house.another().await;
        std::fs::rename(house.folder().join("away"), key_file(house)).expect("the key");
        store.clock.stand_at(Some(house.store.clock.now()));
        assert_eq!(read_content(&store, &stage.clerk).await.account, "571908234610915");
        assert!(claim(&store, &stage.clerk, "claim-key-3", "5").await.is_ok());
        store.db.close().await;
    }
}

async fn masked_is_all_there_is(store: &Store, stage: &Stage) {
    let tails: Vec<String> = rows(store, &stage.clerk).await.into_iter().map(|row| row.tail).collect();
    assert_eq!(tails, ["0915", "0000"]);
    assert_eq!(rows(store, &stage.clerk).await[0].used_by.as_deref(), Some("TX20260610-0001"), "what is compared needs no key");
    let top_ups_of: Access<CanTopUp> = store.system(stage.clerk.clone()).access().expect("a clerk");
    let page = top_ups::page(&top_ups_of, TOP_UPS.read("")).await.expect("a page");
    let mut tails: Vec<String> = page.rows.into_iter().map(|row| row.tail).collect();
    tails.sort();
    assert_eq!(tails, ["0915", "3318"]);
    let content = read_content(store, &stage.clerk).await;
    assert_eq!((content.account.as_str(), content.is_masked()), ("**** 0915", true));
}

/// A number is refused; a request takes over a sealed one, so it is not.
async fn nothing_is_written(house: &House, store: &Store, stage: &Stage) {
    let before = all_texts(house).await;
    let clerk = &stage.clerk;
    let shut = |error: Error| assert_eq!(error.status(), 503, "{error:?}");
    shut(claim(store, clerk, "claim-key-2", "5").await.expect_err("no number is taken"));
    shut(bank_accounts::prepare(&access(store, clerk), add(clerk, "33010401600009"), crate::house::PASSWORD).await.expect_err("nor here"));
    let saved = Saved { information: None, tab: Tab::Seller, typed: special(clerk), reason: String::new(), review: false };
    let key = "invoice-key-9".parse().expect("a key");
    shut(invoices::save(&clerk_of(store, clerk), key, saved).await.expect_err("nor on invoices"));
    // That the password was typed is told, and whoever is sent back to a form finds it filled in.
    let comes_and_goes = ["throttles.", "kept_answers.", "audit."];
    let is_kept = |(place, _): &(String, String)| !comes_and_goes.iter().any(|table| place.starts_with(table));
    let (before, after): (Vec<_>, Vec<_>) =
        (before.into_iter().filter(is_kept).collect(), all_texts(house).await.into_iter().filter(is_kept).collect());
    let changed: Vec<_> = after.iter().filter(|text| !before.contains(text)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{changed:?}");
}

on_both! {
    async fn a_withdrawal_takes_over_the_sealed_number_of_its_account_also_without_the_key(house) {
        let stage = stage(house).await;
        give(house, &stage, Account::BankCard, "100").await;
        std::fs::rename(key_file(house), house.folder().join("away")).expect("no key");
        let store = house.another().await;
        store.clock.stand_at(Some(house.store.clock.now()));
        submit(&store, &stage.clerk, "form-key-1", new(&stage, Fund::Bank, "10")).await.expect("handed in");
        store.db.close().await;
        std::fs::rename(house.folder().join("away"), key_file(house)).expect("the key");
        let checked = seal::check(&house.store).await.expect("a check");
        assert_eq!((checked.values, checked.shut), (2, Vec::new()));
    }
}

on_both! {
    async fn servers_that_seal_the_first_number_at_once_make_one_key(house) {
        let people: Vec<Standing> = futures::future::join_all(["a", "b", "c", "d"].map(async |name| {
            house.company(name, &[], &[], &[Role::FinanceClerk]).await.remove(0)
        })).await;
        let others = [house.another().await, house.another().await, house.another().await];
        let stores = others.iter().chain([&house.store]);
        let saving = stores.zip(&people).map(async |(store, who)| save(store, &Standing { real_name: Some("2021-04-12".parse().expect("a day")), ..who.clone() }, "invoice-key-1", None, special(who)).await);
        for saved in futures::future::join_all(saving).await {
            saved.expect("an information");
        }
        let checked = seal::check(&house.store).await.expect("a check");
        assert_eq!((checked.fit, checked.values, checked.shut), (Fit::Fits, 8, Vec::new()));
        for other in others {
            other.db.close().await;
        }
    }
}

on_both! {
    async fn what_an_older_program_left_plain_is_sealed_at_the_next_start(house) {
        let (stage, _) = through_all_forms(house).await;
        plain(house).await;
        assert_eq!(readable(house).await.len(), 12, "{:?}", readable(house).await);
        // Until then it is read as it is.
        assert_eq!(rows(&house.store, &stage.clerk).await[0].used_by.as_deref(), Some("TX20260610-0001"));
        let store = house.another().await;
        assert_eq!(readable(house).await, Vec::<String>::new());
        let checked = seal::check(&store).await.expect("a check");
        assert_eq!((checked.fit, checked.shut), (Fit::Fits, Vec::new()));
        assert_eq!(read_content(&store, &stage.clerk).await.account, "571908234610915");
        assert_eq!(rows(&store, &stage.clerk).await[0].used_by.as_deref(), Some("TX20260610-0001"));
        store.db.close().await;
        let before = all_texts(house).await;
        house.another().await.db.close().await;
        assert_eq!(all_texts(house).await, before, "once");
    }
}

/// Every number as the program before wrote it.
async fn plain(house: &House) {
    for set in [
        "bank_accounts SET number = '5719 0823 4610 915', number_tail = '', number_print = ''",
        "bank_account_changes SET number = '571908233318', number_tail = '', number_print = ''",
        "top_ups SET account_number = '571908233318', account_tail = '', account_print = ''",
        "withdrawals SET account_number = '5719 0823 4610 915', account_tail = '', account_print = ''",
    ] {
        house.execute(&format!("UPDATE {set}")).await;
    }
    for table in ["invoice_information", "invoice_information_versions", "invoice_reviews", "invoice_requests"] {
        for row in house.texts(&["content"], &format!("FROM {table}")).await {
            let sealed = row[0].clone().expect("a content");
            let mut content: serde_json::Value = serde_json::from_str(&sealed).expect("JSON");
            let content = content.as_object_mut().expect("an object");
            content.remove("account_tail");
            content.insert("account".to_owned(), "571908234610915".into());
            let plain = serde_json::to_string(content).expect("JSON");
            house.execute(&format!("UPDATE {table} SET content = '{plain}' WHERE content = '{sealed}'")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_restored_without_its_key_says_so_and_has_no_other_one_made() {
    let (house, place) = (House::sqlite().await, House::sqlite().await);
    let (stage, _) = through_all_forms(&house).await;
    let file = house.folder().join("backup.tar");
    backup::take(&house.store, &file).await.expect("a backup");
    let options = || Options {
        database_url: place.url.clone(),
        storage_url: place.storage.clone(),
        key_file: None,
        ids: Ids::default(),
        is_demo: true,
    };
    let restored = backup::restore(options(), &file).await.expect("restored");
    assert_eq!((restored.fit, PathBuf::from(&restored.key_place)), (Fit::Missing, key_file(&place)));
    assert!(!key_file(&place).exists());
    assert_eq!(read_content(&place.store, &stage.clerk).await.account, "**** 0915");
    // Somebody brings it, to where they want it.
    let key = place.folder().join("elsewhere.key");
    std::fs::copy(key_file(&house), &key).expect("a copy");
    let store = Store::open(Options { key_file: Some(key), ..options() }).await.expect("a store");
    assert_eq!(read_content(&store, &stage.clerk).await.account, "571908234610915");
    store.db.close().await;
    house.end().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_can_lie_in_the_bucket_and_two_that_make_it_have_one() {
    let (Some(house), Some(bucket)) = (House::postgres().await, crate::house::in_bucket()) else { return };
    let options =
        || Options { database_url: house.url.clone(), storage_url: bucket.clone(), key_file: None, ids: Ids::default(), is_demo: true };
    let (one, two) = (Store::open(options()).await.expect("a store"), Store::open(options()).await.expect("a store"));
    let (first, second) = tokio::join!(store::leave::key(&one), store::leave::key(&two));
    assert_eq!(first.expect("a secret"), second.expect("a secret"));
    assert_eq!(seal::fit(&one).await.expect("an answer"), Fit::Fits);
    assert!(one.seal.place().ends_with("/sealing.key") && one.seal.place().starts_with("s3://"), "{}", one.seal.place());
    one.db.close().await;
    two.db.close().await;
    house.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_plain_is_in_no_page_of_the_file_any_more() {
    let house = House::sqlite().await;
    through_all_forms(&house).await;
    plain(&house).await;
    let folder = house.folder().to_owned();
    let in_files = || {
        let bytes = ["test.db", "test.db-wal"].map(|name| std::fs::read(folder.join(name)).unwrap_or_default()).concat();
        NUMBERS.iter().filter(|number| bytes.windows(number.len()).any(|part| part == number.as_bytes())).count()
    };
    assert!(in_files() > 0);
    house.another().await.db.close().await;
    house.store.db.close().await;
    assert_eq!(in_files(), 0);
}
