//! Sites built by the real program, as the bytes of their files. Stand-ins take the place of the browser's programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::markup::{Element, parse};
use crate::{files, path};

/// Files by name, with `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Stand-ins for what is compiled: a file has its own name in it.
const COMPILED: [&str; 23] = [
    "app.wasm",
    "app.js",
    "app-sheet.wasm",
    "app-dossier-scope-sheet.wasm",
    "app-compare-desk-panel.wasm",
    "app-sheet-fallback.js",
    "app-dossier-mine-scope-start-fallback.js",
    "app-form-open-send-fallback.js",
    "app-compare-desk-panel-fallback.js",
    "reader.wasm",
    "reader.js",
    "reader-fallback.js",
    "boot.js",
    "going.js",
    "look.js",
    "rescue.js",
    "selfcheck.js",
    "mends.js",
    "why.js",
    "whole.lzma",
    "whole.js",
    "unlzma.js",
    "offline.js",
];

/// The real site.
pub fn built() -> &'static Files {
    static BUILT: OnceLock<Files> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("dist");
        let run = build(&path(""), &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        files_of(&out)
    })
}

/// Runs `ziping build`, with the stand-ins beside `out`.
pub fn build(site: &Path, out: &Path) -> Output {
    let app = out.with_extension("app");
    stand_ins(&app);
    let mut command = Command::new(env!("CARGO_BIN_EXE_ziping"));
    command.arg("build").arg("--site").arg(site).arg("--app").arg(app).arg("--out").arg(out);
    command.output().expect("the program runs")
}

/// Writes files that take the place of the browser's programs.
pub fn stand_ins(app: &Path) {
    std::fs::create_dir_all(app).expect("a folder");
    for name in COMPILED {
        std::fs::write(app.join(name), name).expect("a file");
    }
}

pub fn files_of(folder: &Path) -> Files {
    let all = files(folder, "").into_iter().map(|it| {
        let name = it.strip_prefix(folder).expect("below it").to_string_lossy().replace('\\', "/");
        (name, std::fs::read(&it).unwrap_or_else(|error| panic!("{}: {error}", it.display())))
    });
    all.collect()
}

/// Data end with how many bytes they are.
pub fn without_length(data: &[u8]) -> &[u8] {
    let (data, length) = data.split_last_chunk().expect("there is a length");
    assert_eq!(u32::from_le_bytes(*length) as usize, data.len() + 4);
    data
}

pub fn text<'f>(files: &'f Files, name: &str) -> &'f str {
    let bytes = files.get(name).unwrap_or_else(|| panic!("{name} is not built"));
    std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The page at an address that ends with `/`, or at the root.
pub fn page(files: &Files, address: &str) -> Element {
    parse(text(files, &format!("{address}index.html")))
}
