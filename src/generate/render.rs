//! Every file of the site: pages, data, style, program, each but the pages under a name that carries the hash of its bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use weave::woven;

use crate::app::address::{annexes_of, files_of};
use crate::app::{Address, Model};
use crate::bytes::wire::to_bytes;
use crate::form::blank_workbook;
use crate::rubric::{Edition, Quote, Row, Rubric};

use crate::load::several::files_in_folder;
use crate::load::{Loaded, SiteSettings, folder};

use super::corpus::corpus;
use super::editions::finding;
use super::feed::{atom, sitemap};
use super::host::style as host_style;
use super::library::{Library, Published};
use super::offline::{MADE_FOR_IT, MOST, OfflineParts, offline};
use super::page::page;
use super::release::{FileHashes, Hashed, hex, release_json, short, shown};
use super::rescue::rescue;
use super::selfcheck::{SentFiles, is_compared, selfcheck};
use super::site::{Assets, CASE_STYLE, COMPARE_STYLE, OFFLINE, SHARE_STYLE, Site, WORK_STYLE, Within, parts, still};
use super::style::{Inlined, StyleRules};

/// What the generator starts from.
pub struct SiteSource {
    pub loaded: Loaded,
    /// The style sheet of every page, and those that pages for reading, of a case, for sharing and comparing, and for the
    /// work on a sheet have besides.
    pub style: String,
    pub reading_style: String,
    pub case_style: String,
    pub share_style: String,
    pub compare_style: String,
    pub work_style: String,
    /// The files of the compiled programs and scripts, by name: `app.wasm`, `boot.js`.
    pub app: BTreeMap<String, Vec<u8>>,
    /// The files that are published with notices: their names in the site, and where they lie.
    pub attached: Vec<(String, PathBuf)>,
    /// What the host settles; its address is for the sitemap and the page of missing pages.
    pub settings: SiteSettings,
}

/// Opens a file of the site for writing: its name with `/` below the root.
pub type OpenFile<'o> = dyn Fn(&str) -> Result<Box<dyn io::Write + 'o>> + Sync + 'o;

/// Renders everything, file after file.
///
/// # Errors
/// What could not be opened or written.
pub fn render(source: SiteSource, open: &OpenFile<'_>) -> Result<Rendered> {
    let put = |name: &str, bytes: &[u8]| -> Result<()> {
        let mut file = open(name)?;
        file.write_all(bytes)?;
        Ok(file.flush()?)
    };
    // views borrow what they show for as long as the program lives
    let mut library = Library::new(source.loaded, source.settings);
    library.offline = MADE_FOR_IT.iter().all(|it| source.app.contains_key(*it));
    let library: &'static Library = Box::leak(Box::new(library));
    let others: Vec<&Library> = library.others().into_iter().map(|it| &*Box::leak(Box::new(it))).collect();
    let mut routes = files_of(library.editions, library.notices);
    routes.extend(library.changes_something().then_some(Address::Changed));
    let mut assets = Assets(BTreeMap::new());
    let mut hashes = FileHashes::default();
    let mut sent = SentFiles::default();
    let mut add = |name: &str, file: &str, bytes: &[u8]| {
        let bytes = &*with_length(file, bytes);
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let whole = hex(&Sha256::digest(bytes));
        let file = format!("{stem}-{}.{ending}", short(&whole));
        put(&format!("assets/{file}"), bytes)?;
        hashes.0.insert(format!("assets/{file}"), whole);
        sent.asset(&format!("assets/{file}"), bytes);
        assets.0.insert(name.to_owned(), file);
        Ok::<_, anyhow::Error>(())
    };
    for (part, pack) in first_loads(&source.app) {
        add(&format!("first {part}"), &format!("first-{part}.bin"), &pack)?;
    }
    for (name, bytes) in source.app.iter().filter(|it| it.0 != APP && !MADE_FOR_IT.contains(&it.0.as_str())) {
        // what comes after a first load is woven too; the reader's pages have nothing that would undo it
        let woven = (name.starts_with("app-") && name.ends_with(".wasm")).then(|| woven(&[bytes]));
        add(name, name, woven.as_deref().unwrap_or(bytes))?;
    }
    let concordances = library.concordances.to_vec();
    let whole = |of: &Library| {
        // all editions, as records of each are opened; that of the pages first
        to_bytes::<Model>(&(model(of.editions, |_| true), (of.rules.to_vec(), concordances.clone())))
    };
    for of in std::iter::once(&library).chain(&others) {
        let folder = of.own().folder;
        add(&format!("{folder}model"), "data.bin", &whole(of))?;
        for annex in annexes_of(of.editions) {
            // one sheet needs one rubric: a third of the data, and the first visit is often by mobile phone
            let one = model(&of.editions[..1], |it| it == annex);
            add(&format!("{folder}model {annex}"), &format!("data-{annex}.bin"), &to_bytes(&one))?;
        }
    }
    let words = still(|| corpus(library, &others));
    add("corpus", "search.bin", &words)?;
    let styles = [
        ("style", "style.css", &source.style),
        ("reading style", "reading.css", &source.reading_style),
        (CASE_STYLE, CASE_STYLE, &source.case_style),
        (SHARE_STYLE, SHARE_STYLE, &source.share_style),
        (COMPARE_STYLE, COMPARE_STYLE, &source.compare_style),
        (WORK_STYLE, WORK_STYLE, &source.work_style),
    ];
    let mut styles: BTreeMap<_, _> = styles.map(|(name, file, style)| (name, (file, squeeze(style)))).into();
    let reading = [styles["style"].1.as_str(), &styles["reading style"].1].concat();
    // of a page that has only some of its rules in itself, for what a program adds to it
    styles.insert("whole reading style", ("pages.css", reading));
    for (name, (file, style)) in &styles {
        // where such a file is to be had, the page is where it should be
        add(name, file, (style.clone() + ".bare{display:none}").as_bytes())?;
    }
    let finding = finding(library);
    if let Some(finding) = &finding {
        add("editions.js", "editions.js", finding.text.as_bytes())?;
    }
    add("icon", "icon.svg", ICON.as_bytes())?;
    // before the pages, which say of what the site is made
    for (name, from) in &source.attached {
        let failed = || format!("复制不了附件 {}", from.display());
        let mut file = Hashed::new(open(name)?);
        folder::copy(from, &mut file).with_context(failed)?;
        hashes.0.insert(name.clone(), file.hash());
    }
    let hash = hashes.of_all();
    let script = |name: &str| {
        Inlined::new(source.app.get(name).map_or("".into(), |it| String::from_utf8_lossy(it.trim_ascii()).into()))
    };
    let within = Within {
        reading: StyleRules::read(&styles["whole reading style"].1),
        styles: styles.iter().map(|(name, (_, style))| (*name, Arc::new(Inlined::new(style.clone())))).collect(),
        host: host_style(library.settings),
        look: script("look.js"),
        going: script("going.js"),
        finding,
    };
    let (assets, within) = (Arc::new(assets), Arc::new(within));
    let site = Site { library, assets, release: shown(&hash), within };
    let sites: Vec<Site> = others.iter().map(|it| Site { library: it, ..site.clone() }).collect();
    let sent = Mutex::new(sent);
    let compared = |site: &Site, name: &str, root: &'static str, route: &Address| {
        let mut bytes = Vec::new();
        page(site, root, route, &mut bytes)?;
        sent.lock().expect("nobody panics with it").page(name, &bytes);
        put(name, &bytes)
    };
    let of_others = sites.iter().flat_map(|it| of_folder(it.library).into_iter().map(move |route| (it, route)));
    let pages: Vec<(&Site, Address)> = routes.iter().map(|it| (&site, it.clone())).chain(of_others).collect();
    pages.par_iter().try_for_each(|(site, route)| {
        let folder = format!("{}{}", site.library.own().folder, route.folder());
        let root = ROOTS[folder.matches('/').count().min(ROOTS.len() - 1)];
        let name = format!("{folder}index.html");
        if is_compared(route) {
            compared(site, &name, root, route)
        } else {
            page(site, root, route, open(&name)?.as_mut())
        }
    })?;
    // shown at any depth, so its links start at the top of the host
    let top: &'static str = Box::leak(path_of(site.address()).into_boxed_str());
    compared(&site, "404.html", top, &Address::Missing)?;
    let made_by = site.made_by();
    for Published { edition, folder, .. } in library.published() {
        for rubric in &edition.rubrics {
            let name = format!("{folder}rubric/{}/{BLANK_FORM}", rubric.annex);
            put(&name, &blank_workbook(edition, rubric, &made_by))?;
        }
    }
    put("rescue.html", rescue(&site).as_bytes())?;
    let sent = sent.into_inner().expect("nobody panics with it");
    put("selfcheck.html", selfcheck(&site, &sent).as_bytes())?;
    let mut left_out = None;
    if library.offline {
        styles.remove("whole reading style");
        // in one file all styles come from the block
        if let (Some(host), Some((_, style))) = (&site.within.host, styles.get_mut("style")) {
            style.push_str(&host.text);
        }
        let styles = styles.into_values().map(|(file, style)| (file, style.into_bytes()));
        let files = styles.chain([("data.bin", whole(library)), ("search.bin", words)]);
        match offline(&site, &routes, OfflineParts { files: files.collect(), app: &source.app })? {
            Some(file) => put(OFFLINE, &file)?,
            None => left_out = Some(format!("没有生成离线版 {OFFLINE}：网页超过 {} MB", MOST >> 20)),
        }
    }
    let addresses: Vec<_> = pages.iter().map(|(site, route)| (site.library.own().folder, route.clone())).collect();
    put("sitemap.xml", sitemap(site.address(), library, &addresses).as_bytes())?;
    put("feed.xml", atom(site.address(), library).as_bytes())?;
    let editions: Vec<&str> = library.editions.iter().map(|it| it.id.as_str()).collect();
    put(RELEASE, release_json(&hash, &editions).as_bytes())?;
    Ok(Rendered { pages: pages.len() + 1, left_out })
}

/// The pages of an edition that is not the first.
fn of_folder(library: &Library) -> Vec<Address> {
    let mut routes = files_in_folder(library.own().edition);
    routes.extend(library.changes_something().then_some(Address::Changed));
    routes
}

/// What was rendered.
pub struct Rendered {
    pub pages: usize,
    /// A file that was not made, and why.
    pub left_out: Option<String>,
}

/// The way from a page to the site's root, by how deep it lies.
const ROOTS: [&str; 4] = ["", "../", "../../", "../../../"];

/// The blank table of a rubric as a workbook, beside the rubric's page.
pub const BLANK_FORM: &str = "blank.xlsx";

/// Says which release of the site this is, for pages that are open and for whoever looks after it.
pub const RELEASE: &str = "release.json";

/// The module of the app, which no page loads by itself.
const APP: &str = "app.wasm";

/// What a first visit to a page of the app loads, by part: the module of the app and then those of the part in the order of
/// their names, woven into one file. Together they compress by a tenth better than each alone, and woven by a tenth once more.
fn first_loads(app: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Vec<u8>> {
    let modules: Vec<(&str, &[u8])> = app
        .iter()
        .filter(|it| it.0.ends_with(".wasm"))
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let names: BTreeSet<&str> = modules.iter().flat_map(|it| parts(it.0)).collect();
    let pack = |part: &str| {
        let main = modules.iter().filter(|it| it.0 == APP);
        let its = main.chain(modules.iter().filter(|module| parts(module.0).any(|it| it == part)));
        woven(&its.map(|it| it.1).collect::<Vec<_>>())
    };
    names.into_iter().map(|it| (it, pack(it))).collect()
}

/// Data end with how many bytes they are, which boot.js takes off: what of them was cut off, packed, or is a page to log in,
/// would be taken for rules. Programs tell by themselves.
fn with_length<'b>(file: &str, bytes: &'b [u8]) -> Cow<'b, [u8]> {
    if file.starts_with("data") || file.starts_with("search") {
        let length = u32::try_from(bytes.len() + 4).expect("data have less than 4 GiB");
        [bytes, &length.to_le_bytes()].concat().into()
    } else {
        bytes.into()
    }
}

/// What the app needs: the rubrics asked for, the readings that their rows show, and of those the short form; the rest
/// stands on the readings page.
fn model(editions: &[Edition], wanted: impl Fn(u8) -> bool) -> Vec<Edition> {
    let mut editions = editions.to_vec();
    for edition in &mut editions {
        let n_rubrics = edition.rubrics.len();
        edition.rubrics.retain(|it| wanted(it.annex));
        // one sheet shows what touches its rows; readings have their page, which the app does not show
        let whole = edition.rubrics.len() == n_rubrics;
        let is_row = |id: &String| edition.rubrics.iter().any(|it| it.rows().any(|row| it.row_id(row.number) == *id));
        let shown = |it: &String| is_row(it) || whole && edition.reading(it).is_none();
        let mut later = edition.later.clone();
        later.iter_mut().for_each(|mark| mark.touches.retain(shown));
        later.retain(|it| !it.touches.is_empty());
        edition.later = later;
        let rows: Vec<&Row> = edition.rubrics.iter().flat_map(Rubric::rows).collect();
        edition.readings.retain(|it| it.on_rows && rows.iter().any(|row| row.readings.contains(&it.id)));
        // only the home page has them, which is made already
        for kind in &mut edition.applicants {
            kind.about.clear();
            kind.others.iter_mut().for_each(|it| it.quote = Quote::default());
        }
        for reading in &mut edition.readings {
            reading.title.clear();
            reading.clauses.clear();
            reading.printed.clear();
            reading.readings.clear();
            reading.taken.clear();
        }
    }
    editions
}

/// A style sheet without comments, indents and line ends.
fn squeeze(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |it| it.1);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|it| !it.is_empty());
    let joined: String = lines.collect::<Vec<_>>().join(" ");
    [(" { ", "{"), ("; }", "}"), (" }", "}"), ("} ", "}"), ("; ", ";"), (": ", ":"), (", ", ",")]
        .iter()
        .fold(joined, |text, (from, to)| text.replace(from, to))
}

/// `/path/` of `https://host/path/`.
pub fn path_of(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |it| it.1);
    format!("/{}", after.split_once('/').map_or("", |it| it.1))
}

const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" \
fill=\"#1456a6\"/><path d=\"M8 17l6 6 11-13\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4\"/></svg>\n";
