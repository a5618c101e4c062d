//! Records of several people side by side: two sheets row by row, and what a panel of assessors agrees on.
//!
//! [`together`] says whether two sheets can be compared at all, and [`pairs`] which sheets of two dossiers belong
//! together; [`compare`] puts two of them side by side and computes which rows brought about another verdict. A
//! [`Panel`] keeps three to seven sheets and what was agreed; everything else about it is computed anew each time.

mod change;
mod convert;
mod head;
mod panel;
mod revised;
mod subject;
mod two;
mod words;

pub use change::{Change, Flip};
pub use convert::{Converted, ConvertedRow, ConvertedSheet, RowFate, convert};
pub use head::HeadPair;
pub use panel::{Agreed, Dispute, Join, NearName, Panel, PanelResult, RowOutcome, SEATS, Seat, Taken};
pub use revised::{RevisedRows, Revision, revised};
pub use subject::{Apart, SheetPairs, Subject, pairs, same_subject, together};
pub use two::{Comparison, Differs, OneSidedVeto, RowPair, RowSide, SectionPair, compare};
pub use words::change_in_words;

/// The same thing of both records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Both<T> {
    pub left: T,
    pub right: T,
}

/// Which of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

impl<T> Both<T> {
    /// The same with left and right exchanged.
    pub fn mirrored(self) -> Both<T> {
        Both { left: self.right, right: self.left }
    }

    pub fn of(&self, side: Side) -> &T {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    pub fn of_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }
}

impl Side {
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}
