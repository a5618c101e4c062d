//! 申报材料: what of a dossier is handed in beside the official forms, as tables and as one document.

mod evidence;
mod plan;
mod roster;

pub use evidence::evidence_table;
pub use plan::{
    TaskOutcome, aim, change_to, facts_of, plan_table, task_in_words, task_outcome, what_to_do, with_tasks,
};
pub use roster::roster_tables;
