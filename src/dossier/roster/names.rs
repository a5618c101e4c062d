//! Whose names a dossier has, and a copy without them, to be sent.

use super::super::Dossier;
use super::Roster;

/// The dossier without the roster and without who is responsible for what and where papers are kept. 联系人 and
/// 联系电话 stay: whoever gets the file is to reach the unit.
pub fn without_names(dossier: &Dossier) -> Dossier {
    let mut dossier = dossier.clone();
    dossier.roster = Roster::default();
    for work in dossier.sheets.iter_mut().map(|it| &mut it.work) {
        work.tasks.iter_mut().for_each(|it| it.who.clear());
        for proof in &mut work.evidence {
            proof.who.clear();
            proof.place.clear();
        }
    }
    dossier
}
