//! `ziping new edition`: a folder to fill in that is sound as it is, and nothing that is there is written over.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use ziping::load::keys::{DataFile, sentence};

use crate::authoring::host_copy;
use crate::built::{build, files_of};
use crate::revised::two_editions;
use crate::{none_of, read};

const FILES: [&str; 7] =
    ["edition.toml", "filing.toml", "later.toml", "places.toml", "public.toml", "readings.toml", "scope.toml"];

fn ziping(arguments: &[&str], site: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ziping")).args(arguments).current_dir(site).output().expect("it runs")
}

fn told(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[test]
fn a_new_edition_is_sound_and_says_what_to_fill_in() {
    let site = host_copy();
    let run = ziping(&["new", "edition", "henan-2027"], site.path());
    assert!(run.status.success() && run.stdout.is_empty(), "{}", told(&run));
    let folder = site.path().join("rubrics/henan-2027");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, FILES);
    let mut to_fill = 0;
    for name in FILES {
        let text = fs::read_to_string(folder.join(name)).expect("a text");
        assert!(text.contains("待填"), "{name} does not say what to fill in");
        let begins =
            text.starts_with("#:schema ../schemas/") && text.lines().nth(1).is_some_and(|it| it.starts_with("# "));
        assert!(begins, "{name} begins with its schema and what it is");
        // what nobody has begun is not there yet
        let begun = text.lines().any(|it| !it.trim().is_empty() && !it.starts_with('#'));
        to_fill += text.lines().filter(|it| begun && it.contains("待填")).count();
    }
    assert!(told(&run).contains(&format!("7 个文件，{to_fill} 处待填")), "{}", told(&run));
    let checked = ziping(&["check"], site.path());
    assert!(checked.status.success() && checked.stdout.is_empty(), "{}", String::from_utf8_lossy(&checked.stdout));
    let said = told(&checked);
    assert!(said.contains(&format!("还有 {to_fill} 处待填：")), "as many as `new` said: {said}");
    assert!(said.contains("2 个版本") && said.contains("处待填：rubrics/henan-2027/edition.toml（"), "{said}");
    assert!(!said.contains("scope.toml"), "what nobody has begun is not there yet: {said}");
    let out = site.path().join("dist");
    let built = build(site.path(), &out);
    assert!(built.status.success() && told(&built).contains("处待填"), "{}", told(&built));
    let files = files_of(&out);
    // a script of such a page names all editions
    let of = |page: &str| crate::built::page(&files, page).text_except(&|it| it.tag == "script");
    assert!(of("henan-2027/rubric/1/").contains("待填：评估要点的标题"));
    assert!(!of("rubric/1/").contains("待填"), "it does not take the place of the one in force before it is filled in");
}

#[test]
fn place_and_day_may_be_said_at_once() {
    let site = host_copy();
    // of an earlier day: a later one takes the home page, and links in notices to readings of the one before with it
    let said = ["--place", "某省", "--from", "2001-01-01"];
    let run = ziping(&[&["new", "edition", "mou-2001"][..], &said].concat(), site.path());
    assert!(run.status.success(), "{}", told(&run));
    let text = fs::read_to_string(site.path().join("rubrics/mou-2001/edition.toml")).expect("a file");
    assert!(text.contains("place    = \"某省\"\n") && text.contains("from     = \"2001-01-01\"\n"), "{text}");
    let checked = ziping(&["check"], site.path());
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    for (option, value) in [("--from", "2027年"), ("--from", "2027-02-30"), ("--place", "某\"省")] {
        let run = ziping(&["new", "edition", "other", option, value], site.path());
        assert!(run.status.code() == Some(1) && told(&run).contains(&format!("`{option}`")), "{}", told(&run));
    }
    assert!(!site.path().join("rubrics/other").exists());
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let site = host_copy();
    fs::create_dir(site.path().join("rubrics/empty")).expect("a folder");
    fs::write(site.path().join("rubrics/file"), "x").expect("a file");
    let before = files_of(site.path());
    for id in ["henan-2021", "empty", "file"] {
        let run = ziping(&["new", "edition", id], site.path());
        assert_eq!(run.status.code(), Some(1), "{id}");
        assert!(told(&run).starts_with(&format!("ziping: 已有 rubrics/{id}，没有改动")), "{}", told(&run));
    }
    for id in
        ["", "Henan", "河南-2027", "2027", "henan_2027", "../henan", "henan-", "a--b", "-a", "a b", &"a".repeat(41)]
    {
        let run = ziping(&["new", "edition", "--", id], site.path());
        assert_ne!(run.status.code(), Some(0), "{id}");
        assert!(told(&run).contains("版本的编号应由小写字母、数字和连字符组成"), "`{id}`: {}", told(&run));
    }
    for id in ["con", "aux", "com1"] {
        let run = ziping(&["new", "edition", id], site.path());
        assert_eq!(run.status.code(), Some(1), "{id}");
        assert!(told(&run).contains(&format!("`{id}` 是 Windows 保留的名称")), "{}", told(&run));
    }
    for wrong in [&["new"][..], &["new", "edition"], &["new", "notice", "x"]] {
        let run = ziping(wrong, site.path());
        assert_eq!(run.status.code(), Some(2), "{wrong:?}");
        assert!(told(&run).contains("请看 ziping new --help"), "{}", told(&run));
    }
    assert!(files_of(site.path()) == before, "something has changed");
}

/// What is to be filled in may stand anywhere, and an edition that is not filled in may be the first that people meet.
#[test]
fn what_is_to_be_filled_in_is_told_wherever_it_stands() {
    let site = two_editions();
    let change = |file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(site.path().join(file)).expect("a file");
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(site.path().join(file), text.replacen(from, to, 1)).expect("it is written");
    };
    let said = || {
        let out = site.path().join("dist");
        let (checked, built) = (ziping(&["check"], site.path()), build(site.path(), &out));
        assert!(checked.status.success() && built.status.success(), "{}{}", told(&checked), told(&built));
        [told(&checked), told(&built)]
    };
    assert!(said().iter().all(|it| !it.contains("待填")));
    change("content/town-2021-2.md", "（二）定为", "（二）待填：定为");
    change("site.toml", "address", "name = \"待填\"\naddress");
    for told in said() {
        assert!(told.contains("还有 2 处待填：content/town-2021-2.md（1 处）、site.toml（1 处）"), "{told}");
        assert!(!told.contains("首页现在是"), "{told}");
    }
    change("rubrics/tiny-2030/edition.toml", "依据2030年", "待填：依据2030年");
    for told in said() {
        let front =
            "首页现在是版本 tiny-2030，其中还有 1 处待填：没填好以前，请把它 edition.toml 的 from 写成较早的一天";
        assert!(told.contains("还有 3 处待填：") && told.contains(front), "{told}");
    }
    // it would be that of the older edition then
    fs::remove_file(site.path().join("rubrics/tiny-2030/from-tiny.toml")).expect("it is there");
    change("rubrics/tiny-2030/edition.toml", "2030-01-01", "1999-01-01");
    assert!(said().iter().all(|it| it.contains("还有 3 处待填：") && !it.contains("首页现在是")));
}

/// What stands above a key is what the schema says of it: no second list of sentences.
#[test]
fn what_to_write_is_said_in_the_words_of_the_schemas() {
    let site = host_copy();
    let run = ziping(&["new", "edition", "henan-2027"], site.path());
    assert!(run.status.success(), "{}", told(&run));
    let mut problems = Vec::new();
    let mut n = 0;
    for (name, file) in
        FILES.iter().map(|name| (name, DataFile::ALL.into_iter().find(|it| name.starts_with(it.name()))))
    {
        let file = file.unwrap_or(DataFile::Rubric);
        let tables = file.tables();
        let all = tables.iter().flat_map(|(table, kinds)| kinds.iter().map(move |it| (table, it)));
        let all = all.flat_map(|(table, kind)| kind.keys.keys().map(move |key| sentence(file, table, key)));
        let sentences: Vec<&str> = all.flatten().collect();
        let text = fs::read_to_string(site.path().join("rubrics/henan-2027").join(name)).expect("a text");
        let lines: Vec<&str> = text.lines().skip_while(|it| !it.is_empty()).collect();
        for line in &lines {
            let Some(said) = line.strip_prefix("# ").filter(|it| !it.starts_with(' ')) else { continue };
            let said = said.strip_prefix("其中 ").and_then(|it| it.split_once('：')).map_or(said, |it| it.1);
            n += 1;
            if !sentences.contains(&said) {
                problems.push(format!("{name}: `{said}` is not what the schema says"));
            }
        }
        for key in file_keys(&read(&format!("src/cli/new/{name}"))) {
            let at = lines.iter().position(|it| it.trim_start_matches('#').starts_with(&key)).expect("it is there");
            if !lines[at - 1].starts_with("# ") {
                problems.push(format!("{name}: nothing is said of `{}`", lines[at]));
            }
        }
    }
    assert!(100 < n, "{n}");
    none_of(&problems);
    // of a table in one line as well
    let rubric = fs::read_to_string(site.path().join("rubrics/henan-2027/public.toml")).expect("a text");
    let within: Vec<&str> = rubric.lines().filter_map(|it| it.strip_prefix("# 其中 ")?.split('：').next()).collect();
    assert_eq!(within, ["each", "kind", "unit", "blocks", "phrase"]);
}

/// The keys of a skeleton, `id  =`, and its tables, each as its line begins.
fn file_keys(text: &str) -> Vec<String> {
    let bare = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
    let key = |line: &str| {
        let line = line.strip_prefix('#').unwrap_or(line);
        let key = line.split_once('=').map(|it| it.0).filter(|it| bare(it.trim_end()));
        key.or_else(|| line.starts_with('[').then_some(line)).map(str::to_owned)
    };
    text.lines().filter_map(key).collect()
}

/// Lines that begin with `#` and no blank are what is to be written once the mark is taken away.
#[test]
fn what_is_commented_out_is_a_file_of_its_kind() {
    let mut problems = Vec::new();
    for (name, first) in [
        ("readings.toml", "reading"),
        ("later.toml", "document"),
        ("places.toml", "province"),
        ("filing.toml", "clauses"),
        ("scope.toml", "clause"),
    ] {
        let text = read(&format!("src/cli/new/{name}"));
        let written: Vec<&str> = text
            .lines()
            .filter_map(|it| it.strip_prefix('#'))
            .filter(|it| !it.starts_with(':') && (it.starts_with("  ") || !it.starts_with(' ')))
            .collect();
        let site = host_copy();
        let made = ziping(&["new", "edition", "henan-2027"], site.path());
        assert!(made.status.success());
        fs::write(site.path().join("rubrics/henan-2027").join(name), written.join("\n")).expect("a file");
        let run = ziping(&["check"], site.path());
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        // what is wrong with the sample is only that nothing of this edition is there yet
        let of_form = ["不认识的键", "缺少 `", "应为", "只能是", "没有成对", "引号", "等号"];
        problems.extend(said.lines().filter(|it| of_form.iter().any(|word| it.contains(word))).map(str::to_owned));
        if !written.concat().contains(first) {
            problems.push(format!("{name}: `{first}` is not among what is written"));
        }
    }
    none_of(&problems);
}

/// An empty file may have lost what it had: only one that says so is as if it were not there.
#[test]
fn an_empty_file_is_no_file_that_nobody_has_begun() {
    let site = host_copy();
    for text in ["", "# 只有说明\n"] {
        fs::write(site.path().join("rubrics/henan-2021/filing.toml"), text).expect("a file");
        let run = ziping(&["check"], site.path());
        assert_eq!(run.status.code(), Some(1), "{text}");
        assert!(String::from_utf8_lossy(&run.stdout).contains("filing.toml:1: 文件是空的"), "{text}");
    }
}
