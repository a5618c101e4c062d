//! Rows from elsewhere: from the document's example table, and from Excel or WPS.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, button, el, live, nothing};
use crate::app::part::memo;
use crate::dossier::Declaration;
use crate::filing::scope::{DeclaredRow, Example, PastedTable, Standard};

use super::editor::ScopeEditor;
use super::preview;

/// 从示例表添加: one button for each row of the document's example table, whose misprints are corrected.
pub fn examples(editor: ScopeEditor) -> El {
    let items = editor.scope.examples.iter().map(|example| {
        let trade = example.trade();
        let words = [example.code.as_str(), &example.name, &trade, &example.levels].map(|it| el("span").text(it));
        let add = button("", "", move || {
            editor.place(last(editor), vec![declared(example)]);
        });
        el("li").child(add.each(words.into_iter()))
    });
    el("details")
        .class("bring")
        .child(el("summary").text("从示例表添加"))
        .child(el("p").class("hint").text(format!("{}（五）示例表，点一行就加到申报表末尾。", editor.scope.clause)))
        .child(el("ul").class("examples").each(items))
}

fn declared(example: &Example) -> DeclaredRow {
    DeclaredRow {
        code: example.code.clone(),
        name: example.name.clone(),
        trade: example.trade(),
        levels: example.levels.clone(),
        standard: Standard::National,
        ..DeclaredRow::default()
    }
}

/// The last row of the table to which rows from elsewhere go.
pub fn last(editor: ScopeEditor) -> usize {
    let two = untrack(|| editor.declarations()).len() == 2;
    let declaration = if two { editor.into.get_untracked() } else { Declaration::Whole };
    editor.shown(declaration).last().map_or(0, |key| editor.at(*key))
}

/// Of two declarations, the one to which rows from elsewhere go.
pub fn into(editor: ScopeEditor) -> AnyView {
    let two = memo::number(move |_| u64::from(editor.declarations().len() == 2));
    live(move || {
        if two.get() == 0 {
            return nothing();
        }
        let choices = [Declaration::OwnStudents, Declaration::Public].into_iter().map(|this| {
            let on = move || editor.into.get() == this;
            let radio = el("input").set("type", "radio").set("name", "into").checked(on);
            let radio = radio.on("change", move |_| editor.into.set(this));
            el("label").live("class", move || on().then(|| "on".to_owned())).child(radio).text(this.label(editor.kind))
        });
        let choices = el("span").class("seg").set("role", "radiogroup").set("aria-label", "下面的行加到").each(choices);
        el("div").class("q").child(el("span").text("下面的行加到")).child(choices).done()
    })
}

/// 从 Excel/WPS 粘贴: a field that the keyboard reaches, and below it how the table in it is understood.
pub fn paste(editor: ScopeEditor) -> El {
    let looked = editor.looked;
    // programs that type for people send an event a line: the table is read once, when they have done
    let waiting = StoredValue::new(false);
    let read = move |_: Event| {
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        browser::after(0, move || {
            if waiting.try_set_value(false).is_some() {
                return;
            }
            let text = browser::text_in_area(FIELD);
            let table = if text.trim().is_empty() { PastedTable::default() } else { editor.scope.understood(&text) };
            looked.table.set(table);
        });
    };
    let done = move || {
        browser::put(FIELD, "");
        looked.table.set(PastedTable::default());
        looked.at.set(None);
    };
    let text = el("textarea").set("id", FIELD).set("rows", "4").set("data-own", "").on("input", read);
    el("details")
        .class("bring")
        .live("open", move || looked.at.get().map(|_| String::new()))
        .child(el("summary").text("从 Excel/WPS 粘贴"))
        .child(
            el("label")
                .class("plain")
                .set("for", FIELD)
                .text("在 Excel 或 WPS 里选中表格，复制后粘贴到这里；有没有表头、列的次序怎样都可以"),
        )
        .child(text)
        .child(el("div").class("looked").view(preview::preview(editor, looked)))
        .view(preview::take(editor, looked, done))
        .child(el("p").class("hint").text("也可以直接粘贴到上面申报表的任何一格。"))
}

const FIELD: &str = "paste";

/// Takes the rows of a table that was pasted into a row of the declaration. Where there is anything to look at, it goes
/// into the field below first.
pub fn take(editor: ScopeEditor, at: usize, text: &str) {
    let table = editor.scope.understood(text);
    let placed = table.placed(editor.scope);
    if placed.is_plain() && table.unused().is_empty() && !placed.rows.is_empty() {
        editor.place(at, placed.rows.into_iter().map(|it| it.row).collect());
        return;
    }
    editor.looked.at.set(Some(at));
    editor.looked.table.set(table);
    browser::put(FIELD, text);
    browser::after(0, || browser::focus("#looked"));
}
