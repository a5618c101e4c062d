//! 一、二、三: the numbers of clauses and classes, as documents write them.

use super::narrow_digit;

const ONES: &str = "一二三四五六七八九";
const TEN: char = '十';

/// A number from 1 to 99, with the way it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeral {
    /// 十二.
    Han(u16),
    /// 12, １２.
    Arabic(u16),
}

impl Numeral {
    /// The number with which a text begins, and what follows it.
    pub fn read(text: &str) -> Option<(Numeral, &str)> {
        let digit = |it: char| narrow_digit(it).to_digit(10);
        let after = text.trim_start_matches(|it| digit(it).is_some());
        if after.len() < text.len() {
            let written = &text[..text.len() - after.len()];
            let number =
                written.chars().filter_map(digit).try_fold(0_u16, |n, it| n.checked_mul(10)?.checked_add(it as u16));
            return Some((Numeral::Arabic(number.filter(|it| (1..=99).contains(it))?), after));
        }
        let rest = text.trim_start_matches(is_numeral);
        let written = &text[..text.len() - rest.len()];
        let ones = |text: &str| {
            if text.is_empty() {
                Some(0)
            } else {
                ONES.chars().zip(1..).find(|(n, _)| text == n.to_string()).map(|it| it.1)
            }
        };
        let value = match written.split_once(TEN) {
            None => ones(written)?,
            Some((tens, one)) => ones(tens)?.max(1) * 10 + ones(one)?,
        };
        (0 < value).then_some((Numeral::Han(value), rest))
    }

    pub fn is_han(self) -> bool {
        matches!(self, Numeral::Han(_))
    }

    pub fn value(self) -> u16 {
        match self {
            Numeral::Han(it) | Numeral::Arabic(it) => it,
        }
    }
}

pub fn is_numeral(it: char) -> bool {
    it == TEN || ONES.contains(it)
}

/// 十一 for 11. Empty for 0.
pub fn numeral(number: u16) -> String {
    let one = |n: u16| ONES.chars().nth(usize::from(n).wrapping_sub(1)).map_or(String::new(), String::from);
    match (number / 10, number % 10) {
        (0, n) => one(n),
        (1, n) => format!("{TEN}{}", one(n)),
        (tens, n) => format!("{}{TEN}{}", one(tens), one(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_as_they_are_written() {
        for number in 1..=99 {
            assert_eq!(Numeral::read(&numeral(number)), Some((Numeral::Han(number), "")));
            assert_eq!(Numeral::read(&format!("{number}号")), Some((Numeral::Arabic(number), "号")));
        }
        assert_eq!(Numeral::read("１２．"), Some((Numeral::Arabic(12), "．")));
        assert_eq!(Numeral::read("100"), None);
        assert_eq!(Numeral::read("以上"), None);
    }
}
