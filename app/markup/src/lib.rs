//! Leptos as our pages see it: all of it, with one type for every plain element.
//!
//! `view!` writes `::leptos::tachys::html::element::div()` for `<div>`. Upstream each tag is a type of its own, and each attribute another;
//! boxing them (`erase_components`) makes the browser's module carry ten functions per tag, per attribute, and per `Option` and `Vec` around
//! them: four fifths of our drawing code. The workspace therefore calls this crate `leptos`, and the functions of tags give a [`Tag`], which
//! knows its name at run time. Nothing else differs; ARCHITECTURE.md, section 3, has the figures.

#[cfg(target_arch = "wasm32")]
mod morph;
mod tag;
mod worth;

#[cfg(target_arch = "wasm32")]
pub use morph::morph;
pub use tag::Tag;
pub use upstream::*;
pub use worth::{Given, Worth};

/// The renderer, with our elements in place of its own.
pub mod tachys {
    pub use upstream::tachys::*;

    /// HTML.
    pub mod html {
        pub use upstream::tachys::html::*;

        /// Elements: a function per tag.
        pub mod element {
            pub use upstream::tachys::html::element::*;

            crate::tags! { html:
                a abbr address article aside b blockquote body button canvas caption cite code colgroup data datalist dd del details dfn
                dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label
                legend li main mark menu meter nav noscript object ol optgroup option output p picture pre progress q s samp script search
                section select slot small span strong style sub summary sup table tbody td template textarea tfoot th thead time title tr u
                ul var video
            }
            crate::tags! { void: area base br col embed hr img input link meta source track wbr }
        }
    }

    /// Drawings.
    pub mod svg {
        pub use upstream::tachys::svg::*;

        crate::tags! { svg:
            circle defs ellipse g line path pattern polygon polyline rect stop svg symbol text title tspan r#use
        }
    }
}
