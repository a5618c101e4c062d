//! A record takes a seat, or is refused one.

use leptos::prelude::*;

use crate::app::browser;
use crate::carrier::Record;
use crate::compare::{Join, Panel};

use super::{LIMIT, PanelPage};

/// Lets a record take the seat that is meant, or a new one, where it may.
pub fn put(page: PanelPage, panel: &mut Panel, record: &Record) -> Join {
    let edition = page.state.edition_of(&record.dossier);
    let Some(sheet) = record.dossier.sheets.first() else { return Join::NoSeat };
    if panel.seats.is_empty() && panel.agreed.is_empty() {
        let limit = if *panel == Panel::default() { LIMIT } else { panel.limit };
        *panel = Panel::about(edition, &record.dossier, sheet, limit).unwrap_or_default();
    }
    match page.replacing.get_untracked().filter(|it| *it < panel.seats.len()) {
        Some(at) => panel.replace(at, edition, &record.dossier, sheet.clone()),
        None => {
            let name = (1..).map(|n| format!("评估员{n}")).find(|name| panel.seats.iter().all(|it| it.name != *name));
            panel.join(edition, &record.dossier, sheet.clone(), name.unwrap_or_default())
        }
    }
}

/// Says why a record takes no seat.
pub fn refused(page: PanelPage, why: &str) {
    let what = if page.replacing.with_untracked(Option::is_some) { "没有换" } else { "没有加入" };
    page.told.set(format!("{what}：{why}。"));
}

/// The same on the page, with what is said about it.
pub fn sit(page: PanelPage, record: &Record) {
    let mut panel = page.panel.get_untracked();
    let join = put(page, &mut panel, record);
    page.asked.set(Vec::new());
    if !join.is_taken() {
        return refused(page, &join.to_string());
    }
    let n = panel.seats.len();
    let replaced = page.replacing.get_untracked();
    let (at, words, mend) = match replaced {
        Some(at) => (at, format!("第 {} 席已换成另一份", at + 1), "请撤销，或再换一份"),
        None => (n - 1, format!("已加入，现在有 {n} 席"), "请撤销，或移除这一席"),
    };
    // the same sheet may come once with notes and once without
    let same = panel.same_as(at).or_else(|| (at + 1..n).find(|later| panel.same_as(*later) == Some(at)));
    page.told.set(match join {
        Join::Again(_) => format!("{join}；若放错了，{mend}。"),
        _ => same.map_or_else(String::new, |seat| {
            format!("各项填写与第 {} 席完全相同，请确认是不是同一份放了两次；若放错了，{mend}。", seat + 1)
        }),
    });
    page.risk(words, |it| *it = panel);
    page.replacing.set(None);
    browser::after(0, move || browser::focus(&format!("#seat-{at}")));
}
