//! Points by a number: 面积, 人数, 册数, rates and ratios, in steps or for each step that is missing.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::each::{COUNTED, Each};
use crate::import::effect::PointEffect;
use crate::import::figure::PrintedNumber;
use crate::import::proposal::{Counts, ProposedKind, ProposedQuantity, StepPoints};
use crate::import::statement::Statement;
use crate::import::threshold::{Threshold, is_measured, is_rate, ratio, threshold, thresholds};

use super::RowWords;
use super::counted::{as_printed, counts, subject};

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
    places.extend(condition.rfind('每').map(|at| condition[..at].to_owned()));
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
        let is_limit = asked.at_least.is_some() && (!asked.is_exact() || asked.subject.is_empty());
        is_limit && same_unit(&asked.unit, &each.unit)
    };
    let mut bases: Vec<(Threshold, String)> = Vec::new();
    for place in &places {
        bases.extend(thresholds(place).into_iter().filter(&fits).map(|it| (it, place.clone())));
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
    let is_people = ["人", "名"].contains(&each.unit.as_str());
    if is_people
        && each.n == PrintedNumber::whole(1)
        && (base.subject.contains("专家") || words.content.contains("专家"))
    {
        return Some(ProposedKind::Experts { at_least, each: *points });
    }
    if let Some(bands) = down.clone().filter(|_| is_people && words.all.contains("考评")) {
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

fn same_unit(a: &str, b: &str) -> bool {
    let plain = |it: &str| it.replace('（', "(").replace('）', ")").replace("平米", "平方米").replace('名', "人");
    plain(a) == plain(b) || is_rate(a) && is_rate(b)
}

/// 500人次以上得8分，300—499人次得5分，…不得分.
fn steps(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let full = words.points()?;
    let mut all: Vec<(Threshold, PrintedNumber)> = Vec::new();
    let mut zero: Option<&Statement> = None;
    for statement in telling {
        let points = match statement.effect {
            PointEffect::Award(points) => points,
            PointEffect::Deduct(points) if statement.each.is_none() && points <= full => full.less(points),
            PointEffect::Zero if zero.is_none() => {
                zero = Some(statement);
                continue;
            }
            _ => return None,
        };
        let mut asked = threshold(&statement.condition).filter(|it| !it.subject.contains('每'))?;
        // 50万元以下，得1分, the last of all
        let is_last = telling.last() == Some(statement) && zero.is_none() && 1 < telling.len();
        if is_last
            && asked.at_least.is_none()
            && asked.below == all.last().and_then(|it: &(Threshold, PrintedNumber)| it.0.at_least)
        {
            asked.at_least = Some(PrintedNumber::ZERO);
        }
        asked.at_least?;
        all.push((asked, points));
    }
    let first = all.first()?.0.clone();
    let is_said_once = all.len() == 1 && zero.is_none();
    if is_said_once || all.iter().any(|it| !same_unit(&it.0.unit, &first.unit)) {
        return None;
    }
    // one step that gives all is told by `one_step`, with what else is asked for
    if all.len() == 1 && all[0].1 == full {
        return None;
    }
    // 自有500平方米以上得3分，租赁300平方米以上得2分: another word decides as well
    let gives: Vec<&Statement> = telling.iter().filter(|it| it.effect != PointEffect::Zero).collect();
    let n_with = |word: &str| gives.iter().filter(|it| it.condition.contains(word)).count();
    if ["租", "自有", "兼", "国家级", "省级", "市级"].iter().any(|it| (1..gives.len()).contains(&n_with(it)))
    {
        return None;
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.0.at_least));
    let mut steps: Vec<(PrintedNumber, PrintedNumber)> = Vec::new();
    for (asked, points) in &all {
        let mut at_least = asked.at_least?;
        if asked.strict {
            words.doubt(format!("“超过 {at_least}”是否含 {at_least}，请核对"));
        }
        if let Some((above, _)) = steps.last() {
            let meets = asked.below == Some(*above)
                || asked.up_to.is_some_and(|last| {
                    last.plus(PrintedNumber::whole(1)) == *above || last == *above && is_measured(&asked.unit)
                })
                || asked.below.is_none() && asked.up_to.is_none();
            if !meets {
                words.doubt("各档的数接不上，请核对");
            }
        } else if let Some(up_to) = asked.up_to.filter(|_| *points < full) {
            // 3人得4分, of 6: the rest is for more
            steps.push((up_to.plus(PrintedNumber::whole(1)), full));
            if asked.is_rate() {
                words.doubt("最高一档没有印出");
            }
        }
        if asked.strict && !asked.is_rate() {
            at_least = at_least.plus(PrintedNumber::whole(1));
        }
        steps.push((at_least, *points));
    }
    if steps.windows(2).any(|it| it[0].1 <= it[1].1 || it[0].0 <= it[1].0) {
        words.doubt("各档的分数不是由高到低");
    }
    if steps.first()?.1 != full {
        words.doubt(format!("各档最高 {} 分，与分值 {full} 不一致", steps.first()?.1));
    }
    if let Some(below) = zero.and_then(|it| threshold(&it.condition)).and_then(|it| it.below)
        && steps.last()?.0 != below
    {
        words.doubt("不得分的数与最低一档接不上");
    }
    if subjects_differ(&all) {
        words.doubt("各档说的好像不是同一个数");
    }
    // 2人且持证得2分: the number is not all
    if let Some(more) = gives.iter().find(|it| it.condition.contains(['且', '并'])) {
        words.doubt(format!("“{}”除了数还有别的条件", more.when));
    }
    if words.all.contains("考评") && ["人", "名"].contains(&first.unit.as_str()) {
        return Some(ProposedKind::Number { bands: steps });
    }
    let of = subject(words, &all[0].0);
    let (unit, counts) = counts(words, &first, &of);
    let unit = unit.unwrap_or_else(|| as_printed(words, &first.unit));
    Some(ProposedKind::Quantity(ProposedQuantity { of, unit, counts, points: StepPoints::AtLeast(steps) }))
}

/// 面积不足300平方米，不得分; 不少于200人 as content and 符合条件记10分 as standard.
fn one_step(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let full = words.points()?;
    let is_met = |statement: &Statement| {
        statement.each.is_none()
            && match statement.effect {
                PointEffect::Zero | PointEffect::Full => true,
                PointEffect::Award(points) => points == full,
                _ => false,
            }
    };
    if 2 < telling.len() || !telling.iter().all(is_met) {
        return None;
    }
    let mut own: Vec<Threshold> = Vec::new();
    for statement in telling {
        let asked = thresholds(&statement.condition);
        match asked.as_slice() {
            [] if is_general(&statement.condition) => {}
            [one] => own.push(one.clone()),
            // 不少于300平方米，不足300平方米的不得分
            [one, two] if one.at_least == two.below && same_unit(&one.unit, &two.unit) => {
                own.push(Threshold { rest: String::new(), ..one.clone() });
            }
            _ => return None,
        }
    }
    let number = |it: &Threshold| it.at_least.or(it.below);
    let mut asked = own.first().cloned();
    if asked.is_none() {
        // the requirement stands in the content or before
        let mut required: Vec<String> = words.said.required.clone();
        required.push(words.content.clone());
        let mut all: Vec<Threshold> =
            required.iter().flat_map(|it| thresholds(it)).filter(|it| !it.is_exact()).collect();
        let plain = required.iter().filter(|it| !thresholds(it).is_empty()).all(|it| is_plain(it));
        let others = words.said.required.iter().any(|it| thresholds(it).is_empty());
        if all.len() != 1 || !plain || others {
            return None;
        }
        asked = all.pop().filter(|it| it.at_least.is_some());
    }
    let asked = asked?;
    let at_least = number(&asked)?;
    if own.iter().any(|it| number(it) != Some(at_least) || !same_unit(&it.unit, &asked.unit)) {
        words.doubt("得分与不得分的数接不上");
    }
    if !is_plain(&asked.subject) || asked.rest.chars().count() > 4 {
        return None;
    }
    if asked.strict || asked.up_to.is_some() && !asked.is_exact() {
        words.doubt(format!("“{at_least}”是否含本数、有没有上限，请核对"));
    }
    let of = subject(words, &asked);
    let (unit, counts) = counts(words, &asked, &of);
    let unit = unit.unwrap_or_else(|| as_printed(words, &asked.unit));
    let points = StepPoints::AtLeast(vec![(at_least, full)]);
    Some(ProposedKind::Quantity(ProposedQuantity { of, unit, counts, points }))
}

/// 符合条件, 否则, 达到要求: what is asked for stands elsewhere.
fn is_general(condition: &str) -> bool {
    let plain =
        ["符合条件", "符合要求", "符合", "符合标准", "达到要求", "达到标准", "达到", "达标", "满足要求", "满足"];
    let not =
        ["否则", "不符合", "不符合条件", "不符合要求", "达不到", "达不到要求", "未达到", "未达标", "不达标", "不满足"];
    condition.is_empty() || plain.contains(&condition) || not.contains(&condition)
}

/// One requirement only.
fn is_plain(text: &str) -> bool {
    !text.contains([',', ';', '、', '或', '且', '并', '和', '及'])
}

fn subjects_differ(all: &[(Threshold, PrintedNumber)]) -> bool {
    let named: Vec<&str> = all.iter().map(|it| it.0.subject.as_str()).filter(|it| !it.is_empty()).collect();
    named.windows(2).any(|two| {
        let (a, b) = (two[0], two[1]);
        !(a.ends_with(b) || b.ends_with(a) || a.chars().next_back() == b.chars().next_back())
    })
}
