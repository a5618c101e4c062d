//! 名册 as tables.

use crate::dossier::{Equipment, Examiner, Expert, Roster};
use crate::spreadsheet::{Cell, Column, Table};

/// 考评人员, 专家 and 设备, a table each.
pub fn roster_tables(roster: &Roster) -> [Table; 3] {
    let examiner = |listed: &Examiner| {
        let Examiner { name, occupation, agreement, appointment, qualified, certificate } = listed;
        let said = [agreement, appointment, qualified, certificate].map(|it| yes_no(*it));
        [name, occupation].map(|it| Cell::Text(it.clone())).into_iter().chain(said).collect()
    };
    let expert = |listed: &Expert| {
        let Expert { name, occupation, title, qualified, agreement, appointment } = listed;
        let said = [qualified, agreement, appointment].map(|it| yes_no(*it));
        [name, occupation, title].map(|it| Cell::Text(it.clone())).into_iter().chain(said).collect()
    };
    let equipment = |listed: &Equipment| {
        let Equipment { name, occupation, count, intact, worn } = listed;
        let counted = [count, intact, worn].map(|it| number(*it));
        [name, occupation].map(|it| Cell::Text(it.clone())).into_iter().chain(counted).collect()
    };
    [
        table(
            "考评人员",
            &["姓名", "职业（工种）", "聘用协议", "聘书", "任职条件", "培训考核、考评员证"],
            roster.examiners.iter().map(examiner),
        ),
        table(
            "专家",
            &["姓名", "职业（工种）", "职称或技能等级", "符合条件", "聘用协议", "聘书"],
            roster.experts.iter().map(expert),
        ),
        table("设备", &["名称", "职业（工种）", "数量", "完好", "陈旧"], roster.equipment.iter().map(equipment)),
    ]
}

fn table(name: &str, titles: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> Table {
    let columns = titles.iter().map(|it| Column { title: (*it).to_owned(), width: 16 }).collect();
    Table { name: name.to_owned(), columns, rows: rows.collect() }
}

fn yes_no(said: Option<bool>) -> Cell {
    said.map_or(Cell::Empty, |it| Cell::Text(if it { "有" } else { "无" }.to_owned()))
}

fn number(said: Option<u64>) -> Cell {
    said.map_or(Cell::Empty, |it| Cell::Whole(i64::try_from(it).unwrap_or(i64::MAX)))
}
