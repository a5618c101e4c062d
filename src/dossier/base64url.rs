//! base64url without padding. The crate for it has every alphabet there is, and is 1.2 KB of brotli for this one.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let six = bits >> (18 - 6 * place) & 63;
            text.push(char::from(ALPHABET[six as usize]));
        }
    }
    text
}

/// `None` where a character is none of the alphabet, one is left over, or spare bits are set: every value has one text.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for it in four {
            let six = ALPHABET.iter().position(|known| known == it)?;
            bits = bits << 6 | six as u32;
        }
        let n = four.len() * 6 / 8;
        let spare = four.len() * 6 - n * 8;
        if four.len() == 1 || bits & ((1 << spare) - 1) != 0 {
            return None;
        }
        bytes.extend_from_slice(&(bits >> spare).to_be_bytes()[4 - n..]);
    }
    Some(bytes)
}
