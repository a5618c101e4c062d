//! One row of a sheet: the document's words, what the applicant says, and what follows from it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::state::Undo;
use crate::app::{Address, State, browser};
use crate::dossier::{NOTE, is_of_roster};
use crate::rubric::{Edition, Group, Row, RowKind, Rubric};
use crate::score::{Doubt, Grade, ShownRow, clause as clause_of, shown};

use super::control::{control, estimates};
use super::html::{El, Event, all, button, el, live, nothing};
use super::sheet_editor::SheetEditor;
use super::{clause, label, memo, room, table};

/// A row with its control: the document's words and the answer side by side; what is asked for rarely is folded away until
/// `unfolded` or the row itself says otherwise.
pub fn row(editor: SheetEditor, group: &'static Group, row: &'static Row, unfolded: RwSignal<bool>) -> El {
    let number = row.number;
    let result = move || {
        editor.report.with_untracked(|it| editor.read_of(number, |sheet| shown(it, number, &sheet.answers))).flatten()
    };
    let changes = memo::turns(move |_| Some(result()));
    let now = move || {
        // `get`, not only `track`: a memo that nobody reads never runs
        changes.get();
        untrack(result)
    };
    let class = move || {
        let now = now();
        // an answer that cannot be right is none to be pleased with
        let grade = now.filter(|it| it.fault.is_none()).map_or(Grade::Open, |it| it.grade);
        Some(format!("row {}", label::grade(grade)))
    };
    let controls = el("div").class("ask").each(control(editor, row).into_iter());
    el("fieldset")
        .live("class", class)
        .set("id", editor.rubric.row_id(row.number))
        .set("tabindex", "-1")
        .child(legend(editor.rubric, group, row))
        .child(words(row))
        .maybe(later(editor.state, editor.edition, editor.rubric, row))
        .child(controls.view(live(move || outcome(editor.rubric.kind(row), now()))))
        .view(listed(editor, row))
        .view(live(move || told(now())))
        .child(more(editor, row, unfolded))
        .view(live(move || noted(editor, number)))
}

/// What the roster says about the row, where the dossier has one.
fn listed(editor: SheetEditor, row: &'static Row) -> AnyView {
    if editor.apart.is_some() || !is_of_roster(row) {
        return nothing();
    }
    let state = editor.state;
    live(move || state.listed().map_or_else(nothing, |it| it((state, editor.sheet), row)))
}

/// A row to read only: what the page shows before the app is loaded, or without it.
pub fn still(state: State, (edition, rubric): (&Edition, &Rubric), group: &Group, row: &Row) -> El {
    el("fieldset")
        .class("row")
        .set("id", rubric.row_id(row.number))
        .flag("disabled", true)
        .child(legend(rubric, group, row))
        .child(words(row))
        .maybe(later(state, edition, rubric, row))
}

/// What was issued later about the row.
fn later(state: State, edition: &Edition, rubric: &Rubric, row: &Row) -> Option<El> {
    clause::later(state, edition, &[&rubric.row_id(row.number)])
}

/// 评估标准, and 评估方式 behind it.
fn words(row: &Row) -> El {
    let standard = table::standard(el("blockquote"), row).text(" ");
    standard.child(table::methods(el("span").class("meta"), row))
}

fn legend(rubric: &Rubric, group: &Group, row: &Row) -> El {
    let points = match (rubric.kind(row), row.shares) {
        (RowKind::Scored | RowKind::ScoredVeto, Some(first)) => format!("与 {} 合计", rubric.row_id(first)),
        (RowKind::Scored | RowKind::ScoredVeto, None) => format!("{} 分", row.points.unwrap_or_default()),
        (RowKind::Veto, _) => "否决项，不计分".to_owned(),
        (RowKind::Bonus, _) => "优先项目，选填".to_owned(),
        (RowKind::Unscored, _) => "不计分，选填".to_owned(),
    };
    el("legend")
        .child(el("span").class("no").text(rubric.row_id(row.number)))
        .child(el("span").class("name").text(label::row(group, row)))
        .child(el("span").class("pts").text(points))
}

/// How the points are worked out, or that the row is not answered yet.
fn outcome(kind: RowKind, result: Option<ShownRow>) -> AnyView {
    let (class, words) = match result {
        Some(it) if it.answered => (if it.grade == Grade::Vetoed { "out veto" } else { "out" }, it.arithmetic),
        Some(it) if it.unsure => ("out none", "待确认".to_owned()),
        _ if matches!(kind, RowKind::Bonus | RowKind::Unscored) => ("out", "未填".to_owned()),
        _ => ("out none", "未评".to_owned()),
    };
    // the result below the rows says what came of it: two voices would be more than one a second
    el("output").class(class).set("aria-live", "off").text(words).done()
}

/// An answer that another answer made impossible, and the range that a doubtful spot of the text leaves.
fn told(result: Option<ShownRow>) -> AnyView {
    let mut lines = Vec::new();
    let Some(ShownRow { fault, doubt, .. }) = result else { return nothing() };
    lines.extend(fault.map(|it| el("p").class("wrong").text(it.to_string()).done()));
    if let Some(Doubt { low, high, readings }) = doubt {
        let words = format!("本项最低 {low} 分，最高 {high} 分，见解读 {}", readings.join("、"));
        lines.push(el("p").class("doubt").text(words).done());
    }
    all(lines)
}

/// What is wanted now and then, folded away: estimates, 备注, how this program computes the row, the readings that touch it, set apart
/// from the document's own words, and the button that clears it.
fn more(editor: SheetEditor, row: &'static Row, unfolded: RwSignal<bool>) -> El {
    let id = editor.rubric.row_id(row.number);
    let summary = el("summary").set("aria-label", format!("展开 {id} 的备注、计算依据和解读")).text("展开");
    el("details")
        .class("more")
        .live("open", move || unfolded.get().then(String::new))
        .child(summary)
        .maybe(estimates(editor, row))
        .child(remark(editor, row))
        .child(basis(editor, row))
        .child(again(editor, row))
}

/// How this program computes the row, and the clause for it; then the readings that touch the row.
fn basis(editor: SheetEditor, row: &Row) -> El {
    let edition = editor.edition;
    let words = format!("计算依据：{}。（{}）", row.words, clause_of(edition, editor.rubric, row));
    // the page's data have only the readings that are shown here
    let has = row.readings.iter().any(|id| edition.reading(id).is_some());
    let mut basis = el("div").class(if has { "reading" } else { "reading plain" }).child(el("p").text(words));
    for reading in row.readings.iter().filter_map(|id| edition.reading(id)) {
        let address = format!("{}#{}", editor.state.href(&Address::Readings), reading.id);
        let id = clause::leading(address).text(reading.id.as_str());
        basis = basis.child(el("p").text("解读 ").child(id).text(format!(" {}", reading.note)));
    }
    basis
}

/// The note in one line, as long as it is folded away.
fn noted(editor: SheetEditor, number: u16) -> AnyView {
    let note = editor.text_of(number, |it| it.note(number));
    if note.is_empty() { nothing() } else { el("p").class("noted").text(format!("备注：{note}")).done() }
}

/// The button that clears the row.
fn again(editor: SheetEditor, row: &'static Row) -> El {
    let number = row.number;
    // is there an answer or a note? a memo of its own, so that the button is not rebuilt while it is being pressed
    let given = memo::number(move |_| {
        let given =
            editor.read_of(number, |sheet| !sheet.answers.row(number).is_empty() || !sheet.note(number).is_empty());
        u64::from(given == Some(true))
    });
    let back = RwSignal::new(None::<Undo>);
    let reset = move || {
        editor.edit(|sheet| {
            let (taken, note) = (sheet.answers.clear(number), sheet.note(number).to_owned());
            sheet.set_note(number, String::new());
            back.set(Some(Arc::new(move || {
                editor.edit(|sheet| {
                    for given in &taken {
                        sheet.answers.set(given.row, given.fact, Some(given.value));
                    }
                    sheet.set_note(number, note.clone());
                });
            })));
        });
    };
    let undo = move || {
        if let Some(undo) = back.get_untracked() {
            undo();
            back.set(None);
        }
    };
    let again = move || {
        if given.get() == 1 {
            button("link", "清空本项", reset).done()
        } else if back.with(Option::is_some) {
            all(vec![el("span").text("已清空。").done(), button("link", "撤销", undo).done()])
        } else {
            nothing()
        }
    };
    el("p").class("again").view(live(again))
}

/// The number of the note's field for undoing; no fact has it.
const NOTED: u32 = 255;

/// 备注, and what the applicant will show as evidence.
fn remark(editor: SheetEditor, row: &'static Row) -> El {
    let number = row.number;
    let id = format!("note-{number}");
    let note = move || editor.text_of(number, |it| it.note(number));
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            editor.type_in(u32::from(number) << 8 | NOTED, |it| it.set_note(number, text));
        }
    };
    let name = format!("{} 备注与佐证材料", editor.rubric.row_id(number));
    let field = el("textarea").set("id", id.clone()).set("rows", "2").set("aria-label", name).value(note);
    let label = el("label").set("for", id).text("备注与佐证");
    let field = field.on("input", write).on("compositionend", write);
    el("div").class("remark").child(label).child(field).child(room::counted(NOTE, note))
}
