//! Files as hosts hand them out packed: brotli for pages over https, gzip for all others, as in an intranet.

use super::archive::Entry;
use anyhow::Result;
use std::{
    cmp::Reverse,
    io::Write,
    num::NonZeroU64,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Endings of what gets smaller. Pictures and workbooks are packed in themselves.
const LOOSE: [&str; 9] = [".html", ".js", ".css", ".wasm", ".bin", ".xml", ".svg", ".json", ".txt"];
/// What zopfli tries on a file. With twice as many, the whole site would be 0.05 % smaller.
const ROUNDS: NonZeroU64 = NonZeroU64::new(5).expect("not zero");

/// Every file that gets smaller a second and a third time, with `.br` and `.gz` behind its name. On all cores.
pub fn beside(entries: &[Entry]) -> Result<Vec<Entry>> {
    // the largest first, so that no core is left alone with one in the end
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_by_key(|it| Reverse(it.bytes.len()));
    let next = AtomicUsize::new(0);
    let one_by_one = || -> Result<Vec<Entry>> {
        let mut made = Vec::new();
        while let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) {
            if LOOSE.iter().any(|it| entry.name.ends_with(it)) {
                for (ending, bytes) in [(".br", brotli(&entry.bytes)?), (".gz", gzip(&entry.bytes)?)] {
                    let smaller = bytes.len() < entry.bytes.len();
                    made.extend(smaller.then(|| Entry::new(format!("{}{ending}", entry.name), bytes)));
                }
            }
        }
        Ok(made)
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(one_by_one)).collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().expect("packing does not panic")?);
        }
        Ok(all)
    })
}

/// The smallest that the format knows.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

/// As any browser unpacks it, 5 % smaller than gzip makes it. No time and no name stand in its header.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let options = zopfli::Options { iteration_count: ROUNDS, ..zopfli::Options::default() };
    zopfli::compress(options, zopfli::Format::Gzip, content, &mut packed)?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let page = "<p>职业技能等级评价机构备案自评</p>".repeat(50);
        let site = [
            Entry::new("index.html", page.clone()),
            Entry::new("a.png", page.clone()),
            Entry::new("tiny.js", "1"),
            Entry::new("assets/a.wasm", page.clone()),
        ];
        let mut made = beside(&site).unwrap();
        made.sort_by(|one, other| one.name.cmp(&other.name));
        let names: Vec<&str> = made.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["assets/a.wasm.br", "assets/a.wasm.gz", "index.html.br", "index.html.gz"]);
        for packed in made {
            let mut text = String::new();
            if packed.name.ends_with(".br") {
                brotli::Decompressor::new(packed.bytes.as_slice(), 4096).read_to_string(&mut text).unwrap();
            } else {
                assert_eq!(packed.bytes[3..8], [0; 5], "flags and time of {}", packed.name);
                flate2::read::GzDecoder::new(packed.bytes.as_slice()).read_to_string(&mut text).unwrap();
            }
            assert!(text == page, "{}", packed.name);
        }
    }
}
