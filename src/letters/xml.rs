//! Text in XML, as workbooks and documents hold it.

/// The text as XML can hold it: without control characters, line ends as `\n`.
pub fn in_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = '\0';
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\n' if before == '\r' => {}
            '\r' | '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => {}
            character if character.is_control() => {}
            character => out.push(character),
        }
        before = character;
    }
    out
}
