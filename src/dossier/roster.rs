//! 名册: the people and the equipment of a unit. Names never leave in a code or a link.

use crate::bytes::wire::wire_struct;

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

impl Roster {
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
