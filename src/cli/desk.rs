//! `ziping desk`: files full of codes, links and backups in, one table out; what was refused on standard error.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::desk::{Desk, Filter, Repeat};
use crate::spreadsheet::{csv, xlsx};

use crate::generate::write;
use crate::load::Loaded;
use crate::load::decoded::decoded;

use super::ends::{DataOut, is_standard};
use super::lines::Tally;
use super::release::made_by;
use super::teller::Teller;

/// What the table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    /// By the ending of the file's name; CSV for standard output. `None` for any other ending.
    pub fn of(out: Option<&Path>) -> Option<Format> {
        let Some(path) = out else { return Some(Format::Csv) };
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "xlsx" => Some(Format::Xlsx),
            _ => None,
        }
    }
}

/// Puts all files on one desk; `-` is standard input.
///
/// # Errors
/// A file that cannot be read.
pub fn read_files(loaded: &Loaded, files: &[PathBuf], teller: Teller) -> Result<Desk> {
    let marks = loaded.marks();
    let known = loaded.known(&marks);
    let mut desk = Desk::default();
    teller.each_raw(files, |_, mut input, progress| {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let source = match input.path.file_name() {
            Some(name) if !is_standard(&input.path) => name.to_string_lossy().into_owned(),
            _ => input.name(),
        };
        desk.add(&source, &decoded(&bytes));
        desk.step(known, usize::MAX);
        progress(bytes.len() as u64);
        Ok(Tally::default())
    })?;
    Ok(desk)
}

/// Writes the table of everything on the desk, or of the newest of everything, into a file or to standard output.
///
/// # Errors
/// It cannot be written; a file that stood there before is still there.
pub fn write_table(loaded: &Loaded, desk: &Desk, newest: bool, format: Format, out: Option<&Path>) -> Result<()> {
    let shown = desk.shown(&Filter { newest, ..Filter::default() });
    let bytes = match format {
        Format::Csv => csv(&desk.summary_table(&shown)).into_bytes(),
        Format::Xlsx => xlsx(&desk.tables(loaded.known(&loaded.marks()), &shown), &made_by()),
    };
    match out {
        Some(path) => write::file(path, &bytes),
        None => Ok(DataOut::whole(&bytes)?),
    }
}

/// How many of everything there are, and each refused piece with its reason.
pub fn summary(desk: &Desk) -> String {
    let (mut same, mut versions) = (0, 0);
    for repeat in desk.repeats() {
        match repeat {
            Repeat::Same(_) => same += 1,
            Repeat::Versions { .. } => versions += 1,
        }
    }
    let mut words = format!(
        "{} 份记录，{} 张自评表；相同的 {same} 组，另有版本的 {versions} 组；未能打开 {} 条\n",
        desk.n_records,
        desk.entries.len(),
        desk.unopened.len(),
    );
    for unopened in &desk.unopened {
        let begins =
            if unopened.beginning.is_empty() { String::new() } else { format!("（{}）", unopened.beginning) };
        words.push_str(&format!("  {} {}：{}{begins}\n", unopened.from.source, unopened.from, unopened.reason));
    }
    words
}
