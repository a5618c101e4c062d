//! The reader: what a page for reading can do besides being read. It searches as one types, it cites, and it checks the
//! code of a filed body.
//!
//! A program of its own, so that pages for reading need not load the app, nor a sheet the search.

mod cite;
mod code;
mod panel;

use super::browser;
use crate::search::{Corpus, Index};

/// Decodes what the generator wrote, and listens.
pub fn start(corpus: &[u8], root: &str) {
    let corpus: Corpus = crate::bytes::wire::from_bytes(corpus).expect("the generator wrote the corpus");
    let index: &'static Index = Box::leak(Box::new(Index::new(corpus)));
    let root: &'static str = Box::leak(browser::path_of(root).into_boxed_str());
    browser::mount_at_end("found", "搜索结果", move || panel::panel(index, root));
    cite::listen(index, root);
    code::listen(root);
}
