//! 汇总: worked cases in `tests/desk.toml`, and a small table as it is exported.

use serde::Deserialize;
use serde_json::{Map, Value};
use ziping::cli::read_facts;
use ziping::desk::{Desk, DeskColumn, Filter, Repeat, Standing};
use ziping::dossier::{About, Dossier, write_backup};
use ziping::spreadsheet::{Cell, csv};

use crate::carrier_laws::known;
use crate::review::{APPLICANTS, SheetIn, sheet};
use crate::tables::{self, cases};
use crate::{editions, none_of, site};

/// A case. `why` explains it to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    /// Each record is in a backup file of its own.
    records: Vec<RecordIn>,
    #[serde(default)]
    filter: FilterIn,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    falling: bool,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordIn {
    #[serde(default)]
    unit: String,
    applicant: String,
    /// In days since 1970.
    day: u64,
    /// The answers on filing, as a line of `ziping route`.
    #[serde(default)]
    route: Map<String, Value>,
    sheets: Vec<SheetIn>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FilterIn {
    text: String,
    annex: Option<u8>,
    standing: Option<String>,
    vetoed: bool,
    repeated: bool,
    newest: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The expected lines: 单位, annex, 得分, 最低, 最高, 结论 and so on with ` | ` between them. A line may end early.
    entries: Vec<String>,
    #[serde(default)]
    repeats: Vec<String>,
    /// The first of the rows that fail most often.
    #[serde(default)]
    failing: Vec<String>,
}

/// A backup file with one dossier.
pub fn backup(dossier: &Dossier, day: u64) -> String {
    let about = About { title: String::new(), lines: Vec::new() };
    write_backup(&[(dossier.clone(), about)], "", day * 86_400, "")
}

/// A desk with all texts opened.
pub fn opened(texts: &[(String, String)]) -> Desk {
    let mut desk = Desk::default();
    for (source, text) in texts {
        desk.add(source, text);
    }
    desk.step(known(), usize::MAX);
    desk
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut problems = Vec::new();
    let all = cases::<Case>("tests/desk.toml");
    assert!(15 <= all.len(), "only {} cases", all.len());
    for tables::Case { at: name, is: case, .. } in all {
        let desk = on_desk(&name, &case);
        let it = &case.filter;
        let standing = it.standing.as_ref().map(|label| standing(label));
        let FilterIn { annex, vetoed, repeated, newest, .. } = *it;
        let filter = Filter { text: it.text.clone(), annex, standing, vetoed, repeated, newest };
        let mut shown = desk.shown(&filter);
        if !case.sort.is_empty() {
            let column = DeskColumn::ALL.into_iter().find(|it| it.title() == case.sort).expect("a column");
            desk.sort(&mut shown, column, case.falling);
        }
        let mut differs = |what: &str, is: Vec<String>, should: &[String]| {
            let same = is.len() == should.len() && is.iter().zip(should).all(|(is, should)| begins(is, should));
            if !same {
                problems.push(format!("{name} ({}): {what} are\n{is:#?}\nshould be {should:#?}", case.why));
            }
        };
        differs("entries", shown.iter().map(|it| in_a_line(&desk, *it)).collect(), &case.expect.entries);
        differs("repeats", desk.repeats().iter().map(repeat).collect(), &case.expect.repeats);
        let failing = desk.failing(&shown).into_iter().take(case.expect.failing.len());
        let failing = failing.map(|it| {
            let average = it.average_lost();
            format!(
                "{}-{} | {}/{} | {} lost | {} vetoed | {}.{}",
                it.annex,
                it.row,
                it.n_failed,
                it.n_answered,
                it.n_lost,
                it.n_vetoed,
                average / 10,
                average % 10
            )
        });
        differs("failing rows", failing.collect(), &case.expect.failing);
        assert!(desk.unopened.is_empty(), "{name}: {:?}", desk.unopened);
    }
    none_of(&problems);
}

#[test]
fn a_small_table_leaves_as_it_always_did() {
    let (at, case) = three_units();
    let desk = on_desk(&at, &case);
    let all = desk.shown(&Filter::default());
    let [summary, failing, unopened] = desk.tables(known(), &all);
    insta::assert_snapshot!([summary, failing, unopened].map(|it| csv(&it).replace('\r', "")).join("\n"));
}

#[test]
fn what_cannot_be_opened_is_listed_with_place_and_reason() {
    let (at, case) = three_units();
    let mut desk = on_desk(&at, &case);
    let n_entries = desk.entries.len();
    let nothing =
        "请各单位于周五前\u{7}\u{202e}把自评码发到这个邮箱，谢谢大家的配合与支持，收到请回复，电话如下方所示，请勿外传";
    let good = backup(&Dossier::new("空档案".to_owned(), APPLICANTS[0].1, &editions()[0], &[]), 1);
    let cut = good.replace("ZP2.1", "ZP2.2");
    for text in [nothing, &good, &cut, " \r\n"] {
        assert!(0 < desk.add("来信.txt", text), "{text}");
    }
    desk.step(known(), 100);
    assert_eq!(desk.entries.len(), n_entries);
    let Cell::Text(reason) = &desk.unopened_table().rows[1][3] else { panic!("a reason") };
    assert!(reason.contains("没有自评表"), "{reason}");
    let words: Vec<_> = desk.unopened.iter().map(|it| format!("{} {} {}", it.from, it.beginning, it.reason)).collect();
    assert_eq!(words.len(), 4, "{words:#?}");
    assert!(words[0].starts_with("第 1 条（第 1 行） 请各单位于周五前"), "{words:#?}");
    assert!(words[0].contains("… 这里没有自评码") && !words[0].contains(['\u{7}', '\u{202e}']), "{words:#?}");
    assert!(words[1].contains(" 空档案 记录完好"), "{words:#?}");
    assert!(words[2].contains("损坏"), "{words:#?}");
}

#[test]
fn a_desk_is_opened_in_steps_and_says_how_far_it_is() {
    let ((at, case), mut desk) = (three_units(), Desk::default());
    for (source, text) in texts(&at, &case) {
        desk.add(&source, &text);
    }
    let of = desk.progress().of;
    for done in 1..=of {
        let progress = desk.step(known(), 1);
        assert_eq!((progress.done, progress.of), (done, of));
    }
    assert_eq!(desk, on_desk(&at, &case));
}

/// A case that has something of everything, and its place in the table.
fn three_units() -> (String, Case) {
    let case = cases("tests/desk.toml").into_iter().find(|case| case.name == "三个单位").expect("the case is there");
    (case.at, case.is)
}

fn on_desk(name: &str, case: &Case) -> Desk {
    opened(&texts(name, case))
}

fn texts(name: &str, case: &Case) -> Vec<(String, String)> {
    let records = (1..).zip(&case.records);
    records.map(|(n, it)| (format!("{n}.json"), backup(&dossier(name, it), it.day))).collect()
}

fn dossier(name: &str, it: &RecordIn) -> Dossier {
    let applicant = APPLICANTS.iter().find(|(word, _)| *word == it.applicant).expect("an applicant").1;
    let mut dossier = Dossier::new(it.unit.clone(), applicant, &editions()[0], &[]);
    if !it.route.is_empty() {
        let mut line = it.route.clone();
        line.insert("applicant".to_owned(), it.applicant.as_str().into());
        dossier.route =
            read_facts(&site().rules[0].routes, &line).unwrap_or_else(|it| panic!("{name}: {}", it.message));
    }
    dossier.sheets = (1..).zip(it.sheets.clone()).map(|(id, it)| sheet(name, id, it)).collect();
    dossier
}

fn standing(label: &str) -> Standing {
    Standing::ALL.into_iter().find(|it| it.label() == label).expect("a kind of verdict")
}

fn in_a_line(desk: &Desk, at: usize) -> String {
    let it = &desk.entries[at];
    let rows = |rows: &[u16]| format!("{rows:?}");
    [
        it.unit_in_words().to_owned(),
        it.annex.to_string(),
        it.points.to_string(),
        it.low.to_string(),
        it.high.to_string(),
        it.verdict.clone(),
        it.route_in_words().to_owned(),
        it.status_in_words(),
        rows(&it.filing_vetoes),
        rows(&it.work_vetoes),
        it.bonus.to_string(),
        it.occupation.clone().unwrap_or_default(),
        it.code.clone(),
        it.levels.clone(),
    ]
    .join(" | ")
}

/// Compares whole parts: 98 does not begin with 9.
fn begins(line: &str, with: &str) -> bool {
    line.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(" | "))
}

/// A repeat with positions from 1.
fn repeat(it: &Repeat) -> String {
    let from_1 = |it: &[usize]| it.iter().map(|it| (it + 1).to_string()).collect::<Vec<_>>().join(" ");
    match it {
        Repeat::Same(entries) => format!("same {}", from_1(entries)),
        Repeat::Versions { entries, newest: None } => format!("versions {}, newest unknown", from_1(entries)),
        Repeat::Versions { entries, newest: Some(newest) } => {
            format!("versions {}, newest {}", from_1(entries), newest + 1)
        }
    }
}
