//! The one place that writes to disk: the finished site, all of it or nothing.
#![expect(clippy::disallowed_methods, reason = "this is the door to the disk for writing")]

mod list;
mod place;

pub use place::today;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, anyhow};
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::app::address::files_of;
use crate::load::several::files_in_folder;
use crate::load::{Loaded, Problem, SiteFolders, SiteSettings, folder};

use super::offline::MADE_FOR_IT;
use super::release::{Hashed, short};
use super::render::{Rendered, SiteSource, render};
use super::site::OFFLINE;
use place::Place;

/// What was built.
pub struct Built {
    pub pages: usize,
    pub files: usize,
    pub bytes: usize,
    pub seconds: f64,
    /// What else there is to tell of the folder, a sentence each: what was removed, what was left alone.
    pub said: Vec<String>,
}

/// For so many days assets are kept that a new site does not need: a page that is open loads them later, perhaps after
/// the holidays.
pub const KEPT: u16 = 30;

/// What the compiled programs have besides the parts of the app, which are as many as were made.
const APP: [&str; 12] = [
    "app.wasm",
    "app.js",
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
];
/// Work that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a site is made of besides its model: style sheets, what the host settles, compiled programs.
pub struct Materials {
    styles: [String; 6],
    settings: SiteSettings,
    app: BTreeMap<String, Vec<u8>>,
}

/// The folders of style sheets, below `style`.
const STYLES: [&str; 6] = ["", "reading", "case", "share", "compare", "work"];

/// Reads them. Without `app` no programs are looked for, and there are none.
///
/// # Errors
/// Everything for which a site with this model could not be built, a line each.
pub fn materials(site: impl Into<SiteFolders>, app: Option<&Path>) -> Result<Materials, Vec<String>> {
    let site = &site.into();
    let mut lacking = Vec::new();
    let styles = STYLES.map(|below| {
        let path = Path::new("style").join(below).to_string_lossy().trim_end_matches('/').to_owned();
        folder::style(site, below).unwrap_or_else(|error| {
            // it may name its file and line itself
            let told = error.to_string();
            lacking.push(if told.starts_with("style/") {
                told
            } else {
                format!("{path}:1: {told}，请补上样式文件")
            });
            String::new()
        })
    });
    let settings = folder::settings(site).unwrap_or_else(|problems| {
        lacking.extend(problems.iter().map(Problem::to_string));
        SiteSettings::default()
    });
    let app = app.map_or(Ok(BTreeMap::new()), programs).unwrap_or_else(|error| {
        lacking.push(error.to_string());
        BTreeMap::new()
    });
    if lacking.is_empty() { Ok(Materials { styles, settings, app }) } else { Err(lacking) }
}

/// Builds the site into `out`. What stood there before is replaced only when everything is ready, and only what is ours;
/// assets that the new site does not need stay for some `days`. The site as one file is made only where it is asked for.
///
/// # Errors
/// A file that cannot be read or written, or a file of somebody else that has the name of one of ours.
pub fn build(
    site: impl Into<SiteFolders>,
    loaded: Loaded,
    app: &Path,
    out: &Path,
    days: u16,
    offline: bool,
) -> Result<Built> {
    let (started, site) = (Instant::now(), &site.into());
    let mut materials = materials(site, Some(app)).map_err(|it| anyhow!("{}", it.join("\n")))?;
    let lacking = if offline { one_file(app, &mut materials.app) } else { None };
    let of_others: usize = loaded.editions.iter().skip(1).map(|it| files_in_folder(it).len()).sum();
    let n_pages = files_of(&loaded.editions, &loaded.notices).len() + of_others + 1;
    let progress = ProgressBar::hidden();
    progress.set_length(n_pages as u64);
    let [style, reading_style, case_style, share_style, compare_style, work_style] = materials.styles;
    let attached = loaded.notices.iter().flat_map(|notice| {
        let folder = site.path(&format!("content/{}", notice.slug));
        notice.files.iter().map(move |it| (notice.path() + &it.name, folder.join(&it.name)))
    });
    let source = SiteSource {
        attached: attached.collect(),
        loaded,
        style,
        reading_style,
        case_style,
        share_style,
        compare_style,
        work_style,
        app: materials.app,
        settings: materials.settings,
    };
    let mut sources = vec![site.root().to_owned()];
    sources.extend(site.sources());
    sources.push(app.to_owned());
    let place = Place::open(out, &sources)?;
    let (written, bytes) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let built = render(source, &|name| {
        if progress.is_hidden() && PATIENCE < started.elapsed() && io::stderr().is_terminal() {
            progress.set_draw_target(ProgressDrawTarget::stderr());
        }
        progress.inc(u64::from(name.ends_with(".html")));
        let file = Hashed::new(BufWriter::new(place.create(name)?));
        Ok(Box::new(Counted { name: name.to_owned(), file, bytes: &bytes, written: &written }))
    });
    let written = written.into_inner().expect("nobody panics with it");
    let done = built.and_then(|pages| Ok((pages, place.finish(&written, days)?)));
    progress.finish_and_clear();
    let (Rendered { pages, left_out }, mut said) =
        done.inspect_err(|_| place.give_up()).map_err(|error| or_full(error, out))?;
    said.extend(lacking.or(left_out));
    Ok(Built { pages, files: written.len(), bytes: bytes.into_inner(), seconds: started.elapsed().as_secs_f64(), said })
}

/// What the system says of a full disk, in words of ours.
fn or_full(error: Error, out: &Path) -> Error {
    let full = |it: &io::Error| matches!(it.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    if error.chain().filter_map(|it| it.downcast_ref()).any(full) {
        return anyhow!("{} 所在的磁盘已满，没有生成，原有的网站没有改动", out.display());
    }
    error
}

/// The files of the compiled programs, by name.
fn programs(app: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut names: Vec<String> = APP.map(str::to_owned).into();
    for entry in fs::read_dir(app).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("app-") && (name.ends_with(".wasm") || name.ends_with("-fallback.js")) {
            names.push(name);
        }
    }
    let read = |name: String| {
        let path = app.join(&name);
        let bytes = fs::read(&path)
            .with_context(|| format!("读不到填报程序 {}，请用 --app 指明它所在的文件夹", path.display()))?;
        Ok((name, bytes))
    };
    names.into_iter().map(read).collect()
}

/// Adds the programs for the site as one file. Where one is missing none is added, and the sentence says so: the rest of the
/// site needs none of them.
fn one_file(app: &Path, programs: &mut BTreeMap<String, Vec<u8>>) -> Option<String> {
    let read =
        |name: &&'static str| fs::read(app.join(name)).map(|bytes| ((*name).to_owned(), bytes)).map_err(|_| *name);
    match MADE_FOR_IT.iter().map(read).collect::<Result<Vec<_>, _>>() {
        Ok(all) => {
            programs.extend(all);
            None
        }
        Err(name) => Some(format!("没有生成离线版 {OFFLINE}：{} 里没有 {name}", app.display())),
    }
}

/// Makes a folder, and those that it lies in, where it is not there.
///
/// # Errors
/// It cannot be made.
pub fn folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("建不了文件夹 {}", path.display()))
}

/// Makes a folder with these files, all of it or nothing. What is there already is never written over.
///
/// # Errors
/// It cannot be made, or something of that name is there.
pub fn new_folder(path: &Path, files: &[(&str, String)]) -> Result<()> {
    let failed = || format!("建不了文件夹 {}", path.display());
    let fresh = beside(path, "new");
    let made = || -> io::Result<()> {
        fs::create_dir_all(&fresh)?;
        files.iter().try_for_each(|(name, text)| fs::write(fresh.join(name), text))?;
        fs::rename(&fresh, path)
    };
    made().with_context(failed).inspect_err(|_| {
        // it may not even have been begun
        let _ = fs::remove_dir_all(&fresh);
    })
}

/// Writes one file, all of it or nothing.
///
/// # Errors
/// It cannot be written; what stood there before is still there.
pub fn file(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = || format!("写不了文件 {}", path.display());
    let fresh = beside(path, "new");
    fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).with_context(failed).inspect_err(|_| {
        // it may not even have been begun
        let _ = fs::remove_file(&fresh);
    })
}

/// Counts what is written.
struct Counted<'c> {
    name: String,
    file: Hashed<BufWriter<File>>,
    bytes: &'c AtomicUsize,
    /// All files, each with its hash once all of it is written.
    written: &'c Mutex<Vec<(String, String)>>,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        if let Ok(mut written) = self.written.lock() {
            written.push((std::mem::take(&mut self.name), short(&self.file.hash()).to_owned()));
        }
    }
}

impl Write for Counted<'_> {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        let n = self.file.write(content)?;
        self.bytes.fetch_add(n, Ordering::Relaxed);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// `a.txt.new` for `a.txt`.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    out.with_file_name(name)
}
