//! 佐证材料清单 as a table.

use crate::dossier::{Evidence, Sheet};
use crate::rubric::Rubric;
use crate::spreadsheet::{Cell, Column, Table};

/// The papers of one sheet, in filing order: what is missing is said in its last column but one.
pub fn evidence_table(rubric: &Rubric, sheet: &Sheet) -> Table {
    let columns = [("编号", 8), ("材料", 36), ("存放处", 20), ("责任人", 12), ("是否备齐", 10), ("页码", 10)];
    let columns = columns.map(|(title, width)| Column { title: title.to_owned(), width });
    let row = |proof: &Evidence| {
        let Evidence { row, paper, place, who, ready, pages } = proof;
        let texts = [paper, place, who].map(|it| Cell::Text(it.clone()));
        let ready = Cell::Text(if *ready { "已备" } else { "未备" }.to_owned());
        [Cell::Text(rubric.row_id(*row))].into_iter().chain(texts).chain([ready, Cell::Text(pages.clone())]).collect()
    };
    let rows = sheet.work.evidence.iter().map(row).collect();
    Table { name: format!("佐证材料 附件{}", rubric.annex), columns: columns.into(), rows }
}
