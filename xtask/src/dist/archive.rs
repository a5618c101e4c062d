//! Archives that are the same bytes whoever makes them and wherever: entries in the order of their names, one time, fixed
//! modes, no owner.

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// A file in an archive.
#[derive(Clone)]
pub struct Entry {
    /// Below the root of the archive, with `/`.
    pub name: String,
    pub bytes: Vec<u8>,
    /// A program, or a script to start one.
    pub runs: bool,
}

impl Entry {
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Entry {
        Entry { name: name.into(), bytes: bytes.into(), runs: false }
    }

    fn mode(&self) -> u32 {
        if self.runs { 0o755 } else { 0o644 }
    }
}

/// When all files of a release were changed, in seconds since 1970. It differs from release to release, as hosts make
/// their ETag of time and length, and a new page is often as long as the old one.
#[derive(Clone, Copy)]
pub struct Moment(pub u32);

/// What is packed already, so that packing it again would only cost time.
const PACKED: [&str; 6] = [".br", ".gz", ".png", ".xlsx", ".docx", ".zip"];

/// A ZIP that Windows, 360 and unzip open: UTF-8 names with their flag, and the time as a clock in China shows it, since
/// the format knows no zones.
pub fn zip(mut entries: Vec<Entry>, Moment(seconds): Moment) -> Result<Vec<u8>> {
    sort(&mut entries)?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let time = clock_in_china(seconds)?;
    for entry in &entries {
        let packed = PACKED.iter().any(|it| entry.name.ends_with(it));
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(time);
        let level = (!packed).then_some(9);
        archive.start_file(&entry.name, options.compression_level(level).unix_permissions(entry.mode()))?;
        archive.write_all(&entry.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A tar packed by gzip, with no time and no name in its header.
pub fn tar_gz(mut entries: Vec<Entry>, Moment(seconds): Moment) -> Result<Vec<u8>> {
    sort(&mut entries)?;
    let mut archive = tar::Builder::new(GzBuilder::new().mtime(0).write(Vec::new(), Compression::best()));
    for entry in &entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.bytes.len() as u64);
        header.set_mode(entry.mode());
        header.set_mtime(seconds.into());
        header.set_uid(0);
        header.set_gid(0);
        archive.append_data(&mut header, &entry.name, entry.bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

/// By name, and no name twice, which programs unpack in different ways.
fn sort(entries: &mut [Entry]) -> Result<()> {
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    match entries.windows(2).find(|it| it[0].name == it[1].name) {
        Some(twice) => anyhow::bail!("{} would stand twice in an archive", twice[0].name),
        None => Ok(()),
    }
}

fn clock_in_china(seconds: u32) -> Result<DateTime> {
    const AHEAD: u64 = 8 * 60 * 60;
    let seconds = u64::from(seconds) + AHEAD;
    let (year, month, day) = day_of(seconds / 86400);
    let [hour, minute, second] = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(|it| it as u8);
    DateTime::from_date_and_time(year, month, day, hour, minute, second).context("a ZIP knows no time before 1980")
}

/// The day that is so many days after the first of 1970.
fn day_of(mut days: u64) -> (u16, u8, u8) {
    let leap = |year: u16| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    (year, month as u8 + 1, days as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs,
        path::{Path, PathBuf},
        process::Command,
    };

    /// 2026-02-28 23:59:59 in China.
    const TIME: Moment = Moment(1_772_294_399);
    /// What unpacks each kind, and prints for each file its name, mode and time and what is in it.
    const LOOK: &str = "
import sys, tarfile, zipfile
kind, path = sys.argv[1:]
if kind == 'zip':
    with zipfile.ZipFile(path) as it:
        assert it.testzip() is None
        for e in it.infolist():
            print(e.filename, oct(e.external_attr >> 16 & 0o777), '%d-%d-%d %d:%d:%d' % e.date_time,
                  bool(e.flag_bits & 0x800), e.compress_type, it.read(e)[:9].decode())
else:
    with tarfile.open(path) as it:
        for e in it:
            print(e.name, oct(e.mode), e.mtime, e.uid, e.gid, repr(e.uname + e.gname), it.extractfile(e).read()[:9].decode())
";

    fn entries() -> Vec<Entry> {
        let mut program = Entry::new("a/ziping", "elf");
        program.runs = true;
        vec![
            Entry::new("b/z.txt", "last\r\n"),
            program,
            Entry::new("a/说明.html", "<p>".repeat(1000)),
            Entry::new("a/index.html.br", "packed"),
            Entry::new(format!("a/{}.wasm", "long-".repeat(30)), "name"),
        ]
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("ziping-archive-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// `None` where the machine has no such program.
    fn printed(program: &str, args: &[&str], within: &Path) -> Option<String> {
        let output = Command::new(program).args(args).current_dir(within).env("TZ", "Asia/Shanghai").output().ok()?;
        assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8(output.stdout).unwrap())
    }

    #[test]
    fn a_zip_is_the_same_in_any_order_and_others_read_it() {
        let archive = zip(entries(), TIME).unwrap();
        let mut turned = entries();
        turned.reverse();
        assert!(archive == zip(turned, TIME).unwrap());
        assert!(archive != zip(entries(), Moment(TIME.0 + 2)).unwrap());
        let within = folder("zip");
        fs::write(within.join("it.zip"), &archive).unwrap();
        let long = format!("a/{}.wasm", "long-".repeat(30));
        if let Some(told) = printed("python3", &["-c", LOOK, "zip", "it.zip"], &within) {
            // the format counts in steps of two seconds
            let day = "2026-2-28 23:59:58";
            let wanted = format!(
                "a/index.html.br 0o644 {day} False 0 packed\n{long} 0o644 {day} False 8 name\n\
                 a/ziping 0o755 {day} False 8 elf\na/说明.html 0o644 {day} True 8 <p><p><p>\n\
                 b/z.txt 0o644 {day} False 8 last\r\n\n"
            );
            assert_eq!(told, wanted);
        }
        if printed("unzip", &["-qq", "it.zip"], &within).is_some() {
            unpacked(&within);
        }
        fs::remove_dir_all(within).unwrap();
    }

    #[test]
    fn a_tar_is_the_same_in_any_order_and_others_read_it() {
        let archive = tar_gz(entries(), TIME).unwrap();
        let mut turned = entries();
        turned.reverse();
        assert!(archive == tar_gz(turned, TIME).unwrap());
        // no time, no name, in the header of gzip
        assert_eq!(archive[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
        let within = folder("tar");
        fs::write(within.join("it.tar.gz"), &archive).unwrap();
        let long = format!("a/{}.wasm", "long-".repeat(30));
        if let Some(told) = printed("python3", &["-c", LOOK, "tar", "it.tar.gz"], &within) {
            let rest = format!("{} 0 0 ''", TIME.0);
            let wanted = format!(
                "a/index.html.br 0o644 {rest} packed\n{long} 0o644 {rest} name\na/ziping 0o755 {rest} elf\n\
                 a/说明.html 0o644 {rest} <p><p><p>\nb/z.txt 0o644 {rest} last\r\n\n"
            );
            assert_eq!(told, wanted);
        }
        if printed("tar", &["-xzf", "it.tar.gz"], &within).is_some() {
            unpacked(&within);
        }
        fs::remove_dir_all(within).unwrap();
    }

    /// Every file is there with its bytes, and nothing else.
    fn unpacked(within: &Path) {
        let mut found = crate::tree::files(within).unwrap();
        found.retain(|it| !it.to_string_lossy().contains("/it."));
        assert_eq!(found.len(), entries().len());
        for entry in entries() {
            let file = within.join(&entry.name);
            assert!(fs::read(&file).unwrap() == entry.bytes, "{}", entry.name);
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
            assert_eq!(mode & 0o111 != 0, entry.runs, "{}", entry.name);
        }
    }

    #[test]
    fn no_name_stands_twice() {
        let twice = || vec![Entry::new("a", "1"), Entry::new("a", "2")];
        assert!(zip(twice(), TIME).is_err());
        assert!(tar_gz(twice(), TIME).is_err());
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |days| day_of(days);
        assert_eq!([day(0), day(58), day(59)], [(1970, 1, 1), (1970, 2, 28), (1970, 3, 1)]);
        assert_eq!([day(11_016), day(11_017)], [(2000, 2, 29), (2000, 3, 1)]);
        assert_eq!([day(20_786), day(20_818)], [(2026, 11, 29), (2026, 12, 31)]);
        assert!(clock_in_china(0).is_err());
    }
}
