//! Names that are nearly those of the panel: the same subject, as somebody may have written it, or another one. A person
//! decides.

use crate::dossier::{Dossier, Sheet, cleaned_text, paired};
use crate::letters::{is_blank, is_bracket, is_quote, is_stop, narrow};
use crate::rubric::Edition;

use super::{Panel, Subject, cleaned_subject};
use crate::compare::same_subject;

/// A name of the panel, and what a record has in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearName {
    /// 申请单位 or 职业（工种）.
    pub what: &'static str,
    pub ours: String,
    pub theirs: String,
}

impl Panel {
    /// What keeps a sheet from joining, where that is nothing but names that are nearly the same. Empty where it may join,
    /// or where more is different.
    pub fn near(&self, edition: &Edition, dossier: &Dossier, sheet: &Sheet) -> Vec<NearName> {
        let theirs = Subject::of(edition, sheet).filter(|_| dossier.edition == edition.id).map(cleaned_subject);
        let Some(theirs) = theirs else { return Vec::new() };
        let unit = paired(&cleaned_text(dossier.unit.trim().to_owned()));
        let both = [
            ("申请单位", self.unit.clone(), paired(&self.unit), unit),
            (
                "职业（工种）",
                self.subject.occupation.clone(),
                self.subject.occupation.clone(),
                theirs.occupation.clone(),
            ),
        ];
        let differ = |ours: &str, theirs: &str| !ours.is_empty() && !theirs.is_empty() && ours != theirs;
        let apart = both.into_iter().filter(|it| differ(&it.2, &it.3));
        let names: Vec<NearName> = apart.map(|(what, ours, _, theirs)| NearName { what, ours, theirs }).collect();
        let named = Subject { occupation: self.subject.occupation.clone(), ..theirs };
        let all_near = names.iter().all(|it| near(&it.ours, &it.theirs));
        if same_subject(&self.subject, &named).is_ok() && all_near { names } else { Vec::new() }
    }

    /// The record with the panel's names, once somebody said that they mean the same.
    pub fn adopt(&self, dossier: &mut Dossier) {
        dossier.unit.clone_from(&self.unit);
        for sheet in &mut dossier.sheets {
            if !self.subject.occupation.is_empty() {
                sheet.set_blank(0, self.subject.occupation.clone());
            }
        }
    }

    /// The seat before this one with the same answers, whatever else their records say. Empty sheets are not compared.
    pub fn same_as(&self, at: usize) -> Option<usize> {
        let answers = &self.seats.get(at)?.sheet.answers;
        let same = |other: &usize| self.seats[*other].sheet.answers == *answers;
        (0..at).find(same).filter(|_| !answers.is_empty())
    }
}

/// Equal without brackets, blanks and marks, or but for one letter.
fn near(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> Vec<char> {
        let seen = |it: &char| !(is_blank(*it) || is_bracket(*it) || is_quote(*it) || is_stop(*it));
        name.chars().map(narrow).filter(seen).flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (letters(one), letters(other));
    let alike = one.iter().zip(&other).take_while(|it| it.0 == it.1).count();
    let (long, short) = if one.len() < other.len() { (&other, &one) } else { (&one, &other) };
    match long.len() - short.len() {
        0 if alike == long.len() => true,
        // 车工 and 钳工 have nothing in common
        _ if short.len() < 3 => false,
        0 => long[alike + 1..] == short[alike + 1..],
        1 => long[alike + 1..] == short[alike..],
        _ => false,
    }
}
