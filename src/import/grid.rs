//! A table as cells, some of which go over several rows or columns.

use crate::spreadsheet::{ReadTable, cell_name};

use super::printed::printed;

/// Rows of cells. What is merged is one cell at several places.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    cells: Vec<String>,
    /// For each place its cell; every row is as long as the longest.
    places: Vec<Vec<Option<usize>>>,
    /// Rows and columns have the names of a workbook's.
    is_workbook: bool,
    /// For each row the line of the file with which it begins.
    lines: Vec<usize>,
}

/// More rows or columns than any rubric has.
const MOST_ROWS: usize = 5_000;
const MOST_COLUMNS: usize = 100;

impl Grid {
    pub fn n_rows(&self) -> usize {
        self.places.len()
    }

    pub fn n_columns(&self) -> usize {
        self.places.first().map_or(0, Vec::len)
    }

    /// As it was in the file, with its line ends.
    pub fn raw(&self, row: usize, column: usize) -> &str {
        self.cell(row, column).map_or("", |it| self.cells[it].as_str())
    }

    /// As it is printed, in one line.
    pub fn text(&self, row: usize, column: usize) -> String {
        printed(self.raw(row, column))
    }

    fn cell(&self, row: usize, column: usize) -> Option<usize> {
        *self.places.get(row)?.get(column)?
    }

    /// Whether both places are one merged cell.
    pub fn is_one(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        self.cell(a.0, a.1).is_some_and(|it| Some(it) == self.cell(b.0, b.1))
    }

    /// The texts of a row, each merged cell once, without empty ones.
    pub fn row_texts(&self, row: usize) -> Vec<String> {
        let mut seen: Vec<usize> = Vec::new();
        let mut all = Vec::new();
        for column in 0..self.n_columns() {
            let Some(cell) = self.cell(row, column).filter(|it| !seen.contains(it)) else { continue };
            seen.push(cell);
            let text = printed(&self.cells[cell]);
            if !text.is_empty() {
                all.push(text);
            }
        }
        all
    }

    /// Where a person finds the row.
    pub fn place(&self, row: usize) -> String {
        let line = self.lines.get(row).copied().unwrap_or(row + 1);
        if self.is_workbook || !self.lines.is_empty() {
            format!("第 {line} 行")
        } else {
            format!("表格第 {line} 行")
        }
    }

    /// Where a person finds a cell.
    pub fn cell_place(&self, row: usize, column: usize) -> String {
        if self.is_workbook {
            cell_name(u32::try_from(row).unwrap_or_default(), u32::try_from(column).unwrap_or_default())
        } else {
            format!("{}第 {} 列", self.place(row), column + 1)
        }
    }

    /// Puts a cell where it begins, over so many rows and columns. Places that are taken stay so.
    ///
    /// # Errors
    /// The table is larger than any that is read.
    pub fn put(&mut self, at: (usize, usize), span: (usize, usize), text: String) -> Result<(), String> {
        if MOST_ROWS < at.0 + span.0 || MOST_COLUMNS < at.1 + span.1 {
            return Err(format!("表格太大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列，请只留下评估要点的表格"));
        }
        self.cells.push(text);
        for row in at.0..at.0 + span.0.max(1) {
            if self.places.len() <= row {
                self.places.resize(row + 1, Vec::new());
            }
            let places = &mut self.places[row];
            if places.len() < at.1 + span.1 {
                places.resize(at.1 + span.1, None);
            }
            for place in &mut places[at.1..at.1 + span.1.max(1)] {
                if place.is_none() {
                    *place = Some(self.cells.len() - 1);
                }
            }
        }
        Ok(())
    }

    /// The first column of a row that no cell from above takes.
    pub fn free(&self, row: usize, from: usize) -> usize {
        let taken = |column: usize| self.cell(row, column).is_some();
        (from..).find(|it| !taken(*it)).unwrap_or(from)
    }

    /// Makes all rows as long as the longest.
    pub fn even_out(&mut self) {
        let n = self.places.iter().map(Vec::len).max().unwrap_or_default();
        self.places.iter_mut().for_each(|it| it.resize(n, None));
    }

    /// Rows of texts, each with the line of its file; nothing says what is merged.
    ///
    /// # Errors
    /// As [`Grid::put`].
    pub fn of_texts(rows: Vec<(Vec<String>, usize)>) -> Result<Grid, String> {
        let mut grid = Grid::default();
        for (n, (row, line)) in rows.into_iter().enumerate() {
            grid.lines.push(line);
            for (column, text) in row.into_iter().enumerate() {
                // whole columns of nothing, as programs write them
                if !(text.is_empty() && MOST_COLUMNS <= column) {
                    grid.put((n, column), (1, 1), text)?;
                }
            }
        }
        grid.even_out();
        Ok(grid)
    }

    /// A worksheet.
    ///
    /// # Errors
    /// As [`Grid::put`].
    pub fn of_worksheet(table: &ReadTable) -> Result<Grid, String> {
        let mut grid = Grid { is_workbook: true, ..Grid::default() };
        let size = |it: u32| it as usize;
        let last_column = table.cells.iter().filter(|it| !it.value.text().trim().is_empty()).map(|it| it.column).max();
        let last_row = table.cells.iter().filter(|it| !it.value.text().trim().is_empty()).map(|it| it.row).max();
        let (Some(last_row), Some(last_column)) = (last_row, last_column) else { return Ok(grid) };
        for cell in table.cells.iter().filter(|it| it.row <= last_row && it.column <= last_column) {
            let merged = table.merged.iter().find(|it| it.has(cell.row, cell.column));
            let (at, span) = match merged {
                None => ((cell.row, cell.column), (1, 1)),
                // only the first cell of what is merged is shown
                Some(it) if (it.rows.0, it.columns.0) != (cell.row, cell.column) => continue,
                Some(it) => {
                    let (rows, columns) = (it.rows.1.min(last_row), it.columns.1.min(last_column));
                    ((it.rows.0, it.columns.0), (size(rows - it.rows.0) + 1, size(columns - it.columns.0) + 1))
                }
            };
            grid.put((size(at.0), size(at.1)), span, cell.value.text())?;
        }
        grid.even_out();
        Ok(grid)
    }
}
