//! What surrounds every page: links and the search at the top, and at the foot whose words these are.

use leptos::prelude::*;

use crate::app::{Address, State};

use super::banner;
use super::html::{all, el, link, live};

pub fn frame(state: State, page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let links = [
        (Address::Notices, "文件"),
        (Address::Rubrics, "评估要点"),
        (Address::Mine, "我的自评"),
        (Address::Readings, "解读"),
        (Address::About, "使用说明"),
    ];
    let nav = el("nav").set("aria-label", "网站栏目").each(links.into_iter().map(|(address, name)| {
        let (href, this) = (state.href(&address), section(&address));
        let current = move || state.address.with(|it| section(it) == this).then(|| "page".to_owned());
        link(href, name).live("aria-current", current)
    }));
    // the reader's program searches while one types; without scripts the form leads to the table of contents
    let field = el("input").set("type", "search").set("id", "q").set("name", "q").set("autocomplete", "off");
    let field =
        field.set("placeholder", "搜索文件、要点、解读").set("aria-label", "搜索").set("title", "按 / 键也可到这里");
    let contents = state.href(&Address::Contents);
    let search = el("form").class("search").set("role", "search").set("action", contents.as_str()).child(field);
    let toc = link(contents, "目录").class("toc");
    let large = el("button").set("type", "button").set("id", "large").text("大字版");
    let brand = el("a").class("brand").set("href", state.href(&Address::Home));
    let brand = brand.child(el("b").text("自评")).child(el("span").text("职业技能等级评价机构备案"));
    let foot = el("div")
        .class("wrap")
        .child(el("p").text("自评结果，仅供参考，非官方结论。数据只保存在本机浏览器，不会上传。"));
    let tools = [
        (Address::Received, "打开收到的自评"),
        (Address::Compare(None), "比对两份自评"),
        (Address::Panel, "合议"),
        (Address::Desk, "汇总台"),
    ];
    let tools = tools.into_iter().map(|(address, name)| link(state.href(&address), name));
    let tools = el("nav").class("links").set("aria-label", "收到的自评").each(tools);
    all(vec![
        el("a").class("skip").set("href", "#main").text("跳到正文").done(),
        el("header")
            .class("top")
            .child(el("div").class("wrap").child(brand).child(nav).child(search).child(toc).child(large))
            .done(),
        banner::storage(state),
        el("main").set("id", "main").class("wrap").view(live(page)).view(banner::told(state)).done(),
        el("footer")
            .class("foot")
            .child(foot.child(tools).child(el("p").text(format!("{}。", state.edition().as_of))))
            .done(),
    ])
}

/// Where the boot script says how far loading is, until the app takes over the page.
pub fn boot_message(state: State) -> AnyView {
    if state.live {
        return super::html::nothing();
    }
    let loading = el("p").set("id", "boot").class("boot").set("role", "status").text("正在载入填报功能…");
    // the style sheet shows it after a while, unless the boot script is there by then
    let late = "程序文件没有取到，还不能填写；本页可以直接阅读和打印。请刷新页面，仍不行请联系网站管理人员：可能缺少 boot.js，或它被拦截。";
    all(vec![loading.done(), el("p").class("boot late").text(late).done(), without_script()])
}

/// What is said where the browser runs no scripts.
pub fn without_script() -> AnyView {
    let words = "浏览器关闭了脚本，不能在线填写；本页内容可以直接阅读和打印。";
    el("noscript").child(el("p").class("boot").text(words)).done()
}

/// The number of the link in the header or footer under which a page belongs.
fn section(address: &Address) -> u8 {
    match address {
        Address::Home | Address::Missing | Address::Filing | Address::Start(..) | Address::Contents => 0,
        Address::Notices | Address::Notice(_) | Address::Collection => 1,
        Address::Rubrics | Address::Rubric(_) => 2,
        Address::Mine
        | Address::Dossier(_)
        | Address::Scope(_)
        | Address::Sheet(..)
        | Address::Form(..)
        | Address::Papers(_)
        | Address::Share(..)
        | Address::Plan(_)
        | Address::Roster(_)
        | Address::Evidence(_)
        | Address::Packet(_)
        | Address::Workbook
        | Address::Versions(_) => 3,
        Address::Received | Address::Compare(_) | Address::Panel | Address::Desk => 6,
        Address::Readings | Address::Later | Address::Changed => 4,
        Address::About | Address::Access | Address::Licences => 5,
    }
}
