//! Walls: a document of another audience is not there, in no list, no count, no search, and answers like an unknown one.

use crate::{
    house::{House, member, on_both},
    library::{about, imported},
};
use domain::{
    Error, Id,
    access::{Identity, Program, Standing},
    library::{Audience, Category, Description, Format, LIBRARY},
};
use store::library::{self, Imported};

fn csp() -> Standing {
    member(1, &[Identity::Csp], &[Program::CspProgram])
}

fn distributor() -> Standing {
    member(2, &[Identity::Distributor], &[Program::DistributorProgram, Program::MarketplaceService])
}

/// A document for everybody, one for distributors, one for the marketplace program.
async fn three(house: &House) -> [Id; 3] {
    let for_some = |title: &str, identities: &[Identity], programs: &[Program]| {
        let audience = Audience { identities: identities.to_vec(), programs: programs.to_vec() };
        Imported { about: Description { audience, ..about(title) }, ..imported(title, "秘密返点") }
    };
    [
        house.publish(for_some("全部", &[], &[])).await,
        house.publish(for_some("总经销商", &[Identity::Distributor, Identity::Learning], &[])).await,
        house.publish(for_some("云商店", &[], &[Program::MarketplaceService])).await,
    ]
}

on_both! {
    async fn a_list_holds_what_is_for_the_reader_and_counts_nothing_else(house) {
        let [for_all, _, _] = three(house).await;
        let page = house.list(&csp(), "").await;
        assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [for_all]);
        assert_eq!((page.total, page.counts.all), (1, 1));
        assert!(page.counts.categories.contains(&(Category::Policy, 1)));
        assert!(page.counts.formats.contains(&(Format::Pdf, 1)));
        let page = house.list(&distributor(), "").await;
        assert_eq!((page.total, page.counts.all, page.rows.len()), (3, 3, 3));
    }
}

on_both! {
    async fn what_is_for_all_and_what_is_for_some_can_be_asked_for(house) {
        let [for_all, for_identity, for_program] = three(house).await;
        let ids = async |query: &str| {
            let page = house.list(&distributor(), query).await;
            let mut ids: Vec<Id> = page.rows.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            assert_eq!((page.total, page.counts.all), (i64::try_from(ids.len()).expect("few"), 3), "{query}");
            ids
        };
        let mut limited = vec![for_identity, for_program];
        limited.sort_unstable();
        assert_eq!(ids("audience=open").await, [for_all]);
        assert_eq!(ids("audience=limited").await, limited);
        assert_eq!(ids("audience=open&audience=limited").await.len(), 3);
        assert_eq!(ids("audience=limited&q=总经销商").await, [for_identity]);
        assert_eq!(house.list(&csp(), "audience=limited").await.total, 0, "of others there is none");
    }
}

on_both! {
    async fn an_identity_or_a_program_is_enough(house) {
        let [_, _, for_program] = three(house).await;
        let provider = member(3, &[Identity::Csp], &[Program::MarketplaceService]);
        assert!(house.list(&provider, "").await.rows.iter().any(|row| row.id == for_program));
        assert_eq!(house.list(&provider, "").await.total, 2);
    }
}

on_both! {
    async fn search_finds_nothing_of_others(house) {
        let [for_all, _, _] = three(house).await;
        assert_eq!(house.found(&csp(), "秘密返点").await, [for_all]);
        assert_eq!(house.found(&csp(), "总经销商").await, []);
        assert_eq!(house.found(&distributor(), "秘密返点").await.len(), 3);
    }
}

on_both! {
    async fn a_document_for_others_answers_exactly_like_an_unknown_one(house) {
        let [_, for_distributors, _] = three(house).await;
        let reader = house.reader(&csp());
        for id in [for_distributors, Id(4711)] {
            assert_eq!(library::detail(&reader, id).await, Err(Error::NotFound));
            assert_eq!(library::file(&reader, id, None).await.map(|file| file.document), Err(Error::NotFound));
            assert_eq!(library::file(&reader, id, Some(1)).await.map(|file| file.document), Err(Error::NotFound));
        }
        assert!(library::detail(&house.reader(&distributor()), for_distributors).await.is_ok());
    }
}

on_both! {
    async fn a_withdrawn_document_says_so_to_those_who_could_see_it_and_nothing_to_others(house) {
        let [for_all, for_distributors, _] = three(house).await;
        for document in [for_all, for_distributors] {
            let moved = library::Moved { document, version: 1, step: domain::library::Step::Withdraw };
            library::move_document(&house.editor(), moved).await.expect("withdrawn");
        }
        let reader = house.reader(&csp());
        let code = |error: Error| (error.status(), error.code().to_owned());
        assert_eq!(library::detail(&reader, for_all).await.map_err(code), Err((410, "WITHDRAWN".to_owned())));
        assert_eq!(library::detail(&reader, for_distributors).await, Err(Error::NotFound));
        assert_eq!(house.list(&csp(), "").await.total, 0);
    }
}

on_both! {
    async fn a_draft_is_known_to_editors_only(house) {
        let draft = house.draft("草稿").await;
        assert_eq!(library::detail(&house.reader(&distributor()), draft).await, Err(Error::NotFound));
        assert_eq!(house.list(&distributor(), "").await.total, 0);
        assert_eq!(house.found(&distributor(), "草稿").await, []);
        assert_eq!(library::editor_detail(&house.editor(), draft).await.map(|detail| detail.version), Ok(1));
    }
}

on_both! {
    async fn a_change_of_audience_acts_on_the_next_request_of_every_server(house) {
        let [for_all, _, _] = three(house).await;
        let other = house.another().await;
        let asked = || LIBRARY.read("");
        let reader = other.system(csp()).access().expect("a reader");
        assert_eq!(library::list(&reader, asked()).await.map(|page| page.total), Ok(1));
        let audience = Audience { identities: vec![Identity::Service], programs: Vec::new() };
        let described = library::Described { document: for_all, version: 1, about: Description { audience, ..about("全部") } };
        library::describe(&house.editor(), described).await.expect("a new audience");
        let page = library::list(&reader, asked()).await.expect("a list");
        assert_eq!((page.total, page.counts.all, page.rows.len()), (0, 0, 0));
        other.db.close().await;
    }
}
