//! Refuses a module that Chromium 86, or the JavaScript build of it, could not run.

use anyhow::{Context, Result, ensure};
use wasmparser::{FuncType, Parser, Payload, ValType, Validator, WasmFeatures, types::EntityType, types::Types};

/// All of these are in Chromium 75. Not among them: reference types (96), multiple values (85), SIMD (91).
fn allowed() -> WasmFeatures {
    WasmFeatures::WASM1
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::BULK_MEMORY
}

pub fn check(wasm: &[u8]) -> Result<()> {
    let types = Validator::new_with_features(allowed()).validate_all(wasm);
    let types = types.context("the module asks for a newer browser than Chromium 86; see the flags in xtask/src/app.rs")?;
    no_64_bit(wasm, &types)
}

/// wasm2js hands a 64-bit integer over as two halves, the glue as one BigInt: they must not meet.
fn no_64_bit(wasm: &[u8], types: &Types) -> Result<()> {
    let types = types.as_ref();
    let check = |name: &str, entity: Option<EntityType>| {
        let Some(EntityType::Func(id)) = entity else { return Ok(()) };
        let function: &FuncType = types[id].unwrap_func();
        let wide = function.params().iter().chain(function.results()).any(|it| *it == ValType::I64);
        ensure!(!wide, "`{name}` passes a 64-bit integer between Rust and JavaScript, which fallback.js cannot; use f64");
        Ok(())
    };
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    check(import.name, types.entity_type_from_import(&import))?;
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    check(export.name, types.entity_type_from_export(&export))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
