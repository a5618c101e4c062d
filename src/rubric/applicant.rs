//! 申请单位: the kinds of applicant that an edition lists.

use crate::bytes::wire::{Bytes, Wire};

use super::{Edition, Quote};

/// 申请单位: who applies, by the place of its kind in the edition's list. Records hold this number, so a list is never put in
/// another order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Applicant(pub u8);

/// A kind of applicant, as the edition lists it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApplicantKind {
    /// What programs call it: `kind_of_school`.
    pub id: String,
    /// What addresses call it: `school`.
    pub folder: String,
    pub label: String,
    /// Whom it assesses, in a sentence for the home page.
    pub about: String,
    /// What the number of all its people is called.
    pub people: String,
    /// It may declare occupations by standards of its own.
    pub own_standards: bool,
    /// It assesses people besides its own, and is another kind of applicant for those.
    pub others: Option<OtherPeople>,
}

/// Whom an applicant assesses besides its own people, and as which kind of applicant it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherPeople {
    pub applicant: Applicant,
    /// What its own people are called.
    pub own: String,
    /// What the others are called.
    pub label: String,
    /// The sentence of the document that says so; empty where the edition quotes none.
    pub quote: Quote,
}

/// The most kinds of an edition.
pub const MOST_KINDS: u8 = 9;

static NO_KIND: ApplicantKind = ApplicantKind {
    id: String::new(),
    folder: String::new(),
    label: String::new(),
    about: String::new(),
    people: String::new(),
    own_standards: false,
    others: None,
};

impl Edition {
    /// One without words where the edition has no such kind.
    pub fn kind(&self, applicant: Applicant) -> &ApplicantKind {
        self.applicants.get(usize::from(applicant.0)).unwrap_or(&NO_KIND)
    }

    /// The kinds in their order.
    pub fn kinds(&self) -> impl Iterator<Item = (Applicant, &ApplicantKind)> + Clone {
        (0..).map(Applicant).zip(&self.applicants)
    }

    /// The applicant of a kind that programs call so.
    pub fn applicant(&self, id: &str) -> Option<Applicant> {
        self.kinds().find(|it| it.1.id == id).map(|it| it.0)
    }

    /// Is this the rubric's applicant, or one that is such an applicant for other people than its own?
    pub fn may_need(&self, applicant: Applicant, rubric: Applicant) -> bool {
        applicant == rubric || self.kind(applicant).others.as_ref().is_some_and(|it| it.applicant == rubric)
    }

    /// What the number of all people is called where nobody says of which kind of applicant: 甲（乙）总数 where one says 甲总数 and another 乙总数.
    pub fn people_in_words(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for kind in &self.applicants {
            if !names.contains(&kind.people.as_str()) {
                names.push(&kind.people);
            }
        }
        let Some((first, others)) = names.split_first().filter(|it| !it.1.is_empty()) else {
            return names.concat();
        };
        let mut end = first.len();
        let shared =
            |from: &usize| first.is_char_boundary(*from) && others.iter().all(|it| it.ends_with(&first[*from..]));
        while let Some(from) = (0..end).rev().find(|it| first.is_char_boundary(*it)).filter(shared) {
            end = from;
        }
        let others: Vec<&str> = others.iter().filter_map(|it| it.strip_suffix(&first[end..])).collect();
        format!("{}（{}）{}", &first[..end], others.join("、"), &first[end..])
    }

    /// The labels of the kinds of which something holds: 甲类、乙类.
    pub fn kinds_in_words(&self, which: impl Fn(&ApplicantKind) -> bool) -> String {
        let labels: Vec<&str> = self.applicants.iter().filter(|it| which(it)).map(|it| it.label.as_str()).collect();
        labels.join("、")
    }
}

impl Wire for Applicant {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.0);
    }

    fn read(from: &mut Bytes<'_>) -> Applicant {
        let at = from.byte();
        if MOST_KINDS <= at {
            from.refuse();
        }
        Applicant(at)
    }
}
