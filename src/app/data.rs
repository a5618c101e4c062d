//! What the generator wrote for the app, as the browser has it.

use std::cell::Cell;

use crate::bytes::wire::{Bytes, Wire};
use crate::filing::Rules;
use crate::rubric::Edition;

/// All of it lives as long as the page.
#[derive(Clone, Copy)]
struct Data {
    editions: &'static [Edition],
    rules: &'static [Rules],
    /// The rules as bytes, until somebody asks for them; none where a first visit to a sheet has its one rubric.
    unread: &'static [u8],
    /// All rubrics and the rules of filing.
    whole: bool,
}

thread_local! {
    static DATA: Cell<Data> = const { Cell::new(Data { editions: &[], rules: &[], unread: &[], whole: false }) };
}

/// Decodes the rubrics. The filing rules are left to the parts that need them: decoding them is code that a sheet has not.
pub fn learn(model: &[u8]) {
    let mut from = Bytes::of(model.to_vec().leak());
    let editions: &'static [Edition] = Vec::<Edition>::read(&mut from).leak();
    let unread = from.rest();
    DATA.set(Data { editions, rules: &[], unread, whole: !unread.is_empty() });
}

/// Decodes the rules of filing, once. Called by parts only.
#[inline(never)]
pub fn read_rules() {
    let data = DATA.get();
    if !data.unread.is_empty() {
        let rules = Vec::<Rules>::read(&mut Bytes::of(data.unread)).leak();
        DATA.set(Data { rules, unread: &[], ..data });
    }
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
