//! What each column of a table is for.

use super::grid::Grid;
use super::heads::{ColumnRole, TableHead};
use super::levels::is_points;

/// Which columns have the names, from the widest to the narrowest.
pub struct TableColumns {
    pub section: Option<usize>,
    pub group: Option<usize>,
    pub content: Vec<usize>,
    pub standard: usize,
    pub points: Option<usize>,
    /// 一级指标 | 分值 before the points of the rows.
    pub section_points: Option<usize>,
    pub methods: Option<usize>,
}

impl TableColumns {
    pub fn standard_is_content(&self, head: &TableHead) -> bool {
        head.roles[self.standard] == ColumnRole::Name
    }
}

/// By the heads, and where they leave it open by the cells below.
pub fn columns(grid: &Grid, head: &TableHead) -> TableColumns {
    let scored = head.columns(ColumnRole::Scored);
    let asked = head.columns(ColumnRole::Asked);
    let mut names = head.columns(ColumnRole::Name);
    let of_levels = head.levels.first().map(|it| it.0).filter(|_| !are_points(grid, head));
    let standard = match (of_levels, scored.last(), asked.last()) {
        (Some(it), ..) => it,
        (None, Some(it), _) | (None, None, Some(it)) => *it,
        (None, None, None) => names.pop().unwrap_or_default(),
    };
    names.extend(scored.iter().chain(&asked).filter(|it| **it != standard));
    names.sort_unstable();
    // of several the last are the rows'; 权重 only where there is no other
    let is_weight = |column: &usize| head.words[*column].starts_with("权重");
    let all = head.columns(ColumnRole::Points);
    let points = all.iter().rfind(|it| !is_weight(it)).or(all.last()).copied();
    let methods = head.columns(ColumnRole::Methods).first().copied();
    let (mut section, mut group, mut content) = (None, None, Vec::new());
    match names.as_slice() {
        [] => {}
        // a name for each row is its content
        [one] if is_name_of_each(grid, head, *one) => content.push(*one),
        [one] => section = Some(*one),
        [first, second] => {
            section = Some(*first);
            content.push(*second);
        }
        [first, second, rest @ ..] => {
            section = Some(*first);
            group = Some(*second);
            content.extend(rest);
        }
    }
    let section_points = section
        .map(|it| it + 1)
        .filter(|it| all.contains(it) && points.is_some_and(|points| it < &points) && !is_weight(it));
    TableColumns { section, group, content, standard, points, section_points, methods }
}

/// Whether the columns of levels have nothing but points, so that what is asked for stands elsewhere.
fn are_points(grid: &Grid, head: &TableHead) -> bool {
    let texts = (head.rows.1 + 1..grid.n_rows()).flat_map(|row| head.levels.iter().map(move |it| (row, it.0)));
    let texts: Vec<String> = texts.map(|it| grid.text(it.0, it.1)).filter(|it| !it.is_empty()).collect();
    texts.iter().filter(|it| is_points(it)).count() * 2 > texts.len()
}

/// Whether nearly each row has a text of its own in this column.
fn is_name_of_each(grid: &Grid, head: &TableHead, column: usize) -> bool {
    let rows = || head.rows.1 + 1..grid.n_rows();
    let filled = rows().filter(|it| !grid.row_texts(*it).is_empty()).count();
    let own = rows()
        .filter(|it| !grid.text(*it, column).is_empty() && !grid.is_one((*it, column), (it.saturating_sub(1), column)))
        .count();
    filled * 8 <= own * 10
}
