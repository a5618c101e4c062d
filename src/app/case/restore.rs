//! Restoring from a backup file: the page shows what is in it, then adds copies if the person wants them. Dossiers that
//! are here already are never touched.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, file_field, live, nothing};
use crate::app::part::{files, label};
use crate::app::{State, browser};
use crate::dossier::{Dossier, Envelope, NotOpened, cleaned, read_backup};

pub fn restore(state: State) -> El {
    // the text of the file being looked at, and why the last one was not opened or what became of it
    let (file, told) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let opened = move |text: Option<String>| {
        file.set(String::new());
        match text.ok_or_else(|| TOO_LARGE.to_owned()).and_then(|text| read(state, &text).map(|_| text)) {
            Ok(text) => {
                told.set(String::new());
                file.set(text);
                browser::after(0, || browser::focus("#in-file"));
            }
            Err(why) => told.set(format!("没有打开：{why}。原有的自评没有改动。")),
        }
    };
    let [field, label] = file_field("file", ".json,.txt", "打开备份文件（恢复为新的自评，不覆盖原有的）");
    el("div")
        .child(field.on("change", move |event| browser::read_file(&event, opened)))
        .child(label)
        .view(live(move || preview(state, file, told)))
        .child(el("p").set("role", "status").words(move || told.get()))
}

/// What is in the file, and the choice to restore it or not.
fn preview(state: State, file: RwSignal<String>, told: RwSignal<String>) -> AnyView {
    let Ok(found) = file.with(|it| read(state, it)) else { return nothing() };
    let items = found.iter().map(|Envelope { dossier, written, .. }| {
        let kind = label::applicant(dossier.applicant);
        let about = format!("{kind}，{} 张自评表，{} 保存", dossier.sheets.len(), browser::date(Some(*written)));
        let sheets = files::sheets_in_words(state.edition_of(dossier), dossier);
        let sheets = el("ul").each(sheets.into_iter().map(|it| el("li").text(it)));
        el("li").child(el("h3").text(label::unit(dossier))).child(el("p").text(about)).child(sheets)
    });
    let take = move || {
        let Ok(found) = file.with_untracked(|it| read(state, it)) else { return };
        let n = found.len();
        let copies: Vec<_> = found.into_iter().map(|it| Dossier { binned: None, ..it.dossier }).collect();
        file.set(String::new());
        if state.create(copies).is_some() {
            told.set(format!("已从备份文件恢复 {n} 份自评，原有的自评没有改动。"));
        }
    };
    let question = el("p")
        .set("id", "in-file")
        .set("tabindex", "-1")
        .child(el("b").text(format!("这个文件里有 {} 份自评：", found.len())));
    let choice = el("p").class("links").child(button("btn small", "恢复为新的自评", take));
    let choice = choice.child(button("quiet", "不恢复", move || file.set(String::new())));
    all(vec![question.done(), el("ul").class("sheets").each(items).done(), choice.done()])
}

const TOO_LARGE: &str = "文件超过 2 MB 或读不出来，不是自评备份";

/// The records of a file, cleaned, if this site has the editions of all of them; otherwise why they are refused.
fn read(state: State, text: &str) -> Result<Vec<Envelope>, String> {
    let found = read_backup(text).map_err(words)?;
    let found: Vec<Envelope> = found.into_iter().map(|it| Envelope { dossier: cleaned(it.dossier), ..it }).collect();
    let unknown = found.iter().find(|it| state.editions().iter().all(|known| known.id != it.dossier.edition));
    match unknown {
        Some(it) => Err(format!("它依据的评估要点版本 {} 本网站没有", it.dossier.edition)),
        None => Ok(found),
    }
}

fn words(why: NotOpened) -> String {
    match why {
        NotOpened::Foreign => "这不是自评的备份文件".to_owned(),
        NotOpened::Damaged { of: 0, .. } => "这个文件里没有完好的自评".to_owned(),
        NotOpened::Damaged { whole, of } => format!("文件损坏或不完整，{of} 份自评中只有 {whole} 份完好"),
        NotOpened::Newer => "文件由较新版本的程序保存，请刷新页面或更新网站后再打开".to_owned(),
    }
}
