//! 评价范围申报表, one for each declaration: the official columns, and what speaks against a row.

use crate::docx::{LineStyle, TextBlock, TextCell, TextTable};
use crate::dossier::Declaration;
use crate::filing::scope::{DeclaredRow, Ruling, Scope};

use super::parts::{heading, line, prompt};
use super::{Packet, PacketPaper, PacketPart};

pub fn declarations(packet: &Packet<'_>) -> Vec<PacketPart> {
    let Some(rules) = packet.rules else { return Vec::new() };
    let all = packet.dossier.declarations(packet.edition).iter();
    all.filter_map(|declaration| of(packet, &rules.scope, *declaration)).collect()
}

fn of(packet: &Packet<'_>, scope: &Scope, declaration: Declaration) -> Option<PacketPart> {
    let (dossier, kind) = (packet.dossier, packet.edition.kind(packet.dossier.applicant));
    let rows = dossier.rows_of(declaration).into_iter().filter_map(|at| dossier.declared.get(at).map(|it| &**it));
    let rows: Vec<&DeclaredRow> = rows.filter(|it| !it.is_blank()).collect();
    if rows.is_empty() {
        return None;
    }
    let title = PacketPaper::Declaration.label();
    let name = match declaration.label(kind) {
        "" => title.to_owned(),
        whom => format!("{title}（{whom}）"),
    };
    let or = |text: &str, blank: &str| if text.is_empty() { blank.to_owned() } else { text.to_owned() };
    let unit = or(&dossier.unit, "＿＿＿＿＿＿＿＿");
    let date = or(&dossier.facts.date, "＿＿＿＿年＿＿月＿＿日");
    let mut blocks = vec![heading(1, name.as_str()), line(LineStyle::Flush, format!("申请单位：{unit}"))];
    blocks.push(line(LineStyle::Flush, format!("日期：{date}")));
    let head = scope.columns.iter().map(|it| TextCell::of(it.as_str()).centred()).collect();
    let lines = rows.iter().map(|row| scope.printed(row).into_iter().map(TextCell::of).collect());
    let rows_of_table = [head].into_iter().chain(lines).collect();
    let widths = vec![20, 22, 22, 16, 20];
    blocks.push(TextBlock::Table(TextTable { widths, head: 1, small: false, rows: rows_of_table }));
    for (n, row) in (1..).zip(&rows) {
        let year = row.standard_year.map_or(String::new(), |it| format!("（{it} 年）"));
        if !row.standard_name.is_empty() || !year.is_empty() {
            blocks.push(line(LineStyle::Note, format!("第 {n} 行所依据的标准：{}{year}", row.standard_name)));
        }
    }
    for (n, row) in (1..).zip(&rows) {
        let checked = scope.check(kind, row);
        for reason in checked.reasons.iter().filter(|it| Ruling::Confirm <= it.result) {
            blocks.push(prompt(&format!("第 {n} 行：{}。", reason.message)));
        }
    }
    Some(PacketPart::titled(PacketPaper::Declaration, name, blocks))
}
