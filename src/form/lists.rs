//! Which lists a dossier has.

use crate::dossier::Dossier;
use crate::rubric::Edition;
use crate::spreadsheet::{Column, Table};

use super::sign::Sign;
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

/// The lists of a dossier as tables: what a workbook has on its worksheets, for programs.
pub fn list_tables(edition: &Edition, dossier: &Dossier) -> Vec<Table> {
    let names = Sign::of(edition, dossier, None, true).names();
    let all = all_tables(edition, dossier, &names, declared::of_school(edition, dossier));
    let table = |(table, lines): (EntryTable, Vec<LineValues>)| {
        let kinds: Vec<_> = table.columns.iter().map(|it| &it.2).collect();
        let cells =
            |line: &LineValues| kinds.iter().zip(line).map(|(kind, said)| kind.written(said.as_ref())).collect();
        let rows = lines.iter().map(cells).collect();
        let columns = table.columns.iter().map(|it| Column { title: it.0.to_owned(), width: it.1 }).collect();
        Table { name: table.name.to_owned(), columns, rows }
    };
    all.into_iter().map(table).collect()
}
