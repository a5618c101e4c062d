//! The file of this program itself.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the disk for reading")]

use std::fs::File;
use std::io;

/// # Errors
/// The system does not say where it lies, or it cannot be read there any more.
pub fn own_file() -> io::Result<File> {
    File::open(std::env::current_exe()?)
}
