//! What lies in `rubrics` and is not read. A file by a name that is nearly right would be as if it were not there, and nobody
//! would be told: an edition without its `edition.toml` would silently be gone from the site.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::fs;
use std::path::Path;

use crate::load::Problem;
use crate::load::concordance::{NAMED, older_edition};
use crate::load::notice::files::is_left_behind;

/// The file that makes a folder an edition.
pub const EDITION: &str = "edition.toml";
/// Of every edition.
pub const READINGS: &str = "readings.toml";
/// The others that are read besides the rubrics.
const MORE: [&str; 4] = ["filing.toml", "scope.toml", "places.toml", "later.toml"];
const DATA: &str = ".toml";
/// What Notepad adds where endings are hidden.
const TEXT: &str = ".txt";

/// The names of what lies in a folder, without what editors and systems leave there.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut all: Vec<String> = entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    let left =
        |name: &String| is_left_behind(name) || ["~", ".bak", ".tmp", ".orig"].iter().any(|it| name.ends_with(it));
    all.retain(|it| !left(it));
    all.sort();
    all
}

/// What in the folder of the editions is none and should be, as it holds data.
pub fn no_editions(rubrics: &Path) -> Vec<Problem> {
    let mut found = Vec::new();
    for name in names(rubrics) {
        let mut say = |file: String, message: String| found.push(Problem { file, line: 1, message });
        let path = rubrics.join(&name);
        if !path.is_dir() {
            if name.ends_with(DATA) || name.ends_with(&format!("{DATA}{TEXT}")) {
                let message =
                    "直接放在 rubrics 里的文件不会读：一个版本一个文件夹，如 rubrics/henan-2027/；请移进去，或移走";
                say(format!("rubrics/{name}"), message.to_owned());
            }
            continue;
        }
        let inside = names(&path);
        if inside.iter().any(|it| it == EDITION) {
            continue;
        }
        if let Some(near) = inside.iter().find(|it| nearest(it, &[EDITION.to_owned()]).is_some()) {
            let slip = slip(near, EDITION);
            let message = format!("这个文件夹里有评估要点，却没有 {EDITION}：这个文件应叫 {EDITION}{slip}，请改名");
            say(format!("rubrics/{name}/{near}"), message);
        } else if inside.iter().any(|it| it.ends_with(DATA) || it.ends_with(&format!("{DATA}{TEXT}"))) {
            let message = format!("这个文件夹里有数据文件，却没有 {EDITION}，一个也不会读：请补上，不用的请移走");
            say(format!("rubrics/{name}"), message);
        }
    }
    found
}

/// The folder of an edition, and which files are read of it.
pub struct EditionFolder<'f> {
    pub folder: &'f Path,
    /// Its name among those of the site.
    pub name: String,
    /// The names of its rubric files; `None` where nobody knows them.
    pub rubrics: Option<&'f [String]>,
    /// The editions of the site.
    pub editions: &'f [String],
}

impl EditionFolder<'_> {
    fn known(&self) -> Vec<String> {
        let listed = self.rubrics.unwrap_or_default().iter().map(|it| format!("{it}{DATA}"));
        let mapped = self.editions.iter().filter(|it| !self.name.ends_with(&format!("/{it}")));
        let mapped = mapped.map(|it| format!("{}{it}{}", NAMED.0, NAMED.1));
        [EDITION, READINGS].into_iter().chain(MORE).map(str::to_owned).chain(listed).chain(mapped).collect()
    }

    /// A file that lies there in place of one that does not.
    pub fn in_place_of(&self, lacking: &str) -> Option<String> {
        let (there, known) = (names(self.folder), self.known());
        there.into_iter().find(|it| !known.contains(it) && nearest(it, &[lacking.to_owned()]).is_some())
    }

    /// Everything that lies there and is not read.
    pub fn unread(&self) -> Vec<Problem> {
        let (there, known) = (names(self.folder), self.known());
        let lacking: Vec<String> = known.iter().filter(|it| !there.contains(it)).cloned().collect();
        // where one of these is missing, that is told with what lies in its place
        let told: Vec<String> = self.rubrics.unwrap_or_default().iter().map(|it| format!("{it}{DATA}")).collect();
        let told = |it: &str| it == READINGS || told.iter().any(|told| told == it);
        let mut found = Vec::new();
        for name in &there {
            if known.contains(name) || older_edition(name).is_some() {
                continue;
            }
            let stem = name.strip_suffix(DATA);
            let message = if self.folder.join(name).is_dir() {
                "版本的文件夹里不再分文件夹，里面的文件不会读，请移到上一级，不用的请移走".to_owned()
            } else if let Some(should) = nearest(name, &lacking) {
                if told(should) {
                    continue;
                }
                format!("这个文件不会读：应叫 {should}{}，请改名；不用的请移走", slip(name, should))
            } else if let Some(other) = alike(name, &known) {
                format!("这个文件不会读：已有 {other}，请并到那里，或移走")
            } else if let Some(stem) = stem {
                if self.rubrics.is_none() {
                    continue;
                }
                format!("这个文件不会读：{EDITION} 的 `rubrics` 里没有 `{stem}`，是评估要点的请列进去，不是的请移走")
            } else {
                format!("版本的文件夹里只放 {DATA} 文件，这个文件不会读，请移走")
            };
            found.push(Problem { file: format!("{}/{name}", self.name), line: 1, message });
        }
        found
    }
}

/// What is wrong with a name, where it can be said in a word.
fn slip(name: &str, should: &str) -> &'static str {
    match name.strip_suffix(TEXT) {
        Some(it) if it.eq_ignore_ascii_case(should) => "（是不是多了 .txt？）",
        None if name.eq_ignore_ascii_case(should) => "（小写）",
        Some(_) | None => "",
    }
}

/// A name without what systems add to it: `.txt`, capitals, the mark of a copy.
fn bare(name: &str) -> String {
    let small = name.to_lowercase();
    let small = small.strip_suffix(TEXT).unwrap_or(&small);
    let stem = small.strip_suffix(DATA).unwrap_or(small);
    let numbered = |it: char| it.is_ascii_digit() || "()（） ".contains(it);
    let mut stem = stem.trim_end();
    if stem.ends_with([')', '）']) {
        stem = stem.trim_end_matches(numbered);
    }
    for mark in ["副本", "copy", "新建"] {
        stem = stem.strip_suffix(mark).unwrap_or(stem).trim_end_matches([' ', '-', '_']);
    }
    let stem = stem.strip_prefix("副本").or_else(|| stem.strip_prefix("复件")).unwrap_or(stem).trim_start();
    format!("{stem}{DATA}")
}

/// The one that is the same but for what systems add.
fn alike<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    let bare = bare(name);
    known.iter().find(|it| **it == bare).map(String::as_str)
}

/// The one that somebody meant.
fn nearest<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    const SLIPS: usize = 2;
    let bare = bare(name);
    let is_data = name.to_lowercase().trim_end_matches(TEXT).ends_with(DATA);
    // a short name is soon like another one
    let most = |name: &str| SLIPS.min((name.len() - DATA.len()) / 3);
    let near = known.iter().map(|it| (apart(&bare, it), it)).filter(|(n, it)| *n <= most(it));
    near.min().map(|it| it.1.as_str()).filter(|_| is_data || name.to_lowercase().ends_with(TEXT))
}

/// How many letters have to be put in, left out or changed.
fn apart(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (n, letter) in one.chars().enumerate() {
        let mut row = vec![n + 1];
        for (at, its) in other.iter().enumerate() {
            let changed = above[at] + usize::from(letter != *its);
            row.push(changed.min(above[at + 1] + 1).min(row[at] + 1));
        }
        above = row;
    }
    above[other.len()]
}
