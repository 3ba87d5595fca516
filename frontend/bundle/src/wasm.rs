//! From Rust to the modules of the browser: compile, split, bind, shrink.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use rayon::prelude::*;
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

use crate::tools::Tools;
use crate::workspace::{Workspace, cargo};

/// The name under which the bound main module imports the loaders of the pages ([`crate::chunks::loader`]).
pub const LOADER: &str = "./split.js";
/// The name under which the loader imports the main module's script.
pub const MAIN: &str = "./pc.js";

/// The module, split: what all pages need, what one or several need, and which page needs which part.
pub struct Pieces {
    pub main: Vec<u8>,
    /// By the name of the part.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// The parts of each page, by the name the framework gives its view.
    pub pages: BTreeMap<String, Vec<String>>,
}

/// Compiles the frontend and returns its module.
pub fn compile(workspace: &Workspace, profile: &str) -> Result<Vec<u8>> {
    println!("Compiling the frontend ({profile})");
    let target = "wasm32-unknown-unknown";
    let status = cargo()
        .args(["build", "-p", "frontend", "--lib", "--target", target, "--profile", profile])
        .env("CARGO_ENCODED_RUSTFLAGS", flags().join("\u{1f}"))
        .current_dir(&workspace.root)
        .status()
        .context("cargo does not start")?;
    ensure!(status.success(), "The frontend does not compile; correct what cargo says above.");
    let folder = if profile == "dev" { "debug" } else { profile };
    let file = workspace.target.join(target).join(folder).join("frontend.wasm");
    std::fs::read(&file)
        .with_context(|| format!("{} was not made; crate-type in frontend/Cargo.toml must contain \"cdylib\"", file.display()))
}

/// What `.cargo/config.toml` says, and that the module names its sources without the folders of the machine it was made on.
fn flags() -> Vec<String> {
    let mut flags = vec!["--cfg".to_owned(), "erase_components".to_owned(), "-Clink-args=--emit-relocs".to_owned()];
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    for registry in registries.into_iter().flatten().flatten() {
        flags.push(format!("--remap-path-prefix={}=", registry.path().display()));
    }
    flags
}

/// Splits the module at its lazy pages.
pub fn split(module: &[u8], scratch: &Path) -> Result<Pieces> {
    println!("Splitting it into pages");
    let main = scratch.join("main.wasm");
    let mut options = Options::new(module);
    options.output_dir = scratch;
    options.main_out_path = &main;
    options.main_module = MAIN;
    options.link_name = LOADER;
    let split = transform(options)
        .map_err(|error| anyhow!("The module cannot be split; flags() must pass -Clink-args=--emit-relocs to the compiler: {error:#}"))?;
    let mut parts = BTreeMap::new();
    for file in split.split_modules {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        parts.insert(name, read(&file)?);
    }
    Ok(Pieces { main: read(&main)?, parts, pages: split.prefetch_map.into_iter().collect() })
}

/// Binds the main module: returns it with the script that stands between it and the browser. The loaders of the pages are imported by the
/// names that [`crate::chunks::loader`] gives them.
pub fn bind(main: Vec<u8>, pages: &BTreeMap<String, Vec<String>>) -> Result<(Vec<u8>, String)> {
    println!("Binding it to the browser");
    let mut bindgen = Bindgen::new();
    // The parts import what the linker exports, and know it by its raw name.
    bindgen.input_bytes("pc", main).keep_lld_exports(true).demangle(false);
    bindgen.typescript(false).remove_name_section(true).remove_producers_section(true).omit_default_module_path(true);
    let mut output = bindgen.web(true).and_then(Bindgen::generate_output).context(
        "wasm-bindgen refuses the module; wasm-bindgen in Cargo.toml and wasm-bindgen-cli-support in frontend/bundle/Cargo.toml must be one version",
    )?;
    let inline = output.snippets().values().any(|snippets| !snippets.is_empty()) || !output.local_modules().is_empty();
    ensure!(!inline, "A dependency brings its own script (wasm_bindgen with module or inline_js), which I cannot place; go without it.");
    let mut script = imported_once(output.js());
    let module = output.wasm_mut();
    // Two hundred long names stand in module and script: four kilobytes of each first load.
    for (number, import) in module.imports.iter_mut().filter(|import| import.name.starts_with("__wb")).enumerate() {
        let (long, short) = (format!("{}:", import.name), format!("b{number}"));
        ensure!(
            script.contains(&long),
            "The script of wasm-bindgen does not name its import {long} as I expect; leave the names as they are."
        );
        script = script.replace(&long, &format!("{short}:"));
        import.name = short;
    }
    for (number, page) in pages.keys().enumerate() {
        let long = format!("__wasm_split_load_{page}");
        let import = module.imports.iter_mut().find(|import| import.name == long);
        import.with_context(|| format!("The main module does not import {long}; name it there as chunks.rs does."))?.name =
            format!("p{number}");
    }
    Ok((module.emit_wasm(), script))
}

/// The script without what it says again for every page: that it imports the loader, and that this is the loader.
fn imported_once(script: &str) -> String {
    let names: Vec<&str> = script.lines().filter_map(import_of_loader).collect();
    let mut once = script.to_owned();
    for name in names.iter().skip(1) {
        once = once.replace(&format!("import * as {name} from \"{LOADER}\"\n"), "").replace(&format!("\"{LOADER}\": {name},"), "");
    }
    once
}

/// The name under which a line imports the loader.
fn import_of_loader(line: &str) -> Option<&str> {
    line.strip_prefix("import * as ")?.strip_suffix(&format!(" from \"{LOADER}\""))
}

/// Shrinks the modules, which keep their names and their order.
pub fn shrink(tools: &Tools, folder: &Path, modules: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>> {
    println!("Shrinking {} modules", modules.len());
    let numbered = modules.into_par_iter().enumerate();
    numbered.map(|(index, (stem, bytes))| Ok((stem, shrink_one(tools, &folder.join(format!("{index}.wasm")), &bytes)?))).collect()
}

fn shrink_one(tools: &Tools, file: &Path, bytes: &[u8]) -> Result<Vec<u8>> {
    std::fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
    tools.shrink_wasm(file)?;
    read(file)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::imported_once;

    #[test]
    fn the_loader_is_imported_once() {
        let script = "import * as import1 from \"./split.js\"\nimport * as import2 from \"./split.js\"\nreturn {\"./pc_bg.js\": import0,\"./split.js\": import1,\n\"./split.js\": import2,\n}\n";
        let once = "import * as import1 from \"./split.js\"\nreturn {\"./pc_bg.js\": import0,\"./split.js\": import1,\n\n}\n";
        assert_eq!(imported_once(script), once);
    }
}
