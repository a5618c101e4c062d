//! 自评文件 inside a text: a backup file is recognised by its records, or by its beginning where they are cut off.

use crate::letters::BYTE_ORDER_MARK;

/// How a backup file begins, after its brace.
const HEAD: &str = "\"说明\"";
const RECORDS: &str = "\"档案\"";

/// Is this a backup file, a record taken from one, or a part of one?
pub fn is_file(text: &str) -> bool {
    let begins = |after: &str| {
        let (version, rest) = after.split_at(after.bytes().take_while(u8::is_ascii_digit).count());
        !version.is_empty() && rest.starts_with('.')
    };
    let has_record = |before: &str| text.match_indices(before).any(|(at, it)| begins(&text[at + it.len()..]));
    let is_record = text.trim_start_matches([BYTE_ORDER_MARK, ' ', '\r', '\n']).strip_prefix("ZP").is_some_and(begins);
    let has_head = text.contains("\"份数\": ") && (text.contains(RECORDS) || text.contains(HEAD));
    is_record || has_record("\"ZP") || has_head
}

/// The backup files in a text, in their order: each from its opening brace to its last one, or to the beginning of the
/// next file where it is cut off.
pub fn files(text: &str) -> Vec<&str> {
    if !is_file(text) {
        return Vec::new();
    }
    let brace = |(at, _): (usize, &str)| text[..at].trim_end().ends_with('{').then(|| text[..at].trim_end().len() - 1);
    let begins: Vec<usize> = text.match_indices(HEAD).filter_map(brace).collect();
    if begins.is_empty() {
        return vec![text];
    }
    let ends = begins.iter().skip(1).copied().chain([text.len()]);
    begins.iter().zip(ends).map(|(begin, end)| whole(&text[*begin..end])).collect()
}

/// The text up to the brace after the list of records.
fn whole(text: &str) -> &str {
    let end = text.find(RECORDS).and_then(|at| {
        let end = at + text[at..].find(']')? + 1;
        // since files say at their end too how many records they have
        let ours = |it: char| it.is_whitespace() || it.is_ascii_digit() || ",\"合计:".contains(it);
        let behind = text[end..].trim_start_matches(ours);
        behind.starts_with('}').then(|| text.len() - behind.len() + 1)
    });
    &text[..end.unwrap_or(text.len())]
}

/// A file that is not text, as far as a person needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTextFile {
    /// Of a spreadsheet program; a zip file, which is mostly one.
    Workbook,
    Packed,
    Pdf,
    Picture,
    Other,
}

/// `None` for text. For a binary file that was read as text, in whatever encoding: what it is.
pub fn no_text(text: &str) -> Option<NoTextFile> {
    let begins = |signs: &[&str]| signs.iter().any(|it| text.starts_with(it));
    // after the mark of a JPEG, which is no text in any encoding
    let has = |names: &[&str]| {
        let beginning: String = text.chars().take(16).collect();
        beginning.starts_with('\u{fffd}') && names.iter().any(|it| beginning.contains(it))
    };
    if begins(&["PK\u{3}", "PK\u{5}", "邢\u{11}", "\u{fffd}\u{fffd}\u{11}"]) {
        Some(NoTextFile::Workbook)
    } else if begins(&["\u{1f}", "Rar!\u{1a}", "7z集", "7z\u{fffd}", "BZh9", "\u{fffd}7zX", "(\u{fffd}/"]) {
        Some(NoTextFile::Packed)
    } else if begins(&["%PDF-"]) {
        Some(NoTextFile::Pdf)
    } else if begins(&["\u{fffd}PNG", "塒NG", "GIF8"]) || has(&["JFIF", "Exif"]) {
        Some(NoTextFile::Picture)
    } else {
        // a text from elsewhere may have one of these; what is no text is full of them
        let odd = |it: &char| matches!(it, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{fffd}');
        let n_odd = || text.chars().filter(odd).count();
        (text.contains('\0') && 4 <= n_odd() && text.len() / 16 <= n_odd()).then_some(NoTextFile::Other)
    }
}
