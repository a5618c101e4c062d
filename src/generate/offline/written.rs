//! How bytes and texts are written into a page of windows-1252, in which every byte is a letter.

use anyhow::{Result, ensure};

use crate::bytes::base64url;

/// Bytes as the text of an element that holds plain text, and what the text cannot say.
pub struct BlockText {
    pub text: Vec<u8>,
    /// A bit for each line's end of the text, the lowest first, in base64url: is it a carriage return? Browsers make one thing
    /// of both.
    pub returns: String,
    /// Where `<` stood before `/` or `!`, which might end the element.
    pub ends: String,
}

/// NUL becomes a letter that nothing else becomes. So a sixth of a percent is added, where base64 adds a third and a mark
/// before each byte that does not arrive nearly one percent.
pub fn as_bytes(bytes: &[u8]) -> BlockText {
    let (mut text, mut ends) = (bytes.to_vec(), Vec::new());
    let (mut returns, mut n) = (Vec::new(), 0);
    for (at, byte) in bytes.iter().copied().enumerate() {
        match byte {
            b'\n' | b'\r' => {
                if n % 8 == 0 {
                    returns.push(0);
                }
                returns[n / 8] |= u8::from(byte == b'\r') << (n % 8);
                n += 1;
                text[at] = b'\n';
            }
            b'<' if bytes.get(at + 1).is_none_or(|it| matches!(it, b'/' | b'!')) => {
                ends.push(at.to_string());
                text[at] = b'=';
            }
            _ => {}
        }
    }
    BlockText { text, returns: base64url::encode(&returns), ends: ends.join(" ") }
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
