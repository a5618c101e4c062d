//! A panel as bytes and as a sealed line of text; and how one that comes from a file is made harmless.
//!
//! `ZPH2.<length>.<crc32>.<payload>`, the payload being the panel's bytes. Version 1 can always be read.

use crate::bytes::wire::{Bytes, Wire, from_bytes, to_bytes, wire_struct};
use crate::dossier::{BareSheet, Damage, Sheet, cleaned_sheet, cleaned_text, open_line, seal_line, version_of};
use crate::rubric::{Fact, Points};
use crate::score::fits;

use super::super::Subject;
use super::{Agreed, Panel, SEATS, Seat, cleaned_subject};

const SIGN: &str = "ZPH";
const VERSION: u32 = 2;

impl Panel {
    /// The panel as it is stored.
    pub fn seal(&self) -> String {
        seal_line(&format!("{SIGN}{VERSION}"), &[], &self.to_record())
    }

    /// # Errors
    /// What is wrong with the text.
    pub fn open(text: &str) -> Result<Panel, Damage> {
        let (version, rest) = version_of(SIGN, VERSION, text)?;
        let opened = open_line(rest).and_then(|([], bytes)| match version {
            1 => from_v1(&bytes),
            _ => Panel::from_record(&bytes),
        });
        opened.map(Panel::cleaned).ok_or(Damage::Broken)
    }

    /// The record of a panel, to be sealed.
    pub fn to_record(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// `None` where the bytes are no panel that this program would write.
    pub fn from_record(bytes: &[u8]) -> Option<Panel> {
        from_bytes(bytes).filter(Panel::is_sound)
    }

    /// Could this program have written it? It has not too many seats, all of one annex; rows and facts are sorted and
    /// stand in it once; all values are ones that their facts can have.
    fn is_sound(&self) -> bool {
        let in_order = |facts: &Vec<(Fact, i64)>| {
            facts.is_sorted_by(|a, b| a.0 < b.0) && facts.iter().all(|it| fits(it.0.measure(), it.1))
        };
        let said = |it: &Agreed| it.said.len() <= *SEATS.end() && it.said.is_sorted() && it.said.iter().all(in_order);
        self.seats.len() <= *SEATS.end()
            && self.seats.iter().all(|it| it.sheet.annex == self.subject.annex)
            && self.seats.iter().flat_map(|it| it.sheet.answers.iter()).all(|it| fits(it.fact.measure(), it.value))
            && self.agreed.is_sorted_by(|a, b| a.row < b.row)
            && self.agreed.iter().all(|it| in_order(&it.facts) && said(it))
    }

    /// Makes a panel from storage harmless, where anybody may have written.
    pub fn cleaned(self) -> Panel {
        let text = cleaned_text;
        let seat = |it: Seat| Seat { name: text(it.name), sheet: harmless(it.sheet) };
        let agreed = |it: Agreed| Agreed { who: text(it.who), why: cleaned_text(it.why), ..it };
        Panel {
            subject: cleaned_subject(self.subject),
            unit: text(self.unit),
            seats: self.seats.into_iter().take(*SEATS.end()).map(seat).collect(),
            limit: self.limit,
            agreed: self.agreed.into_iter().map(agreed).collect(),
        }
    }
}

/// A sheet from a record, with harmless texts and only values that its facts can have.
pub(super) fn harmless(sheet: Sheet) -> Sheet {
    let mut sheet = cleaned_sheet(sheet);
    sheet.answers = sheet.answers.iter().filter(|it| fits(it.fact.measure(), it.value)).copied().collect();
    sheet
}

/// A panel as version 1 wrote it.
struct PanelV1 {
    subject: Subject,
    unit: String,
    seats: Vec<Seat>,
    limit: Points,
    agreed: Vec<AgreedV1>,
}

struct AgreedV1 {
    row: u16,
    facts: Vec<(Fact, i64)>,
    who: String,
    why: String,
}

/// Version 1 did not store what the seats said at the time of the agreement: it is assumed to be what they say in the
/// record.
fn from_v1(bytes: &[u8]) -> Option<Panel> {
    let PanelV1 { subject, unit, seats, limit, agreed } = from_bytes(bytes)?;
    let mut panel = Panel { subject, unit, seats, limit, agreed: Vec::new() };
    let agreed = agreed.into_iter().map(|AgreedV1 { row, facts, who, why }| {
        let said = panel.said(row);
        Agreed { row, facts, who, why, said }
    });
    panel.agreed = agreed.collect();
    Some(panel).filter(Panel::is_sound)
}

wire_struct! {
    Panel { subject, unit, seats, limit, agreed }
    Subject { edition, annex, code, occupation }
    Agreed { row, facts, who, why, said }
    PanelV1 { subject, unit, seats, limit, agreed }
    AgreedV1 { row, facts, who, why }
}

impl Wire for Seat {
    fn write(&self, out: &mut Vec<u8>) {
        self.name.write(out);
        BareSheet(self.sheet.clone()).write(out);
    }

    fn read(from: &mut Bytes<'_>) -> Seat {
        Seat { name: Wire::read(from), sheet: BareSheet::read(from).0 }
    }
}
