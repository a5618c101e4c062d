//! A quantity that a row asks for, against the figures printed there: 建筑面积, 设备完好率, 师生比, 藏书.

use super::Points;

/// What is counted or measured, and what it earns. Figures are tenths of the unit, of a percent, or of so many to one.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// 建筑面积.
    pub of: String,
    /// 平方米; of a rate or a ratio, the unit of what is counted.
    pub unit: String,
    /// Where it follows from two counts.
    pub counts: Option<TwoCounts>,
    /// The best first; beyond the last there are no points, and the veto stands.
    pub steps: Vec<QuantityStep>,
    /// The figures are upper limits, 不超过, and not lower ones.
    pub limits: bool,
    /// 每少 500 册扣 0.5 分, below the one step there is then. The veto stands once nothing is left.
    pub missing: Option<MissingStep>,
}

/// 完好设备 of 全部设备, or 教师 to 学生.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoCounts {
    pub first: String,
    pub second: String,
    /// So many of the second for one of the first, in place of how many percent the first is of the second.
    pub is_ratio: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantityStep {
    pub bound: i64,
    pub points: Points,
}

/// A deduction for each begun step that is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MissingStep {
    pub step: i64,
    pub each: Points,
}

/// A quantity as a fraction in tenths, so that nothing is rounded. Below the line is 0 for so many to nobody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub above: i64,
    pub below: i64,
}

impl Quantity {
    pub fn amount(&self, first: i64, second: i64) -> Amount {
        match &self.counts {
            Some(it) if it.is_ratio => Amount { above: second.saturating_mul(10), below: first },
            _ => Amount { above: first.saturating_mul(1000), below: second },
        }
    }

    /// Is the amount on the good side of a figure?
    fn reaches(&self, amount: Amount, bound: i64) -> bool {
        let bound = bound.saturating_mul(amount.below);
        if self.limits { amount.above <= bound && 0 < amount.below } else { bound <= amount.above }
    }

    /// The step that an amount reaches.
    pub fn step(&self, amount: Amount) -> Option<&QuantityStep> {
        self.steps.iter().find(|it| self.reaches(amount, it.bound))
    }

    /// How many begun steps are missing, for `missing`.
    pub fn n_missing(&self, amount: Amount, step: i64) -> i64 {
        let bound = self.steps.first().map_or(0, |it| it.bound);
        if self.reaches(amount, bound) {
            return 0;
        }
        let apart = bound.saturating_mul(amount.below).saturating_sub(amount.above).saturating_abs();
        let step = step.saturating_mul(amount.below);
        if step <= 0 { i64::MAX } else { apart / step + i64::from(apart % step != 0) }
    }
}
