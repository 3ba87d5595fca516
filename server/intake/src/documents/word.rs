//! Text documents (docx): paragraphs, tables, foot and end notes. Deleted text, field codes and fallback copies are left out.

use std::fs::File;
use std::ops::ControlFlow;

use super::archive::Archive;
use super::budget::Budget;
use super::office::{self, Relation};
use super::text::Text;
use super::xml::{Doctype, Node, Tag, walk};
use super::{Draft, Failure};

/// Headings longer than this are no title.
const HEADING_CHARS_MAX: usize = 200;

/// Reads the text of a docx file.
pub(crate) fn read(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let mut archive = Archive::open(file, budget)?;
    let properties = office::properties(&mut archive, budget)?;
    let main = office::main_part(&mut archive, budget)?;
    let relations = office::relations(&mut archive, &main, budget)?;
    let mut body = Body {
        text: Text::new(budget.limits.text_chars_max),
        heading_styles: heading_styles(&mut archive, &relations, budget)?,
        heading: Heading::Unseen,
        reading: false,
        fallback_depth: 0,
        cell_depth: 0,
    };
    let notes = relations.iter().filter(|relation| matches!(relation.kind.as_str(), "footnotes" | "endnotes"));
    let parts: Vec<&str> = std::iter::once(main.as_str()).chain(notes.map(|note| note.target.as_str())).collect();
    for part in parts {
        let member = archive.member(part)?.ok_or(Failure::Damaged)?;
        body.text.paragraph();
        walk(member, Doctype::Refused, budget, |node| Ok(body.step(node)))?;
    }
    let heading = match body.heading {
        Heading::Done(heading) => Some(heading),
        Heading::Unseen | Heading::Reading(_) => None,
    };
    Ok(Draft { text: body.text, title: properties.title.or(heading), pages: properties.pages })
}

struct Body {
    text: Text,
    heading_styles: Vec<String>,
    heading: Heading,
    /// Inside an element whose characters are shown.
    reading: bool,
    /// Depth inside copies for old programs, which repeat what was read.
    fallback_depth: usize,
    /// Depth inside cells of tables, whose rows are lines.
    cell_depth: usize,
}

/// The first paragraph in the style of a title or a heading.
enum Heading {
    Unseen,
    Reading(String),
    Done(String),
}

impl Body {
    fn step(&mut self, node: Node<'_>) -> ControlFlow<()> {
        match node {
            Node::Start(tag) if tag.name() == "Fallback" || self.fallback_depth > 0 => self.fallback_depth += 1,
            Node::End(_) if self.fallback_depth > 0 => self.fallback_depth -= 1,
            Node::Start(tag) => self.start(&tag),
            Node::End(name) => self.end(name),
            Node::Text(text) if self.reading && self.fallback_depth == 0 => {
                self.text.push(&text.replace('\n', " "));
                if let Heading::Reading(heading) = &mut self.heading {
                    heading.push_str(&text);
                }
            }
            Node::Text(_) => {}
        }
        if self.text.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "t" => self.reading = true,
            "tc" => self.cell_depth += 1,
            "tab" => self.text.space(),
            "br" | "cr" => self.text.line(),
            "pStyle" => {
                let is_heading = tag.attribute("val").is_some_and(|style| self.heading_styles.contains(&style));
                if is_heading && matches!(self.heading, Heading::Unseen) {
                    self.heading = Heading::Reading(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.reading = false,
            "tc" => self.cell_depth = self.cell_depth.saturating_sub(1),
            "p" if self.cell_depth > 0 => self.text.space(),
            "p" => {
                self.text.line();
                self.close_heading();
            }
            "tr" => self.text.line(),
            "tbl" | "sectPr" => self.text.paragraph(),
            _ => {}
        }
    }

    fn close_heading(&mut self) {
        if let Heading::Reading(heading) = &self.heading {
            let is_title = !heading.trim().is_empty() && heading.chars().count() <= HEADING_CHARS_MAX;
            self.heading = if is_title { Heading::Done(heading.clone()) } else { Heading::Unseen };
        }
    }
}

/// The styles for titles and headings. Their ids are numbers in Chinese files; their names are English in all.
fn heading_styles(archive: &mut Archive<'_>, relations: &[Relation], budget: &Budget<'_>) -> Result<Vec<String>, Failure> {
    let mut found = vec!["Title".to_owned(), "Heading1".to_owned()];
    let Some(styles) = relations.iter().find(|relation| relation.kind == "styles") else {
        return Ok(found);
    };
    let Some(member) = archive.member(&styles.target)? else {
        return Ok(found);
    };
    let mut style_id = None;
    walk(member, Doctype::Refused, budget, |node| {
        if let Node::Start(tag) = node {
            let is_heading = |name: String| matches!(name.to_lowercase().as_str(), "title" | "heading 1");
            match tag.name() {
                "style" => style_id = tag.attribute("styleId"),
                "name" if tag.attribute("val").is_some_and(is_heading) => found.extend(style_id.take()),
                _ => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
