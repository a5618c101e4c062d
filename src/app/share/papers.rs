//! 全部打印: every paper of a dossier, one after the other, each on a page of its own: 备案路径, 评价范围申报表, then
//! the sheets, the public ones first. The print dialogue opens by itself.

use leptos::prelude::*;

use crate::app::case::scope;
use crate::app::part::carry::{in_chat, unless_in_chat};
use crate::app::part::html::{El, button, el, link};
use crate::app::part::{filed, frame, label, missing, table};
use crate::app::{Address, State, browser};
use crate::dossier::{Dossier, Sheet};
use crate::rubric::Part;
use crate::score::{in_one_sentence, score};

use super::form;

/// The address of the page, which then prints at once.
const AT_ONCE: &str = "#now";
/// Until the page is on the screen and its address in the bar, in milliseconds.
const SHOWN: u64 = 200;

pub fn papers(state: State, id: Option<&str>) -> AnyView {
    let found = state.open.with_untracked(|open| open.as_ref().filter(|it| Some(it.id.as_str()) == id).cloned());
    let Some(open) = found else {
        let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("全部打印"));
        return if state.live { missing::no_dossier(state) } else { head.view(frame::boot_message(state)).done() };
    };
    let dossier = &open.dossier;
    let edition = state.edition_of(dossier);
    let (public, others): (Vec<&Sheet>, Vec<&Sheet>) =
        dossier.sheets.iter().partition(|it| edition.rubric(it.annex).map(|rubric| rubric.part) == Some(Part::Public));
    let mut papers = vec![("备案路径和各表结论".to_owned(), cover(state, dossier))];
    papers.extend(scope::paper(state).map(|it| ("评价范围申报表".to_owned(), it)));
    for sheet in public.into_iter().chain(others) {
        let name = edition.rubric(sheet.annex).map_or(String::new(), |it| label::called(it, sheet));
        papers.extend(form::filled(state, dossier, sheet, el("p").class("noprint")).map(|it| (name, it)));
    }
    let n = papers.len();
    let made_by = browser::made_by();
    let list = papers.iter().map(|it| el("li").text(it.0.as_str()));
    let links = el("p").class("links").maybe(unless_in_chat(|| button("btn small", "打印", browser::print)));
    let links = links.child(link(state.href(&Address::Dossier(Some(open.id.clone()))), "返回档案"));
    let head = el("div")
        .class("read noprint")
        .child(el("h1").set("tabindex", "-1").text("全部打印"))
        .child(el("p").text(format!("共 {n} 份，一次打印，每份另起一页：")))
        .child(el("ol").each(list))
        .maybe(in_chat())
        .child(links);
    // the button that led here says so at the end of the address; a reload, or coming back, prints nothing
    browser::after(SHOWN, || {
        if browser::take_fragment(AT_ONCE).is_some() {
            browser::print();
        }
    });
    let all = papers.into_iter().enumerate().map(|(at, (_, paper))| {
        let which = format!("{}　第 {} 份，共 {n} 份　{made_by}", label::unit(dossier), at + 1);
        el("section").class("paper-of").child(el("p").class("which").text(which)).child(paper)
    });
    el("div").class("papers").child(head).each(all).done()
}

/// 备案路径, and the verdict of each sheet.
fn cover(state: State, dossier: &Dossier) -> El {
    let edition = state.edition_of(dossier);
    let rules = state.rules_of(edition).filter(|it| it.has_routes());
    let route = rules.and_then(|rules| {
        let whole = rules.routes.next(&dossier.route).is_none();
        filed::filed(state, rules, &dossier.route).filter(|_| whole)
    });
    let open = (rules.is_some() && route.is_none()).then(|| el("p").text("还没有答完在哪里备案。"));
    let head = rules.map(|_| el("h2").text("备案路径（原则上）"));
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let lines = known.map(|(sheet, rubric)| {
        let words = in_one_sentence(&score(rubric, &sheet.answers));
        el("li").child(el("b").text(label::called(rubric, sheet))).text(format!("：{words}。"))
    });
    let lines: Vec<El> = lines.collect();
    let sheets = (!lines.is_empty()).then(|| {
        el("section").child(el("h2").text("各表自评结论")).child(el("ul").class("plain").each(lines.into_iter()))
    });
    el("article")
        .class("read case")
        .child(el("p").class("doc").text(format!("自评档案 · {}", label::applicant(edition, dossier.applicant))))
        .child(el("h1").text(label::unit(dossier)))
        .child(table::unit(&form::told(dossier)))
        .maybe(head)
        .maybe(route)
        .maybe(open)
        .maybe(sheets)
        .child(el("p").text("自评结果，仅供参考，非官方结论。"))
}
