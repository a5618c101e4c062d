//! Lists all files below a folder in a fixed order, and says when the newest of them changed.

use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// All files below `dir`, or `dir` itself if it is a file. Sorted, so that reports do not depend on the disk.
pub fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    if dir.is_file() {
        return Ok(vec![dir.to_owned()]);
    }
    let mut found = Vec::new();
    let entries = fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))?;
    for entry in entries {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

/// When the newest file or folder below any of `paths` changed; a folder changes when a file in it is removed.
pub fn newest(paths: &[PathBuf]) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for path in paths {
        let about = path.metadata().with_context(|| format!("{} is missing", path.display()))?;
        newest = newest.max(about.modified()?);
        if about.is_dir() {
            let entries: Vec<_> = fs::read_dir(path)?.map(|it| Ok(it?.path())).collect::<Result<_>>()?;
            newest = newest.max(self::newest(&entries)?);
        }
    }
    Ok(newest)
}

pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

pub fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

pub fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

pub fn write(file: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}
