//! 目录: every document, clause, group of rows and reading with its address, for whoever cannot or will not search.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::part::label;
use crate::app::{Route, State};
use crate::notice::{Block, Notice, plain};
use crate::rubric::Rubric;
use crate::site::Library;

/// So many characters of a clause that has no heading.
const SHOWN: usize = 28;

pub fn contents(state: State, library: &'static Library) -> AnyView {
    let mut page = el("article").class("read wide contents").child(el("h1").text("目录"));
    page = page.child(el("h2").text("文件"));
    page = page.each(library.by_date().into_iter().map(|it| notice(state, it)));
    if let Some(edition) = library.edition() {
        page = page.child(el("h2").text("技术评估要点"));
        page = page.each(edition.rubrics.iter().map(|it| rubric(state, it)));
        let readings = edition.readings.iter().map(|it| {
            let to = format!("{}#{}", state.href(&Route::Readings), it.id);
            el("li").child(link(to, format!("{} {}", it.id, it.title)))
        });
        let head = el("summary").text(format!("解读（{} 条）", edition.readings.len()));
        page = page.child(el("h2").text("解读"));
        page = page.child(el("details").child(head).child(el("ul").each(readings)));
    }
    let pages = [
        (Route::Home, "首页"),
        (Route::Mine, "我的自评"),
        (Route::Notices, "文件列表"),
        (Route::Collection, "全部文件在一页"),
        (Route::Rubrics, "技术评估要点列表"),
        (Route::About, "使用说明"),
    ];
    let pages = pages.into_iter().map(|(route, name)| el("li").child(link(state.href(&route), name)));
    page.child(el("h2").text("其他页面")).child(el("ul").each(pages)).done()
}

fn notice(state: State, it: &'static Notice) -> El {
    let page = state.href(&Route::Notice(it.slug.clone()));
    let items = it.blocks.iter().filter_map(|block| {
        let clause = block.clause()?;
        let text = match block {
            Block::Heading { words, .. } | Block::Paragraph { words, .. } => plain(words),
            Block::List(_) | Block::Table(_) | Block::Quote(_) => String::new(),
        };
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        let class = if clause.depth() == 1 { "first" } else { "second" };
        Some(el("li").class(class).child(link(format!("{page}#{}", clause.id()), shown)))
    });
    let items: Vec<El> = items.collect();
    let title = el("h3").child(link(page.clone(), format!("{} {}", it.number, it.title())));
    let all = (!items.is_empty()).then(|| el("ul").each(items.into_iter()));
    el("section").child(title).maybe(all)
}

fn rubric(state: State, rubric: &'static Rubric) -> El {
    let page = state.href(&Route::Rubric(rubric.annex));
    let name = format!("附件{} {} {}", rubric.annex, label::applicant(rubric.applicant), label::part(rubric.part));
    let groups = rubric.groups().filter_map(|(section, group)| {
        let first = rubric.row_id(group.rows.first()?.number);
        let points = group.points.map_or(String::new(), |it| format!(" {it}分"));
        let name = format!("{first} {}：{}{points}", section.name, group.name);
        Some(el("li").class("second").child(link(format!("{page}#{first}"), name)))
    });
    let title = el("h3").child(link(page.clone(), name));
    let n_rows = el("summary").text(format!("{} 行评估内容", rubric.rows().count()));
    el("section").child(title).child(el("details").child(n_rows).child(el("ul").each(groups)))
}
