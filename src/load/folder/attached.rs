//! The files beside a notice: `notice-2026-3/附件1.docx` beside `notice-2026-3.md`.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::load::Problem;
use crate::load::notice::files::{is_left_behind, wrong};
use crate::notice::AttachedFile;

/// The files of a folder that can be published, and what is wrong with the others. `name` is that of the folder, for
/// messages. A notice without files has no folder.
pub fn attached(folder: &Path, name: &str) -> (Vec<AttachedFile>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    entries.sort();
    for path in entries {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_left_behind(&file) {
            continue;
        }
        let mut say = |message: String| problems.push(Problem { file: format!("{name}/{file}"), line: 1, message });
        if path.is_dir() {
            say("附件的文件夹里不再分文件夹，请把文件移到上一级".to_owned());
            continue;
        }
        let size = match fs::metadata(&path) {
            Ok(about) => about.len(),
            Err(_) => {
                say("读不到这个附件，请核对".to_owned());
                continue;
            }
        };
        let attached = AttachedFile { name: file.clone(), size };
        if let Some(other) = seen.insert(file.to_lowercase(), file.clone()) {
            say(format!("与 {other} 只有大小写不同，在 Windows 上是同一个文件，请改名"));
        } else if let Some(message) = wrong(&attached) {
            say(message);
            // links to it are right
            files.push(attached);
        } else {
            files.push(attached);
        }
    }
    (files, problems)
}

/// Copies a file into what is written.
///
/// # Errors
/// One of them.
pub fn copy(from: &Path, to: &mut dyn Write) -> io::Result<()> {
    io::copy(&mut fs::File::open(from)?, to)?;
    to.flush()
}
