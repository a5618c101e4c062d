//! What is proposed for a row. How it is written in a file stands in `spelled` alone.

use super::figure::PrintedNumber;
use super::veto::PrintedVeto;

/// The rule that a row's words seem to say.
#[derive(Clone, Debug, PartialEq)]
pub enum ProposedKind {
    Met,
    Staffed {
        at_least: PrintedNumber,
    },
    Deduct {
        each: PrintedNumber,
        unit: String,
    },
    Hazard {
        each: PrintedNumber,
        unit: String,
    },
    Credit {
        each: PrintedNumber,
        unit: String,
    },
    Combined {
        undetailed: PrintedNumber,
    },
    /// 考评人员数量.
    Number {
        bands: Vec<(PrintedNumber, PrintedNumber)>,
    },
    Experts {
        at_least: PrintedNumber,
        each: PrintedNumber,
    },
    Rate {
        at_least: PrintedNumber,
    },
    Years {
        at_least: PrintedNumber,
    },
    Average {
        full: PrintedNumber,
        above: PrintedNumber,
        part: PrintedNumber,
    },
    Judged,
    Tiers,
    /// Years, and what a longer and a shorter lease lose.
    Lease {
        term: Option<(PrintedNumber, PrintedNumber, PrintedNumber)>,
    },
    Bonus {
        add: PrintedNumber,
    },
    None,
    Choice {
        levels: Vec<ProposedLevel>,
    },
    Deductions {
        items: Vec<ProposedItem>,
    },
    Credits {
        items: Vec<ProposedItem>,
    },
    Quantity(ProposedQuantity),
}

/// A printed level.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedLevel {
    pub name: String,
    pub points: LevelPoints,
    /// The printed veto stands at it.
    pub fails: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LevelPoints {
    Fixed(PrintedNumber),
    Between(PrintedNumber, PrintedNumber),
}

/// One of a list of deductions or credits.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedItem {
    pub when: String,
    pub worth: ItemWorth,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ItemWorth {
    /// All points of the row.
    All,
    Fixed(PrintedNumber),
    Each {
        each: PrintedNumber,
        unit: String,
        at_most: Option<PrintedNumber>,
    },
    Between(PrintedNumber, PrintedNumber),
}

/// Points by a number.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedQuantity {
    pub of: String,
    pub unit: String,
    pub counts: Counts,
    pub points: StepPoints,
}

/// From what the number follows.
#[derive(Clone, Debug, PartialEq)]
pub enum Counts {
    /// It is the number itself.
    Itself,
    /// The part and the whole of a rate.
    Percent(String, String),
    /// So many of the second for each of the first.
    Ratio(String, String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum StepPoints {
    /// From the highest step down.
    AtLeast(Vec<(PrintedNumber, PrintedNumber)>),
    AtMost(Vec<(PrintedNumber, PrintedNumber)>),
    /// So many points less for each step that is missing.
    Missing {
        at_least: PrintedNumber,
        step: PrintedNumber,
        each: PrintedNumber,
    },
}

/// A rule with what a person has to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub rule: ProposedKind,
    pub veto: Option<PrintedVeto>,
    /// Why it may be wrong, a sentence each.
    pub doubts: Vec<String>,
    /// What no words of a table can say.
    pub to_add: Vec<String>,
}

impl ProposedKind {
    /// Whether a reading has to say how it is judged.
    pub fn is_judged(&self) -> bool {
        match self {
            ProposedKind::Judged | ProposedKind::Tiers | ProposedKind::Lease { .. } => true,
            ProposedKind::Average { .. } => true,
            ProposedKind::Choice { levels } => levels.iter().any(|it| matches!(it.points, LevelPoints::Between(..))),
            ProposedKind::Deductions { items } | ProposedKind::Credits { items } => {
                items.iter().any(|it| matches!(it.worth, ItemWorth::Between(..)))
            }
            ProposedKind::Met
            | ProposedKind::Staffed { .. }
            | ProposedKind::Deduct { .. }
            | ProposedKind::Hazard { .. }
            | ProposedKind::Credit { .. }
            | ProposedKind::Combined { .. }
            | ProposedKind::Number { .. }
            | ProposedKind::Experts { .. }
            | ProposedKind::Rate { .. }
            | ProposedKind::Years { .. }
            | ProposedKind::Bonus { .. }
            | ProposedKind::None
            | ProposedKind::Quantity(_) => false,
        }
    }

    /// All numbers that it has.
    pub fn figures(&self) -> Vec<PrintedNumber> {
        match self {
            ProposedKind::Met
            | ProposedKind::Judged
            | ProposedKind::Tiers
            | ProposedKind::Lease { term: None }
            | ProposedKind::None => vec![],
            ProposedKind::Staffed { at_least } | ProposedKind::Rate { at_least } | ProposedKind::Years { at_least } => {
                vec![*at_least]
            }
            ProposedKind::Deduct { each, .. }
            | ProposedKind::Hazard { each, .. }
            | ProposedKind::Credit { each, .. } => {
                vec![*each]
            }
            ProposedKind::Combined { undetailed } => vec![*undetailed],
            ProposedKind::Number { bands } => bands.iter().flat_map(|it| [it.0, it.1]).collect(),
            ProposedKind::Experts { at_least, each } => vec![*at_least, *each],
            ProposedKind::Average { full, above, part } => vec![*full, *above, *part],
            ProposedKind::Lease { term: Some((a, b, c)) } => vec![*a, *b, *c],
            ProposedKind::Bonus { add } => vec![*add],
            ProposedKind::Choice { levels } => levels
                .iter()
                .flat_map(|level| match level.points {
                    LevelPoints::Fixed(points) => vec![points],
                    LevelPoints::Between(from, to) => vec![from, to],
                })
                .collect(),
            ProposedKind::Deductions { items } | ProposedKind::Credits { items } => items
                .iter()
                .flat_map(|item| match &item.worth {
                    ItemWorth::All => vec![],
                    ItemWorth::Fixed(points) => vec![*points],
                    ItemWorth::Each { each, at_most, .. } => [*each].into_iter().chain(*at_most).collect(),
                    ItemWorth::Between(from, to) => vec![*from, *to],
                })
                .collect(),
            ProposedKind::Quantity(quantity) => match &quantity.points {
                StepPoints::AtLeast(steps) | StepPoints::AtMost(steps) => {
                    steps.iter().flat_map(|it| [it.0, it.1]).collect()
                }
                StepPoints::Missing { at_least, step, each } => vec![*at_least, *step, *each],
            },
        }
    }
}
