//! Adding a notice takes one file: it appears on every page that lists documents. A broken file changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;
use ziping::bytes::wire::from_bytes;
use ziping::search::{Corpus, Index};

use crate::built::{Files, build, built, files_of, page, text, without_length};
use crate::markup::Element;
use crate::{files, none_of, path};

/// The notice is the last by name and the newest by date.
const FILE: &str = "content/zhumadian-2023-5.md";
const PAGE: &str = "notice/zhumadian-2023-5/";
const NUMBER: &str = "驻人社办〔2023〕5号";
const TITLE: &str = "关于转发职业技能等级认定工作有关问题的通知";

/// It has two tables in one clause, a note that is referred to twice, and line breaks within sentences.
const NOTICE: &str = r#"+++
number     = "驻人社办〔2023〕5号"
issuer     = "驻马店市人力资源和社会保障局"
title      = "关于转发职业技能等级认定工作有关问题的通知"
addressee  = "各县（区）人力资源和社会保障局："
issued     = "2023年3月1日"
imprint    = "驻马店市人力资源和社会保障局办公室"
contact    = ["联系电话：2978838"]
disclosure = "（此件依申请公开）"

[[annex]]
text   = "河南省职业技能鉴定指导中心《关于职业技能等级认定工作有关问题的通知》（豫职鉴〔2021〕1号）"
notice = "henan-2021-1"
+++

现转发有关通知，
请遵照执行。

## 一、评价范围

（一）评价范围照[原通知](henan-2021-1.md#3-5)的表填写，见[附件1](/rubric/1/#1-12)[^old]。

| 职业编码 | 职业名称 |
| --- | --- |
| 6-18-01-02 | 铣工 |

另有下列职业[^old]。

| 职业编码 | 职业名称 |
| --- | --- |
| 6-18-01-04 | 磨工 |

> 凡是引用的话，
> 照原样抄录。

1. 执照
2. 章程

[^old]: 原表见[豫职鉴〔2021〕1号](henan-2021-1.md#3-5-r1)。
"#;

#[test]
fn one_file_more_is_listed_everywhere() {
    let site = authored();
    let mut problems = Vec::new();
    let mut look = |what: &str, there: bool| problems.extend((!there).then(|| what.to_owned()));
    let links = |address: &str, to: &str| -> Vec<String> {
        let page = page(site, address);
        let links = page.all().into_iter().filter(|it| it.attribute("href").is_some_and(|it| it.ends_with(to)));
        links.map(Element::text).collect()
    };
    look("the list has it", links("notice/", PAGE) == [TITLE]);
    let first = page(site, "notice/").one("ol.issued").all().into_iter().find(|it| it.tag == "a").map(Element::text);
    look("the list begins with it, the newest", first.as_deref() == Some(TITLE));
    look("the contents have it", links("contents/", PAGE).iter().any(|it| it.contains(NUMBER)));
    look("the contents have its clause", links("contents/", &format!("{PAGE}#1-1")).len() == 1);
    let sitemap = text(site, "sitemap.xml");
    look("the sitemap has it", sitemap.contains(&format!("{PAGE}</loc><lastmod>2023-03-01</lastmod>")));
    let feed = text(site, "feed.xml");
    let entry = feed.split("<entry>").nth(1).unwrap_or_default();
    look("the feed begins with it", entry.contains(PAGE) && entry.contains(&format!("{NUMBER} {TITLE}")));
    look("the feed is as new as it", feed.contains("<updated>2023-03-01T00:00:00+08:00</updated>\n<entry>"));
    let all = page(site, "notice/all/");
    look("the collection has it", all.all().iter().any(|it| it.attribute("id") == Some("zhumadian-2023-5-top")));
    let own = page(site, PAGE);
    let annexes: Vec<_> = own.one("div.annexes").all().into_iter().filter_map(|it| it.attribute("href")).collect();
    look("its annex leads to the notice", annexes == ["../../notice/henan-2021-1/"]);
    let old = page(site, "notice/henan-2021-1/");
    let facts = old.one("dl.particulars");
    look(
        "the notice that it forwards is still dated by the first that did",
        facts.text().contains("平人社办〔2021〕135号"),
    );
    look("and so is its entry", sitemap.contains("notice/henan-2021-1/</loc><lastmod>2021-12-29</lastmod>"));
    none_of(&problems);
}

#[test]
fn one_file_more_can_be_searched() {
    let corpus = authored().iter().find(|it| it.0.starts_with("assets/search-")).expect("the corpus").1;
    let index = Index::new(from_bytes::<Corpus>(without_length(corpus)).expect("it can be read"));
    let page = page(authored(), PAGE);
    let second = page.all().into_iter().find(|it| it.tag == "tr" && it.text().contains("磨工"));
    let second = second.and_then(|it| it.attribute("id")).expect("a row has an address");
    let mut problems = Vec::new();
    for (query, id) in [
        ("zmdsrlzy", ""),
        ("驻人社办[2023]5号", ""),
        ("现转发有关通知，请遵照执行", "p1"),
        ("评价范围照原通知", "1-1"),
        ("6-18-01-02铣工", "1-1-r1"),
        ("另有下列职业", "1-1"),
        ("磨工", second),
        ("引用的话，照原样", "1-1"),
        ("2. 章程", "1-1-2"),
        ("原表见", "n1"),
    ] {
        let found = index.find(query, 100);
        let hits = found.docs.iter().filter(|it| it.0.address == PAGE).flat_map(|it| &it.1);
        let ids: Vec<_> = hits.map(|it| it.unit.id.as_str()).collect();
        if !ids.contains(&id) {
            problems.push(format!("`{query}` stands at `{id}`, found at {ids:?}"));
        }
    }
    none_of(&problems);
}

/// The file as Windows saves it, with a byte order mark and CRLF, and with line breaks within sentences.
#[test]
fn the_page_has_the_words_of_the_file() {
    let page = page(authored(), PAGE);
    let body = page.one("div.body");
    let words = body.text_except(&|it| ["ed", "refs", "cite", "annexes"].iter().any(|class| it.has_class(class)));
    let expected = "各县（区）人力资源和社会保障局：现转发有关通知，请遵照执行。一、评价范围（一）评价范围照原通知的表填写，\
                    见附件1。职业编码职业名称6-18-01-02铣工另有下列职业。职业编码职业名称6-18-01-04磨工\
                    凡是引用的话，照原样抄录。1. 执照2. 章程联系电话：2978838（此件依申请公开）";
    assert_eq!(words, expected);
}

#[test]
fn every_note_stands_on_the_page_once_also_one_of_the_header() {
    let with_notes = NOTICE
        .replace("2978838\"", "2978838[^call]\"")
        .replace("公开）\"", "公开）[^open]\"")
        .replace("[^old]: ", "[^call]: 使用前请核实。\n\n[^open]: 已公开。\n\n[^old]: ");
    let site = site_with(&with_notes);
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let page = page(&files_of(&out), PAGE);
    let notes: Vec<_> =
        page.all().into_iter().filter(|it| it.tag == "p" && it.has_class("ed")).map(Element::text).collect();
    for words in ["原表见", "已公开", "使用前请核实"] {
        assert_eq!(notes.iter().filter(|it| it.contains(words)).count(), 1, "{words} in {notes:?}");
    }
}

#[test]
fn the_other_documents_stay_as_they_are() {
    let before = path("content");
    for file in files(&before, ".md") {
        let slug = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let official = |site: &Files| page(site, &format!("notice/{slug}/")).one("article.notice").text();
        assert_eq!(official(built()), official(authored()), "{slug}");
    }
    let names = |site: &Files| site.keys().filter(|it| it.ends_with(".html")).cloned().collect::<BTreeSet<_>>();
    let more: Vec<_> = names(authored()).difference(&names(built())).cloned().collect();
    assert_eq!(more, [format!("{PAGE}index.html")]);
}

#[test]
fn every_link_leads_somewhere_and_every_address_is_given_once() {
    none_of(&wrong_links(authored()));
}

/// Links that lead nowhere, and addresses that are given twice.
pub fn wrong_links(site: &Files) -> Vec<String> {
    let pages: Vec<(&str, Element)> =
        site.keys().filter_map(|it| it.strip_suffix("index.html")).map(|it| (it, page(site, it))).collect();
    let ids = |page: &Element| {
        page.all().into_iter().filter_map(|it| it.attribute("id").map(str::to_owned)).collect::<Vec<_>>()
    };
    let its: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|it| (it.0, ids(&it.1).into_iter().collect())).collect();
    let mut problems = Vec::new();
    for (address, of) in &pages {
        let mut seen = BTreeSet::new();
        problems.extend(
            ids(of).into_iter().filter(|it| !seen.insert(it.clone())).map(|it| format!("{address}: #{it} twice")),
        );
        for href in of.all().into_iter().filter(|it| it.tag == "a").filter_map(|it| it.attribute("href")) {
            let (to, id) = href.split_once('#').unwrap_or((href, ""));
            if to.contains(':') {
                continue;
            }
            let to = resolved(address, to);
            let page = its.get(to.as_str());
            let there = page.map_or(id.is_empty() && site.contains_key(&to), |ids| id.is_empty() || ids.contains(id));
            if !there {
                problems.push(format!("{address}: {href} leads nowhere"));
            }
        }
    }
    problems.sort();
    problems.dedup();
    problems
}

#[test]
fn a_broken_file_builds_nothing() {
    let site = site_with(NOTICE);
    let out = site.path().join("dist");
    assert!(build(site.path(), &out).status.success());
    let before = files_of(&out);
    let broken = NOTICE
        .replace("2023年3月1日", "2023年2月30日")
        .replace("title ", "titel ")
        .replace("= \"henan-2021-1\"", "= \"henan-2021-9\"")
        .replace("(henan-2021-1.md#3-5)", "(henan-2021-1.md#9-5)");
    std::fs::write(site.path().join(FILE), broken).expect("a file");
    let run = build(site.path(), &out);
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0), "{told}");
    for mistake in ["缺少 `title`", "`titel`", "`2023年2月30日`", "附件 `henan-2021-9`", "henan-2021-1.md#9-5"] {
        let lines = told.lines().filter(|it| it.starts_with(&format!("{FILE}:")) && it.contains(mistake)).count();
        assert_eq!(lines, 1, "{mistake} in\n{told}");
    }
    assert!(told.contains("5 个问题"), "{told}");
    assert!(files_of(&out) == before, "what was built before has changed");
    let beside: BTreeSet<_> =
        std::fs::read_dir(site.path()).expect("a folder").map(|it| it.expect("an entry").file_name()).collect();
    let names = ["content", "dist", "dist.app", "rubrics", "site.toml", "style"];
    assert_eq!(beside, names.into_iter().map(Into::into).collect());
}

/// The real site with the notice, built.
fn authored() -> &'static Files {
    static AUTHORED: OnceLock<Files> = OnceLock::new();
    AUTHORED.get_or_init(|| {
        let site = site_with(&format!("\u{feff}{}", NOTICE.replace('\n', "\r\n")));
        let out = site.path().join("dist");
        let run = build(site.path(), &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        files_of(&out)
    })
}

/// The files that a county centre has of the real site, and one more notice.
pub fn site_with(notice: &str) -> TempDir {
    let site = host_copy();
    std::fs::write(site.path().join(FILE), notice).expect("a file");
    site
}

/// The files that a county centre has of the real site.
pub fn host_copy() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let copy = |from: &Path| {
        let to = site.path().join(from.strip_prefix(path("")).expect("in the repository"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(from, to).expect("a copy");
    };
    ["content", "rubrics", "style"].iter().flat_map(|it| files(&path(it), "")).for_each(|it| copy(&it));
    copy(&path("site.toml"));
    site
}

/// Where a link on a page leads, below the root.
fn resolved(address: &str, to: &str) -> String {
    let to = to.split('?').next().unwrap_or_default();
    let mut folders: Vec<&str> = if to.starts_with('/') { Vec::new() } else { address.split_terminator('/').collect() };
    if to.is_empty() {
        return address.to_owned();
    }
    for part in to.trim_start_matches('/').split_inclusive('/') {
        match part {
            "../" => drop(folders.pop()),
            "./" => {}
            other => folders.push(other),
        }
    }
    folders
        .iter()
        .map(|it| if it.ends_with('/') || it.contains('.') { (*it).to_owned() } else { format!("{it}/") })
        .collect()
}
