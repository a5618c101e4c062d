//! What a host settles: where the files of a site lie, whose it is, whom to ask, the colour of its head, what it lists.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::authoring::host_copy;
use crate::built::{Files, build, built, files_of, page, stand_ins, text};
use crate::markup::Element;
use crate::{files, none_of, path, read};

/// The real site without its style.
fn plain_copy() -> TempDir {
    let site = host_copy();
    fs::remove_dir_all(site.path().join("style")).expect("it is there");
    site
}

/// A site with these lines in `site.toml`, built.
fn settled(lines: &str) -> (TempDir, Files) {
    let site = plain_copy();
    let file = site.path().join("site.toml");
    let before = fs::read_to_string(&file).expect("it is there");
    fs::write(&file, format!("{before}\n{lines}")).expect("it can be written");
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let files = files_of(&out);
    (site, files)
}

fn ziping(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ziping")).args(arguments).current_dir(folder).output().expect("it runs")
}

#[test]
fn the_program_has_every_style_sheet() {
    let code = read("src/load/folder/own_style.rs");
    let listed: Vec<&str> =
        code.lines().filter_map(|it| it.split("include_str!(\"../../../").nth(1)?.split('"').next()).collect();
    let mut there: Vec<String> = files(&path("style"), ".css")
        .iter()
        .map(|it| it.strip_prefix(path("")).expect("below it").to_string_lossy().replace('\\', "/"))
        .collect();
    let mut sorted: Vec<String> = listed.iter().map(|it| (*it).to_owned()).collect();
    sorted.sort();
    there.sort();
    assert_eq!(sorted, there);
}

/// With nothing but these three the very same site comes out.
#[test]
fn a_folder_with_content_rubrics_and_settings_is_a_whole_site() {
    let site = plain_copy();
    let names: Vec<String> = fs::read_dir(site.path())
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(files_of(&out) == *built(), "the site is another one");
}

/// Notices, rubrics and settings each in a folder of their own, with names of their own.
fn scattered() -> TempDir {
    let from = plain_copy();
    let folder = tempfile::tempdir().expect("a folder");
    fs::rename(from.path().join("content"), folder.path().join("通知")).expect("it can be moved");
    fs::create_dir_all(folder.path().join("数据")).expect("a folder");
    fs::rename(from.path().join("rubrics"), folder.path().join("数据/要点")).expect("it can be moved");
    fs::create_dir_all(folder.path().join("设置")).expect("a folder");
    fs::rename(from.path().join("site.toml"), folder.path().join("设置/某县.toml")).expect("it can be moved");
    stand_ins(&folder.path().join("app"));
    folder
}

const SCATTERED: [&str; 6] = ["--content", "通知", "--rubrics", "数据/要点/", "--site", "设置/某县.toml"];

#[test]
fn the_folders_of_a_site_may_lie_anywhere() {
    let folder = scattered();
    let run = |command: &str| ziping(&[&[command], &SCATTERED[..]].concat(), folder.path());
    let checked = run("check");
    assert!(checked.status.success() && checked.stdout.is_empty(), "{}", String::from_utf8_lossy(&checked.stdout));
    let built_there = run("build");
    assert!(built_there.status.success(), "{}", String::from_utf8_lossy(&built_there.stderr));
    assert!(files_of(&folder.path().join("dist")) == *built(), "the site is another one");
    let version = run("version");
    assert!(String::from_utf8_lossy(&version.stdout).contains("henan-2021"));
}

#[test]
fn files_are_told_as_somebody_named_them() {
    let folder = scattered();
    let put = |name: &str, from: &str, to: &str| {
        let file = folder.path().join(name);
        let text = fs::read_to_string(&file).expect("it is there");
        assert!(text.contains(from), "{name}: {from}");
        fs::write(&file, text.replacen(from, to, 1)).expect("it can be written");
    };
    put("数据/要点/henan-2021/edition.toml", "as_of", "as_off");
    put("通知/henan-2021-1.md", "issuer", "isuer");
    put("设置/某县.toml", "address", "adress");
    fs::write(folder.path().join("通知/附件.docx"), "x").expect("it can be written");
    let run = ziping(&[&["check"], &SCATTERED[..]].concat(), folder.path());
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(1), "{told}");
    for begin in [
        "数据/要点/henan-2021/edition.toml:1: 缺少 `as_of`",
        "通知/henan-2021-1.md:2: 缺少 `issuer`",
        "通知/附件.docx:1: ",
        "某县.toml:1: 缺少 `address`",
    ] {
        assert!(told.lines().any(|it| it.starts_with(begin)), "`{begin}` is not in\n{told}");
    }
    assert!(!told.contains("content/") && !told.contains("rubrics/"), "{told}");
    // what is named in a sentence, too
    fs::copy(folder.path().join("通知/henan-2020-16.md"), folder.path().join("通知/x.md")).expect("a copy");
    let run = ziping(&[&["check"], &SCATTERED[..]].concat(), folder.path());
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(told.contains("已是 通知/henan-2020-16.md 的文号"), "{told}");
}

const SETTLED: &str = r##"name     = "某县人力资源和社会保障局"
contacts = [
  { name = "张某", phone = "0375-1234567" },
  { name = "李某", phone = "13800000000" },
]
colour   = "#8a1f11"
notices  = ["mohrss-2020-49", "henan-2021-1"]
"##;

#[test]
fn a_hosts_name_and_contacts_are_on_every_page() {
    let (_site, files) = settled(SETTLED);
    let mut problems = Vec::new();
    let pages: Vec<&String> = files.keys().filter(|it| it.ends_with("index.html") || *it == "404.html").collect();
    assert!(20 < pages.len());
    for name in pages {
        let page = crate::markup::parse(text(&files, name));
        let mut look = |what: &str, there: bool| problems.extend((!there).then(|| format!("{name}: {what}")));
        let of = |class: &str| {
            let all = page.all().into_iter().filter(|it| it.tag == "section" && it.has_class(class));
            all.map(Element::text).collect::<Vec<_>>()
        };
        look("the name above", of("above") == ["某县人力资源和社会保障局"]);
        look("whom to ask", of("below").concat().contains("张某 0375-1234567，李某 13800000000"));
        let last = of("release").concat();
        look("the publisher in the last line", last.starts_with("某县人力资源和社会保障局　版本 "));
        look("its style", text(&files, name).contains(".top,.host.above{background:#8a1f11"));
    }
    none_of(&problems);
    let home = text(&files, "index.html");
    assert!(home.contains("<p class=\"whom\">先问：<span class=\"nw\">张某 <a href=\"tel:03751234567\">"), "{home}");
    assert_eq!(home.matches("class=\"whom\"").count(), 1, "those of the notice are replaced");
    assert!(page(&files, "later/").one("article").text().contains("某县人力资源和社会保障局：张某 0375-1234567"));
    let one_file = String::from_utf8_lossy(&files["offline.html"]).into_owned();
    assert!(one_file.contains("class=\"host above\""), "the site as one file has it too");
}

#[test]
fn a_host_lists_notices_in_its_own_order() {
    let (_site, files) = settled(SETTLED);
    let links = |address: &str, class: &str| -> Vec<String> {
        let of = page(&files, address);
        let list = of.all().into_iter().find(|it| it.has_class(class)).expect("a list");
        let links = list.all().into_iter().filter(|it| it.tag == "h2").map(Element::text);
        links.collect()
    };
    let listed = links("notice/", "issued");
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert_eq!(text(&files, "feed.xml").matches("<entry>").count(), 2);
    let collected = page(&files, "notice/all/");
    let ids: Vec<&str> =
        collected.all().iter().filter_map(|it| it.attribute("id")).filter(|it| it.ends_with("-top")).collect();
    assert_eq!(ids, ["mohrss-2020-49-top", "henan-2021-1-top"]);
    // all have their pages, as clauses and annexes lead there
    assert!(files.contains_key("notice/pingdingshan-2021-135/index.html"));
}

#[test]
fn a_name_a_colour_and_a_list_make_no_other_release() {
    // whom to ask can be searched, and is part of what the release is
    let asked = |line: &&str| line.starts_with("contacts") || line.starts_with([' ', ']']);
    let (_site, files) = settled(&SETTLED.lines().filter(|it| !asked(it)).collect::<Vec<_>>().join("\n"));
    assert_eq!(text(&files, "release.json"), text(built(), "release.json"));
    let assets = |of: &Files| of.keys().filter(|it| it.starts_with("assets/")).cloned().collect::<Vec<_>>();
    assert_eq!(assets(&files), assets(built()));
}

/// White words on it; what style sheets say of the head is gone over.
#[test]
fn the_words_of_a_coloured_head_are_white() {
    let (_site, files) = settled("colour = \"#1456a6\"\n");
    let home = text(&files, "index.html");
    assert!(!home.contains("class=\"host"), "nothing but the colour");
    let style = home.split("<style>").filter(|it| it.starts_with(".top,.host")).collect::<Vec<_>>();
    assert_eq!(style.len(), 1, "{}", style.len());
    let style = style[0].split("</style>").next().expect("it ends");
    let page = read("style/3-page.css");
    let in_head = [
        ".brand",
        ".brand b",
        ".brand span",
        ".top nav a",
        ".top nav a:hover",
        "#large[aria-pressed=\"true\"]",
        ".top nav a[aria-current]",
    ];
    for selector in in_head {
        assert!(page.contains(&format!("{selector} {{")), "{selector} is no rule any more");
        assert!(style.contains(selector), "{selector} keeps its colour");
    }
    let of_head =
        page.lines().filter(|it| it.starts_with(".top") || it.starts_with(".brand") || it.starts_with("#large"));
    for line in of_head.filter(|it| it.contains(" color:") || it.contains("{ color:")) {
        let selector = line.split(" {").next().expect("a selector");
        assert!(in_head.contains(&selector), "{selector} has a colour, which may not be read on the head's");
    }
}
