//! 字节: how values, checksums and texts of letters become bytes and come back. Knows nothing of what they mean.

pub mod base64url;
pub mod bits;
pub mod crc;
pub mod wire;
