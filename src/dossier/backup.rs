//! The backup file: every answer in words for a person, and below them complete records for this program.

use std::fmt::Write;

use super::envelope::seal_dossier;
use super::{Damage, Dossier, Envelope, Stamp, open};

/// What a dossier holds, in words.
pub struct About {
    /// 某公司，用人单位.
    pub title: String,
    /// One line for each sheet, answer and declared row.
    pub lines: Vec<String>,
}

/// Why a file was not opened. Nothing of it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// No record of ours is in it.
    Foreign,
    /// Only `whole` of its `of` records are undamaged.
    Damaged { whole: usize, of: usize },
    /// A newer version of this program wrote it.
    Newer,
}

const N_RECORDS: &str = "\"份数\": ";
const HOW_TO: &str = "职业技能等级评价机构备案自评的备份文件。在本网站“我的自评”里选择“打开备份文件”即可恢复；“内容”供人阅读，“档案”供恢复，请不要改动。";

/// Writes dossiers into one file, each with its words. `date` and `made_by`, the version and hash of the program, are for
/// people.
pub fn write_backup(dossiers: &[(Dossier, About)], date: &str, now: u64, made_by: &str) -> String {
    let (date, made_by) = (plain(date), plain(made_by));
    let mut text = format!("{{\n  \"说明\": \"{HOW_TO}\",\n  \"日期\": \"{date}\",\n  \"程序\": \"{made_by}\",\n");
    let _ = writeln!(text, "  {N_RECORDS}{},\n  \"内容\": [", dossiers.len());
    let comma = |i: usize, of: usize| if i + 1 < of { "," } else { "" };
    for (i, (_, about)) in dossiers.iter().enumerate() {
        let _ = writeln!(text, "    {{\n      \"单位\": \"{}\",\n      \"填写\": [", plain(&about.title));
        for (n, line) in about.lines.iter().enumerate() {
            let _ = writeln!(text, "        \"{}\"{}", plain(line), comma(n, about.lines.len()));
        }
        let _ = writeln!(text, "      ]\n    }}{}", comma(i, dossiers.len()));
    }
    let _ = writeln!(text, "  ],\n  \"档案\": [");
    for (i, (dossier, _)) in dossiers.iter().enumerate() {
        let stamp = Stamp { revision: 1, writer: 0 };
        let record = seal_dossier(stamp, now, 0, dossier);
        let _ = writeln!(text, "    \"{record}\"{}", comma(i, dossiers.len()));
    }
    text.push_str("  ]\n}\n");
    text
}

/// Reads the records in a file, whatever else is in it. Returns all of them or none.
///
/// # Errors
/// Why none was taken.
pub fn read_backup(text: &str) -> Result<Vec<Envelope>, NotOpened> {
    let ours = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    let records = text.split(|it| !ours(it)).filter(|it| is_record(it));
    let opened: Vec<Result<Envelope, Damage>> = records.map(open).collect();
    let said = text.split_once(N_RECORDS).map(|it| it.1.chars().take_while(char::is_ascii_digit).collect::<String>());
    let said = said.and_then(|it| it.parse::<usize>().ok());
    if opened.is_empty() && said.is_none() {
        return Err(NotOpened::Foreign);
    }
    if opened.iter().any(|it| matches!(it, Err(Damage::Newer))) {
        return Err(NotOpened::Newer);
    }
    let of = said.unwrap_or_default().max(opened.len());
    let whole: Vec<Envelope> = opened.into_iter().filter_map(Result::ok).collect();
    if whole.len() == of && 0 < of { Ok(whole) } else { Err(NotOpened::Damaged { whole: whole.len(), of }) }
}

/// How a dossier of a file stands to those that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupBeside {
    /// Nothing like it is here.
    New,
    /// The very same is here.
    Same,
    /// One of the same applicant is here, saved before the file was written.
    Newer,
    /// One of the same applicant is here, saved after the file was written.
    Older,
}

/// Compares a dossier of a file with those that are here. Those in the bin do not count.
pub fn beside(here: &[Envelope], found: &Envelope) -> BackupBeside {
    let bare = |it: &Dossier| Dossier { binned: None, ..it.clone() };
    let new = bare(&found.dossier);
    if here.iter().any(|it| bare(&it.dossier) == new) {
        return BackupBeside::Same;
    }
    let named = |listed: &&Envelope| {
        let old = &listed.dossier;
        !new.unit.is_empty() && (&old.unit, old.applicant, &old.edition) == (&new.unit, new.applicant, &new.edition)
    };
    // of several, the one that was saved last
    match here.iter().filter(named).map(|it| it.written).max() {
        None => BackupBeside::New,
        Some(written) if found.written < written => BackupBeside::Older,
        Some(_) => BackupBeside::Newer,
    }
}

/// `ZP2.7…`
fn is_record(text: &str) -> bool {
    let after = text.strip_prefix("ZP").and_then(|it| it.split_once('.'));
    after.is_some_and(|(version, _)| !version.is_empty() && version.bytes().all(|it| it.is_ascii_digit()))
}

/// Text inside JSON quotes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
