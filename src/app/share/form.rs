//! 评估表 to print and sign: a filled sheet as the printed table, with the code and the QR of its answers on it, so that
//! whoever has the paper has the record.

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::carry::{carriers, known, unless_in_chat};
use crate::app::part::html::{El, all, button, el, link, live};
use crate::app::part::{missing, summary, table};
use crate::app::{Address, State, browser};
use crate::carrier::{Take, pack, write_code};
use crate::dossier::{Dossier, Sheet};
use crate::score::{in_one_sentence, score};

/// The printed table with 得分 and 备注 of a sheet, the verdict, and the record of it, to print and sign.
pub fn form(state: State, annex: u8, of: &SheetOf) -> AnyView {
    let Some((edition, rubric)) = state.rubric(annex) else { return missing::no_dossier(state) };
    let of = of.clone();
    live(move || {
        let Some((dossier, sheet)) = state.sheet_of(&of, annex) else { return missing::no_dossier(state) };
        let report = score(rubric, &sheet.answers);
        let conclusion = el("p").child(el("b").text("自评结论：")).text(format!("{}。", in_one_sentence(&report)));
        let verdict = el("div").class("verdict").child(conclusion);
        let verdict = verdict.maybe(summary::bonus_in_words(&report).map(|it| el("p").text(it)));
        let verdict = verdict.maybe(summary::unsettled(&report, usize::MAX));
        let verdict = verdict.child(el("p").text("自评结果，仅供参考，非官方结论。"));
        let facts = &dossier.facts;
        let date = or(&facts.date, "＿＿＿＿年＿＿月＿＿日");
        let sign = el("p").class("sign").text(format!("填表人（签字）：＿＿＿＿＿＿　　日期：{date}"));
        let mut unit = format!("申请单位：{}", or(&dossier.unit, "＿＿＿＿＿＿＿＿"));
        for (name, said) in [("所在地", dossier.place()), ("联系人", &facts.contact), ("联系电话", &facts.telephone)]
        {
            if !said.is_empty() {
                unit.push_str(&format!("　　{name}：{said}"));
            }
        }
        let links = el("p").class("links noprint");
        let links = links.maybe(unless_in_chat(|| button("btn small", "打印", browser::print)));
        let links = links.child(link(state.href(&Address::Sheet(annex, Some(of.clone()))), "返回填写"));
        let form = el("article").class("form").child(table::headline(edition, rubric));
        let form = form.child(el("p").class("unit").text(unit)).child(links);
        let form = form
            .child(table::header(rubric, Some(&sheet)))
            .each(table::table(edition, rubric, Some(&sheet), &|_| None).into_iter());
        all(vec![form.child(verdict).maybe(carried(state, &dossier, &sheet)).child(sign).done()])
    })
}

/// What was said, or room to write it.
fn or<'t>(said: &'t str, blank: &'t str) -> &'t str {
    if said.is_empty() { blank } else { said }
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
