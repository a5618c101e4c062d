//! Lists from elsewhere: pasted from Excel or WPS, looked at column by column before they are taken.

use leptos::prelude::*;

use crate::app::browser::{self, ChosenFile};
use crate::app::part::html::{El, Event, all, button, el, file_field, live, nothing};
use crate::dossier::{RosterCell, RosterColumn, RosterList, RosterNote, RosterPlaced, RosterTable};
use crate::letters::{PILE, too_long, too_wide};
use crate::packet::roster_of_book;
use crate::spreadsheet::read;

use super::editor::RosterEditor;
use super::shown::in_words;

/// How many of the entries are shown before they are taken.
const SHOWN: usize = 20;

fn field(list: RosterList) -> String {
    format!("paste-{}", list as u8)
}

/// 从 Excel/WPS 粘贴: a field that the keyboard reaches, and below it how the list in it is understood.
pub fn paste(editor: RosterEditor, list: RosterList) -> El {
    let read = move |event: Event| {
        let text = browser::text_of(&event);
        editor.into.set(list);
        editor.beside.set(String::new());
        let blank = text.trim().is_empty();
        editor.looked.set(if blank { RosterTable::default() } else { RosterTable::understood(list, &text) });
    };
    let id = field(list);
    let text = el("textarea").set("id", id.clone()).set("rows", "4").set("data-own", "").on("input", read);
    let label = "在 Excel 或 WPS 里选中表格，复制后粘贴到这里；有没有表头、列的次序怎样都可以";
    let here = move || editor.into.get() == list && editor.looked.with(|it| !it.cells.is_empty());
    let told = move || if editor.into.get() == list { editor.beside.get() } else { String::new() };
    let [file, pick] = file_field(FILES[list as usize], ".xlsx,.csv,.txt", "从 XLSX、CSV 文件读");
    let file = file.set("data-own", "").on("change", move |event| read_file(editor, list, &event));
    el("details")
        .class("bring")
        .live("open", move || (here() || !told().is_empty()).then(String::new))
        .child(el("summary").text("从 Excel/WPS 粘贴，或从文件读"))
        .child(el("label").class("plain").set("for", id).text(label))
        .child(text)
        .child(el("p").class("links").child(file).child(pick))
        .child(el("p").class("unplaced").set("role", "status").words(told))
        .child(
            el("div")
                .class("looked")
                .view(live(move || if here() { editor.looked.with(|it| shown(editor, it)) } else { nothing() })),
        )
        .child(
            el("p").class("hint").text(
                "也可以直接粘贴到上面表格的任何一格。打勾、“有”“是”“1”算有，打叉、“无”“否”“0”算无，空着算没有说明。",
            ),
        )
}

/// The ids of the fields for files.
const FILES: [&str; 3] = ["file-0", "file-1", "file-2"];

/// A list out of a file. What it is is shown before it is taken, like what was pasted.
fn read_file(editor: RosterEditor, list: RosterList, event: &Event) {
    browser::read_book(event, move |chosen| {
        editor.into.set(list);
        browser::put(&field(list), "");
        let (table, told) = match chosen {
            None => (RosterTable::default(), "这个文件读不出来，或超过 16 MB。".to_owned()),
            Some(ChosenFile::Text(text)) => match too_long(text.len(), PILE).or_else(|| too_wide(&text)) {
                Some(told) => (RosterTable::default(), told),
                None => (RosterTable::understood(list, &text), String::new()),
            },
            Some(ChosenFile::Book(bytes)) => match read(&bytes) {
                Err(why) => (RosterTable::default(), format!("{why}。")),
                Ok(tables) => {
                    let (table, others) = roster_of_book(list, &tables);
                    let others = others.join("”“");
                    let words = format!("文件里另有工作表“{others}”，没有加入；要加入的，请再选一次文件。");
                    (table, if others.is_empty() { String::new() } else { words })
                }
            },
        };
        let none = told.is_empty() && table.cells.is_empty();
        editor.beside.set(if none { "文件里没有内容。".to_owned() } else { told });
        editor.looked.set(table);
        browser::after(0, || browser::focus("#looked"));
    });
}

/// Takes a list that was pasted into a field of the table. Where there is anything to look at, it goes into the field
/// below first.
pub fn take(editor: RosterEditor, list: RosterList, text: &str) {
    let table = RosterTable::understood(list, text);
    let placed = table.placed();
    if table.list == list && table.is_plain() && !placed.is_empty() {
        return put(editor, list, &table, placed, false);
    }
    editor.into.set(list);
    editor.looked.set(table);
    browser::put(&field(list), text);
    browser::after(0, || browser::focus("#looked"));
}

/// Adds the entries to their list, or puts them in its place.
fn put(editor: RosterEditor, from: RosterList, table: &RosterTable, placed: RosterPlaced, instead: bool) {
    let (list, n, sums) = (table.list, placed.len(), placed.left.len());
    let left = if sums == 0 { String::new() } else { format!("，{sums} 行没有加入") };
    let words = format!("已加入{} {n} 行{left}。", list.label());
    editor.looked.set(RosterTable::default());
    editor.beside.set(String::new());
    browser::put(&field(from), "");
    editor.edit(words, move |roster| {
        if instead {
            roster.clear(list);
        }
        roster.append(placed.roster);
    });
    browser::after(0, || browser::focus(".said .link"));
}

fn shown(editor: RosterEditor, table: &RosterTable) -> AnyView {
    let placed = table.placed();
    let (n, list) = (placed.len(), table.list);
    let words = format!("读出 {n} 行。请看看每一列认得对不对，不对的改一改，再加入。");
    let none = "没有读出名册的行。请在下面选出哪一列是姓名或名称。".to_owned();
    let counts = [(table.unused().len(), "列没有认出"), (placed.left.len(), "行不加入")];
    let counts = counts.iter().filter(|it| 0 < it.0).map(|(n, words)| format!("{n} {words}"));
    let counts = counts.collect::<Vec<_>>().join("，");
    let counts =
        (!counts.is_empty()).then(|| el("p").class("unplaced").child(el("b").text(format!("{counts}，列在下面。"))));
    let items = (0..table.columns.len()).filter(|at| !is_empty(table, *at)).map(|at| column(editor, table, at));
    let left =
        placed.left.iter().map(|(line, text, why)| el("li").text(format!("第 {line} 行：{text}（{}）", why.words())));
    let left = (!placed.left.is_empty())
        .then(|| el("div").child(head("不加入的行".to_owned())).child(el("ul").class("left").each(left)));
    all(vec![
        el("p").set("id", "looked").set("tabindex", "-1").text(if n == 0 { none } else { words }).done(),
        counts.map_or_else(nothing, El::done),
        to_list(editor, list).done(),
        el("ul").class("columns").each(items).done(),
        ticks(editor, table),
        rows(&placed, list),
        left.map_or_else(nothing, El::done),
        press(editor, n, list),
    ])
}

/// No heading: the box stands below headings of different ranks.
fn head(words: String) -> El {
    el("p").class("head").child(el("b").text(words))
}

fn is_empty(table: &RosterTable, at: usize) -> bool {
    table.samples(at).is_empty() && table.titles.get(at).is_none_or(String::is_empty)
}

/// Into which of the lists it goes: headings may say that it is another one than where it was pasted.
fn to_list(editor: RosterEditor, list: RosterList) -> El {
    let options = RosterList::ALL.into_iter().map(|this| {
        el("option").set("value", (this as u8).to_string()).flag("selected", this == list).text(this.label())
    });
    let choose = move |event: Event| {
        let chosen = RosterList::ALL.into_iter().find(|it| (*it as u8).to_string() == browser::text_of(&event));
        if let Some(chosen) = chosen {
            editor.looked.update(|it| *it = RosterTable::of_list(chosen, it.cells.clone()));
            browser::after(0, || browser::focus("#to-list"));
        }
    };
    let select = el("select").set("id", "to-list").set("data-own", "").each(options).on("change", choose);
    el("p").class("to-list").child(el("label").set("for", "to-list").text("这是哪一份名册")).child(select)
}

/// A column: its heading, the first things that stand in it, and what it holds.
fn column(editor: RosterEditor, table: &RosterTable, at: usize) -> El {
    let heading =
        table.titles.get(at).filter(|it| !it.is_empty()).map_or("没有表头".to_owned(), |it| format!("“{it}”"));
    let samples = table.samples(at);
    let some = samples.iter().take(3).copied().collect::<Vec<_>>().join("，");
    let more = if 3 < samples.len() { "……" } else { "" };
    let id = format!("column-{at}");
    let (now, list) = (table.columns[at], table.list);
    let choices = choices(list);
    let options = choices.clone().into_iter().enumerate().map(|(n, column)| {
        el("option").set("value", n.to_string()).flag("selected", column == now).text(column.label(list))
    });
    let choose = move |event: Event| {
        let chosen = browser::text_of(&event).parse().ok().and_then(|n: usize| choices.get(n).copied());
        let meaning = chosen.unwrap_or(RosterColumn::Unused);
        editor.looked.update(|it| mean(it, at, meaning));
        browser::after(0, move || browser::focus(&format!("#column-{at}")));
    };
    let lost = now == RosterColumn::Unused && !samples.is_empty();
    let label = el("label").set("for", id.clone()).text(format!("第 {} 列 {heading}", at + 1));
    let select = el("select").set("id", id).set("data-own", "").each(options).on("change", choose);
    el("li")
        .class(if lost { "unplaced" } else { "" })
        .child(label)
        .child(el("span").class("cells").text(format!("{some}{more}")))
        .child(select)
}

/// What a column of a list may be said to hold.
fn choices(list: RosterList) -> Vec<RosterColumn> {
    let mut all = vec![RosterColumn::Unused, RosterColumn::Serial];
    all.extend(list.columns());
    if list != RosterList::Equipment {
        all.extend([RosterColumn::Both, RosterColumn::Category]);
    }
    all
}

/// Changes what a column holds. No two columns hold the same.
fn mean(table: &mut RosterTable, at: usize, meaning: RosterColumn) {
    if !matches!(meaning, RosterColumn::Unused | RosterColumn::Serial) {
        let same = table.columns.iter_mut().filter(|it| **it == meaning);
        same.for_each(|it| *it = RosterColumn::Unused);
    }
    table.columns[at] = meaning;
}

/// What empty cells mean, asked where there are any.
fn ticks(editor: RosterEditor, table: &RosterTable) -> AnyView {
    let ask = |words: &'static str, on: bool, turn: fn(&mut RosterTable)| {
        let tick = el("input").set("type", "checkbox").checked(move || on);
        el("label").class("tick").child(tick.on("change", move |_| editor.looked.update(turn))).text(words).done()
    };
    let mut asks = Vec::new();
    if table.has_empty_ticks() {
        asks.push(ask("没有打勾的空格算“无”", table.empty_is_no, |it| it.empty_is_no = !it.empty_is_no));
    }
    let carried = |it: &RosterCell| matches!(it.note, RosterNote::Carried(_));
    if table.carry || table.placed().notes.iter().any(carried) || is_merged(table) {
        asks.push(ask("空着的职业当作合并的格，用上一行的", table.carry, |it| it.carry = !it.carry));
    }
    all(asks)
}

/// Are there entries with an occupation and entries without?
fn is_merged(table: &RosterTable) -> bool {
    let at = table.columns.iter().position(|it| *it == RosterColumn::Occupation);
    at.is_some_and(|at| {
        let n = table.samples(at).len();
        0 < n && n < table.placed().len()
    })
}

/// The entries as they will be listed, and what is worth a look in each.
fn rows(placed: &RosterPlaced, list: RosterList) -> AnyView {
    let n = placed.len();
    if n == 0 {
        return nothing();
    }
    let heads = list.columns().iter().map(|it| el("th").set("scope", "col").text(it.label(list)));
    let lines = (0..n.min(SHOWN)).map(|at| {
        let cells = list.columns().iter().map(|it| el("td").text(in_words(&placed.roster, list, at, *it)));
        el("tr").each(cells)
    });
    let noted: Vec<El> = placed.notes.iter().map(|it| el("li").text(note(it, list))).collect();
    let more = (SHOWN < n).then(|| el("p").class("hint").text(format!("这里只列前 {SHOWN} 行，加入的是全部 {n} 行。")));
    let noted = (!noted.is_empty()).then(|| {
        el("div").child(head("请看看这几格".to_owned())).child(el("ul").class("left").each(noted.into_iter()))
    });
    let table = el("table").child(el("thead").child(el("tr").each(heads))).child(el("tbody").each(lines));
    let scroll = el("div").class("wide-table").set("tabindex", "0").set("role", "region").set("aria-label", "加入的行");
    el("div").child(head(format!("加入的 {n} 行"))).child(scroll.child(table)).maybe(more).maybe(noted).done()
}

fn note(RosterCell { line, column, note }: &RosterCell, list: RosterList) -> String {
    let name = column.label(list);
    match note {
        RosterNote::Carried(text) => format!("第 {line} 行的{name}空着，用上一行的“{text}”"),
        RosterNote::Unread(text) => format!("第 {line} 行的{name}“{text}”看不懂，这一格算没有说明，请加入以后选择"),
        RosterNote::Shortened(text) => format!("第 {line} 行的{name}写的是“{text}”，名册里只记有无和数量"),
        RosterNote::TooMany(text) => format!("第 {line} 行的{name} {text} 多于数量，请核对"),
    }
}

/// The buttons that take the entries; they stand behind all that has to be looked at.
fn press(editor: RosterEditor, n: usize, list: RosterList) -> AnyView {
    let take = move |instead: bool| {
        let table = editor.looked.get_untracked();
        let placed = table.placed();
        if !placed.is_empty() {
            put(editor, editor.into.get_untracked(), &table, placed, instead);
        }
    };
    let already = untrack(|| editor.roster()).len(list);
    let add = button("btn small", "加入名册", move || take(false)).text(format!("（{n} 行）")).flag("disabled", n == 0);
    let instead = (0 < already && 0 < n)
        .then(|| button("quiet", "替换原有的", move || take(true)).text(format!(" {already} 行")));
    el("p").class("links").child(add).maybe(instead).done()
}
