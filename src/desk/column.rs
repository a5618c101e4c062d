//! The columns of the table: what is in them, and how the table is sorted by them.

use std::cmp::Ordering;

use crate::order;
use crate::spreadsheet::Cell;

use super::{Desk, Entry, Repeated};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskColumn {
    Unit,
    Place,
    Annex,
    Occupation,
    Code,
    Levels,
    Points,
    Low,
    High,
    Estimated,
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

/// What is compared when sorting. Only keys of one column are compared with each other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey<'e> {
    Number(u64),
    Text(&'e str),
    /// How many rows, and which.
    Rows(usize, &'e [u16]),
    /// A rank, and words within it.
    Ranked(u64, &'e str),
    Place(&'e str, usize),
}

impl DeskColumn {
    pub const ALL: [DeskColumn; 20] = [
        DeskColumn::Unit,
        DeskColumn::Place,
        DeskColumn::Annex,
        DeskColumn::Occupation,
        DeskColumn::Code,
        DeskColumn::Levels,
        DeskColumn::Points,
        DeskColumn::Low,
        DeskColumn::High,
        DeskColumn::Estimated,
        DeskColumn::Bonus,
        DeskColumn::Status,
        DeskColumn::FilingVetoes,
        DeskColumn::WorkVetoes,
        DeskColumn::Verdict,
        DeskColumn::Route,
        DeskColumn::Day,
        DeskColumn::By,
        DeskColumn::From,
        DeskColumn::Repeated,
    ];

    pub fn title(self) -> &'static str {
        match self {
            DeskColumn::Unit => "单位",
            DeskColumn::Place => "所在地",
            DeskColumn::Annex => "自评表",
            DeskColumn::Occupation => "职业（工种/方向）",
            DeskColumn::Code => "职业编码",
            DeskColumn::Levels => "级别",
            DeskColumn::Points => "得分",
            DeskColumn::Low => "最低",
            DeskColumn::High => "最高",
            DeskColumn::Estimated => "估计",
            DeskColumn::Bonus => "优先项目",
            DeskColumn::Status => "填写",
            DeskColumn::FilingVetoes => "备案否决项",
            DeskColumn::WorkVetoes => "开展工作否决项",
            DeskColumn::Verdict => "结论",
            DeskColumn::Route => "备案路径",
            DeskColumn::Day => "生成日期",
            DeskColumn::By => "方式",
            DeskColumn::From => "来源",
            DeskColumn::Repeated => "重复",
        }
    }

    /// The width in digits of the standard font: all columns together are as wide as an A4 page allows for letters that can
    /// be read.
    pub(super) fn width(self) -> u16 {
        match self {
            DeskColumn::Points | DeskColumn::Low | DeskColumn::High | DeskColumn::Bonus | DeskColumn::By => 5,
            DeskColumn::Levels | DeskColumn::Status => 6,
            DeskColumn::Place | DeskColumn::FilingVetoes | DeskColumn::WorkVetoes | DeskColumn::Route => 7,
            DeskColumn::Estimated | DeskColumn::Repeated => 7,
            DeskColumn::From => 8,
            DeskColumn::Annex | DeskColumn::Occupation => 9,
            DeskColumn::Verdict | DeskColumn::Code => 10,
            DeskColumn::Day => 11,
            DeskColumn::Unit => 16,
        }
    }

    /// The cell of the column for an entry, in words or as a number.
    pub fn cell(self, entry: &Entry, repeated: Repeated) -> Cell {
        let text = |it: String| if it.is_empty() { Cell::Empty } else { Cell::Text(it) };
        match self {
            DeskColumn::Unit => text(entry.unit_in_words().to_owned()),
            DeskColumn::Place => text(entry.place.clone()),
            DeskColumn::Annex => text(entry.annex_in_words.clone()),
            DeskColumn::Occupation => text(entry.occupation.clone().unwrap_or_default()),
            DeskColumn::Code => text(entry.code.clone()),
            DeskColumn::Levels => text(entry.levels.clone()),
            DeskColumn::Points => Cell::Tenths(entry.points.in_tenths().into()),
            DeskColumn::Low => Cell::Tenths(entry.low.in_tenths().into()),
            DeskColumn::High => Cell::Tenths(entry.high.in_tenths().into()),
            DeskColumn::Estimated => text(entry.estimated_in_words()),
            DeskColumn::Bonus => Cell::Tenths(entry.bonus.in_tenths().into()),
            DeskColumn::Status => text(entry.status_in_words()),
            DeskColumn::FilingVetoes => text(entry.rows_in_words(&entry.filing_vetoes)),
            DeskColumn::WorkVetoes => text(entry.rows_in_words(&entry.work_vetoes)),
            DeskColumn::Verdict => text(entry.verdict.clone()),
            DeskColumn::Route => text(entry.route_in_words().to_owned()),
            DeskColumn::Day => entry.day.map_or(Cell::Empty, Cell::Day),
            DeskColumn::By => text(entry.by.label().to_owned()),
            DeskColumn::From => text(format!("{} {}", entry.from.source, entry.from)),
            DeskColumn::Repeated => text(repeated.in_words()),
        }
    }

    /// `None` where the cell has nothing to sort by.
    fn key(self, entry: &Entry, repeated: Repeated) -> Option<SortKey<'_>> {
        let text = |words| Some(words).filter(|it: &&str| !it.is_empty()).map(SortKey::Text);
        let rows = |numbers| Some(numbers).filter(|it: &&[u16]| !it.is_empty()).map(|it| SortKey::Rows(it.len(), it));
        match self {
            DeskColumn::Unit => text(&entry.unit),
            DeskColumn::Place => text(&entry.place),
            DeskColumn::Annex => Some(SortKey::Ranked(entry.annex.into(), &entry.edition)),
            DeskColumn::Occupation => text(entry.occupation.as_deref().unwrap_or_default()),
            DeskColumn::Code => text(&entry.code),
            DeskColumn::Levels => text(&entry.levels),
            DeskColumn::Points => Some(SortKey::Number(entry.points.in_tenths().into())),
            DeskColumn::Low => Some(SortKey::Number(entry.low.in_tenths().into())),
            DeskColumn::High => Some(SortKey::Number(entry.high.in_tenths().into())),
            DeskColumn::Estimated => entry.estimated.map(|it| SortKey::Number(it.0.in_tenths().into())),
            DeskColumn::Bonus => Some(SortKey::Number(entry.bonus.in_tenths().into())),
            DeskColumn::Status => Some(SortKey::Number(entry.n_unanswered as u64)),
            DeskColumn::FilingVetoes => rows(&entry.filing_vetoes),
            DeskColumn::WorkVetoes => rows(&entry.work_vetoes),
            DeskColumn::Verdict => Some(SortKey::Ranked(entry.standing as u64, &entry.verdict)),
            DeskColumn::Route => entry.route.as_deref().and_then(text),
            DeskColumn::Day => entry.day.map(|it| SortKey::Number(it.into())),
            DeskColumn::By => Some(SortKey::Number(entry.by as u64)),
            DeskColumn::From => Some(SortKey::Place(&entry.from.source, entry.from.piece)),
            DeskColumn::Repeated => repeated.is_any().then_some(SortKey::Number(
                u64::from(repeated.same) + 2 * repeated.version.map_or(0, |it| it as u64 + 1),
            )),
        }
    }
}

impl Desk {
    /// Sorts positions by a column. Equal entries keep their order, and entries with nothing in the column come last,
    /// both rising and falling.
    pub fn sort(&self, shown: &mut [usize], column: DeskColumn, falling: bool) {
        let repeated = if column == DeskColumn::Repeated { self.repeated() } else { &[] };
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
