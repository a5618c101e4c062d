//! The QR code of a link, read as a phone reads it from a photocopy.

use miniz_oxide::inflate::decompress_to_vec_zlib;
use ziping::bytes::base64url;
use ziping::bytes::crc::crc32;
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

/// The chunks of a PNG, each with its kind; a wrong checksum is a failure.
fn chunks(png: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("it begins as every PNG");
    let mut found = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (checked, after) = after.split_at(4 + u32::from_be_bytes(*length) as usize);
        let (sum, after) = after.split_first_chunk::<4>().expect("a checksum");
        assert_eq!(u32::from_be_bytes(*sum), crc32(checked));
        found.push((String::from_utf8_lossy(&checked[..4]).into_owned(), checked[4..].to_vec()));
        rest = after;
    }
    found
}

/// The bytes of a `data:` address, in base64 with all its padding.
fn bytes_of(address: &str) -> Vec<u8> {
    let text = address.strip_prefix("data:image/png;base64,").expect("a PNG");
    let letters = text.trim_end_matches('=');
    assert_eq!((text.len() % 4, text.len().div_ceil(4)), (0, letters.len().div_ceil(4)), "as much padding as needed");
    assert!(letters.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'+' || it == b'/'), "{letters}");
    base64url::decode(&letters.replace('+', "-").replace('/', "_")).expect("base64")
}

/// What a phone saves after a long press: a picture in black and white, eight dots for each side of a square.
#[test]
fn the_picture_shows_every_square_and_is_read() {
    let mut paddings = std::collections::BTreeSet::new();
    for n in [1, 2, 3, 4, 5, 6, 30, 100, 180] {
        let link = format!("https://x.cn/open/#s.{}", &"Ab3-_xYz".repeat(30)[..n]);
        let code = Qr::of(&link).expect("it is short enough");
        let address = code.data_url();
        paddings.insert(address.bytes().rev().take_while(|it| *it == b'=').count());
        let chunks = chunks(&bytes_of(&address));
        let kinds: Vec<&str> = chunks.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(kinds, ["IHDR", "IDAT", "IEND"]);
        let side = code.side * 8;
        let width = u32::try_from(side).expect("small").to_be_bytes();
        // one bit for a dot, grey, and nothing special
        assert_eq!(chunks[0].1, [&width[..], &width, &[1, 0, 0, 0, 0]].concat());
        let lines = decompress_to_vec_zlib(&chunks[1].1).expect("zlib");
        assert_eq!(lines.len(), side * (1 + side / 8));
        let dots: Vec<Vec<u8>> = lines
            .chunks(1 + side / 8)
            .map(|line| {
                assert_eq!(line[0], 0, "no filter");
                (0..side).map(|x| if line[1 + x / 8] >> (7 - x % 8) & 1 == 1 { 255 } else { 0 }).collect()
            })
            .collect();
        for (y, line) in dots.iter().enumerate() {
            for (x, dot) in line.iter().enumerate() {
                assert_eq!(*dot == 0, code.is_dark(x / 8, y / 8), "{x}, {y}");
            }
        }
        assert_eq!(read(&dots).as_deref(), Some(link.as_str()));
    }
    assert_eq!(paddings.into_iter().collect::<Vec<_>>(), [0, 1, 2], "no address of these needs so much");
}
