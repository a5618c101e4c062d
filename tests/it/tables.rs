//! Tables of cases: one TOML file per subject, with a `[[case]]` that has its own `name` for each case.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{files, path, read};

/// One case of a table.
pub struct Case<T> {
    /// Its name in the table.
    pub name: String,
    /// The file and the name, for messages.
    pub at: String,
    pub is: T,
}

/// All cases of a table, or of all tables of a folder, in the order of their files. No name occurs twice.
pub fn cases<T: DeserializeOwned>(file_or_folder: &str) -> Vec<Case<T>> {
    raw(file_or_folder).into_iter().map(Case::read).collect()
}

/// The cases as they are written, without their names.
pub fn raw(file_or_folder: &str) -> Vec<Case<Map<String, Value>>> {
    let whole = path(file_or_folder);
    let tables = if whole.is_dir() { files(&whole, ".toml") } else { vec![whole] };
    let mut cases = Vec::new();
    let mut names = BTreeSet::new();
    for table in tables {
        let file = table.strip_prefix(path("")).expect("below the repository").to_string_lossy().replace('\\', "/");
        for mut keys in cases_of(&file) {
            let Some(Value::String(name)) = keys.remove("name") else { panic!("{file}: a case without a `name`") };
            let at = format!("{file}, {name}");
            assert!(names.insert(name.clone()), "{at}: another case has this name");
            cases.push(Case { name, at, is: keys });
        }
    }
    cases
}

/// The tables of a file. Keys outside of the cases are defaults for keys that a case leaves out.
fn cases_of(file: &str) -> Vec<Map<String, Value>> {
    let mut table: Map<String, Value> = toml::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let Some(Value::Array(cases)) = table.remove("case") else { panic!("{file}: no `[[case]]`") };
    let whole = |case| {
        let Value::Object(own) = case else { panic!("{file}: `case` is no table") };
        table.clone().into_iter().chain(own).collect()
    };
    cases.into_iter().map(whole).collect()
}

impl Case<Map<String, Value>> {
    /// Converts the case to the type that its test needs.
    pub fn read<T: DeserializeOwned>(self) -> Case<T> {
        let is = serde_json::from_value(self.is.into()).unwrap_or_else(|error| panic!("{}: {error}", self.at));
        Case { name: self.name, at: self.at, is }
    }
}
