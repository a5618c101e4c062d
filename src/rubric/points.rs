//! 分值 and 得分: integers in tenths, because 酌情 awards have steps of 0.5 or finer and floating-point sums are not
//! exact.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// A number of points that is never negative: 扣完为止 holds on every row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(u16);

impl Points {
    pub const ZERO: Points = Points(0);

    pub const fn tenths(tenths: u16) -> Points {
        Points(tenths)
    }

    pub const fn whole(points: u16) -> Points {
        Points(points.saturating_mul(10))
    }

    pub const fn in_tenths(self) -> u16 {
        self.0
    }

    /// Zero for counts below zero, and never more than the largest number that fits.
    pub fn times(self, n: i64) -> Points {
        let product = i64::from(self.0).saturating_mul(n).clamp(0, i64::from(u16::MAX));
        Points(u16::try_from(product).unwrap_or(u16::MAX))
    }

    /// What is left after a deduction, never below 0.
    pub fn less(self, deduction: Points) -> Points {
        Points(self.0.saturating_sub(deduction.0))
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        points.fold(Points::ZERO, Add::add)
    }
}

/// `81.5`, `100`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0 / 10, self.0 % 10);
        if tenth == 0 { write!(f, "{whole}") } else { write!(f, "{whole}.{tenth}") }
    }
}
