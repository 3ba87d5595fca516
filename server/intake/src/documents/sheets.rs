//! Workbooks (xlsx): the name of each sheet and its cells, row by row. Formulas, comments and number formats are left out.

use std::fs::File;
use std::ops::ControlFlow;

use super::archive::Archive;
use super::budget::Budget;
use super::office;
use super::text::Text;
use super::xml::{Doctype, Node, Tag, walk};
use super::{Draft, Failure};

/// Reads the text of an xlsx file.
pub(crate) fn read(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let mut archive = Archive::open(file, budget)?;
    let properties = office::properties(&mut archive, budget)?;
    let main = office::main_part(&mut archive, budget)?;
    let relations = office::relations(&mut archive, &main, budget)?;
    let shared = match relations.iter().find(|relation| relation.kind == "sharedStrings") {
        Some(relation) => shared_strings(&mut archive, &relation.target, budget)?,
        None => Shared::default(),
    };
    let sheets = sheet_names(&mut archive, &main, budget)?;
    let mut text = Text::new(budget.limits.text_chars_max);
    let mut pages = 0_u32;
    for (name, id) in &sheets {
        let Some(relation) = relations.iter().find(|relation| relation.id == *id && relation.kind == "worksheet") else {
            continue;
        };
        pages = pages.saturating_add(1);
        text.paragraph();
        text.push(name);
        text.line();
        let member = archive.member(&relation.target)?.ok_or(Failure::Damaged)?;
        let mut cell = Cell { shared: &shared, text: &mut text, kind: Kind::Number, value: String::new(), reading: false, silent: false };
        walk(member, Doctype::Refused, budget, |node| Ok(cell.step(node)))?;
    }
    Ok(Draft { text, title: properties.title, pages: Some(pages) })
}

/// Name and relation of each sheet, in the order of the tabs.
fn sheet_names(archive: &mut Archive<'_>, main: &str, budget: &Budget<'_>) -> Result<Vec<(String, String)>, Failure> {
    let mut sheets = Vec::new();
    let member = archive.member(main)?.ok_or(Failure::Damaged)?;
    walk(member, Doctype::Refused, budget, |node| {
        if let Node::Start(tag) = node
            && tag.name() == "sheet"
            && let (Some(name), Some(id)) = (tag.attribute("name"), tag.relation_id())
        {
            sheets.push((name, id));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(sheets)
}

/// The strings that cells point at, in one block.
#[derive(Default)]
struct Shared {
    block: String,
    ends: Vec<usize>,
}

impl Shared {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        self.block.get(start..end)
    }
}

fn shared_strings(archive: &mut Archive<'_>, part: &str, budget: &Budget<'_>) -> Result<Shared, Failure> {
    let mut shared = Shared::default();
    let Some(member) = archive.member(part)? else {
        return Ok(shared);
    };
    // Characters take up to four bytes; strings past what can be shown are not kept.
    let block_bytes_max = budget.limits.text_chars_max.saturating_mul(4);
    let (mut reading, mut in_phonetic) = (false, false);
    walk(member, Doctype::Refused, budget, |node| {
        match node {
            Node::Start(tag) => match tag.name() {
                "t" => reading = true,
                "rPh" => in_phonetic = true,
                _ => {}
            },
            Node::End(name) => match name {
                "t" => reading = false,
                "rPh" => in_phonetic = false,
                "si" => shared.ends.push(shared.block.len()),
                _ => {}
            },
            Node::Text(text) if reading && !in_phonetic && shared.block.len() < block_bytes_max => shared.block.push_str(&text),
            Node::Text(_) => {}
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(shared)
}

/// How the value of a cell is meant.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Shared,
    Words,
    /// Truth values and errors say nothing in a search.
    Silent,
}

struct Cell<'a> {
    shared: &'a Shared,
    text: &'a mut Text,
    kind: Kind,
    value: String,
    reading: bool,
    /// Inside the reading of a word, or a header or footer with its codes.
    silent: bool,
}

impl Cell<'_> {
    fn step(&mut self, node: Node<'_>) -> ControlFlow<()> {
        match node {
            Node::Start(tag) => self.start(&tag),
            Node::End(name) => self.end(name),
            Node::Text(text) if self.reading && !self.silent => self.value.push_str(&text),
            Node::Text(_) => {}
        }
        if self.text.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "c" => {
                self.value.clear();
                self.kind = match tag.attribute("t").as_deref() {
                    Some("s") => Kind::Shared,
                    Some("str" | "inlineStr" | "d") => Kind::Words,
                    Some("b" | "e") => Kind::Silent,
                    Some(_) | None => Kind::Number,
                };
            }
            "v" | "t" => self.reading = true,
            "rPh" => self.silent = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "v" | "t" => self.reading = false,
            "rPh" => self.silent = false,
            "c" => {
                self.write();
                self.text.space();
            }
            "row" => self.text.line(),
            _ => {}
        }
    }

    fn write(&mut self) {
        let value = self.value.trim();
        match self.kind {
            Kind::Number | Kind::Words => self.text.push(&value.replace('\n', " ")),
            Kind::Shared => {
                let words = value.parse().ok().and_then(|index| self.shared.get(index));
                self.text.push(&words.unwrap_or_default().replace('\n', " "));
            }
            Kind::Silent => {}
        }
        self.value.clear();
    }
}
