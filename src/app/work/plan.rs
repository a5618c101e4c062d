//! 整改清单: what to change so that a sheet reaches a band, who does it and until when. What is tried out is kept nowhere
//! until it is taken over.

mod changes;
mod lost;
mod paper;
mod tasks;
mod try_out;
mod ways;

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::html::{El, all, el, link, live};
use crate::app::part::sheet_editor::SheetEditor;
use crate::app::part::{banner, frame, label, memo, missing};
use crate::app::{Address, State};
use crate::dossier::Sheet;
use crate::rubric::Rubric;
use crate::score::{Answers, Grade, Report, Verdict, in_one_sentence, score, verdict_in_words};

/// What all parts of the page work on. Everything in it is a handle.
#[derive(Clone, Copy)]
struct PlanPage {
    editor: SheetEditor,
    /// What is tried out: a copy of the sheet.
    tried: RwSignal<Sheet>,
    /// In which order the tasks stand.
    order: RwSignal<tasks::TaskOrder>,
    /// Turns when the tasks are to be put into their order again.
    sorted: RwSignal<bool>,
}

pub fn plan(state: State, of: Option<&SheetOf>) -> AnyView {
    let Some(of) = of.cloned() else {
        let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("整改清单"));
        return if state.live { missing::no_dossier(state) } else { head.view(frame::boot_message(state)).done() };
    };
    let there = of.clone();
    let found = memo::number(move |_| {
        state.open.with(|open| {
            let Some(open) = open.as_ref().filter(|it| it.id == there.dossier) else { return 0 };
            let edition = state.edition_of(&open.dossier);
            let known = open.dossier.sheet(there.sheet).is_some_and(|it| edition.rubric(it.annex).is_some());
            if known { 1 + u64::from(open.read_only) } else { 0 }
        })
    });
    live(move || match found.get() {
        0 => missing::no_dossier(state),
        shown => page(state, &of, shown == 2),
    })
}

fn page(state: State, of: &SheetOf, read_only: bool) -> AnyView {
    let id = of.sheet;
    let annex = state.open.with_untracked(|open| Some(open.as_ref()?.dossier.sheet(id)?.annex)).unwrap_or_default();
    let Some((edition, rubric)) = state.rubric(annex) else { return missing::no_dossier(state) };
    let report = Memo::new(move |_| {
        let scored = state.open.with(|open| Some(score(rubric, &open.as_ref()?.dossier.sheet(id)?.answers)));
        scored.unwrap_or_else(|| score(rubric, &Answers::default()))
    });
    let editor = SheetEditor::new(state, (edition, rubric), id, report, None);
    let sheet = untrack(|| editor.read(Sheet::clone)).unwrap_or_default();
    let page = PlanPage {
        editor,
        tried: RwSignal::new(sheet),
        order: RwSignal::new(tasks::TaskOrder::Veto),
        sorted: RwSignal::new(false),
    };
    if read_only {
        let words = "这里是较旧的一份，只能看和打印。";
        let article = el("article").class("read wide plan read-only").child(head(page, of));
        return article.child(el("p").text(words)).view(live(move || paper::paper(page))).child(bar(page)).done();
    }
    let has = memo::number(move |_| editor.read(|it| it.work.tasks.len() as u64).unwrap_or_default());
    // with tasks the paper is printed, without any the page itself
    let article = el("article").child(head(page, of)).live("class", move || {
        Some(if has.get() == 0 { "read wide plan" } else { "read wide plan has-tasks" }.to_owned())
    });
    let over = memo::number(move |_| u64::from(report.with(is_over)));
    let body = move || {
        if over.get() == 1 {
            let words = "已达到最高的分数线，也没有否决项，不用整改。";
            return el("p").class("done").text(words).done();
        }
        all(vec![lost::lost(page).done(), ways::ways(page).done(), try_out::try_out(page).done()])
    };
    let article = article.child(el("div").class("plan-body").child(banner::saved(state)).view(live(body)));
    let article = article.child(tasks::tasks(page)).view(live(move || paper::paper(page)));
    el("div").class("planning").child(article).child(bar(page)).done()
}

/// Nothing to mend: the highest band, and no veto of either kind.
fn is_over(report: &Report<'static>) -> bool {
    report.grade() == Grade::Full
}

fn head(page: PlanPage, of: &SheetOf) -> El {
    let PlanPage { editor, .. } = page;
    let state = editor.state;
    let rubric = editor.rubric;
    let name = move || editor.read(|it| label::called(rubric, it)).unwrap_or_default();
    let unit = move || state.open.with(|open| open.as_ref().map_or("", |it| label::unit(&it.dossier)).to_owned());
    let sheet = link(state.href(&Address::Sheet(rubric.annex, Some(of.clone()))), "返回自评表");
    let dossier = link(state.href(&Address::Dossier(Some(of.dossier.clone()))), "返回档案");
    let said = move || format!("{}。", editor.report.with(in_one_sentence));
    let open = move || match editor.report.with(|it| it.unanswered.len()) {
        0 => String::new(),
        n => format!("还有 {n} 项未评：在这里按没有做到算（0 分，否决项按未满足），先填完再看更准。"),
    };
    el("header")
        .class("plan-head")
        .child(el("p").class("doc").words(unit).text(" · ").child(el("span").words(name)))
        .child(el("h1").set("tabindex", "-1").text("整改清单"))
        .child(el("p").class("links noprint").child(sheet).child(dossier))
        .child(el("p").class("say").words(said))
        .child(el("p").class("open").words(open))
}

/// Points, and how far it is to each band, always in sight.
fn bar(page: PlanPage) -> El {
    let report = page.editor.report;
    let now = move || {
        report.with(|report| {
            let words = format!("{}{}", settled(report), far(report));
            let points = el("b").text(format!("{} 分", report.base));
            let class = format!("now {}", label::grade(report.grade()));
            let vetoes = veto_words(report);
            let against = (!vetoes.is_empty()).then(|| el("p").class("against").text(vetoes));
            all(vec![
                el("p").set("class", class).child(points).child(el("span").text(words)).done(),
                against.map_or_else(|| all(Vec::new()), El::done),
            ])
        })
    };
    let jumps = [("#lost", "失分各项"), ("#ways", "整改方案"), ("#try", "试一试"), ("#tasks", "整改清单")];
    let jumps = jumps.into_iter().map(|(to, words)| link(to.to_owned(), words));
    el("section")
        .class("now-bar noprint")
        .set("aria-label", "目前的结果")
        .view(live(now))
        .child(el("nav").class("jumps").set("aria-label", "本页各部分").each(jumps))
}

fn settled(report: &Report<'_>) -> String {
    match report.settled() {
        Verdict::Pending => format!("未评 {} 项", report.unanswered.len()),
        Verdict::BelowAllThresholds => "未达到分数线".to_owned(),
        verdict => verdict_in_words(report, verdict),
    }
}

/// ，距 70 分还差 9 分，距 85 分还差 24 分: for each band that is not reached.
fn far(report: &Report<'_>) -> String {
    let bands = report.rubric.bands.iter().rev().filter(|it| report.base < it.at_least);
    bands.map(|it| format!("，距 {} 分还差 {} 分", it.at_least, it.at_least.less(report.base))).collect()
}

/// The vetoes that stand, by their rows.
fn veto_words(report: &Report<'_>) -> String {
    let said = [("否决项", &report.filing_vetoes), ("不得开展工作", &report.work_vetoes)];
    let said = said.into_iter().filter(|it| !it.1.is_empty());
    said.map(|(head, rows)| format!("{head} {}", ids(report.rubric, rows))).collect::<Vec<_>>().join("；")
}

/// 2-4、2-7.
fn ids(rubric: &Rubric, rows: &[u16]) -> String {
    rows.iter().map(|it| rubric.row_id(*it)).collect::<Vec<_>>().join("、")
}
