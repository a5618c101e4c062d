//! Points by a number in steps, 500人次以上得8分，300—499人次得5分, or in a single one.

use crate::import::effect::PointEffect;
use crate::import::figure::PrintedNumber;
use crate::import::proposal::{ProposedKind, ProposedQuantity, StepPoints};
use crate::import::statement::Statement;
use crate::import::threshold::{Threshold, is_measured, threshold, thresholds};

use super::RowWords;
use super::counted::{as_printed, counts, same_unit, subject, who};

/// 500人次以上得8分，300—499人次得5分，…不得分.
pub(super) fn steps(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
    let full = words.points()?;
    let mut all: Vec<(Threshold, PrintedNumber)> = Vec::new();
    let mut zero: Option<&Statement> = None;
    for statement in telling {
        let points = match statement.effect {
            // 有8项制度，每项得1分, gives for each of them
            PointEffect::Award(_) if statement.each.is_some() && statement.condition.contains('每') => return None,
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
    // 流失5人以上不得分: a count of faults, which decides the other way
    let below = zero.map(|it| thresholds(&it.condition)).unwrap_or_default();
    if below.iter().any(|asked| asked.at_least.is_some_and(|it| it != PrintedNumber::ZERO)) {
        return None;
    }
    // 500平方米以上，设备齐全: the number is not all that decides
    if 1 < all.len() && all.iter().any(|it| asks_more(&it.0)) || subjects_differ(&all) {
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
    let last = steps.last().map(|it| it.0);
    if below.iter().filter_map(|it| it.below).any(|it| Some(it) != last) {
        words.doubt("不得分的数与最低一档接不上");
    }
    if let Some(zero) = zero.filter(|it| !is_rest(&it.condition) && below.is_empty()) {
        words.doubt(format!("“{}”不得分没有写进规则", zero.when));
    }
    if all.iter().any(|it| asks_more(&it.0)) {
        words.doubt("除了数还有别的条件");
    }
    // 2人且持证得2分: the number is not all
    if let Some(more) = gives.iter().find(|it| it.condition.contains(['且', '并'])) {
        words.doubt(format!("“{}”除了数还有别的条件", more.when));
    }
    if ["人", "名"].contains(&first.unit.as_str()) && who(words, &all[0].0, &["考评"]) {
        return Some(ProposedKind::Number { bands: steps });
    }
    let of = subject(words, &all[0].0);
    let (unit, counts) = counts(words, &first, &of);
    let unit = unit.unwrap_or_else(|| as_printed(words, &first.unit));
    Some(ProposedKind::Quantity(ProposedQuantity { of, unit, counts, points: StepPoints::AtLeast(steps) }))
}

/// 面积不足300平方米，不得分; 不少于200人 as content and 符合条件记10分 as standard.
pub(super) fn one_step(words: &mut RowWords<'_>, telling: &[Statement]) -> Option<ProposedKind> {
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
            [one] if decides(one, statement.effect) => own.push(one.clone()),
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
    if !is_plain(&asked.subject)
        || asked.subject.contains("连续")
        || asks_more(&asked)
        || asked.rest.chars().count() > 4
    {
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

/// Whether a number decides as a minimum does: 300平方米以上得5分, 不足300平方米不得分.
/// 投诉2次以上的不得分 and 班额40人以内得5分 decide the other way.
fn decides(asked: &Threshold, effect: PointEffect) -> bool {
    match effect {
        PointEffect::Zero => asked.at_least.is_none() && asked.below.is_some(),
        _ => asked.at_least.is_some(),
    }
}

/// 其他, 没有, 无专职人员: whatever is left.
fn is_rest(condition: &str) -> bool {
    let begins = [
        "其他",
        "其它",
        "其余",
        "否则",
        "没有",
        "没",
        "无",
        "不",
        "未达",
        "低于",
        "少于",
        "以下",
        "均",
        "都",
        "达不到",
    ];
    condition.is_empty() || begins.iter().any(|it| condition.starts_with(it))
}

/// 5人以上均持证, 500平方米以上，设备齐全: behind or before the number something else is asked for.
pub(super) fn asks_more(asked: &Threshold) -> bool {
    let rest = asked.rest.trim_matches([',', '的', '者', '。', ')', '(']);
    let is_clause = asked.rest.trim_end_matches([',', '。']).contains([',', '、']) && 1 < rest.chars().count();
    let says = ["均", "都", "全部", "齐全", "且", "并", "持", "具", "合格", "达标", "完好", "规范", "其中", "占"];
    let before = asked.subject.rsplit_once(',').map_or("", |it| it.0);
    let is_time =
        ["近", "最近", "年", "上年", "截至", "截止", "每年", "按", "其中"].iter().any(|it| before.starts_with(it));
    is_clause || says.iter().any(|it| rest.contains(it)) || 2 < before.chars().count() && !is_time
}

/// 高级技师3人以上，技师2人以上: not one number.
fn subjects_differ(all: &[(Threshold, PrintedNumber)]) -> bool {
    fn bare(asked: &Threshold) -> &str {
        let mut named = asked.subject.rsplit(',').next().unwrap_or_default().trim_matches([':', '(', ')']);
        let begins = ["具有", "配备", "拥有", "现有", "共有", "有", "共", "达到", "达", "为", "在", "其中", "应", "与"];
        let ends = ["达到", "达", "为", "有", "在", "的", "应", "数量", "总数", "人数", "数"];
        let shorter = |name: &str| {
            let front = begins.iter().find_map(|word| name.strip_prefix(word));
            front.or_else(|| ends.iter().find_map(|word| name.strip_suffix(word))).map(str::len)
        };
        while let Some(length) = shorter(named) {
            let from_front = begins.iter().any(|word| named.starts_with(word));
            named = if from_front { &named[named.len() - length..] } else { &named[..length] };
        }
        named
    }
    let mut named = all.iter().map(|it| bare(&it.0)).filter(|it| !it.is_empty());
    let first = named.next();
    named.any(|it| Some(it) != first)
}
