//! 打开收到的自评: read-only, under a banner that says whose word it is. Nothing is saved until the person asks for it.

use leptos::prelude::*;

use crate::app::part::carry::received::{along, arrived, keep, received};
use crate::app::part::carry::{enter, in_chat, known, unless_in_chat};
use crate::app::part::html::{El, all, button, el, link, live};
use crate::app::part::{frame, label, summary, table};
use crate::app::{Address, State, browser};
use crate::carrier::{InPart, Record, TOO_LONG, Unreadable, lost_in_words, read_one};
use crate::days;
use crate::dossier::{Dossier, Envelope, Listed, Sheet};
use crate::rubric::Edition;
use crate::score::{in_one_sentence, score};

/// What the page shows.
#[derive(Clone)]
enum Opened {
    Nothing,
    /// Why the link in the address was not opened.
    Bad(Unreadable),
    Records(InPart),
}

pub fn open(state: State) -> AnyView {
    let shown = RwSignal::new(Opened::Nothing);
    if state.live {
        look(state, shown);
        browser::on_drop(move |event| {
            if !state.bring(event) {
                browser::dropped(event, move |_, text| match text.map(|it| read_one(known(state), &it)) {
                    Some(Ok(opened)) => show(opened, shown),
                    Some(Err(why)) => state.tell(format!("没有打开：{why}。")),
                    None => state.tell("没有打开：文件超过 8 MB 或读不出来。".to_owned()),
                });
            }
        });
        // another link pasted into the address bar of this page loads nothing
        browser::on_fragment(move || {
            if let Some(came) = arrived(state) {
                take(came, shown);
            }
        });
    }
    live(move || match shown.get() {
        Opened::Nothing => article("打开收到的自评", frame::boot_message(state), field(state, shown)),
        Opened::Bad(why) => article("这个链接打不开", bad(why), field(state, shown)),
        Opened::Records(InPart { records, lost }) => {
            let records = records.iter().map(|it| record(state, it, shown));
            all(partly(&lost).into_iter().chain(records).collect())
        }
    })
}

/// Takes the record out of the address; or shows what was received before on another page of this program.
fn look(state: State, shown: RwSignal<Opened>) {
    match arrived(state) {
        Some(came) => take(came, shown),
        None if !received().is_empty() => show(alone(received()), shown),
        None => {}
    }
}

fn take(came: Result<Vec<Record>, Unreadable>, shown: RwSignal<Opened>) {
    match came {
        Ok(records) => show(alone(records), shown),
        Err(why) => {
            let _ = shown.try_set(Opened::Bad(why));
        }
    }
}

fn alone(records: Vec<Record>) -> InPart {
    InPart { records, lost: Vec::new() }
}

fn show(opened: InPart, shown: RwSignal<Opened>) {
    keep(opened.records.clone());
    let _ = shown.try_set(Opened::Records(opened));
    browser::after(0, || browser::focus("h1"));
}

fn article(title: &'static str, first: AnyView, field: El) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text(title));
    head.view(first).child(field).done()
}

/// What of a file was not opened.
fn partly(lost: &[String]) -> Option<AnyView> {
    let alert = || el("div").class("alert").set("role", "alert").child(el("p").text(lost_in_words(lost))).done();
    (!lost.is_empty()).then(alert)
}

fn bad(why: Unreadable) -> AnyView {
    let words = format!("{why}。");
    let help = "请让对方重新复制整个链接，或改发自评码、自评文件；也可以在下面粘贴再试一次。";
    let alert = el("div").class("alert").set("role", "alert").child(el("p").child(el("b").text(words)));
    alert.child(el("p").text(help)).done()
}

fn field(state: State, shown: RwSignal<Opened>) -> El {
    enter::field(state, ["text", "file"], "打开", move |opened| show(opened, shown))
}

/// One record, as whoever received it sees it.
fn record(state: State, record: &Record, shown: RwSignal<Opened>) -> AnyView {
    let Record { dossier, day, by } = record;
    let edition = state.edition_of(dossier);
    let unit = if dossier.unit.is_empty() { "未附单位名称" } else { &dossier.unit };
    let how = by.label();
    let made = day.map_or(String::new(), |it| format!("，{} 生成", days::print(it)));
    let banner = el("div").class("claim").set("role", "note");
    let banner = banner.child(el("b").text("单位自评，未经鉴定中心评估；内容可被改动。"));
    let banner = banner.child(el("p").text(format!(
        "由{how}打开{made}。得分和结论由本页按评估要点重新计算。本机没有保存任何内容，刷新或离开本页后要重新打开。"
    )));
    let older = (edition.id != state.edition().id).then(|| {
        el("p")
            .class("claim old")
            .text(format!("这份自评依据另一版评估要点：{}（{}），仍按该版计算。", edition.title, edition.notice))
    });
    let mine = same(state, dossier).map(|it| el("p").class("hint").text(format!("各项的填写与本机保存的“{it}”相同。")));
    let mut article = el("article").class("form received").child(banner).maybe(older);
    article = article
        .child(el("p").class("doc").text(format!("收到的自评 · {}", label::applicant(edition, dossier.applicant))));
    article = article
        .child(el("h1").set("tabindex", "-1").text(unit))
        .maybe((!dossier.place().is_empty()).then(|| el("p").text(format!("所在地：{}", dossier.place()))))
        .maybe(mine)
        .child(links(state, record, shown))
        .maybe(in_chat());
    article = article.maybe(verdicts(edition, dossier));
    for sheet in &dossier.sheets {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let of = format!("{} {}", sheet.occupation_code, sheet.levels);
        let whose = [&*dossier.unit, sheet.occupation(rubric).unwrap_or_default(), &of].join("　");
        let head =
            el("h2").set("id", format!("s{}", sheet.id)).text(label::called(rubric, sheet)).child(el("small").text(of));
        let report = score(rubric, &sheet.answers);
        let verdict = el("p").child(el("b").text(format!("{}。", in_one_sentence(&report))));
        let verdict = el("div").class("verdict").child(verdict).maybe(summary::unsettled(&report, usize::MAX));
        article = article.child(head).child(verdict);
        article = article.child(table::header(rubric, Some(sheet)));
        article = article.each(table::table(edition, rubric, Some((sheet, &whose)), &|_| None).into_iter());
    }
    if dossier.sheets.is_empty() {
        article = article.child(el("p").text("里面没有自评表。"));
    }
    article.done()
}

/// Every sheet with its verdict, where there are several.
fn verdicts(edition: &Edition, dossier: &Dossier) -> Option<El> {
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let lines = known.map(|(sheet, rubric)| {
        let address = link(format!("#s{}", sheet.id), label::called(rubric, sheet));
        el("li").child(address).text(format!("：{}。", in_one_sentence(&score(rubric, &sheet.answers))))
    });
    (1 < dossier.sheets.len()).then(|| el("ul").class("verdicts").each(lines))
}

fn links(state: State, record: &Record, shown: RwSignal<Opened>) -> El {
    let save = {
        let dossier = record.dossier.clone();
        move || {
            let mut mine = dossier.clone();
            mine.forget_untold();
            if let Some(id) = state.create(vec![mine]) {
                state.visit(Address::Dossier(Some(id)));
            }
        }
    };
    let other = move || {
        keep(Vec::new());
        shown.set(Opened::Nothing);
        browser::after(0, || browser::focus("#text"));
    };
    let mut links = el("p").class("links noprint").child(button("btn small", "另存为我的自评", save));
    let along = along(state, record);
    for (words, route) in [("与我的自评比对", Address::Compare(None)), ("放入合议", Address::Panel)] {
        links = links.maybe(along.as_ref().map(|along| link(along.address(state, &route), words)));
    }
    let links = links.maybe(unless_in_chat(|| button("link", "打印", browser::print)));
    let whole = along.as_ref().map(|along| along.link(state));
    let copy = whole.filter(|it| it.len() <= TOO_LONG).map(|address| {
        button("link", "复制链接", move || {
            let copied = browser::copy(&address);
            state.tell(if copied { "已复制链接。" } else { "浏览器不让复制，请按 Ctrl+C。" }.to_owned());
        })
    });
    let links = links.maybe(copy).child(button("link", "打开另一份", other));
    let missing = match along {
        None => Some("内容太多，不能带到比对、合议里去；在那里可以直接打开自评文件。"),
        Some(along) if !along.take.notes => Some("备注太多，比对、合议时不带备注；要带备注，请在那里打开自评文件。"),
        Some(_) => None,
    };
    el("div").child(links).maybe(missing.map(|it| el("p").class("hint noprint").text(it)))
}

/// The name of a dossier on this machine with the same sheets of the same occupations.
fn same(state: State, received: &Dossier) -> Option<String> {
    let said = |dossier: &Dossier| {
        let sheet = |sheet: &Sheet| {
            let Sheet { annex, blanks, occupation_code, levels, answers, .. } = sheet.clone();
            (annex, blanks.into_iter().next(), occupation_code, levels, answers)
        };
        dossier.sheets.iter().map(sheet).collect::<Vec<_>>()
    };
    let own = said(received);
    state.list().into_iter().find_map(|found| match found {
        Listed::Good { envelope: Envelope { dossier, .. }, .. }
            if !own.is_empty() && dossier.binned.is_none() && said(&dossier) == own =>
        {
            Some(label::unit(&dossier).to_owned())
        }
        Listed::Good { .. } | Listed::Damaged { .. } | Listed::Newer { .. } => None,
    })
}
