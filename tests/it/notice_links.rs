//! A notice is about an edition, and its links lead to the pages of that one: when a later edition takes the root, nobody rewrites
//! a link, and none leads to a page of another edition in silence.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use ziping::load::{Loaded, load};

use crate::authoring::{host_copy, wrong_links};
use crate::built::{Files, page};
use crate::several_editions::{add, built_of};
use crate::{none_of, path};

/// Of the day before the newer edition is in force, and forwarded by nobody.
const OLDER: &str = r#"+++
number = "驻人社办〔2026〕5号"
issuer = "驻马店市人力资源和社会保障局"
title  = "关于填报事项的说明"
issued = "2026年12月31日"
+++

## 一、填报

（一）照[附件1](/rubric/1/#1-12)自评，[逐项填写](/sheet/1/)，分歧见[解读](/readings/#AMB-19)[^note]。

| 事项 | 见 |
| --- | --- |
| 备案 | [谁在哪里备案](/filing/) |

> **见[附件2](/rubric/2/)。**

- 文件都在[文件](/notice/)一页，[首页](/)有现行的版本

[^note]: 也见[附件3](/rubric/3/#3-1)。
"#;

/// Of the day on which it is.
const NEWER: &str = r#"+++
number = "驻人社办〔2027〕1号"
issuer = "驻马店市人力资源和社会保障局"
title  = "关于施行新要点的说明"
issued = "2027年1月1日"
+++

照[新的附件1](/rubric/1/#1-1)自评，原来的见[旧的附件1](/henan-2021/rubric/1/#1-12)，[新的附件2](/henan-2027/rubric/2/)。
"#;

/// The real edition has become old under one that somebody invented, which has other rows and readings.
fn with_newer(site: &TempDir) {
    let from = path("tests/kinds/site/rubrics/xuni-2099");
    add(site.path(), &from, "henan-2027", "place = \"河南省\"\nfrom = \"2027-01-01\"");
    write(site.path(), "zhumadian-2027-1", NEWER);
    let notice = fs::read_to_string(path("tests/kinds/site/content/xuni-2099-1.md")).expect("a notice");
    write(site.path(), "xuni-2099-1", &notice);
}

fn write(site: &Path, slug: &str, text: &str) {
    fs::write(site.join(format!("content/{slug}.md")), text).expect("a notice");
}

/// Where the links of a notice lead, by their words.
fn leads(files: &Files, slug: &str, words: &str) -> String {
    let page = page(files, &format!("notice/{slug}/"));
    let body = page.one("main").all();
    let link = body.iter().find(|it| it.tag == "a" && it.text() == words).unwrap_or_else(|| panic!("no {words}"));
    link.attribute("href").expect("an address").trim_start_matches("../../").to_owned()
}

fn loaded(site: &Path) -> Loaded {
    let loaded = load(site).expect("it can be read");
    assert_eq!(loaded.problems, []);
    loaded
}

/// The id of the edition that each notice is about.
fn about(loaded: &Loaded, slug: &str) -> String {
    let at = loaded.notices.iter().position(|it| it.slug == slug).expect("a notice");
    loaded.editions[loaded.its_editions[at]].id.clone()
}

#[test]
fn links_of_an_older_notice_lead_to_its_own_edition_and_nobody_rewrites_them() {
    let site = host_copy();
    write(site.path(), "zhumadian-2026-5", OLDER);
    let before = built_of(site.path());
    with_newer(&site);
    let after = built_of(site.path());
    for (words, address) in [
        ("附件1", "rubric/1/#1-12"),
        ("逐项填写", "sheet/1/"),
        ("解读", "readings/#AMB-19"),
        ("谁在哪里备案", "filing/"),
        ("附件2", "rubric/2/"),
        ("附件3", "rubric/3/#3-1"),
    ] {
        assert_eq!(leads(&before, "zhumadian-2026-5", words), address);
        assert_eq!(leads(&after, "zhumadian-2026-5", words), format!("henan-2021/{address}"));
    }
    // pages that the site has once
    for (words, address) in [("文件", "notice/"), ("首页", "")] {
        assert_eq!(leads(&after, "zhumadian-2026-5", words), address);
    }
    for (words, address) in
        [("新的附件1", "rubric/1/#1-1"), ("旧的附件1", "henan-2021/rubric/1/#1-12"), ("新的附件2", "rubric/2/")]
    {
        assert_eq!(leads(&after, "zhumadian-2027-1", words), address);
    }
    // those that are there now, and where they are printed together
    assert_eq!(leads(&after, "henan-2021-1", "FIL-10"), "henan-2021/readings/#FIL-10");
    assert_eq!(leads(&after, "all", "附件1"), "henan-2021/rubric/1/#1-12");
    let forwarded = page(&after, "notice/henan-2020-16/");
    let annexes: Vec<&str> =
        forwarded.one("div.annexes").all().into_iter().filter_map(|it| it.attribute("href")).collect();
    assert_eq!(annexes[0], "../../henan-2021/rubric/1/");
    none_of(&wrong_links(&after));
}

#[test]
fn a_notice_is_about_the_edition_it_was_issued_with_or_under() {
    let site = host_copy();
    with_newer(&site);
    let front = |number: &str, day: &str, annex: &str| {
        let annex = if annex.is_empty() {
            String::new()
        } else {
            format!("[[annex]]\ntext = \"附件\"\nnotice = \"{annex}\"\n")
        };
        format!(
            "+++\nnumber = \"{number}\"\nissuer = \"某局\"\ntitle = \"关于{number}的说明\"\nissued = \"{day}\"\n{annex}+++\n\n照办。\n"
        )
    };
    for (slug, number, day, annex) in [
        ("long-before", "某人社〔1999〕1号", "1999年1月1日", ""),
        ("day-before", "某人社〔2026〕1号", "2026年12月31日", ""),
        ("same-day", "某人社〔2027〕1号", "2027年1月1日", ""),
        ("no-day", "某人社〔2027〕2号", "未印日期", ""),
        // forwards the notice of the older one late
        ("late", "某人社〔2028〕1号", "2028年1月1日", "henan-2020-16"),
        ("early", "某人社〔2026〕2号", "2026年12月1日", "xuni-2099-1"),
        ("forwards-no-day", "某人社〔2026〕3号", "2026年12月1日", "no-day-forwarded"),
        ("no-day-forwarded", "某人社〔2026〕4号", "未印日期", ""),
    ] {
        write(site.path(), slug, &front(number, day, annex));
    }
    // that annexes are called otherwise than they are is told, and does not matter here
    let loaded = load(site.path()).expect("it can be read");
    assert_eq!(loaded.editions[0].id, "henan-2027");
    for (slug, id) in [
        ("henan-2020-16", "henan-2021"),
        ("pingdingshan-2021-135", "henan-2021"),
        ("henan-2021-1", "henan-2021"),
        ("mohrss-2020-49", "henan-2021"),
        ("xuni-2099-1", "henan-2027"),
        ("long-before", "henan-2021"),
        ("day-before", "henan-2021"),
        ("same-day", "henan-2027"),
        ("no-day", "henan-2027"),
        ("late", "henan-2021"),
        ("early", "henan-2027"),
        ("forwards-no-day", "henan-2021"),
        ("no-day-forwarded", "henan-2021"),
    ] {
        assert_eq!(about(&loaded, slug), id, "{slug}");
    }
}

/// One of another place comes after by its day, and no notice of this place is about it.
#[test]
fn an_edition_of_another_place_has_no_notice_of_this_one() {
    let site = host_copy();
    let from = path("tests/kinds/site/rubrics/xuni-2099");
    add(site.path(), &from, "xuni-2020", "place = \"虚构省\"\nfrom = \"2020-06-01\"");
    let notice = fs::read_to_string(path("tests/kinds/site/content/xuni-2099-1.md")).expect("a notice");
    write(site.path(), "xuni-2099-1", &notice);
    write(site.path(), "zhumadian-2021-5", &OLDER.replace("2026", "2021").replace("12月31日", "6月1日"));
    let loaded = loaded(site.path());
    assert_eq!(
        (about(&loaded, "zhumadian-2021-5"), about(&loaded, "xuni-2099-1")),
        ("henan-2021".into(), "xuni-2020".into())
    );
}
