//! The server draws the page that was asked for.

use super::{Here, PageRow, find};
use crate::late::{late_view, only_written, without_attributes};
use futures::FutureExt as _;
use leptos::{
    prelude::*,
    reactive::computed::ScopedFuture,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{Position, PositionState, add_attr::AddAnyAttr},
    },
};
use leptos_router::{LazyRoute, hooks::use_location};

/// A page that is open. The code of all pages is here, so none is waited for.
pub type Opened = AnyView;

/// Opens a page.
pub fn open<T: LazyRoute>() -> Opened {
    T::view(T::data()).now_or_never().unwrap_or_else(|| ().into_any())
}

/// The place of the pages.
pub struct Place {
    pub(super) table: &'static [PageRow],
    pub(super) missing: fn() -> AnyView,
}

impl Place {
    fn view(&self) -> (Owner, AnyView) {
        let location = use_location();
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        let row = find(self.table, &path);
        let here = Here::new(row.map_or("", |row| row.path), path, search);
        let owner = Owner::current().map_or_else(Owner::new, |owner| owner.child());
        let view = owner.with(|| {
            provide_context(here);
            row.map_or_else(self.missing, |row| (row.open)())
        });
        (owner, view)
    }
}

only_written!(Place);

without_attributes!(Place);

impl RenderHtml for Place {
    late_view!();

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buffer: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        branches: bool,
        _: Vec<AnyAttribute>,
    ) {
        let (owner, view) = self.view();
        buffer.next_id();
        let mut builder = StreamBuilder::new(buffer.clone_id());
        let mut inner = *position;
        let written = async move {
            view.to_html_async_with_buf::<OUT_OF_ORDER>(&mut builder, &mut inner, escape, branches, Vec::new());
            builder.finish().take_chunks()
        };
        buffer.push_async(ScopedFuture { owner, observer: None, fut: written });
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) {}
}
