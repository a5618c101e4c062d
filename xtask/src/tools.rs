//! Installs the tools of the build, each in one fixed version, under target/tools, where they are found again the next
//! time.

use crate::{
    run::{command, output, path, run},
    tree,
};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132";
/// Only used in benchmarks, to compare with.
pub const MDBOOK: &str = "0.5.4";
const NETWORK: &str = "it needs the network once: check the connection and call it again";

pub fn ready() -> Result<()> {
    fs::create_dir_all(path("target/tools/bin"))?;
    target("wasm32-unknown-unknown")?;
    node(18)?;
    npm(&path("xtask"), &path("target/tools/node"))?;
    wasm_opt()?;
    bindgen()?;
    trunk()
}

/// Where esbuild, wasm-opt and wasm2js are.
pub fn npm_tool(below: &str) -> String {
    path("target/tools/node/node_modules").join(below).display().to_string()
}

/// Installs what the lock file in `from` says into `into`, unless it is there already.
pub fn npm(from: &Path, into: &Path) -> Result<()> {
    let lock = tree::read(&from.join("package-lock.json"))?;
    let stamp = into.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|it| it == lock) {
        return Ok(());
    }
    if from != into {
        fs::create_dir_all(into)?;
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            tree::copy(&from.join(file), &into.join(file))?;
        }
    }
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run(command("npm", args).current_dir(into), NETWORK)?;
    tree::write(&stamp, lock)
}

/// Stops unless there is a node of at least this version, with npm.
pub fn node(at_least: u32) -> Result<()> {
    let advice = format!("install Node.js {at_least} or newer together with npm: https://nodejs.org");
    let version = output(&mut command("node", ["--version"]), &advice)?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|it| it.parse().ok());
    ensure!(major.is_some_and(|it: u32| at_least <= it), "node is {version}, which is too old; {advice}");
    output(&mut command("npm", ["--version"]), &advice).map(drop)
}

/// rustc's libraries for another machine than this one.
pub fn target(target: &str) -> Result<()> {
    let advice = "install Rust with rustup: it reads rust-toolchain.toml";
    let libraries = output(&mut command("rustc", ["--print", "target-libdir", "--target", target]), advice)?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    run(
        &mut command("rustup", ["target", "add", target]),
        &format!("rustc cannot compile for {target}: add it with rustup, or install your distribution's package of it"),
    )
}

/// Compiled without optimisation, because it runs for a second and would otherwise take ten minutes to compile; and
/// without its TLS and its check for a newer version, because it never uses the network here.
fn trunk() -> Result<()> {
    let version = command("trunk", ["--version"]).env_remove("NO_COLOR").output();
    if version.is_ok_and(|it| it.stdout.trim_ascii() == format!("trunk {TRUNK}").as_bytes()) {
        return Ok(());
    }
    println!("installing trunk {TRUNK} into target/tools, once; this takes about three minutes");
    let args = ["install", "trunk", "--version", TRUNK, "--locked", "--root", "target/tools"];
    let quick = ["opt-level=0", "lto=\"off\"", "codegen-units=16", "debug=0"];
    let mut install = command("cargo", args);
    install.args(["--quiet", "--force", "--no-default-features", "--target-dir", "target/tools/build"]);
    install.args(quick.iter().flat_map(|it| ["--config".to_owned(), format!("profile.release.{it}")]));
    run(&mut install, NETWORK)?;
    // half a gigabyte that is not needed any more
    fs::remove_dir_all(path("target/tools/build")).context("cannot remove target/tools/build")
}

/// Compiled as its authors publish it, but without its server, which is not needed to build a book.
pub fn mdbook() -> Result<()> {
    let version = command("mdbook", ["--version"]).output();
    if version.is_ok_and(|it| it.stdout.trim_ascii() == format!("mdbook v{MDBOOK}").as_bytes()) {
        return Ok(());
    }
    println!("installing mdBook {MDBOOK} into target/tools, once; this takes about five minutes");
    let args = ["install", "mdbook", "--version", MDBOOK, "--locked", "--root", "target/tools"];
    let mut install = command("cargo", args);
    install.args(["--quiet", "--force", "--no-default-features", "--features", "search"]);
    run(install.args(["--target-dir", "target/tools/build"]), NETWORK)?;
    fs::remove_dir_all(path("target/tools/build")).context("cannot remove target/tools/build")
}

/// Our own command line for wasm-bindgen, under the name that trunk looks for.
fn bindgen() -> Result<()> {
    run(&mut command("cargo", ["build", "--quiet", "--locked", "--package", "bindgen"]), "see the error above")?;
    let (built, installed) = (path("target/debug/bindgen"), path("target/tools/bin/wasm-bindgen"));
    // copied only when it changed, so that files made with it stay up to date
    if fs::read(&installed).ok() != Some(tree::read(&built)?) {
        tree::copy(&built, &installed)?;
    }
    Ok(())
}

/// trunk looks for wasm-opt on PATH, and the one from npm is a script for node.
fn wasm_opt() -> Result<()> {
    let shim = path("target/tools/bin/wasm-opt");
    let script = "#!/bin/sh\nexec node \"$(dirname \"$0\")/../node/node_modules/binaryen/bin/wasm-opt\" \"$@\"\n";
    if !fs::read(&shim).is_ok_and(|it| it == script.as_bytes()) {
        tree::write(&shim, script)?;
        run(&mut command("chmod", ["+x", &shim.display().to_string()]), "make it executable by hand")?;
    }
    let advice = "remove target/tools/node and call it again";
    let version = output(&mut command("wasm-opt", ["--version"]), advice)?;
    ensure!(version.contains(&format!("version {BINARYEN} ")), "wasm-opt is `{version}`, not {BINARYEN}; {advice}");
    Ok(())
}
