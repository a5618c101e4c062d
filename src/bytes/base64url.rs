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
    let sixes: Vec<u8> = text.bytes().map(value).collect::<Option<_>>()?;
    join(&sixes, 6)
}

/// What a letter stands for: its place in the alphabet. Looking for it there took a page longer than all else of saving.
fn value(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_stands_for_its_place_in_the_alphabet() {
        for letter in 0..=u8::MAX {
            let place = ALPHABET.iter().position(|known| *known == letter).map(|six| six as u8);
            assert_eq!(value(letter), place, "{letter}");
        }
    }
}
