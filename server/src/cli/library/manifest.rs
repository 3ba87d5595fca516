//! The manifest: what an operator knows of the files better than the files themselves.

use domain::{
    library::{Category, Language},
    machine::Keyed,
};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

/// Largest manifest in bytes.
const BYTES_MAX: u64 = 50_000_000;

/// What is said about files, by their name below the folder.
pub(super) type Manifest = BTreeMap<String, Entry>;

/// What is said about a file; empty fields say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub category: Option<Category>,
    pub language: Option<Language>,
    /// What is wrong with it: this file is not imported, the others are.
    pub problem: Option<String>,
}

/// Reads a manifest. One that cannot be read as a table stops the import before it begins; a wrong word stands in the way of its file alone.
pub(super) fn read(path: &Path) -> Result<Manifest, String> {
    let unreadable = |why: &dyn std::fmt::Display| format!("the manifest {} cannot be read: {why}", path.display());
    let about = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if about.len() > BYTES_MAX {
        return Err(unreadable(&format!("it is larger than {}", domain::text::Bytes(i64::try_from(BYTES_MAX).unwrap_or(i64::MAX)))));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    parse(&text).map_err(|why| unreadable(&why))
}

fn parse(text: &str) -> Result<Manifest, String> {
    let rows = rows(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let mut rows = (1..).zip(rows).filter(|(_, row)| row.iter().any(|field| !field.is_empty()));
    let Some((_, head)) = rows.next() else { return Err("it is empty".to_owned()) };
    let columns: HashMap<&str, usize> = head.iter().enumerate().map(|(at, name)| (name.trim(), at)).collect();
    if let Some(unknown) = columns.keys().find(|name| !["file", "title", "summary", "category", "language"].contains(name)) {
        return Err(format!("the column {unknown:?} is unknown; allowed are file, title, summary, category and language"));
    }
    let file_column = *columns.get("file").ok_or("the column \"file\" is missing")?;
    let mut manifest = Manifest::new();
    for (number, row) in rows {
        let field = |name: &str| columns.get(name).and_then(|at| row.get(*at)).map(|text| text.trim()).filter(|text| !text.is_empty());
        let file = row.get(file_column).map(|text| text.trim()).filter(|text| !text.is_empty());
        let file = file.ok_or_else(|| format!("row {number} names no file"))?;
        let (category, language) = (field("category").map(|text| key(number, text)), field("language").map(|text| key(number, text)));
        let (category, language) = (category.transpose(), language.transpose());
        let entry = Entry {
            title: field("title").map(str::to_owned),
            summary: field("summary").map(str::to_owned),
            problem: category.as_ref().err().or(language.as_ref().err()).cloned(),
            category: category.unwrap_or_default(),
            language: language.unwrap_or_default(),
        };
        let name = file.trim_start_matches("./").to_owned();
        if manifest.insert(name, entry).is_some() {
            return Err(format!("row {number} names {file:?} a second time"));
        }
    }
    Ok(manifest)
}

fn key<K: Keyed>(number: usize, text: &str) -> Result<K, String> {
    super::super::partners::key(text).map_err(|allowed| format!("Row {number} of the manifest has {text:?}; {allowed}"))
}

/// The rows of a CSV text (RFC 4180): commas, quotes around fields with commas, quotes or line ends, doubled quotes inside.
fn rows(text: &str) -> Result<Vec<Vec<String>>, String> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    if quoted {
        return Err("a quote is not closed".to_owned());
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_and_what_is_left_empty_says_nothing() {
        let text = "\u{feff}file,title,category,language,summary\r\n\
                    a.pdf,\"价格, 2026\",policy/program,zh,\"一行\n两行 \"\"引\"\"\"\r\n\r\n./b/c.txt,,,,\n";
        let manifest = parse(text).expect("a manifest");
        let first = &manifest["a.pdf"];
        assert_eq!(first.title.as_deref(), Some("价格, 2026"));
        assert_eq!(first.summary.as_deref(), Some("一行\n两行 \"引\""));
        assert_eq!((first.category, first.language), (Some(Category::PolicyProgram), Some(Language::Zh)));
        assert_eq!(manifest["b/c.txt"], Entry::default());
        assert_eq!(manifest.len(), 2);
    }

    #[test]
    fn a_wrong_word_stands_in_the_way_of_its_file_alone() {
        let manifest = parse("file,category,language\na.pdf,nowhere,zh\nb.pdf,policy,xx\nc.pdf,policy,zh\n").expect("a manifest");
        assert!(manifest["a.pdf"].problem.as_deref().is_some_and(|said| said.starts_with("Row 2") && said.contains("nowhere")));
        assert!(manifest["b.pdf"].problem.as_deref().is_some_and(|said| said.starts_with("Row 3") && said.contains("xx")));
        assert_eq!(manifest["c.pdf"].problem, None);
    }

    #[test]
    fn a_wrong_manifest_is_refused_with_its_row() {
        for (text, part) in [
            ("", "empty"),
            ("title\nx\n", "\"file\" is missing"),
            ("file,price\na,1\n", "\"price\" is unknown"),
            ("file,title\na.pdf,x\na.pdf,y\n", "row 3"),
            ("file,title\n,x\n", "row 2"),
            ("file\n\"a.pdf\n", "not closed"),
        ] {
            let said = parse(text).expect_err(text);
            assert!(said.contains(part), "{said}");
        }
    }
}
