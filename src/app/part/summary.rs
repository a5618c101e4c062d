//! The result, always in view: points, what is still possible, vetoes in the document's words, the next step.

use leptos::prelude::*;

use crate::app::part::{chart, label};
use crate::app::{State, browser};
use crate::rubric::Blocks;
use crate::score::{Report, Verdict, in_one_sentence, verdict_in_words};

/// The panel beside a sheet.
pub fn summary(state: State, report: Memo<Report<'static>>, links: AnyView) -> AnyView {
    let points = move || report.with(|it| it.base.to_string());
    let counted = move || report.with(|it| format!("已评 {} / {} 项", it.n_answered(), it.n_asked()));
    let sentence = move || report.with(in_one_sentence);
    let open = move || report.with(range_in_words);
    view! {
        <aside class="sum" aria-label="自评结果">
            <p class="big"><b>{points}</b><span>"分 · "{counted}</span></p>
            <p class="say" id="verdict">{sentence}</p>
            {move || report.with(chart::range)}
            {move || report.with(vetoes)}
            {move || report.with(bonus)}
            <p class="open">{open}</p>
            <h2>"各部分"</h2>
            <dl class="bars">{move || report.with(|it| it.sections.iter().map(chart::bar).collect_view())}</dl>
            {move || report.with(next)}
            {links}
            {announce(state, report)}
        </aside>
    }
    .into_any()
}

/// How far the verdict is still open.
fn range_in_words(report: &Report<'static>) -> String {
    if report.low == report.high {
        return String::new();
    }
    let bands = report.bands_in_reach();
    let outcomes: Vec<_> = bands
        .iter()
        .map(|it| match it {
            Some(band) => band.outcome.clone(),
            None => "未达到分数线".to_owned(),
        })
        .collect();
    let range = format!("未评和酌情的项目未定，总分可能在 {} 到 {} 分之间", report.low, report.high);
    match &outcomes[..] {
        [only] => format!("{range}，均为：{only}"),
        _ => format!("{range}：{}", outcomes.join("，或")),
    }
}

/// Standing vetoes, each with its printed words.
fn vetoes(report: &Report<'static>) -> Vec<AnyView> {
    let of = |numbers: &[u16], blocks: Blocks| {
        if numbers.is_empty() {
            return None;
        }
        let (head, tail) = match blocks {
            Blocks::Filing => (format!("{} 个否决项", numbers.len()), "按文件未满足即否决，与得分无关。"),
            Blocks::Work => (
                format!("{} 项未满足，备案后不得开展工作", numbers.len()),
                "本工具理解为未满足时不得开展工作，是否影响备案请向受理机构确认。",
            ),
        };
        let items = numbers.iter().filter_map(|number| report.rubric.row(*number)).map(|row| {
            let id = report.rubric.row_id(row.number);
            let phrase = row.veto.as_ref().map_or("", |it| it.phrase.as_str());
            let name = if row.content.is_empty() { row.standard.as_str() } else { row.content.as_str() };
            view! { <li><a href=format!("#{id}")>{id.clone()}" "{name}</a>"「"{phrase}"」"</li> }
        });
        Some(view! { <div class="alert"><b>{head}</b><ul>{items.collect_view()}</ul><p>{tail}</p></div> }.into_any())
    };
    of(&report.filing_vetoes, Blocks::Filing).into_iter().chain(of(&report.work_vetoes, Blocks::Work)).collect()
}

/// 优先项目: the verdict with the bonus beside the one without (reading AMB-01).
fn bonus(report: &Report<'static>) -> Option<AnyView> {
    if report.bonus == crate::rubric::Points::ZERO {
        return None;
    }
    let with = report.total_with_bonus();
    let verdict = match report.verdict_with_bonus() {
        Verdict::Pending => "结论待定".to_owned(),
        other => verdict_in_words(report, other),
    };
    let words = format!("优先项目另加 {} 分。若评估机构将加分计入总分：{with} 分，{verdict}。", report.bonus);
    Some(view! { <p class="bonus">{words}</p> }.into_any())
}

/// The one most useful thing to do.
fn next(report: &Report<'static>) -> AnyView {
    match report.unanswered.first() {
        Some(number) => {
            let id = report.rubric.row_id(*number);
            let found = report.rubric.groups().find_map(|(_, group)| {
                let row = group.rows.iter().find(|it| it.number == *number)?;
                Some(label::row(group, row))
            });
            view! { <a class="btn next" href=format!("#{id}")>"下一项未评："{id.clone()}" "{found}</a> }.into_any()
        }
        None => view! { <p class="done">"各项都已评完。"</p> }.into_any(),
    }
}

/// Tells a screen reader the result, at most once a second.
fn announce(state: State, report: Memo<Report<'static>>) -> AnyView {
    let said = RwSignal::new(String::new());
    let waiting = StoredValue::new(false);
    if state.live {
        Effect::new(move |before: Option<()>| {
            report.track();
            if before.is_some() && !waiting.get_value() {
                waiting.set_value(true);
                browser::after(1000, move || {
                    // the sheet may have been left meanwhile
                    let _ = waiting.try_set_value(false);
                    if let Some(sentence) = report.try_with_untracked(in_one_sentence) {
                        said.set(sentence);
                    }
                });
            }
        });
    }
    view! { <p class="vh" role="status">{said}</p> }.into_any()
}
