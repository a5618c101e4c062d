//! The control that a rule asks for. A new kind of rule does not compile until it has one.

use leptos::prelude::*;

use crate::rubric::{Fact, Points, Row, Rule};

use super::field::{Number, choice, number};
use super::row::Desk;

const COMPLIES: &[(i64, &str)] = &[(1, "符合"), (0, "不符合")];
const YES_NO: &[(i64, &str)] = &[(1, "是"), (0, "否")];

pub fn control(desk: Desk, row: &'static Row) -> AnyView {
    let whole = move |fact, before: &str, after: &str| number(desk, row, Number::whole(fact, before, after));
    let worth = row.points.unwrap_or_default();
    let award = move |fact| number(desk, row, Number::points(fact, worth));
    match &row.rule {
        Rule::Met { .. } | Rule::None => choice(desk, row, Fact::Met, "", COMPLIES),
        Rule::Staffed { .. } => view! {
            {choice(desk, row, Fact::Met, "", COMPLIES)}
            {whole(Fact::FullTimeStaff, "专职工作人员", "人")}
        }
        .into_any(),
        Rule::Deduct { unit, by_hand, .. } => {
            let count = number(desk, row, Number::defects(unit));
            let score = by_hand.is_some().then(|| {
                view! { <span class="or">"或自行填写得分"</span>{award(Fact::Score)} }
            });
            view! { {count}{score} }.into_any()
        }
        Rule::Hazard { unit, .. } => view! {
            {number(desk, row, Number::defects(unit))}
            {choice(desk, row, Fact::Hazard, "安全隐患（见上文）", &[(0, "不存在"), (1, "存在")])}
        }
        .into_any(),
        Rule::Credit { unit, .. } => whole(Fact::Items, "符合要求的", unit),
        Rule::Combined { .. } => view! {
            {choice(desk, row, Fact::Detailed, "内容详实", YES_NO)}
            {choice(desk, row, Fact::Operable, "可操作性强", YES_NO)}
        }
        .into_any(),
        Rule::Number { .. } => view! {
            {whole(Fact::QualifiedExaminers, "符合条件", "人")}
            {whole(Fact::Headcount, "聘任总数（选填）", "人")}
        }
        .into_any(),
        Rule::Experts { .. } => whole(Fact::Experts, "专家", "人"),
        Rule::Rate { .. } => view! { {whole(Fact::Intact, "完好", "台（套）")}{whole(Fact::Total, "共", "台（套）")} }.into_any(),
        Rule::Years { .. } => view! {
            {number(desk, row, Number::decimal(Fact::Years, "连续", "年"))}
            <span class="or">"或"</span>
            {choice(desk, row, Fact::Met, "", COMPLIES)}
        }
        .into_any(),
        Rule::Average { .. } => view! {
            {whole(Fact::FirstYear, "前年", "人")}
            {whole(Fact::SecondYear, "去年", "人")}
            {whole(Fact::ThirdYear, "今年", "人")}
            <span class="or">"或"</span>
            {number(desk, row, Number::decimal(Fact::Average, "年均", "人"))}
        }
        .into_any(),
        Rule::Judged { .. } => award(Fact::Award),
        Rule::Tiers { .. } => {
            let basic = move || desk.answers.with(|it| it.get(row.number, Fact::Level)) == Some(1);
            let shown = Memo::new(move |_| basic());
            view! {
                {choice(desk, row, Fact::Level, "", &[(2, "满足"), (1, "基本满足"), (0, "不能满足")])}
                {move || shown.get().then(|| award(Fact::Award))}
            }
            .into_any()
        }
        Rule::Lease { term, .. } => {
            let tenure = Memo::new(move |_| desk.answers.with(|it| it.get(row.number, Fact::Tenure)));
            let asks_months = term.is_some();
            let rest = move || {
                let leased = tenure.get()? == 0;
                let months = (leased && asks_months).then(|| whole(Fact::Months, "合同租期", "个月"));
                let award = (!leased || asks_months).then(|| award(Fact::Award));
                Some(view! { {award}{months} })
            };
            view! { {choice(desk, row, Fact::Tenure, "", &[(1, "自有"), (0, "租赁")])}{rest} }.into_any()
        }
        Rule::Bonus { .. } => choice(desk, row, Fact::Has, "", &[(1, "有"), (0, "无")]),
    }
}

/// Points that can be awarded, as a hint beside a field.
pub fn up_to(worth: Points) -> String {
    format!("分（0～{worth}）")
}
