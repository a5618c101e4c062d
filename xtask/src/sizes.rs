//! What a first visit to a form loads, compressed as a good host compresses it, against what we allow it.

use crate::{run::path, tree};
use anyhow::{Context, Result, ensure};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

const WASM: usize = 88 * 1024;
const READER: usize = 48 * 1024;
const FIRST_LOAD: usize = 100 * 1024;
const PAGE: &str = "dist/sheet/1/index.html";

pub fn check() -> Result<()> {
    println!("{:>9} {:>9}  file", "bytes", "brotli");
    let wasm = shown(&path("target/app/app.wasm"))?;
    let reader = shown(&path("target/app/reader.wasm"))?;
    for fallback in ["app-fallback.js", "reader-fallback.js"] {
        shown(&path("target/app").join(fallback))?;
    }
    println!("  first load of {PAGE}:");
    let page = path(PAGE);
    let mut first = shown(&page)?;
    for file in needed(&page)? {
        first += shown(&file)?;
    }
    println!("{:>9} {first:>9}  together, of {FIRST_LOAD} allowed", "");
    ensure!(wasm <= WASM, "app.wasm has {wasm} bytes in brotli, {WASM} are allowed: see what the last change added");
    ensure!(reader <= READER, "reader.wasm has {reader} bytes in brotli, {READER} are allowed");
    ensure!(first <= FIRST_LOAD, "a first load has {first} bytes in brotli, {FIRST_LOAD} are allowed");
    Ok(())
}

fn shown(file: &Path) -> Result<usize> {
    let content = tree::read(file)?;
    let small = brotli(&content)?;
    println!("{:>9} {small:>9}  {}", content.len(), file.file_name().unwrap_or_default().display());
    Ok(small)
}

fn brotli(content: &[u8]) -> Result<usize> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner().len())
}

/// The styles, scripts, module and data that a page names; the fallback is for few, and they load it instead.
fn needed(page: &Path) -> Result<Vec<PathBuf>> {
    let html = tree::text(page)?;
    let folder = page.parent().context("a page is in a folder")?;
    let mut files: Vec<PathBuf> = Vec::new();
    for tag in html.split('<').filter_map(|it| it.split('>').next()) {
        let named = ["href", "src"].into_iter().find_map(|it| value(tag, it)).map(|it| folder.join(it));
        let Some(named) = named.filter(|it| it.extension().is_some_and(|it| it == "css" || it == "js")) else {
            continue;
        };
        // what boot.js loads, it looks for beside itself
        let app: Vec<&str> = value(tag, "data-app").into_iter().flat_map(|it| it.split(' ')).collect();
        if let [wasm, _, _, model] = app[..] {
            files.extend([wasm, model].map(|it| named.with_file_name(it)));
        }
        files.push(named);
    }
    // one spelling for each, so that none counts twice
    for file in &mut files {
        *file = file.canonicalize().with_context(|| format!("{PAGE} names {}", file.display()))?;
    }
    files.sort();
    files.dedup();
    for kind in ["css", "js", "wasm", "bin"] {
        let one = files.iter().any(|it| it.extension().is_some_and(|it| it == kind));
        ensure!(one, "{PAGE} names no file of kind .{kind}");
    }
    Ok(files)
}

fn value<'h>(tag: &'h str, attribute: &str) -> Option<&'h str> {
    tag.split_once(&format!(" {attribute}=\""))?.1.split('"').next()
}
