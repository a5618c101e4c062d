//! `ziping code` without `--encode`: codes and links as lines of JSON, however many there are. A part of the text is
//! held, and what in it certainly has no more lines is answered.

use std::io::{self, Read, Write};

use rayon::prelude::*;
use serde_json::Value;

use crate::carrier::{Known, is_file, parts, read};
use crate::letters;

use super::output::record_json;
use crate::cli::lines::{LineError, LinePlace, Tally, refuse};

/// How much is held at first. It becomes more where a single line is longer.
const WINDOW: usize = 1 << 20;
/// No code or link has more bytes than this, however it is wrapped: one that begins further from the end of what is
/// held is there completely.
const LONGEST: usize = 128 << 10;

/// Writes a line of JSON for every code and link in `text`. A line that is neither, nor blank, is refused.
///
/// # Errors
/// Writing fails.
pub fn decode_text(known: Known<'_>, text: &str, output: impl Write) -> io::Result<Tally> {
    decode(known, None, text.as_bytes(), output, |_| {})
}

/// The same for whatever can be read. `progress` is told the bytes read so far.
///
/// # Errors
/// Reading or writing fails.
pub fn decode(
    known: Known<'_>,
    file: Option<&str>,
    mut input: impl Read,
    mut output: impl Write,
    mut progress: impl FnMut(u64),
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    // the number of lines before those that are held
    let (mut held, mut before) = (Vec::new(), 0);
    let (mut window, mut n_read, mut at_start) = (WINDOW, 0, true);
    loop {
        let wanted = window.saturating_sub(held.len()) as u64;
        let n = input.by_ref().take(wanted).read_to_end(&mut held)?;
        let ended = n == 0 && 0 < wanted;
        n_read += n as u64;
        let whole = if ended { held.len() } else { held.iter().rposition(|it| *it == b'\n').map_or(0, |end| end + 1) };
        let text = String::from_utf8_lossy(&held[..whole]);
        let text = if at_start { text.strip_prefix(letters::BYTE_ORDER_MARK).unwrap_or(&text) } else { &text };
        if at_start && whole != 0 && is_file(text) {
            let mut out = Vec::new();
            tally += refuse(&mut out, LinePlace { file, number: &|| 1 }, None, &of_file(1));
            output.write_all(&out)?;
            output.flush()?;
            return Ok(tally);
        }
        let mut found = parts(text);
        let (n, until) = if ended { (found.len(), usize::MAX) } else { complete(&found, text) };
        found.truncate(n);
        let answer = |(line, part): (usize, String)| answered(known, file, before + line, &part);
        let answers: Vec<(Vec<u8>, Tally)> = found.into_par_iter().map(answer).collect();
        for (text, part) in answers {
            output.write_all(&text)?;
            tally += part;
        }
        output.flush()?;
        progress(n_read);
        if ended {
            return Ok(tally);
        }
        // nothing could be answered: there is a line or a code that goes on beyond what is held
        if until <= 1 {
            window *= 2;
            continue;
        }
        let ends = held.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let cut = ends.map(|(at, _)| at + 1).nth(until - 2).unwrap_or(whole);
        held.drain(..cut);
        before += until - 1;
        at_start = false;
    }
}

/// How many of the parts can be answered, and the line from which the text has to be looked at again, from 1.
fn complete(found: &[(usize, String)], text: &str) -> (usize, usize) {
    let mut safe = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(safe) {
        safe -= 1;
    }
    let last = text[..safe].matches('\n').count() + 1;
    let (mut best, mut reaches) = ((0, last.min(found.first().map_or(last, |it| it.0))), 0);
    for (n, (line, part)) in found.iter().enumerate() {
        if last < *line {
            break;
        }
        // no part before this one stands on its line too
        if reaches < *line {
            best = (n, *line);
        }
        reaches = reaches.max(line + part.matches('\n').count());
    }
    best
}

fn answered(known: Known<'_>, file: Option<&str>, line: usize, part: &str) -> (Vec<u8>, Tally) {
    let mut out = Vec::new();
    let opened = if is_file(part) {
        Err(of_file(line))
    } else {
        let wrong = |code, message| LineError { code, path: line.to_string(), message };
        read(known, part).map_err(|why| wrong(why.code(), why.to_string()))
    };
    let tally = match opened {
        Ok(records) => {
            for record in &records {
                let json: Value = record_json(known, record);
                out.extend_from_slice(json.to_string().as_bytes());
                out.push(b'\n');
            }
            Tally::ANSWERED
        }
        Err(error) => refuse(&mut out, LinePlace { file, number: &|| line as u64 }, None, &error),
    };
    (out, tally)
}

fn of_file(line: usize) -> LineError {
    let message = "这是备份文件，请先用 ziping code --encode 变成自评码".to_owned();
    LineError { code: "form", path: line.to_string(), message }
}
