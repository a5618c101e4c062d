//! Which rows of a sheet a change can have changed, so that a page shows those anew and leaves the others alone.

use crate::rubric::{Row, Rule};

use super::{Answers, Report, RowReport};

/// The rows of which [`super::shown`] or the faults may say something else than before, in printed order. Both reports are on the
/// same rubric.
pub fn touched(before: (&Report<'_>, &Answers), after: (&Report<'_>, &Answers)) -> Vec<u16> {
    let given = |row: u16| before.1.row(row) != after.1.row(row);
    let rubric = after.0.rubric;
    let is = |row: &Row| {
        let people = match &row.rule {
            Rule::Deduct { people: Some(people), .. } => given(people.row),
            _ => false,
        };
        // the rows of one cell are written out together
        let of_cell = |other: &Row| other.shares == Some(row.number) || row.shares == Some(other.number);
        let beside =
            || matches!(row.rule, Rule::Hazard { .. }) && rubric.rows().any(|it| of_cell(it) && given(it.number));
        given(row.number) || people || beside()
    };
    let rows = before.0.rows.iter().zip(&after.0.rows);
    rows.filter(|(one, other)| result(one) != result(other) || is(other.row)).map(|it| it.1.row.number).collect()
}

/// All of a row's result but its words, which stay as they are and are long.
fn result<'a>(of: &'a RowReport<'_>) -> impl PartialEq + use<'a> {
    let RowReport { row: _, answered, unsure, skipped, score, low, high, estimated, over, vetoed, doubts } = of;
    (answered, unsure, skipped, score, low, high, estimated, over, vetoed, doubts)
}
