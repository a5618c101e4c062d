//! `ziping plan`: what it refuses, tables in and out, its schemas.

use std::collections::BTreeMap;

use jsonschema::Draft;
use serde_json::{Value, json};

use crate::cli::{lines, text, ziping};
use crate::plan::{cases, planned};

/// What stands behind `"rubric": …, "answers": {}`, the code and the path of the error, and words of the message.
const REFUSED: &[(&str, &str, &str, &str, &str)] = &[
    ("1", r#""target": 80"#, "unknown_target", "target", "85（具备评价机构备案条件）、70（基本具备评价机构备案条件）"),
    ("1", r#""target": "不具备""#, "unknown_target", "target", "没有 `不具备`"),
    ("2", r#""target": 70"#, "unknown_target", "target", "没有 `70` 这条分数线"),
    ("1", r#""target": true"#, "type", "target", "结论的原文，或最低分"),
    ("1", r#""target": 85, "target": 70"#, "duplicate", "target", "两次"),
    ("1", r#""safe": 1"#, "type", "safe", "true 或 false"),
    ("1", r#""safe": true, "safe": true"#, "duplicate", "safe", "两次"),
    ("1", r#""effort": ["1-1"]"#, "type", "effort", "应为对象"),
    ("1", r#""effort": {"1-99": "now"}"#, "unknown_row", "effort.1-99", "1-1 到 1-49"),
    ("1", r#""effort": {"2-4": "now"}"#, "unknown_row", "effort.2-4", "附件1没有 `2-4`"),
    ("1", r#""effort": {"1-4": "later"}"#, "value", "effort.1-4", "now、money、never 之一"),
    ("1", r#""effort": {"1-4": 1}"#, "type", "effort.1-4", "now、money、never 之一"),
    ("1", r#""effort": {"1-4": "now", "1-4": "money"}"#, "duplicate", "effort.1-4", "两次"),
    ("1", r#""cost": {"1-4": -1}"#, "negative", "cost.1-4", "负数"),
    ("1", r#""cost": {"1-4": -0.5}"#, "negative", "cost.1-4", "负数"),
    ("1", r#""cost": {"1-4": 0.25}"#, "tenths", "cost.1-4", "最多一位小数"),
    ("1", r#""cost": {"1-4": "3"}"#, "type", "cost.1-4", "应为数字"),
    ("1", r#""cost": {"1-4": 1e12}"#, "too_large", "cost.1-4", "1000000000"),
    ("1", r#""cost": {"1-4": 99999999999999999999}"#, "too_large", "cost.1-4", "1000000000"),
    ("1", r#""cost": {"1-4": 1, "1-4": 1}"#, "duplicate", "cost.1-4", "两次"),
    ("1", r#""cost": {"1-04": 1}"#, "unknown_row", "cost.1-04", "没有 `1-04`"),
    ("1", r#""reach": {"1-4": 3}"#, "not_judged", "reach.1-4", "不是酌情的"),
    ("2", r#""reach": {"2-8": 7}"#, "above_points", "reach.2-8", "不能超过本项分值 6 分"),
    ("2", r#""reach": {"2-8": -1}"#, "negative", "reach.2-8", "负数"),
    ("2", r#""reach": {"2-8": 1.23}"#, "tenths", "reach.2-8", "分数最多一位小数"),
    ("2", r#""reach": {"2-8": 1, "2-8": 2}"#, "duplicate", "reach.2-8", "两次"),
    ("7", r#""target": 85"#, "unknown_rubric", "rubric", "没有附件 `7`"),
];

#[test]
fn each_fault_is_told_with_its_path_and_the_other_lines_are_planned() {
    let mut input = String::new();
    for (n, (rubric, wishes, ..)) in REFUSED.iter().enumerate() {
        input.push_str(&format!("{{\"id\":{n},\"rubric\":\"{rubric}\",\"answers\":{{}},{wishes}}}\n"));
    }
    input.push_str("{\"rubric\":\"1\",\"answers\":{\"1-4\":{\"met\":true}}}\n{\"rubric\":\"1\",\"answers\":{}");
    let run = ziping(&["plan"], format!("{input}\n{{\"id\":\"last\",\"rubric\":\"1\",\"answers\":{{}}}}").as_bytes());
    let all = lines(&run);
    assert_eq!((run.status.code(), all.len()), (Some(2), REFUSED.len() + 3));
    for (n, ((_, wishes, code, path, words), is)) in REFUSED.iter().zip(&all).enumerate() {
        assert_eq!((&is["id"], &is["line"]), (&json!(n), &json!(n + 1)), "{is}");
        assert_eq!((&is["error"]["code"], &is["error"]["path"]), (&json!(code), &json!(path)), "{wishes}: {is}");
        assert!(is["error"]["message"].as_str().is_some_and(|it| it.contains(words)), "{wishes}: {is}");
    }
    let [form, json, last] = &all[REFUSED.len()..] else { panic!("three more") };
    assert_eq!((&form["error"]["code"], &json["error"]["code"]), (&"form".into(), &"json".into()));
    assert_eq!((&last["id"], &last["reached"]), (&"last".into(), &true.into()));
    assert!(text(&run.stderr).contains("行被拒绝"));
}

/// What may be left out, and what says the same.
#[test]
fn absent_and_null_and_other_words_for_the_same_are_understood() {
    let line = |more: Value| {
        let mut line = json!({ "rubric": "1", "answers": { "1-4": { "defects": 4 } } });
        line.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        planned(&line)
    };
    let plain = line(json!({}));
    assert_eq!(plain["target"], json!({ "label": "具备评价机构备案条件", "min": 85 }));
    for same in [
        json!({ "target": null, "effort": null, "cost": null, "reach": null, "safe": null }),
        json!({ "target": 85 }),
        json!({ "target": 85.0 }),
        json!({ "target": "85" }),
        json!({ "target": "具备评价机构备案条件", "safe": false }),
        json!({ "effort": { "1-4": "now", "1-5": null }, "cost": { "1-4": 0 }, "reach": {} }),
        json!({ "wishes": "unknown keys are ignored", "effort": {} }),
    ] {
        assert_eq!(line(same.clone()), plain, "{same}");
    }
    assert_eq!(line(json!({ "target": 70 }))["target"]["label"], "基本具备评价机构备案条件");
    // costs have tenths, and a row that is not counted costs as a whole
    let dear = line(json!({ "cost": { "1-4": 0.3, "1-14": 2.5 }, "effort": { "1-14": "money" } }));
    let of_row = |row: &str| dear["changes"].as_array().expect("a list").iter().find(|it| it["row"] == row).cloned();
    let is: f64 = dear["changes"].as_array().expect("a list").iter().filter_map(|it| it["cost"].as_f64()).sum();
    assert!((is - dear["cost"].as_f64().expect("a number")).abs() < 1e-9);
    if let Some(change) = of_row("1-4") {
        assert_eq!(change["cost"].as_f64(), change["units"].as_f64().map(|it| it * 3.0 / 10.0));
    }
}

#[test]
fn a_table_is_planned_as_its_lines_are_with_a_change_a_row() {
    let csv = "id,rubric,target,safe,2-4.qualified_examiners,2-4.effort,2-4.cost,2-8.award,2-8.reach,1-4.defects\n\
               A,2,85,否,3,money,2.5,1,4.5,\n\
               B,1,基本具备评价机构备案条件,是,,,,,,1\n\
               C,2,,,3,later,,,,\n";
    let run = ziping(&["plan", "--csv"], csv.as_bytes());
    assert_eq!(run.status.code(), Some(2), "{}", text(&run.stderr));
    let json = [
        json!({ "id": "A", "rubric": "2", "target": 85, "answers": { "2-4": { "qualified_examiners": 3 }, "2-8": { "award": 1 } },
                "effort": { "2-4": "money" }, "cost": { "2-4": 2.5 }, "reach": { "2-8": 4.5 } }),
        json!({ "id": "B", "rubric": "1", "target": 70, "safe": true, "answers": { "1-4": { "defects": 1 } } }),
    ];
    let bare = run.stdout.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark, for Excel");
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(bare).deserialize().map(|it| it.expect("all columns")).collect();
    for line in json {
        let is = planned(&line);
        let changes = is["changes"].as_array().expect("a list");
        let own: Vec<_> = rows.iter().filter(|it| line["id"] == it["id"]).collect();
        assert_eq!(own.len(), changes.len());
        for (row, change) in own.iter().zip(changes) {
            assert_eq!(row["cost"], is["cost"].to_string());
            assert_eq!(row["total_after"], is["total_after"].to_string());
            assert_eq!(row["target.min"], is["target"]["min"].to_string());
            assert_eq!(row["change.cost"], change["cost"].to_string());
            assert_eq!(row["change.row"], format!("第 {} 项", change["row"].as_str().expect("text")));
            assert_eq!(row["change.to"], change["to"].to_string());
            assert_eq!(row["change.words"], change["words"].as_str().expect("text"));
        }
    }
    let wrong = rows.last().expect("a row");
    assert_eq!((&*wrong["id"], &*wrong["error.code"], &*wrong["error.path"]), ("C", "value", "effort.2-4"));
    // what needs nothing has a row all the same
    let full: String = text(&ziping(&["plan", "--format", "csv"], whole().to_string().as_bytes()).stdout);
    assert_eq!(full.lines().count(), 2);
}

/// A sheet that needs nothing.
fn whole() -> Value {
    let case = cases().into_iter().find(|it| it.0.contains("not safe, the same sheet"));
    case.expect("a case").1
}

#[test]
fn the_schemas_take_what_goes_in_and_what_comes_out() {
    let of = |name: &str| {
        let schema: Value = serde_json::from_slice(&ziping(&["schema", name], b"").stdout).expect("a document");
        jsonschema::options().with_draft(Draft::Draft202012).build(&schema).expect("a sound schema")
    };
    let (input, output) = (of("plan-input"), of("plan-output"));
    for (at, line, _) in cases() {
        assert!(
            input.is_valid(&line),
            "{at}: {:?}",
            input.iter_errors(&line).map(|it| it.to_string()).collect::<Vec<_>>()
        );
        let is = planned(&line);
        assert!(
            output.is_valid(&is),
            "{at}: {:?}",
            output.iter_errors(&is).map(|it| it.to_string()).collect::<Vec<_>>()
        );
    }
    for (rubric, wishes, code, ..) in REFUSED.iter().filter(|it| !["duplicate", "unknown_rubric"].contains(&it.2)) {
        let line = format!("{{\"rubric\":\"{rubric}\",\"answers\":{{}},{wishes}}}");
        let value: Value = serde_json::from_str(&line).expect("JSON");
        // a cost may be any number there, as validators do not agree on what is a multiple of 0.1
        assert_eq!(input.is_valid(&value), wishes.contains("0.25"), "{wishes}");
        assert!(output.is_valid(&planned(&value)), "{code}");
    }
}
