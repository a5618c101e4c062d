//! What an applicant keeps: a case with its sheets, stored as sealed text where the browser finds it again.

mod backup;
mod clean;
mod declarations;
mod envelope;
mod history;
mod lines;
mod masked;
mod merge;
mod occupations;
mod review;
mod roster;
mod sealed;
mod shared;
mod shelf;
mod work;

use std::mem::replace;

use crate::bytes::wire::{Bytes, Wire, wire_struct};
use crate::filing::place::UNTOLD;
use crate::filing::{route, scope};
use crate::rubric::{Applicant, Edition, Part, Rubric};
use crate::score::{Answers, Given, fits};

pub use backup::{
    About, Backup, BackupBeside, LostDossier, NotOpened, beside, read_backup, read_in_part, write_backup,
};
pub use clean::{NOTE, Overlong, TEXT, capped, cleaned, cleaned_sheet, cleaned_text, overlong};
pub use declarations::Declaration;
pub use envelope::{Envelope, Stamp, open, seal};
pub use history::{EditPlace, History, difference};
pub use lines::{DeclaredLines, LinesChanged, RowFound};
pub use masked::masked;
pub use merge::{Clash, ClashValue, HeadPlace, Merged, merge};
pub use occupations::{Declares, Occupation, paired, title};
pub use review::{CasePlace, Finding, Next, ReviewCheck, Weight, lacking, next_step, review};
pub use roster::{
    EntryCell, Equipment, Examiner, Expert, Left, MOST_LISTED, Roster, RosterCell, RosterColumn, RosterList,
    RosterNote, RosterOffer, RosterPlaced, RosterTable, RosterTotals, counts_for, is_of_roster, pieces, roster_facts,
    roster_offer, roster_offers, roster_totals, take_facts, without_names,
};
pub use sealed::{Damage, open_line, seal_line, version_of};
pub use shared::Shared;
pub use shelf::{
    Base, Keeper, Laid, Listed, MemoryStore, MirrorAsk, NotSaved, Refused, Shelf, Shelved, Sight, Single, Store,
    Watched, taken_from,
};
pub use work::{Evidence, PaperCount, Task, TaskState, VERSIONS, Version, Work, proposals};

/// 一份自评档案: one applicant's case.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// 申请单位. May be empty until the applicant says.
    pub unit: String,
    pub applicant: Applicant,
    /// Id of the edition under which it is scored, for ever.
    pub edition: String,
    pub sheets: Vec<Sheet>,
    /// When it was put in the bin, in seconds since 1970; after [`BIN_DAYS`] it is removed for good.
    pub binned: Option<u64>,
    /// The answers to the questions on who files where.
    pub route: route::FilingAnswers,
    /// Asked for once, used wherever they are printed or compared.
    pub facts: UnitFacts,
    /// 评价范围: the rows of the declaration, in their order.
    pub declared: Vec<Shared<scope::DeclaredRow>>,
    /// 名册.
    pub roster: Roster,
}

/// How long the bin keeps a dossier.
pub const BIN_DAYS: u64 = 7;

/// What a unit says about itself once, as typed; empty where it did not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitFacts {
    /// 所在地, where the guided start did not ask for it.
    pub place: String,
    /// 联系人.
    pub contact: String,
    /// 联系电话.
    pub telephone: String,
    /// 自评日期.
    pub date: String,
    /// 考评人员总数, over all occupations.
    pub examiners: String,
    /// 专家总数.
    pub experts: String,
    /// The number of all people, which each kind of applicant calls by a name of its own.
    pub people: String,
}

/// 一张自评表: the answers to one rubric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its number within the dossier; never used twice.
    pub id: u16,
    pub annex: u8,
    /// What stands in the blanks of the printed header, in their order.
    pub blanks: Vec<String>,
    /// 职业编码.
    pub occupation_code: String,
    /// 级别, as entered: 4、3.
    pub levels: String,
    pub answers: Answers,
    /// 备注, by row.
    pub notes: Vec<(u16, String)>,
    pub work: Work,
}

/// A sheet as a record has it that knows nothing of the work on it: versions 1 and 2 of a dossier, and a panel's seat.
pub(crate) struct BareSheet(pub Sheet);

impl Dossier {
    /// A new case with an empty public sheet for every annex given.
    pub fn new(unit: String, applicant: Applicant, edition: &Edition, annexes: &[u8]) -> Dossier {
        let mut dossier = Dossier::empty(unit, applicant, edition.id.clone());
        for annex in annexes {
            dossier.add_sheet(*annex);
        }
        dossier
    }

    fn empty(unit: String, applicant: Applicant, edition: String) -> Dossier {
        Dossier {
            unit,
            applicant,
            edition,
            sheets: Vec::new(),
            binned: None,
            route: route::FilingAnswers::default(),
            facts: UnitFacts::default(),
            declared: Vec::new(),
            roster: Roster::default(),
        }
    }

    /// 所在地: the fact, or the first place that was named for the filing.
    pub fn place(&self) -> &str {
        let told = |it: &&str| *it != route::UNCLEAR && !UNTOLD.contains(it);
        let named = route::SEATS.iter().flat_map(|it| self.route.all(it)).find(told);
        if self.facts.place.is_empty() { named.unwrap_or_default() } else { &self.facts.place }
    }

    /// Takes back the answers that stand for places which the sender did not tell: whoever keeps the dossier is asked.
    pub fn forget_untold(&mut self) {
        self.route.0.retain(|it| !UNTOLD.contains(&it.1.as_str()));
    }

    /// Could this program have written it? Each id stands in it once, and all values are ones that their facts can
    /// have.
    fn is_sound(&self) -> bool {
        let mut taken = vec![false; 1 + usize::from(u16::MAX)];
        let possible = |it: &Given| fits(it.fact.measure(), it.value);
        let earlier = |sheet: &Sheet| sheet.work.versions.iter().flat_map(|it| it.answers.iter()).all(possible);
        let tasks = |sheet: &Sheet| sheet.work.tasks.iter().flat_map(|it| &it.to).all(|it| fits(it.0.measure(), it.1));
        self.sheets.iter().all(|it| !replace(&mut taken[usize::from(it.id)], true))
            && self.sheets.iter().all(|it| it.answers.iter().all(possible) && earlier(it) && tasks(it))
    }

    /// Gives all sheets the first numbers, in their order, where a stranger left none for sheets to come.
    pub(crate) fn leave_numbers(&mut self) {
        if self.sheets.iter().any(|it| u16::MAX / 2 < it.id) {
            self.number_anew();
        }
    }

    pub(crate) fn number_anew(&mut self) {
        (1..).zip(&mut self.sheets).for_each(|(id, it)| it.id = id);
    }

    /// Adds an empty sheet; returns its id.
    pub fn add_sheet(&mut self, annex: u8) -> u16 {
        let id = self.sheets.iter().map(|it| it.id).max().map_or(1, |it| it + 1);
        self.sheets.push(Sheet { id, annex, ..Sheet::default() });
        id
    }

    /// Takes a sheet back that was deleted, under its own number where that is still free. One that is there is not taken
    /// twice.
    pub fn take_in(&mut self, mut sheet: Sheet) {
        match self.sheet(sheet.id) {
            Some(there) if *there == sheet => return,
            Some(_) => sheet.id = self.sheets.iter().map(|it| it.id).max().map_or(1, |it| it + 1),
            None => {}
        }
        let at = self.sheets.iter().position(|it| sheet.id < it.id).unwrap_or(self.sheets.len());
        self.sheets.insert(at, sheet);
    }

    pub fn sheet(&self, id: u16) -> Option<&Sheet> {
        self.sheets.iter().find(|it| it.id == id)
    }

    pub fn sheet_mut(&mut self, id: u16) -> Option<&mut Sheet> {
        self.sheets.iter_mut().find(|it| it.id == id)
    }
}

impl Sheet {
    /// The sheet's own name: the occupation, or nothing for a public sheet.
    pub fn occupation(&self, rubric: &Rubric) -> Option<&str> {
        let name = self.blanks.first().map_or("", |it| it.trim());
        (rubric.part == Part::Occupation).then_some(name)
    }

    pub fn blank(&self, at: usize) -> &str {
        self.blanks.get(at).map_or("", String::as_str)
    }

    pub fn set_blank(&mut self, at: usize, text: String) {
        if self.blanks.len() <= at {
            self.blanks.resize(at + 1, String::new());
        }
        self.blanks[at] = text;
    }

    pub fn note(&self, row: u16) -> &str {
        self.notes.iter().find(|it| it.0 == row).map_or("", |it| &it.1)
    }

    /// Sets a row's note; an empty one is taken away.
    pub fn set_note(&mut self, row: u16, note: String) {
        self.notes.retain(|it| it.0 != row);
        if !note.is_empty() {
            let at = self.notes.partition_point(|it| it.0 < row);
            self.notes.insert(at, (row, note));
        }
    }
}

wire_struct! {
    Dossier { unit, applicant, edition, sheets, binned, route, facts, declared, roster }
    UnitFacts { place, contact, telephone, date, examiners, experts, people }
}

impl Wire for BareSheet {
    fn write(&self, out: &mut Vec<u8>) {
        let BareSheet(Sheet { id, annex, blanks, occupation_code, levels, answers, notes, work: _ }) = self;
        id.write(out);
        annex.write(out);
        blanks.write(out);
        occupation_code.write(out);
        levels.write(out);
        answers.write(out);
        notes.write(out);
    }

    fn read(from: &mut Bytes<'_>) -> BareSheet {
        BareSheet(Sheet {
            id: Wire::read(from),
            annex: Wire::read(from),
            blanks: Wire::read(from),
            occupation_code: Wire::read(from),
            levels: Wire::read(from),
            answers: Wire::read(from),
            notes: Wire::read(from),
            work: Work::default(),
        })
    }
}

impl Wire for Sheet {
    fn write(&self, out: &mut Vec<u8>) {
        BareSheet(self.clone()).write(out);
        self.work.write(out);
    }

    fn read(from: &mut Bytes<'_>) -> Sheet {
        let BareSheet(sheet) = BareSheet::read(from);
        Sheet { work: Wire::read(from), ..sheet }
    }
}
