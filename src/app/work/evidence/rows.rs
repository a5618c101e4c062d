//! One row of a sheet with its papers: fields for each, what is proposed, and a way to add one.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, button, el, live, nothing};
use crate::app::part::label;
use crate::app::part::room;
use crate::dossier::{Evidence, Sheet, TEXT};
use crate::order;
use crate::rubric::{Group, Row, Rubric};

use super::{EvidencePage, PaperOrder};

/// The rows of a sheet in the order chosen, as it was when it was chosen: a row that becomes ready stays where it is.
pub fn ordered(page: EvidencePage, rubric: &'static Rubric, sheet: &Sheet) -> Vec<El> {
    let mut rows: Vec<(&'static Group, &'static Row)> =
        rubric.groups().flat_map(|(_, group)| group.rows.iter().map(move |it| (group, it))).collect();
    if page.order.get_untracked() == PaperOrder::Missing {
        let ready = |row: u16| {
            let mut papers = sheet.work.evidence.iter().filter(|it| it.row == row).peekable();
            papers.peek().is_some() && papers.all(|it| it.ready)
        };
        order::sort_by_key(&mut rows, |it| ready(it.1.number));
    }
    rows.into_iter().map(|(group, row)| block(page, rubric, sheet, group, row)).collect()
}

fn block(page: EvidencePage, rubric: &'static Rubric, sheet: &Sheet, group: &'static Group, row: &'static Row) -> El {
    let (id, number) = (sheet.id, row.number);
    let name = rubric.row_id(number);
    let asks = el("p")
        .class("asks")
        .child(el("span").class("no").text(name.clone()))
        .child(el("b").text(label::row(group, row)))
        .child(el("small").text(row.methods.join("、")));
    let standard = (!row.standard.is_empty()).then(|| el("p").class("sub").text(row.standard.as_str()));
    let papers: Vec<usize> =
        sheet.work.evidence.iter().enumerate().filter(|it| it.1.row == number).map(|it| it.0).collect();
    let bare = papers.is_empty().then(|| el("span").class("unproved").text("还没有写材料"));
    let add = move |paper: String| {
        let mut at = 0;
        page.edit(id, |sheet| at = sheet.add_paper(number, &paper));
        // the rows are there anew
        browser::after(0, move || {
            browser::focus(&format!("#{}", field_id(id, at, if paper.is_empty() { 0 } else { READY })))
        });
    };
    let more = button("link", "添加材料", move || add(String::new())).set("aria-label", format!("{name} 添加材料"));
    let proposed = live(move || {
        let open =
            page.state.open.with(|open| open.as_ref()?.dossier.sheet(id).map(|it| it.open_proposals(rubric, number)));
        let open = open.unwrap_or_default();
        if open.is_empty() {
            return nothing();
        }
        let proposals = open.into_iter().map(|paper| {
            let label = format!("采用 {paper}");
            let words = el("b").text(paper.as_str());
            let take = button("quiet", "采用", move || add(paper.clone())).set("aria-label", label);
            el("span").class("one").child(words).child(take)
        });
        let from = el("small").text("由评估标准文字提取的建议，请核对：");
        el("p").class("proposed").child(from).each(proposals.collect::<Vec<_>>().into_iter()).done()
    });
    let fields = papers.into_iter().map(|at| entry(page, rubric, (id, number), at));
    el("li")
        .set("id", block_id(id, number))
        .set("tabindex", "-1")
        .child(asks)
        .maybe(standard)
        .each(fields.collect::<Vec<_>>().into_iter())
        .view(proposed)
        .child(el("p").class("more").maybe(bare).child(more))
}

/// A text of a paper: what it is called, and where it is written.
type PaperField = (&'static str, &'static str, fn(&mut Evidence) -> &mut String);

const FIELDS: [PaperField; 4] = [
    ("材料名称", "paper", |it| &mut it.paper),
    ("存放处", "place", |it| &mut it.place),
    ("责任人", "who", |it| &mut it.who),
    ("页码", "pages", |it| &mut it.pages),
];
const READY: usize = FIELDS.len();

fn field_id(sheet: u16, at: usize, field: usize) -> String {
    format!("e-{sheet}-{at}-{field}")
}

fn block_id(sheet: u16, row: u16) -> String {
    format!("p-{sheet}-{row}")
}

fn entry(page: EvidencePage, rubric: &'static Rubric, (id, row): (u16, u16), at: usize) -> El {
    let fields = FIELDS.iter().enumerate().map(|(n, (name, class, of))| {
        let of = *of;
        let value = move || page.paper(id, at, |it| of(&mut it.clone()).clone());
        let write = move |event: Event| {
            if browser::is_composing(&event) {
                return;
            }
            let text = browser::text_of(&event);
            // beyond the numbers of the fields on the sheet itself
            let field = u64::from(id) << 32 | 1 << 30 | (at as u64) << 3 | n as u64;
            page.state.type_in(page.of, field, |dossier| {
                let paper = dossier.sheet_mut(id).and_then(|it| it.work.evidence.get_mut(at));
                paper.into_iter().for_each(|it| of(it).clone_from(&text));
            });
        };
        let input = el("input").set("type", "text").set("id", field_id(id, at, n)).set("autocomplete", "off");
        let input = input.value(value).on("input", write).on("change", write);
        el("label").class(class).child(el("span").text(*name)).child(input).child(room::counted(TEXT, value))
    });
    let ready = el("input").set("type", "checkbox").set("id", field_id(id, at, READY));
    let ready = ready.checked(move || !page.paper(id, at, |it| if it.ready { "1" } else { "" }.to_owned()).is_empty());
    let ready = ready.on("change", move |_| {
        page.edit(id, |sheet| {
            let now = sheet.work.evidence.get(at).is_some_and(|it| it.ready);
            sheet.set_ready(at, !now);
        });
    });
    let block = block_id(id, row);
    let name = rubric.row_id(row);
    let remove = move || {
        if page.state.once() {
            let block = format!("#{block}");
            page.edit(id, |sheet| {
                if at < sheet.work.evidence.len() {
                    sheet.work.evidence.remove(at);
                }
            });
            browser::after(0, move || browser::focus(&block));
            page.state
                .tell_with("已删除一份材料。".to_owned(), std::sync::Arc::new(move || page.state.undo_in(page.of)));
        }
    };
    el("div")
        .class("entry")
        .set("role", "group")
        .set("aria-label", format!("{name} 的材料"))
        .each(fields.collect::<Vec<_>>().into_iter())
        .child(el("label").class("tick").child(ready).text("已备"))
        .child(button("link", "删除", remove).set("aria-label", format!("删除 {name} 的材料")))
}

impl EvidencePage {
    /// A text of a paper, which may just have been taken back.
    fn paper(self, sheet: u16, at: usize, text: impl FnOnce(&Evidence) -> String) -> String {
        let paper = |open: &Option<crate::app::state::Open>| {
            open.as_ref().and_then(|it| it.dossier.sheet(sheet)?.work.evidence.get(at).map(text))
        };
        self.state.open.with(paper).unwrap_or_default()
    }
}
