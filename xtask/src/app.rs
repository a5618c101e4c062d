//! What the browser runs, in target/app: two programs and the scripts around them.
//!
//! The app is `app.wasm` with its glue `app.js`, the modules of its parts, whose names say which parts need them
//! (`app-case-meet.wasm`), and for each group of parts all of it as JavaScript (`app-form-open-send-fallback.js`). The reader is one module with
//! its glue and itself as JavaScript. The generator takes what is there.
//!
//! The WASM is for Chromium 86 and later. rustc's defaults, and wasm-bindgen's with them, ask for Chromium 96:
//! RUSTFLAGS, our own wasm-bindgen and the flags of wasm-opt lower that together, none does alone.

use crate::{
    fallback, kernel,
    run::{command, output, path, run},
    tools, tree,
};
use anyhow::{Context, Result, ensure};
use lzma_rust2::{LzmaOptions, LzmaWriter};
use std::{
    cmp::Reverse,
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    thread,
    time::SystemTime,
};

/// The programs for the browser. trunk builds them from index.html.
pub const PROGRAMS: [&str; 2] = ["app", "reader"];
pub const SCRIPTS: [&str; 9] =
    ["boot.js", "going.js", "look.js", "mends.js", "offline.js", "rescue.js", "selfcheck.js", "unlzma.js", "why.js"];
/// App and reader as one program without seams, for the site as one file.
const WHOLE: &str = "whole";
/// Its module, before it is packed.
pub const WHOLE_MODULE: &str = "target/whole/small.wasm";
/// Makes modules of what the generator wove for first loads.
const UNWOVEN: &str = "assets/unwoven.js";
/// What the app asks its mirror with.
const MIRROR: &str = "assets/mirror.js";
const SOURCES: [&str; 11] = [
    "src",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "assets",
    "xtask/no-streams",
    "xtask/one-thread",
    "xtask/parts",
    "xtask/weave",
    "target/tools/bin",
];
/// Two rounds find more than one; `--converge` goes on while a round finds something.
const SMALL: [&str; 10] = [
    "--enable-nontrapping-float-to-int",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--merge-similar-functions",
    "--low-memory-unused",
    "--converge",
    "--strip-debug",
    "--strip-producers",
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
    compile("target/app-trunk")?;
    let (from, into) = (path("target/app-trunk"), path("target/app"));
    // the generator takes every module that it finds there
    if into.exists() {
        fs::remove_dir_all(&into)?;
    }
    fs::create_dir_all(&into)?;
    let (from, into) = (from.as_path(), into.as_path());
    // the largest first, so that no processor waits long for the last one
    let mut work: Vec<Work<'_>> = vec![
        Box::new(move || whole(into)),
        Box::new(move || fallback("reader", &from.join("reader_bg.wasm"), "reader", into)),
    ];
    for program in PROGRAMS {
        work.push(Box::new(move || {
            optimised(&from.join(format!("{program}_bg.wasm")), &into.join(format!("{program}.wasm")))?;
            let script = script_of(program, &from.join(format!("{program}.js")))?;
            minify(&script, TARGET, &into.join(format!("{program}.js")))
        }));
    }
    let mut modules = tree::files(&path(FOLDER).join(PARTS))?;
    modules.sort_by_key(|it| Reverse(fs::metadata(it).map_or(0, |it| it.len())));
    for file in modules {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(part) = name.strip_prefix("app-only-").and_then(|it| it.strip_suffix("_bg.wasm")) {
            let name = format!("app-{part}");
            work.push(Box::new(move || fallback("app", &file, &name, into)));
        } else if name.starts_with("app-") && name.ends_with(".wasm") {
            work.push(Box::new(move || optimised(&file, &into.join(name))));
        }
    }
    at_once(work)?;
    for script in SCRIPTS {
        let mut whole = tree::text(&path("assets").join(script))?;
        if script == "unlzma.js" {
            // what it unpacks is woven
            whole.push_str(&tree::text(&path(UNWOVEN))?);
        }
        minify(&whole, OLDEST, &into.join(script))?;
    }
    fs::File::create(stamp)?.set_modified(started)?;
    Ok(())
}

/// Makes one file or a few of target/app.
type Work<'w> = Box<dyn FnOnce() -> Result<()> + Send + 'w>;

/// On all processors: the tools of binaryen use one each. The first error is told, and nothing is begun after it.
fn at_once(work: Vec<Work<'_>>) -> Result<()> {
    let left = Mutex::new((work.into_iter(), Ok(())));
    let take = || {
        let mut left = left.lock().expect("no thread panics");
        if left.1.is_ok() { left.0.next() } else { None }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(one) = take() {
                    if let Err(error) = one() {
                        left.lock().expect("no thread panics").1 = Err(error);
                    }
                }
            });
        }
    });
    left.into_inner().expect("no thread panics").1
}

const FOLDER: &str = "target/browser";
/// Where our wasm-bindgen leaves what trunk does not know of, below a target folder: the modules of the parts of the app.
pub const PARTS: &str = "wasm-bindgen/release/app-parts";

/// Rust to WASM and its glue, all programs. A target folder of its own, so that nobody waits for the other's lock.
pub fn compile(out: &str) -> Result<()> {
    run(&mut trunk(out, FOLDER)?, "see the first error above")
}

/// A call of trunk that compiles all programs into `out`, by way of a target folder.
pub fn trunk(out: &str, target: &str) -> Result<Command> {
    let fetch = ["fetch", "--locked", "--target", "wasm32-unknown-unknown"];
    run(command("cargo", fetch).arg("--quiet"), "it needs the network once for the crates in Cargo.lock")?;
    let mut trunk = command("trunk", ["build", "--dist", out, "index.html"]);
    trunk.env("CARGO_TARGET_DIR", path(target)).env("CARGO_ENCODED_RUSTFLAGS", rustflags()?.join("\x1f"));
    // trunk prints a backtrace of itself below every error of the compiler, and knows only one value of NO_COLOR
    trunk.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0").args(["--log", "error"]);
    Ok(trunk)
}

/// Links one program as `compile` does, for whoever wants to see whether the same comes out again.
pub fn link(program: &str) -> Result<()> {
    let mut cargo = command("cargo", ["build", "--quiet", "--locked", "--bin", program, "--profile", "browser"]);
    cargo.args(["--no-default-features", "--features", "app", "--target", "wasm32-unknown-unknown"]);
    cargo.env("CARGO_TARGET_DIR", path(FOLDER)).env("CARGO_ENCODED_RUSTFLAGS", rustflags()?.join("\x1f"));
    run(&mut cargo, "see the first error above")
}

/// What the linker made of a program.
pub fn linked(program: &str) -> PathBuf {
    path(format!("{FOLDER}/wasm32-unknown-unknown/browser/{program}.wasm"))
}

fn rustflags() -> Result<Vec<String>> {
    let mut flags = flags();
    flags.extend(hidden_paths()?.into_iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())));
    Ok(flags)
}

/// What the browser and the taking apart need; paths of the machine stand in what is compiled.
pub fn flags() -> Vec<String> {
    let features = "target-feature=+mutable-globals,+sign-ext,+nontrapping-fptoint,+bulk-memory";
    // what refers to what, for taking the app apart
    let relocations = "link-arg=--emit-relocs";
    ["-C", "target-cpu=mvp", "-C", features, "-C", relocations].map(str::to_owned).into()
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

/// Linked from what trunk compiled. Packed here and not when a site is built, which takes a second each time.
fn whole(into: &Path) -> Result<()> {
    link(WHOLE)?;
    let scratch = path("target/whole");
    fs::create_dir_all(&scratch)?;
    let (from, out) = (linked(WHOLE).display().to_string(), format!("--out-dir={}", scratch.display()));
    let args = ["--target=no-modules", "--no-typescript", "--out-name=whole", &out, &from];
    run(&mut command("wasm-bindgen", args), "see above")?;
    let glue = glue(WHOLE, &scratch.join("whole.js"))?;
    minify(&format!("var {WHOLE}_bindgen = {glue}"), TARGET, &into.join("whole.js"))?;
    let small = path(WHOLE_MODULE);
    optimised(&scratch.join("whole_bg.wasm"), &small)?;
    fs::write(into.join("whole.lzma"), packed(&tree::read(&small)?)?).context("cannot write whole.lzma")
}

/// Woven, and then as a file that ends in .lzma has it: bytes of a module have no alignment.
fn packed(module: &[u8]) -> Result<Vec<u8>> {
    let woven = weave::woven(&[module]);
    ensure!(
        weave::unwoven(&woven).is_some_and(|it| it == [module]),
        "the module does not come back as it was: see xtask/weave"
    );
    let mut options = LzmaOptions::with_preset(9);
    (options.lc, options.pb, options.nice_len, options.dict_size) = (3, 0, LzmaOptions::NICE_LEN_MAX, 1 << 21);
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(woven.len() as u64))?;
    writer.write_all(&woven)?;
    Ok(writer.finish()?)
}

/// The module as small as it gets, which every browser that we support runs.
fn optimised(module: &Path, into: &Path) -> Result<()> {
    fallback::binaryen("wasm-opt", &SMALL, module, into)?;
    kernel::check(&tree::read(into)?).with_context(|| format!("{} cannot be used", into.display()))
}

/// The script of a program: its glue under a name, and for the app what its first loads are unpacked with.
pub fn script_of(program: &str, file: &Path) -> Result<String> {
    let unwoven = if program == "app" { tree::text(&path(UNWOVEN))? } else { String::new() };
    Ok(format!("{unwoven}var {program}_bindgen = {}", glue(program, file)?))
}

/// wasm-bindgen's glue as an expression, with what else the program calls. `let` at the top of a classic script is no
/// property of window, where boot.js and the fallback look; and the programs of a page need a name each.
fn glue(program: &str, file: &Path) -> Result<String> {
    let glue = tree::text(file)?;
    let glue = glue.strip_prefix("let wasm_bindgen = ").context("wasm-bindgen's glue begins differently")?;
    if program == "reader" {
        return Ok(glue.to_owned());
    }
    Ok(format!("(function () {{\n{}return {glue}}})();\n", tree::text(&path(MIRROR))?))
}

/// The module as JavaScript, with the glue that lies beside it.
fn fallback(program: &str, module: &Path, name: &str, into: &Path) -> Result<()> {
    let its_glue = module.to_string_lossy().replace("_bg.wasm", ".js");
    let small = path(format!("target/{name}-small.wasm"));
    optimised(module, &small)?;
    let script = fallback::script(name, &format!("{program}_bindgen"), &small, &glue(program, Path::new(&its_glue))?)?;
    minify(&script, TARGET, &into.join(format!("{name}-fallback.js")))
}

fn minify(script: &str, target: &str, into: &Path) -> Result<()> {
    let whole = into.with_extension("whole.js");
    tree::write(&whole, script)?;
    let (from, to) = (whole.display().to_string(), format!("--outfile={}", into.display()));
    let args = [&tools::npm_tool("esbuild/bin/esbuild"), &from, "--minify", target, &to];
    run(command("node", args).args(["--charset=utf8", "--legal-comments=none", "--log-level=warning"]), "see above")?;
    fs::remove_file(&whole).with_context(|| format!("cannot remove {}", whole.display()))
}
