//! Lines as other programs send them, with whatever goes wrong on the way: each gets its answer or a sentence with its
//! number, from whichever file and however much comes.

use std::fs::{self, File};
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use serde_json::{Value, json};
use ziping::carrier::Take;
use ziping::cli::{decode_text, encode_lines, score_lines};

use crate::arbitrary::{each_line, lines_and_noise};
use crate::carrier_laws::known;
use crate::cli::{lines, text, ziping};
use crate::{editions, path};

/// A line, the code and the path of its error, and words of the message.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    (r#"{"rubric":"3","answers":{"3-3":{"defects":1e400}}}"#, "json", "", "的数太大"),
    (r#"{"rubric":"3","answers":{"3-3":{"defects":-1e400}}}"#, "json", "", "数太大"),
    (r#"{"rubric":"3","answers":{"3-3":{"defects":NaN}}}"#, "json", "", "没有 NaN"),
    (r#"{"rubric":"3","answers":{"3-1":{"met":True}}}"#, "json", "", "小写"),
    (r#"{'rubric':'3','answers':{}}"#, "json", "", "引号不对"),
    (r#"{“rubric”:“3”,“answers”:{}}"#, "json", "", "引号不对"),
    (r#"{"rubric"："3"，"answers":{}}"#, "json", "", "是全角标点"),
    (r#"{"rubric":"3","answers":{},}"#, "json", "", "多了一个逗号"),
    (r#"{"rubric":"3","answers":{}} {}"#, "json", "", "一行只写一个对象"),
    (r#"{"rubric":"3","answers":{"3-1":{"met":true}"#, "json", "", "到末尾还没有结束"),
    ("{\"rubric\":\"3\",\"x\":\"a\tb\",\"answers\":{}}", "json", "", "控制符"),
    (r#"{"rubric":"3","rubric":"4","answers":{}}"#, "duplicate", "rubric", "两次"),
    (r#"{"rubric":"3","answers":{},"answers":{}}"#, "duplicate", "answers", "两次"),
    (r#"{"rubric":"3","answers":{"3-3":{"defects":1,"defects":2}}}"#, "duplicate", "answers.3-3.defects", "两次"),
    (
        r#"{"rubric":"3","answers":{"3-1":{"met":true},"3-3":{"defects":1},"3-1":{"met":true}}}"#,
        "duplicate",
        "answers.3-1",
        "两次",
    ),
    (r#"{"rubric":"3","answers":{"3-3":{"defects":"1"}}}"#, "type", "answers.3-3.defects", "应为数字"),
    (r#"{"rubric":"3","answers":{"3-3":{"defects":-1}}}"#, "negative", "answers.3-3.defects", "负数"),
    (r#"{"rubric":"3","answers":{"3-3":{"defects":0.5}}}"#, "whole", "answers.3-3.defects", "整数"),
    (r#"{"rubric":"3","answers":{"3-1":{"met":null}}}"#, "type", "answers.3-1.met", "true 或 false"),
    (r#"{"rubric":"3","answers":[]}"#, "form", "answers", "应为对象"),
    (r#"{"rubric":"3","answers":"expected x at line 1 column 2"}"#, "form", "answers", "应为对象"),
    (r#"{"rubric":3,"answers":{}}"#, "form", "rubric", "应为附件号的文字"),
    (r#"{"rubric":"07","answers":{}}"#, "unknown_rubric", "rubric", "没有附件 `07`"),
    (r#"{"rubric":"3","edition":"x at line 3","answers":{}}"#, "unknown_edition", "edition", "`x at line 3`"),
    (r#"{"rubric":"3","answers":{"3-01":{"met":true}}}"#, "unknown_row", "answers.3-01", "3-1 到 3-48"),
    ("[]", "form", "", "JSON 对象"),
    ("null", "form", "", "JSON 对象"),
    ("\u{feff}{}", "json", "", "BOM"),
];

#[test]
fn each_fault_is_told_with_its_line_and_the_id_of_the_line() {
    let mut input = String::new();
    for (n, (line, ..)) in BROKEN.iter().enumerate() {
        // blank lines count, and the id comes before whatever is wrong
        let line = match line.strip_prefix('{') {
            Some(rest) if !line.starts_with("{'") && !line.starts_with("{“") => format!("{{\"id\":{n},{rest}"),
            _ => (*line).to_owned(),
        };
        input.push_str(&format!("\r\n{line}\r\n"));
    }
    let run = ziping(&["score"], input.trim_end().as_bytes());
    assert_eq!(run.status.code(), Some(2));
    let answers = lines(&run);
    assert_eq!(answers.len(), BROKEN.len());
    for (n, ((line, code, place, words), answer)) in BROKEN.iter().zip(&answers).enumerate() {
        let error = &answer["error"];
        assert_eq!((&error["code"], &error["path"]), (&(*code).into(), &(*place).into()), "{line}: {answer}");
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(words) && !message.ends_with('。'), "{line}: {message}");
        assert_eq!(answer["line"], 2 * n + 2, "{line}");
        let has_id = line.starts_with("{\"");
        assert_eq!(answer.get("id"), has_id.then(|| json!(n)).as_ref(), "{line}");
    }
    // places are counted in characters, as editors count them
    let wide = ziping(&["scope"], "{\"name\":\"车工\"，\"code\":\"1\"}".as_bytes());
    assert!(text(&wide.stdout).contains("第 13 个字处是全角标点"), "{}", text(&wide.stdout));
}

#[test]
fn the_id_is_found_behind_the_fault_too() {
    for (command, line) in [
        ("score", r#"{"rubric":"3","answers":[],"id":"甲"}"#),
        ("route", r#"{"applicant":1,"id":"甲"}"#),
        ("scope", r#"{"code":1,"id":"甲"}"#),
        ("scope", r#"{"id":"甲","code":"1","code":"2"}"#),
        ("scope", r#"{"id":"甲","code":"1" "name"}"#),
        ("code --encode", r#"{"rubric":"3","answers":[],"id":"甲"}"#),
    ] {
        let run = ziping(&command.split(' ').collect::<Vec<_>>(), format!("\n\n{line}").as_bytes());
        let answer = &lines(&run)[0];
        assert_eq!((run.status.code(), &answer["id"], &answer["line"]), (Some(2), &"甲".into(), &3.into()), "{line}");
    }
}

#[test]
fn deep_and_long_lines_are_answered() {
    let deep = |n: usize| format!(r#"{{"id":1,"rubric":"3","answers":{{"3-1":{}{}}}}}"#, "[".repeat(n), "]".repeat(n));
    let long = format!(r#"{{"id":2,"rubric":"3","pad":"{}","answers":{{}}}}"#, "长".repeat(3_500_000));
    let run = ziping(&["score"], format!("{}\n{long}\n{}", deep(100_000), deep(3)).as_bytes());
    let answers = lines(&run);
    assert_eq!((run.status.code(), answers.len()), (Some(2), 3));
    assert_eq!((&answers[0]["error"]["path"], &answers[1]["status"]), (&"answers.3-1".into(), &"incomplete".into()));
    assert_eq!((&answers[2]["error"]["path"], &answers[2]["line"]), (&"answers.3-1".into(), &3.into()));
    for command in ["route", "scope"] {
        let run = ziping(&[command], format!("{}\n", deep(100_000)).as_bytes());
        assert_eq!((run.status.code(), lines(&run)[0]["error"]["code"].as_str()), (Some(2), Some("json")));
    }
}

#[test]
fn several_files_are_read_in_their_order_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"rubric\":\"3\",\"answers\":{{}}}}");
    fs::write(file("一.jsonl"), format!("\u{feff}{}\r\n{}", line("1"), line("2"))).expect("it can be written");
    fs::write(file("二.jsonl"), format!("\u{feff}\n坏\n{}", line("3"))).expect("it can be written");
    let run = ziping(&["score", &file("一.jsonl"), "-", &file("二.jsonl")], line("s").as_bytes());
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(text(&run.stderr), "5 行中有 1 行被拒绝，原因见输出的 error\n");
    let answers = lines(&run);
    let ids: Vec<_> = answers.iter().map(|it| it["id"].as_str().unwrap_or("-")).collect();
    assert_eq!(ids, ["1", "2", "s", "-", "3"]);
    assert_eq!((&answers[3]["file"], &answers[3]["line"]), (&file("二.jsonl").into(), &2.into()));
    // where one is missing nothing is begun
    let run = ziping(&["score", &file("一.jsonl"), &file("三.jsonl")], b"");
    assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0));
    assert!(text(&run.stderr).contains("三.jsonl：没有这个文件"), "{}", text(&run.stderr));
    // codes of several files
    let codes = ziping(&["code", "--encode", &file("一.jsonl"), &file("一.jsonl")], b"");
    fs::write(file("码.txt"), &codes.stdout).expect("it can be written");
    let run = ziping(&["code", &file("码.txt"), "-"], b"05BD 22KM");
    assert_eq!((run.status.code(), lines(&run).len()), (Some(2), 5));
    assert_eq!((&lines(&run)[4]["file"], &lines(&run)[4]["line"]), (&"-".into(), &1.into()));
}

/// Commands that print something, with what they are given.
const PRINTING: [(&str, &str); 9] = [
    ("score", "{\"rubric\":\"3\",\"answers\":{}}"),
    ("code --encode", "{\"rubric\":\"3\",\"answers\":{}}"),
    ("code", "05BD 22KM"),
    ("route", "{}"),
    ("desk -", "05BD 22KM"),
    ("rubrics", ""),
    ("completions bash", ""),
    ("schema score-input", ""),
    ("--help", ""),
];

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_closed_pipe_end_with_a_status() {
    for (command, input) in PRINTING {
        let full = File::options().write(true).open("/dev/full").expect("a full disk");
        let run = ended(command, input, full.into());
        assert_eq!(run.status.code(), Some(1), "{command}: {}", text(&run.stderr));
        assert_eq!(text(&run.stderr).lines().last(), Some("ziping: 写不了标准输出：磁盘已满"), "{command}");
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let run = ended(command, input, writer.into());
        assert_eq!(run.status.code(), Some(0), "{command}: {}", text(&run.stderr));
        assert!(!text(&run.stderr).contains("panicked"), "{command}: {}", text(&run.stderr));
    }
    // nobody reads the words for people
    let full = File::options().write(true).open("/dev/full").expect("a full disk");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ziping"));
    let run = command.arg("check").current_dir(path("")).stderr(full).output().expect("it runs");
    assert_eq!(run.status.code(), Some(0));
    // a folder is no input
    for command in ["score", "code", "code --encode", "desk -"] {
        let folder = File::open(path("")).expect("a folder can be opened");
        let run = Command::new(env!("CARGO_BIN_EXE_ziping"))
            .args(command.split(' '))
            .current_dir(path(""))
            .stdin(folder)
            .output()
            .expect("it runs");
        assert_eq!(run.status.code(), Some(1));
        assert_eq!(text(&run.stderr), "ziping: 读不到标准输入：是一个文件夹，不是文件\n", "{command}");
    }
    let run = ziping(&["score", "tests"], b"");
    assert_eq!(text(&run.stderr), "ziping: 打不开文件 tests：是一个文件夹，不是文件\n");
}

fn ended(command: &str, input: &str, stdout: Stdio) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("input");
    fs::write(&file, input).expect("it can be written");
    Command::new(env!("CARGO_BIN_EXE_ziping"))
        .args(command.split(' '))
        .current_dir(path(""))
        .stdin(File::open(file).expect("it is there"))
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("it runs")
}

/// More codes than are held at a time, some of them on several lines: none is lost or read twice where a part ends.
#[test]
fn a_long_list_of_codes_is_the_same_as_its_parts() {
    let sheet = |id: u32| format!("{{\"rubric\":\"{}\",\"answers\":{{\"{0}-3\":{{\"met\":true}}}}}}\n", 1 + id % 6);
    let encode = |input: &str| {
        let mut out = Vec::new();
        encode_lines(known(), Take::default(), None, input.as_bytes(), &mut out).expect("memory can be written");
        text(&out)
    };
    let decode = |input: &str| {
        let mut out = Vec::new();
        let tally = decode_text(known(), input, &mut out).expect("memory can be written");
        (tally, text(&out).lines().map(|it| serde_json::from_str(it).expect("JSON")).collect::<Vec<Value>>())
    };
    let one = encode(&(0..6).map(sheet).collect::<String>());
    let notes: String = (1..40).map(|n| format!("\"1-{n}\":\"第 {n} 项的佐证材料\",")).collect();
    let dossier =
        format!("{{\"sheets\":[{{\"rubric\":\"1\",\"answers\":{{}},\"notes\":{{{}}}}}]}}", notes.trim_end_matches(','));
    let mut long = Vec::new();
    encode_lines(known(), Take { notes: true, ..Take::default() }, None, dossier.as_bytes(), &mut long)
        .expect("memory can be written");
    // on paper a long code has many lines
    let long: String =
        text(&long).trim_end().chars().enumerate().map(|(n, it)| if n % 40 == 39 { '\n' } else { it }).collect();
    let block = format!("{one}\n第三家 {one}{long}\n{}\n\n", &one[..9]);
    let n = (3 << 20) / block.len() + 1;
    let (one_tally, of_one) = decode(&block);
    let (tally, of_all) = decode(&block.repeat(n));
    assert_eq!((tally.lines, tally.refused), (one_tally.lines * n as u64, one_tally.refused * n as u64));
    let lines_of_block = block.lines().count() as u64;
    for (k, answer) in of_all.iter().enumerate() {
        let mut should = of_one[k % of_one.len()].clone();
        if let Some(line) = should.get("line").and_then(Value::as_u64) {
            let line = line + lines_of_block * (k / of_one.len()) as u64;
            should["line"] = line.into();
            should["error"]["path"] = line.to_string().into();
        }
        // the message may name the line within its part
        assert_eq!(&should, answer, "answer {k}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_number_of_a_refused_line_is_the_one_an_editor_shows(bytes in lines_and_noise()) {
        let mut out = Vec::new();
        score_lines(editions(), false, &*bytes, &mut out, |_| {}).expect("memory can be written");
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let numbers = (1_u64..).zip(each_line(bytes)).filter(|it| !it.1.trim_ascii().is_empty());
        for (answer, (number, _)) in text(&out).lines().zip(numbers) {
            let answer: Value = serde_json::from_str(answer).expect("JSON");
            if answer.get("error").is_some() {
                prop_assert_eq!(answer["line"].as_u64(), Some(number));
            }
        }
    }

    /// Lines as programs write them are read by a shorter way, which another key at their beginning bars.
    #[test]
    fn a_line_is_scored_alike_whichever_way_it_is_read(bytes in lines_and_noise()) {
        for line in each_line(&bytes).iter().filter(|it| it.starts_with(b"{\"")) {
            let scored = |line: &[u8]| {
                let mut out = Vec::new();
                score_lines(editions(), false, line, &mut out, |_| {}).expect("memory can be written");
                text(&out).to_owned()
            };
            let (short, long) = (scored(line), scored(&[b"{\"x\":[],", &line[1..]].concat()));
            // where a line is no JSON, the place is told, which is another one
            prop_assert!(short == long || short.contains("\"code\":\"json\""), "{}\n{}", short, long);
        }
    }
}
