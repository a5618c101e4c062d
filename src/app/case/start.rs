//! A new dossier: for whom, and by which rubrics.

use leptos::prelude::*;

use crate::app::part::html::{Event, button, el};
use crate::app::part::{frame, label};
use crate::app::{Route, State, browser};
use crate::dossier::Dossier;
use crate::rubric::{Applicant, Part};

use super::home;

pub fn start(state: State, applicant: Applicant) -> AnyView {
    let (students, people) = (RwSignal::new(false), RwSignal::new(false));
    let wrong = RwSignal::new(String::new());
    let begin = move || {
        let kinds = kinds(applicant, students.get_untracked(), people.get_untracked());
        if kinds.is_empty() {
            wrong.set("请至少选一类评价对象".to_owned());
            return;
        }
        let edition = state.edition();
        let public = edition.rubrics.iter().filter(|it| it.part == Part::Public && kinds.contains(&it.applicant));
        let annexes: Vec<_> = public.map(|it| it.annex).collect();
        let unit = browser::text_in("unit").trim().to_owned();
        let id = state.create(Dossier::new(unit, applicant, edition, &annexes));
        state.visit(Route::Dossier(Some(id)));
    };
    let audience = (applicant == Applicant::TechnicalSchool).then(|| {
        let tick = |signal: RwSignal<bool>, words: &'static str| {
            let turn = move |_: Event| {
                wrong.set(String::new());
                signal.set(!signal.get_untracked());
            };
            let field = el("input").set("type", "checkbox").checked(move || signal.get()).on("change", turn);
            el("label").class("tick").child(field).child(el("span").text(words))
        };
        el("fieldset")
            .class("plainset")
            .flag("disabled", !state.live)
            .child(el("legend").text("评价对象（可都选，分别备案）"))
            .child(tick(students, "注册学籍的本校学生：用技工院校的评估要点（附件3、附件4）"))
            .child(tick(people, "社会人员：用社会培训评价组织的评估要点（附件5、附件6）"))
            .child(home::school(state).class("hint"))
    });
    let enter = move |event: Event| {
        if browser::is_enter(&event) {
            begin();
        }
    };
    let about = "先填公共部分，再按职业（工种）逐个填写。每次修改都保存在本机浏览器，可以随时离开，下次接着填。";
    let field = el("input").set("type", "text").set("id", "unit").class("wide").set("autocomplete", "organization");
    el("article")
        .class("read")
        .child(el("p").class("doc").text("新建自评"))
        .child(el("h1").set("tabindex", "-1").text(label::applicant(applicant)))
        .view(frame::boot_message(state))
        .child(el("p").text(about))
        .child(el("label").class("plain").set("for", "unit").text("申请单位名称（可以以后再填）"))
        .child(field.flag("disabled", !state.live).on("keydown", enter))
        .maybe(audience)
        .child(el("p").class("wrong").set("role", "alert").words(move || wrong.get()))
        .child(el("p").child(button("btn", "建立自评档案", begin).flag("disabled", !state.live)))
        .done()
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
