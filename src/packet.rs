//! 申报材料: what of a dossier is handed in beside the official forms, as tables and as one document.

mod evidence;
mod plan;
mod roster;
mod roster_read;

pub use evidence::evidence_table;
pub use plan::plan_table;
pub use roster::{roster_tables, roster_title};
pub use roster_read::roster_of_book;
