//! What the browser runs, in target/app: five programs, each as .wasm, .js and -fallback.js, and the scripts around them.
//!
//! The WASM is for Chromium 86 and later. rustc's defaults, and wasm-bindgen's with them, ask for Chromium 96:
//! RUSTFLAGS here, our own wasm-bindgen and the flags of wasm-opt in index.html lower that together, none does alone.

use crate::{
    fallback, kernel,
    run::{command, output, path, run},
    tools, tree,
};
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Each from a page of trunk's of its name, and what its glue is called in the browser: a page has one of the first four.
pub const PROGRAMS: [(&str, &str); 5] = [
    ("case", "app_bindgen"),
    ("sheet", "app_bindgen"),
    ("share", "app_bindgen"),
    ("meet", "app_bindgen"),
    ("reader", "reader_bindgen"),
];
const SCRIPTS: [&str; 4] = ["boot.js", "going.js", "look.js", "rescue.js"];
const SOURCES: [&str; 12] = [
    "src",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "case.html",
    "sheet.html",
    "share.html",
    "meet.html",
    "reader.html",
    "assets",
    "xtask/no-streams",
    "target/tools/bin",
];
/// What Chromium 86 runs. esbuild rewrites newer syntax; newer functions it leaves alone.
const TARGET: &str = "--target=chrome80";
/// What merely understands the message that this browser is too old, such as 360's compatibility mode.
const OLDEST: &str = "--target=es5";

/// Unless nothing changed since the last time.
pub fn build() -> Result<()> {
    let stamp = path("target/app.stamp");
    let mut sources: Vec<PathBuf> = SOURCES.iter().map(path).collect();
    sources.push(env::current_exe()?);
    let made = fs::metadata(&stamp).and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    if tree::newest(&sources)? < made {
        return Ok(());
    }
    let started = SystemTime::now();
    for (program, glue) in PROGRAMS {
        let out = format!("target/{program}-trunk");
        compile(program, &out)?;
        finish(program, glue, &path(&out), &path("target/app"))?;
    }
    for script in SCRIPTS {
        let whole = tree::text(&path("assets").join(script))?;
        minify(&whole, OLDEST, &path("target/app").join(script))?;
    }
    fs::File::create(stamp)?.set_modified(started)?;
    Ok(())
}

/// Rust to WASM and its glue. A target folder of its own, so that nobody waits for the other's lock.
pub fn compile(program: &str, out: &str) -> Result<()> {
    let fetch = ["fetch", "--locked", "--target", "wasm32-unknown-unknown"];
    run(command("cargo", fetch).arg("--quiet"), "it needs the network once for the crates in Cargo.lock")?;
    let mut trunk = command("trunk", ["build", "--dist", out, &format!("{program}.html")]);
    trunk.env("CARGO_TARGET_DIR", path("target/browser")).env("CARGO_ENCODED_RUSTFLAGS", rustflags()?.join("\x1f"));
    // trunk prints a backtrace of itself below every error of the compiler, and knows only one value of NO_COLOR
    trunk.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0").args(["--log", "error"]);
    run(&mut trunk, "see the first error above")
}

fn rustflags() -> Result<Vec<String>> {
    let features = "target-feature=+mutable-globals,+sign-ext,+nontrapping-fptoint,+bulk-memory";
    let mut flags: Vec<String> = ["-C", "target-cpu=mvp", "-C", features].map(str::to_owned).into();
    flags.extend(hidden_paths()?.into_iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())));
    Ok(flags)
}

/// Folders of this machine and what stands for them in messages: nobody else's business, and different elsewhere.
/// A later line wins over an earlier one.
pub fn hidden_paths() -> Result<Vec<(PathBuf, String)>> {
    let advice = "install Rust with rustup: it reads rust-toolchain.toml";
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).context("neither CARGO_HOME nor HOME is set")?;
    let sysroot = PathBuf::from(output(&mut command("rustc", ["--print", "sysroot"]), advice)?);
    let about = output(&mut command("rustc", ["-vV"]), advice)?;
    let commit = about.lines().find_map(|it| it.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let mut hidden = vec![(path(""), String::from(".")), (home.clone(), String::from("cargo"))];
    for registry in fs::read_dir(home.join("registry/src")).into_iter().flatten() {
        hidden.push((registry?.path(), String::from("crates")));
    }
    // with the component rust-src, std's own messages name its folder; without it, they name this
    hidden.push((sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{commit}")));
    Ok(hidden)
}

/// From trunk's output to the three files of a program that the generator takes.
fn finish(program: &str, name: &str, from: &Path, into: &Path) -> Result<()> {
    let module = from.join(format!("{program}_bg.wasm"));
    let wasm = tree::read(&module)?;
    kernel::check(&wasm)?;
    let glue = tree::text(&from.join(format!("{program}.js")))?;
    // `let` at the top of a classic script is no property of window, where boot.js and the fallback look; and the programs
    // of a page need a name each
    let glue = glue.strip_prefix("let wasm_bindgen = ").context("wasm-bindgen's glue begins differently")?;

    fs::create_dir_all(into)?;
    tree::write(&into.join(format!("{program}.wasm")), &wasm)?;
    let script = format!("var {name} = {glue}");
    minify(&script, TARGET, &into.join(format!("{program}.js")))?;
    let fallback = fallback::script(program, name, &module, glue)?;
    minify(&fallback, TARGET, &into.join(format!("{program}-fallback.js")))
}

fn minify(script: &str, target: &str, into: &Path) -> Result<()> {
    let whole = into.with_extension("whole.js");
    tree::write(&whole, script)?;
    let (from, to) = (whole.display().to_string(), format!("--outfile={}", into.display()));
    let args = [&tools::npm_tool("esbuild/bin/esbuild"), &from, "--minify", target, &to];
    run(command("node", args).args(["--charset=utf8", "--legal-comments=none", "--log-level=warning"]), "see above")?;
    fs::remove_file(&whole).with_context(|| format!("cannot remove {}", whole.display()))
}
