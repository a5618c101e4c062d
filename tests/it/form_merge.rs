//! A workbook taken into a dossier that is there: what it says counts, and nothing else is lost.

use ziping::dossier::{Dossier, Evidence, Examiner, Sheet, Task, VERSIONS, Version};
use ziping::form::{merge, read_form, workbook};
use ziping::plan::{Effort, Mark};
use ziping::rubric::{Fact, Points, Rule};

use crate::form::{plain, rules};
use crate::{EMPLOYER, editions, every_field};

/// A workbook of this dossier, as it comes back.
fn sent(dossier: &Dossier) -> Dossier {
    read_form(editions(), rules(), &workbook(&editions()[0], &rules()[0], dossier, None, ""))
        .expect("it is ours")
        .dossier
}

#[test]
fn the_own_workbook_changes_nothing() {
    let dossier = plain(every_field::full());
    let mut into = dossier.clone();
    merge(&mut into, &sent(&dossier));
    assert_eq!(into, dossier);
}

#[test]
fn an_empty_workbook_takes_nothing_away() {
    let dossier = plain(every_field::full());
    let mut bare = Dossier::new(String::new(), dossier.applicant, &editions()[0], &[1]);
    let occupation = dossier.sheets.iter().find(|it| it.annex == 2).expect("a sheet of annex 2");
    bare.sheets.push(Sheet { id: 7, annex: 2, blanks: vec![occupation.blank(0).to_owned()], ..Sheet::default() });
    let mut into = dossier.clone();
    merge(&mut into, &sent(&bare));
    assert_eq!(into, dossier);
}

#[test]
fn into_an_empty_dossier_everything_comes() {
    let dossier = plain(every_field::full());
    let mut into = Dossier::new(String::new(), dossier.applicant, &editions()[0], &[1]);
    merge(&mut into, &sent(&dossier));
    // the empty sheet of annex 1 became the one of the workbook
    let ids = |it: &Dossier| it.sheets.iter().map(|it| it.annex).collect::<Vec<_>>();
    assert_eq!(ids(&into), ids(&dossier));
    for (there, said) in into.sheets.iter().zip(&dossier.sheets) {
        assert_eq!(Sheet { id: said.id, ..there.clone() }, *said);
    }
    assert_eq!((&into.unit, &into.facts, &into.route), (&dossier.unit, &dossier.facts, &dossier.route));
    assert_eq!((&into.declared, &into.roster), (&dossier.declared, &dossier.roster));
}

/// A sheet of annex 1 with what is said about these rows.
fn sheet_of(rows: &[(u16, i64)], who: &str) -> Sheet {
    let mut sheet = Sheet { id: 1, annex: 1, ..Sheet::default() };
    for (row, value) in rows {
        sheet.answers.set(*row, Fact::Met, Some(*value));
        sheet.set_note(*row, format!("备注{row}{who}"));
        let mark = Mark { row: *row, effort: Effort::Money, cost: Some(25), reach: None };
        sheet.work.wishes.set_mark(mark);
        let task = Task { row: *row, to: vec![(Fact::Met, 1)], who: who.to_owned(), ..Task::default() };
        sheet.work.tasks.push(task);
        sheet.work.evidence.push(Evidence {
            row: *row,
            paper: "凭证".to_owned(),
            who: who.to_owned(),
            ..Evidence::default()
        });
        sheet.work.versions.push(Version { made: u64::from(*row), name: who.to_owned(), ..Version::default() });
    }
    sheet
}

#[test]
fn what_both_say_is_as_in_the_workbook_and_all_else_stays() {
    let rubric = editions()[0].rubric(1).expect("annex 1");
    let yes_no: Vec<u16> = rubric.rows().filter(|it| matches!(it.rule, Rule::Met { .. })).map(|it| it.number).collect();
    let [own, both, new] = yes_no[..3] else { panic!("three rows") };
    let mut into = Dossier::new("某厂".to_owned(), EMPLOYER, &editions()[0], &[]);
    into.sheets.push(sheet_of(&[(own, 1), (both, 1)], "甲"));
    into.sheets[0].answers.set(new, Fact::Unsure, Some(1));
    into.sheets[0].work.wishes.target = Some(Points::tenths(700));
    into.facts.contact = "联系人甲".to_owned();
    into.facts.telephone = "1234567".to_owned();
    into.roster.examiners =
        ["赵", "钱"].map(|it| Examiner { name: it.to_owned(), agreement: Some(true), ..Examiner::default() }).into();
    let mut read = Dossier::new("某厂分厂".to_owned(), EMPLOYER, &editions()[0], &[]);
    read.sheets.push(sheet_of(&[(both, 0), (new, 0)], "乙"));
    read.sheets[0].work.wishes.safe = true;
    read.facts.contact = "联系人乙".to_owned();
    read.roster.examiners =
        ["钱", "孙"].map(|it| Examiner { name: it.to_owned(), appointment: Some(true), ..Examiner::default() }).into();
    merge(&mut into, &sent(&read));
    assert_eq!(into.sheets.len(), 1);
    let sheet = &into.sheets[0];
    let said = |row| (sheet.answers.get(row, Fact::Met), sheet.answers.get(row, Fact::Unsure), sheet.note(row));
    assert_eq!(said(own), (Some(1), None, &*format!("备注{own}甲")));
    assert_eq!(said(both), (Some(0), None, &*format!("备注{both}乙")));
    assert_eq!(said(new), (Some(0), None, &*format!("备注{new}乙")));
    let wishes = &sheet.work.wishes;
    assert_eq!(
        wishes.marks.iter().map(|it| (it.row, it.effort, it.cost)).collect::<Vec<_>>(),
        [own, both, new].map(|it| (it, Effort::Money, Some(25)))
    );
    assert_eq!((wishes.target, wishes.safe), (Some(Points::tenths(700)), true));
    let whose = [(own, "甲"), (both, "乙"), (new, "乙")];
    assert_eq!(sheet.work.tasks.iter().map(|it| (it.row, &*it.who)).collect::<Vec<_>>(), whose);
    assert_eq!(sheet.work.evidence.iter().map(|it| (it.row, &*it.who)).collect::<Vec<_>>(), whose);
    // of versions none is another's
    assert_eq!(sheet.work.versions.len(), 4);
    assert_eq!((&*into.unit, &*into.facts.contact, &*into.facts.telephone), ("某厂", "联系人乙", "1234567"));
    let people = into.roster.examiners.iter().map(|it| (&*it.name, it.agreement, it.appointment));
    let yes = Some(true);
    assert_eq!(people.collect::<Vec<_>>(), [("赵", yes, None), ("钱", yes, yes), ("孙", None, yes)]);
}

#[test]
fn two_sheets_of_one_occupation_stay_two_and_versions_are_at_most_twenty() {
    let of = |id: u16, levels: &str| {
        let mut sheet =
            Sheet { id, annex: 2, blanks: vec!["车工".to_owned()], levels: levels.to_owned(), ..Sheet::default() };
        sheet.set_note(1, format!("{levels}级"));
        sheet
    };
    let mut into = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[]);
    into.sheets = vec![of(1, "4"), of(2, "3")];
    into.sheets[0].work.versions = (0..19).map(|made| Version { made, ..Version::default() }).collect();
    let mut read = into.clone();
    read.sheets = vec![of(2, "3"), of(1, "4"), of(3, "2")];
    read.sheets[1].work.versions = (40..60).map(|made| Version { made, ..Version::default() }).collect();
    merge(&mut into, &sent(&read));
    let said: Vec<(u16, &str, &str)> = into.sheets.iter().map(|it| (it.id, &*it.levels, it.note(1))).collect();
    assert_eq!(said, [(1, "4", "4级"), (2, "3", "3级"), (3, "2", "2级")]);
    let made: Vec<u64> = into.sheets[0].work.versions.iter().map(|it| it.made).collect();
    assert_eq!((made.len(), made[18], made[19]), (VERSIONS, 18, 40));
}
