//! 检查一遍: what in a whole dossier cannot be filed, cannot both be right, or is still open.

mod check;
mod declared;
mod needs;
mod next;
mod people;
mod proofs;
mod roster;
mod rows;
mod sheets;
mod systems;
mod unit;

use crate::filing::Rules;
use crate::order;
use crate::rubric::{Edition, Role, Row, Rubric};

use super::{Dossier, Sheet};

pub use check::{ReviewCheck, Weight};
pub use needs::lacking;
pub use next::{Next, next_step};
pub(super) use systems::names as systems_named;

/// 检查出的一处: what disagrees with what, and what to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub check: ReviewCheck,
    /// The weight of the check.
    pub weight: Weight,
    pub place: CasePlace,
    /// For a person, without a full stop at its end.
    pub message: String,
    /// Where the document speaks of it; empty where it does not.
    pub clause: String,
    /// Ids of the readings on which the finding rests.
    pub readings: Vec<String>,
}

/// The place to which a page can take the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CasePlace {
    Unit,
    Facts,
    Route,
    /// A row of the declaration, from 0; its first while there is none.
    Declared(usize),
    /// A sheet, by its id.
    Sheet(u16),
    /// The printed header of a sheet.
    Header(u16),
    /// A sheet and the number of its row.
    Row(u16, u16),
    /// 佐证材料清单.
    Proofs,
}

impl CasePlace {
    /// From the start of the case to its last sheet; within a sheet from top to bottom.
    fn order(self) -> (u8, usize, u8, u16) {
        let sheet = |id: u16, part, row| (4, usize::from(id), part, row);
        match self {
            CasePlace::Unit => (0, 0, 0, 0),
            CasePlace::Facts => (1, 0, 0, 0),
            CasePlace::Route => (2, 0, 0, 0),
            CasePlace::Declared(at) => (3, at, 0, 0),
            CasePlace::Sheet(id) => sheet(id, 0, 0),
            CasePlace::Header(id) => sheet(id, 1, 0),
            CasePlace::Row(id, row) => sheet(id, 2, row),
            CasePlace::Proofs => (5, 0, 0, 0),
        }
    }
}

/// Checks a dossier. The gravest findings come first, equally grave ones in the order of their places.
pub fn review(edition: &Edition, rules: &Rules, dossier: &Dossier) -> Vec<Finding> {
    let mut found = ReviewFindings { edition, rules, dossier, all: Vec::new() };
    unit::check(&mut found);
    declared::check(&mut found);
    sheets::check(&mut found);
    roster::totals(&mut found);
    let unsettled = rows::unsettled(&found);
    for (sheet, rubric) in found.sheets() {
        rows::check(&mut found, sheet, rubric, &unsettled);
        people::check(&mut found, sheet, rubric);
        roster::check(&mut found, sheet, rubric);
        systems::check(&mut found, sheet, rubric);
    }
    proofs::check(&mut found);
    let mut all = found.all;
    order::sort_by_key(&mut all, |it| (it.weight, it.place.order(), it.check as u8));
    all
}

/// What was found so far.
struct ReviewFindings<'r> {
    edition: &'r Edition,
    rules: &'r Rules,
    dossier: &'r Dossier,
    all: Vec<Finding>,
}

impl<'r> ReviewFindings<'r> {
    fn say(&mut self, check: ReviewCheck, place: CasePlace, message: String) {
        self.cite(check, place, message, String::new(), &[]);
    }

    fn cite(&mut self, check: ReviewCheck, place: CasePlace, message: String, clause: String, readings: &[String]) {
        self.all.push(Finding { check, weight: check.weight(), place, message, clause, readings: readings.to_vec() });
    }

    /// Adds a finding about a row. It cites only the readings that are given: the row's other readings do not concern
    /// it.
    fn say_of_row(&mut self, check: ReviewCheck, at: (&Sheet, &Rubric, &Row), message: String, readings: &[&str]) {
        let (sheet, rubric, row) = at;
        let clause = crate::score::clause(self.edition, rubric, row);
        let leant: Vec<String> = row.readings.iter().filter(|it| readings.contains(&it.as_str())).cloned().collect();
        self.cite(check, CasePlace::Row(sheet.id, row.number), message, clause, &leant);
    }

    /// The reading with a role, where the edition has one.
    fn of_role(&self, role: Role) -> Option<&'r str> {
        self.edition.of_role(role).map(|it| it.id.as_str())
    }

    /// The sheets, each with its rubric. A sheet for which this edition has no rubric is left out.
    fn sheets(&self) -> Vec<(&'r Sheet, &'r Rubric)> {
        let (edition, dossier) = (self.edition, self.dossier);
        dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?))).collect()
    }
}

/// 1-30“其他”: a row as the page names it.
fn row_name(rubric: &Rubric, row: &Row) -> String {
    const MOST: usize = 16;
    let id = rubric.row_id(row.number);
    let n = row.content.chars().count();
    if n == 0 {
        return id;
    }
    let content: String = row.content.chars().take(MOST).collect();
    let more = if MOST < n { "…" } else { "" };
    format!("{id}“{content}{more}”")
}

/// 附件2“车工”: a sheet as people call it.
fn sheet_name(sheet: &Sheet, rubric: &Rubric) -> String {
    match sheet.occupation(rubric) {
        Some(name) if !name.is_empty() => format!("附件{}“{name}”", sheet.annex),
        Some(_) | None => format!("附件{}", sheet.annex),
    }
}
