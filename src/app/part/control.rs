//! The control that a rule asks for. A new kind of rule does not compile until it has one.

use leptos::prelude::*;

use crate::rubric::{Fact, Row, Rule};

use super::field::{NumberField, choice, number};
use super::html::{El, all, el, live, nothing};
use super::memo;
use super::sheet_editor::SheetEditor;

const COMPLIES: &[(i64, &str)] = &[(1, "符合"), (0, "不符合")];
const YES_NO: &[(i64, &str)] = &[(1, "是"), (0, "否")];

pub fn control(editor: SheetEditor, row: &'static Row) -> Vec<El> {
    let whole = move |fact, before, after: &str| number(editor, row, NumberField::whole(fact, before, after));
    let decimal = move |fact, before, after: &str| number(editor, row, NumberField::decimal(fact, before, after));
    let defects = move |unit: &str| number(editor, row, NumberField::defects(unit));
    let award = move |fact| number(editor, row, NumberField::points(fact, row.points.unwrap_or_default()));
    let choose = move |fact, before, words| choice(editor, row, fact, before, words);
    let or = |words: &'static str| el("span").class("or").text(words);
    match &row.rule {
        Rule::Met { .. } | Rule::None => vec![choose(Fact::Met, "", COMPLIES)],
        Rule::Staffed { .. } => {
            vec![choose(Fact::Met, "", COMPLIES), whole(Fact::FullTimeStaff, "专职工作人员", "人")]
        }
        Rule::Deduct { unit, by_hand: None, .. } => vec![defects(unit)],
        Rule::Deduct { unit, by_hand: Some(_), .. } => {
            vec![defects(unit), or("或自行填写得分："), award(Fact::Score)]
        }
        Rule::Hazard { unit, .. } => {
            vec![defects(unit), choose(Fact::Hazard, "上述安全隐患", &[(0, "不存在"), (1, "存在")])]
        }
        Rule::Credit { unit, .. } => vec![whole(Fact::Items, "符合要求的", unit)],
        Rule::Combined { .. } => {
            vec![choose(Fact::Detailed, "内容详实", YES_NO), choose(Fact::Operable, "可操作性强", YES_NO)]
        }
        Rule::Number { .. } => {
            vec![whole(Fact::QualifiedExaminers, "符合条件", "人"), whole(Fact::Headcount, "聘任总数（选填）", "人")]
        }
        Rule::Experts { .. } => vec![whole(Fact::Experts, "专家", "人")],
        Rule::Rate { .. } => vec![whole(Fact::Intact, "完好", "台（套），"), whole(Fact::Total, "共", "台（套）")],
        Rule::Years { .. } => vec![decimal(Fact::Years, "连续", "年"), or("或"), choose(Fact::Met, "", COMPLIES)],
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
            let words: &[_] = &[(2, "满足"), (1, "基本满足"), (0, "不能满足")];
            vec![choose(Fact::Level, "", words), el("span").view(live(rest))]
        }
        Rule::Lease { term, .. } => {
            let tenure = chosen(editor, row, Fact::Tenure);
            let asks_months = term.is_some();
            let rest = move || match (tenure.get(), asks_months) {
                (1, _) => award(Fact::Award).done(),
                (0, true) => all(vec![award(Fact::Award).done(), whole(Fact::Months, "合同租期", "个月").done()]),
                _ => nothing(),
            };
            vec![choose(Fact::Tenure, "", &[(1, "自有"), (0, "租赁")]), el("span").view(live(rest))]
        }
        Rule::Bonus { .. } => vec![choose(Fact::Has, "", &[(1, "有"), (0, "无")])],
    }
}

/// The value of a choice; `u64::MAX` while nothing is chosen. It is a memo, so that fields which depend on the choice
/// are not rebuilt while somebody types into them.
fn chosen(editor: SheetEditor, row: &'static Row, fact: Fact) -> Memo<u64> {
    memo::number(move |_| editor.get(row.number, fact).map_or(u64::MAX, |it| it as u64))
}
