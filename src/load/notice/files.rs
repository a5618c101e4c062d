//! 附件: the files that are published with a notice. Their names become addresses on hosts of every kind, and what is in
//! them must not run on this site.

use std::collections::BTreeSet;

use crate::notice::{Annex, Annexed, AttachedFile, Block, Inline, Notice, Target, Words};

/// What may be published: forms, tables, scans. Pages and pictures with scripts in them could read what people have
/// stored under the site's address.
const KINDS: [&str; 29] = [
    "doc", "docx", "wps", "rtf", "xls", "xlsx", "et", "csv", "ppt", "pptx", "dps", "pdf", "ofd", "txt", "zip", "rar",
    "7z", "jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp", "mp3", "mp4", "caj", "epub",
];
/// Free hosts refuse larger files, and telephones do not load them.
pub const LARGEST: u64 = 20 * 1024 * 1024;
/// In bytes: file systems know no longer names than 255.
const LONGEST: usize = 180;

/// What editors and systems leave beside the files: never published, and nobody's mistake.
pub fn is_left_behind(name: &str) -> bool {
    name.starts_with(['.', '~']) || ["thumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}

/// What is wrong with a file.
pub fn wrong(file: &AttachedFile) -> Option<String> {
    let AttachedFile { name, size } = file;
    let ending = name.rsplit_once('.').map(|it| it.1.to_ascii_lowercase()).unwrap_or_default();
    if let Some(odd) = name.chars().find(|it| "\\/:*?\"<>|#%&+;".contains(*it) || it.is_control()) {
        return Some(format!("附件的文件名里有 `{}`，有的服务器和 Windows 不能用，请改名", odd.escape_debug()));
    }
    if let Some(odd) = name.chars().find(|it| crate::letters::is_unseen(*it) || *it == '\u{3000}') {
        return Some(format!("附件的文件名里有看不见的字符或全角空格 U+{:04X}，请改名", u32::from(odd)));
    }
    if is_reserved(name) {
        return Some("附件的文件名是 Windows 保留的名称，请改名".to_owned());
    }
    if name.starts_with(' ') || name.contains(" .") || LONGEST < name.len() {
        return Some("附件的文件名太长（最多60个汉字），或开头、扩展名前有空格，请改名".to_owned());
    }
    if !KINDS.contains(&ending.as_str()) {
        return Some(format!("附件不能是 .{ending} 文件，可以用 docx、xlsx、wps、et、pdf、ofd、zip、jpg、png 等"));
    }
    if *size == 0 {
        return Some("附件是空文件，请核对".to_owned());
    }
    (LARGEST < *size).then(|| format!("附件有 {}，最多 {}，请压缩或拆开", sized(*size), sized(LARGEST)))
}

/// Names of devices, which Windows takes for no file whatever their ending.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |rest: &str| matches!(rest.as_bytes(), [digit] if digit.is_ascii_digit());
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || ["COM", "LPT"].iter().any(|it| stem.strip_prefix(it).is_some_and(numbered))
}

/// 2.3 MB, 18 KB: as file managers show it.
pub fn sized(bytes: u64) -> String {
    const KB: u64 = 1024;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..=1_047_552 => format!("{} KB", bytes.div_ceil(KB)),
        _ => format!("{:.1} MB", bytes as f64 / (KB * KB) as f64),
    }
}

/// The file that a link names: `附件1.docx`, `./附件1.docx`, or `notice-2026-3/附件1.docx`, as an editor completes it. `None`
/// where it names something else.
pub fn linked(address: &str, slug: &str) -> Option<String> {
    let address = unescaped(address);
    let name = address.strip_prefix("./").unwrap_or(&address);
    let name = name.strip_prefix(slug).and_then(|it| it.strip_prefix('/')).unwrap_or(name);
    (!name.contains('/') && name.contains('.') && !name.starts_with('.')).then(|| name.to_owned())
}

/// `%20` as a blank, where all of it is text.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|it| str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

/// The files of a notice to which neither its text nor its annexes lead.
pub fn unlinked(notice: &Notice) -> Vec<&AttachedFile> {
    let mut linked = BTreeSet::new();
    let texts = notice.blocks.iter().flat_map(Block::words).chain(&notice.notes).chain(&notice.contact);
    texts.for_each(|words| gather(words, notice, &mut linked));
    let of_annex = |annex: &Annex| match &annex.to {
        Some(Annexed::File(name)) => Some(name.clone()),
        Some(Annexed::Notice(_) | Annexed::Rubric(_)) | None => None,
    };
    linked.extend(notice.annexes.iter().filter_map(of_annex));
    notice.files.iter().filter(|it| !linked.contains(&it.name)).collect()
}

fn gather(words: &Words, notice: &Notice, linked: &mut BTreeSet<String>) {
    for inline in words {
        match inline {
            Inline::Link(Target::Here { path, .. }, _) => {
                linked.extend(path.strip_prefix(&notice.path()).map(str::to_owned))
            }
            Inline::Strong(inner) => gather(inner, notice, linked),
            Inline::Link(..) | Inline::Text(_) | Inline::Note(_) | Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_host() {
        let told = |name: &str, size| wrong(&AttachedFile { name: name.to_owned(), size }).is_some();
        for right in ["附件1.docx", "附件 1：申报表（空白）.xlsx", "form.PDF", "a.b.zip"] {
            assert!(!told(right, 1), "{right}");
        }
        for odd in [
            "a:b.doc",
            "a?.doc",
            "甲#1.docx",
            "100%.xlsx",
            "con.docx",
            "NUL.pdf",
            "com1.doc",
            "a .doc",
            "a",
            "x.html",
            "x.svg",
            "x.js",
            "x.exe",
            "甲\u{200b}.pdf",
        ] {
            assert!(told(odd, 1), "{odd}");
        }
        assert!(told("a.pdf", 0) && told("a.pdf", LARGEST + 1) && told(&format!("{}.pdf", "长".repeat(61)), 1));
        assert_eq!([500, 1024, 20_000, 3_500_000].map(sized), ["500 B", "1 KB", "20 KB", "3.3 MB"]);
        assert!(is_left_behind("~$附件1.docx") && is_left_behind(".DS_Store") && is_left_behind("Thumbs.db"));
    }

    #[test]
    fn a_link_names_a_file_in_several_ways() {
        for written in
            ["附件 1.docx", "./附件 1.docx", "some-1/附件 1.docx", "附件%201.docx", "some-1/%E9%99%84%E4%BB%B6 1.docx"]
        {
            assert_eq!(linked(written, "some-1").as_deref(), Some("附件 1.docx"), "{written}");
        }
        assert_eq!(["other/a.docx", "../a.docx", "附件1"].map(|it| linked(it, "some-1")), [None, None, None]);
    }
}
