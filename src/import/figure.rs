//! Numbers as documents print them: 3, 0.5, 三, 二十, 半, 3万. Counted in hundredths, so that 0.25 is exact.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

/// What a number of a document looks like, for patterns.
pub const NUMBER: &str = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千半]+)";

/// 百分之八十.
pub static HUNDREDTHS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("百分之(?P<n>{NUMBER})")).expect("the pattern is ours"));

/// A number of a document, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrintedNumber(pub i64);

impl PrintedNumber {
    pub const ZERO: PrintedNumber = PrintedNumber(0);

    pub const fn whole(n: i64) -> PrintedNumber {
        PrintedNumber(n * 100)
    }

    /// What a text that [`NUMBER`] found stands for.
    pub fn read(text: &str) -> Option<PrintedNumber> {
        if text == "半" {
            return Some(PrintedNumber(50));
        }
        if !text.starts_with(|it: char| it.is_ascii_digit()) {
            return in_words(text).map(PrintedNumber::whole);
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let part: i64 = match part.len() {
            1 => part.parse::<i64>().ok()? * 10,
            2 => part.parse().ok()?,
            _ => return None,
        };
        whole
            .parse::<i64>()
            .ok()?
            .checked_mul(100)?
            .checked_add(part)
            .filter(|it| *it < 1_000_000_000_000)
            .map(PrintedNumber)
    }

    pub fn is_whole(self) -> bool {
        self.0 % 100 == 0
    }

    /// Whether files can hold it: points are in tenths.
    pub fn is_in_tenths(self) -> bool {
        self.0 % 10 == 0
    }

    pub fn plus(self, other: PrintedNumber) -> PrintedNumber {
        PrintedNumber(self.0 + other.0)
    }

    pub fn less(self, other: PrintedNumber) -> PrintedNumber {
        PrintedNumber(self.0 - other.0)
    }

    pub fn times(self, n: i64) -> PrintedNumber {
        PrintedNumber(self.0.saturating_mul(n))
    }
}

impl fmt::Display for PrintedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            _ if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

/// 二十五, 三百, 两千.
fn in_words(text: &str) -> Option<i64> {
    let (mut total, mut digit) = (0, None);
    for letter in text.chars() {
        let scale = match letter {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' => continue,
            '半' => return None,
            '两' => {
                digit = Some(2);
                continue;
            }
            other => {
                let at = ['一', '二', '三', '四', '五', '六', '七', '八', '九'].iter().position(|it| *it == other)?;
                if digit.is_some() {
                    return None;
                }
                digit = i64::try_from(at + 1).ok();
                continue;
            }
        };
        total += digit.take().unwrap_or(1) * scale;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_printed() {
        for (text, hundredths) in [
            ("3", 300),
            ("0.5", 50),
            ("0.25", 25),
            ("12.5", 1250),
            ("三", 300),
            ("十", 1000),
            ("二十五", 2500),
            ("三百", 30_000),
            ("两", 200),
            ("半", 50),
        ] {
            assert_eq!(PrintedNumber::read(text), Some(PrintedNumber(hundredths)), "{text}");
        }
        assert_eq!([PrintedNumber::read("一二"), PrintedNumber::read("1.234")], [None, None]);
        assert_eq!(
            [PrintedNumber(50).to_string(), PrintedNumber(300).to_string(), PrintedNumber(25).to_string()],
            ["0.5", "3", "0.25"]
        );
    }
}
