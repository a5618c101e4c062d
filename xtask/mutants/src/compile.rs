//! Compiles the copy with the packages that cargo has compiled for the usual tests: only the copy itself is new.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the copy is compiled with.
#[derive(Deserialize, Serialize)]
pub struct Compiler {
    root: PathBuf,
    out: PathBuf,
    externs: Vec<String>,
    dev: Vec<String>,
    program: String,
}

/// An error of the compiler, where it is in a file: from which byte to which.
pub struct Wrong {
    pub places: Vec<(String, usize, usize)>,
    pub message: String,
}

impl Compiler {
    /// Has cargo compile the usual tests, and asks it where everything lies.
    pub fn new(root: &Path, out: &Path) -> Result<Compiler> {
        let cargo = |args: &[&str]| -> Result<Vec<Value>> {
            let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
            let out = Command::new(program).args(args).current_dir(root).stderr(Stdio::inherit()).output()?;
            ensure!(out.status.success(), "cargo {}", args.join(" "));
            let text = String::from_utf8(out.stdout)?;
            text.lines().map(|it| Ok(serde_json::from_str(it)?)).collect()
        };
        let built = cargo(&["test", "--no-run", "--test", "it", "--message-format", "json"])?;
        let mut artifacts: HashMap<&str, &str> = HashMap::new();
        let mut program = None;
        for it in built.iter().filter(|it| it["reason"] == "compiler-artifact") {
            if it["target"]["name"] == "ziping" && it["target"]["kind"][0] == "bin" {
                program = it["executable"].as_str();
            }
            let files = it["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if let (Some(id), Some(file)) =
                (it["package_id"].as_str(), files.into_iter().find(|it| it.ends_with(".rlib") || it.ends_with(".so")))
            {
                // a package that macros use too is compiled for them as well, without debug information
                let for_macros = it["profile"]["debuginfo"] == 0;
                if !for_macros || !artifacts.contains_key(id) {
                    artifacts.insert(id, file);
                }
            }
        }
        let metadata = cargo(&["metadata", "--format-version", "1", "--offline"])?.remove(0);
        let nodes = metadata["resolve"]["nodes"].as_array().context("packages")?;
        let own = metadata["resolve"]["root"].as_str().context("a root")?;
        let node = nodes.iter().find(|it| it["id"] == own).context("this package")?;
        let (mut externs, mut dev) = (Vec::new(), Vec::new());
        for it in node["deps"].as_array().into_iter().flatten() {
            let (name, package) = (it["name"].as_str().unwrap_or_default(), it["pkg"].as_str().unwrap_or_default());
            let Some(file) = artifacts.get(package) else { continue };
            let is_dev = it["dep_kinds"].as_array().into_iter().flatten().all(|it| it["kind"] == "dev");
            if is_dev { &mut dev } else { &mut externs }.push(format!("{name}={file}"));
        }
        let program = program.context("the program")?.to_owned();
        Ok(Compiler { root: root.to_owned(), out: out.to_owned(), externs, dev, program })
    }

    fn rustc(&self, optimised: u8, args: &[&str]) -> Command {
        let mut rustc = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()));
        rustc.args(["--edition", "2024", "--cap-lints", "allow", "--error-format", "json"]);
        rustc.args([
            "-C",
            &format!("opt-level={optimised}"),
            "-C",
            "debug-assertions=on",
            "-C",
            "overflow-checks=on",
            "-C",
            "codegen-units=16",
        ]);
        rustc.args(["--cfg", "feature=\"default\"", "--cfg", "feature=\"site\""]);
        rustc.args(["-L", &format!("dependency={}", self.root.join("target/debug/deps").display())]);
        rustc.arg("--out-dir").arg(&self.out).args(args).current_dir(&self.root);
        rustc.env("CARGO_MANIFEST_DIR", &self.root).env("CARGO_PKG_VERSION", "0.1.0").env("CARGO_PKG_NAME", "ziping");
        rustc.env("CARGO_BIN_EXE_ziping", &self.program).env("CARGO_CRATE_NAME", "ziping");
        rustc.env("CARGO_TARGET_TMPDIR", self.root.join("target/tmp"));
        for it in &self.externs {
            rustc.args(["--extern", it]);
        }
        rustc
    }

    /// Compiles the library, or only looks whether it can be.
    pub fn library(&self, source: &str, whole: bool) -> Result<Vec<Wrong>> {
        let emit = if whole { "metadata,link" } else { "metadata" };
        let kept = format!("incremental={}", self.out.join("kept").display());
        let mut rustc = self.rustc(1, &["--crate-name", "ziping", "--crate-type", "lib", "--emit", emit, source]);
        if !whole {
            rustc.args(["-C", &kept]);
        }
        wrong(rustc)
    }

    /// Compiles the tests.
    pub fn tests(&self, source: &str) -> Result<()> {
        let mut rustc = self.rustc(0, &["--crate-name", "it", "--test", source]);
        rustc.args(["--extern", &format!("ziping={}", self.out.join("libziping.rlib").display())]);
        for it in &self.dev {
            rustc.args(["--extern", it]);
        }
        let errors = wrong(rustc)?;
        if let Some(first) = errors.first() {
            bail!("the tests do not compile: {}", first.message);
        }
        Ok(())
    }
}

fn wrong(mut rustc: Command) -> Result<Vec<Wrong>> {
    let out = rustc.output()?;
    let mut all = Vec::new();
    for line in String::from_utf8_lossy(&out.stderr).lines() {
        let Ok(told) = serde_json::from_str::<Value>(line) else { continue };
        if told["level"] != "error" {
            continue;
        }
        // an error within a macro is at the place where it is called
        let place = |it: &Value| {
            let mut it = it;
            while it["expansion"].is_object() && !it["file_name"].as_str().is_some_and(|it| it.contains("mutants")) {
                it = &it["expansion"]["span"];
            }
            let byte = |key: &str| it[key].as_u64().map(|it| it as usize);
            Some((it["file_name"].as_str()?.to_owned(), byte("byte_start")?, byte("byte_end")?))
        };
        let mut spans: Vec<&Value> = told["spans"].as_array().into_iter().flatten().collect();
        spans.sort_by_key(|it| it["is_primary"] != true);
        let places = spans.into_iter().filter_map(place).collect();
        all.push(Wrong { places, message: told["rendered"].as_str().unwrap_or_default().to_owned() });
    }
    all.retain(|it| !it.places.is_empty() || !it.message.starts_with("error: aborting"));
    ensure!(out.status.success() || !all.is_empty(), "rustc: {}", String::from_utf8_lossy(&out.stderr));
    Ok(if out.status.success() { Vec::new() } else { all })
}
