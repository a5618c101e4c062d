//! What stands in single cells: a name with its points, points, ways of assessing.

use std::sync::LazyLock;

use regex::Regex;

use super::figure::{NUMBER, PrintedNumber};
use super::printed::printed_lines;

/// A name and the points behind it: 实施方案（65分）, 基本框架 8分; 示范作用(0.3) has a weight.
pub fn name_and_points(text: &str) -> (String, Option<PrintedNumber>, Option<PrintedNumber>) {
    static POINTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            r"^(?P<name>.+?)\s*(?:[（(]\s*(?:满分|共计?|总分|分值)?[:：]?\s*(?P<a>{NUMBER})\s*分?\s*[）)]|(?:^|[\s：:，,])?(?P<b>\d+(?:\.\d+)?)\s*分)$"
        ))
        .expect("the pattern is ours")
    });
    static WEIGHT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<name>.+?)\s*[（(]?\s*(?:权重)?[:：]?\s*(?:(?P<part>0\.\d{1,2})|(?P<percent>\d{1,2})\s*[%％])\s*[）)]?$")
            .expect("the pattern is ours")
    });
    let narrow: String = text.chars().map(crate::letters::narrow_digit).collect();
    if let Some(found) = WEIGHT.captures(&narrow) {
        let weight = match (found.name("part"), found.name("percent")) {
            (Some(part), _) => PrintedNumber::read(part.as_str()),
            (None, percent) => percent.and_then(|it| it.as_str().parse().ok()).map(PrintedNumber),
        };
        return (found["name"].to_owned(), None, weight);
    }
    match POINTS.captures(&narrow) {
        Some(found) => {
            let points = found.name("a").or(found.name("b")).and_then(|it| PrintedNumber::read(it.as_str()));
            let name = found["name"].trim_end_matches(['（', '(', ' ', '：', ':']).to_owned();
            (name, points, None)
        }
        None => (text.to_owned(), None, None),
    }
}

/// The points of a cell, or why there are none.
pub fn points_of(text: &str) -> (Option<PrintedNumber>, Option<String>) {
    let bare: String = text.chars().filter(|it| !it.is_whitespace()).map(crate::letters::narrow).collect();
    let number = bare.trim_end_matches("分").trim_start_matches("满分").trim_matches(['(', ')', ':']);
    if bare.chars().all(|it| crate::letters::is_stroke(it) || it == '/' || it == '无') {
        return (None, None);
    }
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{NUMBER}$")).expect("the pattern is ours"));
    match WHOLE.is_match(number).then(|| PrintedNumber::read(number)).flatten() {
        Some(points) if points.is_in_tenths() => (Some(points), None),
        Some(points) => (None, Some(format!("分值 {points} 超过一位小数"))),
        None => (None, Some(format!("分值一格写着“{text}”，没有读成分数"))),
    }
}

/// 查看, 听取, 对照: with which letters a way of assessing begins.
const BEGINNINGS: [char; 16] =
    ['查', '看', '听', '对', '访', '现', '实', '座', '核', '抽', '问', '考', '检', '调', '测', '验'];

/// The ways of a cell: a line each, or parted by commas where each begins with what is done.
pub fn methods_of(raw: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in printed_lines(raw) {
        let parts: Vec<&str> =
            line.split(['、', '，', ',', '；', ';', ' ']).map(str::trim).filter(|it| !it.is_empty()).collect();
        let begins = |it: &&str| it.starts_with(BEGINNINGS);
        if 1 < parts.len() && parts.iter().all(begins) {
            all.extend(parts.into_iter().map(str::to_owned));
        } else {
            all.push(line);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_behind_a_name_are_no_part_of_it() {
        for (text, name, points, weight) in [
            ("实施方案（65分）", "实施方案", Some(PrintedNumber::whole(65)), None),
            ("基本框架 8分", "基本框架", Some(PrintedNumber::whole(8)), None),
            ("基本框架8分", "基本框架", Some(PrintedNumber::whole(8)), None),
            ("一、办学条件(满分 30 分)", "一、办学条件", Some(PrintedNumber::whole(30)), None),
            ("实训（2.5分）", "实训", Some(PrintedNumber(250)), None),
            ("示范作用(0.3)", "示范作用", None, Some(PrintedNumber(30))),
            ("管理（30%）", "管理", None, Some(PrintedNumber(30))),
            ("资质", "资质", None, None),
            ("评价方式（理论、技能）", "评价方式（理论、技能）", None, None),
        ] {
            assert_eq!(name_and_points(text), (name.to_owned(), points, weight), "{text}");
        }
    }

    #[test]
    fn a_cell_of_ways_is_a_list() {
        assert_eq!(methods_of("对照方案\n听取汇报"), ["对照方案", "听取汇报"]);
        assert_eq!(methods_of("对照方案、听取汇报"), ["对照方案", "听取汇报"]);
        assert_eq!(methods_of("查制度、文件"), ["查制度、文件"]);
    }
}
