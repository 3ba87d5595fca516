//! Slides (pptx): the text of each slide in the order of the deck, followed by its notes.

use std::fs::File;
use std::ops::ControlFlow;

use super::archive::Archive;
use super::budget::Budget;
use super::office;
use super::text::Text;
use super::xml::{Doctype, Node, walk};
use super::{Draft, Failure};

/// Reads the text of a pptx file.
pub(crate) fn read(file: &File, budget: &Budget<'_>) -> Result<Draft, Failure> {
    let mut archive = Archive::open(file, budget)?;
    let properties = office::properties(&mut archive, budget)?;
    let slides = slide_parts(&mut archive, budget)?;
    let mut text = Text::new(budget.limits.text_chars_max);
    let mut title = None;
    for slide in &slides {
        let heading = read_slide(&mut archive, slide, &mut text, budget)?;
        title = title.or(heading);
        let relations = office::relations(&mut archive, slide, budget)?;
        for notes in relations.iter().filter(|relation| relation.kind == "notesSlide") {
            read_slide(&mut archive, &notes.target, &mut text, budget)?;
        }
        if text.is_full() {
            break;
        }
    }
    let pages = u32::try_from(slides.len()).ok();
    Ok(Draft { text, title: properties.title.and_then(|title| super::text::clean_title(&title)).or(title), pages })
}

/// The parts of the slides, in the order they are shown.
fn slide_parts(archive: &mut Archive<'_>, budget: &Budget<'_>) -> Result<Vec<String>, Failure> {
    let main = office::main_part(archive, budget)?;
    let relations = office::relations(archive, &main, budget)?;
    let mut slides = Vec::new();
    let member = archive.member(&main)?.ok_or(Failure::Damaged)?;
    walk(member, Doctype::Refused, budget, |node| {
        if let Node::Start(tag) = node
            && tag.name() == "sldId"
            && let Some(id) = tag.relation_id()
            && let Some(relation) = relations.iter().find(|relation| relation.id == id && relation.kind == "slide")
        {
            slides.push(relation.target.clone());
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(slides)
}

/// Adds the text of one slide and answers its title.
fn read_slide(archive: &mut Archive<'_>, part: &str, text: &mut Text, budget: &Budget<'_>) -> Result<Option<String>, Failure> {
    let member = archive.member(part)?.ok_or(Failure::Damaged)?;
    let (mut reading, mut in_title) = (false, false);
    // The number of the page and the date are fields that repeat on every slide.
    let mut in_field = false;
    let mut title = String::new();
    text.paragraph();
    walk(member, Doctype::Refused, budget, |node| {
        match node {
            Node::Start(tag) => match tag.name() {
                "t" => reading = true,
                "fld" => in_field = true,
                "br" => text.line(),
                "sp" => in_title = false,
                "ph" => in_title = matches!(tag.attribute("type").as_deref(), Some("title" | "ctrTitle")),
                _ => {}
            },
            Node::End(name) => match name {
                "t" => reading = false,
                "fld" => in_field = false,
                "p" => {
                    text.line();
                    if in_title {
                        title.push(' ');
                    }
                }
                "sp" => in_title = false,
                _ => {}
            },
            Node::Text(words) if reading && !in_field => {
                text.push(&words);
                if in_title && title.len() < TITLE_BYTES_MAX {
                    title.push_str(&words);
                }
            }
            Node::Text(_) => {}
        }
        Ok(if text.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(super::text::clean_title(&title))
}

/// A title longer than this is cut.
const TITLE_BYTES_MAX: usize = 1_000;
