//! A text with its letters made even for patterns, of which every part can be given back as it is printed.

use std::ops::Range;

use crate::letters::{is_blank, is_stroke, narrow};

use super::printed::ends_with_points;

/// Half width, without blanks; strokes between ends of a range are `-`, and where a new paragraph begins without a stop
/// there is a `;`.
pub struct EvenText<'t> {
    pub printed: &'t str,
    pub text: String,
    /// For each byte of `text`, where its letter stands in `printed`.
    at: Vec<Range<usize>>,
}

impl<'t> EvenText<'t> {
    pub fn new(printed: &'t str) -> EvenText<'t> {
        let mut even = EvenText { printed, text: String::new(), at: Vec::new() };
        let letters: Vec<(usize, char)> = printed.char_indices().collect();
        for (n, (start, printed_letter)) in letters.iter().enumerate() {
            let place = *start..start + printed_letter.len_utf8();
            let next = letters[n + 1..].iter().map(|it| it.1).find(|it| !is_blank(*it));
            let digit_next = next.is_some_and(|it| narrow(it).is_ascii_digit());
            let digit_before = even.text.ends_with(|it: char| it.is_ascii_digit());
            let letter = match *printed_letter {
                it if is_blank(it) => {
                    // a line of its own each: 有制度 2 分 无制度 0 分
                    let ends = ends_with_points(&even.text);
                    if ends && next.is_some_and(|it| it.is_alphanumeric() && !"以及之的者".contains(it)) {
                        even.push(';', place);
                    }
                    continue;
                }
                // 1,000 and １，０００, but not a comma of full width between two figures
                '，' if digit_before && thousands(&letters[n + 1..]) => continue,
                ',' if digit_before && narrow_thousands(&letters[n + 1..]) => continue,
                // 0,5 as a scan has it
                ',' if even.ends_with_nought() && are_tenths(&letters[n + 1..]) => '.',
                it if is_stroke(it) => '-',
                '．' if digit_before && digit_next => '.',
                '∶' => ':',
                '㎡' => {
                    even.push_all("平方米", &place);
                    continue;
                }
                '≧' | '⩾' => '≥',
                it => narrow(it),
            };
            even.push(letter, place);
        }
        even
    }

    fn push(&mut self, letter: char, place: Range<usize>) {
        self.text.push(letter);
        self.at.resize(self.text.len(), place);
    }

    fn push_all(&mut self, letters: &str, place: &Range<usize>) {
        letters.chars().for_each(|it| self.push(it, place.clone()));
    }

    /// A nought that is no part of a longer number.
    fn ends_with_nought(&self) -> bool {
        let before = self.text.strip_suffix('0');
        before.is_some_and(|before| !before.ends_with(|it: char| it.is_ascii_digit() || it == '.'))
    }

    /// A part as it is printed, without the marks around it.
    pub fn part(&self, range: Range<usize>) -> &'t str {
        if range.is_empty() {
            return "";
        }
        let whole = &self.printed[self.at[range.start].start..self.at[range.end - 1].end];
        let whole = whole.trim_matches(|it: char| is_blank(it) || "，,。；;：:、！!.".contains(it));
        // a bracket that is opened outside
        let (opened, closed) = (whole.matches(['（', '(']).count(), whole.matches(['）', ')']).count());
        match opened.cmp(&closed) {
            std::cmp::Ordering::Equal => whole,
            std::cmp::Ordering::Greater => whole.trim_end_matches(['（', '(']),
            std::cmp::Ordering::Less => whole.trim_start_matches(['）', ')', '。']),
        }
    }
}

/// A digit or two, and 分.
fn are_tenths(behind: &[(usize, char)]) -> bool {
    let n = behind.iter().take_while(|it| it.1.is_ascii_digit()).count();
    (1..=2).contains(&n) && behind[n..].iter().map(|it| it.1).find(|it| !is_blank(*it)) == Some('分')
}

/// Three digits, and not more.
fn narrow_thousands(behind: &[(usize, char)]) -> bool {
    behind.iter().take_while(|it| it.1.is_ascii_digit()).count() == 3
}

/// Three digits of full width, and not more.
fn thousands(behind: &[(usize, char)]) -> bool {
    let digit = |it: &&(usize, char)| !it.1.is_ascii() && narrow(it.1).is_ascii_digit();
    behind.iter().take_while(digit).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_even_is_given_back_as_printed() {
        let even = EvenText::new("面积 １，０００㎡～2,000 平方米，扣 ２ 分 其他 0分。");
        assert_eq!(even.text, "面积1000平方米-2000平方米,扣2分;其他0分。");
        let at = even.text.find('扣').unwrap_or_default();
        assert_eq!(even.part(at..at + "扣2分".len()), "扣 ２ 分");
        assert_eq!(even.part(0..at), "面积 １，０００㎡～2,000 平方米");
    }
}
