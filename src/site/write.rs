//! The one place that writes to disk: the finished site, all of it or nothing.
#![expect(clippy::disallowed_methods, reason = "this is the door to the disk for writing")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::rubric::Edition;

use super::load;
use super::render::{Source, render, routes};

/// What was built.
pub struct Built {
    pub pages: usize,
    pub files: usize,
    pub bytes: usize,
    pub seconds: f64,
}

/// The four files of the compiled app.
const APP: [&str; 4] = ["app.wasm", "app.js", "fallback.js", "boot.js"];
/// Stands in every folder that this program may replace.
const MARK: &str = ".ziping";

/// Builds the site into `out`. What stood there before is replaced only when everything is ready.
///
/// # Errors
/// A file that cannot be read or written, or an `out` that holds something else than a site of ours.
pub fn build(root: &Path, editions: Vec<Edition>, app: &Path, out: &Path) -> Result<Built> {
    let started = Instant::now();
    let progress = if io::stderr().is_terminal() {
        ProgressBar::with_draw_target(Some(routes(&editions).len() as u64), ProgressDrawTarget::stderr())
    } else {
        ProgressBar::hidden()
    };
    let mut files = BTreeMap::new();
    for name in APP {
        let path = app.join(name);
        let bytes = fs::read(&path)
            .with_context(|| format!("读不到填报程序 {}，请用 --app 指明它所在的文件夹", path.display()))?;
        files.insert(name, bytes);
    }
    let source = Source { editions, style: load::style(root)?, app: files, address: load::address(root)? };
    let site = render(source, || progress.inc(1));

    let (fresh, old) = (beside(out, "new"), beside(out, "old"));
    if out.exists() && !out.join(MARK).exists() && fs::read_dir(out).is_ok_and(|mut it| it.next().is_some()) {
        bail!("{} 里有别的文件，不会覆盖；请换一个输出文件夹，或先清空它", out.display());
    }
    for left in [&fresh, &old] {
        if left.exists() {
            fs::remove_dir_all(left).with_context(|| format!("删不掉 {}", left.display()))?;
        }
    }
    let mut bytes = 0;
    for (name, content) in &site.files {
        bytes += content.len();
        write(&fresh.join(name), content)?;
    }
    write(&fresh.join(MARK), b"")?;
    if out.exists() {
        fs::rename(out, &old).with_context(|| format!("移不动 {}", out.display()))?;
    }
    fs::rename(&fresh, out).with_context(|| format!("写不到 {}", out.display()))?;
    if old.exists() {
        fs::remove_dir_all(&old).with_context(|| format!("删不掉 {}", old.display()))?;
    }
    progress.finish_and_clear();
    Ok(Built { pages: site.n_pages, files: site.files.len(), bytes, seconds: started.elapsed().as_secs_f64() })
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("建不了文件夹 {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("写不了文件 {}", path.display()))
}

/// `dist.new` for `dist`.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    out.with_file_name(name)
}
