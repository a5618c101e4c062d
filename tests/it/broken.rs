//! Sites with one mistake each, made from `tests/site` by the tables of `tests/broken`. What `ziping check` says about
//! each is what its table says.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use serde::Deserialize;
use tempfile::TempDir;
use ziping::generate::write::materials;
use ziping::load::{Problem, load};

use crate::built::stand_ins;
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

/// `ziping check` fails where `ziping build` would, and nowhere else.
#[test]
fn check_fails_where_build_fails() {
    let mistakes = cases::<Mistake>("tests/broken");
    let folder = tempfile::tempdir().expect("a folder");
    let app = folder.path().join("app");
    stand_ins(&app);
    let status = |site: &Path, app: &Path, command: &str, out: Option<&Path>| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_ziping"));
        run.arg(command).arg("--site").arg(site).arg("--app").arg(app);
        if let Some(out) = out {
            run.arg("--out").arg(out);
        }
        let run = run.output().expect("it runs");
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    let mut problems = Vec::new();
    let both = |site: &Path, app: &Path, at: &str| {
        let out = site.join("dist");
        let (checked, built) = (status(site, app, "check", None), status(site, app, "build", Some(&out)));
        let told = format!("{at}: check {checked:?}, build {built:?}");
        let same = checked.0 == built.0 && (built.0 == Some(0)) == out.join("index.html").is_file();
        (same, built.0, told)
    };
    let of_some = |some: &[Case<Mistake>]| {
        let of = |case: &Case<Mistake>| {
            let site = broken(&case.is).expect("it can be made");
            let (same, status, told) = both(site.path(), &app, &case.at);
            (!same || status != Some(1)).then_some(told)
        };
        some.iter().filter_map(of).collect::<Vec<_>>()
    };
    // two programs a case: several cases side by side
    std::thread::scope(|scope| {
        let side = mistakes.chunks(mistakes.len().div_ceil(4)).map(|some| scope.spawn(move || of_some(some)));
        for thread in side.collect::<Vec<_>>() {
            problems.extend(thread.join().expect("it ends"));
        }
    });
    let right = broken_with(&[]).expect("a copy");
    let (same, status, told) = both(right.path(), &app, "a site that is right");
    problems.extend((!same || status != Some(0)).then_some(told));
    for lacking in ["reader.wasm", "boot.js"] {
        let less = folder.path().join(lacking);
        stand_ins(&less);
        fs::remove_file(less.join(lacking)).expect("it is there");
        let site = broken_with(&[]).expect("a copy");
        let (same, status, told) = both(site.path(), &less, lacking);
        problems.extend((!same || status != Some(1) || !told.contains(lacking)).then_some(told));
    }
    none_of(&problems);
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
    if mistake.only.is_some() != mistake.edit.is_empty() {
        return Err("there should be one change that can be read, or several `edit`".to_owned());
    }
    let only = mistake.only.iter().map(|change| (&mistake.file, change));
    let edits = mistake.edit.iter().map(|edit| (edit.file.as_ref().unwrap_or(&mistake.file), &edit.change));
    broken_with(&only.chain(edits).collect::<Vec<_>>())
}

/// A copy of a site of the repository.
pub fn small_site(folder: &str) -> TempDir {
    let right = path(folder);
    let site = tempfile::tempdir().expect("a folder");
    for file in files(&right, "") {
        let copy = site.path().join(file.strip_prefix(&right).expect("below the site"));
        write(&copy, &fs::read(&file).expect("it can be read")).expect("it can be written");
    }
    site
}

/// All broken sites, each with the place of its case.
pub fn all_broken() -> impl Iterator<Item = (String, TempDir)> {
    let all = cases::<Mistake>("tests/broken").into_iter();
    all.map(|case| (case.at, broken(&case.is).expect("it can be made")))
}

/// A copy of `tests/site` with these changes.
fn broken_with(changes: &[(&String, &Change)]) -> Result<TempDir, String> {
    let site = small_site("tests/site");
    for (name, change) in changes {
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
pub fn told(site: &Path) -> String {
    let loaded = load(site).expect("the site can be read");
    let mut all: Vec<String> = loaded.problems.iter().map(Problem::to_string).collect();
    all.extend(materials(site, None).err().unwrap_or_default());
    // the folder of the copy has another name each time
    lines(&all).replace(&*site.to_string_lossy(), "<site>")
}

/// What is said of a copy of the small site in which one file has this text; of a site that cannot be read at all too.
pub fn told_of(name: &str, text: &str) -> String {
    let site = broken_with(&[]).expect("a copy");
    fs::write(site.path().join(name), text).expect("it can be written");
    match load(site.path()) {
        Ok(_) => told(site.path()),
        Err(why) => why.to_string().replace(&*site.path().to_string_lossy(), "<site>"),
    }
}

fn lines(says: &[String]) -> String {
    says.iter().map(|it| format!("{it}\n")).collect()
}
