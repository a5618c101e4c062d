//! Who are you? Three kinds of applicant, each to its rubrics.

use leptos::prelude::*;

use crate::app::part::{frame, label};
use crate::app::{Route, State};
use crate::dossier::Found;
use crate::rubric::Applicant;

pub fn home(state: State) -> AnyView {
    let kinds = [
        (Applicant::Employer, "对本单位职工开展职业技能等级评价"),
        (Applicant::TechnicalSchool, "对本校学生评价；面向社会人员的，按社会培训评价组织备案"),
        (Applicant::SocialOrganisation, "面向社会人员开展职业技能等级评价"),
    ];
    let cards = kinds.map(|(applicant, about)| {
        let annexes = state.edition().rubrics.iter().filter(|it| it.applicant == applicant).map(|it| {
            view! { <a href=state.href(&Route::Rubric(it.annex))>"附件"{it.annex.to_string()}" "{label::part(it.part)}</a> }
        });
        view! {
            <li class="card">
                <h2>{label::applicant(applicant)}</h2>
                <p>{about}</p>
                <p class="annexes">{annexes.collect_view()}</p>
                <a class="btn" href=state.href(&Route::Start(applicant))>"开始自评"</a>
            </li>
        }
    });
    view! {
        <div class="home">
            <h1 tabindex="-1">"备案前，先自己评一评"</h1>
            <p class="lead">
                "按"<span class="nw">{state.edition().notice.as_str()}</span>"的六份技术评估要点逐项填写，随时看到得分、否决项和结论。"
                "您是哪一类申请单位？"
            </p>
            {(!state.live).then(frame::boot_message)}
            {move || going_on(state)}
            <ul class="cards">{cards.into_view()}</ul>
            <p class="hint">"技工院校备案为哪一类，看评价对象："<q>{state.edition().school.text.as_str()}</q>
                <span class="nw">"（"{state.edition().school.clause.as_str()}"）"</span></p>
        </div>
    }
    .into_any()
}

/// The dossier last worked on.
fn going_on(state: State) -> Option<AnyView> {
    if !state.live {
        return None;
    }
    let latest = state.list().into_iter().find_map(|it| match it {
        Found::Good { id, envelope } if envelope.dossier.binned.is_none() => Some((id, envelope.dossier)),
        Found::Good { .. } | Found::Damaged { .. } => None,
    });
    let (id, dossier) = latest?;
    let name = if dossier.unit.is_empty() { "未填单位".to_owned() } else { dossier.unit };
    Some(
        view! {
            <p class="going">
                <a class="btn small" href=state.href(&Route::Dossier(Some(id)))>"接着填："{name}</a>
                <a href=state.href(&Route::Mine)>"全部自评"</a>
            </p>
        }
        .into_any(),
    )
}
