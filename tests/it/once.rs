//! One wrong word may be missed at a hundred places: it is told once, with the first places and how many there are.

use std::fs;

use ziping::load::load;

use crate::authoring::host_copy;
use crate::none_of;

/// What becomes of a file of the real site: a text in it and what stands there then, the beginning of each thing that is told, and
/// what the first of them ends with.
const SLIPS: [(&str, &str, &str, &[&str], &str); 6] = [
    (
        "content/henan-2021-1.md",
        "豫职鉴〔2021〕1号",
        "豫职鉴〔2021〕11号",
        &["rubrics/henan-2021/filing.toml:11: 条款 `豫职鉴〔2021〕1号 一` 在 content 的文件里找不到"],
        "处",
    ),
    (
        "content/henan-2021-1.md",
        "## 二、技工院校",
        "## 第二、技工院校",
        &[
            "rubrics/henan-2021/readings.toml:269: 解读 `AMB-29` 所涉条款 `豫职鉴〔2021〕1号 二（二）` 在 content 的文件里找不到",
        ],
        "处",
    ),
    (
        "rubrics/henan-2021/readings.toml",
        "\"AMB-34\"",
        "\"AMB-344\"",
        &[
            "rubrics/henan-2021/employer-public.toml:74: 引用了解读 `AMB-34`，`readings.toml` 里没有这一条",
            "rubrics/henan-2021/readings.toml:316: 解读 `AMB-344` 没有任何一行引用",
        ],
        "处",
    ),
    (
        "rubrics/henan-2021/school-public.toml",
        "annex     = 3",
        "annex     = 13",
        &[
            "content/henan-2020-16.md:22: 附件 `rubric = 3` 不存在",
            "rubrics/henan-2021/school-public.toml:29: `id` 应为本附件的行号，如 `13-4`，现在是 `3-1`；同样的还有 第38行、",
        ],
        "请核对附件编号",
    ),
    (
        "rubrics/henan-2021/school-occupation.toml",
        "\"occupation\"",
        "\"public\"",
        &[
            "rubrics/henan-2021/school-occupation.toml:4: rubrics/henan-2021/school-public.toml 已是同一类申请单位的同一部分",
        ],
        "`part`",
    ),
    ("rubrics/henan-2021/later.toml", "", "", &["rubrics/henan-2021/later.toml:1: 文件是空的"], "请删去这个文件"),
];

#[test]
fn one_slip_is_told_once() {
    let mut problems = Vec::new();
    for (file, from, to, expected, last) in SLIPS {
        let site = host_copy();
        let path = site.path().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, if from.is_empty() { String::new() } else { text.replacen(from, to, 1) }).expect("a file");
        let told: Vec<String> =
            load(site.path()).expect("it can be read").problems.iter().map(ToString::to_string).collect();
        let same = told.len() == expected.len() && told.iter().zip(expected).all(|(it, begins)| it.starts_with(begins));
        if !same || !told[0].ends_with(last) {
            problems.push(format!("{file}, {from}: {} told, {:#?}", told.len(), &told[..told.len().min(4)]));
        }
    }
    none_of(&problems);
}

/// Every file of an edition that is empty is told once.
#[test]
fn an_empty_file_is_told_once() {
    let mut problems = Vec::new();
    for name in ["edition", "readings", "school-public", "social-occupation", "filing", "scope", "places", "later"] {
        let site = host_copy();
        let file = format!("rubrics/henan-2021/{name}.toml");
        fs::write(site.path().join(&file), "\n").expect("a file");
        let told: Vec<String> =
            load(site.path()).expect("it can be read").problems.iter().map(ToString::to_string).collect();
        if told.len() != 1 || !told[0].starts_with(&format!("{file}:1: ")) {
            problems.push(format!("{file}: {told:#?}"));
        }
    }
    none_of(&problems);
}
