//! One row of a sheet: the document's words, what the applicant says, and what follows from it.

use leptos::prelude::*;

use crate::app::{State, browser};
use crate::rubric::{Edition, Group, Kind, Rubric, Row};
use crate::score::{Answers, Given, Report, RowReport, explain, faults};

use super::control::control;
use super::{label, table};

/// What the rows of one sheet work on.
#[derive(Clone, Copy)]
pub struct Desk {
    pub state: State,
    pub edition: &'static Edition,
    pub rubric: &'static Rubric,
    /// Id of the sheet in the open dossier.
    pub sheet: u16,
    pub answers: Memo<Answers>,
    pub report: Memo<Report<'static>>,
}

impl Desk {
    /// Gives or takes back a fact; it is saved like every change.
    pub fn set(self, row: u16, fact: crate::rubric::Fact, value: Option<i64>) {
        if self.answers.with_untracked(|it| it.get(row, fact)) != value {
            self.edit(move |it| { it.answers.set(row, fact, value); });
        }
    }

    pub fn edit(self, change: impl FnOnce(&mut crate::dossier::Sheet)) {
        let id = self.sheet;
        self.state.edit(move |it| {
            if let Some(sheet) = it.sheet_mut(id) {
                change(sheet);
            }
        });
    }
}

/// A row with its control.
pub fn live(desk: Desk, group: &'static Group, row: &'static Row) -> AnyView {
    let number = row.number;
    let it = Memo::new(move |_| desk.report.with(|it| it.row(number).copied()));
    let class = move || it.get().map_or("row", |it| class(&it));
    let worked_out = move || {
        it.track();
        desk.answers.with(|answers| {
            desk.report.with_untracked(|report| report.row(number).map(|it| explain(desk.edition, report, it, answers).arithmetic))
        })
    };
    let result = move || {
        let (words, class) = match it.get() {
            Some(it) if it.answered => (worked_out().unwrap_or_default(), if it.vetoed { "out veto" } else { "out" }),
            Some(_) if desk.rubric.kind(row) == Kind::Bonus => ("选填".to_owned(), "out"),
            Some(_) if desk.rubric.kind(row) == Kind::Unscored => ("不计分，选填".to_owned(), "out"),
            _ => ("未评".to_owned(), "out none"),
        };
        view! { <output class=class>{words}</output> }
    };
    let wrong = move || {
        let all = desk.answers.with(|it| faults(desk.rubric, it));
        all.into_iter().find(|it| it.row == number).map(|it| view! { <p class="wrong">{it.kind.to_string()}</p> })
    };
    view! {
        <fieldset class=class id=desk.rubric.row_id(number) tabindex="-1">
            {legend(desk.rubric, group, row)}
            <blockquote>{table::standard(row)}</blockquote>
            <div class="ask">{control(desk, row)}{result}</div>
            {wrong}
            {doubts(it)}
            {readings(desk.edition, row)}
            {foot(desk, row)}
        </fieldset>
    }
    .into_any()
}

/// A row to read, before the app is there or without it.
pub fn still(edition: &'static Edition, rubric: &'static Rubric, group: &'static Group, row: &'static Row) -> AnyView {
    view! {
        <fieldset class="row" id=rubric.row_id(row.number) disabled>
            {legend(rubric, group, row)}
            <blockquote>{table::standard(row)}</blockquote>
            {readings(edition, row)}
            <div class="meta">{methods(row)}</div>
        </fieldset>
    }
    .into_any()
}

fn legend(rubric: &'static Rubric, group: &'static Group, row: &'static Row) -> AnyView {
    let shared = row.shares.map(|first| format!("与 {} 合计", rubric.row_id(first)));
    let points = match rubric.kind(row) {
        Kind::Scored | Kind::ScoredVeto => row.points.map(|it| format!("{it} 分")).or(shared),
        Kind::Veto => Some("否决项，不计分".to_owned()),
        Kind::Bonus => Some("优先项目".to_owned()),
        Kind::Unscored => Some("不计分".to_owned()),
    };
    view! {
        <legend>
            <span class="no">{rubric.row_id(row.number)}</span>
            <span class="name">{label::row(group, row)}</span>
            <span class="pts">{points}</span>
        </legend>
    }
    .into_any()
}

fn class(it: &RowReport<'_>) -> &'static str {
    match (it.vetoed, it.answered) {
        (true, _) => "row bad",
        (false, true) => "row good",
        (false, false) => "row",
    }
}

fn methods(row: &'static Row) -> AnyView {
    row.methods.iter().map(|it| view! { <span class="method">{it.as_str()}</span> }).collect_view().into_any()
}

/// The range that a doubtful spot of the text leaves.
fn doubts(it: Memo<Option<RowReport<'static>>>) -> AnyView {
    let words = move || {
        let it = it.get()?;
        let (low, high) = (it.low?, it.high?);
        let ids: Vec<_> = it.doubts.into_iter().flatten().collect();
        let open = it.answered && low != high;
        open.then(|| view! { <p class="doubt">{format!("本项可能为 {low}～{high} 分（解读 {}）", ids.join("、"))}</p> })
    };
    view! { {words} }.into_any()
}

/// The readings that touch the row, visibly not the document's words.
fn readings(edition: &'static Edition, row: &'static Row) -> AnyView {
    let found: Vec<_> = row.readings.iter().filter_map(|id| edition.reading(id)).collect();
    if found.is_empty() {
        return ().into_any();
    }
    let names: Vec<_> = found.iter().map(|it| it.title.as_str()).collect();
    let each = found
        .iter()
        .map(|it| {
            view! { <p><b>{it.id.as_str()}" "{it.title.as_str()}</b>"（"{label::effect(it.effect)}"）"{it.taken.as_str()}</p> }
        })
        .collect_view();
    view! {
        <details class="reading">
            <summary>"解读 "{found.len().to_string()}" 条："{names.join("；")}</summary>
            {each}
        </details>
    }
    .into_any()
}

/// Methods, the note, and taking everything back.
fn foot(desk: Desk, row: &'static Row) -> AnyView {
    let number = row.number;
    let taken = RwSignal::new(None::<(Vec<Given>, String)>);
    let note = move || desk.state.open.with(|it| Some(it.as_ref()?.dossier.sheet(desk.sheet)?.note(number).to_owned())).unwrap_or_default();
    let at_first = note();
    let said = move || !desk.answers.with(|it| it.row(number).is_empty()) || !note().is_empty();
    let write = move |event: leptos::ev::Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            desk.edit(move |it| it.set_note(number, text));
        }
    };
    let reset = move |_| {
        let before = note();
        desk.edit(move |it| {
            taken.set(Some((it.answers.clear(number), before)));
            it.set_note(number, String::new());
        });
    };
    let undo = move |_| {
        if let Some((given, note)) = taken.get_untracked() {
            desk.edit(move |it| {
                for given in given {
                    it.answers.set(given.row, given.fact, Some(given.value));
                }
                it.set_note(number, note);
            });
            taken.set(None);
        }
    };
    let again = move || {
        if said() {
            return view! { <button type="button" class="link" on:click=reset>"清空本项"</button> }.into_any();
        }
        match taken.get() {
            Some(_) => view! { <span>"已清空。"</span><button type="button" class="link" on:click=undo>"撤销"</button> }.into_any(),
            None => ().into_any(),
        }
    };
    let id = format!("note-{number}");
    view! {
        <div class="meta">{methods(row)}<span class="again">{again}</span></div>
        <details class="remark" open=!at_first.is_empty()>
            <summary>"备注与佐证"</summary>
            <label class="vh" for=id.clone()>{desk.rubric.row_id(number)}" 备注与佐证材料"</label>
            <textarea id=id rows="2" maxlength="500" prop:value=note on:input=write on:compositionend=move |event| write(event.into())></textarea>
        </details>
    }
    .into_any()
}
