//! What was found in a row: its gravest result, and at each cell why, where it is written, and what was probably meant.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, all, button, el, nothing};
use crate::dossier::title;
use crate::filing::scope::{DeclaredCell, DeclaredRow, Ruling, Suggest, plain};

use super::cells;
use super::desk::ScopeEditor;

/// A result as a class, a shape and words.
pub fn word(it: Ruling) -> (&'static str, &'static str, &'static str) {
    match it {
        Ruling::Ok => ("ok", "✓", "通过"),
        Ruling::Warn => ("warn", "!", "提醒"),
        Ruling::Confirm => ("confirm", "?", "待确认"),
        Ruling::Hold => ("hold", "‖", "暂不申报"),
        Ruling::Reject => ("reject", "✕", "不得申报"),
    }
}

fn mark(it: Ruling) -> El {
    let (class, shape, words) = word(it);
    let shape = el("i").set("aria-hidden", "true").text(shape);
    el("b").set("class", ["mark ", class].concat()).child(shape).text(words)
}

pub fn found(desk: ScopeEditor, at: usize) -> AnyView {
    let result = el("p").class("result").set("role", "status");
    let Some(checked) = desk.checked(at) else {
        let started = !desk.row(at).is_blank();
        return if started { result.text("还没有填完").done() } else { nothing() };
    };
    let row = desk.row(at);
    let suggested = checked.suggest.map(|it| {
        let cell = if plain::name(&row.name) == it.name { DeclaredCell::Trade } else { DeclaredCell::Name };
        (cell, it)
    });
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
        if here.is_empty() {
            continue;
        }
        let name = desk.scope.columns.get(cell as usize).map_or("本校学生", String::as_str);
        let reasons = here.into_iter().map(|it| {
            let clause = el("span").class("clause").text(format!("（{}）", it.clause));
            el("p").child(mark(it.result)).text(format!("{}。", it.message)).child(clause)
        });
        let item = el("li").set("id", cells::found_id(at, cell)).set("class", format!("at-{}", cell as usize));
        let item = item.child(el("span").class("of").text(name)).child(el("div").each(reasons));
        let apply = suggested.iter().find(|it| it.0 == cell).map(|it| apply(desk, at, &row, it));
        items.push(item.maybe(apply));
    }
    let list = (!items.is_empty()).then(|| el("ul").class("found").each(items.into_iter()).done());
    all([Some(result.child(mark(checked.result)).done()), list].into_iter().flatten().collect())
}

/// 改为 what was probably meant.
fn apply(desk: ScopeEditor, at: usize, row: &DeclaredRow, (cell, it): &(DeclaredCell, Suggest)) -> El {
    let trade_stays = desk.scope.trade(&row.trade) == it.trade;
    let words = match cell {
        DeclaredCell::Trade => it.trade.clone(),
        _ if trade_stays => it.name.clone(),
        _ => {
            title(desk.scope, &DeclaredRow { name: it.name.clone(), trade: it.trade.clone(), ..DeclaredRow::default() })
        }
    };
    let Suggest { name, trade } = it.clone();
    let focus = cells::id(at, *cell as usize);
    let press = move || {
        let (name, trade) = (name.clone(), trade.clone());
        desk.edit_row(at, move |it| {
            it.name = name;
            if !trade_stays {
                it.trade = trade;
            }
        });
        browser::focus(&format!("#{focus}"));
    };
    button("quiet", "改为", press).text(format!("“{words}”"))
}
