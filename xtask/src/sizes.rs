//! What the programs weigh and what a first visit loads, compressed as a good host compresses it, against what we allow.

use crate::{run::path, tree};
use anyhow::{Context, Result, ensure};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

const CASE: usize = 144 * 1024;
const SHEET: usize = 90 * 1024;
const SHARE: usize = 134 * 1024;
const MEET: usize = 222 * 1024;
const READER: usize = 48 * 1024;
/// The page that most begin with and that of who files where, both complete without a program; the heaviest sheet, which
/// is often opened by mobile phone; that of the whole case; that of a link which somebody sent.
const PAGES: [(&str, usize); 5] = [
    ("dist/index.html", 14 * 1024),
    ("dist/filing/index.html", 14 * 1024),
    ("dist/sheet/1/index.html", 106 * 1024),
    ("dist/dossier/index.html", 172 * 1024),
    ("dist/open/index.html", 161 * 1024),
];

/// The one script of the home page besides those of every page, as it is.
const GOING: usize = 1024;

pub fn check() -> Result<()> {
    println!("{:>9} {:>9}  file", "bytes", "brotli");
    let mut over = Vec::new();
    for (program, allowed) in [("case", CASE), ("sheet", SHEET), ("share", SHARE), ("meet", MEET), ("reader", READER)] {
        let wasm = shown(&path(format!("target/app/{program}.wasm")))?;
        shown(&path(format!("target/app/{program}-fallback.js")))?;
        if allowed < wasm {
            over.push(format!("{program}.wasm has {wasm} bytes in brotli, {allowed} are allowed"));
        }
    }
    let going = tree::read(&path("target/app/going.js"))?.len();
    if GOING < going {
        over.push(format!("going.js has {going} bytes, {GOING} are allowed"));
    }
    for (page, allowed) in PAGES {
        println!("  first load of {page}:");
        let mut first = shown(&path(page))?;
        for file in needed(page)? {
            first += shown(&file)?;
        }
        println!("{:>9} {first:>9}  together, of {allowed} allowed", "");
        if allowed < first {
            over.push(format!("a first load of {page} has {first} bytes in brotli, {allowed} are allowed"));
        }
    }
    ensure!(over.is_empty(), "{}: see what the last change added", over.join("; "));
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
fn needed(name: &str) -> Result<Vec<PathBuf>> {
    let page = path(name);
    let html = tree::text(&page)?;
    let folder = page.parent().context("a page is in a folder")?;
    let mut files: Vec<PathBuf> = Vec::new();
    for tag in html.split('<').filter_map(|it| it.split('>').next()) {
        let named = ["href", "src"].into_iter().find_map(|it| value(tag, it)).map(|it| folder.join(it));
        let Some(named) = named.filter(|it| it.extension().is_some_and(|it| it == "css" || it == "js")) else {
            continue;
        };
        // what boot.js loads, it looks for beside itself; the reader comes later
        let starts = value(tag, "data-app").filter(|_| tag.contains(" data-live"));
        let app: Vec<&str> = starts.into_iter().flat_map(|it| it.split(' ')).collect();
        if let [wasm, _, _, model] = app[..] {
            files.extend([wasm, model].map(|it| named.with_file_name(it)));
        }
        files.push(named);
    }
    // one spelling for each, so that none counts twice
    for file in &mut files {
        *file = file.canonicalize().with_context(|| format!("{name} names {}", file.display()))?;
    }
    files.sort();
    files.dedup();
    let live = html.contains(" data-live");
    for kind in if live { &["css", "js", "wasm", "bin"][..] } else { &["css", "js"] } {
        let one = files.iter().any(|it| it.extension().is_some_and(|it| it == *kind));
        ensure!(one, "{name} names no file of kind .{kind}");
    }
    Ok(files)
}

fn value<'h>(tag: &'h str, attribute: &str) -> Option<&'h str> {
    tag.split_once(&format!(" {attribute}=\""))?.1.split('"').next()
}
