//! 目录: every document, clause, group of rows and reading with its address, for whoever cannot or will not search.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::filing::Rules;
use crate::generate::Library;
use crate::generate::library::{Document, Published};
use crate::notice::{Block, Notice, plain};
use crate::rubric::Rubric;

use super::later::later_page;

/// How many characters of a clause are shown.
const SHOWN: usize = 28;

/// What stands above the documents: the other pages of the site, and the readings.
pub fn contents(state: State, library: &Library) -> AnyView {
    let pages = [
        (Address::Home, "首页"),
        (Address::Filing, "在哪里备案"),
        (Address::Mine, "我的自评"),
        (Address::Notices, "文件列表"),
        (Address::Collection, "全部文件在一页"),
        (Address::Rubrics, "技术评估要点列表"),
        (Address::Readings, "解读"),
        (Address::About, "使用说明"),
    ];
    let later = later_page(state, "此后文件");
    let has_routes = state.rules_of(state.edition()).is_some_and(Rules::has_routes);
    let pages = pages.into_iter().filter(|it| has_routes || it.0 != Address::Filing);
    let pages = pages.map(|(route, name)| link(state.href(&route), name));
    let readings = library.published().into_iter().map(|of| readings(state.within(of.folder), of));
    el("article")
        .class("read wide chapters")
        .child(el("h1").text("目录"))
        .child(el("p").class("links").each(pages).maybe(later))
        .each(readings)
        .done()
}

fn readings(state: State, of: Published) -> El {
    let all = &of.edition.readings;
    let lines = all.iter().map(|reading| {
        let to = format!("{}#{}", state.href(&Address::Readings), reading.id);
        el("li").child(link(to, format!("{} {}", reading.id, reading.title)))
    });
    let n_readings = el("summary").text(format!("{}{} 条解读", of.before(), all.len()));
    el("details").child(n_readings).child(el("ul").each(lines))
}

/// A document with the address of everything in it.
pub fn document(state: State, library: &Library, document: Document) -> AnyView {
    let section = match document {
        Document::Notice(it) => notice(state, it),
        Document::Rubric(edition, it) => rubric(state, library.as_published(edition), it),
    };
    section.done()
}

fn notice(state: State, notice: &'static Notice) -> El {
    let page = state.href(&Address::Notice(notice.slug.clone()));
    let items = notice.blocks.iter().filter_map(|block| {
        let clause = block.clause()?;
        let text = match block {
            Block::Heading { words, .. } | Block::Paragraph { words, .. } => plain(words),
            Block::List(_) | Block::Table(_) | Block::Quote(_) => String::new(),
        };
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        let class = ["first", "second", "third"][clause.depth().clamp(1, 3) - 1];
        Some(el("li").class(class).child(link(format!("{page}#{}", clause.id()), shown)))
    });
    let items: Vec<El> = items.collect();
    let title = el("h2").child(link(page.clone(), notice.name()));
    let all = (!items.is_empty()).then(|| el("ul").each(items.into_iter()));
    el("section").class("read wide chapters").child(title).maybe(all)
}

fn rubric(state: State, of: Published, rubric: &'static Rubric) -> El {
    let page = state.within(of.folder).href(&Address::Rubric(rubric.annex));
    let name = format!("{}附件{} {} {}", of.before(), rubric.annex, rubric.whose, rubric.part_name);
    let groups = rubric.groups().filter_map(|(section, group)| {
        let first = rubric.row_id(group.rows.first()?.number);
        let points = group.points.map_or(String::new(), |it| format!(" {it}分"));
        let name = format!("{first} {}：{}{points}", section.name, group.name);
        Some(el("li").class("second").child(link(format!("{page}#{first}"), name)))
    });
    let title = el("h2").child(link(page.clone(), name));
    let n_rows = el("summary").text(format!("{} 行评估内容", rubric.rows().count()));
    el("section")
        .class("read wide chapters")
        .child(title)
        .child(el("details").child(n_rows).child(el("ul").each(groups)))
}
