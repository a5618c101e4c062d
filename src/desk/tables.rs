//! The desk as tables for a file: 汇总, 常见失分, 未能打开.

use crate::carrier::Known;
use crate::spreadsheet::{self, Cell, Table};

use super::{Desk, DeskColumn};

impl Desk {
    /// The entries at these positions, in this order: every column, numbers as numbers. 估计 is there where one of them has
    /// an estimate.
    pub fn summary_table(&self, shown: &[usize]) -> Table {
        let repeated = self.repeated();
        let estimated = shown.iter().any(|at| self.entries.get(*at).is_some_and(|it| it.estimated.is_some()));
        let there = || DeskColumn::ALL.into_iter().filter(|it| estimated || *it != DeskColumn::Estimated);
        let columns = there().map(|it| column(it.title(), it.width()));
        let entries = shown.iter().filter_map(|at| Some((self.entries.get(*at)?, repeated.get(*at).copied()?)));
        let rows = entries.map(|(entry, repeated)| there().map(|it| it.cell(entry, repeated)).collect()).collect();
        Table { name: "汇总".to_owned(), columns: columns.collect(), rows }
    }

    /// The rows of these entries that failed at least once.
    pub fn failing_table(&self, known: Known<'_>, shown: &[usize]) -> Table {
        let columns = [
            ("附件", 7),
            ("行", 12),
            ("评估内容", 44),
            ("已评份数", 10),
            ("失分或否决份数", 16),
            ("失分份数", 10),
            ("触发否决份数", 14),
            ("平均失分", 10),
        ];
        let whole = |n: usize| Cell::Whole(i64::try_from(n).unwrap_or(i64::MAX));
        let failing = self.failing(shown);
        let rows = failing.iter().filter(|it| 0 < it.n_failed).map(|failing| {
            vec![
                Cell::Whole(failing.annex.into()),
                Cell::Text(format!("第 {}-{} 项", failing.annex, failing.row)),
                Cell::Text(failing.content(known).to_owned()),
                whole(failing.n_answered),
                whole(failing.n_failed),
                whole(failing.n_lost),
                whole(failing.n_vetoed),
                Cell::Tenths(i64::try_from(failing.average_lost()).unwrap_or(i64::MAX)),
            ]
        });
        Table {
            name: "常见失分".to_owned(),
            rows: rows.collect(),
            columns: columns.map(|(title, width)| column(title, width)).to_vec(),
        }
    }

    /// Everything that could not be opened, whichever entries are shown.
    pub fn unopened_table(&self) -> Table {
        let columns = [("来源", 20), ("位置", 18), ("开头的文字", 36), ("原因", 48)];
        let rows = self.unopened.iter().map(|unopened| {
            let cells = [
                unopened.from.source.clone(),
                unopened.from.to_string(),
                unopened.beginning.clone(),
                unopened.reason.to_string(),
            ];
            cells.map(Cell::Text).to_vec()
        });
        Table {
            name: "未能打开".to_owned(),
            rows: rows.collect(),
            columns: columns.map(|(title, width)| column(title, width)).to_vec(),
        }
    }

    /// All three tables, for one file.
    pub fn tables(&self, known: Known<'_>, shown: &[usize]) -> [Table; 3] {
        [self.summary_table(shown), self.failing_table(known, shown), self.unopened_table()]
    }
}

fn column(title: &str, width: u16) -> spreadsheet::Column {
    spreadsheet::Column { title: title.to_owned(), width }
}
