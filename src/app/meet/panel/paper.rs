//! 汇总表: every row with each assessor's points, how far they lie apart and what was taken; on paper with the verdict and
//! places for signing.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, all, button, el, live};
use crate::app::part::{label, summary, table};
use crate::compare::{RowOutcome, Taken};
use crate::rubric::{Group, Row};
use crate::score::in_one_sentence;

use super::{PanelBody, rows};

pub fn paper(of: PanelBody) -> El {
    let few = RwSignal::new(false);
    let tick = el("input")
        .set("type", "checkbox")
        .checked(move || few.get())
        .on("change", move |_| few.update(|it| *it = !*it));
    let class = move || Some(if few.get() { "scroll few" } else { "scroll" }.to_owned());
    let scroll = el("div").live("class", class).set("tabindex", "0").set("role", "region");
    el("section")
        .class("paper")
        .child(el("h2").class("noprint").text("汇总表"))
        .child(
            el("p")
                .class("links noprint")
                .child(button("btn small nochat", "打印汇总表", browser::print))
                .child(el("label").class("tick").child(tick).text("只看需要合议的")),
        )
        .view(live(move || head(of)))
        .child(scroll.set("aria-label", "汇总表，可左右滚动").child(sheet(of)))
        .child(el("div").class("noprint").view(live(move || foot(of))))
}

/// So many rows stand with the signatures at least.
const LAST: usize = 5;

/// Whose summary it is: stands on every page.
fn whose(of: PanelBody) -> String {
    of.page.panel.with(|panel| {
        let mut levels = panel.seats.iter().map(|it| it.sheet.levels.trim()).filter(|it| !it.is_empty());
        let level = levels.next().filter(|first| levels.all(|it| it == *first)).unwrap_or_default();
        let unit = if panel.unit.is_empty() { "＿＿＿＿＿＿＿＿" } else { &panel.unit };
        let occupation = [panel.subject.occupation.as_str(), &panel.subject.code].join(" ");
        let mut line = format!("附件{}　申请单位：{unit}", of.rubric.annex);
        for (name, said) in [("职业（工种）", occupation.trim()), ("级别", level)] {
            if !said.is_empty() {
                line.push_str(&format!("　{name}：{said}"));
            }
        }
        line
    })
}

fn head(of: PanelBody) -> AnyView {
    let line = format!("得分相差超过 {} 分的项经合议确定", of.page.panel.with(|it| it.limit));
    let doc = format!("{} 附件{}", of.edition.notice, of.rubric.annex);
    all(vec![
        el("p").class("doc onpaper").text(doc).done(),
        el("p").class("title onpaper").text(format!("{}评估汇总表", of.rubric.whose)).done(),
        el("p").class("unit onpaper").text(line).done(),
    ])
}

fn sheet(of: PanelBody) -> El {
    let n = of.page.panel.with_untracked(|it| it.seats.len());
    let th = || el("th").set("scope", "col");
    // as the line above the heads spans all columns, the widths are those of a group of columns
    let narrow = (0..n + 3).map(|_| "w-num");
    let widths = ["w-what", "w-num"].into_iter().chain(narrow.skip(1)).chain(["w-why"]);
    let widths = el("colgroup").each(widths.map(|class| el("col").class(class)));
    let mut heads = el("tr").child(th().text("评估内容")).child(th().text("分值"));
    for at in 0..n {
        heads = heads.child(th().words(move || of.names().get(at).cloned().unwrap_or_default()));
    }
    heads = heads.child(th().text("相差")).child(th().text("合议得分")).child(th().text("依据"));
    let mut grid = el("table").class("official summed").child(el("caption").text(of.rubric.title.as_str()));
    let columns = (5 + n).to_string();
    let whose = el("th").set("scope", "colgroup").set("colspan", columns.as_str()).words(move || whose(of));
    grid = grid.child(widths).child(el("thead").child(el("tr").class("onpaper").child(whose)).child(heads));
    // the last rows are kept with the signatures in a body of their own
    let last = of.rubric.rows().count().saturating_sub(LAST);
    let mut at = 0;
    let mut end = el("tbody").class("end");
    for section in &of.rubric.sections {
        let points = section.points.map_or(String::new(), |it| format!("　{it} 分"));
        let head = el("th").set("scope", "rowgroup").set("colspan", columns.as_str());
        let some = move || section.groups.iter().flat_map(|it| &it.rows).any(|row| !mark(of, row).is_empty());
        let head = el("tr")
            .live("class", move || Some(if some() { "head" } else { "head common" }.to_owned()))
            .child(head.text(format!("{}{points}", section.name)));
        if last <= at {
            end = end.child(head);
            for (group, row) in section.groups.iter().flat_map(|it| it.rows.iter().map(move |row| (it, row))) {
                end = end.child(line(of, group, row));
            }
            continue;
        }
        let mut body = el("tbody").child(head);
        for group in &section.groups {
            for row in &group.rows {
                if last <= at {
                    end = end.child(line(of, group, row));
                } else {
                    body = body.child(line(of, group, row));
                }
                at += 1;
            }
        }
        grid = grid.child(body);
    }
    let mut total = el("tr").child(el("th").set("scope", "row").text("合计"));
    total = total.child(el("td").class("num").text(of.rubric.total.to_string()));
    for report in of.reports() {
        let open = if report.is_complete() { "" } else { "（未评完）" };
        total = total.child(el("td").class("num").text(format!("{}{open}", report.base)));
    }
    let own = move || {
        of.outcome.with(|outcome| {
            let open = if outcome.report.is_complete() && outcome.rows.iter().all(|it| !it.again) {
                ""
            } else {
                "（未定）"
            };
            format!("{}{open}", outcome.report.base)
        })
    };
    total = total.child(el("td")).child(el("td").class("num own").words(own)).child(el("td"));
    let signed = el("td").set("colspan", columns).view(live(move || foot(of)));
    grid.child(end.child(total.class("total")).child(el("tr").class("onpaper").child(signed)))
}

/// The class of a row that the panel still has to talk about, or already has; empty for the others.
fn mark(of: PanelBody, row: &Row) -> &'static str {
    let agreed = of.page.panel.with_untracked(|it| it.agreed(row.number).cloned());
    of.outcome.with(|outcome| match outcome.row(row.number) {
        Some(it) if it.is_open() => "open",
        Some(it) if rows::is_disputed(it, agreed.as_ref()) => "settled",
        Some(_) | None => "",
    })
}

fn line(of: PanelBody, group: &'static Group, row: &'static Row) -> El {
    let number = row.number;
    let id = of.rubric.row_id(number);
    let agreed = move || of.page.panel.with(|it| it.agreed(number).cloned());
    let answers =
        of.page.panel.with_untracked(|panel| panel.seats.iter().map(|it| it.sheet.answers.clone()).collect::<Vec<_>>());
    let (seats, spread) = of.outcome.with_untracked(|outcome| {
        let found: Option<&RowOutcome<'_>> = outcome.row(number);
        let seats = found.map(|it| it.seats.clone()).unwrap_or_default();
        (seats, found.and_then(RowOutcome::spread).map_or(String::new(), |it| it.to_string()))
    });
    let about = el("th").set("scope", "row").child(el("span").class("no").text(id)).text(label::row(group, row));
    let worth = row.points.map_or(String::new(), |it| it.to_string());
    let class = move || Some(mark(of, row).to_owned());
    let mut line = el("tr").live("class", class).child(about).child(el("td").class("num").text(worth));
    for (report, answers) in seats.iter().zip(&answers) {
        let veto = report.vetoed.then(|| el("em").class("veto").text("否决"));
        line = line.child(el("td").class("num").text(rows::points(of.rubric, report, answers)).maybe(veto));
    }
    let own = move || {
        of.outcome.with(|outcome| {
            let open = outcome.row(number).is_some_and(|it| it.taken == Taken::Open);
            let report = outcome.report.row(number).filter(|_| !open);
            report.map_or("待合议".to_owned(), |report| rows::points(of.rubric, report, &outcome.answers))
        })
    };
    let basis = move || {
        let agreed = agreed();
        of.outcome.with(|outcome| outcome.row(number).map_or(String::new(), |it| rows::taken(it, agreed.as_ref())))
    };
    line.child(el("td").class("num").text(spread))
        .child(el("td").class("num own").words(own))
        .child(el("td").class("note").words(basis))
}

/// The verdict, the document's note, and who signs.
fn foot(of: PanelBody) -> AnyView {
    let (words, bonus, n) =
        of.outcome.with(|it| (in_one_sentence(&it.report), summary::bonus_in_words(&it.report), it.open().len()));
    let left = if n == 0 { String::new() } else { format!("还有 {n} 项待合议，以下结论未定。") };
    let verdict =
        el("div").class("verdict").child(el("p").child(el("b").text("合议结论：")).text(format!("{left}{words}。")));
    let verdict = verdict.maybe(bonus.map(|it| el("p").text(it))).child(el("p").text("仅供参考，非官方结论。"));
    let signs = of.names().into_iter().chain(["组长".to_owned()]);
    let signs = signs.map(|it| el("span").text(format!("{it}（签字）：＿＿＿＿＿＿＿＿")));
    let date = el("span").text("日期：＿＿＿＿年＿＿月＿＿日");
    all(vec![
        table::note(of.rubric).done(),
        verdict.done(),
        el("p").class("sign signs onpaper").each(signs).child(date).done(),
    ])
}
