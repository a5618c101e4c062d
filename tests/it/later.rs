//! 此后文件: the register has a page, each place that a document touches refers to it, and six lines more are enough for
//! another one. Nothing else changes.

use serde_json::Value;
use ziping::app::Model;
use ziping::bytes::wire::from_bytes;
use ziping::load::load;
use ziping::rubric::Edition;
use ziping::search::{Corpus, Index};

use crate::authoring::host_copy;
use crate::built::{Files, build, built, files_of, page, text, without_length};
use crate::markup::Element;
use crate::{none_of, read, site};

const FILE: &str = "rubrics/henan-2021/later.toml";

/// What a host adds: six lines, as the head of the file shows them.
const SIX_LINES: &str = r#"
[[document]]
title     = "某省评价机构管理办法"
date      = "2026-05"
certainty = "cited"
known     = ["评估要点换成新的", "原有备案继续有效"]
touches   = { rows = ["1-1"], readings = ["AMB-01"], routes = ["local"], applicants = ["employer"], columns = ["评价标准"] }
"#;

/// The words and targets of the lines on a page, each with the id of the row or reading in which it stands.
fn lines_on(site: &Files, address: &str) -> Vec<(String, String)> {
    let page = page(site, address);
    let mut found = Vec::new();
    let mut within = String::new();
    for element in page.all() {
        let holds = matches!(element.tag.as_str(), "tr" | "fieldset" | "section");
        if let Some(id) = element.attribute("id").filter(|_| holds) {
            id.clone_into(&mut within);
        }
        if element.has_class("later") {
            let links = element.all().into_iter().filter_map(|it| it.attribute("href")).collect::<Vec<_>>().join(" ");
            found.push((within.clone(), format!("{} → {links}", element.text())));
        }
    }
    found
}

#[test]
fn every_touched_place_refers_to_the_register() {
    let levels = "此后另有文件：人社部发〔2022〕14号 → ../../later/#2022-14";
    let names = "此后另有文件：《中华人民共和国职业分类大典（2022年版）》 → ../../later/#2022-09";
    let mut problems = Vec::new();
    for (annex, rows) in [(1, ["1-12", "1-13"]), (3, ["3-11", "3-12"]), (5, ["5-9", "5-10"])] {
        for kind in ["rubric", "sheet"] {
            let on_page = lines_on(built(), &format!("{kind}/{annex}/"));
            let should = rows.into_iter().zip([names, levels]).map(|it| (it.0.to_owned(), it.1.to_owned()));
            if on_page != should.collect::<Vec<_>>() {
                problems.push(format!("{kind}/{annex}/: {on_page:?}"));
            }
        }
    }
    for annex in [2, 4, 6] {
        assert_eq!(lines_on(built(), &format!("rubric/{annex}/")), []);
    }
    none_of(&problems);
    let readings: Vec<String> = lines_on(built(), "readings/").into_iter().map(|it| it.0).collect();
    assert_eq!(readings, ["AMB-57", "FIL-03", "FIL-08", "SCO-17", "SCO-19"]);
    let filing: Vec<String> = lines_on(built(), "filing/").into_iter().map(|it| it.1).collect();
    assert_eq!(filing, ["此后另有文件：《河南省职业技能等级评价机构管理办法（试行）》 → ../later/#2023-09-18"]);
}

#[test]
fn the_page_says_what_is_known_and_how_surely() {
    let page = page(built(), "later/");
    let words = |id: &str| {
        let section = page.all().into_iter().find(|it| it.attribute("id") == Some(id));
        section.map(Element::text).unwrap_or_else(|| panic!("no `{id}`"))
    };
    let documents = &site().later[0];
    assert_eq!(documents.len(), 6);
    for document in documents {
        let told = words(&document.id);
        let known = document.known.iter().all(|it| told.contains(it.as_str()));
        assert!(known && told.contains(&document.title) && told.contains(document.certainty.label()), "{told}");
        assert!(told.contains(&document.date.to_string()), "{told}");
    }
    let levels = words("2022-14");
    assert!(levels.contains("几处报道一致，原文未核对"), "{levels}");
    assert!(levels.contains("所涉各行1-133-125-10所涉申报表各栏级别所涉解读SCO-19"), "{levels}");
    let measure = words("2023-09-18");
    assert!(measure.contains("读过一部分") && measure.contains("其余各条没有读到"), "{measure}");
    assert!(measure.contains("所涉级别2级、1级") && measure.contains("属地备案"), "{measure}");
    // no address was made up
    assert!(documents.iter().all(|it| it.address.is_none()) && !text(built(), "later/index.html").contains("官方网页"));
}

#[test]
fn somebody_who_begins_is_told_once_and_whom_to_ask() {
    let home = page(built(), "");
    let before = home.one("p.before").text();
    assert!(before.starts_with(&site().editions[0].as_of) && before.contains("此后另有文件"), "{before}");
    let asked: Vec<String> = home.all().into_iter().filter(|it| it.has_class("whom")).map(Element::text).collect();
    assert_eq!(
        asked,
        [
            "先问：马 伟 0371-69306150，陈丹丹 0371-69306191（2021年印发）",
            "先问：李修霞 0371-69306135，杨子江 0371-69306132，聂 蕾 0371-69306190，史 钊 0371-69306192（2021年印发）",
            "先问：聂 蕾 0371-69306190，史 钊 0371-69306192（2021年印发）",
        ]
    );
    for address in ["about/", "readings/", "contents/"] {
        let leads = page(built(), address).all().iter().any(|it| it.attribute("href") == Some("../later/"));
        assert!(leads, "{address} does not lead to the register");
    }
}

#[test]
fn it_is_found_by_searching() {
    let index = searched(built());
    for (query, id) in [
        ("特级技师", "2022-14"),
        ("人社部发〔2022〕14号", "2022-14"),
        ("青海", "2025-54"),
        ("属地管理为主", "2023-09-18"),
    ] {
        let found = index.find(query, 100);
        let hits = found.docs.iter().filter(|it| it.0.address == "later/").flat_map(|it| &it.1);
        let ids: Vec<_> = hits.map(|it| it.unit.id.as_str()).collect();
        assert!(ids.contains(&id), "`{query}` is found at {ids:?}");
    }
}

fn searched(site: &Files) -> Index {
    let corpus = site.iter().find(|it| it.0.starts_with("assets/search-")).expect("the corpus").1;
    Index::new(from_bytes::<Corpus>(without_length(corpus)).expect("it can be read"))
}

/// What the app loads has the names of the documents and the places that it shows, and no more.
#[test]
fn the_app_has_only_what_it_shows() {
    let data = |begins: &str, parts: usize| {
        let is = |it: &&String| it.starts_with(begins) && it.matches('-').count() == parts;
        without_length(&built()[built().keys().find(is).expect("data")])
    };
    let (whole, _) = from_bytes::<Model>(data("assets/data-", 1)).expect("it can be read");
    let touched = |edition: &Edition| {
        edition.later.iter().map(|it| format!("{}: {}", it.name, it.touches.join(" "))).collect::<Vec<_>>()
    };
    assert_eq!(
        touched(&whole[0]),
        [
            "《河南省职业技能等级评价机构管理办法（试行）》: provincial local provincial_on_local_recommendation unclear \
             employer technical_school social_organisation 级别",
            "《中华人民共和国职业分类大典（2022年版）》: 1-12 3-11 5-9 职业编码 职业名称",
            "人社部发〔2022〕14号: 1-13 3-12 5-10 级别",
        ]
    );
    let sheet = from_bytes::<Vec<Edition>>(data("assets/data-3-", 2)).expect("it can be read");
    assert_eq!(touched(&sheet[0]), ["《中华人民共和国职业分类大典（2022年版）》: 3-11", "人社部发〔2022〕14号: 3-12"]);
    assert!(from_bytes::<Vec<Edition>>(data("assets/data-2-", 2)).expect("it can be read")[0].later.is_empty());
}

#[test]
fn six_lines_more_are_a_document_more() {
    assert_eq!(SIX_LINES.lines().filter(|it| !it.is_empty()).count(), 6);
    for ends in ["\n", "\r\n"] {
        let site = host_copy();
        let file = site.path().join(FILE);
        std::fs::write(&file, (read(FILE) + SIX_LINES).replace('\n', ends)).expect("a file");
        let out = site.path().join("dist");
        let run = build(site.path(), &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let more = files_of(&out);
        let register = page(&more, "later/").text();
        for words in [
            "某省评价机构管理办法",
            "2026年5月",
            "评估要点换成新的",
            "原有备案继续有效",
            "只见一处报道或他处引用，原文未读",
        ] {
            assert!(register.contains(words), "{words}");
        }
        let line = "此后另有文件：《某省评价机构管理办法》 → ../../later/#2026-05".to_owned();
        for address in ["rubric/1/", "sheet/1/"] {
            assert_eq!(lines_on(&more, address)[0], ("1-1".to_owned(), line.clone()), "{address}");
        }
        assert!(lines_on(&more, "readings/").iter().any(|it| it.0 == "AMB-01"));
        assert!(lines_on(&more, "filing/")[0].1.starts_with("此后另有文件：《某省评价机构管理办法》、《河南省"));
        assert!(!searched(&more).find("原有备案继续有效", 10).docs.is_empty());
    }
}

/// The head of the file shows these six lines, and so does the guide.
#[test]
fn the_six_lines_are_shown_where_a_host_looks() {
    for file in [FILE, "CONTRIBUTING.md"] {
        let text = read(file);
        for key in ["[[document]]", "title     =", "date      =", "certainty =", "known     =", "touches   ="] {
            assert!(text.contains(key), "{file} does not show `{key}`");
        }
    }
}

/// Without the file, and without the check that goes with it, all is as before: no page, no line, levels are not understood.
#[test]
fn an_edition_without_it_shows_nothing() {
    let site = host_copy();
    std::fs::remove_file(site.path().join(FILE)).expect("it was there");
    let scope = site.path().join("rubrics/henan-2021/scope.toml");
    let rules = std::fs::read_to_string(&scope).expect("text");
    let (before, after) = rules.split_once("# 后来的文件才有的级别").expect("the check");
    let after = &after[after.find("[[check]]\nkind     = \"level_unlisted\"").expect("the next check")..];
    std::fs::write(&scope, [before, after].concat()).expect("a file");
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let without = files_of(&out);
    let html = |site: &Files| site.keys().filter(|it| it.ends_with(".html")).cloned().collect::<Vec<_>>();
    let gone: Vec<_> = html(built()).into_iter().filter(|it| !without.contains_key(it)).collect();
    assert_eq!(gone, ["later/index.html"]);
    for name in html(&without).into_iter().filter(|it| it != "offline.html") {
        let words = text(&without, &name);
        assert!(!words.contains("此后另有") && !words.contains("later/"), "{name} still speaks of it");
    }
    let loaded = load(site.path()).expect("it can be read");
    let row = serde_json::json!({ "code": "6-20-01-01", "name": "钳工", "levels": "特级技师" });
    let result = ziping::cli::scope_json(&loaded.editions[0], &loaded.rules[0], row.as_object().expect("an object"))
        .expect("a sound row");
    assert_eq!(result["result"], Value::from("reject"));
}
