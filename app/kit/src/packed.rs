//! Answers of reading functions, packed: JSON on the wire, one type for all pages.
//!
//! What asks for an answer lies in the browser's main module, so an answer per type would put the reading code of every page into the
//! first load. A packed answer is one type; the page opens it in its own chunk. On the server the value is carried as it is and is written
//! as JSON once.

mod read;

use crate::call::{Answer, Fault};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
#[cfg(not(target_arch = "wasm32"))]
use std::any::Any;
use std::{marker::PhantomData, sync::Arc};

pub use read::read;

/// A value on its way to the page that knows its type.
#[derive(Clone)]
pub struct Packed(Inside);

#[derive(Clone)]
enum Inside {
    /// On the server: the value itself and how it is written.
    #[cfg(not(target_arch = "wasm32"))]
    Value(Arc<dyn Any + Send + Sync>, fn(&dyn Any) -> Option<String>),
    /// In the browser: the JSON as it came.
    Text(Arc<str>),
}

impl Packed {
    /// Packs a value.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        let write = |value: &dyn Any| serde_json::to_string(value.downcast_ref::<T>()?).ok();
        Self(Inside::Value(Arc::new(value), write))
    }

    /// Opens it as the type that was packed.
    ///
    /// # Errors
    /// `BROKEN` when another type was packed: server and page disagree.
    pub fn open<T: DeserializeOwned + Clone + 'static>(&self) -> Answer<T> {
        let opened = match &self.0 {
            #[cfg(not(target_arch = "wasm32"))]
            Inside::Value(value, _) => value.downcast_ref::<T>().cloned(),
            Inside::Text(text) => read(text),
        };
        opened.ok_or_else(Fault::broken)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn written(&self) -> Option<String> {
        match &self.0 {
            Inside::Value(value, write) => write(value.as_ref()),
            Inside::Text(text) => Some(text.as_ref().to_owned()),
        }
    }
}

/// What a page got: an answer or a fault, not read before the page's own chunk is there.
#[derive(Clone, Debug)]
pub struct Outcome(Got);

#[derive(Clone, Debug)]
enum Got {
    /// As the function gave it.
    Answer(Answer<Packed>),
    /// As it came, and whether it is the answer that was wanted.
    Text(Arc<str>, bool),
}

/// The attribute of a carried outcome that is a fault.
const FAULT: &str = "data-fault";

impl Outcome {
    /// What came over the wire.
    #[must_use]
    pub fn text(text: &str, good: bool) -> Self {
        Self(Got::Text(text.into(), good))
    }

    /// What the page brought, from the element that [`Self::carried`] wrote.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn brought(element: &web_sys::Node) -> Self {
        use wasm_bindgen::JsCast as _;
        let good = !element.dyn_ref::<web_sys::Element>().is_some_and(|element| element.has_attribute(FAULT));
        Self::text(&element.text_content().unwrap_or_default(), good)
    }

    /// What came over the wire as it is, when it is the answer that was wanted.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn plain(self) -> Option<Arc<str>> {
        match self.0 {
            Got::Text(text, true) => Some(text),
            Got::Text(..) | Got::Answer(_) => None,
        }
    }

    /// The element that carries it inside a page.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn carried(&self) -> String {
        let (text, mark) = match &self.0 {
            Got::Answer(Ok(answer)) => (domain::drawn::into_page(|| answer.written()).unwrap_or_default(), ""),
            Got::Answer(Err(fault)) => (serde_json::to_string(fault).unwrap_or_default(), FAULT),
            Got::Text(text, good) => (text.as_ref().to_owned(), if *good { "" } else { FAULT }),
        };
        carried_element(mark, &text)
    }

    /// Opens the answer as the type that was packed.
    ///
    /// # Errors
    /// The fault of the function.
    pub fn open<T: DeserializeOwned + Clone + 'static>(&self) -> Answer<T> {
        match &self.0 {
            Got::Answer(answer) => answer.as_ref().map_err(Clone::clone)?.open(),
            Got::Text(text, true) => read(text).ok_or_else(Fault::broken),
            Got::Text(text, false) => Err(read(text).unwrap_or_else(Fault::broken)),
        }
    }
}

/// An element that carries JSON inside a page. `<` cannot end it early.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn carried_element(attributes: &str, json: &str) -> String {
    let space = if attributes.is_empty() { "" } else { " " };
    format!("<script type=\"application/json\"{space}{attributes}>{}</script>", json.replace('<', "\\u003c"))
}

impl From<Answer<Packed>> for Outcome {
    fn from(answer: Answer<Packed>) -> Self {
        Self(Got::Answer(answer))
    }
}

/// Something that travels inside a page or an answer and is read only where it is needed, so that its reading code lies there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Carried<T>(Option<Box<Packed>>, PhantomData<fn() -> T>);

impl<T> Carried<T> {
    /// There is none.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<T> Default for Carried<T> {
    fn default() -> Self {
        Self(None, PhantomData)
    }
}

impl<T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> Carried<T> {
    /// What is there, if anything.
    #[must_use]
    pub fn open(&self) -> Option<T> {
        self.0.as_ref()?.open().ok()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<T: Serialize + Send + Sync + 'static> From<Option<T>> for Carried<T> {
    fn from(value: Option<T>) -> Self {
        Self(value.map(Packed::new).map(Box::new), PhantomData)
    }
}

impl<T: PartialEq + Serialize + DeserializeOwned + Clone + Send + Sync + 'static> PartialEq for Carried<T> {
    fn eq(&self, other: &Self) -> bool {
        self.open() == other.open()
    }
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packed")
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.written().and_then(|text| serde_json::value::RawValue::from_string(text).ok());
        text.ok_or_else(|| serde::ser::Error::custom("a packed value cannot be written"))?.serialize(serializer)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        Ok(Self(Inside::Text(text.get().into())))
    }
}

/// A browser writes no answers; the trait is asked for all the same.
#[cfg(target_arch = "wasm32")]
impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

#[cfg(target_arch = "wasm32")]
impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Inside::Text(read::raw(deserializer)?.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_opened_as_it_was_packed_on_either_side_of_the_wire() {
        let packed = Packed::new(vec![1_i64, 2, 3]);
        assert_eq!(packed.open::<Vec<i64>>(), Ok(vec![1, 2, 3]));
        let wire = serde_json::to_string(&packed).expect("json");
        assert_eq!(wire, "[1,2,3]");
        let came: Packed = serde_json::from_str(&wire).expect("packed");
        assert_eq!(came.open::<Vec<i64>>(), Ok(vec![1, 2, 3]));
        assert_eq!(serde_json::to_string(&came).expect("json"), wire);
    }

    #[test]
    fn a_page_reads_answer_and_fault_as_they_came() {
        for answer in [Ok(Packed::new("</script>".to_owned())), Err(Fault { code: "NOT_FOUND".into(), ..Fault::default() })] {
            let good = answer.is_ok();
            let given = Outcome::from(answer);
            let element = given.carried();
            let (start, rest) = element.split_once('>').expect("an element");
            assert_eq!(start.contains(FAULT), !good);
            let text = rest.strip_suffix("</script>").expect("its end");
            assert!(!text.contains('<'), "{text}");
            assert_eq!(Outcome::text(text, good).open::<String>(), given.open::<String>());
        }
    }
}
