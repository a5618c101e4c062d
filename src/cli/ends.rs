//! Where data comes from and goes to: files and standard input, standard output. A failure names the file.

use std::io::{self, BufWriter, ErrorKind, Read, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::load::decoded::decoding;
use crate::load::folder;

use super::words::of_io;

/// A file to read, or standard input.
pub struct DataIn {
    /// As it was given; `-` is standard input.
    pub path: PathBuf,
    /// In bytes, where it is known.
    pub length: Option<u64>,
    from: Box<dyn Read>,
}

impl DataIn {
    /// # Errors
    /// The file cannot be opened, or it is a folder.
    pub fn open(path: &Path) -> Result<DataIn> {
        let (from, length): (Box<dyn Read>, _) = if is_standard(path) {
            (Box::new(io::stdin().lock()), None)
        } else {
            let (file, length) = folder::open(path)?;
            // what is no plain file, such as a pipe, has no length that means anything
            (Box::new(file), Some(length).filter(|it| 0 < *it))
        };
        Ok(DataIn { path: path.to_owned(), length, from })
    }

    /// What is read of it, in the encoding that it has, as UTF-8.
    ///
    /// # Errors
    /// It cannot be read, or it is no text; the error says what it is.
    pub fn text(mut self) -> Result<DataIn> {
        let name = self.name();
        let from = std::mem::replace(&mut self.from, Box::new(io::empty()));
        self.from = decoding(from).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => anyhow!("读不了{name}：{error}"),
            _ => anyhow!("读不到{name}：{}", of_io(&error)),
        })?;
        Ok(self)
    }

    /// For people.
    pub fn name(&self) -> String {
        if is_standard(&self.path) { "标准输入".to_owned() } else { format!("文件 {}", self.path.display()) }
    }
}

impl Read for DataIn {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.from.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::Interrupted => error,
            _ => io::Error::other(format!("读不到{}：{}", self.name(), of_io(&error))),
        })
    }
}

/// `-`, as is usual.
pub fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// The files that were named; where there are none, standard input. Each must be there before the first is read.
///
/// # Errors
/// One that cannot be opened.
pub fn all_there(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    for path in files.iter().filter(|path| !is_standard(path)) {
        folder::is_there(path)?;
    }
    Ok(if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() })
}

/// Standard output. Whoever writes calls `flush` at the end, as only then everything is known to be written.
pub struct DataOut(BufWriter<StdoutLock<'static>>);

impl DataOut {
    pub fn new() -> DataOut {
        DataOut(BufWriter::with_capacity(64 << 10, io::stdout().lock()))
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn whole(bytes: &[u8]) -> io::Result<()> {
        let mut out = DataOut::new();
        out.write_all(bytes)?;
        out.flush()
    }
}

impl Write for DataOut {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(unwritten)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(unwritten)
    }
}

/// Says that it is standard output which cannot be written.
pub fn unwritten(error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::BrokenPipe => error,
        kind => io::Error::new(kind, format!("写不了标准输出：{}", of_io(&error))),
    }
}
