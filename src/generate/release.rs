//! Which release of the site this is: the version of the program, and a hash that changes with any program, style, datum or
//! word of the site.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::json;
use sha2::{Digest, Sha256};

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The whole hash of every file that the site is made of, by its name below the root: what pages load, and all their words are
/// in that, and what is published with notices. The pages themselves hold this hash, so they cannot be in it.
#[derive(Default)]
pub struct FileHashes(pub BTreeMap<String, String>);

impl FileHashes {
    /// SHA-256 of what `LC_ALL=C sha256sum` prints about these files.
    pub fn of_all(&self) -> String {
        let lines = self.0.iter().map(|(name, hash)| format!("{hash}  {name}\n"));
        hex(&Sha256::digest(lines.collect::<String>()))
    }
}

/// So many letters of a hash are shown: enough to tell any two sites apart, and few enough to read out on the telephone.
const SHOWN: usize = 12;

/// `data-release` of every page.
pub fn shown(hash: &str) -> String {
    format!("{VERSION}-{}", &hash[..SHOWN])
}

/// The same for people, on pages and papers and in files: `版本 0.1.0 · 1a2b3c4d5e6f`. A version may have a hyphen itself.
pub fn release_in_words(release: &str) -> String {
    let (version, hash) = release.rsplit_once('-').unwrap_or((release, ""));
    format!("版本 {version} · {hash}")
}

/// The file `release.json` at the root of the site.
pub fn release_json(hash: &str, editions: &[&str]) -> String {
    format!("{}\n", json!({ "version": VERSION, "hash": hash, "editions": editions }))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A file that is hashed while it is written.
pub struct Hashed<W> {
    file: W,
    hashing: Sha256,
}

impl<W> Hashed<W> {
    pub fn new(file: W) -> Hashed<W> {
        Hashed { file, hashing: Sha256::new() }
    }

    /// Of what was written so far; what comes next is another file.
    pub fn hash(&mut self) -> String {
        hex(&self.hashing.finalize_reset())
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        let n = self.file.write(content)?;
        self.hashing.update(&content[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A hash as it stands in names.
pub fn hash(bytes: &[u8]) -> String {
    short(&hex(&Sha256::digest(bytes))).to_owned()
}

/// Enough of a hash to tell any two files apart.
pub fn short(hash: &str) -> &str {
    &hash[..16]
}
