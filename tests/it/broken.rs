//! Sites with one mistake each, below `tests/broken`: what is said about them is what `expected.txt` says.

use std::path::Path;
use std::process::Command;

use ziping::load::{Problem, load};

use crate::{none_of, path};

#[test]
fn every_mistake_is_told_at_its_line() {
    let folder = path("tests/broken");
    let mut problems = Vec::new();
    let mut n = 0;
    for entry in std::fs::read_dir(&folder).expect("tests/broken can be listed") {
        let site = entry.expect("an entry").path();
        let expected = std::fs::read_to_string(site.join("expected.txt")).expect("each folder has expected.txt");
        let told = told(&site);
        if told != expected {
            let name = site.file_name().unwrap_or_default().to_string_lossy();
            problems.push(format!("tests/broken/{name}:\n  told\n{told}  expected\n{expected}"));
        }
        n += 1;
    }
    assert!(110 <= n, "only {n} broken sites");
    none_of(&problems);
}

#[test]
fn a_site_that_is_right_has_no_problems() {
    assert_eq!(told(&path("tests/site")), "");
}

#[test]
fn check_lists_the_problems_and_ends_with_1() {
    let site = path("tests/broken/many");
    let run =
        Command::new(env!("CARGO_BIN_EXE_ziping")).arg("check").arg("--site").arg(&site).output().expect("it runs");
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&run.stdout), told(&site));
    let n = told(&site).lines().count();
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

/// Line by line, as `ziping check` prints it.
fn told(site: &Path) -> String {
    let loaded = load(site).expect("the site can be read");
    loaded.problems.iter().map(Problem::to_string).map(|it| it + "\n").collect()
}
