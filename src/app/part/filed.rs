//! 备案路径: what follows from the answers, each filing on a card of its own.

use crate::app::{Address, State};
use crate::filing::Rules;
use crate::filing::route::{self, Filing, FilingAnswers, Routing};

use super::clause;
use super::html::{El, el, link};

/// All filings, the clauses and readings they follow from, and what is left open. `None` while the answers do not say
/// enough.
pub fn filed(state: State, rules: &'static Rules, answers: &FilingAnswers) -> Option<El> {
    let Routing { filings, clauses, readings, candidates } = rules.routes.route(answers);
    if filings.is_empty() {
        return None;
    }
    let n = filings.len();
    let several = format!("按评价对象分别备案，共 {n} 份。");
    let several = (1 < n).then(|| el("p").class("say").text(several));
    let candidates: Vec<_> = candidates.iter().map(|it| candidate(it)).collect();
    let open = (!candidates.is_empty()).then(|| el("p").text(format!("可能是：{}", candidates.join("、"))));
    // what was issued later about the ways on which the answers led, and about who files
    let mut places: Vec<&str> = filings.iter().map(|it| it.route.name()).collect();
    places.extend(rules.routes.questions.first().and_then(|it| answers.get(&it.id)));
    let later = clause::later(state, state.edition(), &places);
    Some(
        el("section")
            .class("filed")
            .maybe(several)
            .each(filings.iter().map(|it| filing(state, rules, it)))
            .maybe(open)
            .child(clause::basis(state, rules, &clauses))
            .maybe(clause::readings(state, &readings))
            .maybe(later),
    )
}

fn filing(state: State, rules: &'static Rules, filing: &Filing) -> El {
    let unclear = filing.route == route::Route::Unclear;
    let head = el("h2").text(filing.route.label()).child(el("small").text("原则上"));
    let mut facts = el("dl");
    let mut fact = |name: &'static str, value: El| {
        let all = std::mem::replace(&mut facts, el("dl"));
        facts = all.child(el("dt").text(name)).child(value);
    };
    if let Some(it) = &filing.filed_as {
        fact("备案为", el("dd").text(it.label.clone()));
    }
    if !filing.rubrics.is_empty() {
        let annexes = filing.rubrics.iter().filter_map(|annex| state.edition().rubric(*annex));
        let links = annexes.map(|rubric| {
            let words = format!("附件{} {}", rubric.annex, rubric.part_name);
            link(state.href(&Address::Rubric(rubric.annex)), words)
        });
        fact("自评用", el("dd").class("links").each(links));
    }
    fact("机构类别代码", el("dd").text(letter(filing)));
    if rules.routes.fix_tenth() {
        fact(
            "编码第10位",
            el("dd").text(filing.tenth_digit.as_deref().map_or("原文未规定".to_owned(), |it| it.replace('-', "—"))),
        );
    }
    fact("监管服务", el("dd").text(filing.supervisor.as_deref().unwrap_or("原文未规定")));
    fact("联系人", contacts(rules, filing));
    let steps = filing.steps.iter().map(|step| {
        let line = el("li").text(step.text.as_str());
        line.maybe(step.clause.as_ref().map(|it| el("small").child(clause::clause(state, rules, it))))
    });
    el("div")
        .class(if unclear { "card unclear" } else { "card" })
        .child(head)
        .child(facts)
        .child(el("h3").text("步骤"))
        .child(el("ol").each(steps))
}

fn letter(filing: &Filing) -> String {
    match &filing.class_code {
        Some(letter) => format!("{letter}（{}）", if filing.class_code_printed { "原文所印" } else { "推定" }),
        None => "原文未规定".to_owned(),
    }
}

/// The people to ask, those of the place first, as printed, with the date of print, because people change.
fn contacts(rules: &'static Rules, filing: &Filing) -> El {
    let groups =
        filing.local_contacts.iter().chain(&filing.contacts).filter_map(|id| rules.routes.contact(id)).map(|group| {
            let people = group.people.iter().map(|person| {
                let number: String = person.phone.chars().filter(char::is_ascii_digit).collect();
                let phone = link(format!("tel:{number}"), person.phone.as_str()).class("nw");
                el("span").class("nw").text(format!("{} ", person.name)).child(phone)
            });
            let mut line = el("li").text(format!("{}（{}）：", group.name, group.as_of));
            for (i, person) in people.enumerate() {
                line = line.text(if i == 0 { "" } else { "，" }).child(person);
            }
            line
        });
    el("dd").child(el("ul").each(groups))
}

/// What a candidate is called: a route by its label, a place by its own name.
fn candidate(name: &str) -> String {
    let route = route::Route::ALL.into_iter().find(|known| known.name() == name);
    route.map_or(name, |it| it.label()).to_owned()
}
