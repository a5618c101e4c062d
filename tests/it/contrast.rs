//! Contrast of the colours in `style/`, computed as WCAG 2.2 says: words 4.5 to 1 on all that they may stand on, edges of
//! controls and marks 3 to 1. 大字版 has the same colours, and where the system's colours are in force only those are named.

use std::collections::{BTreeMap, BTreeSet};

use crate::{files, none_of, path, read};

/// Colours of words.
const WORDS: [&str; 6] = ["ink", "soft", "blue", "red", "green", "amber"];
/// What stands under words: paper, and the washes that set something apart.
const UNDER: [&str; 5] = ["paper", "wash", "blue-wash", "red-wash", "amber-wash"];
/// What tells where a control ends, or how a row stands.
const EDGES: [&str; 5] = ["edge", "blue", "red", "green", "amber"];
/// What cannot be pressed now: WCAG leaves it out.
const NOT_USED: &str = ":disabled";
/// Where one rule gives the words their colour and another what is under them: the selectors of both.
const TOGETHER: [(&str, &str); 4] = [
    // a button of what is told for a moment
    (".told button", ".told"),
    // the pointer is on it
    (".btn", ".btn:hover"),
    // the choice that brings nothing or a veto
    (".seg .on, .seg .on:hover", ".row.bad .seg .on"),
    (".seg .on, .seg .on:hover", ".plan .row.bad .seg .on"),
];

/// A rule of a style sheet: the media around it, its selector, what it declares.
pub struct Rule {
    media: String,
    pub selector: String,
    declared: BTreeMap<String, String>,
}

pub fn rules(css: &str, media: &str, out: &mut Vec<Rule>) {
    let mut rest = css;
    while let Some((head, after)) = rest.split_once('{') {
        let mut depth = 1;
        let end = after.char_indices().find(|(_, it)| {
            depth += i32::from(*it == '{') - i32::from(*it == '}');
            depth == 0
        });
        let (body, next) = end.map_or((after, ""), |(at, _)| (&after[..at], &after[at + 1..]));
        let head = head.trim();
        if head.starts_with("@media") {
            rules(body, head, out);
        } else if !head.starts_with('@') {
            let pairs = body.split(';').filter_map(|it| it.split_once(':'));
            let declared = pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
            out.push(Rule { media: media.to_owned(), selector: head.to_owned(), declared });
        }
        rest = next;
    }
}

pub fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, it| all + it.split_once("*/").map_or("", |it| it.1))
}

fn all_rules() -> Vec<Rule> {
    let mut out = Vec::new();
    let sheets = files(&path("style"), ".css");
    assert!(10 < sheets.len(), "style/ has {} sheets", sheets.len());
    for sheet in sheets {
        let css = std::fs::read_to_string(&sheet).expect("a style sheet");
        rules(&without_comments(&css), "", &mut out);
    }
    out
}

fn tokens() -> BTreeMap<String, String> {
    let mut all = Vec::new();
    rules(&without_comments(&read("style/1-tokens.css")), "", &mut all);
    let root = all.into_iter().flat_map(|it| it.declared);
    root.filter_map(|(name, value)| Some((name.strip_prefix("--")?.to_owned(), value))).collect()
}

/// `#rgb` or `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let hex = colour.strip_prefix('#').unwrap_or_else(|| panic!("{colour} is no colour that this test can read"));
    let wide: String = if hex.len() == 3 { hex.chars().flat_map(|it| [it, it]).collect() } else { hex.to_owned() };
    let part = |at: usize| {
        let it = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).expect("two digits")) / 255.0;
        if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour that a declaration ends up with: a token, or a colour as it stands.
fn colour(value: &str, tokens: &BTreeMap<String, String>) -> Option<String> {
    let value = value.trim_end_matches("!important").trim();
    if let Some(name) = value.strip_prefix("var(--").and_then(|it| it.strip_suffix(')')) {
        return Some(tokens.get(name).unwrap_or_else(|| panic!("no colour is called {name}")).clone());
    }
    value.starts_with('#').then(|| value.to_owned())
}

#[test]
fn it_is_computed_as_the_standard_has_it() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.005);
}

#[test]
fn words_can_be_read_on_all_that_they_stand_on() {
    let tokens = tokens();
    let mut problems = Vec::new();
    for (words, under) in WORDS.iter().flat_map(|it| UNDER.map(|under| (it, under))) {
        let it = contrast(&tokens[*words], &tokens[under]);
        if it < 4.5 {
            problems.push(format!("--{words} on --{under}: {it:.2}, 4.5 are needed"));
        }
    }
    for (edge, under) in EDGES.iter().flat_map(|it| UNDER.map(|under| (it, under))) {
        let it = contrast(&tokens[*edge], &tokens[under]);
        if it < 3.0 {
            problems.push(format!("an edge of --{edge} on --{under}: {it:.2}, 3 are needed"));
        }
    }
    none_of(&problems);
}

#[test]
fn every_colour_of_a_rule_can_be_read() {
    let tokens = tokens();
    let mut local = tokens.clone();
    local.insert("stamp".to_owned(), "#c00000".to_owned());
    let known: BTreeSet<&String> = WORDS.iter().map(|it| &tokens[*it]).collect();
    let mut problems = Vec::new();
    let mut n = 0;
    for Rule { media, selector, declared } in all_rules() {
        // paper is black on white
        if media.contains("print") || selector.contains(NOT_USED) {
            continue;
        }
        let Some(words) = declared.get("color").and_then(|it| colour(it, &local)) else { continue };
        n += 1;
        let under = declared.get("background").and_then(|it| colour(it, &local));
        match under {
            Some(under) => {
                let it = contrast(&words, &under);
                if it < 4.5 {
                    problems.push(format!("{selector}: {words} on {under}: {it:.2}, 4.5 are needed"));
                }
            }
            // what is under them is in another rule
            None if TOGETHER.iter().any(|it| it.0 == selector) => {}
            None if known.contains(&words) => {}
            None => {
                let it = UNDER.iter().map(|under| contrast(&words, &tokens[*under])).fold(f64::MAX, f64::min);
                if it < 4.5 {
                    problems.push(format!("{selector}: {words}: {it:.2} at the least, 4.5 are needed"));
                }
            }
        }
    }
    assert!(100 < n, "only {n} rules give a colour");
    none_of(&problems);
}

/// The same the other way round: whatever is under words and is none of `UNDER` has its words beside it or in another rule.
#[test]
fn what_two_rules_give_can_be_read_together() {
    let tokens = tokens();
    let all: Vec<Rule> = all_rules().into_iter().filter(|it| !it.media.contains("print")).collect();
    let given = |selector: &str, what: &str| {
        let it = all.iter().filter(|it| it.media.is_empty() && it.selector == selector);
        it.filter_map(|it| it.declared.get(what)).find_map(|it| colour(it, &tokens))
    };
    let mut problems = Vec::new();
    for (words, under) in TOGETHER {
        match (given(words, "color"), given(under, "background")) {
            (Some(one), Some(other)) if contrast(&one, &other) >= 4.5 => {}
            (Some(one), Some(other)) => problems
                .push(format!("{words}: {one} on {other} of {under}: {:.2}, 4.5 are needed", contrast(&one, &other))),
            it => problems.push(format!("{words} on {under}: the colours are {it:?}")),
        }
    }
    for Rule { selector, declared, .. } in &all {
        let Some(under) = declared.get("background").and_then(|it| colour(it, &tokens)) else { continue };
        let own = declared.contains_key("color") || TOGETHER.iter().any(|it| it.1 == selector);
        if !own && !WORDS.iter().all(|it| contrast(&tokens[*it], &under) >= 4.5) {
            problems.push(format!("{selector}: which words stand on {under}?"));
        }
    }
    none_of(&problems);
}

#[test]
fn large_print_changes_no_colour_and_the_systems_colours_are_its_own() {
    let mut problems = Vec::new();
    let system = ["Canvas", "CanvasText", "Highlight", "HighlightText", "ButtonText", "LinkText", "GrayText"];
    for Rule { media, selector, declared } in all_rules() {
        let coloured =
            |name: &str| name.contains("color") || name.contains("background") || name == "fill" || name == "stroke";
        if selector.contains(".large") {
            let changed = declared.keys().filter(|it| coloured(it));
            problems.extend(changed.map(|it| format!("{selector} changes {it}: its contrast would not be known")));
        }
        if media.contains("forced-colors") {
            let named = declared.values().filter(|it| it.contains('#') || it.contains("var(--"));
            problems.extend(
                named.map(|it| format!("{selector}: {it} is none of the system's colours, {}", system.join(", "))),
            );
        }
    }
    none_of(&problems);
}
