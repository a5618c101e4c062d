//! A site of several editions: each has pages of its own, the newest in force at the root and the others in folders of their
//! names. Whoever comes chooses by place and date, and what was made under any of them opens everywhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;
use ziping::app::Model;
use ziping::bytes::wire::from_bytes;
use ziping::carrier::{Known, Take, marks, pack, read, write_code, write_link};
use ziping::dossier::Dossier;
use ziping::load::load;
use ziping::rubric::{Applicant, Edition};
use ziping::search::{Corpus, Index};

use crate::authoring::{host_copy, wrong_links};
use crate::built::{Files, build, built, files_of, page, text, without_length};
use crate::markup::Element;
use crate::offline::{contents, letters};
use crate::{files, none_of, path, read as read_file};

/// In the order in which people meet them: the real one, in force; an invented one of another place, in force longer; an older
/// one of the first place, which has expired.
const IDS: [&str; 3] = ["henan-2021", "xuni-2099", "henan-2019"];
const NAMES: [&str; 3] = ["河南省 2021年12月29日起", "虚构省 2020年6月1日起", "河南省 2019年3月1日起"];
/// Below the root, those of each.
const FOLDERS: [&str; 3] = ["", "xuni-2099/", "henan-2019/"];
/// Pages that are the same for all editions.
const SHARED: [&str; 5] = ["notice/", "contents/", "about/", "access/", "licences/"];

/// What the notice of the invented edition says more than for its own tests.
const ANNEXES: &str = r#"
[[annex]]
text   = "虚构评估表一（虚构）"
rubric = 1

[[annex]]
text   = "虚构评估表二（虚构）"
rubric = 2
+++

见[附件1](/xuni-2099/rubric/1/#1-1)。
"#;

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a text");
    assert!(text.contains(from), "{} has no {from}", file.display());
    fs::write(file, text.replacen(from, to, 1)).expect("it can be written");
}

/// Copies an edition, so that one in force from that day on is added.
pub fn add(site: &Path, from: &Path, id: &str, keys: &str) {
    let to = site.join("rubrics").join(id);
    fs::create_dir_all(&to).expect("a folder");
    for file in files(from, ".toml") {
        fs::copy(&file, to.join(file.file_name().expect("a name"))).expect("a copy");
    }
    let file = to.join("edition.toml");
    let about = fs::read_to_string(&file).expect("a text");
    let (own, tables) = about.split_at(about.find("\n[").unwrap_or(about.len()));
    let kept = own.lines().filter(|it| !["id ", "place ", "from "].iter().any(|key| it.starts_with(key)));
    let kept: String = kept.map(|it| format!("{it}\n")).chain([tables.to_owned()]).collect();
    fs::write(&file, format!("id = \"{id}\"\n{keys}\n{kept}")).expect("it can be written");
}

fn site_of_three() -> TempDir {
    let site = host_copy();
    add(
        site.path(),
        &path("tests/kinds/site/rubrics/xuni-2099"),
        "xuni-2099",
        "place = \"虚构省\"\nfrom = \"2020-06-01\"",
    );
    let expired = "place = \"河南省\"\nfrom = \"2019-03-01\"\nuntil = \"2021-12-29\"";
    add(site.path(), &path("rubrics/henan-2021"), "henan-2019", expired);
    let notice = read_file("tests/kinds/site/content/xuni-2099-1.md");
    let with_annexes = notice.replacen("\n+++\n", ANNEXES, 1);
    fs::write(site.path().join("content/xuni-2099-1.md"), with_annexes).expect("a notice");
    site
}

pub fn built_of(site: &Path) -> Files {
    let out = site.join("dist");
    let run = build(site, &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    files_of(&out)
}

fn three() -> &'static Files {
    static THREE: OnceLock<Files> = OnceLock::new();
    THREE.get_or_init(|| built_of(site_of_three().path()))
}

/// The addresses of the pages below a folder, without it.
fn pages(site: &Files, folder: &str) -> BTreeSet<String> {
    let all = site.keys().filter_map(|it| it.strip_prefix(folder)?.strip_suffix("index.html"));
    all.filter(|it| !folder.is_empty() || !IDS.iter().any(|id| it.starts_with(id))).map(str::to_owned).collect()
}

fn is_shared(address: &str) -> bool {
    SHARED.iter().any(|it| address.starts_with(it))
}

#[test]
fn each_edition_has_pages_of_its_own_and_the_rest_is_there_once() {
    let root = pages(three(), "");
    let one: BTreeSet<String> = pages(built(), "");
    let new: Vec<_> = root.difference(&one).collect();
    assert!(new == ["notice/xuni-2099-1/"] && one.is_subset(&root), "{new:?}");
    let of_edition: BTreeSet<String> = root.into_iter().filter(|it| !is_shared(it)).collect();
    assert_eq!(pages(three(), "henan-2019/"), of_edition);
    let invented = pages(three(), "xuni-2099/");
    assert!(!invented.iter().any(|it| is_shared(it)), "{invented:?}");
    let sheets: Vec<_> = invented.iter().filter(|it| it.starts_with("sheet/")).collect();
    assert_eq!(sheets, ["sheet/1/", "sheet/2/", "sheet/3/", "sheet/4/", "sheet/5/"]);
    for name in ["", "mine/", "open/", "desk/", "rubric/1/", "filing/", "later/", "start/company/"] {
        assert!(invented.contains(name), "{name}");
    }
    assert!(three().contains_key("xuni-2099/rubric/1/blank.xlsx"));
    assert!(page(three(), "xuni-2099/rubric/1/").text().contains("虚构评估表一"));
    let listed = text(three(), "sitemap.xml");
    assert!(listed.contains("<loc>https://ziping.example/xuni-2099/rubric/1/</loc>"));
    assert!(!listed.contains("xuni-2099/mine/"));
    let own = text(three(), "xuni-2099/rubric/1/index.html");
    assert!(own.contains("property=\"og:url\" content=\"https://ziping.example/xuni-2099/rubric/1/\""));
    assert!(text(three(), "release.json").contains(r#"["henan-2021","xuni-2099","henan-2019"]"#));
    // a host's mistakes are found there too
    assert!(text(three(), "selfcheck.html").contains("\nxuni-2099/sheet/1/index.html "));
}

/// The chooser of a home page: what it says, and where each entry leads.
fn chooser(site: &Files, folder: &str) -> Vec<(String, String, bool)> {
    let page = page(site, folder);
    let list =
        page.all().into_iter().find(|it| it.attribute("aria-label") == Some("评估要点的版本") && it.tag == "nav");
    let entries = list.map(Element::all).unwrap_or_default().into_iter().filter(|it| it.tag == "li");
    let entries = entries.map(|it| {
        let link = it.one("a");
        let here = link.attribute("aria-current").is_some();
        (it.text(), link.attribute("href").expect("a link").to_owned(), here)
    });
    entries.collect()
}

#[test]
fn the_home_page_lets_choose_by_place_and_date() {
    let standing = ["现行", "现行", "已失效，2021年12月29日起"];
    let words: Vec<String> = NAMES.iter().zip(standing).map(|(name, it)| format!("{name}（{it}）")).collect();
    for (own, folder) in FOLDERS.iter().enumerate() {
        let up = if folder.is_empty() { "" } else { "../" };
        let expected: Vec<_> = (0..3).map(|n| (words[n].clone(), format!("{up}{}", FOLDERS[n]), n == own)).collect();
        assert_eq!(chooser(three(), folder), expected, "{folder}");
    }
    assert_eq!(chooser(built(), ""), []);
    let html = built().iter().filter(|it| it.0.ends_with(".html") && it.0 != "offline.html");
    let said = html.filter(|it| String::from_utf8_lossy(it.1).contains("评估要点的版本")).count();
    assert_eq!(said, 0, "one edition alone is chosen from");
}

#[test]
fn every_page_of_another_edition_says_which_one_it_is_on_paper_too() {
    let mut problems = Vec::new();
    for (name, _) in three().iter().filter(|it| it.0.ends_with("index.html")) {
        let page = page(three(), name.trim_end_matches("index.html"));
        let said = |label: &str| {
            let line =
                page.all().into_iter().find(|it| it.attribute("aria-label") == Some(label) && it.tag == "section");
            line.map(Element::text).unwrap_or_default()
        };
        let (line, leads) = (said("评估要点的版本"), said("其他版本"));
        let paper = page.one("section.release").text();
        let right = match IDS.iter().position(|it| name.starts_with(&format!("{it}/"))) {
            None => line.is_empty() && leads.is_empty() && paper.starts_with("版本 "),
            Some(1) => {
                line == format!("本页按{}的评估要点（现行）。其他地方和版本见页末。", NAMES[1])
                    && leads == format!("现行版本：{}选择地方和版本", NAMES[0])
                    && paper.starts_with(&format!("{}（现行）　版本 ", NAMES[1]))
            }
            Some(_) => {
                line.starts_with(&format!("已失效　本页按{}的评估要点，2021年12月29日起失效", NAMES[2]))
                    && leads == format!("现行版本：{}选择地方和版本", NAMES[0])
                    && paper.starts_with(&format!("{}（已失效，2021年12月29日起）　版本 ", NAMES[2]))
            }
        };
        if !right {
            problems.push(format!("{name}: “{line}”, “{paper}”"));
        }
    }
    none_of(&problems);
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    none_of(&wrong_links(three()));
    // and to the edition of whoever follows it
    for (from, to) in [
        ("henan-2019/rubric/1/", "../../../henan-2019/sheet/1/"),
        ("henan-2019/rubric/1/", "../../../notice/henan-2020-16/"),
        ("xuni-2099/", "../xuni-2099/start/company/"),
        ("henan-2019/mine/", "../../"),
        ("henan-2019/mine/", "../../henan-2019/"),
        ("notice/xuni-2099-1/", "../../xuni-2099/rubric/1/"),
        ("notice/henan-2020-16/", "../../rubric/1/"),
        ("notice/", "../xuni-2099/rubric/"),
        ("contents/", "../xuni-2099/rubric/1/"),
        ("contents/", "../henan-2019/readings/#AMB-01"),
        ("notice/henan-2021-1/", "../../henan-2019/readings/#AMB-19"),
    ] {
        let leads = page(three(), from).all().iter().any(|it| it.attribute("href") == Some(to));
        assert!(leads, "{from} does not lead to {to}");
    }
}

/// The data that a page loads first, and those that it loads when it goes elsewhere.
fn data_of(site: &'static Files, address: &str) -> [&'static [u8]; 2] {
    let html = text(site, &format!("{address}index.html"));
    let named = |from: &str| html.split_once(from).map(|it| it.1.split('"').next().unwrap_or_default());
    let first = named(" data-app=\"").expect("a page of the app").rsplit(' ').next().expect("data");
    let whole = named(" data-whole=\"").unwrap_or(first);
    [first, whole].map(|it| without_length(&site[&format!("assets/{it}")]))
}

#[test]
fn a_sheet_loads_its_own_edition_alone_and_then_all_with_its_own_first() {
    for (own, folder) in FOLDERS.iter().enumerate() {
        for annex in 1..=3 {
            let [first, whole] = data_of(three(), &format!("{folder}sheet/{annex}/"));
            let alone: Vec<Edition> = from_bytes(first).expect("it can be read");
            assert_eq!(alone.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), [IDS[own]]);
            assert_eq!(alone[0].rubrics.iter().map(|it| it.annex).collect::<Vec<_>>(), [annex]);
            let (all, (rules, _)) = from_bytes::<Model>(whole).expect("it can be read");
            let mut expected = vec![IDS[own]];
            expected.extend(IDS.into_iter().filter(|it| *it != IDS[own]));
            assert_eq!(all.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), expected);
            assert_eq!(rules.iter().map(|it| it.edition.as_str()).collect::<Vec<_>>(), expected);
        }
        assert_eq!(data_of(three(), &format!("{folder}desk/")), [data_of(three(), &format!("{folder}sheet/1/"))[1]; 2]);
    }
    // the first one beside others is no byte more for a sheet than alone
    assert_eq!(data_of(three(), "sheet/1/")[0], data_of(built(), "sheet/1/")[0]);
    assert!(1.5 * (data_of(built(), "desk/")[0].len() as f64) < data_of(three(), "desk/")[0].len() as f64);
}

/// Made under any edition, opened on any page: before there were others, and since.
#[test]
fn codes_and_links_of_every_edition_open_from_the_pages_of_each() {
    let model =
        |folder: &str| from_bytes::<Model>(data_of(three(), &format!("{folder}open/"))[0]).expect("it can be read");
    let (alone, (its_rules, _)) = from_bytes::<Model>(data_of(built(), "open/")[0]).expect("it can be read");
    let its_marks = marks(&alone, &its_rules);
    let before = Known { editions: &alone, rules: &its_rules, marks: &its_marks };
    for made in FOLDERS {
        let (editions, (rules, _)) = model(made);
        let marks_of = marks(&editions, &rules);
        let own = &editions[0];
        let annexes: Vec<u8> = own.rubrics.iter().map(|it| it.annex).take(2).collect();
        let dossier = Dossier::new(String::new(), Applicant(0), own, &annexes);
        let known = Known { editions: &editions, rules: &rules, marks: &marks_of };
        let record = pack(known, &dossier, Take::default()).expect("a record");
        if made.is_empty() {
            assert_eq!(pack(before, &dossier, Take::default()), Some(record.clone()), "as it always was");
        }
        for folder in FOLDERS {
            let (editions, (rules, _)) = model(folder);
            let marks = marks(&editions, &rules);
            let known = Known { editions: &editions, rules: &rules, marks: &marks };
            for text in [write_code(&record), write_link("https://ziping.example/open/", &record)] {
                let found = read(known, &text).unwrap_or_else(|error| panic!("{made} at {folder}: {error:?}"));
                assert_eq!(found[0].dossier.edition, own.id, "{made} at {folder}");
                assert_eq!(found[0].dossier.sheets.len(), annexes.len());
            }
        }
    }
}

#[test]
fn a_dossier_is_opened_where_its_edition_lies() {
    let finding = three().iter().find(|it| it.0.starts_with("assets/editions-")).expect("the script").1;
    let finding = std::str::from_utf8(finding).expect("text");
    assert!(finding.contains(r#"var all = ["henan-2021","xuni-2099","henan-2019"];"#) && !finding.contains("\n//"));
    // and is listed with the name of its edition
    assert!(finding.contains(&format!(r#"","{}（已失效）"];"#, NAMES[2])));
    let has = |name: &str| text(three(), name).contains(finding);
    for name in ["sheet/1/", "xuni-2099/mine/", "henan-2019/dossier/", "rubric/1/", "henan-2019/rubric/3/"] {
        assert!(has(&format!("{name}index.html")), "{name}");
    }
    // an annex that the edition at the root does not have
    assert!(has("404.html"));
    assert!(!["index.html", "notice/index.html", "readings/index.html"].iter().any(|it| has(it)));
    assert!(
        !built().keys().any(|it| it.starts_with("assets/editions-"))
            && !text(built(), "404.html").contains("editionOf")
    );
}

#[test]
fn words_of_every_edition_are_found_and_lead_to_its_own_pages() {
    let corpus = three().iter().find(|it| it.0.starts_with("assets/search-")).expect("the corpus").1;
    let corpus: Corpus = from_bytes(without_length(corpus)).expect("it can be read");
    let titles: Vec<_> =
        corpus.docs.iter().filter(|it| it.address.starts_with("henan-2019/")).map(|it| &it.title).collect();
    assert_eq!(titles.len(), 9, "six rubrics, readings, later documents, who files where: {titles:?}");
    let named = format!("{}（已失效，2021年12月29日起）　", NAMES[2]);
    assert!(titles.iter().all(|it| it.starts_with(&named)), "{titles:?}");
    let index = Index::new(corpus);
    let found = index.find("租用场地得12分", 10);
    assert_eq!(found.docs.iter().map(|it| it.0.address.as_str()).collect::<Vec<_>>(), ["xuni-2099/rubric/1/"]);
    assert!(
        page(three(), "xuni-2099/rubric/1/")
            .all()
            .iter()
            .any(|it| it.attribute("id") == Some(found.docs[0].1[0].unit.id.as_str()))
    );
}

/// The one file has the pages of the newest in force, and the data of all: a record of any edition opens in it.
#[test]
fn the_one_file_has_the_pages_of_the_first_and_the_data_of_all() {
    let names = |site: &Files| {
        contents(&letters(&site["offline.html"])).into_keys().filter(|it| !it.contains("xuni")).collect::<Vec<_>>()
    };
    assert_eq!(names(three()), names(built()));
    let its = contents(&letters(&three()["offline.html"]));
    let (editions, _) = from_bytes::<Model>(&its["data.bin"]).expect("it can be read");
    assert_eq!(editions.len(), 3);
    let home = String::from_utf8_lossy(&its["page "]);
    assert!(home.contains("href=\"https://ziping.example/xuni-2099/\"") && !home.contains("href=\"#/xuni"));
    let more = three()["offline.html"].len() as f64 / built()["offline.html"].len() as f64;
    assert!(more < 1.3, "{more}");
}

#[test]
fn a_day_or_a_place_that_changes_is_another_release() {
    let site = site_of_three();
    let release = |site: &Path| text(&built_of(site), "release.json").to_owned();
    let before = text(three(), "release.json").to_owned();
    let file = site.path().join("rubrics/xuni-2099/edition.toml");
    change(&file, "虚构省\"", "虚构市\"");
    let moved = release(site.path());
    change(&file, "from = \"2020-06-01\"", "from = \"2020-06-01\"\nuntil = \"2024-06-01\"");
    let expired = release(site.path());
    assert!(before != moved && moved != expired && before != expired);
    let files = files_of(&site.path().join("dist"));
    let order: Vec<_> = chooser(&files, "").into_iter().map(|it| it.1).collect();
    assert_eq!(order, ["", "xuni-2099/", "henan-2019/"], "the latest of those that have expired first");
}

/// In force before expired, the newest first; then those that have expired, the latest first. Names of folders say nothing.
#[test]
fn editions_are_shown_in_the_order_of_their_days() {
    let site = tempfile::tempdir().expect("a folder");
    for file in files(&path("tests/site"), "") {
        let to = site.path().join(file.strip_prefix(path("tests/site")).expect("below it"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, &to).expect("a copy");
    }
    fs::remove_dir_all(site.path().join("rubrics/tiny")).expect("it was there");
    let keys = |from: &str, until: &str| {
        let until = if until.is_empty() { String::new() } else { format!("\nuntil = \"{until}\"") };
        format!("place = \"某省\"\nfrom = \"{from}\"{until}")
    };
    for (id, from, until) in [
        ("z-fourth", "2010-01-01", "2022-01-01"),
        ("y-fifth", "2019-01-01", "2020-01-01"),
        ("a-second", "2020-01-01", ""),
        ("b-third", "2018-01-01", ""),
        ("c-first", "2025-01-01", ""),
        ("x-sixth", "2014-01-01", "2020-01-01"),
    ] {
        add(site.path(), &path("tests/site/rubrics/tiny"), id, &keys(from, until));
    }
    let loaded = load(site.path()).expect("it can be read");
    assert_eq!(loaded.problems, []);
    let order: Vec<_> = loaded.editions.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(order, ["c-first", "a-second", "b-third", "z-fourth", "y-fifth", "x-sixth"]);
    let rules: Vec<_> = loaded.rules.iter().map(|it| it.edition.as_str()).collect();
    assert_eq!(rules, order);
    assert_eq!(loaded.validities[3].until.map(|it| it.iso()).as_deref(), Some("2022-01-01"));
}

/// The folders at the root of a site are names that no edition can have; `ziping check` knows them all.
#[test]
fn no_edition_takes_the_folder_of_a_page() {
    let source = read_file("src/load/edition/validity.rs");
    let of_pages = built().keys().filter_map(|it| it.split_once('/')).map(|it| it.0).collect::<BTreeSet<_>>();
    let missing: Vec<_> = of_pages.into_iter().filter(|it| !source.contains(&format!("\"{it}\""))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
