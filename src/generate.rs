//! Writing: every page of a loaded site as a file, and beside them the data, styles and programs that pages load.
//!
//! `write` builds a site on disk, `render` says which files there are, `page` what stands around a page, `reading` what
//! stands in the pages that only read; the views of all others are the app's.

mod corpus;
mod editions;
mod feed;
mod host;
mod html;
pub mod library;
mod markup;
mod offline;
mod page;
pub mod release;
mod reading;
mod render;
mod rescue;
mod selfcheck;
mod site;
mod style;
pub mod write;

pub use html::Html;
pub use library::Library;
pub use render::path_of;
