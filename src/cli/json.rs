//! A line of JSON: the object in it, its id, and what is wrong with it in a sentence.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::letters::BYTE_ORDER_MARK;

/// What is wrong with a line: a word for programs, the place in the line, a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    pub code: &'static str,
    pub path: String,
    pub message: String,
}

/// The object of a line, each key once.
///
/// # Errors
/// What is wrong with the line.
pub fn object(line: &[u8]) -> Result<Map<String, Value>, LineError> {
    let mut twice = None;
    let mut json = serde_json::Deserializer::from_slice(line);
    let read = (&mut json).deserialize_map(EachKeyOnce(&mut twice)).and_then(|map| json.end().map(|()| map));
    read.map_err(|error| match twice {
        Some(key) => {
            let message = format!("`{key}` 出现了两次");
            LineError { code: "duplicate", path: key, message }
        }
        None => broken(line, &error),
    })
}

struct EachKeyOnce<'k>(&'k mut Option<String>);

impl<'de> Visitor<'de> for EachKeyOnce<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<String, Value>, A::Error> {
        let mut object = Map::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            if object.contains_key(&key) {
                *self.0 = Some(key);
                return Err(A::Error::custom("twice"));
            }
            object.insert(key, value);
        }
        Ok(object)
    }
}

/// The `id` of a line as it is written there. It is looked for also where the rest of the line is wrong: a line that
/// breaks off has it if it stands before that.
pub fn id_of(line: &[u8]) -> Option<&str> {
    struct Found<'i, 'l>(&'i mut Option<&'l str>);
    impl<'de> Visitor<'de> for Found<'_, 'de> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(IsId(is_id)) = map.next_key()? {
                if is_id {
                    *self.0 = Some(map.next_value::<&RawValue>()?.get());
                } else {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Ok(())
        }
    }
    let mut id = None;
    // what is wrong with the line was said already
    let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Found(&mut id));
    id
}

/// Is this key the one of the id?
struct IsId(bool);

impl<'de> Deserialize<'de> for IsId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<IsId, D::Error> {
        struct Key;
        impl Visitor<'_> for Key {
            type Value = IsId;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E>(self, key: &str) -> Result<IsId, E> {
                Ok(IsId(key == "id"))
            }
        }
        from.deserialize_str(Key)
    }
}

/// A line that is not JSON, or no object: where that shows, and what people most often do.
pub fn broken(line: &[u8], error: &serde_json::Error) -> LineError {
    LineError { code: "json", path: String::new(), message: sentence(line, error) }
}

fn sentence(line: &[u8], error: &serde_json::Error) -> String {
    let Ok(text) = str::from_utf8(line) else {
        return "这一行不是 UTF-8 编码，请另存为 UTF-8 再试".to_owned();
    };
    let text = text.trim_end();
    let said = error.to_string();
    match error.classify() {
        Category::Data => return "这一行应是一个 JSON 对象，写在花括号里".to_owned(),
        Category::Eof => return "这一行的 JSON 到末尾还没有结束，缺少引号、括号，或者被截断".to_owned(),
        Category::Syntax | Category::Io => {}
    }
    if said.starts_with("recursion limit") {
        return "这一行的括号套得太深".to_owned();
    }
    let mut at = error.column().saturating_sub(1).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (before, rest) = text.split_at(at);
    let place = format!("第 {} 个字处", before.chars().count() + 1);
    let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let why = if said.starts_with("number out of range") {
        "的数太大"
    } else if said.starts_with("trailing characters") {
        "已经结束，后面还有别的内容；一行只写一个对象"
    } else if said.starts_with("trailing comma") {
        "多了一个逗号"
    } else if said.starts_with("control character") {
        "有制表符等控制符，文字里不能直接写"
    } else if rest.starts_with(BYTE_ORDER_MARK) {
        "有看不见的 BOM，像是几个文件接成了一个；请把几个文件都写在命令后面"
    } else if starts(&["“", "”", "‘", "’", "＂", "'", "\\'"]) {
        "的引号不对，应为半角的双引号 \""
    } else if starts(&["：", "，", "；", "｛", "｝", "［", "］"]) {
        "是全角标点，应为半角"
    } else if starts(&["NaN", "Infinity", "-Infinity"]) || before.ends_with('-') && starts(&["I"]) {
        "不是数，JSON 里没有 NaN 和 Infinity"
    } else if starts(&["True", "False", "None", "TRUE", "FALSE"]) {
        "应写 true、false 或 null，全部小写"
    } else {
        "不是正确的 JSON"
    };
    format!("这一行{place}{why}")
}
