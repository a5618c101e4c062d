//! 虚构: a whole edition of another place, with other kinds of applicant, other totals and bands, its own ways to the filing
//! and its own declaration. It goes wherever an edition goes, and nothing of the published one comes along.

use std::path::Path;

use serde_json::{Map, Value, json};
use tempfile::TempDir;
use ziping::carrier::{By, Take, pack, read, unpack, write_code, write_link};
use ziping::cli::{plan_lines, route_json, scope_json, score_lines};
use ziping::docx::docx;
use ziping::dossier::{Declaration, Dossier, Next, next_step, review};
use ziping::filing::Rules;
use ziping::filing::code::check_code;
use ziping::filing::route::FilingAnswers;
use ziping::filing::scope::{DeclaredRow, School};
use ziping::form::{read_form, workbook};
use ziping::load::load;
use ziping::packet::{Packet, PacketPaper};
use ziping::rubric::{Applicant, Fact, Points};
use ziping::score::score;

use crate::anywhere::words;
use crate::built::{Files, build, files_of, page, text};
use crate::docx::proper;
use crate::kinds::{edition, invented, known};
use crate::{files, none_of, path};

const KINDS: [&str; 4] = ["company", "college", "academy", "guild"];
const FOLDER: &str = "rubrics/xuni-2099";

fn rules() -> &'static Rules {
    &invented().rules[0]
}

fn applicant(id: &str) -> Applicant {
    edition().applicant(id).expect("the edition lists it")
}

/// The invented edition as a site, without these files of it.
fn site(without: &[&str]) -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let copy = |from: &Path, root: &Path| {
        let to = site.path().join(from.strip_prefix(root).expect("below it"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(from, to).expect("a copy");
    };
    let (own, tiny) = (path("tests/kinds/site"), path("tests/site"));
    files(&own, "").iter().for_each(|it| copy(it, &own));
    files(&tiny.join("style"), "").iter().for_each(|it| copy(it, &tiny));
    copy(&tiny.join("site.toml"), &tiny);
    for name in without {
        std::fs::remove_file(site.path().join(FOLDER).join(name)).expect("it is there");
    }
    site
}

fn built(without: &[&str]) -> Files {
    let site = site(without);
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    files_of(&out)
}

/// Where the links of a page lead.
fn leads(files: &Files, address: &str) -> Vec<String> {
    page(files, address).all().iter().filter_map(|it| Some(it.attribute("href")?.to_owned())).collect()
}

/// A dossier with a sheet for each annex, filled in as far as that goes by itself.
fn dossier(kind: &str, annexes: &[u8]) -> Dossier {
    let mut dossier = Dossier::new("虚构单位".to_owned(), applicant(kind), edition(), annexes);
    for sheet in &mut dossier.sheets {
        for row in edition().rubric(sheet.annex).expect("an annex").rows() {
            for fact in row.facts().into_iter().filter(|it| *it == Fact::Met || *it == Fact::Defects) {
                sheet.answers.set(row.number, fact, Some(1));
            }
        }
    }
    dossier.route = FilingAnswers(vec![("applicant".to_owned(), kind.to_owned())]);
    dossier
}

#[test]
fn it_is_built_and_knows_only_itself() {
    let files = built(&[]);
    for kind in KINDS {
        assert!(files.contains_key(&format!("start/{kind}/index.html")), "{kind} cannot start");
    }
    assert_eq!(files.keys().filter(|it| it.starts_with("start/")).count(), KINDS.len());
    for annex in 1..=5 {
        assert!(
            files.contains_key(&format!("rubric/{annex}/index.html"))
                && files.contains_key(&format!("sheet/{annex}/index.html"))
        );
    }
    let home = page(&files, "").text();
    for word in ["生产企业", "虚构学院", "培训班", "行会", "通用部分", "工种部分", "给会员评级", "院外人员"]
    {
        assert!(home.contains(word), "the home page does not say {word}");
    }
    assert!(
        leads(&files, "").iter().any(|it| it == "start/guild/") && leads(&files, "").iter().any(|it| it == "filing/")
    );
    let filing = page(&files, "filing/").text();
    assert!(
        filing.contains("企业评级点") && filing.contains("行会评级点") && filing.contains("此后另有文件"),
        "{filing}"
    );
    // what is licensed is text of others, and site.toml is the small site's
    let of_ours = |name: &str| name.ends_with(".html") && !name.starts_with("licences/") && name != "offline.html";
    let mut problems = Vec::new();
    for name in files.keys().filter(|it| of_ours(it)) {
        let shown = text(&files, name);
        let known = words();
        let strange = known.iter().filter(|it| !it.0.is_ascii() && shown.contains(it.0.as_str()));
        problems.extend(strange.map(|(word, from)| format!("{name}: {word} ({from})")));
    }
    none_of(&problems);
}

/// An edition of rubrics alone: who applies is all that is asked, and no link leads to what there is not.
#[test]
fn without_the_rest_it_is_scored_all_the_same() {
    let without = ["filing.toml", "scope.toml", "places.toml", "later.toml"];
    let files = built(&without);
    for name in files.keys().filter(|it| it.ends_with("index.html")) {
        let address = name.trim_end_matches("index.html");
        let gone: Vec<String> = leads(&files, address)
            .into_iter()
            .filter(|it| {
                ["filing/", "scope/", "later/"]
                    .iter()
                    .any(|end| it.split(['?', '#']).next().is_some_and(|it| it.ends_with(end)))
            })
            .collect();
        assert!(gone.is_empty() || ["filing/", "scope/"].contains(&address), "{name} leads to {gone:?}");
    }
    for kind in KINDS {
        let start = page(&files, &format!("start/{kind}/"));
        assert!(start.all().iter().any(|it| it.attribute("id") == Some("unit")), "{kind} is not asked for its name");
        assert!(!start.text().contains("备案路径"), "{kind} is asked where it files");
    }
    let alone = load(site(&without).path()).expect("it can be read");
    assert_eq!(alone.problems, []);
    let (edition, rules) = (&alone.editions[0], &alone.rules[0]);
    let company = Dossier::new("虚构单位".to_owned(), applicant("company"), edition, &[4]);
    let found = review(edition, rules, &company);
    assert_eq!(next_step(edition, &company, &found, 0), Next::Fill { sheet: 1, row: 1 });
    let packet = Packet { edition, rules: Some(rules), dossier: &company };
    assert_eq!(packet.lacking(PacketPaper::Declaration), Some("所依据的版本没有申报评价范围的规则"));
    let all = proper(&docx(&packet.document(&PacketPaper::ALL, ""))).text();
    assert!(!all.contains("备案路径（原则上）") && !all.contains("在哪里备案"), "{all}");
}

/// Place 10 of a code is what one document speaks of: where another one does not, nobody is told of it.
#[test]
fn a_code_whose_tenth_place_is_not_fixed_may_be_of_any_length() {
    let says = |rules: &Rules, text: &str| {
        let found = check_code(&rules.routes, &rules.routes.codes[0], text);
        found.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("；")
    };
    let letter = &rules().routes.codes[0].letter;
    assert!(says(rules(), &format!("{letter}1234567")).contains("不到第10位"));
    let mut other = rules().clone();
    other.routes.codes.iter_mut().for_each(|it| it.tenth = None);
    let said = says(&other, &format!("{letter}1234567"));
    assert!(said.contains("编码里有机构类别代码") && !said.contains("第10位"), "{said}");
    let site = site(&[]);
    let file = site.path().join(FOLDER).join("filing.toml");
    let text = std::fs::read_to_string(&file).expect("it was copied");
    let without: String = text.lines().filter(|it| !it.starts_with("tenth ")).map(|it| format!("{it}\n")).collect();
    assert!(text.lines().count() > without.lines().count());
    for (text, told) in [(text, true), (without, false)] {
        std::fs::write(&file, text).expect("it can be written");
        let out = site.path().join("dist");
        assert!(build(site.path(), &out).status.success());
        assert_eq!(page(&files_of(&out), "filing/").text().contains("第10位"), told);
    }
}

fn object(line: Value) -> Map<String, Value> {
    line.as_object().expect("an object").clone()
}

#[test]
fn each_kind_files_where_its_own_rules_say() {
    let route = |line: Value| route_json(rules(), &object(line)).unwrap_or_else(|it| panic!("{}", it.message));
    let filings = |line: Value| {
        let all = route(line)["filings"].as_array().expect("a list").clone();
        all.iter().map(|it| (it["route"].clone(), it["filed_as"].clone(), it["rubrics"].clone())).collect::<Vec<_>>()
    };
    let is = |route: &str, filed: &str, rubrics: &[&str]| (json!(route), json!(filed), json!(rubrics));
    assert_eq!(filings(json!({ "applicant": "company", "place": "甲东区" })), [is("local", "workshop", &["4", "1"])]);
    assert_eq!(filings(json!({ "applicant": "guild" })), [is("provincial", "circle", &["5"])]);
    assert_eq!(filings(json!({ "applicant": "academy" })), [is("provincial", "class", &["2"])]);
    assert_eq!(
        filings(json!({ "applicant": "college", "audience": ["own_students", "public"] })),
        [is("provincial", "school", &["3"]), is("provincial", "class", &["2"])]
    );
    let steps = |place: &str| {
        let answer = route(json!({ "applicant": "company", "place": place }));
        answer["filings"][0]["steps"].as_array().expect("a list").iter().map(|it| it.to_string()).collect::<String>()
    };
    assert!(
        steps("甲子市丁区").contains("“甲子市丁区”不在虚构省的地名名单上，按甲子市处理"),
        "{}",
        steps("甲子市丁区")
    );
    assert!(steps("旧丙县").contains("丙县"));
    let error = route_json(rules(), &object(json!({ "applicant": "employer" }))).expect_err("another edition's");
    assert_eq!(error.path, "applicant");
    assert_eq!(rules().routes.known.example(), "如：甲子市");
}

#[test]
fn each_kind_declares_by_its_own_rules() {
    let scope = |line: Value| scope_json(edition(), rules(), &object(line));
    let row = |kind: &str, more: Value| {
        let mut line = object(json!({
            "applicant": kind, "code": "3-01-01-01", "name": "虚构匠", "levels": [5], "name_checked": true,
            "restricted": false,
        }));
        line.extend(object(more));
        Value::Object(line)
    };
    let result = |line: Value| scope(line).unwrap_or_else(|it| panic!("{}", it.message))["result"].clone();
    for kind in KINDS {
        assert_eq!(result(row(kind, json!({ "standard": "national" }))), "ok", "{kind}");
        let own = if kind == "company" { "ok" } else { "reject" };
        assert_eq!(result(row(kind, json!({ "standard": "enterprise" }))), own, "{kind}");
    }
    assert_eq!(result(row("college", json!({ "standard": "national", "graduating_year": false }))), "reject");
    assert_eq!(result(row("guild", json!({ "standard": "national", "levels": "特等" }))), "confirm");
    let refused = scope(row("guild", json!({ "graduating_year": true }))).expect_err("a guild has no students");
    assert_eq!(refused.message, "`graduating_year` 只适用于虚构学院，`applicant` 应为 college");
    // who does not say is the first kind of the list
    let mut silent = object(row("company", json!({ "standard": "enterprise" })));
    silent.remove("applicant");
    assert_eq!(result(Value::Object(silent)), "ok");
}

#[test]
fn a_college_has_two_declarations_in_its_own_words() {
    let mut college = dossier("college", &[3, 2]);
    let row = |own: bool| DeclaredRow {
        name: "虚构匠".to_owned(),
        levels: "5".to_owned(),
        school: own.then(School::default),
        ..DeclaredRow::default()
    };
    college.declared = vec![row(true).into(), row(false).into()];
    assert_eq!(college.declarations(edition()), [Declaration::OwnStudents, Declaration::Public]);
    assert_eq!(college.line_in_words(edition(), 0), "（本院学员）第1行");
    assert_eq!(college.line_in_words(edition(), 1), "（院外人员）第1行");
    let annexes: Vec<u8> = college.occupations(edition(), &rules().scope).iter().map(|it| it.annex).collect();
    assert_eq!(annexes, [3, 2], "its own by its own table, others by that of an academy");
    let guild = Dossier { applicant: applicant("guild"), ..college };
    assert_eq!(guild.declarations(edition()), [Declaration::Whole]);
}

#[test]
fn codes_links_and_workbooks_bring_every_kind_back() {
    for (kind, annexes) in [("company", &[4, 1, 1][..]), ("college", &[3, 2]), ("academy", &[2]), ("guild", &[5])] {
        let mut sent = dossier(kind, annexes);
        if kind == "company" {
            sent.route.set("place", Some("甲子市甲东区"));
        }
        let record = pack(known(), &sent, Take { unit: true, ..Take::default() }).expect("a record");
        let came = unpack(known(), &record, By::Code).expect("it is whole").dossier;
        assert_eq!((came.applicant, &came.route, &came.unit), (sent.applicant, &sent.route, &sent.unit), "{kind}");
        let answers = |it: &Dossier| it.sheets.iter().map(|it| (it.annex, it.answers.clone())).collect::<Vec<_>>();
        assert_eq!(answers(&came), answers(&sent), "{kind}");
        for carried in [write_code(&record), write_link("https://ziping.example/", &record)] {
            let read = read(known(), &carried).unwrap_or_else(|_| panic!("{kind}: {carried}"));
            assert_eq!(
                (read[0].dossier.applicant, answers(&read[0].dossier)),
                (sent.applicant, answers(&sent)),
                "{kind}"
            );
        }
        let book = workbook(edition(), rules(), &sent, None, "");
        let read = read_form(&invented().editions, &invented().rules, &book).expect("it is ours");
        assert_eq!(read.problems, [], "{kind}");
        assert_eq!((read.dossier.applicant, answers(&read.dossier)), (sent.applicant, answers(&sent)), "{kind}");
    }
    assert_eq!(edition().people_in_words(), "员工（学员、会员）总数");
}

#[test]
fn it_is_scored_and_planned_by_its_own_bands() {
    let rubric = edition().rubric(4).expect("the common part");
    let mut answers = ziping::score::Answers::default();
    answers.set(1, Fact::Met, Some(1));
    answers.set(2, Fact::Items, Some(2));
    answers.set(3, Fact::Met, Some(1));
    let report = score(rubric, &answers);
    assert_eq!((report.base, report.rubric.total), (Points::whole(24), Points::whole(30)));
    let line = |items: u8| json!({ "rubric": "4", "answers": { "4-1": { "met": true }, "4-2": { "items": items }, "4-3": { "met": true } } });
    let scored = |line: &Value| {
        let mut out = Vec::new();
        score_lines(&invented().editions, false, line.to_string().as_bytes(), &mut out, |_| {}).expect("memory");
        serde_json::from_slice::<Value>(&out).expect("JSON")
    };
    assert_eq!(scored(&line(2))["verdict"], "同意备案");
    assert_eq!(scored(&line(0))["verdict"], "限期补正");
    let mut out = Vec::new();
    let mut asked = line(0);
    asked["target"] = json!(24);
    plan_lines(&invented().editions, asked.to_string().as_bytes(), &mut out, |_| {}).expect("memory");
    let planned: Value = serde_json::from_slice(&out).expect("JSON");
    assert!(planned["error"].is_null(), "{planned}");
    assert!(planned.to_string().contains("4-2"), "{planned}");
}

#[test]
fn its_papers_say_its_own_words() {
    let mut college = dossier("college", &[3]);
    college.facts.people = "120".to_owned();
    let packet = Packet { edition: edition(), rules: Some(rules()), dossier: &college };
    let text = proper(&docx(&packet.document(&PacketPaper::ALL, ""))).text();
    assert!(text.contains("虚构学院") && text.contains("虚构评估表三"), "{text}");
    let strange: Vec<String> = words().into_keys().filter(|it| !it.is_ascii() && text.contains(it.as_str())).collect();
    assert_eq!(strange, [""; 0]);
}
