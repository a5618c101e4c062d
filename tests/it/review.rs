//! 检查一遍 and 下一步: worked cases in the tables of `tests/review`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::cli::{read_answers, read_facts, scope_row};
use ziping::dossier::{
    CasePlace, Dossier, Finding, Next, ReviewCheck, RosterList, RosterTable, Sheet, Weight, lacking, next_step, review,
    title,
};
use ziping::filing::scope::{self, Standard};
use ziping::filing::{Rules, route};
use ziping::rubric::{Applicant, BlankPiece, Fact, Role, Rule};
use ziping::score::Answers;

use crate::cases::full;
use crate::{EMPLOYER, SCHOOL, SOCIAL, editions, none_of, site, tables};

/// A case, together with what it takes over from the case that it is `like`. `why` explains it to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    unit: String,
    applicant: String,
    /// The answers on filing, as a line of `ziping route`; empty where none were given yet.
    route: Map<String, Value>,
    facts: Map<String, Value>,
    /// The declared rows, as lines of `ziping scope` without the applicant.
    declared: Vec<Map<String, Value>>,
    /// The sheets by their ids.
    sheets: Map<String, Value>,
    /// The lists, an entry a row in the order of its columns.
    #[serde(default)]
    roster: Map<String, Value>,
    #[serde(default)]
    edits: u32,
    expect: Expect,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetIn {
    annex: u8,
    /// Start with the answers of the case `full` of its rubric.
    #[serde(default)]
    full: bool,
    #[serde(default)]
    answers: Map<String, Value>,
    /// Rows taken back.
    #[serde(default)]
    without: Vec<String>,
    /// Answers that a line of JSON could not have: row, fact, value.
    #[serde(default)]
    given: Vec<(u16, String, i64)>,
    #[serde(default)]
    notes: Map<String, Value>,
    /// 佐证材料: row, name, whether it is ready.
    #[serde(default)]
    papers: Vec<(u16, String, bool)>,
    #[serde(default)]
    blanks: Vec<String>,
    #[serde(default)]
    code: String,
    #[serde(default)]
    levels: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// All expected findings, in their order.
    findings: Vec<Expected>,
    next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    check: String,
    weight: String,
    place: String,
    says: String,
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut problems = Vec::new();
    let cases = cases();
    assert!(92 <= cases.len(), "only {} cases", cases.len());
    for (name, case) in &cases {
        let dossier = dossier(name, case);
        let found = review(&editions()[0], rules(), &dossier);
        let of = |check: &str, weight: &str, place: &str| format!("{check}, {weight}, {place}");
        let is: Vec<_> = found
            .iter()
            .map(|it| of(&format!("{:?}", it.check), &format!("{:?}", it.weight), &place(&dossier, it.place)))
            .collect();
        let should: Vec<_> = case.expect.findings.iter().map(|it| of(&it.check, &it.weight, &it.place)).collect();
        if is != should {
            problems.push(format!("{name} ({}): found\n{}\nshould be {should:#?}", case.why, told(&dossier, &found)));
            continue;
        }
        for (it, should) in found.iter().zip(&case.expect.findings) {
            if !it.message.contains(&should.says) {
                problems.push(format!("{name} ({}): {} should say {}", case.why, it.message, should.says));
            }
        }
        let next = in_a_word(&dossier, &next_step(&editions()[0], &dossier, &found, case.edits));
        if next != case.expect.next {
            problems.push(format!("{name} ({}): next is {next}, should be {}", case.why, case.expect.next));
        }
    }
    none_of(&problems);
}

#[test]
fn every_check_and_every_step_has_a_case() {
    let (mut checks, mut weights, mut steps) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (_, case) in cases() {
        checks.extend(case.expect.findings.iter().map(|it| it.check.clone()));
        weights.extend(case.expect.findings.into_iter().map(|it| it.weight));
        steps.insert(case.expect.next.split(' ').next().unwrap_or_default().to_owned());
    }
    assert_eq!(checks, ReviewCheck::ALL.iter().map(|it| format!("{it:?}")).collect());
    assert_eq!(weights, WEIGHTS.iter().map(|it| format!("{it:?}")).collect());
    assert_eq!(steps.len(), 11, "{steps:?}");
}

/// For each kind of applicant there is a case without findings.
#[test]
fn there_is_nothing_to_find_where_all_is_well() {
    let mut clean = BTreeSet::new();
    for (_, case) in cases() {
        if case.expect.findings.is_empty() {
            clean.insert(case.applicant);
        }
    }
    assert_eq!(clean, APPLICANTS.iter().map(|it| it.0.to_owned()).collect());
}

#[test]
fn messages_are_sentences_for_people_and_what_they_cite_exists() {
    let edition = &editions()[0];
    for (name, case) in cases() {
        let dossier = dossier(&name, &case);
        let found = review(edition, rules(), &dossier);
        for it in &found {
            let text = &it.message;
            assert!(text.chars().any(|it| '一' <= it) && !text.ends_with('。') && !text.contains(['{', '}']), "{text}");
            assert!(it.readings.iter().all(|id| edition.reading(id).is_some()), "{it:?}");
            assert_eq!(it.weight, it.check.weight());
        }
        let words = next_step(edition, &dossier, &found, case.edits).words(edition, &dossier);
        assert!(!words.is_empty() && !words.ends_with('。'), "{name}: {words}");
    }
}

/// When words are corrected and readings renamed, the checks still find the same.
#[test]
fn checks_go_by_keys_and_never_by_words() {
    let edition = &editions()[0];
    assert_eq!(lacking(edition, true), []);
    let mut other = edition.clone();
    let roles: Vec<String> = edition.readings.iter().filter(|it| it.role.is_some()).map(|it| it.id.clone()).collect();
    assert_eq!(roles.len(), Role::WORDS.len());
    let rename = |id: &mut String| {
        if roles.contains(id) {
            id.push_str("-renamed");
        }
    };
    other.readings.iter_mut().for_each(|it| rename(&mut it.id));
    for rubric in &mut other.rubrics {
        rubric.cites.iter_mut().for_each(rename);
        for piece in rubric.header.iter_mut().flatten() {
            if let BlankPiece::Text(text) = piece {
                *text = text.replace("其中", "包括");
            }
        }
        for row in rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows) {
            row.content.push('。');
            row.standard.insert(0, '。');
            row.readings.iter_mut().for_each(rename);
            if let Rule::Met { unsure: Some(id), .. } = &mut row.rule {
                rename(id);
            }
        }
    }
    assert_eq!(lacking(&other, true), []);
    for (name, case) in cases() {
        let dossier = dossier(&name, &case);
        let found = |edition| {
            let found = review(edition, rules(), &dossier).into_iter();
            let ids = |it: &Finding| it.readings.iter().map(|it| it.replace("-renamed", "")).collect::<Vec<_>>();
            found.map(|it| (it.check, place(&dossier, it.place), ids(&it))).collect::<Vec<_>>()
        };
        assert_eq!(found(&other), found(edition), "{name}");
    }
}

#[test]
fn half_width_brackets_name_the_same_occupation() {
    let row = |name: &str, trade: &str| scope::DeclaredRow {
        name: name.into(),
        trade: trade.into(),
        ..scope::DeclaredRow::default()
    };
    let of = |name, trade| title(&rules().scope, &row(name, trade));
    assert_eq!(of("车工(数控车床)", ""), "车工（数控车床）");
    assert_eq!(of("车工", "数控车床"), of(" 车工 (数控车床)", "无"));
}

const WEIGHTS: [Weight; 4] = [Weight::Blocks, Weight::Contradiction, Weight::Missing, Weight::Hint];

pub const APPLICANTS: [(&str, Applicant); 3] =
    [("employer", EMPLOYER), ("technical_school", SCHOOL), ("social_organisation", SOCIAL)];

fn rules() -> &'static Rules {
    &site().rules[0]
}

/// The dossiers of the cases.
pub fn dossiers() -> Vec<(String, Dossier)> {
    cases().iter().map(|(name, case)| (name.clone(), dossier(name, case))).collect()
}

/// The cases, each with its place in the tables.
fn cases() -> Vec<(String, Case)> {
    let all = tables::raw("tests/review");
    let read = |case: &Raw| {
        let whole = Raw { name: case.name.clone(), at: case.at.clone(), is: whole(&all, case) }.read();
        (whole.at, whole.is)
    };
    all.iter().map(read).collect()
}

type Raw = tables::Case<Map<String, Value>>;

/// A case laid over the one that it is like, key by key; lists are replaced.
fn whole(all: &[Raw], case: &Raw) -> Map<String, Value> {
    let mut own = case.is.clone();
    let Some(like) = own.remove("like") else { return own };
    let gone = own.remove("gone").unwrap_or(json!([]));
    let below = all.iter().find(|it| like == *it.name).unwrap_or_else(|| panic!("{}: no case {like}", case.at));
    let mut keys = whole(all, below);
    keys.remove("expect");
    for it in gone.as_array().expect("`gone` is a list").iter().map(|it| it.as_str().expect("a sheet")) {
        keys["sheets"].as_object_mut().expect("sheets").remove(it).expect("the sheet was there");
    }
    for (key, it) in own {
        lay_over(keys.entry(key).or_insert(Value::Null), it);
    }
    keys
}

fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            // an empty table removes everything
            if above.is_empty() {
                below.clear();
            }
            above.into_iter().for_each(|(key, it)| lay_over(below.entry(key).or_insert(Value::Null), it));
        }
        (below, above) => *below = above,
    }
}

fn dossier(name: &str, case: &Case) -> Dossier {
    let applicant = APPLICANTS.iter().find(|it| it.0 == case.applicant).expect("an applicant").1;
    let mut dossier = Dossier::new(case.unit.clone(), applicant, &editions()[0], &[]);
    if !case.route.is_empty() {
        dossier.route = match case.route.get("raw") {
            // only the answers that were given so far
            Some(raw) => route::FilingAnswers(serde_json::from_value(raw.clone()).expect("pairs")),
            None => read_facts(&rules().routes, &case.route).unwrap_or_else(|it| panic!("{name}: {}", it.message)),
        };
    }
    for (key, value) in &case.facts {
        let facts = &mut dossier.facts;
        let field = match key.as_str() {
            "contact" => &mut facts.contact,
            "telephone" => &mut facts.telephone,
            "date" => &mut facts.date,
            "examiners" => &mut facts.examiners,
            "experts" => &mut facts.experts,
            "people" => &mut facts.people,
            other => panic!("{name}: no fact `{other}`"),
        };
        *field = value.as_str().expect("a text").to_owned();
    }
    for line in &case.declared {
        let mut line = line.clone();
        line.insert("applicant".to_owned(), case.applicant.as_str().into());
        let (_, mut row) = scope_row(&editions()[0], &line).unwrap_or_else(|it| panic!("{name}: {}", it.message));
        row.standard = Standard::National;
        dossier.declared.push(row.into());
    }
    for (id, it) in &case.sheets {
        let it = SheetIn::deserialize(it).unwrap_or_else(|error| panic!("{name}, sheet {id}: {error}"));
        dossier.sheets.push(sheet(name, id.parse().expect("an id"), it));
    }
    for (key, entries) in &case.roster {
        let list = match key.as_str() {
            "examiners" => RosterList::Examiners,
            "experts" => RosterList::Experts,
            "equipment" => RosterList::Equipment,
            other => panic!("{name}: no list `{other}`"),
        };
        let heads: Vec<&str> = list.columns().iter().map(|it| it.label(list)).collect();
        let text = |it: &Value| it.as_str().expect("a text").to_owned();
        let row = |it: &Value| it.as_array().expect("an entry").iter().map(text).collect::<Vec<_>>();
        let heads = heads.into_iter().map(str::to_owned).collect();
        let cells = [heads].into_iter().chain(entries.as_array().expect("entries").iter().map(row)).collect();
        dossier.roster.append(RosterTable::of_list(list, cells).placed().roster);
    }
    dossier
}

pub fn sheet(name: &str, id: u16, it: SheetIn) -> Sheet {
    let rubric = editions()[0].rubric(it.annex).expect("a rubric");
    let mut given = if it.full { full(rubric) } else { Map::new() };
    given.retain(|id, _| !it.without.contains(id));
    given.extend(it.answers);
    let line = json!({ "rubric": it.annex.to_string(), "answers": given }).to_string();
    let mut answers: Answers = read_answers(rubric, &line).unwrap_or_else(|it| panic!("{name}: {}", it.message));
    for (row, fact, value) in it.given {
        let fact = Fact::ALL.iter().find(|it| it.name() == fact).expect("a fact");
        answers.set(row, *fact, Some(value));
    }
    let (occupation_code, levels, blanks) = (it.code, it.levels, it.blanks);
    let mut sheet = Sheet { id, annex: it.annex, blanks, occupation_code, levels, answers, ..Sheet::default() };
    for (row, paper, ready) in it.papers {
        let at = sheet.add_paper(row, &paper);
        sheet.set_ready(at, ready);
    }
    for (row, note) in it.notes {
        sheet.set_note(row.parse().expect("a row"), note.as_str().expect("a text").to_owned());
    }
    sheet
}

/// A place in words: `row 2 2-4` is sheet 2, row 2-4.
fn place(dossier: &Dossier, place: CasePlace) -> String {
    match place {
        CasePlace::Unit => "unit".to_owned(),
        CasePlace::Facts => "facts".to_owned(),
        CasePlace::Route => "route".to_owned(),
        CasePlace::Declared(at) => format!("declared {}", at + 1),
        CasePlace::Sheet(id) => format!("sheet {id}"),
        CasePlace::Proofs => "proofs".to_owned(),
        CasePlace::Header(id) => format!("header {id}"),
        CasePlace::Row(id, row) => format!("row {id} {}-{row}", dossier.sheet(id).map_or(0, |it| it.annex)),
    }
}

fn told(dossier: &Dossier, found: &[Finding]) -> String {
    let line = |it: &Finding| {
        let (check, weight) = (it.check, it.weight);
        format!(
            "  {{ check = \"{check:?}\", weight = \"{weight:?}\", place = \"{}\", says = \"{}\" }},",
            place(dossier, it.place),
            it.message
        )
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn in_a_word(dossier: &Dossier, next: &Next) -> String {
    match next {
        Next::AnswerRoute => "answer_route".to_owned(),
        Next::NameUnit => "name_unit".to_owned(),
        Next::Mend(it) => format!("mend {}", place(dossier, it.place)),
        Next::Declare => "declare".to_owned(),
        Next::AddSheets(n) => format!("add_sheets {n}"),
        Next::Fill { sheet, row } => format!("fill {}", place(dossier, CasePlace::Row(*sheet, *row))),
        Next::Settle(it) => format!("settle {}", place(dossier, it.place)),
        Next::Improve(it) => format!("improve {}", place(dossier, it.place)),
        Next::Facts => "facts".to_owned(),
        Next::Backup => "backup".to_owned(),
        Next::Print => "print".to_owned(),
    }
}

/// What stands before how many were found.
#[test]
fn each_weight_has_its_word() {
    let weights = [Weight::Blocks, Weight::Contradiction, Weight::Missing, Weight::Hint];
    assert_eq!(weights.map(Weight::label), ["须先改正", "前后矛盾", "还没有完成", "提醒"]);
}
