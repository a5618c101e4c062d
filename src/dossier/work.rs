//! What is kept of a sheet besides its answers: the way from the score to the filing.

mod papers;
mod proposals;
mod versions;

use crate::bytes::wire::{wire_enum, wire_struct};
use crate::plan::Wishes;
use crate::rubric::Fact;
use crate::score::Answers;

pub use papers::PaperCount;
pub use proposals::proposals;

/// Belongs to one sheet. Never part of a code or a link, as it names people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// What the 整改清单 is made for.
    pub wishes: Wishes,
    /// What was decided to be mended.
    pub tasks: Vec<Task>,
    /// 佐证材料, in filing order; a row may have several.
    pub evidence: Vec<Evidence>,
    /// Earlier states, oldest first, at most [`VERSIONS`].
    pub versions: Vec<Version>,
}

/// The most versions that a sheet keeps.
pub const VERSIONS: usize = 20;

/// 整改事项: one row that is being mended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub row: u16,
    /// The answer that the row will have.
    pub to: Vec<(Fact, i64)>,
    /// 责任人.
    pub who: String,
    /// 完成期限, as typed.
    pub due: String,
    pub state: TaskState,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskState {
    /// 未开始.
    #[default]
    Open,
    /// 进行中.
    Doing,
    /// 已办.
    Done,
}

impl TaskState {
    pub const ALL: [TaskState; 3] = [TaskState::Open, TaskState::Doing, TaskState::Done];

    pub fn label(self) -> &'static str {
        match self {
            TaskState::Open => "未开始",
            TaskState::Doing => "进行中",
            TaskState::Done => "已办",
        }
    }
}

/// 佐证材料: one paper that proves something about a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    pub row: u16,
    /// What it is: 营业执照.
    pub paper: String,
    /// 存放处.
    pub place: String,
    /// 责任人.
    pub who: String,
    /// 已备.
    pub ready: bool,
    /// 页码 in the file that is handed in, as typed.
    pub pages: String,
}

/// A dated state of a sheet, to be compared and gone back to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Version {
    /// As the person called it; empty where nobody did.
    pub name: String,
    /// Seconds since 1970.
    pub made: u64,
    pub answers: Answers,
    /// 备注, by row.
    pub notes: Vec<(u16, String)>,
}

wire_struct! {
    Work { wishes, tasks, evidence, versions }
    Task { row, to, who, due, state }
    Evidence { row, paper, place, who, ready, pages }
    Version { name, made, answers, notes }
}
wire_enum! {
    TaskState { 0 Open {} 1 Doing {} 2 Done {} }
}
