//! The official form of a sheet as a table: its columns and merged cells as printed, 得分 and 备注 filled in.

use crate::docx::{LineStyle, TextBlock, TextCell, TextTable};
use crate::dossier::Sheet;
use crate::rubric::{Group, Points, Row, Rubric};
use crate::score::{Report, in_one_sentence, score};

use super::outline::header;
use super::parts::{called, heading, line, prompt};
use super::{Packet, PacketPaper, PacketPart, printed_row};

/// As wide as on the printed form, with room for 备注.
const WIDTHS: [u16; 8] = [80, 88, 205, 240, 50, 95, 62, 180];

pub fn form(packet: &Packet<'_>, rubric: &Rubric, sheet: &Sheet) -> PacketPart {
    let dossier = packet.dossier;
    let name = called(rubric, sheet);
    let report = score(rubric, &sheet.answers);
    let mut blocks = vec![heading(1, name.as_str()), line(LineStyle::Note, rubric.title.as_str())];
    let facts = &dossier.facts;
    let told = [
        ("申请单位", dossier.unit.as_str()),
        ("所在地", dossier.place()),
        ("联系人", &facts.contact),
        ("联系电话", &facts.telephone),
    ];
    let told = told.map(|(name, said)| format!("{name}：{}", if said.is_empty() { "＿＿＿＿＿＿＿＿" } else { said }));
    blocks.push(line(LineStyle::Note, told.join("　　")));
    blocks.extend(header(rubric, sheet).into_iter().map(|it| line(LineStyle::Note, it)));
    let declared = [("职业编码", &sheet.occupation_code), ("级别", &sheet.levels)];
    let declared = declared.into_iter().filter(|it| !it.1.is_empty());
    let declared: Vec<String> = declared.map(|(name, said)| format!("{name}：{said}")).collect();
    if !declared.is_empty() {
        blocks.push(line(LineStyle::Note, declared.join("　　")));
    }
    blocks.push(TextBlock::Table(table(packet, rubric, sheet, &report)));
    blocks.extend(rubric.note.iter().map(|it| line(LineStyle::Note, it.as_str())));
    blocks.push(line(LineStyle::Note, format!("自评结论：{}。", in_one_sentence(&report))));
    blocks.push(prompt("自评结果，仅供参考，非官方结论。"));
    let date = if facts.date.is_empty() { "＿＿＿＿年＿＿月＿＿日" } else { &facts.date };
    let signs = ["申请单位（盖章）", "负责人（签字）", "填表人（签字）"].map(|it| format!("{it}：＿＿＿＿＿＿"));
    blocks.push(line(LineStyle::Note, format!("{}　　日期：{date}", signs.join("　　"))));
    PacketPart { paper: PacketPaper::Forms, name, sheet: Some(sheet.id), turned: true, blocks }
}

fn table(packet: &Packet<'_>, rubric: &Rubric, sheet: &Sheet, report: &Report<'_>) -> TextTable {
    let edition = packet.edition;
    let mut rows: Vec<Vec<TextCell>> =
        vec![edition.columns.iter().map(|it| TextCell::of(it.as_str()).centred()).collect()];
    for section in &rubric.sections {
        let in_section: Vec<(&Group, &Row)> =
            section.groups.iter().flat_map(|group| group.rows.iter().map(move |row| (group, row))).collect();
        for (at, (group, row)) in in_section.iter().enumerate() {
            let after = &in_section[at + 1..];
            let mut cells = Vec::new();
            if at == 0 {
                cells.push(named(&section.name, section.points).over(1, in_section.len()));
            }
            if group.rows.first().is_some_and(|it| it.number == row.number) {
                cells.push(named(&group.name, group.points).over(1, group.rows.len()));
            }
            let id = rubric.row_id(row.number);
            let shared = 1 + after.iter().take_while(|it| it.1.shares == Some(row.number)).count();
            if row.content.is_empty() {
                cells.push(TextCell::of(format!("{id} {}", row.standard)).over(2, shared));
            } else {
                cells.push(TextCell::of(format!("{id} {}", row.content)));
                if row.shares.is_none() {
                    cells.push(TextCell::of(row.standard.as_str()).over(1, shared));
                }
            }
            if row.shares.is_none() {
                let points = row.points.map_or(String::new(), |it| it.to_string());
                cells.push(TextCell::of(points).centred().over(1, shared));
            }
            if at == 0 || !row.methods_merged {
                let merged = 1 + after.iter().take_while(|it| it.1.methods_merged).count();
                cells.push(TextCell::of(row.methods.join("\n")).centred().over(1, merged));
            }
            let printed = printed_row(edition, sheet, report, row);
            let both = !printed.fact.is_empty() && !printed.note.is_empty();
            cells.push(TextCell::of(printed.score).centred());
            cells.push(TextCell::of([printed.fact, printed.note].join(if both { "；" } else { "" })));
            rows.push(cells);
        }
    }
    let total = if report.is_complete() { report.base.to_string() } else { format!("{}（未评完）", report.base) };
    rows.push(vec![
        TextCell::of("合计").centred().over(4, 1),
        TextCell::of(rubric.total.to_string()).centred(),
        TextCell::of(rubric.total_label.as_str()).centred(),
        TextCell::of(total).centred(),
        TextCell::of(""),
    ]);
    TextTable { widths: WIDTHS.into(), head: 1, small: true, rows }
}

/// 实施方案 65分.
fn named(name: &str, points: Option<Points>) -> TextCell {
    TextCell::of(points.map_or(name.to_owned(), |it| format!("{name}\n{it}分"))).centred()
}
