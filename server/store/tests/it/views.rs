//! What people keep of lists: their own, their colleagues', nobody else's.

use crate::house::{House, on_both};
use domain::{
    Error,
    access::{Anyone, Role, Standing},
    library::LIBRARY,
    views::{Density, Kept, VIEWS_MAX, View},
};
use store::{Access, views, views::NewView};

fn access(house: &House, standing: &Standing) -> Access<Anyone> {
    house.store.system(standing.clone()).access::<Anyone>().expect("anybody may")
}

fn new(name: &str, query: &str) -> NewView {
    NewView { list: "library".to_owned(), view: None, name: name.to_owned(), query: query.to_owned(), shared: false }
}

async fn kept(access: &Access<Anyone>) -> Kept {
    views::kept(access, &LIBRARY).await.expect("what is kept")
}

async fn names(access: &Access<Anyone>) -> Vec<String> {
    kept(access).await.views.into_iter().map(|view| view.name).collect()
}

async fn saved(access: &Access<Anyone>, new: NewView) -> View {
    views::save(access, new).await.expect("a view")
}

on_both! {
    async fn a_view_is_its_makers_until_it_is_shared_and_then_the_companys(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator, Role::FinanceClerk]).await;
        let others = house.company("qinghe", &[], &[], &[Role::Administrator]).await;
        let (maker, colleague, stranger) = (access(house, &people[0]), access(house, &people[1]), access(house, &others[0]));
        let view = saved(&maker, new(" PDF ", "format=pdf&page=3&evil=1&view=all")).await;
        assert_eq!((view.name.as_str(), view.query.as_str(), view.own), ("PDF", "format=pdf", true));
        assert_eq!(names(&maker).await, ["PDF"]);
        assert!(names(&colleague).await.is_empty());
        let shared = saved(&maker, NewView { view: Some(view.id), shared: true, ..new("PDF 2", "format=pdf&sort=title") }).await;
        assert_eq!(shared.id, view.id, "it took its place");
        assert_eq!((names(&maker).await, names(&colleague).await), (vec!["PDF 2".to_owned()], vec!["PDF 2".to_owned()]));
        assert!(!kept(&colleague).await.views[0].own);
        assert!(names(&stranger).await.is_empty(), "another company sees nothing");
    }
}

on_both! {
    async fn nobody_changes_or_removes_what_is_somebody_elses(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator, Role::FinanceClerk]).await;
        let others = house.company("qinghe", &[], &[], &[Role::Administrator]).await;
        let maker = access(house, &people[0]);
        let view = saved(&maker, NewView { shared: true, ..new("PDF", "format=pdf") }).await;
        for other in [&people[1], &others[0]] {
            let other = access(house, other);
            let over = NewView { view: Some(view.id), ..new("mine", "") };
            assert_eq!(views::save(&other, over).await, Err(Error::NotFound));
            assert_eq!(views::remove(&other, "library".into(), view.id).await, Err(Error::NotFound));
        }
        assert_eq!(views::choose(&access(house, &others[0]), "library".into(), Some(view.id)).await, Err(Error::NotFound));
        assert_eq!(views::remove(&maker, "exports".into(), view.id).await, Err(Error::NotFound), "it is of another list");
        assert_eq!(kept(&maker).await.views, [view]);
    }
}

on_both! {
    async fn a_default_is_each_persons_and_goes_with_its_view(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator, Role::FinanceClerk]).await;
        let (maker, colleague) = (access(house, &people[0]), access(house, &people[1]));
        let view = saved(&maker, NewView { shared: true, ..new("PDF", "format=pdf") }).await;
        views::choose(&colleague, "library".into(), Some(view.id)).await.expect("a default");
        assert_eq!((kept(&maker).await.default, kept(&colleague).await.default), (None, Some(view.id)));
        views::remove(&maker, "library".into(), view.id).await.expect("removed");
        assert_eq!(kept(&colleague).await, Kept { density: Some(Density::Comfortable), ..Kept::default() });
    }
}

on_both! {
    async fn columns_and_density_are_kept_beside_the_default(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let person = access(house, &people[0]);
        let view = saved(&person, new("PDF", "format=pdf")).await;
        views::choose(&person, "library".into(), Some(view.id)).await.expect("a default");
        views::arrange(&person, "library".into(), vec!["title".into(), "size".into()], Density::Compact).await.expect("arranged");
        let after = kept(&person).await;
        assert_eq!((after.default, after.columns.len(), after.density), (Some(view.id), 2, Some(Density::Compact)));
        views::choose(&person, "library".into(), None).await.expect("no default");
        assert_eq!((kept(&person).await.columns, kept(&person).await.default), (vec!["title".to_owned(), "size".to_owned()], None));
    }
}

on_both! {
    async fn there_is_a_limit_and_a_refusal_leaves_nothing_behind(house) {
        let people = house.company("lanhai", &[], &[], &[Role::Administrator]).await;
        let person = access(house, &people[0]);
        for number in 0..VIEWS_MAX {
            saved(&person, new(&format!("v{number}"), "")).await;
        }
        assert_eq!(views::save(&person, new("one more", "")).await.map_err(|error| error.code().to_owned()), Err("VIEW_LIMIT".to_owned()));
        assert_eq!(views::save(&person, new(" ", "")).await.map_err(|error| error.code().to_owned()), Err("VIEW_NAME".to_owned()));
        let unknown = NewView { list: "nothing".into(), ..new("x", "") };
        assert_eq!(views::save(&person, unknown).await.map_err(|error| error.code().to_owned()), Err("INVALID".to_owned()));
        assert_eq!(names(&person).await.len(), VIEWS_MAX);
    }
}
