//! Changes and tasks: from a plan to what is decided, and what is decided in words.

use crate::app::browser;
use crate::dossier::{Task, TaskState};
use crate::order;
use crate::plan::Mend;
use crate::rubric::{Band, Fact, Points};
use crate::spreadsheet::decimal;

use super::PlanPage;

/// 费用 3.5 万元.
pub fn cost(tenths: u64) -> String {
    match i64::try_from(tenths).unwrap_or(i64::MAX) {
        0 => "不花钱".to_owned(),
        tenths => format!("费用 {} 万元", decimal(tenths)),
    }
}

pub fn task_of(change: &Mend) -> Task {
    Task { row: change.row, to: change.to.clone(), ..Task::default() }
}

/// Makes tasks of what rows are to become. Who does it and until when stays where a row has a task already; other tasks
/// stay where somebody has said something about them.
pub fn adopt(page: PlanPage, to: Vec<(u16, Vec<(Fact, i64)>)>, safe: Option<bool>) {
    let (n, mut stayed) = (to.len(), 0);
    page.editor.edit(|sheet| {
        let before = std::mem::take(&mut sheet.work.tasks);
        let untouched = |it: &Task| it.who.is_empty() && it.due.is_empty() && it.state == TaskState::Open;
        let in_new = |it: &Task| to.iter().any(|new| new.0 == it.row);
        let mut tasks: Vec<Task> = before.iter().filter(|it| !in_new(it) && !untouched(it)).cloned().collect();
        stayed = tasks.len();
        for (row, to) in &to {
            let known = before.iter().find(|it| it.row == *row).cloned().unwrap_or_default();
            // what was done was something else
            let state = if known.to == *to { known.state } else { TaskState::Open };
            tasks.push(Task { row: *row, to: to.clone(), state, ..known });
        }
        order::sort_by_key(&mut tasks, |it| it.row);
        sheet.work.tasks = tasks;
        if let Some(safe) = safe {
            sheet.work.wishes.safe = safe;
        }
    });
    let stayed = if stayed == 0 { String::new() } else { format!("，原有的 {stayed} 项已填过，保留") };
    page.editor.state.tell(format!("已列入整改清单 {n} 项{stayed}。自评表没有改动。"));
    browser::after(0, || browser::focus("#tasks"));
}

/// The points from which a band is reached that is at or above so many; the highest where there is none.
pub fn band_at(bands: &'static [Band], points: Points) -> Option<&'static Band> {
    bands.iter().rev().find(|it| points <= it.at_least).or(bands.first())
}
