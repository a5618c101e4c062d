//! The lines printed above a table, with blanks to fill: 本职业职工人数_____人.

/// A stretch of a header line.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    Blank(Blank),
}

/// What goes into a blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The name of an occupation.
    Text,
    /// A number of people.
    Count,
}

impl Piece {
    /// Reads a line as the data files write it, with `{text}` and `{count}` where the form has a blank.
    ///
    /// # Errors
    /// The word between the braces, where it is neither.
    pub fn line(written: &str) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, after) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Blank(match word {
                "text" => Blank::Text,
                "count" => Blank::Count,
                other => return Err(other.to_owned()),
            }));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(pieces)
    }
}
