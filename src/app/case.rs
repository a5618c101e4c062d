//! The part for a case: from "who am I" to "ready to file". Dossiers, the guided start, the backup.

pub mod dossier;
pub mod mine;
mod question;
mod restore;
pub mod scope;
pub mod start;
