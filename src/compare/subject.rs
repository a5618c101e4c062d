//! What a sheet is about: which sheets can stand side by side, and which sheets of two dossiers belong together.

use std::fmt;

use crate::dossier::{Dossier, Sheet, paired};
use crate::filing::scope::plain;
use crate::order;
use crate::rubric::{Edition, Part, Rubric};

use super::Both;

/// What a sheet is about. The names are stored in the form in which they are compared, so that half-width and
/// full-width characters are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Id of the edition.
    pub edition: String,
    pub annex: u8,
    /// 职业编码; empty for a public part, and where nobody wrote it.
    pub code: String,
    /// 车工（数控车床）; empty for a public part, and where nobody wrote it.
    pub occupation: String,
}

/// Why two sheets cannot be compared row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// They were scored under different editions, whose rows are not the same.
    Edition,
    /// Their edition, or their annex, is not known here.
    Unknown,
    /// They answer different annexes.
    Annex,
    /// They are about different occupations.
    Occupation,
}

/// The sheets of two dossiers, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetPairs {
    /// Those that belong together, in the order of the left dossier.
    pub together: Vec<Both<u16>>,
    /// Any two sheets of one annex that found no pair: they are about two occupations, or about one that two people
    /// named differently.
    pub near: Vec<Both<u16>>,
    /// Those with which nothing of the other dossier can be compared.
    pub alone: Both<Vec<u16>>,
}

/// The rubric under which two sheets can be compared, each given with its dossier. Two sheets of one annex can, even
/// those of two occupations: whoever fills in the second occupation wants to look at the first.
///
/// # Errors
/// Why they cannot.
pub fn together<'e>(
    edition: &'e Edition,
    left: (&Dossier, &Sheet),
    right: (&Dossier, &Sheet),
) -> Result<&'e Rubric, Apart> {
    if left.0.edition != right.0.edition {
        Err(Apart::Edition)
    } else if left.1.annex != right.1.annex {
        Err(Apart::Annex)
    } else if left.0.edition != edition.id {
        Err(Apart::Unknown)
    } else {
        edition.rubric(left.1.annex).ok_or(Apart::Unknown)
    }
}

/// Whether two sheets are about the same: edition, annex, and for an occupation its name and code, each of which may be
/// missing on one side.
///
/// # Errors
/// Where they differ first.
pub fn same_subject(one: &Subject, other: &Subject) -> Result<(), Apart> {
    if one.edition != other.edition {
        Err(Apart::Edition)
    } else if one.annex != other.annex {
        Err(Apart::Annex)
    } else if !agree(&one.code, &other.code) || !agree(&one.occupation, &other.occupation) {
        Err(Apart::Occupation)
    } else {
        Ok(())
    }
}

/// Which sheets of two dossiers belong together: of the same annex, and for an occupation the same code, or the same
/// name where a code is missing. Where several would fit, those that agree in most things are paired first.
///
/// # Errors
/// [`Apart::Edition`] for dossiers of two editions, [`Apart::Unknown`] for those of an edition that is not this one.
pub fn pairs(edition: &Edition, left: &Dossier, right: &Dossier) -> Result<SheetPairs, Apart> {
    if left.edition != right.edition {
        return Err(Apart::Edition);
    }
    if left.edition != edition.id {
        return Err(Apart::Unknown);
    }
    let known = |of: &Dossier| -> Vec<PairCandidate> {
        let about = |it: &Sheet| Some((it.id, Subject::of(edition, it)?, plain::name(&it.levels)));
        of.sheets.iter().filter_map(about).map(|(id, subject, levels)| PairCandidate { id, subject, levels }).collect()
    };
    let (mut ours, mut theirs) = (known(left), known(right));
    let mut found = Vec::new();
    for close in CLOSENESS {
        ours.retain(|our| match theirs.iter().position(|it| close(our, it)) {
            Some(at) => {
                found.push(Both { left: our.id, right: theirs.remove(at).id });
                false
            }
            None => true,
        });
    }
    let place = |id: u16| left.sheets.iter().position(|it| it.id == id);
    order::sort_by_key(&mut found, |it| place(it.left));
    let near: Vec<Both<u16>> = ours
        .iter()
        .flat_map(|our| theirs.iter().map(move |it| (our, it)))
        .filter(|(our, it)| our.subject.annex == it.subject.annex)
        .map(|(our, it)| Both { left: our.id, right: it.id })
        .collect();
    let alone = |of: &Dossier, id: fn(&Both<u16>) -> u16| {
        let told = |it: &u16| found.iter().chain(&near).any(|pair| id(pair) == *it);
        of.sheets.iter().map(|it| it.id).filter(|it| !told(it)).collect::<Vec<_>>()
    };
    let alone = Both { left: alone(left, |it| it.left), right: alone(right, |it| it.right) };
    Ok(SheetPairs { together: found, near, alone })
}

/// A sheet that may find its pair.
struct PairCandidate {
    id: u16,
    subject: Subject,
    /// 级别, as typed, without blanks.
    levels: String,
}

/// How closely two sheets agree, the closest first. The last one pairs a name that two people wrote differently.
const CLOSENESS: [fn(&PairCandidate, &PairCandidate) -> bool; 4] = [
    |a, b| a.subject == b.subject && a.levels == b.levels,
    |a, b| a.subject == b.subject,
    |a, b| same_subject(&a.subject, &b.subject).is_ok() && a.subject.is_named_with(&b.subject),
    |a, b| a.subject.annex == b.subject.annex && !a.subject.code.is_empty() && a.subject.code == b.subject.code,
];

impl Subject {
    /// `None` where the edition has no such annex.
    pub fn of(edition: &Edition, sheet: &Sheet) -> Option<Subject> {
        let (code, occupation) = match edition.rubric(sheet.annex)?.part {
            Part::Public => (String::new(), String::new()),
            Part::Occupation => (plain::code(&sheet.occupation_code), paired(sheet.blank(0))),
        };
        Some(Subject { edition: edition.id.clone(), annex: sheet.annex, code, occupation })
    }

    /// A name or a code is given and equal on both sides, so that not merely empty fields agree.
    fn is_named_with(&self, other: &Subject) -> bool {
        let same = |one: &str, other: &str| !one.is_empty() && one == other;
        same(&self.occupation, &other.occupation) || same(&self.code, &other.code)
    }
}

/// Equal, or empty on one side.
fn agree(one: &str, other: &str) -> bool {
    one == other || one.is_empty() || other.is_empty()
}

/// For a person: why, and what to do.
impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Apart::Edition => "两份自评按不同版本的文件填写，各项不能逐行对照，请按同一版本填写后再对照",
            Apart::Unknown => "这张表所依据的版本或附件本站没有，不能对照",
            Apart::Annex => "两张表不是同一个附件，不能逐行对照",
            Apart::Occupation => "两张表的职业（工种）名称或编码不同，请核对表头",
        })
    }
}
