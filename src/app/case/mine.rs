//! 我的自评: every dossier on this machine, the bin, and backup files in and out.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, link, live};
use crate::app::part::{files, frame, label};
use crate::app::{Route, State, browser};
use crate::dossier::{Damage, Dossier, Found, read_backup};
use crate::rubric::Applicant;

pub fn mine(state: State) -> AnyView {
    let article = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("我的自评"));
    if !state.live {
        return article.view(frame::boot_message(state)).done();
    }
    let told = RwSignal::new(String::new());
    let opened = move |text: Option<String>| {
        let read = text.ok_or(TOO_LARGE).and_then(|it| read_backup(&it).map_err(words));
        told.set(match read {
            Ok(dossiers) => {
                let words = format!("已从备份文件恢复 {} 份自评，原有的自评没有改动。", dossiers.len());
                for it in dossiers {
                    state.create(Dossier { binned: None, ..it });
                }
                words
            }
            Err(why) => format!("没有打开：{why}。原有的自评没有改动。"),
        });
    };
    let kinds = [Applicant::Employer, Applicant::TechnicalSchool, Applicant::SocialOrganisation];
    let new = kinds.into_iter().map(|it| link(state.href(&Route::Start(it)), label::applicant(it)));
    let field = el("input").set("type", "file").set("id", "file").set("accept", ".json,.txt");
    article
        .child(el("p").class("sub").text("保存在本机的这个浏览器里。清理浏览器数据会删除全部自评，完成后请下载备份。"))
        .view(live(move || lists(state)))
        .child(el("h2").text("新建"))
        .child(el("p").class("links").each(new))
        .child(el("h2").text("备份"))
        .child(el("p").child(button("quiet", "下载全部备份", move || files::download(state, &kept(state)))))
        .child(el("label").class("plain").set("for", "file").text("打开备份文件（恢复为新的自评，不覆盖原有的）"))
        .child(field.on("change", move |event| browser::read_file(&event, opened)))
        .child(el("p").set("role", "status").words(move || told.get()))
        .done()
}

const TOO_LARGE: &str = "文件超过 2 MB 或读不出来，不是自评备份";

fn words(why: Damage) -> &'static str {
    match why {
        Damage::Broken => "文件损坏，或不是自评备份",
        Damage::Newer => "文件由较新版本的程序保存，请先更新",
    }
}

/// All that can be read, the bin included.
fn kept(state: State) -> Vec<Dossier> {
    state.flush();
    let good = state.list().into_iter().filter_map(|it| match it {
        Found::Good { envelope, .. } => Some(envelope.dossier),
        Found::Damaged { .. } => None,
    });
    good.collect()
}

fn lists(state: State) -> AnyView {
    let (mut kept, mut binned) = (Vec::new(), Vec::new());
    for found in state.list() {
        match found {
            Found::Good { id, envelope } => {
                let list = if envelope.dossier.binned.is_none() { &mut kept } else { &mut binned };
                list.push(line(state, id, &envelope.dossier, envelope.written));
            }
            Found::Damaged { id, raw } => {
                let save = move || browser::download(&format!("损坏的自评-{id}.txt"), &raw);
                let words = el("p").text("一份自评已损坏，读不出来；原始数据没有动过。");
                kept.push(el("li").class("bad").child(words).child(button("link", "下载原始数据", save)));
            }
        }
    }
    let none = kept.is_empty().then(|| el("p").class("hint").text("还没有自评。").done());
    let bin = (!binned.is_empty()).then(|| {
        let head = el("h2").text("回收站").done();
        all(vec![head, el("ul").class("sheets").each(binned.into_iter()).done()])
    });
    let list = el("ul").class("sheets").each(kept.into_iter()).done();
    all([Some(list), none, bin].into_iter().flatten().collect())
}

fn line(state: State, id: String, dossier: &Dossier, written: u64) -> El {
    let (kind, saved) = (label::applicant(dossier.applicant), browser::date(Some(written)));
    let about = format!("{kind}，{} 张自评表，{saved} 保存", dossier.sheets.len());
    let open = state.href(&Route::Dossier(Some(id.clone())));
    let (name, links) = (label::unit(dossier), el("p").class("links"));
    let again = id.clone();
    let (title, links) = if dossier.binned.is_some() {
        let restore = button("link", "恢复", move || state.bin(&again, false));
        let remove = button("link danger", "彻底删除", move || state.remove(&id));
        (el("h3").text(name), links.child(restore).child(remove))
    } else {
        let bin = button("link", "移到回收站", move || state.bin(&id, true));
        (el("h3").child(link(open.clone(), name)), links.child(link(open, "打开")).child(bin))
    };
    el("li").child(title).child(el("p").text(about)).child(links)
}
