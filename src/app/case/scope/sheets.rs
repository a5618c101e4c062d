//! From the declaration to the occupations' sheets: which there are, and a button that adds the missing ones.

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::html::{El, Event, button, el, link, live, nothing};
use crate::app::{Address, browser};
use crate::dossier::{Occupation, Sheet};
use crate::filing::scope::levels;

use super::editor::ScopeEditor;

/// More than these stand in a list that is made when it is opened.
const FEW: usize = 40;

pub fn sheets(editor: ScopeEditor) -> El {
    let opened = RwSignal::new(false);
    let list = move || {
        editor.all.get();
        untrack(|| list(editor, opened))
    };
    el("section").child(el("h2").text("职业（工种）自评表")).view(live(list))
}

fn list(editor: ScopeEditor, opened: RwSignal<bool>) -> AnyView {
    let Some(open) = editor.state.open.get_untracked() else { return nothing() };
    let (id, dossier) = (open.id, open.dossier);
    let all = dossier.occupations_of(editor.edition, &editor.declares());
    if all.is_empty() {
        return el("p")
            .class("hint")
            .text("填好职业名称以后，可以在这里为每个职业（工种/方向）建立一张自评表。")
            .done();
    }
    let missing = dossier.sheets_of(&all).iter().filter(|it| it.is_none()).count();
    let make = move || {
        editor.edit(move |dossier| {
            dossier.add_declared_sheets(editor.edition, editor.scope);
        });
        editor.say("已按申报表建立职业自评表。".to_owned(), true);
    };
    let words = format!("（{missing} 张）");
    let make = (0 < missing).then(|| el("p").child(button("btn", "按申报表建立职业自评表", make).text(words)));
    let n = all.len();
    let items = move || {
        let sheets = dossier.sheets_of(&all);
        el("ul").class("occupations").each(all.iter().zip(sheets).map(|(it, sheet)| item(editor, &id, it, sheet)))
    };
    if n <= FEW {
        return el("div").child(items()).maybe(make).done();
    }
    let turn = move |event: Event| opened.set(browser::is_open(&event));
    let listed = el("details")
        .class("bring")
        .live("open", move || opened.get().then(String::new))
        .on("toggle", turn)
        .child(el("summary").text(format!("共 {n} 个职业（工种/方向），{missing} 个还没有自评表")))
        .view(live(move || if opened.get() { items().done() } else { nothing() }));
    el("div").child(listed).maybe(make).done()
}

fn item(editor: ScopeEditor, id: &str, occupation: &Occupation, sheet: Option<&Sheet>) -> El {
    let name = el("b").text(occupation.title.as_str());
    let about = el("span").text(format!(" {} {}", occupation.code, levels::print(&occupation.levels)));
    let item = el("li").child(name).child(about);
    let Some(sheet) = sheet else { return item.child(el("i").text("还没有自评表")) };
    let route = Address::Sheet(occupation.annex, Some(SheetOf { dossier: id.to_owned(), sheet: sheet.id }));
    item.child(link(editor.state.href(&route), format!("填写附件{}自评表", occupation.annex)))
}
