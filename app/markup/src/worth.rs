//! Attributes: text, marks, and those that change or listen.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex},
};
use upstream::{
    reactive::{
        computed::{ArcMemo, Memo},
        signal::{ArcReadSignal, ArcRwSignal, ReadSignal, RwSignal},
        wrappers::read::{ArcSignal, Signal},
    },
    tachys::html::attribute::{
        Attribute, AttributeValue,
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::{CustomAttributeKey, custom_attribute},
    },
};

/// An attribute as it was given to an element.
pub enum Given {
    /// Name and value; none is no attribute.
    Text(&'static str, Option<Cow<'static, str>>),
    /// What changes by itself, listens, or sets a property.
    Live(Box<AnyAttribute>),
}

impl Given {
    /// Any attribute of the framework.
    pub fn live(attribute: impl Attribute) -> Self {
        Self::Live(Box::new(attribute.into_any_attr()))
    }
}

/// What an attribute can be worth.
pub trait Worth {
    /// The attribute of that name.
    fn give(self, name: &'static str) -> Given;
}

impl Worth for bool {
    fn give(self, name: &'static str) -> Given {
        Given::Text(name, self.then_some(Cow::Borrowed("")))
    }
}

impl<T: Into<Cow<'static, str>>> Worth for Option<T> {
    fn give(self, name: &'static str) -> Given {
        Given::Text(name, self.map(Into::into))
    }
}

/// Types that are one text.
macro_rules! texts {
    ($($type:ty: $text:expr),*) => {$(
        impl Worth for $type {
            fn give(self, name: &'static str) -> Given {
                let text: fn($type) -> Cow<'static, str> = $text;
                Given::Text(name, Some(text(self)))
            }
        }
    )*};
}

texts! {
    &'static str: Cow::Borrowed, String: Cow::Owned, Cow<'static, str>: |text| text, &String: |text| Cow::Owned(text.clone()),
    Arc<str>: |text| Cow::Owned(text.as_ref().to_owned()),
    i64: |number| Cow::Owned(number.to_string()), u64: |number| Cow::Owned(number.to_string()),
    u32: |number| Cow::Owned(number.to_string()), usize: |number| Cow::Owned(number.to_string())
}

/// Types that change: their values are the framework's.
macro_rules! live {
    ($($type:ident)*) => {$(
        impl<T> Worth for $type<T>
        where
            T: Send + Sync + 'static,
            $type<T>: AttributeValue + 'static,
        {
            fn give(self, name: &'static str) -> Given {
                Given::live(custom_attribute(Name(name), self))
            }
        }
    )*};
}

live! { Signal ArcSignal Memo ArcMemo ReadSignal ArcReadSignal RwSignal ArcRwSignal }

/// A closure: the macro has boxed it.
impl<T> Worth for Arc<Mutex<dyn FnMut() -> T + Send>>
where
    Self: AttributeValue + 'static,
{
    fn give(self, name: &'static str) -> Given {
        Given::live(custom_attribute(Name(name), self))
    }
}

/// A name that is known while running. Upstream sets attributes of nameless keys anew when it takes a page over; a named one it trusts.
#[derive(Clone)]
struct Name(&'static str);

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl CustomAttributeKey for Name {
    const KEY: &'static str = "name";
}
