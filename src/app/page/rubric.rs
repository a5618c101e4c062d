//! The printed tables: blank, to read and print; or filled from a sheet, to print and sign.

use leptos::prelude::*;

use crate::app::part::{label, table};
use crate::app::route::Of;
use crate::app::{Route, State, browser};
use crate::score::{in_one_sentence, score, verdict_in_words};

use super::missing;

/// The six, a list.
pub fn rubrics(state: State) -> AnyView {
    let edition = state.edition();
    let items = edition
        .rubrics
        .iter()
        .map(|it| {
            let (route, n_rows) = (Route::Rubric(it.annex), it.rows().count());
            view! {
                <li>
                    <a href=state.href(&route)>"附件"{it.annex.to_string()}" "{label::applicant(it.applicant)}" "{label::part(it.part)}</a>
                    <p>{it.title.as_str()}"，"{n_rows.to_string()}" 行，合计 "{it.total.to_string()}" 分"</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <article class="read">
            <h1 tabindex="-1">"技术评估要点"</h1>
            <p class="sub"><span class="nw">{edition.notice.as_str()}</span>" "{edition.title.as_str()}</p>
            <ul class="list">{items}</ul>
        </article>
    }
    .into_any()
}

/// The blank table.
pub fn rubric(state: State, annex: u8) -> AnyView {
    let Some((edition, rubric)) = state.rubric(annex) else { return missing::missing(state) };
    view! {
        <article class="form">
            {table::headline(edition, rubric, None)}
            <p class="links noprint">
                <a class="btn small" href=state.href(&Route::Start(rubric.applicant))>"按此表自评"</a>
                <a href=state.href(&Route::Sheet(annex, None))>"逐项查看（手机适用）"</a>
            </p>
            {table::header(rubric, None)}
            {table::table(edition, rubric, None)}
        </article>
    }
    .into_any()
}

/// The table with a sheet's 得分 and 备注, and the verdict.
pub fn form(state: State, annex: u8, of: &Of) -> AnyView {
    let Some((edition, rubric)) = state.rubric(annex) else { return missing::missing(state) };
    let of = of.clone();
    let filled = move || {
        let found = state.open.with(|it| {
            let open = it.as_ref().filter(|it| it.id == of.dossier)?;
            let sheet = open.dossier.sheet(of.sheet).filter(|it| it.annex == annex)?;
            Some((open.dossier.unit.clone(), sheet.clone()))
        });
        let Some((unit, sheet)) = found else { return missing::no_dossier(state) };
        let report = score(rubric, &sheet.answers);
        let with_bonus = (report.bonus != crate::rubric::Points::ZERO).then(|| {
            let verdict = verdict_in_words(&report, report.verdict_with_bonus());
            view! { <p>{format!("优先项目另加 {} 分；若评估机构将加分计入总分：{} 分，{verdict}。", report.bonus, report.total_with_bonus())}</p> }
        });
        let unit = format!("申请单位：{}", if unit.is_empty() { "＿＿＿＿＿＿＿＿".to_owned() } else { unit });
        view! {
            <article class="form">
                {table::headline(edition, rubric, Some(unit))}
                <p class="links noprint">
                    <button type="button" class="btn small" on:click=move |_| browser::print()>"打印"</button>
                    <a href=state.href(&Route::Sheet(annex, Some(of.clone())))>"返回填写"</a>
                </p>
                {table::header(rubric, Some(&sheet))}
                {table::table(edition, rubric, Some(&sheet))}
                <div class="verdict">
                    <p><b>"自评结论："</b>{in_one_sentence(&report)}"。"</p>
                    {with_bonus}
                    <p>"自评结果，仅供参考，非官方结论。"</p>
                    <p class="sign">"填表人（签字）：＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日"</p>
                </div>
            </article>
        }
        .into_any()
    };
    view! { {filled} }.into_any()
}
