//! 评估表 to print and sign: a filled sheet as the printed table, with the code and the QR of its answers on it, so that
//! whoever has the paper has the record.

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::carry::{carriers, known, unless_in_chat};
use crate::app::part::html::{El, button, el, link, live};
use crate::app::part::{missing, summary, table};
use crate::app::{Address, State, browser};
use crate::carrier::{Take, pack, write_code};
use crate::dossier::{Dossier, Sheet};
use crate::packet::copied;
use crate::score::{in_one_sentence, score};

/// The printed table with 得分 and 备注 of a sheet, the verdict, and the record of it, to print and sign.
pub fn form(state: State, annex: u8, of: &SheetOf) -> AnyView {
    if state.rubric(annex).is_none() {
        return missing::no_dossier(state);
    }
    let of = of.clone();
    live(move || {
        let Some((dossier, sheet)) = state.sheet_of(&of, annex) else { return missing::no_dossier(state) };
        let links = el("p").class("links noprint");
        let links = links.maybe(unless_in_chat(|| button("btn small", "打印", browser::print)));
        let links = links.child(link(state.href(&Address::Sheet(annex, Some(of.clone()))), "返回填写"));
        let copy = (dossier.clone(), sheet.clone());
        let links = links.child(button("link", "复制成表格", move || copy_table(state, &copy.0, &copy.1)));
        let files = format!("{}#tables", state.href(&Address::Packet(Some(of.dossier.clone()))));
        let links = links.maybe(unless_in_chat(|| link(files, "下载电子表格（XLSX）")));
        filled(state, &dossier, &sheet, links).map_or_else(|| missing::no_dossier(state), El::done)
    })
}

/// Puts the table on the clipboard, to be pasted into WPS, Word or Excel.
fn copy_table(state: State, dossier: &Dossier, sheet: &Sheet) {
    let edition = state.edition_of(dossier);
    let Some(rubric) = edition.rubric(sheet.annex) else { return };
    let [html, text] = copied(edition, rubric, dossier, sheet);
    let done = browser::copy_table(html, text, "table.official");
    let words = if done {
        "已复制，可在 WPS、Word、Excel 里粘贴成表格。"
    } else {
        "浏览器不让复制，表格已选中，请按 Ctrl+C。"
    };
    state.tell(words.to_owned());
}

/// A sheet as it is printed and signed. `links` stand below its head, on the screen only.
pub fn filled(state: State, dossier: &Dossier, sheet: &Sheet, links: El) -> Option<El> {
    let edition = state.edition_of(dossier);
    let rubric = edition.rubric(sheet.annex)?;
    let report = score(rubric, &sheet.answers);
    let conclusion = el("p").child(el("b").text("自评结论：")).text(format!("{}。", in_one_sentence(&report)));
    let verdict = el("div").class("verdict").child(conclusion);
    let verdict = verdict.maybe(summary::bonus_in_words(&report).map(|it| el("p").text(it)));
    let verdict = verdict.maybe(summary::unsettled(&report, usize::MAX));
    let verdict = verdict.child(el("p").text("自评结果，仅供参考，非官方结论。"));
    let whose =
        [dossier.unit.as_str(), sheet.occupation(rubric).unwrap_or_default(), &sheet.occupation_code, &sheet.levels];
    let whose: Vec<&str> = whose.into_iter().filter(|it| !it.is_empty()).collect();
    let form = el("article").class("form").child(table::headline(edition, rubric));
    let form = form.child(table::unit(&told(dossier))).child(links).child(table::header(rubric, Some(sheet)));
    let declared = [("职业编码", &sheet.occupation_code), ("级别", &sheet.levels)];
    let declared: Vec<String> =
        declared.into_iter().filter(|it| !it.1.is_empty()).map(|(name, said)| format!("{name}：{said}")).collect();
    let declared = (!declared.is_empty()).then(|| el("p").class("unit").text(declared.join("　　")));
    let form = form.maybe(declared);
    let form = form.each(table::table(edition, rubric, Some((sheet, &whose.join("　"))), &|_| None).into_iter());
    // on one page: a signature belongs to what is signed
    let end = el("div").class("end").child(verdict).maybe(carried(state, dossier, sheet));
    Some(form.child(end.child(table::signs(&dossier.facts.date))))
}

/// What a unit says about itself, as the head of its forms has it.
pub fn told(dossier: &Dossier) -> [&str; 4] {
    let facts = &dossier.facts;
    [&dossier.unit, dossier.place(), &facts.contact, &facts.telephone]
}

/// The record of this sheet alone, without names, which are on the paper anyway.
fn carried(state: State, dossier: &Dossier, sheet: &Sheet) -> Option<El> {
    let only = Dossier { sheets: vec![sheet.clone()], ..dossier.clone() };
    let record = pack(known(state), &only, Take::default())?;
    let link = carriers::link(state, &record);
    let qr = carriers::qr(&link);
    let dense = qr.is_none().then(|| el("p").text("内容较多，二维码会太密，复印后手机读不出来，因此不印。"));
    let about = "自评码：照着输入，或用手机扫码，可以还原本表各项的填写（不含单位名称和备注）。";
    let words = el("div").child(carriers::code(&write_code(&record))).child(el("p").text(about));
    let words = words.child(el("p").text(format!("{}。", carriers::where_to_type(state)))).maybe(dense);
    Some(el("div").class("carried").child(words).maybe(qr))
}
