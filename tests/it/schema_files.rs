//! The JSON Schemas of the data files: they take what the readers take and refuse what these refuse for its form. They are made
//! by asking the readers, so this says that the asking goes every way.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use jsonschema::Validator;
use serde_json::Value;
use tempfile::TempDir;
use ziping::cli::of_file;
use ziping::load::folder::TO_FILL;
use ziping::load::keys::{DataFile, all_described, named, sentence};
use ziping::load::{Problem, folder, load};

use crate::broken::{all_broken, small_site};
use crate::{files, none_of, path, read};

/// What a reader says of the form of a file: keys, what they hold, words of a few.
const OF_FORM: [&str; 14] = [
    "不认识的键 `",
    "缺少 `",
    "` 应为文字",
    "` 应为不小于 0",
    "` 应为分数",
    "` 应为大于 0",
    "` 应为 true",
    "` 应为表",
    "` 不能是 `",
    "` 不认识，只能是 ",
    "` 写在表头下面",
    "这一档没有分数",
    "文件是空的",
    "` 是空的，请填写",
];

/// Said of files that are not read, whatever is in them.
const OF_UNREAD: [&str; 3] = ["这个文件不会读", "直接放在 rubrics 里的文件不会读", "这个文件应叫 "];

/// How many decimals a number has, JSON Schema can only ask of binary fractions, where 0.3 is no multiple of 0.1.
const DECIMALS: &str = "two-decimals";

/// Said of values, or of what another file says, though it begins like one of the above.
const OF_VALUES: [&str; 7] = [
    "请填写或删去",
    "不能再写",
    "网站有几个版本时",
    "网站里另有这个名字的文件夹",
    "`applicant` 不能是 `",
    "`applicants` 里的 `",
    "`filed_as` 不能是 `",
];

fn kind_of(file: &str) -> Option<DataFile> {
    let name = file.strip_suffix(".toml")?.rsplit('/').next()?;
    let known = DataFile::ALL.into_iter().find(|it| it.name() == name && *it != DataFile::Rubric);
    let known = known.or(name.starts_with("from-").then_some(DataFile::Concordance));
    known.or((file.contains("rubrics/") || name == "rubric").then_some(DataFile::Rubric))
}

fn validators() -> Vec<(DataFile, Validator)> {
    let of = |file: DataFile| (file, jsonschema::validator_for(&of_file(file)).expect("a schema"));
    DataFile::ALL.into_iter().map(of).collect()
}

/// The file as a validator sees it; nothing where it is no TOML.
fn json(text: &str) -> Option<Value> {
    let value: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    serde_json::to_value(value).ok()
}

/// What the readers say of the form of each data file of a site, by the name of the file.
fn told(site: &Path) -> Vec<(String, String)> {
    let mut all = load(site).map(|it| it.problems).unwrap_or_default();
    all.extend(folder::settings(site).err().unwrap_or_default());
    let of_form =
        |text: &str| OF_FORM.iter().any(|it| text.contains(it)) && !OF_VALUES.iter().any(|it| text.contains(it));
    all.into_iter().filter(|it| of_form(&it.message)).map(|it| (it.file, it.message)).collect()
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_readers() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("schemas");
    let run = Command::new(env!("CARGO_BIN_EXE_ziping")).args(["schema", "--all"]).arg(&out).output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut problems = Vec::new();
    for file in DataFile::ALL {
        let name = format!("{}.json", file.name());
        let made = fs::read_to_string(out.join(&name)).expect("it was written");
        if fs::read_to_string(path("rubrics/schemas").join(&name)).ok() != Some(made) {
            problems.push(format!("rubrics/schemas/{name} is another one: cargo run -- schema --all rubrics/schemas"));
        }
        let one = Command::new(env!("CARGO_BIN_EXE_ziping"))
            .args(["schema", &format!("{}-file", file.name())])
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        assert_eq!(serde_json::from_slice::<Value>(&one.stdout).ok(), Some(of_file(file)), "{name}");
    }
    assert_eq!(files(&path("rubrics/schemas"), "").len(), DataFile::ALL.len());
    none_of(&problems);
}

/// Editors show it, and `ziping new` writes it: every key that a reader asks for has a sentence, and no sentence is about another.
#[test]
fn every_key_says_what_to_write_there() {
    let mut asked: BTreeSet<(String, String)> = BTreeSet::new();
    let mut problems = Vec::new();
    for file in DataFile::ALL {
        for (table, kinds) in file.tables() {
            for key in kinds.iter().flat_map(|it| it.keys.keys()) {
                asked.insert((named(file, &table), key.clone()));
                match sentence(file, &table, key) {
                    None => problems.push(format!("described.toml: `{key}` of `{}` is not there", named(file, &table))),
                    Some(it) if it.trim().is_empty() || it.ends_with('。') || it.contains(TO_FILL) => {
                        problems.push(format!("described.toml: `{key}` of `{}`: `{it}`", named(file, &table)));
                    }
                    Some(_) => {}
                }
            }
        }
        let mut bare = Vec::new();
        without_description(&of_file(file), &mut bare);
        problems.extend(bare.into_iter().map(|it| format!("the schema of {}: `{it}` has no description", file.name())));
    }
    let nobodys = all_described().filter(|it| !asked.contains(&(it.0.to_owned(), it.1.to_owned())));
    problems.extend(nobodys.map(|(table, key)| format!("described.toml: nobody reads `{key}` of `{table}`")));
    assert!(300 < asked.len(), "{}", asked.len());
    none_of(&problems);
}

/// The properties of a schema, and of all schemas in it, that have no description.
fn without_description(schema: &Value, found: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if !property["description"].is_string() {
            found.push(name.clone());
        }
        without_description(property, found);
    }
    for key in ["items", "additionalProperties"] {
        if schema[key].is_object() {
            without_description(&schema[key], found);
        }
    }
    for one in schema["anyOf"].as_array().into_iter().flatten() {
        without_description(one, found);
    }
}

#[test]
fn every_data_file_is_valid_and_says_by_which_schema() {
    let validators = validators();
    let mut problems = Vec::new();
    let mut n = 0;
    for folder in ["rubrics", "tests/site", "tests/kinds/site", "tests/revised", ""] {
        let all = if folder.is_empty() { vec![path("site.toml")] } else { files(&path(folder), ".toml") };
        for file in all.into_iter().filter(|it| folder != "tests/revised" || it.ends_with("from-tiny.toml")) {
            let name = file.strip_prefix(path("")).expect("below it").to_string_lossy().replace('\\', "/");
            if name == "tests/revised/mistakes.toml" {
                continue;
            }
            let kind = kind_of(&name).unwrap_or_else(|| panic!("{name} is no data file"));
            let text = read(&name);
            let value = json(&text).expect("it is TOML");
            let validator = &validators.iter().find(|it| it.0 == kind).expect("each has one").1;
            problems.extend(
                validator.iter_errors(&value).take(3).map(|it| format!("{name}: {it} at {}", it.instance_path())),
            );
            let way = if name == "site.toml" { "./rubrics/schemas/" } else { "../schemas/" };
            let first = format!("#:schema {way}{}.json\n", kind.name());
            if !name.starts_with("tests/") && !text.starts_with(&first) {
                problems.push(format!("{name}: it should begin with {first}"));
            }
            n += 1;
        }
    }
    assert!(20 <= n, "only {n} files");
    none_of(&problems);
}

/// Both ways: what the readers refuse for its form is not valid, and what they have nothing to say about is.
fn compare(site: &Path, validators: &[(DataFile, Validator)], at: &str, problems: &mut Vec<String>) -> [usize; 2] {
    let told = told(site);
    let all = load(site).map(|it| it.problems).unwrap_or_default();
    let is_unread = |it: &Problem| OF_UNREAD.iter().any(|said| it.message.contains(said));
    let unread: Vec<String> = all.into_iter().filter(is_unread).map(|it| it.file).collect();
    let mut seen = [0, 0];
    for file in files(site, ".toml") {
        let name = file.strip_prefix(site).expect("below it").to_string_lossy().replace('\\', "/");
        let Some(kind) = kind_of(&name).filter(|_| !unread.contains(&name)) else { continue };
        let Some(value) = fs::read(&file).ok().and_then(|it| String::from_utf8(it).ok()).and_then(|it| json(&it))
        else {
            continue;
        };
        let valid = validators.iter().find(|it| it.0 == kind).expect("each has one").1.is_valid(&value);
        let said: Vec<&str> = told.iter().filter(|it| it.0 == name).map(|it| it.1.as_str()).collect();
        seen[usize::from(valid)] += 1;
        if valid != said.is_empty() {
            problems.push(format!("{at}: {name} is {}valid, and is told: {said:?}", if valid { "" } else { "not " }));
        }
    }
    seen
}

#[test]
fn what_is_wrong_with_the_form_of_a_broken_site_is_not_valid() {
    let validators = validators();
    let mut problems = Vec::new();
    let mut seen = [0, 0];
    for (at, site) in all_broken() {
        if at.contains(DECIMALS) {
            continue;
        }
        let [refused, valid] = compare(site.path(), &validators, &at, &mut problems);
        seen = [seen[0] + refused, seen[1] + valid];
    }
    assert!(40 < seen[0] && 500 < seen[1], "{seen:?}");
    none_of(&problems);
}

/// Every key of the small sites gone wrong in each way: called otherwise, missing, holding something else.
#[test]
fn every_key_gone_wrong_is_refused_by_both() {
    let validators = validators();
    let mut problems = Vec::new();
    let mut seen = [0, 0];
    for (from, file) in [
        ("tests/site", "rubrics/tiny/edition.toml"),
        ("tests/site", "rubrics/tiny/rubric.toml"),
        ("tests/site", "rubrics/tiny/readings.toml"),
        ("tests/site", "rubrics/tiny/filing.toml"),
        ("tests/site", "rubrics/tiny/scope.toml"),
        ("tests/site", "site.toml"),
        ("tests/kinds/site", "rubrics/xuni-2099/kinds.toml"),
        ("tests/kinds/site", "rubrics/xuni-2099/scales.toml"),
        ("tests/kinds/site", "rubrics/xuni-2099/floors.toml"),
    ] {
        let site: TempDir = small_site(from);
        if !site.path().join("site.toml").is_file() {
            fs::write(site.path().join("site.toml"), "address = \"https://site.example/\"\n").expect("a file");
        }
        let whole: toml::Table = fs::read_to_string(site.path().join(file)).expect("a file").parse().expect("TOML");
        let mut ways = Vec::new();
        keys(&toml::Value::Table(whole.clone()), &mut Vec::new(), &mut ways);
        let mut tried: Vec<(String, usize)> = Vec::new();
        for way in ways {
            let named: Vec<&str> = way.iter().filter(|it| it.parse::<usize>().is_err()).map(String::as_str).collect();
            let kind = at(&whole, &way[..way.len() - 1]).and_then(|it| it.get("kind")).and_then(toml::Value::as_str);
            for wrong in 0..N_WRONG {
                // each key of each kind of table once
                let this = (format!("{named:?} {kind:?}"), wrong);
                if tried.contains(&this) {
                    continue;
                }
                tried.push(this);
                let mut changed = whole.clone();
                spoil(&mut changed, &way, wrong);
                fs::write(site.path().join(file), toml::to_string(&changed).expect("TOML")).expect("a file");
                let what = format!("{file} {} gone wrong {wrong}", way.join("."));
                let [refused, valid] = compare(site.path(), &validators, &what, &mut problems);
                seen = [seen[0] + refused, seen[1] + valid];
            }
        }
    }
    assert!(1000 < seen[0] && 2000 < seen[1], "{seen:?}");
    none_of(&problems[..problems.len().min(40)]);
}

fn at<'v>(whole: &'v toml::Table, way: &[String]) -> Option<&'v toml::Value> {
    let (first, rest) = way.split_first()?;
    rest.iter().try_fold(whole.get(first)?, |value, step| match step.parse::<usize>() {
        Ok(n) => value.get(n),
        Err(_) => value.get(step),
    })
}

/// The ways to all keys of a document.
fn keys(value: &toml::Value, way: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        toml::Value::Table(table) => {
            for (key, inner) in table {
                way.push(key.clone());
                found.push(way.clone());
                keys(inner, way, found);
                way.pop();
            }
        }
        toml::Value::Array(list) => {
            for (n, inner) in list.iter().enumerate() {
                way.push(n.to_string());
                keys(inner, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

const N_WRONG: usize = 10;

/// Makes one key wrong in one of so many ways.
fn spoil(whole: &mut toml::Table, way: &[String], wrong: usize) {
    let (last, before) = way.split_last().expect("a key");
    let Some((first, rest)) = before.split_first() else { return spoil_key(whole, last, wrong) };
    let first = whole.get_mut(first).expect("it is there");
    let value = rest.iter().fold(first, |value, step| match step.parse::<usize>() {
        Ok(n) => value.get_mut(n).expect("it is there"),
        Err(_) => value.get_mut(step).expect("it is there"),
    });
    spoil_key(value.as_table_mut().expect("a table"), last, wrong);
}

fn spoil_key(table: &mut toml::Table, key: &str, wrong: usize) {
    let text = |it: &str| toml::Value::String(it.to_owned());
    let put = match wrong {
        0 => {
            table.remove(key);
            return;
        }
        1 => {
            let value = table.remove(key).expect("it is there");
            table.insert(format!("{key}_x"), value);
            return;
        }
        2 => toml::Value::Boolean(true),
        3 => text("某"),
        4 => toml::Value::Integer(7),
        5 => toml::Value::Integer(-1),
        6 => toml::Value::Float(0.5),
        7 => toml::Value::Array(vec![text("某")]),
        8 => toml::Value::Table([("some".to_owned(), text("某"))].into_iter().collect()),
        _ => text(" "),
    };
    table.insert(key.to_owned(), put);
}
