//! How bytes and texts are written into a page of windows-1252, in which every byte is a letter.

use anyhow::{Result, ensure};

/// Stands before a byte that would not arrive as it is, which follows 64 higher.
const ESCAPE: u8 = 0x7f;

/// Bytes as the text of an element that holds plain text. A browser takes a carriage return for a line's end, and `</` and
/// `<!` may end the element; NUL becomes a letter that nothing else becomes. So 1 % is added, where base64 adds a third.
pub fn as_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 64);
    for (at, byte) in bytes.iter().copied().enumerate() {
        let ends = byte == b'<' && bytes.get(at + 1).is_none_or(|it| matches!(it, b'/' | b'!'));
        if ends || matches!(byte, b'\r' | ESCAPE) {
            out.extend([ESCAPE, byte + 64]);
        } else {
            out.push(byte);
        }
    }
    out
}

/// Markup in ASCII: other letters by their numbers.
pub fn as_letters(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len() * 2);
    for letter in markup.chars() {
        if letter.is_ascii() { out.push(letter) } else { out += &format!("&#{};", u32::from(letter)) }
    }
    out
}

/// A script in ASCII, to stand in the page.
///
/// # Errors
/// It would end before its end.
pub fn in_script(script: &str) -> Result<String> {
    let script = script.trim();
    ensure!(!script.contains("</") && !script.contains("<!"), "脚本里有结束标记");
    let mut out = String::with_capacity(script.len());
    let mut units = [0; 2];
    for letter in script.chars() {
        if letter.is_ascii() {
            out.push(letter);
        } else {
            letter.encode_utf16(&mut units).iter().for_each(|it| out += &format!("\\u{it:04x}"));
        }
    }
    Ok(out)
}
