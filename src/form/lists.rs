//! Which lists a dossier has.

use crate::dossier::Dossier;
use crate::rubric::Edition;

use super::tables::{EntryTable, LineValues};
use super::{declared, entries};

/// All lists of a dossier, each with its lines.
pub fn all_tables(
    edition: &Edition,
    dossier: &Dossier,
    names: &[String],
    school: bool,
) -> Vec<(EntryTable, Vec<LineValues>)> {
    vec![
        (declared::declared_table(school), declared::declared(dossier, school)),
        (entries::task_table(names), entries::tasks(edition, dossier)),
        (entries::mark_table(names), entries::marks(edition, dossier)),
        (entries::evidence_table(names), entries::evidence(edition, dossier)),
        (entries::examiner_table(), entries::examiners(dossier)),
        (entries::expert_table(), entries::experts(dossier)),
        (entries::equipment_table(), entries::equipment(dossier)),
    ]
}
