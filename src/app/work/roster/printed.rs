//! The lists on paper, as annexes of the filing, and as files.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::carry::{in_chat, unless_in_chat};
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::app::part::{label, table};
use crate::dossier::{Dossier, RosterList};
use crate::packet::{roster_tables, roster_title};
use crate::spreadsheet::{Cell, Table, csv, xlsx};

use super::editor::RosterEditor;

/// Printing and exporting all lists.
pub fn tools(editor: RosterEditor) -> El {
    let name = move |what: &str, end: &str| {
        let unit = editor.dossier(|it| label::unit(it).to_owned()).unwrap_or_default();
        let refused = |it: char| it.is_control() || matches!(it, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        let unit: String = unit.chars().map(|it| if refused(it) { '_' } else { it }).collect();
        format!("{what}-{unit}-{}.{end}", browser::date(None))
    };
    let save_xlsx = move || {
        browser::download_bytes(&name("名册", "xlsx"), &xlsx(&roster_tables(&editor.roster()), &browser::made_by()))
    };
    let print = button("btn small", "打印全部名册", move || print_alone(editor, None));
    let links = el("p").class("links noprint").maybe(unless_in_chat(|| print));
    let links = links.maybe(unless_in_chat(|| button("quiet", "导出 XLSX", save_xlsx)));
    let each = RosterList::ALL.into_iter().map(|list| {
        let save = move || {
            let table = &roster_tables(&editor.roster())[list as usize];
            browser::download(&name(roster_title(list), "csv"), &csv(table));
        };
        button("link", "导出 CSV：", save).text(list.label())
    });
    let each: Vec<El> = each.filter_map(|it| unless_in_chat(|| it)).collect();
    el("section").child(el("h2").text("打印和导出")).maybe(in_chat()).child(links.each(each.into_iter()))
}

/// Prints one list, or all, and nothing else of the page.
fn print_alone(editor: RosterEditor, list: Option<RosterList>) {
    editor.leave();
    editor.alone.set(list);
    browser::after(0, move || {
        browser::print();
        editor.alone.set(None);
    });
}

/// None where nothing can be printed.
pub fn print_button(editor: RosterEditor, list: RosterList) -> Option<El> {
    let name = format!("打印{}", roster_title(list));
    unless_in_chat(|| button("quiet", "打印", move || print_alone(editor, Some(list))).set("aria-label", name))
}

/// How many lines an empty list has on paper, to be filled in by hand.
const BLANK: usize = 12;

/// The lists as they print: those that have entries, or the one that is asked for; all while there is nothing yet.
pub fn printed(editor: RosterEditor) -> El {
    el("div").class("printed").view(live(move || {
        editor.settled.get();
        let alone = editor.alone.get();
        untrack(|| editor.dossier(|it| papers(it, alone))).unwrap_or_else(nothing)
    }))
}

fn papers(dossier: &Dossier, alone: Option<RosterList>) -> AnyView {
    let tables = roster_tables(&dossier.roster);
    let wanted = RosterList::ALL.into_iter().filter(|list| match alone {
        Some(only) => only == *list,
        None => dossier.roster.is_empty() || 0 < dossier.roster.len(*list),
    });
    all(wanted.map(|list| paper(dossier, list, &tables[list as usize]).done()).collect())
}

fn paper(dossier: &Dossier, list: RosterList, listed: &Table) -> El {
    let heads = listed.columns.iter().map(|it| el("th").set("scope", "col").text(it.title.as_str()));
    let lines = listed.rows.iter().map(|row| el("tr").each(row.iter().map(|it| el("td").text(text(it)))));
    let blank = if listed.rows.is_empty() { BLANK } else { 0 };
    let empty = || el("tr").each(listed.columns.iter().map(|_| el("td").text("\u{a0}")));
    let lines = lines.chain((0..blank).map(|_| empty()));
    let or = |text: &str| if text.is_empty() { "＿＿＿＿＿＿＿＿".to_owned() } else { text.to_owned() };
    let unit = el("p").class("whose").child(el("span").text(format!("申请单位：{}", or(&dossier.unit))));
    el("div")
        .class("paper-list")
        .child(el("h2").text(roster_title(list)))
        .child(unit)
        .child(el("table").child(el("thead").child(el("tr").each(heads))).child(el("tbody").each(lines)))
        .child(table::signs(&dossier.facts.date))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Tenths(number) => crate::spreadsheet::decimal(*number),
        Cell::Day(day) => day.to_string(),
    }
}
