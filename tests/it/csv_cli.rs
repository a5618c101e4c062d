//! Tables in and out of `ziping score`, `route`, `scope` and `desk`: the same answers as for JSON, whatever a
//! spreadsheet program makes of a file.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value};

use crate::carrier_laws::known;
use crate::cases::sheets;
use crate::cli::{lines, text, ziping};
use crate::{editions, tables};

/// The rows below the heading, by its names.
fn table(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    let bare = csv.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark, for Excel");
    assert!(!bare.is_empty() && bare.split(|it| *it == b'\n').all(|it| it.is_empty() || it.ends_with(b"\r")), "CRLF");
    csv::Reader::from_reader(bare).deserialize().map(|it| it.expect("each row has all columns")).collect()
}

/// A cell for a value, as somebody types it.
fn cell(value: &Value) -> String {
    match value {
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::String(it) => it.clone(),
        Value::Null => String::new(),
        // as a spreadsheet program shows it
        Value::Number(it) if it.as_f64().is_some_and(|it| it.fract() == 0.0 && it < 1e6) => {
            format!("{:.0}", it.as_f64().unwrap_or_default())
        }
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// Objects as a table with this delimiter, a column for each key that one of them has.
fn csv_of(rows: &[BTreeMap<String, String>], delimiter: u8) -> Vec<u8> {
    let mut names: Vec<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
    names.sort_unstable();
    names.dedup();
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    csv.write_record(&names).expect("memory can be written");
    for row in rows {
        csv.write_record(names.iter().map(|it| row.get(*it).map_or("", String::as_str)))
            .expect("memory can be written");
    }
    csv.into_inner().expect("memory can be written")
}

/// A sheet as a row, with the three years in columns of their own or in one cell.
fn flat(sheet: &Value, in_columns: bool) -> BTreeMap<String, String> {
    let mut row = BTreeMap::from([("rubric".to_owned(), cell(&sheet["rubric"])), ("备注".to_owned(), "=1".to_owned())]);
    for (id, answer) in sheet["answers"].as_object().expect("answers") {
        for (key, value) in answer.as_object().expect("an answer") {
            match value {
                Value::Array(list) if in_columns => {
                    row.extend((1..).zip(list).map(|(n, it)| (format!("{id}.{key}.{n}"), cell(it))));
                }
                value => drop(row.insert(format!("{id}.{key}"), cell(value))),
            }
        }
    }
    row
}

#[test]
fn every_worked_case_has_the_same_result_as_a_row_of_a_table() {
    let sheets: Vec<Value> = sheets().into_iter().map(|it| it.1).collect();
    let input: String = sheets.iter().map(|it| format!("{it}\n")).collect();
    let results = lines(&ziping(&["score"], input.as_bytes()));
    for (delimiter, in_columns) in [(b',', true), (b';', false), (b'\t', true)] {
        let rows: Vec<_> = sheets.iter().map(|it| flat(it, in_columns)).collect();
        let csv = csv_of(&rows, delimiter);
        let run = ziping(&["score", "--csv"], &csv);
        assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
        assert_eq!(text(&run.stderr), "没有用到的列：备注\n");
        let table = table(&run.stdout);
        assert_eq!(table.len(), results.len());
        for (row, result) in table.iter().zip(&results) {
            for key in ["rubric", "edition", "status", "base_total", "low", "high", "verdict", "may_start_work"] {
                assert_eq!(row[key], cell(&result[key]).replace("FALSE", "false").replace('是', "true"), "{key}");
            }
            for (id, of_row) in result["rows"].as_object().expect("rows") {
                assert_eq!(row[&format!("{id}.score")], cell(&of_row["score"]), "{id}");
            }
            let ids: Vec<&str> =
                result["work_vetoes"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
            let words = if ids.is_empty() { String::new() } else { format!("第 {} 项", ids.join("、")) };
            assert_eq!(row["work_vetoes"], words);
        }
        // a table in, lines out
        let run = ziping(&["score", "--format", "jsonl", "-"], &csv);
        assert_eq!(run.status.code(), Some(2), "standard input is lines then");
    }
}

#[test]
fn the_name_of_the_file_says_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(file("表.csv"), "\u{feff}id;rubric;3-1.met;3-3.defects\r\n007;3;是;１\r\n;;;\r\n=2;3;否;\r\n")
        .expect("ok");
    fs::write(file("行.jsonl"), r#"{"id":1,"rubric":"3","answers":{}}"#).expect("ok");
    let run = ziping(&["score", &file("表.csv")], b"");
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let rows = table(&run.stdout);
    assert_eq!((rows.len(), &*rows[0]["id"], &*rows[0]["3-3.score"], &*rows[1]["id"]), (2, "007", "4", "'=2"));
    assert!(rows[0].contains_key("3-48.score") && !rows[0].contains_key("1-1.score"), "only the annex of the table");
    let run = ziping(&["score", "--format", "jsonl", &file("表.csv")], b"");
    assert_eq!((&lines(&run)[0]["id"], &lines(&run)[0]["rows"]["3-3"]["score"]), (&"007".into(), &4.into()));
    // both kinds at once: lines, unless a table is asked for
    assert_eq!(lines(&ziping(&["score", &file("表.csv"), &file("行.jsonl")], b"")).len(), 3);
    let rows = table(&ziping(&["score", "--csv", &file("表.csv"), &file("行.jsonl")], b"").stdout);
    assert_eq!((rows.len(), &*rows[2]["id"]), (3, "1"));
    // Excel's own line about the delimiter, and tabs
    let run = ziping(&["score", "--csv"], "sep=|\r\nid|rubric|3-1.met\r\n1|3|TRUE\r\n".as_bytes());
    assert_eq!(table(&run.stdout)[0]["status"], "incomplete");
    // what nobody can say yet
    let run = ziping(&["score", "--csv"], "rubric,3-1.unsure\n3,是\n".as_bytes());
    assert_eq!(table(&run.stdout)[0]["unsure"], "第 3-1 项");
    // with the calculation
    let run = ziping(&["score", "--csv", "--explain"], "rubric,3-3.defects\n3,1\n".as_bytes());
    assert_eq!(table(&run.stdout)[0]["3-3.calculation"], "不符合 1 项；6 − 2 × 1 = 4 分");
}

#[test]
fn a_row_that_breaks_a_rule_is_told_with_its_line_and_column() {
    let csv = "id,rubric,3-1.met,3-3.defects,3-99.met\n\
        1,3,也许,,\n2,3,,-1,\n3,3,,一,\n4,3,,,是\n5,9,,,\n6,3,是,1,,,多\n\"7\n\",3,是,,\n8,3,\"是,1,\n9,3,,,\n";
    let run = ziping(&["score", "--csv"], csv.as_bytes());
    assert_eq!(run.status.code(), Some(2));
    let rows = table(&run.stdout);
    let told: Vec<[&str; 3]> = rows.iter().map(|it| [&*it["line"], &*it["error.code"], &*it["error.path"]]).collect();
    let should = [
        ["2", "type", "3-1.met"],
        ["3", "negative", "3-3.defects"],
        ["4", "type", "3-3.defects"],
        ["5", "unknown_row", "3-99"],
        ["6", "unknown_rubric", "rubric"],
        ["7", "csv", ""],
        ["", "", ""],
        ["10", "type", "3-1.met"],
    ];
    assert_eq!(told, should);
    assert!(rows[5]["error.message"].contains("列名只有 5 个"), "{}", rows[5]["error.message"]);
    for (heading, code) in [("id,id\n1,2\n", "duplicate"), ("甲,乙\n1,2\n", "csv"), ("\u{fffd}\n", "csv")] {
        let run = ziping(&["score", "--csv"], heading.as_bytes());
        assert_eq!((run.status.code(), &*table(&run.stdout)[0]["error.code"]), (Some(2), code), "{heading}");
    }
    let run = ziping(&["score", "--csv"], b"rubric,3-1.met\n3,\xca\xc7\n");
    // 是 in the encoding of Windows in China
    assert_eq!((run.status.code(), &*table(&run.stdout)[0]["error.message"]), (Some(0), ""));
    // a table without anything has no heading either
    let run = ziping(&["score", "--csv"], b"");
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn applicants_and_declared_rows_are_tables_too() {
    let units = "id,applicant,ownership,insured_in,audience,directly_under_province,place\n\
        1,employer,other_enterprise,平顶山市,,,\n\
        2,employer,other_enterprise,平顶山市、郑州市,,,\n\
        3,technical_school,,,own_students、public,否,平顶山市\n\
        4,school,,,,,\n";
    let run = ziping(&["route", "--csv"], units.as_bytes());
    assert_eq!(run.status.code(), Some(2));
    let rows = table(&run.stdout);
    let of = |id: &str| rows.iter().filter(|it| it["id"] == id).collect::<Vec<_>>();
    assert_eq!((of("1").len(), &*of("1")[0]["route"], &*of("1")[0]["rubrics"]), (1, "local", "1、2"));
    assert_eq!((&*of("2")[0]["route"], of("3").len()), ("unclear", 2), "a filing has a row");
    assert_eq!((&*of("4")[0]["line"], &*of("4")[0]["error.path"]), ("5", "applicant"));

    // every worked case of a declared row
    let cases: Vec<Map<String, Value>> = tables::raw("tests/scope")
        .into_iter()
        .map(|it| it.is)
        .filter(|it| !it.contains_key("error"))
        .map(|it| it["row"].as_object().expect("a row").clone())
        // a row without anything in it is no row of a table
        .filter(|it| it.values().any(|it| !cell(it).trim().is_empty()))
        .filter(|it| !it.values().any(|it| it == "" || it.as_str().is_some_and(|it| it.trim() != it)))
        .collect();
    let input: String = cases.iter().map(|it| format!("{}\n", Value::Object(it.clone()))).collect();
    let results = lines(&ziping(&["scope"], input.as_bytes()));
    let rows: Vec<BTreeMap<String, String>> =
        cases.iter().map(|case| case.iter().map(|(key, it)| (key.clone(), cell(it))).collect()).collect();
    let run = ziping(&["scope", "--csv"], &csv_of(&rows, b','));
    let rows = table(&run.stdout);
    assert!(60 < results.len() && rows.len() == results.len(), "{} cases", results.len());
    for ((row, result), case) in rows.iter().zip(&results).zip(&cases) {
        assert_eq!(row["result"], cell(&result["result"]), "{case:?}: {row:?}");
        let reasons: Vec<&str> =
            result["reasons"].as_array().expect("reasons").iter().filter_map(|it| it["message"].as_str()).collect();
        assert_eq!(row["reasons"], reasons.join("；"), "{case:?}");
    }
}

/// The desk takes the codes out of the cells of a table.
#[test]
fn the_desk_reads_a_table_of_codes() {
    let code = |annex: usize| {
        let sheet = format!("{{\"rubric\":\"{annex}\",\"answers\":{{}}}}");
        text(&ziping(&["code", "--encode"], sheet.as_bytes()).stdout).trim_end().to_owned()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("收到的.csv").to_string_lossy().into_owned();
    let csv = format!("\u{feff}单位,自评码,电话\r\n甲,{},0375-1234567\r\n\"乙,丙\",\"{}\",\r\n", code(1), code(2));
    fs::write(&file, csv).expect("it can be written");
    let run = ziping(&["desk", &file], b"");
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert_eq!(table(&run.stdout).len(), 2);
    assert_eq!((known().editions.len(), editions().len()), (1, 1));
    // with --quiet only the data and the status are left
    let run = ziping(&["desk", "--quiet", &file, "-"], b"x");
    assert_eq!((run.status.code(), run.stderr.len()), (Some(2), 0));
    let run = ziping(&["score", "-q"], b"x");
    assert_eq!((run.status.code(), run.stderr.len()), (Some(2), 0));
}
