//! The one place that writes to disk: the finished site, all of it or nothing.
#![expect(clippy::disallowed_methods, reason = "this is the door to the disk for writing")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::app::address::files_of;
use crate::load::{Loaded, folder};

use super::render::{SiteSource, render};

/// What was built.
pub struct Built {
    pub pages: usize,
    pub files: usize,
    pub bytes: usize,
    pub seconds: f64,
}

/// What the compiled programs have besides the parts of the app, which are as many as were made.
const APP: [&str; 9] = [
    "app.wasm",
    "app.js",
    "reader.wasm",
    "reader.js",
    "reader-fallback.js",
    "boot.js",
    "going.js",
    "look.js",
    "rescue.js",
];
/// Stands in every folder that this program may replace.
const MARK: &str = ".ziping";
/// Work that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Builds the site into `out`. What stood there before is replaced only when everything is ready.
///
/// # Errors
/// A file that cannot be read or written, or an `out` that holds something else than a site of ours.
pub fn build(root: &Path, loaded: Loaded, app: &Path, out: &Path) -> Result<Built> {
    let started = Instant::now();
    let files = programs(app)?;
    let (fresh, old) = (beside(out, "new"), beside(out, "old"));
    if out.exists() && !out.join(MARK).exists() && fs::read_dir(out).is_ok_and(|mut it| it.next().is_some()) {
        bail!("{} 里有别的文件，不会覆盖；请换一个输出文件夹，或先清空它", out.display());
    }
    for left in [&fresh, &old] {
        if left.exists() {
            fs::remove_dir_all(left).with_context(|| format!("删不掉 {}", left.display()))?;
        }
    }
    let n_pages = files_of(&loaded.editions, &loaded.notices).len() + 1;
    let progress = ProgressBar::hidden();
    progress.set_length(n_pages as u64);
    let source = SiteSource {
        loaded,
        style: folder::style(root, "")?,
        reading_style: folder::style(root, "reading")?,
        case_style: folder::style(root, "case")?,
        share_style: folder::style(root, "share")?,
        app: files,
        address: folder::address(root)?,
    };
    let (n_files, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let pages = render(source, &|name| {
        if progress.is_hidden() && PATIENCE < started.elapsed() && io::stderr().is_terminal() {
            progress.set_draw_target(ProgressDrawTarget::stderr());
        }
        n_files.fetch_add(1, Ordering::Relaxed);
        progress.inc(u64::from(name.ends_with(".html")));
        Ok(Box::new(Counted { file: BufWriter::new(create(&fresh.join(name))?), bytes: &bytes }))
    })?;
    let (n_files, bytes) = (n_files.into_inner(), bytes.into_inner());
    create(&fresh.join(MARK))?;
    if out.exists() {
        fs::rename(out, &old).with_context(|| format!("移不动 {}", out.display()))?;
    }
    fs::rename(&fresh, out).with_context(|| format!("写不到 {}", out.display()))?;
    if old.exists() {
        fs::remove_dir_all(&old).with_context(|| format!("删不掉 {}", old.display()))?;
    }
    progress.finish_and_clear();
    Ok(Built { pages, files: n_files, bytes, seconds: started.elapsed().as_secs_f64() })
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
    file: BufWriter<File>,
    bytes: &'c AtomicUsize,
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

fn create(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("建不了文件夹 {}", folder.display()))?;
    }
    File::create(path).with_context(|| format!("写不了文件 {}", path.display()))
}

/// `dist.new` for `dist`.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    out.with_file_name(name)
}
