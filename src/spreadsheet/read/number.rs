//! Numbers and days as programs write them into cells: exact digits, no floating point.

use crate::days;

/// The digits that a spreadsheet program keeps of a number; what stands behind them is its arithmetic.
const DIGITS: usize = 15;
/// 1970-01-01 as spreadsheet programs count days, and from 1904 as some do.
const DAY_ZERO: i64 = 25_569;
const SINCE_1904: i64 = 1_462;

/// The number with at most fifteen digits and no exponent: `5.7999999999999998` is 5.8. `None` where it is none, or too
/// long to be written so.
pub fn number(written: &str) -> Option<String> {
    let written = written.trim();
    let (sign, rest) = written.strip_prefix('-').map_or(("", written), |it| ("-", it));
    let at = rest.bytes().position(|it| matches!(it, b'e' | b'E'));
    let (digits, power) = at.map_or((rest, "0"), |at| (&rest[..at], &rest[at + 1..]));
    let power: i64 = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all: Vec<u8> = whole.bytes().chain(decimals.bytes()).collect();
    if all.is_empty() || !all.iter().all(u8::is_ascii_digit) || 400 < all.len() || 30 < power.abs() {
        return None;
    }
    let mut point = i64::try_from(whole.len()).ok()? + power;
    let leading = all.iter().take_while(|it| **it == b'0').count();
    point -= i64::try_from(leading).ok()?;
    let mut kept: Vec<u8> = all[leading..].iter().copied().take(DIGITS).collect();
    if all.get(leading + DIGITS).is_some_and(|it| b'5' <= *it) {
        let mut at = kept.len();
        loop {
            if at == 0 {
                kept.insert(0, b'1');
                point += 1;
                break;
            }
            at -= 1;
            if kept[at] < b'9' {
                kept[at] += 1;
                break;
            }
            kept[at] = b'0';
        }
    }
    while kept.last() == Some(&b'0') {
        kept.pop();
    }
    if kept.is_empty() {
        return Some("0".to_owned());
    }
    let mut out = String::from(sign);
    if point <= 0 {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
    }
    for (at, digit) in (0..).zip(&kept) {
        if at == point && 0 < point {
            out.push('.');
        }
        out.push(char::from(*digit));
    }
    (i64::try_from(kept.len()).ok()?..point).for_each(|_| out.push('0'));
    Some(out)
}

/// The day, since 1970, of a number that is formatted as one; a time of day is left out.
pub fn day(number: &str, since_1904: bool) -> Option<u32> {
    let whole: i64 = number.split('.').next()?.parse().ok()?;
    let day = whole - DAY_ZERO + if since_1904 { SINCE_1904 } else { 0 };
    u32::try_from(day).ok().filter(|it| *it <= days::LAST)
}

/// Is a number with this format a day? The formats that have only a number are the same in all programs; those of East
/// Asian editions are among them. `General` is a word, and the `e` of `0.00e+00` an exponent, not a year.
pub fn is_day(format: u32, code: Option<&str>) -> bool {
    let Some(code) = code else { return matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) };
    if code.trim().eq_ignore_ascii_case("general") {
        return false;
    }
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match letter {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'e' if matches!(letters.peek(), Some('+' | '-')) => {}
            'y' | 'Y' | 'd' | 'D' | 'e' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_typed() {
        for (written, meant) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("5.7999999999999998", "5.8"),
            ("0.29999999999999999", "0.3"),
            ("0.10000000000000001", "0.1"),
            ("99999999999999999", "100000000000000000"),
            ("1E-3", "0.001"),
            ("1.5e+3", "1500"),
            ("12.50", "12.5"),
            ("-3.20", "-3.2"),
            ("29.67", "29.67"),
            (" 12 ", "12"),
        ] {
            assert_eq!(number(written).as_deref(), Some(meant), "{written}");
        }
        for none in ["", ".", "1e999999", "1,5", "abc", "1e", "--1", "+1", "1.2.3", "Infinity"] {
            assert_eq!(number(none), None, "{none}");
        }
    }

    #[test]
    fn days_are_known_by_their_format() {
        for code in ["yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy-mm-dd", "d/m/yy;@", "\"于\"e\"年\""]
        {
            assert!(is_day(164, Some(code)), "{code}");
        }
        for code in [
            "General",
            "GENERAL",
            "G/通用格式",
            "0.00",
            "0.00E+00",
            "##0.0e+0",
            "#,##0\"day\"",
            "[Red]0",
            "0\\d",
            "h:mm",
            "@",
        ] {
            assert!(!is_day(164, Some(code)), "{code}");
        }
        assert!(is_day(14, None) && is_day(31, None) && !is_day(0, None) && !is_day(49, None));
        assert_eq!((day("46354", false), day("44892.75", true)), (days::read("2026-11-28"), days::read("2026-11-28")));
        assert_eq!(day("3", false), None);
    }
}
