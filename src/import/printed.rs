//! The words of a cell as they are printed: without line ends that only the width of a column made, and without the blanks
//! that a scan leaves between Chinese letters.

use crate::letters::{is_blank, is_han, is_numeral, narrow, plain_text};

/// The text of a cell in one line. Paragraphs are parted by a blank.
pub fn printed(text: &str) -> String {
    let text = plain_text(text);
    let mut out = String::new();
    for line in text.split(['\n', '\r', '\u{2028}', '\u{b}']).map(one_line).filter(|it| !it.is_empty()) {
        let ends = out.ends_with(|it: char| "。;:!?.".contains(narrow(it))) || ends_with_points(&out);
        let both_latin = out.ends_with(|it: char| it.is_ascii_alphanumeric())
            && line.starts_with(|it: char| it.is_ascii_alphanumeric())
            && !(out.ends_with(|it: char| it.is_ascii_digit()) && line.starts_with(|it: char| it.is_ascii_digit()));
        if !out.is_empty() && (both_latin || ends && !line.starts_with(['，', '。', '；', ',', ';', '）', ')', '、']))
        {
            out.push(' ');
        }
        out.push_str(&line);
    }
    out
}

/// 得2分, 扣完为止: what follows on another line says something else; not so in 职业分 and 类大典.
pub fn ends_with_points(text: &str) -> bool {
    let number = |it: char| it.is_ascii_digit() || narrow(it).is_ascii_digit() || is_numeral(it);
    text.ends_with("为止") || text.strip_suffix('分').is_some_and(|it| it.trim_end().ends_with(number))
}

/// The lines of a cell, each as printed.
pub fn printed_lines(text: &str) -> Vec<String> {
    let text = plain_text(text);
    text.split(['\n', '\r', '\u{2028}', '\u{b}']).map(one_line).filter(|it| !it.is_empty()).collect()
}

/// Without blanks around and between Chinese letters; of several blanks one is left.
fn one_line(line: &str) -> String {
    let letters: Vec<char> = line.chars().map(|it| if is_blank(it) { ' ' } else { it }).collect();
    let mut out = String::with_capacity(line.len());
    for (n, letter) in letters.iter().enumerate() {
        if *letter != ' ' {
            out.push(*letter);
            continue;
        }
        let next = letters[n..].iter().find(|it| **it != ' ');
        let Some(next) = next.filter(|_| !out.is_empty() && !out.ends_with(' ')) else { continue };
        let between = out.ends_with(is_han) && is_han(*next);
        if !between {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_a_narrow_column_are_no_letters() {
        for (cell, text) in [
            ("方案结构完\n整、内容充实，\r\n具有可操作性。", "方案结构完整、内容充实，具有可操作性。"),
            ("实 施 方 案\u{3000}", "实施方案"),
            ("一名不合格，扣 2 分。", "一名不合格，扣 2 分。"),
            ("具备条件。\n此项为否决项。", "具备条件。 此项为否决项。"),
            ("有制度2分\n无制度0分", "有制度2分 无制度0分"),
            ("每项扣2\n分。", "每项扣2分。"),
            ("面积30\n00平方米", "面积3000平方米"),
            ("职业分\n类大典", "职业分类大典"),
            ("VIP\nroom", "VIP room"),
            ("扣2分\n，扣完为止", "扣2分，扣完为止"),
        ] {
            assert_eq!(printed(cell), text);
        }
        assert_eq!(printed_lines("对照方案\n听 取汇报\n\n"), ["对照方案", "听取汇报"]);
    }
}
