//! Which keys a reader asks a table for. A reader is run over a table that has whatever it asks for, again and again, so that it goes
//! every way that it has: what it asks for on the way is what a file may have. So a list of keys cannot differ from what is read.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::TomlTable;

/// What a key holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyType {
    /// It is not looked at.
    Anything,
    Text,
    /// A text that says something.
    Filled,
    Texts,
    /// A text, or a list of them, out of these.
    Word(Vec<String>),
    Words(Vec<String>),
    Whole,
    Wholes,
    /// Points in tenths.
    Points,
    /// A number of any size, in tenths.
    Number,
    /// More than 0 and up to 1.
    Share,
    Truth,
    Table,
    Tables,
}

/// What of a key decides which others there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asking {
    /// Whether it is there.
    There,
    /// Whether it is true.
    True,
    /// Which of so many words it is.
    Word(usize),
}

impl Asking {
    pub fn ways(self) -> usize {
        match self {
            Asking::There | Asking::True => 2,
            Asking::Word(n) => n,
        }
    }

    /// The way that is gone first.
    fn first(self) -> usize {
        match self {
            Asking::There => 1,
            Asking::True | Asking::Word(_) => 0,
        }
    }
}

/// A key as somebody asked for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskedKey {
    pub holds: KeyType,
    pub required: bool,
}

/// What a reader asked one table for on one of its ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskedTable {
    /// What decided the way, in its order.
    pub decided: Vec<(String, Asking, usize)>,
    pub keys: BTreeMap<String, AskedKey>,
    /// The reader said that something is missing.
    pub refused: bool,
}

/// The ways to go: by table and key which of them.
type Script = BTreeMap<(String, String), usize>;

/// What a reader asked for on one run, by the table: `section.group.row`.
#[derive(Default)]
pub struct Inquiry {
    script: Script,
    tables: RefCell<BTreeMap<String, AskedTable>>,
}

impl Inquiry {
    fn at<T>(&self, table: &str, change: impl FnOnce(&mut AskedTable) -> T) -> T {
        change(self.tables.borrow_mut().entry(table.to_owned()).or_default())
    }

    /// Which way to go at a key, the same each time.
    pub fn decide(&self, table: &str, key: &str, asking: Asking) -> usize {
        let way = self.script.get(&(table.to_owned(), key.to_owned())).copied().unwrap_or(asking.first());
        self.at(table, |asked| {
            if let Some(before) = asked.decided.iter().find(|it| it.0 == key) {
                return before.2;
            }
            asked.decided.push((key.to_owned(), asking, way));
            way
        })
    }

    /// Was it decided that the key is not there?
    pub fn is_left_out(&self, table: &str, key: &str) -> bool {
        self.at(table, |asked| asked.decided.iter().any(|it| it.0 == key && it.1 == Asking::There && it.2 == 0))
    }

    pub fn note(&self, table: &str, key: &str, holds: KeyType) {
        let there = self.at(table, |asked| asked.decided.iter().any(|it| it.0 == key && it.1 != Asking::True));
        self.at(table, |asked| asked.keys.insert(key.to_owned(), AskedKey { holds, required: there }));
    }

    pub fn require(&self, table: &str, key: &str) {
        self.at(table, |asked| {
            if let Some(key) = asked.keys.get_mut(key) {
                key.required = true;
            }
        });
    }

    /// The texts of a key are among these.
    pub fn among(&self, table: &str, key: &str, words: Vec<String>) {
        self.at(table, |asked| {
            let Some(key) = asked.keys.get_mut(key) else { return };
            key.holds = match key.holds {
                KeyType::Texts => KeyType::Words(words),
                _ => KeyType::Word(words),
            };
        });
    }

    /// Takes note of what the reader says of a table.
    pub fn said(&self, table: &str, message: &str) {
        if message.starts_with("缺少 `") {
            self.at(table, |asked| asked.refused = true);
        }
    }
}

/// Runs a reader until it went every way that it has, and gives what it asked each table for on each way.
pub fn all_asked(read: impl Fn(Inquiry) -> Inquiry) -> BTreeMap<String, BTreeSet<AskedTable>> {
    let mut all: BTreeMap<String, BTreeSet<AskedTable>> = BTreeMap::new();
    let mut seen: BTreeSet<(String, Vec<(String, usize)>)> = BTreeSet::new();
    let mut scripts = vec![Script::new()];
    while let Some(script) = scripts.pop() {
        let asked = read(Inquiry { script, ..Inquiry::default() });
        let tables = asked.tables.into_inner();
        let mut gone = Script::new();
        for (path, table) in &tables {
            gone.extend(table.decided.iter().map(|(key, _, way)| ((path.clone(), key.clone()), *way)));
        }
        for (path, table) in tables {
            // the ways that part from this one, at this table
            let mut so_far: Vec<(String, usize)> = Vec::new();
            for (key, asking, way) in &table.decided {
                for other in 0..asking.ways() {
                    let parted = [&so_far[..], &[(key.clone(), other)]].concat();
                    if !seen.insert((path.clone(), parted)) || other == *way {
                        continue;
                    }
                    let later: Vec<&String> = table.decided[so_far.len()..].iter().map(|it| &it.0).collect();
                    let mut next = gone.clone();
                    next.retain(|(of, key), _| *of != path || !later.contains(&key));
                    next.insert((path.clone(), key.clone()), other);
                    scripts.push(next);
                }
                so_far.push((key.clone(), *way));
            }
            // what is there and is not asked for would be told as unknown
            let unasked =
                |it: &(String, Asking, usize)| it.1 == Asking::There && it.2 == 1 && !table.keys.contains_key(&it.0);
            if !table.refused && !table.decided.iter().any(unasked) {
                all.entry(path).or_default().insert(table);
            }
        }
    }
    all
}

/// A value of each kind, for a table that has whatever it is asked for.
pub fn sample(holds: &KeyType) -> &'static DeValue<'static> {
    const TEXT: &str = "text = \"1-1\"\ntexts = [\"1-1\", \"1-2\"]\nwhole = 1\nwholes = [1]\nshare = 0.5\ntruth = true";
    static SAMPLES: OnceLock<Spanned<DeTable<'static>>> = OnceLock::new();
    let key = match holds {
        KeyType::Text | KeyType::Filled | KeyType::Word(_) => "text",
        KeyType::Texts | KeyType::Words(_) => "texts",
        KeyType::Whole | KeyType::Points | KeyType::Number => "whole",
        KeyType::Wholes => "wholes",
        KeyType::Share => "share",
        KeyType::Anything | KeyType::Truth | KeyType::Table | KeyType::Tables => "truth",
    };
    let samples = SAMPLES.get_or_init(|| DeTable::parse(TEXT).expect("it is TOML"));
    samples.get_ref().get(key).expect("each is there").get_ref()
}

impl TomlTable<'_> {
    /// Says that the texts of a key that was just taken are among these.
    pub fn among<'w>(&self, key: &str, words: impl IntoIterator<Item = &'w str>) {
        if let Some(asked) = self.asked() {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            // another file says which words there are
            if !words.is_empty() {
                asked.among(&self.path, key, words);
            }
        }
    }

    /// Is none of these keys there? Where only what is asked for is wanted, each is asked for by itself.
    pub fn lacks(&self, keys: &[&str]) -> bool {
        self.asked().is_none() && keys.iter().all(|it| !self.left.contains_key(it))
    }

    /// A text that is one of these words, and decides which other keys there are.
    pub fn need_kind(&mut self, key: &str, words: &[&str]) -> String {
        match self.asked() {
            Some(asked) => {
                let way = asked.decide(&self.path, key, Asking::Word(words.len()));
                self.need_text(key);
                self.among(key, words.iter().copied());
                words[way].to_owned()
            }
            None => self.need_text(key),
        }
    }
}
