//! A panel as bytes, and what makes one out of a file harmless.

use crate::dossier::{NOTE, Sheet, TEXT, cleaned_sheet, cleaned_text};
use crate::rubric::Fact;
use crate::score::fits;
use crate::wire::{from_bytes, to_bytes, wire_struct};

use super::super::Subject;
use super::{Agreed, Panel, SEATS, Seat, cleaned_subject};

impl Panel {
    /// The record of a panel, to be sealed.
    pub fn to_record(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// `None` where the bytes are no panel that this program would write.
    pub fn from_record(bytes: &[u8]) -> Option<Panel> {
        from_bytes(bytes).filter(Panel::is_sound)
    }

    /// Nothing in it contradicts what this program writes: not too many seats, all of one annex, rows and facts once each
    /// and in order, values that their facts can have.
    fn is_sound(&self) -> bool {
        let fact = |it: &(Fact, i64)| fits(it.0.measure(), it.1);
        let in_order = |it: &Agreed| it.facts.is_sorted_by(|a, b| a.0 < b.0);
        self.seats.len() <= *SEATS.end()
            && self.seats.iter().all(|it| it.sheet.annex == self.subject.annex)
            && self.seats.iter().flat_map(|it| it.sheet.answers.iter()).all(|it| fits(it.fact.measure(), it.value))
            && self.agreed.is_sorted_by(|a, b| a.row < b.row)
            && self.agreed.iter().all(|it| in_order(it) && it.facts.iter().all(fact))
    }

    /// A panel out of a file, which anybody may have written.
    pub fn cleaned(self) -> Panel {
        let text = |it| cleaned_text(it, TEXT);
        let seat = |it: Seat| Seat { name: text(it.name), sheet: harmless(it.sheet) };
        let agreed = |it: Agreed| Agreed { who: text(it.who), why: cleaned_text(it.why, NOTE), ..it };
        Panel {
            subject: cleaned_subject(self.subject),
            unit: text(self.unit),
            seats: self.seats.into_iter().take(*SEATS.end()).map(seat).collect(),
            limit: self.limit,
            agreed: self.agreed.into_iter().map(agreed).collect(),
        }
    }
}

/// A sheet out of a record, with harmless texts and values that its facts can have.
pub(super) fn harmless(sheet: Sheet) -> Sheet {
    let mut sheet = cleaned_sheet(sheet);
    sheet.answers = sheet.answers.iter().filter(|it| fits(it.fact.measure(), it.value)).copied().collect();
    sheet
}

wire_struct! {
    Panel { subject, unit, seats, limit, agreed }
    Subject { edition, annex, code, occupation }
    Seat { name, sheet }
    Agreed { row, facts, who, why }
}
