//! The table to fill in: the cells of each row, below them what was found in it and the questions that only a person
//! can answer.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, live};
use crate::app::part::memo;
use crate::dossier::Declaration;
use crate::filing::scope::{DeclaredCell, Ruling};

use super::editor::{RowFound, ScopeEditor};
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

/// The table of a declaration.
pub fn rows(editor: ScopeEditor, declaration: Declaration) -> El {
    let turn = memo::turns(move |_| Some(editor.shown(declaration)));
    let head = |words: &str| el("th").set("scope", "col").text(words);
    let hidden = |words: &str| el("th").set("scope", "col").child(el("span").class("vh").text(words));
    let heads = editor.scope.columns.iter().map(|it| head(it));
    let heads = el("tr").child(hidden("行")).each(heads).child(hidden("移动和删除"));
    let bodies = move || {
        turn.get();
        let shown = untrack(|| editor.shown(declaration));
        let each = shown.iter().enumerate().map(|(n, at)| {
            let other = |n: Option<usize>| n.and_then(|n| shown.get(n).copied());
            row(editor, *at, n, [other(n.checked_sub(1)), other(Some(n + 1))]).done()
        });
        all(each.collect())
    };
    el("table")
        .class("rows")
        .child(el("caption").class("vh").text(format!("申报的职业{}", declaration.label())))
        .child(el("thead").child(heads))
        .view(live(bodies))
}

/// The id of a declared row, to which its findings lead.
pub fn row_id(at: usize) -> String {
    format!("row-{at}")
}

/// A row, its place in its table, and the rows above and below it there.
fn row(editor: ScopeEditor, at: usize, n: usize, beside: [Option<usize>; 2]) -> El {
    let settled = editor.settled(at);
    let marks = memo::number(move |_| {
        settled.get();
        untrack(|| RowMarks::of(editor.checked(at).as_ref()).0)
    });
    let class = move || Some(RowMarks::read(marks).result().map_or("", |it| found::word(it).0).to_owned());
    let number = el("th").set("scope", "row").text((n + 1).to_string());
    let line =
        el("tr").child(number).each(cells::cells(editor, at, marks).into_iter()).child(actions(editor, at, n, beside));
    let told = move || {
        settled.get();
        untrack(|| found::found(editor, at))
    };
    let below = el("td").set("colspan", "7").view(live(told)).view(asked::asked(editor, at, settled, marks));
    el("tbody").set("id", row_id(at)).live("class", class).child(line).child(el("tr").class("below").child(below))
}

fn actions(editor: ScopeEditor, at: usize, n: usize, [above, below]: [Option<usize>; 2]) -> El {
    let act = |id: &str, words: &'static str, pressed: Box<dyn Fn()>| {
        let name = format!("{words}第 {} 行", n + 1);
        button("link", words, pressed).set("id", format!("{id}-{at}")).set("aria-label", name)
    };
    // the first and the last row can only move the other way
    let up = act("up", "上移", Box::new(move || editor.shift(at, above, n == 1))).flag("disabled", above.is_none());
    let down =
        act("down", "下移", Box::new(move || editor.shift(at, below, untrack(|| editor.last_of(at)).1 == below)));
    let down = down.flag("disabled", below.is_none());
    let remove = act("remove", "删除", Box::new(move || editor.remove(at)));
    el("td").class("acts").child(up).child(down).child(remove)
}
