//! `ziping schema`: every input and output as a JSON Schema, made from the rules of the edition, so that it follows
//! them.

mod answers;
mod files;
mod filing;
mod output;
mod plan;
mod scope;
mod sheet;

pub use files::of_file;

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::{Map, Value, json};

use crate::load::Loaded;
use crate::load::keys::DataFile;
use crate::rubric::Edition;

/// What a schema is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaName {
    /// What a command reads or writes.
    Command(CommandSchema),
    /// A kind of data file.
    File(DataFile),
}

/// What commands read and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CommandSchema {
    ScoreInput,
    ScoreOutput,
    PlanInput,
    PlanOutput,
    RouteInput,
    RouteOutput,
    ScopeInput,
    ScopeOutput,
    CodeInput,
    CodeOutput,
    FormInput,
    FormOutput,
    Rubrics,
    Desk,
    Error,
}

impl ValueEnum for SchemaName {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<SchemaName>> = LazyLock::new(|| {
            let of_commands = CommandSchema::value_variants().iter().map(|it| SchemaName::Command(*it));
            of_commands.chain(DataFile::ALL.map(SchemaName::File)).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            SchemaName::Command(name) => name.to_possible_value(),
            SchemaName::File(file) => Some(PossibleValue::new(format!("{}-file", file.name()))),
        }
    }
}

impl SchemaName {
    fn title(self) -> &'static str {
        match self {
            SchemaName::Command(name) => name.title(),
            SchemaName::File(file) => files::title(file),
        }
    }
}

impl CommandSchema {
    fn title(self) -> &'static str {
        match self {
            CommandSchema::ScoreInput => "ziping score 的一行输入：一张自评表",
            CommandSchema::ScoreOutput => "ziping score 的一行输出：得分和结论",
            CommandSchema::PlanInput => "ziping plan 的一行输入：一张自评表和改到什么程度",
            CommandSchema::PlanOutput => "ziping plan 的一行输出：整改清单",
            CommandSchema::RouteInput => "ziping route 的一行输入：一个申请单位",
            CommandSchema::RouteOutput => "ziping route 的一行输出：在哪里备案",
            CommandSchema::ScopeInput => "ziping scope 的一行输入：一个申报的职业",
            CommandSchema::ScopeOutput => "ziping scope 的一行输出：核对的结果",
            CommandSchema::CodeInput => "ziping code --encode 的一行输入：一张自评表或一份档案",
            CommandSchema::CodeOutput => "ziping code 的一行输出：一张自评表或一份档案",
            CommandSchema::FormInput => "ziping form --out 的一行输入：一张自评表或一份档案",
            CommandSchema::FormOutput => "ziping form --read 的一行输出：一张自评表、一份档案或读不出的一格",
            CommandSchema::Rubrics => "ziping rubrics 的输出：全部评估要点",
            CommandSchema::Desk => "ziping desk 输出的 CSV 的一行，以列名为键，都是文字",
            CommandSchema::Error => "被拒绝的一行",
        }
    }
}

/// All names, a line each, with what they are.
pub fn names() -> String {
    let line = |name: &SchemaName| {
        let word = name.to_possible_value().map(|it| it.get_name().to_owned());
        format!("{:<18}{}\n", word.unwrap_or_default(), name.title())
    };
    SchemaName::value_variants().iter().map(line).collect()
}

/// The schema of what a command reads or writes. With `annex`, sheets of other annexes are left out.
pub fn schema(loaded: &Loaded, name: CommandSchema, annex: Option<u8>) -> Value {
    let site = Wanted { editions: &loaded.editions, annex };
    let routes = loaded.rules.first().map(|it| &it.routes);
    let (body, defs) = match name {
        CommandSchema::ScoreInput => (sheet::assessment(site, &[]), answers::defs(site)),
        CommandSchema::ScoreOutput => (or_error(output::result(site)), output::defs(site)),
        CommandSchema::PlanInput => (plan::input(site), answers::defs(site)),
        CommandSchema::PlanOutput => (or_error(plan::output(site)), answers::defs(site)),
        CommandSchema::RouteInput => (filing::input(routes), json!({})),
        CommandSchema::RouteOutput => (or_error(filing::output(site, routes)), json!({})),
        CommandSchema::ScopeInput => (scope::input(loaded.editions.first()), json!({})),
        CommandSchema::ScopeOutput => (or_error(scope::output()), json!({})),
        CommandSchema::CodeInput => (sheet::to_encode(loaded, site), answers::defs(site)),
        CommandSchema::CodeOutput => (or_error(sheet::to_encode(loaded, site)), answers::defs(site)),
        CommandSchema::FormInput => (sheet::to_write(loaded, site), answers::defs(site)),
        CommandSchema::FormOutput => (or_error(sheet::to_write(loaded, site)), answers::defs(site)),
        CommandSchema::Rubrics => (output::rubrics(site), json!({})),
        CommandSchema::Desk => (output::desk(), json!({})),
        CommandSchema::Error => (json!({ "$ref": "#/$defs/error" }), json!({})),
    };
    let mut all = Map::new();
    all.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    all.insert("title".to_owned(), name.title().into());
    extend(&mut all, body);
    let mut of_all = Map::new();
    if all.get("oneOf").is_some() || name == CommandSchema::Error {
        of_all.insert("error".to_owned(), output::error());
    }
    extend(&mut of_all, defs);
    if !of_all.is_empty() {
        all.insert("$defs".to_owned(), Value::Object(of_all));
    }
    Value::Object(all)
}

/// The editions, newest first, and the one annex that is wanted.
#[derive(Clone, Copy)]
struct Wanted<'e> {
    editions: &'e [Edition],
    annex: Option<u8>,
}

/// The kinds of applicant of all editions.
fn applicants(site: Wanted<'_>) -> Value {
    let mut ids: Vec<&str> = Vec::new();
    for kind in site.editions.iter().flat_map(|it| &it.applicants) {
        if !ids.contains(&kind.id.as_str()) {
            ids.push(&kind.id);
        }
    }
    one_of(ids)
}

impl<'e> Wanted<'e> {
    /// The rubrics that are wanted: the edition, whether it is the newest, the rubric.
    fn rubrics(self) -> impl Iterator<Item = (&'e Edition, bool, &'e crate::rubric::Rubric)> {
        let wanted = move |annex: u8| self.annex.is_none_or(|it| it == annex);
        let of = move |(n, edition): (usize, &'e Edition)| {
            edition.rubrics.iter().filter(move |it| wanted(it.annex)).map(move |it| (edition, n == 0, it))
        };
        self.editions.iter().enumerate().flat_map(of)
    }
}

/// A line of output is an answer or says why there is none.
fn or_error(answer: Value) -> Value {
    json!({ "oneOf": [answer, { "$ref": "#/$defs/error" }] })
}

fn extend(map: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        map.extend(more);
    }
}

/// An object with these keys; those that must be there are named again.
fn object(properties: Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

/// The same, and it has no other keys.
fn closed(properties: Value, required: &[&str]) -> Value {
    let mut object = object(properties, required);
    object["additionalProperties"] = Value::Bool(false);
    object
}

/// One of these words.
fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> Value {
    json!({ "enum": words.into_iter().collect::<Vec<_>>() })
}

/// The schema, or null.
fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn texts() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}
