//! A cell of a workbook that could not be read.

/// A cell that could not be read: `附件1!G12`.
#[derive(Clone, Debug, PartialEq)]
pub struct CellProblem {
    pub sheet: String,
    pub cell: String,
    /// Why, and what is allowed.
    pub message: String,
}

impl CellProblem {
    /// `附件1!G12`.
    pub fn path(&self) -> String {
        format!("{}!{}", self.sheet, self.cell)
    }
}
