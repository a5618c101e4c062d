//! A paragraph and the words in it.

use crate::letters::in_xml;

/// A paragraph in a style of `style.rs`, with what stands in it.
pub fn paragraph(xml: &mut String, style: &str, runs: &str) {
    xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    xml.push_str(style);
    xml.push_str("\"/></w:pPr>");
    xml.push_str(runs);
    xml.push_str("</w:p>");
}

/// Some words, with their line breaks.
pub fn run(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut xml = String::from("<w:r>");
    for (n, line) in in_xml(text).split('\n').enumerate() {
        if 0 < n {
            xml.push_str("<w:br/>");
        }
        xml.push_str("<w:t xml:space=\"preserve\">");
        xml.push_str(line);
        xml.push_str("</w:t>");
    }
    xml.push_str("</w:r>");
    xml
}
