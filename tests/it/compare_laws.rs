//! What always holds for comparisons, for all six rubrics and any answers, even absurd ones.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ziping::compare::{Both, Comparison, Differs, Flip, OneSidedVeto, Side, change_in_words, compare, pairs};
use ziping::dossier::{Dossier, Sheet};
use ziping::rubric::{Fact, Part, Points, Rubric};
use ziping::score::{Answers, Given, RowReport, Verdict, fits, in_one_sentence, score};

use crate::arbitrary::{self, anything, sheet};
use crate::editions;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sheet_does_not_differ_from_itself((rubric, given) in anything(), notes in notes()) {
        let it = noted(rubric, given.into_iter().collect(), notes);
        let compared = compare(rubric, &it, &it);
        prop_assert!(compared.rows.iter().all(|it| it.differs == Differs::default()));
        prop_assert!(compared.head.iter().all(|it| !it.differs));
        prop_assert!(compared.sections.iter().all(|it| it.difference() == 0));
        prop_assert_eq!((&compared.vetoes, &compared.change), (&Vec::new(), &None));
    }

    #[test]
    fn comparing_the_other_way_round_is_the_mirror((rubric, left, right) in two()) {
        let (one, other) = (compare(rubric, &left, &right), compare(rubric, &right, &left));
        prop_assert_eq!(&mirrored(one.clone()), &other);
        prop_assert_eq!(one.rows.iter().map(|it| it.difference().unwrap_or(0)).sum::<i32>(),
            -other.rows.iter().map(|it| it.difference().unwrap_or(0)).sum::<i32>());
    }

    /// Where no row differs nothing differs at all, and the other way round.
    #[test]
    fn what_differs_stands_in_the_rows((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        let differs = it.rows.iter().any(|it| it.differs.in_assessment());
        prop_assert_eq!(differs || it.rows.iter().any(|it| it.differs.estimate), left.answers != right.answers);
        if !differs {
            prop_assert!(it.change.is_none() && it.vetoes.is_empty());
        }
        for row in &it.rows {
            prop_assert!(!(row.differs.in_assessment() && row.differs.in_note_only()));
            prop_assert_eq!(row.differs.note, left.note(row.row.number).trim() != right.note(row.row.number).trim());
        }
    }

    /// Everything that a sheet's head says is in the comparison, and heads that are equal when compared have no
    /// differences.
    #[test]
    fn no_fact_of_the_head_is_silent((rubric, left, right) in two(), said in vec(vec(select(vec!["", "车工", "3、4", " 4，3 ", "12", "１２"]), 8), 2)) {
        let headed = |sheet: &Sheet, said: &[&str]| {
            let mut sheet = sheet.clone();
            (sheet.occupation_code, sheet.levels) = (said[0].to_owned(), said[1].to_owned());
            sheet.blanks = said[2..].iter().map(|it| (*it).to_owned()).collect();
            sheet
        };
        let it = compare(rubric, &headed(&left, &said[0]), &headed(&right, &said[1]));
        let n = if rubric.part == Part::Public { 0 } else { 2 };
        let asked: Vec<usize> = (0..n).chain(2..2 + rubric.blanks().count()).collect();
        let written = asked.iter().filter(|at| said.iter().any(|it| !it[**at].is_empty()));
        prop_assert_eq!(it.head.len(), written.count());
        for line in &it.head {
            prop_assert!(!line.name.is_empty());
            prop_assert!(line.sides.left != line.sides.right || !line.differs);
            prop_assert!(line.sides.left.is_empty() == line.sides.right.is_empty() || line.differs);
        }
    }

    /// The differences of the rows add up to that of the total, without the rows that are outside the total.
    #[test]
    fn differences_of_the_rows_add_up_to_that_of_the_totals((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        let tenths = |it: Points| i32::from(it.in_tenths());
        let of = |report: &RowReport<'_>| tenths(report.score.unwrap_or_default());
        let difference = |outside: bool| -> i32 {
            let rows = it.rows.iter().filter(|it| it.is_outside_total() == outside);
            rows.map(|it| of(&it.sides.right.report) - of(&it.sides.left.report)).sum()
        };
        prop_assert_eq!(difference(false), tenths(it.reports.right.base) - tenths(it.reports.left.base));
        prop_assert_eq!(difference(true), tenths(it.reports.right.bonus) - tenths(it.reports.left.bonus));
    }

    /// What is said about the change of the verdict agrees with the reports of both sides.
    #[test]
    fn a_standing_veto_is_never_told_as_pending((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        let words = change_in_words(&it, Both { left: "自评", right: "评估" });
        let pending = it.reports.left.settled() == Verdict::Pending || it.reports.right.settled() == Verdict::Pending;
        prop_assert_eq!(words.contains("结论待定"), pending, "{}", words);
        for (side, name) in [(Side::Left, "自评"), (Side::Right, "评估")] {
            let report = it.reports.of(side);
            prop_assert_eq!(report.settled() == Verdict::FilingVetoed, in_one_sentence(report).contains("触发否决项"));
            prop_assert_eq!(report.settled() == Verdict::Pending, in_one_sentence(report).contains("结论待定"));
            if let Some(change) = &it.change {
                let unanswered = change.unanswered.of(side);
                prop_assert!(unanswered.is_empty() || report.settled() == Verdict::Pending);
                prop_assert_eq!(words.contains(&format!("{name}未评")), !unanswered.is_empty());
            }
        }
        prop_assert!(words.contains("缺一不可") == words.contains("可能还有别的改法"));
    }

    /// The side with fewer rows to change comes first, and none leads to a pending verdict.
    #[test]
    fn the_shorter_way_is_told_first((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        let told = it.told();
        prop_assert_eq!(told.is_empty(), it.change.is_none());
        prop_assert!(told.iter().all(|it| it.1.rows().is_sorted()));
        prop_assert!(told.is_sorted_by(|a, b| a.1.n_to_change() < b.1.n_to_change()));
        prop_assert!(told.iter().all(|(side, _)| it.reports.of(side.other()).settled() != Verdict::Pending));
    }

    /// The rows that are named are the reason: taken over they change the verdict, and none of a set can be left out.
    #[test]
    fn what_is_told_to_turn_the_verdict_turns_it((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        prop_assert_eq!(it.change.is_some(), it.reports.left.settled() != it.reports.right.settled());
        let Some(change) = &it.change else { return Ok(()) };
        for (flip, here, there) in [(&change.to_turn.left, &left, &right), (&change.to_turn.right, &right, &left)] {
            let aim = score(rubric, &there.answers).settled();
            let turns = |rows: &[u16]| score(rubric, &with(here, there, rows)).settled() == aim;
            let singles: Vec<u16> = rubric.rows().map(|it| it.number).filter(|it| turns(&[*it])).collect();
            prop_assert!(!flip.rows().is_empty());
            match flip {
                Flip::Each(rows) => prop_assert_eq!(rows, &singles),
                Flip::Together(rows) => {
                    prop_assert_eq!(singles, Vec::<u16>::new());
                    prop_assert!(turns(rows), "{rows:?}");
                    for at in 0..rows.len() {
                        let mut fewer = rows.clone();
                        fewer.remove(at);
                        prop_assert!(!turns(&fewer), "{rows:?} without {}", rows[at]);
                    }
                }
            }
        }
        let words = change_in_words(&it, Both { left: "自评", right: "评估" });
        prop_assert!(!words.is_empty() && !words.ends_with('。'));
    }

    #[test]
    fn every_sheet_is_paired_once_or_alone(left in arbitrary::dossier(), right in arbitrary::dossier(), names in vec(select(vec!["车工", "钳工", ""]), 8)) {
        let named = |mut it: Dossier, from: usize| {
            it.sheets.iter_mut().zip(&names[from..]).for_each(|(it, name)| it.set_blank(0, (*name).to_owned()));
            it
        };
        let (left, right) = (named(left, 0), named(right, 4));
        let it = pairs(&editions()[0], &left, &right).expect("one edition");
        let ids = |it: &Dossier| it.sheets.iter().map(|it| it.id).collect::<Vec<_>>();
        let told = |alone: &[u16], of: fn(&Both<u16>) -> u16| {
            let mut near: Vec<u16> = it.near.iter().map(of).collect();
            near.sort_unstable();
            near.dedup();
            let mut all: Vec<u16> = it.together.iter().map(of).chain(near).chain(alone.iter().copied()).collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(told(&it.alone.left, |it| it.left), ids(&left));
        prop_assert_eq!(told(&it.alone.right, |it| it.right), ids(&right));
        let mut other = pairs(&editions()[0], &right, &left).expect("one edition");
        for pairs in [&mut other.together, &mut other.near] {
            *pairs = pairs.iter().map(|it| it.mirrored()).collect();
        }
        let place = |it: &Both<u16>| {
            let of = |dossier: &Dossier, id| dossier.sheets.iter().position(|it| it.id == id);
            (of(&left, it.left), of(&right, it.right))
        };
        other.together.sort_by_key(place);
        other.near.sort_by_key(place);
        prop_assert_eq!((it.together, it.near, it.alone), (other.together, other.near, other.alone.mirrored()));
        let same = pairs(&editions()[0], &left, &left).expect("one edition");
        prop_assert!(same.together.iter().all(|it| it.left == it.right));
        prop_assert_eq!(same.alone, Both::default());
    }
}

fn two() -> impl Strategy<Value = (&'static Rubric, Sheet, Sheet)> {
    several_of(2..=2).prop_flat_map(|(rubric, sheets)| (Just(rubric), Just(sheets), notes(), notes())).prop_map(
        |(rubric, sheets, left, right)| {
            let [one, other]: [Sheet; 2] = sheets.try_into().expect("two");
            (rubric, noted(rubric, one.answers, left), noted(rubric, other.answers, right))
        },
    )
}

pub fn several_of(n: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = (&'static Rubric, Vec<Sheet>)> {
    let any_two = prop_oneof![
        sheet().prop_flat_map(|(rubric, one)| {
            let other = sheet()
                .prop_filter_map("the same rubric", move |(it, other)| std::ptr::eq(it, rubric).then_some(other));
            (Just(rubric), Just(one), other)
        }),
        anything().prop_map(|(rubric, given)| {
            let given: Vec<Given> = given.into_iter().filter(|it| fits(it.fact.measure(), it.value)).collect();
            let turned = given.iter().map(|it| match it.fact {
                Fact::Met | Fact::Hazard | Fact::Has => Given { value: 1 - it.value, ..*it },
                _ => *it,
            });
            (rubric, given.iter().copied().collect(), turned.collect())
        }),
    ];
    // how many rows are taken from another sheet, in tenths, and how many are left out, in hundredths
    let mixture = vec((select(vec![0, 1, 2, 5, 10]), select(vec![0, 0, 2]), vec((0..10_u16, 0..100_u16), 60)), n);
    (any_two, mixture).prop_map(|((rubric, one, other), mixture)| {
        let sheet = |(others, gone, rows): (u16, u16, Vec<(u16, u16)>)| {
            let rows: Vec<u16> = (1..).zip(rows).filter(|(_, it)| it.0 < others).map(|(row, _)| row).collect();
            let of =
                |answers: &Answers| Sheet { id: 1, annex: rubric.annex, answers: answers.clone(), ..Sheet::default() };
            let mut sheet = of(&with(&of(&one), &of(&other), &rows));
            rows.iter().filter(|row| **row % 50 < gone).for_each(|row| _ = sheet.answers.clear(*row));
            sheet
        };
        (rubric, mixture.into_iter().map(sheet).collect())
    })
}

fn notes() -> impl Strategy<Value = Vec<(u16, String)>> {
    vec((1..48_u16, select(vec!["缺应急预案", " 缺应急预案 ", "  ", "看过原件"]).prop_map(str::to_owned)), 0..4)
}

pub fn noted(rubric: &Rubric, answers: Answers, notes: Vec<(u16, String)>) -> Sheet {
    let mut sheet = Sheet { id: 1, annex: rubric.annex, answers, ..Sheet::default() };
    notes.into_iter().for_each(|(row, note)| sheet.set_note(row, note));
    sheet
}

fn with(here: &Sheet, there: &Sheet, rows: &[u16]) -> Answers {
    let kept = here.answers.iter().filter(|it| !rows.contains(&it.row));
    kept.chain(there.answers.iter().filter(|it| rows.contains(&it.row))).copied().collect()
}

fn mirrored(it: Comparison<'_>) -> Comparison<'_> {
    let mut it = it;
    it.reports = it.reports.mirrored();
    it.head.iter_mut().for_each(|it| it.sides = it.sides.clone().mirrored());
    it.rows = it.rows.into_iter().map(|row| ziping::compare::RowPair { sides: row.sides.mirrored(), ..row }).collect();
    for section in &mut it.sections {
        section.reports = section.reports.mirrored();
    }
    it.vetoes = it.vetoes.into_iter().map(|veto| OneSidedVeto { on: veto.on.other(), ..veto }).collect();
    // a cell has one veto of each kind, so only the order of the two sides of a row may differ
    it.vetoes.sort_by_key(|it| (it.row, it.on == Side::Right));
    it.change = it.change.map(|change| ziping::compare::Change {
        vetoes: change.vetoes.mirrored(),
        unanswered: change.unanswered.mirrored(),
        to_turn: change.to_turn.mirrored(),
    });
    it
}
