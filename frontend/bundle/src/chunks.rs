//! The chunks of the pages: which parts lie together in one file, and the script that loads them.
//!
//! The splitter makes a part for every set of pages that has something in common: hundreds, of which a page would fetch dozens. Here parts that
//! are mostly wanted together become one file: a page fetches a handful, and a little that it does not need.

#![expect(clippy::float_arithmetic, reason = "estimates of bytes")]

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use crate::merge::merge;
use crate::wasm::MAIN;

/// What a file costs on the wire: the head of its answer with the places that name it, and so many of its bytes before shrinking as brotli leaves. Fitted to our own
/// parts and files, from 600 bytes to 90,000: a big file compresses better than the same bytes in several.
const HEAD_BYTES: f64 = 620.0;
const LEFT: f64 = 1.156;
const LEFT_POWER: f64 = 0.87;
/// Parts are laid anew until none moves, and no more often than this.
const ROUNDS_MAX: usize = 20;

/// The files that hold the parts, with the first half of their names, and the indexes of the files each page needs.
pub struct Chunks {
    pub files: Vec<(String, Vec<u8>)>,
    pub pages: BTreeMap<String, Vec<usize>>,
}

/// A part: its bytes, and the pages that need it, a bit each.
struct Part<'a> {
    name: &'a str,
    bytes: usize,
    pages: u128,
}

/// Parts that lie in one file, and all pages that need one of them.
#[derive(Clone, Default)]
struct Group {
    parts: Vec<usize>,
    bytes: usize,
    pages: u128,
}

impl Group {
    fn with(&self, index: usize, part: &Part<'_>) -> Self {
        let parts = self.parts.iter().copied().chain([index]).collect();
        Self { parts, bytes: self.bytes + part.bytes, pages: self.pages | part.pages }
    }

    fn without(&self, index: usize, all: &[Part<'_>]) -> Self {
        let kept = self.parts.iter().copied().filter(|part| *part != index);
        kept.filter_map(|index| Some((index, all.get(index)?))).fold(Self::default(), |group, (index, part)| group.with(index, part))
    }

    /// What the first loads of all its pages cost for it. A heavy page counts more: it is the one that comes too late.
    fn cost(&self, weights: &[f64]) -> f64 {
        if self.bytes == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let file = LEFT.mul_add((self.bytes as f64).powf(LEFT_POWER), HEAD_BYTES);
        let all = weights.iter().enumerate().filter(|(page, _)| self.pages >> page & 1 == 1);
        file * all.map(|(_, weight)| weight).sum::<f64>()
    }
}

/// Lays the parts into files.
pub fn pack(parts: &BTreeMap<String, Vec<u8>>, pages: &BTreeMap<String, Vec<String>>) -> Result<Chunks> {
    println!("Packing {} parts", parts.len());
    ensure!(pages.len() <= 128, "There are more than 128 pages: a set of pages must become wider than 128 bits in chunks.rs.");
    let names: Vec<&String> = pages.keys().collect();
    let mut singles = Vec::new();
    for (name, bytes) in parts {
        let wanting = pages.values().enumerate().filter(|(_, needed)| needed.contains(name));
        singles.push(Part { name, bytes: merge(&[bytes])?.len(), pages: wanting.fold(0, |set, (page, _)| set | 1 << page) });
    }
    let mut files = Vec::new();
    let mut needed: BTreeMap<String, Vec<usize>> = pages.keys().map(|page| (page.clone(), Vec::new())).collect();
    for (index, group) in groups(&singles, names.len()).into_iter().enumerate() {
        let held = group.parts.iter().filter_map(|part| parts.get(singles.get(*part)?.name));
        let bytes: Vec<&[u8]> = held.map(Vec::as_slice).collect();
        let wanting: BTreeSet<String> =
            names.iter().enumerate().filter(|(page, _)| group.pages >> page & 1 == 1).map(|(_, name)| (*name).clone()).collect();
        files.push((stem(&wanting), merge(&bytes)?));
        for page in wanting {
            needed.entry(page).or_default().push(index);
        }
    }
    Ok(Chunks { files, pages: needed })
}

/// Lays each part, the biggest first, where it costs least, alone or beside others; then takes each out and lays it again, as long as
/// that helps.
fn groups(parts: &[Part<'_>], pages: usize) -> Vec<Group> {
    let weights: Vec<f64> = (0..pages)
        .map(|page| {
            let needed: usize = parts.iter().filter(|part| part.pages >> page & 1 == 1).map(|part| part.bytes).sum();
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let needed = needed as f64;
            needed * needed
        })
        .collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(parts.get(*index).map_or(0, |part| part.bytes)));
    let mut groups = vec![Group::default()];
    for _ in 0..ROUNDS_MAX {
        let before: Vec<usize> = groups.iter().map(|group| group.bytes).collect();
        for &index in &order {
            let Some(part) = parts.get(index) else { continue };
            if let Some(old) = groups.iter_mut().find(|group| group.parts.contains(&index)) {
                *old = old.without(index, parts);
            }
            if groups.iter().all(|group| group.bytes > 0) {
                groups.push(Group::default());
            }
            let dearer = |group: &Group| group.with(index, part).cost(&weights) - group.cost(&weights);
            let best = groups.iter_mut().map(|group| (dearer(group), group)).min_by(|one, other| one.0.total_cmp(&other.0));
            if let Some((_, group)) = best {
                *group = group.with(index, part);
            }
        }
        if groups.iter().map(|group| group.bytes).eq(before) {
            break;
        }
    }
    groups.retain(|group| group.bytes > 0);
    groups
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
    // By number: the names the framework gives its views are long, and stand here and in the main module.
    for (number, indexes) in pages.values().enumerate() {
        script.push_str(&format!("export const p{number} = page({indexes:?});\n"));
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of parts with these bytes and pages, as lists of parts.
    fn laid(parts: &[(usize, u128)]) -> Vec<Vec<usize>> {
        let parts: Vec<Part<'_>> = parts.iter().map(|(bytes, pages)| Part { name: "", bytes: *bytes, pages: *pages }).collect();
        let mut laid: Vec<Vec<usize>> = groups(&parts, 3).into_iter().map(|group| group.parts).collect();
        laid.iter_mut().for_each(|parts| parts.sort_unstable());
        laid.sort();
        laid
    }

    #[test]
    fn parts_that_the_same_pages_need_belong_together() {
        assert_eq!(laid(&[(100_000, 0b11), (50_000, 0b11)]), [[0, 1]]);
    }

    #[test]
    fn parts_of_different_pages_stay_apart() {
        assert_eq!(laid(&[(100, 0b01), (100, 0b10)]), [[0], [1]]);
    }

    #[test]
    fn a_page_fetches_in_vain_what_a_request_is_worth_and_not_more() {
        assert_eq!(laid(&[(100_000, 0b11), (100, 0b01)]), [[0, 1]]);
        assert_eq!(laid(&[(100_000, 0b11), (30_000, 0b01)]), [[0], [1]]);
    }

    #[test]
    fn what_a_heavy_page_needs_alone_lies_beside_what_it_fetches_anyway() {
        assert_eq!(laid(&[(200_000, 0b001), (100_000, 0b110), (1_500, 0b001)]), vec![vec![0, 2], vec![1]]);
    }

    #[test]
    fn every_part_lies_in_one_file() {
        let parts: Vec<(usize, u128)> =
            (1..40_u128).map(|seed| (usize::try_from(seed * seed * 37 % 9_000).unwrap_or(1) + 1, seed % 7 + 1)).collect();
        let mut all = laid(&parts).concat();
        all.sort_unstable();
        assert_eq!(all, (0..39).collect::<Vec<_>>());
    }

    #[test]
    fn a_file_is_called_after_its_only_page() {
        assert_eq!(stem(&BTreeSet::from(["__library_page_view_1001704".to_owned()])), "library_page");
        assert_eq!(stem(&["__a_view_1", "__b_view_2"].map(str::to_owned).into()), "shared");
    }

    #[test]
    fn the_loader_knows_the_files_of_each_page() {
        let pages = BTreeMap::from([("__a_view_1".to_owned(), vec![0, 1])]);
        let script = loader(&pages, &["/pkg/shared.00.wasm".to_owned(), "/pkg/a.11.wasm".to_owned()]);
        assert!(script.contains(r#"import { initSync } from "./pc.js";"#));
        assert!(script.contains(r#"const files = ["shared.00.wasm", "a.11.wasm"];"#));
        assert!(script.contains("export const p0 = page([0, 1]);"));
    }
}
