//! The sender chooses what a code or a link carries besides the answers. Each choice shows how much longer it makes the
//! link, and code, link and QR follow the choice.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, nothing};
use crate::app::{State, browser};
use crate::carrier::{TOO_LONG, Take, WARN, cut, pack, write_code};
use crate::dossier::{Dossier, Sheet};
use crate::rubric::Rubric;
use crate::score::{score, verdict_in_words};

use super::{carriers, known};

/// What was chosen so far.
#[derive(Clone, Copy)]
pub struct Sending {
    pub sheets: RwSignal<Vec<u16>>,
    pub unit: RwSignal<bool>,
    pub notes: RwSignal<bool>,
    /// What is sent and whose result it is, e.g. 自评 and 单位自评.
    pub whose: [&'static str; 2],
}
/// What goes along besides the answers, and how many characters it costs.
pub fn besides(state: State, dossier: &Dossier, choice: Sending) -> El {
    let (of_unit, of_notes) = (dossier.clone(), dossier.clone());
    let cost = move |dossier: &Dossier, without: Take, with: Take| {
        let length = |take| link_of(state, dossier, choice, take).map_or(0, |it| it.1.len());
        let (less, more) = (length(without), length(with));
        if more == 0 || TOO_LONG < more {
            "（太长，请用文件）".to_owned()
        } else {
            format!("（链接加长 {} 个字符，带上时共 {more} 个）", more.saturating_sub(less))
        }
    };
    let unit_cost = move || {
        let notes = choice.notes.get();
        cost(&of_unit, Take { notes, ..Take::default() }, Take { unit: true, notes, day: None })
    };
    let notes_cost = move || {
        let unit = choice.unit.get();
        cost(&of_notes, Take { unit, ..Take::default() }, Take { unit, notes: true, day: None })
    };
    let noted: Vec<(u16, usize)> = dossier.sheets.iter().map(|it| (it.id, it.notes.len())).collect();
    let n_notes = move || -> usize {
        choice.sheets.with(|chosen| noted.iter().filter(|it| chosen.contains(&it.0)).map(|it| it.1).sum())
    };
    let unit = tick(
        move || "带上单位名称、所在地和评估表表头里的人数".to_owned(),
        move || choice.unit.get(),
        move || choice.unit.update(|it| *it = !*it),
    );
    let notes = tick(
        move || format!("带上备注（{} 条）", n_notes()),
        move || choice.notes.get(),
        move || choice.notes.update(|it| *it = !*it),
    );
    el("fieldset")
        .child(el("legend").text("带上什么（默认不带名称，看不出是哪个单位）"))
        .child(unit.child(el("small").words(unit_cost)))
        .child(notes.child(el("small").words(notes_cost)))
        .child(el("p").class("hint").text("联系人、电话和申报表从不随链接和自评码发出。"))
}

pub fn tick(
    name: impl Fn() -> String + Send + 'static,
    on: impl Fn() -> bool + Send + 'static,
    turn: impl Fn() + 'static,
) -> El {
    let field = el("input").set("type", "checkbox").checked(on).on("change", move |_| turn());
    el("label").class("tick").child(field).child(el("span").words(name))
}

/// The chosen sheets of a dossier.
fn chosen(dossier: &Dossier, choice: Sending) -> Dossier {
    let sheets =
        choice.sheets.with(|chosen| dossier.sheets.iter().filter(|it| chosen.contains(&it.id)).cloned().collect());
    Dossier { sheets, ..dossier.clone() }
}

/// The record for a code, without a day because the paper has a date, and the link, whose record has today's.
fn link_of(state: State, dossier: &Dossier, choice: Sending, take: Take) -> Option<(Vec<u8>, String)> {
    let chosen = chosen(dossier, choice);
    let record = pack(known(state), &chosen, take)?;
    let dated = pack(known(state), &chosen, Take { day: Some(browser::today()), ..take })?;
    Some((record, carriers::link(state, &dated)))
}

pub fn carried(state: State, dossier: &Dossier, choice: Sending) -> AnyView {
    let take = Take { unit: choice.unit.get(), notes: choice.notes.get(), day: None };
    if choice.sheets.with(Vec::is_empty) {
        return el("p").class("hint").text("还没有选择自评表。").done();
    }
    let Some((record, link)) = link_of(state, dossier, choice, take) else { return too_long() };
    let code = write_code(&record);
    let line = first_line(state, &chosen(dossier, choice), choice.whose);
    let told = el("p").class("hint").text(format!("复制时第一行是：{line}")).done();
    let mut told = vec![told, carriers::only_local(state).map_or_else(nothing, El::done)];
    let long = cut(known(state), &chosen(dossier, choice), take);
    if !long.is_empty() {
        let long: Vec<String> = long.into_iter().map(|it| format!("{}超出 {} 字", it.what, it.by)).collect();
        let words =
            format!("{}，自评码和链接带不下，对方看不到超出的字。请删短，或下载自评文件发送。", long.join("，"));
        told.insert(0, el("p").class("wrong").text(words).done());
    }
    let told = all(told);
    let mut left = if TOO_LONG < link.len() { vec![too_long()] } else { link_part(state, &line, &link) };
    // nobody types a code of many lines
    match code.lines().count() {
        n if n <= MOST_LINES => left.extend(code_part(state, &line, &code)),
        n => left.push(el("p").class("hint").text(format!("自评码有 {n} 行，抄写太长，因此不列出。")).done()),
    }
    let picture = (link.len() <= TOO_LONG).then(|| match carriers::qr(&link) {
        Some(it) => el("figure").child(it).child(el("figcaption").text("用手机扫码打开；在微信里可以长按保存图片")),
        None => el("p").class("hint").text("内容较多，二维码会太密，手机读不出来。请用自评码、链接或文件。"),
    });
    let ways = el("div").class("ways").child(el("div").view(all(left))).maybe(picture);
    all(vec![told, ways.done()])
}

/// The most lines of a code that anybody would type.
const MOST_LINES: usize = 24;

fn code_part(state: State, line: &str, code: &str) -> Vec<AnyView> {
    vec![
        el("h2").text("自评码").done(),
        el("p").text("可以念、可以抄、可以打字输入；每行最后一个字符用来发现抄错。").done(),
        carriers::code(code).done(),
        el("p")
            .class("links")
            .child(copy(state, "复制自评码", format!("{line}\n{code}\n{}", carriers::where_to_type(state))))
            .done(),
    ]
}

fn too_long() -> AnyView {
    let words = format!(
        "内容太多，链接会超过 {TOO_LONG} 个字符，多数聊天软件会截断，因此不提供链接。请少带一些（备注、自评表），或下载自评文件发送。"
    );
    el("p").class("wrong").set("role", "status").text(words).done()
}

fn link_part(state: State, line: &str, link: &str) -> Vec<AnyView> {
    let n = link.len();
    let (class, words) = if WARN < n {
        ("wrong", format!("共 {n} 个字符，有的聊天软件会截断，建议改发自评文件。"))
    } else {
        ("hint", format!("共 {n} 个字符。"))
    };
    let field = el("textarea").class("address").set("id", "link").set("readonly", "").set("rows", "3");
    vec![
        el("h2").text("自评链接").done(),
        el("label").class("vh").set("for", "link").text("自评链接").done(),
        field.text(link).done(),
        el("p").class(class).text(words).done(),
        el("p")
            .class("links")
            .child(copy(state, "复制链接（连同结论）", format!("{line}\n{link}")).class("btn small"))
            .done(),
    ]
}

fn copy(state: State, words: &'static str, text: String) -> El {
    button("quiet", words, move || {
        state.tell(
            if browser::copy(&text) {
                "已复制，可以粘贴到聊天或邮件里。"
            } else {
                "浏览器不让复制：请按 Ctrl+C 复制选中的文字。"
            }
            .to_owned(),
        );
    })
}

/// 自评 87 分，具备备案条件（单位自评）: what a chat shows before the link.
pub fn first_line(state: State, dossier: &Dossier, [what, whose]: [&'static str; 2]) -> String {
    let edition = state.edition_of(dossier);
    let known: Vec<(&Sheet, &Rubric)> =
        dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?))).collect();
    let Some((sheet, rubric)) = known.first() else { return whose.to_owned() };
    let report = score(rubric, &sheet.answers);
    let name = match sheet.occupation(rubric) {
        None => format!("{}{}", rubric.whose, rubric.part_name),
        Some("") => rubric.part_name.clone(),
        Some(name) => name.to_owned(),
    };
    let open = if report.is_complete() { String::new() } else { format!("，未评 {} 项", report.unanswered.len()) };
    let verdict = verdict_in_words(&report, report.settled());
    let others = if known.len() < 2 { String::new() } else { format!("，另有 {} 张自评表", known.len() - 1) };
    format!("{what} {} 分{open}，{verdict}（{name}{others}，{whose}）", report.base)
}
