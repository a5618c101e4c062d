//! All or nothing, deductions, credits, and levels with fixed points.

use crate::import::each::Each;
use crate::import::effect::PointEffect;
use crate::import::figure::PrintedNumber;
use crate::import::proposal::{ItemWorth, LevelPoints, ProposedItem, ProposedKind, ProposedLevel};
use crate::import::statement::Statement;
use crate::import::threshold::{is_measured, thresholds};

use super::RowWords;

/// The rule, where no number decides.
pub(super) fn listed(words: &mut RowWords<'_>, telling: &[Statement]) -> ProposedKind {
    let has = |kind: fn(&PointEffect) -> bool| telling.iter().any(|it| kind(&it.effect));
    let adds = has(|it| matches!(it, PointEffect::Add(_) | PointEffect::AddRange(..)));
    let deducts =
        has(|it| matches!(it, PointEffect::Deduct(_) | PointEffect::DeductRange(..) | PointEffect::DeductSome));
    let awards = has(|it| matches!(it, PointEffect::Award(_) | PointEffect::AwardRange(..) | PointEffect::AwardSome));
    let full = words.points();
    if adds {
        return added(words, telling);
    }
    if deducts {
        // 账物相符得3分, all of them, says what is asked for
        let says_full = |it: &&Statement| matches!(it.effect, PointEffect::Award(points) if Some(points) == full && it.each.is_none());
        if 1 < telling.iter().filter(says_full).count() {
            return judged(words, "给分与扣分写在一起，没有读成一种规则");
        }
        let rest: Vec<Statement> = telling.iter().filter(|it| !says_full(it)).cloned().collect();
        // 满足30人同时实训，得5分，每少1个工位扣1分
        let missing: Vec<&Each> = rest.iter().filter_map(|it| it.each.as_ref()).filter(|it| it.is_missing()).collect();
        let of_others = |statement: &Statement| {
            thresholds(&statement.condition)
                .iter()
                .any(|it| missing.iter().all(|each| !each.unit.starts_with(&it.unit)))
        };
        if !missing.is_empty() && telling.iter().filter(says_full).any(of_others) {
            words.doubt("“每少一”从多少减起，没有印出");
        }
        if rest
            .iter()
            .any(|it| matches!(it.effect, PointEffect::Award(_) | PointEffect::AwardRange(..) | PointEffect::AwardSome))
        {
            return judged(words, "给分与扣分写在一起，没有读成一种规则");
        }
        return deducted(words, &rest);
    }
    if awards {
        return awarded(words, telling);
    }
    // 不得分 and 得分 alone
    if words.points().is_none() && words.veto.is_none() {
        words.doubt("写了得分或不得分，却没有分值");
    }
    ProposedKind::Met
}

fn judged(words: &mut RowWords<'_>, why: &str) -> ProposedKind {
    words.doubt(format!("{why}，按酌情提出"));
    ProposedKind::Judged
}

fn is_one(each: &Each) -> bool {
    each.n == PrintedNumber::whole(1)
}

fn deducted(words: &mut RowWords<'_>, telling: &[Statement]) -> ProposedKind {
    if let [Statement { effect, each, at_most, condition, .. }] = telling {
        match (effect, each) {
            (PointEffect::Deduct(points), Some(each)) if is_one(each) => {
                if let Some(most) = at_most.filter(|it| Some(*it) != words.points()) {
                    let worth = ItemWorth::Each { each: *points, unit: each.unit.clone(), at_most: Some(most) };
                    return ProposedKind::Deductions { items: vec![item(words, &telling[0], worth)] };
                }
                if is_measured(&each.unit) {
                    words.doubt("从多少减起，没有印出");
                }
                if each.is_missing() && ["人", "名", "台", "册"].contains(&each.unit.as_str()) {
                    words.doubt("“每少一”从多少减起，没有印出");
                }
                return ProposedKind::Deduct { each: *points, unit: each.unit.clone() };
            }
            (PointEffect::DeductSome, Some(each)) if is_one(each) => {
                words.doubt("没有印每一个扣几分，按 1 分提出");
                return ProposedKind::Deduct { each: PrintedNumber::whole(1), unit: each.unit.clone() };
            }
            (PointEffect::DeductSome, None) => {
                if at_most.is_some() {
                    words.doubt("酌情扣分另有上限，没有写进规则");
                }
                return ProposedKind::Judged;
            }
            (PointEffect::Deduct(points), None) if Some(*points) == words.points() && !condition.is_empty() => {
                return ProposedKind::Met;
            }
            _ => {}
        }
    }
    if telling.iter().any(|it| it.effect == PointEffect::DeductSome) {
        return judged(words, "有的扣分没有印数");
    }
    let mut items = Vec::new();
    for statement in telling {
        let worth = match (statement.effect, &statement.each) {
            (PointEffect::Zero, None) => ItemWorth::All,
            (PointEffect::Deduct(points), None) => ItemWorth::Fixed(points),
            (PointEffect::Deduct(points), Some(each)) if is_one(each) => {
                ItemWorth::Each { each: points, unit: each.unit.clone(), at_most: statement.at_most }
            }
            (PointEffect::DeductRange(from, to), None) => ItemWorth::Between(from, to),
            _ => return judged(words, "有的扣分没有读成规则"),
        };
        items.push(item(words, statement, worth));
    }
    capped(words, telling, &mut items);
    counted_twice(words, telling);
    if items.len() == 1 {
        words.doubt("只有一种扣分，其余情形得满分，请核对");
    }
    ProposedKind::Deductions { items }
}

fn item(words: &mut RowWords<'_>, statement: &Statement, worth: ItemWorth) -> ProposedItem {
    let mut when = statement.when.clone();
    if when.is_empty() {
        // 每项扣2分 behind a requirement
        when = words.row.content.clone();
        words.doubt("有一项没有写条件，用了“评估内容”");
    }
    if when == "否则" {
        words.doubt("“否则”指什么，请写明");
    }
    ProposedItem { when, worth }
}

/// A limit that is the row's own says nothing; whether one among several is that of all of them, nobody can tell.
fn capped(words: &mut RowWords<'_>, telling: &[Statement], items: &mut [ProposedItem]) {
    let full = words.points();
    let is_single = telling.len() == 1;
    for (statement, item) in telling.iter().zip(items) {
        let Some(most) = statement.at_most else { continue };
        let at_most = match &mut item.worth {
            ItemWorth::Each { at_most, .. } => at_most,
            ItemWorth::All | ItemWorth::Fixed(_) | ItemWorth::Between(..) => &mut None,
        };
        if Some(most) == full {
            *at_most = None;
        } else if !is_single || at_most.is_none() {
            words.doubt(format!("“最多 {most} 分”是一项的上限，还是几项合计的，请看原文"));
        }
    }
}

/// 一项不达标扣1分，两项不达标扣3分: steps of a number rather than a list.
fn counted_twice(words: &mut RowWords<'_>, telling: &[Statement]) {
    let units: Vec<String> = telling
        .iter()
        .filter(|it| it.each.is_none() && matches!(it.effect, PointEffect::Deduct(_)))
        .flat_map(|it| thresholds(&it.condition).into_iter().map(|asked| asked.unit).take(1))
        .collect();
    if units.iter().enumerate().any(|(n, unit)| units[..n].contains(unit)) {
        words.doubt("几种扣分按同一个数分档，是择一还是相加，请看原文");
    }
    // 制度不全扣3分，制度不全且未上墙扣4分
    let single: Vec<&str> = telling.iter().filter(|it| it.each.is_none()).map(|it| it.condition.as_str()).collect();
    let goes_on = |a: &str, b: &str| 6 <= a.len() && a != b && b.starts_with(a);
    if single.iter().any(|a| single.iter().any(|b| goes_on(a, b))) {
        words.doubt("几种扣分说的是同一件事，是择一还是相加，请看原文");
    }
    // 轻微违规扣3分，严重违规扣10分: one of them, or what all come to
    let degrees = ["轻微", "一般", "较", "严重", "重大", "特别"];
    let graded = |it: &&Statement| it.each.is_none() && degrees.iter().any(|word| it.condition.contains(word));
    if 1 < telling.iter().filter(graded).count() {
        words.doubt("几种扣分轻重不同，是择一还是相加，请看原文");
    }
    for each in telling.iter().filter_map(|it| it.each.as_ref()) {
        let is_number = |statement: &Statement| {
            statement.each.is_none() && thresholds(&statement.condition).iter().any(|it| it.unit == each.unit)
        };
        if telling.iter().any(is_number) {
            words.doubt(format!("按{}数分档，没有读成各档", each.unit));
        }
    }
}

fn awarded(words: &mut RowWords<'_>, telling: &[Statement]) -> ProposedKind {
    let full = words.points();
    let zeros: Vec<&Statement> = telling.iter().filter(|it| it.effect == PointEffect::Zero).collect();
    let gives: Vec<&Statement> = telling.iter().filter(|it| it.effect != PointEffect::Zero).collect();
    if let [one] = gives.as_slice() {
        match (one.effect, &one.each) {
            (PointEffect::Award(points), Some(each)) if is_one(each) => {
                // 不足2期不得分 says more than that nothing is there
                let is_none = |statement: &Statement| {
                    let condition = &statement.condition;
                    condition.starts_with(['不', '无', '没', '否', '未'])
                        && thresholds(condition).is_empty()
                        && !condition.contains(|it: char| it.is_ascii_digit())
                };
                if zeros.iter().any(|it| !is_none(it)) {
                    words.doubt("不得分的情形没有写进规则");
                }
                if let Some(most) = one.at_most.filter(|it| Some(*it) != full) {
                    words.doubt(format!("最多 {most} 分，与分值不一致"));
                    let worth = ItemWorth::Each { each: points, unit: each.unit.clone(), at_most: Some(most) };
                    return ProposedKind::Credits { items: vec![item(words, one, worth)] };
                }
                return ProposedKind::Credit { each: points, unit: each.unit.clone() };
            }
            (PointEffect::AwardSome, None) if zeros.is_empty() => {
                if one.at_most.is_some_and(|it| Some(it) != full) {
                    words.doubt("酌情给分另有上限，没有写进规则");
                }
                return ProposedKind::Judged;
            }
            (PointEffect::AwardRange(from, to), None) if zeros.is_empty() => {
                if from != PrintedNumber::ZERO || Some(to) != full {
                    words.doubt(format!("酌情的范围是 {from} 至 {to} 分"));
                }
                return ProposedKind::Judged;
            }
            (PointEffect::Award(points), None) if Some(points) == full || full.is_none() => return ProposedKind::Met,
            _ => {}
        }
    }
    let mut levels = Vec::new();
    let mut has_each = false;
    for statement in telling {
        let points = match statement.effect {
            PointEffect::Award(points) => LevelPoints::Fixed(points),
            PointEffect::AwardRange(from, to) => LevelPoints::Between(from, to),
            PointEffect::Zero => LevelPoints::Fixed(PrintedNumber::ZERO),
            _ => return judged(words, "有的给分没有印数"),
        };
        has_each |= statement.each.is_some();
        levels.push(ProposedLevel { name: statement.when.clone(), points, fails: false });
    }
    let fixed: Vec<PrintedNumber> = levels
        .iter()
        .map(|level| match level.points {
            LevelPoints::Fixed(points) | LevelPoints::Between(_, points) => points,
        })
        .collect();
    let sum = fixed.iter().fold(PrintedNumber::ZERO, |sum, it| sum.plus(*it));
    let most = fixed.iter().max().copied().unwrap_or_default();
    let has_range = levels.iter().any(|it| matches!(it.points, LevelPoints::Between(..)));
    let Some(full) = full else {
        words.doubt("没有分值，不知是择一还是相加");
        return chosen(words, levels);
    };
    // 每个考场安装得4分，部分安装得2分; 3人得3分，1人得1分
    let once: Vec<Statement>;
    let gives = if has_each {
        if gives.iter().all(|it| it.each.is_some()) || (most != full && sum != full) {
            return credited(words, telling, &gives);
        }
        words.doubt("有的分数可以是一个一个计的，也可以只计一次，按只计一次提出");
        once = gives.iter().map(|it| Statement { each: None, ..(*it).clone() }).collect();
        once.iter().collect()
    } else {
        gives
    };
    if most == full {
        return chosen(words, levels);
    }
    if !has_range && sum == full && 1 < gives.len() {
        if gives.iter().any(|it| is_graded(&it.condition)) || alike(&gives) {
            words.doubt("几项分数之和等于分值，按相加提出；也可能是择一");
        }
        return credited(words, telling, &gives);
    }
    words.doubt(format!("各项最高 {most} 分、合计 {sum} 分，都与分值 {full} 不一致"));
    if sum < full { credited(words, telling, &gives) } else { chosen(words, levels) }
}

fn chosen(words: &mut RowWords<'_>, mut levels: Vec<ProposedLevel>) -> ProposedKind {
    if levels.iter().any(|it| it.name.is_empty()) {
        words.doubt("有一档没有写名称");
    }
    let zero = |it: &&mut ProposedLevel| it.points == LevelPoints::Fixed(PrintedNumber::ZERO);
    match levels.iter_mut().filter(zero).last() {
        Some(last) => last.fails = words.veto.as_ref().is_some_and(|it| !it.is_conditional),
        None => words.doubt("没有印都不符合时得几分"),
    }
    let names: Vec<&String> = levels.iter().map(|it| &it.name).collect();
    if names.iter().enumerate().any(|(n, name)| names[..n].contains(name)) {
        words.doubt("两档的名称一样");
    }
    ProposedKind::Choice { levels }
}

fn credited(words: &mut RowWords<'_>, telling: &[Statement], gives: &[&Statement]) -> ProposedKind {
    let mut items = Vec::new();
    for statement in gives {
        let worth = match (statement.effect, &statement.each) {
            (PointEffect::Award(points) | PointEffect::Add(points), None) => ItemWorth::Fixed(points),
            (PointEffect::Award(points) | PointEffect::Add(points), Some(each)) if is_one(each) => {
                ItemWorth::Each { each: points, unit: each.unit.clone(), at_most: statement.at_most }
            }
            (PointEffect::AwardRange(from, to) | PointEffect::AddRange(from, to), None) => ItemWorth::Between(from, to),
            _ => return judged(words, "有的给分没有读成规则"),
        };
        items.push(item(words, statement, worth));
    }
    let listed: Vec<Statement> = gives.iter().map(|it| (*it).clone()).collect();
    capped(words, &listed, &mut items);
    let is_none = |it: &Statement| it.condition.starts_with(['不', '无', '没', '否', '未', '均', '都']);
    if telling.iter().any(|it| it.effect == PointEffect::Zero && !is_none(it)) {
        words.doubt("不得分的情形没有写进规则");
    }
    ProposedKind::Credits { items }
}

/// 每承担1项加1分，最多加3分.
fn added(words: &mut RowWords<'_>, telling: &[Statement]) -> ProposedKind {
    words.doubt("加分项，是否计入总分、在不在分值以内，请核对");
    let gives: Vec<&Statement> =
        telling.iter().filter(|it| matches!(it.effect, PointEffect::Add(_) | PointEffect::AddRange(..))).collect();
    if gives.len() < telling.len() {
        words.doubt("加分与别的写在一起");
    }
    credited(words, telling, &gives)
}

/// Words that say which of several holds: 完全, 基本, 自有, 优.
fn is_graded(condition: &str) -> bool {
    let grades =
        ["完全", "部分", "基本", "较", "自有", "租", "优秀", "良好", "合格", "一般", "国家级", "省级", "市级", "以上"];
    grades.iter().any(|it| condition.contains(it)) || ["优", "良", "中", "差"].contains(&condition)
}

/// Whether conditions speak of the same thing, so that one of them holds: they end alike.
fn alike(gives: &[&Statement]) -> bool {
    let ends = |a: &str, b: &str| a.chars().rev().zip(b.chars().rev()).take_while(|it| it.0 == it.1).count();
    gives.windows(2).any(|it| 4 <= ends(&it[0].condition, &it[1].condition))
}
