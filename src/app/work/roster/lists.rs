//! The three lists to fill in. On a phone each entry is a card.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::dossier::{EntryCell, MOST_LISTED, Roster, RosterColumn, RosterList, pieces};

use super::bring;
use super::editor::RosterEditor;
use super::printed;
use super::shown::words;

pub fn section(editor: RosterEditor, list: RosterList) -> El {
    let title = move || {
        editor.settled.get();
        let n = untrack(|| editor.roster()).len(list);
        if n == 0 { list.label().to_owned() } else { format!("{}（{n} {}）", list.label(), unit(list)) }
    };
    let add = button(
        "btn small",
        if list == RosterList::Equipment { "添加一种设备" } else { "添加一人" },
        move || {
            add(editor, list);
        },
    );
    let tools = el("div").class("tools").child(add.set("id", format!("add-{}", list as u8)));
    el("section")
        .set("id", format!("list-{}", list as u8))
        .child(el("h2").words(title))
        .view(live(move || {
            editor.turn.get();
            untrack(|| table(editor, list))
        }))
        .child(tools.maybe(printed::print_button(editor, list)).view(live(move || fill(editor, list))))
        .child(bring::paste(editor, list))
}

pub fn unit(list: RosterList) -> &'static str {
    if list == RosterList::Equipment { "种" } else { "人" }
}

fn add(editor: RosterEditor, list: RosterList) {
    let n = editor.roster().len(list);
    if n == MOST_LISTED {
        return editor.said.set(format!("{}最多 {MOST_LISTED} 行，已经满了。", list.label()));
    }
    editor.lines.update(|it| *it = (*it).max(n + 1));
    editor.edit(String::new(), |it| it.add(list));
    browser::after(0, move || browser::focus(&format!("#{}", id(list, n, RosterColumn::Name))));
}

fn id(list: RosterList, at: usize, column: RosterColumn) -> String {
    format!("e-{}-{at}-{}", list as u8, column as u8)
}

/// The table, with a blank line where nothing is listed: it becomes part of the roster once something is typed into it.
fn table(editor: RosterEditor, list: RosterList) -> AnyView {
    let roster = editor.roster();
    let n = roster.len(list);
    let shown = move || editor.lines.get().min(n.max(1));
    let head = |words: &str| el("th").set("scope", "col").text(words);
    let hidden = |words: &str| el("th").set("scope", "col").child(el("span").class("vh").text(words));
    let heads = list.columns().iter().map(|it| head(it.label(list)));
    let heads = el("tr").child(hidden("行")).each(heads).child(hidden("删除"));
    let body = live(move || {
        let lines = shown();
        let roster = untrack(|| editor.roster());
        all((0..lines).map(|at| line(editor, list, &roster, at).done()).collect())
    });
    let more = move || {
        let lines = editor.lines.get();
        if n <= lines {
            return nothing();
        }
        let press = move || editor.lines.set(usize::MAX);
        let words = format!("这里只列前 {lines} 行，共 {n} 行。");
        el("p").class("hint").text(words).child(button("link", "显示全部", press)).done()
    };
    let settle = move |_: Event| editor.leave();
    let table = el("table")
        .class("people")
        .child(el("caption").class("vh").text(list.label()))
        .child(el("thead").child(heads))
        .child(el("tbody").view(body))
        .on("change", settle);
    all(vec![table.done(), live(more)])
}

fn line(editor: RosterEditor, list: RosterList, roster: &Roster, at: usize) -> El {
    let cells = list.columns().iter().map(|column| {
        let now = roster.cell(list, at, *column).or_else(|| {
            let mut blank = Roster::default();
            blank.add(list);
            blank.cell(list, 0, *column)
        });
        let field = match now {
            Some(EntryCell::Text(now)) => text(editor, list, at, *column, now),
            Some(EntryCell::Said(now)) => said(editor, list, at, *column, now),
            Some(EntryCell::Number(now)) => number(editor, list, at, *column, now),
            None => el("span"),
        };
        el("td").set("data-label", column.label(list)).child(field)
    });
    let there = at < roster.len(list);
    let remove = move || {
        let name = match editor.roster().cell(list, at, RosterColumn::Name) {
            Some(EntryCell::Text(name)) if !name.is_empty() => format!("“{name}”"),
            _ => String::new(),
        };
        editor.edit(format!("已从{}里删除第 {} 行{name}。", list.label(), at + 1), |it| it.remove(list, at));
        browser::after(0, || browser::focus(".said .link"));
    };
    let remove = button("link", "删除", remove).set("aria-label", format!("删除{}第 {} 行", list.label(), at + 1));
    el("tr")
        .child(el("th").set("scope", "row").text((at + 1).to_string()))
        .each(cells)
        .child(el("td").class("acts").child(remove.flag("disabled", !there)))
}

/// What a field is called by whoever does not see the heading.
fn named(list: RosterList, at: usize, column: RosterColumn) -> String {
    format!("{}，{}第 {} 行", column.label(list), list.label(), at + 1)
}

fn input(editor: RosterEditor, list: RosterList, at: usize, column: RosterColumn, now: String) -> El {
    el("input")
        .set("type", "text")
        .set("id", id(list, at, column))
        .set("autocomplete", "off")
        .set("data-kept", "")
        .set("aria-label", named(list, at, column))
        .set("value", now)
        .on("paste", move |event| {
            if let Some(text) = browser::pasted_table(&event) {
                bring::take(editor, list, &text);
            }
        })
        .on("keydown", move |event| {
            if browser::is_enter(&event) && at + 1 == editor.roster().len(list) {
                add(editor, list);
            }
        })
}

fn text(editor: RosterEditor, list: RosterList, at: usize, column: RosterColumn, now: String) -> El {
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            editor.type_in(list, at, column, EntryCell::Text(browser::text_of(&event)));
        }
    };
    let field = input(editor, list, at, column, now);
    let hint = if column == RosterColumn::Occupation { "空着算各职业" } else { "" };
    field.set("placeholder", hint).on("input", write).on("compositionend", write)
}

fn number(editor: RosterEditor, list: RosterList, at: usize, column: RosterColumn, now: Option<u64>) -> El {
    let wrong = RwSignal::new(false);
    let write = move |event: Event| {
        if browser::is_composing(&event) {
            return;
        }
        let text = browser::text_of(&event);
        let number = pieces(&text);
        let unread = number.is_none() && !text.trim().is_empty();
        wrong.set(unread);
        if !unread {
            editor.type_in(list, at, column, EntryCell::Number(number));
        }
    };
    let told = format!("{}-e", id(list, at, column));
    let now = now.map(|it| it.to_string()).unwrap_or_default();
    let field = input(editor, list, at, column, now)
        .set("inputmode", "numeric")
        .set("aria-describedby", told.clone())
        .live("aria-invalid", move || wrong.get().then(|| "true".to_owned()))
        .on("input", write)
        .on("compositionend", write);
    let words = move || if wrong.get() { "请填整数，如 3".to_owned() } else { String::new() };
    el("span").child(field).child(el("span").set("id", told).alert(words))
}

fn said(editor: RosterEditor, list: RosterList, at: usize, column: RosterColumn, now: Option<bool>) -> El {
    let [yes, no] = words(column);
    let options = [(None, "未说明"), (Some(true), yes), (Some(false), no)].into_iter().map(|(this, words)| {
        let value = this.map_or("", |it| if it { "1" } else { "0" });
        el("option").set("value", value).flag("selected", this == now).text(words)
    });
    let choose = move |event: Event| {
        let chosen = match browser::text_of(&event).as_str() {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        };
        editor.type_in(list, at, column, EntryCell::Said(chosen));
    };
    el("select")
        .set("id", id(list, at, column))
        .set("aria-label", named(list, at, column))
        .each(options)
        .on("change", choose)
}

/// Buttons that answer at once what a column leaves open.
fn fill(editor: RosterEditor, list: RosterList) -> AnyView {
    editor.settled.get();
    let roster = untrack(|| editor.roster());
    let n = roster.len(list);
    let open = move |roster: &Roster, at, column| roster.cell(list, at, column) == Some(EntryCell::Said(None));
    let columns = list.columns().iter().copied();
    let buttons = columns.filter(|column| 1 < (0..n).filter(|at| open(&roster, *at, *column)).count()).map(|column| {
        let label = column.label(list);
        let press = move || {
            let yes = words(column)[0];
            editor.edit(format!("{}里没有说明的{label}都填了“{yes}”。", list.label()), |roster| {
                for at in 0..n {
                    if open(roster, at, column) {
                        roster.set_cell(list, at, column, EntryCell::Said(Some(true)));
                    }
                }
            });
        };
        button("quiet", label, press).set("aria-label", format!("没有说明的{label}都填“{}”", words(column)[0]))
    });
    let buttons: Vec<El> = buttons.collect();
    if buttons.is_empty() {
        return nothing();
    }
    el("span").class("fill-in").child(el("span").text("未说明的都填有（符合）：")).each(buttons.into_iter()).done()
}
