//! Books (epub): the chapters in reading order, without their markup.

use std::fs::File;
use std::ops::ControlFlow;

use super::archive::Archive;
use super::budget::Budget;
use super::office::resolve;
use super::text::Text;
use super::xml::{Doctype, Node, walk};
use super::{Draft, Failure};

/// Fonts may be scrambled without anybody needing a key.
const FONT_SCRAMBLING: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Reads the text of an epub file.
pub(crate) fn read(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let mut archive = Archive::open(file, budget)?;
    refuse_locked(&mut archive, budget)?;
    let package = package_part(&mut archive, budget)?;
    let package = read_package(&mut archive, &package, budget)?;
    let mut text = Text::new(budget.limits.text_chars_max);
    let mut heading = None;
    for chapter in &package.chapters {
        // A chapter that is listed but missing leaves a hole; the rest of the book is still worth finding.
        if let Some(member) = archive.member(chapter)? {
            text.paragraph();
            let mut page = Page { text: &mut text, hidden_depth: 0, heading_depth: 0, heading: String::new() };
            walk(member, Doctype::Ignored, budget, |node| Ok(page.step(node)))?;
            let found = super::text::clean_title(&page.heading);
            heading = heading.or(found);
        }
        if text.is_full() {
            break;
        }
    }
    let title = package.title.as_deref().and_then(super::text::clean_title);
    Ok(Draft { text, title: title.or(heading), pages: None })
}

fn refuse_locked(archive: &mut Archive<'_>, budget: &Budget<'_>) -> Result<(), Failure> {
    let mut locked = archive.has("META-INF/rights.xml");
    if let Some(member) = archive.member("META-INF/encryption.xml")? {
        walk(member, Doctype::Ignored, budget, |node| {
            if let Node::Start(tag) = node
                && tag.name() == "EncryptionMethod"
            {
                locked |= tag.attribute("Algorithm").is_none_or(|algorithm| !FONT_SCRAMBLING.contains(&algorithm.as_str()));
            }
            Ok(ControlFlow::Continue(()))
        })?;
    }
    if locked { Err(Failure::Encrypted) } else { Ok(()) }
}

/// The part that lists the others.
fn package_part(archive: &mut Archive<'_>, budget: &Budget<'_>) -> Result<String, Failure> {
    let mut part = None;
    let member = archive.member("META-INF/container.xml")?.ok_or(Failure::Damaged)?;
    walk(member, Doctype::Ignored, budget, |node| {
        if let Node::Start(tag) = node
            && tag.name() == "rootfile"
        {
            part = tag.attribute("full-path");
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    part.ok_or(Failure::Damaged)
}

struct Package {
    title: Option<String>,
    chapters: Vec<String>,
}

fn read_package(archive: &mut Archive<'_>, part: &str, budget: &Budget<'_>) -> Result<Package, Failure> {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut items = std::collections::HashMap::new();
    let mut package = Package { title: None, chapters: Vec::new() };
    let mut in_title = false;
    let member = archive.member(part)?.ok_or(Failure::Damaged)?;
    walk(member, Doctype::Ignored, budget, |node| {
        match node {
            Node::Start(tag) => match tag.name() {
                "title" => in_title = package.title.is_none(),
                "item" => {
                    if let (Some(id), Some(target)) = (tag.attribute("id"), tag.attribute("href")) {
                        items.insert(id, resolve(folder, &percent_decode(&target)));
                    }
                }
                "itemref" => package.chapters.extend(tag.attribute("idref").and_then(|id| items.get(&id).cloned())),
                _ => {}
            },
            Node::Text(text) if in_title => package.title.get_or_insert_default().push_str(&text),
            Node::Text(_) => {}
            Node::End(_) => in_title = false,
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(package)
}

struct Page<'a> {
    text: &'a mut Text,
    /// Depth inside scripts, styles and the head.
    hidden_depth: usize,
    /// Depth inside the first heading.
    heading_depth: usize,
    heading: String,
}

impl Page<'_> {
    fn step(&mut self, node: Node<'_>) -> ControlFlow<()> {
        match node {
            Node::Start(tag) => self.start(tag.name()),
            Node::End(name) => self.end(name),
            Node::Text(text) if self.hidden_depth == 0 => {
                self.text.push(&text.replace(['\n', '\r'], " "));
                if self.heading_depth > 0 {
                    self.heading.push_str(&text);
                }
            }
            Node::Text(_) => {}
        }
        if self.text.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn start(&mut self, name: &str) {
        if name == "body" {
            self.hidden_depth = 0;
        } else if is_hidden(name) || self.hidden_depth > 0 {
            self.hidden_depth += 1;
        } else if self.heading_depth > 0 || (matches!(name, "h1" | "h2") && self.heading.trim().is_empty()) {
            self.heading_depth += 1;
        }
        self.mark(name);
    }

    fn end(&mut self, name: &str) {
        self.hidden_depth = self.hidden_depth.saturating_sub(1);
        self.heading_depth = self.heading_depth.saturating_sub(1);
        self.mark(name);
    }

    fn mark(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section" | "article" | "table" | "pre" | "ul" | "ol" | "dl" | "blockquote"
            | "figure" => self.text.paragraph(),
            "div" | "li" | "dt" | "dd" | "tr" | "br" | "hr" | "figcaption" | "caption" => self.text.line(),
            "td" | "th" => self.text.space(),
            _ => {}
        }
    }
}

fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "head" | "svg" | "math" | "template")
}

/// Addresses inside a book may be written `chapter%201.xhtml`, with a fragment behind them.
fn percent_decode(address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = if *first == b'%' { tail.get(..2) } else { None };
        let code = code.and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
