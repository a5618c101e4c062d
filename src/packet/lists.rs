//! The lists of the work between score and filing, each on a page of its own.

use crate::days;
use crate::docx::{LineStyle, TextBlock, TextCell, TextTable};
use crate::dossier::{Sheet, Version};
use crate::rubric::Rubric;
use crate::score::{in_one_sentence, score};
use crate::spreadsheet::{Cell, Column, Table, decimal};

use super::parts::{called, heading, line};
use super::{Packet, PacketPaper, PacketPart, evidence_of, plan_table, roster_tables};

/// Columns together wider than this, in digits, take a page that is turned.
const UPRIGHT: u16 = 110;

pub fn plan(packet: &Packet<'_>) -> Vec<PacketPart> {
    each_sheet(packet, PacketPaper::Plan, has_plan, plan_table)
}

/// Something is to be mended, or was said about mending.
pub fn has_plan(sheet: &Sheet) -> bool {
    !sheet.work.tasks.is_empty() || !sheet.work.wishes.marks.is_empty()
}

/// One list for the whole dossier, as its papers lie in one file.
pub fn evidence(packet: &Packet<'_>) -> Vec<PacketPart> {
    let table = evidence_of(packet.edition, packet.dossier);
    vec![part(packet, PacketPaper::Evidence, PacketPaper::Evidence.label().to_owned(), &table)]
}

/// The lists that have somebody or something in them.
pub fn roster(packet: &Packet<'_>) -> Vec<PacketPart> {
    let filled = roster_tables(&packet.dossier.roster).into_iter().filter(|it| !it.rows.is_empty());
    filled.map(|it| part(packet, PacketPaper::Roster, it.name.clone(), &it)).collect()
}

pub fn versions(packet: &Packet<'_>) -> Vec<PacketPart> {
    each_sheet(packet, PacketPaper::Versions, |it| !it.work.versions.is_empty(), versions_table)
}

/// Earlier states of one sheet, with what came of them.
fn versions_table(rubric: &Rubric, sheet: &Sheet) -> Table {
    let columns = [("名称", 14), ("日期", 12), ("自评结论", 40), ("备注", 30)];
    let columns = columns.map(|(title, width)| Column { title: title.to_owned(), width });
    let row = |version: &Version| {
        let Version { name, made, answers, notes } = version;
        let notes: Vec<String> = notes.iter().map(|it| format!("{} {}", rubric.row_id(it.0), it.1)).collect();
        let texts = [in_one_sentence(&score(rubric, answers)), notes.join("\n")].map(Cell::Text);
        let made = days::of_seconds(*made).map_or(Cell::Empty, Cell::Day);
        [Cell::Text(name.clone()), made].into_iter().chain(texts).collect()
    };
    let rows = sheet.work.versions.iter().map(row).collect();
    Table { name: String::new(), columns: columns.into(), rows }
}

/// A paper for each sheet that has such a list.
fn each_sheet(
    packet: &Packet<'_>,
    paper: PacketPaper,
    has: fn(&Sheet) -> bool,
    table: fn(&Rubric, &Sheet) -> Table,
) -> Vec<PacketPart> {
    let title = match paper {
        // what it is called on the page says more than the paper needs
        PacketPaper::Versions => "历次版本",
        other => other.label(),
    };
    let known = packet.sheets().filter(|it| has(it)).filter_map(|it| Some((it, packet.edition.rubric(it.annex)?)));
    known
        .map(|(sheet, rubric)| {
            let name = format!("{title}（{}）", called(rubric, sheet));
            part(packet, paper, name, &table(rubric, sheet))
        })
        .collect()
}

fn part(packet: &Packet<'_>, paper: PacketPaper, name: String, table: &Table) -> PacketPart {
    let turned = UPRIGHT < table.columns.iter().map(|it| it.width).sum();
    let mut blocks = vec![heading(1, name.as_str())];
    if !packet.dossier.unit.is_empty() {
        blocks.push(line(LineStyle::Flush, format!("申请单位：{}", packet.dossier.unit)));
    }
    blocks.push(TextBlock::Table(text_table(table)));
    PacketPart { paper, name, sheet: None, turned, blocks }
}

/// A table of a workbook as one of a text.
fn text_table(table: &Table) -> TextTable {
    let head = table.columns.iter().map(|it| TextCell::of(it.title.as_str()).centred()).collect();
    let row = |row: &Vec<Cell>| row.iter().map(cell).collect();
    TextTable {
        widths: table.columns.iter().map(|it| it.width).collect(),
        head: 1,
        small: false,
        rows: [head].into_iter().chain(table.rows.iter().map(row)).collect(),
    }
}

fn cell(cell: &Cell) -> TextCell {
    match cell {
        Cell::Empty => TextCell::of(""),
        Cell::Text(text) => TextCell::of(text.as_str()),
        Cell::Whole(number) => TextCell::of(number.to_string()).centred(),
        Cell::Tenths(tenths) => TextCell::of(decimal(*tenths)).centred(),
        Cell::Day(day) => TextCell::of(days::print(*day)).centred(),
    }
}
