//! What a number counts, and from which two counts a rate follows, in words of the row.

use crate::import::proposal::Counts;
use crate::import::threshold::{Threshold, is_rate, threshold};
use crate::letters::wide_bracket;

use super::RowWords;

/// Whether people of this name are counted: by the words before the number, and where those name nobody by the content.
pub(super) fn who(words: &RowWords<'_>, asked: &Threshold, names: &[&str]) -> bool {
    let has = |it: &str| names.iter().any(|name| it.contains(name));
    let named = asked.subject.rsplit([',', '、']).next().unwrap_or_default();
    let named = named.trim_end_matches(['为', '有', '达', '数', '总', '应', '须', '的', '人', '量']);
    let is_other = ["员", "师", "长", "家", "干部", "生", "工", "人才"].iter().any(|it| named.ends_with(it));
    let is_plain = ["人员", "专职人员", "兼职人员", "专兼职人员"].contains(&named);
    has(named)
        || (!is_other || is_plain)
            && words.content.split(['、', '及', '和', '与']).count() == 1
            && names_people(&words.content, names)
}

/// 考评人员数量, but not 考评场地管理.
fn names_people(content: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        let behind = content.split(name).nth(1);
        behind.is_some_and(|behind| {
            *name == "专家" && !behind.starts_with('库') || behind.starts_with(['人', '员', '师', '队', '数'])
        })
    })
}

/// What is counted, in words of the row.
pub(super) fn subject(words: &mut RowWords<'_>, asked: &Threshold) -> String {
    let verbs = ["应达到", "应", "应当", "须", "达到", "为", "有", "的", "配备", "其中", "共有", "具有", "满足", "在"];
    let mut named = asked.subject.rsplit(',').next().unwrap_or_default().trim_matches([':', '(', ')']);
    // 在校生 and 有证教师 are names of their own
    let begins = ["在校", "在册", "在岗", "在职", "在读", "在编", "在籍", "有证", "有效", "为主"];
    while let Some(shorter) = verbs.iter().find_map(|verb| {
        let front = || named.strip_prefix(verb).filter(|_| !begins.iter().any(|it| named.starts_with(it)));
        named.strip_suffix(verb).or_else(front)
    }) {
        named = shorter;
    }
    if named.starts_with('每') {
        words.doubt("每一个都要达到，一个数说不全，请核对");
    }
    let is_short = |it: &str| (2..=16).contains(&it.chars().count());
    let printed =
        |it: &str| [&words.row.content, &words.row.standard, &words.row.group].iter().any(|text| text.contains(it));
    if is_short(named) && printed(named) {
        return named.to_owned();
    }
    let content = words.row.content.clone();
    if let Some(of_content) = threshold(&words.content).map(|it| it.subject) {
        let mut named = of_content.as_str();
        while let Some(shorter) = verbs.iter().find_map(|it| named.strip_suffix(it)) {
            named = shorter;
        }
        if is_short(named) && content.contains(named) {
            return named.to_owned();
        }
    }
    if is_short(&content) {
        return content;
    }
    words.doubt("数的是什么，请写短一些");
    if content.is_empty() { words.row.group.clone() } else { content }
}

/// For a rate the two counts it follows from.
pub(super) fn counts(words: &mut RowWords<'_>, asked: &Threshold, of: &str) -> (Option<String>, Counts) {
    if !asked.is_rate() {
        return (None, Counts::Itself);
    }
    if of.ends_with("完好率") || words.row.content.ends_with("完好率") {
        let counts = Counts::Percent("完好设备".to_owned(), "全部设备".to_owned());
        return (Some("台".to_owned()), counts);
    }
    let all = [words.content.clone(), asked.subject.clone()];
    words.doubt("这个比率由哪两个数得出、数的单位，请核对");
    for text in all.iter().rev().chain([&words.all.clone()]) {
        if let Some((part, whole)) = text.split_once('占') {
            let part = part.rsplit([',', '。', ';']).next().unwrap_or_default();
            let whole = whole.split(['的', ',', '。', '比', '例']).next().unwrap_or_default();
            let whole = whole.trim_end_matches(|it: char| it.is_ascii_digit() || it == '%');
            if !part.is_empty() && !whole.is_empty() {
                return (Some("人".to_owned()), Counts::Percent(part.to_owned(), whole.to_owned()));
            }
        }
    }
    let known =
        [("合格率", "合格人数", "参加人数"), ("就业率", "就业人数", "毕业人数"), ("取证率", "取证人数", "参加人数")];
    let found = known.iter().find(|it| words.all.contains(it.0)).unwrap_or(&("", "其中符合的", "全部"));
    (Some("人".to_owned()), Counts::Percent(found.1.to_owned(), found.2.to_owned()))
}

/// A unit with the brackets that are printed.
pub(super) fn as_printed(words: &RowWords<'_>, unit: &str) -> String {
    if [&words.row.standard, &words.row.content].iter().any(|it| it.contains(unit)) {
        return unit.to_owned();
    }
    unit.chars().map(wide_bracket).collect()
}

pub(super) fn same_unit(a: &str, b: &str) -> bool {
    let plain = |it: &str| it.replace('（', "(").replace('）', ")").replace("平米", "平方米").replace('名', "人");
    plain(a) == plain(b) || is_rate(a) && is_rate(b)
}
