//! The browser takes the page over that the server drew, and puts the next ones in its place.

use super::{Here, PageRow, find};
use crate::late::{late_view, without_attributes};
use leptos::{
    prelude::*,
    reactive::computed::ScopedFuture,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::types,
        view::{Mountable, Position, PositionState, add_attr::AddAnyAttr, any_view::AnyViewState},
    },
    task::spawn_local,
};
use leptos_router::{
    LazyRoute,
    hooks::use_location,
    location::{BrowserUrl, LocationProvider as _},
};
use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};

/// A page that opens: what it asks is on its way already, its code may still have to come.
pub type Opened = Pin<Box<dyn Future<Output = AnyView>>>;

/// Opens a page.
pub fn open<T: LazyRoute>() -> Opened {
    let data = T::data();
    Box::pin(T::view(data))
}

/// The place of the pages.
pub struct Place {
    pub(super) table: &'static [PageRow],
    pub(super) missing: fn() -> AnyView,
}

impl Place {
    /// Opens the page of an address, with an owner of its own: what it makes goes when it does.
    fn open(&self, outer: &Owner, path: String, search: String) -> (Here, Owner, Opened) {
        let row = find(self.table, &path);
        let here = Here::new(row.map_or("", |row| row.path), path, search);
        let owner = outer.child();
        let opened = owner.with(|| {
            provide_context(here.clone());
            row.map_or_else(|| Box::pin(std::future::ready((self.missing)())) as Opened, |row| (row.open)())
        });
        (here, owner, opened)
    }

    /// Follows the address: the same page with another question, or another page.
    fn follow(self, outer: Owner, shown: Rc<RefCell<Shown>>) {
        let location = use_location();
        let history = use_context::<BrowserUrl>();
        let latest = RefCell::new(Rc::new(()));
        Effect::new(move |before: Option<()>| {
            let (path, search) = (location.pathname.get(), location.search.get());
            if before.is_none() {
                return;
            }
            // Whatever is still on its way is for a page that nobody waits for any more.
            let mine = Rc::new(());
            let still_wanted = Rc::downgrade(&mine);
            latest.replace(mine);
            let row = find(self.table, &path);
            let same = row.is_some_and(|row| row.path == shown.borrow().here.pattern);
            if row.is_some_and(|row| row.has_draft) && !same {
                // What was typed there is the server's to show.
                crate::browser::open(&if search.is_empty() { path } else { format!("{path}?{search}") });
                return;
            }
            let history = history.clone();
            if same {
                let here = shown.borrow().here.clone();
                here.path.set(path);
                here.search.set(search);
                arrived(history.as_ref());
                return;
            }
            let (here, owner, opened) = self.open(&outer, path, search);
            let shown = shown.clone();
            let scope = owner.clone();
            let next = async move {
                let view = opened.await;
                if still_wanted.strong_count() > 0 {
                    let state = owner.with(|| view.build());
                    let old = shown.borrow_mut().replace(Shown { state, here, owner });
                    arrived(history.as_ref());
                    old.end();
                }
            };
            spawn_local(ScopedFuture { owner: scope, observer: None, fut: next });
        });
    }
}

/// The new page is there: now the address may change.
fn arrived(history: Option<&BrowserUrl>) {
    if let Some(history) = history {
        history.ready_to_complete();
    }
}

/// The page that is shown.
struct Shown {
    state: AnyViewState,
    here: Here,
    owner: Owner,
}

impl Shown {
    /// Puts another page in its place and gives the old one.
    fn replace(&mut self, mut new: Self) -> Self {
        self.state.insert_before_this(&mut new.state);
        self.state.unmount();
        std::mem::replace(self, new)
    }

    /// First what is drawn goes, then what it was drawn from.
    fn end(self) {
        drop(self.state);
        self.owner.cleanup();
    }
}

/// What stands in the place.
pub struct PlaceState(Rc<RefCell<Shown>>);

impl Mountable for PlaceState {
    fn unmount(&mut self) {
        self.0.borrow_mut().state.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.0.borrow_mut().state.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.borrow().state.insert_before_this(child)
    }

    fn elements(&self) -> Vec<types::Element> {
        self.0.borrow().state.elements()
    }
}

impl Render for Place {
    type State = PlaceState;

    /// The place is only ever taken over; a page that is built anew begins empty.
    fn build(self) -> PlaceState {
        let owner = Owner::current().unwrap_or_default();
        let here = Here::new("", String::new(), String::new());
        PlaceState(Rc::new(RefCell::new(Shown { state: ().into_any().build(), here, owner })))
    }

    fn rebuild(self, _: &mut PlaceState) {}
}

without_attributes!(Place);

impl RenderHtml for Place {
    late_view!();

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> PlaceState {
        self.build()
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> PlaceState {
        let outer = Owner::current().unwrap_or_default();
        let location = outer.with(use_location);
        let (here, owner, opened) = self.open(&outer, location.pathname.get_untracked(), location.search.get_untracked());
        let taken = async {
            let view = opened.await;
            view.hydrate_async(cursor, position).await
        };
        let state = ScopedFuture { owner: owner.clone(), observer: None, fut: taken }.await;
        position.set(Position::NextChild);
        let shown = Rc::new(RefCell::new(Shown { state, here, owner }));
        outer.with(|| self.follow(outer.clone(), shown.clone()));
        PlaceState(shown)
    }
}
