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

/// One script that sets `wasm_bindgen`, as app.js does. `glue` is the expression that app.js assigns.
pub fn script(wasm: &Path, glue: &str) -> Result<String> {
    let made = path("target/app-wasm2js.js");
    let (from, to) = (wasm.display().to_string(), made.display().to_string());
    let tool = tools::npm_tool("binaryen/bin/wasm2js");
    let features = ["--enable-mutable-globals", "--enable-bulk-memory", "--enable-sign-ext"];
    let args = [&tool, "-Oz", "--mvp-features", &from, "--output", &to];
    run(command("node", args).args(features).arg("--enable-nontrapping-float-to-int"), "see above")?;
    let module = classic(&tree::text(&made)?)?;
    let glue = fresh_views(glue)?;
    Ok(format!("(function () {{\n{module}\n{SHIM}\nwindow.wasm_bindgen = {glue}\n}})();\n"))
}

/// What the glue uses of WebAssembly. Memory and functions have the same form on both sides.
const SHIM: &str = "
class Module {}
class Instance { constructor(module, imports) { this.exports = asmFunc(imports); } }
const WebAssembly = { Module, Instance, instantiate: async (module, imports) => new Instance(module, imports) };
";

/// Without the imports, exports and the one call: the shim makes that call, with the glue's own imports.
fn classic(module: &str) -> Result<String> {
    let (body, _) = module.split_once("\nvar retasmFunc = ").context("wasm2js ends its module differently")?;
    let lines: Vec<&str> = body.lines().filter(|it| !it.starts_with("import ")).collect();
    // a trap looks the same as from WASM, so that boot.js recognises it
    let body = lines.join("\n");
    let trap = "throw new Error('abort')";
    ensure!(body.contains(trap), "wasm2js traps differently");
    let own = "const trap = new Error('unreachable'); trap.name = 'RuntimeError'; throw trap";
    Ok(body.replace(trap, own))
}

/// The glue keeps views of the memory and makes new ones when theirs have lost it. WASM takes a view's memory away when
/// it grows; the memory of wasm2js moves, and leaves the old views with what it was.
fn fresh_views(glue: &str) -> Result<String> {
    let lost = ".byteLength === 0)";
    ensure!(glue.contains(lost), "wasm-bindgen's glue checks its views of the memory differently");
    Ok(glue.replace(lost, ".buffer !== wasm.memory.buffer)"))
}
