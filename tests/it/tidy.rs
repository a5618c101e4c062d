//! Rules about the code that a compiler does not check.

use std::path::Path;

use crate::{editions, files, none_of, path, read};

/// Each layer, and those that it may use besides [`BASE`]. It must not use any other.
const LAYERS: &[(&str, &[&str])] = &[
    ("rubric", &[]),
    ("score", &["rubric"]),
    ("filing", &["rubric"]),
    ("plan", &["rubric", "score"]),
    ("dossier", &["rubric", "score", "filing", "plan"]),
    ("spreadsheet", &[]),
    ("docx", &["spreadsheet"]),
    ("packet", &["rubric", "score", "filing", "plan", "dossier", "spreadsheet", "docx"]),
    ("form", &["rubric", "score", "filing", "plan", "dossier", "spreadsheet"]),
    ("carrier", &["rubric", "score", "filing", "dossier"]),
    ("compare", &["rubric", "score", "filing", "dossier"]),
    ("desk", &["rubric", "score", "filing", "dossier", "carrier", "spreadsheet"]),
    ("notice", &[]),
    ("search", &[]),
];

/// The lowest layers: they use no other layer, and not each other.
const BASE: [&str; 4] = ["letters", "days", "bytes", "order"];

/// The layers above the core; each may use those before it.
const ABOVE: [&str; 6] = ["app", "load", "import", "generate", "serve", "cli"];

const MOST_LINES: usize = 400;

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut problems = Vec::new();
    for folder in ["src", "xtask", "tests", "fuzz"] {
        for (file, text) in sources(folder) {
            if !text.starts_with("//! ") {
                problems.push(format!("{file}: begin with a `//!` sentence that says what the file is for"));
            }
            let n = text.lines().count();
            if MOST_LINES < n {
                problems.push(format!("{file}: {n} lines, {MOST_LINES} are the most"));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn layers_know_only_what_is_below_them() {
    let mut problems = Vec::new();
    let all: Vec<&str> = LAYERS.iter().map(|it| it.0).chain(BASE).chain(ABOVE).collect();
    let map = read("src/lib.rs");
    for module in map.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';')) {
        if !all.contains(&module) {
            problems.push(format!("src/lib.rs: say in tests/it/tidy.rs which layers `{module}` may know"));
        }
    }
    for layer in &all {
        let above = ABOVE.iter().position(|it| it == layer);
        let may = |other: &str| match (LAYERS.iter().find(|it| it.0 == *layer), above) {
            (Some((_, knows)), _) => knows.contains(&other) || BASE.contains(&other),
            (None, Some(at)) => !ABOVE[at..].contains(&other),
            (None, None) => false,
        };
        for (file, text) in module(&format!("src/{layer}")) {
            for other in all.iter().filter(|it| *it != layer && !may(it)) {
                let names = [format!("crate::{other}::"), format!("crate::{other};"), format!("crate::{other} ")];
                if code(&text).any(|line| names.iter().any(|it| line.contains(it)) || imports(line, other)) {
                    problems.push(format!("{file}: `{layer}` must not use `{other}`"));
                }
            }
        }
    }
    none_of(&problems);
}

/// Parts of the app that other parts build on, and what they must not use. `label` has only words and shows nothing.
const BELOW: &[(&str, &[&str])] = &[
    ("src/app/state", &["case", "sheet", "share", "meet", "part", "title"]),
    ("src/app/part/sheet_editor", &["control", "field", "row"]),
    ("src/app/part/field", &["control", "row"]),
    ("src/app/part/control", &["row"]),
];

#[test]
fn parts_of_the_app_do_not_stand_on_each_other_in_a_circle() {
    let mut problems = Vec::new();
    for (part, forbidden) in BELOW {
        for (file, text) in module(part) {
            for other in *forbidden {
                let names = [format!("super::{other}"), format!("app::{other}"), format!("part::{other}")];
                let knows = |line: &str| names.iter().any(|name| line.contains(name)) && !line.contains("part::label");
                if code(&text).any(knows) {
                    problems.push(format!("{file}: must not use `{other}`"));
                }
            }
        }
    }
    none_of(&problems);
}

#[test]
fn each_outside_world_has_one_door() {
    let mut problems = Vec::new();
    let mut only_in = |words: &[&str], doors: &[&str], advice: &str| {
        for (file, text) in sources("src") {
            let door = doors.iter().any(|it| file.starts_with(it));
            for word in words.iter().filter(|it| !door && code(&text).any(|line| line.contains(**it))) {
                problems.push(format!("{file}: `{word}` {advice}"));
            }
        }
    };
    let browser = ["web_sys", "js_sys", "gloo"];
    only_in(&browser, &["src/app/browser.rs", "src/app/browser/"], "is for src/app/browser.rs only");
    let disk = ["std::fs", "fs::read", "fs::write", "File::open", "File::create"];
    let doors = ["src/load/folder", "src/generate/write", "src/serve/changes.rs"];
    only_in(&disk, &doors, &format!("is for {} only", doors.join(" and ")));
    let net = ["TcpListener", "TcpStream", "axum::", "tower_http::", "tokio::net"];
    only_in(&net, &["src/serve.rs", "src/serve/"], "is for src/serve only, no other command uses the network");
    only_in(&["cfg(", "cfg!(", "cfg_attr("], &["src/lib.rs"], "is for src/lib.rs only");
    let of_letters = ["\\u{200b}", "\\u{feff}", "fee0", "'０'", "'！'", "\"一二三", "\\u{2212}"];
    only_in(&of_letters, &["src/letters.rs", "src/letters/"], "is a list of letters, use `letters`");
    only_in(&["0xedb8_8320", "0x0186_4cfb"], &["src/bytes/"], "makes a checksum, use `bytes`");
    only_in(&["146_097", "is_multiple_of(400)"], &["src/days.rs"], "is of the calendar, use `days`");
    // code that runs only natively may be large
    let native = ["src/load", "src/import", "src/cli", "src/generate", "src/serve"];
    let sorts = [".sort()", ".sort_by(", ".sort_by_key(", ".sort_by_cached_key(", ".sort_unstable"];
    only_in(&sorts, &native, "is copied into the program for each type, use `order`");
    only_in(&["inner_html"], &[], "makes markup of text, write a view instead");
    none_of(&problems);
}

/// The words of the documents are data: words in the code could not be corrected by editing a data file.
#[test]
fn the_code_quotes_no_document() {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let mut sentences = Vec::new();
    for rubric in editions().iter().flat_map(|it| &it.rubrics) {
        sentences.extend(rubric.rows().flat_map(|it| [bare(&it.standard), bare(&it.content)]));
        sentences.extend(rubric.note.iter().chain([&rubric.title]).map(|it| bare(it)));
    }
    sentences.retain(|it| 12 < it.chars().count());
    sentences.sort();
    sentences.dedup();
    let mut problems = Vec::new();
    for (file, text) in sources("src") {
        let text = bare(&text);
        for sentence in sentences.iter().filter(|it| text.contains(*it)) {
            problems.push(format!("{file}: `{sentence}` is a document's sentence and belongs to the data"));
        }
    }
    none_of(&problems);
}

/// The file of a module and those below it.
fn module(path: &str) -> Vec<(String, String)> {
    let (file, folder) = (format!("{path}.rs"), format!("{path}/"));
    let all = sources("src").into_iter().filter(|it| it.0 == file || it.0.starts_with(&folder)).collect::<Vec<_>>();
    assert!(!all.is_empty(), "there is no {path}");
    all
}

/// A test in a browser waits for something that happens, or moves a clock, and comes to an end: see docs/testing.md.
#[test]
fn browser_tests_wait_for_no_time_and_have_an_end() {
    let mut problems = Vec::new();
    for file in files(&path("tests/browser"), ".mjs").iter().filter(|it| !built(it)) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let test = name.ends_with(".test.mjs");
        let text = std::fs::read_to_string(file).expect("it can be read");
        for (n, line) in text.lines().enumerate() {
            if line.contains("waitForTimeout(") || test && line.contains("setTimeout(done, ") {
                problems.push(format!("tests/browser/{name}:{}: waits for a time", n + 1));
            }
            if test && line.contains("from 'node:test'") && imports_test(line) {
                problems.push(format!("tests/browser/{name}:{}: `test` comes from limit.mjs", n + 1));
            }
        }
    }
    none_of(&problems);
}

/// `import test from …` or `import { after, test } from …`.
fn imports_test(line: &str) -> bool {
    line.split([' ', ',', '{', '}']).any(|it| it == "test")
}

/// Is the file not ours, but built or installed?
fn built(file: &Path) -> bool {
    file.components().any(|it| it.as_os_str() == "target" || it.as_os_str() == "node_modules")
}

/// The Rust files below a folder, by their paths in the repository.
pub fn sources(folder: &str) -> Vec<(String, String)> {
    let names = files(&path(folder), ".rs")
        .into_iter()
        .filter(|it| !built(it))
        .map(|it| it.strip_prefix(path("")).expect("below the repository").to_string_lossy().replace('\\', "/"));
    names.map(|it| (it.clone(), read(&it))).collect()
}

/// The lines that are not comments.
pub fn code(text: &str) -> impl Iterator<Item = &str> {
    // unit tests come after this line
    let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..tests].lines().filter(|it| !it.trim_start().starts_with("//"))
}

/// `use crate::{score, …}`.
fn imports(line: &str, module: &str) -> bool {
    let list = line.trim_start().strip_prefix("use crate::{");
    list.is_some_and(|it| it.split([',', '}']).any(|it| it.trim().split("::").next() == Some(module)))
}
