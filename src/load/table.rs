//! A TOML table read key by key, so that every mistake is told at once, each with its line.

mod slips;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::rubric::Points;

use super::Problem;

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
        }
    }

    /// The whole document. Each slip in it is told once and mended.
    pub fn parse(&self) -> Spanned<DeTable<'_>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return document;
        }
        let mended = slips::mended(self.text);
        for slip in mended.slips {
            let line = self.above + 1 + slip.line;
            self.say(line, slip.says);
            self.unread.borrow_mut().push(line);
        }
        self.torn.set(!mended.whole);
        DeTable::parse_recoverable(self.mended.get_or_init(|| mended.text)).0
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
        TomlTable { source, line, left }
    }

    pub fn say(&self, message: String) {
        self.source.say(self.line, message);
    }

    /// Says what is wrong at the line of a key that was taken before.
    pub fn say_at(&self, line: usize, message: String) {
        self.source.say(line, message);
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

    fn take<T>(&mut self, key: &str, what: &str, read: impl FnOnce(&'t DeValue<'t>) -> Option<T>) -> Option<T> {
        let (line, value) = self.left.remove(key)?;
        let read = read(value);
        if read.is_none() {
            self.source.say(line, format!("`{key}` 应为{what}"));
        }
        read
    }

    fn required<T: Default>(&self, key: &str, value: Option<T>, was_there: bool) -> T {
        if value.is_none() && !was_there {
            self.say(format!("缺少 `{key}`，请补上"));
        }
        value.unwrap_or_default()
    }

    /// Takes a key without reading it. Was it there?
    pub fn skip(&mut self, key: &str) -> bool {
        self.left.remove(key).is_some()
    }

    /// The keys that were not taken yet, for a table whose keys are names.
    pub fn keys(&self) -> Vec<&'t str> {
        self.left.keys().copied().collect()
    }

    pub fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// A text that is taken later.
    pub fn peek(&self, key: &str) -> Option<&'t str> {
        self.left.get(key)?.1.as_str()
    }

    pub fn text(&mut self, key: &str) -> Option<String> {
        self.take(key, "文字（写在引号里）", |it| it.as_str().map(str::to_owned))
    }

    pub fn need_text(&mut self, key: &str) -> String {
        let was_there = self.has(key);
        let value = self.text(key);
        self.required(key, value, was_there)
    }

    /// A text that must be there and say something.
    pub fn need_filled(&mut self, key: &str) -> String {
        let (line, was_there) = (self.line_of(key), self.has(key));
        let value = self.text(key);
        if value.as_ref().is_some_and(|it| it.trim().is_empty()) {
            self.say_at(line, format!("`{key}` 是空的，请填写"));
        }
        self.required(key, value, was_there)
    }

    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        self.take(key, "文字的列表", |value| {
            value.as_array()?.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect()
        })
    }

    pub fn need_texts(&mut self, key: &str) -> Vec<String> {
        let was_there = self.has(key);
        let value = self.texts(key);
        self.required(key, value, was_there)
    }

    pub fn need_wholes(&mut self, key: &str) -> Vec<u16> {
        let was_there = self.has(key);
        let list = |value: &DeValue<'_>| value.as_array()?.iter().map(|it| whole(it.get_ref())).collect();
        let value = self.take(key, "不小于 0 的整数的列表", list);
        self.required(key, value, was_there)
    }

    pub fn need_whole(&mut self, key: &str) -> u16 {
        let was_there = self.has(key);
        let value = self.take(key, "不小于 0 的整数", whole);
        self.required(key, value, was_there)
    }

    pub fn whole(&mut self, key: &str) -> Option<u16> {
        self.take(key, "不小于 0 的整数", whole)
    }

    pub fn points(&mut self, key: &str) -> Option<Points> {
        self.take(key, "分数（不小于 0，最多一位小数）", points)
    }

    pub fn need_points(&mut self, key: &str) -> Points {
        let was_there = self.has(key);
        let value = self.points(key);
        self.required(key, value, was_there)
    }

    /// A number of any size, in tenths.
    pub fn need_tenths(&mut self, key: &str) -> i64 {
        let was_there = self.has(key);
        let value = self.take(key, "不小于 0 的数（最多一位小数）", tenths);
        self.required(key, value, was_there)
    }

    /// A number up to 1 with up to three decimals, in thousandths.
    pub fn need_share(&mut self, key: &str) -> u16 {
        let was_there = self.has(key);
        let value = self.take(key, "大于 0、不大于 1 的小数（最多三位）", share);
        self.required(key, value, was_there)
    }

    /// `true` or `false`; false where it is absent.
    pub fn truth(&mut self, key: &str) -> bool {
        self.take(key, " true 或 false（不加引号）", DeValue::as_bool).unwrap_or_default()
    }

    pub fn table(&mut self, key: &str) -> Option<TomlTable<'t>> {
        let line = self.line_of(key);
        let table = self.take(key, "表 `{ … }`", |it| it.as_table())?;
        Some(TomlTable::new(self.source, line, table))
    }

    /// The tables of `[[key]]`, none where there are none.
    pub fn tables(&mut self, key: &str) -> Vec<TomlTable<'t>> {
        let source = self.source;
        let list = self.take(key, "表的列表 `[[…]]`", |value| {
            value
                .as_array()?
                .iter()
                .map(|it| Some(TomlTable::new(source, source.line(it.span().start), it.get_ref().as_table()?)))
                .collect::<Option<Vec<_>>>()
        });
        list.unwrap_or_default()
    }
}

fn whole(value: &DeValue<'_>) -> Option<u16> {
    let integer = value.as_integer()?;
    u16::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn points(value: &DeValue<'_>) -> Option<Points> {
    if let Some(whole) = whole(value) {
        return (whole <= u16::MAX / 10).then(|| Points::whole(whole));
    }
    let (whole, tenth) = value.as_float()?.as_str().split_once('.')?;
    let tenth: u16 = (tenth.len() == 1).then(|| tenth.parse().ok())??;
    let whole: u16 = whole.parse().ok()?;
    whole.checked_mul(10)?.checked_add(tenth).map(Points::tenths)
}

/// No figure of a document is larger.
const LARGEST: i64 = 1_000_000_000;

fn tenths(value: &DeValue<'_>) -> Option<i64> {
    let written = match (value.as_integer(), value.as_float()) {
        (Some(it), _) if it.radix() == 10 => it.as_str(),
        (_, Some(it)) => it.as_str(),
        _ => return None,
    };
    let (whole, tenth) = written.split_once('.').unwrap_or((written, "0"));
    let tenth: i64 = (tenth.len() == 1).then(|| tenth.parse().ok())??;
    let whole: i64 = whole.parse().ok().filter(|it| (0..=LARGEST).contains(it))?;
    Some(whole * 10 + tenth)
}

fn share(value: &DeValue<'_>) -> Option<u16> {
    if whole(value) == Some(1) {
        return Some(1000);
    }
    let (whole, decimals) = value.as_float()?.as_str().split_once('.')?;
    let decimals: u16 = (decimals.len() <= 3).then(|| format!("{decimals:0<3}").parse().ok())??;
    let whole: u16 = whole.parse().ok().filter(|it| *it <= 1)?;
    Some(whole * 1000 + decimals).filter(|it| (1..=1000).contains(it))
}
