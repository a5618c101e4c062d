//! Refuses a WASM module that Chromium 86 could not run, or that would not work once translated to JavaScript.

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
    let types =
        types.context("the module asks for a newer browser than Chromium 86; see the flags in xtask/src/app.rs")?;
    no_64_bit(wasm, &types)
}

/// wasm2js hands a 64-bit integer over as two halves, the glue as one BigInt: so no 64-bit integer may be passed
/// between the two.
fn no_64_bit(wasm: &[u8], types: &Types) -> Result<()> {
    let types = types.as_ref();
    let check = |name: &str, entity: Option<EntityType>| {
        let Some(EntityType::Func(id)) = entity else { return Ok(()) };
        let function: &FuncType = types[id].unwrap_func();
        let wide = function.params().iter().chain(function.results()).any(|it| *it == ValType::I64);
        ensure!(
            !wide,
            "`{name}` passes a 64-bit integer between Rust and JavaScript, which the JavaScript build cannot; use f64"
        );
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that exports `f`, which takes one value of the type and does nothing.
    fn exporting(of_type: u8) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([1, 5, 1, 0x60, 1, of_type, 0]);
        module.extend([3, 2, 1, 0]);
        module.extend([7, 5, 1, 1, b'f', 0, 0]);
        module.extend([10, 4, 1, 2, 0, 11]);
        module
    }

    #[test]
    fn knows_what_the_kernel_and_the_fallback_take() {
        let (i32, i64, f64, externref) = (0x7f, 0x7e, 0x7c, 0x6f);
        check(&exporting(i32)).unwrap();
        check(&exporting(f64)).unwrap();
        assert!(check(&exporting(i64)).unwrap_err().to_string().contains("`f` passes a 64-bit integer"));
        assert!(check(&exporting(externref)).unwrap_err().to_string().contains("newer browser"));
    }
}
