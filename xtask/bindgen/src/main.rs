//! wasm-bindgen's command line, as far as trunk calls it, for browsers older than reference types.
//!
//! trunk refuses a wasm-bindgen whose version is not the one in Cargo.lock. This one is built from that very lock,
//! so the two cannot drift apart. It also does what no flag of the original does: see `features`, `panics`,
//! `parts`, `places` and `short`. `cargo xtask`
//! installs it as `wasm-bindgen`; as a crate it cannot have that name, which rustc takes for an outdated copy of the library.

mod features;
mod merge;
mod panics;
mod parts;
mod places;
mod sections;
mod short;

use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

/// What newer Chromium has and Chromium 86 has not. rustc's prebuilt std declares both without using them.
const TOO_NEW: [&str; 2] = ["reference-types", "multivalue"];

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    if args.iter().any(|it| it == "--version" || it == "-V") {
        println!("wasm-bindgen {}", wasm_bindgen_shared::version());
        return Ok(());
    }
    let asked = Asked::parse(&args)?;
    let linked = fs::read(&asked.input).with_context(|| format!("cannot read {}", asked.input.display()))?;
    let linked = places::without(panics::without(&linked)?)?;
    let name = &asked.out_name;
    let folder = asked.out_dir.join(format!("{name}-parts"));
    let Some(apart) = parts::apart(&linked, &folder)? else {
        return bind(&asked, Bindgen::new().input_bytes(name, lowered(&linked)?), &asked.out_dir, name);
    };
    // what the parts share with the main module is no export of the program's own
    let mut main = Bindgen::new();
    bind(&asked, main.input_bytes(name, lowered(&apart.main)?).keep_lld_exports(true), &asked.out_dir, name)?;
    for (parts, module) in &apart.modules {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        fs::write(folder.join(format!("{name}-{}.wasm", parts.join("-"))), lowered(module)?)?;
    }
    let whole = lowered(&linked)?;
    for group in parts::GROUPS {
        let group: Vec<&str> = group.split(' ').collect();
        let name = format!("{name}-only-{}", group.join("-"));
        bind(&asked, Bindgen::new().input_bytes(&name, apart.only(&group, &whole)?), &folder, &name)?;
    }
    Ok(())
}

/// For older browsers, and without what only the linker and the taking apart need.
fn lowered(module: &[u8]) -> Result<Vec<u8>> {
    let module = sections::without_custom(module, |it| it == b"linking" || it.starts_with(b"reloc."))?;
    features::without(&module, &TOO_NEW)
}

fn bind(asked: &Asked, bindgen: &mut Bindgen, into: &Path, name: &str) -> Result<()> {
    bindgen
        .no_modules(true)?
        .typescript(asked.typescript)
        .keep_debug(asked.keep_debug)
        .demangle(asked.demangle)
        .remove_producers_section(true);
    bindgen.generate(into)?;
    let (module, glue) = (into.join(format!("{name}_bg.wasm")), into.join(format!("{name}.js")));
    let (short, text) = short::names(&fs::read(&module)?, &fs::read_to_string(&glue)?)?;
    fs::write(module, short)?;
    Ok(fs::write(glue, text)?)
}

struct Asked {
    input: PathBuf,
    out_dir: PathBuf,
    out_name: String,
    typescript: bool,
    keep_debug: bool,
    demangle: bool,
}

impl Asked {
    fn parse(args: &[String]) -> Result<Asked> {
        let (mut input, mut out_dir, mut out_name) = (None, None, None);
        let (mut typescript, mut keep_debug, mut demangle) = (true, false, true);
        for arg in args {
            match arg.split_once('=').unwrap_or((arg, "")) {
                ("--target", "no-modules") => {}
                ("--out-dir", dir) => out_dir = Some(PathBuf::from(dir)),
                ("--out-name", name) => out_name = Some(name.to_owned()),
                ("--no-typescript", "") => typescript = false,
                ("--keep-debug", "") => keep_debug = true,
                ("--no-demangle", "") => demangle = false,
                (path, "") if !path.starts_with('-') && input.is_none() => input = Some(PathBuf::from(path)),
                _ => bail!("`{arg}` is not known here: only what trunk passes for `--target=no-modules` is"),
            }
        }
        Ok(Asked {
            input: input.context("the linked module is missing")?,
            out_dir: out_dir.context("`--out-dir` is missing")?,
            out_name: out_name.context("`--out-name` is missing")?,
            typescript,
            keep_debug,
            demangle,
        })
    }
}
