//! 评价范围申报表: the rows to be declared, each cell checked as it is left, and what follows from them.

mod asked;
mod bring;
mod cells;
mod editor;
mod followed;
mod found;
mod preview;
mod printed;
mod rows;
mod sheets;

use leptos::prelude::*;

use crate::app::part::announced::announced;
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::app::part::{banner, clause, frame, label, memo, missing};
use crate::app::{Address, State, browser};
use crate::dossier::Declaration;

use editor::ScopeEditor;

pub use rows::row_id;

pub fn scope(state: State, id: Option<&str>) -> AnyView {
    let Some(id) = id.map(str::to_owned) else {
        if state.live {
            return missing::no_dossier(state);
        }
        let words = "申报表属于一份自评档案：请先在“我的自评”里打开档案，再从那里填写申报表。";
        return el("article")
            .class("read")
            .child(head())
            .view(frame::boot_message(state))
            .child(el("p").text(words))
            .done();
    };
    let found = memo::number(move |_| {
        let open = state.open.with(|open| open.as_ref().filter(|it| it.id == id).map(|it| u64::from(it.read_only)));
        open.map_or(0, |it| 1 + it)
    });
    live(move || match (found.get(), ScopeEditor::new(state)) {
        (1, Some(editor)) => declaration(editor),
        (2, Some(editor)) => still(editor),
        (0, _) => missing::no_dossier(state),
        (_, None) | (_, Some(_)) => el("article").class("read").child(head()).child(el("p").text(NO_RULES)).done(),
    })
}

/// The declaration as it prints; `None` where nothing is declared.
pub fn paper(state: State) -> Option<El> {
    let some = state.open.with(|open| open.as_ref().is_some_and(|it| !it.dossier.declared.is_empty()));
    ScopeEditor::new(state).filter(|_| some).map(printed::printed)
}

const NO_RULES: &str = "这份自评所依据的文件版本没有申报评价范围的规则。";

fn head() -> El {
    el("h1").set("tabindex", "-1").text("评价范围申报表")
}

/// Whose declaration it is, with a link back to the dossier.
fn crumb(editor: ScopeEditor) -> El {
    let state = editor.state;
    let home = state.open.with_untracked(|open| open.as_ref().map(|it| it.id.clone()));
    let unit = move || state.open.with(|open| open.as_ref().map_or("", |it| label::unit(&it.dossier)).to_owned());
    let back = el("a").set("href", state.href(&Address::Dossier(home))).words(unit);
    el("p").class("doc").text("自评档案 · ").child(back)
}

/// What was issued later about what is declared.
fn later(editor: ScopeEditor) -> Option<El> {
    let columns: Vec<&str> = editor.scope.columns.iter().map(String::as_str).collect();
    clause::later(editor.state, editor.edition, &columns)
}

/// The table as it prints, for a dossier that can only be read.
fn still(editor: ScopeEditor) -> AnyView {
    let print = el("p").class("links").child(button("btn small", "打印申报表", browser::print));
    el("article")
        .class("read declare still")
        .child(crumb(editor))
        .child(head())
        .maybe(later(editor))
        .child(print)
        .child(printed::printed(editor))
        .done()
}

fn declaration(editor: ScopeEditor) -> AnyView {
    let state = editor.state;
    let words = "一行申报一个职业（工种/方向）。每填完一格核对一格；核对只看表里写的，查不到的会请您确认。";
    el("article")
        .class("read declare")
        .child(crumb(editor))
        .child(head())
        .child(el("p").text(words))
        .maybe(later(editor))
        .child(banner::saved(state))
        .view(tables(editor))
        .child(el("div").class("said").view(live(move || said(editor))))
        .child(announced(move || heard(editor)))
        .view(bring::into(editor))
        .child(bring::examples(editor))
        .child(bring::paste(editor))
        .child(sheets::sheets(editor))
        .child(printed::printed_below(editor))
        .done()
}

/// The tables, one for each declaration, each with its own buttons.
fn tables(editor: ScopeEditor) -> AnyView {
    let turn = memo::number(move |_| editor.declarations().len() as u64);
    live(move || {
        turn.get();
        let declarations = untrack(|| editor.declarations());
        all(declarations.iter().map(|it| table(editor, *it).done()).collect())
    })
}

fn table(editor: ScopeEditor, declaration: Declaration) -> El {
    let id = |name: &str| match declaration {
        Declaration::Whole => name.to_owned(),
        Declaration::OwnStudents | Declaration::Public => format!("{name}-{}", declaration as usize),
    };
    let add = button("btn", "添加一行", move || editor.add(declaration)).set("id", id("add"));
    let copy =
        button("quiet", "复制表格", move || editor.copy(declaration)).set("title", "复制后可粘贴到 Excel 或 WPS");
    let tools = el("div").class("tools").child(add).child(copy).child(printed::print_button(editor, declaration));
    let of = declaration.label(editor.kind);
    let head = (!of.is_empty()).then(|| {
        let apart = "按评价对象分别备案，各报各的，分开打印。";
        el("div").child(el("h2").text(of)).child(el("p").class("hint").text(apart))
    });
    el("section")
        .class("declaration")
        .maybe(head)
        .child(rows::rows(editor, declaration))
        .view(printed::before(editor, declaration))
        .child(tools)
}

/// What was just done to several cells at once, with a button to undo it where that is possible. It goes with the next
/// change.
fn said(editor: ScopeEditor) -> AnyView {
    let words = editor.said();
    if words.is_empty() {
        return nothing();
    }
    let undo = move || {
        editor.state.undo_in(editor.of);
        browser::after(0, || browser::focus("#add, #add-1"));
    };
    let undo = editor.taken_back.get().then(|| button("link", "撤销", undo).set("id", "undo"));
    el("p").text(words).maybe(undo).done()
}

/// The same for whoever does not see it, or what became of the row that was changed last.
fn heard(editor: ScopeEditor) -> String {
    let said = editor.said();
    let row = editor.heard.get();
    let of_row = |key| match (editor.place_of(key), found::in_a_word(editor, key)) {
        // it went, or has nothing yet
        ((0, _), _) | (_, "") => String::new(),
        ((n, _), word) => format!("第 {n} 行：{word}"),
    };
    row.filter(|_| said.is_empty()).map_or(said, |key| untrack(|| of_row(key)))
}
