//! What the generator wrote for the app, as the browser has it.

use std::cell::Cell;

use crate::bytes::wire::{Bytes, Wire};
use crate::filing::Rules;
use crate::rubric::{Concordance, Edition};

/// All of it lives as long as the page.
#[derive(Clone, Copy)]
struct Data {
    editions: &'static [Edition],
    rules: &'static [Rules],
    /// The rules as bytes, until somebody asks for them; none where a first visit to a sheet has its one rubric.
    unread: &'static [u8],
    /// What stands behind the rules, once these were read: the concordances of editions.
    behind: &'static [u8],
    /// All rubrics and the rules of filing.
    whole: bool,
}

thread_local! {
    static DATA: Cell<Data> = const { Cell::new(Data { editions: &[], rules: &[], unread: &[], behind: &[], whole: false }) };
}

/// Decodes the rubrics. The filing rules are left to the parts that need them: decoding them is code that a sheet has not.
pub fn learn(model: &[u8]) {
    let mut from = Bytes::of(model.to_vec().leak());
    let editions: &'static [Edition] = Vec::<Edition>::read(&mut from).leak();
    let unread = from.rest();
    DATA.set(Data { editions, rules: &[], unread, behind: &[], whole: !unread.is_empty() });
}

/// Decodes the rules of filing, once. Called by parts only.
#[inline(never)]
pub fn read_rules() {
    let data = DATA.get();
    if !data.unread.is_empty() {
        let mut from = Bytes::of(data.unread);
        let rules = Vec::<Rules>::read(&mut from).leak();
        DATA.set(Data { rules, unread: &[], behind: from.rest(), ..data });
    }
}

/// Which rows of an edition became which of a newer one; known once the rules are.
pub fn concordances() -> Vec<Concordance> {
    Vec::read(&mut Bytes::of(DATA.get().behind))
}

pub fn editions() -> &'static [Edition] {
    DATA.get().editions
}

pub fn rules() -> &'static [Rules] {
    DATA.get().rules
}

/// False where a first visit to a sheet has its one rubric only.
pub fn is_whole() -> bool {
    DATA.get().whole
}
