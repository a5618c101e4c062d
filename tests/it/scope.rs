//! What may be declared: worked cases in the tables of `tests/scope`, the printed table, tables pasted from a
//! spreadsheet, and the command line.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::bytes::wire::{from_bytes, to_bytes};
use ziping::cli::{scope_json, scope_row};
use ziping::filing::scope::levels::{self, LevelsMisread};
use ziping::filing::scope::{
    ClassType, DeclaredCell, DeclaredRow, Major, Ruling, School, Scope, ScopeCheckKind, Standard, Tri, plain,
};
use ziping::rubric::Applicant;

use crate::cases::Refusal;
use crate::tables::{self, cases};
use crate::{EMPLOYER, SCHOOL, SOCIAL, editions, kind, none_of, path, read, site};

/// A case. `why` explains it to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    row: Map<String, Value>,
    /// The expected keys of the result, and `checks`: the kinds of findings, in their order.
    #[serde(default)]
    expect: Map<String, Value>,
    /// Instead of a result, where the row is refused: the code and the place.
    error: Option<Refusal>,
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut problems = Vec::new();
    let cases = cases::<Case>("tests/scope");
    for tables::Case { at, is: case, .. } in &cases {
        assert_eq!(case.error.is_some(), case.expect.is_empty(), "{at}: either `expect` or `error`");
        let result = match scope_json(&editions()[0], &site().rules[0], &case.row) {
            Ok(result) => result,
            Err(it) => json!({ "error": { "code": it.code, "path": it.path } }),
        };
        if let Some(Refusal { code, path }) = &case.error {
            let (is, should) = (&result["error"], json!({ "code": code, "path": path }));
            if *is != should {
                problems.push(format!("{at}: `error` is {is}, should be {should} ({})", case.why));
            }
            continue;
        }
        for (key, should) in &case.expect {
            let is = match key.as_str() {
                "checks" => json!(checks(case)),
                key => result.get(key).cloned().unwrap_or("absent".into()),
            };
            let should = if should == "null" { &Value::Null } else { should };
            if is != *should {
                problems.push(format!("{at}: `{key}` is {is}, should be {should} ({})", case.why));
            }
        }
        let complete = case.expect.contains_key("checks") && result["result"].is_string();
        if !complete {
            problems.push(format!("{at}: `checks` is not there, or the row is refused: {result}"));
        }
    }
    assert!(238 <= cases.len(), "only {} cases", cases.len());
    none_of(&problems);
}

#[test]
fn every_check_is_found_by_a_case_and_is_not_by_another() {
    let cases = cases::<Case>("tests/scope");
    let found: Vec<Vec<String>> = cases.iter().map(|case| checks(&case.is)).collect();
    let mut problems = Vec::new();
    for word in words().values() {
        let n = found.iter().filter(|it| it.contains(word)).count();
        if n == 0 || n == cases.len() {
            problems.push(format!("tests/scope: {n} of {} cases find `{word}`", cases.len()));
        }
    }
    assert_eq!(words().len(), ScopeCheckKind::ALL.len());
    none_of(&problems);
}

/// Refusals and findings are also told in words for people.
#[test]
fn messages_are_sentences_for_people() {
    for case in cases::<Case>("tests/scope") {
        let messages = match scope_json(&editions()[0], &site().rules[0], &case.is.row) {
            Err(error) => vec![error.message],
            Ok(result) => result["reasons"]
                .as_array()
                .expect("reasons")
                .iter()
                .map(|it| it["message"].as_str().expect("a text").to_owned())
                .collect(),
        };
        for it in messages {
            assert!(it.chars().any(|it| '一' <= it) && !it.ends_with('。') && !it.contains(['{', '}']), "{it}");
        }
    }
}

#[test]
fn the_keys_of_a_result_are_the_agreed_ones() {
    let row = json!({ "code": "6-18-01-01", "name": "车工", "levels": "4" });
    let result =
        scope_json(&editions()[0], &site().rules[0], row.as_object().expect("an object")).expect("a sound row");
    let keys = |it: &Value| it.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&result), ["result", "levels", "trade", "reasons", "suggest", "readings"]);
    assert_eq!(keys(&result["reasons"][0]), ["result", "clause", "message"]);
}

/// The lines of the notice that hold the table, from 1.
const TABLE: std::ops::RangeInclusive<usize> = 505..=520;

#[test]
fn the_example_table_is_the_printed_one() {
    let notice = read("tests/source/notice-2021-135.txt");
    let mut printed = notice.lines().skip(TABLE.start() - 1).take(TABLE.count());
    assert_eq!(printed.next().map(|it| it.split('\t').collect::<Vec<_>>()), Some(columns()));
    let printed: Vec<_> = printed.collect();
    let ours = scope()
        .examples
        .iter()
        .map(|it| [&it.code, &it.name, &it.trade, &it.levels, &it.standard].map(|it| it.as_str()));
    assert_eq!(ours.map(|it| it.join("\t")).collect::<Vec<_>>(), printed);
}

#[test]
fn every_printed_row_may_be_declared() {
    assert_eq!(scope().examples.len(), 15);
    for example in &scope().examples {
        let row = |trade: &str| DeclaredRow {
            code: example.code.clone(),
            name: example.name.clone(),
            trade: trade.to_owned(),
            levels: example.levels.clone(),
            standard: Standard::National,
            ..DeclaredRow::default()
        };
        for applicant in APPLICANTS {
            assert_eq!(scope().check(kind(applicant), &row(&example.trade())).reasons, []);
            // as printed, even with a full stop; only real misprints give a warning
            let as_printed = scope().check(kind(applicant), &row(&example.trade));
            let misprint = example.trade() != plain::name(&example.trade);
            assert_eq!(as_printed.result, if misprint { Ruling::Warn } else { Ruling::Ok });
        }
    }
}

/// What is empty in the official table is told, though the result of the check stays what it is.
#[test]
fn empty_cells_of_the_official_table_are_found() {
    let row = |code: &str, name: &str, trade: &str, levels: &str, standard| DeclaredRow {
        code: code.to_owned(),
        name: name.to_owned(),
        trade: trade.to_owned(),
        levels: levels.to_owned(),
        standard,
        name_checked: Some(true),
        ..DeclaredRow::default()
    };
    use DeclaredCell::{Code, Levels, Name, Trade};
    let cases = [
        (row("6-18-01-01", "车工", "数控车床", "4", Standard::National), vec![]),
        (row("6-18-01-01", "车工", "", "5", Standard::National), vec![]),
        (row("6-20-01-01", "钳工", "", "5", Standard::Unsaid), vec![DeclaredCell::Standard]),
        (row("6-31-01-03", "电工", "", "5", Standard::National), vec![Trade]),
        (row("6-31-01-03", "电工", " ", "5", Standard::Unsaid), vec![Trade, DeclaredCell::Standard]),
        (row("6-31-01-03", "电工", "无", "5", Standard::National), vec![]),
        (row("6-31-01-03", "电工", "/", "5", Standard::Enterprise), vec![]),
        (row("", "", "", " ", Standard::National), vec![Code, Name, Trade, Levels]),
    ];
    for (row, cells) in cases {
        assert_eq!(scope().unfilled(&row), cells, "{row:?}");
    }
    for example in &scope().examples {
        let row = row(&example.code, &example.name, &example.trade, &example.levels, Standard::National);
        assert_eq!(scope().unfilled(&row), []);
    }
}

#[test]
fn a_printed_table_can_be_pasted() {
    let notice = read("tests/source/notice-2021-135.txt");
    let lines: Vec<_> = notice.lines().skip(TABLE.start() - 1).take(TABLE.count()).collect();
    for end in ["\n", "\r\n", "\r"] {
        let rows = scope().pasted(&lines.join(end));
        assert_eq!(rows.len(), 15);
        assert!(rows.iter().all(|it| it.standard == Standard::National));
        assert_eq!((rows[10].trade.as_str(), rows[13].levels.as_str()), ("车车身整形修复工", "5、4、3"));
    }
}

#[test]
fn tables_are_pasted_as_spreadsheets_write_them() {
    let pasted = |text: &str| {
        let rows = scope().pasted(text).into_iter();
        rows.map(|it| [it.code, it.name, it.trade, it.levels].join("|")).collect::<Vec<_>>()
    };
    assert_eq!(pasted(""), [""; 0]);
    assert_eq!(pasted("\n\t\t\n \t \n"), [""; 0]);
    assert_eq!(pasted("6-20-01-01\t钳工"), ["6-20-01-01|钳工||"]);
    // merged cells
    assert_eq!(
        pasted("6-18-01-01\t车工\t普通车床\t4\n\t\t数控车床\t3\n\t\t\t5"),
        ["6-18-01-01|车工|普通车床|4", "6-18-01-01|车工|数控车床|3", "6-18-01-01|车工||5"]
    );
    assert_eq!(pasted("\t\t数控车床\t3"), ["||数控车床|3"]);
    // a column with numbers of rows, with and without a heading
    assert_eq!(
        pasted("1\t6-18-01-01\t车工\t\t5\n2\t\t\t数控车床\t4"),
        ["6-18-01-01|车工||5", "6-18-01-01|车工|数控车床|4"]
    );
    assert_eq!(
        pasted("序号\t职业编码\t职业名称\t工种/职业方向\t级别\t备注\n1\t6-20-01-01\t钳工\t\t5\t新"),
        ["6-20-01-01|钳工||5"]
    );
    // columns in another order, headings repeated on the next page
    assert_eq!(
        pasted("职业名称\t职业编码\t级别\n钳工\t6-20-01-01\t5\n职业名称\t职业编码\t级别\n车工\t6-18-01-01\t5"),
        ["6-20-01-01|钳工||5", "6-18-01-01|车工||5"]
    );
    // quoted cells
    assert_eq!(pasted("6-20-01-01\t钳工\t\t\"5、\n4\"\r\n"), ["6-20-01-01|钳工||5、 4"]);
    assert_eq!(pasted("\"6-20-01-01\"\t\"钳\"\"工\"\t\"\"\t5"), ["6-20-01-01|钳\"工||5"]);
    assert_eq!(pasted("6-20-01-01\t\"钳工\t\t5\n6-18-01-01\t车工"), ["6-20-01-01|\"钳工||5", "6-18-01-01|车工||"]);
    assert_eq!(pasted(&"6-20-01-01\t钳工\n".repeat(600)).len(), 500);
    let standards = scope().pasted(
        "6-20-01-01\t钳工\t\t5\t经备案的企业评价规范\n6-20-01-01\t钳工\t\t5\t国家职业标准\n6-20-01-01\t钳工\t\t5\t其他",
    );
    let standards: Vec<_> = standards.iter().map(|it| it.standard).collect();
    assert_eq!(standards, [Standard::Enterprise, Standard::National, Standard::Unsaid]);
}

#[test]
fn a_table_is_written_as_it_is_to_be_declared() {
    let row = DeclaredRow {
        code: "６—20-01—01".to_owned(),
        name: "=HYPERLINK(1)".to_owned(),
        trade: "汽车玻璃维修工。".to_owned(),
        levels: "3级--5级".to_owned(),
        standard: Standard::Enterprise,
        ..DeclaredRow::default()
    };
    let written = scope().table_text(&[row]);
    let heading = columns().join("\t");
    assert_eq!(written, format!("{heading}\n6-20-01-01\t'=HYPERLINK(1)\t汽车玻璃维修工\t5、4、3\t企业评价规范\n"));
    assert_eq!(scope().pasted(&written)[0].name, "=HYPERLINK(1)");
}

#[test]
fn levels_that_are_not_sure_are_refused() {
    let read = |text| levels::read(&scope().levels, text);
    assert_eq!(read(" 、"), Err(LevelsMisread::Missing));
    assert_eq!(read("5、特等技师"), Err(LevelsMisread::Unread("特等技师".to_owned())));
    assert_eq!(read("５、６"), Err(LevelsMisread::Outside("6".to_owned())));
    assert_eq!(read("5--"), Err(LevelsMisread::Unread("5--".to_owned())));
}

/// What a later document calls a level is kept in the official table as it was typed, and reads back as the same.
#[test]
fn later_levels_stay_in_the_table() {
    for (typed, written) in [
        ("五级/高级工、特级技师", "5、3、特级技师"),
        ("特级、首席", "特级、首席"),
        ("“新八级”", "新八级"),
        ("首席技师至二级", "2、1、首席技师、特级技师"),
        ("学徒", "学徒"),
    ] {
        let row = DeclaredRow { code: "6-20-01-01".to_owned(), levels: typed.to_owned(), ..DeclaredRow::default() };
        let printed = scope().printed(&row);
        assert_eq!(printed[3], written, "{typed}");
        let again = DeclaredRow { levels: printed[3].clone(), ..row.clone() };
        assert_eq!(scope().check(kind(EMPLOYER), &again).reasons, scope().check(kind(EMPLOYER), &row).reasons);
        assert_eq!(scope().pasted(&scope().table_text(&[row]))[0].levels, written);
    }
}

#[test]
fn an_edition_without_rules_says_nothing() {
    let row = DeclaredRow { levels: "5".to_owned(), ..DeclaredRow::default() };
    let checked = Scope::default().check(kind(EMPLOYER), &row);
    assert_eq!((checked.result, checked.levels, checked.reasons.len()), (Ruling::Ok, vec![5], 0));
}

#[test]
fn the_rules_travel_whole() {
    assert_eq!(from_bytes(&to_bytes(scope())).as_ref(), Some(scope()));
    for kind in ScopeCheckKind::ALL {
        assert_eq!(from_bytes(&to_bytes(kind)), Some(*kind));
    }
}

/// Rows as browsers have stored them since the first release. The list only grows.
#[test]
fn rows_that_were_kept_stay_readable() {
    let kept = "0a362d31382d30312d303106e8bda6e5b7a50ce695b0e68ea7e8bda6e5ba8a01340101e20f06e8bda6e5b7a5000101010201000101808cee891a0100010100000000010101010101";
    let row = DeclaredRow {
        code: "6-18-01-01".to_owned(),
        name: "车工".to_owned(),
        trade: "数控车床".to_owned(),
        levels: "4".to_owned(),
        standard: Standard::National,
        standard_year: Some(2018),
        standard_name: "车工".to_owned(),
        dictionary_name: String::new(),
        name_checked: Some(true),
        restricted: Some(Tri::Unsure),
        near_professional: Some(false),
        school: Some(School {
            enrolled_years: Some(3_500_000_000),
            has_scale: Some(false),
            small_major: Some(true),
            class_type: Some(ClassType::Advanced),
            major: Some(Major::Minor),
            compound: Some(true),
            ..School::default()
        }),
    };
    let hex: String = to_bytes(&row).iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(hex, kept);
    assert_eq!(from_bytes(&to_bytes(&row)), Some(row));
}

#[test]
fn the_program_answers_line_by_line() {
    let lines = concat!(
        "\u{feff}{\"id\":1,\"applicant\":\"employer\",\"code\":\"6-18-01-01\",\"name\":\"车工\",\"trade\":\"数控车床\",\"levels\":\"4、3、2、1\"}\r\n",
        "\n",
        "{\"id\":\"b\",\"code\":\"2-02-01-01\",\"name\":\"工程师\",\"levels\":\"3\"}\n",
        "{\"id\":3,\"level\":\"3\"}\n",
    );
    let mut run = Command::new(env!("CARGO_BIN_EXE_ziping"))
        .args(["scope", "--site", &path("").to_string_lossy()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    run.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("it reads");
    let run = run.wait_with_output().expect("it ends");
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&run.stderr), "3 行中有 1 行被拒绝，原因见输出的 error\n");
    let out = String::from_utf8(run.stdout).expect("UTF-8");
    let out: Vec<_> = out.lines().collect();
    let first =
        r#"{"id":1,"result":"ok","levels":[4,3,2,1],"trade":"数控车床","reasons":[],"suggest":null,"readings":[]}"#;
    assert_eq!((out.len(), out[0]), (3, first));
    assert!(out[1].starts_with(r#"{"id":"b","result":"reject","levels":[3],"#), "{}", out[1]);
    assert!(out[2].starts_with(r#"{"id":3,"error":{"code":"unknown_key","path":"level","message":"#), "{}", out[2]);
}

pub const APPLICANTS: [Applicant; 3] = [EMPLOYER, SCHOOL, SOCIAL];

pub fn scope() -> &'static Scope {
    &site().rules[0].scope
}

fn columns() -> Vec<&'static str> {
    scope().columns.iter().map(|it| it.as_str()).collect()
}

/// The kinds of findings of a case, by their names in `scope.toml`.
fn checks(case: &Case) -> Vec<String> {
    let Ok((applicant, row)) = scope_row(&editions()[0], &case.row) else { return Vec::new() };
    let words = words();
    scope().check(kind(applicant), &row).reasons.iter().map(|it| words[&it.kind].clone()).collect()
}

fn words() -> BTreeMap<ScopeCheckKind, String> {
    #[derive(Deserialize)]
    struct File {
        check: Vec<Word>,
    }
    #[derive(Deserialize)]
    struct Word {
        kind: String,
    }
    let file: File = toml::from_str(&read("rubrics/henan-2021/scope.toml")).expect("TOML");
    assert_eq!(file.check.len(), scope().checks.len());
    scope().checks.iter().map(|it| it.kind).zip(file.check.into_iter().map(|it| it.kind)).collect()
}
