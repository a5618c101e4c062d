//! Where in the data files something stands, and what is wrong there.

use super::{Row, Rubric};

/// A mistake, and where it is: `P` is a place in the files of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsound<P> {
    pub place: P,
    pub message: String,
}

/// A place in the data files. Sections, groups, bands and readings are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RubricPlace {
    Edition,
    Reading(usize),
    Rubric(u8),
    Band(u8, usize),
    Section(u8, usize),
    Group(u8, usize, usize),
    /// Section, group and position in the group.
    Row(u8, usize, usize, usize),
}

impl RubricPlace {
    /// The rubric in which the place is.
    pub fn annex(self) -> Option<u8> {
        match self {
            RubricPlace::Edition | RubricPlace::Reading(_) => None,
            RubricPlace::Rubric(annex)
            | RubricPlace::Band(annex, _)
            | RubricPlace::Section(annex, _)
            | RubricPlace::Group(annex, ..)
            | RubricPlace::Row(annex, ..) => Some(annex),
        }
    }

    /// Is the other place a part of this one, or this one itself?
    pub fn holds(self, other: RubricPlace) -> bool {
        match (self, other) {
            (RubricPlace::Rubric(_), _) => self.annex() == other.annex(),
            (
                RubricPlace::Section(annex, s),
                RubricPlace::Group(in_annex, in_s, _) | RubricPlace::Row(in_annex, in_s, ..),
            ) => (annex, s) == (in_annex, in_s),
            (RubricPlace::Group(annex, s, g), RubricPlace::Row(in_annex, in_s, in_g, _)) => {
                (annex, s, g) == (in_annex, in_s, in_g)
            }
            _ => self == other,
        }
    }
}

impl Rubric {
    /// All rows in printed order, and where each stands.
    pub fn placed_rows(&self) -> impl Iterator<Item = (RubricPlace, &Row)> {
        self.sections.iter().enumerate().flat_map(move |(s, section)| {
            section.groups.iter().enumerate().flat_map(move |(g, group)| {
                group.rows.iter().enumerate().map(move |(r, row)| (RubricPlace::Row(self.annex, s, g, r), row))
            })
        })
    }
}
