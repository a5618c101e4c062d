//! A QR code that a cheap phone reads from a photocopy: up to version 10, correction level M, printed 30 mm wide.

use miniz_oxide::deflate::compress_to_vec_zlib;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::bytes::base64url;
use crate::bytes::crc::crc32;

/// The squares of a QR code, with the quiet zone.
pub struct Qr {
    /// Squares on each side, with the quiet zone of four squares.
    pub side: usize,
    dark: Vec<bool>,
}

const QUIET: usize = 4;
const LARGEST: u8 = 10;
/// Pixels on each side of a square.
const SCALE: usize = 8;

impl Qr {
    /// `None` where the text is longer than version 10-M holds: 213 bytes.
    pub fn of(text: &str) -> Option<Qr> {
        let segments = QrSegment::make_segments(text);
        let code = QrCode::encode_segments_advanced(
            &segments,
            QrCodeEcc::Medium,
            Version::MIN,
            Version::new(LARGEST),
            None,
            false,
        )
        .ok()?;
        let side = usize::try_from(code.size()).ok()? + 2 * QUIET;
        let quiet = QUIET as i32;
        let at = |i: usize| code.get_module((i % side) as i32 - quiet, (i / side) as i32 - quiet);
        Some(Qr { side, dark: (0..side * side).map(at).collect() })
    }

    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x) == Some(&true)
    }

    /// The QR code as a `data:` address with a PNG, which phones save and read after a long press.
    pub fn data_url(&self) -> String {
        let mut text = String::from("data:image/png;base64,");
        text.extend(base64url::encode(&self.png()).chars().map(|letter| match letter {
            '-' => '+',
            '_' => '/',
            other => other,
        }));
        while !(text.len() - "data:image/png;base64,".len()).is_multiple_of(4) {
            text.push('=');
        }
        text
    }

    /// A PNG in black and white, one bit per pixel.
    fn png(&self) -> Vec<u8> {
        let side = self.side * SCALE;
        let mut pixels = Vec::with_capacity(side * (side / 8 + 1));
        for y in 0..side {
            // filter type 0: none
            pixels.push(0);
            // a square is 8 pixels wide, so one byte
            pixels.extend((0..self.side).map(|x| if self.is_dark(x, y / SCALE) { 0 } else { 255 }));
        }
        let [a, b, c, d] = (side as u32).to_be_bytes();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let chunks: [(&[u8; 4], &[u8]); 3] = [
            (b"IHDR", &[a, b, c, d, a, b, c, d, 1, 0, 0, 0, 0]),
            (b"IDAT", &compress_to_vec_zlib(&pixels, 9)),
            (b"IEND", &[]),
        ];
        for (kind, data) in chunks {
            png.extend((data.len() as u32).to_be_bytes());
            let checked = [&kind[..], data].concat();
            png.extend(&checked);
            png.extend(crc32(&checked).to_be_bytes());
        }
        png
    }
}
