//! A line of JSON as a flat list of what it says about each row; nothing is judged here.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::cli::json::broken;
use crate::cli::lines::LineError;
use crate::letters::plain_text;
use crate::rubric::{Fact, LIST_KEYS};

/// The head of a line.
pub struct SheetIn<'l> {
    pub rubric: Cow<'l, str>,
    pub edition: Option<Cow<'l, str>>,
}

/// One key of one answer. `key` is empty for an answer without keys, or one that is no object.
pub struct AnswerEntry<'l> {
    pub row: Cow<'l, str>,
    pub key: AnswerKey,
    pub value: Value<'l>,
}

/// A key of an answer: nearly always one of the known words, so no memory is needed for it.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerKey {
    Known(&'static str),
    Unknown(String),
    /// The answer is `{}`.
    Nothing,
    /// The answer is not an object.
    NoObject,
}

/// A JSON value, as far as an answer can hold it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'l> {
    Bool(bool),
    Whole(i64),
    Decimal(f64),
    Text(Cow<'l, str>),
    List(Vec<Value<'l>>),
    Other,
}

/// A value of JSON that is no list, as far as an answer can hold it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AnswerValue<'v> {
    Bool(bool),
    Whole(i64),
    Decimal(f64),
    Text(&'v str),
    Other,
}

impl Value<'_> {
    pub fn alone(&self) -> AnswerValue<'_> {
        match self {
            Value::Bool(it) => AnswerValue::Bool(*it),
            Value::Whole(it) => AnswerValue::Whole(*it),
            Value::Decimal(it) => AnswerValue::Decimal(*it),
            Value::Text(it) => AnswerValue::Text(it),
            Value::List(_) | Value::Other => AnswerValue::Other,
        }
    }
}

/// The key itself, where it is the name of a fact.
fn known_key(key: &str) -> Option<&'static str> {
    Fact::ALL.iter().map(|it| it.name()).chain(LIST_KEYS).find(|it| *it == key)
}

impl<'l> SheetIn<'l> {
    /// Reads a line; what it says about rows goes to `entries`, in the order of the line. `id` is as written, to be
    /// echoed, also where the rest of the line is wrong.
    pub fn read(
        line: &'l [u8],
        id: &mut Option<&'l str>,
        entries: &mut Vec<AnswerEntry<'l>>,
    ) -> Result<SheetIn<'l>, LineError> {
        let mut json = serde_json::Deserializer::from_slice(line);
        let sheet = SheetSeed { id, entries }.deserialize(&mut json).and_then(|it| json.end().map(|()| it));
        sheet.map_err(|error| {
            let text = error.to_string();
            let plain = text.rsplit_once(" at line ").map_or(&*text, |it| it.0);
            // our own messages are Chinese and stand after a path and a tab; the parser puts its own before these, or
            // says only its own
            match plain.rsplit_once('\t') {
                Some((before, message)) => {
                    let path = before.rsplit("expected ").next().unwrap_or_default();
                    let code = if message.ends_with(TWICE) { "duplicate" } else { "form" };
                    LineError { code, path: path.to_owned(), message: message.to_owned() }
                }
                None => broken(line, &error),
            }
        })
    }
}

/// How the message about a key ends that comes twice.
const TWICE: &str = "出现了两次";

fn twice<E: Error>(key: &str) -> E {
    E::custom(format!("{key}\t`{key}` {TWICE}"))
}

struct SheetSeed<'e, 'l> {
    id: &'e mut Option<&'l str>,
    entries: &'e mut Vec<AnswerEntry<'l>>,
}

impl<'de> DeserializeSeed<'de> for SheetSeed<'_, 'de> {
    type Value = SheetIn<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<SheetIn<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for SheetSeed<'_, 'de> {
    type Value = SheetIn<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\t每行应是一个 JSON 对象 {\"rubric\", \"answers\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SheetIn<'de>, A::Error> {
        let (mut rubric, mut edition, mut answered) = (None, None, false);
        while let Some(key) = map.next_key_seed(Str)? {
            match &*key {
                "rubric" if rubric.is_some() => return Err(twice("rubric")),
                "rubric" => {
                    // what is no JSON at all is told as such, and only then what should stand here
                    let value = map.next_value::<&RawValue>()?.get();
                    let text = Str.deserialize(&mut serde_json::Deserializer::from_str(value));
                    rubric = Some(text.map_err(|_| A::Error::custom("rubric\t应为附件号的文字，如 \"3\""))?);
                }
                "edition" if edition.is_some() => return Err(twice("edition")),
                "edition" => {
                    let value: Option<&RawValue> = map.next_value()?;
                    edition = match value.map(|it| serde_json::from_str::<Option<String>>(it.get())) {
                        None | Some(Ok(None)) => None,
                        Some(Ok(Some(it))) => Some(Cow::Owned(it)),
                        Some(Err(_)) => return Err(A::Error::custom("edition\t应为版本的文字，写在引号里")),
                    };
                }
                "id" if self.id.is_some() => return Err(twice("id")),
                "id" => *self.id = Some(map.next_value::<&RawValue>()?.get()),
                "answers" if answered => return Err(twice("answers")),
                "answers" => {
                    map.next_value_seed(AnswersSeed(&mut *self.entries))?;
                    answered = true;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let rubric = rubric.ok_or_else(|| A::Error::custom("rubric\t缺少 `rubric`"))?;
        if !answered {
            return Err(A::Error::custom("answers\t缺少 `answers`"));
        }
        Ok(SheetIn { rubric, edition })
    }
}

struct AnswersSeed<'e, 'l>(&'e mut Vec<AnswerEntry<'l>>);

impl<'de> DeserializeSeed<'de> for AnswersSeed<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnswersSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers\t`answers` 应为对象，如 {\"3-1\": {\"met\": true}}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(row) = map.next_key_seed(Str)? {
            map.next_value_seed(AnswerSeed { row, entries: &mut *self.0 })?;
        }
        Ok(())
    }
}

/// One row's answer.
struct AnswerSeed<'e, 'l> {
    row: Cow<'l, str>,
    entries: &'e mut Vec<AnswerEntry<'l>>,
}

impl<'l> AnswerSeed<'_, 'l> {
    fn push(&mut self, key: AnswerKey, value: Value<'l>) {
        self.entries.push(AnswerEntry { row: self.row.clone(), key, value });
    }

    fn no_object<E>(mut self) -> Result<(), E> {
        self.push(AnswerKey::NoObject, Value::Other);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for AnswerSeed<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnswerSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut empty = true;
        while let Some(key) = map.next_key_seed(Str)? {
            let value = map.next_value_seed(ValueSeed)?;
            let key = known_key(&key).map_or_else(|| AnswerKey::Unknown(key.into_owned()), AnswerKey::Known);
            self.push(key, value);
            empty = false;
        }
        if empty {
            self.push(AnswerKey::Nothing, Value::Other);
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.no_object()
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.no_object()
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.no_object()
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.no_object()
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.no_object()
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        self.no_object()
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.no_object()
    }
}

struct ValueSeed;

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value<'de>, E> {
        Ok(Value::Whole(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value<'de>, E> {
        Ok(Value::Whole(i64::try_from(value).unwrap_or(i64::MAX)))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value<'de>, E> {
        Ok(Value::Decimal(value))
    }
    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Value<'de>, E> {
        Str.visit_borrowed_str(value).map(Value::Text)
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Value<'de>, E> {
        Str.visit_str(value).map(Value::Text)
    }
    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Other)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(it) = seq.next_element_seed(ValueSeed)? {
            list.push(it);
        }
        Ok(Value::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}

/// A string as plain letters, borrowed from the line where it has no others and no escapes.
struct Str;

impl<'de> DeserializeSeed<'de> for Str {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Str {
    type Value = Cow<'de, str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(if value.is_ascii() { Cow::Borrowed(value) } else { Cow::Owned(plain_text(value)) })
    }
    fn visit_str<E>(self, value: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(plain_text(value)))
    }
}
