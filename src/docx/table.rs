//! Tables: cells over several rows and columns, heads on every page, no row cut by the end of one.

use super::paragraph::{paragraph, run};
use super::style::{DEEP, WIDE};
use super::{TextCell, TextTable};

/// A cell that began in a row above.
#[derive(Clone, Copy)]
struct Begun {
    across: usize,
    rows: usize,
}

pub fn table(xml: &mut String, table: &TextTable, turned: bool) {
    let widths = widths(&table.widths, if turned { DEEP } else { WIDE });
    let all: usize = widths.iter().sum();
    xml.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Ruled\"/><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    ));
    for width in &widths {
        xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.push_str("</w:tblGrid>");
    let mut begun: Vec<Option<Begun>> = vec![None; widths.len()];
    for (n, (row, places)) in table.rows.iter().zip(table.places()).enumerate() {
        let head = n < table.head;
        xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
        xml.push_str(if head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
        let style = match (table.small, head) {
            (false, false) => "Cell",
            (false, true) => "CellHead",
            (true, false) => "Small",
            (true, true) => "SmallHead",
        };
        let mut cells = row.iter().zip(places).peekable();
        let mut at = 0;
        while at < widths.len() {
            let across = if let Some(above) = begun[at] {
                cell(xml, &widths, at, above.across, Some("<w:vMerge/>"), (style, None));
                begun[at] = Some(Begun { rows: above.rows - 1, ..above }).filter(|it| 0 < it.rows);
                above.across
            } else if let Some((found, _)) = cells.next_if(|it| it.1 == at) {
                let across = found.across.clamp(1, widths.len() - at);
                let down = (1 < found.down).then_some("<w:vMerge w:val=\"restart\"/>");
                cell(xml, &widths, at, across, down, (style, Some(found)));
                begun[at] = Some(Begun { across, rows: found.down.max(1) - 1 }).filter(|it| 0 < it.rows);
                across
            } else {
                cell(xml, &widths, at, 1, None, (style, None));
                1
            };
            at += across;
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    // a table that follows would grow together with this one
    paragraph(xml, "End", "");
}

fn cell(
    xml: &mut String,
    widths: &[usize],
    at: usize,
    across: usize,
    merged: Option<&str>,
    (style, said): (&str, Option<&TextCell>),
) {
    let width: usize = widths.iter().skip(at).take(across).sum();
    xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    if 1 < across {
        xml.push_str(&format!("<w:gridSpan w:val=\"{across}\"/>"));
    }
    xml.push_str(merged.unwrap_or_default());
    xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let centred = said.is_some_and(|it| it.centred);
    let style = match style {
        "Cell" if centred => "CellCentred",
        "Small" if centred => "SmallCentred",
        other => other,
    };
    paragraph(xml, style, &said.map_or(String::new(), |it| run(&it.text)));
    xml.push_str("</w:tc>");
}

/// The columns in twentieths of a point, together as wide as the page allows.
fn widths(parts: &[u16], all: usize) -> Vec<usize> {
    let sum: usize = parts.iter().map(|it| usize::from(*it)).sum::<usize>().max(1);
    let mut widths: Vec<usize> = parts.iter().map(|it| usize::from(*it) * all / sum).collect();
    let rest = all - widths.iter().sum::<usize>().min(all);
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
