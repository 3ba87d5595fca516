//! Several parts of one split module, put into one.
//!
//! A part is simple: it imports the memory, the table and some globals of the main module, and brings functions, which it writes into the
//! table, and data, which it writes into the memory, both at places of its own. So parts can be laid side by side; only indexes change.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, DataSection, ElementSection, EntityType, FunctionSection, ImportSection, Module, TypeSection};
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
        // Builds with debug assertions ask for this number, to notice parts of another build. Our names carry hashes; nothing reads the number.
        if import.name.starts_with("__canary_") {
            self.places.globals.push(u32::MAX);
            return Ok(());
        }
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

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, Elements, Function, GlobalType, MemoryType, RefType, TableType, ValType};
    use wasmparser::{ElementItems, ElementKind};

    use super::*;

    /// A part as the splitter makes it: one function, which returns the global, at a place of the table.
    fn part(place: i32) -> Vec<u8> {
        let mut whole = Whole::default();
        whole.types.ty().function([], [ValType::I32]);
        let memory = MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        let table = TableType { element_type: RefType::FUNCREF, minimum: 9, maximum: None, table64: false, shared: false };
        let global = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        whole.imports.import("__wasm_split", "memory", memory).import("__wasm_split", "table", table);
        whole.imports.import("__wasm_split", &format!("global{place}"), global);
        whole.imports.import("__wasm_split", "shared", global);
        whole.functions.function(0);
        whole.elements.active(None, &ConstExpr::i32_const(place), Elements::Functions([0].as_slice().into()));
        let mut body = Function::new([]);
        body.instructions().global_get(1).end();
        whole.code.function(&body);
        whole.data.active(0, &ConstExpr::i32_const(place), [7]);
        whole.finish()
    }

    #[test]
    fn merged_parts_are_a_valid_module() {
        let merged = merge(&[&part(1), &part(5)]).unwrap();
        wasmparser::validate(&merged).unwrap();
    }

    #[test]
    fn each_part_keeps_its_places_in_the_table_and_gets_its_own_functions() {
        let merged = merge(&[&part(1), &part(5)]).unwrap();
        let mut functions = Vec::new();
        for payload in Parser::new(0).parse_all(&merged) {
            let Payload::ElementSection(section) = payload.unwrap() else { continue };
            for element in section {
                let element = element.unwrap();
                let (ElementKind::Active { .. }, ElementItems::Functions(items)) = (element.kind, element.items) else { panic!() };
                functions.extend(items.into_iter().map(Result::unwrap));
            }
        }
        assert_eq!(functions, [0, 1]);
    }

    #[test]
    fn what_several_parts_import_is_imported_once() {
        let merged = merge(&[&part(1), &part(5)]).unwrap();
        let sections = Parser::new(0).parse_all(&merged).map(Result::unwrap);
        let imports =
            sections.filter_map(|section| if let Payload::ImportSection(imports) = section { Some(imports.count()) } else { None });
        assert_eq!(imports.sum::<u32>(), 5, "memory, table, shared, and one of each part");
    }

    #[test]
    fn a_module_with_exports_is_no_part() {
        let mut module = Module::new();
        let mut exports = wasm_encoder::ExportSection::new();
        exports.export("function", wasm_encoder::ExportKind::Func, 0);
        module.section(&exports);
        assert!(merge(&[&module.finish()]).is_err());
    }
}
