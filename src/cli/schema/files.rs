//! The data files as JSON Schemas, for editors that complete and check while somebody writes.

use serde_json::{Map, Value, json};

use crate::load::keys::{DataFile, TableKeys, sentence};
use crate::load::table::ANY_KEY;
use crate::load::table::asked::{AskedKey, KeyType};

use super::{extend, one_of, texts};

/// The schema of a kind of data file.
pub fn of_file(file: DataFile) -> Value {
    let tables = file.tables();
    let mut all = Map::new();
    all.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    all.insert("title".to_owned(), title(file).into());
    let table = FileTables { file, tables: &tables };
    if let Value::Object(root) = table.of("") {
        all.extend(root);
    }
    Value::Object(all)
}

pub fn title(file: DataFile) -> &'static str {
    match file {
        DataFile::Edition => "edition.toml：一个版本",
        DataFile::Rubric => "一份评估要点",
        DataFile::Readings => "readings.toml：解读",
        DataFile::Filing => "filing.toml：谁在哪里备案",
        DataFile::Scope => "scope.toml：可以申报什么",
        DataFile::Places => "places.toml：地名",
        DataFile::Later => "later.toml：此后文件",
        DataFile::Concordance => "from-旧版.toml：与旧版逐行对照",
        DataFile::Site => "site.toml：网站是谁的",
    }
}

struct FileTables<'t> {
    file: DataFile,
    tables: &'t std::collections::BTreeMap<String, Vec<TableKeys>>,
}

impl FileTables<'_> {
    fn of(&self, path: &str) -> Value {
        let kinds = self.tables.get(path).map_or(&[][..], Vec::as_slice);
        match kinds {
            [only] => self.kind(path, only),
            several => json!({ "anyOf": several.iter().map(|it| self.kind(path, it)).collect::<Vec<_>>() }),
        }
    }

    fn kind(&self, path: &str, kind: &TableKeys) -> Value {
        let mut properties = Map::new();
        let mut required: Vec<&str> = Vec::new();
        let mut others = Value::Bool(false);
        for (key, asked) in &kind.keys {
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let value = self.value(&below, asked, kind.fixed.get(key).copied());
            let value = with_sentence(value, sentence(self.file, path, key));
            if key == ANY_KEY {
                others = value;
                continue;
            }
            properties.insert(key.clone(), value);
            let is_true = asked.holds == KeyType::Truth && kind.fixed.get(key) == Some(&1);
            if asked.required || is_true {
                required.push(key);
            }
        }
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": others })
    }

    fn value(&self, below: &str, asked: &AskedKey, fixed: Option<usize>) -> Value {
        let numbers = |least: i32, most: f64| json!({ "type": "number", "minimum": least, "maximum": most });
        match &asked.holds {
            KeyType::Anything => json!({}),
            KeyType::Text => json!({ "type": "string" }),
            KeyType::Filled => json!({ "type": "string", "pattern": "\\S" }),
            KeyType::Texts => texts(),
            KeyType::Word(words) => match fixed {
                Some(way) => json!({ "const": words[way] }),
                None => one_of(words.iter().map(String::as_str)),
            },
            KeyType::Words(words) => json!({ "type": "array", "items": one_of(words.iter().map(String::as_str)) }),
            KeyType::Whole => whole(),
            KeyType::Wholes => json!({ "type": "array", "items": whole() }),
            KeyType::Points => numbers(0, 6553.5),
            KeyType::Number => numbers(0, 1e9),
            KeyType::Share => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 }),
            KeyType::Truth => match fixed {
                Some(way) => json!({ "const": way == 1 }),
                None => json!({ "type": "boolean" }),
            },
            KeyType::Table => self.of(below),
            KeyType::Tables => json!({ "type": "array", "items": self.of(below) }),
        }
    }
}

/// The schema with what to write there.
fn with_sentence(schema: Value, sentence: Option<&str>) -> Value {
    let mut all = Map::new();
    if let Some(sentence) = sentence {
        all.insert("description".to_owned(), sentence.into());
    }
    extend(&mut all, schema);
    Value::Object(all)
}

fn whole() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": u16::MAX })
}
