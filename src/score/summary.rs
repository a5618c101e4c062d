//! The state of a sheet in one sentence. A standing veto comes first.

use crate::rubric::Points;

use super::{Report, Verdict};

/// 已得 81.5 分，最高可达 92.5 分；未评 6 项；结论待定.
pub fn in_one_sentence(report: &Report<'_>) -> String {
    let mut parts = Vec::new();
    if !report.filing_vetoes.is_empty() {
        parts.push(format!("触发否决项 {}，不论得分", rows(report, &report.filing_vetoes)));
    }
    let points = format!("已得 {} 分", report.base);
    if report.is_complete() {
        parts.push(match report.verdict() {
            Verdict::Band(band) => format!("{points}，达到 {} 分，{}", band.at_least, band.outcome),
            Verdict::BelowAllThresholds => {
                format!("{points}，{}", verdict_in_words(report, Verdict::BelowAllThresholds))
            }
            Verdict::FilingVetoed | Verdict::Pending => points,
        });
    } else {
        parts.push(format!("{points}，最高可达 {} 分", report.high));
        parts.push(format!("未评 {} 项", report.unanswered.len()));
        if report.filing_vetoes.is_empty() {
            parts.push("结论待定".to_owned());
        }
    }
    if !report.work_vetoes.is_empty() {
        parts.push(format!("{} 未满足，备案后不得开展工作", rows(report, &report.work_vetoes)));
    }
    parts.join("；")
}

/// A verdict for people: the printed words where there are any.
pub fn verdict_in_words(report: &Report<'_>, verdict: Verdict<'_>) -> String {
    match verdict {
        Verdict::Pending => "结论待定".to_owned(),
        Verdict::FilingVetoed => "触发否决项".to_owned(),
        Verdict::Band(band) => band.outcome.clone(),
        Verdict::BelowAllThresholds => {
            let lowest = report.rubric.bands.last().map_or(Points::ZERO, |it| it.at_least);
            format!("未达到文件公布的分数线（{lowest} 分），文件未规定该情形的处理")
        }
    }
}

fn rows(report: &Report<'_>, numbers: &[u16]) -> String {
    let ids: Vec<_> = numbers.iter().map(|it| report.rubric.row_id(*it)).collect();
    ids.join("、")
}
