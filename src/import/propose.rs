//! The rule of a row, proposed from its printed words. What two patterns fit, or none, is marked: a doubt is better than a
//! rule that is wrong.

mod counted;
mod graded;
mod known;
mod listed;
mod net;
mod quantity;
mod steps;

use super::effect::PointEffect;
use super::even::EvenText;
use super::figure::PrintedNumber;
use super::levels::{self, LevelText};
use super::proposal::{Proposal, ProposedKind};
use super::statement::{SaidPoints, Statement, said};
use super::threshold::{thresholds, years};
use super::veto::{PrintedVeto, veto};

/// What is printed of a row.
#[derive(Clone, Debug, Default)]
pub struct WordedRow {
    pub group: String,
    pub content: String,
    pub standard: String,
    pub points: Option<PrintedNumber>,
    /// Where they have columns of their own.
    pub levels: Vec<LevelText>,
}

/// What is known of a row while its rule is looked for.
struct RowWords<'r> {
    row: &'r WordedRow,
    /// The content, made even.
    content: String,
    /// Standard and content, made even.
    all: String,
    said: SaidPoints,
    veto: Option<PrintedVeto>,
    doubts: Vec<String>,
}

/// Proposes the rule of a row.
pub fn propose(row: &WordedRow) -> Proposal {
    let standard = EvenText::new(&row.standard);
    if !row.levels.is_empty() {
        return of_levels(row, &standard);
    }
    if veto(&standard).is_none()
        && let Some(rule) = graded::graded(&standard, row.points)
    {
        return Proposal { rule, veto: None, doubts: Vec::new(), to_add: Vec::new() };
    }
    let content = EvenText::new(&row.content);
    let (mut found, leave_out) = veto(&standard).unzip();
    let mut told = said(&standard, leave_out.as_ref());
    let mut doubts = Vec::new();
    let of_content = said(&content, None);
    // 档案管理（5分）
    let is_own = |it: &Statement| matches!(it.effect, PointEffect::Award(points) if Some(points) == row.points);
    if told.statements.is_empty() {
        if !of_content.statements.is_empty() {
            doubts.push("给分的话是从“评估内容”里读的".to_owned());
            told = of_content;
        }
    } else if of_content.statements.iter().any(|it| !is_own(it)) {
        doubts.push("“评估内容”里也有给分的话，没有写进规则".to_owned());
    }
    if found.is_none()
        && let Some((it, _)) = veto(&content)
    {
        doubts.push("否决的话印在“评估内容”里，请看这一行是不是否决项".to_owned());
        found = Some(it);
    }
    let all = format!("{}。{}", content.text, standard.text);
    let mut words = RowWords { row, content: content.text, all, said: told, veto: found, doubts };
    let rule = words.rule();
    words.check(&rule);
    let mut to_add = Vec::new();
    if rule.is_judged() {
        to_add.push(TO_ADD.to_owned());
    }
    Proposal { rule, veto: words.veto, doubts: words.doubts, to_add }
}

/// The rule of a row whose levels stand in columns of their own.
fn of_levels(row: &WordedRow, standard: &EvenText) -> Proposal {
    let mut doubts = Vec::new();
    let rule = levels::choice(&row.levels, row.points, &mut doubts).unwrap_or_else(|| {
        doubts.push("没有印各等级得几分，按酌情提出".to_owned());
        ProposedKind::Judged
    });
    if rule.figures().iter().any(|it| !it.is_in_tenths()) {
        doubts.push("有一个数超过一位小数，写不进规则".to_owned());
    }
    if veto(standard).is_some() {
        doubts.push("等级里有否决用语，请看这一行是不是否决项".to_owned());
    }
    let are_points = row.levels.iter().all(|it| levels::is_points(&it.text));
    if are_points && !said(standard, None).statements.is_empty() {
        doubts.push("标准里另有给分的话，没有写进规则".to_owned());
    }
    let to_add = if rule.is_judged() { vec![TO_ADD.to_owned()] } else { Vec::new() };
    Proposal { rule, veto: None, doubts, to_add }
}

/// What no table says of points that an assessor decides.
const TO_ADD: &str = "酌情怎样给分，写上所引用的解读";

impl RowWords<'_> {
    fn doubt(&mut self, why: impl Into<String>) {
        let why = why.into();
        if !self.doubts.contains(&why) {
            self.doubts.push(why);
        }
    }

    /// 得满分 and 得分 say no more than the points of the row where something else is said too.
    /// Beside levels with points of their own it is one of them: 80%以上得满分，60%以上得3分.
    fn telling(&self) -> Vec<Statement> {
        let awards = |effect: PointEffect| {
            matches!(effect, PointEffect::Award(_) | PointEffect::AwardRange(..) | PointEffect::AwardSome)
        };
        let full = self.points().filter(|_| self.said.statements.iter().any(|it| awards(it.effect)));
        let mut all = Vec::new();
        for statement in &self.said.statements {
            match (statement.effect, full) {
                (PointEffect::Full, Some(points)) if !statement.condition.is_empty() => {
                    all.push(Statement { effect: PointEffect::Award(points), ..statement.clone() });
                }
                (PointEffect::Full, _) => {}
                _ => all.push(statement.clone()),
            }
        }
        if all.is_empty() { self.said.statements.clone() } else { all }
    }

    fn rule(&mut self) -> ProposedKind {
        let telling = self.telling();
        if telling.is_empty() {
            return self.without_points();
        }
        if let Some(rule) = known::known(self, &telling) {
            return rule;
        }
        if let Some(rule) = quantity::quantity(self, &telling) {
            return rule;
        }
        listed::listed(self, &telling)
    }

    /// Nothing is said about points.
    fn without_points(&mut self) -> ProposedKind {
        if let Some(veto) = &self.veto {
            // 连续2年未年检的，取消资格, says nothing about how long there has been business
            let of_case = EvenText::new(&veto.phrase).text;
            let is_fault = veto.is_conditional && years(&of_case).is_some() && !known::is_too_short(&of_case);
            return match years(&self.all).filter(|_| !is_fault) {
                Some(at_least) => {
                    self.only_years();
                    ProposedKind::Years { at_least }
                }
                None => ProposedKind::Met,
            };
        }
        match self.row.points {
            None | Some(PrintedNumber::ZERO) => {
                self.doubt("没有分值，也没有写怎样给分，按不计分提出");
                ProposedKind::None
            }
            Some(_) => {
                let why = if has_grades(&self.all) {
                    "有 A、B、C、D 等级，没有印各等级得几分，按酌情提出"
                } else {
                    "没有写怎样给分，按酌情提出"
                };
                self.doubt(why);
                ProposedKind::Judged
            }
        }
    }

    /// 连续3年以上，且年检合格: the years are not all.
    fn only_years(&mut self) {
        let mut texts = self.said.required.clone();
        texts.push(self.content.clone());
        let others = |it: &&String| !it.is_empty() && years(it).is_none();
        let standard = self.said.required.iter().filter(others).count();
        if 0 < standard || texts.iter().any(|it| years(it).is_some() && it.contains([',', '且', '并', '或'])) {
            self.doubt("除了年数还有别的条件");
        }
    }

    fn points(&self) -> Option<PrintedNumber> {
        self.row.points.filter(|it| *it != PrintedNumber::ZERO)
    }

    /// What does not fit the points that are printed, and what was read over.
    fn check(&mut self, rule: &ProposedKind) {
        for unread in std::mem::take(&mut self.said.unread) {
            self.doubt(format!("“{unread}”没有读懂"));
        }
        for most in self.said.most.clone() {
            if self.points().is_some_and(|it| it != most) {
                self.doubt(format!("标准里写着满分 {most} 分，与分值不一致"));
            }
        }
        for statement in self.said.statements.clone() {
            self.fits(rule, &statement);
        }
        net::net(self, rule);
        if self.all.contains("直接得") {
            self.doubt("“直接得”是几种情形之一，其余怎样给分没有印出");
        }
        if ["不涉及", "不适用", "无此项", "没有此项"].iter().any(|it| self.all.contains(it)) {
            self.doubt("有“不涉及”的情形，可否不答、不答怎样计分，请看原文");
        }
        if rule.figures().iter().any(|it| !it.is_in_tenths()) {
            self.doubt("有一个数超过一位小数，写不进规则");
        }
        self.left_over(rule);
        if self.veto.is_some() {
            let is_clear = match rule {
                ProposedKind::Met
                | ProposedKind::Staffed { .. }
                | ProposedKind::Hazard { .. }
                | ProposedKind::Number { .. }
                | ProposedKind::Rate { .. }
                | ProposedKind::Years { .. }
                | ProposedKind::Quantity(_)
                | ProposedKind::Average { .. } => true,
                ProposedKind::Choice { levels } => levels.iter().any(|it| it.fails),
                _ => false,
            };
            if !is_clear {
                self.doubt("有否决用语，这种规则看不出什么情形否决");
            }
            let says_case = self.veto.as_ref().is_some_and(|it| it.is_conditional);
            let of_case = matches!(rule, ProposedKind::Hazard { .. }) || self.said.statements.is_empty();
            if says_case && !of_case && is_clear {
                self.doubt("否决用语有自己的条件，与得分的条件不是一回事");
            }
        }
    }

    fn fits(&mut self, rule: &ProposedKind, statement: &Statement) {
        let Some(points) = self.points() else {
            let needs = matches!(
                rule,
                ProposedKind::Met | ProposedKind::Bonus { .. } | ProposedKind::None | ProposedKind::Years { .. }
            );
            if !needs {
                self.doubt("这一行没有分值");
            } else if !matches!(rule, ProposedKind::Bonus { .. })
                && !matches!(statement.effect, PointEffect::Zero | PointEffect::Full)
            {
                self.doubt("这一行没有分值，标准里却写了分数");
            }
            return;
        };
        let most = match statement.effect {
            PointEffect::Award(it) | PointEffect::AwardRange(_, it) => it,
            PointEffect::Deduct(it) | PointEffect::DeductRange(_, it) => it,
            PointEffect::Add(_) | PointEffect::AddRange(..) => {
                if matches!(rule, ProposedKind::Bonus { .. }) {
                    self.doubt("加分的行印有分值");
                }
                return;
            }
            PointEffect::Full | PointEffect::AwardSome | PointEffect::Zero | PointEffect::DeductSome => return,
        };
        if points < most {
            self.doubt(format!("标准里的 {most} 分超过这一行的分值 {points}"));
        }
        if let PointEffect::AwardRange(from, to) | PointEffect::DeductRange(from, to) = statement.effect
            && to < from
        {
            self.doubt(format!("{from} 至 {to} 分，前大后小"));
        }
        if statement.at_most.is_some_and(|it| points < it) {
            self.doubt(format!("最多的分数超过这一行的分值 {points}"));
        }
    }

    /// Numbers that the row asks for and the rule does not have.
    fn left_over(&mut self, rule: &ProposedKind) {
        if matches!(rule, ProposedKind::Judged | ProposedKind::None | ProposedKind::Bonus { .. }) {
            return;
        }
        let carried = matches!(
            rule,
            ProposedKind::Choice { .. } | ProposedKind::Deductions { .. } | ProposedKind::Credits { .. }
        );
        let mut texts = vec![self.content.clone()];
        texts.extend(self.said.required.iter().cloned());
        // 投诉2次以上的，不得分: all or nothing has the condition as it is
        let is_case = |it: &Statement| *rule == ProposedKind::Met && it.effect == PointEffect::Zero;
        let mut cases = Vec::new();
        for statement in self.said.statements.iter().filter(|_| !carried) {
            let place = if is_case(statement) { &mut cases } else { &mut texts };
            place.push(statement.condition.clone());
        }
        let mut figures = rule.figures();
        // 40人以内得5分，40人以上不得分: either way it is the same case
        figures.extend(cases.iter().flat_map(|it| thresholds(it)).filter_map(|it| it.at_least));
        let cases = cases.iter().flat_map(|it| thresholds(it)).filter(|it| it.at_least.is_none());
        for asked in texts.iter().flat_map(|it| thresholds(it)).chain(cases).filter(|it| !it.is_exact()) {
            let numbers: Vec<PrintedNumber> =
                [asked.at_least, asked.below, asked.up_to].into_iter().flatten().collect();
            // 3-4人 is 3 in a list of steps
            if numbers.iter().any(|it| figures.contains(it)) {
                continue;
            }
            if let Some(number) = numbers.first() {
                self.doubt(format!("“{number}{}”没有写进规则", asked.unit));
            }
        }
    }
}

/// A: … B: … C: …
fn has_grades(text: &str) -> bool {
    ["A", "B", "C"].iter().all(|it| text.contains(it))
}
