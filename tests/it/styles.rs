//! The rules for pages to read are laid over a page of the app as soon as somebody searches there: they must fit nothing on it.

use std::collections::BTreeSet;

use crate::contrast::{Rule, rules, without_comments};
use crate::{files, none_of, path};

/// What no page of the app has: the results themselves, words found, texts in English; and where fonts are named.
const NOWHERE: [&str; 5] = ["#found", "#results", "mark", "[lang=\"en\"] p", ":root"];
/// An empty block stands on paper before anything else, and may be left out anywhere.
const EMPTY: &str = "#page > [role=\"alert\"]:empty";

fn all(folder: &str, wanted: impl Fn(&str) -> bool) -> Vec<Rule> {
    let mut found = Vec::new();
    for sheet in files(&path(folder), ".css") {
        if wanted(&sheet.to_string_lossy()) {
            rules(&without_comments(&std::fs::read_to_string(&sheet).expect("a style sheet")), "", &mut found);
        }
    }
    found
}

fn classes(selector: &str) -> impl Iterator<Item = &str> {
    let ends = |it: char| !(it.is_ascii_alphanumeric() || it == '-' || it == '_');
    selector.split('.').skip(1).map(move |it| it.split(ends).next().unwrap_or_default())
}

#[test]
fn rules_for_pages_to_read_fit_nothing_on_pages_of_the_app() {
    let of_app = all("style", |it| !it.contains("reading"));
    let mut used: BTreeSet<String> = of_app.iter().flat_map(|it| classes(&it.selector)).map(str::to_owned).collect();
    for file in files(&path("src/app"), ".rs") {
        if file.to_string_lossy().contains("reader") {
            continue;
        }
        let code = std::fs::read_to_string(&file).expect("a file of code");
        for call in ["class(\"", "button(\""] {
            let given = code.split(call).skip(1).filter_map(|it| it.split_once('"'));
            used.extend(given.flat_map(|it| it.0.split_whitespace()).map(str::to_owned));
        }
    }
    assert!(200 < used.len(), "{} classes", used.len());
    let mut problems = Vec::new();
    let reading = all("style/reading", |_| true);
    for selector in reading.iter().flat_map(|it| it.selector.split(',')).map(str::trim) {
        let nowhere = NOWHERE.iter().any(|it| selector.contains(it)) || selector == EMPTY;
        if !nowhere && classes(selector).all(|it| used.contains(it)) {
            problems.push(format!(
                "style/reading: `{selector}` may fit something on a page of the app: give it a class of its own"
            ));
        }
    }
    assert!(100 < reading.len());
    none_of(&problems);
}
