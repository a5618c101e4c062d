//! The parts of the archives that are made: documents and workbooks.

use std::io::{Cursor, Read};

/// The parts by their names, each read to its end, so that its checksum is verified.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    (0..archive.len())
        .map(|n| {
            let mut part = archive.by_index(n).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("whole, and UTF-8");
            (part.name().expect("a name").into_owned(), text)
        })
        .collect()
}
