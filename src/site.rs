//! The native half: reads the data files, checks them, renders every page to a file, and is the command line.

mod table;
mod edition;
mod notice;
mod filing;
mod scope;
mod scope_sound;
mod load;
mod json;
mod lines;
mod route_json;
mod scope_json;
mod score_lines;
mod code_input;
mod code_json;
mod code_lines;
mod desk_files;
mod library;
mod markup;
mod reading;
mod corpus;
mod feed;
mod page;
mod render;
mod rescue;
mod write;
pub mod cli;

use std::fmt;

pub use code_lines::{Encoded, decode_text, encode_lines};
pub use json::rubrics_json;
pub use library::Library;
pub use lines::{LineError, Tally, each_line};
pub use load::{Loaded, address, load};
pub use page::POLICY;
pub use render::{Html, path_of};
pub use route_json::{read_facts, route_json};
pub use scope_json::{scope_json, scope_row};
pub use score_lines::{read_answers, score_lines};
pub use write::build;

/// Something a person has to mend in a data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Relative to the site's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// `rubrics/henan-2021/employer-public.toml:12: 「…」`, as editors and terminals make it a link.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}
