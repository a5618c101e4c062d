//! `ziping code` run as the real program and in memory: what is written can be read again, and damage is an error.

use proptest::prelude::*;
use serde_json::{Value, json};
use ziping::carrier::Take;
use ziping::cli::{decode_text, encode_lines};
use ziping::dossier::{Dossier, Sheet};
use ziping::score::{Answers, Given, fits};

use crate::arbitrary::{anything, json as sheet_json, sheet};
use crate::carrier_laws::{dossier, known, takes};
use crate::cases::sheets;
use crate::cli::{lines, text, ziping};
use crate::read;

const EVERYTHING: Take = Take { unit: true, notes: true, day: None };

#[test]
fn assessments_become_codes_and_come_back() {
    let sheets = concat!(
        "\u{feff}{\"id\":1,\"rubric\":\"3\",\"answers\":{\"3-1\":{\"met\":true},\"3-3\":{\"defects\":1}}}\r\n\r\n",
        "{\"rubric\":\"2\",\"answers\":{},\"code\":\"6-18-01-01\",\"levels\":[4,3],\"occupation\":\"车工\"}",
    );
    let run = ziping(&["code", "--encode"], sheets.as_bytes());
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()));
    let codes = text(&run.stdout);
    assert_eq!(codes.lines().count(), 2);
    assert!(codes.lines().all(|it| it.split(' ').all(|it| (1..=4).contains(&it.len()))), "{codes}");
    let run = ziping(&["code"], codes.as_bytes());
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()));
    let back = lines(&run);
    assert_eq!(
        back[0],
        json!({"rubric": "3", "edition": "henan-2021", "answers": {"3-1": {"met": true}, "3-3": {"defects": 1}}})
    );
    assert_eq!((&back[1]["occupation"], &back[1]["levels"]), (&"车工".into(), &"4、3".into()));
    assert_eq!(ziping(&["score"], &run.stdout).status.code(), Some(0), "score takes what comes back");
    assert_eq!(text(&ziping(&["code", "--encode"], &run.stdout).stdout), codes);
    let links = text(&ziping(&["code", "--encode", "--link", "https://ziping.example/zp"], sheets.as_bytes()).stdout);
    assert!(links.lines().all(|it| it.starts_with("https://ziping.example/zp/open/#s.")), "{links}");
    for same in ["https://ziping.example/zp/", "https://ziping.example/zp/open", "https://ziping.example/zp/open/"] {
        assert_eq!(text(&ziping(&["code", "--encode", "--link", same], sheets.as_bytes()).stdout), links);
    }
    assert_eq!(ziping(&["code"], links.as_bytes()).stdout, run.stdout);
}

#[test]
fn a_dossier_keeps_at_home_what_is_not_asked_for() {
    let line = json!({
        "unit": "某公司", "place": "新华区", "day": "2026-11-25",
        "sheets": [
            {"rubric": "1", "answers": {"1-4": {"defects": i64::MAX}}, "notes": {"1-4": "缺\"预案\"\n😀"},
             "partial": {"1-14": {"detailed": true}}},
            {"rubric": "4", "answers": {}, "occupation": "某工", "levels": "四级", "figures": ["", "12"],
             "partial": {"4-20": {"yearly": [1, null, 3], "average": "9223372036.854775807"}}},
        ],
        "route": {"applicant": "employer", "ownership": "other_enterprise", "insured_in": ["平顶山市", "郑州市"]},
    });
    let input = line.to_string();
    let run = ziping(&["code", "--encode"], input.as_bytes());
    assert_eq!(run.status.code(), Some(0));
    assert!(text(&run.stderr).starts_with("有 1 份的单位名称、地点、人数或备注没有写入"), "{}", text(&run.stderr));
    let bare = &lines(&ziping(&["code"], &run.stdout))[0];
    assert!(["unit", "place"].iter().all(|it| bare.get(it).is_none()), "{bare}");
    assert_eq!((&bare["day"], &bare["route"]["insured_in"]), (&"2026-11-25".into(), &json!(["当地", "外地"])));
    assert!(bare["sheets"].as_array().expect("sheets").iter().all(|it| it.get("notes").is_none()));
    let whole = ziping(&["code", "--encode", "--unit", "--notes"], input.as_bytes());
    assert!(whole.stderr.is_empty());
    let back = lines(&ziping(&["code"], &whole.stdout))[0].clone();
    let mut should = line.clone();
    (should["edition"], should["applicant"]) = ("henan-2021".into(), "employer".into());
    assert_eq!(back, should);
}

#[test]
fn every_dossier_of_a_backup_becomes_a_code() {
    let backup = read("tests/records/v2/backup.json");
    let run = ziping(&["code", "--encode", "--unit", "--notes"], backup.as_bytes());
    assert_eq!((run.status.code(), run.stderr.len()), (Some(0), 0));
    let back = lines(&ziping(&["code"], &run.stdout));
    assert_eq!((back.len(), &back[0]["unit"]), (2, &"平顶山市某机械有限公司".into()));
    assert_eq!(back[0]["sheets"].as_array().map(Vec::len), Some(2));
    let cut = ziping(&["code", "--encode"], &backup.as_bytes()[..backup.len() * 2 / 3]);
    assert_eq!((cut.status.code(), &lines(&cut)[0]["error"]["code"]), (Some(2), &"damaged".into()));
    let wrong_way = ziping(&["code"], backup.as_bytes());
    assert_eq!((wrong_way.status.code(), &lines(&wrong_way)[0]["error"]["code"]), (Some(2), &"form".into()));
}

#[test]
fn a_refused_line_says_so_in_its_place() {
    let sheets = [
        r#"{"id": 1, "rubric": "3", "answers": {"3-3": {"met": true}}}"#,
        r#"{"rubric": "3", "answers": {}}"#,
        r#"{"id": "乙", "sheets": [{"rubric": "3", "answers": {}}, {"rubric": "4", "answers": {"4-99": {}}}]}"#,
        r#"{"sheets": [{"rubric": "4", "answers": {}, "note": {}}]}"#,
        r#"{"sheets": [], "sheets": []}"#,
        r#"{"sheets": [], "day": "2026-02-30"}"#,
        r#"{"sheets": [], "route": {"ownership": "x"}}"#,
        r#"{"sheets": [{"rubric": "1", "answers": {}, "code": "6-18-01-01"}]}"#,
        r#"{"sheets": [], "unit": "a\u200bb"}"#,
        r#"{"sheets": [{"rubric": "1", "answers": {"1-4": {"defects": 1}}, "partial": {"1-4": {"defects": 1}}}]}"#,
        r#"{"sheets": [], "edition": "henan-1999"}"#,
        "{",
    ];
    let run = ziping(&["code", "--encode"], sheets.join("\n").as_bytes());
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(text(&run.stderr), "12 行中有 11 行被拒绝，原因见输出的 error\n");
    let out = text(&run.stdout);
    let answers: Vec<_> = out.lines().map(|it| serde_json::from_str::<Value>(it).unwrap_or_default()).collect();
    let code = |it: &Value| it["error"]["code"].as_str().unwrap_or("code").to_owned();
    let path = |it: &Value| it["error"]["path"].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        answers.iter().map(|it| (code(it), path(it))).collect::<Vec<_>>(),
        [
            ("form", "answers.3-3.met"),
            ("code", ""),
            ("unknown_row", "sheets.1.answers.4-99"),
            ("unknown_key", "sheets.0.note"),
            ("duplicate", "sheets"),
            ("value", "day"),
            ("value", "route.ownership"),
            ("form", "sheets.0.code"),
            ("text", "unit"),
            ("duplicate", "sheets.0.partial.1-4"),
            ("unknown_edition", "edition"),
            ("json", ""),
        ]
        .map(|(code, path)| (code.to_owned(), path.to_owned()))
    );
    assert_eq!((&answers[0]["id"], &answers[2]["id"]), (&1.into(), &"乙".into()));
    // the same errors as `ziping score` has
    let scored = lines(&ziping(&["score"], sheets[0].as_bytes()));
    assert_eq!(scored[0], answers[0]);
}

#[test]
fn no_line_is_passed_over() {
    let code = text(&ziping(&["code", "--encode"], br#"{"rubric": "3", "answers": {}}"#).stdout);
    let cut = &code.trim_end()[..code.trim_end().len() - 3];
    let text_in = format!("你好\n\n{cut}\n{code}自评码：{code}§§§§ §§§§ §§§§ 05BD\nhttps://ziping.example/#s.AAAA\n");
    let run = ziping(&["code"], text_in.as_bytes());
    assert_eq!(run.status.code(), Some(2));
    let of = |it: &Value| (it["error"]["code"].as_str().unwrap_or("").to_owned(), it["error"]["path"].clone());
    let should = [("letter", "1"), ("cut", "3"), ("", ""), ("", ""), ("letter", "6"), ("cut", "7")];
    for (is, (code, path)) in lines(&run).iter().zip(should) {
        assert_eq!(of(is).0, code, "{is}");
        assert_eq!(of(is).1.as_str().unwrap_or(""), path, "{is}");
    }
    assert_eq!(lines(&run).len(), should.len());
    let wrong_usage = ziping(&["code", "--unit"], b"");
    assert_eq!((wrong_usage.status.code(), wrong_usage.stdout.len()), (Some(2), 0));
}

/// All worked cases, as data.
#[test]
fn every_worked_case_comes_back() {
    let cases: Vec<Value> = sheets().into_iter().map(|it| it.1).collect();
    assert!(250 < cases.len(), "{} cases", cases.len());
    let input: String = cases.iter().map(|it| format!("{it}\n")).collect();
    let back = decoded(&encoded(&input, Take::default()));
    assert_eq!(back.len(), cases.len());
    for (back, mut case) in back.into_iter().zip(cases) {
        case["edition"] = "henan-2021".into();
        for (row, answer) in case["answers"].as_object().expect("answers") {
            same(answer, &back["answers"][row], row);
        }
        assert_eq!(case["answers"].as_object().map(|it| it.len()), back["answers"].as_object().map(|it| it.len()));
        assert_eq!((&case["rubric"], &case["edition"]), (&back["rubric"], &back["edition"]));
        assert_eq!(back.as_object().map(|it| it.len()), Some(3), "{back}");
    }
}

/// Numbers are equal however they are written: 5 and 5.0.
fn same(a: &Value, b: &Value, at: &str) {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => assert_eq!(a.as_f64(), b.as_f64(), "{at}"),
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.len(), b.len(), "{at}");
            a.iter().for_each(|(key, it)| same(it, &b[key], &format!("{at}.{key}")));
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{at}");
            a.iter().zip(b).for_each(|(a, b)| same(a, b, at));
        }
        (a, b) => assert_eq!(a, b, "{at}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_encoded_is_decoded((rubric, answers) in sheet()) {
        let mut line = sheet_json(rubric, &answers);
        let code = encoded(&line.to_string(), Take::default());
        line["edition"] = "henan-2021".into();
        prop_assert_eq!(&decoded(&code), &vec![line.clone()]);
        prop_assert_eq!(encoded(&line.to_string(), Take::default()), code);
    }

    #[test]
    fn what_is_decoded_gives_the_same_code(dossier in dossier(), take in takes()) {
        let record = ziping::carrier::pack(known(), &dossier, take);
        prop_assume!(record.is_some());
        let code = ziping::carrier::write_code(&record.expect("a record")).replace('\n', " ");
        let line = decoded(&code)[0].to_string();
        prop_assert_eq!(encoded(&line, EVERYTHING), format!("{code}\n"), "{}", line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A sheet by itself is written in a shorter way than one of a dossier, and says the same, byte for byte.
    #[test]
    fn a_sheet_is_written_alike_alone_and_in_a_dossier(
        (rubric, answers) in prop_oneof![sheet(), anything().prop_map(|(rubric, given)| (rubric, fitting(given)))],
        levels in "[1-5]?",
    ) {
        let sheet = Sheet { id: 1, annex: rubric.annex, levels, answers, ..Sheet::default() };
        let mut dossier = Dossier::new(String::new(), rubric.applicant, &known().editions[0], &[]);
        dossier.sheets = vec![sheet];
        let mut named = dossier.clone();
        named.unit = "某公司".to_owned();
        let line = |dossier: &Dossier| {
            let record = ziping::carrier::pack(known(), dossier, EVERYTHING).expect("it is short");
            let mut out = Vec::new();
            decode_text(known(), &ziping::carrier::write_code(&record).replace('\n', " "), &mut out).expect("memory can be written");
            String::from_utf8(out).expect("UTF-8")
        };
        let (alone, whole) = (line(&dossier), line(&named));
        let sheets = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["sheets"][0].to_string();
        // what is not whole is a dossier in any case
        let alone = if alone.contains("\"sheets\":") { sheets(&alone) } else { alone.trim_end().to_owned() };
        prop_assert_eq!(alone.replacen(",\"edition\":\"henan-2021\"", "", 1), sheets(&whole));
    }
}

/// Codes as they are written here are read by a shorter way than those that somebody typed.
#[test]
fn a_code_is_read_alike_whichever_way_it_is_typed() {
    let cases = [
        r#"{"rubric":"3","answers":{}}"#,
        r#"{"rubric":"3","answers":{"3-1":{"met":true},"3-3":{"defects":70000}}}"#,
        r#"{"rubric":"1","answers":{"1-4":{"defects":3},"1-9":{"met":true,"full_time_staff":2}}}"#,
        r#"{"rubric":"2","occupation":"车工","levels":"三级","answers":{"2-4":{"qualified_examiners":7,"headcount":9}}}"#,
        r#"{"applicant":"employer","unit":"某公司","sheets":[{"rubric":"1","answers":{},"notes":{"1-4":"缺"}}]}"#,
        r#"{"rubric":"1","answers":{},"partial":{"1-9":{"met":true}}}"#,
    ];
    let codes = encoded(&cases.join("\n"), EVERYTHING);
    let plain = decoded(&codes);
    assert_eq!(plain.len(), cases.len());
    assert!(plain.iter().all(|it| it.get("error").is_none()), "{plain:?}");
    assert_eq!(plain, decoded(&codes.to_lowercase()));
    // between lines of every kind, with the ends of lines that Windows writes
    let mixed = codes.replace('\n', "\r\n\r\n05BD\r\n");
    let same = mixed.to_lowercase();
    assert_eq!(decoded(&mixed), decoded(&same));
}

fn fitting(given: Vec<Given>) -> Answers {
    given.into_iter().filter(|it| fits(it.fact.measure(), it.value)).collect()
}

fn encoded(input: &str, take: Take) -> String {
    let mut out = Vec::new();
    encode_lines(known(), take, None, input.as_bytes(), &mut out).expect("memory can be written");
    String::from_utf8(out).expect("UTF-8")
}

fn decoded(input: &str) -> Vec<Value> {
    let mut out = Vec::new();
    decode_text(known(), input, &mut out).expect("memory can be written");
    let out = String::from_utf8(out).expect("UTF-8");
    out.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect()
}
