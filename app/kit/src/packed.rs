//! Answers of reading functions, packed: JSON on the wire, one type for all pages.
//!
//! A page's resource lives in the browser's main module, so a resource per answer type would put the reading code of every page
//! into the first load, twice. A packed answer is one type; the page opens it in its own chunk. On the server the value is carried
//! as it is and is written as JSON once.

use crate::call::{Answer, Fault};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{any::Any, marker::PhantomData, sync::Arc};

/// A value on its way to the page that knows its type.
#[derive(Clone)]
pub struct Packed(Inside);

#[derive(Clone)]
enum Inside {
    /// On the server: the value itself and how it is written.
    Value(Arc<dyn Any + Send + Sync>, fn(&dyn Any) -> Option<Box<RawValue>>),
    /// In the browser: the JSON as it came.
    Text(Arc<RawValue>),
}

impl Packed {
    /// Packs a value.
    pub fn new<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        let write = |value: &dyn Any| serde_json::value::to_raw_value(value.downcast_ref::<T>()?).ok();
        Self(Inside::Value(Arc::new(value), write))
    }

    /// Opens it as the type that was packed.
    ///
    /// # Errors
    /// `BROKEN` when another type was packed: server and page disagree.
    pub fn open<T: DeserializeOwned + Clone + 'static>(&self) -> Answer<T> {
        let opened = match &self.0 {
            Inside::Value(value, _) => value.downcast_ref::<T>().cloned(),
            Inside::Text(text) => read(text),
        };
        opened.ok_or_else(Fault::broken)
    }
}

/// What a page got: an answer or a fault. Its resource is of this type, so that neither is read before the page's own chunk is there.
#[derive(Clone, Debug)]
pub struct Outcome(Got);

#[derive(Clone, Debug)]
enum Got {
    /// As the function gave it.
    Answer(Answer<Packed>),
    /// As the server put it into the page.
    Text(Arc<RawValue>),
}

impl Outcome {
    /// Opens the answer as the type that was packed.
    ///
    /// # Errors
    /// The fault of the function.
    pub fn open<T: DeserializeOwned + Clone + 'static>(&self) -> Answer<T> {
        match &self.0 {
            Got::Answer(answer) => answer.as_ref().map_err(Clone::clone)?.open(),
            Got::Text(text) => read::<Answer<T>>(text).unwrap_or_else(|| Err(Fault::broken())),
        }
    }
}

impl From<Answer<Packed>> for Outcome {
    fn from(answer: Answer<Packed>) -> Self {
        Self(Got::Answer(answer))
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Got::Answer(answer) => answer.serialize(serializer),
            Got::Text(text) => text.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Got::Text(Arc::from(Box::<RawValue>::deserialize(deserializer)?))))
    }
}

/// Something that travels inside a page or an answer and is read only where it is needed, so that its reading code lies there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Carried<T>(Option<Packed>, PhantomData<fn() -> T>);

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

impl<T: Serialize + Send + Sync + 'static> From<Option<T>> for Carried<T> {
    fn from(value: Option<T>) -> Self {
        Self(value.map(Packed::new), PhantomData)
    }
}

impl<T: PartialEq + Serialize + DeserializeOwned + Clone + Send + Sync + 'static> PartialEq for Carried<T> {
    fn eq(&self, other: &Self) -> bool {
        self.open() == other.open()
    }
}

/// Reads bytes, as the framework does: reading text is a second copy of the same code in the browser's module.
fn read<T: DeserializeOwned>(text: &RawValue) -> Option<T> {
    serde_json::from_slice(text.get().as_bytes()).ok()
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packed")
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Inside::Value(value, write) => match write(value.as_ref()) {
                Some(text) => text.serialize(serializer),
                None => Err(serde::ser::Error::custom("a packed value cannot be written")),
            },
            Inside::Text(text) => text.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Inside::Text(Arc::from(Box::<RawValue>::deserialize(deserializer)?))))
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
    fn a_page_reads_answer_and_fault_as_the_server_put_them_into_it() {
        for answer in [Ok(Packed::new(7_i64)), Err(Fault { code: "NOT_FOUND".into(), ..Fault::default() })] {
            let given = Outcome::from(answer);
            let carried: Outcome = serde_json::from_str(&serde_json::to_string(&given).expect("json")).expect("an outcome");
            assert_eq!(carried.open::<i64>(), given.open::<i64>());
        }
    }
}
