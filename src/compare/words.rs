//! What changed the verdict, in one sentence for a person.

use crate::rubric::Rubric;
use crate::score::{Report, verdict_in_words};

use super::{Both, Comparison, Flip, Side};

/// At most this many rows are named; the others are counted.
const NAMED: usize = 6;

/// 结论不同：自评为“具备…”，评估为“触发否决项”；否决项 1-3 只在评估成立；… `names` are the names of the two sides. No
/// full stop at the end.
pub fn change_in_words(comparison: &Comparison<'_>, names: Both<&str>) -> String {
    let verdict = |report: &Report<'_>| verdict_in_words(report, report.settled());
    let Some(change) = &comparison.change else {
        return format!("{}与{}结论相同：{}", names.left, names.right, verdict(&comparison.reports.left));
    };
    let (left, right) = (verdict(&comparison.reports.left), verdict(&comparison.reports.right));
    let mut parts = vec![format!("结论不同：{}为“{left}”，{}为“{right}”", names.left, names.right)];
    for side in [Side::Left, Side::Right] {
        let (vetoes, name) = (change.vetoes.of(side), names.of(side));
        if !vetoes.is_empty() {
            parts.push(format!("否决项 {}只在{name}成立", list(comparison.rubric, vetoes)));
        }
    }
    for side in [Side::Left, Side::Right] {
        let (rows, name) = (change.unanswered.of(side), names.of(side));
        if !rows.is_empty() {
            parts.push(format!("{name}未评 {}", list(comparison.rubric, rows).trim_end()));
        }
    }
    for (side, flip) in comparison.told() {
        let rows = list(comparison.rubric, flip.rows());
        let (here, there) = (names.of(side), names.of(side.other()));
        parts.push(match flip {
            Flip::Each(alone) if alone.len() == 1 => format!("{here}只要 {rows}改为与{there}一致，结论即相同"),
            Flip::Each(_) => format!("{here}在 {rows}中任改一项为与{there}一致，结论即相同"),
            Flip::Together(_) => {
                format!("{here}把 {rows}都改为与{there}一致，结论即相同（这种改法缺一不可，可能还有别的改法）")
            }
        });
    }
    parts.join("；")
}

/// `1-3、1-9 `, or `1-1、1-2、… 等 47 项`, so that words can follow.
fn list(rubric: &Rubric, rows: &[u16]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(|it| rubric.row_id(*it)).collect();
    let more = if NAMED < rows.len() { format!("等 {} 项", rows.len()) } else { String::new() };
    format!("{} {more}", named.join("、"))
}
