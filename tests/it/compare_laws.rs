//! What always holds of comparing and of a panel, over all six rubrics and any answers, also absurd ones.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use ziping::compare::{
    Agreed, Both, Comparison, Differs, Dispute, Flip, Panel, Side, Taken, Veto, change_in_words, compare, pairs,
};
use ziping::dossier::{Damage, Dossier, Sheet, base64url, crc32};
use ziping::rubric::{Fact, Part, Points, Rubric};
use ziping::score::{Answers, Given, RowReport, Verdict, fits, in_one_sentence, score};

use crate::arbitrary::{self, anything, sheet};
use crate::editions;
use crate::panel::{of_sheets, taken};

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

    /// Where nothing differs in the rows, nothing differs at all; and the other way round.
    #[test]
    fn what_differs_stands_in_the_rows((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        let differs = it.rows.iter().any(|it| it.differs.in_assessment());
        prop_assert_eq!(differs, left.answers != right.answers);
        if !differs {
            prop_assert!(it.change.is_none() && it.vetoes.is_empty());
        }
        for row in &it.rows {
            prop_assert!(!(row.differs.in_assessment() && row.differs.in_note_only()));
            prop_assert_eq!(row.differs.note, left.note(row.row.number).trim() != right.note(row.row.number).trim());
        }
    }

    /// Whatever the head says on one side stands in it, and where it all counts as the same nothing differs.
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

    /// The rows add up to the total, if those outside of it are left out.
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

    /// What is told of the verdict agrees with what either side says of itself.
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

    /// The shorter way comes first, and none leads to a verdict that is still pending.
    #[test]
    fn the_shorter_way_is_told_first((rubric, left, right) in two()) {
        let it = compare(rubric, &left, &right);
        let told = it.told();
        prop_assert_eq!(told.is_empty(), it.change.is_none());
        prop_assert!(told.iter().all(|it| it.1.rows().is_sorted()));
        prop_assert!(told.is_sorted_by(|a, b| a.1.n_to_change() < b.1.n_to_change()));
        prop_assert!(told.iter().all(|(side, _)| it.reports.of(side.other()).settled() != Verdict::Pending));
    }

    /// The rows that are told are the reason: taken over they turn the verdict, and none of a set can stay behind.
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

    #[test]
    fn a_panel_of_one_mind_has_nothing_open((rubric, given) in anything(), n in 3..=7_usize, limit in 0..30_u16) {
        let answers = given.into_iter().filter(|it| fits(it.fact.measure(), it.value)).collect();
        let sheet = noted(rubric, answers, Vec::new());
        let outcome = of_sheets(vec![sheet.clone(); n], Points::tenths(limit)).outcome(rubric);
        prop_assert_eq!(outcome.open(), Vec::<u16>::new());
        prop_assert_eq!(&outcome.report, &score(rubric, &sheet.answers));
        for it in &outcome.rows {
            prop_assert!(it.disputes.is_empty() && !it.facts_differ && it.spread().is_none_or(|it| it == Points::ZERO));
            let answered = it.seats.iter().all(|it| it.answered);
            prop_assert_eq!(it.taken, if answered { Taken::Common } else { Taken::Nobody });
        }
    }

    #[test]
    fn nothing_in_dispute_is_settled_silently((rubric, sheets, limit) in several()) {
        let panel = of_sheets(sheets, limit);
        let outcome = panel.outcome(rubric);
        for it in &outcome.rows {
            let scores: Vec<Points> = it.seats.iter().filter_map(|it| it.score).collect();
            prop_assert_eq!(it.spread() == Some(Points::ZERO), scores.iter().all(|it| *it == scores[0]) && !scores.is_empty());
            let facts: Vec<_> = panel.seats.iter().map(|seat| seat.sheet.answers.row(it.row.number).given()).collect();
            prop_assert_eq!(it.facts_differ, facts.iter().any(|it| *it != facts[0]));
            let result = outcome.answers.row(it.row.number).given();
            match it.taken {
                Taken::Common => prop_assert!(facts.iter().all(|it| *it == result)),
                Taken::Majority => prop_assert!(facts.len() < 2 * facts.iter().filter(|it| **it == result).count()),
                Taken::Open => prop_assert!(result.is_empty() && !it.disputes.is_empty() && it.facts_differ),
                Taken::Nobody => prop_assert!(it.seats.iter().all(|it| !it.answered)),
                Taken::Agreed => prop_assert!(false, "nothing was agreed"),
            }
            let split = |said: Vec<usize>| !said.is_empty() && said.len() < panel.seats.len();
            prop_assert_eq!(it.disputes.contains(&Dispute::Veto), split(it.vetoed()));
            prop_assert_eq!(it.disputes.contains(&Dispute::Unanswered), split(it.unanswered()));
            // points beyond the limit leave a row open that they depend on
            if it.spread().is_some_and(|it| panel.limit < it) {
                prop_assert!(outcome.rows.iter().any(|it| it.disputes.contains(&Dispute::Points)));
                prop_assert!(!it.facts_differ || it.disputes.contains(&Dispute::Points));
            }
        }
        prop_assert_eq!(&outcome.report, &score(rubric, &outcome.answers));
    }

    #[test]
    fn the_order_of_the_seats_leaves_no_trace((rubric, sheets, limit) in several(), by in vec(any::<Index>(), 0..9)) {
        let mut other = sheets.clone();
        for at in by {
            let it = other.remove(at.index(other.len()));
            other.push(it);
        }
        let (one, other) = (of_sheets(sheets, limit), of_sheets(other, limit));
        let (here, there) = (one.outcome(rubric), other.outcome(rubric));
        prop_assert_eq!(taken(&here), taken(&there));
        prop_assert_eq!((&here.answers, &here.report), (&there.answers, &there.report));
        prop_assert!(here.rows.iter().zip(&there.rows).all(|(a, b)| (&a.disputes, a.least, a.most) == (&b.disputes, b.least, b.most)));
        prop_assert_eq!(one.sheet(rubric), other.sheet(rubric));
    }

    /// Whatever is agreed decides, as far as it is a whole answer.
    #[test]
    fn what_is_agreed_decides((rubric, sheets, limit) in several(), (_, said) in sheet()) {
        let mut panel = of_sheets(sheets, limit);
        let said: Vec<Given> = said.iter().copied().collect();
        for facts in said.chunk_by(|a, b| a.row == b.row) {
            panel.agree(agreed(facts));
        }
        let outcome = panel.outcome(rubric);
        for it in &outcome.rows {
            let here: Vec<Given> = said.iter().filter(|given| given.row == it.row.number).copied().collect();
            let whole = score(rubric, &here.iter().copied().collect()).row(it.row.number).is_some_and(|it| it.answered);
            prop_assert_eq!(it.taken == Taken::Agreed, whole);
            prop_assert_eq!(it.agreed_idly, !here.is_empty() && !it.facts_differ);
            if whole {
                prop_assert_eq!(outcome.answers.row(it.row.number).given(), here.as_slice());
            }
        }
        let opened = Panel::from_record(&panel.to_record());
        prop_assert_eq!(opened.as_ref(), Some(&panel));
        prop_assert_eq!(panel.clone().cleaned(), panel);
    }

    /// What was agreed stays when the seats change, and is to be looked at again just where they say something else then.
    #[test]
    fn what_was_agreed_is_looked_at_again_once_the_seats_say_something_else(
        (rubric, sheets, limit) in several(), (_, said) in sheet(), gone in any::<Index>(), kept in any::<bool>(), by in any::<Index>(),
    ) {
        let mut panel = of_sheets(sheets, limit);
        let said: Vec<Given> = said.iter().copied().collect();
        for facts in said.chunk_by(|a, b| a.row == b.row) {
            panel.agree(agreed(facts));
        }
        let before = panel.outcome(rubric);
        prop_assert!(before.rows.iter().all(|it| !it.again));
        let facts = |panel: &Panel, row: u16| {
            let mut facts: Vec<Vec<Given>> =
                panel.seats.iter().map(|it| it.sheet.answers.row(row).given().to_vec()).collect();
            facts.sort_unstable_by_key(|it| it.iter().map(|it| (it.fact, it.value)).collect::<Vec<_>>());
            facts
        };
        let earlier = panel.clone();
        let seat = panel.seats.remove(gone.index(panel.seats.len()));
        if kept {
            // another place at the table is no other opinion
            panel.seats.insert(by.index(panel.seats.len() + 1), seat);
        }
        let after = panel.outcome(rubric);
        for (it, was) in after.rows.iter().zip(&before.rows) {
            let row = it.row.number;
            let agreed = was.taken == Taken::Agreed;
            prop_assert_eq!(it.taken == Taken::Agreed, agreed);
            prop_assert_eq!(it.again, agreed && facts(&panel, row) != facts(&earlier, row));
            prop_assert!(!agreed || after.answers.row(row).given() == before.answers.row(row).given());
            prop_assert_eq!(after.open().contains(&row), it.taken == Taken::Open || it.again);
        }
        if kept {
            prop_assert!(after.rows.iter().all(|it| !it.again));
        }
        for it in panel.agreed.clone() {
            panel.agree(it);
        }
        prop_assert!(panel.outcome(rubric).rows.iter().all(|it| !it.again));
    }

    #[test]
    fn a_record_cut_or_altered_never_fails((_, sheets, limit) in several(), at in any::<Index>(), byte in any::<u8>()) {
        let mut record = of_sheets(sheets, limit).to_record();
        let at = at.index(record.len());
        prop_assert_eq!(Panel::from_record(&record[..at]), None);
        record[at] = byte;
        if let Some(panel) = Panel::from_record(&record)
            && let Some(rubric) = editions()[0].rubric(panel.subject.annex)
        {
            panel.cleaned().outcome(rubric);
        }
    }

    /// Also where somebody made the checksum right: any bytes open to a panel that lies there unchanged, or to none.
    #[test]
    fn any_bytes_laid_up_as_a_panel_open_or_not(
        bytes in prop_oneof![
            vec(any::<u8>(), 0..300),
            (several(), any::<Index>(), any::<u8>()).prop_map(|((_, sheets, limit), at, byte)| {
                let mut record = of_sheets(sheets, limit).to_record();
                let at = at.index(record.len());
                record[at] = byte;
                record
            }),
        ],
        text in ".{0,60}",
    ) {
        let payload = base64url::encode(&bytes);
        let n = payload.len();
        let sealed = format!("ZPH2.{n}.{}.{payload}", crc32(format!("{n}.{payload}").as_bytes()));
        let opened = Panel::open(&sealed);
        prop_assert_eq!(opened.clone().ok(), Panel::from_record(&bytes));
        if let Ok(panel) = opened {
            prop_assert_eq!(Panel::open(&panel.seal()), Ok(panel));
        }
        prop_assert!(Panel::open(&text).is_err());
        for version in [1, 2] {
            prop_assert_eq!(Panel::open(&format!("ZPH{version}.{text}")), Err(Damage::Broken));
        }
        // read as version 1 it is another panel, or none
        if let Ok(panel) = Panel::open(&sealed.replacen("ZPH2", "ZPH1", 1)) {
            prop_assert_eq!(Panel::open(&panel.seal()), Ok(panel));
        }
    }
}

/// Two sheets of one rubric, which may be close to each other or not.
fn two() -> impl Strategy<Value = (&'static Rubric, Sheet, Sheet)> {
    several_of(2..=2).prop_flat_map(|(rubric, sheets)| (Just(rubric), Just(sheets), notes(), notes())).prop_map(
        |(rubric, sheets, left, right)| {
            let [one, other]: [Sheet; 2] = sheets.try_into().expect("two");
            (rubric, noted(rubric, one.answers, left), noted(rubric, other.answers, right))
        },
    )
}

/// The sheets of a panel, and its limit.
fn several() -> impl Strategy<Value = (&'static Rubric, Vec<Sheet>, Points)> {
    (several_of(1..=7), 0..40_u16).prop_map(|((rubric, sheets), limit)| (rubric, sheets, Points::tenths(limit)))
}

/// One sheet, and others in which some rows are answered as in a second sheet of the same rubric, or not at all.
fn several_of(n: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = (&'static Rubric, Vec<Sheet>)> {
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
    // how many of the rows are another's, in tenths, and how many are left out, in hundredths
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

fn noted(rubric: &Rubric, answers: Answers, notes: Vec<(u16, String)>) -> Sheet {
    let mut sheet = Sheet { id: 1, annex: rubric.annex, answers, ..Sheet::default() };
    notes.into_iter().for_each(|(row, note)| sheet.set_note(row, note));
    sheet
}

/// The answers here, with these rows as they stand there.
fn with(here: &Sheet, there: &Sheet, rows: &[u16]) -> Answers {
    let kept = here.answers.iter().filter(|it| !rows.contains(&it.row));
    kept.chain(there.answers.iter().filter(|it| rows.contains(&it.row))).copied().collect()
}

fn agreed(facts: &[Given]) -> Agreed {
    let (who, why) = ("组长".to_owned(), "核对原件".to_owned());
    let row = facts[0].row;
    let facts = facts.iter().map(|it| (it.fact, it.value)).collect();
    Agreed { row, facts, who, why, ..Agreed::default() }
}

fn mirrored(it: Comparison<'_>) -> Comparison<'_> {
    let mut it = it;
    it.reports = it.reports.mirrored();
    it.head.iter_mut().for_each(|it| it.sides = it.sides.clone().mirrored());
    it.rows = it.rows.into_iter().map(|row| ziping::compare::RowPair { sides: row.sides.mirrored(), ..row }).collect();
    for section in &mut it.sections {
        section.reports = section.reports.mirrored();
    }
    it.vetoes = it.vetoes.into_iter().map(|veto| Veto { on: veto.on.other(), ..veto }).collect();
    // a cell has one veto of each kind, so only the two sides of a row can stand in another order
    it.vetoes.sort_by_key(|it| (it.row, it.on == Side::Right));
    it.change = it.change.map(|change| ziping::compare::Change {
        vetoes: change.vetoes.mirrored(),
        unanswered: change.unanswered.mirrored(),
        to_turn: change.to_turn.mirrored(),
    });
    it
}
