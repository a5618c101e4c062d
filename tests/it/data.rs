//! Compares the data with the document: every printed cell is in the data once, in its row, and nothing else is.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ziping::cli::read_answers;
use ziping::rubric::{BlankPiece, Group, Points, Rubric, Section};
use ziping::score::{explain, score};

use crate::{cases, editions, none_of, read, scored, site};

/// The lines of the notice that hold the six annexes, from 1.
pub const ANNEXES: std::ops::RangeInclusive<usize> = 107..=405;

/// Rows whose headings are elsewhere in the scan: centred in a merged cell, after a page break, or repeated after one.
const HEADINGS_AS_PRINTED: &[(&str, &str)] = &[
    // 资质 is printed beside the second of its three rows
    ("1-1", ""),
    ("1-2", "资质资质"),
    // the page breaks inside a group
    ("1-14", "实施方案65分评价对象、范围、方式15分"),
    ("3-12", "实施方案65分评价范围对象方式15分"),
    ("3-39", "制度建设35分人员管理8分"),
    // the page breaks between two groups of a section
    ("3-24", "实施方案65分经费保障"),
    ("5-12", "实施方案65分场地设施设备19分"),
    // 制度建设 is printed only after the page break, the group before and after it
    ("1-28", "工作制度6分"),
    ("1-32", "制度建设35分质量管控制度6分"),
    ("5-27", "制度建设35分质量管控制度6分"),
];

/// Rows with a merged cell of 评估方式 that is printed one line below the row where it begins.
const METHODS_AS_PRINTED: &[(&str, &str)] = &[("1-15", ""), ("1-16", "对照方案听取汇报现场考察")];

/// A character that the scan adds to lines above a table.
const SCANNED: &str = "·";

#[test]
fn every_printed_cell_stands_in_the_data_once() {
    let mut problems = Vec::new();
    let notice = read("tests/source/notice-2021-135.txt");
    let lines: Vec<_> = notice.lines().enumerate().map(|(i, line)| (i + 1, line)).collect();
    let annexes = &lines[ANNEXES.start() - 1..*ANNEXES.end()];
    let begins = |line: &str| bare(line).starts_with("附件");
    let starts: Vec<_> = (0..annexes.len()).filter(|at| begins(annexes[*at].1)).chain([annexes.len()]).collect();
    let rubrics = &editions()[0].rubrics;
    assert_eq!(starts.len() - 1, rubrics.len());
    for (rubric, part) in rubrics.iter().zip(starts.windows(2)) {
        let of_rubric = annexes[part[0]..part[1]].iter().filter(|it| !it.1.trim().is_empty());
        let (table, around): (Vec<&(usize, &str)>, Vec<_>) = of_rubric.partition(|it| it.1.contains('\t'));
        let around: String = around.iter().map(|it| bare(it.1)).collect();
        same(
            &mut problems,
            rubric,
            part[0] + ANNEXES.start(),
            "around the table",
            &around.replace(SCANNED, ""),
            &text_around(rubric),
        );
        let mut expected = vec![("header".to_owned(), bare(&editions()[0].columns.concat()))];
        expected.extend(rows(rubric));
        expected.push(("total".to_owned(), format!("合计{}{}", rubric.total, rubric.total_label)));
        assert_eq!(table.len(), expected.len(), "annex {}: lines of the table", rubric.annex);
        for ((line, printed), (what, should)) in table.into_iter().zip(expected) {
            same(&mut problems, rubric, *line, &what, &bare(printed), &should);
        }
    }
    none_of(&problems);
}

#[test]
fn the_tables_have_as_many_rows_as_printed() {
    let n_rows: Vec<_> = editions()[0].rubrics.iter().map(|it| it.rows().count()).collect();
    assert_eq!(n_rows, [49, 23, 48, 26, 46, 22]);
}

#[test]
fn the_data_have_no_problems() {
    let problems: Vec<_> = site().problems.iter().map(ToString::to_string).collect();
    none_of(&problems);
}

/// One sheet of each rubric with many doubtful answers, and what the command line says about it.
#[test]
fn results_stay_as_they_are() {
    let sheets = read("tests/data/sheets.jsonl");
    let mut out = String::new();
    for (sheet, result) in sheets.lines().zip(scored(&sheets, false)) {
        writeln!(out, "{sheet}\n{result}\n").expect("text");
    }
    insta::assert_snapshot!("results", out);
    let explained = &scored(sheets.lines().nth(3).expect("annex 4"), true)[0];
    insta::assert_snapshot!("explained", serde_json::to_string_pretty(explained).expect("JSON"));
}

/// The calculation in words of every row that a case changes: a golden file with every kind of rule.
#[test]
fn calculations_stay_as_they_are() {
    let edition = &editions()[0];
    let mut kinds = BTreeSet::new();
    let mut texts = BTreeSet::new();
    for (rubric, sheet, changed) in cases::sheets() {
        let answers = read_answers(rubric, &sheet.to_string()).expect("a sound case");
        let report = score(rubric, &answers);
        for it in report.rows.iter().filter(|it| changed.contains(&rubric.row_id(it.row.number))) {
            let sum = explain(edition, &report, it, &answers);
            assert_eq!(sum.rule, it.row.words);
            kinds.insert(it.row.rule.kind());
            texts.insert(format!("{}: {}｜{}｜{}", it.row.rule.kind(), sum.rule, sum.facts, sum.arithmetic));
        }
    }
    // the kinds that fit other tables have the invented edition of `kinds`
    assert_eq!(kinds.len(), 16, "a kind of rule is never explained: {kinds:?}");
    insta::assert_snapshot!("calculations", texts.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The text without any whitespace, because the scan breaks lines where a cell ends.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn same(problems: &mut Vec<String>, rubric: &Rubric, line: usize, what: &str, printed: &str, data: &str) {
    if printed != data {
        problems.push(format!("line {line}, annex {} {what}:\n  printed {printed}\n  data    {data}", rubric.annex));
    }
}

fn text_around(rubric: &Rubric) -> String {
    let header = rubric.header.iter().flatten().map(|it| match it {
        BlankPiece::Text(text) => text,
        BlankPiece::Blank(_) => "_____",
    });
    bare(&format!("附件{}:{}{}{}", rubric.annex, rubric.title, header.collect::<String>(), rubric.note.concat()))
}

/// Each row's name and the text of all its cells, with the headings that begin there.
fn rows(rubric: &Rubric) -> Vec<(String, String)> {
    let printed = |id: &str, lists: &[(&str, &str)]| lists.iter().find(|it| it.0 == id).map(|it| it.1.to_owned());
    let heading = |name: &str, points: Option<Points>| points.map_or(name.to_owned(), |it| format!("{name}{it}分"));
    let mut rows = Vec::new();
    let mut above: Option<(&Section, &Group)> = None;
    for (section, group) in rubric.groups() {
        for row in &group.rows {
            let id = rubric.row_id(row.number);
            let new_section = above.is_none_or(|it| !std::ptr::eq(it.0, section));
            let new_group = above.is_none_or(|it| !std::ptr::eq(it.1, group));
            above = Some((section, group));
            let headings = printed(&id, HEADINGS_AS_PRINTED).unwrap_or_else(|| {
                let section = if new_section { heading(&section.name, section.points) } else { String::new() };
                let group = if new_group { heading(&group.name, group.points) } else { String::new() };
                section + &group
            });
            let methods = if row.methods_merged { String::new() } else { row.methods.concat() };
            let methods = printed(&id, METHODS_AS_PRINTED).unwrap_or(methods);
            let standard = if row.shares.is_some() { "" } else { &row.standard };
            let points = row.points.map(|it| it.to_string()).unwrap_or_default();
            rows.push((id, bare(&[headings.as_str(), &row.content, standard, &points, &methods].concat())));
        }
    }
    rows
}
