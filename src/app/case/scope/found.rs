//! What was found in a row: its gravest result, and at each cell why, where it is written, and what was probably meant.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, all, button, el, nothing};
use crate::dossier::{RowFound, title};
use crate::filing::scope::{DeclaredCell, DeclaredRow, Ruling, Suggest, plain};

use super::cells;
use super::editor::ScopeEditor;

/// A ruling as a CSS class, a shape and words.
pub fn word(ruling: Ruling) -> (&'static str, &'static str, &'static str) {
    match ruling {
        Ruling::Ok => ("ok", "✓", "通过"),
        Ruling::Warn => ("warn", "!", "提醒"),
        Ruling::Confirm => ("confirm", "?", "待确认"),
        Ruling::Hold => ("hold", "‖", "暂不申报"),
        Ruling::Reject => ("reject", "✕", "不得申报"),
    }
}

fn mark(ruling: Ruling) -> El {
    let (class, shape, words) = word(ruling);
    let shape = el("i").set("aria-hidden", "true").text(shape);
    el("b").set("class", ["mark ", class].concat()).child(shape).text(words)
}

pub fn found(editor: ScopeEditor, at: usize) -> AnyView {
    let result = el("p").class("result");
    let Some(found) = editor.checked(at) else {
        let started = !editor.row(at).is_blank();
        return if started { result.text(STARTED).done() } else { nothing() };
    };
    let RowFound { checked, unfilled } = &*found;
    let row = editor.row(at);
    let suggested = checked.suggest.clone().map(|suggest| {
        let cell = if plain::name(&row.name) == suggest.name { DeclaredCell::Trade } else { DeclaredCell::Name };
        (cell, suggest)
    });
    let empty_trade = unfilled.contains(&DeclaredCell::Trade);
    let mut items = Vec::new();
    for cell in [
        DeclaredCell::Code,
        DeclaredCell::Name,
        DeclaredCell::Trade,
        DeclaredCell::Levels,
        DeclaredCell::Standard,
        DeclaredCell::School,
    ] {
        let here: Vec<_> = checked.reasons.iter().filter(|it| it.cell == cell).collect();
        let empty = unfilled.contains(&cell);
        if here.is_empty() && !empty {
            continue;
        }
        let name = editor.scope.columns.get(cell as usize).map_or("本校学生", String::as_str);
        let reasons = here.into_iter().map(|reason| {
            let clause = el("span").class("clause").text(format!("（{}）", reason.clause));
            el("p").child(mark(reason.result)).text(format!("{}。", reason.message)).child(clause)
        });
        let item = el("li").set("id", cells::found_id(at, cell)).set("class", format!("at-{}", cell as usize));
        let empty = empty.then(|| el("p").text(unfilled_in_words(cell)));
        let item = item.child(el("span").class("of").text(name)).child(el("div").each(reasons).maybe(empty));
        let item = item.maybe((cell == DeclaredCell::Trade && empty_trade).then(|| undivided(editor, at)));
        let apply = suggested.iter().find(|it| it.0 == cell).map(|it| apply(editor, at, &row, it));
        items.push(item.maybe(apply));
    }
    let list = (!items.is_empty()).then(|| el("ul").class("found").each(items.into_iter()).done());
    let result = if only_lacks(&found) {
        result.child(el("b").class("mark warn").child(el("i").set("aria-hidden", "true").text("…")).text(UNFILLED))
    } else {
        result.child(mark(checked.result))
    };
    all([Some(result.done()), list].into_iter().flatten().collect())
}

/// The result of a row for whoever does not see it; empty where nothing was put in.
pub fn in_a_word(editor: ScopeEditor, at: usize) -> &'static str {
    match editor.checked(at) {
        None if editor.row(at).is_blank() => "",
        None => STARTED,
        Some(it) if only_lacks(&it) => UNFILLED,
        Some(it) => word(it.checked.result).2,
    }
}

/// Is nothing wrong in the row but that a cell of the official table is empty?
fn only_lacks(found: &RowFound) -> bool {
    found.checked.result == Ruling::Ok && !found.unfilled.is_empty()
}

/// The words for a row of which nothing can be said yet.
const STARTED: &str = "还没有填完";

/// The word for a row in which nothing is wrong and a cell of the official table is empty.
pub const UNFILLED: &str = "没有填完";

fn unfilled_in_words(cell: DeclaredCell) -> &'static str {
    match cell {
        DeclaredCell::Standard => "没有填评价标准，正式的表里这一格不能空着。请选择。",
        DeclaredCell::Trade => "没有填工种/职业方向。分工种的请填写，不分工种的请写“无”。",
        DeclaredCell::Code | DeclaredCell::Name | DeclaredCell::Levels | DeclaredCell::School => "没有填，请补上。",
    }
}

/// A button that says that the occupation has no 工种.
fn undivided(editor: ScopeEditor, at: usize) -> El {
    let none = editor.scope.blank.first().map_or("", String::as_str);
    button("quiet", "不分工种", move || {
        editor.edit_row(at, move |row| row.trade = none.to_owned());
        browser::focus(&format!("#{}", cells::id(at, DeclaredCell::Trade as usize)));
    })
}

/// A button that changes the row to what was probably meant.
fn apply(editor: ScopeEditor, at: usize, row: &DeclaredRow, (cell, suggest): &(DeclaredCell, Suggest)) -> El {
    let trade_stays = editor.scope.trade(&row.trade) == suggest.trade;
    let words = match cell {
        DeclaredCell::Trade => suggest.trade.clone(),
        _ if trade_stays => suggest.name.clone(),
        _ => {
            let row =
                DeclaredRow { name: suggest.name.clone(), trade: suggest.trade.clone(), ..DeclaredRow::default() };
            title(editor.scope, &row)
        }
    };
    let Suggest { name, trade } = suggest.clone();
    let focus = cells::id(at, *cell as usize);
    let press = move || {
        let (name, trade) = (name.clone(), trade.clone());
        editor.edit_row(at, move |row| {
            row.name = name;
            if !trade_stays {
                row.trade = trade;
            }
        });
        browser::focus(&format!("#{focus}"));
    };
    button("quiet", "改为", press).text(format!("“{words}”"))
}
