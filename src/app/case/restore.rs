//! Restoring from a backup file: the page shows what is in it, beside what is here, and adds copies of what the person
//! chooses. Dossiers that are here already are never touched.

use leptos::prelude::*;

use crate::app::part::announced::announced;
use crate::app::part::html::{El, all, button, el, file_field, live, nothing};
use crate::app::part::{files, label};
use crate::app::{State, browser};
use crate::carrier::{lost_in_words, read_file};
use crate::dossier::{BackupBeside, Dossier, Envelope, Listed, beside, overlong};

/// What opened of the file being looked at, the dossiers of it that are chosen, and why the last file was not opened or
/// what became of it.
#[derive(Clone, Copy)]
struct Restoring {
    found: RwSignal<Vec<Envelope>>,
    chosen: RwSignal<Vec<usize>>,
    told: RwSignal<String>,
}

pub fn restore(state: State) -> El {
    let of = Restoring {
        found: RwSignal::new(Vec::new()),
        chosen: RwSignal::new(Vec::new()),
        told: RwSignal::new(String::new()),
    };
    let opened = move |text: Option<String>| {
        of.found.set(Vec::new());
        match text.ok_or_else(|| TOO_LARGE.to_owned()).and_then(|text| read(state, &text)) {
            Ok((found, lost)) => {
                of.told.set(lost_in_words(&lost));
                let here = here(state);
                // what is here already, word for word, is chosen only by whoever wants it twice
                let fresh = |at: &usize| beside(&here, &found[*at]) != BackupBeside::Same;
                of.chosen.set((0..found.len()).filter(fresh).collect());
                of.found.set(found);
                browser::after(0, || browser::focus("#in-file"));
            }
            Err(why) => of.told.set(format!("没有打开：{why}。原有的自评没有改动。")),
        }
    };
    let [field, label] = file_field("file", ".json,.txt,.xlsx", "打开备份文件（恢复为新的自评，不覆盖原有的）");
    if state.live {
        browser::on_drop(move |event| {
            if !state.bring(event) {
                browser::dropped(event, move |_, text| opened(text));
            }
        });
    }
    let chosen = move |event| {
        if !state.bring(&event) {
            browser::read_file(&event, opened);
        }
    };
    let about = "填好的电子表格（XLSX）也可以在这里打开，或把文件拖到本页。";
    el("div")
        .child(field.on("change", chosen))
        .child(label)
        .child(el("p").class("hint").text(about))
        .view(live(move || preview(state, of)))
        .child(el("p").set("role", "status").words(move || of.told.get()))
}

/// What is in the file, and the choice to restore it or not.
fn preview(state: State, of: Restoring) -> AnyView {
    let found = of.found.get();
    if found.is_empty() {
        return nothing();
    }
    let here = untrack(|| here(state));
    let n = found.len();
    let items = found.iter().enumerate().map(|(at, envelope)| item(state, of, at, n, envelope, &here));
    let question =
        el("p").set("id", "in-file").set("tabindex", "-1").child(el("b").text(format!("这个文件里有 {n} 份自评：")));
    let every = el("p")
        .class("links")
        .child(button("link", "全选", move || of.chosen.set((0..n).collect())))
        .child(button("link", "全不选", move || of.chosen.set(Vec::new())));
    let every = if 1 < n { every.done() } else { nothing() };
    let items = el("ul").class("sheets").each(items);
    let counted = announced(move || counted(state, of).concat());
    all(vec![question.done(), every, items.done(), live(move || decide(state, of)), counted.done()])
}

fn item(state: State, of: Restoring, at: usize, n: usize, envelope: &Envelope, here: &[Envelope]) -> El {
    let dossier = &envelope.dossier;
    let kind = label::applicant(state.edition_of(dossier), dossier.applicant);
    let about = format!("{kind}，{} 张自评表，{} 保存", dossier.sheets.len(), browser::date(Some(envelope.written)));
    let known = match beside(here, envelope) {
        BackupBeside::New => "",
        BackupBeside::Same => "本机已有，内容相同。",
        BackupBeside::Newer => "本机有同名的一份，文件里的较新。",
        BackupBeside::Older => "本机有同名的一份，本机的较新。",
    };
    let known = (!known.is_empty()).then(|| el("p").child(el("b").text(known)));
    let long: Vec<String> =
        overlong(dossier).into_iter().map(|it| format!("{}超出 {} 字（限 {} 字）", it.what, it.by, it.most)).collect();
    let kept = "都会原样恢复，不删减；自评码和链接带不下超出的字";
    let long = (!long.is_empty()).then(|| el("p").text(format!("{}：{kept}。", long.join("，"))));
    let sheets = files::sheets_in_words(state.edition_of(dossier), dossier);
    let sheets = el("ul").each(sheets.into_iter().map(|it| el("li").text(it)));
    let head = el("h3").text(label::unit(dossier));
    let head = if n == 1 {
        head
    } else {
        let on = move || of.chosen.with(|it| it.contains(&at));
        let turn = move || {
            of.chosen.update(|chosen| match chosen.iter().position(|it| *it == at) {
                Some(place) => drop(chosen.remove(place)),
                None => chosen.push(at),
            });
        };
        let tick = el("input").set("type", "checkbox").checked(on).on("change", move |_| turn());
        el("label").class("tick").child(tick).child(head)
    };
    el("li").child(head).child(el("p").text(about)).maybe(known).maybe(long).child(sheets)
}

/// The buttons, and whether there is room for what is chosen.
fn decide(state: State, of: Restoring) -> AnyView {
    let n_found = of.found.with_untracked(Vec::len);
    let [count, full] = counted(state, of);
    let take = move || {
        let found = of.found.get_untracked();
        let chosen = |at: usize| n_found == 1 || of.chosen.with_untracked(|it| it.contains(&at));
        let copies = found.into_iter().enumerate().filter(|it| chosen(it.0)).map(|it| it.1.dossier);
        let copies: Vec<_> = copies.map(|it| Dossier { binned: None, ..it }).collect();
        let (wanted, done) = (copies.len(), state.create_all(copies).0);
        let lost = wanted - done;
        of.found.set(Vec::new());
        of.told.set(if lost == 0 {
            format!("已从备份文件恢复 {done} 份自评，原有的自评没有改动。")
        } else {
            format!("只恢复了 {done} 份，还有 {lost} 份本机放不下。原有的自评没有改动，备份文件请保留。")
        });
    };
    let may = n_chosen(of) != 0 && full.is_empty();
    let choice = button("btn small", "恢复为新的自评", take).flag("disabled", !may);
    let count = (!count.is_empty()).then(|| el("p").text(count));
    let full = (!full.is_empty()).then(|| el("p").class("wrong").text(full));
    let choice = el("p").class("links").child(choice);
    let choice = choice.child(button("quiet", "不恢复", move || of.found.set(Vec::new())));
    el("div").maybe(count).maybe(full).child(choice).done()
}

/// How many of several are chosen, and that there is no room for so many; empty where it is not so.
fn counted(state: State, of: Restoring) -> [String; 2] {
    let (n, n_found, room) = (n_chosen(of), of.found.with_untracked(Vec::len), state.shelf(|it| it.free()));
    let count = if n_found == 1 { String::new() } else { format!("选了 {n} 份，共 {n_found} 份。") };
    let full = if n <= room {
        String::new()
    } else {
        format!("本机最多放 50 份，还能放 {room} 份，选了 {n} 份，请少选 {} 份，或先彻底删除一些。", n - room)
    };
    [count, full]
}

/// One that is alone in its file is not chosen first.
fn n_chosen(of: Restoring) -> usize {
    if of.found.with_untracked(Vec::len) == 1 { 1 } else { of.chosen.with(Vec::len) }
}

/// The dossiers of this machine that are not in the bin.
fn here(state: State) -> Vec<Envelope> {
    let listed = state.shelf(|it| it.list()).into_iter();
    let good = listed.filter_map(|listed| match listed {
        Listed::Good { envelope, .. } => Some(envelope),
        Listed::Damaged { .. } | Listed::Newer { .. } => None,
    });
    good.filter(|it| it.dossier.binned.is_none()).collect()
}

const TOO_LARGE: &str = "文件超过 8 MB 或读不出来，不是自评备份";

/// The records of a file that open here and what is to be said of the others; or why there are none.
fn read(state: State, text: &str) -> Result<(Vec<Envelope>, Vec<String>), String> {
    let (found, lost) = read_file(state.editions(), text).map_err(|_| "这不是自评的备份文件".to_owned())?;
    if found.is_empty() {
        return Err(format!("这个文件里没有能打开的自评。{}", lost.join("；")));
    }
    Ok((found, lost))
}
