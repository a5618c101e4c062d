//! A QR code that a cheap telephone reads from a photocopy: up to version 10, correction level M, printed 30 mm wide.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The dark squares of a code, quiet zone included.
pub struct Qr {
    /// Squares on a side, the quiet zone of four included.
    pub side: usize,
    dark: Vec<bool>,
}

const QUIET: usize = 4;
const LARGEST: u8 = 10;

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

    /// One SVG path over all dark squares, in units of a square.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.side {
            let mut x = 0;
            while x < self.side {
                let run = (x..self.side).take_while(|x| self.is_dark(*x, y)).count();
                if 0 < run {
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        path
    }
}
