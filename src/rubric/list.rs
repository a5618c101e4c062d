//! The printed levels of a row, and the items of a row that lists several deductions or credits.

use super::{Measure, Points};

/// One item of a list: 档案不全，扣 2 分; 每缺 1 项扣 1 分; 无管理制度，不得分; 酌情扣 1 至 3 分. Or one printed level of a row, from which
/// one is chosen: 部分符合 2 分.
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// When it counts; the name of a level.
    pub when: String,
    /// What the item counts; empty where something is so or is not.
    pub unit: String,
    /// The points of it, or of each.
    pub from: Points,
    /// The same as `from`, except where an assessor judges.
    pub to: Points,
    /// However many there are, no more than this.
    pub at_most: Option<Points>,
    /// It takes all points of the row.
    pub all: bool,
    /// The row's veto stands because of it.
    pub fails: bool,
    /// The reading for a range.
    pub reading: Option<String>,
}

/// The most items that a row may list: each has a fact of its own.
pub const MOST_ITEMS: usize = 12;

impl ListItem {
    pub fn is_judged(&self) -> bool {
        self.from < self.to
    }

    pub fn measure(&self) -> Measure {
        match (self.is_judged(), self.unit.is_empty()) {
            (true, _) => Measure::Points,
            (false, true) => Measure::YesNo,
            (false, false) => Measure::Whole,
        }
    }

    /// What comes of a value: the points as estimated, and the least and the most that they may be.
    pub fn counts(&self, value: i64, worth: Points) -> [Points; 3] {
        let fixed = |it: Points| [it; 3];
        if value <= 0 {
            return fixed(Points::ZERO);
        }
        if self.is_judged() {
            return [
                Points::tenths(u16::try_from(value).unwrap_or(u16::MAX)).clamp(self.from, self.to),
                self.from,
                self.to,
            ];
        }
        if self.all {
            return fixed(worth);
        }
        let n = if self.unit.is_empty() { 1 } else { value };
        let all = self.from.times(n);
        fixed(self.at_most.map_or(all, |most| all.min(most)))
    }

    /// The highest value that makes a difference.
    pub fn most(&self, worth: Points) -> i64 {
        match self.measure() {
            Measure::Points => i64::from(self.to.in_tenths()),
            Measure::Whole => {
                let each = i64::from(self.from.in_tenths()).max(1);
                (i64::from(self.at_most.unwrap_or(worth).min(worth).in_tenths()) + each - 1) / each
            }
            Measure::YesNo | Measure::Decimal | Measure::Choice(_) => 1,
        }
    }
}
