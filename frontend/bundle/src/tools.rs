//! The two programs of others that shrink what we made: `wasm-opt` (binaryen) and `esbuild`.
//!
//! Both are optional: a site made without them works, with a few hundred kB more. `make node` brings them; the
//! versions stand in `end2end/package.json`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

/// Where npm may have put them, below the root of the workspace.
const PLACES: [&str; 2] = ["end2end/node_modules/.bin", "node_modules/.bin"];

/// Smallest code on the wire, with what Rust's own WebAssembly target already uses. Functions are not put into their callers: what the compiler
/// makes once per type then stays alike, and alike compresses well (a sixth less for a site of 48 pages).
const WASM_OPT: [&str; 9] = [
    "-Oz",
    "--skip-pass=inlining-optimizing",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The programs that were found.
pub struct Tools {
    wasm_opt: Option<PathBuf>,
    esbuild: Option<PathBuf>,
}

impl Tools {
    /// Looks for both: in `BUNDLE_WASM_OPT` and `BUNDLE_ESBUILD`, in the `node_modules` of the workspace, in the path.
    /// A `dev` build goes without `wasm-opt`, which takes longer than all the rest.
    pub fn find(workspace: &Workspace, profile: &str) -> Self {
        let wasm_opt = if profile == "dev" { None } else { find(workspace, "wasm-opt", "BUNDLE_WASM_OPT") };
        Self { wasm_opt, esbuild: find(workspace, "esbuild", "BUNDLE_ESBUILD") }
    }

    /// Shrinks a module in place; does nothing without `wasm-opt`.
    pub fn shrink_wasm(&self, module: &Path) -> Result<()> {
        let Some(wasm_opt) = &self.wasm_opt else { return Ok(()) };
        run(Command::new(wasm_opt).args(WASM_OPT).arg(module).arg("-o").arg(module))
    }

    /// Shrinks a script in place; does nothing without `esbuild`.
    pub fn shrink_script(&self, script: &Path) -> Result<()> {
        let Some(esbuild) = &self.esbuild else { return Ok(()) };
        let out = script.with_extension("min.js");
        let outfile = format!("--outfile={}", out.display());
        run(Command::new(esbuild).arg(script).args(["--minify", "--format=esm", "--target=es2022", "--log-level=error"]).arg(outfile))?;
        std::fs::rename(&out, script).with_context(|| format!("{} cannot be renamed", out.display()))
    }
}

fn find(workspace: &Workspace, name: &str, variable: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let installed = PLACES.iter().map(|place| workspace.root.join(place).join(name));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = named.into_iter().chain(installed).chain(in_path).find(|file| file.is_file());
    match &found {
        Some(file) => println!("{name}: {}", file.display()),
        None => println!("{name} is missing, so the files stay bigger: run make node, or set {variable}."),
    }
    found
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().display().to_string();
    let output = command.output().with_context(|| format!("{name} does not start"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name} fails; take another version of it, or go on without. It says: {complaint}");
    Ok(())
}
