//! JSON Lines: one object a line in, one a line out, in the same order, however long the input; a line that breaks a
//! rule is answered with an error, and the others go on.
//!
//! `answer_lines` is the engine of every such command: it reads blocks, has the lines of a block answered on all cores,
//! and writes the answers in order. `each_line` is the same for answers that are made from a parsed object.

mod newlines;

use std::cell::OnceCell;
use std::io::{self, Read, Write};
use std::ops::AddAssign;
use std::thread;

use memchr::memchr;
use serde_json::{Map, Value};

pub use super::json::LineError;
use super::json::{id_of, object};
pub use newlines::Newlines;

/// How a run went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: u64,
    pub refused: u64,
}

impl Tally {
    /// One line that was answered.
    pub const ANSWERED: Tally = Tally { lines: 1, refused: 0 };
    /// One line that was refused: the output says why in its place.
    pub const REFUSED: Tally = Tally { lines: 1, refused: 1 };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, part: Tally) {
        self.lines += part.lines;
        self.refused += part.refused;
    }
}

/// Where a line stands. Its number is counted only when somebody asks for it.
#[derive(Clone, Copy)]
pub struct LinePlace<'p> {
    /// Where several files are read.
    pub file: Option<&'p str>,
    /// From 1.
    pub number: &'p dyn Fn() -> u64,
}

/// Answers lines one after the other: it appends to the output and tells whether the line was refused.
pub type Answering<'a> = Box<dyn FnMut(&[u8], LinePlace<'_>, &mut Vec<u8>) -> Tally + 'a>;

/// How many bytes are read before the next results are written.
const BLOCK: usize = 4 << 20;
/// For fewer bytes than these a second thread costs more than it brings.
const SHARE: usize = 128 << 10;
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Has every line of `input` answered; blank lines are skipped, and a byte order mark at the start. `worker` makes the
/// function that answers the lines of one piece: it appends to the output and tells whether the line was refused.
/// `progress` is told the bytes read so far.
///
/// # Errors
/// Reading or writing fails. A line that breaks a rule is no error: its result says so.
pub fn answer_lines<W: FnMut(&[u8], LinePlace<'_>, &mut Vec<u8>) -> Tally>(
    file: Option<&str>,
    input: impl Read,
    mut output: impl Write,
    mut progress: impl FnMut(u64),
    worker: impl Fn() -> W + Sync,
) -> io::Result<Tally> {
    let mut input = Newlines::new(input);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (mut tally, mut n_read, mut n_lines, mut at_start) = (Tally::default(), 0, 0, true);
    let mut pending = Vec::new();
    // the bytes of `pending` in which no line ends
    let mut searched = 0;
    let mut block = vec![0; BLOCK];
    loop {
        let n = match input.read(&mut block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        pending.extend_from_slice(&block[..n]);
        n_read += n as u64;
        if at_start {
            // the three bytes of the mark may arrive in pieces, and it can stand only at the start
            if pending.len() < BYTE_ORDER_MARK.len() && n != 0 {
                continue;
            }
            at_start = false;
            if pending.starts_with(BYTE_ORDER_MARK) {
                pending.drain(..BYTE_ORDER_MARK.len());
            }
        }
        let whole = match n {
            0 => pending.len(),
            _ => pending[searched..].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| searched + end + 1),
        };
        for Answered { text, tally: part, n_lines: n } in
            in_parallel(file, n_lines, &pending[..whole], threads, &worker)
        {
            output.write_all(&text)?;
            tally += part;
            n_lines += n;
        }
        output.flush()?;
        pending.drain(..whole);
        searched = pending.len();
        progress(n_read);
        if n == 0 {
            return Ok(tally);
        }
    }
}

/// What became of a piece.
struct Answered {
    text: Vec<u8>,
    tally: Tally,
    /// All of its lines, also the blank ones.
    n_lines: u64,
}

/// Answers whole lines, in pieces side by side; the pieces come back in order. `before` lines came before these.
fn in_parallel<W: FnMut(&[u8], LinePlace<'_>, &mut Vec<u8>) -> Tally>(
    file: Option<&str>,
    before: u64,
    lines: &[u8],
    threads: usize,
    worker: &(impl Fn() -> W + Sync),
) -> Vec<Answered> {
    let share = (lines.len() / threads).max(SHARE);
    let mut pieces = Vec::new();
    let mut rest = lines;
    while share < rest.len() {
        let Some(end) = rest[share..].iter().position(|byte| *byte == b'\n') else { break };
        let (piece, after) = rest.split_at(share + end + 1);
        pieces.push(piece);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    if let [only] = pieces[..] {
        return vec![answer_piece(file, only, || before, worker())];
    }
    thread::scope(|scope| {
        let mut start = 0;
        let mut running = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let earlier = &lines[..start];
            start += piece.len();
            let n_before = move || before + earlier.iter().filter(|byte| **byte == b'\n').count() as u64;
            running.push(scope.spawn(move || answer_piece(file, piece, n_before, worker())));
        }
        running.into_iter().map(|thread| thread.join().expect("answering does not panic")).collect()
    })
}

fn answer_piece(
    file: Option<&str>,
    piece: &[u8],
    n_before: impl Fn() -> u64,
    mut answer: impl FnMut(&[u8], LinePlace<'_>, &mut Vec<u8>) -> Tally,
) -> Answered {
    let mut text = Vec::with_capacity(piece.len() * 2);
    let (mut tally, mut n_lines) = (Tally::default(), 0);
    let before = OnceCell::new();
    let mut rest = piece;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let line = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        n_lines += 1;
        if !line.trim_ascii().is_empty() {
            let number = || before.get_or_init(&n_before) + n_lines;
            tally += answer(line, LinePlace { file, number: &number }, &mut text);
        }
    }
    Answered { text, tally, n_lines }
}

/// Answers every object of `input` with another one, which begins with the same `id`.
///
/// # Errors
/// Reading or writing fails.
pub fn each_line(
    input: impl Read,
    output: impl Write,
    answer: impl Fn(&Map<String, Value>) -> Result<Value, LineError> + Sync,
) -> io::Result<Tally> {
    answer_lines(
        None,
        input,
        output,
        |_| {},
        || |line: &[u8], place: LinePlace<'_>, out: &mut Vec<u8>| answer_object(&answer, line, place, out),
    )
}

/// Answers one line as [`each_line`] does.
pub fn answer_object(
    answer: impl Fn(&Map<String, Value>) -> Result<Value, LineError>,
    line: &[u8],
    place: LinePlace<'_>,
    out: &mut Vec<u8>,
) -> Tally {
    match object(line).and_then(|object| Ok((answer(&object)?, object))) {
        Ok((answer, object)) => {
            let id = object.get("id").cloned();
            let mut result: Map<_, _> = id.map(|id| ("id".to_owned(), id)).into_iter().collect();
            match answer {
                Value::Object(answer) => result.extend(answer),
                other => result.extend([("result".to_owned(), other)]),
            }
            out.extend_from_slice(Value::Object(result).to_string().as_bytes());
            out.push(b'\n');
            Tally::ANSWERED
        }
        Err(error) => refuse(out, place, id_of(line), &error),
    }
}

/// Writes `{"id": …, "error": {"code", "path", "message"}, "line": …}`, with the `id` as the line has it, and with the
/// name of the file where there are several.
pub fn refuse(out: &mut Vec<u8>, place: LinePlace<'_>, id: Option<&str>, error: &LineError) -> Tally {
    let LineError { code, path, message } = error;
    out.push(b'{');
    write_id(out, id);
    let (path, message) = (quoted(path), quoted(message));
    let error = format!("\"error\":{{\"code\":\"{code}\",\"path\":{path},\"message\":{message}}},");
    out.extend_from_slice(error.as_bytes());
    if let Some(file) = place.file {
        out.extend_from_slice(format!("\"file\":{},", quoted(file)).as_bytes());
    }
    out.extend_from_slice(format!("\"line\":{}}}\n", (place.number)()).as_bytes());
    Tally::REFUSED
}

/// `"id":7,`, where the line has one.
pub fn write_id(out: &mut Vec<u8>, id: Option<&str>) {
    if let Some(id) = id {
        out.extend_from_slice(b"\"id\":");
        out.extend_from_slice(id.as_bytes());
        out.push(b',');
    }
}

/// A text as JSON, behind what is there.
pub fn write_quoted(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|it| matches!(it, b' '..=b'~') && it != b'"' && it != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(quoted(text).as_bytes());
    }
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is always JSON")
}
