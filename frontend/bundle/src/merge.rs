//! Several parts of one split module, put into one.
//!
//! A part is simple: it imports the memory, the table and some globals of the main module, and brings functions, which it writes into the
//! table, and data, which it writes into the memory, both at places of its own. So parts can be laid side by side; only indexes change.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, EntityType, FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{Parser, Payload, TypeRef};

/// Where the indexes of the part that is being copied begin, or lie, in the whole.
#[derive(Default)]
struct Places {
    types: u32,
    functions: u32,
    globals: Vec<u32>,
}

/// A part uses a global that it does not import.
#[derive(Debug)]
struct ForeignGlobal;

impl std::fmt::Display for ForeignGlobal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a part uses a global that it does not import")
    }
}

impl std::error::Error for ForeignGlobal {}

impl Reencode for Places {
    type Error = ForeignGlobal;

    fn type_index(&mut self, index: u32) -> Result<u32, Error<ForeignGlobal>> {
        Ok(self.types + index)
    }

    fn function_index(&mut self, index: u32) -> Result<u32, Error<ForeignGlobal>> {
        Ok(self.functions + index)
    }

    fn global_index(&mut self, index: u32) -> Result<u32, Error<ForeignGlobal>> {
        let place = usize::try_from(index).ok().and_then(|index| self.globals.get(index));
        place.copied().ok_or(Error::UserError(ForeignGlobal))
    }
}

/// The module that grows.
#[derive(Default)]
struct Whole {
    places: Places,
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    /// The imports so far, by name, with their index among those of their kind.
    imported: BTreeMap<String, u32>,
    globals: u32,
}

/// Lays the parts side by side in one module, without their names and other custom sections.
pub fn merge(parts: &[&[u8]]) -> Result<Vec<u8>> {
    let mut whole = Whole::default();
    for part in parts {
        whole.add(part).context("The parts of the split module cannot be merged; wasm_split_cli_support must have changed")?;
    }
    Ok(whole.finish())
}

impl Whole {
    fn add(&mut self, part: &[u8]) -> Result<()> {
        self.places = Places { types: self.types.len(), functions: self.functions.len(), globals: Vec::new() };
        for payload in Parser::new(0).parse_all(part) {
            match payload? {
                Payload::TypeSection(section) => self.places.parse_type_section(&mut self.types, section)?,
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        self.import(import?)?;
                    }
                }
                Payload::FunctionSection(section) => self.places.parse_function_section(&mut self.functions, section)?,
                Payload::ElementSection(section) => self.places.parse_element_section(&mut self.elements, section)?,
                Payload::CodeSectionEntry(body) => self.places.parse_function_body(&mut self.code, body)?,
                Payload::DataSection(section) => self.places.parse_data_section(&mut self.data, section)?,
                Payload::ExportSection(section) if section.count() == 0 => {}
                Payload::Version { .. }
                | Payload::DataCountSection { .. }
                | Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                other => bail!("a part holds what I do not expect: {other:?}"),
            }
        }
        Ok(())
    }

    /// Imports what no part before has imported.
    fn import(&mut self, import: wasmparser::Import<'_>) -> Result<()> {
        let known = self.imported.get(import.name).copied();
        let index = known.unwrap_or(if matches!(import.ty, TypeRef::Global(_)) { self.globals } else { 0 });
        match import.ty {
            TypeRef::Global(_) => self.places.globals.push(index),
            TypeRef::Memory(_) | TypeRef::Table(_) => {}
            other => bail!("a part imports what I do not expect: {other:?}"),
        }
        if known.is_none() {
            let entity: EntityType = self.places.entity_type(import.ty)?;
            self.imports.import(import.module, import.name, entity);
            self.imported.insert(import.name.to_owned(), index);
            self.globals += u32::from(matches!(import.ty, TypeRef::Global(_)));
        }
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&self.types).section(&self.imports).section(&self.functions).section(&self.elements);
        module.section(&self.code).section(&self.data);
        module.finish()
    }
}
