//! The address names a dossier that cannot be opened: it is not here, it is damaged, or a newer program wrote it.

use leptos::prelude::*;

use crate::app::part::files;
use crate::app::part::html::{El, IntoText, button, el, link};
use crate::app::{Address, State, browser};
use crate::dossier::Listed;

pub fn no_dossier(state: State) -> AnyView {
    let id = state.address.with_untracked(|it| it.dossier().map(str::to_owned));
    match id.and_then(|it| state.found(&it)) {
        Some(Listed::Damaged { id, raw }) => {
            let why = "浏览器里保存的两份记录都读不出来了。原始数据没有改动，可以下载下来交给网站管理人员；有备份文件的，请打开备份文件恢复。";
            page(state, "这份自评已损坏", why, Some(raw_data(id, raw)))
        }
        Some(Listed::Newer { id, raw, .. }) => {
            let why = "它由较新版本的程序保存，本页不会改动它。请刷新页面后再试。";
            page(state, "这份自评要用较新版本打开", why, Some(raw_data(id, raw)))
        }
        Some(Listed::Good { envelope, .. }) if state.lacks(&envelope.dossier) => {
            let title = format!("本网站没有评估要点版本“{}”", envelope.dossier.edition);
            let why =
                "这份自评依据那一版，所以这里不打分，也不能修改。内容没有改动，可以下载备份，到有那一版的网站打开。";
            let save = button("link", "下载备份", move || files::download_open(state));
            page(state, title, why, Some(save))
        }
        Some(Listed::Good { .. }) | None => {
            let why = "自评只保存在填写时所用的那台电脑、那个浏览器里。换了电脑或清理过浏览器数据，请用备份文件恢复。";
            page(state, "本机没有这份自评", why, None)
        }
    }
}

fn raw_data(id: String, raw: String) -> El {
    button("link", "下载原始数据", move || browser::download(&format!("自评原始数据-{id}.txt"), &raw))
}

fn page(state: State, title: impl IntoText, why: &'static str, save: Option<El>) -> AnyView {
    let links = el("p").class("links").maybe(save).child(link(state.href(&Address::Mine), "我的自评"));
    let links = links.child(link(format!("{}rescue.html", state.root), "数据救援页"));
    el("article")
        .class("read")
        .child(el("h1").set("tabindex", "-1").text(title))
        .child(el("p").text(why))
        .child(links.child(link(state.href(&Address::Home), "新建自评")))
        .done()
}
