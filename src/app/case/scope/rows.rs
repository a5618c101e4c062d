//! The table to fill in: a row's cells, below them what is to be said of it and what only a person can say.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, live};
use crate::app::part::memo;
use crate::filing::scope::{Cell, Checked, Outcome};

use super::desk::Desk;
use super::{asked, cells, found};

/// What is to be said of a row in one number: all memos are of one type. 0 is a row of which nothing is to be said yet.
#[derive(Clone, Copy)]
pub struct Marks(u64);

impl Marks {
    fn of(checked: Option<&Checked>) -> Marks {
        let Some(checked) = checked else { return Marks(0) };
        let mut marks = 1 | (checked.result as u64) << 4;
        for reason in &checked.reasons {
            let place = 8 + 4 * reason.cell as u64;
            marks |= (reason.result as u64).max(marks >> place & 15) << place;
        }
        Marks(marks)
    }

    pub fn read(memo: Memo<u64>) -> Marks {
        Marks(memo.get())
    }

    pub fn result(self) -> Option<Outcome> {
        (self.0 != 0).then(|| outcome(self.0 >> 4 & 15))
    }

    pub fn cell(self, cell: Cell) -> Outcome {
        outcome(self.0 >> (8 + 4 * cell as u64) & 15)
    }

    pub fn any(self, wanted: Outcome) -> bool {
        (0..6).any(|cell| outcome(self.0 >> (8 + 4 * cell) & 15) == wanted)
    }
}

fn outcome(number: u64) -> Outcome {
    match number {
        0 => Outcome::Ok,
        1 => Outcome::Warn,
        2 => Outcome::Confirm,
        3 => Outcome::Hold,
        _ => Outcome::Reject,
    }
}

pub fn rows(desk: Desk) -> El {
    let count = memo::number(move |_| desk.count() as u64);
    let head = |words: &str| el("th").set("scope", "col").text(words);
    let hidden = |words: &str| el("th").set("scope", "col").child(el("span").class("vh").text(words));
    let heads = desk.scope.columns.iter().map(|it| head(it));
    let heads = el("tr").child(hidden("行")).each(heads).child(hidden("移动和删除"));
    let bodies = move || {
        let count = count.get() as usize;
        all((0..count).map(|at| row(desk, at, count).done()).collect())
    };
    el("table")
        .class("rows")
        .child(el("caption").class("vh").text("申报的职业"))
        .child(el("thead").child(heads))
        .view(live(bodies))
}

/// Where a finding of a declared row leads.
pub fn row_id(at: usize) -> String {
    format!("row-{at}")
}

fn row(desk: Desk, at: usize, count: usize) -> El {
    let settled = desk.settled(at);
    let marks = memo::number(move |_| {
        settled.get();
        untrack(|| Marks::of(desk.checked(at).as_ref()).0)
    });
    let class = move || Some(Marks::read(marks).result().map_or("", |it| found::word(it).0).to_owned());
    let number = el("th").set("scope", "row").text((at + 1).to_string());
    let line = el("tr").child(number).each(cells::cells(desk, at, marks).into_iter()).child(actions(desk, at, count));
    let told = move || {
        settled.get();
        untrack(|| found::found(desk, at))
    };
    let below = el("td").set("colspan", "7").view(live(told)).view(asked::asked(desk, at, settled, marks));
    el("tbody").set("id", row_id(at)).live("class", class).child(line).child(el("tr").class("below").child(below))
}

fn actions(desk: Desk, at: usize, count: usize) -> El {
    let act = |id: &str, words: &'static str, pressed: Box<dyn Fn()>| {
        let name = format!("{words}第 {} 行", at + 1);
        button("link", words, pressed).set("id", format!("{id}-{at}")).set("aria-label", name)
    };
    let up = act("up", "上移", Box::new(move || desk.shift(at, at.saturating_sub(1)))).flag("disabled", at == 0);
    let down = act("down", "下移", Box::new(move || desk.shift(at, at + 1))).flag("disabled", at + 1 == count);
    let remove = act("remove", "删除", Box::new(move || desk.remove(at)));
    el("td").class("acts").child(up).child(down).child(remove)
}
