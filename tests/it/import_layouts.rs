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

/// The levels of each row as they stand in the file, and whether the row is marked.
fn levels(name: &str, table: &str) -> Vec<(String, bool)> {
    let imported = import(name, table.as_bytes(), &ImportWish::default()).unwrap_or_else(|why| panic!("{why}"));
    let rows = imported.written.toml.split("[[section.group.row]]").skip(1);
    let rule = |it: &str| {
        let line = it.lines().find_map(|it| it.strip_prefix("rule     = ")).expect("each row has a rule");
        let rule: Table = toml::from_str(&format!("rule = {line}")).expect("TOML");
        let Some(levels) = rule["rule"].get("levels").and_then(|it| it.as_array()) else {
            return rule["rule"]["kind"].as_str().unwrap_or_default().to_owned();
        };
        let one = |it: &toml::Value| {
            let points = it.get("points").map_or_else(|| format!("{}-{}", it["from"], it["to"]), ToString::to_string);
            format!("{} {points}", it["name"].as_str().unwrap_or_default())
        };
        levels.iter().map(one).collect::<Vec<_>>().join("、")
    };
    rows.map(|it| (rule(it), it.contains("# 待核对："))).collect()
}

/// The levels stand side by side: the points in the heads, in the cells, or as parts of the row's points.
#[test]
fn levels_in_columns_of_their_own_are_a_choice() {
    let of_heads =
        "评估项目,评估内容,A（5分）,B（3分）,C（0分）\n场地,教学场地,自有且成院,自有,租用\n,设备,先进,满足,不满足\n";
    let of_cells = "项目,评估内容,分值,评估标准,,\n,,,优,良,差\n场地,用房,10,自有10分,租用得5分。,无（0分）\n";
    let parts =
        "指标,评估内容,分值,A级（100%）,B级（0.8）,C级（60%）\n场地,用房,10,自有,租用,借用\n,设备,5,新,能用,旧\n";
    let points = "项目,评估内容,评估标准,分值,优,良,差\n管理,制度,制度健全,10,10,8,0\n,教师,教师够用,4,4,3～2,0\n";
    let page = "<table><tr><td rowspan=2>项目</td><td rowspan=2>评估内容</td><td rowspan=2>分值</td><td colspan=3>评估标准</td>\
        <td rowspan=2>得分</td></tr><tr><td>5分</td><td>3分</td><td>0分</td></tr>\
        <tr><td>场地</td><td>用房</td><td>5</td><td>自有</td><td>租用</td><td>无</td><td></td></tr></table>";
    for (name, table, expected) in [
        ("a.csv", of_heads, vec!["自有且成院 5、自有 3、租用 0", "先进 5、满足 3、不满足 0"]),
        ("a.csv", of_cells, vec!["自有 10、租用 5、无 0"]),
        ("a.csv", parts, vec!["自有 10、租用 8、借用 6", "新 5、能用 4、旧 3"]),
        ("a.csv", points, vec!["优 10、良 8、差 0", "优 4、良 2-3、差 0"]),
        ("a.html", page, vec!["自有 5、租用 3、无 0"]),
    ] {
        let expected: Vec<(String, bool)> = expected.into_iter().map(|it| (it.to_owned(), false)).collect();
        assert_eq!(levels(name, table), expected, "{table}");
    }
    let (rubric, rows) = rows("a.csv", of_heads);
    assert_eq!(rows[0], "场地|场地|教学场地|A（5分）：自有且成院；B（3分）：自有；C（0分）：租用|5|choice");
    assert_eq!(rubric["total"], 10.into());
}

/// Whatever may be wrong with levels side by side is marked in the row.
#[test]
fn levels_that_do_not_fit_together_are_marked() {
    let heads = "项目,评估内容,分值,A（5分）,B（3分）,C（0分）\n";
    for (table, rule, why) in [
        ("场地,用房,6,自有,租用,无", "自有 5、租用 3、无 0", "最高的等级是 5 分，与分值 6 不一致"),
        ("场地,用房,5,自有4分,租用,无", "自有 4、租用 3、无 0", "“A”列与这一格写的分数不一致"),
        ("场地,用房,5,自有,租用,租用", "自有 5、租用 3、租用 0", "有两个等级都写着“租用”"),
        ("场地,用房,5,自有,,无", "自有 5、无 0", "“A”与“C”之间的等级没有印出，没有写进规则"),
        (
            "场地,用房,5,自有,\"租用，每少一年扣1分\",无",
            "自有 5、租用，每少一年扣1分 3、无 0",
            "“B”一格里另有给分或扣分的话，没有写进规则",
        ),
        ("场地,用房,5,自有,,\n,设备,5,新,旧,无", "自有 5", "只有一个等级有字"),
        (
            "场地,用房,5,自有,租用,无的一票否决",
            "自有 5、租用 3、无的一票否决 0",
            "等级里有否决用语，请看这一行是不是否决项",
        ),
    ] {
        let table = format!("{heads}{table}\n");
        let imported = import("a.csv", table.as_bytes(), &ImportWish::default()).expect("a table");
        assert!(imported.written.toml.contains(&format!("# 待核对：{why}（")), "{why}:\n{}", imported.written.toml);
        assert_eq!(levels("a.csv", &table)[0].0, rule, "{why}");
    }
    let merged = "<table><tr><td>项目</td><td>评估内容</td><td>A（5分）</td><td>B（3分）</td></tr><tr><td>场地</td><td>用房</td>\
        <td colspan=2>自有</td></tr></table>";
    assert_eq!(levels("a.html", merged), [("自有 5".to_owned(), true)]);
    // no points anywhere, and columns that are only there to be ticked
    assert_eq!(levels("a.csv", "项目,评估内容,分值,A,B\n管理,制度,5,健全,不健全\n"), [("judged".to_owned(), true)]);
    let ticked = "项目,评估内容,评估标准,分值,优,良,差\n管理,制度,有制度得5分，没有的不得分,5,,,\n";
    assert_eq!(levels("a.csv", ticked), [("met".to_owned(), false)]);
}

/// Heads that no file but a workbook can say to go over several columns.
#[test]
fn a_column_without_a_head_is_not_left_out_in_silence() {
    let table = "项目,评估内容,分值,评估标准,\n场地,用房,10,自有10分,租用5分\n";
    let imported = import("a.csv", table.as_bytes(), &ImportWish::default()).expect("a table");
    assert!(imported.written.toml.contains("# 待核对：第 5 列没有表头，“租用5分”没有读（第 2 行第 4 列）"));
}

/// The text of the file.
fn written(table: &str) -> String {
    import("a.csv", table.as_bytes(), &ImportWish::default()).unwrap_or_else(|why| panic!("{why}")).written.toml
}

/// A total for each part, a note in the middle, and names that begin as a total does.
#[test]
fn rows_below_a_total_or_a_note_are_rows() {
    let heads = "项目,评估内容,评分标准,分值\n";
    let two = "管理,机构,有得5分，无不得分,5\n合计,,,5\n场地,考场,每处破损扣1分,5\n,人员,一人无证扣1分,5\n合计,,,15\n注：表由评审组填写。\n";
    let note = "管理,机构,有得5分，无不得分,5\n说明：下面的由专业组评,,,\n场地,考场,每处破损扣1分,5\n";
    let parts = "管理,机构,有得5分，无不得分,5\n合计,,,5\n第二部分 场地,,,\n考场,教室,每处破损扣1分,5\n";
    for (table, n, expected) in [
        (two, 3, "场地|场地|考场|每处破损扣1分|5|deduct"),
        (note, 2, "场地|场地|考场|每处破损扣1分|5|deduct"),
        (parts, 2, "第二部分场地|考场|教室|每处破损扣1分|5|deduct"),
    ] {
        let table = format!("{heads}{table}");
        let (_, rows) = rows("a.csv", &table);
        assert_eq!((rows.len(), rows[1].as_str()), (n, expected), "{table}");
        assert!(written(&table).contains("在合计或说明之后，仍当作评估内容读入，请看原文"), "{table}");
    }
    let (rubric, _) = rows("a.csv", &format!("{heads}{two}"));
    assert_eq!((&rubric["total"], rubric["note"].as_array().map(Vec::len)), (&15.into(), Some(1)));
    let names = format!("{heads}总分管理,记录,一次未记扣1分,5\n总计工时,台账,一次未记扣1分,5\n合计（10分）,,,10\n");
    assert_eq!(rows("a.csv", &names).1.len(), 2);
    let unsure =
        "项目,评估内容,评分标准,评估方式\n管理,机构,有得5分，无不得分,查看\n合计,,,\n场地,考场,每处破损扣1分,查看\n";
    assert!(written(unsure).contains("当作说明读入，请看是不是评估内容"));
}

/// The first of two columns of points beside the section is the section's.
#[test]
fn of_two_columns_of_points_the_last_is_the_rows() {
    let table = "一级指标,分值,二级指标,分值,评分标准\n管理,20,制度,8,每缺一项扣2分\n,,机构,12,有得12分，无不得分\n场地,6,考场,6,每处破损扣1分\n";
    let (rubric, rows) = rows("a.csv", table);
    let points: Vec<&str> = rows.iter().map(|it| it.rsplit('|').nth(1).unwrap_or_default()).collect();
    assert_eq!(points, ["8", "12", "6"]);
    let of_sections: Vec<String> = tables(&rubric, "section").iter().map(|it| it["points"].to_string()).collect();
    assert_eq!(of_sections, ["20", "6"]);
    assert!(!written(table).contains("分，各行分值之和是"));
    let others = "项目,评估内容,满分,评分标准,分值\n管理,机构,5,有得3分，无不得分,3\n";
    assert!(written(others).contains("# 待核对：“满分”一列没有读，请看原文"));
}

/// Columns for remarks, levels in a cell, and a second column about points.
#[test]
fn a_column_that_is_not_read_is_told() {
    for (table, why) in [
        (
            "项目,评估内容,评分标准,分值,备注\n管理,资质,有得5分，无不得分,5,没有的一票否决\n",
            "“备注”一列的“没有的一票否决”没有读（",
        ),
        (
            "项目,评估内容,评估标准,评分档次,分值\n管理,制度,制度不全不得分,优5良3差0,5\n",
            "“评分档次”一列的“优5良3差0”没有读（",
        ),
        ("项目,评估内容,评分标准,责任科室,分值\n管理,制度,每缺一项扣1分,办公室,5\n", "“责任科室”一列没有读，请看原文"),
        (
            "项目,评估内容,评分标准,分值,评分说明\n管理,制度,每缺一项扣1分,5,缺四项的不得分\n",
            "“评估内容”里也有给分的话，没有写进规则（",
        ),
        (
            "评估内容,评估要求,加分标准,扣分标准,分值\n宣传,开展宣传,多一次加1分,每少一次扣0.5分,5\n",
            "“评估内容”里也有给分的话，没有写进规则（",
        ),
    ] {
        assert!(written(table).contains(&format!("# 待核对：{why}")), "{why}:\n{}", written(table));
    }
    let blank = "项目,评估内容,评分标准,分值,备注\n管理,制度,每缺一项扣1分,5,见附表\n";
    assert_eq!(levels("a.csv", blank), [("deduct".to_owned(), false)]);
}

#[test]
fn cells_of_levels_keep_their_percentages_and_parts_of_the_points_are_points() {
    let rates = "项目,评估内容,A(5分),B(3分),C(0分)\n就业,就业率,95%,80%-95%,80%以下\n";
    assert_eq!(levels("a.csv", rates), [("95% 5、80%-95% 3、80%以下 0".to_owned(), false)]);
    let heads = "项目,评估内容,分值,A（1.0）,B（0.5）,C（0）\n场地,用房,10,自有,租用,没有\n";
    assert_eq!(levels("a.csv", heads), [("自有 10、租用 5、没有 0".to_owned(), false)]);
    let cells = "项目,评估内容,评估标准,A,B,C,分值\n场地,用房,用房够用,1.0,0.8,0.6,10\n";
    assert_eq!(levels("a.csv", cells), [("A 10、B 8、C 6".to_owned(), false)]);
}

/// A file of texts cannot say that a cell goes over several columns; a sum below a name that goes over several rows is no row.
#[test]
fn a_name_alone_in_its_row_begins_a_section() {
    let table = "项目,评估内容,评分标准,分值\n一、管理（5分）,,,\n机构,领导小组,有得5分，无不得分,5\n二、场地（6分）,,,\n考场,教室,每处破损扣1分,6\n";
    let (_, rows_of) = rows("a.csv", table);
    let expected = ["一、管理|机构|领导小组|有得5分，无不得分|5|met", "二、场地|考场|教室|每处破损扣1分|6|deduct"];
    assert_eq!(rows_of, expected);
    let page = "<table><tr><td>项目</td><td>评估内容</td><td>评分标准</td><td>分值</td></tr>\
        <tr><td rowspan=3>管理</td><td>机构</td><td>有得5分，无不得分</td><td>5</td></tr>\
        <tr><td>制度</td><td>每缺一项扣1分</td><td>5</td></tr><tr><td colspan=2>小计</td><td>10</td></tr>\
        <tr><td colspan=3>总计</td><td>10</td></tr></table>";
    assert_eq!(rows("a.html", page).1.len(), 2);
}
