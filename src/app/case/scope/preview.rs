//! A table that was pasted, before its rows are taken: what each column was understood as, for the person to change, what
//! is not taken, and what was filled in or left out.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::filing::scope::{ColumnMeaning, DeclaredCell, PastedTable, Placed, PlacedNote, PlacedRow};

use super::bring;
use super::editor::ScopeEditor;

/// How many of the rows are shown before they are taken.
const SHOWN: usize = 20;

/// What a column may be said to mean, by the numbers of its list.
const MEANINGS: [(ColumnMeaning, &str); 12] = [
    (ColumnMeaning::Unused, "不加入"),
    (ColumnMeaning::Serial, "序号，不加入"),
    (ColumnMeaning::Code, ""),
    (ColumnMeaning::Name, ""),
    (ColumnMeaning::Trade, ""),
    (ColumnMeaning::Levels, ""),
    (ColumnMeaning::Standard, ""),
    (ColumnMeaning::Level(5), "5级，打勾"),
    (ColumnMeaning::Level(4), "4级，打勾"),
    (ColumnMeaning::Level(3), "3级，打勾"),
    (ColumnMeaning::Level(2), "2级，打勾"),
    (ColumnMeaning::Level(1), "1级，打勾"),
];
/// The first of them that has a heading of the printed table.
const PRINTED: usize = 2;

/// The table being looked at, and the declared row below which its rows go.
#[derive(Clone, Copy)]
pub struct Looked {
    pub table: RwSignal<PastedTable>,
    pub at: RwSignal<Option<usize>>,
}

pub fn preview(editor: ScopeEditor, looked: Looked) -> AnyView {
    live(move || {
        looked.table.with(|table| if table.cells.is_empty() { nothing() } else { shown(editor, looked, table) })
    })
}

fn shown(editor: ScopeEditor, looked: Looked, table: &PastedTable) -> AnyView {
    let placed = table.placed(editor.scope);
    let n = placed.rows.len();
    let unused = table.unused();
    let words = format!("读出 {n} 行。请看看每一列认得对不对，不对的改一改，再加入申报表。");
    let none = "没有读出申报的行。请在下面选出哪一列是职业编码、哪一列是职业名称，或连同这些列重新复制。".to_owned();
    let counts = [(unused.len(), "列没有认出"), (placed.left.len(), "行文字不加入")];
    let counts = counts.iter().filter(|it| 0 < it.0).map(|(n, words)| format!("{n} {words}"));
    let counts = counts.collect::<Vec<_>>().join("，");
    let counts =
        (!counts.is_empty()).then(|| el("p").class("unplaced").child(el("b").text(format!("{counts}，列在下面。"))));
    let items = (0..table.columns.len()).filter(|at| !is_empty(table, *at)).map(|at| column(editor, looked, table, at));
    let columns = el("ul").class("columns").each(items);
    let left = placed.left.iter().map(|(line, text)| el("li").text(format!("第 {line} 行：{text}")));
    let left = (!placed.left.is_empty())
        .then(|| el("div").child(head("不加入的行".to_owned())).child(el("ul").class("left").each(left)));
    let beyond =
        format!("申报表最多 {} 行，多出的 {} 行不加入，请分开申报。", crate::filing::scope::MOST_ROWS, placed.beyond);
    let beyond = (0 < placed.beyond).then(|| el("p").class("unplaced").text(beyond));
    all(vec![
        el("p").set("id", "looked").set("tabindex", "-1").text(if n == 0 { none } else { words }).done(),
        counts.map_or_else(nothing, El::done),
        columns.done(),
        carries(looked, table, &placed),
        rows(editor, &placed),
        beyond.map_or_else(nothing, El::done),
        left.map_or_else(nothing, El::done),
    ])
}

/// No heading: the box stands below headings of different ranks.
fn head(words: String) -> El {
    el("p").class("head").child(el("b").text(words))
}

fn is_empty(table: &PastedTable, at: usize) -> bool {
    table.samples(at).is_empty() && table.titles.get(at).is_none_or(String::is_empty)
}

/// A column: its heading, the first things that stand in it, and what it means.
fn column(editor: ScopeEditor, looked: Looked, table: &PastedTable, at: usize) -> El {
    let heading =
        table.titles.get(at).filter(|it| !it.is_empty()).map_or("没有表头".to_owned(), |it| format!("“{it}”"));
    let samples = table.samples(at);
    let some = samples.iter().take(3).copied().collect::<Vec<_>>().join("，");
    let more = if 3 < samples.len() { "……" } else { "" };
    let id = format!("column-{at}");
    let now = table.columns[at];
    let options = MEANINGS.iter().enumerate().map(|(n, (meaning, words))| {
        let printed = n.checked_sub(PRINTED).and_then(|it| editor.scope.columns.get(it));
        let words = if words.is_empty() { printed.map_or("", String::as_str) } else { words };
        el("option").set("value", n.to_string()).flag("selected", *meaning == now).text(words)
    });
    let choose = move |event: Event| {
        let chosen = browser::text_of(&event).parse().ok().and_then(|n: usize| MEANINGS.get(n));
        let meaning = chosen.map_or(ColumnMeaning::Unused, |it| it.0);
        looked.table.update(|table| mean(table, at, meaning));
        browser::after(0, move || browser::focus(&format!("#column-{at}")));
    };
    let lost = now == ColumnMeaning::Unused && !samples.is_empty();
    let label = el("label").set("for", id.clone()).text(format!("第 {} 列 {heading}", at + 1));
    let select = el("select").set("id", id).set("data-own", "").each(options).on("change", choose);
    el("li")
        .class(if lost { "unplaced" } else { "" })
        .child(label)
        .child(el("span").class("cells").text(format!("{some}{more}")))
        .child(select)
}

/// Changes what a column means. No two columns mean the same.
fn mean(table: &mut PastedTable, at: usize, meaning: ColumnMeaning) {
    if !matches!(meaning, ColumnMeaning::Unused | ColumnMeaning::Serial) {
        let same = table.columns.iter_mut().filter(|it| **it == meaning);
        same.for_each(|it| *it = ColumnMeaning::Unused);
    }
    table.columns[at] = meaning;
}

/// Whether empty cells are parts of merged ones, asked where there are any.
fn carries(looked: Looked, table: &PastedTable, placed: &Placed) -> AnyView {
    let carried = |cell: DeclaredCell| {
        let is = |row: &&PlacedRow| row.notes.contains(&(cell, PlacedNote::Carried));
        placed.rows.iter().filter(is).count()
    };
    let ask = |name: &str, on: bool, n: usize, turn: fn(&mut PastedTable)| {
        let words = format!("空着的{name}当作合并的格，用上一行的（{n} 行）");
        let words = if on { words } else { format!("空着的{name}当作合并的格，用上一行的") };
        let tick = el("input").set("type", "checkbox").checked(move || on);
        el("label").class("tick").child(tick.on("change", move |_| looked.table.update(turn))).text(words)
    };
    let mut asks = Vec::new();
    let levels = carried(DeclaredCell::Levels);
    if 0 < levels || !table.carry_levels {
        asks.push(ask("级别", table.carry_levels, levels, |it| it.carry_levels = !it.carry_levels).done());
    }
    let standard = carried(DeclaredCell::Standard);
    let open = placed.rows.iter().any(|it| it.row.standard == Default::default());
    let column = table.columns.contains(&ColumnMeaning::Standard);
    if 0 < standard || column && open && 1 < placed.rows.len() {
        asks.push(ask("评价标准", table.carry_standard, standard, |it| it.carry_standard = !it.carry_standard).done());
    }
    all(asks)
}

/// The rows as they will stand in the declaration, and what is worth a look in each.
fn rows(editor: ScopeEditor, placed: &Placed) -> AnyView {
    if placed.rows.is_empty() {
        return nothing();
    }
    let heads = editor.scope.columns.iter().map(|it| el("th").set("scope", "col").text(it.as_str()));
    let lines = placed.rows.iter().take(SHOWN).map(|placed| {
        let cells = editor.scope.printed(&placed.row).into_iter().map(|cell| el("td").text(cell));
        el("tr").each(cells)
    });
    let noted = placed.rows.iter().flat_map(|row| notes(editor, row)).map(|words| el("li").text(words));
    let noted: Vec<El> = noted.collect();
    let n = placed.rows.len();
    let more = (SHOWN < n).then(|| el("p").class("hint").text(format!("这里只列前 {SHOWN} 行，加入的是全部 {n} 行。")));
    let noted = (!noted.is_empty()).then(|| {
        el("div").child(head("请看看这几格".to_owned())).child(el("ul").class("left").each(noted.into_iter()))
    });
    let table = el("table").child(el("thead").child(el("tr").each(heads))).child(el("tbody").each(lines));
    el("div")
        .child(head(format!("加入的 {n} 行")))
        .child(
            el("div")
                .class("wide-table")
                .set("tabindex", "0")
                .set("role", "region")
                .set("aria-label", "加入的行")
                .child(table),
        )
        .maybe(more)
        .maybe(noted)
        .done()
}

fn notes(editor: ScopeEditor, row: &PlacedRow) -> Vec<String> {
    let words = |(cell, note): &(DeclaredCell, PlacedNote)| {
        let name = editor.scope.columns.get(*cell as usize).map_or("", String::as_str);
        let said = &editor.scope.printed(&row.row)[(*cell as usize).min(4)];
        let line = row.line;
        match note {
            PlacedNote::Carried => format!("第 {line} 行的{name}空着，用上一行的“{said}”"),
            PlacedNote::Apart => format!("第 {line} 行的{name}“{said}”是从同一格里分出来的"),
            PlacedNote::Unread(text) => format!("第 {line} 行的{name}“{text}”看不懂，这一格留空，请加入以后选择"),
            PlacedNote::Shortened(text) => format!("第 {line} 行的{name}“{text}”按“{said}”填写"),
        }
    };
    row.notes.iter().map(words).collect()
}

/// The button that takes the rows; it stands behind all that has to be looked at.
pub fn take(editor: ScopeEditor, looked: Looked, done: impl Fn() + Clone + Send + 'static) -> AnyView {
    live(move || {
        let n = looked.table.with(|it| it.placed(editor.scope).rows.len());
        let done = done.clone();
        let press = move || {
            let placed = looked.table.with_untracked(|it| it.placed(editor.scope));
            if !placed.rows.is_empty() {
                let at = looked.at.get_untracked();
                let rows = placed.rows.into_iter().map(|it| it.row).collect();
                if editor.place(at.unwrap_or_else(|| bring::last(editor)), rows) {
                    done();
                }
            }
        };
        let words = if n == 0 { String::new() } else { format!("（{n} 行）") };
        el("p").child(button("btn small", "加入申报表", press).text(words).flag("disabled", n == 0)).done()
    })
}
