//! Marks of a person on documents (domain.md F1): whose they are, and that a list of them is a list like any other.

use crate::{
    house::{House, member, on_both},
    library::imported,
};
use domain::{
    Error, Id,
    access::{Identity, Program, Standing},
    library::{LIBRARY, Mine},
};
use store::library;

fn reader(no: u128) -> Standing {
    member(no, &[Identity::Csp], &[Program::CspProgram])
}

async fn listed(house: &House, reader: &Standing, query: &str) -> (Vec<Id>, i64) {
    let page = library::list(&house.reader(reader), LIBRARY.read(query)).await.expect("a list");
    (page.rows.into_iter().map(|row| row.id).collect(), page.total)
}

on_both! {
    async fn a_list_of_marked_documents_takes_every_other_filter_too(house) {
        let reader = reader(1);
        let (one, two, three) = (house.publish(imported("云一", "")).await, house.publish(imported("云二", "")).await, house.publish(imported("三", "")).await);
        for (document, mark) in [(one, Mine::Favourite), (three, Mine::Favourite), (two, Mine::Followed)] {
            library::mark(&house.reader(&reader), document, mark, true).await.expect("marked");
        }
        assert_eq!(listed(house, &reader, "mine=favourite&sort=title").await, (vec![three, one], 2));
        assert_eq!(listed(house, &reader, "mine=favourite&q=云").await, (vec![one], 1));
        assert_eq!(listed(house, &reader, "mine=followed").await, (vec![two], 1));
        assert_eq!(listed(house, &reader, "mine=favourite&format=epub").await, (vec![], 0));
        assert_eq!(listed(house, &reader, "mine=nonsense").await.1, 3, "what is no option is no filter");
        library::mark(&house.reader(&reader), one, Mine::Favourite, false).await.expect("unmarked");
        assert_eq!(listed(house, &reader, "mine=favourite").await, (vec![three], 1));
    }
}

on_both! {
    async fn marks_are_of_one_person_and_only_on_what_that_person_sees(house) {
        let (one, other) = (reader(1), reader(2));
        let document = house.publish(imported("资料", "")).await;
        library::mark(&house.reader(&one), document, Mine::Followed, true).await.expect("marked");
        let detail = async |who: &Standing| library::detail(&house.reader(who), document).await.expect("a document");
        assert!(detail(&one).await.followed && !detail(&one).await.favourite);
        assert!(!detail(&other).await.followed);
        assert_eq!(listed(house, &other, "mine=followed").await, (vec![], 0));
        let unknown = library::mark(&house.reader(&one), Id(7), Mine::Favourite, true).await;
        assert_eq!(unknown.err().map(|error| error.code().to_owned()), Some(Error::NotFound.code().to_owned()));
        assert!(library::mark(&house.reader(&one), document, Mine::Downloaded, true).await.is_err(), "that is no mark");
    }
}

on_both! {
    async fn what_was_downloaded_last_comes_first_and_says_when_there_is_a_newer_version(house) {
        let reader = reader(1);
        let (one, two) = (house.publish(imported("一", "")).await, house.publish(imported("二", "")).await);
        let start = house.store.clock.now();
        for (seconds, document) in [(1, one), (2, two), (3, one)] {
            house.store.clock.stand_at(Some(start.plus_seconds(seconds)));
            library::record_download(&house.reader(&reader), document, 1).await.expect("recorded");
        }
        let recent = library::recent(&house.reader(&reader), 5).await.expect("downloads");
        assert_eq!(recent.iter().map(|recent| (recent.document, recent.is_newer)).collect::<Vec<_>>(), [(one, false), (two, false)]);
        assert_eq!(listed(house, &reader, "mine=downloaded&sort=title").await.1, 2);
        house.execute(&format!("UPDATE library_documents SET version_no = 2 WHERE id = '{two}'")).await;
        assert!(library::recent(&house.reader(&reader), 5).await.expect("downloads")[1].is_newer);
        house.execute(&format!("UPDATE library_documents SET state = 'withdrawn' WHERE id = '{one}'")).await;
        let recent = library::recent(&house.reader(&reader), 5).await.expect("downloads");
        assert_eq!(recent.iter().map(|recent| recent.document).collect::<Vec<_>>(), [two], "a withdrawn one is gone");
    }
}
