//! The fuzzer's targets over everything it was given and found, without the fuzzer.

use std::panic::catch_unwind;

use ziping::carrier::Known;

use crate::carrier_laws::known;
use crate::fuzz_targets::{backup, code, envelope, link};
use crate::{files, none_of, path};

type Target = fn(Known<'_>, &[u8]);

#[test]
fn what_the_fuzzer_found_holds() {
    let targets: [(&str, Target); 4] = [("code", code), ("link", link), ("backup", backup), ("envelope", envelope)];
    let mut problems = Vec::new();
    for (name, target) in targets {
        let corpus = files(&path("fuzz/corpus").join(name), "");
        assert!(10 <= corpus.len(), "fuzz/corpus/{name} has {} files", corpus.len());
        for file in corpus {
            let data = std::fs::read(&file).expect("it can be read");
            if catch_unwind(|| target(known(), &data)).is_err() {
                problems.push(file.display().to_string());
            }
        }
    }
    none_of(&problems);
}
