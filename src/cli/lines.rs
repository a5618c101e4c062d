//! JSON Lines: one object a line in, one a line out, in the same order; a line that breaks a rule says so and the others
//! go on.

use std::io::{self, BufRead, BufReader, Read, Write};

use serde_json::{Map, Value, json};

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

/// Answers every line of `input`; blank lines are skipped, a byte order mark at the start too. `id` is echoed.
///
/// # Errors
/// Reading or writing fails.
pub fn each_line(
    input: impl Read,
    mut output: impl Write,
    answer: impl Fn(&Map<String, Value>) -> Result<Value, LineError>,
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    let mut first = true;
    while input.read_until(b'\n', &mut line)? != 0 {
        let text = if first { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
        first = false;
        if !text.trim_ascii().is_empty() {
            tally.lines += 1;
            let (id, answered) = match object(text) {
                Ok(object) => (object.get("id").cloned(), answer(&object)),
                Err(error) => (None, Err(error)),
            };
            let mut result = Map::new();
            result.extend(id.map(|it| ("id".to_owned(), it)));
            match answered {
                Ok(Value::Object(answer)) => result.extend(answer),
                Ok(other) => result.extend([("result".to_owned(), other)]),
                Err(LineError { code, path, message }) => {
                    tally.refused += 1;
                    let error = json!({ "code": code, "path": path, "message": message });
                    result.insert("error".to_owned(), error);
                }
            }
            serde_json::to_writer(&mut output, &result)?;
            output.write_all(b"\n")?;
        }
        line.clear();
    }
    output.flush()?;
    Ok(tally)
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
