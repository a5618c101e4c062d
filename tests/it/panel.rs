//! A panel of assessors: worked cases in `tests/compare/panel.toml`, who may join, and what its record holds.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use ziping::compare::{Agreed, Apart, Join, Panel, PanelResult, SEATS, Taken, compare};
use ziping::dossier::{Damage, Dossier, Sheet};
use ziping::rubric::{Fact, Points, Rubric};
use ziping::score::Given;

use crate::compare::{answers, verdict};
use crate::{EMPLOYER, editions, none_of, read};

/// A panel; each seat is based on the case `full` of the worked cases. `why` explains the case to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    annex: u8,
    /// In points, with at most one decimal.
    limit: Option<Value>,
    seats: Vec<Map<String, Value>>,
    #[serde(default)]
    without: Vec<Vec<String>>,
    #[serde(default)]
    agreed: Map<String, Value>,
    /// The seats after the agreement, where they changed.
    later: Option<Vec<Map<String, Value>>>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// All rows on which not all seats agree, with where the answer is taken from.
    #[serde(default)]
    taken: BTreeMap<String, String>,
    /// All rows that have to be agreed upon, with the reasons.
    disputes: Option<BTreeMap<String, Vec<String>>>,
    /// The spread of some rows, in points.
    #[serde(default)]
    spread: BTreeMap<String, String>,
    #[serde(default)]
    idle: Vec<String>,
    /// Rows that were agreed upon when the seats said something else.
    #[serde(default)]
    again: Vec<String>,
    base: Value,
    verdict: String,
}

#[test]
fn every_case_comes_out_as_expected() {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Cases {
        case: Vec<Case>,
    }
    let cases: Cases = toml::from_str(&read("tests/compare/panel.toml")).unwrap_or_else(|error| panic!("{error}"));
    assert!(20 <= cases.case.len());
    let mut problems = Vec::new();
    for case in &cases.case {
        let rubric = editions()[0].rubric(case.annex).expect("a rubric");
        let panel = panel(rubric, case);
        let outcome = panel.outcome(rubric);
        let mut differs = |what: &str, is: &dyn std::fmt::Debug, should: &dyn std::fmt::Debug| {
            let (is, should) = (format!("{is:?}"), format!("{should:?}"));
            if is != should {
                problems.push(format!("{}: {what}\n  is        {is}\n  should be {should}", case.why));
            }
        };
        let id = |number| rubric.row_id(number);
        let taken = outcome.rows.iter().filter(|it| it.taken != Taken::Common);
        let taken: BTreeMap<_, _> = taken.map(|it| (id(it.row.number), format!("{:?}", it.taken))).collect();
        differs("taken", &taken, &case.expect.taken);
        if let Some(should) = &case.expect.disputes {
            let disputed = outcome.rows.iter().filter(|it| !it.disputes.is_empty());
            let words = |it: &ziping::compare::RowOutcome<'_>| it.disputes.iter().map(|it| format!("{it:?}")).collect();
            let disputed: BTreeMap<String, Vec<String>> = disputed.map(|it| (id(it.row.number), words(it))).collect();
            differs("disputes", &disputed, should);
        }
        for (row, should) in &case.expect.spread {
            let it = outcome.rows.iter().find(|it| id(it.row.number) == *row).expect("a row");
            differs(row, &it.spread().map_or("none".to_owned(), |it| it.to_string()), should);
        }
        let idle: Vec<_> = outcome.rows.iter().filter(|it| it.agreed_idly).map(|it| id(it.row.number)).collect();
        differs("idle", &idle, &case.expect.idle);
        let again: Vec<_> = outcome.rows.iter().filter(|it| it.again).map(|it| id(it.row.number)).collect();
        differs("again", &again, &case.expect.again);
        differs("base", &outcome.report.base.to_string(), &case.expect.base.to_string());
        differs("verdict", &verdict(&outcome.report), &case.expect.verdict);
        let open: Vec<_> = outcome.open().into_iter().map(id).collect();
        let still = case.expect.taken.values().filter(|it| *it == "Open").count() + case.expect.again.len();
        differs("open", &open.len(), &still);
    }
    none_of(&problems);
}

#[test]
fn a_sheet_joins_a_panel_about_the_same() {
    let edition = &editions()[0];
    let mut mine = turner("某公司", "车工(数控车床)", "6-18-01-01");
    let mut panel = Panel::about(edition, &mine, &mine.sheets[0], Points::whole(2)).expect("the annex is there");
    assert_eq!((panel.subject.occupation.as_str(), panel.unit.as_str()), ("车工（数控车床）", "某公司"));
    let join = |panel: &mut Panel, it: &Dossier, name: &str| panel.join(edition, it, it.sheets[0].clone(), name.into());
    assert_eq!(join(&mut panel, &mine, "甲"), Join::Fits);
    // an identical record is reported, but accepted: two may agree in everything
    assert_eq!(join(&mut panel, &mine, "乙"), Join::Again(0));
    mine.sheets[0].id = 9;
    mine.sheets[0].blanks.push(String::new());
    assert_eq!(panel.may_join(edition, &mine, &mine.sheets[0]), Join::Again(0));
    mine.sheets[0].set_note(1, "看过原件".to_owned());
    assert_eq!(panel.may_join(edition, &mine, &mine.sheets[0]), Join::Fits);
    assert!(!panel.is_seated());
    // a code or a unit that the record leaves empty is no contradiction
    assert_eq!(join(&mut panel, &turner("", "车工（数控车床）", ""), "丙"), Join::Fits);
    assert!(panel.is_seated());
    let apart = |it: &Dossier| panel.may_join(edition, it, &it.sheets[0]);
    assert_eq!(apart(&turner("", "钳工", "6-18-01-01")), Join::Apart(Apart::Occupation));
    assert_eq!(apart(&turner("", "车工（数控车床）", "6-18-01-02")), Join::Apart(Apart::Occupation));
    assert_eq!(apart(&turner("另一公司", "车工（数控车床）", "")), Join::OtherUnit);
    assert_eq!(apart(&Dossier::new(String::new(), EMPLOYER, edition, &[1])), Join::Apart(Apart::Annex));
    assert_eq!(apart(&Dossier::new(String::new(), EMPLOYER, edition, &[9])), Join::Apart(Apart::Unknown));
    let other = Dossier { edition: "henan-1999".to_owned(), ..turner("", "车工（数控车床）", "") };
    assert_eq!(apart(&other), Join::Apart(Apart::Edition));
    assert_eq!(Panel::about(edition, &other, &other.sheets[0], Points::ZERO), None);
    while panel.seats.len() < *SEATS.end() {
        assert!(join(&mut panel, &mine, "丁").is_taken());
    }
    assert_eq!(join(&mut panel, &mine, "戊"), Join::Full);
    assert_eq!(panel.seats.len(), 7);
    // in a full panel a sheet can still be replaced, and it is not compared with the sheet that it replaces
    assert_eq!(panel.replace(2, edition, &mine, mine.sheets[0].clone()), Join::Again(3));
    assert_eq!(panel.replace(7, edition, &mine, mine.sheets[0].clone()), Join::NoSeat);
}

#[test]
fn a_panel_learns_the_names_that_its_first_record_left_out() {
    let edition = &editions()[0];
    let (silent, said) = (turner("", "车工", ""), turner("某公司", "车工", "6-18-01-01"));
    let mut panel = Panel::about(edition, &silent, &silent.sheets[0], Points::ZERO).expect("the annex is there");
    panel.join(edition, &silent, silent.sheets[0].clone(), "甲".to_owned());
    panel.join(edition, &said, said.sheets[0].clone(), "乙".to_owned());
    assert_eq!((panel.unit.as_str(), panel.subject.code.as_str()), ("某公司", "6-18-01-01"));
}

/// An incomplete answer is not yet agreed.
#[test]
fn an_agreed_answer_counts_once_it_is_whole() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let case = |agreed: &[(Fact, i64)]| {
        let mut panel = seated(rubric, &["{}", "{}", r#"{"1-9":{"met":true,"full_time_staff":1}}"#]);
        let facts = agreed.to_vec();
        let (who, why) = ("组长".to_owned(), "合同核对一人".to_owned());
        panel.agree(Agreed { row: 9, facts, who, why, ..Agreed::default() });
        panel
    };
    let half = case(&[(Fact::Met, 1)]);
    assert_eq!(half.outcome(rubric).row(9).map(|it| it.taken), Some(Taken::Open));
    let mut whole = case(&[(Fact::FullTimeStaff, 1), (Fact::Met, 1)]);
    assert_eq!(whole.outcome(rubric).row(9).map(|it| it.taken), Some(Taken::Agreed));
    assert_eq!(whole.outcome(rubric).report.base, Points::whole(98));
    // an agreement stays when a seat's sheet is replaced, and can be taken back
    let edition = &editions()[0];
    let dossier = Dossier::new(String::new(), EMPLOYER, edition, &[1]);
    let full = Sheet { answers: answers(rubric, true, &Map::new(), &[]), ..dossier.sheets[0].clone() };
    assert_eq!(whole.replace(2, edition, &dossier, full), Join::Again(0));
    let outcome = whole.outcome(rubric);
    assert!(outcome.row(9).is_some_and(|it| it.taken == Taken::Agreed && it.agreed_idly && it.again));
    assert_eq!(outcome.open(), [9]);
    // the panel confirms the agreement
    let same = whole.agreed(9).cloned().expect("it is agreed");
    whole.agree(same);
    assert!(whole.outcome(rubric).row(9).is_some_and(|it| it.taken == Taken::Agreed && !it.is_open()));
    whole.take_back(9);
    assert!(whole.outcome(rubric).row(9).is_some_and(|it| it.taken == Taken::Common && !it.agreed_idly));
}

#[test]
fn the_result_is_a_sheet_like_any_other() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let mut panel = seated(rubric, &["{}", r#"{"1-5":{"met":false}}"#, r#"{"1-3":{"met":false}}"#]);
    let (who, why) = ("组长".to_owned(), "章程已提供".to_owned());
    panel.agree(Agreed { row: 3, facts: vec![(Fact::Met, 1)], who, why, ..Agreed::default() });
    panel.limit = Points::whole(1);
    panel.seats[0].sheet.set_note(4, "看过原件".to_owned());
    let sheet = panel.sheet(rubric);
    // a note of the result says who and why; the seats keep theirs
    assert_eq!(sheet.notes, [(3, "组长：章程已提供".to_owned())]);
    let compared = compare(rubric, &panel.seats[0].sheet, &sheet);
    assert!(compared.rows.iter().all(|it| !it.differs.in_assessment()));
    assert_eq!(compared.rows.iter().filter(|it| it.differs.in_note_only()).count(), 2);
    let (who, why) = ("组长".to_owned(), "因".repeat(500));
    panel.agree(Agreed { row: 3, facts: vec![(Fact::Met, 1)], who, why, ..Agreed::default() });
    // who and why stay whole, whatever codes and links take along
    assert_eq!(panel.sheet(rubric).note(3).chars().count(), 503);
}

#[test]
fn a_record_that_contradicts_itself_is_refused() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let good = seated(rubric, &["{}", "{}", "{}"]);
    let opened = |it: &Panel| Panel::from_record(&it.to_record());
    assert_eq!(opened(&good), Some(good.clone()));
    let agreed = |row, fact, value| Agreed { row, facts: vec![(fact, value)], ..Agreed::default() };
    let bad = |change: &dyn Fn(&mut Panel)| {
        let mut panel = good.clone();
        change(&mut panel);
        assert_eq!(opened(&panel), None, "{:?}", panel.agreed);
    };
    bad(&|it| it.seats = vec![it.seats[0].clone(); 8]);
    bad(&|it| it.seats[1].sheet.annex = 2);
    bad(&|it| it.agreed = vec![agreed(2, Fact::Met, 1), agreed(2, Fact::Met, 0)]);
    bad(&|it| it.agreed = vec![agreed(2, Fact::Met, 2)]);
    bad(&|it| it.agreed = vec![Agreed { row: 2, facts: vec![(Fact::Met, 1); 2], ..Agreed::default() }]);
    let said = |said| Agreed { said, ..agreed(2, Fact::Met, 1) };
    bad(&|it| it.agreed = vec![said(vec![Vec::new(); 8])]);
    bad(&|it| it.agreed = vec![said(vec![vec![(Fact::Met, 1)], Vec::new()])]);
    bad(&|it| it.agreed = vec![said(vec![vec![(Fact::Met, 2)]])]);
    bad(&|it| it.agreed = vec![said(vec![vec![(Fact::Met, 1); 2]])]);
    bad(&|it| _ = it.seats[2].sheet.answers.set(5, Fact::Met, Some(-1)));
    let record = good.to_record();
    assert!((0..record.len()).all(|at| Panel::from_record(&record[..at]).is_none()));
}

#[test]
fn an_agreed_answer_counts_once_somebody_stands_for_it_with_a_reason() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let mut panel = seated(rubric, &["{}", "{}", r#"{"1-3":{"met":false}}"#]);
    for (who, why, counts) in [
        ("", "", false),
        ("组长", "", false),
        (" ", "看过章程", false),
        ("组长", " \n", false),
        ("组长", "看过章程", true),
    ] {
        let facts = vec![(Fact::Met, 1)];
        let agreed = Agreed { row: 3, facts, who: who.to_owned(), why: why.to_owned(), ..Agreed::default() };
        assert_eq!(agreed.is_signed(), counts);
        panel.agree(agreed);
        let taken = panel.outcome(rubric).row(3).map(|it| it.taken);
        assert_eq!(taken, Some(if counts { Taken::Agreed } else { Taken::Open }), "{who:?} {why:?}");
        assert_eq!(panel.sheet(rubric).note(3), if counts { "组长：看过章程" } else { "" });
    }
}

#[test]
fn a_panel_is_laid_up_in_a_line_that_notices_damage() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let mut panel = seated(rubric, &["{}", "{}", r#"{"1-3":{"met":false}}"#]);
    let (who, why) = ("组长".to_owned(), "章程已提供".to_owned());
    panel.agree(Agreed { row: 3, facts: vec![(Fact::Met, 1)], who, why, ..Agreed::default() });
    let sealed = panel.seal();
    assert_eq!(Panel::open(&sealed), Ok(panel.clone()));
    assert_eq!(Panel::open(&format!(" {sealed}\n")), Ok(panel));
    assert_eq!(Panel::open(&Panel::default().seal()), Ok(Panel::default()));
    assert!(sealed.starts_with("ZPH2."), "{sealed}");
    assert!((0..sealed.len()).all(|at| Panel::open(&sealed[..at]).is_err()));
    for newer in [sealed.replace("ZPH2.", "ZPH3."), "ZPH99.whatever".to_owned()] {
        assert_eq!(Panel::open(&newer), Err(Damage::Newer));
    }
    for broken in
        ["", "ZPH", "ZPH2", "ZPH0.1.1.A", "ZPH2..", "ZP2.1.1.1.1.1.1.A", "ZPH2.4.1.", &sealed.replace('.', ",")]
    {
        assert_eq!(Panel::open(broken), Err(Damage::Broken), "{broken}");
    }
    let (head, payload) = sealed.rsplit_once('.').expect("a payload");
    for (at, it) in payload.char_indices() {
        let mut other = payload.to_owned();
        other.replace_range(at..=at, if it == 'A' { "B" } else { "A" });
        assert_eq!(Panel::open(&format!("{head}.{other}")), Err(Damage::Broken), "{at}");
    }
}

/// A panel as version 1 stored it, which must always be readable. What the seats said at the time of the agreement is
/// taken to be what they say there.
#[test]
fn a_panel_of_version_1_opens() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let line = read("tests/records/panel-v1.line");
    let panel = Panel::open(&line).expect("it opens");
    assert_eq!((panel.unit.as_str(), panel.seats.len(), panel.limit), ("某厂", 3, Points::whole(1)));
    let agreed = panel.agreed(3).expect("a row was agreed");
    assert_eq!((agreed.who.as_str(), agreed.why.as_str()), ("李组长", "章程未盖章"));
    let outcome = panel.outcome(rubric);
    assert!(outcome.row(3).is_some_and(|it| it.taken == Taken::Agreed && !it.again));
    assert_eq!(outcome.open(), [12]);
    assert!(line.starts_with("ZPH1.") && panel.seal().starts_with("ZPH2."));
    assert_eq!(Panel::open(&panel.seal()), Ok(panel));
    // neither version is read as the other
    assert_eq!(Panel::open(&line.replace("ZPH1.", "ZPH2.")), Err(Damage::Broken));
    let line = line.trim();
    assert!((0..line.len()).all(|at| Panel::open(&line[..at]).is_err()));
}

#[test]
fn texts_of_a_panel_are_made_harmless() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let mut panel = seated(rubric, &["{}"]);
    panel.unit = "某\u{202e}公司".to_owned();
    panel.seats[0].name = "甲".repeat(1000);
    panel.seats[0].sheet.notes = vec![(1, "好\u{200b}".to_owned())];
    let (who, why) = ("\u{7}组长".to_owned(), "因".repeat(1000));
    panel.agreed = vec![Agreed { row: 1, who, why, ..Agreed::default() }];
    let panel = panel.cleaned();
    assert_eq!((panel.unit.as_str(), panel.agreed[0].who.as_str()), ("某公司", "组长"));
    assert_eq!((panel.seats[0].name.chars().count(), panel.agreed[0].why.chars().count()), (1000, 1000));
    assert_eq!(panel.seats[0].sheet.note(1), "好");
}

#[test]
fn what_is_told_of_joining_is_for_people() {
    let all = [Join::Fits, Join::Again(0), Join::Apart(Apart::Annex), Join::OtherUnit, Join::Full, Join::NoSeat];
    assert!(all.iter().all(|it| !it.to_string().ends_with('。') && it.to_string().chars().any(|it| '一' <= it)));
    assert_eq!(Join::Again(0).to_string(), "与第 1 席的记录完全相同，请确认是不是同一份放了两次");
}

/// A panel with these sheets, and nothing agreed.
pub fn of_sheets(sheets: Vec<Sheet>, limit: Points) -> Panel {
    let edition = &editions()[0];
    let annex = sheets.first().expect("a sheet").annex;
    let dossier = Dossier::new(String::new(), EMPLOYER, edition, &[annex]);
    let mut panel = Panel::about(edition, &dossier, &dossier.sheets[0], limit).expect("the annex is there");
    for (n, sheet) in sheets.into_iter().enumerate() {
        assert!(panel.join(edition, &dossier, sheet, format!("评估员{n}")).is_taken());
    }
    panel
}

/// All rows, and where each answer was taken from.
pub fn taken(outcome: &PanelResult<'_>) -> Vec<(u16, Taken)> {
    outcome.rows.iter().map(|it| (it.row.number, it.taken)).collect()
}

pub fn seated(rubric: &Rubric, seats: &[&str]) -> Panel {
    let sheet = |over: &&str| {
        let over: Map<String, Value> = serde_json::from_str(over).expect("JSON");
        let answers = answers(rubric, true, &over, &[]);
        Sheet { id: 1, annex: rubric.annex, answers, ..Sheet::default() }
    };
    of_sheets(seats.iter().map(sheet).collect(), Points::ZERO)
}

fn panel(rubric: &Rubric, case: &Case) -> Panel {
    let sheet = |(at, over): (usize, &Map<String, Value>)| {
        let without = case.without.get(at).map(Vec::as_slice).unwrap_or_default();
        let answers = answers(rubric, true, over, without);
        Sheet { id: 1, annex: case.annex, answers, ..Sheet::default() }
    };
    let limit = Points::tenths(case.limit.as_ref().map_or(10, |it| tenths(&it.to_string())));
    let seated = |seats: &[Map<String, Value>]| of_sheets(seats.iter().enumerate().map(sheet).collect(), limit);
    let mut panel = seated(&case.seats);
    let agreed: Vec<Given> = answers(rubric, false, &case.agreed, &[]).iter().copied().collect();
    for facts in agreed.chunk_by(|a, b| a.row == b.row) {
        let (who, why) = ("组长".to_owned(), "合议".to_owned());
        panel.agree(Agreed {
            row: facts[0].row,
            facts: facts.iter().map(|it| (it.fact, it.value)).collect(),
            who,
            why,
            ..Agreed::default()
        });
    }
    if let Some(later) = &case.later {
        panel.seats = seated(later).seats;
    }
    panel
}

/// `0.5`, `10`.
fn tenths(points: &str) -> u16 {
    let (whole, tenth) = points.split_once('.').unwrap_or((points, "0"));
    whole.parse::<u16>().expect("points") * 10 + tenth.parse::<u16>().expect("a tenth")
}

pub fn turner(unit: &str, name: &str, code: &str) -> Dossier {
    let mut dossier = Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], &[2]);
    dossier.sheets[0].set_blank(0, name.to_owned());
    dossier.sheets[0].occupation_code = code.to_owned();
    dossier
}
