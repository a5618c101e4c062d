//! The tail comes after the number and holds what has no fixed size: unusual values and texts, compressed where that is
//! shorter.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// A tail never unpacks to more bytes than this, whatever it claims.
const MOST: usize = 64 << 10;
/// The highest compression level there is, because a tail is small.
const LEVEL: u8 = 10;

/// The tail compressed (raw deflate), where that is shorter.
pub fn squeeze(tail: &[u8]) -> Option<Vec<u8>> {
    Some(compress_to_vec(tail, LEVEL)).filter(|it| it.len() < tail.len())
}

/// `None` where it is damaged, or more than 64 KiB.
pub fn expand(squeezed: &[u8]) -> Option<Vec<u8>> {
    decompress_to_vec_with_limit(squeezed, MOST).ok()
}
