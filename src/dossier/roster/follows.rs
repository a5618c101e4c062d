//! The facts of an occupation's sheet that follow from the roster, row by row. A row is found by its rule or by its key.

use crate::filing::scope::plain;
use crate::letters::{is_blank, is_bracket, is_list_mark};
use crate::rubric::{Fact, Row, RowKey, Rule};

use super::super::Sheet;
use super::super::occupations::paired;
use super::{Equipment, Examiner, Expert, Roster};

/// What of the roster a row asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RosterAsked {
    /// How many do not comply.
    Examiners(RowKey),
    Experts(RowKey),
    /// How many there are.
    Number,
    ExpertNumber,
    Rate,
    Worn,
}

pub(super) fn asked(row: &Row) -> Option<RosterAsked> {
    match (&row.rule, row.key) {
        (Rule::Number { .. }, _) => Some(RosterAsked::Number),
        (Rule::Experts { .. }, _) => Some(RosterAsked::ExpertNumber),
        (Rule::Rate { .. }, _) => Some(RosterAsked::Rate),
        (
            Rule::Deduct { .. },
            Some(key @ (RowKey::ExaminersAppointed | RowKey::ExaminersQualified | RowKey::ExaminersCertified)),
        ) => Some(RosterAsked::Examiners(key)),
        (Rule::Deduct { .. }, Some(key @ (RowKey::ExpertsAppointed | RowKey::ExpertsQualified))) => {
            Some(RosterAsked::Experts(key))
        }
        (Rule::Deduct { .. }, Some(RowKey::EquipmentWorn)) => Some(RosterAsked::Worn),
        _ => None,
    }
}

/// Does a row ask for something that a roster says?
pub fn is_of_roster(row: &Row) -> bool {
    asked(row).is_some()
}

/// Answers a row with facts of the roster. A score that was entered by hand stood in place of the defects.
pub fn take_facts(sheet: &mut Sheet, row: u16, facts: &[(Fact, i64)]) {
    for (fact, value) in facts {
        if *fact == Fact::Defects {
            sheet.answers.set(row, Fact::Score, None);
        }
        sheet.answers.set(row, *fact, Some(*value));
    }
}

/// What an examiner needs for a row, each with what was said about it; for the number of examiners all of it.
pub(super) fn of_examiner(listed: &Examiner, asked: RosterAsked) -> Vec<(&'static str, Option<bool>)> {
    let appointed = [("聘用协议", listed.agreement), ("聘书", listed.appointment)];
    let (qualified, certified) = (("任职条件", listed.qualified), ("考评员证书", listed.certificate));
    match asked {
        RosterAsked::Examiners(RowKey::ExaminersAppointed) => appointed.into(),
        RosterAsked::Examiners(RowKey::ExaminersQualified) => vec![qualified],
        RosterAsked::Examiners(RowKey::ExaminersCertified) => vec![certified],
        _ => [appointed[0], appointed[1], qualified, certified].into(),
    }
}

pub(super) fn of_expert(listed: &Expert, asked: RosterAsked) -> Vec<(&'static str, Option<bool>)> {
    match asked {
        RosterAsked::Experts(RowKey::ExpertsQualified) => vec![("职称或技能等级条件", listed.qualified)],
        _ => vec![("聘用协议", listed.agreement), ("聘书", listed.appointment)],
    }
}

/// Does somebody comply? One thing that is not there is enough to know; else all has to be said.
pub(super) fn complies(needs: &[(&str, Option<bool>)]) -> Option<bool> {
    if needs.iter().any(|it| it.1 == Some(false)) {
        return Some(false);
    }
    needs.iter().all(|it| it.1.is_some()).then_some(true)
}

/// Does an entry count for a sheet? An empty occupation counts for all; 车工 also counts for 车工（数控车床）.
pub fn counts_for(occupation: &str, sheet: &Sheet) -> bool {
    let (name, code) = (paired(sheet.blank(0)), plain::code(&sheet.occupation_code));
    let broad: String = name.chars().take_while(|it| !is_bracket(*it)).collect();
    let is = |text: &str| {
        let own = paired(text);
        !own.is_empty() && (own == name || own == broad || plain::code(text) == code)
    };
    let mark = |it: char| is_list_mark(it) || is_blank(it) || matches!(it, '/' | '／');
    plain::name(occupation).is_empty() || is(occupation) || occupation.split(mark).any(is)
}

/// The facts of a row that follow from the roster. None where the row asks for nothing of it, where the list is empty, or
/// as long as something is not said.
pub fn roster_facts(roster: &Roster, sheet: &Sheet, row: &Row) -> Vec<(Fact, i64)> {
    follow(roster, sheet, row).unwrap_or_default()
}

fn follow(roster: &Roster, sheet: &Sheet, row: &Row) -> Option<Vec<(Fact, i64)>> {
    let asked = asked(row)?;
    Some(match asked {
        RosterAsked::Examiners(_) | RosterAsked::Number => {
            let (all, bad) = counted(examiners(roster, sheet).map(|it| complies(&of_examiner(it, asked))))?;
            match asked {
                RosterAsked::Number => vec![(Fact::QualifiedExaminers, all - bad), (Fact::Headcount, all)],
                _ => vec![(Fact::Defects, bad)],
            }
        }
        RosterAsked::Experts(_) | RosterAsked::ExpertNumber => {
            let of = experts(roster, sheet);
            match asked {
                RosterAsked::ExpertNumber => vec![(Fact::Experts, counted(of.map(|_| Some(true)))?.0)],
                _ => vec![(Fact::Defects, counted(of.map(|it| complies(&of_expert(it, asked))))?.1)],
            }
        }
        RosterAsked::Rate | RosterAsked::Worn => {
            let of: Vec<&Equipment> = equipment(roster, sheet).collect();
            of.first()?;
            let sum = |n: fn(&Equipment) -> Option<u64>| {
                of.iter().try_fold(0_i64, |sum, it| sum.checked_add(i64::try_from(n(it)?).ok()?))
            };
            match asked {
                RosterAsked::Rate if of.iter().all(|it| it.intact <= it.count) => {
                    vec![(Fact::Intact, sum(|it| it.intact)?), (Fact::Total, sum(|it| it.count)?)]
                }
                RosterAsked::Rate => return None,
                _ => vec![(Fact::Defects, sum(|it| it.worn)?)],
            }
        }
    })
}

/// How many there are and how many of them do not comply; `None` where that is not said of somebody, and where there is
/// nobody: that may as well be an occupation that is called otherwise in the roster.
fn counted(mut each: impl Iterator<Item = Option<bool>>) -> Option<(i64, i64)> {
    each.try_fold((0, 0), |(all, bad), it| Some((all + 1, bad + i64::from(!it?)))).filter(|it| 0 < it.0)
}

/// Those who count for a sheet. An entry that says nothing is none.
pub(super) fn examiners<'r>(roster: &'r Roster, sheet: &'r Sheet) -> impl Iterator<Item = &'r Examiner> {
    let blank = Examiner::default();
    roster.examiners.iter().filter(move |it| **it != blank && counts_for(&it.occupation, sheet))
}

pub(super) fn experts<'r>(roster: &'r Roster, sheet: &'r Sheet) -> impl Iterator<Item = &'r Expert> {
    let blank = Expert::default();
    roster.experts.iter().filter(move |it| **it != blank && counts_for(&it.occupation, sheet))
}

pub(super) fn equipment<'r>(roster: &'r Roster, sheet: &'r Sheet) -> impl Iterator<Item = &'r Equipment> {
    let blank = Equipment::default();
    roster.equipment.iter().filter(move |it| **it != blank && counts_for(&it.occupation, sheet))
}

/// 考评人员总数 and 专家总数 of the unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterTotals {
    pub examiners: usize,
    pub experts: usize,
}

/// How many people the unit has. Who is listed for several occupations is one person; the same name twice for one
/// occupation is two.
pub fn roster_totals(roster: &Roster) -> RosterTotals {
    RosterTotals {
        examiners: people(
            roster.examiners.iter().filter(|it| !it.name.is_empty()).map(|it| (&*it.name, &*it.occupation)).collect(),
        ),
        experts: people(
            roster.experts.iter().filter(|it| !it.name.is_empty()).map(|it| (&*it.name, &*it.occupation)).collect(),
        ),
    }
}

fn people(mut listed: Vec<(&str, &str)>) -> usize {
    crate::order::sort_by_key(&mut listed, |it| *it);
    let mut n = 0;
    for same_name in listed.chunk_by(|one, other| one.0 == other.0) {
        n += same_name.chunk_by(|one, other| one.1 == other.1).map(<[_]>::len).max().unwrap_or_default();
    }
    n
}
