//! What workbooks and their worksheets are called.

use crate::days;
use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Edition, Rubric};

/// The most characters of a worksheet's name.
const MOST: usize = 31;
/// The most characters of a part of a file's name.
const MOST_OF_NAME: usize = 60;

/// A name for each sheet of a dossier that no other worksheet has: 附件2 车工, 附件2 车工 2.
pub fn sheet_names(sheets: &[Sheet], occupation: impl Fn(&Sheet) -> String) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let plain = |it: &char| !it.is_control() && !"[]:*?/\\'".contains(*it);
        let occupation: String = occupation(sheet).trim().chars().filter(plain).take(MOST - 10).collect();
        let name = format!("附件{} {occupation}", sheet.annex).trim().to_owned();
        let taken = |name: &String| names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
        let numbered = (2..).map(|n: u32| format!("{name} {n}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|it| !taken(it));
        names.push(free.unwrap_or(name));
    }
    names
}

/// `附件2-车工-自评-20261128`, without what Windows does not allow in a file's name.
pub fn workbook_name(rubric: &Rubric, sheet: &Sheet, day: Option<u32>) -> String {
    let part = match sheet.occupation(rubric) {
        Some("") | None => &rubric.part_name,
        Some(name) => name,
    };
    dated(&format!("附件{}-{}", rubric.annex, file_name(part)), day)
}

/// `某公司-自评-20261128`.
pub fn dossier_name(edition: &Edition, dossier: &Dossier, day: Option<u32>) -> String {
    let unit = if dossier.unit.is_empty() { &edition.kind(dossier.applicant).label } else { &dossier.unit };
    dated(&file_name(unit), day)
}

fn dated(name: &str, day: Option<u32>) -> String {
    let day = day.map_or(String::new(), |it| format!("-{}", days::print(it).split('-').collect::<String>()));
    format!("{name}-自评{day}")
}

/// A part of a file's name without what Windows does not allow in one.
pub fn file_name(text: &str) -> String {
    let refused = |it: char| it.is_control() || matches!(it, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = text.chars().map(|it| if refused(it) { '_' } else { it }).take(MOST_OF_NAME).collect();
    let name = name.trim().trim_end_matches('.').to_owned();
    if name.is_empty() { "_".to_owned() } else { name }
}
