//! WASM modules as one file in which what is alike stands side by side, for a packer.
//!
//! In a module an instruction and what belongs to it alternate: the number of a variable, a place in the memory, a constant.
//! What comes next is told best by what stood before it in its own kind, so each kind is a stream of its own here:
//! brotli then makes a tenth less of it, and LZMA too. `assets/unwoven.js` makes the modules of it again, byte for byte,
//! and `unwoven` does so here, where it is made sure of.
//!
//! The file: how long each stream is (four bytes, the lowest first), then the streams. For each module the first stream has
//! its length, the length of what stands before its functions, how many functions there are, what stands before them, and
//! what stands behind them. What is no module, or has instructions that are not known here, is a module without functions.

/// What is no code, and says how long everything is.
const REST: usize = 0;
/// How long each function is.
const SIZES: usize = 1;
/// The variables of functions.
const VARIABLES: usize = 2;
const RARE: usize = 3;
/// Constants of 64 bits.
const LONG: usize = 4;
/// How far a jump leads.
const DEPTHS: usize = 5;
/// Instructions, with types and alignments.
const CODE: usize = 6;
const CALLS: usize = 7;
const READ: usize = 8;
const WRITTEN: usize = 9;
const LOADED: usize = 10;
const STORED: usize = 11;
/// Constants by how many bytes they have: one, two, more.
const CONSTANTS: usize = 12;
const STREAMS: usize = 15;
/// Constants of two bytes and of more are instructions of their own, whose codes no module of ours has.
const TWO: u8 = 0xf0;
const MORE: u8 = 0xf1;
const CONSTANT: u8 = 0x41;

/// The modules as one file.
///
/// # Panics
/// With 4 GiB or more.
pub fn woven(modules: &[&[u8]]) -> Vec<u8> {
    let mut streams: [Vec<u8>; STREAMS] = Default::default();
    for module in modules {
        let (from, functions, to, code) =
            taken_apart(module).unwrap_or((module.len(), 0, module.len(), Default::default()));
        for number in [module.len(), from, functions] {
            streams[REST].extend(four(number));
        }
        streams[REST].extend(&module[..from]);
        streams[REST].extend(&module[to..]);
        streams.iter_mut().zip(code).for_each(|(stream, code)| stream.extend(code));
    }
    let lengths = streams.iter().flat_map(|it| four(it.len()));
    lengths.chain(streams.iter().flatten().copied()).collect()
}

fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("a module has less than 4 GiB").to_le_bytes()
}

type TakenApart = (usize, usize, usize, [Vec<u8>; STREAMS]);

/// Where the functions begin, how many there are, where they end, and what they consist of.
fn taken_apart(module: &[u8]) -> Option<TakenApart> {
    let mut reader = Reader { bytes: module, at: 8, streams: Default::default() };
    module.starts_with(b"\0asm\x01\0\0\0").then_some(())?;
    loop {
        let id = reader.byte()?;
        let length = reader.number()?;
        let end = reader.at.checked_add(length).filter(|it| *it <= module.len())?;
        if id != 10 {
            reader.at = end;
            continue;
        }
        let functions = reader.number()?;
        let from = reader.at;
        for _ in 0..functions {
            reader.function()?;
        }
        return (reader.at == end).then_some((from, functions, end, reader.streams));
    }
}

struct Reader<'m> {
    bytes: &'m [u8],
    at: usize,
    streams: [Vec<u8>; STREAMS],
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        self.at += 1;
        self.bytes.get(self.at - 1).copied()
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for place in 0..5 {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// So many bytes into a stream.
    fn copy(&mut self, stream: usize, n: usize) -> Option<()> {
        self.streams[stream].extend(self.bytes.get(self.at..self.at + n)?);
        self.at += n;
        Some(())
    }

    /// A number of any length into a stream.
    fn put(&mut self, stream: usize) -> Option<()> {
        let long = self.bytes.get(self.at..)?.iter().position(|it| *it < 0x80)? + 1;
        self.copy(stream, long)
    }

    /// The same, and which number it is.
    fn put_known(&mut self, stream: usize) -> Option<usize> {
        let from = self.at;
        let number = self.number()?;
        self.at = from;
        self.put(stream)?;
        Some(number)
    }

    fn function(&mut self) -> Option<()> {
        let length = self.put_known(SIZES)?;
        let end = self.at + length;
        for _ in 0..self.put_known(VARIABLES)? {
            self.put(VARIABLES)?;
            self.copy(VARIABLES, 1)?;
        }
        while self.at < end {
            self.instruction()?;
        }
        (self.at == end).then_some(())
    }

    fn instruction(&mut self) -> Option<()> {
        let code = self.byte()?;
        if code == CONSTANT {
            let long = self.bytes.get(self.at..)?.iter().position(|it| *it < 0x80)?;
            self.streams[CODE].push([CONSTANT, TWO, MORE][long.min(2)]);
            return self.put(CONSTANTS + long.min(2));
        }
        self.streams[CODE].push(code);
        match code {
            0x02..=0x04 | 0x23 | 0x24 | 0x3f | 0x40 => self.put(CODE)?,
            0x0c | 0x0d => self.put(DEPTHS)?,
            0x0e => {
                for _ in 0..=self.put_known(DEPTHS)? {
                    self.put(DEPTHS)?;
                }
            }
            0x10 => self.put(CALLS)?,
            0x11 => {
                self.put(RARE)?;
                self.put(RARE)?;
            }
            0x20 => self.put(READ)?,
            0x21 | 0x22 => self.put(WRITTEN)?,
            0x28..=0x3e => {
                self.put(CODE)?;
                self.put(if code < 0x36 { LOADED } else { STORED })?;
            }
            0x42 => self.put(LONG)?,
            0x43 => self.copy(RARE, 4)?,
            0x44 => self.copy(RARE, 8)?,
            0xfc => match self.put_known(CODE)? {
                0..=7 => {}
                8 | 10 => {
                    self.put(CODE)?;
                    self.put(CODE)?;
                }
                9 | 11 => self.put(CODE)?,
                _ => return None,
            },
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 => {}
            _ => return None,
        }
        Some(())
    }
}

/// The modules again. `None` where the bytes are no such file.
pub fn unwoven(pack: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut rest = pack.get(4 * STREAMS..)?;
    let mut streams: [&[u8]; STREAMS] = [&[]; STREAMS];
    for (stream, length) in streams.iter_mut().zip(pack.chunks_exact(4)) {
        (*stream, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?)?;
    }
    let mut modules = Vec::new();
    let mut weaver = Weaver { streams, out: Vec::new() };
    while !weaver.streams[REST].is_empty() {
        let [length, from, functions] = [weaver.four()?, weaver.four()?, weaver.four()?];
        weaver.copy(REST, from)?;
        for _ in 0..functions {
            weaver.function()?;
        }
        weaver.copy(REST, length.checked_sub(weaver.out.len())?)?;
        modules.push(std::mem::take(&mut weaver.out));
    }
    (rest.is_empty() && weaver.streams.iter().all(|it| it.is_empty())).then_some(modules)
}

/// The other way round.
struct Weaver<'p> {
    streams: [&'p [u8]; STREAMS],
    out: Vec<u8>,
}

impl Weaver<'_> {
    fn taken(&mut self, stream: usize, n: usize) -> Option<&[u8]> {
        let (taken, rest) = self.streams[stream].split_at_checked(n)?;
        self.streams[stream] = rest;
        Some(taken)
    }

    fn four(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.taken(REST, 4)?.try_into().ok()?)).ok()
    }

    fn copy(&mut self, stream: usize, n: usize) -> Option<()> {
        let taken = self.taken(stream, n)?.to_vec();
        self.out.extend(taken);
        Some(())
    }

    fn put(&mut self, stream: usize) -> Option<usize> {
        let from = self.out.len();
        while self.out.len() == from || self.out.last().is_some_and(|it| 0x7f < *it) {
            self.copy(stream, 1)?;
        }
        let number = |number, (place, byte): (usize, &u8)| number | usize::from(byte & 0x7f) << (7 * place.min(8));
        Some(self.out[from..].iter().enumerate().fold(0, number))
    }

    fn function(&mut self) -> Option<()> {
        let length = self.put(SIZES)?;
        let end = self.out.len() + length;
        for _ in 0..self.put(VARIABLES)? {
            self.put(VARIABLES)?;
            self.copy(VARIABLES, 1)?;
        }
        while self.out.len() < end {
            self.instruction()?;
        }
        Some(())
    }

    fn instruction(&mut self) -> Option<()> {
        let code = self.taken(CODE, 1)?[0];
        let long = [CONSTANT, TWO, MORE].iter().position(|it| *it == code);
        self.out.push(if long.is_some() { CONSTANT } else { code });
        let streams: &[usize] = match code {
            _ if long.is_some() => &[CONSTANTS + long?],
            0x02..=0x04 | 0x23 | 0x24 | 0x3f | 0x40 => &[CODE],
            0x0c | 0x0d => &[DEPTHS],
            0x0e => {
                for _ in 0..=self.put(DEPTHS)? {
                    self.put(DEPTHS)?;
                }
                &[]
            }
            0x10 => &[CALLS],
            0x11 => &[RARE, RARE],
            0x20 => &[READ],
            0x21 | 0x22 => &[WRITTEN],
            0x28..=0x35 => &[CODE, LOADED],
            0x36..=0x3e => &[CODE, STORED],
            0x42 => &[LONG],
            0x43 | 0x44 => {
                self.copy(RARE, if code == 0x43 { 4 } else { 8 })?;
                &[]
            }
            0xfc => match self.put(CODE)? {
                0..=7 => &[],
                8 | 10 => &[CODE, CODE],
                _ => &[CODE],
            },
            _ => &[],
        };
        for stream in streams {
            self.put(*stream)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A function of all kinds of instructions, in a module with something before and behind it.
    fn module(code: &[u8]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0".to_vec();
        let body = [&[1, 2, 0x7f][..], code].concat();
        module.extend([10, body.len() as u8 + 2, 1, body.len() as u8]);
        module.extend(body);
        module.extend(b"\x0b\x01\0");
        module
    }

    #[test]
    fn modules_come_back_as_they_were() {
        let every = [
            &[0x41, 5, 0x41, 0xff, 1, 0x41, 0x80, 0x80, 4, 0x20, 0, 0x21, 1, 0x22, 1, 0x28, 2, 4, 0x36, 2, 0x80, 1][..],
            &[0x02, 0x40, 0x0c, 0, 0x0d, 0, 0x0e, 2, 0, 0, 0, 0x0b, 0x10, 0x81, 1, 0x11, 0, 0, 0x23, 0, 0x3f, 0],
            &[0x42, 0x80, 1, 0x43, 1, 2, 3, 4, 0x44, 1, 2, 3, 4, 5, 6, 7, 8, 0xfc, 0, 0xfc, 10, 0, 0, 0xfc, 11, 0],
            &[0xfc, 8, 0, 0, 0xfc, 9, 0, 0x6a, 0x0b],
        ]
        .concat();
        let all =
            [module(&every), b"no module".to_vec(), Vec::new(), module(&[0x41, 1, 0x0b]), module(&[0xd0, 0x70, 0x0b])];
        let all: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        let pack = woven(&all);
        assert_eq!(unwoven(&pack).expect("it was woven"), all);
        let lengths: Vec<u32> =
            pack[..4 * STREAMS].chunks(4).map(|it| u32::from_le_bytes(it.try_into().unwrap())).collect();
        assert!(lengths.iter().all(|it| *it != 0), "each kind has its stream: {lengths:?}");
        for end in 0..pack.len() {
            assert_eq!(unwoven(&pack[..end]), None, "cut off after {end}");
        }
        for at in 0..pack.len() {
            let mut damaged = pack.clone();
            damaged[at] ^= 0x80;
            // anything, but it ends
            let _ = unwoven(&damaged);
        }
    }
}
