//! Where lines end. Whoever cuts a text into lines, counts them or names one by its number asks here, so that all agree.

/// How many bytes the end of a line has that these begin with. Besides LF, CR and both together there are the ends of word
/// processors and of older systems: VT, FF, NEL, LS and PS.
fn end(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => Some(2),
        [b'\n' | b'\r' | 0xb | 0xc, ..] => Some(1),
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => Some(3),
        _ => None,
    }
}

/// Where the next lines begin, behind each end.
pub fn line_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let (at, n) = (from..bytes.len()).find_map(|at| Some((at, end(&bytes[at..])?)))?;
        from = at + n;
        Some(from)
    })
}

/// Each line without its end, and how many bytes it has with it. The last one, behind which no line ends, is there too,
/// and may be empty.
pub fn measured_lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let found = (0..text.len()).find_map(|at| Some((at, at + end(&text.as_bytes()[at..])?)));
        rest = found.map(|(_, behind)| &text[behind..]);
        let (at, behind) = found.unwrap_or((text.len(), text.len()));
        Some((&text[..at], behind))
    })
}

/// Each line without its end.
pub fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    measured_lines(text).map(|it| it.0)
}

/// How many of these bytes are lines that have ended, whatever comes next: a CR at the end may be half of an end.
pub fn n_whole(bytes: &[u8]) -> usize {
    let known = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    (0..known.len()).rev().find_map(|at| Some(at + end(&known[at..])?)).unwrap_or(0)
}

/// Makes LF of the ends that files for programs have, which are LF, CR, and both together; what else ends lines may stand
/// within a text there. Returns how many bytes are left. `after_cr` says whether the bytes before these ended with CR.
pub fn even_ends(bytes: &mut [u8], after_cr: &mut bool) -> usize {
    let mut n = 0;
    for at in 0..bytes.len() {
        let byte = bytes[at];
        let is_half = byte == b'\n' && *after_cr;
        *after_cr = byte == b'\r';
        if !is_half {
            bytes[n] = if byte == b'\r' { b'\n' } else { byte };
            n += 1;
        }
    }
    n
}
