//! 脱敏副本: a copy of a dossier that comes to the same results and has no words of the person, to report a fault or to
//! teach with.

mod stand_ins;

use crate::filing::Rules;
use crate::filing::place::UNTOLD;
use crate::filing::route::{FilingAnswers, Question, QuestionKind, Routes, UNCLEAR};
use crate::rubric::{Blank, BlankPiece, Edition, Rubric};

use super::{Dossier, Evidence, Roster, Sheet, Task, UnitFacts, Version, Work};

use stand_ins::StandIns;

/// The dossier with a stand-in for each text that somebody wrote: equal texts have equal ones of about the same length, so
/// what is compared with what stays the same. What remains is what was chosen or counted: answers, numbers, 级别, and what
/// the table of examples itself prints, as 车工. A place is one of two, as in a code without the unit's name.
pub fn masked(edition: &Edition, rules: &Rules, dossier: &Dossier) -> Dossier {
    let mut stand_ins = StandIns::new(&rules.scope);
    let mut masked = dossier.clone();
    masked.unit = stand_ins.text(&dossier.unit);
    if dossier.edition != edition.id {
        masked.edition = stand_ins.text(&dossier.edition);
    }
    masked.route = route(&rules.routes, &dossier.route);
    let UnitFacts { place, contact, telephone, date, examiners, experts, people } = &mut masked.facts;
    if !place.is_empty() {
        UNTOLD[0].clone_into(place);
    }
    [contact, telephone, date].into_iter().for_each(|it| *it = stand_ins.text(it));
    [examiners, experts, people].into_iter().for_each(|it| *it = stand_ins.number(it));
    for row in &mut masked.declared {
        let row = &mut **row;
        row.code = stand_ins.code(&row.code);
        row.levels = stand_ins.levels(&row.levels);
        row.standard_name = stand_ins.standard(&row.standard_name);
        for it in [&mut row.name, &mut row.trade, &mut row.dictionary_name] {
            *it = stand_ins.occupation(it);
        }
    }
    let Roster { examiners, experts, equipment } = &mut masked.roster;
    for examiner in examiners {
        (examiner.name, examiner.occupation) =
            (stand_ins.text(&examiner.name), stand_ins.listed(&examiner.occupation, &dossier.sheets));
    }
    for expert in experts {
        (expert.name, expert.occupation) =
            (stand_ins.text(&expert.name), stand_ins.listed(&expert.occupation, &dossier.sheets));
        expert.title = stand_ins.text(&expert.title);
    }
    for machine in equipment {
        (machine.name, machine.occupation) =
            (stand_ins.text(&machine.name), stand_ins.listed(&machine.occupation, &dossier.sheets));
    }
    masked.sheets.iter_mut().for_each(|it| sheet(&mut stand_ins, edition.rubric(it.annex), it));
    masked
}

fn sheet(stand_ins: &mut StandIns<'_>, rubric: Option<&Rubric>, sheet: &mut Sheet) {
    let header = rubric.into_iter().flat_map(|it| it.header.iter().flatten());
    let mut kinds = header.filter_map(|it| if let BlankPiece::Blank(kind) = it { Some(*kind) } else { None });
    for (at, text) in sheet.blanks.iter_mut().enumerate() {
        *text = match kinds.next() {
            Some(Blank::Count | Blank::Part) => stand_ins.number(text),
            // the first one is the name of the occupation
            Some(Blank::Text) | None if at == 0 => stand_ins.occupation(text),
            Some(Blank::Text) | None => stand_ins.text(text),
        };
    }
    sheet.occupation_code = stand_ins.code(&sheet.occupation_code);
    sheet.levels = stand_ins.levels(&sheet.levels);
    sheet.notes.iter_mut().for_each(|it| it.1 = stand_ins.note(&it.1));
    let Work { wishes: _, tasks, evidence, versions } = &mut sheet.work;
    for Task { row: _, to: _, who, due, state: _ } in tasks {
        [who, due].into_iter().for_each(|it| *it = stand_ins.text(it));
    }
    for Evidence { row: _, paper, place, who, ready: _, pages } in evidence {
        // the same paper may be written with blanks around it
        *paper = stand_ins.text(paper.trim());
        [place, who, pages].into_iter().for_each(|it| *it = stand_ins.text(it));
    }
    for Version { name, made: _, answers: _, notes } in versions {
        *name = stand_ins.text(name);
        notes.iter_mut().for_each(|it| it.1 = stand_ins.note(&it.1));
    }
}

/// The answers that the questions offer, and one of two places for each that was named.
fn route(routes: &Routes, answers: &FilingAnswers) -> FilingAnswers {
    let mut authorities: Vec<String> = Vec::new();
    let mut kept: Vec<(String, String)> = Vec::new();
    for (id, value) in &answers.0 {
        let Some(question) = routes.question(id) else { continue };
        let values = if question.is_place() {
            places(routes, &mut authorities, value)
        } else if is_offered(question, value) {
            vec![value.as_str()]
        } else {
            Vec::new()
        };
        for value in values {
            let pair = (id.clone(), value.to_owned());
            if !kept.contains(&pair) {
                kept.push(pair);
            }
        }
    }
    FilingAnswers(kept)
}

fn is_offered(question: &Question, value: &str) -> bool {
    question.option(value).is_some()
        || question.kind == QuestionKind::YesNo && ["true", "false", UNCLEAR].contains(&value)
}

fn places(routes: &Routes, authorities: &mut Vec<String>, typed: &str) -> Vec<&'static str> {
    if matches!(typed.trim(), "" | UNCLEAR) {
        return vec![UNCLEAR];
    }
    let mut stand_in = |authority: String| {
        // the province as a whole is as good as no answer
        if authority.is_empty() {
            return UNCLEAR;
        }
        let at = authorities.iter().position(|it| *it == authority).unwrap_or_else(|| {
            authorities.push(authority);
            authorities.len() - 1
        });
        UNTOLD[at.min(1)]
    };
    routes.known.read(typed).into_iter().map(|it| stand_in(it.authority)).collect()
}
