//! 申报材料: what of a dossier is handed in beside the official forms, as tables and as one document.

mod evidence;
mod plan;
mod roster;

pub use evidence::{evidence_of, evidence_table, filing_order};
pub use plan::plan_table;
pub use roster::roster_tables;
