//! What the lists of a dossier have in their columns, written out and read back.

use crate::dossier::{Dossier, Equipment, Evidence, Examiner, Expert, Sheet, Task, TaskState};
use crate::plan::{Effort, Mark};
use crate::rubric::{Edition, Fact, Measure, Points, Row, Rubric};

use super::field::{InputKind, InputValue, facts_of, label};
use super::tables::{EntryTable, LineValues};

/// Which sheet a line belongs to, and which row of its table.
const SHEET: &str = "自评表";
const ROW: &str = "编号";

pub fn text(said: &str) -> Option<InputValue> {
    Some(said.to_owned()).filter(|it| !it.is_empty()).map(InputValue::Text)
}

pub fn number<N: Into<i64>>(said: Option<N>) -> Option<InputValue> {
    said.map(|it| InputValue::Number(it.into()))
}

fn count(said: Option<u64>) -> Option<InputValue> {
    number(said.map(|it| i64::try_from(it).unwrap_or(i64::MAX)))
}

/// The text in a column; empty where nothing is.
pub fn said(entry: &LineValues, at: usize) -> String {
    entry.get(at).cloned().flatten().map(InputValue::text).unwrap_or_default()
}

pub fn value(entry: &LineValues, at: usize) -> Option<i64> {
    entry.get(at).cloned().flatten().and_then(InputValue::number)
}

pub fn yes(entry: &LineValues, at: usize) -> Option<bool> {
    value(entry, at).map(|it| it != 0)
}

fn whole(entry: &LineValues, at: usize) -> Option<u64> {
    value(entry, at).and_then(|it| u64::try_from(it).ok())
}

fn texts(columns: &[(&'static str, u16)]) -> Vec<(&'static str, u16, InputKind)> {
    columns.iter().map(|it| (it.0, it.1, InputKind::Text)).collect()
}

fn has() -> InputKind {
    InputKind::choice(&["有", "无"], 1)
}

pub fn examiner_table() -> EntryTable {
    let mut columns = texts(&[("姓名", 14), ("职业（工种）", 24)]);
    let more = ["聘用协议", "聘书", "任职条件", "培训考核、考评员证"].map(|it| (it, 20, has()));
    columns.extend(more);
    EntryTable { name: "考评人员", columns }
}

pub fn examiners(dossier: &Dossier) -> Vec<LineValues> {
    let line = |listed: &Examiner| {
        let Examiner { name, occupation, agreement, appointment, qualified, certificate } = listed;
        let ticked = [agreement, appointment, qualified, certificate].map(|it| number(*it));
        [text(name), text(occupation)].into_iter().chain(ticked).collect()
    };
    dossier.roster.examiners.iter().map(line).collect()
}

pub fn examiner(entry: &LineValues) -> Examiner {
    Examiner {
        name: said(entry, 0),
        occupation: said(entry, 1),
        agreement: yes(entry, 2),
        appointment: yes(entry, 3),
        qualified: yes(entry, 4),
        certificate: yes(entry, 5),
    }
}

pub fn expert_table() -> EntryTable {
    let mut columns = texts(&[("姓名", 14), ("职业（工种）", 24), ("职称或技能等级", 24)]);
    columns.push(("符合条件", 14, InputKind::yes_no()));
    columns.extend(["聘用协议", "聘书"].map(|it| (it, 14, has())));
    EntryTable { name: "专家", columns }
}

pub fn experts(dossier: &Dossier) -> Vec<LineValues> {
    let line = |listed: &Expert| {
        let Expert { name, occupation, title, qualified, agreement, appointment } = listed;
        let ticked = [qualified, agreement, appointment].map(|it| number(*it));
        [text(name), text(occupation), text(title)].into_iter().chain(ticked).collect()
    };
    dossier.roster.experts.iter().map(line).collect()
}

pub fn expert(entry: &LineValues) -> Expert {
    Expert {
        name: said(entry, 0),
        occupation: said(entry, 1),
        title: said(entry, 2),
        qualified: yes(entry, 3),
        agreement: yes(entry, 4),
        appointment: yes(entry, 5),
    }
}

pub fn equipment_table() -> EntryTable {
    let mut columns = texts(&[("名称", 30), ("职业（工种）", 24)]);
    columns.extend(["数量", "完好", "陈旧"].map(|it| (it, 12, InputKind::whole())));
    EntryTable { name: "设备", columns }
}

pub fn equipment(dossier: &Dossier) -> Vec<LineValues> {
    let line = |listed: &Equipment| {
        let Equipment { name, occupation, count: all, intact, worn } = listed;
        [text(name), text(occupation)].into_iter().chain([all, intact, worn].map(|it| count(*it))).collect()
    };
    dossier.roster.equipment.iter().map(line).collect()
}

pub fn piece(entry: &LineValues) -> Equipment {
    Equipment {
        name: said(entry, 0),
        occupation: said(entry, 1),
        count: whole(entry, 2),
        intact: whole(entry, 3),
        worn: whole(entry, 4),
    }
}

/// A list of lines that belong to rows of the sheets with these names.
fn of_rows(name: &'static str, names: &[String], more: Vec<(&'static str, u16, InputKind)>) -> EntryTable {
    let sheets = (0..).zip(names).map(|(n, name)| (n, name.clone())).collect();
    let mut columns = vec![(SHEET, 22, InputKind::Choice(sheets)), (ROW, 8, InputKind::Text)];
    columns.extend(more);
    EntryTable { name, columns }
}

/// The beginning of such a line.
fn of_row(rubric: &Rubric, at: usize, row: u16) -> [Option<InputValue>; 2] {
    [number(i64::try_from(at).ok()), text(&rubric.row_id(row))]
}

/// All lines about rows, sheet by sheet.
fn each<T>(
    edition: &Edition,
    dossier: &Dossier,
    all: impl Fn(&Sheet) -> &[T],
    line: impl Fn(&Rubric, &T) -> (u16, LineValues),
) -> Vec<LineValues> {
    let known = dossier.sheets.iter().enumerate().filter_map(|(at, it)| Some((at, it, edition.rubric(it.annex)?)));
    let lines = known.flat_map(|(at, sheet, rubric)| {
        let line = &line;
        all(sheet).iter().map(move |listed| {
            let (row, rest) = line(rubric, listed);
            of_row(rubric, at, row).into_iter().chain(rest).collect()
        })
    });
    lines.collect()
}

/// Which sheet and row a line belongs to.
///
/// # Errors
/// The column that is wrong, and why.
pub fn belongs<'e>(
    edition: &'e Edition,
    dossier: &Dossier,
    entry: &LineValues,
) -> Result<(usize, &'e Rubric, &'e Row), (u32, String)> {
    let at = value(entry, 0).and_then(|it| usize::try_from(it).ok());
    let found = at.and_then(|at| Some((at, edition.rubric(dossier.sheets.get(at)?.annex)?)));
    let (at, rubric) = found.ok_or_else(|| (0, "请填是哪一张自评表".to_owned()))?;
    let id = said(entry, 1);
    let row = rubric.rows().find(|it| rubric.row_id(it.number) == id.trim());
    let last = rubric.rows().last().map_or(0, |it| it.number);
    let wrong = || format!("没有“{id}”这一行，应为 {} 到 {}", rubric.row_id(1), rubric.row_id(last));
    row.map(|row| (at, rubric, row)).ok_or_else(|| (1, wrong()))
}

pub fn task_table(names: &[String]) -> EntryTable {
    let state = InputKind::choice(&["未开始", "进行中", "已办"], 2);
    let more = texts(&[("整改事项", 60), ("改为", 40), ("责任人", 14), ("完成期限", 14)]);
    of_rows("整改清单", names, more.into_iter().chain([("状态", 12, state)]).collect())
}

pub fn tasks(edition: &Edition, dossier: &Dossier) -> Vec<LineValues> {
    each(
        edition,
        dossier,
        |it| &it.work.tasks,
        |rubric, task| {
            let Task { row, to, who, due, state } = task;
            let state = match state {
                TaskState::Open => 2,
                TaskState::Doing => 1,
                TaskState::Done => 0,
            };
            let standard = rubric.row(*row).map_or("", |it| &it.standard);
            let to = rubric.row(*row).map_or(String::new(), |it| in_words(it, to));
            (*row, vec![text(standard), text(&to), text(who), text(due), number(Some(state))])
        },
    )
}

/// # Errors
/// The column that is wrong, and why.
pub fn task(row: &Row, entry: &LineValues) -> Result<Task, (u32, String)> {
    let state = match value(entry, 6) {
        Some(0) => TaskState::Done,
        Some(1) => TaskState::Doing,
        _ => TaskState::Open,
    };
    let to = of_words(row, &said(entry, 3)).map_err(|it| (3, it))?;
    Ok(Task { row: row.number, to, who: said(entry, 4), due: said(entry, 5), state })
}

/// `不符合（项）：0；…`
fn in_words(row: &Row, to: &[(Fact, i64)]) -> String {
    let each = to.iter().map(|(fact, value)| {
        let said = match InputKind::of(row, *fact).written(Some(&InputValue::Number(*value))) {
            crate::spreadsheet::Cell::Text(text) => text,
            crate::spreadsheet::Cell::Whole(number) => number.to_string(),
            crate::spreadsheet::Cell::Tenths(tenths) => crate::spreadsheet::decimal(tenths),
            crate::spreadsheet::Cell::Empty | crate::spreadsheet::Cell::Day(_) => String::new(),
        };
        format!("{}={said}", label(row, *fact))
    });
    each.collect::<Vec<_>>().join("；")
}

fn of_words(row: &Row, words: &str) -> Result<Vec<(Fact, i64)>, String> {
    let facts = facts_of(row);
    let example = facts.first().map_or(String::new(), |it| in_words(row, &[(*it, 1)]));
    let wrong = |part: &str| format!("看不懂“{part}”，请照这样写：{example}");
    let mut to = Vec::new();
    for part in words.split(['；', ';']).map(str::trim).filter(|it| !it.is_empty()) {
        let (name, said) = part.split_once(['=', '＝']).ok_or_else(|| wrong(part))?;
        let fact = facts.iter().find(|it| label(row, **it) == name.trim()).ok_or_else(|| wrong(part))?;
        let read = InputKind::of(row, *fact).read(&crate::spreadsheet::ReadValue::Text(said.trim().to_owned()))?;
        let value = read.and_then(InputValue::number).ok_or_else(|| wrong(part))?;
        to.push((*fact, value));
    }
    Ok(to)
}

pub fn mark_table(names: &[String]) -> EntryTable {
    let effort = InputKind::choice(&["马上能办", "要花钱", "办不到"], 2);
    let tenths = || InputKind::Number(Measure::Points, None);
    let more = vec![("能不能办", 14, effort), ("费用（万元）", 16, tenths()), ("最多能到（分）", 16, tenths())];
    of_rows("整改打算", names, more)
}

pub fn marks(edition: &Edition, dossier: &Dossier) -> Vec<LineValues> {
    each(
        edition,
        dossier,
        |it| &it.work.wishes.marks,
        |_, mark| {
            let Mark { row, effort, cost, reach } = mark;
            let effort = match effort {
                Effort::Now => 2,
                Effort::Money => 1,
                Effort::Never => 0,
            };
            (*row, vec![number(Some(effort)), count(*cost), number(reach.map(|it| i64::from(it.in_tenths())))])
        },
    )
}

pub fn mark(row: &Row, entry: &LineValues) -> Mark {
    let effort = match value(entry, 2) {
        Some(0) => Effort::Never,
        Some(1) => Effort::Money,
        _ => Effort::Now,
    };
    let reach = value(entry, 4).and_then(|it| u16::try_from(it).ok()).map(Points::tenths);
    Mark { row: row.number, effort, cost: whole(entry, 3), reach }
}

pub fn evidence_table(names: &[String]) -> EntryTable {
    let mut more = texts(&[("材料", 40), ("存放处", 24), ("责任人", 14)]);
    more.push(("是否备齐", 12, InputKind::choice(&["已备", "未备"], 1)));
    more.push(("页码", 12, InputKind::Text));
    of_rows("佐证材料", names, more)
}

pub fn evidence(edition: &Edition, dossier: &Dossier) -> Vec<LineValues> {
    each(
        edition,
        dossier,
        |it| &it.work.evidence,
        |_, proof| {
            let Evidence { row, paper, place, who, ready, pages } = proof;
            (*row, vec![text(paper), text(place), text(who), number(Some(i64::from(*ready))), text(pages)])
        },
    )
}

pub fn proof(row: &Row, entry: &LineValues) -> Evidence {
    Evidence {
        row: row.number,
        paper: said(entry, 2),
        place: said(entry, 3),
        who: said(entry, 4),
        ready: yes(entry, 5).unwrap_or_default(),
        pages: said(entry, 6),
    }
}
