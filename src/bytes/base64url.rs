//! base64url without padding. The usual crate supports every alphabet there is and would add 1.2 KB (brotli) just for
//! this one.

use super::bits::{cut, join};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn encode(bytes: &[u8]) -> String {
    cut(bytes, 6).into_iter().map(|six| char::from(ALPHABET[usize::from(six)])).collect()
}

/// `None` where a character is not in the alphabet, one is left over, or unused bits are set: every value has exactly
/// one text.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let value = |letter: u8| ALPHABET.iter().position(|known| *known == letter).map(|six| six as u8);
    let sixes: Vec<u8> = text.bytes().map(value).collect::<Option<_>>()?;
    join(&sixes, 6)
}
