//! Makes text from elsewhere harmless: without control characters, without those that nobody sees or that change the
//! direction of writing, with plain letters in place of look-alikes. Nothing is cut; what codes and links have no room for
//! is counted, to be told.

use crate::letters::{is_unseen, plain};

use super::{Dossier, Evidence, Roster, Sheet, Work};

/// The most characters of 备注 of a row that go along with a code or a link.
pub const NOTE: usize = 500;
/// The most characters of any other text.
pub const TEXT: usize = 200;
const MOST_SHEETS: usize = 200;
const MOST_BLANKS: usize = 20;
const MOST_NOTES: usize = 200;

/// A text that is longer than what a code or a link takes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlong {
    /// 单位名称, 1-4 的备注.
    pub what: String,
    pub most: usize,
    /// By how many characters.
    pub by: usize,
}

/// Makes a dossier from a file or a link harmless, which anybody may have written. Every text keeps its length.
pub fn cleaned(mut dossier: Dossier) -> Dossier {
    let facts = &mut dossier.facts;
    let texts = [
        &mut dossier.unit,
        &mut dossier.edition,
        &mut facts.place,
        &mut facts.contact,
        &mut facts.telephone,
        &mut facts.date,
        &mut facts.examiners,
        &mut facts.experts,
        &mut facts.people,
    ];
    texts.into_iter().for_each(clean);
    dossier.route.0.iter_mut().for_each(|it| clean(&mut it.1));
    for row in &mut dossier.declared {
        let row = &mut **row;
        let texts = [&mut row.code, &mut row.name, &mut row.trade, &mut row.levels];
        texts.into_iter().chain([&mut row.standard_name, &mut row.dictionary_name]).for_each(clean);
    }
    let Roster { examiners, experts, equipment } = &mut dossier.roster;
    examiners.iter_mut().flat_map(|it| [&mut it.name, &mut it.occupation]).for_each(clean);
    experts.iter_mut().flat_map(|it| [&mut it.name, &mut it.occupation, &mut it.title]).for_each(clean);
    equipment.iter_mut().flat_map(|it| [&mut it.name, &mut it.occupation]).for_each(clean);
    dossier.sheets = dossier.sheets.into_iter().map(cleaned_sheet).collect();
    dossier
}

/// Makes a single sheet harmless.
pub fn cleaned_sheet(mut sheet: Sheet) -> Sheet {
    sheet.blanks.iter_mut().chain([&mut sheet.occupation_code, &mut sheet.levels]).for_each(clean);
    sheet.notes.iter_mut().for_each(|it| clean(&mut it.1));
    let Work { wishes: _, tasks, evidence, versions } = &mut sheet.work;
    tasks.iter_mut().flat_map(|it| [&mut it.who, &mut it.due]).for_each(clean);
    for Evidence { row: _, paper, place, who, ready: _, pages } in evidence {
        [paper, place, who, pages].into_iter().for_each(clean);
    }
    for version in versions {
        clean(&mut version.name);
        version.notes.iter_mut().for_each(|it| clean(&mut it.1));
    }
    sheet
}

/// Makes a text harmless.
pub fn cleaned_text(mut text: String) -> String {
    clean(&mut text);
    text
}

/// What of a dossier has room in a code or a link. [`overlong`] says what is cut by it.
pub fn capped(mut dossier: Dossier) -> Dossier {
    dossier.sheets.truncate(MOST_SHEETS);
    let facts = &mut dossier.facts;
    for text in [&mut dossier.unit, &mut dossier.edition, &mut facts.place] {
        cap(text, TEXT);
    }
    dossier.route.0.iter_mut().for_each(|it| cap(&mut it.1, TEXT));
    for sheet in &mut dossier.sheets {
        sheet.blanks.truncate(MOST_BLANKS);
        sheet.notes.truncate(MOST_NOTES);
        let texts = sheet.blanks.iter_mut().chain([&mut sheet.occupation_code, &mut sheet.levels]);
        texts.for_each(|it| cap(it, TEXT));
        sheet.notes.iter_mut().for_each(|it| cap(&mut it.1, NOTE));
    }
    dossier
}

/// The texts of which only a part goes along with a code or a link.
pub fn overlong(dossier: &Dossier) -> Vec<Overlong> {
    let mut found = Vec::new();
    let mut look = |what: &dyn Fn() -> String, text: &str, most: usize| {
        let n = text.chars().count();
        if most < n {
            found.push(Overlong { what: what(), most, by: n - most });
        }
    };
    look(&|| "单位名称".to_owned(), &dossier.unit, TEXT);
    look(&|| "所在地".to_owned(), &dossier.facts.place, TEXT);
    for sheet in &dossier.sheets {
        let annex = sheet.annex;
        let heads = sheet.blanks.iter().chain([&sheet.occupation_code, &sheet.levels]);
        heads.for_each(|it| look(&|| format!("附件{annex} 表头"), it, TEXT));
        sheet.notes.iter().for_each(|(row, note)| look(&|| format!("{annex}-{row} 备注"), note, NOTE));
    }
    found
}

fn clean(text: &mut String) {
    *text = text.chars().filter(|it| !is_hidden(*it)).map(plain).collect();
}

fn cap(text: &mut String, most: usize) {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
    }
}

/// Control characters except line breaks, and characters that change the direction of writing or are invisible.
fn is_hidden(it: char) -> bool {
    it.is_control() && it != '\n' || is_unseen(it)
}
