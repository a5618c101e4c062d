//! Steps as they go along from page to page. Each says only what was otherwise in it than in the state that follows it, so
//! that twenty steps of a long declaration take as much as was changed in them.

use crate::bytes::wire::{Bytes, Wire};

use super::super::{Dossier, Shared, Sheet};

/// At most this many steps are carried, and of them as many of the latest as have room.
const STEPS: usize = 20;

/// Writes the latest of these steps, which lead to `now`; returns the room that is left.
pub fn write(steps: &[Dossier], now: &Dossier, mut room: usize, out: &mut Vec<u8>) -> usize {
    let (mut all, mut n, mut after) = (Vec::new(), 0_u8, now);
    for step in steps.iter().rev().take(STEPS) {
        let before = all.len();
        write_step(step, after, &mut all);
        if room < all.len() {
            all.truncate(before);
            room = all.len();
            break;
        }
        n += 1;
        after = step;
    }
    n.write(out);
    out.extend_from_slice(&all);
    room - all.len()
}

pub fn read(now: &Dossier, from: &mut Bytes<'_>) -> Vec<Dossier> {
    let n = u8::read(from);
    let mut steps: Vec<Dossier> = Vec::new();
    for _ in 0..n {
        let step = read_step(steps.last().unwrap_or(now), from);
        if !from.is_good() {
            break;
        }
        steps.push(step);
    }
    steps.reverse();
    steps
}

fn write_step(step: &Dossier, after: &Dossier, out: &mut Vec<u8>) {
    let rest = (!is_same_but_lists(step, after)).then(|| without_lists(step));
    rest.write(out);
    (step.sheets.len() as u64).write(out);
    for sheet in &step.sheets {
        let known = after.sheets.iter().position(|it| it == sheet).map_or(0, |at| at as u64 + 1);
        known.write(out);
        if known == 0 {
            sheet.write(out);
        }
    }
    let (old, new) = (&step.declared, &after.declared);
    let before = old.iter().zip(new).take_while(|it| it.0 == it.1).count();
    let most = old.len().min(new.len()) - before;
    let behind = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|it| it.0 == it.1).count();
    (before as u64).write(out);
    (behind as u64).write(out);
    old[before..old.len() - behind].to_vec().write(out);
}

fn read_step(after: &Dossier, from: &mut Bytes<'_>) -> Dossier {
    let mut step = Option::<Dossier>::read(from).unwrap_or_else(|| without_lists(after));
    let n = from.number();
    for _ in 0..n {
        let known = number(from);
        let sheet = match known.checked_sub(1) {
            None => Some(Sheet::read(from)),
            Some(at) => after.sheets.get(at).cloned(),
        };
        match sheet.filter(|_| from.is_good()) {
            Some(sheet) => step.sheets.push(sheet),
            None => {
                from.refuse();
                break;
            }
        }
    }
    let (before, behind) = (number(from), number(from));
    let middle: Vec<Shared<_>> = Wire::read(from);
    let (first, last) = (after.declared.get(..before), after.declared.len().checked_sub(behind));
    match first.zip(last) {
        Some((first, last)) => {
            step.declared = [first, &middle, &after.declared[last..]].concat();
        }
        None => from.refuse(),
    }
    step
}

fn number(from: &mut Bytes<'_>) -> usize {
    usize::try_from(from.number()).unwrap_or(usize::MAX)
}

fn without_lists(of: &Dossier) -> Dossier {
    let Dossier { unit, applicant, edition, sheets: _, binned, route, facts, declared: _, roster } = of;
    Dossier {
        unit: unit.clone(),
        applicant: *applicant,
        edition: edition.clone(),
        sheets: Vec::new(),
        binned: *binned,
        route: route.clone(),
        facts: facts.clone(),
        declared: Vec::new(),
        roster: roster.clone(),
    }
}

/// Are they the same in all that is not written one by one?
fn is_same_but_lists(one: &Dossier, other: &Dossier) -> bool {
    let Dossier { unit, applicant, edition, sheets: _, binned, route, facts, declared: _, roster } = one;
    (unit, applicant, edition, binned) == (&other.unit, &other.applicant, &other.edition, &other.binned)
        && (route, facts, roster) == (&other.route, &other.facts, &other.roster)
}
