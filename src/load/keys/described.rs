//! What to write at each key of the data files: editors show it beside the key, and `ziping new` writes it above. All of it stands in
//! `described.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::DataFile;

/// The sentences by table and key. The file itself is called as its kind, a table in it `rubric.section.group`.
static SENTENCES: LazyLock<BTreeMap<String, BTreeMap<String, String>>> = LazyLock::new(|| {
    let document: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(include_str!("described.toml")).expect("it is TOML");
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (tables, keys) in document {
        for table in tables.split(' ') {
            all.entry(table.to_owned()).or_default().extend(keys.clone());
        }
    }
    all
});

/// What to write at a key of a table, `section.group`; of the file itself where that is empty.
pub fn sentence(file: DataFile, table: &str, key: &str) -> Option<&'static str> {
    let sentence = SENTENCES.get(&named(file, table))?.get(key)?;
    Some(sentence)
}

/// All keys that have a sentence, with their tables.
pub fn all_described() -> impl Iterator<Item = (&'static str, &'static str)> {
    SENTENCES.iter().flat_map(|(table, keys)| keys.keys().map(|it| (table.as_str(), it.as_str())))
}

/// As `described.toml` calls a table.
pub fn named(file: DataFile, table: &str) -> String {
    if table.is_empty() { file.name().to_owned() } else { format!("{}.{table}", file.name()) }
}
