//! One row of a sheet: the document's words, what the applicant says, and what follows from it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::state::Undo;
use crate::app::{Route, State, browser};
use crate::dossier::{NOTE, Sheet};
use crate::rubric::{Edition, Fact, Group, Kind, Row, Rubric, Rule};
use crate::score::{Answers, Report, RowReport, clause, explain, faults, rule_in_words};

use super::control::control;
use super::html::{El, Event, all, button, el, link, live, nothing};
use super::{label, table};

/// What the rows of one sheet work on.
#[derive(Clone, Copy)]
pub struct Desk {
    pub state: State,
    pub edition: &'static Edition,
    pub rubric: &'static Rubric,
    /// Id of the sheet in the open dossier.
    pub sheet: u16,
    pub report: Memo<Report<'static>>,
    /// A sheet that is no part of a dossier and takes the place of the one in the open dossier.
    pub apart: Option<RwSignal<Sheet>>,
}

impl Desk {
    pub fn get(self, row: u16, fact: Fact) -> Option<i64> {
        self.read(|it| it.answers.get(row, fact))?
    }

    /// Gives or takes back a fact; it is saved like every change.
    pub fn set(self, row: u16, fact: Fact, value: Option<i64>) {
        if untrack(|| self.get(row, fact)) != value {
            self.edit(|it| {
                it.answers.set(row, fact, value);
            });
        }
    }

    /// The same in a field being typed in.
    pub fn type_fact(self, row: u16, fact: Fact, value: Option<i64>) {
        if untrack(|| self.get(row, fact)) != value {
            self.type_in(u32::from(row) << 8 | fact as u32, |it| {
                it.answers.set(row, fact, value);
            });
        }
    }

    pub fn edit(self, change: impl FnOnce(&mut Sheet)) {
        if let Some(apart) = self.apart {
            return apart.update(change);
        }
        self.state.edit(|it| {
            if let Some(sheet) = it.sheet_mut(self.sheet) {
                change(sheet);
            }
        });
    }

    /// The same in a field being typed in, by its number on the sheet.
    pub fn type_in(self, field: u32, change: impl FnOnce(&mut Sheet)) {
        if let Some(apart) = self.apart {
            return apart.update(change);
        }
        let field = u64::from(self.sheet) << 32 | u64::from(field);
        self.state.type_in(field, |it| {
            if let Some(sheet) = it.sheet_mut(self.sheet) {
                change(sheet);
            }
        });
    }

    /// Something on the sheet, while it is open.
    pub fn read<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        if let Some(apart) = self.apart {
            return Some(apart.with(read));
        }
        self.state.open.with(|it| it.as_ref()?.dossier.sheet(self.sheet).map(read))
    }

    /// A text on the sheet.
    pub fn text(self, read: impl FnOnce(&Sheet) -> &str) -> String {
        self.read(|it| read(it).to_owned()).unwrap_or_default()
    }

    pub fn answers(self) -> Answers {
        self.read(|it| it.answers.clone()).unwrap_or_default()
    }

    /// Changes whenever the row's result or its own facts do, and not with every letter typed elsewhere. A number, so
    /// that all memos but one are of the same type.
    fn changes(self, row: &'static Row) -> Memo<u64> {
        Memo::new(move |_| {
            let mut all = 0_u64;
            let mut mix = |it: i64| all = (all.rotate_left(5) ^ it as u64).wrapping_mul(0x517c_c1b7_2722_0a95);
            self.report.with(|it| {
                if let Some(it) = it.row(row.number) {
                    let points = [it.score, it.low, it.high].map(|it| it.map_or(-1, |it| i64::from(it.in_tenths())));
                    points.into_iter().chain([i64::from(it.answered), i64::from(it.vetoed)]).for_each(&mut mix);
                }
            });
            let shared = matches!(row.rule, Rule::Hazard { .. });
            for it in self.answers().iter().filter(|it| it.row == row.number || shared) {
                mix(i64::from(it.row) << 8 | it.fact as i64);
                mix(it.value);
            }
            all
        })
    }
}

/// A row with its control.
pub fn row(desk: Desk, group: &'static Group, row: &'static Row) -> El {
    let changes = desk.changes(row);
    let result = move || {
        // read, not only tracked: a memo that nobody reads never runs
        changes.get();
        untrack(|| desk.report.with(|it| it.row(row.number).copied()))
    };
    let class = move || {
        let class = match result() {
            Some(it) if it.vetoed => "row bad",
            Some(it) if it.answered => "row good",
            _ => "row",
        };
        Some(class.to_owned())
    };
    let controls = el("div").class("ask").each(control(desk, row).into_iter());
    el("fieldset")
        .live("class", class)
        .set("id", desk.rubric.row_id(row.number))
        .set("tabindex", "-1")
        .child(legend(desk.rubric, group, row))
        .child(table::standard(el("blockquote"), row))
        .child(controls.view(live(move || outcome(desk, row, result()))))
        .view(live(move || told(desk, row, result())))
        .child(basis(desk, row))
        .child(foot(desk, row, changes))
        .child(remark(desk, row))
}

/// A row to read, before the app is there or without it.
pub fn still(rubric: &Rubric, group: &Group, row: &Row) -> El {
    el("fieldset")
        .class("row")
        .set("id", rubric.row_id(row.number))
        .flag("disabled", true)
        .child(legend(rubric, group, row))
        .child(table::standard(el("blockquote"), row))
        .child(table::methods(el("div").class("meta"), row))
}

fn legend(rubric: &Rubric, group: &Group, row: &Row) -> El {
    let points = match (rubric.kind(row), row.shares) {
        (Kind::Scored | Kind::ScoredVeto, Some(first)) => format!("与 {} 合计", rubric.row_id(first)),
        (Kind::Scored | Kind::ScoredVeto, None) => format!("{} 分", row.points.unwrap_or_default()),
        (Kind::Veto, _) => "否决项，不计分".to_owned(),
        (Kind::Bonus, _) => "优先项目，选填".to_owned(),
        (Kind::Unscored, _) => "不计分，选填".to_owned(),
    };
    el("legend")
        .child(el("span").class("no").text(rubric.row_id(row.number)))
        .child(el("span").class("name").text(label::row(group, row)))
        .child(el("span").class("pts").text(points))
}

/// The arithmetic, or that there is none yet.
fn outcome(desk: Desk, row: &Row, it: Option<RowReport<'static>>) -> AnyView {
    let (class, words) = match it {
        Some(it) if it.answered => {
            let answers = untrack(|| desk.answers());
            let sum = untrack(|| desk.report.with(|report| explain(desk.edition, report, &it, &answers)));
            (if it.vetoed { "out veto" } else { "out" }, sum.arithmetic)
        }
        _ if matches!(desk.rubric.kind(row), Kind::Bonus | Kind::Unscored) => ("out", "未填".to_owned()),
        _ => ("out none", "未评".to_owned()),
    };
    el("output").class(class).text(words).done()
}

/// An answer that another answer made impossible, and the range that a doubtful spot of the text leaves.
fn told(desk: Desk, row: &Row, it: Option<RowReport<'static>>) -> AnyView {
    let mut lines = Vec::new();
    let wrong = faults(desk.rubric, &desk.answers()).into_iter().find(|it| it.row == row.number);
    lines.extend(wrong.map(|it| el("p").class("wrong").text(it.kind.to_string()).done()));
    if let Some(it) = it.filter(|it| it.answered && it.low != it.high) {
        let (low, high) = (it.low.unwrap_or_default(), it.high.unwrap_or_default());
        let mut words = format!("本项可能为 {low}～{high} 分，解读");
        for id in it.doubts.into_iter().flatten() {
            words.push(' ');
            words.push_str(id);
        }
        lines.push(el("p").class("doubt").text(words).done());
    }
    all(lines)
}

/// Our reading of the standard and where it stands; then the readings that touch the row, visibly not the document's
/// words.
fn basis(desk: Desk, row: &Row) -> El {
    let edition = desk.edition;
    let mut basis = el("details").class("reading");
    basis = basis.child(el("summary").text(match row.readings.len() {
        0 => "计算依据".to_owned(),
        n => format!("计算依据与解读（{n}）"),
    }));
    basis = basis.child(el("p").text(format!("{}。（{}）", rule_in_words(row), clause(edition, desk.rubric, row))));
    for it in row.readings.iter().filter_map(|id| edition.reading(id)) {
        let address = format!("{}#{}", desk.state.href(&Route::Readings), it.id);
        // the page is left only where nothing would be lost
        let id = link(address, it.id.as_str()).set("target", "_blank").set("rel", "noopener");
        basis = basis.child(el("p").child(id).text(format!(" {}", it.note)));
    }
    basis
}

/// Methods, and taking everything back.
fn foot(desk: Desk, row: &'static Row, changes: Memo<u64>) -> El {
    let number = row.number;
    let back = RwSignal::new(None::<Undo>);
    let reset = move || {
        desk.edit(|it| {
            let (given, note) = (it.answers.clear(number), it.note(number).to_owned());
            it.set_note(number, String::new());
            back.set(Some(Arc::new(move || {
                desk.edit(|it| {
                    for given in &given {
                        it.answers.set(given.row, given.fact, Some(given.value));
                    }
                    it.set_note(number, note.clone());
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
        changes.get();
        let said = untrack(|| desk.read(|it| !it.answers.row(number).is_empty() || !it.note(number).is_empty()));
        if said == Some(true) {
            button("link", "清空本项", reset).done()
        } else if back.with(Option::is_some) {
            all(vec![el("span").text("已清空。").done(), button("link", "撤销", undo).done()])
        } else {
            nothing()
        }
    };
    table::methods(el("div").class("meta"), row).child(el("span").class("again").view(live(again)))
}

/// No fact has this number.
const NOTED: u32 = 255;

/// 备注, and what the applicant will show as evidence.
fn remark(desk: Desk, row: &'static Row) -> El {
    let number = row.number;
    let id = format!("note-{number}");
    let note = move || desk.text(|it| it.note(number));
    let open = !untrack(note).is_empty();
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            desk.type_in(u32::from(number) << 8 | NOTED, |it| it.set_note(number, text));
        }
    };
    let name = format!("{} 备注与佐证材料", desk.rubric.row_id(number));
    let field = el("textarea").set("id", id.clone()).set("rows", "2").set("maxlength", NOTE.to_string()).value(note);
    el("details")
        .class("remark")
        .flag("open", open)
        .child(el("summary").text("备注与佐证"))
        .child(el("label").class("vh").set("for", id).text(name))
        .child(field.on("input", write).on("compositionend", write))
}
