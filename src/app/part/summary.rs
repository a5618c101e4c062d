//! The result, always in view: points, what is still possible, vetoes in the document's words, the next step.

use leptos::prelude::*;

use crate::app::{State, browser};
use crate::rubric::{Blocks, Points};
use crate::score::{Estimated, Grade, Report, UnsettledRows, in_one_sentence, verdict_in_words};

use super::html::{El, all, el, link, live};
use super::{chart, label};

/// The panel beside a sheet.
pub fn summary(state: State, report: Memo<Report<'static>>, links: El, backup: AnyView) -> El {
    let said = announced(state, report);
    let result = move || report.with(|it| all(result(it).into_iter().map(El::done).collect()));
    let class = move || Some(format!("sum {}", report.with(|it| label::grade(it.grade()))));
    el("aside")
        .live("class", class)
        .set("id", "result")
        .set("aria-label", "自评结果")
        .view(live(result))
        .view(backup)
        .child(links)
        .child(
            // a screen reader hears the result at most once a second
            el("p").class("vh").set("role", "status").words(move || said.get()),
        )
}

fn result(report: &Report<'_>) -> Vec<El> {
    let counted = format!("分 · 已评 {} / {} 项", report.n_answered(), report.n_asked());
    let big = el("p").class("big").child(el("b").text(report.base.to_string())).child(el("span").text(counted));
    let mut parts = vec![big, el("p").class("say").text(in_one_sentence(report)), chart::range(report)];
    parts.extend(vetoes(report, &report.filing_vetoes, Blocks::Filing));
    parts.extend(vetoes(report, &report.work_vetoes, Blocks::Work));
    parts.extend(improve(report));
    parts.extend(bonus(report));
    parts.extend(still_open(report));
    parts.extend(report.estimated().map(|it| estimated(report, &it)));
    parts.extend(unsettled(report, MOST_LINKS));
    parts.push(el("h2").text("各部分"));
    parts.push(el("dl").class("bars").each(report.sections.iter().flat_map(chart::section)));
    parts.extend(next(report));
    parts
}

/// How far the verdict is still open.
fn still_open(report: &Report<'_>) -> Option<El> {
    if report.low == report.high {
        return None;
    }
    let words = format!("最低 {} 分，最高 {} 分：", report.low, report.high);
    Some(el("p").class("open").text(verdicts(report, words, report.low, report.high)))
}

/// The verdicts from so many points to so many, behind the words.
fn verdicts(report: &Report<'_>, mut words: String, low: Points, high: Points) -> String {
    for (i, band) in report.bands_between(low, high).into_iter().enumerate() {
        words.push_str(if i == 0 { "" } else { "，或" });
        words.push_str(band.map_or("未达到分数线", |it| &it.outcome));
    }
    words
}

/// What the applicant's own estimates come to, against the thresholds, and the rows on which the verdict hangs.
fn estimated(report: &Report<'_>, ends: &Estimated) -> El {
    let Estimated { low, high, deciding } = ends;
    let words = format!("按估计：最低 {low} 分，自估 {} 分，最高 {high} 分", report.base);
    let words = match report.is_complete() && report.filing_vetoes.is_empty() {
        true => verdicts(report, format!("{words}："), *low, *high),
        false => words,
    };
    let rows = (!deciding.is_empty()).then(|| {
        el("p").text("结论取决于：").each(deciding.iter().map(|row| {
            let (to, name) = named(report, *row);
            link(to, name).class("nw")
        }))
    });
    el("div").class("guessed").child(chart::estimated(report, ends)).child(el("p").text(words)).maybe(rows)
}

/// Why the least and the most are something else than 已得: the reasons, each with its rows. More rows than `shown` are
/// folded away.
pub fn unsettled(report: &Report<'_>, shown: usize) -> Option<El> {
    let reasons = report.unsettled();
    if reasons.is_empty() {
        return None;
    }
    let mut list = el("ul").class("ends");
    for UnsettledRows { why, rows, below, above } in reasons {
        let mut words = format!("{} {} 项", why.label(), rows.len());
        for (end, points) in [("少", below), ("多", above)] {
            if points != Points::ZERO {
                words.push_str("，可能再");
                words.push_str(end);
                words.push(' ');
                words.push_str(&points.to_string());
                words.push_str(" 分");
            }
        }
        let folded = shown < rows.len();
        let mut line = if folded {
            el("details").child(el("summary").text(words))
        } else {
            words.push('：');
            el("span").text(words)
        };
        for (n, row) in rows.into_iter().enumerate() {
            let id = report.rubric.row_id(row);
            line = line.text(if n == 0 { "" } else { "、" }).child(link(format!("#{id}"), id).class("nw"));
        }
        list = list.child(el("li").child(line));
    }
    Some(list)
}

/// How many rows of a reason stand in the panel beside a sheet.
const MOST_LINKS: usize = 12;

/// The vetoes that apply, each with its printed words.
fn vetoes(report: &Report<'_>, numbers: &[u16], blocks: Blocks) -> Option<El> {
    if numbers.is_empty() {
        return None;
    }
    let (head, tail) = match blocks {
        Blocks::Filing => (format!("{} 个否决项", numbers.len()), "按文件，未满足即否决，与得分无关。"),
        Blocks::Work => (
            format!("{} 项未满足，备案后不得开展工作", numbers.len()),
            "本工具理解为未满足时不得开展工作，是否影响备案请向受理机构确认。",
        ),
    };
    let items = numbers.iter().filter_map(|number| report.rubric.row(*number)).map(|row| {
        let id = report.rubric.row_id(row.number);
        let name = if row.content.is_empty() { &row.standard } else { &row.content };
        let phrase = row.veto.as_ref().map_or("", |it| &it.phrase);
        el("li")
            .child(link(format!("#{id}"), format!("{id} {name}")))
            .child(el("span").class("phrase").text(format!("「{phrase}」")))
    });
    Some(el("div").class("alert").child(el("b").text(head)).child(el("ul").each(items)).child(el("p").text(tail)))
}

/// 优先项目: the verdict with the bonus beside the one without (reading AMB-01).
fn bonus(report: &Report<'_>) -> Option<El> {
    bonus_in_words(report).map(|it| el("p").class("bonus").text(it))
}

pub fn bonus_in_words(report: &Report<'_>) -> Option<String> {
    let verdict = verdict_in_words(report, report.verdict_with_bonus());
    let with = report.total_with_bonus();
    let words = format!("优先项目另加 {} 分。若评估机构将加分计入总分：{with} 分，{verdict}。", report.bonus);
    (report.bonus != Points::ZERO).then_some(words)
}

/// The row to answer next.
fn next(report: &Report<'_>) -> Option<El> {
    let number = report.next_unanswered()?;
    let what = if report.unsure().any(|it| it == number) { "待确认" } else { "下一项未评" };
    let (to, name) = named(report, number);
    Some(link(to, format!("{what}：{name}")).class("btn next"))
}

/// Once all is answered: what would improve a result that is not the best.
fn improve(report: &Report<'_>) -> Option<El> {
    if !report.is_complete() {
        return None;
    }
    let rows = report.to_improve();
    if report.grade() == Grade::Full || rows.is_empty() {
        return Some(el("p").class("done").text("各项都已评完。"));
    }
    let mut list = el("ul");
    for (number, gain) in rows.into_iter().take(MOST_TO_IMPROVE) {
        let (to, name) = named(report, number);
        let gain = if gain == Points::ZERO { "，否决项".to_owned() } else { format!("，可多得 {gain} 分") };
        list = list.child(el("li").child(link(to, name)).text(gain));
    }
    Some(el("div").class("improve").child(el("b").text("各项都已评完，可以先改进：")).child(list))
}

/// How many rows to improve are named.
const MOST_TO_IMPROVE: usize = 5;

/// The address of a row on the page, and what it is called.
fn named(report: &Report<'_>, number: u16) -> (String, String) {
    let id = report.rubric.row_id(number);
    let mut rows = report.rubric.groups().flat_map(|(_, group)| group.rows.iter().map(move |row| (group, row)));
    let name = rows.find(|it| it.1.number == number).map_or("", |(group, row)| label::row(group, row));
    (format!("#{id}"), format!("{id} {name}"))
}

/// The result in a sentence, one second after it changed.
fn announced(state: State, report: Memo<Report<'static>>) -> RwSignal<String> {
    let said = RwSignal::new(String::new());
    let waiting = RwSignal::new(false);
    if state.live {
        Effect::new(move |before: Option<()>| {
            report.track();
            if before.is_some() && !waiting.get_untracked() {
                waiting.set(true);
                browser::after(1000, move || {
                    // the sheet may have been left meanwhile
                    let _ = waiting.try_set(false);
                    if let Some(sentence) = report.try_with_untracked(in_one_sentence) {
                        said.set(sentence);
                    }
                });
            }
        });
    }
    said
}
