//! The server asks while it draws.

use super::{Asking, Draw};
use crate::late::{late_view, only_written, without_attributes};
use crate::packed::Outcome;
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

/// A question that was asked.
#[derive(Clone, Copy)]
pub struct Answering {
    question: Signal<String>,
    function: fn(String) -> Asking,
}

impl Answering {
    pub(super) const fn new(_: &'static str, _: &'static str, question: Signal<String>, function: fn(String) -> Asking) -> Self {
        Self { question, function }
    }

    /// A page is drawn once here.
    pub const fn again(self) {}

    pub(super) fn awaited(self, draw: Draw) -> AnyView {
        Awaited { asking: (self.function)(self.question.get_untracked()), draw }.into_any()
    }
}

/// The part of a page that waits for an answer.
struct Awaited {
    asking: Asking,
    draw: Draw,
}

impl Awaited {
    async fn written<const OUT_OF_ORDER: bool>(self, mut builder: StreamBuilder, escape: bool, branches: bool) -> StreamBuilder {
        let outcome = Outcome::from(self.asking.await);
        builder.push_sync(&outcome.carried());
        let view = (self.draw)(outcome);
        view.to_html_async_with_buf::<OUT_OF_ORDER>(&mut builder, &mut Position::NextChild, escape, branches, Vec::new());
        builder.finish()
    }
}

only_written!(Awaited);

without_attributes!(Awaited);

impl RenderHtml for Awaited {
    late_view!();

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buffer: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        branches: bool,
        _: Vec<AnyAttribute>,
    ) {
        buffer.next_id();
        let builder = StreamBuilder::new(buffer.clone_id());
        buffer.push_async(ScopedFuture::new_untracked(async move {
            self.written::<OUT_OF_ORDER>(builder, escape, branches).await.take_chunks()
        }));
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) {}
}
