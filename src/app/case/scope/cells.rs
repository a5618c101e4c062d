//! The five cells of a row. What is typed is kept as it is, letter by letter; it is checked once the cell is left.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, el};
use crate::filing::scope::{DeclaredCell, DeclaredRow, Ruling, Standard, levels};

use super::editor::ScopeEditor;
use super::rows::RowMarks;

/// Gives one of the texts of a row.
pub type Text = fn(&mut DeclaredRow) -> &mut String;

const TEXTS: [(DeclaredCell, Text, &str); 4] = [
    (DeclaredCell::Code, |it| &mut it.code, "6-18-01-01"),
    (DeclaredCell::Name, |it| &mut it.name, "车工"),
    (DeclaredCell::Trade, |it| &mut it.trade, "没有的不填"),
    (DeclaredCell::Levels, |it| &mut it.levels, "5、4、3"),
];

pub fn cells(editor: ScopeEditor, at: usize, marks: Memo<u64>) -> Vec<El> {
    let text = |(cell, of, hint): (DeclaredCell, Text, &'static str)| {
        let field = typed(editor, at, cell as usize, of).set("placeholder", hint);
        let field = field.on("paste", move |event| {
            if let Some(text) = browser::pasted_table(&event) {
                super::bring::take(editor, editor.at(at), &text);
            }
        });
        around(editor, at, cell, marks, field)
    };
    let mut cells: Vec<El> = TEXTS.into_iter().map(text).collect();
    cells.push(around(editor, at, DeclaredCell::Standard, marks, standard(editor, at)));
    cells
}

/// The table cell of a field: its heading, which a narrow screen shows, and a link to what was found in it.
fn around(editor: ScopeEditor, at: usize, cell: DeclaredCell, marks: Memo<u64>, field: El) -> El {
    let heading = editor.scope.columns.get(cell as usize).map_or("", String::as_str);
    let label = el("label").set("for", id(at, cell as usize)).text(heading);
    let number = move || format!("，第 {} 行", editor.place_of(at).0);
    let label = label.child(el("span").class("vh").words(number));
    let found = move || RowMarks::read(marks).cell(cell);
    let field = field
        .live("aria-describedby", move || (found() != Ruling::Ok).then(|| found_id(at, cell)))
        .live("aria-invalid", move || (Ruling::Hold <= found()).then(|| "true".to_owned()));
    el("td").child(label).child(field)
}

pub fn id(at: usize, cell: usize) -> String {
    format!("d-{at}-{cell}")
}

/// The id of the element that says what was found in a cell.
pub fn found_id(at: usize, cell: DeclaredCell) -> String {
    format!("w-{at}-{}", cell as usize)
}

/// A field for a text of a row; `cell` tells the fields of a row apart.
pub fn typed(editor: ScopeEditor, at: usize, cell: usize, of: Text) -> El {
    let value = move || {
        let text = of(&mut editor.row(at).into_inner()).clone();
        if cell != DeclaredCell::Levels as usize || editor.is_typing(at, cell) {
            return text;
        }
        levels::tidied(&editor.scope.levels, &text).unwrap_or(text)
    };
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            editor.type_in(at, cell, of, browser::text_of(&event));
        }
    };
    el("input")
        .set("type", "text")
        .set("id", id(at, cell))
        .set("autocomplete", "off")
        // the dossier keeps every text typed here, also a refused one, so Ctrl+Z is the page's undo and not the field's
        .set("data-kept", "")
        .value(value)
        .on("input", write)
        .on("compositionend", write)
        .on("blur", move |_| editor.leave(at, cell))
}

const STANDARDS: [Standard; 3] = [Standard::Unsaid, Standard::National, Standard::Enterprise];

fn standard(editor: ScopeEditor, at: usize) -> El {
    let cell = DeclaredCell::Standard as usize;
    let words = &editor.scope.standards;
    let enterprise = format!("经备案的{}", words.enterprise);
    let own = editor.kind.own_standards;
    let whose = || editor.edition.kinds_in_words(|it| it.own_standards);
    let enterprise = if own { enterprise } else { format!("{enterprise}（限{}）", whose()) };
    let option = |n: usize, words: &str| el("option").set("value", n.to_string()).text(words);
    let options = [option(0, "请选择"), option(1, &words.national), option(2, &enterprise).flag("disabled", !own)];
    Effect::new(move |_| browser::put(&id(at, cell), &(editor.row(at).standard as usize).to_string()));
    let choose = move |event: Event| {
        let chosen = browser::text_of(&event).parse().ok().and_then(|it: usize| STANDARDS.get(it).copied());
        editor.edit_row(at, move |it| it.standard = chosen.unwrap_or_default());
    };
    let enter = move |event: Event| {
        let declaration = editor.declaration_of(at);
        if browser::is_enter(&event) && editor.shown(declaration).last() == Some(&at) {
            editor.add(declaration);
        }
    };
    el("select")
        .set("id", id(at, cell))
        .each(options.into_iter())
        .on("change", choose)
        .on("keydown", enter)
        .on("blur", move |_| editor.leave(at, cell))
}
