//! The rubrics: a list, and each as the official table, blank, to read and print.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::part::table;
use crate::app::{Address, State};
use crate::generate::Library;
use crate::generate::render::BLANK_FORM;
use crate::rubric::{Row, Rubric};

use super::later::later_line;
use super::notice::cite;

pub fn rubrics(state: State, library: &'static Library) -> AnyView {
    let edition = state.edition();
    let items = edition.rubrics.iter().map(|rubric| {
        let name = format!("附件{} {} {}", rubric.annex, rubric.whose, rubric.part_name);
        let about = format!("{}，{} 行，合计 {} 分", rubric.title, rubric.rows().count(), rubric.total);
        el("li").child(link(state.href(&Address::Rubric(rubric.annex)), name)).child(el("p").text(about))
    });
    let number = match library.of_rubrics() {
        Some(it) => link(state.href(&Address::Notice(it.slug.clone())), it.number.as_str()),
        None => el("span").text(edition.notice.as_str()),
    };
    let sub = el("p").class("sub").child(number);
    el("article")
        .class("read")
        .child(el("h1").text("技术评估要点"))
        .child(sub.text(format!(" {}", edition.title)))
        .child(el("ul").class("list").each(items))
        .maybe(
            library
                .changes_something()
                .then(|| el("p").child(link(state.href(&Address::Changed), "新旧对照：逐行看新版改了什么"))),
        )
        .done()
}

pub fn rubric(state: State, library: &'static Library, annex: u8) -> AnyView {
    let (edition, rubric) = state.rubric(annex).expect("only rubrics that exist have a route");
    let mut links = el("p").class("links noprint");
    links =
        links.child(link(state.href(&Address::start(edition.kind(rubric.applicant))), "按此表自评").class("btn small"));
    links = links.child(link(state.href(&Address::Sheet(annex, None)), "逐项查看（手机适用）"));
    if let Some(it) = library.of_rubrics() {
        links = links.child(link(state.href(&Address::Notice(it.slug.clone())), format!("所附通知 {}", it.number)));
    }
    let blank = link(BLANK_FORM.to_owned(), "下载空白表（XLSX，可在 WPS 里填写后读入）");
    links = links.child(blank.set("download", format!("附件{annex}-空白表.xlsx")));
    links = links.child(link(state.href(&Address::Workbook), "读入填好的表"));
    let print = el("button").set("type", "button").class("print quiet").text("打印本表");
    let beside = |row: &Row| Some(beside(state, library, rubric, row));
    el("article")
        .class("form")
        .child(table::headline(edition, rubric))
        .child(links.child(print))
        .child(table::unit(&[""; 4]))
        .child(table::header(rubric, None))
        .each(table::table(edition, rubric, None, &beside).into_iter())
        .child(table::signs(""))
        .done()
}

/// What an editor has to say about a row: the readings and the clauses it touches.
fn beside(state: State, library: &'static Library, rubric: &Rubric, row: &Row) -> El {
    let edition = state.edition();
    let readings = edition.readings_on(row).map(|reading| {
        let to = format!("{}#{}", state.href(&Address::Readings), reading.id);
        link(to, reading.id.as_str()).set("title", reading.title.as_str())
    });
    let clauses = library.clauses_of(rubric, row).iter().map(|(notice, clause)| {
        let page = state.href(&Address::Notice(notice.slug.clone()));
        match clause {
            Some(clause) => link(format!("{page}#{}", clause.id()), format!("{} {clause}", notice.number)),
            None => link(page, notice.number.as_str()),
        }
    });
    let id = rubric.row_id(row.number);
    let later = later_line("span", state, &[&id]);
    let what = format!("{} 附件{} {id}", edition.notice, rubric.annex);
    el("span").class("refs noprint").each(readings).each(clauses).maybe(later).child(cite(&id, what))
}
