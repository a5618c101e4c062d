//! 合并单元格: cells of a table that reach over others. A clerk writes `^^` for a cell that is merged with the one above it
//! and `<<` for one merged with the one on its left.

use super::{Words, plain};

/// Over how many rows and columns a cell reaches; both are 0 where another cell reaches over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergedCell {
    pub rows: usize,
    pub columns: usize,
}

/// What is wrong with the marks in a row of a table, counted from the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmerged {
    /// There is nothing above the head.
    Above(usize),
    /// There is nothing on the left of the first column.
    Left(usize),
    /// The cells that are merged are no rectangle.
    Shape(usize),
    /// Every cell of the row is merged with the row above.
    Empty(usize),
}

const ABOVE: &str = "^^";
const LEFT: &str = "<<";

/// How far each cell of a table reaches, row after row from the head.
///
/// # Errors
/// The first mark that cannot be.
pub fn merged(rows: &[&Vec<Words>]) -> Result<Vec<Vec<MergedCell>>, Unmerged> {
    let mut origins: Vec<Vec<(usize, usize)>> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        let mut line: Vec<(usize, usize)> = Vec::new();
        for (c, cell) in row.iter().enumerate() {
            line.push(match plain(cell).trim() {
                ABOVE => *r.checked_sub(1).and_then(|above| origins[above].get(c)).ok_or(Unmerged::Above(r))?,
                LEFT => *line.last().ok_or(Unmerged::Left(r))?,
                _ => (r, c),
            });
        }
        if !line.is_empty() && 1 < rows.len() && line.iter().all(|it| it.0 < r) {
            return Err(Unmerged::Empty(r));
        }
        origins.push(line);
    }
    let mut cells: Vec<Vec<MergedCell>> =
        rows.iter().map(|row| vec![MergedCell { rows: 0, columns: 0 }; row.len()]).collect();
    for (r, row) in origins.iter().enumerate() {
        for c in (0..row.len()).filter(|c| row[*c] == (r, *c)) {
            let of = |line: &Vec<(usize, usize)>| line.iter().filter(|it| **it == (r, c)).count();
            let columns = of(row);
            let n_rows = origins[r..].iter().take_while(|line| 0 < of(line)).count();
            let whole = origins[r..r + n_rows]
                .iter()
                .all(|line| line.get(c..c + columns).is_some_and(|it| it.iter().all(|cell| *cell == (r, c))));
            let all: usize = origins.iter().map(of).sum();
            if !whole || all != n_rows * columns {
                return Err(Unmerged::Shape(r));
            }
            cells[r][c] = MergedCell { rows: n_rows, columns };
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Inline;

    fn spans(table: &str) -> Result<String, Unmerged> {
        let rows: Vec<Vec<Words>> = table
            .lines()
            .map(|line| line.split('|').map(|cell| vec![Inline::Text(cell.trim().to_owned())]).collect())
            .collect();
        let cells = merged(&rows.iter().collect::<Vec<_>>())?;
        let line =
            |row: &Vec<MergedCell>| row.iter().map(|it| format!("{}{}", it.rows, it.columns)).collect::<Vec<_>>();
        Ok(cells.iter().map(|row| line(row).join(" ")).collect::<Vec<_>>().join("/"))
    }

    #[test]
    fn cells_reach_over_others() {
        assert_eq!(spans("a|b\nc|d"), Ok("11 11/11 11".to_owned()));
        assert_eq!(spans("a|b|<<\n^^|c|d"), Ok("21 12 00/00 11 11".to_owned()));
        assert_eq!(spans("a|b\nc|d\n^^|e\n^^|f"), Ok("11 11/31 11/00 11/00 11".to_owned()));
        assert_eq!(spans("a|<<|b\n^^|^^|c\nd|e|f"), Ok("22 00 11/00 00 11/11 11 11".to_owned()));
        assert_eq!(spans("a|<<|b\n^^|<<|c"), Ok("22 00 11/00 00 11".to_owned()));
    }

    #[test]
    fn marks_that_cannot_be_are_told() {
        assert_eq!(spans("^^|b\nc|d"), Err(Unmerged::Above(0)));
        assert_eq!(spans("a|b\n<<|d"), Err(Unmerged::Left(1)));
        assert_eq!(spans("a|<<\nb|^^"), Err(Unmerged::Shape(0)));
        assert_eq!(spans("a|b\n^^|^^"), Err(Unmerged::Empty(1)));
    }
}
