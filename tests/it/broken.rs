//! Sites with one mistake each, made from `tests/site` by the tables of `tests/broken`. What `ziping check` says about
//! each is what its table says.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use serde::Deserialize;
use tempfile::TempDir;
use ziping::load::{Problem, load};

use crate::tables::{Case, cases};
use crate::{files, none_of, path};

/// What is done to a copy of `tests/site`, and what `ziping check` then says.
#[derive(Deserialize)]
struct Mistake {
    /// The file that is changed, where an edit does not name its own.
    #[serde(default)]
    file: String,
    #[serde(flatten)]
    only: Option<Change>,
    /// Several changes, one after the other, instead of a single one.
    #[serde(default)]
    edit: Vec<Edit>,
    /// The expected messages, line by line.
    says: Vec<String>,
}

#[derive(Deserialize)]
struct Edit {
    file: Option<String>,
    #[serde(flatten)]
    change: Change,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Change {
    /// `find` stands in the file exactly once.
    Replace { find: String, put: String },
    /// A new file.
    Text { text: String },
    /// A new file that is no text, in hexadecimal.
    Bytes { bytes: String },
    /// The file is renamed.
    Move {
        #[serde(rename = "move")]
        to: String,
    },
    /// The file is removed.
    Remove { remove: bool },
    /// The file is copied.
    Copy {
        #[serde(rename = "copy")]
        to: String,
    },
}

#[test]
fn every_mistake_is_told_at_its_line() {
    let mistakes = cases::<Mistake>("tests/broken");
    assert!(181 <= mistakes.len(), "only {} broken sites", mistakes.len());
    let mut problems = Vec::new();
    for Case { at, is: mistake, .. } in &mistakes {
        match broken(mistake).map(|site| told(site.path())) {
            Ok(told) if told == lines(&mistake.says) => {}
            Ok(told) => problems.push(format!("{at}:\n  told\n{told}  expected\n{}", lines(&mistake.says))),
            Err(why) => problems.push(format!("{at}: {why}")),
        }
    }
    none_of(&problems);
}

#[test]
fn a_site_that_is_right_has_no_problems() {
    assert_eq!(told(&path("tests/site")), "");
}

#[test]
fn check_lists_the_problems_and_ends_with_1() {
    let mistakes = named("many");
    let site = broken_site("many");
    let run = Command::new(env!("CARGO_BIN_EXE_ziping"))
        .arg("check")
        .arg("--site")
        .arg(site.path())
        .output()
        .expect("it runs");
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&run.stdout), lines(&mistakes.says));
    let n = mistakes.says.len();
    assert_eq!(String::from_utf8_lossy(&run.stderr), format!("共 {n} 个问题\n"));
}

#[test]
fn check_ends_with_0_where_all_is_right() {
    let site = path("tests/site");
    let run =
        Command::new(env!("CARGO_BIN_EXE_ziping")).arg("check").arg("--site").arg(&site).output().expect("it runs");
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&run.stdout), "");
}

/// The site with the mistakes of this name.
pub fn broken_site(name: &str) -> TempDir {
    broken(&named(name)).unwrap_or_else(|why| panic!("tests/broken, {name}: {why}"))
}

fn named(name: &str) -> Mistake {
    let found = cases("tests/broken").into_iter().find(|case| case.name == name);
    found.unwrap_or_else(|| panic!("tests/broken has no case `{name}`")).is
}

/// A copy of `tests/site` with these mistakes, or why they cannot be made.
fn broken(mistake: &Mistake) -> Result<TempDir, String> {
    let right = path("tests/site");
    let site = tempfile::tempdir().expect("a folder");
    for file in files(&right, "") {
        let copy = site.path().join(file.strip_prefix(&right).expect("below the site"));
        write(&copy, &fs::read(&file).expect("it can be read")).expect("it can be written");
    }
    if mistake.only.is_some() != mistake.edit.is_empty() {
        return Err("there should be one change that can be read, or several `edit`".to_owned());
    }
    let only = mistake.only.iter().map(|change| (&mistake.file, change));
    let edits = mistake.edit.iter().map(|edit| (edit.file.as_ref().unwrap_or(&mistake.file), &edit.change));
    for (name, change) in only.chain(edits) {
        make(site.path(), name, change).map_err(|why| format!("{name}: {why}"))?;
    }
    Ok(site)
}

fn make(site: &Path, name: &str, change: &Change) -> Result<(), String> {
    let file = site.join(name);
    let done = match change {
        Change::Replace { find, put } => {
            let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
            let n = text.matches(find.as_str()).count();
            if n != 1 {
                return Err(format!("this should stand in it once, not {n} times:\n{find}"));
            }
            write(&file, text.replace(find.as_str(), put).as_bytes())
        }
        Change::Text { text } => write(&file, text.as_bytes()),
        Change::Bytes { bytes } => {
            let bytes = bytes.split(' ').map(|it| u8::from_str_radix(it, 16)).collect::<Result<Vec<_>, _>>();
            write(&file, &bytes.map_err(|error| format!("`bytes`: {error}"))?)
        }
        Change::Move { to } => fs::rename(&file, site.join(to)),
        Change::Copy { to } => fs::read(&file).and_then(|bytes| write(&site.join(to), &bytes)),
        Change::Remove { remove } => {
            assert!(remove, "`remove` can only be true");
            fs::remove_file(&file)
        }
    };
    done.map_err(|error| error.to_string())
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(file.parent().expect("a folder"))?;
    fs::write(file, bytes)
}

/// What `ziping check` prints, line by line.
fn told(site: &Path) -> String {
    let loaded = load(site).expect("the site can be read");
    lines(&loaded.problems.iter().map(Problem::to_string).collect::<Vec<_>>())
}

fn lines(says: &[String]) -> String {
    says.iter().map(|it| format!("{it}\n")).collect()
}
