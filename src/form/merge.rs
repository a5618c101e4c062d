//! What was read from a workbook, taken into a dossier that is there. What the workbook says counts; where it says nothing,
//! what is in the dossier stays.

use crate::dossier::{Dossier, Equipment, Evidence, Examiner, Expert, Roster, Sheet, Task, UnitFacts, VERSIONS, Work};
use crate::filing::scope::DeclaredRow;
use crate::order;
use crate::rubric::Fact;

/// Takes everything of `read` in. Sheets of the same annex and occupation are one sheet, lines of lists the same line where
/// they are about the same person, thing or row. The unit keeps its name if it has one.
pub fn merge(into: &mut Dossier, read: &Dossier) {
    let mut taken: Vec<u16> = Vec::new();
    for sheet in &read.sheets {
        match same_sheet(into, sheet, &taken) {
            Some(id) => {
                taken.push(id);
                if let Some(there) = into.sheet_mut(id) {
                    lay_sheet(there, sheet);
                }
            }
            None => {
                let before: Vec<u16> = into.sheets.iter().map(|it| it.id).collect();
                into.take_in(sheet.clone());
                taken.extend(into.sheets.iter().map(|it| it.id).filter(|it| !before.contains(it)));
            }
        }
    }
    if into.unit.is_empty() {
        into.unit.clone_from(&read.unit);
    }
    let UnitFacts { place, contact, telephone, date, examiners, experts, people } = &read.facts;
    let facts = &mut into.facts;
    text(&mut facts.place, place);
    text(&mut facts.contact, contact);
    text(&mut facts.telephone, telephone);
    text(&mut facts.date, date);
    text(&mut facts.examiners, examiners);
    text(&mut facts.experts, experts);
    text(&mut facts.people, people);
    let (route, said) = (&mut into.route.0, &read.route.0);
    route.retain(|there| said.iter().all(|it| it.0 != there.0));
    route.extend(said.iter().cloned());
    order::sort_by(route, |a, b| a.0.cmp(&b.0));
    lay(&mut into.declared, &read.declared, |a, b| same_declared(a, b), |there, said| lay_declared(there, said));
    let Roster { examiners, experts, equipment } = &mut into.roster;
    let same = |a: &Examiner, b: &Examiner| (&a.name, &a.occupation) == (&b.name, &b.occupation);
    lay(examiners, &read.roster.examiners, same, |there, said| {
        said_or(&mut there.agreement, said.agreement);
        said_or(&mut there.appointment, said.appointment);
        said_or(&mut there.qualified, said.qualified);
        said_or(&mut there.certificate, said.certificate);
    });
    let same = |a: &Expert, b: &Expert| (&a.name, &a.occupation) == (&b.name, &b.occupation);
    lay(experts, &read.roster.experts, same, |there, said| {
        text(&mut there.title, &said.title);
        said_or(&mut there.qualified, said.qualified);
        said_or(&mut there.agreement, said.agreement);
        said_or(&mut there.appointment, said.appointment);
    });
    let same = |a: &Equipment, b: &Equipment| (&a.name, &a.occupation) == (&b.name, &b.occupation);
    lay(equipment, &read.roster.equipment, same, |there, said| {
        said_or(&mut there.count, said.count);
        said_or(&mut there.intact, said.intact);
        said_or(&mut there.worn, said.worn);
    });
}

/// The sheet that is meant: of the same annex and occupation, and where there are several, the one that the workbook was
/// made of, or else of the same levels.
fn same_sheet(into: &Dossier, sheet: &Sheet, taken: &[u16]) -> Option<u16> {
    let first = |sheet: &Sheet| sheet.blank(0).trim().to_owned();
    let same = |it: &&Sheet| it.annex == sheet.annex && first(it) == first(sheet) && !taken.contains(&it.id);
    let all: Vec<&Sheet> = into.sheets.iter().filter(same).collect();
    let levels = |it: &&&Sheet| (&it.occupation_code, &it.levels) == (&sheet.occupation_code, &sheet.levels);
    let own = |it: &&&Sheet| it.id == sheet.id;
    let found = all.iter().find(|it| own(it) && levels(it)).or_else(|| all.iter().find(levels));
    found.or_else(|| all.iter().find(own)).or_else(|| all.first()).map(|it| it.id)
}

fn lay_sheet(there: &mut Sheet, sheet: &Sheet) {
    let Sheet { id: _, annex: _, blanks, occupation_code, levels, answers, notes, work } = sheet;
    for (at, said) in blanks.iter().enumerate().filter(|it| !it.1.is_empty()) {
        there.set_blank(at, said.clone());
    }
    text(&mut there.occupation_code, occupation_code);
    text(&mut there.levels, levels);
    for given in answers.iter() {
        // 不涉及 stands alone
        match given.fact {
            Fact::NotApplicable if given.value == 0 => continue,
            Fact::NotApplicable => _ = there.answers.clear(given.row),
            _ => _ = there.answers.set(given.row, Fact::NotApplicable, None),
        }
        // 符合, 不符合 and 不适用/待确认 take the place of one another
        match given.fact {
            Fact::Met => _ = there.answers.set(given.row, Fact::Unsure, None),
            Fact::Unsure => _ = there.answers.set(given.row, Fact::Met, None),
            _ => {}
        }
        there.answers.set(given.row, given.fact, Some(given.value));
    }
    for (row, note) in notes {
        there.set_note(*row, note.clone());
    }
    let Work { wishes, tasks, evidence, versions } = work;
    let own = &mut there.work;
    own.wishes.target = wishes.target.or(own.wishes.target);
    own.wishes.safe |= wishes.safe;
    for mark in &wishes.marks {
        own.wishes.set_mark(*mark);
    }
    lay(
        &mut own.tasks,
        tasks,
        |a: &Task, b| a.row == b.row,
        |there, said| {
            there.to.clone_from(&said.to);
            text(&mut there.who, &said.who);
            text(&mut there.due, &said.due);
            there.state = said.state;
        },
    );
    let same = |a: &Evidence, b: &Evidence| (a.row, &a.paper) == (b.row, &b.paper);
    lay(&mut own.evidence, evidence, same, |there, said| {
        text(&mut there.place, &said.place);
        text(&mut there.who, &said.who);
        text(&mut there.pages, &said.pages);
        there.ready = said.ready;
    });
    for version in versions {
        if own.versions.len() < VERSIONS && !own.versions.contains(version) {
            let at = own.versions.iter().position(|it| version.made < it.made).unwrap_or(own.versions.len());
            own.versions.insert(at, version.clone());
        }
    }
}

fn same_declared(a: &DeclaredRow, b: &DeclaredRow) -> bool {
    (&a.code, &a.name, &a.trade) == (&b.code, &b.name, &b.trade)
}

fn lay_declared(there: &mut DeclaredRow, said: &DeclaredRow) {
    let was = std::mem::replace(there, said.clone());
    let texts = [
        (&mut there.levels, was.levels),
        (&mut there.standard_name, was.standard_name),
        (&mut there.dictionary_name, was.dictionary_name),
    ];
    for (now, before) in texts.into_iter().filter(|it| it.0.is_empty()) {
        *now = before;
    }
    if there.standard == crate::filing::scope::Standard::Unsaid {
        there.standard = was.standard;
    }
    there.standard_year = there.standard_year.or(was.standard_year);
    there.name_checked = there.name_checked.or(was.name_checked);
    there.restricted = there.restricted.or(was.restricted);
    there.near_professional = there.near_professional.or(was.near_professional);
    there.school = there.school.take().or(was.school);
}

/// Takes the lines of a list in: each over the first of the same that no other line was laid over, else at the end.
fn lay<T: Clone>(there: &mut Vec<T>, read: &[T], same: impl Fn(&T, &T) -> bool, over: impl Fn(&mut T, &T)) {
    let mut taken = vec![false; there.len()];
    for said in read {
        let found = (0..taken.len()).find(|at| !taken[*at] && same(&there[*at], said));
        match found {
            Some(at) => {
                taken[at] = true;
                over(&mut there[at], said);
            }
            None => there.push(said.clone()),
        }
    }
}

fn text(there: &mut String, said: &str) {
    if !said.is_empty() {
        said.clone_into(there);
    }
}

fn said_or<T>(there: &mut Option<T>, said: Option<T>) {
    if said.is_some() {
        *there = said;
    }
}
