//! 检查一遍 and 下一步: what contradicts what across the dossier, each with a link to it, and the one most useful thing to
//! do.

use leptos::prelude::*;

use crate::app::address::{SheetOf, StartStep};
use crate::app::part::files;
use crate::app::part::html::{El, all, button, el, link, nothing};
use crate::app::{Address, State};
use crate::dossier::{CasePlace, Dossier, Finding, Next, ReviewCheck, Weight, next_step, review};

use super::super::scope::row_id;

/// What the review finds in the open dossier, worked out once after each change for all parts of the page that show it.
/// `None` where its edition has no rules.
pub type Reviewed = Memo<Option<Vec<Finding>>>;

pub fn found(state: State) -> Reviewed {
    Memo::new(move |_| {
        state.open.with(|open| {
            let dossier = &open.as_ref()?.dossier;
            let edition = state.edition_of(dossier);
            Some(review(edition, state.rules_of(edition)?, dossier))
        })
    })
}

/// The one most useful thing to do, and how many findings there are of each weight.
pub fn next(state: State, id: &str, found: Reviewed) -> AnyView {
    state
        .open
        .with(|open| {
            let open = open.as_ref()?;
            found.with(|found| Some(next_of(state, id, (&open.dossier, open.edits), found.as_ref()?)))
        })
        .unwrap_or_else(nothing)
}

fn next_of(state: State, id: &str, (dossier, edits): (&Dossier, u32), found: &[Finding]) -> AnyView {
    let edition = state.edition_of(dossier);
    let step = next_step(edition, dossier, found, edits);
    let line =
        el("p").class("next-step").child(el("b").text("下一步：")).text(format!("{}。", step.words(edition, dossier)));
    let to = |place: &CasePlace, words: &'static str| {
        address(state, id, dossier, place).map(|it| link(it, words).class("btn small"))
    };
    let act = match &step {
        Next::Backup => Some(button("btn small", "下载备份", move || files::download_open(state))),
        Next::AddSheets(_) | Next::Declare => to(&CasePlace::Declared(0), "去填申报表"),
        Next::Print => None,
        Next::AnswerRoute => to(&CasePlace::Route, "回答问题"),
        Next::NameUnit => to(&CasePlace::Unit, "去填写"),
        Next::Facts => to(&CasePlace::Facts, "去填写"),
        Next::Fill { sheet, row } => to(&CasePlace::Row(*sheet, *row), "去填写"),
        Next::Improve(it) => plan(state, id, it).map(|it| link(it, "看怎么补").class("btn small")),
        Next::Mend(it) | Next::Settle(it) => to(&it.place, "去看看"),
    };
    let n = |weight| found.iter().filter(|it| it.weight == weight).count();
    let weights = [Weight::Blocks, Weight::Contradiction, Weight::Missing].map(|it| (it.label(), n(it)));
    let counts: Vec<String> = weights.iter().filter(|it| 0 < it.1).map(|(word, n)| format!("{word} {n} 处")).collect();
    let list = link("#checks".to_owned(), counts.join(" · "));
    let counts = (!counts.is_empty()).then(|| el("p").class("counts").child(list));
    all(vec![line.maybe(act).done(), counts.map_or_else(nothing, El::done)])
}

/// Everything that was found, the gravest first.
pub fn findings(state: State, id: &str, found: Reviewed) -> AnyView {
    // only the findings are followed, not the dossier: no typing changes where a finding leads, so the list is rebuilt
    // only when something else is found
    found
        .with(|found| {
            let found = found.as_ref()?;
            state.open.with_untracked(|open| Some(findings_of(state, id, &open.as_ref()?.dossier, found)))
        })
        .unwrap_or_else(nothing)
}

fn findings_of(state: State, id: &str, dossier: &Dossier, found: &[Finding]) -> AnyView {
    let section = super::section("checks", "检查一遍");
    if found.is_empty() {
        return section.child(el("p").class("say").text("没有发现互相矛盾或没有填完的地方。")).done();
    }
    let line = |finding: &Finding| {
        let class = match finding.weight {
            Weight::Blocks => "reject",
            Weight::Contradiction => "hold",
            Weight::Missing => "confirm",
            Weight::Hint => "warn",
        };
        let word = finding.weight.label();
        let words = el("span").text(format!("{} ", finding.message));
        let plan = plan(state, id, finding).map(|it| link(it, "看怎么补"));
        let way = plan.or_else(|| Some(link(address(state, id, dossier, &finding.place)?, "去看看")));
        el("li").class(class).child(el("b").text(word)).child(words).maybe(way)
    };
    let intro = format!("共 {} 处，点“去看看”到那一项。", found.len());
    section
        .child(el("p").class("sub").text(intro))
        .child(el("ul").class("findings").each(found.iter().map(line)))
        .done()
}

/// 整改清单 of the sheet that lacks points.
fn plan(state: State, id: &str, finding: &Finding) -> Option<String> {
    let lacks = matches!(finding.check, ReviewCheck::BelowAll | ReviewCheck::PointsLost);
    let (CasePlace::Row(sheet, _) | CasePlace::Sheet(sheet)) = finding.place else { return None };
    lacks.then(|| state.href(&Address::Plan(Some(SheetOf { dossier: id.to_owned(), sheet }))))
}

/// The address at which a finding can be mended.
fn address(state: State, id: &str, dossier: &Dossier, place: &CasePlace) -> Option<String> {
    let of = |sheet: u16| {
        let annex = dossier.sheet(sheet)?.annex;
        Some((annex, state.href(&Address::Sheet(annex, Some(SheetOf { dossier: id.to_owned(), sheet })))))
    };
    match place {
        CasePlace::Unit => Some("#unit".to_owned()),
        CasePlace::Facts => Some("#facts".to_owned()),
        CasePlace::Route => {
            let kind = state.edition_of(dossier).kind(dossier.applicant);
            Some(state.href(&Address::start_at(kind, StartStep { step: 0, dossier: Some(id.to_owned()) })))
        }
        CasePlace::Declared(row) => {
            Some(format!("{}#{}", state.href(&Address::Scope(Some(id.to_owned()))), row_id(*row)))
        }
        CasePlace::Proofs => Some(state.href(&Address::Evidence(Some(id.to_owned())))),
        CasePlace::Sheet(sheet) | CasePlace::Header(sheet) => of(*sheet).map(|it| it.1),
        CasePlace::Row(sheet, row) => of(*sheet).map(|(annex, page)| format!("{page}#{annex}-{row}")),
    }
}
