//! 佐证材料清单 as a table: the contents of the file that is handed in.

use crate::dossier::{Dossier, Evidence, Sheet};
use crate::order;
use crate::rubric::{Edition, Rubric};
use crate::spreadsheet::{Cell, Column, Table};

const COLUMNS: [(&str, u16); 7] =
    [("序号", 6), ("编号", 8), ("材料名称", 40), ("存放处", 20), ("责任人", 12), ("是否备齐", 10), ("页码", 10)];

/// The papers of one sheet, in filing order.
pub fn evidence_table(rubric: &Rubric, sheet: &Sheet) -> Table {
    let rows = (1..).zip(&sheet.work.evidence).map(|(n, it)| row(n, rubric, it)).collect();
    Table { name: format!("佐证材料 附件{}", rubric.annex), columns: columns(), rows }
}

/// The papers of a whole dossier: the public sheet first, then the occupations, rows as printed. Two occupations have
/// rows of the same numbers, so it says of which sheet each is.
pub fn evidence_of(edition: &Edition, dossier: &Dossier) -> Table {
    let mut columns = columns();
    columns.insert(1, Column { title: "自评表".to_owned(), width: 18 });
    let mut rows = Vec::new();
    for (rubric, sheet) in filing_order(edition, dossier) {
        let whose = sheet.occupation(rubric).unwrap_or(&rubric.part_name);
        for proof in &sheet.work.evidence {
            let mut cells = row(1 + rows.len() as i64, rubric, proof);
            cells.insert(1, Cell::Text(format!("附件{} {whose}", rubric.annex).trim_end().to_owned()));
            rows.push(cells);
        }
    }
    Table { name: "佐证材料目录".to_owned(), columns, rows }
}

/// The sheets of a dossier as they are filed: annex by annex, so that each public part comes before its occupations.
pub fn filing_order<'r, 'd>(edition: &'r Edition, dossier: &'d Dossier) -> Vec<(&'r Rubric, &'d Sheet)> {
    let mut known: Vec<_> = dossier.sheets.iter().filter_map(|it| Some((edition.rubric(it.annex)?, it))).collect();
    order::sort_by_key(&mut known, |it| it.0.annex);
    known
}

fn columns() -> Vec<Column> {
    COLUMNS.map(|(title, width)| Column { title: title.to_owned(), width }).into()
}

fn row(n: i64, rubric: &Rubric, proof: &Evidence) -> Vec<Cell> {
    let Evidence { row, paper, place, who, ready, pages } = proof;
    let text = |it: &str| if it.is_empty() { Cell::Empty } else { Cell::Text(it.to_owned()) };
    let id = rubric.row_id(*row);
    let ready = if *ready { "已备" } else { "未备" };
    let texts = [&*id, paper, place, who, ready, pages].map(text);
    [Cell::Whole(n)].into_iter().chain(texts).collect()
}
