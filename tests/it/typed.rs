//! What people type into a field, and what stands in it afterwards.

use ziping::rubric::Measure::{self, Choice, Decimal, Points, Whole, YesNo};
use ziping::score::Misread::{Negative, NoNumber, NotWhole, TooFine, TooLarge};
use ziping::score::{Misread, typed, written};

/// A measure, a text, and its value: points in tenths, decimals in billionths.
type Typed = (Measure, &'static str, Result<Option<i64>, Misread>);

const TYPED: [Typed; 44] = [
    (Whole, "12", Ok(Some(12))),
    (Whole, "0", Ok(Some(0))),
    (Whole, "007", Ok(Some(7))),
    // full-width, with blanks, with a soft hyphen from a web page
    (Whole, "１２", Ok(Some(12))),
    (Whole, " 1 2\t", Ok(Some(12))),
    (Whole, "1\u{ad}2", Ok(Some(12))),
    (Whole, "", Ok(None)),
    (Whole, " \u{3000}", Ok(None)),
    (Whole, "3.0", Ok(Some(3))),
    (Whole, "3.", Ok(Some(3))),
    (Whole, "3.5", Err(NotWhole)),
    (Whole, "0.05", Err(NotWhole)),
    (YesNo, "1", Ok(Some(1))),
    (YesNo, "0.5", Err(NotWhole)),
    (Choice(&[]), "2", Ok(Some(2))),
    (Choice(&[]), "2.5", Err(NotWhole)),
    // the largest number that anybody can mean
    (Whole, "999999", Ok(Some(999_999))),
    (Whole, "1000000", Err(TooLarge)),
    (Whole, "99999999999999999999999", Err(TooLarge)),
    (Points, "999999.9", Ok(Some(9_999_999))),
    (Points, "3", Ok(Some(30))),
    (Points, "3.5", Ok(Some(35))),
    (Points, "3.50", Ok(Some(35))),
    (Points, ".5", Ok(Some(5))),
    (Points, "3.55", Err(TooFine)),
    (Points, "3.05", Err(TooFine)),
    // a Chinese full stop, a full-width one, a dot in the middle
    (Points, "3。5", Ok(Some(35))),
    (Points, "3．5", Ok(Some(35))),
    (Points, "3·5", Ok(Some(35))),
    (Decimal, "29.67", Ok(Some(29_670_000_000))),
    (Decimal, "0.000000001", Ok(Some(1))),
    // cut and never rounded
    (Decimal, "0.1234567899", Ok(Some(123_456_789))),
    (Whole, "-3", Err(Negative)),
    (Whole, "－3", Err(Negative)),
    (Whole, "−3", Err(Negative)),
    (Whole, "—3.5", Err(Negative)),
    (Whole, "-99999999", Err(Negative)),
    (Whole, "-", Err(NoNumber)),
    (Whole, "--3", Err(NoNumber)),
    (Whole, "-三", Err(NoNumber)),
    (Whole, ".", Err(NoNumber)),
    (Whole, "1.2.3", Err(NoNumber)),
    (Points, "1.5分", Err(NoNumber)),
    (Whole, "1e5", Err(NoNumber)),
];

/// A measure, a value, and how it is written into a field.
const WRITTEN: [(Measure, i64, &str); 9] = [
    (Whole, 12, "12"),
    (YesNo, 1, "1"),
    (Choice(&[]), 2, "2"),
    (Points, 30, "3"),
    (Points, 35, "3.5"),
    (Points, 0, "0"),
    (Decimal, 29_670_000_000, "29.67"),
    (Decimal, 3_000_000_000, "3"),
    (Decimal, 1, "0.000000001"),
];

#[test]
fn what_is_typed_is_read_or_refused_for_its_reason() {
    for (measure, text, value) in TYPED {
        assert_eq!(typed(measure, text), value, "{text:?} as {measure:?}");
    }
}

#[test]
fn what_is_written_into_a_field_is_read_from_it_again() {
    for (measure, value, text) in WRITTEN {
        assert_eq!(written(measure, value), text, "{value} as {measure:?}");
        assert_eq!(typed(measure, text), Ok(Some(value)), "{text:?} as {measure:?}");
    }
}

#[test]
fn each_reason_has_words_of_its_own() {
    let reasons = [
        (NoNumber, "请填数字"),
        (NotWhole, "请填整数"),
        (Negative, "不能是负数"),
        (TooFine, "最多填一位小数"),
        (TooLarge, "数字太大"),
    ];
    for (reason, words) in reasons {
        assert_eq!(reason.to_string(), words);
    }
}
