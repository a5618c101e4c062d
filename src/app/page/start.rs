//! A new dossier: for whom, and by which rubrics.

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;

use crate::app::part::{frame, label};
use crate::app::{Route, State, browser};
use crate::dossier::Dossier;
use crate::rubric::{Applicant, Part};

pub fn start(state: State, applicant: Applicant) -> AnyView {
    let unit = NodeRef::<Input>::new();
    let (students, people) = (RwSignal::new(true), RwSignal::new(false));
    let nobody = RwSignal::new(false);
    let begin = move || {
        let kinds = kinds(applicant, students.get_untracked(), people.get_untracked());
        if kinds.is_empty() {
            nobody.set(true);
            return;
        }
        let edition = state.edition();
        let public = edition.rubrics.iter().filter(|it| it.part == Part::Public && kinds.contains(&it.applicant));
        let annexes: Vec<_> = public.map(|it| it.annex).collect();
        let id = state.create(Dossier::new(browser::text_in(unit).trim().to_owned(), applicant, edition, &annexes));
        state.visit(Route::Dossier(Some(id)));
    };
    let audience = (applicant == Applicant::TechnicalSchool).then(|| {
        let tick = |signal: RwSignal<bool>, word: &'static str| {
            view! {
                <label class="tick">
                    <input type="checkbox" prop:checked=signal on:change=move |_| { nobody.set(false); signal.update(|it| *it = !*it) }/>
                    <span>{word}</span>
                </label>
            }
        };
        view! {
            <fieldset class="plainset" disabled=!state.live>
                <legend>"评价对象（可都选，分别备案）"</legend>
                {tick(students, "注册学籍的本校学生：用技工院校的评估要点（附件3、附件4）")}
                {tick(people, "社会人员：用社会培训评价组织的评估要点（附件5、附件6）")}
                <p class="hint"><q>{state.edition().school.text.as_str()}</q>
                    <span class="nw">"（"{state.edition().school.clause.as_str()}"）"</span></p>
            </fieldset>
        }
    });
    view! {
        <article class="read">
            <p class="doc">"新建自评"</p>
            <h1 tabindex="-1">{label::applicant(applicant)}</h1>
            {(!state.live).then(frame::boot_message)}
            <p>"先填公共部分，再按职业（工种）逐个填写。每次修改都保存在本机浏览器，可以随时离开，下次接着填。"</p>
            <label class="plain" for="unit">"申请单位名称（可以以后再填）"</label>
            <input type="text" id="unit" class="wide" autocomplete="organization" node_ref=unit disabled=!state.live
                on:keydown=move |event: ev::KeyboardEvent| if browser::is_enter(&event) { begin() }/>
            {audience}
            <p class="wrong" role="alert">{move || nobody.get().then_some("请至少选一类评价对象")}</p>
            <p><button type="button" class="btn" disabled=!state.live on:click=move |_| begin()>"建立自评档案"</button></p>
        </article>
    }
    .into_any()
}

/// By whose rubrics a dossier is assessed.
fn kinds(applicant: Applicant, students: bool, people: bool) -> Vec<Applicant> {
    match applicant {
        Applicant::Employer | Applicant::SocialOrganisation => vec![applicant],
        Applicant::TechnicalSchool => {
            let own = students.then_some(Applicant::TechnicalSchool);
            own.into_iter().chain(people.then_some(Applicant::SocialOrganisation)).collect()
        }
    }
}
