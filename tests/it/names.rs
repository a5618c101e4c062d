//! Rules about names: one name for one type, and `it` only where one line says what it is.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::none_of;
use crate::tidy::sources;

/// Each type name is used only once in `src`, so that nobody who reads `Row` has to ask which one.
#[test]
fn a_name_belongs_to_one_type() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in sources("src") {
        for name in text.lines().filter_map(declared) {
            homes.entry(name.to_owned()).or_default().push(file.clone());
        }
    }
    let several = homes.iter().filter(|(_, files)| 1 < files.len());
    none_of(&several.map(|(name, files)| format!("`{name}` is a type in {}", files.join(" and "))).collect::<Vec<_>>());
}

/// A variable that lives longer than a line, or has another one of the same name inside, needs a name of its own.
#[test]
fn it_lives_for_one_line() {
    let mut problems = Vec::new();
    for (file, text) in sources("src") {
        for (line, why) in long_lived(&text) {
            problems.push(format!("{file}:{line}: `it` {why}, call it what it is"));
        }
    }
    none_of(&problems);
}

/// The name of the type that an unindented line declares.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub(super) ")).unwrap_or(line);
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| line.strip_prefix(kind))?;
    rest.split(|letter: char| !letter.is_alphanumeric()).next()
}

/// The lines on which an `it` begins that lives longer than a line or has another `it` inside, with the reason.
fn long_lived(text: &str) -> Vec<(usize, &'static str)> {
    let text = code_alone(text);
    let scopes = scopes(&text);
    let mut found = Vec::new();
    for (start, body) in &scopes {
        let line = text[..*start].matches('\n').count() + 1;
        let inside = |other: &(usize, Range<usize>)| body.contains(&other.0);
        if text[body.clone()].trim_matches(['\n', ' ']).contains('\n') {
            found.push((line, "lives longer than a line"));
        } else if scopes.iter().any(inside) {
            found.push((line, "has another one inside"));
        }
    }
    found
}

/// Where closures, loops and functions begin that call something `it`, and the range of the text in which it is
/// visible.
fn scopes(text: &str) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('|') {
        let opens = text[..start].trim_end_matches(' ').ends_with(['(', ',', '=', '{', '>', '\n', ';', ':'])
            || text[..start].ends_with("move ")
            || text[..start].ends_with("return ");
        let Some(length) = text[start + 1..].find('|').filter(|_| opens) else { continue };
        let parameters = &text[start + 1..start + 1 + length];
        if !parameters.contains(['=', ';', '{']) && names_it(parameters) {
            let body = start + length + 2;
            found.push((start, body..end_of(text, body, false)));
        }
    }
    for (start, _) in text.match_indices("for ") {
        let Some(head) = text[start..].find(" in ").map(|length| &text[start..start + length]) else { continue };
        if !head.contains(['{', ';', '\n']) && names_it(head) {
            let body = start + text[start..].find('{').unwrap_or_default() + 1;
            found.push((start, body..end_of(text, body, true)));
        }
    }
    for (start, _) in text.match_indices("fn ") {
        let Some(length) = text[start..].find(['{', ';']) else { continue };
        let head = text[start..start + length].split("->").next().unwrap_or_default();
        if head.contains("it: ") && names_it(head) {
            let body = start + length + 1;
            found.push((start, body..end_of(text, body, true)));
        }
    }
    found.sort_by_key(|scope| scope.0);
    found
}

fn names_it(pattern: &str) -> bool {
    pattern.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == "it")
}

/// Where the block ends whose first character this is, or the expression.
fn end_of(text: &str, from: usize, block: bool) -> usize {
    let mut depth = 0;
    for (at, letter) in text[from..].char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return from + at,
            ')' | ']' | '}' => depth -= 1,
            ',' | ';' if depth == 0 && !block => return from + at,
            _ => {}
        }
    }
    text.len()
}

/// The text with spaces in place of comments, and with `_` for what stands in quotes; the lines stay the lines.
fn code_alone(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (length, shown) = match rest {
            ['/', '/', ..] => (rest.iter().position(|letter| *letter == '\n').unwrap_or(rest.len()), ' '),
            ['r', '"' | '#', ..] if !letters[..at].last().is_some_and(|before| before.is_alphanumeric()) => {
                (raw(rest).unwrap_or(1), '_')
            }
            ['"', ..] => (quoted(rest), '_'),
            ['\'', '\\', _, ..] => {
                (rest.iter().skip(3).position(|letter| *letter == '\'').map_or(1, |end| end + 4), '_')
            }
            ['\'', _, '\'', ..] => (3, '_'),
            _ => (1, rest[0]),
        };
        out.extend(rest[..length].iter().map(|letter| if *letter == '\n' { '\n' } else { shown }));
        at += length;
    }
    out
}

/// The length of a text in quotes.
fn quoted(text: &[char]) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != '"' {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}

/// The length of a raw text such as `r#"…"#`, if it is one.
fn raw(text: &[char]) -> Option<usize> {
    let hashes = text[1..].iter().take_while(|letter| **letter == '#').count();
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let from = 1 + hashes + 1;
    (text.get(1 + hashes) == Some(&'"')).then_some(())?;
    Some(from + text[from..].windows(end.len()).position(|window| window == end)? + end.len())
}

#[test]
fn the_rule_about_it_sees_what_it_is_for() {
    let lines = |text: &str| long_lived(text).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("let a = b.map(|it| it.c);\nlet d = e.map(|it| {\n    it.f()\n});\n"), [2]);
    assert_eq!(lines("a.map(|it| it.b.iter().map(|it| it.c));"), [1]);
    assert_eq!(lines("for it in a {\n    b(it);\n    c(it);\n}"), [1]);
    assert_eq!(lines("fn f(it: &A) -> B {\n    it.b();\n    it.c()\n}"), [1]);
    assert_eq!(lines("let a = \"for it in b {\\n\\n}\"; // |it| {\nlet c = d | it | e;"), [0; 0]);
}
