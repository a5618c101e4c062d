//! The texts of licences in the sources of packages: the words that all have in common once, and whose they are for each.

use crate::tree;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Of a licence: some words that only it has, how its text begins, and how it ends where more may follow.
const KNOWN: [(&str, &str, &str, &str); 8] = [
    (
        "MIT",
        "to any person obtaining a copy of this software and associated documentation",
        "Permission is hereby granted",
        "DEALINGS IN THE SOFTWARE.",
    ),
    ("Apache-2.0", "TERMS AND CONDITIONS FOR USE, REPRODUCTION", "TERMS AND CONDITIONS", "END OF TERMS AND CONDITIONS"),
    ("Zlib", "must not be misrepresented", "This software is provided", ""),
    ("ISC", "Permission to use, copy, modify, and", "Permission to use", ""),
    (
        "BSD-3-Clause",
        "endorse or promote products",
        "Redistribution and use in source and binary forms",
        "SUCH DAMAGE.",
    ),
    ("BSD-2-Clause", "Redistribution and use in source", "Redistribution and use in source", "SUCH DAMAGE."),
    ("Unicode-3.0", "UNICODE LICENSE V3", "NOTICE TO USER", ""),
    ("BSL-1.0", "Boost Software License", "Permission is hereby granted", ""),
];
/// Files that may have a licence in them.
const NAMES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// Each text once, with the licence that it is.
#[derive(Default)]
pub struct Texts(Vec<(String, String)>);

/// A text of a package: its number, and the lines that say whose it is.
pub struct Found {
    pub number: usize,
    pub notices: Vec<String>,
}

impl Texts {
    /// Looks for the text in the source of a package. Where it has none, any package's will do: the words are the same.
    pub fn of(&mut self, folder: &Path, licence: &str) -> Result<Found> {
        let known =
            KNOWN.iter().find(|it| it.0 == licence).with_context(|| format!("no text of {licence} is known"))?;
        let mut notices = Vec::new();
        let mut body = None;
        for file in files(folder)? {
            let text = tree::text(&file)?;
            if let Some(found) = body_of(&text, known) {
                notices.extend(notices_of(&text));
                body.get_or_insert(found);
            }
        }
        let number = match body {
            Some(body) => self.number(licence, body),
            None => self
                .known(licence)
                .or_else(|| self.standard(licence))
                .with_context(|| format!("no text of {licence}"))?,
        };
        notices.dedup();
        Ok(Found { number, notices })
    }

    /// The number of the first text of a licence.
    pub fn known(&self, licence: &str) -> Option<usize> {
        self.0.iter().position(|it| it.0 == licence)
    }

    pub fn all(&self) -> Vec<Value> {
        self.0.iter().map(|(licence, text)| json!({ "licence": licence, "text": text })).collect()
    }

    fn number(&mut self, licence: &str, body: String) -> usize {
        let same = |it: &(String, String)| it.0 == licence && alike(&it.1) == alike(&body);
        self.0.iter().position(same).unwrap_or_else(|| {
            self.0.push((licence.to_owned(), body));
            self.0.len() - 1
        })
    }

    /// Our own copies, for a package that comes before all that have the text.
    fn standard(&mut self, licence: &str) -> Option<usize> {
        let file = match licence {
            "MIT" => "LICENSE-MIT",
            "Apache-2.0" => "LICENSE-APACHE",
            _ => return None,
        };
        let known = KNOWN.iter().find(|it| it.0 == licence)?;
        let body = body_of(&tree::text(&crate::run::path(file)).ok()?, known)?;
        Some(self.number(licence, body))
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("the source is not in {}", folder.display()))?;
    let named = |it: &PathBuf| {
        let name = it.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        it.is_file() && NAMES.iter().any(|known| name.contains(known))
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|it| it.path()).filter(named).collect();
    files.sort();
    Ok(files)
}

/// The words of the licence itself, a paragraph a line.
fn body_of(text: &str, (_, sign, begins, ends): &(&str, &str, &str, &str)) -> Option<String> {
    let whole = paragraphs(text);
    let flat = whole.replace('\n', " ");
    if !flat.contains(sign) {
        return None;
    }
    let from = flat.find(begins)?;
    let to = if ends.is_empty() {
        whole.len()
    } else {
        from + flat[from..].find(ends).map_or(flat.len() - from, |it| it + ends.len())
    };
    Some(whole[from..to].trim().to_owned())
}

/// Lines joined, as they were broken anywhere.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let joined = text.split("\n\n").map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    joined.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What does not count in a comparison: marks, capitals, and where lines end.
fn alike(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `Copyright (c) 2019 Somebody`, but no sentence of a licence that begins so.
fn notices_of(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let line = line.trim().trim_start_matches(['#', '/', '*', ' ']);
        let small = line.to_lowercase();
        let says = small.starts_with("copyright") || line.starts_with('©');
        let whose = small.contains("(c)") || line.contains('©') || line.chars().any(|it| it.is_ascii_digit());
        (says && whose && !small.contains("[yyyy]") && line.len() < 200).then(|| line.to_owned())
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_from_whose_it_is() {
        let mit = "MIT License\n\nCopyright (c) 2019 Somebody\n\nPermission is hereby granted, free of charge, to any\nperson \
                   obtaining a copy of this software and associated documentation files.\n\nTHE AUTHORS OR DEALINGS IN THE\n\
                   SOFTWARE.\nmore";
        assert_eq!(notices_of(mit), ["Copyright (c) 2019 Somebody"]);
        let body = body_of(mit, &KNOWN[0]).unwrap();
        assert!(body.starts_with("Permission is hereby granted, free of charge, to any person obtaining"), "{body}");
        assert!(body.ends_with("DEALINGS IN THE SOFTWARE."), "{body}");
        assert_eq!(body_of(mit, &KNOWN[1]), None);
        assert!(
            notices_of("Copyright [yyyy] [name of copyright owner]\ncopyright notice and this permission").is_empty()
        );
        assert_eq!(alike("“A b”\nc."), alike("\"a B\" c"));
    }
}
