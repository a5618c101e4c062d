//! What was read from a workbook, taken into a dossier that is there.

use crate::dossier::{Dossier, Sheet, UnitFacts};

/// Takes the sheets of `read` in: over the ones of the same annex and occupation, whose lists, plans and versions stay, else
/// beside them. What the unit says of itself is taken where nothing was said; lists where the workbook has them.
pub fn merge(into: &mut Dossier, read: &Dossier) {
    let first = |sheet: &Sheet| sheet.blank(0).trim().to_owned();
    for sheet in &read.sheets {
        let same = |it: &&mut Sheet| it.annex == sheet.annex && first(it) == first(sheet);
        match into.sheets.iter_mut().find(same) {
            Some(there) => {
                let Sheet { blanks, occupation_code, levels, answers, notes, work, .. } = sheet.clone();
                *there = Sheet { blanks, occupation_code, levels, answers, notes, ..there.clone() };
                if !work.evidence.is_empty() {
                    there.work.evidence = work.evidence;
                }
                if !work.tasks.is_empty() {
                    there.work.tasks = work.tasks;
                }
            }
            None => into.take_in(sheet.clone()),
        }
    }
    let UnitFacts { place, contact, telephone, date, examiners, experts, people } = read.facts.clone();
    let facts = &mut into.facts;
    let texts = [
        (&mut into.unit, read.unit.clone()),
        (&mut facts.place, place),
        (&mut facts.contact, contact),
        (&mut facts.telephone, telephone),
        (&mut facts.date, date),
        (&mut facts.examiners, examiners),
        (&mut facts.experts, experts),
        (&mut facts.people, people),
    ];
    for (there, said) in texts.into_iter().filter(|it| it.0.is_empty()) {
        *there = said;
    }
    if !read.declared.is_empty() {
        into.declared = read.declared.clone();
    }
    let roster = &read.roster;
    let lists = &mut into.roster;
    if !roster.examiners.is_empty() {
        lists.examiners = roster.examiners.clone();
    }
    if !roster.experts.is_empty() {
        lists.experts = roster.experts.clone();
    }
    if !roster.equipment.is_empty() {
        lists.equipment = roster.equipment.clone();
    }
}
