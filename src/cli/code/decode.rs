//! `ziping code` without `--encode`: codes and links as lines of JSON, however many there are. A part of the text is
//! held, and what in it certainly has no more lines is answered.

use std::io::{self, Read, Write};

use rayon::prelude::*;

use crate::carrier::{Known, is_file, parts, read, read_plain};
use crate::letters::{self, line_starts, measured_lines, n_whole};

use super::output::write_record;
use crate::cli::lines::{BYTE_ORDER_MARK, LineError, LinePlace, Tally, refuse};

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
        let whole = if ended { held.len() } else { n_whole(&held) };
        let text = String::from_utf8_lossy(&held[..whole]);
        let text = if at_start { text.strip_prefix(letters::BYTE_ORDER_MARK).unwrap_or(&text) } else { &text };
        if at_start && whole != 0 && is_file(text) {
            let mut out = Vec::new();
            tally += refuse(&mut out, LinePlace { file, number: &|| 1 }, None, &of_file(1));
            output.write_all(&out)?;
            output.flush()?;
            return Ok(tally);
        }
        let plain = plain_codes(known, text, &mut output)?;
        if 0 < plain.lines {
            let mark = if at_start && held.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
            held.drain(..mark + plain.bytes);
            before += plain.lines;
            tally += plain.tally;
            at_start = false;
            output.flush()?;
            progress(n_read);
            continue;
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
        let cut = line_starts(&held[..whole]).nth(until - 2).unwrap_or(whole);
        held.drain(..cut);
        before += until - 1;
        at_start = false;
    }
}

/// What was answered at the beginning of a text.
#[derive(Default)]
struct Plain {
    lines: usize,
    bytes: usize,
    tally: Tally,
}

/// So many lines are answered before they are written, and so many of them by one thread at a time.
const LINES: usize = 4096;
const OF_ONE: usize = 128;

/// Answers the codes at the beginning of a text that stand on lines of their own as they are written here: nothing before
/// or after them can change what they are. The first other line ends this.
fn plain_codes(known: Known<'_>, text: &str, mut output: impl Write) -> io::Result<Plain> {
    let mut plain = Plain::default();
    // nothing behind the last end is no line
    let mut all = measured_lines(text).filter(|it| 0 < it.1).peekable();
    loop {
        let lines: Vec<(&str, usize)> = all.by_ref().take(LINES).collect();
        let answer = |lines: &[(&str, usize)]| {
            let (mut out, mut of_lines) = (Vec::new(), Plain::default());
            for (code, bytes) in lines {
                if !code.is_empty() {
                    let Some(record) = read_plain(known, code) else { break };
                    write_record(known, &record, &mut out);
                    of_lines.tally += Tally::ANSWERED;
                }
                of_lines.lines += 1;
                of_lines.bytes += bytes;
            }
            (out, of_lines)
        };
        let answers: Vec<(Vec<u8>, Plain)> = lines.par_chunks(OF_ONE).map(answer).collect();
        for ((out, part), lines) in answers.into_iter().zip(lines.chunks(OF_ONE)) {
            output.write_all(&out)?;
            plain.lines += part.lines;
            plain.bytes += part.bytes;
            plain.tally += part.tally;
            if part.lines < lines.len() {
                return Ok(plain);
            }
        }
        if all.peek().is_none() {
            return Ok(plain);
        }
    }
}

/// How many of the parts can be answered, and the line from which the text has to be looked at again, from 1.
fn complete(found: &[(usize, String)], text: &str) -> (usize, usize) {
    let mut safe = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(safe) {
        safe -= 1;
    }
    let last = line_starts(&text.as_bytes()[..safe]).count() + 1;
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
                write_record(known, record, &mut out);
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
