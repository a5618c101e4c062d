//! The map of the crate, and the only place with `cfg`.
//!
//! `rubric` says what a document asks, `score` what follows from the answers, `plan` what to
//! mend so that a band is reached, `filing` who files where and what may be
//! declared, `dossier` what an applicant keeps, `carrier` how that leaves and comes back. `compare` puts records of
//! several people side by side, `desk` many of them in one table. `spreadsheet` makes files of tables, `docx` one of a
//! text, `packet` what is handed in, `form` the official tables as workbooks and back. `notice` is a
//! document to read, `search` finds what stands on the site. Below all of them lie `letters` (which characters count as
//! the same), `days`, `bytes` (how values travel, and notice that they were altered) and `order` (one sort for all).
//! These are the core: no disk, no browser, no clock. `app` is what the browser shows; `load` reads and checks the
//! files of a site, `import` makes such a file of an
//! office's table, `generate` renders the same views to files, `serve` shows them on this machine while somebody
//! edits, `cli` is the command line. ARCHITECTURE.md gives the reasons.

pub mod bytes;
pub mod days;
pub mod letters;
pub mod order;
pub mod rubric;
pub mod score;
pub mod plan;
pub mod filing;
pub mod dossier;
pub mod carrier;
pub mod spreadsheet;
pub mod docx;
pub mod packet;
pub mod form;
pub mod compare;
pub mod desk;
pub mod notice;
pub mod search;

#[cfg(not(feature = "app"))]
#[path = "letters/compatible.rs"]
mod compatible;
#[cfg(feature = "app")]
#[path = "app/browser/compatible.rs"]
mod compatible;

#[cfg(any(feature = "app", feature = "site"))]
pub mod app;

#[cfg(feature = "site")]
pub mod load;
#[cfg(feature = "site")]
pub mod import;
#[cfg(feature = "site")]
pub mod generate;
#[cfg(feature = "site")]
pub mod serve;
#[cfg(feature = "site")]
pub mod cli;
