//! 申报材料: what of a dossier is handed in beside the official forms, as tables and as one document.

mod copied;
mod cover;
mod declaration;
mod evidence;
mod forms;
mod lists;
mod outline;
mod papers;
mod parts;
mod plan;
mod printed;
mod roster;
mod roster_read;

pub use copied::{copied, csv_table, flat_table};
pub use evidence::{evidence_of, evidence_table, filing_order};
pub use parts::{Packet, PacketPaper, PacketPart};
pub use plan::{
    TaskOutcome, aim, change_to, facts_of, plan_table, task_in_words, task_outcome, what_to_do, with_tasks,
};
pub use printed::{PrintedRow, printed_row};
pub use roster::{roster_tables, roster_title};
pub use roster_read::roster_of_book;
