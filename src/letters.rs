//! 字符: which characters people write in place of others, and which are invisible. Every list is here once; code that
//! needs another set starts from one of these and says there what it adds or leaves out, and why.

mod amount;
mod line_ends;
mod look_alike;
mod numerals;
mod separated;
mod xml;

pub use amount::{PASTED, PILE, too_long, too_wide};
pub use line_ends::{even_ends, line_starts, measured_lines, n_whole, split_lines};
pub use look_alike::plain;
pub use numerals::{Numeral, is_numeral, numeral};
pub use separated::separated;
pub use xml::in_xml;

/// Programs put it at the beginning of a file to say how the file is encoded.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Turns full-width letters, digits and marks (！ to ～), as Chinese keyboards write them, into half-width ones.
pub fn narrow(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}

/// The same for digits only, for texts that are shown as they were typed: full-width brackets and letters of a name
/// stay.
pub fn narrow_digit(character: char) -> char {
    match character {
        '０'..='９' => narrow(character),
        other => other,
    }
}

/// Turns half-width round brackets into full-width ones, as the documents print them in the names of occupations.
pub fn wide_bracket(character: char) -> char {
    match character {
        '(' => '（',
        ')' => '）',
        other => other,
    }
}

/// Hyphens, dashes and minus signs, as keyboards and word processors make them.
pub fn is_dash(it: char) -> bool {
    matches!(it, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{fe58}' | '\u{fe63}' | '－')
}

/// What people write between two parts of a code or two ends of a range: dashes, and strokes that look like them.
pub fn is_stroke(it: char) -> bool {
    is_dash(it) || matches!(it, 'ー' | '~' | '～' | '〜')
}

/// What a text looks the same without: characters of no width, marks of the direction of writing, soft hyphens,
/// variants of a glyph, fillers of other scripts, tags. No text that is kept or compared has any.
pub fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | BYTE_ORDER_MARK
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A text as it is kept and compared: what is not seen is left out, and look-alikes are the letters they stand for.
/// Every text that comes in from a person, a file or another program goes through this.
pub fn plain_text(text: &str) -> String {
    text.chars().filter(|it| !is_unseen(*it)).map(plain).collect()
}

/// Nothing to read: spaces of every width, line ends, control characters, and invisible characters.
pub fn is_blank(it: char) -> bool {
    it.is_whitespace() || it.is_control() || is_unseen(it)
}

pub fn is_bracket(letter: char) -> bool {
    matches!(
        narrow(letter),
        '(' | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '〔'
            | '〕'
            | '【'
            | '】'
            | '﹝'
            | '﹞'
            | '〖'
            | '〗'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

pub fn is_quote(it: char) -> bool {
    matches!(narrow(it), '“' | '”' | '‘' | '’' | '"' | '\'')
}

/// 汉字.
pub fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// A character of Chinese text, or its punctuation: a line break beside it does not stand for a space.
pub fn is_cjk(character: char) -> bool {
    is_han(character)
        || matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '—' | '…' | '“' | '”' | '‘' | '’' | '·')
}

/// What people write between the items of a list: commas and semicolons.
pub fn is_list_mark(it: char) -> bool {
    matches!(narrow(it), ',' | ';' | '、' | '､')
}

/// What may stand at the end of a name without belonging to it; also the stroke that marks an empty cell.
pub fn is_stop(it: char) -> bool {
    is_stroke(it) || is_list_mark(it) || matches!(narrow(it), '。' | '｡' | '.' | ':' | '!' | '?' | '·' | '/')
}

/// A full stop or a middle dot that is used as a decimal point.
pub fn is_point(it: char) -> bool {
    matches!(narrow(it), '。' | '｡' | '.' | '·')
}

/// Spreadsheet programs take a text that begins with this for a formula; some read `＝` like `=`.
pub fn begins_formula(it: char) -> bool {
    matches!(narrow(it), '=' | '+' | '-' | '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_is_read_as_half_width() {
        assert_eq!("ＡＢ－１２（ｓ）．".chars().map(narrow).collect::<String>(), "AB-12(s).");
        assert_eq!("６（工）Ａ".chars().map(narrow_digit).collect::<String>(), "6（工）A".replace('A', "Ａ"));
        assert_eq!(narrow('中'), '中');
    }

    #[test]
    fn what_looks_the_same_counts_as_the_same() {
        assert!("-‐‑‒–—―−─﹘﹣－".chars().all(is_dash));
        assert!("ー~～〜－".chars().all(is_stroke));
        assert!("\u{ad}\u{61c}\u{200b}\u{200e}\u{202d}\u{2060}\u{2064}\u{2069}\u{feff}".chars().all(is_unseen));
        assert!(" \u{a0}\u{3000}\t\r\n\u{0}\u{85}\u{2028}\u{feff}".chars().all(is_blank));
        assert!("（）［］｛｝＜＞〔〕【】《》".chars().all(is_bracket) && "“”＂＇\"'".chars().all(is_quote));
        assert!("，、,；;".chars().all(|it| is_list_mark(it) && is_stop(it)));
        assert!("．。·.".chars().all(is_point) && "＝=＋－＠@".chars().all(begins_formula));
        assert!(!"车1A".chars().any(|it| is_dash(it) || is_blank(it) || is_bracket(it) || is_stop(it) || is_point(it)));
    }

    #[test]
    fn a_text_is_kept_as_it_is_seen() {
        for (typed, kept) in [
            ("\u{2ecb}\u{2f2f}", "车工"),
            ("⼀级、中级⼯、⾼级技师", "一级、中级工、高级技师"),
            ("某⼭市", "某山市"),
            ("\u{f98a}學\u{2f800}", "力學丽"),
            ("车\u{ad}\u{200b}工\u{fe0f}\u{3164}\u{e0041}", "车工"),
            ("车工（数控车床）A-1\n", "车工（数控车床）A-1\n"),
        ] {
            assert_eq!(plain_text(typed), kept);
        }
    }

    /// The list of Unicode: what is not to be shown where a program does not know it.
    #[test]
    fn nothing_that_is_not_shown_is_forgotten() {
        let ignorable = [0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xfeff, 0xffa0].into_iter();
        let ranges = [
            0x180b..=0x180f,
            0x200b..=0x200f,
            0x202a..=0x202e,
            0x2060..=0x206f,
            0xfe00..=0xfe0f,
            0xfff0..=0xfff8,
            0x1bca0..=0x1bca3,
            0x1d173..=0x1d17a,
            0xe0000..=0xe0fff,
        ];
        let all = ignorable.chain(ranges.into_iter().flatten());
        assert!(all.filter_map(char::from_u32).all(is_unseen));
        assert!(!" \u{3000}\u{2028}\u{a0}中A1-".chars().any(is_unseen));
    }
}
