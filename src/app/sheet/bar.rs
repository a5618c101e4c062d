//! The bar at the foot of the window: points, the verdict or what is missing, vetoes by their numbers, what is saved, the
//! way to every section and the next row. It is all that has to be in sight at any height of a window.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, el, link, live};
use crate::app::part::sheet_editor::SheetEditor;
use crate::app::part::{banner, label, memo, summary};
use crate::rubric::{Band, Group};
use crate::score::{Grade, Report, Verdict, verdict_in_words};

/// More vetoes than these are counted, and named in the result below the rows.
const NAMED: usize = 3;

pub fn bar(editor: SheetEditor) -> El {
    let open = RwSignal::new(false);
    let class = move || Some(if open.get() { "now-bar shows" } else { "now-bar" }.to_owned());
    let sections = el("button").set("type", "button").class("quiet").set("aria-controls", "sections").text("项目");
    let sections = sections.live("aria-expanded", move || Some(open.get().to_string()));
    let escape = move |event: Event| {
        if open.get_untracked() && browser::is_escape(&event) {
            open.set(false);
            browser::focus("[aria-controls=sections]");
        }
    };
    el("section")
        .live("class", class)
        .set("aria-label", "目前的结果")
        .on("keydown", escape)
        .child(result(editor.report))
        .view(summary::following(editor.report, summary::of_vetoes, |it| vec![vetoes(it)]))
        .view(summary::following(editor.report, summary::of_next, |it| vec![next(it)]))
        .child(banner::saved(editor.state))
        .child(sections.on("click", move |_| open.update(|it| *it = !*it)))
        .child(steps(editor, open))
}

/// Points and the verdict, and how far it is to each line that is not reached.
fn result(report: Memo<Report<'static>>) -> El {
    let points = el("b").words(move || report.with(|it| format!("{} 分", it.base)));
    let class = move || Some(format!("now {}", report.with(|it| label::grade(it.grade()))));
    let words = live(move || report.with(|it| verdict(it).done()));
    el("a").live("class", class).set("href", "#result").child(points).view(words)
}

fn verdict(report: &Report<'_>) -> El {
    let mut words = match report.settled() {
        Verdict::Pending => format!("未评 {} 项", report.unanswered.len()),
        Verdict::BelowAllThresholds => "未达到分数线".to_owned(),
        verdict => verdict_in_words(report, verdict),
    };
    let far = |band: &Band| format!("，距 {} 分还差 {} 分", band.at_least, band.at_least.less(report.base));
    let mut bands = report.rubric.bands.iter().rev().filter(|it| report.base < it.at_least);
    words.push_str(&bands.next().map(far).unwrap_or_default());
    // a very low window has room for the next one only
    el("span").text(words).each(bands.map(|it| el("i").text(far(it))))
}

/// The rows that veto, a link each; those that only bar the work come last.
fn vetoes(report: &Report<'_>) -> El {
    let mut line = el("p").class("against");
    for (head, numbers) in [("否决", &report.filing_vetoes), ("不得开展工作", &report.work_vetoes)] {
        if numbers.is_empty() {
            continue;
        }
        let ids = numbers.iter().take(NAMED).map(|it| report.rubric.row_id(*it));
        line = line.child(el("b").text(format!("{head} {} 项", numbers.len())));
        line = line.each(ids.map(|it| link(format!("#{it}"), it)));
        if NAMED < numbers.len() {
            line = line.child(link("#result".to_owned(), "全部"));
        }
    }
    line
}

/// The row to answer next; once all is answered, the way to the result or to what would improve it.
fn next(report: &Report<'_>) -> El {
    match report.next_unanswered() {
        Some(number) => {
            let id = report.rubric.row_id(number);
            let is_unsure = report.unsure().any(|it| it == number);
            let words = el("span").text(if is_unsure { "待确认" } else { " 未评" });
            link(format!("#{id}"), if is_unsure { "" } else { "下一项" })
                .child(words)
                .text(format!(" {id}"))
                .class("btn")
        }
        None if report.grade() == Grade::Full => link("#result".to_owned(), "看结果").class("btn"),
        None => link("#result".to_owned(), "看怎么改进").class("btn"),
    }
}

/// Sections and groups with how many of their rows are answered, above the bar while it is open.
fn steps(editor: SheetEditor, open: RwSignal<bool>) -> El {
    let shut = move |_| open.set(false);
    // the rows that are answered, and not the report, which is another one with every key
    let answered = memo::turns(move |_| {
        Some(editor.report.with(|report| report.rows.iter().map(|it| it.answered).collect::<Vec<_>>()))
    });
    let address = |group: &Group| format!("#{}", group_id(group));
    let list = el("ol").each(editor.rubric.sections.iter().map(|section| {
        let head = link(section.groups.first().map(address).unwrap_or_default(), section.name.as_str());
        let counted = move || {
            let (n, of) = n_answered(editor, answered, &section.groups);
            format!("{n} / {of}")
        };
        let item = done(editor, answered, &section.groups).child(head.on("click", shut).child(el("i").words(counted)));
        let groups = section.groups.iter().map(|group| {
            let link = link(address(group), group.name.as_str()).on("click", shut);
            done(editor, answered, std::slice::from_ref(group)).child(link)
        });
        item.maybe((1 < section.groups.len()).then(|| el("ol").each(groups)))
    }));
    el("nav").class("steps").set("id", "sections").set("aria-label", "项目").child(list)
}

pub fn group_id(group: &Group) -> String {
    format!("g{}", group.rows.first().map_or(0, |it| it.number))
}

/// A section or group in the list, marked when nothing in it is left to answer.
fn done(editor: SheetEditor, answered: Memo<u64>, groups: &'static [Group]) -> El {
    el("li").live("class", move || {
        let (n, of) = n_answered(editor, answered, groups);
        (n == of).then(|| "done".to_owned())
    })
}

fn n_answered(editor: SheetEditor, answered: Memo<u64>, groups: &[Group]) -> (usize, usize) {
    answered.get();
    let of = groups.iter().map(|it| it.rows.len()).sum();
    let first = groups.first().and_then(|it| it.rows.first()).map_or(0, |it| usize::from(it.number) - 1);
    let n =
        editor.report.with_untracked(|report| report.rows.iter().skip(first).take(of).filter(|it| it.answered).count());
    (n, of)
}
