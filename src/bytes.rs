//! 字节: how values, checksums and letters are turned into bytes and back. It knows nothing of what they mean.

pub mod base64url;
pub mod bits;
pub mod crc;
pub mod wire;
