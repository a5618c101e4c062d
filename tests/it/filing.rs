//! Who files where: worked cases in the tables of `tests/filing`, laws for any answers, error codes, the drawing.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::app::part::decision;
use ziping::bytes::wire::{from_bytes, to_bytes};
use ziping::cli::{each_line, read_facts, route_json};
use ziping::filing::Rules;
use ziping::filing::code::{CodeFinding, Fits, check_code};
use ziping::filing::route::{FilingAnswers, MOST_QUESTIONS, Route, Routes, UNCLEAR, check};

use crate::cases::Refusal;
use crate::tables;
use crate::{editions, none_of, read, site};

/// A case. `why` explains it to people; the word `null` stands for null.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(skip)]
    at: String,
    why: String,
    facts: Map<String, Value>,
    /// The expected keys of the answer, and of each filing those that matter; `rows` are rows of filing.toml.
    #[serde(default)]
    expect: Map<String, Value>,
    /// Instead of an answer, where the facts are refused: the code and the place.
    error: Option<Refusal>,
}

fn rules() -> &'static Rules {
    &site().rules[0]
}

fn routes() -> &'static Routes {
    &rules().routes
}

fn cases() -> Vec<Case> {
    let nulls = |it: Map<String, Value>| it.into_iter().map(|(key, it)| (key, or_null(it))).collect();
    let read = |tables::Case { at, is: case, .. }: tables::Case<Case>| {
        assert_eq!(case.error.is_some(), case.expect.is_empty(), "{at}: either `expect` or `error`");
        Case { at, facts: nulls(case.facts), expect: nulls(case.expect), ..case }
    };
    tables::cases("tests/filing").into_iter().map(read).collect()
}

fn or_null(it: Value) -> Value {
    match it {
        Value::String(text) if text == "null" => Value::Null,
        Value::Array(list) => list.into_iter().map(or_null).collect(),
        Value::Object(keys) => keys.into_iter().map(|(key, it)| (key, or_null(it))).collect::<Map<_, _>>().into(),
        other => other,
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    let cases = cases();
    assert!(69 <= cases.len(), "only {} cases", cases.len());
    let mut problems = Vec::new();
    for case in &cases {
        let mut differs = |key: &str, is: &Value, should: &Value| {
            if is != should {
                problems.push(format!("{}: `{key}` is {is}, should be {should} ({})", case.at, case.why));
            }
        };
        let answer = match route_json(rules(), &case.facts) {
            Ok(answer) => answer,
            Err(error) => json!({ "error": { "code": error.code, "path": error.path } }),
        };
        if let Some(Refusal { code, path }) = &case.error {
            differs("error", &answer["error"], &json!({ "code": code, "path": path }));
        }
        for (key, should) in &case.expect {
            match (key.as_str(), should) {
                ("rows", _) => differs(key, &json!(rows_of(case).0), should),
                ("filings", Value::Array(filings)) => {
                    differs("n filings", &answer[key].as_array().map(Vec::len).into(), &filings.len().into());
                    for (i, filing) in filings.iter().enumerate() {
                        for (key, should) in filing.as_object().expect("`filings` holds tables") {
                            let is = answer["filings"][i].get(key).cloned().unwrap_or_else(|| json!("absent"));
                            differs(&format!("{i}.{key}"), &is, should);
                        }
                    }
                }
                _ => differs(key, answer.get(key).unwrap_or(&json!("absent")), should),
            }
        }
    }
    none_of(&problems);
}

/// The rows of both tables that apply to a case.
fn rows_of(case: &Case) -> (Vec<&'static str>, Vec<&'static str>) {
    let Ok(answers) = read_facts(routes(), &case.facts) else { return Default::default() };
    let filings = routes().route(&answers).filings;
    let by = filings.iter().filter_map(|it| Some(routes().supervisors[it.supervised?].id.as_str()));
    (filings.iter().map(|it| routes().rows[it.row].id.as_str()).collect(), by.collect())
}

#[test]
fn every_row_and_option_has_a_case() {
    let (mut rows, mut by, mut said) = (BTreeSet::new(), BTreeSet::new(), String::new());
    for case in &cases() {
        let (of_case, by_case) = rows_of(case);
        rows.extend(of_case);
        by.extend(by_case);
        said.push_str(&json!(case.facts).to_string());
    }
    assert_eq!(rows, routes().rows.iter().map(|it| it.id.as_str()).collect());
    assert_eq!(by, routes().supervisors.iter().map(|it| it.id.as_str()).collect());
    for question in routes().questions.iter().filter(|it| !it.is_place()) {
        for option in question.options.iter().filter(|it| it.id != UNCLEAR) {
            assert!(said.contains(&option.id), "no case for `{}`", option.id);
        }
    }
}

/// Every key is in the agreed order, whatever the route.
#[test]
fn an_answer_has_the_agreed_keys_in_their_order() {
    let keys = |it: &Value| it.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
    let sound = cases().into_iter().filter(|it| it.error.is_none());
    for case in sound {
        let answer = route_json(rules(), &case.facts).expect("sound facts");
        assert_eq!(keys(&answer), "filings clauses readings candidates");
        for filing in answer["filings"].as_array().expect("filings") {
            let should = "route filed_as class_code class_code_printed tenth_digit supervisor rubrics contacts steps";
            assert_eq!(keys(filing), should, "{}", case.at);
        }
        let has = |key: &str, it: &str| answer[key].as_array().expect("a list").contains(&it.into());
        assert!(has("readings", "FIL-01") && has("readings", "FIL-14"), "{}", case.at);
        assert!(has("clauses", "豫职鉴〔2021〕1号 一（四）"), "{}", case.at);
    }
}

#[test]
fn the_order_of_clauses_is_that_of_the_documents() {
    let number = |it: &str| it.split(' ').next().unwrap_or_default().to_owned();
    let mut places = Vec::new();
    for clause in &routes().clauses {
        let notice = site().notices.iter().find(|it| it.number == number(clause)).expect("the notice");
        let path = clause.split_once(' ').map(|it| it.1);
        let at = notice.blocks.iter().position(|it| it.clause().map(ToString::to_string).as_deref() == path);
        places.push((number(clause), at));
    }
    assert!(places.is_sorted_by_key(|it| it.1), "{places:?}");
    assert_eq!(places.iter().map(|it| &it.0).collect::<BTreeSet<_>>().len(), 2);
}

/// The contacts and their headings are the notice's own words.
#[test]
fn contacts_are_as_printed() {
    let notice = read("tests/source/notice-2021-135.txt");
    for contact in &routes().contacts {
        for it in &contact.people {
            let line = format!("{} {}", it.name, it.phone);
            let apart = [format!("联系人：{}", it.name), format!("联系电话：{}", it.phone)];
            assert!(notice.contains(&line) || apart.iter().all(|it| notice.contains(it.as_str())), "{line}");
        }
        assert!(contact.id == "city" || notice.contains(&contact.name), "{}", contact.name);
        assert!(notice.contains(contact.as_of.as_str()) || notice.contains("2021年12月29日印发"));
    }
}

#[test]
fn every_clause_leads_to_its_place_on_the_site() {
    for clause in rules().clauses() {
        assert!(rules().address(clause).is_some_and(|it| it.starts_with("notice/")), "{clause}");
    }
    assert_eq!(rules().address("豫职鉴〔2021〕1号 二（二）"), Some("notice/henan-2021-1/#2-2"));
    assert_eq!(rules().address("豫职鉴〔2021〕1号 九十九"), None);
}

#[test]
fn the_rules_travel_whole() {
    assert_eq!(from_bytes::<Rules>(&to_bytes(rules())).as_ref(), Some(rules()));
    let mut answers = FilingAnswers::default();
    answers.toggle("audience", "public");
    assert_eq!(from_bytes::<FilingAnswers>(&to_bytes(&answers)), Some(answers));
}

#[test]
fn an_edition_may_be_without_rules() {
    let error = route_json(&Rules::default(), &Map::new()).expect_err("nothing to answer by");
    assert_eq!(error.code, "no_rules");
    assert_eq!(Routes::default().route(&FilingAnswers::default()).filings, []);
}

#[test]
fn the_rules_are_sound() {
    assert_eq!(check(routes(), &editions()[0]), []);
}

/// A route is found question by question; answers to questions that are no longer asked change nothing.
#[test]
fn questions_come_one_after_the_other() {
    let mut answers = FilingAnswers::default();
    let next = |answers: &FilingAnswers| routes().next(answers).map(|it| it.id.as_str());
    assert_eq!(next(&answers), Some("applicant"));
    answers.set("applicant", Some("technical_school"));
    assert_eq!(next(&answers), Some("audience"));
    assert_eq!(routes().route(&answers).filings, []);
    answers.toggle("audience", "public");
    answers.set("directly_under_province", Some(UNCLEAR));
    assert_eq!(next(&answers), Some("place"));
    answers.set("place", Some(UNCLEAR));
    assert_eq!(next(&answers), None);
    assert_eq!(routes().asked(&answers).len(), MOST_QUESTIONS);
    answers.set("directly_under_province", Some("true"));
    assert_eq!((next(&answers), routes().asked(&answers).len()), (None, 3));
    answers.set("applicant", Some("social_organisation"));
    assert_eq!(next(&answers), Some("kind"));
    answers.set("kind", Some("pilot_branch"));
    let alone = [("applicant", "social_organisation"), ("kind", "pilot_branch")];
    let alone = FilingAnswers(alone.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect());
    assert_eq!(routes().route(&answers), routes().route(&alone));
    answers.set("kind", None);
    assert_eq!((next(&answers), routes().route(&answers).filings.len()), (Some("kind"), 0));
}

#[test]
fn a_code_is_checked_as_far_as_the_notice_goes() {
    use Fits::{Outside, Right, Wrong};
    let fits = |code: &str, text: &str| -> Vec<Fits> {
        let found: Vec<CodeFinding> = check_code(routes(), routes().code(code).expect("a code"), text);
        assert!(found.iter().all(|it| !it.message.ends_with('。') && routes().clauses.contains(&it.clause)));
        found.iter().map(|it| it.fits).collect()
    };
    assert_eq!(fits("employer", "Y00041000800001"), [Right, Right, Outside]);
    assert_eq!(fits("employer", " ｙ０００ 41０00９ "), [Right, Wrong, Outside]);
    assert_eq!(fits("employer", "S000410008"), [Wrong, Right, Outside]);
    assert_eq!(fits("employer", "0000410008"), [Outside, Right, Outside]);
    assert_eq!(fits("employer", "Y00041000A"), [Right, Wrong, Outside]);
    assert_eq!(fits("school", "Y000410009"), [Right, Right, Outside]);
    assert_eq!(fits("school", "Y000410008"), [Right, Wrong, Outside]);
    assert_eq!(fits("social_organisation", "S000410009"), [Right, Outside, Outside]);
    assert_eq!(fits("school_for_public", "Y000410009"), [Wrong, Outside, Outside]);
    for refused in ["", "   ", "Y00041000", "Y000-410009", "编码0000000000", "Y000410009\u{1f600}"] {
        assert_eq!(fits("employer", refused), [Wrong], "{refused}");
    }
    for digit in 0..=9 {
        let text = format!("Y00000000{digit}");
        assert_eq!(fits("employer", &text)[1] == Right, digit < 9, "{text}");
        assert_eq!(fits("school", &text)[1] == Right, digit == 9, "{text}");
    }
}

#[test]
fn the_picture_and_the_words_show_every_way() {
    use leptos::prelude::RenderHtml;
    let answers = FilingAnswers(vec![
        ("applicant".into(), "employer".into()),
        ("insured_in".into(), "平顶山市".into()),
        ("ownership".into(), "other_enterprise".into()),
    ]);
    let picture = decision::picture(routes(), None).done().to_html();
    let words = decision::in_words(routes(), None).done().to_html();
    for (i, question) in routes().questions.iter().enumerate() {
        for option in &question.options {
            // the drawing does not show whether there is one place or several
            let drawn = i == 0
                || routes().questions[0].options.iter().any(|it| {
                    let first = FilingAnswers(vec![(routes().questions[0].id.clone(), it.id.clone())]);
                    routes().next(&first).is_some_and(|it| it.id == question.id)
                });
            assert!(!drawn || picture.contains(&option.label), "`{}` is not in the picture", option.label);
            assert!(words.contains(&option.label), "`{}` is not in words", option.label);
        }
    }
    for route in Route::ALL {
        assert!(picture.contains(route.label()) && words.contains(route.label()), "{}", route.label());
    }
    // a tree: an answer is below its applicant, and each way ends in its route, code and sheets
    let text: String = picture.split('<').filter_map(|it| it.split('>').nth(1)).collect();
    for way in [
        "用人单位 单位性质：央企在豫分支机构省级备案 代码 Y 附件1、2",
        "省内其他企业社保登记地只有一处：属地备案 代码 Y 附件1、2社保登记地有几处、社保登记地不明确：待确认 代码 Y 附件1、2",
        "注册学籍的本校学生省级备案 代码 Y 附件3、4社会人员省级备案 代码 S 附件5、6",
    ] {
        assert!(text.contains(way), "{way}\n{text}");
    }
    assert!(picture.contains("aria-label") && !picture.contains("svg") && !picture.contains("style="));
    assert!(!picture.contains("mine") && !words.contains("mine"));
    let marked = decision::picture(routes(), Some(&answers)).done().to_html();
    // the applicant, the answer and the end
    assert_eq!((marked.matches("\"mine\"").count(), marked.matches("（本单位）").count()), (3, 3));
    assert!(marked.contains("属地备案（本单位）"), "{marked}");
    let marked = decision::in_words(routes(), Some(&answers)).done().to_html();
    assert_eq!(marked.matches("class=\"mine\"").count(), 1);
}

/// Any pairs: known questions with known and unknown values, and nonsense.
fn anything() -> impl Strategy<Value = FilingAnswers> {
    let ids = routes().questions.iter().map(|it| it.id.clone()).chain(["".into(), "nonsense".into()]);
    let options = routes().questions.iter().flat_map(|it| &it.options).map(|it| it.id.clone());
    let values = options.chain(["".into(), " ".into(), "平顶山市".into(), "济源示范区".into(), "{place}".into()]);
    let (ids, values) = (ids.collect::<Vec<_>>(), values.collect::<Vec<_>>());
    vec((select(ids), prop_oneof![9 => select(values), 1 => any::<String>()]), 0..12).prop_map(FilingAnswers)
}

/// Answers as a person gives them, one question after the other.
fn followed(choices: &[Index]) -> FilingAnswers {
    let mut answers = FilingAnswers::default();
    for choice in choices {
        let Some(question) = routes().next(&answers) else { break };
        let option = choice.get(&question.options).id.as_str();
        let places: &[&str] = match option {
            "one" => &["许昌市"],
            "several" => &["许昌市", "济源示范区"],
            other => &[other],
        };
        places.iter().for_each(|it| answers.toggle(&question.id, it));
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answers_have_an_outcome(answers in anything()) {
        let outcome = routes().route(&answers);
        prop_assert!(routes().asked(&answers).len() <= MOST_QUESTIONS);
        prop_assert!(outcome.readings.is_sorted_by(|a, b| a < b));
        let at = |it: &String| routes().clauses.iter().position(|other| other == it);
        prop_assert!(outcome.clauses.is_sorted_by(|a, b| at(a) < at(b)));
        prop_assert!(routes().next(&answers).is_some() || !outcome.filings.is_empty());
        for it in &outcome.filings {
            prop_assert!(it.supervised.is_some() && !it.steps.is_empty());
        }
        decision::picture(routes(), Some(&answers));
        decision::in_words(routes(), Some(&answers));
    }

    #[test]
    fn every_path_ends_in_an_outcome(choices in vec(any::<Index>(), MOST_QUESTIONS)) {
        let answers = followed(&choices);
        prop_assert_eq!(routes().next(&answers), None);
        prop_assert!(!routes().route(&answers).filings.is_empty());
    }

    #[test]
    fn going_back_and_answering_the_same_changes_nothing(
        choices in vec(any::<Index>(), MOST_QUESTIONS), which in any::<Index>(), other in any::<Index>(),
    ) {
        let answers = followed(&choices);
        let question = *which.get(&routes().asked(&answers));
        let mut changed = answers.clone();
        changed.set(&question.id, Some(&other.get(&question.options).id));
        changed.set(&question.id, None);
        answers.all(&question.id).for_each(|it| changed.toggle(&question.id, it));
        prop_assert_eq!(&changed, &answers);
        prop_assert_eq!(routes().route(&changed), routes().route(&answers));
    }

    #[test]
    fn a_code_may_be_anything(which in any::<Index>(), text in any::<String>()) {
        let found = check_code(routes(), which.get(&routes().codes), &text);
        prop_assert!(!found.is_empty());
    }

    #[test]
    fn any_line_has_an_answer_or_an_error(answers in anything(), cut in any::<Index>(), noise in any::<String>()) {
        let facts: Map<String, Value> = answers.0.into_iter().map(|(key, it)| (key, it.into())).collect();
        let line = json!(facts).to_string();
        let cut = line.char_indices().nth(cut.index(line.chars().count())).map_or(0, |it| it.0);
        let lines = format!("{line}\n{}\n{noise}\n", &line[..cut]);
        let mut out = Vec::new();
        each_line(lines.as_bytes(), &mut out, |it| route_json(rules(), it)).expect("memory can be written");
        for it in String::from_utf8(out).expect("UTF-8").lines() {
            let it: Value = serde_json::from_str(it).expect("JSON");
            prop_assert!(it["filings"].is_array() != it["error"]["message"].is_string(), "{}", it);
        }
    }
}
