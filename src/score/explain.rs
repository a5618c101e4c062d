//! The calculation written out: the rule in words, the facts, the arithmetic, the clause. Screen, print and JSON share
//! it.

mod listed;

use crate::rubric::{Area, Edition, Fact, Normalise, Points, Row, Rubric, Rule};

use super::judge::{BILLIONTHS, n_people, points};
use super::{Answers, Report, RowFacts, RowReport};

pub use listed::figure;

/// How one row came to its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// 每处扣 1 分，扣完为止.
    pub rule: String,
    /// 不符合 1 处. Empty while unanswered.
    pub facts: String,
    /// 3 − 1 × 1 = 2 分. Empty while unanswered.
    pub arithmetic: String,
    /// 某职鉴〔2020〕16号 附件1 1-12.
    pub clause: String,
}

/// Writes out the calculation of a row of the report.
pub fn explain(edition: &Edition, report: &Report<'_>, result: &RowReport<'_>, answers: &Answers) -> Calculation {
    let (rubric, row) = (report.rubric, result.row);
    Calculation {
        rule: row.words.clone(),
        facts: if result.answered { said(result, answers) } else { String::new() },
        arithmetic: if result.answered { arithmetic(report, result, answers) } else { String::new() },
        clause: clause(edition, rubric, row),
    }
}

/// What was said about a row, in words for a person: 不符合 1 处; 未评 where nothing was said, 未评完 where facts are
/// missing.
pub fn said(result: &RowReport<'_>, answers: &Answers) -> String {
    let facts = answers.row(result.row.number);
    match (result.answered, facts.is_empty()) {
        _ if result.skipped => "不涉及".to_owned(),
        (true, _) => facts_in_words(&result.row.rule, facts),
        (false, _) if result.unsure => "待确认".to_owned(),
        (false, true) => "未评".to_owned(),
        (false, false) => "未评完".to_owned(),
    }
}

/// The clause in which the row stands.
pub fn clause(edition: &Edition, rubric: &Rubric, row: &Row) -> String {
    format!("{} 附件{} {}", edition.notice, rubric.annex, rubric.row_id(row.number))
}

/// What was said about a row, in words: 不符合 1 处.
pub fn facts_in_words(rule: &Rule, facts: RowFacts<'_>) -> String {
    let n = |fact| facts.get(fact).unwrap_or_default();
    let is = |fact, yes: &'static str, no: &'static str| if facts.yes(fact) == Some(true) { yes } else { no };
    let award = || award_in_words(facts);
    match rule {
        Rule::Met { .. } | Rule::None => is(Fact::Met, "符合", "不符合").to_owned(),
        Rule::Staffed { .. } => {
            format!("{}，专职工作人员 {} 人", is(Fact::Met, "符合", "不符合"), n(Fact::FullTimeStaff))
        }
        Rule::Deduct { .. } if facts.get(Fact::Score).is_some() => format!("自行填写 {} 分", points(n(Fact::Score))),
        Rule::Deduct { unit, .. } => format!("不符合 {} {unit}", n(Fact::Defects)),
        Rule::Hazard { unit, .. } => {
            format!("不符合 {} {unit}，{}", n(Fact::Defects), is(Fact::Hazard, "存在安全隐患", "无安全隐患"))
        }
        Rule::Credit { unit, .. } => format!("符合要求的 {} {unit}", n(Fact::Items)),
        Rule::Combined { .. } => {
            let (detailed, operable) = (is(Fact::Detailed, "内容详实", "内容不详实"), is(Fact::Operable, "强", "不强"));
            let complies =
                facts.yes(Fact::Met).map_or("", |it| if it { "符合文件要求，" } else { "不符合文件要求，" });
            format!("{complies}{detailed}，可操作性{operable}")
        }
        Rule::Number { .. } => match facts.get(Fact::Headcount) {
            Some(all) => format!("聘任 {all} 人，其中符合条件 {} 人", n(Fact::QualifiedExaminers)),
            None => format!("符合条件 {} 人", n(Fact::QualifiedExaminers)),
        },
        Rule::Experts { .. } => format!("专家 {} 人", n(Fact::Experts)),
        Rule::Rate { .. } => format!("完好 {}，共 {}", n(Fact::Intact), n(Fact::Total)),
        Rule::Years { .. } => match facts.get(Fact::Years) {
            Some(years) => format!("连续 {} 年", decimal(years)),
            None => is(Fact::Met, "符合", "不符合").to_owned(),
        },
        Rule::Average { .. } => match facts.get(Fact::ThirdYear) {
            Some(third) => format!("近三年 {}、{}、{third} 人", n(Fact::FirstYear), n(Fact::SecondYear)),
            None => format!("年均 {} 人", decimal(n(Fact::Average))),
        },
        Rule::Judged { .. } => award(),
        Rule::Tiers { .. } => match facts.get(Fact::Level) {
            Some(0) => "不能满足".to_owned(),
            Some(1) => format!("基本满足，{}", award()),
            Some(_) => "满足".to_owned(),
            None => award(),
        },
        Rule::Lease { term, .. } => match (facts.yes(Fact::Tenure) == Some(true), term) {
            (true, _) => format!("自有，{}", award()),
            (false, None) => "租赁".to_owned(),
            (false, Some(_)) => format!("租赁 {} 个月，{}", n(Fact::Months), award()),
        },
        Rule::Bonus { .. } => is(Fact::Has, "有此项", "无此项").to_owned(),
        Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. } => listed::said_in_words(rule, facts),
    }
}

/// 自估 4 分，估计 3 到 5 分.
fn award_in_words(facts: RowFacts<'_>) -> String {
    let end = |fact| facts.get(fact).map(points);
    let likely = end(Fact::Award).unwrap_or_default();
    let ends = match (end(Fact::Low), end(Fact::High)) {
        (None, None) => None,
        (low, high) => Some((low.unwrap_or(likely), high.unwrap_or(likely))),
    };
    with_estimate(format!("自估 {likely} 分"), ends)
}

/// How an answered row came to its points.
pub fn arithmetic(report: &Report<'_>, result: &RowReport<'_>, answers: &Answers) -> String {
    let row = result.row;
    let facts = answers.row(row.number);
    let n = |fact| facts.get(fact).unwrap_or_default();
    let worth = row.points.unwrap_or_default();
    if result.skipped {
        return match (report.rubric.totals.normalise, result.score) {
            (Normalise::Scale, _) => "不计入，其余各行按比例折算".to_owned(),
            (_, Some(score)) => ["按 ", &score.to_string(), " 分计"].concat(),
            (_, None) => "不计分".to_owned(),
        };
    }
    if result.vetoed && result.score.is_none() {
        return "触发否决项".to_owned();
    }
    let Some(score) = result.score else {
        return match (&row.rule, row.shares, row.points) {
            (Rule::Hazard { .. }, Some(first), _) => format!("计入 {}", report.rubric.row_id(first)),
            (Rule::Hazard { .. }, None, _) => "待同一单元格各行填完".to_owned(),
            (Rule::None, ..) => "不计分".to_owned(),
            _ => "未触发否决项".to_owned(),
        };
    };
    let less = |each: Points, times: i64| {
        let floored = i64::from(worth.in_tenths()) < i64::from(each.in_tenths()).saturating_mul(times);
        let end = if floored { "，扣完为止" } else { "" };
        if times == 0 {
            format!("得 {score} 分")
        } else {
            format!("{worth} − {each} × {times} → {score} 分{end}")
        }
        .replace('→', if floored { "→" } else { "=" })
    };
    let plain = if score == Points::ZERO { "不得分".to_owned() } else { format!("得 {score} 分") };
    let sum = match &row.rule {
        Rule::Deduct { people: Some(people), .. } if n_people(answers.row(people.row)) == Some(0) => {
            "未聘任人员，按 0 分计".to_owned()
        }
        Rule::Deduct { .. } if facts.get(Fact::Score).is_some() => plain,
        Rule::Deduct { each, .. } => less(*each, n(Fact::Defects)),
        Rule::Hazard { each, .. } => {
            let shared = report.rubric.rows().filter(|it| it.number == row.number || it.shares == Some(row.number));
            less(*each, shared.filter_map(|it| answers.get(it.number, Fact::Defects)).fold(0, i64::saturating_add))
        }
        Rule::Experts { at_least, each } => less(*each, i64::from(*at_least).saturating_sub(n(Fact::Experts)).max(0)),
        Rule::Credit { each, .. } => {
            let items = n(Fact::Items);
            let capped = worth < each.times(items);
            if capped {
                format!("{each} × {items} → {score} 分，满分为止")
            } else {
                format!("{each} × {items} = {score} 分")
            }
        }
        Rule::Combined { undetailed, .. } if Points::ZERO < score && score < worth => {
            format!("{worth} − {undetailed} = {score} 分")
        }
        Rule::Rate { at_least } => {
            let per_mille = n(Fact::Intact).saturating_mul(1000) / n(Fact::Total).max(1);
            let against = if score == Points::ZERO { "不足" } else { "达到" };
            format!("{}.{}%，{against} {at_least}%，{plain}", per_mille / 10, per_mille % 10)
        }
        Rule::Average { .. } => match facts.get(Fact::ThirdYear) {
            Some(third) => {
                // added as `judge` adds them; 128-bit integers would make the WASM module 1 KB larger
                let sum = n(Fact::FirstYear).saturating_add(n(Fact::SecondYear)).saturating_add(third);
                let average = match (sum / 3, sum % 3) {
                    (whole, 0) => format!("= {whole}"),
                    (whole, 1) => format!("≈ {whole}.33"),
                    (whole, _) => format!("≈ {whole}.67"),
                };
                format!("{sum} ÷ 3 {average} 人，{plain}")
            }
            None => plain,
        },
        Rule::Lease { term: Some(term), .. } if facts.yes(Fact::Tenure) == Some(false) => {
            let off = if n(Fact::Months) < term.months() { term.shorter } else { term.deduct };
            let award = points(n(Fact::Award));
            if award < off {
                format!("{award} − {off} → 0 分，扣完为止")
            } else {
                format!("{award} − {off} = {score} 分")
            }
        }
        Rule::Bonus { .. } if score == Points::ZERO => "不加分".to_owned(),
        Rule::Bonus { .. } => format!("加 {score} 分，另计"),
        Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. } => {
            listed::sum(row, facts, score, &less).unwrap_or(plain)
        }
        Rule::Met { .. }
        | Rule::Staffed { .. }
        | Rule::Combined { .. }
        | Rule::Number { .. }
        | Rule::Years { .. }
        | Rule::Judged { .. }
        | Rule::Tiers { .. }
        | Rule::Lease { .. }
        | Rule::None => plain,
    };
    let mut sum = with_estimate(sum, result.estimated);
    if report.rubric.totals.special && result.over[0] != Points::ZERO {
        let spills = report.rubric.floor_of(row) != Area::Row;
        if spills {
            sum = [&sum, "，不够扣的 ", &result.over[0].to_string(), " 分从其他行扣"].concat();
        }
    }
    if result.vetoed { format!("{sum}，触发否决项") } else { sum }
}

/// 得 4 分，估计 3 到 5 分.
fn with_estimate(words: String, estimated: Option<(Points, Points)>) -> String {
    match estimated {
        Some((low, high)) => format!("{words}，{}", between(low, high)),
        None => words,
    }
}

/// What lies between the lowest and the highest estimate.
pub(super) fn between(low: Points, high: Points) -> String {
    if low == high { format!("估计 {low} 分") } else { format!("估计 {low} 到 {high} 分") }
}

/// Billionths as people write them: `20.333333333`, `3`.
pub fn decimal(billionths: i64) -> String {
    let (whole, rest) = (billionths / BILLIONTHS, billionths % BILLIONTHS);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{}", format!("{rest:09}").trim_end_matches('0'))
}
