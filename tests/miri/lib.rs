//! What reads foreign bytes in the core, looked at by miri, which finds reads of memory that is not there or not set, and broken
//! promises between our code and what it builds on. Slow, so of the fuzzer's inputs every tenth, and only short ones:
//!
//! ```text
//! MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test --manifest-path tests/miri/Cargo.toml
//! ```
#![cfg(test)]

use std::fs;
use std::path::Path;

use ziping::bytes::base64url;
use ziping::compare::Panel;
use ziping::dossier::{open, read_in_part, seal};
use ziping::spreadsheet::{Cell, Column, Table, csv, read, xlsx};

/// Every tenth input of a target without its first byte, of at most so many bytes.
fn inputs(name: &str, most: usize) -> Vec<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../fuzz/corpus/{name}.txt"));
    let text = fs::read_to_string(file).expect("the corpus is here");
    let of_line = |line: &str| {
        let letters = line.trim_end_matches('=').replace('+', "-").replace('/', "_");
        base64url::decode(&letters).expect("base64")
    };
    let all = text.lines().step_by(10).map(of_line).filter(|it| 1 < it.len() && it.len() <= most);
    all.map(|it| it[1..].to_vec()).collect()
}

fn texts(name: &str, most: usize) -> Vec<String> {
    inputs(name, most).iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect()
}

#[test]
fn records_and_files() {
    let whole = include_str!("../records/v2/backup.json");
    let mut n = read_in_part(whole).expect("it opens").found.len();
    for text in texts("envelope", 600).iter().chain(&texts("backup", 600)) {
        if let Ok(it) = open(text) {
            assert_eq!(open(&seal(&it)).as_ref(), Ok(&it));
            n += 1;
        }
        let _ = read_in_part(text);
    }
    assert!(2 <= n);
}

#[test]
fn panels() {
    texts("panel", 600).iter().for_each(|it| drop(Panel::open(it)));
    let panel = Panel { unit: "某厂".to_owned(), ..Panel::default() };
    assert_eq!(Panel::open(&panel.seal()), Ok(panel));
}

#[test]
fn workbooks() {
    inputs("workbook", 1_000).iter().for_each(|it| drop(read(it)));
    let columns = vec![Column { title: "单位".to_owned(), width: 12 }];
    let rows = vec![vec![Cell::Text("=某厂,\"一\"\n".to_owned())]];
    let table = Table { name: "表".to_owned(), columns, rows };
    assert!(csv(&table).contains("'=某厂"));
    assert_eq!(read(&xlsx(&[table], "")).map(|it| it.len()), Ok(1));
}
