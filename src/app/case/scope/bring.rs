//! Rows from elsewhere: from the document's example table, and from Excel or WPS.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, button, el};
use crate::filing::scope::{DeclaredRow, Example, Standard};

use super::editor::ScopeEditor;

/// 从示例表添加: one button for each row of the document's example table, whose misprints are corrected.
pub fn examples(editor: ScopeEditor) -> El {
    let items = editor.scope.examples.iter().map(|example| {
        let trade = example.trade();
        let words = [example.code.as_str(), &example.name, &trade, &example.levels].map(|it| el("span").text(it));
        let add = button("", "", move || editor.place(last(editor), vec![declared(example)]));
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

fn last(editor: ScopeEditor) -> usize {
    untrack(|| editor.count()) - 1
}

/// 从 Excel/WPS 粘贴: a field that the keyboard reaches, for whoever does not paste into the table itself.
pub fn paste(editor: ScopeEditor) -> El {
    let field = "paste";
    let take = move || {
        if take(editor, last(editor), &browser::text_in(field)) {
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
pub fn take(editor: ScopeEditor, at: usize, text: &str) -> bool {
    let rows = editor.scope.pasted(text);
    let any = !rows.is_empty();
    if any {
        editor.place(at, rows);
    } else {
        editor.say("没有读出申报的行，申报表没有改动。请连同职业编码一起复制。".to_owned(), false);
    }
    any
}
