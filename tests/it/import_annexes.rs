//! The six real annexes, imported from their printed cells alone and compared with the rubrics, letter by letter and rule by
//! rule.

use toml::{Table, Value};
use ziping::import::{ImportWish, import};

use crate::import_tables::{AnnexTable, tables, text};
use crate::{files, none_of, path};

/// What no words of a table say: readings, which row a head count stands in, and with which row points are shared.
const UNSAID: [&str; 8] = ["reading", "unsure", "complies", "by_hand", "exactly", "people", "nobody", "perhaps_shared"];

#[derive(Default)]
struct Compared {
    rules: usize,
    same: usize,
    marked: usize,
    problems: Vec<String>,
}

fn rubrics() -> Vec<Table> {
    let all = files(&path("rubrics/henan-2021"), ".toml");
    let tables = all.iter().map(|it| toml::from_str(&std::fs::read_to_string(it).expect("a file")).expect("TOML"));
    tables.filter(|it: &Table| it.contains_key("annex")).collect()
}

/// All rows with the names and points of their section and group.
fn rows(rubric: &Table) -> Vec<(String, &Table)> {
    let mut all = Vec::new();
    for section in tables(rubric, "section") {
        for group in tables(section, "group") {
            let points = |it: &Table| it.get("points").map(Value::to_string).unwrap_or_default();
            let names = [text(section, "name"), points(section), text(group, "name"), points(group)].join("|");
            all.extend(tables(group, "row").into_iter().map(|it| (names.clone(), it)));
        }
    }
    all
}

fn said(rule: Option<&Value>) -> Option<Table> {
    let mut rule = rule?.as_table()?.clone();
    UNSAID.iter().for_each(|it| drop(rule.remove(*it)));
    Some(rule)
}

impl Compared {
    fn file(&mut self, name: &str, bytes: &[u8], rubric: &Table) {
        let imported = import(name, bytes, &ImportWish::default()).unwrap_or_else(|why| panic!("{name}: {why}"));
        let written = &imported.written.toml;
        let found: Table = toml::from_str(written).unwrap_or_else(|error| panic!("{name}: {error}\n{written}"));
        let what = |key: &str| format!("{name} {} {key}", rubric["annex"]);
        for key in ["annex", "applicant", "part", "title", "header", "total", "total_label", "note", "band"] {
            if found.get(key) != rubric.get(key) {
                self.problems.push(format!("{}: {:?}, not {:?}", what(key), found.get(key), rubric.get(key)));
            }
        }
        let (printed, found) = (rows(rubric), rows(&found));
        if printed.len() != found.len() {
            self.problems.push(format!("{}: {}, not {}", what("rows"), found.len(), printed.len()));
        }
        let at_row = written.split("[[section.group.row]]").skip(1);
        for (((names, row), (of_found, found)), lines) in printed.iter().zip(&found).zip(at_row) {
            if names != of_found {
                self.problems.push(format!("{}: {of_found}, not {names}", what("names")));
            }
            for key in ["id", "content", "standard", "points", "methods", "veto", "shares"] {
                if row.get(key) != found.get(key) {
                    let id = text(row, "id");
                    self.problems.push(format!("{name} {id} {key}: {:?}, not {:?}", found.get(key), row.get(key)));
                }
            }
            self.rule(name, row, found, lines.contains("# 待核对"));
        }
    }

    fn rule(&mut self, name: &str, row: &Table, found: &Table, is_marked: bool) {
        if !row.contains_key("rule") {
            return;
        }
        self.rules += 1;
        self.marked += usize::from(is_marked);
        if said(row.get("rule")) == said(found.get("rule")) {
            self.same += 1;
        } else if !is_marked {
            self.problems.push(format!("{name} {}: wrong and not marked: {:?}", text(row, "id"), found.get("rule")));
        } else {
            println!("{name} {}: another rule, marked: {:?}", text(row, "id"), found.get("rule"));
        }
    }

    fn settled(self, what: &str) {
        println!("{what}: {} of {} rules as today, {} marked", self.same, self.rules, self.marked);
        none_of(&self.problems);
        assert!(95 * self.rules <= 100 * self.same, "{what}: {} of {}", self.same, self.rules);
    }
}

#[test]
fn every_annex_comes_back_from_its_printed_cells() {
    let rubrics = rubrics();
    assert_eq!(rubrics.len(), 6);
    let (mut workbooks, mut pages, mut texts) = (Compared::default(), Compared::default(), Compared::default());
    for rubric in &rubrics {
        let table = AnnexTable::of(rubric);
        workbooks.file("a.xlsx", &table.workbook(), rubric);
        pages.file("a.html", table.html().as_bytes(), rubric);
        texts.file("a.csv", table.separated(',').as_bytes(), rubric);
        texts.file("a.tsv", table.separated('\t').as_bytes(), rubric);
    }
    workbooks.settled("XLSX");
    pages.settled("HTML");
    texts.settled("CSV, TSV");
}

/// Line ends and blanks of a scan, heads on each page, and rows broken over two pages. The cells come back letter by letter.
#[test]
fn every_annex_comes_back_from_a_scan() {
    let mut scans = Compared::default();
    for rubric in &rubrics() {
        scans.file("a.csv", AnnexTable::of(rubric).scanned().as_bytes(), rubric);
    }
    assert!(4 < scans.marked, "broken rows are marked");
    scans.settled("scans");
}
