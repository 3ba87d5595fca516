//! The chunks of the pages: which parts lie together in one file, and the script that loads them.
//!
//! The splitter makes a part for every set of pages that has something in common: hundreds, of which a page would fetch dozens. Here parts that
//! are mostly wanted together become one file: a page fetches a handful, and a little that it does not need.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::merge::merge;
use crate::wasm::MAIN;

/// How many bytes, before shrinking, a page may fetch in vain to save itself a request.
const REQUEST_BYTES: usize = 8 * 1024;

/// The files that hold the parts, with the first half of their names, and the indexes of the files each page needs.
pub struct Chunks {
    pub files: Vec<(String, Vec<u8>)>,
    pub pages: BTreeMap<String, Vec<usize>>,
}

/// Parts that lie in one file, and all pages that need one of them.
struct Group {
    parts: Vec<String>,
    bytes: usize,
    pages: BTreeSet<String>,
}

impl Group {
    /// What all pages together win, in bytes, when the other group comes into the same file.
    fn gain(&self, other: &Self) -> Option<usize> {
        let both = self.pages.intersection(&other.pages).count();
        let lost = (self.pages.len() - both) * other.bytes + (other.pages.len() - both) * self.bytes;
        (both * REQUEST_BYTES).checked_sub(lost)
    }

    fn take(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.bytes += other.bytes;
        self.pages.extend(other.pages);
    }
}

/// Lays the parts into files.
pub fn pack(parts: &BTreeMap<String, Vec<u8>>, pages: &BTreeMap<String, Vec<String>>) -> Result<Chunks> {
    println!("Packing {} parts", parts.len());
    let mut files = Vec::new();
    let mut needed: BTreeMap<String, Vec<usize>> = pages.keys().map(|page| (page.clone(), Vec::new())).collect();
    for (index, group) in groups(parts, pages)?.into_iter().enumerate() {
        let bytes: Vec<&[u8]> = group.parts.iter().filter_map(|part| parts.get(part)).map(Vec::as_slice).collect();
        files.push((stem(&group.pages), merge(&bytes)?));
        for page in group.pages {
            needed.entry(page).or_default().push(index);
        }
    }
    Ok(Chunks { files, pages: needed })
}

/// Starts with the biggest part; each further one joins the group that wins most by it, or begins its own.
fn groups(parts: &BTreeMap<String, Vec<u8>>, pages: &BTreeMap<String, Vec<String>>) -> Result<Vec<Group>> {
    let mut single = Vec::new();
    for (part, bytes) in parts {
        let wanting = pages.iter().filter(|(_, needed)| needed.contains(part)).map(|(page, _)| page.clone());
        single.push(Group { parts: vec![part.clone()], bytes: merge(&[bytes])?.len(), pages: wanting.collect() });
    }
    single.sort_by_key(|group| std::cmp::Reverse(group.bytes));
    let mut groups: Vec<Group> = Vec::new();
    for one in single {
        let best = groups.iter_mut().filter_map(|group| Some((group.gain(&one)?, group))).max_by_key(|(gain, _)| *gain);
        match best {
            Some((_, group)) => group.take(one),
            None => groups.push(one),
        }
    }
    Ok(groups)
}

/// A file of one page is called after it: `library_page` for the view `__library_page_view_1001704`.
fn stem(pages: &BTreeSet<String>) -> String {
    match pages.first() {
        Some(page) if pages.len() == 1 => {
            let name = page.trim_matches('_').trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('_');
            name.trim_end_matches("_view").to_owned()
        }
        _ => "shared".to_owned(),
    }
}

/// The script that the main module calls to load a page. It takes the place of the splitter's own, which knows nothing of our files.
pub fn loader(pages: &BTreeMap<String, Vec<usize>>, names: &[String]) -> String {
    let files: Vec<&str> = names.iter().map(|name| name.trim_start_matches("/pkg/")).collect();
    let mut script = include_str!("loader.js").replace("\"MAIN\"", &format!("\"{MAIN}\"")).replace("[\"FILES\"]", &format!("{files:?}"));
    for (page, indexes) in pages {
        script.push_str(&format!("export const __wasm_split_load_{page} = page({indexes:?});\n"));
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(bytes: usize, pages: &[&str]) -> Group {
        Group { parts: vec![pages.concat()], bytes, pages: pages.iter().map(|&page| page.to_owned()).collect() }
    }

    #[test]
    fn parts_that_the_same_pages_need_belong_together() {
        assert!(group(100_000, &["a", "b"]).gain(&group(50_000, &["a", "b"])).is_some());
    }

    #[test]
    fn parts_of_different_pages_stay_apart() {
        assert!(group(100, &["a"]).gain(&group(100, &["b"])).is_none());
    }

    #[test]
    fn a_page_fetches_in_vain_what_a_request_is_worth_and_not_a_byte_more() {
        let shared = group(100_000, &["a", "b"]);
        assert!(shared.gain(&group(REQUEST_BYTES, &["a"])).is_some());
        assert!(shared.gain(&group(REQUEST_BYTES + 1, &["a"])).is_none());
    }

    #[test]
    fn a_file_is_called_after_its_only_page() {
        assert_eq!(stem(&group(1, &["__library_page_view_1001704"]).pages), "library_page");
        assert_eq!(stem(&group(1, &["__a_view_1", "__b_view_2"]).pages), "shared");
    }

    #[test]
    fn the_loader_knows_the_files_of_each_page() {
        let pages = BTreeMap::from([("__a_view_1".to_owned(), vec![0, 1])]);
        let script = loader(&pages, &["/pkg/shared.00.wasm".to_owned(), "/pkg/a.11.wasm".to_owned()]);
        assert!(script.contains(r#"import { initSync } from "./pc.js";"#));
        assert!(script.contains(r#"const files = ["shared.00.wasm", "a.11.wasm"];"#));
        assert!(script.contains("export const __wasm_split_load___a_view_1 = page([0, 1]);"));
    }
}
