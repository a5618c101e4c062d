//! 评价范围 on paper: the official table and nothing else.

use leptos::prelude::*;

use crate::app::part::html::{El, el, live};

use super::editor::ScopeEditor;

pub fn printed(editor: ScopeEditor) -> El {
    el("section").class("printed").view(live(move || table(editor)))
}

fn table(editor: ScopeEditor) -> AnyView {
    let (unit, date) = editor.state.open.with(|open| {
        open.as_ref().map(|it| (it.dossier.unit.clone(), it.dossier.facts.date.clone())).unwrap_or_default()
    });
    let or = |text: String, blank: &str| if text.is_empty() { blank.to_owned() } else { text };
    let heads = editor.scope.columns.iter().map(|it| el("th").set("scope", "col").text(it.as_str()));
    let rows = editor.rows();
    let lines = rows.iter().map(|row| el("tr").each(editor.scope.printed(row).into_iter().map(|it| el("td").text(it))));
    let unit = el("p").class("whose").child(el("span").text(format!("申请单位：{}", or(unit, "＿＿＿＿＿＿＿＿"))));
    let unit = unit.child(el("span").text(format!("日期：{}", or(date, "＿＿＿＿年＿＿月＿＿日"))));
    let table = el("table").child(el("thead").child(el("tr").each(heads))).child(el("tbody").each(lines));
    el("div")
        .child(el("h2").text("评价范围"))
        .child(unit)
        .child(table)
        .child(el("p").class("official-not").text("自评，非官方结论"))
        .done()
}
