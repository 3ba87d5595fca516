//! The chunks of the pages: which parts lie together in one file, and the script that loads them.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::wasm::MAIN;

/// The files that hold the parts, and the indexes of the files each page needs.
pub struct Chunks {
    pub files: Vec<(String, Vec<u8>)>,
    pub pages: BTreeMap<String, Vec<usize>>,
}

/// Lays the parts into files.
pub fn pack(parts: BTreeMap<String, Vec<u8>>, pages: BTreeMap<String, Vec<String>>) -> Result<Chunks> {
    let names: Vec<String> = parts.keys().cloned().collect();
    let place = |part: &String| names.binary_search(part).ok().with_context(|| format!("The part {part} was not written"));
    let pages =
        pages.into_iter().map(|(page, parts)| Ok((page, parts.iter().map(place).collect::<Result<_>>()?))).collect::<Result<_>>()?;
    let files = parts.into_iter().map(|(name, bytes)| (stem(&name), bytes)).collect();
    Ok(Chunks { files, pages })
}

/// `split___library_page_view_1001704` is shown as `library_page`.
fn stem(part: &str) -> String {
    let name = part.trim_start_matches("split_").trim_start_matches('_');
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('_');
    name.trim_end_matches("_view").to_owned()
}

/// The script that the main module calls to load a page. It does what the splitter's own script would do.
pub fn loader(pages: &BTreeMap<String, Vec<usize>>, names: &[String]) -> String {
    let files = names.iter().map(|name| name.trim_start_matches("/pkg/"));
    let files = format!("{:?}", files.collect::<Vec<_>>());
    let mut script = LOADER_SCRIPT.replace("MAIN", MAIN).replace("FILES", &files);
    for (page, indexes) in pages {
        script.push_str(&format!("export const __wasm_split_load_{page} = page({indexes:?});\n"));
    }
    script
}

const LOADER_SCRIPT: &str = r#"import { initSync } from "MAIN";

const files = FILES;
const loads = [];

function load(index) {
    loads[index] ??= instantiate(index).catch((error) => {
        loads[index] = undefined;
        throw error;
    });
    return loads[index];
}

async function instantiate(index) {
    const response = fetch(new URL(files[index], import.meta.url));
    await WebAssembly.instantiateStreaming(response, { __wasm_split: initSync() });
}

function page(indexes) {
    return async (callback, data) => {
        let loaded = false;
        try {
            await Promise.all(indexes.map(load));
            loaded = true;
        } catch (error) {
            console.error(error);
        } finally {
            initSync().__indirect_function_table.get(callback)(data, loaded);
        }
    };
}
"#;
