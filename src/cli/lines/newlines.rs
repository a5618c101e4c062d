//! A file with a LF at the end of each line, whichever of LF, CR and CR LF it has.

use std::io::{self, Read};

use memchr::memchr;

use crate::letters::even_ends;

/// Reads a file so that no reader behind this has to know other ends of lines than LF.
pub struct Newlines<R> {
    from: R,
    after_cr: bool,
}

impl<R> Newlines<R> {
    pub fn new(from: R) -> Newlines<R> {
        Newlines { from, after_cr: false }
    }
}

impl<R: Read> Read for Newlines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.from.read(buffer)?;
            // most files have no CR, which is seen many bytes at a time
            let is_even = !self.after_cr && memchr(b'\r', &buffer[..n]).is_none();
            let left = if is_even { n } else { even_ends(&mut buffer[..n], &mut self.after_cr) };
            // nothing left of something is not the end
            if 0 < left || n == 0 {
                return Ok(left);
            }
        }
    }
}
