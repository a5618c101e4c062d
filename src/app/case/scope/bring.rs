//! Rows from elsewhere: from the document's example table, and from Excel or WPS.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, button, el};
use crate::filing::scope::{DeclaredRow, Example, Standard};

use super::desk::ScopeEditor;

/// 从示例表添加: one button a row, spelt as it should be where it is misprinted.
pub fn examples(desk: ScopeEditor) -> El {
    let items = desk.scope.examples.iter().map(|it| {
        let trade = it.trade();
        let words = [it.code.as_str(), &it.name, &trade, &it.levels].map(|it| el("span").text(it));
        let add = button("", "", move || desk.place(last(desk), vec![example(it)]));
        el("li").child(add.each(words.into_iter()))
    });
    el("details")
        .class("bring")
        .child(el("summary").text("从示例表添加"))
        .child(el("p").class("hint").text(format!("{}（五）示例表，点一行就加到申报表末尾。", desk.scope.clause)))
        .child(el("ul").class("examples").each(items))
}

fn example(it: &Example) -> DeclaredRow {
    DeclaredRow {
        code: it.code.clone(),
        name: it.name.clone(),
        trade: it.trade(),
        levels: it.levels.clone(),
        standard: Standard::National,
        ..DeclaredRow::default()
    }
}

fn last(desk: ScopeEditor) -> usize {
    untrack(|| desk.count()) - 1
}

/// 从 Excel/WPS 粘贴: a place that the keyboard reaches, for whoever does not paste into the table itself.
pub fn paste(desk: ScopeEditor) -> El {
    let field = "paste";
    let take = move || {
        if take(desk, last(desk), &browser::text_in(field)) {
            browser::put(field, "");
        }
    };
    let text = el("textarea").set("id", field).set("rows", "4").set("data-own", "");
    el("details")
        .class("bring")
        .child(el("summary").text("从 Excel/WPS 粘贴"))
        .child(
            el("label")
                .class("plain")
                .set("for", field)
                .text("在 Excel 或 WPS 里选中表格，复制后粘贴到这里；有没有表头都可以"),
        )
        .child(text)
        .child(el("p").child(button("btn small", "加入申报表", take)))
        .child(el("p").class("hint").text("也可以直接粘贴到上面申报表的任何一格。"))
}

/// Takes the rows of a table in text; `false` where there are none.
pub fn take(desk: ScopeEditor, at: usize, text: &str) -> bool {
    let rows = desk.scope.pasted(text);
    let any = !rows.is_empty();
    if any {
        desk.place(at, rows);
    } else {
        desk.say("没有读出申报的行，申报表没有改动。请连同职业编码一起复制。".to_owned(), false);
    }
    any
}
