//! The element.

use crate::worth::{Given, Worth};
use std::borrow::Cow;
use upstream::{
    leptos_dom::logging::console_error,
    tachys::{
        html::{
            attribute::{
                Attribute,
                any_attribute::{AnyAttribute, AnyAttributeState},
            },
            event::EventDescriptor,
            property::IntoProperty,
        },
        hydration::Cursor,
        renderer::{CastFrom as _, Rndr, types},
        ssr::StreamBuilder,
        view::{
            IntoRender, Mountable, Position, PositionState, Render, RenderHtml,
            add_attr::AddAnyAttr,
            any_view::{AnyView, AnyViewState, IntoAny as _},
        },
    },
};

/// What kind of element a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Html,
    /// Without content and without an end tag.
    Void,
    /// A drawing.
    Svg,
}

/// A plain element of any name, with its attributes and its content.
pub struct Tag {
    name: &'static str,
    kind: Kind,
    given: Vec<Given>,
    markup: Option<Cow<'static, str>>,
    content: Option<Box<AnyView>>,
}

/// Functions that make elements, by kind.
#[doc(hidden)]
#[macro_export]
macro_rules! tags {
    ($kind:ident: $($name:ident)*) => {$(
        #[doc = concat!("`<", stringify!($name), ">`")]
        #[must_use]
        pub fn $name() -> $crate::Tag {
            $crate::Tag::$kind(stringify!($name))
        }
    )*};
}

/// Methods that give attributes: what `view!` calls for each of them.
macro_rules! attributes {
    ($($method:ident $name:literal)*) => {$(
        #[doc = concat!("Gives the attribute `", $name, "`.")]
        #[must_use]
        pub fn $method(self, value: impl Worth) -> Self {
            self.attr($name, value)
        }
    )*};
}

impl Tag {
    const fn of(kind: Kind, name: &'static str) -> Self {
        Self { name, kind, given: Vec::new(), markup: None, content: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn html(name: &'static str) -> Self {
        Self::of(Kind::Html, name)
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn void(name: &'static str) -> Self {
        Self::of(Kind::Void, name)
    }

    #[doc(hidden)]
    #[must_use]
    pub fn svg(name: &'static str) -> Self {
        // `use` is a word of the language, too.
        Self::of(Kind::Svg, name.trim_start_matches("r#"))
    }

    /// Gives an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Worth) -> Self {
        self.given.push(value.give(name));
        self
    }

    /// Puts something into it. `view!` calls this once, with all there is.
    #[must_use]
    pub fn child<T>(mut self, content: T) -> Self
    where
        T: IntoRender,
        T::Output: RenderHtml + Send,
    {
        self.content = Some(Box::new(content.into_render().into_any()));
        self
    }

    /// Its content as markup; the caller vouches that it is harmless.
    #[must_use]
    pub fn inner_html(mut self, markup: impl Into<Cow<'static, str>>) -> Self {
        self.markup = Some(markup.into());
        self
    }

    /// Listens to an event.
    #[must_use]
    pub fn on<E>(self, event: E, handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor + Send + 'static,
        E::EventType: From<types::Event> + 'static,
    {
        listening(self, event, handler)
    }

    /// Sets a property of the element in the browser; the server knows none.
    #[must_use]
    pub fn prop<P: IntoProperty + Send + 'static>(self, name: &'static str, value: P) -> Self {
        with_property(self, name, value)
    }

    attributes! {
        accept "accept" action "action" alt "alt" aria_autocomplete "aria-autocomplete" aria_busy "aria-busy" aria_controls "aria-controls" aria_current "aria-current"
        aria_describedby "aria-describedby" aria_disabled "aria-disabled" aria_expanded "aria-expanded" aria_haspopup "aria-haspopup"
        aria_hidden "aria-hidden" aria_invalid "aria-invalid" aria_label "aria-label" aria_labelledby "aria-labelledby" aria_live "aria-live"
        aria_pressed "aria-pressed" aria_selected "aria-selected" aria_sort "aria-sort" aria_valuemax "aria-valuemax"
        aria_valuemin "aria-valuemin" aria_valuenow "aria-valuenow" r#as "as" autocomplete "autocomplete" autofocus "autofocus"
        charset "charset" checked "checked" class "class" cols "cols" colspan "colspan" content "content" crossorigin "crossorigin"
        datetime "datetime" disabled "disabled" download "download" enctype "enctype" r#for "for" form "form" formaction "formaction"
        formenctype "formenctype" formmethod "formmethod" formnovalidate "formnovalidate" headers "headers" height "height" hidden "hidden" href "href" hreflang "hreflang" id "id"
        inputmode "inputmode" label "label" lang "lang" list "list" r#loop "loop" max "max" maxlength "maxlength" method "method" min "min"
        minlength "minlength" multiple "multiple" name "name" nonce "nonce" novalidate "novalidate" open "open" pattern "pattern"
        placeholder "placeholder" popover "popover" popovertarget "popovertarget" popovertargetaction "popovertargetaction"
        readonly "readonly" rel "rel" required "required" reversed "reversed" role "role" rows "rows" rowspan "rowspan" scope "scope"
        selected "selected" size "size" sizes "sizes" span "span" spellcheck "spellcheck" src "src" start "start" step "step"
        tabindex "tabindex" target "target" title "title" translate "translate" r#type "type" value "value" width "width" wrap "wrap"
    }

    const fn holds_markup(&self) -> bool {
        self.markup.is_some() || matches!(self.name.as_bytes(), b"script" | b"style")
    }

    /// Writes the start tag; gives the content that an attribute brought.
    fn write_start(&mut self, buffer: &mut String, more: Vec<AnyAttribute>) -> String {
        let (mut class, mut style, mut inner) = (String::new(), String::new(), String::new());
        buffer.push('<');
        buffer.push_str(self.name);
        for given in self.given.drain(..).chain(more.into_iter().map(|attribute| Given::Live(Box::new(attribute)))) {
            match given {
                Given::Text(name, Some(value)) => write_attribute(buffer, name, &value),
                Given::Text(_, None) => {}
                Given::Live(attribute) => attribute.to_html(buffer, &mut class, &mut style, &mut inner),
            }
        }
        for (name, value) in [("class", class.trim()), ("style", style.trim())] {
            if !value.is_empty() {
                write_attribute(buffer, name, value);
            }
        }
        buffer.push('>');
        self.markup.take().map_or(inner, Cow::into_owned)
    }

    /// Writes the end tag.
    fn write_end(&self, buffer: &mut String, position: &mut Position) {
        if self.kind != Kind::Void {
            buffer.push_str("</");
            buffer.push_str(self.name);
            buffer.push('>');
        }
        *position = Position::NextChild;
    }

    /// Takes its node over; the content follows.
    fn take_over(&mut self, cursor: &Cursor, position: &PositionState) -> TagState {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let found = types::Element::cast_from(cursor.current());
        // A page that differs from what was drawn can't be taken over here; it goes on as a page without script.
        let node = found.unwrap_or_else(|| {
            console_error(self.name);
            Rndr::create_element(self.name, None)
        });
        let given = self.given.drain(..).map(|given| match given {
            Given::Text(name, value) => Kept::Text(name, value),
            Given::Live(attribute) => Kept::Live(Box::new(attribute.hydrate::<true>(&node))),
        });
        TagState { name: self.name, given: given.collect(), markup: self.markup.take(), content: None, node }
    }

    /// The same template drew both: same element, same attributes in the same order.
    fn is_alike(&self, state: &TagState) -> bool {
        let alike = |(new, old): (&Given, &Kept)| match (new, old) {
            (Given::Text(new, _), Kept::Text(old, _)) => new == old,
            (Given::Live(_), Kept::Live(_)) => true,
            _ => false,
        };
        self.name == state.name
            && self.content.is_some() == state.content.is_some()
            && self.given.len() == state.given.len()
            && self.given.iter().zip(&state.given).all(alike)
    }
}

#[cfg(target_arch = "wasm32")]
fn listening<E>(mut tag: Tag, event: E, handler: impl FnMut(E::EventType) + 'static) -> Tag
where
    E: EventDescriptor + Send + 'static,
    E::EventType: From<types::Event> + 'static,
{
    let handler: Box<dyn FnMut(E::EventType)> = Box::new(handler);
    tag.given.push(Given::live(upstream::tachys::html::event::on(event, handler)));
    tag
}

#[cfg(not(target_arch = "wasm32"))]
fn listening<E, F>(tag: Tag, _: E, _: F) -> Tag {
    tag
}

#[cfg(target_arch = "wasm32")]
fn with_property<P: IntoProperty + Send + 'static>(mut tag: Tag, name: &'static str, value: P) -> Tag {
    tag.given.push(Given::live(upstream::tachys::html::property::prop(name, value)));
    tag
}

#[cfg(not(target_arch = "wasm32"))]
fn with_property<P>(tag: Tag, _: &'static str, _: P) -> Tag {
    tag
}

#[cfg(target_arch = "wasm32")]
fn rewrite(node: &types::Element, markup: &str) {
    crate::morph::morph(node, markup);
}

#[cfg(not(target_arch = "wasm32"))]
fn rewrite(_: &types::Element, _: &str) {}

fn write_attribute(buffer: &mut String, name: &str, value: &str) {
    buffer.push(' ');
    buffer.push_str(name);
    if !value.is_empty() {
        buffer.push_str("=\"");
        html_escape::encode_double_quoted_attribute_to_string(value, buffer);
        buffer.push('"');
    }
}

/// An element that stands in the page.
pub struct TagState {
    name: &'static str,
    node: types::Element,
    given: Vec<Kept>,
    markup: Option<Cow<'static, str>>,
    content: Option<Box<AnyViewState>>,
}

enum Kept {
    Text(&'static str, Option<Cow<'static, str>>),
    Live(Box<AnyAttributeState>),
}

impl Render for Tag {
    type State = TagState;

    fn build(self) -> TagState {
        let space = (self.kind == Kind::Svg).then_some("http://www.w3.org/2000/svg");
        let node = Rndr::create_element(self.name, space);
        let given = self.given.into_iter().map(|given| match given {
            Given::Text(name, value) => {
                if let Some(value) = &value {
                    Rndr::set_attribute(&node, name, value);
                }
                Kept::Text(name, value)
            }
            Given::Live(attribute) => Kept::Live(Box::new(attribute.build(&node))),
        });
        let given = given.collect();
        if let Some(markup) = &self.markup {
            Rndr::set_inner_html(&node, markup);
        }
        let content = self.content.map(|content| {
            let mut content = content.build();
            content.mount(&node, None);
            Box::new(content)
        });
        TagState { name: self.name, given, markup: self.markup, content, node }
    }

    fn rebuild(self, state: &mut TagState) {
        if !self.is_alike(state) {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        for (new, old) in self.given.into_iter().zip(&mut state.given) {
            match (new, old) {
                (Given::Text(name, new), Kept::Text(_, old)) if new != *old => {
                    match &new {
                        Some(value) => Rndr::set_attribute(&state.node, name, value),
                        None => Rndr::remove_attribute(&state.node, name),
                    }
                    *old = new;
                }
                (Given::Live(new), Kept::Live(old)) => new.rebuild(old),
                _ => {}
            }
        }
        if self.markup != state.markup {
            rewrite(&state.node, self.markup.as_deref().unwrap_or_default());
            state.markup = self.markup;
        }
        if let (Some(new), Some(old)) = (self.content, &mut state.content) {
            new.rebuild(old);
        }
    }
}

impl AddAnyAttr for Tag {
    type Output<New: Attribute> = Self;

    fn add_any_attr<New: Attribute>(mut self, attribute: New) -> Self {
        self.given.push(Given::live(attribute.into_cloneable_owned()));
        self
    }
}

impl RenderHtml for Tag {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 16;

    fn dry_resolve(&mut self) {
        for given in &mut self.given {
            if let Given::Live(attribute) = given {
                attribute.dry_resolve();
            }
        }
        if let Some(content) = &mut self.content {
            content.dry_resolve();
        }
    }

    async fn resolve(mut self) -> Self {
        for given in &mut self.given {
            if let Given::Live(attribute) = given {
                **attribute = attribute.clone().resolve().await;
            }
        }
        if let Some(content) = self.content.take() {
            self.content = Some(Box::new(content.resolve().await));
        }
        self
    }

    fn html_len(&self) -> usize {
        let given = self.given.iter().map(|given| match given {
            Given::Text(name, value) => name.len() + value.as_ref().map_or(0, |value| value.len()) + 4,
            Given::Live(attribute) => attribute.html_len(),
        });
        let content = self.content.as_ref().map_or(0, |content| content.html_len());
        2 * self.name.len() + 5 + given.sum::<usize>() + self.markup.as_ref().map_or(0, |markup| markup.len()) + content
    }

    fn to_html_with_buf(mut self, buffer: &mut String, position: &mut Position, _: bool, branches: bool, more: Vec<AnyAttribute>) {
        let escape = !self.holds_markup();
        let markup = self.write_start(buffer, more);
        buffer.push_str(&markup);
        if let Some(content) = self.content.take() {
            *position = Position::FirstChild;
            content.to_html_with_buf(buffer, position, escape, branches, Vec::new());
        }
        self.write_end(buffer, position);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        mut self,
        buffer: &mut StreamBuilder,
        position: &mut Position,
        _: bool,
        branches: bool,
        more: Vec<AnyAttribute>,
    ) {
        let escape = !self.holds_markup();
        buffer.with_buf(|buffer| {
            let markup = self.write_start(buffer, more);
            buffer.push_str(&markup);
        });
        if let Some(content) = self.content.take() {
            *position = Position::FirstChild;
            content.to_html_async_with_buf::<OUT_OF_ORDER>(buffer, position, escape, branches, Vec::new());
        }
        buffer.with_buf(|buffer| self.write_end(buffer, position));
    }

    fn hydrate<const FROM_SERVER: bool>(mut self, cursor: &Cursor, position: &PositionState) -> TagState {
        let mut state = self.take_over(cursor, position);
        if let Some(content) = self.content.take().filter(|_| !self.holds_markup()) {
            position.set(Position::FirstChild);
            state.content = Some(Box::new(content.hydrate::<true>(cursor, position)));
        }
        state.leave(cursor, position);
        state
    }

    async fn hydrate_async(mut self, cursor: &Cursor, position: &PositionState) -> TagState {
        let mut state = self.take_over(cursor, position);
        if let Some(content) = self.content.take().filter(|_| !self.holds_markup()) {
            position.set(Position::FirstChild);
            state.content = Some(Box::new(content.hydrate_async(cursor, position).await));
        }
        state.leave(cursor, position);
        state
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl TagState {
    /// The next node is the one after this element.
    fn leave(&self, cursor: &Cursor, position: &PositionState) {
        cursor.set(self.node.clone().into());
        position.set(Position::NextChild);
    }
}

impl Mountable for TagState {
    fn unmount(&mut self) {
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn try_mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) -> bool {
        Rndr::try_insert_node(parent, &self.node, marker)
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = Rndr::get_parent(&self.node).and_then(types::Element::cast_from);
        parent.is_some_and(|parent| {
            child.mount(&parent, Some(&self.node));
            true
        })
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.node.clone()]
    }
}
