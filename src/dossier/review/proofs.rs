//! 佐证材料: how many of those listed are still missing. Where no list was begun there is nothing to say.

use super::super::PaperCount;
use super::{CasePlace, ReviewCheck, ReviewFindings};

pub(super) fn check(found: &mut ReviewFindings<'_>) {
    let counts = found.sheets().into_iter().map(|(sheet, rubric)| sheet.count_papers(rubric));
    let missing = counts.fold(PaperCount::default(), PaperCount::with).missing();
    if 0 < missing {
        let message = format!("佐证材料还缺 {missing} 份，备齐后请在清单里勾选");
        found.say(ReviewCheck::ProofsMissing, CasePlace::Proofs, message);
    }
}
