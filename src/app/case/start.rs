//! The guided start: one question after the other, each with its clause, then what follows from the answers.
//!
//! The address says which question is shown, so the browser's back button works as well; an answer stays until another
//! one is given.

use leptos::prelude::*;

use crate::app::address::StartStep;
use crate::app::part::html::{El, all, button, el, link, nothing};
use crate::app::part::{clause, decision, filed, frame};
use crate::app::state::DossierKey;
use crate::app::{Address, State, browser};
use crate::dossier::Dossier;
use crate::filing::Rules;
use crate::filing::route::{APPLICANT, FilingAnswers, MOST_QUESTIONS, Question};
use crate::rubric::{Applicant, ApplicantKind, Part};

use super::question;

/// The step after all questions, which shows what follows from the answers.
pub const DONE: u8 = 9;

/// What the questions are about, and where the answers lie.
#[derive(Clone, Copy)]
pub struct Guide {
    pub state: State,
    pub rules: &'static Rules,
    /// The kind of applicant, and its place in the list of the edition.
    pub kind: &'static ApplicantKind,
    pub applicant: Applicant,
    /// None for a new dossier, whose answers are a draft.
    kept: Option<DossierKey>,
}

impl Guide {
    pub fn answers(self) -> FilingAnswers {
        let mut answers = if let Some(of) = self.kept {
            self.state
                .open
                .with(|open| open.as_ref().filter(|it| it.key == of).map(|it| it.dossier.route.clone()))
                .unwrap_or_default()
        } else {
            self.state.draft.get()
        };
        answers.set(APPLICANT, Some(&self.kind.id));
        answers
    }

    pub fn answer(self, change: impl FnOnce(&mut FilingAnswers)) {
        let mut answers = untrack(|| self.answers());
        change(&mut answers);
        if let Some(of) = self.kept {
            self.state.edit(of, |it| it.route = answers);
        } else {
            self.state.draft.set(answers);
        }
    }
}

/// `folder` is what addresses call the kind of applicant.
pub fn start(state: State, folder: &str, at: &StartStep) -> AnyView {
    let Some((applicant, kind)) = state.edition().kinds().find(|it| it.1.folder == folder) else {
        return crate::app::part::missing::no_dossier(state);
    };
    let Some(rules) = state.rules_of(state.edition()).filter(|it| it.has_routes()) else {
        // an edition without filing rules begins with the dossier
        let article = el("article").class("read wide guide").child(el("p").class("doc").text(kind.label.as_str()));
        let article = article.child(el("h1").set("tabindex", "-1").text("新建自评"));
        return article.view(frame::boot_message(state)).child(naming(state, applicant, FilingAnswers::default)).done();
    };
    let article = el("article").class("read wide guide");
    let article = article.child(el("p").class("doc").text(format!("{} · 备案路径", kind.label)));
    let guide = Guide { state, rules, kind, applicant, kept: at.dossier.as_ref().map(|it| state.key_of(it)) };
    // read without following it: answering changes the dossier, and the question must stay where it is
    let lacks = || state.open.with_untracked(|open| open.as_ref().is_some_and(|it| state.lacks(&it.dossier)));
    if guide.kept.is_some_and(|it| it != state.of_open() || lacks()) {
        return crate::app::part::missing::no_dossier(state);
    }
    // the question is chosen once for each address, so that an answer does not replace it under the person's hands
    let asked = untrack(|| asked(guide));
    let body = match asked.get(usize::from(at.step)) {
        Some(question) => ask(guide, at, question, asked.len()),
        None => outcome(guide, at),
    };
    article.view(body).done()
}

/// The questions after the first one, which the home page asked.
fn asked(guide: Guide) -> Vec<&'static Question> {
    let routes = &guide.rules.routes;
    routes.asked(&guide.answers()).into_iter().filter(|it| it.id != APPLICANT).collect()
}

fn ask(guide: Guide, at: &StartStep, question: &'static Question, n_asked: usize) -> AnyView {
    let Guide { state, kind, .. } = guide;
    let wrong = RwSignal::new(String::new());
    let (step, dossier) = (at.step, at.dossier.clone());
    let to = {
        let dossier = dossier.clone();
        move |step: u8| Address::start_at(kind, StartStep { step, dossier: dossier.clone() })
    };
    let next = {
        let to = to.clone();
        move || {
            question::take(guide, question);
            let open = untrack(|| guide.rules.routes.next(&guide.answers()));
            if open.is_some_and(|open| open.id == question.id) {
                wrong.set(if question.is_place() { "请填写，或选“不明确”" } else { "请先选一项" }.to_owned());
            } else {
                // after the last question, the next step shows what follows from the answers
                state.visit(to(step + 1));
            }
        }
    };
    let back = match (step, dossier) {
        (0, None) => link(state.href(&Address::Home), "上一步"),
        (0, Some(id)) => link(state.href(&Address::Dossier(Some(id))), "返回档案"),
        _ => link(state.href(&to(step - 1)), "上一步"),
    };
    let unanswered = link(state.href(&to(DONE)), "先不回答，以后再填");
    // once, before anything is answered
    let later = (step == 0).then(|| clause::later(state, state.edition(), &[&kind.id])).flatten();
    let count = format!("第 {} 题（最多 {} 题）", usize::from(step) + 2, MOST_QUESTIONS.max(n_asked + 1));
    let enter = {
        let next = next.clone();
        move |event| {
            if browser::is_enter(&event) && !browser::is_button(&event) {
                next();
            }
        }
    };
    let parts = vec![
        el("p").class("count").text(count).done(),
        el("h1").set("tabindex", "-1").set("id", "ask").text(question.text.as_str()).done(),
        frame::boot_message(state),
        question.hint.as_ref().map_or_else(nothing, |it| el("p").class("hint").text(it.as_str()).done()),
        question::controls(guide, question, move || wrong.set(String::new())).on("keydown", enter).done(),
        el("p").alert(move || wrong.get()).done(),
        el("p")
            .class("links")
            .child(button("btn", "下一步", next).flag("disabled", !state.live))
            .child(back)
            .child(unanswered)
            .done(),
        clause::basis(state, guide.rules, std::slice::from_ref(&question.clause)).done(),
        clause::readings(state, &question.readings).map_or_else(nothing, El::done),
        later.map_or_else(nothing, El::done),
    ];
    all(parts)
}

/// What follows from the answers, on one page, and the form that creates the dossier.
fn outcome(guide: Guide, at: &StartStep) -> AnyView {
    let Guide { state, rules, kind, applicant, .. } = guide;
    let answers = guide.answers();
    // shown only once every question is answered: half of the answers may lead elsewhere
    let whole = rules.routes.next(&answers).is_none();
    let found = filed::filed(state, rules, &answers).filter(|_| whole);
    let title =
        if found.is_some() { "在哪里备案，怎样编码，由谁监管" } else { "备案路径还没有答完" };
    let first = state.href(&Address::start_at(kind, StartStep { step: 0, dossier: at.dossier.clone() }));
    let again = el("p").class("links").child(link(first, if found.is_some() { "修改回答" } else { "回答问题" }));
    let picture = el("details").child(el("summary").text("看图：从单位到备案路径"));
    let picture = picture.child(decision::picture(&rules.routes, Some(&answers)));
    let begin = match &at.dossier {
        Some(id) => el("p").child(link(state.href(&Address::Dossier(Some(id.clone()))), "返回档案").class("btn")),
        None => naming(state, applicant, move || untrack(|| guide.answers())),
    };
    all(vec![
        el("h1").set("tabindex", "-1").text(title).done(),
        frame::boot_message(state),
        found.map_or_else(nothing, El::done),
        again.done(),
        picture.done(),
        begin.done(),
    ])
}

/// Asks for the name of the unit and creates the dossier.
fn naming(state: State, applicant: Applicant, answers: impl Fn() -> FilingAnswers + Clone + 'static) -> El {
    let begin = move || {
        let edition = state.edition();
        let answers = answers();
        let unit = browser::text_in("unit").trim().to_owned();
        let annexes = public_annexes(state, applicant, &answers);
        let mut dossier = Dossier::new(unit, applicant, edition, &annexes);
        dossier.route = answers;
        if let Some(id) = state.create(vec![dossier]) {
            state.draft.set(FilingAnswers::default());
            state.visit(Address::Dossier(Some(id)));
        }
    };
    let enter = {
        let begin = begin.clone();
        move |event| {
            if browser::is_enter(&event) {
                begin();
            }
        }
    };
    let about = "自评档案保存在本机浏览器，每次修改自动保存，可以随时离开，下次接着填。";
    let field = el("input").set("type", "text").set("id", "unit").class("wide").set("autocomplete", "organization");
    el("section")
        .class("begin")
        .child(el("h2").text("建立自评档案"))
        .child(el("p").text(about))
        .child(el("label").class("plain").set("for", "unit").text("申请单位名称（可以以后再填）"))
        .child(field.set("data-own", "").flag("disabled", !state.live).on("keydown", enter))
        .child(el("p").child(button("btn", "建立自评档案", begin).flag("disabled", !state.live)))
}

/// The public rubrics to begin with: those of the filings, or all that such an applicant may need.
fn public_annexes(state: State, applicant: Applicant, answers: &FilingAnswers) -> Vec<u8> {
    let edition = state.edition();
    let filings = state.rules_of(edition).map(|it| it.routes.route(answers).filings).unwrap_or_default();
    let public = edition.rubrics.iter().filter(|it| it.part == Part::Public);
    let named = public.clone().filter(|it| filings.iter().any(|filing| filing.rubrics.contains(&it.annex)));
    let named: Vec<u8> = named.map(|it| it.annex).collect();
    if !named.is_empty() {
        return named;
    }
    // a school files for its own students, and like a social organisation for people from outside
    public.filter(|it| edition.may_need(applicant, it.applicant)).map(|it| it.annex).collect()
}
