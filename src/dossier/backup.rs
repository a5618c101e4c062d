//! The backup file: readable at the top for a person, and whole records below for this program.

use std::fmt::Write;

use super::{Damage, Dossier, Envelope, open, seal};

/// Writes dossiers into one file. `about` says in a line what each one holds.
pub fn write_backup(dossiers: &[Dossier], about: impl Fn(&Dossier) -> String, now: u64) -> String {
    let mut text = String::from(
        "{\n  \"说明\": \"职业技能等级评价机构备案自评的备份文件。在本网站“我的自评”里选择“打开备份文件”即可恢复。\",\n",
    );
    let _ = writeln!(text, "  \"内容\": [");
    for (i, it) in dossiers.iter().enumerate() {
        let comma = if i + 1 < dossiers.len() { "," } else { "" };
        let _ = writeln!(text, "    \"{}\"{comma}", plain(&about(it)));
    }
    let _ = writeln!(text, "  ],\n  \"档案\": [");
    for (i, it) in dossiers.iter().enumerate() {
        let comma = if i + 1 < dossiers.len() { "," } else { "" };
        let record = seal(&Envelope { revision: 1, written: now, dossier: it.clone() });
        let _ = writeln!(text, "    \"{record}\"{comma}");
    }
    text.push_str("  ]\n}\n");
    text
}

/// Finds the records in a file, whatever stands around them.
///
/// # Errors
/// The first record that cannot be opened; `Broken` also where there is none.
pub fn read_backup(text: &str) -> Result<Vec<Dossier>, Damage> {
    let ours = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    let records = text.split(|it| !ours(it)).filter(|it| it.starts_with("ZP") && it.bytes().any(|it| it == b'.'));
    let mut dossiers = Vec::new();
    for record in records {
        dossiers.push(open(record)?.dossier);
    }
    if dossiers.is_empty() { Err(Damage::Broken) } else { Ok(dossiers) }
}

/// Text inside JSON quotes.
fn plain(text: &str) -> String {
    text.chars().map(|it| if it == '"' || it == '\\' || it.is_control() { ' ' } else { it }).collect()
}
