//! The QR code of a link, read as a phone reads it from a photocopy.

use ziping::carrier::Qr;

const MILLIMETRES: f64 = 30.0;
const DOTS_PER_MILLIMETRE: f64 = 150.0 / 25.4;

/// A QR code 30 mm wide, scanned at 150 dpi: each dot is black or white, whichever covers most of it.
fn photocopy(code: &Qr) -> Vec<Vec<u8>> {
    let scale = (code.side - 8) as f64 / (MILLIMETRES * DOTS_PER_MILLIMETRE);
    let side = (code.side as f64 / scale) as usize;
    let at = |dot: usize, off: f64| ((dot as f64 + off) * scale) as usize;
    let dot = |x: usize, y: usize| {
        let covered = [(0.1, 0.5), (0.9, 0.5), (0.5, 0.1), (0.5, 0.9), (0.5, 0.5)];
        let n_dark = covered.iter().filter(|off| code.is_dark(at(x, off.0), at(y, off.1))).count();
        if 2 < n_dark { 0 } else { 255 }
    };
    (0..side).map(|y| (0..side).map(|x| dot(x, y)).collect()).collect()
}

fn read(dots: &[Vec<u8>]) -> Option<String> {
    let side = dots.len();
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| dots[y][x]);
    image.detect_grids().first().and_then(|it| it.decode().ok()).map(|it| it.1)
}

#[test]
fn every_size_is_read_off_a_photocopy() {
    let mut sides = Vec::new();
    for n in [10, 60, 100, 140, 180, 213] {
        let link = format!("https://x.cn/open/#s.{}", "Ab3-_xYz".repeat(30));
        let link = &link[..n.max(21)];
        let code = Qr::of(link).expect("it is short enough");
        sides.push(code.side);
        assert_eq!(read(&photocopy(&code)).as_deref(), Some(link), "{} squares", code.side);
    }
    assert_eq!(sides.last(), Some(&(57 + 8)), "version 10 is the largest");
    let too_long = format!("https://x.cn/open/#s.{}", "A".repeat(193));
    assert!(Qr::of(&too_long).is_none(), "{} bytes", too_long.len());
}
