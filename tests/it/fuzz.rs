//! Runs the fuzz targets, without the fuzzer, on every input that it was given or found. `fuzz/corpus` has a file for
//! each target, with a line of base64 for each input; `CORPUS=<folder>` writes the folders of files that the fuzzer
//! needs.

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use ziping::bytes::base64url;
use ziping::carrier::Known;

use crate::carrier_laws::known;
use crate::fuzz_foreign::{lines, panel, pasted, pile, site, workbook};
use crate::fuzz_kept::{mirror, table};
use crate::fuzz_targets::{backup, code, envelope, link};
use crate::mutations::Chance;
use crate::{none_of, read};

type Target = fn(Known<'_>, &[u8]);

const TARGETS: [(&str, Target); 12] = [
    ("code", code),
    ("link", link),
    ("backup", backup),
    ("envelope", envelope),
    ("pile", pile),
    ("workbook", workbook),
    ("pasted", pasted),
    ("panel", panel),
    ("lines", lines),
    ("site", site),
    ("mirror", mirror),
    ("table", table),
];

#[test]
fn what_the_fuzzer_found_holds() {
    let mut problems = Vec::new();
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        assert!(60 <= corpus.len(), "fuzz/corpus/{name}.txt has {} lines", corpus.len());
        for (n, data) in (1..).zip(&corpus) {
            if catch_unwind(|| target(known(), data)).is_err() {
                problems.push(format!("fuzz/corpus/{name}.txt:{n}: {:?}", String::from_utf8_lossy(data)));
            }
        }
    }
    none_of(&problems);
}

/// Inputs of the corpus, altered or put together by a fixed seed, for whoever has no fuzzer: `ALTERED=100000` tries so many for
/// each target, `TARGET=mirror` that one alone.
#[test]
fn what_is_nearly_that_holds() {
    let n: usize = std::env::var("ALTERED").map_or(20, |it| it.parse().expect("a number"));
    let only = std::env::var("TARGET").ok();
    let mut problems = Vec::new();
    for (name, target) in TARGETS.into_iter().filter(|it| only.as_deref().is_none_or(|only| only == it.0)) {
        let corpus = corpus(name);
        let mut by = Chance(20_261_130);
        for _ in 0..n {
            let data = altered(&corpus, &mut by);
            if catch_unwind(|| target(known(), &data)).is_err() {
                problems.push(format!("{name}: {data:?}"));
            }
        }
    }
    none_of(&problems);
}

/// One of the inputs, changed at one to four places.
fn altered(corpus: &[Vec<u8>], by: &mut Chance) -> Vec<u8> {
    let mut data = corpus[by.below(corpus.len())].clone();
    for _ in 0..=by.below(4) {
        let at = by.below(data.len() + 1);
        let end = (at + 1 + by.below(16)).min(data.len());
        match by.below(6) {
            0 if at < data.len() => data[at] ^= 1 << by.below(8),
            1 => data.insert(at, by.below(256) as u8),
            2 if at < end => drop(data.drain(at..end)),
            3 if at < end => {
                let again = data[at..end].to_vec();
                data.splice(at..at, again);
            }
            4 => {
                let other = &corpus[by.below(corpus.len())];
                let from = by.below(other.len() + 1);
                data.splice(at.., other[from..].iter().copied());
            }
            _ => data.truncate(at),
        }
    }
    data
}

/// The files are named by the numbers of the lines.
#[test]
fn the_fuzzer_gets_a_folder_of_files_for_each_target() {
    let temporary = tempfile::tempdir().expect("a folder");
    let wanted = std::env::var_os("CORPUS").map(PathBuf::from);
    let folder = wanted.as_deref().unwrap_or(temporary.path());
    for (name, _) in TARGETS {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).expect("a folder");
        for (n, data) in (1..).zip(corpus(name)) {
            fs::write(folder.join(format!("{n:04}")), &data).expect("it can be written");
        }
        let first = fs::read(folder.join("0001")).expect("the first line is a file");
        assert_eq!(Some(first), corpus(name).into_iter().next(), "{name}");
    }
}

/// The inputs of a target, in the order of their lines.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let of_line = |(n, line): (usize, &str)| {
        let letters = line.trim_end_matches('=').replace('+', "-").replace('/', "_");
        base64url::decode(&letters).unwrap_or_else(|| panic!("fuzz/corpus/{name}.txt:{n}: this is no base64"))
    };
    (1..).zip(read(&format!("fuzz/corpus/{name}.txt")).lines()).map(of_line).collect()
}
