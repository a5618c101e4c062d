//! 分享: the sender chooses what goes along, and the page shows how much longer each choice makes the link before
//! anything is copied.

use leptos::prelude::*;

use crate::app::part::carry::choice::{Sending, besides, carried, tick};
use crate::app::part::carry::{in_chat, unless_in_chat};
use crate::app::part::html::{El, button, el, link, live};
use crate::app::part::{files, frame, label, missing};
use crate::app::{Address, State};
use crate::dossier::{Dossier, without_names};

/// What an applicant sends, and whose result it is.
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
        Sending { sheets: RwSignal::new(of), unit: RwSignal::new(false), notes: RwSignal::new(false), whose: OWN };
    let home = link(state.href(&Address::Dossier(Some(id))), "返回档案");
    let dossier = open.dossier;
    let shown = dossier.clone();
    let names = RwSignal::new(false);
    let has_names = without_names(&dossier) != dossier;
    let named = has_names.then(|| {
        let words = "带上名册、责任人和材料存放处（含姓名）";
        tick(move || words.to_owned(), move || names.get(), move || names.update(|it| *it = !*it))
    });
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
        .child(el("p").text("全部内容，含单位名称、联系人、申报表和备注；名册和责任人不带，除非勾选。对方在“打开收到的自评”里打开，或恢复为自己的自评。"))
        .maybe(named)
        .maybe(unless_in_chat(|| {
            let save = button("btn small", "下载自评文件", move || files::download_to_send(state, names.get_untracked()));
            el("p").class("links").child(save)
        }))
        .child(el("h2").text("脱敏副本"))
        .child(el("p").text("反映问题、培训时用。选项、数字、级别和得分不变；单位、地点、姓名、电话、日期、备注、材料名称等您写的文字都换成“某某”，例表没有印的职业名称和编码也换掉。"))
        .child(
            el("p")
                .class("links")
                .maybe(unless_in_chat(|| button("btn small", "下载脱敏副本", move || files::download_masked(state))))
                .child(home),
        )
        .done()
}

/// Which sheets go along.
fn which(state: State, dossier: &Dossier, choice: Sending) -> El {
    let edition = state.edition_of(dossier);
    let known = dossier.sheets.iter().filter_map(|it| Some((it.id, it, edition.rubric(it.annex)?)));
    let boxes = known.map(|(id, sheet, rubric)| {
        let name = format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet));
        let turn = move || {
            choice.sheets.update(|chosen| match chosen.iter().position(|it| *it == id) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(id),
            });
        };
        tick(move || name.clone(), move || choice.sheets.with(|it| it.contains(&id)), turn)
    });
    el("fieldset").child(el("legend").text("分享哪些自评表")).each(boxes)
}
