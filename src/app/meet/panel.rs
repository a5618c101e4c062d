//! 合议: several assessors, a sheet each, and what they agree on, kept in the browser at every change.

mod agree;
mod keep;
mod near;
mod paper;
mod result;
mod rows;
mod seats;
mod take;

use leptos::prelude::*;

use crate::app::part::carry::received::arrived;
use crate::app::part::frame;
use crate::app::part::html::{El, button, el, live, nothing};
use crate::app::{State, browser};
use crate::carrier::Record;
use crate::compare::{Agreed, Panel, PanelResult, SEATS};
use crate::dossier::{History, Sheet, Sight};
use crate::order;
use crate::rubric::{Edition, Points, Rubric};
use crate::score::score;

use keep::PanelKept;

/// What was done, in words, each with the panel before it. The last 20 steps can be undone.
type Steps = History<(String, Panel), 20>;

/// How far apart points may lie until somebody sets another limit.
const LIMIT: Points = Points::whole(1);

/// What the page shows and changes. Everything in it is a handle, so it can be copied.
#[derive(Clone, Copy)]
struct PanelPage {
    state: State,
    panel: RwSignal<Panel>,
    /// The agreed facts as a sheet, for the controls.
    draft: RwSignal<Sheet>,
    /// Changes when seats, limit or sheet change: the page is rebuilt then, and not while one types.
    turned: RwSignal<bool>,
    kept: RwSignal<PanelKept>,
    /// What the browser kept when it was last looked at.
    seen: StoredValue<Sight, LocalStorage>,
    /// What was done that may have been a mistake.
    steps: RwSignal<Steps>,
    /// The seat that is to get another sheet.
    replacing: RwSignal<Option<usize>>,
    /// Several sheets came in, of which one is to be chosen.
    asked: RwSignal<Vec<Record>>,
    /// A record came in whose names are nearly those of the panel.
    near: RwSignal<Option<Record>>,
    /// What became of the record that came in last.
    told: RwSignal<String>,
}

pub fn panel(state: State) -> AnyView {
    let head = el("article").class("read panel").child(el("h1").set("tabindex", "-1").text("合议"));
    let lead = "三至七位评估人员各交一份同一张表的自评码、链接或文件，这里逐项对照，相差大的由评估组商定，得分和结论随即重新计算。";
    let head = head.child(el("p").class("sub noprint").text(lead));
    if !state.live {
        return head.view(frame::boot_message(state)).done();
    }
    let told = match arrived(state) {
        Some(Err(why)) => format!("链接没有打开：{why}。请让对方重新复制整个链接，或改发自评码、自评文件。"),
        Some(Ok(_)) | None => String::new(),
    };
    let page = PanelPage {
        state,
        panel: RwSignal::new(Panel::default()),
        draft: RwSignal::new(Sheet::default()),
        turned: RwSignal::new(false),
        kept: RwSignal::new(PanelKept::Nothing),
        seen: StoredValue::new_local(Sight::default()),
        steps: RwSignal::new(Steps::default()),
        replacing: RwSignal::new(None),
        asked: RwSignal::new(Vec::new()),
        near: RwSignal::new(None),
        told: RwSignal::new(told),
    };
    page.begin();
    head.child(keep::kept(page))
        .child(seats::seats(page))
        .view(live(move || {
            page.turned.track();
            untrack(|| body(page))
        }))
        .done()
}

impl PanelPage {
    /// The rubric of the sheet that the panel is about.
    fn rubric(self) -> Option<(&'static Edition, &'static Rubric)> {
        self.panel.with_untracked(|panel| {
            let edition = self.state.editions().iter().find(|it| it.id == panel.subject.edition)?;
            Some((edition, edition.rubric(panel.subject.annex)?))
        })
    }

    /// Changes the panel and saves it. To undo a step from before would lose what was typed now, so the steps are
    /// dropped.
    fn edit(self, change: impl FnOnce(&mut Panel)) {
        self.panel.update(change);
        self.steps.set(Steps::default());
        self.save();
    }

    /// The same for seats, limit and sheet, and whatever else may have been a mistake: it can be undone.
    fn risk(self, words: String, change: impl FnOnce(&mut Panel)) {
        let before = self.panel.get_untracked();
        self.panel.update(change);
        self.steps.update(|steps| steps.note((words, before)));
        self.save();
        self.show();
    }

    fn undo(self) {
        let now = (String::new(), self.panel.get_untracked());
        if let Some((_, before)) = self.steps.try_update(|steps| steps.back(now)).flatten() {
            self.panel.set(before);
            self.told.set(String::new());
            self.save();
            self.show();
        }
    }

    /// Rebuilds the page.
    fn show(self) {
        self.draft.set(drafted(&self.panel.get_untracked()));
        self.turned.update(|it| *it = !*it);
    }

    /// Changes what is agreed on about a row.
    fn agree(self, row: u16, change: impl FnOnce(&mut Agreed)) {
        self.edit(|panel| {
            let mut agreed = panel.agreed(row).cloned().unwrap_or(Agreed { row, ..Agreed::default() });
            change(&mut agreed);
            if agreed.is_empty() { panel.take_back(row) } else { panel.agree(agreed) }
        });
    }

    /// The controls of the rows write into the draft; the panel follows.
    fn follow_draft(self) {
        Effect::new(move |_| {
            let answers = self.draft.with(|it| it.answers.clone());
            let facts = |row: u16| answers.row(row).given().iter().map(|it| (it.fact, it.value)).collect::<Vec<_>>();
            let rows: Vec<u16> = self.panel.with_untracked(|panel| {
                let mut rows: Vec<u16> = answers.iter().map(|it| it.row).collect();
                rows.extend(panel.agreed.iter().map(|it| it.row));
                order::sort(&mut rows);
                rows.dedup();
                rows.retain(|row| panel.agreed(*row).map_or(&[][..], |it| &it.facts) != facts(*row));
                rows
            });
            rows.into_iter().for_each(|row| self.agree(row, |it| it.facts = facts(row)));
        });
    }
}

/// The agreed facts of a panel, for the controls.
fn drafted(panel: &Panel) -> Sheet {
    let mut sheet = Sheet { id: 1, annex: panel.subject.annex, ..Sheet::default() };
    for agreed in &panel.agreed {
        for (fact, value) in &agreed.facts {
            sheet.answers.set(agreed.row, *fact, Some(*value));
        }
    }
    sheet
}

/// The part of the page that depends on the seats.
fn body(page: PanelPage) -> AnyView {
    let n = page.panel.with_untracked(|it| it.seats.len());
    if page.panel.with_untracked(|it| *it == Panel::default()) {
        return nothing();
    }
    if !page.panel.with_untracked(Panel::is_seated) {
        let words = format!("已有 {n} 席，再加入 {} 席就可以合议。", SEATS.start() - n);
        return el("p").class("hint").set("role", "status").text(words).child(clear(page)).done();
    }
    let Some((edition, rubric)) = page.rubric() else {
        return el("p").class("alert").text("这次合议所依据的版本或附件本站没有，不能显示。").done();
    };
    page.follow_draft();
    let outcome = Memo::new(move |_| page.panel.with(|it| it.outcome(rubric)));
    let of = PanelBody { page, edition, rubric, outcome };
    el("div")
        .child(seats::limit(page))
        .child(result::result(of))
        .child(agree::agree(of))
        .child(paper::paper(of))
        .child(take::take(of))
        .done()
}

/// What the parts of the page below the seats show and change.
#[derive(Clone, Copy)]
struct PanelBody {
    page: PanelPage,
    edition: &'static Edition,
    rubric: &'static Rubric,
    outcome: Memo<PanelResult<'static>>,
}

impl PanelBody {
    /// The seats' names, in their order.
    fn names(self) -> Vec<String> {
        self.page.panel.with(|panel| panel.seats.iter().map(|seat| seat.name.clone()).collect())
    }

    /// The report on each seat's sheet, in the order of the seats.
    fn reports(self) -> Vec<crate::score::Report<'static>> {
        let rubric = self.rubric;
        self.page
            .panel
            .with_untracked(|panel| panel.seats.iter().map(|seat| score(rubric, &seat.sheet.answers)).collect())
    }
}

fn clear(page: PanelPage) -> El {
    button("link danger noprint", "清空这次合议", move || {
        page.risk("已清空这次合议".to_owned(), |it| *it = Panel::default());
        page.told.set(String::new());
        page.replacing.set(None);
        page.asked.set(Vec::new());
        page.near.set(None);
        browser::after(0, || browser::focus("#seats"));
    })
}
