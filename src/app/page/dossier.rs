//! 自评档案: the public sheet, every occupation sheet, and where each stands. The verdicts are never made into one number.

use leptos::prelude::*;

use crate::app::part::{frame, label, notice};
use crate::app::route::Of;
use crate::app::state::Open;
use crate::app::{Route, State, browser};
use crate::dossier::Sheet;
use crate::rubric::{Part, Rubric};
use crate::score::{in_one_sentence, score};

use super::missing;
use super::sheet::sheet_name;

pub fn dossier(state: State, named: bool) -> AnyView {
    if !state.live {
        return view! { <article class="read"><h1 tabindex="-1">"自评档案"</h1>{frame::boot_message()}</article> }.into_any();
    }
    let found = Memo::new(move |_| state.open.with(Option::is_some));
    view! { {move || if named && found.get() { overview(state) } else { missing::no_dossier(state) }} }.into_any()
}

fn overview(state: State) -> AnyView {
    let unit = move || state.open.with(|it| it.as_ref().map(|it| it.dossier.unit.clone())).unwrap_or_default();
    let kind = state.open.with_untracked(|it| it.as_ref().map_or("", |it| label::applicant(it.dossier.applicant)));
    let write = move |event: &leptos::ev::Event| {
        let text = browser::text_of(event);
        state.edit(move |it| it.unit = text);
    };
    let shown = move || {
        // the name is edited on this page and must not rebuild it
        state.listed.track();
        parts(state)
    };
    view! {
        <article class="read wide">
            <p class="doc">"自评档案 · "{kind}</p>
            <h1 tabindex="-1">{move || { let unit = unit(); if unit.is_empty() { "未填单位".to_owned() } else { unit } }}</h1>
            {notice::saved(state)}
            <label class="plain" for="unit">"申请单位名称"</label>
            <input type="text" id="unit" class="wide" autocomplete="organization" prop:value=unit
                on:input=move |event| if !browser::is_composing(&event) { write(&event) } on:change=move |event| write(&event)/>
            {shown}
            <p class="hint">"公共部分与各职业（工种）分别得出结论，文件没有规定如何合并，本工具不合并计算。"</p>
        </article>
    }
    .into_any()
}

/// The sheets by rubric: the public one, then the occupations below it.
fn parts(state: State) -> Vec<AnyView> {
    let Some(open) = state.open.get_untracked() else { return Vec::new() };
    let edition = state.edition_of(&open.dossier);
    let public = open.dossier.sheets.iter().filter_map(|sheet| {
        let rubric = edition.rubric(sheet.annex).filter(|it| it.part == Part::Public)?;
        Some((sheet, rubric, edition.counterpart(rubric)?))
    });
    public.map(|(sheet, rubric, occupation)| part(state, &open, sheet, rubric, occupation)).collect()
}

fn part(state: State, open: &Open, public: &Sheet, rubric: &'static Rubric, occupation: &'static Rubric) -> AnyView {
    let mine = open.dossier.sheets.iter().filter(|it| it.annex == occupation.annex);
    let occupations: Vec<_> = mine.map(|it| card(state, open, it, occupation)).collect();
    let empty = occupations.is_empty().then(|| view! { <p class="hint">"还没有职业（工种）自评表。每个申报的职业、工种或方向填一张。"</p> });
    let id = open.id.clone();
    let add = move |_| {
        let mut sheet = 0;
        state.edit(|it| sheet = it.add_sheet(occupation.annex));
        state.flush();
        state.visit(Route::Sheet(occupation.annex, Some(Of { dossier: id.clone(), sheet })));
    };
    view! {
        <section>
            <h2>{label::applicant(rubric.applicant)}"："{label::part(rubric.part)}</h2>
            <ul class="sheets">{card(state, open, public, rubric)}</ul>
            <h2>{label::applicant(rubric.applicant)}"："{label::part(occupation.part)}</h2>
            <ul class="sheets">{occupations}</ul>
            {empty}
            <p><button type="button" class="quiet" on:click=add>"添加职业（工种）自评表"</button></p>
        </section>
    }
    .into_any()
}

fn card(state: State, open: &Open, sheet: &Sheet, rubric: &'static Rubric) -> AnyView {
    let report = score(rubric, &sheet.answers);
    let of = Of { dossier: open.id.clone(), sheet: sheet.id };
    let class = match (report.filing_vetoes.is_empty(), report.is_complete()) {
        (false, _) => "bad",
        (true, true) => "good",
        (true, false) => "",
    };
    let facts = [&sheet.occupation_code, &sheet.levels].map(|it| it.trim()).into_iter().filter(|it| !it.is_empty());
    let facts: Vec<_> = facts.collect();
    let id = sheet.id;
    let taken = RwSignal::new(None::<Sheet>);
    let remove = (rubric.part == Part::Occupation).then(|| {
        view! { <button type="button" class="link" on:click=move |_| {
            state.edit(|it| {
                if let Some(at) = it.sheets.iter().position(|it| it.id == id) {
                    taken.set(Some(it.sheets.remove(at)));
                }
            });
        }>"删除"</button> }
    });
    let undo = move |_| {
        if let Some(sheet) = taken.get_untracked() {
            state.edit(move |it| it.sheets.push(sheet));
            taken.set(None);
        }
    };
    let name = sheet_name(rubric, sheet);
    let (fill, print) = (state.href(&Route::Sheet(rubric.annex, Some(of.clone()))), state.href(&Route::Form(rubric.annex, of)));
    let sentence = in_one_sentence(&report);
    let body = StoredValue::new((name, fill, print, sentence, facts.join(" ")));
    let shown = move || {
        if taken.with(Option::is_some) {
            return view! { <p>"已删除“"{body.with_value(|it| it.0.clone())}"”。"<button type="button" class="link" on:click=undo>"撤销"</button></p> }.into_any();
        }
        let (name, fill, print, sentence, facts) = body.get_value();
        view! {
            <h3><a href=fill.clone()>"附件"{rubric.annex.to_string()}" "{name}</a><small>{facts}</small></h3>
            <p>{sentence}"。"</p>
            <p class="links"><a href=fill>"填写"</a><a href=print>"打印评估表"</a>{remove.clone()}</p>
        }
        .into_any()
    };
    view! { <li class=class>{shown}</li> }.into_any()
}
