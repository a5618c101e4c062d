//! Whatever ends the lines of a file, LF, CR LF or CR, each line gets its own answer with the number that an editor shows.

use std::io::Read;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use ziping::carrier::Take;
use ziping::cli::{decode_text, encode_lines, score_lines};
use ziping::letters::{line_starts, n_whole, split_lines};

use crate::arbitrary::{Pieces, lines_and_noise};
use crate::carrier_laws::known;
use crate::cli::{text, ziping};
use crate::editions;

/// What ends a line of any file, and what ends one in word processors besides.
const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];
const MORE: [&str; 5] = ["\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"];

/// Few bytes at a time, so that every end of a line is cut in two somewhere.
fn slowly(text: &str, at_once: usize) -> impl Read {
    Pieces { rest: text.as_bytes(), sizes: std::iter::repeat(at_once) }
}

fn scored(input: impl Read) -> String {
    let mut out = Vec::new();
    score_lines(editions(), false, input, &mut out, |_| {}).expect("memory can be written");
    text(&out)
}

fn encoded(input: impl Read) -> String {
    let mut out = Vec::new();
    encode_lines(known(), Take::default(), None, input, &mut out).expect("memory can be written");
    text(&out)
}

fn decoded(input: &str) -> String {
    let mut out = Vec::new();
    decode_text(known(), input, &mut out).expect("memory can be written");
    text(&out)
}

/// The text with each LF made the next of these ends.
fn ended(text: &str, ends: &[&str]) -> String {
    let mut ends = ends.iter().cycle();
    text.split_inclusive('\n').map(|line| line.replace('\n', ends.next().expect("they go on"))).collect()
}

/// All in one way, and each line in another.
fn ways(text: &str) -> Vec<String> {
    // no CR before a LF, as both together are one
    let mixed = ["\n", "\r\n", "\r", "\r\n"];
    ENDS.iter().map(|end| ended(text, &[end])).chain([ended(text, &mixed)]).collect()
}

const LINES: &str = concat!(
    "{\"id\":1,\"rubric\":\"3\",\"answers\":{\"3-1\":{\"met\":true}}}\n\n",
    "{\"id\":2,\"rubric\":\"3\",\"answers\":{\"3-1\":{\"met\":1}}}\n",
    " \n{\"rubric\":\"1\",\"answers\":{}}\n\n\n{\"rubric\":\"9\",\"answers\":{}}",
);

#[test]
fn a_sheet_is_scored_and_encoded_whatever_ends_its_line() {
    let (scores, codes) = (scored(LINES.as_bytes()), encoded(LINES.as_bytes()));
    let refused: Vec<Value> = scores.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    assert_eq!(refused.iter().map(|it| it["line"].as_u64()).collect::<Vec<_>>(), [None, Some(3), None, Some(8)]);
    for input in ways(LINES) {
        for at_once in [1, 2, 3, 7, 4096] {
            assert_eq!(scored(slowly(&input, at_once)), scores, "{input:?} {at_once}");
            assert_eq!(encoded(slowly(&input, at_once)), codes, "{input:?} {at_once}");
        }
    }
}

#[test]
fn a_table_is_read_whatever_ends_its_rows() {
    let table = "rubric,3-1.met,3-3.defects\n3,是,1\n\n3,也许,0\n3,否,2\n";
    let run = |input: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("表.csv");
        std::fs::write(&file, input).expect("it can be written");
        text(&ziping(&["score", "--format", "jsonl", &file.display().to_string()], b"").stdout)
    };
    let should = run(table);
    assert!(should.contains("\"line\":4"), "{should}");
    for input in ways(table) {
        assert_eq!(run(&input), should, "{input:?}");
    }
}

/// Codes by themselves and among words; whole, cut, of several lines.
fn codes() -> String {
    let one = encoded(LINES.lines().next().expect("a line").as_bytes());
    let one = one.trim_end();
    format!("{one}\n\n{}\n{one}\n第三家 {one}\n你好\n\n{}\n{}\n{one}", &one[..one.len() - 3], &one[..10], &one[10..])
}

#[test]
fn a_code_is_read_whatever_ends_its_line() {
    let should = decoded(&codes());
    assert_eq!(should.lines().filter(|it| it.contains("\"error\"")).count(), 2, "{should}");
    assert!(should.contains("\"line\":3") && should.contains("\"line\":6"), "{should}");
    for input in ways(&codes()).into_iter().chain(MORE.map(|end| ended(&codes(), &[end]))) {
        assert_eq!(decoded(&input), should, "{input:?}");
    }
}

/// An end of a line that lies across what is held of a stream is one all the same.
#[test]
fn no_answer_is_lost_where_a_part_of_a_stream_ends() {
    let n = 600_000;
    let all = codes();
    let should = |before: usize| -> Vec<Value> {
        let answers = decoded(&all);
        answers.lines().map(|it| numbered(serde_json::from_str(it).expect("JSON"), before as u64)).collect()
    };
    for (first, end) in ["", "你好", " "].into_iter().flat_map(|first| ENDS.map(|end| (first, end))) {
        let input = format!("{first}{}{}", end.repeat(n), ended(&all, &[end]));
        let answers = decoded(&input);
        let mut answers: Vec<Value> = answers.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
        if !first.trim().is_empty() {
            assert_eq!(answers.remove(0)["line"], 1);
        }
        assert_eq!(answers, should(n), "{first:?} {end:?}");
    }
}

/// Lines were counted at every end and cut at a LF: of such a stream most answers were lost without a word.
#[test]
fn a_stream_with_ends_of_two_kinds_loses_no_answer() {
    let code = encoded(LINES.lines().next().expect("a line").as_bytes());
    let line = |n: usize| format!("第{n}家：{}{}", code.trim_end(), if n.is_multiple_of(3) { "\n" } else { "\r" });
    let input: String = (0..60).map(|n| line(n) + &"\r".repeat(20_000)).collect();
    let answers = decoded(&input);
    assert_eq!(answers.lines().filter(|it| it.contains("\"rubric\":\"3\"")).count(), 60);
    assert_eq!(answers.lines().count(), 60);
}

fn numbered(mut answer: Value, before: u64) -> Value {
    if let Some(line) = answer.get("line").and_then(Value::as_u64) {
        answer["line"] = (line + before).into();
        answer["error"]["path"] = (line + before).to_string().into();
    }
    answer
}

#[test]
fn every_end_is_known_and_half_of_one_is_none() {
    for end in ENDS.into_iter().chain(MORE) {
        let text = format!("甲{end}乙{end}{end}");
        assert_eq!(split_lines(&text).collect::<Vec<_>>(), ["甲", "乙", "", ""], "{end:?}");
        let starts: Vec<usize> = line_starts(text.as_bytes()).collect();
        assert_eq!(starts, [3 + end.len(), 6 + 2 * end.len(), text.len()], "{end:?}");
        assert_eq!(n_whole(format!("{text}丙").as_bytes()), text.len(), "{end:?}");
    }
    assert_eq!((n_whole(b"a\r\nb\r"), n_whole(b"a\r\r"), n_whole(b"\r"), n_whole(b"a")), (3, 2, 0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_with_any_ends_are_answered_like_those_of_other_systems(bytes in lines_and_noise(), at_once in 1..9_usize) {
        // a LF for each end, as a person would do it
        let plain = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
        let should = scored(plain.as_bytes());
        for input in ways(&plain) {
            prop_assert_eq!(&scored(slowly(&input, at_once)), &should);
        }
    }

    #[test]
    fn a_text_is_cut_behind_its_ends_and_nowhere_else(
        parts in prop::collection::vec((select(vec!["", "甲", "a"]), select([&ENDS[..], &MORE].concat())), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let text: String = parts.iter().flat_map(|it| [it.0, it.1]).collect();
        let starts: Vec<usize> = line_starts(text.as_bytes()).collect();
        prop_assert_eq!(split_lines(&text).count(), starts.len() + 1);
        let n = n_whole(&text.as_bytes()[..cut.index(text.len() + 1)]);
        prop_assert!(n == 0 || starts.contains(&n), "{:?} {}", text, n);
    }
}
