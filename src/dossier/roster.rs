//! 名册: the people and the equipment of a unit. Names never leave in a code or a link.

mod cells;
mod columns;
mod entry;
mod follows;
mod grid;
mod names;
mod offers;
mod paste;
mod place;
mod words;

use crate::bytes::wire::wire_struct;

pub use cells::pieces;
pub use columns::RosterColumn;
pub use entry::EntryCell;
pub use follows::{RosterTotals, counts_for, is_of_roster, roster_facts, roster_totals, take_facts};
pub use names::without_names;
pub use offers::{RosterOffer, roster_offer, roster_offers};
pub use paste::RosterTable;
pub use place::{Left, RosterCell, RosterNote, RosterPlaced};

/// Which of the three lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RosterList {
    #[default]
    Examiners,
    Experts,
    Equipment,
}

/// More lines than any list of a unit has. A list takes no more, and says so.
pub const MOST_LISTED: usize = 2000;

/// The three lists of a dossier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    pub examiners: Vec<Examiner>,
    pub experts: Vec<Expert>,
    pub equipment: Vec<Equipment>,
}

/// One of the 考评人员. What is `None` was not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examiner {
    pub name: String,
    /// The occupation for whose sheet the person counts, as typed; empty for all of them.
    pub occupation: String,
    /// 聘用协议.
    pub agreement: Option<bool>,
    /// 聘书.
    pub appointment: Option<bool>,
    /// 任职条件.
    pub qualified: Option<bool>,
    /// 培训考核，考评员证书.
    pub certificate: Option<bool>,
}

/// One of the 专家.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expert {
    pub name: String,
    /// As for [`Examiner::occupation`].
    pub occupation: String,
    /// 职称或技能等级, as typed.
    pub title: String,
    /// Whether the title is one that the rubric asks for, as the applicant says; `None` where nobody said.
    pub qualified: Option<bool>,
    /// 聘用协议.
    pub agreement: Option<bool>,
    /// 聘书.
    pub appointment: Option<bool>,
}

/// One kind of 设备.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Equipment {
    pub name: String,
    /// As for [`Examiner::occupation`].
    pub occupation: String,
    /// 数量, in pieces.
    pub count: Option<u64>,
    /// 完好, in pieces.
    pub intact: Option<u64>,
    /// 陈旧, in pieces or places.
    pub worn: Option<u64>,
}

impl RosterList {
    pub const ALL: [RosterList; 3] = [RosterList::Examiners, RosterList::Experts, RosterList::Equipment];

    pub fn label(self) -> &'static str {
        match self {
            RosterList::Examiners => "考评人员",
            RosterList::Experts => "专家",
            RosterList::Equipment => "设备",
        }
    }
}

impl Roster {
    /// How many lines a list has.
    pub fn len(&self, list: RosterList) -> usize {
        match list {
            RosterList::Examiners => self.examiners.len(),
            RosterList::Experts => self.experts.len(),
            RosterList::Equipment => self.equipment.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Roster::default()
    }
}

wire_struct! {
    Roster { examiners, experts, equipment }
    Examiner { name, occupation, agreement, appointment, qualified, certificate }
    Expert { name, occupation, title, qualified, agreement, appointment }
    Equipment { name, occupation, count, intact, worn }
}
