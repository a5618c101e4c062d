//! 合议: several assessors, a sheet each, and what they agree on. No difference is settled silently.

mod kept;
mod near;
mod outcome;
mod record;

use std::fmt;
use std::ops::RangeInclusive;

use crate::dossier::{Dossier, Sheet, Work, cleaned_text, paired};
use crate::order;
use crate::rubric::{Edition, Fact, Points, Rubric};
use crate::score::fits;

use super::{Apart, Subject, same_subject};

pub use near::NearName;
pub use outcome::{Dispute, PanelResult, RowOutcome, Taken};

/// How many assessors a panel has.
pub const SEATS: RangeInclusive<usize> = 3..=7;

/// 合议: the sheets of several assessors about the same subject, and what was agreed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    pub subject: Subject,
    /// 申请单位 that is assessed; empty until a record names it.
    pub unit: String,
    pub seats: Vec<Seat>,
    /// How far points may differ without the panel having to discuss them.
    pub limit: Points,
    /// Sorted by row, each row once.
    pub agreed: Vec<Agreed>,
}

/// One assessor's place in the panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seat {
    /// The assessor.
    pub name: String,
    pub sheet: Sheet,
}

/// What the panel agreed on for a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreed {
    pub row: u16,
    /// The agreed answer, sorted by fact. It counts once it has all the facts that the row's rule needs, a name and a
    /// reason.
    pub facts: Vec<(Fact, i64)>,
    /// Who speaks for it.
    pub who: String,
    pub why: String,
    /// What the seats said about the row at that time. Sorted, because the order of the seats must make no difference.
    /// [`Panel::agree`] fills it in.
    pub said: Vec<Vec<(Fact, i64)>>,
}

/// Whether a sheet may join a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    Fits,
    /// It fits, but the seat at this position has an identical record: somebody may have dropped the file twice.
    Again(usize),
    /// It is about something else.
    Apart(Apart),
    /// It is about another unit.
    OtherUnit,
    /// All seats are taken.
    Full,
    /// The panel has no such seat.
    NoSeat,
}

impl Panel {
    /// An empty panel with the subject of a sheet. `None` where the edition is not the dossier's or has no such annex.
    pub fn about(edition: &Edition, dossier: &Dossier, sheet: &Sheet, limit: Points) -> Option<Panel> {
        let subject = Subject::of(edition, sheet).filter(|_| dossier.edition == edition.id)?;
        let unit = cleaned_text(dossier.unit.trim().to_owned());
        Some(Panel { subject: cleaned_subject(subject), unit, limit, ..Panel::default() })
    }

    /// Whether a sheet out of a dossier may join, as a further seat. Changes nothing.
    pub fn may_join(&self, edition: &Edition, dossier: &Dossier, sheet: &Sheet) -> Join {
        let join = self.may_sit(edition, dossier, sheet, None);
        if join.is_taken() && *SEATS.end() <= self.seats.len() { Join::Full } else { join }
    }

    /// Gives an assessor a seat, even with a record identical to another: two may honestly agree in everything. The
    /// sheet was accepted only if this returns [`Join::Fits`] or [`Join::Again`].
    pub fn join(&mut self, edition: &Edition, dossier: &Dossier, sheet: Sheet, name: String) -> Join {
        let join = self.may_join(edition, dossier, &sheet);
        if join.is_taken() {
            self.learn(edition, dossier, &sheet);
            self.seats.push(Seat { name: cleaned_text(name), sheet: record::harmless(sheet) });
        }
        join
    }

    /// Replaces the sheet of a seat. What was agreed stays. The sheet was accepted only if this returns [`Join::Fits`]
    /// or [`Join::Again`].
    pub fn replace(&mut self, at: usize, edition: &Edition, dossier: &Dossier, sheet: Sheet) -> Join {
        if self.seats.len() <= at {
            return Join::NoSeat;
        }
        let join = self.may_sit(edition, dossier, &sheet, Some(at));
        if join.is_taken() {
            self.learn(edition, dossier, &sheet);
            self.seats[at].sheet = record::harmless(sheet);
        }
        join
    }

    /// Records what the panel agreed on for a row, in place of an earlier agreement, together with what the seats say
    /// now.
    pub fn agree(&mut self, mut agreed: Agreed) {
        agreed.who = cleaned_text(agreed.who);
        agreed.why = cleaned_text(agreed.why);
        agreed.facts.retain(|it| fits(it.0.measure(), it.1));
        order::sort_by_key(&mut agreed.facts, |it| it.0);
        agreed.facts.dedup_by_key(|it| it.0);
        agreed.said = self.said(agreed.row);
        self.take_back(agreed.row);
        let at = self.agreed.partition_point(|other| other.row < agreed.row);
        self.agreed.insert(at, agreed);
    }

    /// Forgets what was agreed about a row.
    pub fn take_back(&mut self, row: u16) {
        self.agreed.retain(|it| it.row != row);
    }

    pub fn agreed(&self, row: u16) -> Option<&Agreed> {
        self.agreed.iter().find(|it| it.row == row)
    }

    /// What the seats say about a row, without their estimates, sorted.
    fn said(&self, row: u16) -> Vec<Vec<(Fact, i64)>> {
        let facts = |seat: &Seat| {
            let said = seat.sheet.answers.row(row).without_estimates().given();
            said.iter().map(|it| (it.fact, it.value)).collect()
        };
        let mut said: Vec<Vec<_>> = self.seats.iter().map(facts).collect();
        order::sort(&mut said);
        said
    }

    /// Has it as many assessors as a panel needs?
    pub fn is_seated(&self) -> bool {
        SEATS.contains(&self.seats.len())
    }

    /// The result as a sheet, to be compared, kept or printed: what all seats wrote into the header, and as 备注 who
    /// had it agreed and why. The seats' own notes stay with them.
    pub fn sheet(&self, rubric: &Rubric) -> Sheet {
        let mut sheet = Sheet { answers: self.outcome(rubric).answers, ..self.head(rubric) };
        for agreed in self.agreed.iter().filter(|it| it.is_signed()) {
            sheet.set_note(agreed.row, cleaned_text(format!("{}：{}", agreed.who.trim(), agreed.why.trim())));
        }
        sheet
    }

    /// An empty sheet with what all seats wrote into the header, for one more assessor.
    pub fn head(&self, rubric: &Rubric) -> Sheet {
        let mut sheet = Sheet { id: 1, annex: self.subject.annex, ..Sheet::default() };
        sheet.occupation_code.clone_from(&self.subject.code);
        sheet.levels = self.common(|it| it.levels.trim());
        for at in 0..rubric.blanks().count() {
            sheet.set_blank(at, self.common(|it| it.blank(at).trim()));
        }
        if !self.subject.occupation.is_empty() {
            sheet.set_blank(0, self.subject.occupation.clone());
        }
        sheet
    }

    /// An entry of the header, where all seats have the same one; otherwise empty.
    fn common(&self, of: impl Fn(&Sheet) -> &str) -> String {
        let mut texts = self.seats.iter().map(|it| of(&it.sheet));
        let first = texts.next().unwrap_or_default();
        if texts.all(|it| it == first) { first.to_owned() } else { String::new() }
    }

    /// Whether a sheet may join, no matter whether a seat is free. `but` is a seat that is not compared, because its
    /// sheet is to be replaced.
    fn may_sit(&self, edition: &Edition, dossier: &Dossier, sheet: &Sheet, but: Option<usize>) -> Join {
        let Some(subject) = Subject::of(edition, sheet) else { return Join::Apart(Apart::Unknown) };
        if dossier.edition != self.subject.edition || edition.id != dossier.edition {
            return Join::Apart(Apart::Edition);
        }
        if let Err(apart) = same_subject(&self.subject, &cleaned_subject(subject)) {
            return Join::Apart(apart);
        }
        let unit = dossier.unit.trim();
        let same = || paired(&cleaned_text(unit.to_owned())) == paired(&self.unit);
        if !unit.is_empty() && !self.unit.is_empty() && !same() {
            return Join::OtherUnit;
        }
        let cleaned = record::harmless(sheet.clone());
        let mut seats = self.seats.iter().enumerate().filter(|it| Some(it.0) != but);
        seats.find(|it| same_record(&it.1.sheet, &cleaned)).map_or(Join::Fits, |it| Join::Again(it.0))
    }

    /// Takes over from a sheet what was not yet known about the subject and the unit.
    fn learn(&mut self, edition: &Edition, dossier: &Dossier, sheet: &Sheet) {
        let about = Panel::about(edition, dossier, sheet, self.limit).unwrap_or_default();
        let own = [&mut self.unit, &mut self.subject.code, &mut self.subject.occupation];
        for (own, new) in own.into_iter().zip([about.unit, about.subject.code, about.subject.occupation]) {
            if own.is_empty() {
                *own = new;
            }
        }
    }
}

/// Are the sheets equal, apart from their numbers within the dossiers and empty blanks at the end of the header?
fn same_record(one: &Sheet, other: &Sheet) -> bool {
    let said = |sheet: &Sheet| {
        let mut sheet = Sheet { id: 0, work: Work::default(), ..sheet.clone() };
        while sheet.blanks.last().is_some_and(String::is_empty) {
            sheet.blanks.pop();
        }
        sheet
    };
    said(one) == said(other)
}

/// The subject with harmless names.
fn cleaned_subject(subject: Subject) -> Subject {
    let text = cleaned_text;
    Subject {
        edition: text(subject.edition),
        annex: subject.annex,
        code: text(subject.code),
        occupation: text(subject.occupation),
    }
}

impl Agreed {
    /// It has a name and a reason.
    pub fn is_signed(&self) -> bool {
        !self.who.trim().is_empty() && !self.why.trim().is_empty()
    }

    /// It has no facts, no name and no reason.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.who.is_empty() && self.why.is_empty()
    }
}

impl Join {
    /// The sheet was given a seat.
    pub fn is_taken(self) -> bool {
        match self {
            Join::Fits | Join::Again(_) => true,
            Join::Apart(_) | Join::OtherUnit | Join::Full | Join::NoSeat => false,
        }
    }
}

/// For a person: why, and what to do.
impl fmt::Display for Join {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Join::Fits => write!(f, "可以加入合议"),
            Join::Again(at) => write!(f, "与第 {} 席的记录完全相同，请确认是不是同一份放了两次", at + 1),
            Join::Apart(apart) => apart.fmt(f),
            Join::OtherUnit => write!(f, "这份记录写的是另一个单位，不能加入这次合议"),
            Join::Full => write!(f, "合议最多 {} 人，不能再加", SEATS.end()),
            Join::NoSeat => write!(f, "合议里没有这一席"),
        }
    }
}
