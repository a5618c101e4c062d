//! The papers as they print: the same content as in the document, the official forms as they always print.

use leptos::prelude::*;

use crate::app::part::html::{El, all, el, nothing};
use crate::app::part::label;
use crate::app::share::form;
use crate::app::{State, browser};
use crate::docx::{LineStyle, TextBlock, TextCell, TextTable};
use crate::packet::{PacketPaper, PacketPart};

use super::{Ticked, of};

/// All papers that are ticked, each on a page of its own.
pub fn printed(state: State, ticked: Ticked) -> AnyView {
    let chosen = ticked.papers();
    let made_by = browser::made_by();
    state.open.with(|open| {
        let Some(dossier) = open.as_ref().map(|it| &it.dossier) else { return nothing() };
        let parts = of(state, dossier).parts(&chosen);
        let counted: Vec<&PacketPart> = parts.iter().filter(|it| which(it).is_some()).collect();
        let papers = parts.iter().map(|part| {
            let sheet = part.sheet.and_then(|id| dossier.sheet(id));
            let form = sheet.and_then(|it| form::filled(state, dossier, it, el("p").class("noprint")));
            let paper = form.unwrap_or_else(|| {
                // how to have numbers of pages in a document is of no use on paper
                let hint = |block: &TextBlock| matches!(block, TextBlock::Line(LineStyle::Prompt, _));
                let contents = part.paper == PacketPaper::Contents;
                let blocks = part.blocks.iter().filter(|it| !contents || !hint(it));
                el("article").class("read text").each(blocks.map(|it| block(it, &counted)))
            });
            let which =
                which(part).map(|it| format!("{}　{it}，共 {} 份　{made_by}", label::unit(dossier), counted.len()));
            let which = which.map(|it| el("p").class("which").text(it));
            // the official forms have pages of their own
            let class = if part.turned && sheet.is_none() { "paper-of turned" } else { "paper-of" };
            el("section").class(class).maybe(which).child(paper).done()
        });
        all(papers.collect())
    })
}

/// 第 n 份, as its heading has it for the contents.
fn which(part: &PacketPart) -> Option<&str> {
    if matches!(part.paper, PacketPaper::Cover | PacketPaper::Contents) {
        return None;
    }
    part.blocks.iter().find_map(|block| match block {
        TextBlock::Heading(heading) if heading.level == 1 => Some(heading.aside.as_str()),
        TextBlock::Heading(_) | TextBlock::Line(..) | TextBlock::Table(_) | TextBlock::Contents => None,
    })
}

fn block(block: &TextBlock, counted: &[&PacketPart]) -> El {
    match block {
        TextBlock::Heading(heading) => {
            let tag = match heading.level {
                1 => "h2",
                2 => "h3",
                _ => "h4",
            };
            el(tag).text(heading.text.as_str())
        }
        TextBlock::Line(style, text) => {
            let (tag, class) = match style {
                LineStyle::Title => ("h1", "title"),
                LineStyle::ContentsHead => ("h2", "title"),
                LineStyle::Cover => ("p", "cover"),
                LineStyle::Body => ("p", "body"),
                LineStyle::Flush => ("p", "flush"),
                LineStyle::Prompt => ("p", "ours"),
                LineStyle::Note => ("p", "small"),
            };
            el(tag).class(class).text(text.as_str())
        }
        TextBlock::Table(it) => table(it),
        TextBlock::Contents => {
            let line = |part: &&PacketPart| {
                let name = el("span").text(part.name.as_str());
                el("li").child(name).child(el("b").text(which(part).unwrap_or_default()))
            };
            el("ul").class("contents").each(counted.iter().map(line))
        }
    }
}

fn table(table: &TextTable) -> El {
    let all: u32 = table.widths.iter().map(|it| u32::from(*it)).sum::<u32>().max(1);
    let columns = table.widths.iter().map(|width| {
        let tenths = u32::from(*width) * 1000 / all;
        el("col").set("width", format!("{}.{}%", tenths / 10, tenths % 10))
    });
    let row = |tag: &'static str| move |row: &Vec<TextCell>| el("tr").each(row.iter().map(|it| cell(tag, it)));
    let (head, rows) = table.rows.split_at(table.head.min(table.rows.len()));
    el("table")
        .class("ruled")
        .child(el("colgroup").each(columns))
        .child(el("thead").each(head.iter().map(row("th"))))
        .child(el("tbody").each(rows.iter().map(row("td"))))
}

fn cell(tag: &'static str, cell: &TextCell) -> El {
    let mut made = el(tag).text(cell.text.as_str());
    if 1 < cell.across {
        made = made.set("colspan", cell.across.to_string());
    }
    if 1 < cell.down {
        made = made.set("rowspan", cell.down.to_string());
    }
    if cell.centred { made.class("centred") } else { made }
}
