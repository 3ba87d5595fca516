//! What the three office formats share: a package of parts that point at each other through relations.

use std::ops::ControlFlow;

use super::Failure;
use super::archive::Archive;
use super::budget::Budget;
use super::xml::{Doctype, Node, walk};

/// A pointer from one part to another.
pub(crate) struct Relation {
    /// The name the part uses for it: `rId3`.
    pub id: String,
    /// The last word of its type: `slide`, `worksheet`, `officeDocument`.
    pub kind: String,
    /// Name of the part it points at, from the root of the package.
    pub target: String,
}

/// The relations of a part, in file order; those of the package for the empty name. Links out of the package are left out.
pub(crate) fn relations(archive: &mut Archive<'_>, part: &str, budget: &Budget<'_>) -> Result<Vec<Relation>, Failure> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut found = Vec::new();
    let Some(member) = archive.member(&format!("{prefix}_rels/{file}.rels"))? else {
        return Ok(found);
    };
    walk(member, Doctype::Refused, budget, |node| {
        if let Node::Start(tag) = node
            && tag.name() == "Relationship"
            && tag.attribute("TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(kind), Some(target)) = (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id, kind, target: resolve(folder, &target) });
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// The part everything starts from: `word/document.xml`.
pub(crate) fn main_part(archive: &mut Archive<'_>, budget: &Budget<'_>) -> Result<String, Failure> {
    let relations = relations(archive, "", budget)?;
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    main.map(|relation| relation.target).ok_or(Failure::Damaged)
}

/// The content type that the package declares for a part.
pub(crate) fn content_type(archive: &mut Archive<'_>, part: &str, budget: &Budget<'_>) -> Result<Option<String>, Failure> {
    let extension = part.rsplit('.').next().unwrap_or_default().to_owned();
    let (mut declared, mut default) = (None, None);
    let Some(member) = archive.member("[Content_Types].xml")? else {
        return Ok(None);
    };
    walk(member, Doctype::Refused, budget, |node| {
        if let Node::Start(tag) = node {
            let names_part = |name: String| name.trim_start_matches('/').eq_ignore_ascii_case(part);
            if tag.name() == "Override" && tag.attribute("PartName").is_some_and(names_part) {
                declared = tag.attribute("ContentType");
            } else if tag.name() == "Default" && tag.attribute("Extension").is_some_and(|it| it.eq_ignore_ascii_case(&extension)) {
                default = tag.attribute("ContentType");
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(declared.or(default))
}

/// What the properties of a package say about the document.
#[derive(Default)]
pub(crate) struct Properties {
    pub title: Option<String>,
    pub pages: Option<u32>,
}

/// Reads `docProps`. Broken or missing properties are no reason to refuse a document.
pub(crate) fn properties(archive: &mut Archive<'_>, budget: &Budget<'_>) -> Result<Properties, Failure> {
    let title = element_text(archive, "docProps/core.xml", "title", budget)?;
    let pages = element_text(archive, "docProps/app.xml", "Pages", budget)?;
    Ok(Properties { title, pages: pages.and_then(|pages| pages.trim().parse().ok()) })
}

fn element_text(archive: &mut Archive<'_>, part: &str, element: &str, budget: &Budget<'_>) -> Result<Option<String>, Failure> {
    let Some(member) = archive.member(part)? else {
        return Ok(None);
    };
    let mut inside = false;
    let mut value = String::new();
    let outcome = walk(member, Doctype::Refused, budget, |node| {
        match node {
            Node::Start(tag) => inside = tag.name() == element,
            Node::Text(text) if inside && value.len() < PROPERTY_BYTES_MAX => value.push_str(&text),
            Node::Text(_) => {}
            Node::End(name) if inside && name == element => return Ok(ControlFlow::Break(())),
            Node::End(_) => {}
        }
        Ok(ControlFlow::Continue(()))
    });
    match outcome {
        Ok(()) | Err(Failure::Damaged) => Ok((!value.is_empty()).then_some(value)),
        Err(failure) => Err(failure),
    }
}

/// A property longer than this is cut.
const PROPERTY_BYTES_MAX: usize = 4_096;

/// The part that `target` names, seen from a folder. Steps above the root stay at the root.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            step => parts.push(step),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
