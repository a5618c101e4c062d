//! The columns of the table: what stands in them, and what an order by them is.

use std::cmp::Ordering;

use crate::order;
use crate::spreadsheet::Cell;

use super::{Desk, Entry, Repeated};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Unit,
    Place,
    Annex,
    Occupation,
    Code,
    Levels,
    Points,
    Low,
    High,
    Bonus,
    Status,
    FilingVetoes,
    WorkVetoes,
    Verdict,
    Route,
    Day,
    By,
    From,
    Repeated,
}

/// What an order looks at. Only keys of one column are compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'e> {
    Number(u64),
    Text(&'e str),
    /// How many, and which.
    Rows(usize, &'e [u16]),
    /// A rank, and words within it.
    Ranked(u64, &'e str),
    Place(&'e str, usize),
}

impl Column {
    pub const ALL: [Column; 19] = [
        Column::Unit,
        Column::Place,
        Column::Annex,
        Column::Occupation,
        Column::Code,
        Column::Levels,
        Column::Points,
        Column::Low,
        Column::High,
        Column::Bonus,
        Column::Status,
        Column::FilingVetoes,
        Column::WorkVetoes,
        Column::Verdict,
        Column::Route,
        Column::Day,
        Column::By,
        Column::From,
        Column::Repeated,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Column::Unit => "单位",
            Column::Place => "所在地",
            Column::Annex => "自评表",
            Column::Occupation => "职业（工种/方向）",
            Column::Code => "职业编码",
            Column::Levels => "级别",
            Column::Points => "得分",
            Column::Low => "最低",
            Column::High => "最高",
            Column::Bonus => "优先项目",
            Column::Status => "填写",
            Column::FilingVetoes => "备案否决项",
            Column::WorkVetoes => "开展工作否决项",
            Column::Verdict => "结论",
            Column::Route => "备案路径",
            Column::Day => "生成日期",
            Column::By => "方式",
            Column::From => "来源",
            Column::Repeated => "重复",
        }
    }

    /// In digits of a standard font.
    pub(super) fn width(self) -> u16 {
        match self {
            Column::Points | Column::Low | Column::High => 7,
            Column::Bonus | Column::By => 9,
            Column::Levels | Column::Status | Column::Day => 11,
            Column::Place | Column::Code | Column::FilingVetoes | Column::WorkVetoes => 14,
            Column::Occupation | Column::Verdict | Column::Route | Column::Repeated => 20,
            Column::Annex | Column::From => 24,
            Column::Unit => 30,
        }
    }

    /// What stands in the column, in words or as a number.
    pub fn cell(self, entry: &Entry, repeated: Repeated) -> Cell {
        let text = |it: String| if it.is_empty() { Cell::Empty } else { Cell::Text(it) };
        match self {
            Column::Unit => text(entry.unit_in_words().to_owned()),
            Column::Place => text(entry.place.clone()),
            Column::Annex => text(entry.annex_in_words()),
            Column::Occupation => text(entry.occupation.clone().unwrap_or_default()),
            Column::Code => text(entry.code.clone()),
            Column::Levels => text(entry.levels.clone()),
            Column::Points => Cell::Tenths(entry.points.in_tenths().into()),
            Column::Low => Cell::Tenths(entry.low.in_tenths().into()),
            Column::High => Cell::Tenths(entry.high.in_tenths().into()),
            Column::Bonus => Cell::Tenths(entry.bonus.in_tenths().into()),
            Column::Status => text(entry.status_in_words()),
            Column::FilingVetoes => text(entry.rows_in_words(&entry.filing_vetoes)),
            Column::WorkVetoes => text(entry.rows_in_words(&entry.work_vetoes)),
            Column::Verdict => text(entry.verdict.clone()),
            Column::Route => text(entry.route_in_words().to_owned()),
            Column::Day => entry.day.map_or(Cell::Empty, Cell::Day),
            Column::By => text(entry.by.label().to_owned()),
            Column::From => text(format!("{} {}", entry.from.source, entry.from)),
            Column::Repeated => text(repeated.in_words()),
        }
    }

    /// `None` where there is nothing to order by.
    fn key(self, entry: &Entry, repeated: Repeated) -> Option<Key<'_>> {
        let text = |it| Some(it).filter(|it: &&str| !it.is_empty()).map(Key::Text);
        let rows = |it| Some(it).filter(|it: &&[u16]| !it.is_empty()).map(|it| Key::Rows(it.len(), it));
        match self {
            Column::Unit => text(&entry.unit),
            Column::Place => text(&entry.place),
            Column::Annex => Some(Key::Ranked(entry.annex.into(), &entry.edition)),
            Column::Occupation => text(entry.occupation.as_deref().unwrap_or_default()),
            Column::Code => text(&entry.code),
            Column::Levels => text(&entry.levels),
            Column::Points => Some(Key::Number(entry.points.in_tenths().into())),
            Column::Low => Some(Key::Number(entry.low.in_tenths().into())),
            Column::High => Some(Key::Number(entry.high.in_tenths().into())),
            Column::Bonus => Some(Key::Number(entry.bonus.in_tenths().into())),
            Column::Status => Some(Key::Number(entry.n_unanswered as u64)),
            Column::FilingVetoes => rows(&entry.filing_vetoes),
            Column::WorkVetoes => rows(&entry.work_vetoes),
            Column::Verdict => Some(Key::Ranked(entry.standing as u64, &entry.verdict)),
            Column::Route => entry.route.as_deref().and_then(text),
            Column::Day => entry.day.map(|it| Key::Number(it.into())),
            Column::By => Some(Key::Number(entry.by as u64)),
            Column::From => Some(Key::Place(&entry.from.source, entry.from.piece)),
            Column::Repeated => repeated
                .is_any()
                .then_some(Key::Number(u64::from(repeated.same) + 2 * repeated.version.map_or(0, |it| it as u64 + 1))),
        }
    }
}

impl Desk {
    /// Puts positions in the order of a column. What is equal there stays as it stands, in both directions, and what has
    /// nothing there comes last in both.
    pub fn sort(&self, shown: &mut [usize], column: Column, falling: bool) {
        let repeated = if column == Column::Repeated { self.repeated() } else { Vec::new() };
        let key = |at: usize| {
            let entry = self.entries.get(at)?;
            column.key(entry, repeated.get(at).copied().unwrap_or_default())
        };
        order::sort_by(shown, |a, b| match (key(*a), key(*b)) {
            (Some(a), Some(b)) if falling => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
    }
}
