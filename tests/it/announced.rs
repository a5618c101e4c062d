//! Documents as county offices have them: without 文号, with forms to download, with merged cells, with articles beyond
//! a hundred. Built by the real program and read as pages.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;
use ziping::bytes::wire::from_bytes;
use ziping::search::{Corpus, Index};

use crate::built::{Files, build, files_of, page, text, without_length};
use crate::markup::Element;
use crate::{files, none_of, path};

const SLUG: &str = "town-2022-gg";
const PAGE: &str = "notice/town-2022-gg/";

/// It has no number, three files, a table with two lines of heads, and the last articles of a long rule.
const NOTICE: &str = r#"+++
issuer = "某市人社局"
title  = "关于评价机构名单的公告"
issued = "2022年3月1日"

[[annex]]
text = "备案申请表"
file = "附件1：申请表.docx"
+++

请填写[名单](<名单 2022.xlsx>)和[说明](town-2022-gg/说明.pdf)。

第九十九条　评价机构应当备案。

第一百条　下列机构可以申请：

（一）用人单位；

（二）技工院校。

| 单位 | 人数 | << | 备注 |
| --- | --- | --- | --- |
| ^^ | 男 | 女 | ^^ |
| 甲厂 | 1 | 2 | 新 |
| ^^ | 3 | 4 | 旧 |

第一百条之一　社会培训评价组织照此办理，见[上一条](#a100-2)。
"#;

const FILES: [(&str, usize); 3] = [("附件1：申请表.docx", 20_000), ("名单 2022.xlsx", 3_500_000), ("说明.pdf", 7)];

fn announced() -> &'static Files {
    static ANNOUNCED: OnceLock<Files> = OnceLock::new();
    ANNOUNCED.get_or_init(|| {
        let site = site();
        let out = site.path().join("dist");
        let run = build(site.path(), &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        files_of(&out)
    })
}

/// The small site with the announcement, cited by a reading.
fn site() -> TempDir {
    let right = path("tests/site");
    let site = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let to = site.path().join(name);
        fs::create_dir_all(to.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(to, bytes).expect("a file");
    };
    for file in files(&right, "") {
        let name = file.strip_prefix(&right).expect("below the site").to_string_lossy().into_owned();
        let mut text = fs::read_to_string(&file).expect("text");
        if name.ends_with("readings.toml") {
            text = text.replacen("\"某鉴〔2020〕1号\"", "\"《关于评价机构名单的公告》 第一百条（二）\"", 1);
        }
        put(&name, text.as_bytes());
    }
    put(&format!("content/{SLUG}.md"), NOTICE.as_bytes());
    for (name, size) in FILES {
        put(&format!("content/{SLUG}/{name}"), &vec![b'x'; size]);
    }
    put(&format!("content/{SLUG}/~$附件1.docx"), b"left behind");
    site
}

#[test]
fn a_document_without_number_is_listed_by_its_title() {
    let site = announced();
    let mut problems = Vec::new();
    let mut look = |what: &str, there: bool| problems.extend((!there).then(|| what.to_owned()));
    let words = |address: &str| page(site, address).text();
    look("the list has it", words("notice/").contains("关于评价机构名单的公告某市人社局　2022年3月1日印发"));
    look("the contents have it", words("contents/").contains("关于评价机构名单的公告"));
    look("and its articles", words("contents/").contains("第一百条之一"));
    let feed = text(site, "feed.xml");
    look(
        "the feed begins with it",
        feed.split("<entry>").nth(1).is_some_and(|it| it.contains("<title>关于评价机构名单的公告</title>")),
    );
    let own = text(site, &format!("{PAGE}index.html"));
    look("its title", own.contains("<title>关于评价机构名单的公告 · 自评</title>"));
    let official = page(site, PAGE).one("article.notice").text();
    look("no 文件 in its head", official.starts_with("某市人社局关于评价机构名单的公告"));
    look("its clause is cited by the title", own.contains("引用 《关于评价机构名单的公告》 第一百条（二）"));
    let readings = text(site, "readings/index.html");
    look("a reading leads to its clause", readings.contains(&format!("{PAGE}#a100-2")));
    look("and stands below it", page(site, PAGE).one("p.refs").text().contains("R-01"));
    none_of(&problems);
}

#[test]
fn files_lie_beside_the_page_and_are_named_with_kind_and_size() {
    let site = announced();
    for (name, size) in FILES {
        assert_eq!(site.get(&format!("{PAGE}{name}")).map(Vec::len), Some(size), "{name}");
    }
    assert!(!site.keys().any(|it| it.contains("~$")));
    let own = page(site, PAGE);
    let links: Vec<&str> = own.one("article.notice").all().into_iter().filter_map(|it| it.attribute("href")).collect();
    for to in ["附件1：申请表.docx", "名单%202022.xlsx", "说明.pdf"] {
        let to = format!("../../{PAGE}{to}");
        assert!(2 <= links.iter().filter(|it| **it == to).count(), "{to} in {links:?}");
    }
    let list = own.one("div.files").text();
    for told in ["附件1：申请表（DOCX，20 KB）", "名单 2022（XLSX，3.3 MB）", "说明（PDF，7 B）"] {
        assert!(list.contains(told), "{told} in {list}");
    }
    assert!(page(site, "notice/").text().contains("附件下载：3 个文件"));
}

#[test]
fn merged_cells_reach_over_others() {
    let own = page(announced(), PAGE);
    let table = own.one("div.scroll");
    let cells = |tag: &str| -> Vec<String> {
        let of = |it: &&Element| it.tag == tag;
        let shown = |it: &Element| {
            let over = |name: &str| it.attribute(name).unwrap_or("1").to_owned();
            format!("{} {}x{}", it.text(), over("rowspan"), over("colspan"))
        };
        table.all().into_iter().filter(of).map(shown).collect()
    };
    assert_eq!(cells("th"), ["单位 2x1", "人数 1x2", "备注 2x1", "男 1x1", "女 1x1"]);
    assert_eq!(cells("td"), ["甲厂 2x1", "1 1x1", "2 1x1", "新 1x1", "3 1x1", "4 1x1", "旧 1x1"]);
    assert!(!own.text().contains("^^") && !own.text().contains("<<"));
}

#[test]
fn all_of_it_is_found() {
    let corpus = announced().iter().find(|it| it.0.starts_with("assets/search-")).expect("the corpus").1;
    let index = Index::new(from_bytes::<Corpus>(without_length(corpus)).expect("it can be read"));
    let mut problems = Vec::new();
    for (query, id) in [
        ("评价机构名单的公告", ""),
        ("评价机构应当备案", "a99"),
        ("技工院校。", "a100-2"),
        ("甲厂", "a100-2-r2"),
        ("社会培训评价组织照此办理", "a100-z1"),
        ("申请表.docx", ""),
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
