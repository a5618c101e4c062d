//! The program is for any place: nothing in `src` knows the edition that is published here. Its words, which stand in its
//! data, are looked for in every file, comments and examples included.

use std::collections::BTreeMap;

use ziping::notice::Notice;
use ziping::rubric::Edition;

use crate::tidy::sources;
use crate::{none_of, site};

/// Words that stand in a file all the same, and why.
const ALLOWED: &[(&str, &str, &str)] = &[
    // a table without its edition: what it may be is guessed by its title, and checked against the edition afterwards
    ("src/import/written.rs", "employer", "guessed from a title"),
    ("src/import/written.rs", "用人单位", "guessed from a title"),
    ("src/import/written.rs", "technical_school", "guessed from a title"),
    ("src/import/written.rs", "social_organisation", "guessed from a title"),
    // lines that work on the published site, as the promise to other programs has them
    ("src/cli/arguments.rs", "employer", "an example of help"),
    ("src/cli/code.rs", "employer", "an example of help"),
];

/// How somebody writes it who thinks of the six annexes, of their kinds of applicant and of their totals.
const SHAPES: &[&str] = &[
    "六份",
    "六张",
    "三类申请单位",
    "附件1至",
    "附件1-6 ",
    "the six",
    "six rubrics",
    "outside the 100",
    "1..=6",
    "AMB-",
];

/// What is known of the editions and notices of the site, each word with where it comes from.
pub fn words() -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    let mut add = |word: &str, from: &str| {
        // a word of one letter, or of a few of the alphabet, says nothing
        let is_word = word.bytes().all(|it| it.is_ascii_alphanumeric());
        let long = if is_word { 6 } else { 2 };
        if long <= word.chars().count() {
            words.insert(word.to_owned(), from.to_owned());
        }
    };
    for edition in &site().editions {
        of_edition(edition, &mut add);
    }
    for rules in &site().rules {
        let known = &rules.routes.known;
        known.province.iter().filter(|it| *it != "全省").for_each(|it| add(it, "places.toml"));
        let cities = known.cities.iter().flat_map(|it| it.names.iter().chain(&it.direct).chain(&it.counties));
        cities.filter(|it| 2 < it.chars().count()).for_each(|it| add(it, "places.toml"));
        for city in known.cities.iter().flat_map(|it| &it.names) {
            add(city.trim_end_matches(['市', '区']), "places.toml");
        }
        for person in rules.routes.contacts.iter().flat_map(|it| &it.people) {
            add(&person.name, "filing.toml");
            add(&person.phone, "filing.toml");
        }
        for code in &rules.routes.codes {
            let letter = &code.letter;
            for shape in [format!("== '{letter}'"), format!("== \"{letter}\""), format!("代码为 {letter}")] {
                add(&shape, "filing.toml");
            }
        }
        for filed in rules.routes.rows.iter().filter_map(|it| it.filed_as.as_ref()) {
            add(&filed.label, "filing.toml");
        }
    }
    site().notices.iter().for_each(|it| of_notice(it, &mut add));
    words
}

fn of_edition(edition: &Edition, add: &mut impl FnMut(&str, &str)) {
    // henan-2021, and the place in it
    add(&edition.id, "edition.toml");
    add(edition.id.split('-').next().unwrap_or_default(), "edition.toml");
    for kind in &edition.applicants {
        [&kind.id, &kind.label, &kind.about, &kind.people].into_iter().for_each(|it| add(it, "edition.toml"));
        if let Some(others) = &kind.others {
            add(&others.own, "edition.toml");
            add(&others.label, "edition.toml");
        }
    }
    for rubric in &edition.rubrics {
        add(&rubric.title, "a rubric");
        add(&rubric.part_name, "edition.toml");
        for band in &rubric.bands {
            add(&band.outcome, "a rubric");
        }
    }
}

/// The issuer, and how its documents are numbered: 豫职鉴.
fn of_notice(notice: &Notice, add: &mut impl FnMut(&str, &str)) {
    add(&notice.issuer, "a notice");
    if let Some((of, _)) = notice.number.split_once('〔') {
        add(of, "a notice");
    }
}

/// The words in a text, each with the line on which it stands.
fn found<'w>(text: &str, words: &'w BTreeMap<String, String>) -> Vec<(usize, &'w str)> {
    let lines = (1..).zip(text.lines());
    let words = || words.keys().map(String::as_str).chain(SHAPES.iter().copied());
    lines.flat_map(|(n, line)| words().filter(|it| stands_in(line, it)).map(move |it| (n, it))).collect()
}

/// A word of the alphabet is one by itself: `employer`, and not a part of `employers`.
fn stands_in(line: &str, word: &str) -> bool {
    let is_word = word.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
    let joins = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_');
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (line[..at].chars().next_back(), line[at + word.len()..].chars().next());
        !is_word || !joins(before) && !joins(after)
    })
}

#[test]
fn nothing_in_src_knows_this_edition() {
    let words = words();
    assert!(100 < words.len(), "only {} words are looked for", words.len());
    let mut problems = Vec::new();
    let mut used = vec![false; ALLOWED.len()];
    for (file, text) in sources("src") {
        for (line, word) in found(&text, &words) {
            match ALLOWED.iter().position(|it| it.0 == file && it.1 == word) {
                Some(at) => used[at] = true,
                None => {
                    let from = words.get(word).map_or("a shape", String::as_str);
                    problems
                        .push(format!("{file}:{line}: `{word}` is of this edition ({from}): take it from the data"));
                }
            }
        }
    }
    let idle = ALLOWED.iter().zip(used).filter(|it| !it.1).map(|it| format!("{}: `{}` is not there", it.0.0, it.0.1));
    problems.extend(idle);
    none_of(&problems);
}

/// The test above would tell each of these.
#[test]
fn what_knows_an_edition_is_found() {
    let words = words();
    for (text, word) in [
        ("// as in 河南省\n", "河南省"),
        ("let hint = \"如：平顶山市\";", "平顶山市"),
        ("return format!(\"{}不在平顶山\", name);", "平顶山"),
        ("/// `henan-2021`.", "henan-2021"),
        ("if kind.id == \"technical_school\" {", "technical_school"),
        ("(\"employer\", 0)", "employer"),
        ("\"在校学生总数（人）\"", "在校学生总数"),
        ("el(\"h2\").text(\"公共部分\")", "公共部分"),
        ("/// 豫职鉴〔2021〕1号 一", "豫职鉴"),
        ("for annex in 1..=6 {", "1..=6"),
        ("if letter == 'Y' {", "== 'Y'"),
        ("的六份技术评估要点", "六份"),
        ("(reading AMB-09)", "AMB-"),
    ] {
        let all = found(text, &words);
        assert!(all.contains(&(1, word)), "{word} is not found in {text}: {all:?}");
    }
    assert_eq!(found("// employers, 某市, 甲类单位, a total of 100\n", &words), []);
}
