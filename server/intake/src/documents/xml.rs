//! XML as a walk over starts, ends and text: no tree, no entities of the document's own, no depth beyond the limit.

use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Failure;
use super::budget::Budget;

/// One step of the walk.
pub(crate) enum Node<'a> {
    /// An element begins. Empty elements begin and end.
    Start(Tag<'a>),
    /// An element ends; its name without prefix.
    End(&'a str),
    /// Characters, entities resolved.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(crate) struct Tag<'a> {
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute, whatever its prefix; one without prefix is preferred.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.find(|key, prefix| key == name && prefix.is_none()).or_else(|| self.find(|key, _| key == name))
    }

    /// The `r:id` that points into the relations of a part, not the plain `id` beside it.
    pub fn relation_id(&self) -> Option<String> {
        self.find(|key, prefix| key == "id" && prefix.is_some())
    }

    fn find(&self, wanted: impl Fn(&str, Option<&str>) -> bool) -> Option<String> {
        let mut attributes = self.start.html_attributes();
        let attribute = attributes.with_checks(false).flatten().find(|attribute| {
            let (local, prefix) = attribute.key.decompose();
            wanted(local.into_inner(), prefix.map(|prefix| prefix.into_inner()))
        })?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0);
        Some(value.map_or_else(|_| attribute.value.clone().into_owned(), Cow::into_owned))
    }
}

/// Whether a document may begin with a type declaration. Its entities are never read, but office packages must not have one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doctype {
    Refused,
    Ignored,
}

/// Calls `visit` for each step until it breaks, the document ends or a limit is reached.
pub(crate) fn walk(
    source: impl Read,
    doctype: Doctype,
    budget: &Budget<'_>,
    mut visit: impl FnMut(Node<'_>) -> Result<ControlFlow<()>, Failure>,
) -> Result<(), Failure> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    // Books are written by hand; what browsers forgive does not hide their text.
    config.check_end_names = doctype == Doctype::Refused;
    config.allow_unmatched_ends = doctype == Doctype::Ignored;
    config.allow_dangling_amp = doctype == Doctype::Ignored;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        budget.tick()?;
        buffer.clear();
        let flow = match reader.read_event_into(&mut buffer).map_err(|_| budget.cause())? {
            Event::Start(start) => {
                depth += 1;
                if depth > budget.limits.xml_depth_max {
                    return Err(Failure::TooComplex);
                }
                visit(Node::Start(Tag { start: &start }))?
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Node::End(end.local_name().into_inner()))?
            }
            Event::Text(text) => visit(Node::Text(text.xml10_content()))?,
            Event::CData(text) => visit(Node::Text(text.xml10_content()))?,
            Event::GeneralRef(reference) => visit(Node::Text(resolve(&reference)))?,
            Event::DocType(_) if doctype == Doctype::Refused => return Err(Failure::Damaged),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

/// Characters by number and the names that HTML knows. What a document defines itself is nothing: that is how bombs are built.
fn resolve<'a>(reference: &BytesRef<'_>) -> Cow<'a, str> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Cow::Owned(character.to_string()),
        Ok(None) => Cow::Borrowed(resolve_html5_entity(reference).unwrap_or_default()),
        Err(_) => Cow::Borrowed(""),
    }
}
