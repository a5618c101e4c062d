//! The backup file: every answer in words for a person, and below them complete records for this program.

use std::fmt::{self, Write};

use super::envelope::seal_dossier;
use super::{Damage, Dossier, Envelope, Stamp, open};

/// What a dossier holds, in words.
pub struct About {
    /// 某公司，甲类单位.
    pub title: String,
    /// One line for each sheet, answer and declared row.
    pub lines: Vec<String>,
}

/// What a file holds: the dossiers that open, and what is known of the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backup {
    pub found: Vec<Envelope>,
    /// The records that do not open, in the order of the file.
    pub lost: Vec<LostDossier>,
    /// How many more records the file should have.
    pub missing: usize,
    /// The beginning is cut off, and nothing says how many records there were.
    pub is_headless: bool,
}

/// A record of a file that does not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostDossier {
    /// Its place in the file, from 1.
    pub number: u32,
    /// Its unit as the file says it in words; empty where it does not. Boxed, as a file of damage has millions.
    pub name: Box<str>,
    pub why: Damage,
}

/// Why a file was not opened. Nothing of it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// No record of ours is in it.
    Foreign,
    /// Only `whole` of its `of` records are undamaged.
    Damaged { whole: usize, of: usize },
    /// Its beginning is cut off, and perhaps records with it.
    Headless,
    /// A newer version of this program wrote it.
    Newer,
}

/// How many records there are: before them, and once more behind them, so that neither end is missed unnoticed.
const N_RECORDS: [&str; 2] = ["\"份数\": ", "\"合计\": "];
const RECORDS: &str = "\"档案\"";
/// So many of the records that do not open are named, the others counted.
const MOST_NAMED: usize = 50;
const HEAD: &str = "\"说明\"";
const UNIT: &str = "\"单位\": \"";
const HOW_TO: &str = "职业技能等级评价机构备案自评的备份文件。在本网站“我的自评”里选择“打开备份文件”即可恢复；“内容”供人阅读，“档案”供恢复，请不要改动。";

/// Writes dossiers into one file, each with its words. `date` and `made_by`, the version and hash of the program, are for
/// people.
pub fn write_backup(dossiers: &[(Dossier, About)], date: &str, now: u64, made_by: &str) -> String {
    let (date, made_by) = (plain(date), plain(made_by));
    let mut text = format!("{{\n  \"说明\": \"{HOW_TO}\",\n  \"日期\": \"{date}\",\n  \"程序\": \"{made_by}\",\n");
    let _ = writeln!(text, "  {}{},\n  \"内容\": [", N_RECORDS[0], dossiers.len());
    let comma = |i: usize, of: usize| if i + 1 < of { "," } else { "" };
    for (i, (_, about)) in dossiers.iter().enumerate() {
        let _ = writeln!(text, "    {{\n      {UNIT}{}\",\n      \"填写\": [", plain(&about.title));
        for (n, line) in about.lines.iter().enumerate() {
            let _ = writeln!(text, "        \"{}\"{}", plain(line), comma(n, about.lines.len()));
        }
        let _ = writeln!(text, "      ]\n    }}{}", comma(i, dossiers.len()));
    }
    let _ = writeln!(text, "  ],\n  {RECORDS}: [");
    for (i, (dossier, _)) in dossiers.iter().enumerate() {
        let stamp = Stamp { revision: 1, writer: 0 };
        let record = seal_dossier(stamp, now, 0, dossier);
        let _ = writeln!(text, "    \"{record}\"{}", comma(i, dossiers.len()));
    }
    let _ = writeln!(text, "  ],\n  {}{}\n}}", N_RECORDS[1], dossiers.len());
    text
}

/// Reads the records in a file, whatever else is in it. Returns all of them or none.
///
/// # Errors
/// Why none was taken.
pub fn read_backup(text: &str) -> Result<Vec<Envelope>, NotOpened> {
    let Backup { found, lost, missing, is_headless } = read_in_part(text)?;
    let of = found.len() + lost.len() + missing;
    if lost.iter().any(|it| it.why == Damage::Newer) {
        Err(NotOpened::Newer)
    } else if found.len() < of || of == 0 {
        Err(NotOpened::Damaged { whole: found.len(), of })
    } else if is_headless {
        Err(NotOpened::Headless)
    } else {
        Ok(found)
    }
}

/// Reads record by record: one that does not open is told, and costs no other.
///
/// # Errors
/// There is no file of ours in the text.
pub fn read_in_part(text: &str) -> Result<Backup, NotOpened> {
    // what people write may begin like a record: where there is a list of records, only those in it count
    let list = &text[text.find(RECORDS).unwrap_or_default()..];
    let ours = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    let begins = |at: &usize| !list[..*at].ends_with(ours);
    let whole = |at: usize| list[at..].split(|it| !ours(it)).next().unwrap_or_default();
    let records = list.match_indices("ZP").map(|it| it.0).filter(begins).map(whole).filter(|it| is_record(it));
    let said = N_RECORDS.iter().filter_map(|it| number_behind(text, it)).max();
    let mut backup = Backup::default();
    // what the words of the file call its dossiers, in the same order; without its beginning those of the first are lost
    let mut names = text.split_once(N_RECORDS[0]).map_or("", |it| it.1).split(UNIT).skip(1);
    for (number, record) in (1..).zip(records) {
        let words = names.next();
        match open(record) {
            Ok(envelope) => backup.found.push(envelope),
            Err(why) => {
                backup.lost.push(LostDossier { number, name: words.map(named).unwrap_or_default().into(), why })
            }
        }
    }
    let n = backup.found.len() + backup.lost.len();
    if n == 0 && said.is_none() {
        return Err(NotOpened::Foreign);
    }
    backup.missing = said.unwrap_or_default().saturating_sub(n);
    // a record alone has neither the one nor the other
    let ends = || text.contains(RECORDS) || text.trim_end().ends_with('}');
    backup.is_headless = said.is_none() && !text.contains(HEAD) && ends();
    Ok(backup)
}

fn number_behind(text: &str, words: &str) -> Option<usize> {
    let behind = &text[text.rfind(words)? + words.len()..];
    behind[..behind.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// The name at the beginning of these words of the file.
fn named(words: &str) -> String {
    let name = words.lines().next().unwrap_or_default();
    super::cleaned_text(name.trim_end_matches(['"', ',']).replace("\\\"", "\"").replace("\\\\", "\\"))
}

impl Backup {
    /// What was not opened, each in a sentence without a full stop.
    pub fn lost_in_words(&self) -> Vec<String> {
        let mut all: Vec<String> = self.lost.iter().take(MOST_NAMED).map(LostDossier::to_string).collect();
        if MOST_NAMED < self.lost.len() {
            all.push(format!("另有 {} 份也打不开", self.lost.len() - MOST_NAMED));
        }
        if 0 < self.missing {
            all.push(format!("文件不完整，缺 {} 份", self.missing));
        }
        if self.is_headless {
            all.push("文件开头缺失，可能还少了几份".to_owned());
        }
        all
    }
}

impl fmt::Display for LostDossier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LostDossier { number, name, why } = self;
        write!(f, "第 {number} 份")?;
        if !name.is_empty() {
            write!(f, "（{name}）")?;
        }
        match why {
            Damage::Broken => write!(f, "已损坏"),
            Damage::Newer => write!(f, "由较新版本的程序保存，更新后再打开"),
        }
    }
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
