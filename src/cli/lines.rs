//! JSON Lines: one object a line in, one a line out, in the same order, however long the input; a line that breaks a
//! rule is answered with an error, and the others go on.
//!
//! `answer_lines` is the engine of every such command: it reads blocks, has the lines of a block answered on all cores,
//! and writes the answers in order. `each_line` is the same for answers that are made from a parsed object.

use std::io::{self, Read, Write};
use std::ops::AddAssign;
use std::thread;

use serde_json::{Map, Value};

/// What is wrong with a line: a word for programs, the place in the line, a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    pub code: &'static str,
    pub path: String,
    pub message: String,
}

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
pub fn answer_lines<W: FnMut(&[u8], &mut Vec<u8>) -> Tally>(
    mut input: impl Read,
    mut output: impl Write,
    mut progress: impl FnMut(u64),
    worker: impl Fn() -> W + Sync,
) -> io::Result<Tally> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (mut tally, mut n_read, mut at_start) = (Tally::default(), 0, true);
    let mut pending = Vec::new();
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
            _ => pending.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1),
        };
        for (answers, part) in in_parallel(&pending[..whole], threads, &worker) {
            output.write_all(&answers)?;
            tally += part;
        }
        output.flush()?;
        pending.drain(..whole);
        progress(n_read);
        if n == 0 {
            return Ok(tally);
        }
    }
}

/// Answers whole lines, in pieces side by side; the pieces come back in order.
fn in_parallel<W: FnMut(&[u8], &mut Vec<u8>) -> Tally>(
    lines: &[u8],
    threads: usize,
    worker: &(impl Fn() -> W + Sync),
) -> Vec<(Vec<u8>, Tally)> {
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
        return vec![answer_piece(only, worker())];
    }
    thread::scope(|scope| {
        let start = |piece| scope.spawn(move || answer_piece(piece, worker()));
        let running: Vec<_> = pieces.into_iter().map(start).collect();
        running.into_iter().map(|thread| thread.join().expect("answering does not panic")).collect()
    })
}

fn answer_piece(lines: &[u8], mut answer: impl FnMut(&[u8], &mut Vec<u8>) -> Tally) -> (Vec<u8>, Tally) {
    let mut out = Vec::with_capacity(lines.len() * 2);
    let mut tally = Tally::default();
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        tally += answer(line, &mut out);
    }
    (out, tally)
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
    let answer = &answer;
    let worker = || {
        move |line: &[u8], out: &mut Vec<u8>| {
            let object = object(line);
            let id = object.as_ref().ok().and_then(|object| object.get("id")).cloned();
            match object.and_then(|object| answer(&object)) {
                Ok(answer) => {
                    let mut result: Map<_, _> = id.map(|id| ("id".to_owned(), id)).into_iter().collect();
                    match answer {
                        Value::Object(answer) => result.extend(answer),
                        other => result.extend([("result".to_owned(), other)]),
                    }
                    out.extend_from_slice(Value::Object(result).to_string().as_bytes());
                    out.push(b'\n');
                    Tally::ANSWERED
                }
                Err(error) => refuse(out, id.map(|id| id.to_string()).as_deref(), &error),
            }
        }
    };
    answer_lines(input, output, |_| {}, worker)
}

fn object(line: &[u8]) -> Result<Map<String, Value>, LineError> {
    let refused = |message: String| LineError { code: "json", path: String::new(), message };
    let read = serde_json::from_slice(line)
        .map_err(|error| refused(format!("这一行不是正确的 JSON，第 {} 个字节处出错", error.column())))?;
    match read {
        Value::Object(object) => Ok(object),
        _ => Err(refused("这一行应是一个 JSON 对象，写在花括号里".to_owned())),
    }
}

/// Writes `{"id": …, "error": {"code", "path", "message"}}`, with the `id` as the line has it.
pub fn refuse(out: &mut Vec<u8>, id: Option<&str>, error: &LineError) -> Tally {
    let LineError { code, path, message } = error;
    out.push(b'{');
    write_id(out, id);
    let (path, message) = (quoted(path), quoted(message));
    let error = format!("\"error\":{{\"code\":\"{code}\",\"path\":{path},\"message\":{message}}}}}\n");
    out.extend_from_slice(error.as_bytes());
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

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is always JSON")
}
