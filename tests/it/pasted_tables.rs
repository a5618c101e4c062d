//! Tables as people paste them, in the tables of `tests/pasted`: which rows they give, and what is told.

use serde::Deserialize;
use ziping::filing::scope::{ColumnMeaning, DeclaredCell, MOST_ROWS, PlacedNote, Standard};

use crate::none_of;
use crate::scope::scope;
use crate::tables::{self, cases};

/// A table. `why` explains it to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    /// The text has its own marks; elsewhere a bar stands for a tab.
    #[serde(default)]
    sep: bool,
    rows: Vec<[String; 5]>,
    columns: Option<Vec<String>>,
    left: Option<Vec<String>>,
    notes: Option<Vec<String>>,
}

#[test]
fn every_table_is_understood_as_it_is_meant() {
    let mut problems = Vec::new();
    let cases = cases::<Case>("tests/pasted");
    for tables::Case { at, is: case, .. } in &cases {
        let text = if case.sep { case.text.clone() } else { case.text.replace('|', "\t") };
        for end in ["\n", "\r\n"] {
            let table = scope().understood(&text.replace('\n', end));
            let placed = table.placed(scope());
            let rows: Vec<[String; 5]> = placed
                .rows
                .iter()
                .map(|it| it.row.clone())
                .map(|it| {
                    let kind = match it.standard {
                        Standard::Unsaid => "",
                        Standard::National => "国",
                        Standard::Enterprise => "企",
                    };
                    let year = it.standard_year.map(|it| it.to_string()).unwrap_or_default();
                    let standard = [kind, &year, &it.standard_name].join(" ").trim().to_owned();
                    [it.code, it.name, it.trade, it.levels, standard]
                })
                .collect();
            let columns: Vec<String> = table.columns.iter().map(|it| column(*it)).collect();
            let left: Vec<String> = placed.left.iter().map(|(n, text)| format!("{n} {text}")).collect();
            let of_row = |row: &ziping::filing::scope::PlacedRow| {
                row.notes.iter().map(|(cell, it)| note(row.line, *cell, it)).collect::<Vec<_>>()
            };
            let notes: Vec<String> = placed.rows.iter().flat_map(of_row).collect();
            let mut compare = |what: &str, is: String, should: Option<String>| {
                if let Some(should) = should.filter(|it| *it != is) {
                    problems.push(format!("{at}: {what} {is}, should be {should} ({})", case.why));
                }
            };
            compare("rows", format!("{rows:?}"), Some(format!("{:?}", case.rows)));
            compare("columns", format!("{columns:?}"), case.columns.as_ref().map(|it| format!("{it:?}")));
            compare("left", format!("{left:?}"), case.left.as_ref().map(|it| format!("{it:?}")));
            compare("notes", format!("{notes:?}"), case.notes.as_ref().map(|it| format!("{it:?}")));
        }
    }
    assert!(81 <= cases.len(), "only {} cases", cases.len());
    none_of(&problems);
}

#[test]
fn a_person_says_what_a_column_means() {
    let mut table = scope().understood("车工\n钳工");
    assert_eq!(table.placed(scope()).rows.len(), 0);
    table.columns[0] = ColumnMeaning::Name;
    let placed = table.placed(scope());
    assert_eq!(placed.rows.iter().map(|it| it.row.name.as_str()).collect::<Vec<_>>(), ["车工", "钳工"]);
    assert_eq!(placed.left, []);
}

#[test]
fn merged_cells_are_carried_only_as_long_as_somebody_wants() {
    let mut table = scope().understood("6-18-01-01\t车工\t\t5\t国标\n6-20-01-01\t钳工\t\t\t");
    let levels = |table: &ziping::filing::scope::PastedTable| table.placed(scope()).rows[1].row.levels.clone();
    assert_eq!(levels(&table), "5");
    (table.carry_levels, table.carry_standard) = (false, false);
    assert_eq!(levels(&table), "");
    assert!(table.placed(scope()).is_plain());
}

#[test]
fn rows_beyond_the_most_are_counted() {
    let placed = scope().understood(&"6-20-01-01\t钳工\t\t5\n".repeat(MOST_ROWS + 7)).placed(scope());
    assert_eq!((placed.rows.len(), placed.beyond), (MOST_ROWS, 7));
    assert!(!placed.is_plain());
}

fn column(meaning: ColumnMeaning) -> String {
    match meaning {
        ColumnMeaning::Code => "编码".to_owned(),
        ColumnMeaning::Name => "名称".to_owned(),
        ColumnMeaning::Trade => "工种".to_owned(),
        ColumnMeaning::Levels => "级别".to_owned(),
        ColumnMeaning::Standard => "标准".to_owned(),
        ColumnMeaning::Level(level) => format!("{level}级"),
        ColumnMeaning::Serial => "序号".to_owned(),
        ColumnMeaning::Unused => "不用".to_owned(),
    }
}

fn note(line: usize, cell: DeclaredCell, note: &PlacedNote) -> String {
    let cell = match cell {
        DeclaredCell::Code => "编码",
        DeclaredCell::Name => "名称",
        DeclaredCell::Trade => "工种",
        DeclaredCell::Levels => "级别",
        DeclaredCell::Standard => "标准",
        DeclaredCell::School => "学校",
    };
    let words = match note {
        PlacedNote::Carried => "沿用".to_owned(),
        PlacedNote::Apart => "分开".to_owned(),
        PlacedNote::Unread(text) => format!("看不懂 {text}"),
        PlacedNote::Shortened(text) => format!("简写 {text}"),
    };
    format!("{line} {cell} {words}")
}

#[test]
fn a_column_that_goes_nowhere_is_told_with_its_title_and_what_stands_in_it() {
    let text = "序号\t职业编码\t职业名称\t车间\t页数\n1\t6-20-01-01\t钳工\t一车间\t\n2\t6-18-01-01\t车工\t 二车间\t";
    let table = scope().understood(text);
    assert_eq!(table.unused(), [3]);
    assert_eq!(table.titles, ["序号", "职业编码", "职业名称", "车间", "页数"]);
    assert_eq!(table.samples(2), ["钳工", "车工"]);
    assert_eq!(table.samples(3), ["一车间", "二车间"]);
    assert_eq!(table.samples(4), Vec::<&str>::new());
    let bare = scope().understood("6-18-01-01\t车工\t数控车床\n6-20-01-01\t钳工\t");
    assert_eq!(bare.titles, ["", "", ""]);
    assert_eq!(bare.samples(1), ["车工", "钳工"]);
}
