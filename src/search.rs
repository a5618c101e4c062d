//! 搜索: any run of characters that stands on the site, found as it is typed. No words, no stems: Chinese text has no
//! spaces, and whoever looks for 备案 means every 备案.

mod find;
mod fold;

pub use find::{Found, Hit, Index};
pub use fold::fold;

use crate::bytes::wire::{Wire, wire_struct};

/// What the generator writes and the browser loads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corpus {
    pub docs: Vec<Doc>,
    /// For each letter from a to z, the characters whose usual reading begins with it.
    pub initials: Vec<String>,
    /// The same for their other readings.
    pub rare_initials: Vec<String>,
}

impl Corpus {
    /// The first bytes of a corpus with so many documents. The documents follow one by one, then the initials.
    pub fn begin(n_docs: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        (n_docs as u64).write(&mut bytes);
        bytes
    }
}

/// A page of the site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// 文号, or what kind of page it is.
    pub number: String,
    pub title: String,
    /// Below the root of the site.
    pub address: String,
    /// In the order of the page, without gaps: a text that runs over from one to the next is found too.
    pub units: Vec<Unit>,
}

/// What has an address of its own: a clause, a row of a table, a reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// 三（三）, `3-12`, `R-32`; empty where it goes by the name of the page.
    pub label: String,
    /// After `#`; empty for the top of the page.
    pub id: String,
    /// Official words line by line; cells count as lines.
    pub text: String,
}

wire_struct! {
    Corpus { docs, initials, rare_initials }
    Doc { number, title, address, units }
    Unit { label, id, text }
}
