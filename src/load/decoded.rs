//! Bytes that people hand in as text: in the encodings of Windows too; what is no text is named.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

/// How files begin that are no text, and what they are for a person.
const OTHERS: [(&[u8], &str); 16] = [
    (b"\x1f\x8b", "gzip 压缩文件，请先解压"),
    (b"PK\x03\x04", "Excel、WPS、Word 文件或 zip 压缩文件，请先解压，或另存为文本"),
    (b"PK\x05\x06", "空的 zip 压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧格式的 Excel、WPS、Word 文件，请另存为文本"),
    (b"%PDF-", "PDF 文件，请复制其中的文字"),
    (b"Rar!\x1a", "rar 压缩文件，请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件，请先解压"),
    (b"BZh", "bzip2 压缩文件，请先解压"),
    (b"\xfd7zXZ", "xz 压缩文件，请先解压"),
    (b"\x28\xb5\x2f\xfd", "zstd 压缩文件，请先解压"),
    (b"\x89PNG", "图片，请用其中的文字"),
    (b"\xff\xd8\xff", "图片，请用其中的文字"),
    (b"GIF8", "图片，请用其中的文字"),
    (b"\xff\xfe\0\0", "UTF-32 编码的文本，请另存为 UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32 编码的文本，请另存为 UTF-8"),
    (b"\x7fELF", "程序，不是文本"),
];
/// So many bytes of the beginning are looked at for what it is.
const SIGN: usize = 8;
/// A UTF-16 text without its mark has an empty byte in many of its letters, nearly all on one side.
const SAMPLE: usize = 4096;
const BLOCK: usize = 64 << 10;
/// No line that is longer has to be whole before its encoding is said.
const MOST: usize = 4 << 20;

/// What these bytes are, if they are no text. Only the beginning counts.
pub fn named(bytes: &[u8]) -> Option<&'static str> {
    OTHERS.iter().find(|it| bytes.starts_with(it.0)).map(|it| it.1)
}

/// The text, in the encoding that a byte order mark names or that the bytes show, without the mark.
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    encoding_of(bytes).decode(bytes).0
}

/// A text of any length as UTF-8. A line is handed on as soon as it is there.
///
/// # Errors
/// It cannot be read, or it is no text; the error says what it is.
pub fn decoding(input: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    let mut input = Decoding {
        input,
        block: vec![0; BLOCK],
        pending: Vec::new(),
        coded: Coded::Plain,
        ready: Vec::new(),
        at: 0,
        is_over: false,
    };
    while input.pending.len() < SIGN && !input.pending.contains(&b'\n') && input.more()? {}
    match named(&input.pending) {
        Some(what) => Err(io::Error::new(io::ErrorKind::InvalidData, format!("这是 {what}"))),
        None => Ok(Box::new(input)),
    }
}

/// UTF-8, unless something else is certain.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let empty = |side: usize| sample.iter().skip(side).step_by(2).filter(|it| **it == 0).count();
    let is_text = |encoding: &'static Encoding| {
        let (text, _, is_wrong) = encoding.decode(&sample[..sample.len() / 2 * 2]);
        !is_wrong && !text.chars().any(|letter| letter.is_control() && !letter.is_whitespace())
    };
    // 一 has an empty byte on the other side
    match (empty(0), empty(1)) {
        (few, n) if 1 < n && 4 * few <= n && is_text(UTF_16LE) => return UTF_16LE,
        (n, few) if 1 < n && 4 * few <= n && is_text(UTF_16BE) => return UTF_16BE,
        _ => {}
    }
    // damaged UTF-8 still has more letters that are right than wrong ones; two bytes may be right by chance
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|it| 2 < it.len_utf8()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    let is_cut = wrong == 1 && str::from_utf8(bytes).is_err_and(|it| it.error_len().is_none());
    if wrong <= right || is_cut { UTF_8 } else { GB18030 }
}

/// The first byte that is not the same letter in all encodings.
fn first_other(bytes: &[u8]) -> Option<usize> {
    // mostly there is none, and many bytes are looked at in one step
    let none = bytes.is_ascii() && memchr(0, bytes).is_none();
    if none { None } else { bytes.iter().position(|it| !it.is_ascii() || *it == 0) }
}

/// Decodes while it is read.
struct Decoding<R> {
    input: R,
    block: Vec<u8>,
    /// Read, and not decoded yet.
    pending: Vec<u8>,
    coded: Coded,
    /// Decoded, and handed on up to `at`.
    ready: Vec<u8>,
    at: usize,
    is_over: bool,
}

enum Coded {
    /// So far there were only letters that are the same in all encodings.
    Plain,
    Utf8,
    Other(Decoder),
}

impl<R: Read> Decoding<R> {
    /// Reads on; `false` at the end.
    fn more(&mut self) -> io::Result<bool> {
        loop {
            match self.input.read(&mut self.block) {
                Ok(n) => {
                    self.pending.extend_from_slice(&self.block[..n]);
                    self.is_over = n == 0;
                    return Ok(n != 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn decode(&mut self) -> io::Result<()> {
        if let Coded::Plain = self.coded
            && let Some(first) = first_other(&self.pending)
        {
            while !self.pending[first..].contains(&b'\n') && self.pending.len() < MOST && self.more()? {}
            let encoding = encoding_of(&self.pending);
            self.coded =
                if encoding == UTF_8 { Coded::Utf8 } else { Coded::Other(encoding.new_decoder_with_bom_removal()) };
        }
        self.at = 0;
        match &mut self.coded {
            Coded::Plain | Coded::Utf8 => std::mem::swap(&mut self.ready, &mut self.pending),
            Coded::Other(decoder) => {
                let mut text = String::with_capacity(3 * self.pending.len() + BLOCK);
                let _ = decoder.decode_to_string(&self.pending, &mut text, self.is_over);
                self.ready = text.into_bytes();
            }
        }
        self.pending.clear();
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            let is_spent = self.pending.is_empty();
            if is_spent && (self.is_over || !self.more()?) {
                // what a decoder still holds is half a letter
                return Ok(0);
            }
            self.decode()?;
        }
        let n = out.len().min(self.ready.len() - self.at);
        out[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "{\"name\": \"车工（数控车床）\", \"id\": 7}\n";

    fn read(bytes: Vec<u8>) -> String {
        let mut text = String::new();
        decoding(io::Cursor::new(bytes)).expect("a text").read_to_string(&mut text).expect("UTF-8");
        text
    }

    #[test]
    fn texts_of_windows_are_read() {
        let utf_16 = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let long = format!("{}{}", "{\"id\": 1}\n".repeat(3000), LINE.repeat(3000));
        for text in [LINE, &long] {
            let marked = format!("\u{feff}{text}");
            for bytes in [
                text.as_bytes().to_vec(),
                GB18030.encode(text).0.into_owned(),
                utf_16(text, u16::to_le_bytes),
                utf_16(text, u16::to_be_bytes),
                utf_16(&marked, u16::to_le_bytes),
                utf_16(&marked, u16::to_be_bytes),
            ] {
                assert_eq!(decoded(&bytes), text);
                assert_eq!(read(bytes), text);
            }
            assert_eq!(decoded(marked.as_bytes()), text);
        }
    }

    /// Whoever waits for an answer before writing the next line gets it.
    #[test]
    fn a_line_is_handed_on_when_it_is_there() {
        struct Slow(Vec<&'static [u8]>);
        impl Read for Slow {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                let next = self.0.remove(0);
                out[..next.len()].copy_from_slice(next);
                Ok(next.len())
            }
        }
        let mut input = decoding(Slow(vec![b"{\"id\": 1}\n", b"\"\xb3", b"\xb5\"\n"])).expect("a text");
        let mut block = [0; 100];
        assert_eq!(input.read(&mut block).expect("a line"), 10);
        let n = input.read(&mut block).expect("a line");
        assert_eq!(&block[..n], "\"车\"\n".as_bytes());
    }

    /// One damaged line does not make another encoding of the rest.
    #[test]
    fn a_damaged_text_is_still_utf_8() {
        let mut bytes = LINE.repeat(3).into_bytes();
        bytes.extend(b"{\"name\": \"\xff\xb3\xb5\"}\n");
        bytes.extend(LINE.as_bytes());
        assert_eq!(read_lossy(&bytes).matches("车工").count(), 4);
    }

    fn read_lossy(bytes: &[u8]) -> String {
        let mut all = Vec::new();
        decoding(io::Cursor::new(bytes.to_vec())).expect("a text").read_to_end(&mut all).expect("bytes");
        String::from_utf8_lossy(&all).into_owned()
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, what) in
            [(&b"\x1f\x8b\x08\0\0"[..], "gzip"), (b"PK\x03\x04\x14\0", "Excel"), (b"%PDF-1.7\n", "PDF")]
        {
            let error = decoding(io::Cursor::new(bytes)).map(|_| ()).expect_err("no text");
            assert!(error.to_string().contains(what), "{error}");
        }
    }
}
