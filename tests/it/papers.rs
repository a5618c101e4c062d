//! README.md, ARCHITECTURE.md and the other documents are true: the folders, commands, programs and files they name
//! exist, and so do the places that a kind of rule touches.

use std::collections::BTreeSet;
use std::process::Command;

use crate::tidy::sources;
use crate::{files, none_of, path, read};

const PAPERS: [&str; 5] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/testing.md"];
/// What begins with one of these in a document or a comment is a path in the repository.
const FOLDERS: [&str; 9] = ["src", "tests", "xtask", "assets", "style", "content", "rubrics", "docs", "fuzz"];
/// What an author makes, in examples, and what a run of the tests installs.
const MADE_LATER: [&str; 3] = ["rubrics/henan-2027/", "content/henan-2026-3.md", "tests/browser/node_modules"];

#[test]
fn every_room_is_in_both_plans() {
    let (readme, architecture) = (read("README.md"), read("ARCHITECTURE.md"));
    let mut problems = Vec::new();
    for room in rooms() {
        // the README's rows end folders with a slash
        for (paper, text) in [("README.md", &readme), ("ARCHITECTURE.md", &architecture)] {
            let rows = text.lines().filter(|line| line.starts_with('|'));
            let named = [format!("`src/{room}`"), format!("`src/{room}/`"), format!("`src/{room}.rs`")];
            if !rows.clone().any(|row| named.iter().any(|name| row.contains(name))) {
                problems.push(format!("{paper}: no row of a table names `src/{room}`"));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn every_command_and_program_is_in_the_readme() {
    let help = Command::new(env!("CARGO_BIN_EXE_ziping")).arg("--help").output().expect("it runs");
    let help = String::from_utf8(help.stdout).expect("help is UTF-8");
    let commands = help.split("命令：\n").nth(1).expect("help lists the commands");
    let commands: Vec<&str> = commands
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(9 <= commands.len(), "only these commands were found: {commands:?}");
    let readme = read("README.md");
    let (chinese, english) = readme.split_once("## English").expect("the English part stands below");
    let mut problems = Vec::new();
    for command in commands {
        if !chinese.lines().any(|line| line.starts_with(&format!("| `{command}`"))) {
            problems.push(format!("the Chinese table of commands does not name `{command}`"));
        }
        if !english.contains(&format!("`ziping {command}")) && !english.contains(&format!("`{command}`")) {
            problems.push(format!("the English part does not name `ziping {command}`"));
        }
    }
    let row = chinese.lines().find(|line| line.starts_with("| `src/bin/`")).expect("a row for the programs");
    for program in files(&path("src/bin"), ".rs") {
        let name = program.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        if !row.contains(&format!("`{name}`")) {
            problems.push(format!("the row of `src/bin/` does not name `{name}`"));
        }
    }
    none_of(&problems);
}

/// Comments name only files that exist, also after files were moved.
#[test]
fn papers_and_comments_name_files_that_exist() {
    let mut problems = Vec::new();
    for paper in PAPERS {
        let mut example = false;
        for (line, text) in (1..).zip(read(paper).lines()) {
            example ^= text.starts_with("```");
            if !example {
                problems.extend(missing(text).map(|name| format!("{paper}:{line}: there is no {name}")));
            }
        }
    }
    let code = ["src", "xtask", "tests", "fuzz"].into_iter().flat_map(sources);
    let scripts = files(&path("tests/browser"), ".mjs").into_iter().chain(files(&path("assets"), ".js"));
    let scripts = scripts.filter(|file| !file.components().any(|part| part.as_os_str() == "node_modules"));
    let scripts = scripts.map(|file| {
        let name = file.strip_prefix(path("")).expect("below the repository").to_string_lossy().into_owned();
        (name.clone(), read(&name))
    });
    for (file, text) in code.chain(scripts) {
        for (line, text) in (1..).zip(text.lines()) {
            let comment = text.trim_start();
            if comment.starts_with("//") {
                problems.extend(missing(comment).map(|name| format!("{file}:{line}: there is no {name}")));
            }
        }
    }
    none_of(&problems);
}

/// ARCHITECTURE names files of `src` without the folder and the ending: `load/folder`.
#[test]
fn the_way_of_the_data_leads_through_files_that_exist() {
    let architecture = read("ARCHITECTURE.md");
    let rooms = rooms();
    let quoted = architecture.split('`').skip(1).step_by(2);
    let of_src = quoted.filter(|name| name.split_once('/').is_some_and(|(room, _)| rooms.contains(room)));
    let bare = of_src.filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || "/_".contains(letter)));
    let problems: Vec<_> = bare
        .filter(|name| !path(&format!("src/{}.rs", name.trim_end_matches('/'))).exists())
        .filter(|name| !path(&format!("src/{name}")).is_dir())
        .map(|name| format!("ARCHITECTURE.md: there is no src/{name}.rs"))
        .collect();
    none_of(&problems);
}

#[test]
fn the_table_of_what_a_kind_of_rule_touches_is_whole() {
    let rules = read("src/rubric/rule.rs");
    let kinds = rules.split("pub enum Rule {").nth(1).and_then(|text| text.split("\n}").next()).expect("the enum");
    let kinds: Vec<&str> = kinds
        .lines()
        .filter(|line| line.starts_with("    ") && line[4..].starts_with(|letter: char| letter.is_ascii_uppercase()))
        .filter_map(|line| line.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty()))
        .collect();
    assert!(10 < kinds.len(), "{kinds:?}");
    let contributing = read("CONTRIBUTING.md");
    let section = contributing.split("## A kind of rule").nth(1).and_then(|text| text.split("\n## ").next());
    let listed: BTreeSet<String> = section
        .expect("the section is there")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect();
    let mut problems = Vec::new();
    for (file, text) in sources("src") {
        let names_all = |name: &dyn Fn(&str) -> String| kinds.iter().all(|kind| text.contains(&name(kind)));
        if names_all(&|kind| format!("Rule::{kind}")) && !listed.contains(&file) {
            problems.push(format!("{file} tells all kinds apart and is not in CONTRIBUTING's table"));
        }
        // where it is turned into bytes, a macro has only the variants' names
        if listed.contains(&file) && !names_all(&|kind| kind.to_owned()) {
            problems.push(format!("{file} is in CONTRIBUTING's table and does not know every kind"));
        }
    }
    none_of(&problems);
}

/// The folders in `src`, and files without a folder, except lib.rs and the programs.
fn rooms() -> BTreeSet<String> {
    let entries = std::fs::read_dir(path("src")).expect("src can be listed");
    let names = entries.map(|entry| entry.expect("an entry").path());
    let names = names.filter_map(|name| Some(name.file_stem()?.to_string_lossy().into_owned()));
    names.filter(|name| !matches!(name.as_str(), "lib" | "bin")).collect()
}

/// The paths in a line that do not exist. `*`, `<…>` and `…` stand for any name.
fn missing(line: &str) -> impl Iterator<Item = String> {
    let end = |letter: char| !(letter.is_ascii_alphanumeric() || "/._-*<>{}".contains(letter) || !letter.is_ascii());
    let words = line.split(end).map(|word| word.trim_end_matches(['.', '-']).to_owned());
    words.filter(|word| {
        let folder = word.split_once('/').is_some_and(|(folder, rest)| FOLDERS.contains(&folder) && !rest.is_empty());
        let pattern = word.contains(['*', '<', '{', '…']) || !word.is_ascii();
        folder && !pattern && !MADE_LATER.contains(&word.as_str()) && !path(word).exists()
    })
}
