//! Compares the pages with the document: the official words of each built page are exactly those of the scan, with
//! nothing of ours among them.

use std::collections::{BTreeMap, BTreeSet};

use ziping::notice::Notice;
use ziping::rubric::Rubric;

use crate::built::{built, page};
use crate::data::ANNEXES;
use crate::markup::Element;
use crate::{editions, none_of, read, site};

/// What we add: 编者注 and the marks that lead to them, readings and rows beside a clause, 引用.
const OURS: [&str; 3] = ["ed", "refs", "cite"];

/// Headings that the scan repeats after a page break, by the row where it does; `data.rs` has the whole line. The page
/// has each heading once.
const PRINTED_AGAIN: [(&str, &str); 7] = [
    ("1-14", "实施方案65分评价对象、范围、方式15分"),
    ("1-32", "质量管控制度6分"),
    ("3-12", "实施方案65分评价范围对象方式15分"),
    ("3-24", "实施方案65分"),
    ("3-39", "制度建设35分人员管理8分"),
    ("5-12", "实施方案65分"),
    ("5-27", "制度建设35分"),
];

#[test]
fn the_official_words_of_a_page_are_those_of_the_scan() {
    let lines = lines();
    let mut problems = Vec::new();
    for notice in &site().notices {
        if notice.source.is_empty() {
            problems.push(format!("{}: no lines of the scan are named", notice.slug));
        }
        let named = notice.source.iter().flat_map(|(first, last)| &lines[first - 1..*last]);
        let printed: String = named.map(String::as_str).collect();
        if let Some(difference) = difference(&printed, &official(notice)) {
            problems.push(format!("{}: {difference}", notice.slug));
        }
    }
    assert_eq!(site().notices.len(), 4);
    none_of(&problems);
}

#[test]
fn every_line_of_the_scan_belongs_to_one_document() {
    let mut owners: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let annexes = [("the annexes", (*ANNEXES.start(), *ANNEXES.end()))];
    let notices = site().notices.iter().flat_map(|it| it.source.iter().map(|range| (it.slug.as_str(), *range)));
    for (owner, (first, last)) in annexes.into_iter().chain(notices) {
        (first..=last).for_each(|line| owners.entry(line).or_default().push(owner));
    }
    let mut problems = Vec::new();
    for (n, line) in (1..).zip(lines()) {
        let of = owners.remove(&n).unwrap_or_default();
        if 1 < of.len() || of.is_empty() && !line.is_empty() {
            problems.push(format!("line {n} belongs to {of:?}: {line}"));
        }
    }
    problems.extend(owners.iter().map(|(n, of)| format!("{of:?} names line {n}, which is not there")));
    none_of(&problems);
}

#[test]
fn every_sentence_of_the_scan_is_published_as_often_as_printed() {
    let without_blanks = |text: String| text.replace(['_', '＿'], "");
    let printed = without_blanks(lines().concat());
    let mut published: String = site().notices.iter().map(official).collect();
    published.extend(editions()[0].rubrics.iter().map(official_rubric));
    let published = without_blanks(published);
    let mut problems = Vec::new();
    let mut told = BTreeSet::new();
    for (n, line) in (1..).zip(scan()) {
        let sentences = line.split(['\t', '。', '；', '：']).map(|it| without_blanks(bare(it)));
        for sentence in sentences.filter(|it| 4 <= it.chars().filter(is_han).count()) {
            let again: usize = PRINTED_AGAIN.iter().map(|it| it.1.matches(&sentence).count()).sum();
            let (n_printed, n_published) = (printed.matches(&sentence).count(), published.matches(&sentence).count());
            if n_printed != n_published + again && told.insert(sentence.clone()) {
                problems.push(format!("line {n}: printed {n_printed}, published {n_published} times: {sentence}"));
            }
        }
    }
    none_of(&problems);
}

const SCAN: &str = "tests/source/notice-2021-135.txt";

/// The lines of the scan without what text recognition added: a list mark before 附件, a dot between the two blanks of
/// annex 2.
fn scan() -> Vec<String> {
    read(SCAN).lines().map(|it| it.strip_prefix("- ").unwrap_or(it).replace(" · ", " ")).collect()
}

/// The same without whitespace.
fn lines() -> Vec<String> {
    scan().iter().map(|it| bare(it)).collect()
}

/// The official words of a notice's page.
fn official(notice: &Notice) -> String {
    bare(
        &page(built(), &format!("notice/{}/", notice.slug))
            .one("article.notice")
            .text_except(&|it| OURS.iter().any(|class| it.has_class(class))),
    )
}

/// The same for the page of an annex: the lines above the table, the table with its title, 注 or 说明. Left out is what is
/// ours: the numbers of rows, which page it is, and cells that are repeated after the end of a page.
fn official_rubric(rubric: &Rubric) -> String {
    let page = page(built(), &format!("rubric/{}/", rubric.annex));
    let parts = ["div.lines", "table.official", "div.note"].map(|it| page.one(it));
    let is_cont = |it: &Element| it.has_class("cont");
    let ours = |it: &Element| {
        ["refs", "cite", "no", "leaf", "cont"].iter().any(|class| it.has_class(class))
            || it.tag == "th" && it.all().into_iter().any(is_cont)
    };
    bare(&parts.map(|it| it.text_except(&ours)).concat())
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn is_han(it: &char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(it)
}

/// Where two texts begin to differ, with some words from there on.
fn difference(printed: &str, published: &str) -> Option<String> {
    if printed == published {
        return None;
    }
    let same: String =
        printed.chars().zip(published.chars()).take_while(|(one, other)| one == other).map(|it| it.0).collect();
    let from = |text: &str| text[same.len()..].chars().take(24).collect::<String>();
    let before: String = same.chars().skip(same.chars().count().saturating_sub(12)).collect();
    Some(format!("after …{before}:\n  printed   {}\n  published {}", from(printed), from(published)))
}

/// The tab of every page, as the file has it: what the page is, and the name of the site once.
#[test]
fn every_title_names_the_site_once() {
    // the site as one file has the titles of its pages inside, and letters by their numbers: `offline` looks at it
    let pages = built().iter().filter(|it| it.0.ends_with(".html") && it.0 != "offline.html");
    let mut n = 0;
    for (name, bytes) in pages {
        let html = String::from_utf8_lossy(bytes);
        let title = html.split("<title>").nth(1).and_then(|it| it.split("</title>").next()).expect("a title");
        let parts: Vec<&str> = title.split(" · ").collect();
        assert_eq!(parts.iter().filter(|it| **it == "自评").count(), 1, "{name}: {title}");
        assert!(parts.iter().all(|it| !it.trim().is_empty()) && 1 < parts.len(), "{name}: {title}");
        n += 1;
    }
    assert!(30 < n, "{n} pages");
}
