//! Tables that are laid out otherwise than those of the six annexes; all of them are invented (虚构).

use toml::Table;
use ziping::import::{ImportWish, import};

use crate::import_tables::{tables, text};

/// Section, group, content, standard, points and kind of each row.
fn rows(name: &str, table: &str) -> (Table, Vec<String>) {
    let imported = import(name, table.as_bytes(), &ImportWish::default()).unwrap_or_else(|why| panic!("{why}"));
    let rubric: Table = toml::from_str(&imported.written.toml).expect("TOML");
    let mut rows = Vec::new();
    for section in tables(&rubric, "section") {
        for group in tables(section, "group") {
            for row in tables(group, "row") {
                let points = row.get("points").map(ToString::to_string).unwrap_or_default();
                let names = [text(section, "name"), text(group, "name"), text(row, "content"), text(row, "standard")];
                let kind = row.get("rule").and_then(|it| it.get("kind")?.as_str()).unwrap_or_default();
                rows.push(format!("{}|{points}|{kind}", names.join("|")));
            }
        }
    }
    (rubric, rows)
}

/// Heads in two rows, a table within a cell, a table on each page, a heading over all columns, entities.
#[test]
fn a_page_of_word_with_several_tables_is_one_rubric() {
    let page = "<html><body><p>附件 3</p><p>民办学校评估细则</p>\
        <table><tr><th rowspan=2>评估项目</th><th rowspan=2>评估内容</th><th rowspan=2>评估细则</th><th rowspan=2>标准分</th>\
        <th rowspan=2>评分办法</th><th colspan=2>得分</th></tr><tr><th>自评</th><th>专家</th></tr>\
        <tr><td rowspan=2>办学条件<br>（20分）</td><td>规模</td><td>学校办学规模不应少于200人</td><td>10</td><td>符合条件记10分</td></tr>\
        <tr><td>师资</td><td>管理人员应达到5人<table><tr><td>甲</td></tr></table></td><td>10</td><td>每少一人扣2分</td></tr></table>\
        <p>&nbsp;</p>\
        <table><tr><td>评估项目</td><td>评估内容</td><td>评估细则</td><td>标准分</td><td>评分办法</td><td>自评</td><td>专家</td></tr>\
        <tr><td>办学条件（20分）</td><td>安全</td><td>消防合格</td><td>/</td><td>一票否决</td><td></td><td></td></tr>\
        <tr><td colspan=7>二、管理（5分）</td></tr>\
        <tr><td>教学</td><td>制度&amp;记录</td><td>制度健全</td><td>5</td><td>优5分，良4分，差0分</td><td></td><td></td></tr>\
        <tr><td colspan=3>总　分</td><td>25</td><td></td><td></td><td></td></tr></table>\
        <p>注：90分以上为优秀，80—89分为良好。</p></body></html>";
    let (rubric, rows) = rows("a.html", page);
    assert_eq!(
        rows,
        [
            "办学条件|规模|学校办学规模不应少于200人|符合条件记10分|10|quantity",
            "办学条件|师资|管理人员应达到5人甲|每少一人扣2分|10|quantity",
            "办学条件|安全|消防合格|一票否决||met",
            "二、管理|教学 制度&记录|制度健全|优5分，良4分，差0分|5|choice",
        ]
    );
    assert_eq!((&rubric["annex"], &rubric["total"]), (&3.into(), &25.into()));
    assert_eq!(text(&rubric, "title"), "民办学校评估细则");
    let bands: Vec<String> =
        tables(&rubric, "band").iter().map(|it| format!("{} {}", it["at_least"], text(it, "outcome"))).collect();
    assert_eq!(bands, ["90 优秀", "80 良好"]);
}

/// No column of points: they stand behind the names.
#[test]
fn points_behind_a_name_are_those_of_the_row() {
    let table = "项目及分值,项目分解,内容、标准和评分办法,自评得分\n\
        一、管理（5分）,办公地点（2分）,有办公用房得2分；没有的不得分。,\n\
        ,管理人员（3分）,有专职管理人员得3分；只有兼职的得2分；没有的不得分。,\n";
    let (_, rows) = rows("a.csv", table);
    assert_eq!(
        rows,
        [
            "一、管理|一、管理|办公地点|有办公用房得2分；没有的不得分。|2|met",
            "一、管理|一、管理|管理人员|有专职管理人员得3分；只有兼职的得2分；没有的不得分。|3|choice",
        ]
    );
}

/// What does not add up, or was not found, is said where it stands.
#[test]
fn doubts_stand_in_the_file() {
    let table = "项目,评估内容,评分标准,分值\n管理（9分）,档案,每缺一项扣6分,5\n,台账,\"有台账得2分，有专人得1分，部分有得一半分\",3\n合计,,,10\n";
    let imported = import("a.csv", table.as_bytes(), &ImportWish::default()).expect("a table");
    for line in [
        "# 待核对：各项分值之和是 9，合计印的是 10",
        "# 待核对：这个项目印着 9 分，各行分值之和是 8",
        "# 待核对：标准里的 6 分超过这一行的分值 5（第 2 行第 3 列）",
        "# 待核对：“部分有得一半分”没有读懂（第 3 行第 3 列）",
        "# 待核对：没有读到分数线和结论，请补上 [[band]]",
        "# 待补：附件号，表上没有；用 --annex 指明，行号也随它",
    ] {
        assert!(imported.written.toml.lines().any(|it| it == line), "`{line}` is not in\n{}", imported.written.toml);
    }
}
