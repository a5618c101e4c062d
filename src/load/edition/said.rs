//! Our reading of each row in a short sentence. It is made here and travels with the row, as it is the same for every sheet: 每处扣
//! 1 分，扣完为止.

use crate::rubric::{Area, ListItem, Points, Quantity, Row, Rule};
use crate::score::figure;

/// Our reading of the row's standard.
pub(super) fn said(row: &Row) -> String {
    let worth = row.points.unwrap_or_default();
    let scored = Points::ZERO < worth;
    let mut words = match &row.rule {
        Rule::Met { .. } if scored => format!("符合得 {worth} 分，否则不得分"),
        Rule::Met { .. } => "符合即可，不计分".to_owned(),
        Rule::Staffed { at_least } => format!("符合且专职工作人员不少于 {at_least} 人得 {worth} 分，否则不得分"),
        Rule::Deduct { each, unit, .. } => format!("每{unit}扣 {each} 分，扣完为止"),
        Rule::Hazard { each, unit } => format!("同一单元格各行合计，每{unit}扣 {each} 分，扣完为止"),
        Rule::Credit { each, unit } => format!("每{unit}得 {each} 分，最多 {worth} 分"),
        Rule::Combined { undetailed, complies } => {
            let first = if complies.is_some() { "不符合文件要求不得分，" } else { "" };
            format!("{first}内容不详实扣 {undetailed} 分，可操作性不强不得分")
        }
        Rule::Number { bands } => {
            let steps: Vec<_> =
                bands.iter().map(|it| format!("{} 人以上（含）得 {} 分", it.at_least, it.points)).collect();
            format!("{}，不足不得分", steps.join("，"))
        }
        Rule::Experts { at_least, each } => format!("应有 {at_least} 人，每少 1 人扣 {each} 分，扣完为止"),
        Rule::Rate { at_least } => format!("完好率达到 {at_least}% 得 {worth} 分，不足不得分"),
        Rule::Years { at_least } if scored => format!("连续满 {at_least} 年得 {worth} 分，否则不得分"),
        Rule::Years { at_least } => format!("连续满 {at_least} 年即可，不计分"),
        Rule::Average { full, above, part, .. } => {
            format!("年均 {full} 人以上（含）得 {worth} 分，多于 {above} 人得 {part} 分，不足 {above} 人不得分")
        }
        Rule::Judged { .. } => format!("由评估人员酌情，自行估计 0～{worth} 分"),
        Rule::Tiers { .. } => format!("满足得 {worth} 分，基本满足酌情，不能满足不得分"),
        Rule::Lease { term: None, .. } => format!("自有场所酌情 0～{worth} 分，租赁不得分"),
        Rule::Lease { term: Some(term), .. } => {
            format!("酌情 0～{worth} 分；租赁满 {} 年扣 {} 分，不满扣 {} 分", term.years, term.deduct, term.shorter)
        }
        Rule::Bonus { add } => format!("有此项加 {add} 分，另计，不计入合计"),
        Rule::Choice { levels } => levels_in_words(levels),
        Rule::Listed { adds, items } => items_in_words(*adds, items, worth),
        Rule::Quantity { of } => quantity_in_words(of),
        Rule::None => "原文未注明分值或否决，不计分".to_owned(),
    };
    if row.may_skip {
        words.push_str("；可选不涉及");
    }
    if let Some(veto) = &row.veto {
        words.push('；');
        words.push_str(&veto.phrase);
        words.push_str(match veto.zeroes {
            Some(Area::Group) => "，这一项目分解不得分",
            Some(Area::Section) => "，这一项目不得分",
            Some(Area::Total) => "，全部不得分",
            Some(Area::Row) | None => "",
        });
    }
    words
}

fn levels_in_words(levels: &[ListItem]) -> String {
    let word = |level: &ListItem| {
        let kind = if level.is_judged() { "酌情 " } else { " " };
        [&level.when, kind, &between(level.from, level.to), " 分"].concat()
    };
    levels.iter().map(word).collect::<Vec<_>>().join("，")
}

fn items_in_words(adds: bool, items: &[ListItem], worth: Points) -> String {
    let verb = if adds { "得 " } else { "扣 " };
    let mut all = Vec::with_capacity(items.len() + 1);
    for item in items {
        let mut words = item.when.clone();
        if item.all {
            words.push_str("，不得分");
        } else {
            if item.is_judged() {
                words.push_str("，酌情");
            } else if item.unit.is_empty() {
                words.push('，');
            } else {
                words = [&words, "，每", &item.unit].concat();
            }
            words = [&words, verb, &between(item.from, item.to), " 分"].concat();
        }
        if let Some(most) = item.at_most {
            words = [&words, "（最多 ", &most.to_string(), " 分）"].concat();
        }
        all.push(words);
    }
    let end = if adds { ["最多 ", &worth.to_string(), " 分"].concat() } else { "扣完为止".to_owned() };
    all.push(end);
    all.join("；")
}

fn quantity_in_words(of: &Quantity) -> String {
    let mut parts = Vec::with_capacity(of.steps.len() + 1);
    for step in &of.steps {
        let side = if of.limits { "以内（含）得 " } else { "以上（含）得 " };
        parts.push([&figure(of, step.bound), side, &step.points.to_string(), " 分"].concat());
    }
    parts.push(match &of.missing {
        Some(it) => {
            let side = if of.limits { "每多 " } else { "每少 " };
            // no space after a unit in Chinese, as 册
            let deducted = if of.counts.is_some() { " 扣 " } else { "扣 " };
            [side, &figure(of, it.step), deducted, &it.each.to_string(), " 分，扣完为止"].concat()
        }
        None if of.limits => "超出不得分".to_owned(),
        None => "不足不得分".to_owned(),
    });
    [&of.of, " ", &parts.join("，")].concat()
}

fn between(from: Points, to: Points) -> String {
    let mut words = from.to_string();
    if from != to {
        words.push('～');
        words.push_str(&to.to_string());
    }
    words
}
