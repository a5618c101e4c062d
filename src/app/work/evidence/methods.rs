//! 按评估方式: what assessors look at, visit, ask and hear, with the papers that belong to it.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, button, el};
use crate::app::part::label;
use crate::dossier::{Evidence, Sheet};
use crate::rubric::{Row, Rubric};

use super::{EvidencePage, PaperOrder};

/// How the methods of a kind begin, as they are printed, and what is said of them.
const METHODS: [(&str, &str); 5] = [
    ("查", "查看、查阅：准备好原件和复印件"),
    ("现场", "现场考察：到场看什么"),
    ("访谈", "访谈咨询：会问到什么"),
    ("听取", "听取汇报：要讲到什么"),
    ("对照", "对照方案：实施方案里要写到什么"),
];

pub fn by_method(page: EvidencePage, sheets: &[(&'static Rubric, &Sheet)]) -> Vec<El> {
    let part = |(begins, title): (&'static str, &'static str)| {
        let mut n = 0;
        let mut parts = Vec::new();
        for (rubric, sheet) in sheets {
            let lines: Vec<El> = rubric
                .groups()
                .flat_map(|(_, group)| group.rows.iter().map(move |it| (group, it)))
                .filter_map(|(group, row)| {
                    let methods: Vec<&str> =
                        row.methods.iter().map(String::as_str).filter(|it| it.starts_with(begins)).collect();
                    (!methods.is_empty())
                        .then(|| line(page, rubric, sheet, (label::row(group, row), row), &methods.join("、")))
                })
                .collect();
            if !lines.is_empty() {
                n += lines.len();
                parts.push(el("h3").text(label::called(rubric, sheet)));
                parts.push(el("ul").class("methods").each(lines.into_iter()));
            }
        }
        (0 < n).then(|| el("section").child(el("h2").text(format!("{title}（{n} 项）"))).each(parts.into_iter()))
    };
    METHODS.into_iter().filter_map(part).collect()
}

fn line(page: EvidencePage, rubric: &Rubric, sheet: &Sheet, (name, row): (&str, &Row), methods: &str) -> El {
    let (id, number) = (sheet.id, row.number);
    let papers: Vec<&Evidence> = sheet.work.evidence.iter().filter(|it| it.row == number).collect();
    let go = move || {
        page.order.set(PaperOrder::Filing);
        browser::after(0, move || browser::focus(&format!("#p-{id}-{number}")));
    };
    let to = button("link no", "", go).text(rubric.row_id(number));
    let papers = match papers.is_empty() {
        true => el("span").class("unproved").text("还没有写材料"),
        false => el("span").class("has").each(papers.into_iter().map(|proof| {
            let name = if proof.paper.is_empty() { "未写名称" } else { &proof.paper };
            let place = if proof.place.is_empty() { String::new() } else { format!("，{}", proof.place) };
            let (class, ready) = if proof.ready { ("one", "已备") } else { ("one missing", "未备") };
            el("span").class(class).text(format!("{name}（{ready}{place}）"))
        })),
    };
    el("li")
        .child(to)
        .child(el("span").class("what").text(format!("{name} ")).child(el("small").text(methods)))
        .child(papers)
}
