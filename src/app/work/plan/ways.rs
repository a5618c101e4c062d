//! 整改方案: the cheapest plan and the safest beside it, for the band that is wanted, and taking one over as tasks.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, link, live, nothing};
use crate::app::part::memo;
use crate::dossier::{Sheet, Task};
use crate::packet::with_tasks;
use crate::plan::{MendPlan, Wishes, plan, words};
use crate::rubric::Band;
use crate::score::{score, verdict_in_words};

use super::PlanPage;
use super::changes::{adopt, cost, task_of};

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
    let bands = page.editor.rubric.outcomes();
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
    let about = if same {
        "酌情项按填写的最低估分、有疑问的条文按不利的理解，也达到"
    } else {
        "酌情项按估计的得分算"
    };
    let first = card(page, &cheapest, false, if same { "花费最少，也稳妥" } else { "花费最少" }, about);
    let second = (!same).then(|| {
        let about = "酌情项按填写的最低估分、有疑问的条文按不利的理解，也达到";
        card(page, &safest, true, "稳妥", about)
    });
    all(vec![first.done(), second.map_or_else(nothing, El::done)])
}

fn card(page: PlanPage, plan: &MendPlan<'static>, safe: bool, title: &'static str, about: &'static str) -> El {
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
    let facts = format!("{low}改 {n} 项，{}。", cost(plan.cost));
    let verdict = verdict_after(page, plan);
    let lines = plan.changes.iter().map(|change| {
        let cost = if change.cost == 0 { String::new() } else { format!("，{}", cost(change.cost)) };
        el("li").child(link(format!("#lost-{}", change.row), format!("{}{cost}", words(rubric, change))))
    });
    let why = plan.why.as_ref().map(|it| format!("达不到 {} 分：{}", plan.target.at_least, it.words(rubric)));
    let why = why.map(|it| el("p").class("alert").text(it));
    let to: Vec<_> = plan.changes.iter().map(|it| (it.row, it.to.clone())).collect();
    let take = move || adopt(page, to.clone(), Some(safe));
    let take = (!plan.changes.is_empty()).then(|| button("btn small", "采用这份清单", take));
    card.child(el("p").class("sub").text(about))
        .maybe(why)
        .child(totals)
        .child(el("p").text(facts))
        .child(el("p").class("sub").text(format!("办完后：{verdict}。")))
        .child(el("ol").each(lines))
        .maybe(take)
}

fn verdict_after(page: PlanPage, plan: &MendPlan<'static>) -> String {
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
