//! A rubric's table, as an office has it, as the TOML of a rubric: what stands in the cells, word by word, and a rule for each
//! row proposed from its words. Every doubt is marked for a person in the file itself.

mod bands;
mod cells;
mod columns;
mod each;
mod effect;
mod even;
mod figure;
mod grid;
mod heads;
mod html;
mod levels;
mod outline;
mod printed;
mod proposal;
mod propose;
mod source;
mod spelled;
mod statement;
mod threshold;
mod veto;
mod written;

pub use figure::PrintedNumber;
pub use proposal::Proposal;
pub use propose::{WordedRow, propose};
pub use source::MOST_BYTES;
pub use written::WrittenRubric;

/// Which table is wanted, where a file does not say it itself.
#[derive(Clone, Debug, Default)]
pub struct ImportWish {
    pub annex: Option<u8>,
    pub sheet: Option<String>,
}

/// What came of a file.
#[derive(Debug)]
pub struct ImportedRubric {
    pub written: WrittenRubric,
    /// How the table was found, a sentence each.
    pub said: Vec<String>,
}

/// Reads the table of a file and writes the rubric.
///
/// # Errors
/// Why the file has none, in a sentence.
pub fn import(name: &str, bytes: &[u8], wish: &ImportWish) -> Result<ImportedRubric, String> {
    let source = source::source(name, bytes, wish.sheet.as_deref())?;
    let head = heads::head(&source.grid)?;
    let rubric = outline::outline(&source.grid, &head);
    let written = written::written(&rubric, wish.annex);
    if written.rows == 0 {
        return Err(format!("表头（{}）下面没有评估内容", source.grid.place(head.rows.0)));
    }
    Ok(ImportedRubric { written, said: source.said })
}

/// The rule of a proposal as it stands in a file.
pub fn spelled_rule(proposal: &Proposal) -> String {
    spelled::rule(&proposal.rule)
}
