//! 佐证材料目录 on paper: the contents of the file that is handed in.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::html::{El, el};
use crate::app::part::{label, memo};
use crate::app::state::Saved;
use crate::dossier::{Dossier, Evidence, Sheet};
use crate::packet::filing_order;
use crate::rubric::Rubric;

/// Turns with every saving: what is on paper only need not follow every letter.
pub fn turned(state: State) -> Memo<u64> {
    memo::number(move |before| {
        let before = before.unwrap_or_default();
        match state.saved.get() {
            Saved::Saving => before,
            Saved::Unchanged | Saved::At(_) | Saved::Not(_) => before + 1,
        }
    })
}

pub fn contents(state: State, dossier: &Dossier) -> AnyView {
    let edition = state.edition_of(dossier);
    let heads = ["序号", "编号", "材料名称", "存放处", "责任人", "是否备齐", "页码"];
    let widths = [7, 9, 38, 16, 10, 10, 10].map(|it: u8| el("col").set("width", format!("{it}%")));
    let heads = heads.map(|it| el("th").set("scope", "col").text(it));
    let mut table = el("table")
        .class("official contents")
        .child(el("colgroup").each(widths.into_iter()))
        .child(el("thead").child(el("tr").each(heads.into_iter())));
    let (mut n, mut bare) = (0, Vec::new());
    for (rubric, sheet) in filing_order(edition, dossier) {
        let missing = sheet.count_papers(rubric).bare;
        if !missing.is_empty() {
            let rows: Vec<String> = missing.iter().map(|it| rubric.row_id(*it)).collect();
            bare.push(format!("{}：{}", label::called(rubric, sheet), rows.join("、")));
        }
        if !sheet.work.evidence.is_empty() {
            table = table.child(body(rubric, sheet, &mut n));
        }
    }
    let rest = (!bare.is_empty()).then(|| {
        let lines = bare.into_iter().map(|it| el("p").text(it)).collect::<Vec<_>>();
        el("section").class("rest").child(el("h2").text("还没有写材料的项")).each(lines.into_iter())
    });
    let paper = head("佐证材料目录", dossier);
    let paper = if n == 0 { paper } else { paper.child(table) };
    paper.maybe(rest).done()
}

/// What stands above all on paper.
pub fn head(title: &'static str, dossier: &Dossier) -> El {
    let unit = el("p").class("unit").text(format!("申请单位：{}", label::unit(dossier)));
    el("div").class("on-paper").child(el("h1").text(title)).child(unit)
}

/// The papers of one sheet, numbered on from `n`.
fn body(rubric: &Rubric, sheet: &Sheet, n: &mut usize) -> El {
    let of = el("th").set("colspan", "7").set("scope", "rowgroup").text(label::called(rubric, sheet));
    let mut lines = vec![el("tr").class("of").child(of)];
    for proof in &sheet.work.evidence {
        let Evidence { row, paper, place, who, ready, pages } = proof;
        *n += 1;
        let ready = if *ready { "已备" } else { "未备" };
        let cells = [&n.to_string(), &rubric.row_id(*row), paper, place, who, ready, pages];
        lines.push(el("tr").each(cells.into_iter().map(|it| el("td").text(it))));
    }
    el("tbody").each(lines.into_iter())
}
