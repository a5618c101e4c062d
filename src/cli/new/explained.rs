//! A new file with what to write there above each key, in the words that editors show.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use crate::load::keys::{DataFile, sentence};

/// The text with a sentence above each table and key where it stands for the first time, also where it is commented out.
pub fn explained(file: DataFile, text: &str) -> String {
    let mut told = BTreeSet::new();
    let mut table = String::new();
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let written = line.strip_prefix('#').unwrap_or(line);
        let (of, key) = match header(written) {
            Some(inner) => {
                inner.clone_into(&mut table);
                inner.rsplit_once('.').unwrap_or(("", inner))
            }
            None => (table.as_str(), written.split_once('=').map_or("", |it| it.0.trim_end())),
        };
        let mut tell = |of: &str, key: &str, within: &str| {
            let new = sentence(file, of, key).filter(|_| told.insert((of.to_owned(), key.to_owned())));
            lines.extend(new.map(|it| format!("# {within}{it}")));
        };
        tell(of, key, "");
        let below = if of.is_empty() { key.to_owned() } else { format!("{of}.{key}") };
        let inner_keys = if header(written).is_some() { Vec::new() } else { keys_within(written) };
        for inner in inner_keys {
            tell(&below, &inner, &format!("其中 {inner}："));
        }
        lines.push(line.to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}

/// `section.group` of `[[section.group]]`.
fn header(line: &str) -> Option<&str> {
    let one = line.strip_prefix('[')?.strip_suffix(']')?;
    Some(one.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(one))
}

/// The keys of a table that stands in one line, `{ kind = "met" }`, or of the first of a list of them.
fn keys_within(line: &str) -> Vec<String> {
    let Ok(document) = DeTable::parse(line) else { return Vec::new() };
    let value = document.get_ref().iter().next().map(|it| it.1.get_ref());
    let table = match value {
        Some(DeValue::Array(all)) => all.first().and_then(|it| it.get_ref().as_table()),
        value => value.and_then(DeValue::as_table),
    };
    table.into_iter().flatten().map(|it| it.0.get_ref().clone().into_owned()).collect()
}
