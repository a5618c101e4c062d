//! Text files of the site, in whatever encoding they come.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::SiteFolders;
use crate::letters::BYTE_ORDER_MARK;
use crate::load::Problem;
use crate::load::decoded::decoded;
use crate::load::notice::letters;

/// A file of the site by its name in it, and its text without a byte order mark. Whatever is wrong with its encoding or
/// its letters is a problem, and what can be read of it is read.
pub fn text(site: &SiteFolders, path: &Path, problems: &mut Vec<Problem>) -> Result<(String, String)> {
    let bytes = fs::read(path).with_context(|| format!("读不到文件 {}", path.display()))?;
    let file = site.name(path);
    let mut say =
        |line, message: &str| problems.push(Problem { file: file.clone(), line, message: message.to_owned() });
    match str::from_utf8(&bytes) {
        // what a program shows by a sign of its own may stand in a style sheet
        Ok(text) if path.extension().is_some_and(|it| it == "toml") => letters(text, &mut say),
        Ok(_) => {}
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count();
            say(line, NOT_UTF_8);
        }
    }
    Ok((file, decoded(&bytes).trim_start_matches(BYTE_ORDER_MARK).to_owned()))
}

pub const NOT_UTF_8: &str = "不是 UTF-8 编码，请在编辑器里另存为 UTF-8";

/// The style sheets of a folder and of those in it.
pub fn styles(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().filter_map(|it| Some(it.ok()?.path())) {
        if path.is_dir() {
            all.extend(styles(&path));
        } else if path.extension().is_some_and(|it| it == "css") {
            all.push(path);
        }
    }
    all
}

/// Drops what is said of a character that nobody sees where it is a slip in TOML, as it is said of the letters of the line.
pub fn told_once(problems: &mut Vec<Problem>) {
    let is_of_letters = |it: &Problem| it.message.starts_with("有看不见的");
    let told: Vec<(String, usize)> =
        problems.iter().filter(|it| is_of_letters(it)).map(|it| (it.file.clone(), it.line)).collect();
    let again = |it: &Problem| told.iter().any(|(file, line)| *file == it.file && *line == it.line);
    problems.retain(|it| !it.message.contains("看不见的字符 U+") || !again(it));
}

/// The text of a file of the site whose encoding was told about before; empty where there is none.
pub fn lenient(path: &Path) -> String {
    fs::read(path).map_or_else(|_| String::new(), |bytes| decoded(&bytes).into_owned())
}

/// The line of a key of the block that begins on a line; of the file itself where that is the first.
pub fn key_line(text: &str, begins: usize, key: &str) -> Option<usize> {
    let is_it = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|it| it.trim_start().starts_with('='));
    let block = (1..).zip(text.lines()).skip(begins - 1);
    let own = block.enumerate().take_while(|(n, (_, line))| *n == 0 || !line.starts_with('['));
    own.map(|it| it.1).find(|it| is_it(it.1)).map(|it| it.0)
}
