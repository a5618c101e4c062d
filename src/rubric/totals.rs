//! How rows become a total where a document does more than add them up.

use super::{Band, Points, Row, RowKind, Rubric, Section};

/// The printed way from the points of the rows to the verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// There is more to do than adding up: some of the following, or weights, spill-over, rows that take all points, rows
    /// that need not apply, bands with conditions.
    pub special: bool,
    pub normalise: Normalise,
    /// How far deductions beyond a row's points go on.
    pub floor: Area,
    /// Scales that each have their own bands: the worst of their verdicts counts.
    pub scales: Vec<Scale>,
    /// All of this in sentences, for whoever reads the table.
    pub words: Vec<String>,
}

/// A part of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Area {
    #[default]
    Row,
    Group,
    Section,
    Total,
}

/// What a row comes to that does not apply, 不涉及.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalise {
    /// No points.
    #[default]
    Nothing,
    /// All its points.
    Full,
    /// The total of what applies is scaled up to the whole.
    Scale,
}

/// One scale of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    pub name: String,
    /// By their names.
    pub sections: Vec<String>,
    /// As many as the other scales have, with the same outcomes.
    pub bands: Vec<Band>,
}

/// A condition of a band besides its points: rows that each have at least so many, or a section that has so many percent.
#[derive(Clone, Debug, PartialEq)]
pub struct BandCondition {
    pub rows: Vec<u16>,
    pub at_least: Points,
    pub section: Option<String>,
    pub percent: u16,
}

impl Section {
    /// In thousandths.
    pub fn weight(&self) -> i64 {
        self.weight.map_or(1000, i64::from)
    }
}

impl Rubric {
    /// The bands by whose outcomes the verdict is told: those of the first scale where there are several.
    pub fn outcomes(&self) -> &[Band] {
        match self.totals.scales.first() {
            Some(scale) => &scale.bands,
            None => &self.bands,
        }
    }

    /// Is there more to do than adding up?
    pub fn needs_more(&self) -> bool {
        let totals = &self.totals;
        (totals.floor, totals.scales.is_empty()) != (Area::Row, true)
            || self.sections.iter().any(|it| it.weight.is_some() || it.floor.is_some())
            || self.bands.iter().any(|it| !it.requires.is_empty())
            || self.rows().any(|it| it.may_skip || it.veto.as_ref().is_some_and(|veto| veto.zeroes.is_some()))
    }

    /// How far deductions of a row go on.
    pub fn floor_of(&self, row: &Row) -> Area {
        let of_row = self.groups().find(|(_, group)| group.rows.iter().any(|it| it.number == row.number));
        of_row.and_then(|it| it.0.floor).unwrap_or(self.totals.floor)
    }

    /// The points of a section, in tenths, 优先项目 apart.
    pub fn section_points(&self, section: &Section) -> i64 {
        let rows = section.groups.iter().flat_map(|it| &it.rows).filter(|it| self.kind(it) != RowKind::Bonus);
        rows.filter_map(|it| it.points).map(|it| i64::from(it.in_tenths())).sum()
    }
}
