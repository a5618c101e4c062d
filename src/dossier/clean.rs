//! Makes text from elsewhere harmless: without control characters, without those that nobody sees or that change the
//! direction of writing, with plain letters in place of look-alikes, and not too long.

use crate::letters::{is_unseen, plain};

use super::{Dossier, Sheet};

/// The most characters that 备注 of a row may have.
pub const NOTE: usize = 500;
/// The most characters of any other text.
pub const TEXT: usize = 200;
const MOST_SHEETS: usize = 200;
const MOST_ROWS: usize = 500;

/// Makes a dossier from a file or a link harmless, which anybody may have written.
pub fn cleaned(mut dossier: Dossier) -> Dossier {
    dossier.sheets.truncate(MOST_SHEETS);
    dossier.declared.truncate(MOST_ROWS);
    clean(&mut dossier.unit, TEXT);
    clean(&mut dossier.edition, TEXT);
    let facts = &mut dossier.facts;
    for text in [
        &mut facts.place,
        &mut facts.contact,
        &mut facts.telephone,
        &mut facts.date,
        &mut facts.examiners,
        &mut facts.experts,
        &mut facts.people,
    ] {
        clean(text, TEXT);
    }
    for (_, value) in &mut dossier.route.0 {
        clean(value, TEXT);
    }
    for row in &mut dossier.declared {
        let texts = [&mut row.code, &mut row.name, &mut row.trade, &mut row.levels];
        texts.into_iter().chain([&mut row.standard_name, &mut row.dictionary_name]).for_each(|it| clean(it, TEXT));
    }
    dossier.sheets = dossier.sheets.into_iter().map(cleaned_sheet).collect();
    dossier
}

/// Makes a single sheet harmless.
pub fn cleaned_sheet(mut sheet: Sheet) -> Sheet {
    sheet.blanks.truncate(20);
    sheet.notes.truncate(200);
    sheet.blanks.iter_mut().chain([&mut sheet.occupation_code, &mut sheet.levels]).for_each(|it| clean(it, TEXT));
    for (_, note) in &mut sheet.notes {
        clean(note, NOTE);
    }
    sheet
}

/// Makes a text harmless, with at most `most` characters: [`NOTE`] for a note, [`TEXT`] for any other.
pub fn cleaned_text(mut text: String, most: usize) -> String {
    clean(&mut text, most);
    text
}

fn clean(text: &mut String, most: usize) {
    *text = text.chars().filter(|it| !is_hidden(*it)).map(plain).take(most).collect();
}

/// Control characters except line breaks, and characters that change the direction of writing or are invisible.
fn is_hidden(it: char) -> bool {
    it.is_control() && it != '\n' || is_unseen(it)
}
