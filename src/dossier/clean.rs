//! Text from elsewhere, made harmless: no control characters, none that turn the direction of writing, none too long.

use crate::letters::is_barred;

use super::{Dossier, Sheet};

/// 备注 of a row may have so many characters.
pub const NOTE: usize = 500;
/// Any other text.
pub const TEXT: usize = 200;
const MOST_SHEETS: usize = 200;
const MOST_ROWS: usize = 500;

/// A dossier out of a file or a link, which anybody may have written.
pub fn cleaned(mut it: Dossier) -> Dossier {
    it.sheets.truncate(MOST_SHEETS);
    it.declared.truncate(MOST_ROWS);
    clean(&mut it.unit, TEXT);
    clean(&mut it.edition, TEXT);
    let facts = &mut it.facts;
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
    for (_, value) in &mut it.route.0 {
        clean(value, TEXT);
    }
    for row in &mut it.declared {
        let texts = [&mut row.code, &mut row.name, &mut row.trade, &mut row.levels];
        texts.into_iter().chain([&mut row.standard_name, &mut row.dictionary_name]).for_each(|it| clean(it, TEXT));
    }
    it.sheets = it.sheets.into_iter().map(cleaned_sheet).collect();
    it
}

/// A sheet by itself.
pub fn cleaned_sheet(mut it: Sheet) -> Sheet {
    it.blanks.truncate(20);
    it.notes.truncate(200);
    it.blanks.iter_mut().chain([&mut it.occupation_code, &mut it.levels]).for_each(|it| clean(it, TEXT));
    for (_, note) in &mut it.notes {
        clean(note, NOTE);
    }
    it
}

/// A text of not more than `most` characters: [`NOTE`] for a note, [`TEXT`] for any other.
pub fn cleaned_text(mut text: String, most: usize) -> String {
    clean(&mut text, most);
    text
}

fn clean(text: &mut String, most: usize) {
    *text = text.chars().filter(|it| !is_hidden(*it)).take(most).collect();
}

/// Control characters but for line ends, and those that change the direction of writing or cannot be seen.
fn is_hidden(it: char) -> bool {
    it.is_control() && it != '\n' || is_barred(it)
}
