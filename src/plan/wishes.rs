//! What the applicant says about mending: where to, which rows can be mended, and at what cost.

use crate::bytes::wire::{wire_enum, wire_struct};
use crate::rubric::Points;

/// What a plan is made for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// The least points of the band to be reached; `None` for the highest band.
    pub target: Option<Points>,
    /// The band must hold with every 酌情 row at its low estimate and every doubtful reading the other way.
    pub safe: bool,
    /// By row, ascending; a row without one can be mended at once and costs nothing.
    pub marks: Vec<Mark>,
}

/// What the applicant says about mending one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub row: u16,
    pub effort: Effort,
    /// In tenths, for each unit where the row counts (one 项, 名, 处, 人), else for the row; `None` for 0 with
    /// [`Effort::Now`] and 1 with [`Effort::Money`].
    pub cost: Option<u64>,
    /// The most that a 酌情 row can be brought to; `None` for its points.
    pub reach: Option<Points>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// 马上能办.
    #[default]
    Now,
    /// 要花钱.
    Money,
    /// 办不到.
    Never,
}

impl Effort {
    pub const ALL: [Effort; 3] = [Effort::Now, Effort::Money, Effort::Never];

    pub fn label(self) -> &'static str {
        match self {
            Effort::Now => "马上能办",
            Effort::Money => "要花钱",
            Effort::Never => "办不到",
        }
    }
}

impl Mark {
    /// In tenths, of one unit.
    pub fn unit_cost(self) -> u64 {
        self.cost.unwrap_or(match self.effort {
            Effort::Now | Effort::Never => 0,
            Effort::Money => 10,
        })
    }

    /// 要花钱，费用 1.5 万元，最多能得 3 分.
    pub fn in_words(self) -> String {
        let cost = self.cost.map_or(String::new(), |it| format!("，费用 {}.{} 万元", it / 10, it % 10));
        let reach = self.reach.map_or(String::new(), |it| format!("，最多能得 {it} 分"));
        format!("{}{cost}{reach}", self.effort.label())
    }
}

impl Wishes {
    /// What is said about a row.
    pub fn mark(&self, row: u16) -> Mark {
        self.marks.iter().find(|it| it.row == row).copied().unwrap_or(Mark { row, ..Mark::default() })
    }

    /// Says something about a row; a mark that says nothing is taken away.
    pub fn set_mark(&mut self, mark: Mark) {
        self.marks.retain(|it| it.row != mark.row);
        if mark != (Mark { row: mark.row, ..Mark::default() }) {
            let at = self.marks.partition_point(|it| it.row < mark.row);
            self.marks.insert(at, mark);
        }
    }
}

wire_struct! {
    Wishes { target, safe, marks }
    Mark { row, effort, cost, reach }
}
wire_enum! {
    Effort { 0 Now {} 1 Money {} 2 Never {} }
}
