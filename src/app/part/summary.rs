//! The result, always in view: points, what is still possible, vetoes in the document's words, the next step.

use leptos::prelude::*;

use crate::rubric::{Blocks, Points};
use crate::score::{Estimated, Grade, Report, UnsettledRows, in_one_sentence, verdict_in_words};

use super::announced::announced;
use super::html::{El, all, el, link, live, nothing};
use super::{chart, label, memo};

/// The panel beside a sheet. With a key mostly only a few numbers in it become others: those are written anew, and what
/// else stands there is made again where it says something else.
/// `there` is 1 as soon as there is time for what is folded away.
pub fn summary(report: Memo<Report<'static>>, links: El, backup: AnyView, there: Memo<u64>) -> El {
    let sentence = move || report.with(in_one_sentence);
    let class = move || Some(format!("sum {}", report.with(|it| label::grade(it.grade()))));
    let counted = move || report.with(|it| format!("分 · 已评 {} / {} 项", it.n_answered(), it.n_asked()));
    let points = el("b").words(move || report.with(|it| it.base.to_string()));
    // those with points, which are the same whatever is answered
    let n_sections = report.with_untracked(|it| it.sections.len());
    let sections = (0..n_sections).map(|at| chart::section_of(report, at));
    let mut bars = el("dl").class("bars");
    for [name, bar] in sections {
        bars = bars.child(name).child(bar);
    }
    el("aside")
        .live("class", class)
        .set("id", "result")
        .set("aria-label", "自评结果")
        .child(el("p").class("big").child(points).child(el("span").words(counted)))
        .child(el("p").class("say").words(sentence))
        .child(chart::range(report))
        .view(following(report, of_vetoes, all_vetoes))
        .view(following(report, of_improving, |it| improve(it).into_iter().collect()))
        // these follow their words: a condition of a band may be met while all points stay
        .child(el("p").class("bonus").words(move || report.with(bonus_in_words).unwrap_or_default()))
        .child(el("p").class("open").words(move || report.with(still_open).unwrap_or_default()))
        .view(following(report, of_estimates, |it| estimates(it).into_iter().collect()))
        .view(live(move || if there.get() == 1 { folded(report) } else { nothing() }))
        .child(el("h2").text("各部分"))
        .child(bars)
        .view(following(report, of_next, |it| next(it).into_iter().collect()))
        .view(backup)
        .child(links)
        .child(announced(sentence))
}

/// A part of the result, made again where the numbers become others from which it is made.
pub fn following(
    report: Memo<Report<'static>>,
    numbers: fn(&Report<'_>) -> Vec<u32>,
    part: fn(&Report<'_>) -> Vec<El>,
) -> AnyView {
    let turn = memo::turns(move |_| Some(report.with(numbers)));
    live(move || {
        turn.get();
        report.with_untracked(|it| all(part(it).into_iter().map(El::done).collect()))
    })
}

fn tenths(points: Points) -> u32 {
    u32::from(points.in_tenths())
}

/// The rows that veto, and after a number that no row has those that only bar the work.
pub fn of_vetoes(report: &Report<'_>) -> Vec<u32> {
    let mut numbers = Vec::new();
    push_rows(&mut numbers, &report.filing_vetoes);
    numbers.push(u32::MAX);
    push_rows(&mut numbers, &report.work_vetoes);
    numbers
}

fn push_rows(numbers: &mut Vec<u32>, rows: &[u16]) {
    for row in rows {
        numbers.push(u32::from(*row));
    }
}

fn of_improving(report: &Report<'_>) -> Vec<u32> {
    let mut numbers = Vec::new();
    if report.is_complete() {
        numbers.push(report.grade() as u32);
        for (row, gain) in report.to_improve() {
            numbers.extend_from_slice(&[u32::from(row), tenths(gain)]);
        }
    }
    numbers
}

fn of_estimates(report: &Report<'_>) -> Vec<u32> {
    let mut numbers = Vec::new();
    if let Some(Estimated { low, high, deciding }) = report.estimated() {
        numbers.extend_from_slice(&[low, high, report.base].map(tenths));
        numbers.extend_from_slice(&[u32::from(report.is_complete()), report.filing_vetoes.len() as u32]);
        push_rows(&mut numbers, &deciding);
    }
    numbers
}

fn of_unsettled(report: &Report<'_>) -> Vec<u32> {
    let mut numbers = Vec::new();
    for UnsettledRows { why, rows, below, above } in report.unsettled() {
        numbers.extend_from_slice(&[why as u32, tenths(below), tenths(above), rows.len() as u32]);
        push_rows(&mut numbers, &rows);
    }
    numbers
}

/// The row to answer next, whether it is 待确认, and the grade.
pub fn of_next(report: &Report<'_>) -> Vec<u32> {
    let next = report.next_unanswered();
    let unsure = next.is_some_and(|next| report.unsure().any(|it| it == next));
    vec![next.map_or(0, u32::from), u32::from(unsure), report.grade() as u32]
}

fn folded(report: Memo<Report<'static>>) -> AnyView {
    following(report, of_unsettled, |it| unsettled(it, MOST_LINKS).into_iter().collect())
}

fn all_vetoes(report: &Report<'_>) -> Vec<El> {
    let blocks = [(&report.filing_vetoes, Blocks::Filing), (&report.work_vetoes, Blocks::Work)];
    blocks.into_iter().filter_map(|(numbers, blocks)| vetoes(report, numbers, blocks)).collect()
}

fn estimates(report: &Report<'_>) -> Option<El> {
    report.estimated().map(|ends| estimated(report, &ends))
}

/// How far the verdict is still open.
fn still_open(report: &Report<'_>) -> Option<String> {
    let Report { low, high, .. } = *report;
    (low != high).then(|| verdicts(report, format!("最低 {low} 分，最高 {high} 分："), low, high))
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

/// 优先项目: the verdict with the bonus beside the one without.
pub fn bonus_in_words(report: &Report<'_>) -> Option<String> {
    if report.bonus == Points::ZERO {
        return None;
    }
    let verdict = verdict_in_words(report, report.verdict_with_bonus());
    let with = report.total_with_bonus();
    Some(format!("优先项目另加 {} 分。若评估机构将加分计入总分：{with} 分，{verdict}。", report.bonus))
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
