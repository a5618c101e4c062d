//! The kinds that have words of their own: 考评人员, 专家, 租赁, 安全隐患, 完好率, 连续n年, 年均, 加分.

use crate::import::effect::PointEffect;
use crate::import::figure::PrintedNumber;
use crate::import::proposal::ProposedKind;
use crate::import::statement::Statement;
use crate::import::threshold::{Threshold, threshold, thresholds, years};

use super::RowWords;

/// The kind whose words these are.
pub(super) fn known(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    hazard(words, telling)
        .or_else(|| lease(words, telling))
        .or_else(|| tiers(words, telling))
        .or_else(|| combined(telling))
        .or_else(|| average(words, telling))
        .or_else(|| staffed(telling))
        .or_else(|| rate(telling))
        .or_else(|| in_years(words, telling))
        .or_else(|| bonus(words, telling))
}

fn hazard(words: &RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    words.veto.as_ref().filter(|it| it.phrase.contains("隐患"))?;
    let [Statement { effect: PointEffect::Deduct(points), each: Some(each), .. }] = telling else { return None };
    (each.n == PrintedNumber::whole(1)).then(|| ProposedKind::Hazard { each: *points, unit: each.unit.clone() })
}

/// 酌情给分，租赁的不得分 or loses points by the term.
fn lease(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let is_lease = |it: &Statement| it.condition.contains('租');
    let (of_lease, others): (Vec<_>, Vec<_>) = telling.iter().partition(|it| is_lease(it));
    if !others.iter().all(|it| it.effect == PointEffect::AwardSome) || others.is_empty() {
        return None;
    }
    match of_lease.as_slice() {
        [it] if it.effect == PointEffect::Zero => Some(ProposedKind::Lease { term: None }),
        [longer, shorter] => {
            let (PointEffect::Deduct(less), PointEffect::Deduct(more)) = (longer.effect, shorter.effect) else {
                return None;
            };
            let n = lease_years(&longer.condition).filter(|_| longer.condition.contains("以上"))?;
            if !["以下", "不足", "不满"].iter().any(|it| shorter.condition.contains(it)) {
                return None;
            }
            if lease_years(&shorter.condition) != Some(n) {
                words.doubt("租期的两个年数不一样");
            }
            Some(ProposedKind::Lease { term: Some((n, less, more)) })
        }
        _ => None,
    }
}

fn lease_years(condition: &str) -> Option<PrintedNumber> {
    let before = &condition[..condition.find('年')?];
    let is_number = |it: char| it.is_ascii_digit() || "一二两三四五六七八九十".contains(it);
    let start = before.trim_end_matches(is_number).len();
    PrintedNumber::read(&before[start..])
}

/// 基本满足，酌情给分；不能满足，不得分.
fn tiers(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let ([some, none] | [Statement { effect: PointEffect::Award(_), each: None, .. }, some, none]) = telling else {
        return None;
    };
    let is_tiers =
        some.effect == PointEffect::AwardSome && some.condition.contains("基本") && none.effect == PointEffect::Zero;
    if !is_tiers {
        return None;
    }
    for statement in telling {
        if let PointEffect::Award(points) = statement.effect
            && Some(points) != words.points()
        {
            words.doubt(format!("标准里的 {points} 分与分值不一致"));
        }
    }
    Some(ProposedKind::Tiers)
}

/// 内容不详实，扣5分；可操作性不强，不得分.
fn combined(telling: &[Statement]) -> Option<ProposedKind> {
    let [Statement { effect: PointEffect::Deduct(points), each: None, condition, .. }, none] = telling else {
        return None;
    };
    let is_combined = condition.contains("详实") && none.effect == PointEffect::Zero && none.condition.contains("操作");
    is_combined.then_some(ProposedKind::Combined { undetailed: *points })
}

/// 近3年年均不少于30人：大于20人不足30人得2分，不足20人不得分.
fn average(words: &RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let [Statement { effect: PointEffect::Award(part), condition, .. }, none] = telling else { return None };
    if !words.all.contains("年均") || none.effect != PointEffect::Zero {
        return None;
    }
    let Threshold { at_least: Some(above), below: Some(full), strict: true, .. } = threshold(condition)? else {
        return None;
    };
    let asked = threshold(&words.content)?.at_least?;
    let least = threshold(&none.condition)?.below?;
    (asked == full && least == above).then_some(ProposedKind::Average { full, above, part: *part })
}

/// 无专门实施机构或专职工作人员不足2人，不得分.
fn staffed(telling: &[Statement]) -> Option<ProposedKind> {
    let [Statement { effect: PointEffect::Zero, condition, .. }] = telling else { return None };
    let asked = threshold(condition).filter(|it| ["人", "名"].contains(&it.unit.as_str()))?;
    let is_staffed = condition.contains("机构") && asked.subject.contains("专职");
    is_staffed.then_some(ProposedKind::Staffed { at_least: asked.below? })
}

fn rate(telling: &[Statement]) -> Option<ProposedKind> {
    let [Statement { effect: PointEffect::Zero, condition, .. }] = telling else { return None };
    let asked = threshold(condition).filter(Threshold::is_rate)?;
    let is_alone = asked.subject.ends_with("完好率") && !asked.subject.contains([',', '或', '且']);
    is_alone.then_some(ProposedKind::Rate { at_least: asked.below? })
}

fn in_years(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let full = words.points();
    let is_all_or_nothing = telling.iter().all(|statement| match statement.effect {
        PointEffect::Zero | PointEffect::Full => true,
        PointEffect::Award(points) => Some(points) == full && statement.each.is_none(),
        _ => false,
    });
    // 连续两年不合格的，不得分, says nothing about how long there has been business
    let of_fault = |statement: &Statement| {
        let condition = &statement.condition;
        statement.effect == PointEffect::Zero && years(condition).is_some() && !is_too_short(condition)
    };
    let asked = years(&words.all).filter(|_| is_all_or_nothing && !telling.iter().any(of_fault))?;
    // 连续3年以上 beside other requirements
    words.only_years();
    if 1 < telling.iter().filter(|it| it.effect == PointEffect::Zero).count() || !thresholds(&words.content).is_empty()
    {
        words.doubt("除了年数还有别的条件");
    }
    Some(ProposedKind::Years { at_least: asked })
}

/// 连续办学不足3年.
pub(super) fn is_too_short(condition: &str) -> bool {
    let behind = condition.split("连续").nth(1).unwrap_or_default();
    let before = behind.split('年').next().unwrap_or_default();
    ["不足", "未满", "不满", "少于", "低于", "不到", "未达", "达不到"].iter().any(|it| before.contains(it))
}

fn bonus(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let [Statement { effect: PointEffect::Add(add), each: None, at_most, .. }] = telling else { return None };
    if at_most.is_some() {
        words.doubt("加分另有上限");
    }
    Some(ProposedKind::Bonus { add: *add })
}
