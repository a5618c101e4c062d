//! A change in words.

use crate::rubric::{Fact, Measure, Points, Rubric, Rule};
use crate::score::{BILLIONTHS, figure, written};

use super::Mend;
use super::states::FULL;

/// The longest name of a row, in characters, that is told together with what to do.
const SHORT: usize = 14;

/// 补 2 名考评员（2-4）：+3 分并消除否决.
pub fn words(rubric: &Rubric, change: &Mend) -> String {
    let comes_of_it = match (change.gain, change.clears_veto) {
        (Points::ZERO, true) => "消除否决".to_owned(),
        (Points::ZERO, false) => "分数不变，更有把握，或与相关各行合在一起计分".to_owned(),
        (gain, true) => format!("+{gain} 分并消除否决"),
        (gain, false) => format!("+{gain} 分"),
    };
    format!("{}（{}）：{comes_of_it}", to_do(rubric, change), rubric.row_id(change.row))
}

/// What has to be done, without the row and what comes of it: 补 2 名考评员.
pub fn to_do(rubric: &Rubric, change: &Mend) -> String {
    let Some(row) = rubric.row(change.row) else { return String::new() };
    let before = |fact| change.from.iter().find(|it| it.0 == fact).map(|it| it.1);
    let after = |fact| change.to.iter().find(|it| it.0 == fact).map(|it| it.1);
    let n = |fact| after(fact).unwrap_or_default();
    let added = |fact| n(fact) - before(fact).unwrap_or_default().clamp(0, n(fact));
    let score = |fact| written(Measure::Points, n(fact));
    let name = Some(row.content.trim_end_matches('。')).filter(|it| !it.is_empty() && it.chars().count() <= SHORT);
    let named = |to_do: String| match name {
        Some(name) => format!("{name}：{to_do}"),
        None => to_do,
    };
    match &row.rule {
        Rule::Staffed { .. } => match added(Fact::FullTimeStaff) {
            0 => "达到其余要求".to_owned(),
            n if before(Fact::Met) == Some(1) => format!("补 {n} 名专职工作人员"),
            n => format!("补 {n} 名专职工作人员，并达到其余要求"),
        },
        Rule::Deduct { .. } if after(Fact::Score).is_some() => named(format!("做到 {} 分", score(Fact::Score))),
        Rule::Deduct { unit, .. } => named(fewer(unit, before(Fact::Defects), n(Fact::Defects))),
        Rule::Hazard { unit, .. } => {
            let mut parts = Vec::new();
            if before(Fact::Hazard) != Some(0) {
                parts.push("排除安全隐患".to_owned());
            }
            if before(Fact::Defects) != after(Fact::Defects) {
                parts.push(fewer(unit, before(Fact::Defects), n(Fact::Defects)));
            }
            named(parts.join("，"))
        }
        Rule::Credit { unit, .. } => named(format!("补 {} {unit}", added(Fact::Items))),
        Rule::Combined { .. } => {
            let parts = [(Fact::Met, "达到文件要求"), (Fact::Detailed, "内容写详实"), (Fact::Operable, "做到可操作")];
            let mended = parts.iter().filter(|it| after(it.0) == Some(1) && before(it.0) != Some(1)).map(|it| it.1);
            named(mended.collect::<Vec<_>>().join("，"))
        }
        Rule::Number { .. } => format!("补 {} 名考评员", added(Fact::QualifiedExaminers)),
        Rule::Experts { .. } => format!("补 {} 名专家", added(Fact::Experts)),
        Rule::Rate { at_least } => named(format!("完好率达到 {at_least}%")),
        Rule::Years { at_least } => named(format!("连续满 {at_least} 年")),
        Rule::Average { full, above, .. } => {
            let three = [Fact::FirstYear, Fact::SecondYear, Fact::ThirdYear].map(&n);
            let is_full = match after(Fact::Average) {
                Some(average) => i64::from(*full) * BILLIONTHS <= average,
                None => i64::from(*full) * 3 <= three.into_iter().fold(0, i64::saturating_add),
            };
            named(if is_full { format!("年均达到 {full} 人") } else { format!("年均超过 {above} 人") })
        }
        Rule::Tiers { .. } if after(Fact::Level) == Some(FULL) => named("做到满足".to_owned()),
        Rule::Tiers { .. } if after(Fact::Level).is_some() => named(format!("做到基本满足，{} 分", score(Fact::Award))),
        Rule::Lease { .. } if after(Fact::Tenure) == Some(0) => {
            named(format!("做到 {} 分，租赁照扣", score(Fact::Award)))
        }
        Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. } => {
            named(format!("做到 {} 分", score(Fact::Award)))
        }
        Rule::Choice { levels } => {
            let level = usize::try_from(n(Fact::Choice)).ok().and_then(|it| levels.get(it));
            let mut to_do = ["做到“", level.map_or("", |it| &it.when), "”"].concat();
            if after(Fact::Award).is_some() {
                to_do = [&to_do, "，", &score(Fact::Award), " 分"].concat();
            }
            named(to_do)
        }
        Rule::Listed { items, .. } => {
            let mut parts = Vec::new();
            for (item, fact) in items.iter().zip(Fact::ITEMS) {
                let (was, now) = (before(*fact), n(*fact));
                if was == Some(now) {
                    continue;
                }
                let when = item.when.trim_end_matches('。');
                parts.push(match (item.measure(), was) {
                    (Measure::YesNo, _) if now == 0 => ["不再有“", when, "”"].concat(),
                    (Measure::Whole, Some(was)) if now < was => format!("“{when}”改正 {} {}", was - now, item.unit),
                    (Measure::Whole, Some(was)) => format!("“{when}”补 {} {}", now - was, item.unit),
                    (Measure::Whole, None) => format!("“{when}”为 {now} {}", item.unit),
                    (Measure::Points, _) => format!("“{when}”为 {} 分", written(Measure::Points, now)),
                    _ => ["做到“", when, "”"].concat(),
                });
            }
            named(parts.join("，"))
        }
        Rule::Quantity { of } => {
            let to = match (after(Fact::Quantity), &of.counts) {
                (Some(it), _) => figure(of, it / (BILLIONTHS / 10)),
                (None, Some(counts)) => format!("{} {}", counts.first, n(Fact::FirstCount)),
                (None, None) => String::new(),
            };
            named([&of.of, "做到 ", &to].concat())
        }
        Rule::Met { .. } | Rule::Bonus { .. } | Rule::None => named("达到要求".to_owned()),
    }
}

/// 改正 2 处; of an unanswered row, how many may be left.
fn fewer(unit: &str, before: Option<i64>, after: i64) -> String {
    match before {
        Some(before) => format!("改正 {} {unit}", before.saturating_sub(after)),
        None if after == 0 => "做到没有不符合的".to_owned(),
        None => format!("做到不符合的不多于 {after} {unit}"),
    }
}
