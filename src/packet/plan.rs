//! 整改清单 as a table.

use crate::dossier::{Sheet, Task, TaskState};
use crate::rubric::Rubric;
use crate::spreadsheet::{Cell, Column, Table};

/// What was decided to be mended on one sheet.
pub fn plan_table(rubric: &Rubric, sheet: &Sheet) -> Table {
    let columns = [("编号", 8), ("整改事项", 40), ("责任人", 12), ("完成期限", 14), ("状态", 10)];
    let columns = columns.map(|(title, width)| Column { title: title.to_owned(), width });
    let row = |task: &Task| {
        let Task { row, to: _, who, due, state } = task;
        let state = match state {
            TaskState::Open => "未开始",
            TaskState::Doing => "进行中",
            TaskState::Done => "已办",
        };
        let standard = rubric.row(*row).map_or("", |it| &it.standard);
        let texts = [rubric.row_id(*row), standard.to_owned(), who.clone(), due.clone(), state.to_owned()];
        texts.map(Cell::Text).into()
    };
    let rows = sheet.work.tasks.iter().map(row).collect();
    Table { name: format!("整改清单 附件{}", rubric.annex), columns: columns.into(), rows }
}
