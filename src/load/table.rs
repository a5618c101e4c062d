//! A TOML table read key by key, so that every mistake is told at once, each with its line.

pub mod asked;
mod escaped;
mod numbers;
mod slips;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::rubric::Points;

use super::Problem;
use asked::{Asking, Inquiry, KeyType, sample};
use numbers::{points, share, tenths, whole};

/// A file being read, and all that was found wrong with it.
pub struct Source<'s> {
    file: String,
    text: &'s str,
    /// How many lines of the file stand before the text.
    above: usize,
    problems: RefCell<Vec<Problem>>,
    /// Lines that are not TOML. Whatever else seems wrong on them is a consequence, and is not told.
    unread: RefCell<Vec<usize>>,
    /// The text with its slips mended, where it has any.
    mended: OnceCell<String>,
    /// Where its lines end, once somebody asks for a line.
    ends: OnceCell<Vec<usize>>,
    /// Parts of it could not be read: what seems missing may be there.
    torn: Cell<bool>,
    /// Takes note of what is asked for, where there is no file and only that is wanted.
    asked: Option<Inquiry>,
}

impl<'s> Source<'s> {
    pub fn new(file: String, text: &'s str) -> Source<'s> {
        Source::below(0, file, text)
    }

    /// A part of a file; `above` is how many lines of the file stand before it.
    pub fn below(above: usize, file: String, text: &'s str) -> Source<'s> {
        Source {
            file,
            text,
            above,
            problems: RefCell::default(),
            unread: RefCell::default(),
            mended: OnceCell::new(),
            ends: OnceCell::new(),
            torn: Cell::new(false),
            asked: None,
        }
    }

    /// Has whatever it is asked for, and takes note of it.
    pub fn asking(asked: Inquiry) -> Source<'static> {
        Source { asked: Some(asked), ..Source::new(String::new(), "") }
    }

    pub fn into_asked(self) -> Inquiry {
        self.asked.unwrap_or_default()
    }

    /// The whole document. Each slip in it is told once and mended.
    pub fn parse(&self) -> Spanned<DeTable<'_>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return self.without_unseen(document, self.text);
        }
        let mended = slips::mended(self.text);
        for slip in mended.slips {
            let line = self.above + 1 + slip.line;
            self.say(line, slip.says);
            self.unread.borrow_mut().push(line);
        }
        self.torn.set(!mended.whole);
        let text = self.mended.get_or_init(|| mended.text);
        self.without_unseen(DeTable::parse_recoverable(text).0, text)
    }

    fn without_unseen<'d>(&self, document: Spanned<DeTable<'d>>, text: &str) -> Spanned<DeTable<'d>> {
        escaped::unseen(document.get_ref(), text, &mut |at, what| self.say(self.line(at), what.to_owned()));
        document
    }

    pub fn say(&self, line: usize, message: String) {
        if self.torn.get() || self.unread.borrow().contains(&line) {
            return;
        }
        self.problems.borrow_mut().push(Problem { file: self.file.clone(), line, message });
    }

    /// Are there parts of it that could not be read?
    pub fn is_torn(&self) -> bool {
        self.torn.get()
    }

    pub fn text(&self) -> &'s str {
        self.text
    }

    /// Has nothing wrong been found so far?
    pub fn is_clean(&self) -> bool {
        self.problems.borrow().is_empty() && self.unread.borrow().is_empty()
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    /// The line of the file in which this byte of the text stands.
    pub fn line(&self, at: usize) -> usize {
        let text = self.mended.get().map_or(self.text, String::as_str);
        let ends = self.ends.get_or_init(|| text.match_indices('\n').map(|it| it.0).collect());
        self.above + 1 + ends.partition_point(|end| *end < at)
    }
}

/// A table whose keys are taken one by one. Those that are left at the end are unknown, which is told.
pub struct TomlTable<'t> {
    source: &'t Source<'t>,
    pub line: usize,
    left: BTreeMap<&'t str, (usize, &'t DeValue<'t>)>,
    /// The way to it where only what is asked for is wanted, and the keys that were.
    path: String,
    taken: Vec<String>,
}

impl<'t> TomlTable<'t> {
    pub fn document(source: &'t Source<'t>, document: &'t DeTable<'t>) -> TomlTable<'t> {
        TomlTable::new(source, source.above + 1, document)
    }

    fn new(source: &'t Source<'t>, line: usize, table: &'t DeTable<'t>) -> TomlTable<'t> {
        let left = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), (source.line(key.span().start), value.get_ref())))
            .collect();
        TomlTable { source, line, left, path: String::new(), taken: Vec::new() }
    }

    /// A table below this one, of which only what is asked for is wanted.
    fn below(&self, key: &str) -> TomlTable<'t> {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        TomlTable { source: self.source, line: self.line, left: BTreeMap::new(), path, taken: Vec::new() }
    }

    fn asked(&self) -> Option<&'t Inquiry> {
        self.source.asked.as_ref()
    }

    pub fn say(&self, message: String) {
        self.say_at(self.line, message);
    }

    /// Says what is wrong at the line of a key that was taken before.
    pub fn say_at(&self, line: usize, message: String) {
        match self.asked() {
            Some(asked) => asked.said(&self.path, &message),
            None => self.source.say(line, message),
        }
    }

    pub fn line_of(&self, key: &str) -> usize {
        self.left.get(key).map_or(self.line, |it| it.0)
    }

    /// Tells every key that nobody asked for.
    pub fn end(self) {
        let mut unknown: Vec<(usize, &str)> = self.left.iter().map(|(key, (line, _))| (*line, *key)).collect();
        unknown.sort();
        if let [(line, _), _, _, ..] = unknown[..] {
            // these are the keys of another block
            let keys: Vec<String> = unknown.iter().map(|(_, key)| format!("`{key}`")).collect();
            let keys = keys.join("、");
            return self
                .source
                .say(line, format!("不认识的键 {keys}，是不是前面漏了一行 [[…]] 表头？请核对拼写或删去"));
        }
        for (line, key) in unknown {
            self.source.say(line, format!("不认识的键 `{key}`，请核对拼写或删去"));
        }
    }

    fn take<T>(
        &mut self,
        key: &str,
        holds: KeyType,
        what: &str,
        read: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        if let Some(asked) = self.asked() {
            if !self.is_there(key) {
                return None;
            }
            self.taken.push(key.to_owned());
            let value = sample(&holds);
            asked.note(&self.path, key, holds);
            return read(value);
        }
        let (line, value) = self.left.remove(key)?;
        let read = read(value);
        if read.is_none() {
            self.source.say(line, format!("`{key}` 应为{what}"));
        }
        read
    }

    fn required<T: Default>(&self, key: &str, value: Option<T>, was_there: bool) -> T {
        if let (Some(asked), true) = (self.asked(), value.is_some()) {
            asked.require(&self.path, key);
        }
        if value.is_none() && !was_there {
            self.say(format!("缺少 `{key}`，请补上"));
        }
        value.unwrap_or_default()
    }

    /// Takes a key without reading it. Was it there?
    pub fn skip(&mut self, key: &str) -> bool {
        if let Some(asked) = self.asked() {
            asked.note(&self.path, key, KeyType::Anything);
        }
        self.left.remove(key).is_some()
    }

    /// Takes a text of which nothing can be said, as it depends on a file that could not be read.
    pub fn skip_text(&mut self, key: &str) {
        self.skip(key);
        if let Some(asked) = self.asked() {
            asked.note(&self.path, key, KeyType::Text);
            asked.require(&self.path, key);
        }
    }

    /// The keys that were not taken yet, for a table whose keys are names.
    pub fn keys(&self) -> Vec<&'t str> {
        if self.asked().is_some() {
            return vec![ANY_KEY];
        }
        self.left.keys().copied().collect()
    }

    pub fn has(&self, key: &str) -> bool {
        match self.asked() {
            // what stands there decides which other keys there are
            Some(asked) if self.is_there(key) => asked.decide(&self.path, key, Asking::There) == 1,
            Some(_) => false,
            None => self.left.contains_key(key),
        }
    }

    /// The same, where nothing else depends on it.
    fn is_there(&self, key: &str) -> bool {
        match self.asked() {
            Some(asked) => !self.taken.iter().any(|it| it == key) && !asked.is_left_out(&self.path, key),
            None => self.left.contains_key(key),
        }
    }

    /// A text that is taken later.
    pub fn peek(&self, key: &str) -> Option<&'t str> {
        self.left.get(key)?.1.as_str()
    }

    pub fn text(&mut self, key: &str) -> Option<String> {
        self.take(key, KeyType::Text, TEXT, |it| it.as_str().map(str::to_owned))
    }

    pub fn need_text(&mut self, key: &str) -> String {
        let was_there = self.is_there(key);
        let value = self.text(key);
        self.required(key, value, was_there)
    }

    /// A text that must be there and say something.
    pub fn need_filled(&mut self, key: &str) -> String {
        let (line, was_there) = (self.line_of(key), self.is_there(key));
        let value = self.take(key, KeyType::Filled, TEXT, |it| it.as_str().map(str::to_owned));
        if value.as_ref().is_some_and(|it| it.trim().is_empty()) {
            self.say_at(line, format!("`{key}` 是空的，请填写"));
        }
        self.required(key, value, was_there)
    }

    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        self.take(key, KeyType::Texts, "文字的列表", |value| {
            value.as_array()?.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect()
        })
    }

    pub fn need_texts(&mut self, key: &str) -> Vec<String> {
        let was_there = self.is_there(key);
        let value = self.texts(key);
        self.required(key, value, was_there)
    }

    pub fn need_wholes(&mut self, key: &str) -> Vec<u16> {
        let was_there = self.is_there(key);
        let list = |value: &DeValue<'_>| value.as_array()?.iter().map(|it| whole(it.get_ref())).collect();
        let value = self.take(key, KeyType::Wholes, "不小于 0 的整数的列表", list);
        self.required(key, value, was_there)
    }

    pub fn need_whole(&mut self, key: &str) -> u16 {
        let was_there = self.is_there(key);
        let value = self.take(key, KeyType::Whole, "不小于 0 的整数", whole);
        self.required(key, value, was_there)
    }

    pub fn whole(&mut self, key: &str) -> Option<u16> {
        self.take(key, KeyType::Whole, "不小于 0 的整数", whole)
    }

    pub fn points(&mut self, key: &str) -> Option<Points> {
        self.take(key, KeyType::Points, "分数（不小于 0，最多一位小数）", points)
    }

    pub fn need_points(&mut self, key: &str) -> Points {
        let was_there = self.is_there(key);
        let value = self.points(key);
        self.required(key, value, was_there)
    }

    /// A number of any size, in tenths.
    pub fn need_tenths(&mut self, key: &str) -> i64 {
        let was_there = self.is_there(key);
        let value = self.take(key, KeyType::Number, "不小于 0 的数（最多一位小数）", tenths);
        self.required(key, value, was_there)
    }

    /// A number up to 1 with up to three decimals, in thousandths.
    pub fn need_share(&mut self, key: &str) -> u16 {
        let was_there = self.is_there(key);
        let value = self.take(key, KeyType::Share, "大于 0、不大于 1 的小数（最多三位）", share);
        self.required(key, value, was_there)
    }

    /// `true` or `false`; false where it is absent.
    pub fn truth(&mut self, key: &str) -> bool {
        let read = self.take(key, KeyType::Truth, " true 或 false（不加引号）", DeValue::as_bool).unwrap_or_default();
        match self.asked() {
            Some(asked) => asked.decide(&self.path, key, Asking::True) == 1,
            None => read,
        }
    }

    pub fn table(&mut self, key: &str) -> Option<TomlTable<'t>> {
        if let Some(asked) = self.asked() {
            if !self.has(key) {
                return None;
            }
            self.taken.push(key.to_owned());
            asked.note(&self.path, key, KeyType::Table);
            return Some(self.below(key));
        }
        let line = self.line_of(key);
        let table = self.take(key, KeyType::Table, "表 `{ … }`", |it| it.as_table())?;
        Some(TomlTable::new(self.source, line, table))
    }

    /// The tables of `[[key]]`, none where there are none.
    pub fn tables(&mut self, key: &str) -> Vec<TomlTable<'t>> {
        if let Some(asked) = self.asked() {
            if !self.is_there(key) {
                return Vec::new();
            }
            self.taken.push(key.to_owned());
            asked.note(&self.path, key, KeyType::Tables);
            return vec![self.below(key)];
        }
        let source = self.source;
        let list = self.take(
            key,
            KeyType::Tables,
            "表的列表，写成 `[[…]]` 一段一段，或 `[ { … } ]`",
            |value| {
                value
                    .as_array()?
                    .iter()
                    .map(|it| Some(TomlTable::new(source, source.line(it.span().start), it.get_ref().as_table()?)))
                    .collect::<Option<Vec<_>>>()
            },
        );
        list.unwrap_or_default()
    }
}

/// Stands for every key of a table whose keys are names.
pub const ANY_KEY: &str = "*";

const TEXT: &str = "文字（写在引号里）";
