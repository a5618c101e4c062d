//! What always holds for a panel, for all six rubrics and any answers, even absurd ones.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use ziping::bytes::base64url;
use ziping::bytes::crc::crc32;
use ziping::compare::{Agreed, Dispute, Panel, Seat, Taken};
use ziping::dossier::{Damage, Sheet};
use ziping::rubric::{Points, Rubric};
use ziping::score::{Given, fits, score};

use crate::arbitrary::{anything, sheet};
use crate::compare_laws::{noted, several_of};
use crate::editions;
use crate::panel::{of_sheets, taken};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_panel_of_one_mind_has_nothing_open((rubric, given) in anything(), n in 3..=7_usize, limit in 0..30_u16) {
        let answers = given.into_iter().filter(|it| fits(it.fact.measure(), it.value)).collect();
        let sheet = noted(rubric, answers, Vec::new());
        let outcome = of_sheets(vec![sheet.clone(); n], Points::tenths(limit)).outcome(rubric);
        prop_assert_eq!(outcome.open(), Vec::<u16>::new());
        // estimates stay with whoever made them
        let rows = rubric.rows().map(|row| sheet.answers.row(row.number).without_estimates());
        let common = rows.flat_map(|it| it.given().to_vec()).collect();
        prop_assert_eq!(&outcome.report, &score(rubric, &common));
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
            let told = |seat: &Seat| seat.sheet.answers.row(it.row.number).telling(&it.row.rule).without_estimates().given().to_vec();
            let facts: Vec<_> = panel.seats.iter().map(told).collect();
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
            // where points differ by more than the limit, a row on which they depend stays open
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

    /// What was agreed decides, if it is a complete answer.
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

    /// What was agreed stays when the seats change, and has to be looked at again exactly where they then say something
    /// else.
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
            // a seat at another position is the same opinion
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

    /// Even with a right checksum, any bytes open either as a panel that is stored unchanged, or not at all.
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
        prop_assert_eq!(opened.clone().ok(), Panel::from_record(&bytes).map(Panel::cleaned));
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

fn several() -> impl Strategy<Value = (&'static Rubric, Vec<Sheet>, Points)> {
    (several_of(1..=7), 0..40_u16).prop_map(|((rubric, sheets), limit)| (rubric, sheets, Points::tenths(limit)))
}

fn agreed(facts: &[Given]) -> Agreed {
    let (who, why) = ("组长".to_owned(), "核对原件".to_owned());
    let row = facts[0].row;
    let facts = facts.iter().map(|it| (it.fact, it.value)).collect();
    Agreed { row, facts, who, why, ..Agreed::default() }
}
