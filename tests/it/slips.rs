//! Slips of the hand in every kind of TOML file: each gives one message, at its line, that names it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use ziping::generate::write::materials;
use ziping::load::load;

use crate::{files, none_of, path};

/// A file with lines that can go wrong: one with a text, and where it has them one with a list, a number, a heading.
struct Kind {
    file: &'static str,
    text: &'static str,
    list: &'static str,
    number: &'static str,
    heading: &'static str,
}

const KINDS: [Kind; 7] = [
    Kind {
        file: "rubrics/tiny/edition.toml",
        text: r#"as_of    = "依据2020年印发的某鉴〔2020〕1号""#,
        list: r#"columns  = ["项目", "项目分解", "评估内容", "评估标准", "分值", "评估方式", "得分", "备注"]"#,
        number: "",
        heading: "",
    },
    Kind {
        file: "rubrics/tiny/rubric.toml",
        text: r#"content  = "制定方案""#,
        list: r#"methods  = ["对照方案", "听取汇报"]"#,
        number: "at_least = 8",
        heading: "[[section.group.row]]\nid       = \"1-4\"",
    },
    Kind {
        file: "rubrics/tiny/readings.toml",
        text: r#"title    = "一项指什么""#,
        list: r#"readings = ["每类算一项", "每处算一项"]"#,
        number: "",
        heading: "",
    },
    Kind {
        file: "rubrics/tiny/filing.toml",
        text: r#"text   = "是哪一类单位？""#,
        list: r#"clauses = ["某人社〔2021〕2号 一", "某人社〔2021〕2号 一（一）", "某人社〔2021〕2号 一（二）"]"#,
        number: "rubrics  = [1]\ncontacts = [\"employer\"]",
        heading: "[[row]]\nid       = \"T1\"",
    },
    Kind {
        file: "rubrics/tiny/scope.toml",
        text: r#"minor   = "辅专业""#,
        list: r#"columns = ["职业编码", "职业名称", "工种", "级别", "评价标准"]"#,
        number: "number = 6",
        heading: "[[example]]",
    },
    Kind { file: "site.toml", text: r#"address = "https://site.example/""#, list: "", number: "", heading: "" },
    Kind {
        file: "content/town-2021-2.md",
        text: r#"issuer     = "某市人社局""#,
        list: r#"contact = ["联系人：某", "电话：1"]"#,
        number: "",
        heading: "[[annex]]",
    },
];

/// What becomes of the line with a text, and a word of what is said. `K`, `V` are its key and value.
const TEXT: &[(&str, &str)] = &[
    ("K = “V”", "“”"),
    ("K = ”V”", "”"),
    ("K = “V“", "“"),
    ("K = ＂V＂", "＂"),
    ("K = ‘V’", "‘’"),
    ("K = 「V」", "「」"),
    ("K = \"V”", "”"),
    ("K = “V\"", "“"),
    ("K = 'V\"", "引号没有成对"),
    ("K ＝ \"V\"", "＝"),
    ("K ＝ “V”", "＝“”"),
    ("K = \"V", "缺少结尾的"),
    ("K = V\"", "缺少开头的"),
    ("K = V", "没有写在引号里"),
    ("K \"V\"", "缺少等号"),
    ("K == \"V\"", "多了一个等号"),
    ("K: \"V\"", "冒号"),
    ("K：\"V\"", "冒号"),
    ("K\u{3000}= \"V\"", "U+3000"),
    ("K =\u{a0}\"V\"", "U+00A0"),
    ("\u{200b}K = \"V\"", "U+200B"),
    ("K = \"V\"\u{3000}", "U+3000"),
    ("K = \"V\",", "多了一个"),
    ("K = \"V\"，", "多了一个"),
    ("K = \"V\"；", "多了一个"),
    ("K = \"V\" ＃ 说明", "＃"),
    ("// 说明\nK = \"V\"", "注释"),
    ("说明的话\nK = \"V\"", "既不是"),
    ("＃ 说明\nK = \"V\"", "＃"),
    ("K = \"V\"\nK = \"V\"", "写了两次"),
    ("K = \"C:\\资料\\V\"", "反斜线"),
    ("K = \"甲\"乙\"丙\"", "引号里又有引号"),
    ("K = “甲“乙”丙”", "“”"),
    ("K =", "没有内容"),
    ("K = \"甲\n乙\"", "断成了两行"),
    ("K = \"\"\"\nV", "没有收尾"),
    ("K = “““\nV”””", "“"),
    ("K = [\"V\"", "]"),
];

/// What becomes of the line with a list: something in it and what is put in its place, for the first time.
const LIST: &[(&str, &str, &str)] = &[
    ("\", \"", "\"，\"", "，"),
    ("\", \"", "\"、\"", "、"),
    ("\", \"", "\" \"", "缺少逗号"),
    ("\", \"", "\",\n\n  \"", ""),
    ("\", \"", "\"\n  \"", "缺少逗号"),
    ("\", \"", ", \"", "引号没有成对"),
    ("\", \"", "\", ", "引号没有成对"),
    ("\", \"", "\",, \"", "多了一个"),
    ("= [", "= ［", "［"),
    ("= [", "= 【", "【"),
    ("= [", "＝ [", "＝"),
    ("= [", "[", "缺少等号"),
    ("\"]", "\"", "缺少后面的 ]"),
    ("\"]", "]", "引号没有成对"),
    ("\"]", "\"]]", "多了一个 ]"),
    ("\"]", "\"】", "】"),
    ("\"]", "\"}", "没有成对"),
    ("\"]", "\"],", "多了一个"),
];

const NUMBER: &[(&str, &str)] = &[("8", "８"), ("6", "６"), ("1", "１"), ("8", "8分"), ("6", "六"), ("8", "8。")];

/// What becomes of a heading in brackets.
const HEADING: &[&str] =
    &["[K]", "[[K]", "[K]]", "[ [K] ]", "［［K］］", "【【K】】", "[[K]]]", "", "[[K]];", "# [[K]]"];

#[test]
fn one_slip_gives_one_message_that_names_it() {
    let mut problems = Vec::new();
    let mut tried = 0;
    for kind in &KINDS {
        let text = fs::read_to_string(path("tests/site").join(kind.file)).expect("a file");
        let text = prepared(kind, text);
        let mut look = |at: &str, put: &str, word: &str| {
            assert_eq!(text.matches(at).count(), 1, "{}: {at}", kind.file);
            let line = text[..text.find(at).expect("it is there")].matches('\n').count() + 1;
            let told = told(kind.file, &text.replace(at, put));
            tried += 1;
            let near = told.first().is_some_and(|it| {
                let rest = it.strip_prefix(&format!("{}:", kind.file));
                let told_at = rest.and_then(|it| it.split(':').next()?.parse::<usize>().ok());
                told_at.is_some_and(|told_at| (line.saturating_sub(1)..=line + 2).contains(&told_at))
            });
            let sound =
                if word == NOTHING { told.is_empty() } else { told.len() == 1 && near && told[0].contains(word) };
            if !sound {
                let n = told.len();
                let some: Vec<_> = told.into_iter().take(4).collect();
                problems.push(format!("{}:{line}: {put:?} ({word}) gives {n}: {}", kind.file, some.join(" | ")));
            }
        };
        let (key, value) = kind.text.split_once('=').expect("a key and a text");
        let value = value.trim().trim_matches('"');
        for (put, word) in TEXT {
            look(kind.text, &put.replace('K', key.trim()).replace('V', value), word);
        }
        for (from, to, word) in LIST.iter().filter(|_| !kind.list.is_empty()) {
            let put = kind.list.replacen(from, to, 1);
            look(kind.list, &put, if word.is_empty() { NOTHING } else { word });
        }
        for (from, to) in NUMBER.iter().filter(|it| kind.number.lines().next().is_some_and(|line| line.contains(it.0)))
        {
            look(kind.number, &kind.number.replacen(from, to, 1), "");
        }
        let (heading, below) = kind.heading.split_once('\n').unwrap_or((kind.heading, ""));
        for put in HEADING.iter().filter(|_| !heading.is_empty()) {
            let name = heading.trim_matches(['[', ']']);
            let put = format!("{}\n{below}", put.replace('K', name));
            // only where the same block stands above is it plain that a heading is missing
            if below.is_empty() && (put.trim().is_empty() || put.starts_with('#')) {
                continue;
            }
            look(kind.heading, put.trim_end_matches('\n'), "");
        }
    }
    assert!(300 < tried, "only {tried} tried");
    none_of(&problems);
}

/// Expected of what is no slip.
const NOTHING: &str = "\0";

/// The file with the lines that are to go wrong.
fn prepared(kind: &Kind, text: String) -> String {
    match kind.file {
        "rubrics/tiny/rubric.toml" => text.replacen("methods  = [\"对照方案\"]", kind.list, 1),
        "content/town-2021-2.md" => text.replacen("issued ", &format!("{}\nissued ", kind.list), 1),
        "rubrics/tiny/filing.toml" => text,
        _ => text,
    }
}

/// What `ziping check` says where a file of the small site has this text.
fn told(file: &str, text: &str) -> Vec<String> {
    let site = copy();
    fs::write(site.path().join(file), text).expect("a file");
    let loaded = load(site.path()).expect("it can be read");
    let mut all: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let lacking = materials(site.path(), None).err().unwrap_or_default();
    all.extend(lacking.iter().flat_map(|it| it.lines().map(str::to_owned)));
    all
}

fn copy() -> TempDir {
    let right = path("tests/site");
    let site = tempfile::tempdir().expect("a folder");
    for file in files(&right, "") {
        let to = site.path().join(file.strip_prefix(&right).expect("below the site"));
        fs::create_dir_all(to.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::copy(&file, to).expect("a copy");
    }
    site
}
