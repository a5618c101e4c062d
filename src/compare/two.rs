//! Two sheets of one rubric side by side, row by row in printed order.

use crate::dossier::Sheet;
use crate::order;
use crate::rubric::{Blocks, Row, Rubric, Rule, Section};
use crate::score::{Given, Report, RowReport, SectionReport, Verdict, said, score};

use super::change::{Change, Flip, change};
use super::head::{HeadPair, head};
use super::{Both, Side};

/// Two sheets side by side. Totals, 优先项目 and verdicts stand in the two reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison<'r> {
    pub rubric: &'r Rubric,
    pub reports: Both<Report<'r>>,
    /// What stands above the table.
    pub head: Vec<HeadPair<'r>>,
    pub rows: Vec<RowPair<'r>>,
    /// Sections that print points, in printed order.
    pub sections: Vec<SectionPair<'r>>,
    /// 否决项 that stand on one side only, in printed order.
    pub vetoes: Vec<OneSidedVeto>,
    /// Why the verdicts are different; `None` where both have the same.
    pub change: Option<Change>,
}

/// One row on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct RowPair<'r> {
    pub row: &'r Row,
    pub sides: Both<RowSide<'r>>,
    pub differs: Differs,
}

/// One row on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct RowSide<'r> {
    /// Points, their range, and whether the veto stands because of this row.
    pub report: RowReport<'r>,
    /// The facts in words: 不符合 1 处, or 未评.
    pub said: String,
    /// 备注.
    pub note: String,
}

/// In what the two sides of a row differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differs {
    /// Different facts were given, or none on one side.
    pub facts: bool,
    /// The scores, or their ranges, are different. Unanswered is different from zero. Other rows may be the reason, as
    /// with 安全文明.
    pub points: bool,
    /// The row raises its veto on one side only.
    pub veto: bool,
    /// The lowest or the highest estimates are different.
    pub estimate: bool,
    /// The notes are different.
    pub note: bool,
}

/// One section on both sides.
#[derive(Clone, Copy, Debug)]
pub struct SectionPair<'r> {
    pub section: &'r Section,
    pub reports: Both<SectionReport<'r>>,
}

/// 否决项 that stands on one side only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneSidedVeto {
    /// The row under which it is reported: the first of a shared cell.
    pub row: u16,
    pub blocks: Blocks,
    pub on: Side,
}

/// Puts two sheets side by side. Both are taken to be answers to `rubric`; [`super::together`] says whether they are.
pub fn compare<'r>(rubric: &'r Rubric, left: &Sheet, right: &Sheet) -> Comparison<'r> {
    let sheets = Both { left, right };
    let reports = Both { left: score(rubric, &left.answers), right: score(rubric, &right.answers) };
    let rows = reports.left.rows.iter().zip(&reports.right.rows);
    let rows = rows.map(|(left, right)| row_pair(sheets, Both { left: *left, right: *right })).collect();
    let sections = reports.left.sections.iter().zip(&reports.right.sections);
    let sections = sections
        .map(|(left, right)| SectionPair { section: left.section, reports: Both { left: *left, right: *right } });
    Comparison {
        rubric,
        head: head(rubric, sheets),
        rows,
        sections: sections.collect(),
        vetoes: vetoes(&reports),
        change: change(sheets, &reports),
        reports,
    }
}

/// What a sheet says of a row, without its estimates.
fn told<'s>(sheet: &'s Sheet, row: &Row) -> &'s [Given] {
    sheet.answers.row(row.number).telling(&row.rule).without_estimates().given()
}

fn row_pair<'r>(sheets: Both<&Sheet>, reports: Both<RowReport<'r>>) -> RowPair<'r> {
    let side = |sheet: &Sheet, report: RowReport<'r>| RowSide {
        report,
        said: said(&report, &sheet.answers),
        note: sheet.note(report.row.number).to_owned(),
    };
    let row = reports.left.row;
    let sides = Both { left: side(sheets.left, reports.left), right: side(sheets.right, reports.right) };
    let points = |it: &RowReport<'_>| (it.score, it.low, it.high);
    let differs = Differs {
        facts: told(sheets.left, row) != told(sheets.right, row),
        points: points(&reports.left) != points(&reports.right),
        veto: reports.left.vetoed != reports.right.vetoed,
        estimate: sheets.left.answers.row(row.number).estimates() != sheets.right.answers.row(row.number).estimates(),
        note: sides.left.note.trim() != sides.right.note.trim(),
    };
    RowPair { row, sides, differs }
}

/// A veto of a shared cell stands on both sides, whichever of its rows raised it.
fn vetoes(reports: &Both<Report<'_>>) -> Vec<OneSidedVeto> {
    let mut found = Vec::new();
    for on in [Side::Left, Side::Right] {
        let (here, there) = (reports.of(on), reports.of(on.other()));
        let mut add = |blocks, here: &[u16], there: &[u16]| {
            found.extend(here.iter().filter(|it| !there.contains(it)).map(|row| OneSidedVeto {
                row: *row,
                blocks,
                on,
            }));
        };
        add(Blocks::Filing, &here.filing_vetoes, &there.filing_vetoes);
        add(Blocks::Work, &here.work_vetoes, &there.work_vetoes);
    }
    order::sort_by_key(&mut found, |it| it.row);
    found
}

impl Comparison<'_> {
    pub fn n_head_differing(&self) -> usize {
        self.head.iter().filter(|it| it.differs).count()
    }

    /// From which side to tell what changes the verdict: the side with fewer rows to change comes first, and where both
    /// need equally many only the left one is told. A side whose target would be a pending verdict is left out: nobody
    /// changes a row to have no verdict.
    pub fn told(&self) -> Vec<(Side, &Flip)> {
        let Some(change) = &self.change else { return Vec::new() };
        let pending = |side: Side| self.reports.of(side).settled() == Verdict::Pending;
        let sides = [Side::Left, Side::Right].into_iter().filter(|it| !pending(it.other()));
        let mut told: Vec<_> = sides.map(|it| (it, change.to_turn.of(it))).collect();
        order::sort_by_key(&mut told, |it| it.1.n_to_change());
        if let [one, other] = &*told
            && one.1.n_to_change() == other.1.n_to_change()
        {
            told.truncate(1);
        }
        told
    }
}

impl Differs {
    /// The assessments differ. A different note alone does not count, nor does a different estimate.
    pub fn in_assessment(self) -> bool {
        self.facts || self.points || self.veto
    }

    pub fn in_note_only(self) -> bool {
        self.note && !self.estimate && !self.in_assessment()
    }

    pub fn in_anything(self) -> bool {
        self.in_assessment() || self.estimate || self.note
    }
}

impl SectionPair<'_> {
    /// Right minus left, in tenths.
    pub fn difference(&self) -> i32 {
        i32::from(self.reports.right.points.in_tenths()) - i32::from(self.reports.left.points.in_tenths())
    }
}

/// Both must be about the very same section, with the same points and range.
impl PartialEq for SectionPair<'_> {
    fn eq(&self, other: &Self) -> bool {
        let figures = |it: &SectionReport<'_>| (it.points, it.low, it.high);
        let both = |it: &Self| (figures(&it.reports.left), figures(&it.reports.right));
        std::ptr::eq(self.section, other.section) && both(self) == both(other)
    }
}

impl RowPair<'_> {
    /// 优先项目, whose points are not in the total.
    pub fn is_outside_total(&self) -> bool {
        matches!(self.row.rule, Rule::Bonus { .. })
    }

    /// Right minus left, in tenths; `None` unless both sides have points.
    pub fn difference(&self) -> Option<i32> {
        let tenths = |side: &RowSide<'_>| side.report.score.map(|it| i32::from(it.in_tenths()));
        Some(tenths(&self.sides.right)? - tenths(&self.sides.left)?)
    }
}
