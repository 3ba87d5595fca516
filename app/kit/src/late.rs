//! What views have in common that come late: the server writes them when their answer is there, the browser takes them over.

/// The members of `RenderHtml` that say nothing about such a view: it is its own, resolves to itself, and is never written at once.
macro_rules! late_view {
    () => {
        type AsyncOutput = Self;
        type Owned = Self;

        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Self {
            self
        }

        fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

        fn into_owned(self) -> Self {
            self
        }
    };
}

/// A view that has no element of its own, which attributes could be added to.
macro_rules! without_attributes {
    ($view:ty) => {
        impl AddAnyAttr for $view {
            type Output<New: Attribute> = Self;

            fn add_any_attr<New: Attribute>(self, _: New) -> Self {
                self
            }
        }
    };
}

/// A view that only the server makes: it is written, never built and never taken over.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! only_written {
    ($view:ty) => {
        impl Render for $view {
            type State = ();

            fn build(self) {}

            fn rebuild(self, (): &mut ()) {}
        }
    };
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use only_written;
pub(crate) use {late_view, without_attributes};
