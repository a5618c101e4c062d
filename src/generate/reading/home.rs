//! Who are you? Three kinds of applicant, each to its rubrics. Above them going.js puts a link to the dossier that was
//! saved last.

use leptos::prelude::*;

use crate::app::address::StartStep;
use crate::app::part::html::{El, el, link};
use crate::app::part::{frame, label};
use crate::app::{Address, State};
use crate::rubric::Applicant;

pub fn home(state: State) -> AnyView {
    let kinds = [
        (Applicant::Employer, "对本单位职工开展职业技能等级评价"),
        (Applicant::TechnicalSchool, "对本校学生评价；面向社会人员的，用社会培训评价组织的评估要点"),
        (Applicant::SocialOrganisation, "面向社会人员开展职业技能等级评价"),
    ];
    let cards = kinds.into_iter().map(|(applicant, about)| {
        let annexes = state.edition().rubrics.iter().filter(|rubric| rubric.applicant == applicant).map(|rubric| {
            link(
                state.href(&Address::Rubric(rubric.annex)),
                format!("附件{} {}", rubric.annex, label::part(rubric.part)),
            )
        });
        el("li")
            .class("card")
            .child(el("h2").text(label::applicant(applicant)))
            .child(el("p").text(about))
            .child(el("p").class("annexes").each(annexes))
            .child(link(state.href(&Address::Start(applicant, StartStep::default())), "开始自评").class("btn"))
    });
    let lead = el("p").class("lead").text("按").child(el("span").class("nw").text(state.edition().notice.as_str()));
    let lead = lead.text("的六份技术评估要点逐项填写，随时看到得分、否决项和结论。您是哪一类申请单位？");
    el("div")
        .class("home")
        .child(el("h1").set("tabindex", "-1").text("备案前，先自己评一评"))
        .child(lead)
        .view(frame::without_script())
        .child(el("p").class("going").set("id", "going"))
        .child(el("ul").class("cards").each(cards))
        .child(
            el("p")
                .class("links")
                .child(link(state.href(&Address::Filing), "谁到哪里备案：一张图看清"))
                .child(link(state.href(&Address::Received), "打开收到的自评")),
        )
        .child(school(state).class("hint"))
        .done()
}

/// What a technical school is filed as, in the notice's own words.
fn school(state: State) -> El {
    let quote = &state.edition().school;
    let words = el("p").text("技工院校备案为哪一类，看评价对象：").child(el("q").text(quote.text.as_str()));
    words.child(el("span").class("nw").text(format!("（{}）", quote.clause)))
}
