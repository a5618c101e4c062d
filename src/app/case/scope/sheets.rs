//! From the declaration to the occupations' sheets: which there are, and a button that adds the missing ones.

use leptos::prelude::*;

use crate::app::Address;
use crate::app::address::SheetOf;
use crate::app::part::html::{El, button, el, link, live, nothing};
use crate::filing::scope::levels;

use super::editor::ScopeEditor;

pub fn sheets(editor: ScopeEditor) -> El {
    let list = move || {
        editor.all.get();
        untrack(|| list(editor))
    };
    el("section").child(el("h2").text("职业（工种）自评表")).view(live(list))
}

fn list(editor: ScopeEditor) -> AnyView {
    let Some(open) = editor.state.open.get_untracked() else { return nothing() };
    let (id, dossier) = (open.id, open.dossier);
    let all = dossier.occupations(editor.edition, editor.scope);
    if all.is_empty() {
        return el("p")
            .class("hint")
            .text("填好职业名称以后，可以在这里为每个职业（工种/方向）建立一张自评表。")
            .done();
    }
    let mut missing = 0;
    let items = all.iter().map(|occupation| {
        let name = el("b").text(occupation.title.as_str());
        let about = el("span").text(format!(" {} {}", occupation.code, levels::print(&occupation.levels)));
        let item = el("li").child(name).child(about);
        match dossier.sheet_of(occupation) {
            Some(sheet) => {
                let route = Address::Sheet(occupation.annex, Some(SheetOf { dossier: id.clone(), sheet: sheet.id }));
                item.child(link(editor.state.href(&route), format!("填写附件{}自评表", occupation.annex)))
            }
            None => {
                missing += 1;
                item.child(el("i").text("还没有自评表"))
            }
        }
    });
    let items: Vec<El> = items.collect();
    let make = move || {
        editor.edit(move |dossier| {
            dossier.add_declared_sheets(editor.edition, editor.scope);
        });
        editor.say("已按申报表建立职业自评表。".to_owned(), true);
    };
    let words = format!("（{missing} 张）");
    let make = (0 < missing).then(|| el("p").child(button("btn", "按申报表建立职业自评表", make).text(words)));
    el("div").child(el("ul").class("occupations").each(items.into_iter())).maybe(make).done()
}
