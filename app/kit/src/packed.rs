//! Answers of reading functions, packed: JSON on the wire, one type for all pages.
//!
//! A page's resource lives in the browser's main module, so a resource per answer type would put the reading code of every page
//! into the first load, twice. A packed answer is one type; the page opens it in its own chunk. On the server the value is carried
//! as it is and is written as JSON once.

use crate::call::{Answer, Fault};
use domain::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{any::Any, sync::Arc};

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
            Inside::Text(text) => serde_json::from_str(text.get()).ok(),
        };
        opened.ok_or_else(|| Fault::from(Error::Broken))
    }
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
}
