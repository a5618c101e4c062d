//! What the programs weigh and what a first visit loads, compressed as a good host compresses it, against what we allow.

use crate::{run::path, tree};
use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::{Path, PathBuf},
    sync::Mutex,
};

const READER: usize = 48 * 1024;
/// Whole first loads: the page that most begin with and that of who files where, both complete without a program; the
/// longest notice; the heaviest sheet, which is often opened by mobile phone; that of the whole case; that of a link which somebody sent; that
/// of a centre.
const PAGES: [(&str, usize); 7] = [
    ("dist/index.html", 9 * 1000),
    ("dist/notice/henan-2021-1/index.html", 13 * 1000),
    // 14, 112, 150 and 165 were asked for: ARCHITECTURE, decision 6, says where the bytes are
    ("dist/filing/index.html", 14_600),
    ("dist/sheet/1/index.html", 149_500),
    ("dist/dossier/index.html", 179_200),
    ("dist/open/index.html", 189_800),
    ("dist/desk/index.html", 216_300),
];
/// Scripts and modules of somebody who goes through all of it, and what the sheet adds to the dossier on this way.
const WAY: [&str; 6] = [
    "index.html",
    "start/employer/index.html",
    "dossier/index.html",
    "sheet/1/index.html",
    "share/index.html",
    "desk/index.html",
];
const WHOLE_WAY: usize = 327_200;
// 20 were asked for: the sheet's own rows and bar, and what it shares with the panel and the form, one module at a time
const TO_SHEET: usize = 36_200;

/// The whole site in one file, as it is. 600 KB were asked for.
const OFFLINE: usize = 600_000;

/// The one script of the home page besides those of every page, as it is.
const GOING: usize = 1024;
/// What says why the app does not start, fetched only then, and after a while for the next release.
const WHY: usize = 3_600;

pub fn check() -> Result<()> {
    println!("{:>9} {:>9}  file", "bytes", "brotli");
    let mut over = Vec::new();
    let mut within = |what: String, bytes: usize, allowed: usize| {
        println!("{:>9} {bytes:>9}  {what}, of {allowed} allowed", "");
        if allowed < bytes {
            let packed = if what.ends_with("as it is") { "" } else { " in brotli" };
            over.push(format!("{what}: {bytes} bytes{packed}, {allowed} are allowed"));
        }
    };
    let mut files = tree::files(&path("target/app"))?;
    files.retain(|it| it.extension().is_some_and(|it| it == "wasm"));
    for file in files {
        shown(&file)?;
    }
    within("the reader".to_owned(), packed(&path("target/app/reader.wasm"))?, READER);
    let going = tree::read(&path("target/app/going.js"))?.len();
    within("going.js, as it is".to_owned(), going, GOING);
    within("why.js".to_owned(), packed(&path("target/app/why.js"))?, WHY);
    let offline = tree::read(&path("dist/offline.html"))?.len();
    within("offline.html, as it is".to_owned(), offline, OFFLINE.min(parts()?));
    for (page, allowed) in PAGES {
        println!("  first load of {page}:");
        let mut first = shown(&path(page))?;
        for file in needed(page)? {
            first += shown(&file)?;
        }
        within(format!("a first load of {page}"), first, allowed);
    }
    let mut had: BTreeSet<PathBuf> = BTreeSet::new();
    let (mut code, mut before) = (0, 0);
    for page in WAY {
        let page = format!("dist/{page}");
        let began = had.iter().any(|it| it.extension().is_some_and(|it| it == "wasm"));
        let modules = modules(&page)?;
        for file in needed(&page)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            // the first load of a page has its modules in it
            let first = name.starts_with("first-") && !began;
            if (first || name.ends_with(".js")) && had.insert(file.clone()) {
                code += packed(&file)?;
            }
        }
        for module in modules {
            if had.insert(module.clone()) && began {
                code += packed(&module)?;
            }
        }
        if page.contains("/sheet/") {
            within("code that a sheet adds to a dossier".to_owned(), code - before, TO_SHEET);
        }
        before = code;
    }
    within("code on the way from home to the desk".to_owned(), code, WHOLE_WAY);
    ensure!(over.is_empty(), "{}: see what the last change added", over.join("; "));
    Ok(())
}

/// What a host that compresses sends for all that offline.html has in it: pages, programs, styles and data, each once.
fn parts() -> Result<usize> {
    let one = |file: &Path| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let again = name.starts_with("first-")
            || name.starts_with("pages-")
            || name.ends_with("-fallback.js")
            || name.starts_with("data-") && name.matches('-').count() == 2;
        let kind = [".html", ".css", ".js", ".wasm", ".bin"].iter().any(|it| name.ends_with(it));
        kind && !again && name != "offline.html"
    };
    let mut all = tree::files(&path("dist/assets"))?;
    all.extend(tree::files(&path("dist"))?.into_iter().filter(|it| it.extension().is_some_and(|it| it == "html")));
    all.push(path("target/app/app.wasm"));
    all.iter().filter(|it| one(it)).map(|it| packed(it)).sum()
}

fn shown(file: &Path) -> Result<usize> {
    let small = packed(file)?;
    println!("{:>9} {small:>9}  {}", tree::read(file)?.len(), file.file_name().unwrap_or_default().display());
    Ok(small)
}

/// The length of a file, compressed. Each is compressed once, as that takes long.
fn packed(file: &Path) -> Result<usize> {
    static KNOWN: Mutex<BTreeMap<PathBuf, usize>> = Mutex::new(BTreeMap::new());
    let known = KNOWN.lock().expect("nobody panics with it").get(file).copied();
    if let Some(known) = known {
        return Ok(known);
    }
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(&tree::read(file)?)?;
    let small = writer.into_inner().len();
    KNOWN.lock().expect("nobody panics with it").insert(file.to_owned(), small);
    Ok(small)
}

/// The scripts, modules and data that a page loads first; its styles stand in it. The fallback is for few, who load it instead.
fn needed(name: &str) -> Result<Vec<PathBuf>> {
    let page = path(name);
    let html = tree::text(&page)?;
    let folder = page.parent().context("a page is in a folder")?;
    let mut files: Vec<PathBuf> = Vec::new();
    for tag in html.split('<').filter_map(|it| it.split('>').next()) {
        // on pages for reading the boot script is asked for once the rest is there
        let named = ["href", "src", "data-src"].into_iter().find_map(|it| value(tag, it)).map(|it| folder.join(it));
        // a style sheet is named for browsers without scripts
        let Some(named) = named.filter(|it| it.extension().is_some_and(|it| it == "js")) else {
            continue;
        };
        // what boot.js loads, it looks for beside itself; the reader comes later
        let app: Vec<&str> = value(tag, "data-app").into_iter().flat_map(|it| it.split(' ')).collect();
        if let ([first, _, _, model], true) = (&app[..], tag.ends_with(" data-live")) {
            files.extend([first, model].map(|it| named.with_file_name(it)));
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
    ensure!(html.contains("<style>"), "{name} has no style in it");
    for kind in if live { &["js", "bin"][..] } else { &["js"] } {
        let one = files.iter().any(|it| it.extension().is_some_and(|it| it == *kind));
        ensure!(one, "{name} names no file of kind .{kind}");
    }
    Ok(files)
}

/// The modules of the part that a page of the app needs, which whoever is there already loads one by one.
fn modules(page: &str) -> Result<Vec<PathBuf>> {
    let html = tree::text(&path(page))?;
    let Some(part) = value(&html, "data-part") else { return Ok(Vec::new()) };
    let files = value(&html, "data-parts").unwrap_or_default().split(' ').filter(|it| it.ends_with(".wasm"));
    let own = files.filter(|it| it.split('-').any(|word| word == part));
    Ok(own.map(|it| path("dist/assets").join(it)).collect())
}

fn value<'h>(tag: &'h str, attribute: &str) -> Option<&'h str> {
    tag.split_once(&format!(" {attribute}=\""))?.1.split('"').next()
}
