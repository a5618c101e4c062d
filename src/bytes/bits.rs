//! 位: bytes as pieces of fewer bits, the highest bits first; a letter holds one piece.

/// Cuts bytes into pieces of `width` bits, from 1 to 8. The last piece is filled up with zeros.
pub fn cut(bytes: &[u8], width: u32) -> Vec<u8> {
    let mut pieces = Vec::with_capacity(bytes.len() * 8 / width as usize + 1);
    let (mut bits, mut n) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        n += 8;
        while width <= n {
            n -= width;
            pieces.push((bits >> n & ((1 << width) - 1)) as u8);
        }
    }
    if 0 < n {
        pieces.push((bits << (width - n) & ((1 << width) - 1)) as u8);
    }
    pieces
}

/// The bytes whose pieces these are. `None` where a piece is left over or a filling bit is not zero, so that only one
/// list of pieces stands for the same bytes.
pub fn join(pieces: &[u8], width: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(pieces.len() * width as usize / 8);
    let (mut bits, mut n) = (0_u32, 0);
    for piece in pieces {
        bits = bits << width | u32::from(*piece);
        n += width;
        if 8 <= n {
            n -= 8;
            bytes.push((bits >> n & 255) as u8);
        }
    }
    (n < width && bits & ((1 << n) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_is_joined() {
        for width in 1..=8 {
            for length in 0..20 {
                let bytes: Vec<u8> = (0..length).map(|it| (it * 37 + 201) & 255).map(|it| it as u8).collect();
                let pieces = cut(&bytes, width);
                assert!(pieces.iter().all(|it| u32::from(*it) < 1 << width));
                assert_eq!(join(&pieces, width).as_ref(), Some(&bytes));
                // with one more piece the same bytes do not come back
                assert_ne!(join(&[&pieces[..], &[0]].concat(), width).as_ref(), Some(&bytes));
            }
        }
        assert_eq!(join(&[0, 1], 5), None);
        assert_eq!(join(&[0], 6), None);
    }
}
