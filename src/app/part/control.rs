//! The control that a rule asks for. A new kind of rule does not compile until it has one.

use leptos::prelude::*;

use crate::rubric::{Fact, ListItem, Measure, Points, Row, Rule};

use super::field::{NumberField, choice, number};
use super::html::{El, all, el, live, nothing};
use super::memo;
use super::sheet_editor::SheetEditor;

/// What is good comes first in every row, and no word for "no" or "none" means that all is well.
const COMPLIES: &[(Fact, i64, &str)] = &[(Fact::Met, 1, "符合"), (Fact::Met, 0, "不符合")];
const OR_UNSURE: &[(Fact, i64, &str)] =
    &[(Fact::Met, 1, "符合"), (Fact::Met, 0, "不符合"), (Fact::Unsure, 1, "不适用/待确认")];

pub fn control(editor: SheetEditor, row: &'static Row) -> Vec<El> {
    let mut all = of_rule(editor, row);
    if row.may_skip {
        all.push(choice(editor, row, "本项", &[(Fact::NotApplicable, 0, "涉及"), (Fact::NotApplicable, 1, "不涉及")]));
    }
    all
}

fn of_rule(editor: SheetEditor, row: &'static Row) -> Vec<El> {
    let whole = move |fact, before, after: &str| number(editor, row, NumberField::whole(fact, before, after));
    let decimal = move |fact, before, after: &str| number(editor, row, NumberField::decimal(fact, before, after));
    let defects = move |unit: &str, none| number(editor, row, NumberField::defects(unit, none));
    let worth = row.points.unwrap_or_default();
    let award = move |fact| number(editor, row, NumberField::points(fact, Points::ZERO, worth));
    let choose = move |before, words| choice(editor, row, before, words);
    let or = |words: &'static str| el("span").class("or").text(words);
    match &row.rule {
        Rule::Met { unsure: Some(_), .. } => vec![choose("", OR_UNSURE)],
        Rule::Met { unsure: None, .. } | Rule::None => vec![choose("", COMPLIES)],
        Rule::Staffed { .. } => {
            vec![choose("", COMPLIES), whole(Fact::FullTimeStaff, "专职工作人员", "人")]
        }
        // how many points a row has without defects depends on the head count here
        Rule::Deduct { unit, people: Some(_), .. } => vec![defects(unit, "无不符合项")],
        Rule::Deduct { unit, by_hand: None, .. } => vec![defects(unit, "无不符合项，得满分")],
        Rule::Deduct { unit, by_hand: Some(_), .. } => {
            vec![defects(unit, "无不符合项"), or("或自行填写得分："), award(Fact::Score)]
        }
        Rule::Hazard { unit, .. } => {
            let words: &[_] = &[(Fact::Hazard, 0, "无隐患"), (Fact::Hazard, 1, "存在隐患")];
            vec![defects(unit, "无不符合项"), choose("上述安全隐患", words)]
        }
        Rule::Credit { unit, .. } => vec![number(editor, row, NumberField::items(unit))],
        Rule::Combined { complies, .. } => {
            let complies =
                complies.as_ref().map(|_| choose("符合文件要求", &[(Fact::Met, 1, "是"), (Fact::Met, 0, "否")]));
            let detailed: &[_] = &[(Fact::Detailed, 1, "是"), (Fact::Detailed, 0, "否")];
            let operable: &[_] = &[(Fact::Operable, 1, "是"), (Fact::Operable, 0, "否")];
            complies.into_iter().chain([choose("内容详实", detailed), choose("可操作性强", operable)]).collect()
        }
        Rule::Number { .. } => {
            vec![whole(Fact::QualifiedExaminers, "符合条件", "人"), whole(Fact::Headcount, "聘任总数（选填）", "人")]
        }
        Rule::Experts { .. } => vec![whole(Fact::Experts, "专家", "人")],
        Rule::Rate { .. } => vec![whole(Fact::Intact, "完好", "台（套），"), whole(Fact::Total, "共", "台（套）")],
        Rule::Years { .. } => vec![decimal(Fact::Years, "连续", "年"), or("或"), choose("", COMPLIES)],
        Rule::Average { .. } => vec![
            whole(Fact::FirstYear, "近三年：第一年", "人"),
            whole(Fact::SecondYear, "第二年", "人"),
            whole(Fact::ThirdYear, "第三年", "人"),
            or("或只填"),
            decimal(Fact::Average, "年均", "人"),
        ],
        Rule::Judged { .. } => vec![award(Fact::Award)],
        Rule::Tiers { .. } => {
            let basic = chosen(editor, row, Fact::Level);
            let rest = move || if basic.get() == 1 { award(Fact::Award).done() } else { nothing() };
            let words: &[_] = &[(Fact::Level, 2, "满足"), (Fact::Level, 1, "基本满足"), (Fact::Level, 0, "不能满足")];
            vec![choose("", words), el("span").view(live(rest))]
        }
        Rule::Lease { term, .. } => {
            let tenure = chosen(editor, row, Fact::Tenure);
            let asks_months = term.is_some();
            let rest = move || match (tenure.get(), asks_months) {
                (1, _) => award(Fact::Award).done(),
                (0, true) => all(vec![award(Fact::Award).done(), whole(Fact::Months, "合同租期", "个月").done()]),
                _ => nothing(),
            };
            let words: &[_] = &[(Fact::Tenure, 1, "自有"), (Fact::Tenure, 0, "租赁")];
            vec![choose("", words), el("span").view(live(rest))]
        }
        Rule::Bonus { .. } => vec![choose("", &[(Fact::Has, 1, "有"), (Fact::Has, 0, "无")])],
        Rule::Choice { levels } => {
            let chosen = chosen(editor, row, Fact::Choice);
            let rest = move || match levels.get(chosen.get() as usize) {
                Some(it) if it.is_judged() => {
                    number(editor, row, NumberField::points(Fact::Award, it.from, it.to)).done()
                }
                _ => nothing(),
            };
            let words: Vec<_> = (0..).zip(levels).map(|(at, it)| (Fact::Choice, at, it.when.as_str())).collect();
            vec![choose("", &words), el("span").view(live(rest))]
        }
        Rule::Listed { adds, items } => {
            let good: [(i64, &str); 2] =
                if *adds { [(1, "得分"), (0, "不得分")] } else { [(0, "不扣分"), (1, "扣分")] };
            let none = good[usize::from(*adds)].1;
            let of_item = |(item, fact): (&'static ListItem, &Fact)| match item.measure() {
                Measure::YesNo => {
                    let word = |it: (i64, &'static str)| if item.all && it.0 == 1 { "不得分" } else { it.1 };
                    choice(editor, row, &item.when, &good.map(|it| (*fact, it.0, word(it))))
                }
                Measure::Points => {
                    let after = ["分（", &item.from.to_string(), "～", &item.to.to_string(), "）"].concat();
                    number(editor, row, NumberField::item(*fact, &item.when, &after, none))
                }
                _ => number(editor, row, NumberField::item(*fact, &item.when, &item.unit, none)),
            };
            items.iter().zip(Fact::ITEMS).map(of_item).collect()
        }
        Rule::Quantity { of } => match &of.counts {
            None => vec![decimal(Fact::Quantity, &of.of, &of.unit)],
            Some(it) => vec![
                whole(Fact::FirstCount, &it.first, &of.unit),
                whole(Fact::SecondCount, &it.second, &of.unit),
                or("或只填"),
                decimal(Fact::Quantity, &of.of, if it.is_ratio { "（1:几填几）" } else { "%" }),
            ],
        },
    }
}

/// 最低估计 and 最高估计 of a 酌情 row, offered while its award counts.
pub fn estimates(editor: SheetEditor, row: &'static Row) -> Option<El> {
    let (fact, leased) = match &row.rule {
        Rule::Judged { .. } => (Fact::Award, false),
        Rule::Tiers { .. } => (Fact::Level, false),
        Rule::Lease { term, .. } => (Fact::Tenure, term.is_some()),
        _ => return None,
    };
    let given = chosen(editor, row, fact);
    let counts =
        memo::number(move |_| u64::from(fact == Fact::Award || given.get() == 1 || leased && given.get() == 0));
    let end = move |fact, before, after| number(editor, row, NumberField::decimal(fact, before, after)).done();
    let both = move || match counts.get() {
        0 => nothing(),
        _ => all(vec![end(Fact::Low, "估计最低", "分"), end(Fact::High, "最高", "分（选填，不改变得分）")]),
    };
    Some(el("div").class("guess").view(live(both)))
}

/// The value of a choice; `u64::MAX` while nothing is chosen. It is a memo, so that fields which depend on the choice
/// are not rebuilt while somebody types into them.
fn chosen(editor: SheetEditor, row: &'static Row, fact: Fact) -> Memo<u64> {
    memo::number(move |_| editor.get(row.number, fact).map_or(u64::MAX, |it| it as u64))
}
