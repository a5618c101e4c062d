//! The command line, run as the real program: exit statuses, messages for people, and only data on standard output.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::broken::broken_site;
use crate::{path, read};

const COMMANDS: [&str; 14] = [
    "check",
    "rubrics",
    "score",
    "route",
    "scope",
    "code",
    "desk",
    "new",
    "import",
    "schema",
    "version",
    "build",
    "serve",
    "completions",
];

#[test]
fn help_is_chinese_and_complete() {
    let help = text(&ziping(&["--help"], b"").stdout);
    for words in
        COMMANDS.iter().chain(&["用法：", "命令：", "选项：", "退出状态：", "示例：", "  0  ", "  1  ", "  2  "])
    {
        assert!(help.contains(words), "`{words}` is not in\n{help}");
    }
    for command in COMMANDS {
        let run = ziping(&[command, "--help"], b"");
        assert_eq!(run.status.code(), Some(0), "{command}");
        let help = text(&run.stdout);
        assert!(help.contains(&format!("用法：ziping {command} [选项]")), "{help}");
        for english in ["Usage", "Options", "Arguments", "Print", "default", "possible"] {
            assert!(!help.contains(english), "`{english}` is in\n{help}");
        }
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_so() {
    for arguments in [&["check", "a"][..], &["rate"], &["score", "--fast"], &[]] {
        let run = ziping(arguments, b"");
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert!(run.stdout.is_empty() && text(&run.stderr).contains("--help"), "{arguments:?}");
    }
}

#[test]
fn sound_lines_end_with_0() {
    let run = ziping(&["score"], br#"{"id": 7, "rubric": "3", "answers": {"3-3": {"defects": 1}}}"#);
    assert_eq!(run.status.code(), Some(0));
    assert!(run.stderr.is_empty(), "{}", text(&run.stderr));
    let results = lines(&run);
    assert_eq!(results.len(), 1);
    assert_eq!((&results[0]["id"], &results[0]["rows"]["3-3"]["score"]), (&7.into(), &4.into()));
}

#[test]
fn a_refused_line_ends_with_2_and_the_others_are_scored() {
    let sheets = concat!(
        "\u{feff}{\"id\":1,\"rubric\":\"1\",\"answers\":{}}\r\n",
        "\r\n",
        "这不是 JSON\n",
        "   \t\n",
        "{\"id\":4,\"rubric\":\"9\",\"answers\":{}}\n",
        "{\"id\":5,\"answers\":{}}\r\n",
        "{\"id\":6,\"rubric\":\"6\",\"answers\":{\"6-17\":{\"award\":9.5}}}",
    );
    let run = ziping(&["score"], sheets.as_bytes());
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(text(&run.stderr), "5 行中有 3 行被拒绝，原因见输出的 error\n");
    let results = lines(&run);
    let code = |it: &Value| it["error"]["code"].as_str().unwrap_or("scored").to_owned();
    assert_eq!(results.iter().map(code).collect::<Vec<_>>(), ["scored", "json", "unknown_rubric", "form", "scored"]);
    // the id is returned even where the rest of the line is wrong
    let ids: Vec<_> = results.iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, [1.into(), Value::Null, 4.into(), 5.into(), 6.into()]);
    assert_eq!(results[4]["base_total"], 9.5);
    for refused in &results[1..4] {
        let message = refused["error"]["message"].as_str().expect("a message");
        assert!(message.chars().any(|it| '一' <= it) && !message.ends_with('。'), "{message}");
        assert!(refused["error"]["path"].is_string());
    }
}

#[test]
fn a_file_is_as_good_as_standard_input() {
    let sheets = read("tests/data/sheets.jsonl");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &sheets).expect("it can be written");
    let name = file.path().to_string_lossy().into_owned();
    let by_name = ziping(&["score", "--explain", &name], b"");
    assert_eq!(by_name.stdout, ziping(&["score", "--explain"], sheets.as_bytes()).stdout);
    assert_eq!(by_name.stdout, ziping(&["score", "-", "--explain"], sheets.as_bytes()).stdout);
    assert_eq!(lines(&by_name).len(), 6);
}

#[test]
fn what_cannot_be_read_ends_with_1() {
    let run = ziping(&["score", "没有这个文件.jsonl"], b"");
    assert_eq!(run.status.code(), Some(1));
    assert!(run.stdout.is_empty());
    assert!(text(&run.stderr).starts_with("ziping: 打不开文件 没有这个文件.jsonl"), "{}", text(&run.stderr));
    let elsewhere = tempfile::tempdir().expect("a folder");
    for command in ["check", "rubrics", "score"] {
        let run = ziping(&[command, "--site", &elsewhere.path().to_string_lossy()], b"");
        assert_eq!(run.status.code(), Some(1), "{command}");
        assert!(
            run.stdout.is_empty() && text(&run.stderr).starts_with("ziping: 读不到文件夹"),
            "{}",
            text(&run.stderr)
        );
    }
}

#[test]
fn a_site_with_problems_scores_nothing() {
    let site = broken_site("many");
    let run = ziping(&["score", "--site", &site.path().to_string_lossy()], br#"{"rubric": "1", "answers": {}}"#);
    assert_eq!(run.status.code(), Some(1));
    assert!(run.stdout.is_empty());
    assert!(text(&run.stderr).contains("请先改正") && text(&run.stderr).contains("rubrics/tiny/rubric.toml:11: "));
}

#[test]
fn rubrics_are_one_document_with_the_agreed_keys() {
    let run = ziping(&["rubrics"], b"");
    assert_eq!((run.status.code(), run.stderr.len()), (Some(0), 0));
    let document: Value = serde_json::from_slice(&run.stdout).expect("one JSON document");
    has_keys(&document, "edition rubrics");
    let rubrics = document["rubrics"].as_array().expect("rubrics");
    for (annex, (rubric, n_rows)) in (1..).zip(rubrics.iter().zip([49, 23, 48, 26, 46, 22])) {
        has_keys(rubric, "annex title applicant part bands rows");
        assert_eq!(rubric["annex"], format!("{annex}"));
        rubric["bands"].as_array().expect("bands").iter().for_each(|it| has_keys(it, "label min"));
        let rows = rubric["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), n_rows);
        for (n, row) in (1..).zip(rows) {
            has_keys(
                row,
                "id section section_points group group_points content standard points methods kind veto rule readings",
            );
            assert_eq!(row["id"], format!("{annex}-{n}"));
            assert!(
                ["scored", "veto", "scored+veto", "bonus", "unscored"].contains(&row["kind"].as_str().expect("a kind"))
            );
            if row["veto"].is_object() {
                has_keys(&row["veto"], "phrase blocks");
            }
        }
    }
    // a shared cell: the first row has the points, each row has the kind and the veto
    let row = |annex: usize, n: usize| &rubrics[annex - 1]["rows"][n - 1];
    assert_eq!((&row(2, 20)["points"], &row(2, 20)["kind"]), (&Value::Null, &"scored+veto".into()));
    assert_eq!((&row(1, 26)["veto"]["blocks"], &row(1, 26)["kind"]), (&"filing".into(), &"veto".into()));
    assert_eq!((&row(1, 2)["kind"], &row(1, 48)["group"]), (&"unscored".into(), &"标准开发".into()));
    assert_eq!(ziping(&["rubrics", "--edition", "henan-2021"], b"").stdout, run.stdout);
    assert_eq!(ziping(&["rubrics", "--edition", "henan-1999"], b"").status.code(), Some(1));
}

#[test]
fn check_is_silent_on_standard_output_where_all_is_right() {
    let run = ziping(&["check"], b"");
    assert_eq!((run.status.code(), run.stdout.len()), (Some(0), 0));
    assert!(text(&run.stderr).starts_with("没有发现问题"));
}

#[test]
fn route_answers_sound_lines_and_refuses_the_others() {
    let sound = r#"{"id": "甲", "applicant": "employer", "ownership": "other_enterprise", "insured_in": "平顶山市"}"#;
    let run = ziping(&["route"], sound.as_bytes());
    assert_eq!((run.status.code(), run.stderr.len()), (Some(0), 0));
    let results = lines(&run);
    has_keys(&results[0], "id filings clauses readings candidates");
    assert_eq!((&results[0]["id"], &results[0]["filings"][0]["route"]), (&"甲".into(), &"local".into()));
    let mixed = format!("{sound}\n\n[1]\n{{\"id\": 2, \"applicant\": \"technical_school\"}}\n{sound}");
    let run = ziping(&["route", "-"], mixed.as_bytes());
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(text(&run.stderr), "4 行中有 2 行被拒绝，原因见输出的 error\n");
    let results = lines(&run);
    let code = |it: &Value| it["error"]["code"].as_str().unwrap_or("routed").to_owned();
    assert_eq!(results.iter().map(code).collect::<Vec<_>>(), ["routed", "json", "missing", "routed"]);
    has_keys(&results[2]["error"], "code path message");
    assert_eq!(results[2]["id"], 2);
    // a site with mistakes in its rules gives no answers
    let site = broken_site("route-gap");
    let run = ziping(&["route", "--site", &site.path().to_string_lossy()], sound.as_bytes());
    assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0));
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = ziping(&["completions", shell], b"");
        assert_eq!((run.status.code(), run.stderr.len()), (Some(0), 0), "{shell}");
        assert!(COMMANDS.iter().all(|it| text(&run.stdout).contains(it)), "{shell}");
    }
}

/// Runs the program in the repository.
pub fn ziping(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ziping"));
    command.args(arguments).current_dir(path("")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("the program runs");
    let mut stdin = running.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        // it may write before it has read everything, and end before that too
        scope.spawn(move || stdin.write_all(input));
        running.wait_with_output().expect("the program ends")
    })
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Standard output, which holds lines of JSON and nothing else.
pub fn lines(run: &Output) -> Vec<Value> {
    text(&run.stdout)
        .lines()
        .map(|it| serde_json::from_str(it).unwrap_or_else(|error| panic!("{error} in {it}")))
        .collect()
}

fn has_keys(value: &Value, keys: &str) {
    let is: BTreeSet<_> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(is, keys.split(' ').collect(), "{value}");
}
