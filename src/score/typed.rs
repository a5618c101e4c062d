//! Reads what people type into a field: also full-width digits, a Chinese full stop as decimal point, stray blanks.

use std::fmt;

use crate::letters::{is_blank, is_dash, is_point, narrow};
use crate::rubric::{Measure, Points};

use super::decimal;
use super::judge::points;

/// Why a text cannot be read as a value of the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    NoNumber,
    NotWhole,
    Negative,
    /// More decimals than points have.
    TooFine,
    TooLarge,
}

/// The largest count anybody can mean.
const MOST: i64 = 999_999;

/// Reads a number of the given measure. Empty text is no answer.
///
/// # Errors
/// Why it cannot be read; `Display` says it in words.
pub fn typed(measure: Measure, text: &str) -> Result<Option<i64>, Misread> {
    let plain: String = text.chars().filter(|it| !is_blank(*it)).map(plain).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    if let Some(rest) = plain.strip_prefix('-') {
        let is_number = matches!(typed(Measure::Decimal, rest), Ok(Some(_)) | Err(Misread::TooLarge));
        return Err(if is_number { Misread::Negative } else { Misread::NoNumber });
    }
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
        return Err(Misread::NoNumber);
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| Misread::TooLarge)? };
    if MOST < whole {
        return Err(Misread::TooLarge);
    }
    let decimals = decimals.trim_end_matches('0');
    let scaled = |places: usize| {
        let padded = decimals.bytes().map(|it| i64::from(it - b'0')).chain(std::iter::repeat(0)).take(places);
        padded.fold(whole, |sum, digit| sum * 10 + digit)
    };
    Ok(Some(match measure {
        Measure::Decimal => scaled(9),
        Measure::Points if 1 < decimals.len() => return Err(Misread::TooFine),
        Measure::Points => scaled(1),
        Measure::Whole | Measure::YesNo | Measure::Choice(_) if !decimals.is_empty() => return Err(Misread::NotWhole),
        Measure::Whole | Measure::YesNo | Measure::Choice(_) => whole,
    }))
}

/// A value as it is written into a field.
pub fn written(measure: Measure, value: i64) -> String {
    match measure {
        Measure::Points => Points::to_string(&points(value)),
        Measure::Decimal => decimal(value),
        Measure::Whole | Measure::YesNo | Measure::Choice(_) => value.to_string(),
    }
}

/// Half-width digits, `.` for every decimal point and `-` for every minus sign.
fn plain(character: char) -> char {
    match character {
        character if is_point(character) => '.',
        character if is_dash(character) => '-',
        other => narrow(other),
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Misread::NoNumber => "请填数字",
            Misread::NotWhole => "请填整数",
            Misread::Negative => "不能是负数",
            Misread::TooFine => "最多填一位小数",
            Misread::TooLarge => "数字太大",
        })
    }
}
