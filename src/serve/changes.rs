//! What has changed in the site's folder: one of the doors to the disk, for names, lengths and times only.
//!
//! It looks again and again instead of asking the system for events. Those do not come from network shares and virtual
//! machines, come twice or for files that were only read, and end when an editor puts another folder in place of the
//! watched one. A look at a site of a hundred files takes less than a millisecond.
#![expect(clippy::disallowed_methods, reason = "this is the door to the disk for what has changed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Every file with its length and the time of its last change: one of them changes whenever somebody writes to it.
pub type Files = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// How many levels of folders are looked into: this ends the search where links lead around in a circle.
const DEEPEST: usize = 4;

/// These files, and those below these folders. What is not there, or cannot be read, is not among them.
pub fn files<'p>(roots: impl IntoIterator<Item = &'p PathBuf>) -> Files {
    let mut found = Files::new();
    for root in roots {
        add(root, DEEPEST, &mut found);
    }
    found
}

fn add(path: &Path, deepest: usize, found: &mut Files) {
    let Ok(about) = fs::metadata(path) else { return };
    if about.is_file() {
        found.insert(path.to_owned(), (about.len(), about.modified().ok()));
    } else if 0 < deepest {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            // what an editor or a system hides is no part of the site
            if !entry.file_name().to_string_lossy().starts_with('.') {
                add(&entry.path(), deepest - 1, found);
            }
        }
    }
}

/// The files that are new, gone or written to.
pub fn changed<'f>(before: &'f Files, now: &'f Files) -> BTreeSet<&'f Path> {
    let differs = |(path, about): &(&PathBuf, _), other: &Files| other.get(*path) != Some(*about);
    let new = now.iter().filter(|it| differs(it, before));
    let gone = before.iter().filter(|it| differs(it, now));
    new.chain(gone).map(|it| it.0.as_path()).collect()
}
