//! Markup that the server draws for an answer: parts of a page without a state of their own.

use serde::{Deserialize, Serialize, Serializer};
use std::cell::Cell;

thread_local! {
    /// The answer is being written into the page that shows it.
    static STANDS_IN_PAGE: Cell<bool> = const { Cell::new(false) };
}

/// Markup. A page that shows it already does not carry it a second time, so the browser must not ask whether there is any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Drawn(pub String);

impl Serialize for Drawn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if STANDS_IN_PAGE.get() { "" } else { &self.0 })
    }
}

/// Writes an answer into the page that shows it: what is drawn in it stands there already.
pub fn into_page<T>(write: impl FnOnce() -> T) -> T {
    STANDS_IN_PAGE.set(true);
    let written = write();
    STANDS_IN_PAGE.set(false);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_travels_with_an_answer_but_not_inside_the_page_that_shows_it() {
        let drawn = Drawn("<b>1</b>".to_owned());
        let written = || serde_json::to_string(&drawn).expect("a text");
        assert_eq!(written(), "\"<b>1</b>\"");
        assert_eq!(into_page(written), "\"\"");
        assert_eq!(written(), "\"<b>1</b>\"");
    }
}
