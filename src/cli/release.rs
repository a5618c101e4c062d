//! What this program is, for whoever compares it with the list of a release: its version and the SHA-256 of its file.

use std::io;

use crate::generate::release::{Hashed, VERSION, release_in_words, shown};
use crate::load::folder;

/// Who made a file: `ziping 版本 0.1.0 · 1a2b3c4d5e6f`, the beginning of the hash that `ziping --version` prints whole.
pub fn made_by() -> String {
    own_hash()
        .map_or_else(|_| format!("ziping {VERSION}"), |hash| format!("ziping {}", release_in_words(&shown(&hash))))
}

/// The first line of `ziping --version`. The second is what `sha256sum` prints about the program's file, so that it can be
/// looked for in SHA256SUMS.
pub fn version() -> String {
    let hash = own_hash().map_or_else(|error| format!("读不到程序文件（{error}）"), |hash| format!("SHA-256 {hash}"));
    format!("ziping {VERSION}\n{hash}\n")
}

fn own_hash() -> io::Result<String> {
    let mut hashed = Hashed::new(io::sink());
    io::copy(&mut folder::own_file()?, &mut hashed)?;
    Ok(hashed.hash())
}
