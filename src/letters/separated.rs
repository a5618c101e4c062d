//! A text as lines of cells, as spreadsheet programs put tables on the clipboard and into CSV.

/// The cells of a text, line by line, as a mark separates them. A cell in quotes may hold the mark, ends of
/// lines and doubled quotes.
pub fn separated(text: &str, mark: char) -> Vec<Vec<String>> {
    let mut lines = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, after) = match quoted(rest, mark) {
            Some(found) => found,
            None => {
                let end = rest.find([mark, '\n', '\r']).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if let Some(line) = lines.last_mut() {
            line.push(cell);
        }
        rest = match after.chars().next() {
            None => return lines,
            Some(letter) if letter == mark => &after[letter.len_utf8()..],
            Some(_) => {
                lines.push(Vec::new());
                after.strip_prefix("\r\n").unwrap_or(&after[1..])
            }
        };
    }
}

/// A cell in quotes and what follows it. A quote that is never closed, or closed inside a cell, is a quote.
fn quoted(text: &str, mark: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None if after.is_empty() || after.starts_with([mark, '\n', '\r']) => {
                let cell = cell.replace("\r\n", "\n");
                return Some((cell.chars().map(|it| if it.is_control() { ' ' } else { it }).collect(), after));
            }
            None => return None,
        }
    }
}
