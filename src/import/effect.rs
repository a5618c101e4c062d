//! What follows from a condition: so many points are given or taken.

use super::figure::PrintedNumber;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointEffect {
    Award(PrintedNumber),
    AwardRange(PrintedNumber, PrintedNumber),
    /// 得满分, 得分.
    Full,
    /// 酌情给分.
    AwardSome,
    /// 不得分.
    Zero,
    Deduct(PrintedNumber),
    DeductRange(PrintedNumber, PrintedNumber),
    /// 酌情扣分.
    DeductSome,
    Add(PrintedNumber),
    AddRange(PrintedNumber, PrintedNumber),
}
