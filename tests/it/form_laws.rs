//! What holds of every workbook: whatever a sheet or a dossier says comes back as it was.

use proptest::prelude::*;
use ziping::dossier::{Dossier, Sheet};
use ziping::form::{blank_workbook, read_form, sheet_workbook, workbook};
use ziping::score::{Answers, faults};

use crate::form::{plain, rules};
use crate::{arbitrary, editions};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_answers_come_back((rubric, given) in arbitrary::anything(), note in "[^\\p{C}\\p{M}]{0,60}") {
        let edition = &editions()[0];
        let of_row = |it: &ziping::score::Given| {
            let row = rubric.row(it.row);
            row.is_some_and(|row| row.rule.forms().concat().contains(&it.fact))
                && ziping::score::fits(it.fact.measure(), it.value)
        };
        let answers: Answers = given.into_iter().filter(of_row).collect();
        let mut dossier = Dossier::new(note.clone(), rubric.applicant, edition, &[]);
        let mut sheet = Sheet { id: 1, annex: rubric.annex, answers, ..Sheet::default() };
        sheet.set_note(1, note);
        dossier.sheets.push(sheet.clone());
        let dossier = ziping::dossier::cleaned(dossier);
        let bytes = sheet_workbook(edition, &dossier, &dossier.sheets[0], None, "");
        let read = read_form(editions(), rules(), &bytes).expect("it is ours");
        prop_assert_eq!(&plain(read.dossier), &plain(dossier));
        let wrong = faults(rubric, &sheet.answers).len();
        prop_assert!(read.problems.len() <= wrong, "{:?}", read.problems);
    }

    #[test]
    fn any_dossier_comes_back(dossier in arbitrary::dossier()) {
        let mut dossier = ziping::dossier::cleaned(dossier);
        // answers to questions that nobody asks have no cell
        dossier.route.0.clear();
        let bytes = workbook(&editions()[0], &rules()[0], &dossier, None, "");
        let read = read_form(editions(), rules(), &bytes).expect("it is ours");
        prop_assert_eq!(plain(read.dossier), plain(Dossier { binned: None, ..dossier }));
    }

    /// Bytes of the parts as they are changed by anybody: never a stop, and nothing of another row.
    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let edition = &editions()[0];
        let mut bytes = blank_workbook(edition, &edition.rubrics[1], "");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = read_form(editions(), rules(), &bytes) {
            prop_assert!(read.dossier.sheets.iter().all(|it| it.answers.is_empty()));
        }
    }
}
