//! The same module as JavaScript, for kernels that refuse WASM: Chromium before 97 under our content security policy.
//!
//! wasm2js writes an ES module that imports the glue; we want one classic script. So the module becomes a function from
//! the imports to the exports, and the glue runs beside it with a `WebAssembly` of ours, whose instances it makes.

use crate::{
    run::{command, path, run},
    tools, tree,
};
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// One script that sets `name` in the window, as the program's own glue does; `glue` is the expression that it assigns.
/// `scratch` begins the names of files in between.
pub fn script(scratch: &str, name: &str, wasm: &Path, glue: &str) -> Result<String> {
    let lowered = path(format!("target/{scratch}-lowered.wasm"));
    let made = path(format!("target/{scratch}-wasm2js.js"));
    // wasm2js cannot turn a float into a 64-bit integer the way that does not trap
    let lower = ["--enable-nontrapping-float-to-int", "--llvm-nontrapping-fptoint-lowering"];
    binaryen("wasm-opt", &lower, wasm, &lowered)?;
    binaryen("wasm2js", &["-Oz"], &lowered, &made)?;
    let module = classic(&tree::text(&made)?)?;
    Ok(format!("(function () {{\n{module}\n{SHIM}\nwindow.{name} = {glue}\n}})();\n"))
}

/// Calls a tool of binaryen's for what Chromium 86 knows.
pub fn binaryen(tool: &str, flags: &[&str], from: &Path, to: &Path) -> Result<()> {
    let features = ["--mvp-features", "--enable-mutable-globals", "--enable-bulk-memory", "--enable-sign-ext"];
    let mut call = command("node", [tools::npm_tool(&format!("binaryen/bin/{tool}"))]);
    run(call.args(features).args(flags).arg(from).arg("--output").arg(to), "see above")
}

/// What the glue uses of WebAssembly. Memory and functions have the same form on both sides.
const SHIM: &str = "
class Module {}
class Instance { constructor(module, imports) { this.exports = asmFunc(imports); } }
const WebAssembly = { Module, Instance, instantiate: async (module, imports) => new Instance(module, imports) };
function detach(buffer) {
  const { port1 } = new MessageChannel();
  port1.postMessage(null, [buffer]);
  port1.close();
}
";

/// Without the imports, exports and the one call: the shim makes that call, with the glue's own imports.
fn classic(module: &str) -> Result<String> {
    let (body, _) = module.split_once("\nvar retasmFunc = ").context("wasm2js ends its module differently")?;
    let lines: Vec<&str> = body.lines().filter(|it| !it.starts_with("import ")).collect();
    let body = lines.join("\n");
    // the glue keeps views of the memory until they are detached. WASM detaches them when its memory grows; here the
    // memory moves, and the old views would go on reading and writing what it was
    let body = with(&body, "buffer = newBuffer;", "detach(buffer); buffer = newBuffer;")?;
    // a trap looks the same as from WASM, so that boot.js recognises it
    let trap = "const trap = new Error('unreachable'); trap.name = 'RuntimeError'; throw trap";
    with(&body, "throw new Error('abort')", trap)
}

fn with(module: &str, theirs: &str, ours: &str) -> Result<String> {
    ensure!(module.matches(theirs).count() == 1, "wasm2js no longer writes `{theirs}` once");
    Ok(module.replace(theirs, ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_module_a_function() {
        let module = "import * as a from './a.js';\nfunction trap() { throw new Error('abort'); }\n\
            function asmFunc(imports) { buffer = newBuffer; }\nvar retasmFunc = asmFunc({});\nexport var b = 1;";
        let script = classic(module).unwrap();
        assert!(script.contains("detach(buffer); buffer = newBuffer;"));
        assert!(!script.contains("import *"));
        assert!(!script.contains("export"));
        assert!(classic("function asmFunc(imports) {}\nvar retasmFunc = 1;").is_err());
    }
}
