//! The table to fill in: the cells of each row, below them what was found in it and the questions that only a person
//! can answer.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::browser::{self, RowInWords, RowViews};
use crate::app::part::html::{El, all, button, el, live};
use crate::app::part::memo;
use crate::dossier::{Declaration, RowFound};
use crate::filing::scope::{DeclaredCell, Ruling};

use super::editor::ScopeEditor;
use super::{asked, cells, found};

/// What was found in a row, packed into one number because all memos hold numbers. 0 is a row of which nothing is said
/// yet.
#[derive(Clone, Copy)]
pub struct RowMarks(u64);

impl RowMarks {
    fn of(found: Option<&RowFound>) -> RowMarks {
        let Some(RowFound { checked, unfilled }) = found else { return RowMarks(0) };
        let empty = if unfilled.is_empty() { Ruling::Ok } else { Ruling::Warn };
        let mut marks = 1 | (checked.result.max(empty) as u64) << 4;
        let reasons = checked.reasons.iter().map(|it| (it.cell, it.result));
        for (cell, result) in reasons.chain(unfilled.iter().map(|it| (*it, Ruling::Warn))) {
            let place = 8 + 4 * cell as u64;
            marks |= (result as u64).max(marks >> place & 15) << place;
        }
        RowMarks(marks)
    }

    pub fn read(memo: Memo<u64>) -> RowMarks {
        RowMarks(memo.get())
    }

    pub fn result(self) -> Option<Ruling> {
        (self.0 != 0).then(|| outcome(self.0 >> 4 & 15))
    }

    pub fn cell(self, cell: DeclaredCell) -> Ruling {
        outcome(self.0 >> (8 + 4 * cell as u64) & 15)
    }

    pub fn any(self, wanted: Ruling) -> bool {
        (0..6).any(|cell| outcome(self.0 >> (8 + 4 * cell) & 15) == wanted)
    }
}

fn outcome(number: u64) -> Ruling {
    match number {
        0 => Ruling::Ok,
        1 => Ruling::Warn,
        2 => Ruling::Confirm,
        3 => Ruling::Hold,
        _ => Ruling::Reject,
    }
}

/// The table of a declaration. Its rows are put into it once it stands on the page.
pub fn rows(editor: ScopeEditor, declaration: Declaration) -> El {
    let head = |words: &str| el("th").set("scope", "col").text(words);
    let hidden = |words: &str| el("th").set("scope", "col").child(el("span").class("vh").text(words));
    let heads = editor.scope.columns.iter().map(|it| head(it));
    let heads = el("tr").child(hidden("行")).each(heads).child(hidden("移动和删除"));
    let id = format!("rows-{}", declaration as usize);
    let views =
        RowViews { view: Rc::new(move |key| row(editor, key)), text: Box::new(move |key| in_words(editor, key)) };
    let seen = Cell::new(0);
    browser::show_rows(id.clone(), views, move || (editor.followed(declaration), editor.changed_since(&seen)));
    el("table")
        .class("rows")
        .set("id", id)
        .child(el("caption").class("vh").text(format!("申报的职业{}", declaration.label(editor.kind))))
        .child(el("thead").child(heads))
}

/// The id of a declared row, to which its findings lead: on a page that was just opened its key is its position.
pub fn row_id(at: usize) -> String {
    browser::row_id(at)
}

/// A row far from the window, for reading and finding.
fn in_words(editor: ScopeEditor, key: usize) -> RowInWords {
    let row = editor.line(key);
    let result = RowMarks::of(editor.checked(key).as_deref()).result();
    let (class, _, word) = result.map_or(("", "", ""), found::word);
    let mut text = editor.scope.printed(&row).join(" ");
    text.push(' ');
    text.push_str(word);
    RowInWords { class: class.to_owned(), text }
}

/// A row with its controls.
fn row(editor: ScopeEditor, key: usize) -> AnyView {
    let settled = editor.settled(key);
    let marks = memo::number(move |_| {
        settled.get();
        untrack(|| RowMarks::of(editor.checked(key).as_deref()).0)
    });
    Effect::new(move |_| {
        let class = RowMarks::read(marks).result().map_or("", |it| found::word(it).0);
        browser::set_attribute(&row_id(key), "class", class);
    });
    // its number, and whether it is the last: of a row that comes or goes below it only the latter may change
    let place = memo::number(move |_| {
        let (n, of) = editor.place_of(key);
        (n as u64) << 1 | u64::from(n == of)
    });
    let number = el("th").set("scope", "row").words(move || (place.get() >> 1).to_string());
    let acts = actions(editor, key, place);
    let line = el("tr").child(number).each(cells::cells(editor, key, marks).into_iter()).child(acts);
    let told = move || {
        settled.get();
        untrack(|| found::found(editor, key))
    };
    Effect::new(move |before: Option<()>| {
        settled.get();
        if before.is_some() {
            editor.heard.set(Some(key));
        }
    });
    let below = el("td").set("colspan", "7").view(live(told)).view(asked::asked(editor, key, settled, marks));
    all(vec![line.done(), el("tr").class("below").child(below).done()])
}

fn actions(editor: ScopeEditor, key: usize, place: Memo<u64>) -> El {
    let act = |id: &str, words: &'static str, pressed: Box<dyn Fn()>| {
        let name = move || Some(format!("{words}第 {} 行", place.get() >> 1));
        button("link", words, pressed).set("id", format!("{id}-{key}")).live("aria-label", name)
    };
    let disabled = |is: fn(u64) -> bool| move || is(place.get()).then(String::new);
    // the first and the last row can only move the other way
    let up = act("up", "上移", Box::new(move || editor.shift(key, true)));
    let up = up.live("disabled", disabled(|it| it >> 1 <= 1));
    let down = act("down", "下移", Box::new(move || editor.shift(key, false)));
    let down = down.live("disabled", disabled(|it| it & 1 == 1));
    let remove = act("remove", "删除", Box::new(move || editor.remove(key)));
    el("td").class("acts").child(up).child(down).child(remove)
}
