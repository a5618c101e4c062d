//! What goes wrong in Chinese texts that many people edit: characters that nobody sees, brackets of two kinds,
//! asterisks that stay asterisks.

use std::collections::BTreeSet;

use crate::letters::{BYTE_ORDER_MARK, is_bracket, is_cjk, is_han, is_unseen};
use crate::notice::Inline;

/// Characters that nobody sees or that only one machine shows, and brackets of another kind.
pub fn characters(text: &str, say: &mut impl FnMut(usize, &str)) {
    letters(text, say);
    (1..).zip(text.lines()).for_each(|(n, line)| brackets(line, &mut |message| say(n, message)));
}

/// Characters that nobody sees, or that only one machine shows.
pub fn letters(text: &str, say: &mut impl FnMut(usize, &str)) {
    for (n, line) in (1..).zip(text.lines()) {
        let mut told = BTreeSet::new();
        for (at, letter) in line.char_indices() {
            let what = match letter {
                BYTE_ORDER_MARK if n == 1 && at == 0 => continue,
                '\u{2028}' | '\u{2029}' => "看不见的零宽或控制字符",
                _ if is_unseen(letter) => "看不见的零宽或控制字符",
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "看不见的控制字符",
                '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => "私用区字符（换一台电脑就变成方框）",
                '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => "兼容汉字（看着一样，搜索时找不到）",
                '\u{2e80}'..='\u{2fdf}' => "部首字符（看着像汉字，搜索时找不到）",
                '\u{fffd}' => "乱码字符",
                _ => continue,
            };
            if told.insert(letter) {
                say(n, &format!("有{what} U+{:04X}，请删去或重新输入", u32::from(letter)));
            }
        }
    }
}

/// 文号 with other brackets than 〔〕, or with two kinds.
fn brackets(line: &str, say: &mut impl FnMut(&str)) {
    let chars: Vec<char> = line.chars().collect();
    for at in 1..chars.len().saturating_sub(6) {
        let [before, open, y1, y2, y3, y4, close, digit] = chars[at - 1..=at + 6] else { continue };
        let year = [y1, y2, y3, y4].iter().all(char::is_ascii_digit) && matches!(y1, '1' | '2');
        let number = year
            && is_han(before)
            && is_bracket(open)
            && is_bracket(close)
            && (digit.is_ascii_digit() || digit == '第');
        if number && (open, close) != ('〔', '〕') {
            let shown: String = chars[at..=at + 5].iter().collect();
            say(&format!("文号的年份 `{shown}` 应用六角括号，写作 `〔{y1}{y2}{y3}{y4}〕`"));
        }
    }
}

/// 某职鉴〔2021〕1号 and nothing else.
pub fn is_number(text: &str) -> bool {
    let parts = || {
        let (issuer, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        Some((issuer, year, rest.strip_suffix('号')?))
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    parts().is_some_and(|(issuer, year, number)| {
        !issuer.is_empty() && issuer.chars().all(is_han) && year.len() == 4 && digits(year) && digits(number)
    })
}

/// 2021年第3号, 第3号, 令第48号: how 公告 and 令 are numbered. Others may have the same number.
pub fn is_serial(text: &str) -> bool {
    let Some((before, number)) = text.strip_suffix('号').and_then(|it| it.split_once('第')) else { return false };
    let year = before.strip_suffix('年').map_or("", |it| it.trim_start_matches(is_han));
    let digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    let year = if before.ends_with('年') { year.len() == 4 && digits(year) } else { before.chars().all(is_han) };
    year && !number.is_empty() && (digits(number) || number.chars().all(crate::letters::is_numeral))
}

/// What is wrong with the words of one block.
pub fn words(words: &[Inline], say: &mut dyn FnMut(String)) {
    let mut text = Vec::new();
    let mut notes = Vec::new();
    gather(words, &mut text, &mut notes);
    let beside = |at: usize| {
        [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|it| text.get(it).copied().is_some_and(is_cjk))
    };
    if (0..text.len()).any(|at| text[at] == '*' && (beside(at) || text.get(at + 1) == Some(&'*'))) {
        say("星号没有变成加粗，照原样印了出来：两个星号要紧挨着汉字，标点请移到星号外面".to_owned());
    }
    if let Some(at) = text.windows(2).position(|it| it == ['[', '^']) {
        let label: String = text[at + 2..].iter().take_while(|it| **it != ']').collect();
        say(unwritten(&label));
    }
    let written: String = text.iter().collect();
    let open =
        ["](", "]（/", "]（http", "]（#", "】（/", "】(", "】（http", "】（#"].iter().any(|it| written.contains(it));
    if open {
        say("链接没有写完整，照原样印了出来：应写作 [文字](地址)，方括号和圆括号都是半角的，地址里没有空格".to_owned());
    }
    let marks = half_width(&text, &notes);
    if !marks.is_empty() {
        say(format!(
            "汉字旁有半角标点 {}，请改为全角；原文确是半角的，在后面加编者注 `[^标记]` 说明“原文如此”",
            marks.join("、")
        ));
    }
}

/// What a line of a paragraph was meant to be and is not; it would be published as it stands.
pub fn unread_line(line: &str) -> Option<&'static str> {
    let line = line.trim();
    let after = line.trim_start_matches(['#', '＃']);
    let marks = &line[..line.len() - after.len()];
    let heading = marks.contains('＃') || 1 < marks.len() || !marks.is_empty() && after.starts_with(is_han);
    if heading {
        return Some("像是标题，却没有读成标题：开头要用半角的 ##，后面空一格，前面隔一个空行，如 `## 一、备案`");
    }
    line.contains('\t')
        .then_some("这一行里有制表符，像是从表格里粘贴来的：请写成 `| 甲 | 乙 |`，表头下面加一行 `| --- | --- |`")
}

/// A note that the text refers to and nobody wrote.
pub fn unwritten(label: &str) -> String {
    format!("引用的编者注 `[^{label}]` 在文末没有写，请补上或删去")
}

/// The characters of the words, and where among them the notes stand.
fn gather(words: &[Inline], text: &mut Vec<char>, notes: &mut Vec<usize>) {
    for inline in words {
        match inline {
            Inline::Text(more) => text.extend(more.chars()),
            Inline::Strong(words) | Inline::Link(_, words) => gather(words, text, notes),
            Inline::Note(_) => notes.push(text.len()),
            Inline::Break => text.push('\n'),
        }
    }
}

/// A note excuses half-width marks in so many characters before it.
const EXCUSED: usize = 16;

/// The half-width marks beside Chinese characters, outside “…” and 《…》. Numbers keep theirs: 1. 2.5 3-4
/// 0000-12345678.
fn half_width(text: &[char], notes: &[usize]) -> Vec<String> {
    let mut found = Vec::new();
    let mut quoted = 0_i32;
    for (at, letter) in text.iter().enumerate() {
        match letter {
            '“' | '《' | '‘' => quoted += 1,
            '”' | '》' | '’' => quoted -= 1,
            _ => {}
        }
        let beside = |step: isize| {
            let mut at = at.checked_add_signed(step)?;
            while text.get(at) == Some(&' ') {
                at = at.checked_add_signed(step)?;
            }
            text.get(at).copied()
        };
        let (before, after) = (beside(-1).is_some_and(is_cjk), beside(1).is_some_and(is_cjk));
        let mark = match letter {
            ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '\'' if before || after => letter.to_string(),
            '.' if before => letter.to_string(),
            '-' if text.get(at + 1) == Some(&'-') => "--".to_owned(),
            '-' if before && after => letter.to_string(),
            _ => continue,
        };
        let excused = notes.iter().any(|note| (at + 1..=at + EXCUSED).contains(note));
        let mark = format!("`{mark}`");
        if quoted <= 0 && !excused && !found.contains(&mark) {
            found.push(mark);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str, notes: &[usize]) -> Vec<String> {
        half_width(&text.chars().collect::<Vec<_>>(), notes)
    }

    #[test]
    fn half_width_marks_are_wrong_beside_chinese_only() {
        for right in [
            "1. 备案",
            "近 3-4 人",
            "2.5 倍",
            "0000-12345678",
            "6-18-01-01 车工",
            "（网址：www.osta.org.cn）",
            "“半角,照引”",
            "姓名：____",
        ] {
            assert_eq!(marks(right, &[]), Vec::<String>::new(), "{right}");
        }
        for (wrong, mark) in
            [("你好,世界", "`,`"), ("(此件", "`(`"), ("为 5--3 级", "`--`"), ("结束.", "`.`"), ("机构 : S", "`:`")]
        {
            assert_eq!(marks(wrong, &[]), [mark], "{wrong}");
        }
        assert_eq!(marks("为 5--3 级", &[8]), Vec::<String>::new());
        assert_eq!(marks("你好,世界;再见", &[]), ["`,`", "`;`"]);
    }

    #[test]
    fn numbers_of_documents() {
        assert!(is_number("某社厅发〔2020〕49号"));
        for wrong in
            ["某社厅发[2020]49号", "某社厅发〔2020〕第49号", "〔2020〕49号", "某社厅发〔2020〕49", "某社厅发〔20〕49号"]
        {
            assert!(!is_number(wrong), "{wrong}");
        }
        for right in ["2021年第3号", "第3号", "令第48号", "公告2022年第12号", "第四十八号"] {
            assert!(is_serial(right), "{right}");
        }
        for wrong in ["3号", "第号", "21年第3号", "某鉴〔2020〕第1号", "公告 第3号"] {
            assert!(!is_serial(wrong), "{wrong}");
        }
    }
}
