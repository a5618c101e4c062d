//! Makes one module of several that `wasm_split_cli_support` wrote: a file for every set of parts would be hundreds.
//!
//! They have the same types and import the same memory, table and stack pointer; nothing else goes from one to another but
//! through that table. So functions get new numbers, and everything else stands one after the other.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Context, Result, bail, ensure};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection, Module, NameMap,
    NameSection, RawSection, SectionId,
};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// All of them as one.
pub fn merged(modules: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut types: Option<&[u8]> = None;
    let mut imports: BTreeMap<u8, (&str, &str, TypeRef)> = BTreeMap::new();
    let (mut functions, mut elements, mut code) = (FunctionSection::new(), ElementSection::new(), CodeSection::new());
    let (mut data, mut n_data, mut names) = (DataSection::new(), 0, NameMap::new());
    let mut before = 0;
    for module in modules {
        let mut shift = Shift(before);
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(section) => {
                    let range = section.range();
                    let its =
                        module.get(range.start as usize..range.end as usize).context("types outside of the module")?;
                    ensure!(*types.get_or_insert(its) == its, "the modules of parts have different types");
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        let kind = match import.ty {
                            TypeRef::Table(_) => 1,
                            TypeRef::Memory(_) => 2,
                            TypeRef::Global(_) => 3,
                            _ => bail!("a part imports `{}` itself", import.name),
                        };
                        let its = (import.module, import.name, import.ty);
                        ensure!(*imports.entry(kind).or_insert(its) == its, "two parts import different things");
                    }
                }
                Payload::FunctionSection(section) => {
                    for it in section {
                        functions.function(it?);
                    }
                }
                Payload::ElementSection(section) => {
                    for it in section {
                        shift.parse_element(&mut elements, it?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => shift.parse_function_body(&mut code, body)?,
                Payload::DataSection(section) => {
                    for it in section {
                        shift.parse_data(&mut data, it?)?;
                        n_data += 1;
                    }
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(section) = section.as_known() else { continue };
                    for subsection in section {
                        if let Name::Function(map) = subsection? {
                            for it in map {
                                let it = it?;
                                names.append(it.index + before, it.name);
                            }
                        }
                    }
                }
                Payload::ExportSection(section) => ensure!(section.count() == 0, "a part exports something"),
                Payload::GlobalSection(section) => ensure!(section.count() == 0, "a part has a global of its own"),
                Payload::StartSection { .. } => bail!("a part starts something"),
                _ => {}
            }
        }
        before = functions.len();
    }
    let mut all = ImportSection::new();
    for (module, name, ty) in imports.into_values() {
        all.import(module, name, Shift(0).entity_type(ty)?);
    }
    let mut named = NameSection::new();
    named.functions(&names);
    let mut out = Module::new();
    out.section(&RawSection { id: SectionId::Type as u8, data: types.context("no types")? });
    out.section(&all).section(&functions).section(&elements);
    out.section(&DataCountSection { count: n_data }).section(&code).section(&data).section(&named);
    Ok(out.finish())
}

struct Shift(u32);

impl Reencode for Shift {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        Ok(index + self.0)
    }
}
