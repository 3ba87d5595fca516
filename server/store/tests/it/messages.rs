//! Messages: once per cause and person, as chosen, and seen by nobody else; mails that wait, are cancelled, are sent once.

use crate::{
    house::{House, PASSWORD, on_both},
    library::{imported, replacement},
};
use domain::{
    Error, Id, Lang,
    access::{Anyone, Identity, Program, Role, Standing},
    exports::Problem,
    library::{Mine, Step},
    message::{Choice, DIGEST_SECONDS, KEPT_DAYS, MESSAGES, MessagePage, Notice, Read, Topic},
};
use store::{
    Access, Written,
    library::{self, Moved},
    messages,
    outbox::{self, Mail, Outcome, REFUSALS_MAX},
    sessions,
};

async fn people(house: &House, name: &str) -> Vec<Standing> {
    house.company(name, &[], &[], &[Role::Administrator, Role::FinanceClerk]).await
}

fn own(house: &House, standing: &Standing) -> Access<Anyone> {
    house.store.system(standing.clone()).access().expect("anybody may")
}

fn finished(task: u128) -> Notice {
    Notice::ExportFinished { task: Id(task), file: format!("资料库-{task}.xlsx"), rows: 3 }
}

fn alarm(occasion: u128) -> Notice {
    Notice::NewDevice { occasion: Id(occasion), device: "Firefox".to_owned(), address: "192.0.2.1".to_owned() }
}

async fn tell(house: &House, notice: Notice, to: &[Id]) {
    let access = house.stranger("x");
    let told = access.write(None, (notice, to.to_vec()), |tx, (notice, to)| {
        Box::pin(async move {
            messages::tell(tx, notice, to).await?;
            Ok(Written::quiet(()))
        })
    });
    told.await.expect("told");
}

async fn page(house: &House, standing: &Standing, query: &str) -> MessagePage {
    messages::page(&own(house, standing), MESSAGES.read(query), Lang::Zh).await.expect("a page")
}

async fn by_mail(house: &House, standing: &Standing, topic: Topic) {
    messages::choose(&own(house, standing), vec![Choice { topic, app: true, mail: true }]).await.expect("chosen");
}

/// What waits in the outbox or was sent: to whom and what about.
async fn outbox_of(house: &House) -> Vec<(String, String)> {
    let sent = outbox::demo_messages(&house.store).await.expect("messages");
    sent.into_iter().map(|sent| (sent.message.to, sent.message.subject)).collect()
}

fn later(house: &House, seconds: i64) {
    house.store.clock.stand_at(Some(house.store.clock.now().plus_seconds(seconds)));
}

async fn leased(house: &House, worker: &str) -> Option<Mail> {
    outbox::lease(&house.stranger("x"), worker).await.expect("an answer")
}

async fn ended(house: &House, mail: &Mail, outcome: Outcome) -> Result<(), Error> {
    outbox::ended(&house.stranger("x"), mail, outcome).await
}

on_both! {
    async fn a_person_is_told_once_of_each_cause_and_reads_it(house) {
        let people = people(house, "lanhai").await;
        let both = [people[0].account, people[1].account, people[0].account, Id(404)];
        for _ in 0..2 {
            tell(house, finished(1), &both).await;
        }
        tell(house, Notice::ExportFailed { task: Id(2), file: "x.pdf".to_owned(), problem: Problem::NoFont }, &both[..1]).await;
        let first = page(house, &people[0], "").await;
        assert_eq!((first.total, first.all, first.unread), (2, 2, 2));
        let titles: Vec<_> = first.rows.iter().map(|row| row.title.as_str()).collect();
        assert!(titles.contains(&"导出完成：资料库-1.xlsx") && titles.contains(&"导出失败：x.pdf"), "{titles:?}");
        assert_eq!(page(house, &people[1], "").await.total, 1);

        let finished = first.rows.iter().find(|row| row.title.starts_with("导出完成")).expect("a row");
        let path = messages::open(&own(house, &people[0]), finished.id).await.expect("its object");
        assert_eq!(path, "/sales/exports?q=%E8%B5%84%E6%96%99%E5%BA%93-1.xlsx");
        assert_eq!(messages::unread(&own(house, &people[0])).await, Ok(1));
        assert_eq!(page(house, &people[0], "state=read").await.rows[0].state, Read::Done);
        assert_eq!(page(house, &people[0], "state=unread&topic=export").await.total, 1);
        assert_eq!(page(house, &people[0], "topic=access").await.total, 0);
        assert_eq!(messages::read_all(&own(house, &people[0])).await, Ok(1));
        assert_eq!(messages::read_all(&own(house, &people[0])).await, Ok(0));
        assert_eq!(messages::unread(&own(house, &people[1])).await, Ok(1), "somebody else's stay as they are");
        assert_eq!(messages::unread(&house.stranger("x")).await, Err(Error::AuthRequired));
    }
}

on_both! {
    async fn nothing_of_another_person_or_company_is_there(house) {
        let (ours, theirs) = (people(house, "lanhai").await, people(house, "qinghe").await);
        tell(house, finished(1), &[ours[0].account]).await;
        let message = page(house, &ours[0], "").await.rows[0].id;
        for other in [&ours[1], &theirs[0]] {
            assert_eq!(messages::open(&own(house, other), message).await, Err(Error::NotFound));
            assert_eq!(messages::read_all(&own(house, other)).await, Ok(0));
            assert_eq!(page(house, other, "").await.all, 0);
            by_mail(house, other, Topic::Export).await;
        }
        assert_eq!(messages::unread(&own(house, &ours[0])).await, Ok(1));
        let unknown = messages::open(&own(house, &ours[0]), Id(1)).await;
        assert_eq!(unknown, Err(Error::NotFound));
        tell(house, finished(2), &[ours[0].account]).await;
        assert!(outbox_of(house).await.is_empty(), "what others chose is theirs");
    }
}

on_both! {
    async fn a_cause_that_is_undone_tells_nobody(house) {
        let people = people(house, "lanhai").await;
        let undone: Result<(), Error> = house
            .stranger("x")
            .write(None, people[0].account, |tx, account| {
                Box::pin(async move {
                    messages::tell(tx, &alarm(1), &[*account]).await?;
                    Err(Error::Stale)
                })
            })
            .await;
        assert_eq!(undone, Err(Error::Stale));
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 0);
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox").await, 0);
    }
}

on_both! {
    async fn people_are_told_as_they_have_chosen(house) {
        let people = people(house, "lanhai").await;
        let me = own(house, &people[0]);
        let usual = messages::choices(&me).await.expect("choices");
        assert_eq!(usual, Topic::in_use().into_iter().map(Choice::usual).collect::<Vec<_>>());
        let off = |topic| Choice { topic, app: false, mail: false };
        messages::choose(&me, vec![off(Topic::Export), off(Topic::Access)]).await.expect("chosen");
        let chosen = messages::choices(&me).await.expect("choices");
        assert!(chosen.contains(&Choice { topic: Topic::Access, app: true, mail: false }), "security stays in the app: {chosen:?}");
        tell(house, finished(1), &[people[0].account]).await;
        tell(house, alarm(1), &[people[0].account, people[1].account]).await;
        assert_eq!(page(house, &people[0], "").await.rows.iter().map(|row| row.topic).collect::<Vec<_>>(), [Topic::Access]);
        assert_eq!(outbox_of(house).await, [("1@lanhai.example".to_owned(), "您的账号在新设备上登录".to_owned())]);

        messages::choose(&me, vec![Choice { topic: Topic::Export, app: false, mail: true }]).await.expect("chosen");
        tell(house, finished(2), &[people[0].account]).await;
        assert_eq!(page(house, &people[0], "").await.all, 1, "only by mail");
        assert_eq!(outbox_of(house).await.len(), 2);
        assert_eq!(messages::read_all(&me).await, Ok(1));
        later(house, DIGEST_SECONDS);
        leased(house, "a").await.expect("the alarm");
        assert!(leased(house, "a").await.is_some(), "what is not in the app cannot be read there");
    }
}

on_both! {
    async fn the_digest_is_one_mail_in_half_an_hour_without_what_was_read(house) {
        let people = people(house, "lanhai").await;
        by_mail(house, &people[0], Topic::Export).await;
        house.store.clock.stand_at(Some(house.store.clock.now()));
        for task in 1..=3 {
            tell(house, finished(task), &[people[0].account]).await;
            later(house, 60);
        }
        assert_eq!(outbox_of(house).await, [("0@lanhai.example".to_owned(), "伙伴中心：3 条新消息".to_owned())]);
        assert!(!outbox::is_due(&house.store).await.expect("an answer"));
        assert_eq!(leased(house, "a").await, None, "it waits for half an hour");
        let read = page(house, &people[0], "").await.rows[0].id;
        messages::open(&own(house, &people[0]), read).await.expect("read");
        later(house, DIGEST_SECONDS);
        let mail = leased(house, "a").await.expect("the digest");
        assert_eq!(mail.subject, "伙伴中心：2 条新消息");
        assert!(mail.text.contains("导出完成：资料库-1.xlsx\n") && !mail.text.contains("资料库-3.xlsx"), "{}", mail.text);
        assert!(!mail.text.contains("://"), "who sends it knows the public address: {}", mail.text);
        tell(house, finished(4), &[people[0].account]).await;
        ended(house, &mail, Outcome::Sent).await.expect("sent");
        assert_eq!(leased(house, "a").await, None, "what came meanwhile waits for its own half hour");
        later(house, DIGEST_SECONDS);
        assert_eq!(leased(house, "a").await.expect("the next one").subject, "导出完成：资料库-4.xlsx");
    }
}

on_both! {
    async fn what_was_read_in_the_app_is_not_told_by_mail(house) {
        let people = people(house, "lanhai").await;
        by_mail(house, &people[0], Topic::Export).await;
        tell(house, finished(1), &[people[0].account]).await;
        tell(house, finished(2), &[people[0].account]).await;
        assert_eq!(outbox_of(house).await.len(), 1);
        messages::read_all(&own(house, &people[0])).await.expect("read");
        assert!(outbox_of(house).await.is_empty());
        later(house, DIGEST_SECONDS * 2);
        assert_eq!(leased(house, "a").await, None);
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox WHERE state = 'cancelled'").await, 1);
    }
}

on_both! {
    async fn an_alarm_goes_at_once_and_reading_does_not_stop_it(house) {
        let people = people(house, "lanhai").await;
        tell(house, alarm(1), &[people[0].account]).await;
        messages::read_all(&own(house, &people[0])).await.expect("read");
        let mail = leased(house, "a").await.expect("the alarm");
        assert_eq!(mail.to, "0@lanhai.example");
        assert!(mail.text.contains("192.0.2.1"), "{}", mail.text);
    }
}

on_both! {
    async fn of_many_senders_one_has_each_mail(house) {
        let people = people(house, "lanhai").await;
        for occasion in 0..6 {
            tell(house, alarm(occasion), &[people[0].account, people[1].account]).await;
        }
        let other = house.another().await;
        let taken = futures::future::join_all((0..24).map(|worker| {
            let store = if worker % 2 == 0 { &house.store } else { &other };
            let access: Access<Anyone> = store.stranger("x".to_owned(), "x".to_owned()).access().expect("anybody may");
            async move { outbox::lease(&access, &worker.to_string()).await.expect("an answer") }
        }));
        let mut taken: Vec<Id> = taken.await.into_iter().flatten().map(|mail| mail.id).collect();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), 12);
        other.db.close().await;
    }
}

on_both! {
    async fn the_mail_of_a_dead_sender_goes_on_and_what_that_one_still_says_counts_no_more(house) {
        let people = people(house, "lanhai").await;
        tell(house, alarm(1), &[people[0].account]).await;
        let dead = leased(house, "dead").await.expect("a mail");
        assert_eq!(leased(house, "early").await, None);
        house.execute("UPDATE outbox SET leased_until_us = 0").await;
        assert_eq!(outbox::is_due(&house.store).await, Ok(true));
        let heir = leased(house, "heir").await.expect("the same mail");
        assert_eq!(heir.id, dead.id);
        for outcome in [Outcome::Sent, Outcome::Stopped, Outcome::Later("x".to_owned()), Outcome::Refused("x".to_owned())] {
            assert_eq!(ended(house, &dead, outcome).await, Err(Error::Stale));
        }
        ended(house, &heir, Outcome::Sent).await.expect("sent");
        assert_eq!(ended(house, &heir, Outcome::Sent).await, Err(Error::Stale));
        assert_eq!(leased(house, "x").await, None);
    }
}

on_both! {
    async fn a_mail_that_did_not_go_rests_and_is_given_up_only_when_it_was_refused_again_and_again(house) {
        let people = people(house, "lanhai").await;
        tell(house, alarm(1), &[people[0].account]).await;
        let again = || house.execute("UPDATE outbox SET rest_until_us = 0");
        for _ in 0..50 {
            let mail = leased(house, "a").await.expect("a mail");
            ended(house, &mail, Outcome::Later("nobody answers".to_owned())).await.expect("noted");
            assert_eq!(leased(house, "a").await, None, "it rests");
            again().await;
        }
        assert_eq!(house.texts(&["state", "problem"], "FROM outbox").await, [["waiting", "nobody answers"].map(|t| Some(t.to_owned()))]);
        let mail = leased(house, "a").await.expect("a mail");
        ended(house, &mail, Outcome::Stopped).await.expect("noted");
        assert_eq!(house.number("SELECT tries FROM outbox").await, 50, "stopping is no try");
        for _ in 0..REFUSALS_MAX {
            let mail = leased(house, "a").await.expect("a mail");
            ended(house, &mail, Outcome::Refused("550 no such person".to_owned())).await.expect("noted");
            again().await;
        }
        assert_eq!(leased(house, "a").await, None);
        assert_eq!(house.texts(&["state"], "FROM outbox").await, [[Some("failed".to_owned())]]);
    }
}

on_both! {
    async fn teller_reader_and_sender_at_once_lose_nothing_and_tell_nothing_twice(house) {
        let people = people(house, "lanhai").await;
        by_mail(house, &people[0], Topic::Export).await;
        let start = house.store.clock.now();
        for round in 0..8_u128 {
            house.store.clock.stand_at(Some(start.plus_seconds(i64::try_from(round).expect("a number") * (DIGEST_SECONDS + 1))));
            let telling = (0..3).map(|no| tell(house, finished(round * 10 + no), std::slice::from_ref(&people[0].account)));
            let sending = async {
                let sent = leased(house, "a").await;
                if let Some(mail) = &sent {
                    ended(house, mail, Outcome::Sent).await.expect("sent");
                }
            };
            futures::join!(futures::future::join_all(telling), sending);
        }
        assert_eq!(messages::unread(&own(house, &people[0])).await, Ok(24));
        let open = "SELECT COUNT(*) FROM (SELECT account_id FROM outbox WHERE state = 'waiting' GROUP BY account_id HAVING COUNT(*) > 1) x";
        assert_eq!(house.number(open).await, 0, "one digest waits at a time");
        let astray = "SELECT COUNT(*) FROM messages m LEFT JOIN outbox o ON o.id = m.mail_id WHERE o.id IS NULL";
        assert_eq!(house.number(astray).await, 0, "each message is in a mail");
        messages::read_all(&own(house, &people[0])).await.expect("read");
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'").await, 0);
    }
}

on_both! {
    async fn a_sign_in_from_a_new_device_is_told_and_the_language_of_the_sign_in_is_spoken(house) {
        people(house, "lanhai").await;
        let signed_in = |device: &'static str, lang: Lang| {
            let mut caller = house.caller("192.0.2.7");
            caller.lang = lang;
            async move { sessions::sign_in(&caller.access().expect("anybody may"), "0@lanhai.example", PASSWORD, device).await }
        };
        signed_in("Firefox/130.0", Lang::Zh).await.expect("a session");
        signed_in("Firefox/131.0", Lang::Zh).await.expect("a session");
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 0, "the first device and a new version of it are no news");
        let key = signed_in("Safari/17", Lang::En).await.expect("a session").key;
        assert_eq!(outbox_of(house).await, [("0@lanhai.example".to_owned(), "Your account was used on a new device".to_owned())]);
        signed_in("Safari/17", Lang::En).await.expect("a session");
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 1);
        let (caller, _) = sessions::resume(&house.store, &key, "x".to_owned(), "x".to_owned()).await.expect("an answer");
        let me = caller.access().expect("anybody may");
        messages::speak(&me, Lang::Zh).await.expect("spoken");
        sessions::sign_out_everywhere(&me).await.expect("ended");
        assert_eq!(outbox_of(house).await[1].1, "您的账号已在所有设备上退出");
    }
}

on_both! {
    async fn old_messages_and_sent_mail_go(house) {
        let people = people(house, "lanhai").await;
        tell(house, alarm(1), &[people[0].account]).await;
        let mail = leased(house, "a").await.expect("a mail");
        ended(house, &mail, Outcome::Sent).await.expect("sent");
        tell(house, alarm(2), &[people[1].account]).await;
        later(house, (KEPT_DAYS - 1) * 86_400);
        messages::sweep(&house.stranger("x")).await.expect("swept");
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 2);
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox").await, 1, "mail that has not gone stays");
        later(house, 2 * 86_400);
        messages::sweep(&house.stranger("x")).await.expect("swept");
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 0);
    }
}

on_both! {
    async fn who_follows_a_document_is_told_of_its_versions_and_its_end_as_long_as_it_is_for_them(house) {
        let csp = [Identity::Csp];
        let ours = house.company("lanhai", &csp, &[Program::CspProgram], &[Role::Administrator, Role::FinanceClerk]).await;
        let theirs = house.company("yunfan", &csp, &[Program::CspProgram], &[Role::Administrator]).await;
        let document = house.publish(imported("激励政策", "")).await;
        for follower in [&ours[0], &theirs[0]] {
            library::mark(&house.reader(follower), document, Mine::Followed, true).await.expect("marked");
        }
        library::replace(&house.editor(), None, replacement(document, 1, "二")).await.expect("a version");
        let told = page(house, &ours[0], "").await;
        assert_eq!(told.rows[0].title, "资料已更新：激励政策");
        assert_eq!(messages::open(&own(house, &ours[0]), told.rows[0].id).await, Ok(format!("/support/library/{document}")));
        assert_eq!(page(house, &ours[1], "").await.total, 0, "who does not follow is not told");
        assert_eq!(page(house, &theirs[0], "").await.total, 1);
        house.execute("UPDATE tenants SET identities = 'reseller' WHERE number = 'yunfan'").await;
        house.execute("UPDATE library_audiences SET identities = 'csp', programs = ''").await;
        let moved = Moved { document, version: 2, step: Step::Withdraw };
        library::move_document(&house.editor(), moved).await.expect("withdrawn");
        assert_eq!(page(house, &ours[0], "state=unread").await.rows[0].title, "资料已下线：激励政策");
        assert_eq!(page(house, &theirs[0], "").await.total, 1, "it is not for them any more, and so is what happens to it");
    }
}
