//! No files below `src` import one another, neither two nor more in a ring: to understand one you need not read all.
//!
//! A file and the folder of its own name count as parent and children, which Rust ties together anyway: a child that
//! uses what its parent defines makes no ring by itself. Re-exported names are followed to where they are defined.

use std::collections::{BTreeMap, BTreeSet};

use crate::{none_of, tidy};

/// Folders that still have rings.
const NOT_YET: &[&str] = &["app/case/"];

/// The files as modules, such as `filing/scope/check`, with the paths that each imports.
struct Modules {
    /// The paths that each file uses, without re-exports.
    uses: BTreeMap<String, Vec<Vec<String>>>,
    handed_on: BTreeMap<String, Vec<Vec<String>>>,
}

#[test]
fn files_import_one_another_in_no_ring() {
    let modules = Modules::of(tidy::sources("src").into_iter());
    let problems: Vec<String> = modules
        .rings()
        .into_iter()
        .filter(|ring| !ring.iter().all(|it| NOT_YET.iter().any(|folder| it.starts_with(folder))))
        .map(|ring| {
            format!("src: these import one another in a ring, move what they share to a file below them: {ring:?}")
        })
        .collect();
    none_of(&problems);
}

#[test]
fn a_ring_is_found() {
    let rings = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(name, text)| (format!("src/{name}.rs"), (*text).to_owned()));
        Modules::of(files).rings()
    };
    let ring = |names: &[&str]| vec![names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()];
    let two = [
        ("a", "mod b;\nmod c;"),
        ("a/b", "use super::c::{\n    self,\n    It,\n};"),
        ("a/c", "fn it() { super::b::it() }"),
    ];
    assert_eq!(rings(&two), ring(&["a/b", "a/c"]));
    // through a name that the parent re-exports
    let handed = [("a", "pub use b::B;"), ("a/b", "use crate::a::c::C;"), ("a/c", "use super::{B, other};")];
    assert_eq!(rings(&handed), ring(&["a/b", "a/c"]));
    let three = [("a", "use crate::b::{x, y::z};"), ("b", "use crate::c;"), ("c", "use crate::{a::A, d};"), ("d", "")];
    assert_eq!(rings(&three), ring(&["a", "b", "c"]));
    // no ring: a child and its parent, a comment, and unit tests
    let none = [
        ("a", "mod b;\nuse b::B;"),
        ("a/b", "use super::A;\n// use crate::c::C;"),
        ("c", "use crate::a;\n#[cfg(test)]\nuse crate::d;"),
        ("d", "use crate::c;"),
    ];
    assert_eq!(rings(&none), Vec::<Vec<String>>::new());
}

impl Modules {
    fn of(files: impl Iterator<Item = (String, String)>) -> Modules {
        let mut modules = Modules { uses: BTreeMap::new(), handed_on: BTreeMap::new() };
        for (file, text) in files {
            let name = file.trim_start_matches("src/").trim_end_matches(".rs").to_owned();
            let text: String = tidy::code(&text).flat_map(|line| [line, "\n"]).collect();
            let (mut used, mut handed_on) = (Vec::new(), Vec::new());
            let mut rest = String::new();
            for statement in text.split_inclusive(';') {
                // a `use` is the first word of its line, at any indentation
                let at = statement.match_indices("use ").map(|it| it.0).find(|at| {
                    let line = statement[..*at].rsplit('\n').next().unwrap_or_default().trim();
                    line.is_empty() || line.starts_with("pub") && !line.contains(['{', '=', '"'])
                });
                match at {
                    Some(at) => {
                        rest.push_str(&statement[..at]);
                        let is_public =
                            statement[..at].rsplit('\n').next().unwrap_or_default().trim().starts_with("pub");
                        let tree = statement[at + 4..].trim_end_matches(';');
                        let paths = leaves(tree);
                        if is_public { &mut handed_on } else { &mut used }.extend(paths);
                    }
                    None => rest.push_str(statement),
                }
            }
            // and paths in the middle of the code
            for word in rest.split(|it: char| !it.is_alphanumeric() && it != '_' && it != ':') {
                if ["crate::", "super::", "self::"].iter().any(|it| word.starts_with(it)) {
                    used.push(word.split("::").map(str::to_owned).collect());
                }
            }
            used.extend(handed_on.iter().cloned());
            modules.uses.insert(name.clone(), used);
            modules.handed_on.insert(name, handed_on);
        }
        modules
    }

    /// The file in which what a path names is defined, as far as it is one of ours.
    fn home(&self, from: &str, path: &[String], depth: usize) -> Option<String> {
        let mut at: Vec<&str> = from.split('/').collect();
        let mut path = path.iter().map(String::as_str).peekable();
        match path.peek() {
            Some(&"crate") => {
                at.clear();
                path.next();
            }
            Some(&"self") => {
                path.next();
            }
            Some(&"super") => {
                while path.next_if_eq(&"super").is_some() {
                    at.pop();
                }
            }
            // a child, or another crate
            Some(first) if self.uses.contains_key(&format!("{from}/{first}")) => {}
            Some(_) | None => return None,
        }
        while let Some(next) = path.peek() {
            let longer = at.iter().chain([next]).copied().collect::<Vec<_>>().join("/");
            if !self.uses.contains_key(&longer) {
                break;
            }
            at.push(path.next()?);
        }
        let file = at.join("/");
        let handed_on = self.handed_on.get(&file)?;
        if let Some(name) = path.peek().filter(|_| depth < 5) {
            let of_name = handed_on.iter().filter(|it| it.last().is_some_and(|it| it == name));
            if let Some(home) = of_name.filter_map(|it| self.home(&file, it, depth + 1)).next() {
                return Some(home);
            }
        }
        Some(file)
    }

    /// Groups of files in which each can be reached from each other one, sorted.
    fn rings(&self) -> Vec<Vec<String>> {
        let kin = |a: &str, b: &str| a.starts_with(&format!("{b}/")) || b.starts_with(&format!("{a}/"));
        let mut reached: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (from, paths) in &self.uses {
            let homes = paths.iter().filter_map(|it| self.home(from, it, 0)).filter(|it| it != from && !kin(it, from));
            reached.insert(from, homes.collect());
        }
        loop {
            let further: Vec<(&str, BTreeSet<String>)> = reached
                .iter()
                .map(|(from, to)| {
                    (*from, to.iter().filter_map(|it| reached.get(it.as_str())).flatten().cloned().collect())
                })
                .collect();
            let mut n_new = 0;
            for (from, more) in further {
                let known = reached.entry(from).or_default();
                let before = known.len();
                known.extend(more);
                n_new += known.len() - before;
            }
            if n_new == 0 {
                break;
            }
        }
        let both = |a: &str, b: &str| reached[a].contains(b) && reached[b].contains(a);
        let in_ring = reached.keys().filter(|it| both(it, it));
        let rings: BTreeSet<Vec<String>> = in_ring
            .map(|it| reached.keys().filter(|other| both(it, other)).map(|it| (*it).to_owned()).collect())
            .collect();
        rings.into_iter().collect()
    }
}

/// Splits `a::{b, c::{self, D}}` into a::b, a::c and a::c::D.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let names = |it: &str| {
        let it = it.split(" as ").next().unwrap_or_default();
        it.split("::").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect::<Vec<_>>()
    };
    let Some((before, inner)) = tree.split_once('{') else {
        let mut path = names(tree);
        // `a::{self}` is `a`
        path.truncate(path.len() - usize::from(1 < path.len() && path.last().is_some_and(|it| it == "self")));
        return if path.is_empty() { Vec::new() } else { vec![path] };
    };
    let inner = inner.rsplit_once('}').map_or(inner, |it| it.0);
    let (mut depth, mut from, mut all) = (0, 0, Vec::new());
    for (at, it) in inner.char_indices().chain([(inner.len(), ',')]) {
        match it {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                all.extend(leaves(&format!("{before}{}", inner[from..at].trim())));
                from = at + 1;
            }
            _ => {}
        }
    }
    all.retain(|it| !it.is_empty());
    all
}
