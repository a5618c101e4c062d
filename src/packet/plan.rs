//! 整改清单 as a table.

use crate::dossier::{Sheet, Task};
use crate::plan::{Effort, Mark, Mend, ToState, options, words};
use crate::rubric::{Fact, Points, Rubric};
use crate::score::{Answers, said, score};
use crate::spreadsheet::{Cell, Column, Table};

/// What comes of one task, were the sheet as it is but for the task's row.
pub struct TaskOutcome {
    /// 聘任 3 人，其中符合条件 3 人.
    pub now: String,
    /// 聘任 5 人，其中符合条件 5 人.
    pub then: String,
    /// Points of the row, where it has any of its own.
    pub points_now: Option<Points>,
    pub points_then: Option<Points>,
    /// Points of the whole sheet.
    pub total_now: Points,
    pub total_then: Points,
    /// A veto stands now because of the row, and does not then.
    pub clears_veto: bool,
    /// The sheet says already what the task leads to.
    pub written: bool,
}

/// The answers with the answers of some tasks in place of theirs.
pub fn with_tasks<'t>(answers: &Answers, tasks: impl IntoIterator<Item = &'t Task>) -> Answers {
    let mut all = answers.clone();
    for task in tasks {
        all.clear(task.row);
        for (fact, value) in &task.to {
            all.set(task.row, *fact, Some(*value));
        }
    }
    all
}

/// What comes of a task; `None` where the rubric has no such row.
pub fn task_outcome(rubric: &Rubric, answers: &Answers, task: &Task) -> Option<TaskOutcome> {
    let after = with_tasks(answers, [task]);
    let (now, then) = (score(rubric, answers), score(rubric, &after));
    let (before, later) = (now.row(task.row)?, then.row(task.row)?);
    // an unanswered veto stands
    let has = before.row.veto.is_some() || rubric.owner(before.row).veto.is_some();
    let stood = before.vetoed || (has && !before.answered);
    Some(TaskOutcome {
        now: said(before, answers),
        then: said(later, &after),
        points_now: before.score,
        points_then: later.score,
        total_now: now.base,
        total_then: then.base,
        clears_veto: stood && later.answered && !later.vetoed,
        written: after == *answers,
    })
}

/// What was decided to be mended on one sheet, then what was said about other rows, then what it was made for.
pub fn plan_table(rubric: &Rubric, sheet: &Sheet) -> Table {
    let columns = [
        ("编号", 8),
        ("评估标准", 40),
        ("整改事项", 36),
        ("目前得分", 9),
        ("整改后", 9),
        ("能否办到", 10),
        ("费用（万元）", 12),
        ("最多能得", 9),
        ("责任人", 12),
        ("完成期限", 16),
        ("状态", 10),
    ];
    let columns = columns.map(|(title, width)| Column { title: title.to_owned(), width });
    let mut rows: Vec<Vec<Cell>> = sheet.work.tasks.iter().map(|it| task_row(rubric, sheet, it)).collect();
    let marks = &sheet.work.wishes.marks;
    let others = marks.iter().filter(|mark| sheet.work.tasks.iter().all(|it| it.row != mark.row));
    rows.extend(others.map(|mark| {
        let [effort, cost, reach] = mark_cells(sheet, mark.row);
        let end = ["", "", "未列入清单"].map(text);
        let points = score(rubric, &sheet.answers).row(mark.row).and_then(|it| it.score);
        let begin = [text(&rubric.row_id(mark.row)), text(standard(rubric, mark.row)), Cell::Empty];
        begin.into_iter().chain([tenths(points), Cell::Empty, effort, cost, reach]).chain(end).collect()
    }));
    rows.extend(aim(rubric, sheet).map(|words| {
        let mut cells = vec![Cell::Empty; columns.len()];
        cells[2] = Cell::Text(words);
        cells
    }));
    Table { name: format!("整改清单 附件{}", rubric.annex), columns: columns.into(), rows }
}

/// 目标 85 分，稳妥方案: what the plan is made for, where the applicant has said so.
pub fn aim(rubric: &Rubric, sheet: &Sheet) -> Option<String> {
    let wishes = &sheet.work.wishes;
    let said = wishes.target.is_some() || wishes.safe;
    let target = wishes.target.or(rubric.outcomes().first().map(|it| it.at_least)).unwrap_or_default();
    said.then(|| format!("目标 {target} 分，{}方案", if wishes.safe { "稳妥" } else { "花费最少的" }))
}

fn task_row(rubric: &Rubric, sheet: &Sheet, task: &Task) -> Vec<Cell> {
    let Task { row, to: _, who, due, state } = task;
    let outcome = task_outcome(rubric, &sheet.answers, task);
    let (now, then) = outcome.as_ref().map_or((None, None), |it| (it.points_now, it.points_then));
    let [effort, cost, reach] = mark_cells(sheet, *row);
    let begin =
        [text(&rubric.row_id(*row)), text(standard(rubric, *row)), Cell::Text(task_in_words(rubric, sheet, task))];
    let end = [who, due, state.label()].map(text);
    begin.into_iter().chain([tenths(now), tenths(then), effort, cost, reach]).chain(end).collect()
}

/// 补 2 名考评员（2-4）：+3 分并消除否决, and on a line of its own from what to what.
pub fn task_in_words(rubric: &Rubric, sheet: &Sheet, task: &Task) -> String {
    let Some(outcome) = task_outcome(rubric, &sheet.answers, task) else { return String::new() };
    if outcome.written {
        return format!("{}（自评表已改）", outcome.then);
    }
    let less = outcome.total_now.less(outcome.total_then);
    let less = if less == Points::ZERO { String::new() } else { format!("（−{less} 分）") };
    let what = what_to_do(rubric, sheet, task).unwrap_or_default();
    format!("{what}{}{} → {}{less}", if what.is_empty() { "" } else { "\n" }, outcome.now, outcome.then)
}

/// 补 2 名考评员（2-4）：+3 分并消除否决. `None` where the sheet says so already, or would lose by it.
pub fn what_to_do(rubric: &Rubric, sheet: &Sheet, task: &Task) -> Option<String> {
    let outcome = task_outcome(rubric, &sheet.answers, task)?;
    if outcome.written || outcome.total_then < outcome.total_now {
        return None;
    }
    let mark = sheet.work.wishes.mark(task.row);
    let known = options(rubric, &sheet.answers, &sheet.work.wishes, task.row).into_iter().find(|it| it.to == task.to);
    let change = known.map_or_else(
        || Mend {
            row: task.row,
            from: facts_of(&sheet.answers, task.row),
            to: task.to.clone(),
            gain: outcome.total_then.less(outcome.total_now),
            units: 1,
            effort: mark.effort,
            cost: 0,
            clears_veto: outcome.clears_veto,
        },
        |state| change_to(&sheet.answers, mark, state),
    );
    Some(words(rubric, &change))
}

/// A row's way to a state as a change, by itself.
pub fn change_to(answers: &Answers, mark: Mark, state: ToState) -> Mend {
    let ToState { to, units, cost, gain, clears_veto } = state;
    let from = facts_of(answers, mark.row);
    Mend { row: mark.row, from, to, gain, units, effort: mark.effort, cost, clears_veto }
}

/// The facts given of a row, as a task has them.
pub fn facts_of(answers: &Answers, row: u16) -> Vec<(Fact, i64)> {
    answers.row(row).given().iter().map(|it| (it.fact, it.value)).collect()
}

fn mark_cells(sheet: &Sheet, row: u16) -> [Cell; 3] {
    let mark = sheet.work.wishes.mark(row);
    let cost = match (mark.effort, mark.cost) {
        (Effort::Never, None) | (Effort::Now, None) => Cell::Empty,
        (Effort::Money, None) => text("未填"),
        (_, Some(cost)) => Cell::Tenths(i64::try_from(cost).unwrap_or(i64::MAX)),
    };
    [text(mark.effort.label()), cost, tenths(mark.reach)]
}

fn standard(rubric: &Rubric, row: u16) -> &str {
    rubric.row(row).map_or("", |it| &it.standard)
}

fn text(words: &str) -> Cell {
    if words.is_empty() { Cell::Empty } else { Cell::Text(words.to_owned()) }
}

fn tenths(points: Option<Points>) -> Cell {
    points.map_or(Cell::Empty, |it| Cell::Tenths(i64::from(it.in_tenths())))
}
