//! What a declared row leaves empty in the official table. The checks say what is wrong; an empty cell may be right by all
//! of them.

use super::{DeclaredCell, DeclaredRow, Scope, Standard, plain};

impl Scope {
    /// The cells of the printed table that are empty and should not be. An empty 工种 is one unless the row says 无, or
    /// the example table decides about its code.
    pub fn unfilled(&self, row: &DeclaredRow) -> Vec<DeclaredCell> {
        let code = plain::code(&row.code);
        let shown = self.examples.iter().any(|it| plain::code(&it.code) == code);
        let cells = [
            (DeclaredCell::Code, code.is_empty()),
            (DeclaredCell::Name, plain::name(&row.name).is_empty()),
            (DeclaredCell::Trade, row.trade.trim().is_empty() && !shown),
            (DeclaredCell::Levels, row.levels.trim().is_empty()),
            (DeclaredCell::Standard, row.standard == Standard::Unsaid),
        ];
        cells.into_iter().filter(|it| it.1).map(|it| it.0).collect()
    }
}
