//! What the notes of a table say about the total: 总分90分以上（含），申请单位具备备案条件.

use std::sync::LazyLock;

use regex::Regex;

use super::even::EvenText;
use super::figure::PrintedNumber;

/// From which total on which outcome holds, the highest first.
pub fn bands(note: &[String]) -> Vec<(PrintedNumber, String)> {
    let mut all: Vec<(PrintedNumber, String)> = note.iter().flat_map(|it| bands_of(it)).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    all.dedup_by_key(|it| it.0);
    all
}

fn bands_of(line: &str) -> Vec<(PrintedNumber, String)> {
    static SCORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?P<name>\p{Han}{1,8})?(?P<open>[(:])?(?P<less>低于|不足|不满|小于|<)?(?P<a>\d+(?:\.\d+)?)分?(?:\(含\))?(?:(?:-+|至|到|及)(?P<b>\d+(?:\.\d+)?))?分(?:\(含\)|\(不含\))?(?P<down>以下)?")
            .expect("the pattern is ours")
    });
    let even = EvenText::new(line);
    let mut all = Vec::new();
    let mut begun: Option<PrintedNumber> = None;
    let mut start = 0;
    let text = even.text.as_str();
    let ends: Vec<usize> = text
        .char_indices()
        .filter(|it| matches!(it.1, ',' | ';' | '。') || it.1 == '、' && goes_on(&text[it.0 + '、'.len_utf8()..]))
        .map(|it| it.0)
        .chain([text.len()])
        .collect();
    for end in ends {
        let (from, piece) = (start, &text[start..end]);
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
        let Some(found) = SCORE.captures(piece) else {
            // 申请单位具备备案条件, behind the numbers
            let outcome = outcome(even.part(from..end));
            if let Some(at_least) = begun.filter(|_| 2 <= outcome.chars().count()) {
                all.push((at_least, outcome));
                begun = None;
            }
            continue;
        };
        let number = |name| found.name(name).and_then(|it: regex::Match<'_>| PrintedNumber::read(it.as_str()));
        let Some(first) = number("a") else { continue };
        let low = number("b").map_or(first, |it| it.min(first));
        if found.name("less").is_some() || found.name("down").is_some() && number("b").is_none() {
            // 80分以上、90分以下的 goes on with the 80; 60分以下 alone has no band
            continue;
        }
        let behind = found.get(0).map_or(0, |it| it.end());
        let rest = piece[behind..].trim_start_matches(['及', '其', '以', '上', '者', '的', '之', '间', ')', '(', '含']);
        let named = found.name("name").filter(|it| found.name("open").is_some() && !it.as_str().ends_with('分'));
        match (rest.strip_prefix(['为', '是']), named) {
            (Some(words), _) if !words.is_empty() => {
                let at = end - words.len();
                all.push((low, outcome(even.part(at..end))));
            }
            (_, Some(name)) if rest.is_empty() => {
                all.push((low, outcome(even.part(from + name.start()..from + name.end()))));
            }
            _ if 4 <= rest.chars().count() => {
                all.push((low, outcome(even.part(end - rest.len()..end))));
            }
            _ => begun = Some(low),
        }
    }
    all
}

/// A number of points follows: 优秀（90分以上）、良好（80-89分）.
fn goes_on(text: &str) -> bool {
    let piece = text.split([',', ';', '。', '、']).next().unwrap_or_default();
    piece.contains('分') && piece.contains(|it: char| it.is_ascii_digit())
}

/// Without the one of whom it is said.
fn outcome(text: &str) -> String {
    let mut text = text.trim_start_matches(['的', '者', '，', '、']);
    for who in ["申请单位", "申报单位", "该单位", "评定为", "定为", "视为", "判定为"] {
        text = text.strip_prefix(who).unwrap_or(text);
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_say_from_which_total_on_what_holds() {
        let read = |lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|it| (*it).to_owned()).collect();
            bands(&lines).into_iter().map(|it| format!("{} {}", it.0, it.1)).collect::<Vec<_>>()
        };
        let usual = ["90 具备条件", "80 基本具备条件"];
        assert_eq!(
            read(&["注：总分90分以上（含），申请单位具备条件；总分80分以上（含），申请单位基本具备条件。"]),
            usual
        );
        assert_eq!(
            read(&[
                "说明：总分90分以上（含）的，申请单位具备条件；总分80分以上（含）、90分以下的，申请单位基本具备条件。"
            ]),
            usual
        );
        assert_eq!(
            read(&[
                "注：",
                "1. 总得分 90 分及以上者，申请单位具备条件；",
                "2. 总得分 80 分（含）及 90 分之间者，申请单位基本具备条件。"
            ]),
            usual
        );
        assert_eq!(
            read(&["90分以上为优秀，80—89分为良好，60-79分为合格，60分以下为不合格。"]),
            ["90 优秀", "80 良好", "60 合格"]
        );
        assert_eq!(read(&["优秀（90分以上）、良好（80-89分）、合格（60-79分）"]), ["90 优秀", "80 良好", "60 合格"]);
        assert_eq!(read(&["本表由评估组填写。"]), [""; 0]);
    }
}
