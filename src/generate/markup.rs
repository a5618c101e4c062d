//! Rendered markup made ready for a file. What must stay on one line is put into spans: 文号, 第×条, telephone numbers
//! and codes, amounts with their units. Browsers would break lines before 〔 and after a hyphen. This is done here, in
//! one place for all pages.

use crate::letters::{is_han, is_numeral};

/// How many characters a 文号 has before its year at most: 某人社办函.
const ISSUER: usize = 5;
/// Characters that stand before a 文号 in a sentence and are no part of it.
const BEFORE_ISSUER: &str = "的据见按由和与及照依对在";
const OF_DOCUMENTS: &str = "条款章项批届次";
const UNITS: &str = "分人年级项处名个次%％元日月位天周岁倍号条款页份字行万亿张届批";

/// A rendered view as it goes into a file: without the marks that the app would need to take over the page in the
/// browser and, for pages to read, with the spans. The text in it is escaped already.
pub fn finished(html: &str, kept_together: bool) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut text = String::new();
    let mut rest = html;
    // inside an element that holds plain text only, or is not shown
    let mut plain = false;
    while let Some(tag) = rest.find('<') {
        text.push_str(&rest[..tag]);
        let markup = &rest[tag..];
        let end = if markup.starts_with("<!--") {
            markup.find("-->").map_or(markup.len(), |it| it + 3)
        } else {
            markup.find('>').map_or(markup.len(), |it| it + 1)
        };
        rest = &markup[end..];
        if markup.starts_with("<!") || markup.starts_with("</input") || markup.starts_with("</col>") {
            continue;
        }
        if kept_together && !plain {
            spans(&text, &mut out)
        } else {
            out.push_str(&text)
        }
        text.clear();
        out.push_str(&markup[..end]);
        let name = markup[1..end].split([' ', '>']).next().unwrap_or_default();
        plain = matches!(name, "textarea" | "option" | "text" | "script");
    }
    text.push_str(rest);
    if kept_together {
        spans(&text, &mut out)
    } else {
        out.push_str(&text)
    }
    out
}

fn spans(text: &str, out: &mut String) {
    if !text.contains(|it: char| it.is_ascii_digit() || it == '第') {
        return out.push_str(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let mut free = 0;
    while at < chars.len() {
        let Some((from, to)) = kept(&chars, at).filter(|it| free <= it.0) else {
            at += 1;
            continue;
        };
        out.extend(&chars[free..from]);
        out.push_str("<span class=\"nw\">");
        out.extend(&chars[from..to]);
        out.push_str("</span>");
        (at, free) = (to, to);
    }
    out.extend(&chars[free..]);
}

/// Where something to keep together begins and ends, if it is found at this character.
fn kept(chars: &[char], at: usize) -> Option<(usize, usize)> {
    match chars[at] {
        '〔' => {
            let year = digits(chars, at + 1).filter(|it| it - at == 5)?;
            let number = digits(chars, (chars.get(year) == Some(&'〕')).then_some(year + 1)?)?;
            let of_issuer = |it: &&char| is_han(**it) && !BEFORE_ISSUER.contains(**it);
            let n_before = chars[..at].iter().rev().take(ISSUER).take_while(of_issuer).count();
            Some((at - n_before, number + usize::from(chars.get(number) == Some(&'号'))))
        }
        '第' => {
            let n = chars[at + 1..]
                .iter()
                .take_while(|it| is_numeral(**it) || "百千零〇".contains(**it) || it.is_ascii_digit())
                .count();
            let end = at + 1 + n;
            (0 < n && chars.get(end).is_some_and(|it| OF_DOCUMENTS.contains(*it))).then_some((at, end + 1))
        }
        digit if digit.is_ascii_digit() && !chars[..at].last().is_some_and(char::is_ascii_alphanumeric) => {
            let mut end = number(chars, at)?;
            let mut kept = chars[at..end].contains(&'-');
            loop {
                let spaces = chars[end..].iter().take_while(|it| **it == ' ').count();
                let Some(_) = chars.get(end + spaces).filter(|it| UNITS.contains(**it)) else { break };
                kept = true;
                end += spaces + 1;
                // 2021年12月29日
                match number(chars, end) {
                    Some(next) => end = next,
                    None => break,
                }
            }
            kept.then_some((at, end))
        }
        _ => None,
    }
}

fn digits(chars: &[char], from: usize) -> Option<usize> {
    let n = chars.get(from..)?.iter().take_while(|it| it.is_ascii_digit()).count();
    (0 < n).then_some(from + n)
}

/// The end of digits with points and hyphens between them.
fn number(chars: &[char], from: usize) -> Option<usize> {
    let mut end = digits(chars, from)?;
    while chars.get(end).is_some_and(|it| matches!(it, '.' | '-')) {
        match digits(chars, end + 1) {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_what_they_number() {
        let kept = |html: &str| finished(html, true).replace("<span class=\"nw\">", "‹").replace("</span>", "›");
        assert_eq!(
            kept("<p>（某人社办〔2020〕19号）、根据某市人社〔2021〕135号</p>"),
            "<p>（‹某人社办〔2020〕19号›）、根据‹某市人社〔2021〕135号›</p>"
        );
        assert_eq!(kept("合计 85 分及以上"), "合计 ‹85 分›及以上");
        assert_eq!(kept("2021年12月29日印发"), "‹2021年12月29日›印发");
        assert_eq!(kept("某甲 0000-12345678"), "某甲 ‹0000-12345678›");
        assert_eq!(kept("按第十二条、第3款"), "按‹第十二条›、‹第3款›");
        assert_eq!(kept("第一 A12分 2018 附件1-6"), "第一 A12分 2018 附件‹1-6›");
        assert_eq!(kept("<option>85 分</option><b>3人</b>"), "<option>85 分</option><b>‹3人›</b>");
        assert_eq!(kept("<p>没有数字</p>"), "<p>没有数字</p>");
        assert_eq!(kept("<p>85<!> 分<!--<() />--></p><input></input>"), "<p>‹85 分›</p><input>");
        assert_eq!(kept("<colgroup><col></col></colgroup>"), "<colgroup><col></colgroup>");
    }
}
