//! 文件: the published documents by date, and all of them on one page to print.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::part::table;
use crate::app::{Address, State};
use crate::generate::Library;
use crate::generate::library::Document;
use crate::notice::{Annexed, Notice};

use super::notice::{Paper, official};

pub fn notices(state: State, library: &'static Library) -> AnyView {
    let links = el("p")
        .class("links noprint")
        .child(link(state.href(&Address::Collection), "全部文件在一页（便于打印）"))
        .child(link(state.href(&Address::Contents), "目录"))
        .child(link(format!("{}feed.xml", state.root), "订阅（Atom）"));
    el("article")
        .class("read")
        .child(el("h1").text("文件"))
        .child(el("p").text("照原件逐字发布，误印不改，编者的话另外标明。每一条都有自己的地址，可以引用。"))
        .child(links)
        .maybe(library.notices.is_empty().then(|| el("p").text("还没有文件。")))
        .child(el("ol").class("issued").each(library.listed().into_iter().map(|it| paper(state, library, it))))
        .done()
}

fn paper(state: State, library: &'static Library, notice: &'static Notice) -> El {
    let issued = match (notice.issued, library.forwarded_by(notice)) {
        (Some(day), _) => format!("{day}印发"),
        (None, Some(by)) => format!("未印日期，由{}转发", by.cited_as()),
        (None, None) => "未印日期".to_owned(),
    };
    let rubrics = notice.annexes.iter().filter(|it| matches!(it.to, Some(Annexed::Rubric(_)))).count();
    let number = (!notice.number.is_empty()).then(|| el("span").class("nw").text(notice.number.as_str()));
    let gap = if notice.number.is_empty() { "" } else { "　" };
    let about = el("p").class("doc").maybe(number).text(format!("{gap}{}　{issued}", notice.issuer));
    let files = (!notice.files.is_empty())
        .then(|| el("p").class("doc").text(format!("附件下载：{} 个文件", notice.files.len())));
    let annexes = (0 < rubrics).then(|| {
        let page = state.within(library.edition_of(notice).folder).href(&Address::Rubrics);
        let to = link(page, format!("附件：{rubrics} 份技术评估要点"));
        el("p").class("doc").child(to)
    });
    let title = link(state.href(&Address::Notice(notice.slug.clone())), notice.title());
    el("li").child(el("h2").child(title)).child(about).maybe(annexes).maybe(files)
}

/// What stands above the documents of the collection.
pub fn collection() -> AnyView {
    let print = el("button").set("type", "button").class("print quiet").text("打印全部文件");
    let head = el("div")
        .class("read noprint")
        .child(el("h1").text("全部文件"))
        .child(el("p").text("按原件的次序：每份文件之后是它的附件。打印时各自另起一页。"))
        .child(print);
    head.done()
}

/// A document of the collection. It begins on a new sheet of paper.
pub fn document(state: State, library: &'static Library, document: Document) -> AnyView {
    let paper = match document {
        Document::Notice(it) => {
            el("div").class("all sheet-of-paper").child(official(&Paper::new(state, library, it, true)))
        }
        Document::Rubric(edition, rubric) => {
            let form = el("section").class("form all sheet-of-paper");
            form.child(el("h2").class("annex-title").text(format!("附件{}", rubric.annex)))
                .child(table::header(rubric, None))
                .each(table::table(edition, rubric, None, &|_| None).into_iter())
                .child(table::signs(""))
        }
    };
    paper.done()
}
