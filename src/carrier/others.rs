//! What has the letters of a code and certainly is none: numbers of accounts, orders, people and units, hashes, words.
//! Of whole codes nobody asks; of damaged ones fewer than one in a thousand would be taken for one of these.

use crate::letters::narrow;

use super::code::is_letter;

/// The bits of 统一社会信用代码 that are digits: those of the place, the third letter to the eighth.
const OF_PLACE: std::ops::Range<usize> = 2..8;

/// Is this run of letters of codes something else?
pub fn is_other(run: &str) -> bool {
    let letters: Vec<char> = run.chars().map(narrow).filter(|it| is_letter(*it)).collect();
    let n = letters.len();
    let digits = letters.iter().filter(|it| it.is_ascii_digit()).count();
    let hex = letters.iter().all(char::is_ascii_hexdigit);
    let cases = letters.iter().filter(|it| it.is_ascii_alphabetic()).collect::<Vec<_>>();
    let turns = cases.windows(2).filter(|it| it[0].is_ascii_lowercase() != it[1].is_ascii_lowercase()).count();
    let unit = n == 18 && letters[OF_PLACE].iter().all(char::is_ascii_digit);
    digits == 0
        || n == digits
        || 12 <= n && n == digits + 1
        || 16 <= n && (hex || 7 * n <= 10 * digits)
        || 3 < turns
        || unit
}
