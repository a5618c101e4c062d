//! CSV and XLSX, read by libraries that others wrote: the same cells come back, and no text becomes a formula.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ziping::days;
use ziping::desk::Desk;
use ziping::spreadsheet::{Cell, Column, Table, csv, xlsx};

use crate::unpacked::parts;

/// Malicious names of units, made to run something on the computer of whoever opens the table.
const HOSTILE: [&str; 16] = [
    "=1+1",
    "+86 375 000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=HYPERLINK(\"http://x\",\"y\")",
    "=cmd|' /C calc'!A0",
    "＝1",
    "'=1",
    "<v>&amp;</v>",
    "]]>",
    "_x003D_1",
    "a\"b,c\r\nd",
    " 前后 ",
    "\u{0}\u{1b}\u{fffe}甲\u{7f}",
];

#[test]
fn no_hostile_name_is_a_formula_in_csv() {
    for name in HOSTILE {
        let table = table(vec![vec![Cell::Text(name.to_owned())]]);
        let cells = &read_csv(&csv(&table))[1];
        let first = cells[0].chars().next();
        assert!(!first.is_some_and(|it| "=+-@\t\r\n＝＋－＠".contains(it)), "{name:?} is {:?}", cells[0]);
        assert_eq!(cells[0].strip_prefix('\'').filter(|_| guarded(name)).unwrap_or(&cells[0]), name);
    }
}

#[test]
fn no_hostile_name_is_a_formula_in_xlsx() {
    for name in HOSTILE {
        let bytes = xlsx(&[table(vec![vec![Cell::Text(name.to_owned())]])], "");
        assert!(!text_of(&bytes).contains("<f>") && !text_of(&bytes).contains("<f "), "{name:?}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        assert!(book.worksheet_formula("表").expect("a sheet").is_empty(), "{name:?}");
        let range = book.worksheet_range("表").expect("a sheet");
        assert_eq!(range.get((1, 0)), Some(&Data::String(as_kept(name))), "{name:?}");
    }
}

#[test]
fn a_worksheet_is_ready_to_be_filtered_and_printed() {
    let tables = [table(vec![vec![Cell::Whole(1)]; 3]), Table { name: "第二".to_owned(), ..table(Vec::new()) }];
    let xml = text_of(&xlsx(&tables, ""));
    for words in [
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
        "<autoFilter ref=\"A1:A4\"/>",
        "<autoFilter ref=\"A1:A1\"/>",
        "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>",
        "<col min=\"1\" max=\"1\" width=\"12\" customWidth=\"1\"/>",
        "'第二'!$1:$1</definedName>",
        "<b/>",
        "wrapText=\"1\"",
    ] {
        assert!(xml.contains(words), "{words}");
    }
    // equal tables give equal files
    assert_eq!(xlsx(&tables, ""), xlsx(&tables.clone(), ""));
}

/// The tables of the desk on landscape A4, as wide as the page: their letters have 10 points there, and a row is as high as
/// its longest text needs.
#[test]
fn letters_can_be_read_on_paper() {
    let known = Desk::default().summary_table(&[]);
    let long = "某市某县某某机械制造有限责任公司第一分公司职工培训中心";
    let row = known.columns.iter().map(|it| match it.title.as_str() {
        "单位" => Cell::Text(long.to_owned()),
        "得分" => Cell::Tenths(985),
        _ => Cell::Empty,
    });
    let table =
        Table { rows: vec![row.collect(), known.columns.iter().map(|_| Cell::Empty).collect()], ..known.clone() };
    let narrow = self::table(vec![vec![Cell::Text("甲\n乙\n丙".to_owned()), Cell::Empty, Cell::Empty]]);
    let xml = text_of(&xlsx(&[table, narrow], ""));
    let all = |before: &str| -> Vec<f64> {
        let numbers = xml.split(before).skip(1).filter_map(|it| it.split('"').next()?.parse().ok());
        numbers.collect()
    };
    let sizes = all("<sz val=\"");
    let wide: u16 = known.columns.iter().map(|it| it.width).sum();
    // 8 pixels a digit and 5 a column, 96 pixels to an inch, 29.7 cm less two margins of a quarter of an inch
    let pixels = f64::from(wide) * 8.0 + 5.0 * known.columns.len() as f64;
    let scale = f64::min(1.0, (29.7 / 2.54 - 0.5) * 96.0 / pixels);
    assert_eq!(sizes.len(), 5);
    assert!(10.0 <= sizes[1] * scale && sizes[1] <= 16.0, "{} points at {scale}", sizes[1]);
    assert_eq!((sizes[1], sizes[3]), (sizes[2], sizes[4]));
    let heights = all(" ht=\"");
    let unit = f64::from(known.columns[0].width) * 8.0;
    let lines = (long.chars().count() as f64 * sizes[1] / 0.75 / unit).ceil();
    assert!(lines * sizes[1] * 1.2 <= heights[1], "{lines} lines in {} points", heights[1]);
    assert!(heights[2] < 2.0 * sizes[1], "an empty row");
    assert!(3.0 * sizes[3] * 1.2 <= heights[4], "three lines in {} points", heights[4]);
    assert_eq!(xml.matches("customHeight=\"1\"").count(), heights.len());
    assert!(xml.contains("orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\""));
    assert_eq!(xml.matches("_xlnm.Print_Titles").count(), 2);
}

#[test]
fn days_are_those_of_the_calendar() {
    let days = [
        (0, "1970-01-01"),
        (58, "1970-02-28"),
        (59, "1970-03-01"),
        (10_956, "1999-12-31"),
        (11_016, "2000-02-29"),
        (20_512, "2026-02-28"),
        (20_513, "2026-03-01"),
        (47_540, "2100-02-28"),
        (47_541, "2100-03-01"),
        (days::LAST, "9999-12-31"),
        (u32::MAX, "9999-12-31"),
    ];
    for (since, words) in days {
        assert_eq!(days::print(since), words);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_comes_back(rows in vec(vec(cell(), 3), 0..6)) {
        let columns = ["甲", "乙,丙", "=丁"].map(|it| Column { title: it.to_owned(), width: 9 }).to_vec();
        let table = Table { name: "表".to_owned(), columns, rows };

        let text = csv(&table);
        prop_assert!(text.ends_with("\r\n"), "the last line has no end");
        let back = read_csv(&text);
        prop_assert_eq!(&back[0], &["甲", "乙,丙", "'=丁"]);
        for (row, back) in table.rows.iter().zip(&back[1..]) {
            prop_assert_eq!(&row.iter().map(in_csv).collect::<Vec<_>>(), back);
        }
        prop_assert_eq!(back.len(), table.rows.len() + 1);

        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(std::slice::from_ref(&table), ""))).expect("a workbook");
        let range = book.worksheet_range("表").expect("a sheet");
        for (n, row) in (1..).zip(&table.rows) {
            for (column, cell) in (0..).zip(row) {
                let is = range.get_value((n, column)).cloned().unwrap_or_default();
                prop_assert!(is_in_xlsx(&is, cell), "{:?} of {:?}", is, cell);
            }
        }
    }
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        1 => Just(Cell::Empty),
        2 => select(HOSTILE.to_vec()).prop_map(|it| Cell::Text(it.to_owned())),
        3 => any::<String>().prop_map(Cell::Text),
        2 => "[=+@, \"'\n\r\t一<&_x0-9A-F-]{0,9}".prop_map(Cell::Text),
        1 => (-9_999_999..9_999_999_i64).prop_map(Cell::Whole),
        1 => (-9_999_999..9_999_999_i64).prop_map(Cell::Tenths),
        1 => (0..=days::LAST).prop_map(Cell::Day),
    ]
}

fn table(rows: Vec<Vec<Cell>>) -> Table {
    Table { name: "表".to_owned(), columns: vec![Column { title: "单位".to_owned(), width: 12 }], rows }
}

fn read_csv(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records = reader.records().map(|it| it.expect("as many cells as titles"));
    records.map(|it| it.iter().map(str::to_owned).collect()).collect()
}

fn guarded(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn in_csv(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => format!("{}{text}", if guarded(text) { "'" } else { "" }),
        Cell::Whole(number) => number.to_string(),
        Cell::Tenths(tenths) => tenths_in_words(*tenths),
        Cell::Day(it) => days::print(*it),
    }
}

fn tenths_in_words(tenths: i64) -> String {
    let words = format!("{:.1}", tenths as f64 / 10.0);
    words.strip_suffix(".0").map_or(words.clone(), |it| if it == "-0" { "0".to_owned() } else { it.to_owned() })
}

fn is_in_xlsx(is: &Data, cell: &Cell) -> bool {
    match (cell, is) {
        (Cell::Empty, Data::Empty) => true,
        (Cell::Text(text), Data::Empty) => as_kept(text).is_empty(),
        (Cell::Text(text), Data::String(is)) => *is == as_kept(text),
        (Cell::Whole(number), Data::Float(is)) => *is == *number as f64,
        (Cell::Tenths(tenths), Data::Float(is)) => *is == *tenths as f64 / 10.0,
        (Cell::Day(day), Data::DateTime(is)) => is.as_f64() == f64::from(day + 25_569),
        _ => false,
    }
}

/// A text as a worksheet stores it.
fn as_kept(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    lines.chars().filter(|it| *it == '\n' || !it.is_control() && !matches!(it, '\u{fffe}' | '\u{ffff}')).collect()
}

/// All parts, one after the other.
fn text_of(bytes: &[u8]) -> String {
    parts(bytes).into_iter().map(|it| it.1).collect()
}
