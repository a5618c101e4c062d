//! 评价范围 on paper: the official table, a page for each declaration. Rows that may not be declared are marked or left out;
//! on the screen this is said before anything is printed.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::app::part::memo;
use crate::dossier::{Declaration, RowFound};
use crate::filing::scope::{DeclaredCell, Ruling};

use super::editor::ScopeEditor;
use super::found;

/// Made again with every change.
pub fn printed(editor: ScopeEditor) -> El {
    el("section").class("printed").view(live(move || now(editor)))
}

/// The same below the table that is filled in. A long one is made when printing begins, as nobody sees it before.
pub fn printed_below(editor: ScopeEditor) -> El {
    let printing = RwSignal::new(false);
    browser::while_printing(move |is| printing.set(is));
    let long = memo::number(move |_| u64::from(editor.is_long()));
    el("section").class("printed").view(live(move || {
        let made = long.get() == 0 || printing.get() || editor.alone.get().is_some();
        if made { now(editor) } else { nothing() }
    }))
}

fn now(editor: ScopeEditor) -> AnyView {
    let alone = editor.alone.get();
    let declarations = editor.declarations().iter().filter(|it| alone.is_none_or(|alone| alone == **it));
    all(declarations.map(|it| table(editor, *it)).collect())
}

/// Prints one declaration and nothing else of the page.
pub fn print_alone(editor: ScopeEditor, declaration: Declaration) {
    editor.alone.set(Some(declaration));
    browser::after(0, move || {
        browser::print();
        editor.alone.set(None);
    });
}

fn table(editor: ScopeEditor, declaration: Declaration) -> AnyView {
    let (unit, date) = editor.state.open.with(|open| {
        open.as_ref().map(|it| (it.dossier.unit.clone(), it.dossier.facts.date.clone())).unwrap_or_default()
    });
    let or = |text: String, blank: &str| if text.is_empty() { blank.to_owned() } else { text };
    let left_out = editor.left_out.get();
    let rows: Vec<_> = editor
        .rows_found(declaration)
        .into_iter()
        .map(|(row, found)| {
            let barred = barred(editor, &found);
            (row, barred)
        })
        .filter(|(_, barred)| !left_out || barred.as_ref().is_none_or(|it| it.weight < Ruling::Hold))
        .collect();
    let marked = rows.iter().any(|it| it.1.is_some());
    let heads = editor.scope.columns.iter().map(|it| el("th").set("scope", "col").text(it.as_str()));
    let head = el("tr").each(heads).maybe(marked.then(|| el("th").set("scope", "col").text("自评核对")));
    let lines = rows.iter().map(|(row, barred)| {
        let cells = editor.scope.printed(row).into_iter().map(|cell| el("td").text(cell));
        let mark = marked.then(|| el("td").class("barred").text(barred.as_ref().map_or("", |it| it.word)));
        el("tr").each(cells).maybe(mark)
    });
    let reasons = rows.iter().zip(1..).filter_map(|((_, barred), n)| {
        let barred = barred.as_ref()?;
        Some(el("li").text(format!("第 {n} 行{}：{}。", barred.word, barred.why)))
    });
    let reasons: Vec<El> = reasons.collect();
    let reasons = marked.then(|| el("ul").class("barred").each(reasons.into_iter()));
    let of = declaration.label(editor.kind);
    let whom = (!of.is_empty()).then(|| el("span").text(format!("评价对象：{of}")));
    let unit = el("p").class("whose").child(el("span").text(format!("申请单位：{}", or(unit, "＿＿＿＿＿＿＿＿"))));
    let unit = unit.maybe(whom).child(el("span").text(format!("日期：{}", or(date, "＿＿＿＿年＿＿月＿＿日"))));
    let table = el("table").child(el("thead").child(head)).child(el("tbody").each(lines));
    el("div")
        .class("declared")
        .child(el("h2").text("评价范围"))
        .child(unit)
        .child(table)
        .maybe(reasons)
        .child(el("p").class("official-not").text("自评，非官方结论"))
        .done()
}

/// Why a row cannot stand in the official table as it is.
struct Barred {
    weight: Ruling,
    word: &'static str,
    why: String,
}

/// `None` where the row may be declared as it stands. An empty 工种 may be right.
fn barred(editor: ScopeEditor, found: &RowFound) -> Option<Barred> {
    let RowFound { checked, unfilled } = found;
    let gravest = checked.reasons.first().filter(|it| Ruling::Confirm <= it.result);
    if let Some(reason) = gravest {
        let word = found::word(reason.result).2;
        return Some(Barred { weight: reason.result, word, why: reason.message.clone() });
    }
    let empty = unfilled.iter().find(|it| **it != DeclaredCell::Trade)?;
    let heading = editor.scope.columns.get(*empty as usize)?;
    Some(Barred { weight: Ruling::Warn, word: found::UNFILLED, why: format!("没有填{heading}") })
}

/// Before printing: which rows of a declaration should not stand in the official table, and what is to become of them.
pub fn before(editor: ScopeEditor, declaration: Declaration) -> AnyView {
    live(move || {
        editor.all.get();
        untrack(|| warning(editor, declaration))
    })
}

fn warning(editor: ScopeEditor, declaration: Declaration) -> AnyView {
    let rows = editor.rows_found(declaration);
    let all: Vec<(usize, Barred)> =
        (1..).zip(&rows).filter_map(|(n, (_, found))| Some((n, barred(editor, found)?))).collect();
    if all.is_empty() {
        return nothing();
    }
    let mut words: Vec<&str> = Vec::new();
    for (_, barred) in &all {
        if !words.contains(&barred.word) {
            words.push(barred.word);
        }
    }
    let each = words.into_iter().map(|word| {
        let lines: Vec<String> = all.iter().filter(|it| it.1.word == word).map(|it| it.0.to_string()).collect();
        format!("{word} {} 行（第 {} 行）", lines.len(), lines.join("、"))
    });
    let each: Vec<String> = each.collect();
    let id = format!("barred-{}", declaration as usize);
    let head = el("p").set("id", id.clone()).child(el("b").text(format!("打印前请看：{}。", each.join("，"))));
    let may_leave = all.iter().any(|it| Ruling::Hold <= it.1.weight);
    let choice = |words: &'static str, out: bool| {
        let on = move || editor.left_out.get() == out;
        let radio = el("input").set("type", "radio").set("name", id.clone()).checked(on);
        let choose = move |_: Event| editor.left_out.set(out);
        el("label").live("class", move || on().then(|| "on".to_owned())).child(radio.on("change", choose)).text(words)
    };
    let choices = el("span").class("seg").set("role", "radiogroup").set("aria-label", "不得申报的行怎样打印");
    let choices = choices.child(choice("印出并注明", false)).child(choice("不得申报、暂不申报的不印", true));
    let marked = "打印时在这些行旁边注明，表下写明原因。";
    el("div")
        .class("before-print")
        .child(head)
        .maybe((!may_leave).then(|| el("p").text(marked)))
        .maybe(may_leave.then_some(choices))
        .done()
}

/// The buttons below the table of a declaration.
pub fn print_button(editor: ScopeEditor, declaration: Declaration) -> El {
    button("quiet", "打印申报表", move || print_alone(editor, declaration))
}
