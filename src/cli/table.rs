//! Lines as JSON Lines or as CSV, in and out, whichever somebody has: a row of a table is read as the line of JSON that
//! says the same, and the answer is laid out flat.

mod columns;
mod flat;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::Result;
use csv::{ByteRecord, ReaderBuilder};
use rayon::prelude::*;

use super::arguments::{LineArguments, LineFormat};
use super::ends::{DataOut, all_there};
use super::lines::{Answering, LineError, LinePlace, Newlines, Tally, answer_lines, refuse};
use super::teller::Teller;

pub use columns::Columns;
use columns::{Heading, names_delimiter, unmarked};
use flat::Flat;

/// How many rows are answered before they are written.
const ROWS: usize = 4096;
/// How many rows one processor takes at a time.
const SHARE: usize = 128;

/// Answers all lines of all files.
///
/// # Errors
/// Reading or writing fails.
pub fn answer<'a>(
    lines: &LineArguments,
    teller: Teller,
    columns: Columns<'_>,
    worker: impl Fn() -> Answering<'a> + Sync,
) -> Result<Tally> {
    let files = all_there(&lines.files)?;
    let asked = if lines.csv { Some(LineFormat::Csv) } else { lines.format };
    let tables = files.iter().all(|path| is_table(path));
    let is_flat = asked.map_or(tables, |it| it == LineFormat::Csv);
    let mut output = DataOut::new();
    // the columns of the answer are known once the first heading is read
    let mut flat = None;
    teller.each(&files, |file, input, progress| {
        let may_be_table = is_table(&input.path) || asked == Some(LineFormat::Csv);
        let mut input = BufReader::new(Newlines::new(input));
        let first = first_lines(&mut input)?;
        let is_csv = may_be_table && !unmarked(&first).trim_ascii_start().starts_with(b"{");
        let heading = is_csv.then(|| Heading::read(&first, columns));
        if is_flat && flat.is_none() {
            let one = heading.as_ref().and_then(|it| it.as_ref().ok()).filter(|_| files.len() == 1);
            let fresh = Flat::new(columns, one, 1 < files.len());
            output.write_all(&fresh.heading())?;
            flat = Some(fresh);
        }
        let flat = flat.as_ref();
        let rest = (&first[..]).chain(input);
        Ok(match heading {
            None => answer_lines(file, rest, &mut output, progress, || laid_out(worker(), flat))?,
            Some(Err(error)) => {
                let mut out = Vec::new();
                let tally = refuse_row(flat, LinePlace { file, number: &|| 1 }, &error, &mut out);
                output.write_all(&out)?;
                output.flush()?;
                tally
            }
            Some(Ok(heading)) => {
                if !heading.unused.is_empty() {
                    teller.say(format!("没有用到的列：{}", heading.unused.join("、")));
                }
                answer_rows(file, &heading, flat, rest, &mut output, progress, &worker)?
            }
        })
    })
}

/// Answers one table as a table, whatever its name.
///
/// # Errors
/// Reading or writing fails.
pub fn answer_table<'a>(
    columns: Columns<'_>,
    input: impl Read,
    mut output: impl Write,
    worker: impl Fn() -> Answering<'a> + Sync,
) -> Result<Tally> {
    let mut input = BufReader::new(Newlines::new(input));
    let first = first_lines(&mut input)?;
    let heading = Heading::read(&first, columns);
    let flat = Flat::new(columns, heading.as_ref().ok(), false);
    output.write_all(&flat.heading())?;
    match heading {
        Ok(heading) => answer_rows(None, &heading, Some(&flat), (&first[..]).chain(input), output, |_| {}, &worker),
        Err(error) => {
            let mut out = Vec::new();
            let tally = refuse_row(Some(&flat), LinePlace { file: None, number: &|| 1 }, &error, &mut out);
            output.write_all(&out)?;
            Ok(tally)
        }
    }
}

/// By its name.
fn is_table(path: &Path) -> bool {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    ["csv", "tsv"].iter().any(|it| ending.eq_ignore_ascii_case(it))
}

/// The lines up to the first one that is not blank and does not only name the delimiter.
fn first_lines(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    while unmarked(&lines).trim_ascii().is_empty() && input.read_until(b'\n', &mut lines)? != 0 {}
    if names_delimiter(&lines) {
        input.read_until(b'\n', &mut lines)?;
    }
    Ok(lines)
}

/// Lays the answers out, where that is wanted.
fn laid_out<'w>(mut answer: Answering<'w>, flat: Option<&'w Flat>) -> Answering<'w> {
    let Some(flat) = flat else { return answer };
    let mut json = Vec::new();
    Box::new(move |line, place, out| {
        json.clear();
        let tally = answer(line, place, &mut json);
        flat.write(&json, out);
        tally
    })
}

/// Refuses what cannot be turned into JSON at all.
fn refuse_row(flat: Option<&Flat>, place: LinePlace<'_>, error: &LineError, out: &mut Vec<u8>) -> Tally {
    let mut json = Vec::new();
    let tally = refuse(&mut json, place, None, error);
    match flat {
        Some(flat) => flat.write(&json, out),
        None => out.append(&mut json),
    }
    tally
}

/// Answers the rows of a table in their order.
fn answer_rows<'w>(
    file: Option<&str>,
    heading: &Heading,
    flat: Option<&Flat>,
    input: impl Read,
    mut output: impl Write,
    mut progress: impl FnMut(u64),
    worker: &(impl Fn() -> Answering<'w> + Sync),
) -> Result<Tally> {
    // so that the last row ends as all do
    let input = input.chain(&b"\n"[..]);
    let table = ReaderBuilder::new().delimiter(heading.delimiter).flexible(true).has_headers(false).from_reader(input);
    let (mut table, mut row, mut tally) = (table, ByteRecord::new(), Tally::default());
    for _ in 0..heading.lines {
        table.read_byte_record(&mut row)?;
    }
    loop {
        let mut held = Vec::new();
        let mut ended = false;
        while held.len() < ROWS && !ended {
            ended = !table.read_byte_record(&mut row)?;
            if !ended && row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                // its position is before the blank lines that were passed over
                let own = 1 + row.as_slice().iter().filter(|it| **it == b'\n').count() as u64;
                let from = row.position().map_or(0, csv::Position::line);
                let line = from + (table.position().line() - from).saturating_sub(own);
                held.push((line, heading.line(&row)));
            }
        }
        let answered = |rows: &[(u64, Result<Vec<u8>, LineError>)]| {
            let (mut answer, mut out, mut tally) = (laid_out(worker(), flat), Vec::new(), Tally::default());
            for (line, json) in rows {
                let place = LinePlace { file, number: &|| *line };
                tally += match json {
                    Ok(json) => answer(json, place, &mut out),
                    Err(error) => refuse_row(flat, place, error, &mut out),
                };
            }
            (out, tally)
        };
        for (out, part) in held.par_chunks(SHARE).map(answered).collect::<Vec<_>>() {
            output.write_all(&out)?;
            tally += part;
        }
        output.flush()?;
        progress(table.position().byte());
        if ended {
            return Ok(tally);
        }
    }
}
