//! The table to fill in: the cells of each row, below them what was found in it and the questions that only a person
//! can answer.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, live};
use crate::app::part::memo;
use crate::filing::scope::{Checked, DeclaredCell, Ruling};

use super::editor::ScopeEditor;
use super::{asked, cells, found};

/// What was found in a row, packed into one number because all memos hold numbers. 0 is a row of which nothing is said
/// yet.
#[derive(Clone, Copy)]
pub struct RowMarks(u64);

impl RowMarks {
    fn of(checked: Option<&Checked>) -> RowMarks {
        let Some(checked) = checked else { return RowMarks(0) };
        let mut marks = 1 | (checked.result as u64) << 4;
        for reason in &checked.reasons {
            let place = 8 + 4 * reason.cell as u64;
            marks |= (reason.result as u64).max(marks >> place & 15) << place;
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

pub fn rows(editor: ScopeEditor) -> El {
    let count = memo::number(move |_| editor.count() as u64);
    let head = |words: &str| el("th").set("scope", "col").text(words);
    let hidden = |words: &str| el("th").set("scope", "col").child(el("span").class("vh").text(words));
    let heads = editor.scope.columns.iter().map(|it| head(it));
    let heads = el("tr").child(hidden("行")).each(heads).child(hidden("移动和删除"));
    let bodies = move || {
        let count = count.get() as usize;
        all((0..count).map(|at| row(editor, at, count).done()).collect())
    };
    el("table")
        .class("rows")
        .child(el("caption").class("vh").text("申报的职业"))
        .child(el("thead").child(heads))
        .view(live(bodies))
}

/// The id of a declared row, to which its findings lead.
pub fn row_id(at: usize) -> String {
    format!("row-{at}")
}

fn row(editor: ScopeEditor, at: usize, count: usize) -> El {
    let settled = editor.settled(at);
    let marks = memo::number(move |_| {
        settled.get();
        untrack(|| RowMarks::of(editor.checked(at).as_ref()).0)
    });
    let class = move || Some(RowMarks::read(marks).result().map_or("", |it| found::word(it).0).to_owned());
    let number = el("th").set("scope", "row").text((at + 1).to_string());
    let line =
        el("tr").child(number).each(cells::cells(editor, at, marks).into_iter()).child(actions(editor, at, count));
    let told = move || {
        settled.get();
        untrack(|| found::found(editor, at))
    };
    let below = el("td").set("colspan", "7").view(live(told)).view(asked::asked(editor, at, settled, marks));
    el("tbody").set("id", row_id(at)).live("class", class).child(line).child(el("tr").class("below").child(below))
}

fn actions(editor: ScopeEditor, at: usize, count: usize) -> El {
    let act = |id: &str, words: &'static str, pressed: Box<dyn Fn()>| {
        let name = format!("{words}第 {} 行", at + 1);
        button("link", words, pressed).set("id", format!("{id}-{at}")).set("aria-label", name)
    };
    let up = act("up", "上移", Box::new(move || editor.shift(at, at.saturating_sub(1)))).flag("disabled", at == 0);
    let down = act("down", "下移", Box::new(move || editor.shift(at, at + 1))).flag("disabled", at + 1 == count);
    let remove = act("remove", "删除", Box::new(move || editor.remove(at)));
    el("td").class("acts").child(up).child(down).child(remove)
}
