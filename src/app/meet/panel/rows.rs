//! The words for a row in the panel's tables: its points or facts, where the answer was taken from, and why it has to be
//! agreed on.

use crate::compare::{Agreed, Dispute, RowOutcome, Taken};
use crate::rubric::{RowKind, Rubric};
use crate::score::{Answers, RowReport, said};

/// Said of a row that was agreed on before a seat changed.
pub const AGAIN: &str = "合议后席位有变，请再看";

/// 3, 不符合, 未评.
pub fn points(rubric: &Rubric, report: &RowReport<'_>, answers: &Answers) -> String {
    let optional = matches!(rubric.kind(report.row), RowKind::Bonus | RowKind::Unscored);
    match report.score {
        Some(points) => points.to_string(),
        None if report.answered => said(report, answers),
        None if optional => "未填".to_owned(),
        None => "未评".to_owned(),
    }
}

/// Whether a row is among those that the panel has to talk about.
pub fn is_disputed(outcome: &RowOutcome<'_>, agreed: Option<&Agreed>) -> bool {
    !outcome.disputes.is_empty() || agreed.is_some()
}

/// Why the panel has to talk about it.
pub fn why(outcome: &RowOutcome<'_>) -> String {
    let now = match outcome.disputes.as_slice() {
        [] if outcome.agreed_idly => "各席现在一致，仍按合议的填写计".to_owned(),
        [] => "各席现在相差不大，仍按合议的填写计".to_owned(),
        _ => disputes(outcome),
    };
    if outcome.again { format!("{AGAIN}。{now}") } else { now }
}

fn disputes(outcome: &RowOutcome<'_>) -> String {
    let words = outcome.disputes.iter().map(|dispute| match dispute {
        Dispute::Veto => "否决项各席不一",
        Dispute::Unanswered => "有的席未评",
        Dispute::Points => "相差超过限值",
        Dispute::NoMajority => "没有过半数相同的填写",
    });
    let words: Vec<&str> = words.collect();
    words.join("，")
}

/// Where the answer was taken from, in words.
pub fn taken(outcome: &RowOutcome<'_>, agreed: Option<&Agreed>) -> String {
    match outcome.taken {
        Taken::Agreed => {
            let again = if outcome.again { format!("【{AGAIN}】") } else { String::new() };
            agreed.map_or(String::new(), |it| format!("{again}合议（{}）：{}", it.who.trim(), it.why.trim()))
        }
        Taken::Common => "各席一致".to_owned(),
        Taken::Majority => "多数一致".to_owned(),
        Taken::Open => format!("待合议：{}", disputes(outcome)),
        Taken::Nobody => "各席都未评".to_owned(),
    }
}
