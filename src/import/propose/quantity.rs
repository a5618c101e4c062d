//! Points by a number: 面积, 人数, 册数, rates and ratios, in steps or for each step that is missing.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::each::{COUNTED, Each};
use crate::import::effect::PointEffect;
use crate::import::figure::PrintedNumber;
use crate::import::proposal::{Counts, ProposedKind, ProposedQuantity, StepPoints};
use crate::import::statement::Statement;
use crate::import::threshold::{Threshold, ratio, threshold, thresholds};

use super::RowWords;
use super::counted::{counts, same_unit, subject, who};
use super::steps::{asks_more, one_step, steps};

/// 10人一台, 每3个学生1个工位.
static ONE_FOR_SOME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"\d{COUNTED}\p{{Han}}{{0,3}}?[一1]{COUNTED}")).expect("the pattern is ours"));

/// The rule, where a number decides.
pub(super) fn quantity(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    ratios(words, telling)
        .or_else(|| missing(words, telling))
        .or_else(|| steps(words, telling))
        .or_else(|| one_step(words, telling))
}

/// 师生比达到1:20得5分，达到1:25得3分.
fn ratios(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    if !words.all.contains('比') {
        return None;
    }
    let mut all = Vec::new();
    let mut lowest = None;
    for statement in telling {
        match statement.effect {
            PointEffect::Award(points) if statement.each.is_none() => all.push((ratio(&statement.condition)?, points)),
            PointEffect::Zero => lowest = ratio(&statement.condition),
            _ => return None,
        }
    }
    all.sort_by_key(|it| it.0);
    let (first, last) = (all.first()?, all.last()?);
    if lowest.is_some_and(|it| it != last.0) {
        words.doubt("比例的各档接不上");
    }
    if all.windows(2).any(|it| it[0].1 <= it[1].1) || words.points().is_some_and(|it| it != first.1) {
        words.doubt("比例的各档与分值不一致");
    }
    let is_usual = words.all.contains("师生比");
    if !is_usual {
        words.doubt("这个比例是哪两个数之比，请核对");
    }
    let counts = Counts::Ratio("教师".to_owned(), "学生".to_owned());
    let of = if is_usual { "师生比".to_owned() } else { words.row.content.clone() };
    Some(ProposedKind::Quantity(ProposedQuantity {
        of,
        unit: "人".to_owned(),
        counts,
        points: StepPoints::AtMost(all),
    }))
}

/// 不少于5000册，每少500册扣0.5分.
fn missing(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let is_missing = |it: &&Statement| it.each.as_ref().is_some_and(Each::is_missing);
    let mut all = telling.iter().filter(|it| matches!(it.effect, PointEffect::Deduct(_))).filter(is_missing);
    let Statement { effect: PointEffect::Deduct(points), each: Some(each), condition, at_most, .. } = all.next()?
    else {
        return None;
    };
    let others: Vec<&Statement> = telling.iter().filter(|it| it.condition != *condition).collect();
    let full = words.points();
    let is_base = |it: &&Statement| matches!(it.effect, PointEffect::Award(points) if Some(points) == full);
    if all.next().is_some() || others.iter().any(|it| !is_base(it) && it.effect != PointEffect::Zero) {
        return None;
    }
    let mut places: Vec<String> = words.said.required.clone();
    // what is said in the same sentence before 每少
    let before = condition.rfind('每').or_else(|| condition.rfind(',')).map(|at| condition[..at].to_owned());
    places.extend(before.clone());
    places.extend(
        words
            .said
            .statements
            .iter()
            .filter(|it| it.condition != *condition && it.effect != PointEffect::Zero)
            .map(|it| it.condition.clone()),
    );
    places.push(words.content.clone());
    let fits = |asked: &Threshold| {
        let is_limit =
            asked.at_least.is_some() && (!asked.is_exact() || asked.subject.is_empty() || is_asked_for(&asked.subject));
        is_limit && same_unit(&asked.unit, &each.unit)
    };
    let mut bases: Vec<(Threshold, String)> = Vec::new();
    for place in &places {
        bases.extend(thresholds(place).into_iter().filter(&fits).map(|it| (it, place.clone())));
    }
    // 不足5人的，每少1人
    if bases.is_empty()
        && let Some(place) = before
    {
        let all = thresholds(&place).into_iter().filter(|it| it.below.is_some() && same_unit(&it.unit, &each.unit));
        bases.extend(all.map(|it| (Threshold { at_least: it.below, below: None, ..it }, place.clone())));
    }
    let (base, place) = bases.first().cloned()?;
    if bases.iter().any(|it| it.0.at_least != base.at_least) {
        words.doubt("有几个应达到的数，不知从哪一个减起");
    }
    // 按10人一台
    let is_rate = ONE_FOR_SOME.is_match(&place) || place.starts_with("每个");
    if base.strict || base.subject.contains('每') || is_rate {
        words.doubt("应达到的数有附带的说法，请核对");
    }
    if at_most.is_some() {
        words.doubt("扣分另有上限");
    }
    let at_least = base.at_least?;
    let zeros: Vec<&&Statement> = others.iter().filter(|it| it.effect == PointEffect::Zero).collect();
    let below = |zero: &Statement| {
        let asked = threshold(&zero.condition).filter(|it| same_unit(&it.unit, &each.unit));
        asked.and_then(|it| it.below)
    };
    let mut down = None;
    if let [zero] = zeros.as_slice() {
        down = below(zero).zip(full).and_then(|it| down_to(at_least, each.n, *points, it.0, it.1));
    }
    if down.is_none() {
        for zero in zeros {
            words.doubt(format!("“{}”不得分没有写进规则", zero.when));
        }
    }
    // 教师不少于5人，均持证，每少1人
    if asks_more(&base) {
        words.doubt("除了数还有别的条件");
    }
    let is_people = ["人", "名"].contains(&each.unit.as_str());
    if is_people && each.n == PrintedNumber::whole(1) && who(words, &base, &["专家"]) {
        return Some(ProposedKind::Experts { at_least, each: *points });
    }
    let are_examiners = is_people && who(words, &base, &["考评"]);
    if let Some(bands) = down.clone().filter(|_| are_examiners) {
        return Some(ProposedKind::Number { bands });
    }
    let of = subject(words, &base);
    let (unit, counts) = counts(words, &base, &of);
    let missing = StepPoints::Missing { at_least, step: each.n, each: *points };
    let points = down.map_or(missing, StepPoints::AtLeast);
    Some(ProposedKind::Quantity(ProposedQuantity {
        of,
        unit: unit.unwrap_or_else(|| each.unit.clone()),
        counts,
        points,
    }))
}

/// 配备5名, 年培训500人次: so many are asked for; 抽查10份 asks for nothing.
fn is_asked_for(subject: &str) -> bool {
    let begins = ["配备", "设有", "建有", "年", "应有", "配有"];
    let ends = ["配备", "设", "有", "应", "至少", "配", "需", "须", "培训", "鉴定", "评价", "招生"];
    !subject.contains(['抽', '查', '每'])
        && (begins.iter().any(|it| subject.starts_with(it)) || ends.iter().any(|it| subject.ends_with(it)))
}

/// 不少于5000册，每少500册扣0.5分，少于3000册不得分: each step that is missing, down to the last that gives points.
fn down_to(
    most: PrintedNumber,
    step: PrintedNumber,
    each: PrintedNumber,
    least: PrintedNumber,
    full: PrintedNumber,
) -> Option<Vec<(PrintedNumber, PrintedNumber)>> {
    let mut all = vec![(most, full)];
    while let Some((at_least, points)) = all.last().copied().filter(|it| least < it.0) {
        let next = (at_least.less(step).max(least), points.less(each));
        if next.1 <= PrintedNumber::ZERO || 20 < all.len() || step <= PrintedNumber::ZERO {
            return None;
        }
        all.push(next);
    }
    Some(all)
}
