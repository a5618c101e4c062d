//! 分享: what goes along is the sender's choice, and the page shows what each choice costs before anything is copied.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, link, live};
use crate::app::part::{files, frame, label, missing};
use crate::app::{Route, State, browser};
use crate::carrier::{TOO_LONG, Take, WARN, pack, write_code};
use crate::dossier::{Dossier, Sheet};
use crate::rubric::Rubric;
use crate::score::{score, verdict_in_words};

use super::{carriers, known};

/// What was chosen so far.
#[derive(Clone, Copy)]
pub struct Choice {
    pub sheets: RwSignal<Vec<u16>>,
    pub unit: RwSignal<bool>,
    pub notes: RwSignal<bool>,
    /// What it is, and whose word.
    pub whose: [&'static str; 2],
}

/// Of the applicant.
const OWN: [&str; 2] = ["自评", "单位自评"];

pub fn send(state: State, dossier: Option<&str>, sheet: Option<u16>) -> AnyView {
    let Some(id) = dossier.map(str::to_owned).filter(|_| state.live) else {
        let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("分享自评"));
        let hint = el("p").text("请从“我的自评”里打开一份自评，再选择“分享”。");
        return head.view(frame::boot_message(state)).child(hint).done();
    };
    let Some(open) = state.open.get_untracked().filter(|it| it.id == id) else { return missing::no_dossier(state) };
    let of = sheet.map_or_else(|| open.dossier.sheets.iter().map(|it| it.id).collect(), |it| vec![it]);
    let choice =
        Choice { sheets: RwSignal::new(of), unit: RwSignal::new(false), notes: RwSignal::new(false), whose: OWN };
    let home = link(state.href(&Route::Dossier(Some(id))), "返回档案");
    let dossier = open.dossier;
    let shown = dossier.clone();
    el("article")
        .class("read wide share")
        .child(el("p").class("doc").text(format!("分享 · {}", label::unit(&dossier))))
        .child(el("h1").set("tabindex", "-1").text("分享自评"))
        .child(
            el("p")
                .child(el("b").text("知道链接的人都能看到；发出后无法收回。"))
                .text("数据在链接和自评码里，不经过任何服务器。"),
        )
        .maybe(in_chat())
        .child(which(state, &dossier, choice))
        .child(besides(state, &dossier, choice))
        .view(live(move || carried(state, &shown, choice)))
        .child(el("h2").text("自评文件"))
        .child(el("p").text("全部内容，含单位名称、申报表和备注。对方在“打开收到的自评”里打开，或恢复为自己的自评。"))
        .child(
            el("p")
                .class("links")
                .maybe(unless_in_chat(|| {
                    button("btn small", "下载自评文件", move || files::download_open(state))
                }))
                .child(home),
        )
        .done()
}

/// Files cannot be had in WeChat and QQ, and printing neither.
pub fn in_chat() -> Option<El> {
    browser::in_chat().then(|| {
        let words = "您在微信或 QQ 里打开了本页，这里不能下载和打印：请点右上角“…”，选择“在浏览器打开”。复制链接、复制自评码、长按二维码保存图片可以使用。";
        el("p").class("hint chat").text(words)
    })
}

/// What does nothing there.
pub fn unless_in_chat(part: impl FnOnce() -> El) -> Option<El> {
    (!browser::in_chat()).then(part)
}

/// Which sheets go along.
fn which(state: State, dossier: &Dossier, choice: Choice) -> El {
    let edition = state.edition_of(dossier);
    let known = dossier.sheets.iter().filter_map(|it| Some((it.id, it, edition.rubric(it.annex)?)));
    let boxes = known.map(|(id, sheet, rubric)| {
        let name = format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet));
        let turn = move || {
            choice.sheets.update(|it| match it.iter().position(|known| *known == id) {
                Some(at) => drop(it.remove(at)),
                None => it.push(id),
            });
        };
        tick(name, move || choice.sheets.with(|it| it.contains(&id)), turn)
    });
    el("fieldset").child(el("legend").text("分享哪些自评表")).each(boxes)
}

/// What goes along besides the answers, and how many characters it costs.
pub fn besides(state: State, dossier: &Dossier, choice: Choice) -> El {
    let (of_unit, of_notes) = (dossier.clone(), dossier.clone());
    let cost = move |dossier: &Dossier, without: Take, with: Take| {
        let length = |take| link_of(state, dossier, choice, take).map_or(0, |it| it.1.len());
        let (less, more) = (length(without), length(with));
        if more == 0 {
            "（太长，请用文件）".to_owned()
        } else {
            format!("（链接加长 {} 个字符，共 {more} 个）", more.saturating_sub(less))
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
    let n_notes: usize = dossier.sheets.iter().map(|it| it.notes.len()).sum();
    let unit = tick(
        "带上单位名称、所在地和表头人数".to_owned(),
        move || choice.unit.get(),
        move || choice.unit.update(|it| *it = !*it),
    );
    let notes = tick(
        format!("带上备注（{n_notes} 条）"),
        move || choice.notes.get(),
        move || choice.notes.update(|it| *it = !*it),
    );
    el("fieldset")
        .child(el("legend").text("带上什么（默认不带名称，看不出是哪个单位）"))
        .child(unit.child(el("small").words(unit_cost)))
        .child(notes.child(el("small").words(notes_cost)))
        .child(el("p").class("hint").text("联系人、电话和申报表从不随链接和自评码发出。"))
}

fn tick(name: String, on: impl Fn() -> bool + Send + 'static, turn: impl Fn() + 'static) -> El {
    let field = el("input").set("type", "checkbox").checked(on).on("change", move |_| turn());
    el("label").class("tick").child(field).text(name)
}

/// The chosen sheets of a dossier.
fn chosen(dossier: &Dossier, choice: Choice) -> Dossier {
    let sheets =
        choice.sheets.with(|chosen| dossier.sheets.iter().filter(|it| chosen.contains(&it.id)).cloned().collect());
    Dossier { sheets, ..dossier.clone() }
}

/// The record for a code, which the paper dates, and the link, which carries its day.
fn link_of(state: State, dossier: &Dossier, choice: Choice, take: Take) -> Option<(Vec<u8>, String)> {
    let chosen = chosen(dossier, choice);
    let record = pack(known(state), &chosen, take)?;
    let dated = pack(known(state), &chosen, Take { day: Some(browser::today()), ..take })?;
    Some((record, carriers::link(state, &dated)))
}

pub fn carried(state: State, dossier: &Dossier, choice: Choice) -> AnyView {
    let take = Take { unit: choice.unit.get(), notes: choice.notes.get(), day: None };
    if choice.sheets.with(Vec::is_empty) {
        return el("p").class("hint").text("还没有选择自评表。").done();
    }
    let Some((record, link)) = link_of(state, dossier, choice, take) else { return too_long() };
    let code = write_code(&record);
    let line = first_line(state, &chosen(dossier, choice), choice.whose);
    let mut left = if TOO_LONG < link.len() { vec![too_long()] } else { link_part(state, &line, &link) };
    // a code of many lines is nothing to type
    if code.lines().count() <= MOST_LINES {
        left.extend(code_part(state, &line, &code));
    }
    let picture = (link.len() <= TOO_LONG).then(|| match carriers::qr(&link) {
        Some(it) => el("figure").child(it).child(el("figcaption").text("用手机扫码打开；在微信里可以长按保存图片")),
        None => el("p").class("hint").text("内容较多，二维码会太密，手机读不出来。请用自评码、链接或文件。"),
    });
    el("div").class("ways").child(el("div").view(all(left))).maybe(picture).done()
}

/// Lines of a code that anybody would type.
const MOST_LINES: usize = 24;

fn code_part(state: State, line: &str, code: &str) -> Vec<AnyView> {
    vec![
        el("h2").text("自评码").done(),
        el("p").text("可以念、可以抄、可以打字输入；每行最后一个字母用来发现抄错。").done(),
        carriers::code(code).done(),
        el("p").class("links").child(copy(state, "复制自评码", format!("{line}\n{code}"))).done(),
    ]
}

fn too_long() -> AnyView {
    let words = format!(
        "内容太多，链接会超过 {TOO_LONG} 个字符，多数聊天软件会截断，因此不提供链接。请去掉备注，或下载自评文件发送。"
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
        None => label::applicant(rubric.applicant).to_owned() + label::part(rubric.part),
        Some("") => label::part(rubric.part).to_owned(),
        Some(name) => name.to_owned(),
    };
    let open = if report.is_complete() { String::new() } else { format!("，未评 {} 项", report.unanswered.len()) };
    let verdict = verdict_in_words(&report, report.verdict());
    let others = if known.len() < 2 { String::new() } else { format!("，另有 {} 张自评表", known.len() - 1) };
    format!("{what} {} 分{open}，{verdict}（{name}{others}，{whose}）", report.base)
}
