//! What always holds for 检查一遍 and 下一步, for any dossier.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use ziping::dossier::{CasePlace, Dossier, Next, Weight, next_step, review};
use ziping::filing::{Rules, scope};

use crate::{arbitrary, editions, site};

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_dossier_can_be_reviewed(dossier in anything(), edits in 0..2_u32) {
        let edition = &editions()[0];
        let found = review(edition, rules(), &dossier);
        for it in &found {
            prop_assert!(exists(&dossier, it.place), "{it:?}");
            prop_assert!(!it.message.is_empty() && !it.message.ends_with('。'), "{it:?}");
        }
        prop_assert!(found.is_sorted_by_key(|it| it.weight));
        prop_assert_eq!(&found, &review(edition, rules(), &dossier));
        // an edition may have no rules for filing
        review(edition, &Rules::default(), &dossier);
        let next = next_step(edition, &dossier, &found, edits);
        prop_assert!(!next.words(edition, &dossier).is_empty());
        let done = found.iter().all(|it| it.weight == Weight::Hint);
        prop_assert_eq!(next == Next::Print, done && edits == 0);
        if let Next::Fill { sheet, row } = next {
            prop_assert!(exists(&dossier, CasePlace::Row(sheet, row)));
        }
    }

    #[test]
    fn the_order_of_answers_leaves_no_trace(dossier in anything(), by in vec(any::<Index>(), 0..40)) {
        let mut other = dossier.clone();
        for sheet in &mut other.sheets {
            let mut given: Vec<_> = sheet.answers.iter().copied().collect();
            for at in by.iter().filter(|_| !sheet.answers.is_empty()) {
                let it = given.remove(at.index(given.len()));
                given.push(it);
            }
            sheet.answers = given.into_iter().collect();
            let notes: Vec<_> = sheet.notes.drain(..).rev().collect();
            notes.into_iter().for_each(|(row, note)| sheet.set_note(row, note));
        }
        prop_assert_eq!(review(&editions()[0], rules(), &dossier), review(&editions()[0], rules(), &other));
    }
}

/// Dossiers; some of them declare the occupations of some of their sheets.
pub fn anything() -> impl Strategy<Value = Dossier> {
    let names = ["车工", "车工（数控车床）", "车工(数控车床)", "钳工", ""];
    let row =
        (select(vec!["6-18-01-01", "6-20-01-01", "2", ""]), select(names.to_vec()), select(vec!["4、3", "2", "x", ""]));
    let rows = vec((row, any::<bool>()), 0..4);
    let notes = select(vec!["1.保密制度；2.回避制度", "《保密制度》", "、，；《》。", ""]);
    let counts = vec(select(vec!["5", "９", "x", "", "999999"]), 6);
    (arbitrary::dossier(), rows, vec((select(names.to_vec()), notes), 4), counts).prop_map(
        |(mut dossier, rows, sheets, counts)| {
            for ((code, name, levels), own) in rows {
                let school = own.then(scope::School::default);
                let (code, name, levels) = (code.into(), name.into(), levels.into());
                let row = scope::DeclaredRow { code, name, levels, school, ..scope::DeclaredRow::default() };
                dossier.declared.push(row.into());
            }
            for (sheet, (name, note)) in dossier.sheets.iter_mut().zip(sheets) {
                sheet.blanks = [name].iter().chain(&counts).map(|it| (*it).to_owned()).collect();
                (26..47).for_each(|row| sheet.set_note(row, note.to_owned()));
            }
            dossier.facts.examiners = counts[0].to_owned();
            dossier.facts.people = counts[1].to_owned();
            dossier
        },
    )
}

fn exists(dossier: &Dossier, place: CasePlace) -> bool {
    let rubric = |id| dossier.sheet(id).and_then(|it| editions()[0].rubric(it.annex));
    match place {
        CasePlace::Unit | CasePlace::Facts | CasePlace::Route => true,
        CasePlace::Declared(at) => at < dossier.declared.len().max(1),
        CasePlace::Sheet(id) => rubric(id).is_some(),
        CasePlace::Proofs => true,
        CasePlace::Header(id) => rubric(id).is_some_and(|it| !it.header.is_empty()),
        CasePlace::Row(id, row) => rubric(id).is_some_and(|it| it.row(row).is_some()),
    }
}

fn rules() -> &'static Rules {
    &site().rules[0]
}
