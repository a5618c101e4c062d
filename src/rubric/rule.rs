//! How a row awards its points: a closed set of kinds. The figures are the document's, the choice of the kind is our
//! reading.

use super::{Fact, ListItem, MOST_ITEMS, Measure, Points, Quantity};

/// Our reading of a 评估标准. A new kind does not compile until it is handled everywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// 否则不得分, or a plain veto: all or nothing.
    Met {
        perhaps_shared: Option<PerhapsShared>,
        /// The reading by which the applicant may leave it 不适用/待确认.
        unsure: Option<String>,
    },
    /// 专职工作人员不足2人，不得分: all or nothing, and enough full-time staff.
    Staffed { at_least: u16 },
    /// 每项扣2分: a fixed deduction for each defect, never below 0.
    Deduct {
        each: Points,
        unit: String,
        people: Option<People>,
        /// The reading that lets a score be entered by hand, where no figure is printed.
        by_hand: Option<String>,
    },
    /// 安全文明: a deduction per defect over all rows of the shared cell; a hazard raises the veto.
    Hazard { each: Points, unit: String },
    /// 每项得1分，满分为止.
    Credit { each: Points, unit: String },
    /// 符合文件要求，且内容详实、可操作性强。内容不详实，扣5分；可操作性不强，不得分.
    Combined {
        undetailed: Points,
        /// The reading by which whether it complies at all is asked as well, where the standard begins with that.
        complies: Option<String>,
    },
    /// 考评人员数量: points by the number of qualified examiners. From the highest tier down; below the last there are
    /// no points and the veto stands.
    Number { bands: Vec<Tier> },
    /// 专家人数应不少于2人，每少1人扣2分.
    Experts { at_least: u16, each: Points },
    /// 完好率不足80%，不得分.
    Rate { at_least: u16 },
    /// 连续招生3年以上.
    Years { at_least: u16 },
    /// 近3年年均培养人数: full from `full` people, `part` above `above`, nothing below; the text does not say what
    /// exactly `above` people earn.
    Average { full: u16, above: u16, part: Points, exactly: String },
    /// 酌情: the applicant's own estimate; the assessor may decide otherwise.
    Judged { reading: String },
    /// 基本满足，酌情给分；不能满足，不得分.
    Tiers { reading: String },
    /// 酌情 with a site that may be leased: a leased one earns no points at all, or fewer by the term of the lease.
    Lease { reading: String, term: Option<Term> },
    /// 有此项加2分.
    Bonus { add: Points },
    /// 完全符合4分，部分符合2分，不符合0分: one of the printed levels, from the best down.
    Choice { levels: Vec<ListItem> },
    /// Several deductions in one row, never below 0; or several credits, up to the row's points.
    Listed { adds: bool, items: Vec<ListItem> },
    /// 建筑面积、完好率、师生比: points by the steps of a quantity.
    Quantity { of: Quantity },
    /// Neither points nor a veto.
    None,
}

/// The row that says how many people there are: where nobody is appointed there is nothing to assess.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// The row that gives the head count.
    pub row: u16,
    pub reading: String,
}

/// The points may belong to another row as well.
#[derive(Clone, Debug, PartialEq)]
pub struct PerhapsShared {
    pub row: u16,
    pub reading: String,
}

/// The points for this many or more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    pub at_least: u16,
    pub points: Points,
}

/// 租期3年以上扣1分，租期3年以下扣3分.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub years: u16,
    pub deduct: Points,
    pub shorter: Points,
    /// The reading for a lease of exactly this many years.
    pub exactly: String,
}

impl Term {
    pub fn months(&self) -> i64 {
        i64::from(self.years) * 12
    }
}

impl Rule {
    /// The sets of facts by which the row may be answered; the first is the one the form asks for.
    pub fn forms(&self) -> &'static [&'static [Fact]] {
        match self {
            Rule::Met { unsure: Some(_), .. } => &[&[Fact::Met], &[Fact::Unsure]],
            Rule::Met { unsure: None, .. } | Rule::None => &[&[Fact::Met]],
            Rule::Staffed { .. } => &[&[Fact::Met, Fact::FullTimeStaff]],
            Rule::Deduct { by_hand: None, .. } => &[&[Fact::Defects]],
            Rule::Deduct { by_hand: Some(_), .. } => &[&[Fact::Defects], &[Fact::Score]],
            Rule::Hazard { .. } => &[&[Fact::Defects, Fact::Hazard]],
            Rule::Credit { .. } => &[&[Fact::Items]],
            Rule::Combined { complies: Some(_), .. } => {
                &[&[Fact::Detailed, Fact::Operable], &[Fact::Detailed, Fact::Operable, Fact::Met]]
            }
            Rule::Combined { complies: None, .. } => &[&[Fact::Detailed, Fact::Operable]],
            Rule::Number { .. } => &[&[Fact::QualifiedExaminers, Fact::Headcount]],
            Rule::Experts { .. } => &[&[Fact::Experts]],
            Rule::Rate { .. } => &[&[Fact::Intact, Fact::Total]],
            Rule::Years { .. } => &[&[Fact::Years], &[Fact::Met]],
            Rule::Average { .. } => &[&[Fact::FirstYear, Fact::SecondYear, Fact::ThirdYear], &[Fact::Average]],
            Rule::Judged { .. } => &[&[Fact::Award], &[Fact::Award, Fact::Low, Fact::High]],
            Rule::Tiers { .. } => {
                &[&[Fact::Level, Fact::Award], &[Fact::Award], &[Fact::Level, Fact::Award, Fact::Low, Fact::High]]
            }
            Rule::Lease { term: Some(_), .. } => &[
                &[Fact::Tenure, Fact::Award, Fact::Months],
                &[Fact::Tenure, Fact::Award, Fact::Months, Fact::Low, Fact::High],
            ],
            Rule::Lease { term: None, .. } => {
                &[&[Fact::Tenure, Fact::Award], &[Fact::Tenure, Fact::Award, Fact::Low, Fact::High]]
            }
            Rule::Bonus { .. } => &[&[Fact::Has]],
            Rule::Choice { levels } if levels.iter().any(ListItem::is_judged) => {
                &[&[Fact::Choice], &[Fact::Choice, Fact::Award]]
            }
            Rule::Choice { .. } => &[&[Fact::Choice]],
            Rule::Listed { items, .. } => &ITEM_FORMS[items.len().min(MOST_ITEMS)],
            Rule::Quantity { of } if of.counts.is_some() => {
                &[&[Fact::FirstCount, Fact::SecondCount], &[Fact::Quantity]]
            }
            Rule::Quantity { .. } => &[&[Fact::Quantity]],
        }
    }

    /// The unit of a fact of such a row: that of an item is the item's own.
    pub fn measure(&self, fact: Fact) -> Measure {
        self.item(fact).map_or(fact.measure(), ListItem::measure)
    }

    /// The item of a list that a fact is about.
    pub fn item(&self, fact: Fact) -> Option<&ListItem> {
        let Rule::Listed { items, .. } = self else { return None };
        items.iter().zip(Fact::ITEMS).find(|it| *it.1 == fact).map(|it| it.0)
    }

    /// The key of a fact in an answer. Facts of one key are a list there.
    pub fn key(&self, fact: Fact) -> &'static str {
        match self {
            Rule::Listed { adds: true, .. } if fact.name() == Fact::Item1.name() => "credits",
            _ => fact.name(),
        }
    }

    /// The word by which data files and the command line name the kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Rule::Met { .. } => "met",
            Rule::Staffed { .. } => "staffed",
            Rule::Deduct { .. } => "deduct",
            Rule::Hazard { .. } => "hazard",
            Rule::Credit { .. } => "credit",
            Rule::Combined { .. } => "combined",
            Rule::Number { .. } => "number",
            Rule::Experts { .. } => "experts",
            Rule::Rate { .. } => "rate",
            Rule::Years { .. } => "years",
            Rule::Average { .. } => "average",
            Rule::Judged { .. } => "judged",
            Rule::Tiers { .. } => "tiers",
            Rule::Lease { .. } => "lease",
            Rule::Bonus { .. } => "bonus",
            Rule::Choice { .. } => "choice",
            Rule::Listed { adds: false, .. } => "deductions",
            Rule::Listed { adds: true, .. } => "credits",
            Rule::Quantity { .. } => "quantity",
            Rule::None => "none",
        }
    }
}

/// The forms of a list of so many items: all of them.
static ITEM_FORMS: [[&[Fact]; 1]; MOST_ITEMS + 1] = {
    let mut all: [[&[Fact]; 1]; MOST_ITEMS + 1] = [[&[]]; MOST_ITEMS + 1];
    let mut n = 0;
    while n <= MOST_ITEMS {
        all[n] = [Fact::ITEMS.split_at(n).0];
        n += 1;
    }
    all
};
