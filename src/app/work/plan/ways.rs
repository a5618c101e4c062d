//! 整改方案: the cheapest plan and the safest beside it, for the band that is wanted, and taking one over as tasks.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::app::part::memo;
use crate::dossier::{Sheet, Task, TaskState};
use crate::packet::with_tasks;
use crate::plan::{Change, Mark, Plan, ToState, Wishes, plan, words};
use crate::rubric::{Band, Fact, Points};
use crate::score::{Answers, score, verdict_in_words};

use super::PlanPage;
use super::lost::{facts_of, to_row};

pub fn ways(page: PlanPage) -> El {
    let now = move || page.editor.read(|it| (it.answers.clone(), it.work.wishes.clone()));
    // typing a name or a date makes no new plan
    let turns = memo::turns(move |_| Some(now()));
    let both = move || {
        turns.get();
        untrack(|| page.editor.read(|sheet| cards(page, sheet))).unwrap_or_else(nothing)
    };
    el("section")
        .set("id", "ways")
        .child(el("h2").text("二、整改方案"))
        .maybe(targets(page))
        .child(el("div").class("ways").view(live(both)))
}

/// The bands to choose from, where there are several.
fn targets(page: PlanPage) -> Option<El> {
    let bands = &page.editor.rubric.bands;
    let highest = bands.first()?.at_least;
    if bands.len() == 1 {
        let words = format!("要达到 {highest} 分：{}。", bands[0].outcome);
        return Some(el("p").class("say").text(words));
    }
    let wanted = move || page.editor.read(|it| it.work.wishes.target).flatten().unwrap_or(highest);
    let options = bands.iter().map(|band: &'static Band| {
        let chosen = move || wanted() == band.at_least;
        let choose = move |_| {
            let target = (band.at_least != highest).then_some(band.at_least);
            page.editor.edit(|sheet| sheet.work.wishes.target = target);
        };
        let radio = el("input").set("type", "radio").set("name", "target").checked(chosen).on("change", choose);
        el("label")
            .live("class", move || Some(if chosen() { "option on" } else { "option" }.to_owned()))
            .child(radio)
            .child(el("span").child(el("b").text(format!("{} 分", band.at_least))).text(band.outcome.as_str()))
    });
    let legend = el("legend").text("想达到哪一条分数线");
    Some(el("fieldset").class("options").child(legend).each(options))
}

fn cards(page: PlanPage, sheet: &Sheet) -> AnyView {
    let rubric = page.editor.rubric;
    let of = |safe| plan(rubric, &sheet.answers, &Wishes { safe, ..sheet.work.wishes.clone() });
    let (Some(cheapest), Some(safest)) = (of(false), of(true)) else { return nothing() };
    let same = cheapest.changes == safest.changes && cheapest.reached == safest.reached;
    let about = if same { "按最不利的算也达到" } else { "酌情项按满意的算" };
    let first = card(page, &cheapest, false, if same { "花费最少，也稳妥" } else { "花费最少" }, about);
    let second = (!same).then(|| {
        let about = "酌情项都只得最低估分、有疑问的条文都按不利的理解，也达到";
        card(page, &safest, true, "稳妥", about)
    });
    all(vec![first.done(), second.map_or_else(nothing, El::done)])
}

fn card(page: PlanPage, plan: &Plan<'static>, safe: bool, title: &'static str, about: &'static str) -> El {
    let rubric = page.editor.rubric;
    let card = el("article").class("way").child(el("h3").text(title));
    if plan.reached && plan.changes.is_empty() {
        let low = if safe { format!("最不利也有 {} 分，", plan.low_after) } else { String::new() };
        return card.child(el("p").text(format!("{low}已达到 {} 分，不用整改。", plan.target.at_least)));
    }
    let about = if plan.reached { about } else { "达不到，以下是能做到最多的" };
    let totals = el("p").class("totals").child(el("b").text(format!("{} → {} 分", plan.before, plan.after)));
    let low = if plan.low_after == plan.after { String::new() } else { format!("最不利 {} 分，", plan.low_after) };
    let n = plan.changes.len();
    let facts = format!("{low}改 {n} 项，费用 {} 万元。", money(plan.cost));
    let verdict = verdict_after(page, plan);
    let lines = plan.changes.iter().map(|change| {
        let cost = if change.cost == 0 { String::new() } else { format!("，费用 {} 万元", money(change.cost)) };
        el("li").text(format!("{}{cost} ", words(rubric, change))).child(to_row(page, change.row))
    });
    let why = plan.why.as_ref().map(|it| {
        let words = format!("达不到 {} 分：{}", plan.target.at_least, it.words(rubric));
        el("p").class("alert").text(words)
    });
    let changes = plan.changes.clone();
    let take = move || adopt(page, &changes, safe);
    let take = (!plan.changes.is_empty()).then(|| button("btn small", "采用这份清单", take));
    card.child(el("p").class("sub").text(about))
        .maybe(why)
        .child(totals)
        .child(el("p").text(facts))
        .child(el("p").class("sub").text(format!("办完后：{verdict}。")))
        .child(el("ol").each(lines))
        .maybe(take)
}

fn verdict_after(page: PlanPage, plan: &Plan<'static>) -> String {
    let to: Vec<Task> = plan.changes.iter().map(task_of).collect();
    let report = page.editor.read(|sheet| score(page.editor.rubric, &with_tasks(&sheet.answers, &to)));
    let mut said = report.map_or(String::new(), |it| verdict_in_words(&it, it.settled()));
    let left = super::ids(page.editor.rubric, &plan.filing_vetoes);
    if !left.is_empty() {
        said = format!("{said}，否决项 {left} 仍在");
    }
    let left = super::ids(page.editor.rubric, &plan.work_vetoes);
    if !left.is_empty() {
        said = format!("{said}，{left} 仍未满足，备案后不得开展工作");
    }
    said
}

/// Tenths as they are written: 3.5.
pub fn money(tenths: u64) -> String {
    crate::spreadsheet::decimal(i64::try_from(tenths).unwrap_or(i64::MAX))
}

/// A row's way to a state as a change, by itself.
pub fn change_to(answers: &Answers, mark: Mark, state: ToState) -> Change {
    let ToState { to, units, cost, gain, clears_veto } = state;
    let from = facts_of(answers, mark.row);
    Change { row: mark.row, from, to, gain, units, effort: mark.effort, cost, clears_veto }
}

fn task_of(change: &Change) -> Task {
    Task { row: change.row, to: change.to.clone(), ..Task::default() }
}

/// Takes the changes over as tasks.
pub fn adopt(page: PlanPage, changes: &[Change], safe: bool) {
    let to: Vec<(u16, Vec<(Fact, i64)>)> = changes.iter().map(|it| (it.row, it.to.clone())).collect();
    adopt_rows(page, to, Some(safe));
}

/// Makes tasks of what rows are to become. Who does it and until when stays where a row has a task already; other tasks
/// stay where somebody has said something about them.
pub fn adopt_rows(page: PlanPage, to: Vec<(u16, Vec<(Fact, i64)>)>, safe: Option<bool>) {
    let (n, mut stayed) = (to.len(), 0);
    page.editor.edit(|sheet| {
        let before = std::mem::take(&mut sheet.work.tasks);
        let untouched = |it: &Task| it.who.is_empty() && it.due.is_empty() && it.state == TaskState::Open;
        let in_new = |it: &Task| to.iter().any(|new| new.0 == it.row);
        let mut tasks: Vec<Task> = before.iter().filter(|it| !in_new(it) && !untouched(it)).cloned().collect();
        stayed = tasks.len();
        for (row, to) in &to {
            let known = before.iter().find(|it| it.row == *row).cloned().unwrap_or_default();
            // what was done was something else
            let state = if known.to == *to { known.state } else { TaskState::Open };
            tasks.push(Task { row: *row, to: to.clone(), state, ..known });
        }
        crate::order::sort_by_key(&mut tasks, |it| it.row);
        sheet.work.tasks = tasks;
        if let Some(safe) = safe {
            sheet.work.wishes.safe = safe;
        }
    });
    let stayed = if stayed == 0 { String::new() } else { format!("，原有的 {stayed} 项已填过，保留") };
    page.editor.state.tell(format!("已列入整改清单 {n} 项{stayed}。自评表没有改动。"));
    browser::after(0, || browser::focus("#tasks"));
}

/// The points from which a band is reached that is at or above so many; the highest where there is none.
pub fn band_at(bands: &'static [Band], points: Points) -> Option<&'static Band> {
    bands.iter().rev().find(|it| points <= it.at_least).or(bands.first())
}
