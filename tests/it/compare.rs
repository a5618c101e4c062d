//! Two sheets side by side: worked cases below `tests/compare/two`, and which sheets of two dossiers belong together.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::cli::read_answers;
use ziping::compare::{
    Apart, Both, Comparison, Differs, Flip, SheetPairs, Side, change_in_words, compare, pairs, together,
};
use ziping::dossier::{Dossier, Sheet};
use ziping::rubric::Rubric;
use ziping::score::{Answers, Report, Verdict};

use crate::cases;
use crate::{EMPLOYER, editions, files, none_of, path, read};

/// Two sheets, both based on the case `full` of the worked cases. `why` explains the case to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default)]
    left: Map<String, Value>,
    #[serde(default)]
    right: Map<String, Value>,
    /// Name, code, levels, then the other blanks.
    #[serde(default)]
    left_head: Vec<String>,
    #[serde(default)]
    right_head: Vec<String>,
    #[serde(default)]
    left_blank: bool,
    #[serde(default)]
    left_without: Vec<String>,
    #[serde(default)]
    right_without: Vec<String>,
    #[serde(default)]
    left_notes: BTreeMap<String, String>,
    #[serde(default)]
    right_notes: BTreeMap<String, String>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The expected lines of the head with both sides; those that differ have a ≠.
    #[serde(default)]
    head: Vec<String>,
    /// All rows that differ, and in what they differ.
    #[serde(default)]
    differs: Vec<String>,
    /// How many rows differ, where they are too many to list.
    n_differ: Option<usize>,
    #[serde(default)]
    said: BTreeMap<String, [String; 2]>,
    base: [Value; 2],
    bonus: Option<[Value; 2]>,
    /// Right minus left in tenths, for the sections that differ.
    #[serde(default)]
    sections: BTreeMap<String, i32>,
    /// The verdict of each side: the threshold of the band, `below`, `vetoed` or `pending`.
    verdicts: [String; 2],
    #[serde(default)]
    vetoes: Vec<String>,
    #[serde(default)]
    unanswered: Vec<String>,
    n_unanswered: Option<[usize; 2]>,
    /// The rows that the left side takes over to reach the other verdict, and those of the right; none where the
    /// verdicts are the same.
    #[serde(default)]
    turn: Vec<String>,
    says: Option<String>,
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut problems = Vec::new();
    let mut n = 0;
    for rubric in &editions()[0].rubrics {
        for case in cases(rubric) {
            n += 1;
            let sheet = |head: &[String], start, over, without: &[String], notes: &BTreeMap<String, String>| {
                let mut sheet = Sheet { id: 1, annex: rubric.annex, ..Sheet::default() };
                if let [name, code, levels, blanks @ ..] = head {
                    (sheet.occupation_code, sheet.levels) = (code.clone(), levels.clone());
                    sheet.blanks = [std::slice::from_ref(name), blanks].concat();
                }
                sheet.answers = answers(rubric, start, over, without);
                notes.iter().for_each(|(row, it)| sheet.set_note(row.parse().expect("a row"), it.clone()));
                sheet
            };
            let left = sheet(&case.left_head, !case.left_blank, &case.left, &case.left_without, &case.left_notes);
            let right = sheet(&case.right_head, true, &case.right, &case.right_without, &case.right_notes);
            let it = compare(rubric, &left, &right);
            let mut differs = |what: &str, is: &dyn std::fmt::Debug, should: &dyn std::fmt::Debug| {
                let (is, should) = (format!("{is:?}"), format!("{should:?}"));
                if is != should {
                    problems
                        .push(format!("{} {}: {what}\n  is        {is}\n  should be {should}", rubric.annex, case.why));
                }
            };
            let expect = &case.expect;
            let head = it.head.iter().map(|it| {
                let sign = if it.differs { '≠' } else { '=' };
                format!("{} {} {sign} {}", it.name, it.sides.left, it.sides.right)
            });
            differs("head", &head.collect::<Vec<_>>(), &expect.head);
            match expect.n_differ {
                Some(should) => differs("n_differ", &differing(&it).len(), &should),
                None => differs("differs", &differing(&it), &expect.differs),
            }
            for (id, should) in &expect.said {
                let row = it.rows.iter().find(|it| rubric.row_id(it.row.number) == *id).expect("a row");
                differs(id, &[&row.sides.left.said, &row.sides.right.said], &should);
            }
            let reports = [&it.reports.left, &it.reports.right];
            differs("base", &reports.map(|it| it.base.to_string()), &expect.base.clone().map(|it| it.to_string()));
            let bonus = expect.bonus.clone().unwrap_or([json!(0), json!(0)]);
            differs("bonus", &reports.map(|it| it.bonus.to_string()), &bonus.map(|it| it.to_string()));
            let sections = it.sections.iter().map(|it| (it.section.name.clone(), it.difference()));
            let sections: BTreeMap<_, _> = sections.filter(|it| it.1 != 0).collect();
            differs("sections", &sections, &expect.sections);
            differs("verdicts", &reports.map(|it| named(it.settled())), &expect.verdicts);
            let vetoes =
                it.vetoes.iter().map(|it| format!("{} {} {:?}", side(it.on), rubric.row_id(it.row), it.blocks));
            differs("vetoes", &vetoes.collect::<Vec<_>>(), &expect.vetoes);
            let unanswered = it.change.as_ref().map(|it| it.unanswered.clone()).unwrap_or_default();
            match expect.n_unanswered {
                Some(should) => differs("n_unanswered", &[unanswered.left.len(), unanswered.right.len()], &should),
                None => {
                    let of =
                        |on| unanswered.of(on).iter().map(move |it| format!("{} {}", side(on), rubric.row_id(*it)));
                    let all: Vec<_> = of(Side::Left).chain(of(Side::Right)).collect();
                    differs("unanswered", &all, &expect.unanswered);
                }
            }
            let turn = it.change.iter().flat_map(|it| [&it.to_turn.left, &it.to_turn.right]).map(|it| flip(rubric, it));
            differs("turn", &turn.collect::<Vec<_>>(), &expect.turn);
            let words = change_in_words(&it, Both { left: "自评", right: "评估" });
            if expect.says.as_ref().is_some_and(|it| !words.contains(it)) || words.ends_with('。') {
                differs("says", &words, &expect.says);
            }
        }
    }
    assert!(40 <= n, "only {n} cases");
    none_of(&problems);
}

/// Sheets are given as annex, name and code.
#[test]
fn sheets_pair_up_by_annex_and_occupation() {
    let edition = &editions()[0];
    let of = |sheets: &[(u8, &str, &str)]| {
        let mut dossier = Dossier::new("某公司".into(), EMPLOYER, edition, &[]);
        for (id, (annex, name, code)) in (1..).zip(sheets) {
            let (blanks, occupation_code) = (vec![(*name).to_owned()], (*code).to_owned());
            dossier.sheets.push(Sheet { id, annex: *annex, blanks, occupation_code, ..Sheet::default() });
        }
        dossier
    };
    let near = |left: &[_], right: &[_], together: &[(u16, u16)], near: &[(u16, u16)], alone: (&[u16], &[u16])| {
        let both = |ids: &[(u16, u16)]| ids.iter().map(|it| Both { left: it.0, right: it.1 }).collect();
        let alone = Both { left: alone.0.to_vec(), right: alone.1.to_vec() };
        let should = SheetPairs { together: both(together), near: both(near), alone };
        assert_eq!(pairs(edition, &of(left), &of(right)), Ok(should), "{left:?} {right:?}");
    };
    let check = |left: &[_], right: &[_], together: &[_], alone: (&[_], &[_])| near(left, right, together, &[], alone);
    // public parts are paired by their annex
    check(&[(1, "", ""), (3, "", "")], &[(3, "", ""), (5, "", "")], &[(2, 1)], (&[1], &[2]));
    // half-width and full-width brackets, dashes and blanks make no difference
    check(&[(2, "车工(数控车床)", "6－18－01－01")], &[(2, "车工 （数控车床）", "6-18-01-01")], &[(1, 1)], (&[], &[]));
    // one side left out the code
    check(&[(2, "车工", ""), (2, "钳工", "")], &[(2, "钳工", "6-20-01-01"), (6, "焊工", "")], &[(2, 1)], (&[1], &[2]));
    // two trades under one code are each paired with the same trade
    let (plain, cnc) = ((2, "车工", "6-18-01-01"), (2, "车工（数控车床）", "6-18-01-01"));
    check(&[plain, cnc], &[cnc, plain], &[(1, 2), (2, 1)], (&[], &[]));
    // one code with two ways to write the name
    check(&[plain], &[cnc], &[(1, 1)], (&[], &[]));
    // equal names do not pair sheets of two codes, but these can still be compared on request
    near(&[(2, "车工", "6-18-01-01")], &[(2, "车工", "6-18-01-02")], &[], &[(1, 1)], (&[], &[]));
    // an empty name does not agree with a name
    near(&[(2, "", "")], &[(2, "车工", "6-18-01-01")], &[], &[(1, 1)], (&[], &[]));
    // sheets of one annex without a pair: each with each
    let left = [(2, "车工", ""), (2, "钳工", ""), (2, "焊工", "")];
    near(&left, &[(2, "钳工", ""), (2, "电工", "")], &[(2, 1)], &[(1, 2), (3, 2)], (&[], &[]));
    // occupations of two annexes, and an annex that does not exist
    check(&[(2, "车工", ""), (9, "", "")], &[(6, "车工", ""), (9, "", "")], &[], (&[1, 2], &[1, 2]));
}

#[test]
fn levels_tell_two_sheets_of_one_occupation_apart() {
    let edition = &editions()[0];
    let of = |levels: [&str; 2]| {
        let mut dossier = Dossier::new(String::new(), EMPLOYER, edition, &[2, 2]);
        dossier.sheets.iter_mut().zip(levels).for_each(|(it, levels)| {
            it.levels = levels.to_owned();
            it.set_blank(0, "车工".to_owned());
        });
        dossier
    };
    let found = pairs(edition, &of(["4、3", "2"]), &of(["2", "4、3"])).expect("one edition");
    assert_eq!(found.together, [Both { left: 1, right: 2 }, Both { left: 2, right: 1 }]);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let edition = &editions()[0];
    let mine = Dossier::new(String::new(), EMPLOYER, edition, &[1, 2]);
    let mut other = mine.clone();
    assert_eq!(together(edition, (&mine, &mine.sheets[0]), (&other, &other.sheets[0])).map(|it| it.annex), Ok(1));
    assert_eq!(together(edition, (&mine, &mine.sheets[0]), (&other, &other.sheets[1])), Err(Apart::Annex));
    other.edition = "henan-1999".to_owned();
    assert_eq!(together(edition, (&mine, &mine.sheets[0]), (&other, &other.sheets[0])), Err(Apart::Edition));
    assert_eq!(together(edition, (&other, &other.sheets[0]), (&other, &other.sheets[0])), Err(Apart::Unknown));
    assert_eq!(pairs(edition, &mine, &other), Err(Apart::Edition));
    assert_eq!(pairs(edition, &other, &other), Err(Apart::Unknown));
    for it in [Apart::Edition, Apart::Unknown, Apart::Annex, Apart::Occupation] {
        assert!(!it.to_string().ends_with('。') && '一' <= it.to_string().chars().next().expect("words"));
    }
}

/// The answers of the case `full` or none, with some replaced and some rows taken back.
pub fn answers(rubric: &Rubric, full: bool, over: &Map<String, Value>, without: &[String]) -> Answers {
    let mut given = if full { cases::full(rubric) } else { Map::new() };
    given.retain(|id, _| !without.contains(id));
    given.extend(over.clone());
    let line = json!({ "rubric": rubric.annex.to_string(), "answers": given }).to_string();
    read_answers(rubric, &line).unwrap_or_else(|it| panic!("{}: {line}", it.message))
}

/// The verdict: the threshold of the band that is reached, or a word.
pub fn verdict(report: &Report<'_>) -> String {
    named(report.verdict())
}

fn named(verdict: Verdict<'_>) -> String {
    match verdict {
        Verdict::Pending => "pending".to_owned(),
        Verdict::FilingVetoed => "vetoed".to_owned(),
        Verdict::Band(band) => band.at_least.to_string(),
        Verdict::BelowAllThresholds => "below".to_owned(),
    }
}

fn cases(rubric: &Rubric) -> Vec<Case> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Cases {
        case: Vec<Case>,
    }
    let name = format!("tests/compare/two/{}.toml", cases::name(rubric));
    assert_eq!(files(&path("tests/compare/two"), ".toml").len(), editions()[0].rubrics.len());
    let cases: Cases = toml::from_str(&read(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    cases.case
}

/// `1-3 facts veto`.
fn differing(it: &Comparison<'_>) -> Vec<String> {
    let in_words = |it: Differs| {
        let all = [
            (it.facts, " facts"),
            (it.points, " points"),
            (it.veto, " veto"),
            (it.estimate, " estimate"),
            (it.note, " note"),
        ];
        all.iter().filter(|it| it.0).map(|it| it.1).collect::<String>()
    };
    let rows = it.rows.iter().filter(|it| it.differs != Differs::default());
    rows.map(|row| it.rubric.row_id(row.row.number) + &in_words(row.differs)).collect()
}

fn flip(rubric: &Rubric, it: &Flip) -> String {
    let word = match it {
        Flip::Each(_) => "each",
        Flip::Together(_) => "together",
    };
    match it.rows() {
        many if 9 < many.len() => format!("{word} {} rows", many.len()),
        few => few.iter().fold(word.to_owned(), |line, it| line + " " + &rubric.row_id(*it)),
    }
}

fn side(it: Side) -> &'static str {
    match it {
        Side::Left => "left",
        Side::Right => "right",
    }
}
