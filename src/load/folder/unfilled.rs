//! What is still to be filled in: the places marked so in the files of the site, and files that hold nothing else yet.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::fs;
use std::path::{Path, PathBuf};

use super::{SiteFolders, lenient};

/// Stands wherever somebody has to fill in something.
pub const TO_FILL: &str = "待填";

/// A file that says what is to be written into it, and has nothing but comments: it is as if it were not there yet. One without
/// that mark may have lost what it had.
pub fn is_unwritten(text: &str) -> bool {
    let nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    text.contains(TO_FILL) && text.lines().all(nothing)
}

/// Is there a file of an edition, and has somebody begun to fill it in?
pub fn is_written(path: &Path) -> bool {
    path.is_file() && !is_unwritten(&lenient(path))
}

/// The files of the site in which something is still to be filled in, and in how many lines. Those that nobody has begun are not there yet.
pub fn to_fill(site: &SiteFolders) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for folder in sorted(&site.path("rubrics")).iter().filter(|it| it.join("edition.toml").is_file()) {
        for file in sorted(folder).iter().filter(|it| it.to_string_lossy().ends_with(".toml")) {
            let text = lenient(file);
            let lines = text.lines().filter(|it| it.contains(TO_FILL)).count();
            if 0 < lines && !is_unwritten(&text) {
                found.push((site.shown(&site.name(file)), lines));
            }
        }
    }
    let is_notice = |file: &PathBuf| file.extension().is_some_and(|it| it == "md");
    let notices = sorted(&site.path("content")).into_iter().filter(is_notice);
    for file in notices.chain([site.path("site.toml")]) {
        let lines = lenient(&file).lines().filter(|it| it.contains(TO_FILL)).count();
        if 0 < lines {
            found.push((site.shown(&site.name(&file)), lines));
        }
    }
    found
}

/// Does anything lie there, a file or a folder?
pub fn lies_there(path: &Path) -> bool {
    path.exists() || path.is_symlink()
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    all.sort();
    all
}
