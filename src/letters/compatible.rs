//! The letter that a compatibility ideograph or a radical is by Unicode's compatibility decomposition (NFKC). In
//! browsers `app/browser/compatible.rs` stands in place of this file, as they have the list themselves.

use unicode_normalization::char::decompose_compatible;

/// The one character that this one is decomposed to; itself where there is none, or more than one.
pub fn compatible(letter: char) -> char {
    let (mut last, mut n) = (letter, 0);
    decompose_compatible(letter, |part| {
        last = part;
        n += 1;
    });
    if n == 1 { last } else { letter }
}
