//! The lines printed above a table, with blanks to fill: 本职业职工人数_____人.

/// A piece of a header line: printed words or a blank.
#[derive(Clone, Debug, PartialEq)]
pub enum BlankPiece {
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
    /// A part of the count before it on the line.
    Part,
}

impl BlankPiece {
    /// Reads a line as the data files write it, with `{text}`, `{count}` and `{part}` where the form has a
    /// blank.
    ///
    /// # Errors
    /// The word between the braces, where it is none of them.
    pub fn line(written: &str) -> Result<Vec<BlankPiece>, String> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, after) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            if !before.is_empty() {
                pieces.push(BlankPiece::Text(before.to_owned()));
            }
            pieces.push(BlankPiece::Blank(match word {
                "text" => Blank::Text,
                "count" => Blank::Count,
                "part" => Blank::Part,
                other => return Err(other.to_owned()),
            }));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(BlankPiece::Text(rest.to_owned()));
        }
        Ok(pieces)
    }
}

/// What a blank is for, taken from the words before it: 初级工 of `人，其中初级工`.
pub fn label(before: &str) -> &str {
    let text = before.trim_end_matches([':', '：', ' ']);
    let last = text.rsplit(['，', '、', '：', ':']).next().unwrap_or(text);
    last.strip_prefix("其中").unwrap_or(last)
}
