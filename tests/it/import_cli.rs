//! `ziping import`, run as the real program: what it prints, what it says, and files that are no table of a rubric.

use crate::cli::{text, ziping};
use crate::import_tables::AnnexTable;
use crate::read;

fn annex() -> AnnexTable {
    AnnexTable::of(&toml::from_str(&read("rubrics/henan-2021/employer-occupation.toml")).expect("TOML"))
}

#[test]
fn a_workbook_becomes_the_text_of_a_rubric() {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, out) = (folder.path().join("附件2.xlsx"), folder.path().join("附件2.toml"));
    std::fs::write(&table, annex().workbook()).expect("a file");
    let (table, out) = (table.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let run = ziping(&["import", table, "--annex", "7"], b"");
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let printed = text(&run.stdout);
    for line in [
        "annex     = 7",
        "id       = \"7-4\"",
        "content  = \"考评人员数量\"",
        "veto     = { phrase = \"此项为开展评价工作否决项\", blocks = \"work\" }",
        "rule     = { kind = \"number\", bands = [ { at_least = 5, points = 8 }, { at_least = 3, points = 5 } ] }",
        "shares   = \"7-19\"",
        "# 待补：酌情怎样给分，写上所引用的解读",
    ] {
        assert!(printed.lines().any(|it| it == line), "`{line}` is not in\n{printed}");
    }
    let said = text(&run.stderr);
    assert!(said.contains("23 行评估内容，提出规则 21 条；0 行待核对"), "{said}");
    assert!(said.contains("读了工作表“评估要点”；没有读：填表说明"), "{said}");
    // into a file, once
    let run = ziping(&["import", table, "--out", out, "--quiet"], b"");
    assert_eq!((run.status.code(), run.stdout.len(), run.stderr.len()), (Some(0), 0, 0));
    let written = std::fs::read_to_string(out).expect("a file");
    assert!(written.starts_with("annex     = 2\n"), "{written}");
    let run = ziping(&["import", table, "--out", out], b"");
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("没有覆盖"), "{}", text(&run.stderr));
    assert_eq!(std::fs::read_to_string(out).expect("a file"), written);
}

#[test]
fn text_of_windows_is_read_from_standard_input() {
    let (gbk, _, _) = encoding_rs::GB18030
        .encode("项目,评估内容,评分标准,分值\r\n管理（5分）,档案,\"每缺一项\r\n扣1分\",5\r\n合计,,,5\r\n");
    let run = ziping(&["import", "-"], &gbk);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let printed = text(&run.stdout);
    assert!(printed.contains("standard = \"每缺一项扣1分\""), "{printed}");
    assert!(printed.contains("rule     = { kind = \"deduct\", each = 1, unit = \"项\" }"), "{printed}");
    assert!(printed.contains("# 待核对：没有读到分数线和结论"), "{printed}");
}

#[test]
fn what_is_no_table_is_told_in_a_sentence() {
    let large = vec![b'a'; 50 << 20];
    let word = ziping::spreadsheet::stored(&[("word/document.xml".to_owned(), "<w/>".to_owned())]);
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, told) in [
        ("空.csv", &b""[..], "文件是空的"),
        ("空行.csv", b"\r\n \r\n", "文件是空的"),
        ("文字.csv", "评估要点见附件\n".as_bytes(), "没有找到表格：每一行只有一格"),
        ("数字.csv", b"1,2,3\n4,5,6\n", "没有认出表头：应有一行写着“项目”“评估内容”“评估标准”“分值”这样的列名"),
        ("表头.csv", "项目,评估内容,评估标准,分值\n".as_bytes(), "表头（第 1 行）下面没有评估内容"),
        ("网页.html", "<html><p>没有</p></html>".as_bytes(), "这个网页里没有表格"),
        ("空网页.html", b"<table></table>", "没有认出表头"),
        (
            "旧.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "这是旧式的 .xls、.et 表格，或加了密码，请另存为不加密码的 .xlsx 再读入",
        ),
        ("要点.xlsx", b"%PDF-1.7\n%\xe2\xe3\n", "这是 PDF 文件"),
        ("文本.xlsx", "项目,内容\n".as_bytes(), "这不是 XLSX 电子表格，像是文本"),
        ("要点.docx", &word, "这不是 XLSX 电子表格。Word 文件请打开，把表格复制到 WPS 表格或 Excel 里，另存为 .xlsx"),
        ("断.xlsx", b"PK\x03\x04\x14\0\0\0", "电子表格损坏或不完整"),
        ("图.html", b"\x89PNG\r\n\x1a\n", "图片"),
        ("大.csv", &large, "文件超过 20 MB，请只留下评估要点的表格"),
        ("宽.csv", format!("项目,评估标准,分值\n{}\n", "x,".repeat(200)).as_bytes(), "表格太大：最多 5000 行、100 列"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let run = ziping(&["import", path.to_str().expect("UTF-8")], b"");
        let said = text(&run.stderr);
        assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0), "{name}: {said}");
        assert!(said.contains(told) && said.contains(name) && said.lines().count() == 1, "{name}: {said}");
    }
    let missing = ziping(&["import", "没有.xlsx"], b"");
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("打不开文件 没有.xlsx：没有这个文件或文件夹"), "{}", text(&missing.stderr));
}

#[test]
fn a_worksheet_that_is_not_there_is_told_with_those_that_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("a.xlsx");
    std::fs::write(&table, annex().workbook()).expect("a file");
    let table = table.to_str().expect("UTF-8");
    let run = ziping(&["import", table, "--sheet", "附件3"], b"");
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("没有工作表“附件3”，有：填表说明、评估要点"), "{}", text(&run.stderr));
}
