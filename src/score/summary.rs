//! The state of a sheet in one sentence. A standing veto comes first.

use crate::rubric::Points;

use super::explain::between;
use super::{Report, Verdict};

/// 已得 81.5 分，最高 92.5 分；未评 6 项；结论待定. 已得 is what the answers give, 最低 and 最高 are what may become of it, 估计
/// what the applicant thinks of that.
pub fn in_one_sentence(report: &Report<'_>) -> String {
    let mut parts = Vec::new();
    if !report.filing_vetoes.is_empty() {
        parts.push(format!("触发否决项 {}，不论得分", rows(report, &report.filing_vetoes)));
    }
    let points = format!("已得 {} 分", report.base);
    if report.is_complete() {
        parts.push(match report.verdict() {
            Verdict::Band(band) if !report.scales.is_empty() => [&points, "，", &band.outcome].concat(),
            Verdict::Band(band) => format!("{points}，达到 {} 分，{}", band.at_least, band.outcome),
            Verdict::BelowAllThresholds => {
                format!("{points}，{}", verdict_in_words(report, Verdict::BelowAllThresholds))
            }
            Verdict::FilingVetoed | Verdict::Pending => points,
        });
        if report.filing_vetoes.is_empty() {
            parts.extend(report.short_of().map(|(short, band)| format!("距 {} 分还差 {short} 分", band.at_least)));
        }
        parts.extend(Some(with_range(report, String::new())).filter(|it| !it.is_empty()));
    } else {
        parts.push(with_range(report, points));
        let unsure = match report.unsure().count() {
            0 => String::new(),
            n => format!("（其中待确认 {n} 项）"),
        };
        parts.push(format!("未评 {} 项{unsure}", report.unanswered.len()));
        if report.filing_vetoes.is_empty() {
            parts.push("结论待定".to_owned());
        }
    }
    let skipped: Vec<u16> = report.skipped().collect();
    if !skipped.is_empty() {
        parts.push(["不涉及 ", &rows(report, &skipped)].concat());
    }
    for of in &report.scales {
        let band = of.scale.bands.iter().find(|it| it.at_least <= of.points).map_or("未达到", |it| &it.outcome);
        parts.push([&of.scale.name, " ", &of.points.to_string(), " 分，", band].concat());
    }
    if let Some(estimated) = report.estimated() {
        let mut words = between(estimated.low, estimated.high);
        if !estimated.deciding.is_empty() {
            words.push_str("，结论取决于 ");
            words.push_str(&rows(report, &estimated.deciding));
        }
        parts.push(words);
    }
    if !report.work_vetoes.is_empty() {
        parts.push(format!("{} 未满足，备案后不得开展工作", rows(report, &report.work_vetoes)));
    }
    parts.join("；")
}

/// `before`，最低 50 分，最高 58 分: what the points may still become, where that is something else.
fn with_range(report: &Report<'_>, before: String) -> String {
    let mut words = before;
    for (end, points) in [("最低 ", report.low), ("最高 ", report.high)] {
        if points != report.base {
            words.push_str(if words.is_empty() { "" } else { "，" });
            words.push_str(end);
            words.push_str(&points.to_string());
            words.push_str(" 分");
        }
    }
    words
}

/// A verdict for people: the printed words where there are any.
pub fn verdict_in_words(report: &Report<'_>, verdict: Verdict<'_>) -> String {
    match verdict {
        Verdict::Pending => "结论待定".to_owned(),
        Verdict::FilingVetoed => "触发否决项".to_owned(),
        Verdict::Band(band) => band.outcome.clone(),
        Verdict::BelowAllThresholds => {
            if !report.scales.is_empty() {
                return "有的部分未达到文件公布的分数线，文件未规定该情形的处理".to_owned();
            }
            let lowest = report.rubric.bands.last().map_or(Points::ZERO, |it| it.at_least);
            format!("未达到文件公布的分数线（{lowest} 分），文件未规定该情形的处理")
        }
    }
}

fn rows(report: &Report<'_>, numbers: &[u16]) -> String {
    let ids: Vec<_> = numbers.iter().map(|it| report.rubric.row_id(*it)).collect();
    ids.join("、")
}
