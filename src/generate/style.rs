//! Style sheets that stand in the pages: a page that waits for no other file is painted a round trip earlier. Of the thousand
//! pages that only read, each has just the rules for what stands on it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::bytes::base64url;

/// What stands around the view of a page, and what scripts add to a page for reading before anything else is fetched: the look
/// of the whole page, what the home page offers, a message.
const AROUND: [&str; 10] = ["html", "head", "body", "p", "div", "section", "#page", ".bare", ".release", ".of-notice"];
const ADDED: [&str; 6] = [".js", ".large", ".btn", ".small", ".boot", ".wrap"];

/// A style sheet or a script that stands in pages, and how their policy names it: worked out once for all of them.
pub struct Inlined {
    pub text: String,
    pub source: String,
}

impl Inlined {
    pub fn new(text: String) -> Inlined {
        let source = source_of(text.as_bytes());
        Inlined { text, source }
    }
}

/// A style sheet taken apart.
pub struct StyleRules {
    rules: Vec<StyleRule>,
    /// The names that its selectors ask for, each with its number.
    names: HashMap<String, usize>,
    /// What was made for pages with the same of these names: most of a thousand notices have the same.
    made: Mutex<HashMap<Vec<bool>, Arc<Inlined>>>,
}

enum StyleRule {
    /// `@page`, `@keyframes` and the like: whether they are needed is not looked into.
    Always(String),
    /// Each selector with the names that must stand on a page so that it can fit, and what is declared.
    Styled(Vec<(String, Vec<usize>)>, String),
    /// What a medium must be like, and the rules for it.
    Medium(String, Vec<StyleRule>),
}

impl StyleRules {
    /// Reads a style sheet without comments, as the generator writes it.
    pub fn read(css: &str) -> StyleRules {
        let mut names = HashMap::new();
        StyleRules { rules: rules(css, &mut names), names, made: Mutex::default() }
    }

    /// The rules that can fit something in this markup, in their order.
    pub fn used(&self, markup: &str) -> Arc<Inlined> {
        let there = self.names_in(markup);
        let mut made = self.made.lock().expect("nobody panics with it");
        if let Some(style) = made.get(&there) {
            return Arc::clone(style);
        }
        let mut out = String::new();
        write(&self.rules, &there, &mut out);
        let style = Arc::new(Inlined::new(out));
        made.insert(there, Arc::clone(&style));
        style
    }

    /// Which of the names are elements, classes and ids of a page.
    fn names_in(&self, markup: &str) -> Vec<bool> {
        let mut there = vec![false; self.names.len()];
        let mut name = String::new();
        let mut add = |mark: &str, text: &str| {
            name.clear();
            name.extend([mark, text]);
            if let Some(at) = self.names.get(&name) {
                there[*at] = true;
            }
        };
        AROUND.into_iter().chain(ADDED).for_each(|it| add("", it));
        for tag in markup.split('<').skip(1) {
            let tag = tag.split_once('>').map_or(tag, |it| it.0);
            add("", tag.split([' ', '/']).next().unwrap_or_default());
            attribute(tag, " id=\"").into_iter().for_each(|it| add("#", it));
            attribute(tag, " class=\"").into_iter().flat_map(str::split_whitespace).for_each(|it| add(".", it));
        }
        there
    }
}

/// `'sha256-…'`, by which a policy knows a script or a style sheet in the page.
pub fn source_of(text: &[u8]) -> String {
    let hash = base64url::encode(&Sha256::digest(text)).replace('-', "+").replace('_', "/");
    format!("'sha256-{hash}='")
}

fn rules(css: &str, names: &mut HashMap<String, usize>) -> Vec<StyleRule> {
    let mut rules = Vec::new();
    let mut rest = css.trim();
    while let Some((head, after)) = rest.split_once('{') {
        let (body, next) = to_end_of_block(after);
        let head = head.trim();
        rules.push(if head.starts_with("@media") {
            StyleRule::Medium(head.to_owned(), self::rules(body, names))
        } else if head.starts_with('@') {
            StyleRule::Always(format!("{head}{{{body}}}"))
        } else {
            let mut number = |name| {
                let next = names.len();
                *names.entry(name).or_insert(next)
            };
            let mut numbers = |it| names_of(it).into_iter().map(&mut number).collect();
            let selectors = head.split(',').map(|it| (it.trim().to_owned(), numbers(it)));
            StyleRule::Styled(selectors.collect(), body.trim().to_owned())
        });
        rest = next;
    }
    rules
}

/// What stands before the brace that closes the block, and what comes after it.
fn to_end_of_block(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}

/// The elements, `.classes` and `#ids` that a selector asks for. What stands in brackets may also be missing.
fn names_of(selector: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut depth = 0;
    let mut of_name = false;
    for letter in selector.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if 0 < depth => {}
            '.' | '#' => names.push(letter.to_string()),
            // a state or a part of an element
            ':' => names.push(letter.to_string()),
            _ if letter.is_alphanumeric() || letter == '-' || letter == '_' => match names.last_mut() {
                Some(name) if of_name || [".", "#", ":"].contains(&name.as_str()) => name.push(letter),
                _ => names.push(letter.to_string()),
            },
            _ => {}
        }
        of_name = depth == 0 && (letter.is_alphanumeric() || "-_.#:".contains(letter));
    }
    names.retain(|it| !it.starts_with(':'));
    names
}

fn attribute<'t>(tag: &'t str, before: &str) -> Option<&'t str> {
    tag.split_once(before)?.1.split('"').next()
}

fn write(rules: &[StyleRule], there: &[bool], out: &mut String) {
    for rule in rules {
        match rule {
            StyleRule::Always(text) => out.push_str(text),
            StyleRule::Styled(selectors, declared) => {
                let fits = selectors.iter().filter(|it| it.1.iter().all(|name| there[*name]));
                let fits: Vec<&str> = fits.map(|it| it.0.as_str()).collect();
                if !fits.is_empty() {
                    out.extend([&fits.join(","), "{", declared, "}"]);
                }
            }
            StyleRule::Medium(medium, rules) => {
                let before = out.len();
                out.extend([medium, "{"]);
                let empty = out.len();
                write(rules, there, out);
                if out.len() == empty {
                    out.truncate(before);
                } else {
                    out.push('}');
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = "*{margin:0}ul i b,h1,.a.b > li:not(.c):hover::before{x:y}#q{z:1}html:not(.js) .search{d:n}\
@page{size:A4}@media print{.none{d:n}}@media (max-width: 640px){.none{d:n}[data-x] .a{d:b}}";

    #[test]
    fn a_page_has_the_rules_for_what_stands_on_it() {
        let used = StyleRules::read(CSS).used("<ul class=\"b a\"><li id=\"q\"><i><b>word</b></i></li></ul>");
        let expected = "*{margin:0}ul i b,.a.b > li:not(.c):hover::before{x:y}#q{z:1}@page{size:A4}\
@media (max-width: 640px){[data-x] .a{d:b}}";
        assert_eq!(used.text, expected);
        let all = "<h1></h1><ul></ul><b></b><i class=\"a b c search none\"></i><li id=\"q\"></li>";
        assert_eq!(StyleRules::read(CSS).used(all).text, CSS);
    }

    #[test]
    fn a_policy_knows_a_text_by_its_hash() {
        assert_eq!(source_of(b"doSomething();"), "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='");
    }
}
