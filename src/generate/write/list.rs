//! The list of what the generator wrote into a folder: only what stands in it is ever replaced or removed there.

use std::collections::BTreeMap;

use crate::days;

/// Its name in the folder. Versions that kept no list wrote an empty file of this name.
pub const LIST: &str = ".ziping";
const ABOUT: &str =
    "# ziping build 写下的文件。只有列在这里的，下一次生成才会替换或删除；请勿改动、删除本文件，否则旧文件不会被清理。";

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The hash of its bytes, in hexadecimal.
    pub hash: String,
    /// Since when the site does not need it any more, in days since 1970. Pages that are still open may.
    pub left: Option<u32>,
}

/// Files by their names below the folder, with `/`.
pub type WrittenList = BTreeMap<String, Written>;

/// Reads a list. Lines that cannot be read, or that lead out of the folder, are passed over: what they named stays.
pub fn read(text: &str) -> WrittenList {
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let (hash, name, left) = (parts.next()?, parts.next()?, parts.next());
        let inside = !name.contains(['\\', ':']) && name.split('/').all(|it| !matches!(it, "" | "." | ".."));
        inside.then(|| (name.to_owned(), Written { hash: hash.to_owned(), left: left.and_then(days::read) }))
    };
    text.lines().filter(|it| !it.starts_with('#')).filter_map(line).collect()
}

pub fn print(list: &WrittenList) -> String {
    let mut text = format!("{ABOUT}\n");
    for (name, Written { hash, left }) in list {
        text += &format!("{hash}\t{name}");
        text += &left.map_or(String::new(), |it| format!("\t{}", days::print(it)));
        text.push('\n');
    }
    text
}

/// Is it an asset, whose name holds the hash of its bytes? No other version of it ever has that name, and a page that is
/// open loads it later.
pub fn asset_hash(name: &str) -> Option<&str> {
    let stem = name.strip_prefix("assets/")?.rsplit_once('.')?.0;
    let hash = stem.rsplit_once('-')?.1;
    (hash.len() == 16 && hash.bytes().all(|it| it.is_ascii_hexdigit())).then_some(hash)
}

/// The folders in which a file lies, the outermost first.
pub fn folders_of(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|it| &name[..it.0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let of = |hash: &str, left| Written { hash: hash.to_owned(), left };
        let list: WrittenList = [
            ("assets/app-0123456789abcdef.js".to_owned(), of("0123456789abcdef", Some(20_000))),
            ("notice/某 件/附件 1.docx".to_owned(), of("ff", None)),
        ]
        .into();
        assert_eq!(read(&print(&list)), list);
        assert_eq!(read(&print(&list).replace('\n', "\r\n")), list);
        assert!(read("ff\t../index.html\nff\t/etc/passwd\nff\tC:/x\nff\ta//b\nff\nff\t\n\n").is_empty());
        assert_eq!(asset_hash("assets/app-case-0123456789abcdef.wasm"), Some("0123456789abcdef"));
        assert!(["assets/logo.png", "app-0123456789abcdef.js", "assets/app-012345.js"].map(asset_hash) == [None; 3]);
    }
}
