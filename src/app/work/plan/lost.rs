//! 失分各项: what each row lacks, in the standard's own words, and what the applicant says about mending it.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, all, el, live};
use crate::app::part::{label, memo, table};
use crate::packet::change_to;
use crate::plan::{Effort, Lost, Mark, lost as lost_rows, options, words};
use crate::rubric::{Blocks, Fact, Group, Measure, Points, Row, Rule};
use crate::score::{Report, RowReport, said, typed, written};

use super::PlanPage;

/// The numbers of a row's fields for undoing; no fact has them.
const COST: u32 = 250;
const REACH: u32 = 251;

/// How many ways of mending a row are named.
const MOST_WAYS: usize = 3;

pub fn lost(page: PlanPage) -> El {
    let found = move || page.editor.report.with(|it| all_lost(page, it));
    let numbers = move || found().into_iter().map(|it| it.row).collect::<Vec<_>>();
    let turns = memo::turns(move |_| Some(numbers()));
    let list = move || {
        turns.get();
        let rows: Vec<AnyView> = untrack(numbers).into_iter().filter_map(|it| row(page, it)).map(El::done).collect();
        all(rows)
    };
    let head = move || {
        let all = found();
        let total = all.iter().fold(Points::ZERO, |sum, it| sum + it.points);
        let n = all.iter().filter(|it| it.veto == Some(Blocks::Filing)).count();
        let vetoes = if n == 0 { String::new() } else { format!("，其中否决项 {n} 个，排在前面") };
        format!("共 {} 项没有拿满，失 {total} 分{vetoes}。", all.len())
    };
    let hint = "逐项标明马上能办、要花钱还是办不到，知道费用的填上，下面的方案随之改变。不标的按马上能办、不花钱算；要花钱而没有填费用的，每一项、名、处、人按 1 万元算。";
    el("section")
        .set("id", "lost")
        .class("lost-rows")
        .child(el("h2").text("一、失分在哪里"))
        .child(el("p").class("say").words(head))
        .child(el("p").class("hint").text(hint))
        .view(live(list))
}

/// What is lost, and after the first row of a shared cell those of its rows that have a part in it.
fn all_lost(page: PlanPage, report: &Report<'static>) -> Vec<Lost> {
    let answers = page.editor.answers();
    let mut all = Vec::new();
    let found = lost_rows(report);
    for lost in &found {
        all.push(*lost);
        let takes = |it: &RowReport<'_>| !it.answered || answers.get(it.row.number, Fact::Defects) != Some(0);
        let of_cell = report.rows.iter().filter(|it| it.row.shares == Some(lost.row) && takes(it));
        for result in of_cell.filter(|it| found.iter().all(|known| known.row != it.row.number)) {
            let part = Lost { row: result.row.number, points: Points::ZERO, veto: None, answered: result.answered };
            all.push(part);
        }
    }
    all
}

fn row(page: PlanPage, number: u16) -> Option<El> {
    let rubric = page.editor.rubric;
    let mut all = rubric.groups().flat_map(|(_, group)| group.rows.iter().map(move |row| (group, row)));
    let (group, row): (&'static Group, &'static Row) = all.find(|it| it.1.number == number)?;
    let found =
        move || page.editor.report.with(|report| all_lost(page, report).into_iter().find(|it| it.row == number));
    let class = move || {
        let veto = found().and_then(|it| it.veto);
        let class = match veto {
            Some(Blocks::Filing) => "row lost bad",
            Some(Blocks::Work) => "row lost part",
            None => "row lost",
        };
        Some(class.to_owned())
    };
    let points = move || found().map_or(String::new(), loss);
    let legend = el("legend")
        .child(el("span").class("no").text(rubric.row_id(number)))
        .child(el("span").class("name").text(label::row(group, row)))
        .child(el("span").class("pts").words(points));
    let now = move || {
        page.editor.report.with(|report| {
            let answers = page.editor.answers();
            report.row(number).map_or(String::new(), |it| format!("现在：{}", said(it, &answers)))
        })
    };
    let card = el("fieldset")
        .live("class", class)
        .set("id", format!("lost-{number}"))
        .set("tabindex", "-1")
        .child(legend)
        .child(table::standard(el("blockquote"), row))
        .child(el("p").class("now-said").words(now).text("。怎样得分：").text(row.words.as_str()).text("。"))
        .view(live(move || ways_of(page, number)));
    Some(card.child(marks(page, row)))
}

/// 否决项，失 3 分.
fn loss(lost: Lost) -> String {
    let veto = match lost.veto {
        Some(Blocks::Filing) => "否决项",
        Some(Blocks::Work) => "不得开展工作",
        None => "",
    };
    let points = if lost.points == Points::ZERO { String::new() } else { format!("失 {} 分", lost.points) };
    let both = [veto, &points].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
    let words = if both.is_empty() { "与上面合计".to_owned() } else { both.join("，") };
    if lost.answered { words } else { format!("未评，{words}") }
}

/// What would earn the points of the row: the smallest changes first, and the one that earns all.
fn ways_of(page: PlanPage, row: u16) -> AnyView {
    let rubric = page.editor.rubric;
    let found = page.editor.read(|sheet| {
        let wishes = &sheet.work.wishes;
        let mark = wishes.mark(row);
        let to_words = |it| words(rubric, &change_to(&sheet.answers, mark, it));
        options(rubric, &sheet.answers, wishes, row).into_iter().map(to_words).collect::<Vec<_>>()
    });
    let mut found = found.unwrap_or_default();
    if MOST_WAYS < found.len() {
        found.drain(MOST_WAYS - 1..found.len() - 1);
    }
    el("ul").class("ways-of").each(found.into_iter().map(|it| el("li").text(it))).done()
}

/// 马上能办, 要花钱, 办不到; the cost, and how far a 酌情 row can be brought.
fn marks(page: PlanPage, row: &'static Row) -> El {
    let number = row.number;
    let id = page.editor.rubric.row_id(number);
    let mark = move || page.editor.read(|it| it.work.wishes.mark(number)).unwrap_or_default();
    let radios = Effort::ALL.into_iter().map(|effort| {
        let chosen = move || mark().effort == effort;
        let radio = el("input").set("type", "radio").set("name", format!("effort-{number}")).checked(chosen);
        let choose = move |_| {
            page.editor.edit(|sheet| {
                let before = sheet.work.wishes.mark(number);
                sheet.work.wishes.set_mark(Mark { effort, ..before });
            });
        };
        el("label")
            .live("class", move || chosen().then(|| "on".to_owned()))
            .child(radio.on("change", choose))
            .text(effort.label())
    });
    let group = el("span").class("seg").set("role", "radiogroup").set("aria-label", format!("{id} 能否办到"));
    let cost = points_field(
        page,
        (number, COST, format!("{id} {}费用", per(row))),
        move || mark().cost.and_then(|it| i64::try_from(it).ok()),
        |mark, value| mark.cost = value.and_then(|it| u64::try_from(it).ok()),
        i64::from(u32::MAX),
    );
    let money = move || (mark().effort == Effort::Never).then(String::new);
    let cost =
        el("label").class("count").live("hidden", money).text(format!("{}费用 ", per(row))).each(cost.into_iter());
    let mut all =
        el("div").class("ask").child(group.each(radios)).child(cost.child(el("span").class("unit").text("万元")));
    if matches!(row.rule, Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. }) {
        let worth = row.points.unwrap_or_default();
        let reach = points_field(
            page,
            (number, REACH, format!("{id} 最多能得几分")),
            move || mark().reach.map(|it| i64::from(it.in_tenths())),
            |mark, value| mark.reach = value.and_then(|it| u16::try_from(it).ok()).map(Points::tenths),
            i64::from(worth.in_tenths()),
        );
        let unit = el("span").class("unit").text(format!("分（满分 {worth}）"));
        let never = move || (mark().effort == Effort::Never).then(String::new);
        let reach = el("label").class("count").live("hidden", never).text("最多能得 ").each(reach.into_iter());
        all = all.child(reach.child(unit));
    }
    all
}

/// 每名, where the row counts; empty where it is one thing as a whole.
fn per(row: &Row) -> String {
    match &row.rule {
        Rule::Deduct { unit, .. } | Rule::Hazard { unit, .. } | Rule::Credit { unit, .. } => format!("每{unit}"),
        Rule::Number { .. } | Rule::Experts { .. } => "每名".to_owned(),
        Rule::Staffed { .. } | Rule::Average { .. } => "每人".to_owned(),
        Rule::Rate { .. } => "每台（套）".to_owned(),
        _ => String::new(),
    }
}

/// A field for a number with one decimal, and why what stands in it was not taken.
fn points_field(
    page: PlanPage,
    (row, field, name): (u16, u32, String),
    now: impl Fn() -> Option<i64> + Copy + Send + 'static,
    set: fn(&mut Mark, Option<i64>),
    most: i64,
) -> [El; 2] {
    let refused = RwSignal::new(String::new());
    let measure = Measure::Points;
    let write = move |event: Event| {
        if browser::is_composing(&event) {
            return;
        }
        let read = typed(measure, &browser::text_of(&event)).map_err(|it| it.to_string());
        let read = match read {
            Ok(Some(value)) if most < value => Err(format!("最多 {}", written(measure, most))),
            other => other,
        };
        refused.set(read.as_ref().err().cloned().unwrap_or_default());
        if let Ok(value) = read {
            page.editor.type_in(u32::from(row) << 8 | field, |sheet| {
                let mut mark = sheet.work.wishes.mark(row);
                set(&mut mark, value);
                sheet.work.wishes.set_mark(mark);
            });
        }
    };
    let value = move || now().map_or(String::new(), |it| written(measure, it));
    let input = el("input").set("type", "text").set("autocomplete", "off").set("inputmode", "decimal");
    let input = input
        .set("aria-label", name)
        .live("aria-invalid", move || (!refused.with(String::is_empty)).then(|| "true".to_owned()))
        .value(value)
        .on("input", write)
        .on("change", write);
    [input, el("span").alert(move || refused.get())]
}
