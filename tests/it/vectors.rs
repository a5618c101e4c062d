//! Records as version 1 writes them, which are never changed: the current encoder gives exactly these bytes, codes,
//! links and files (except texts, which a compressor may squeeze better), and all later versions read them.
//! `VECTORS=write` completes lines that have only an input, and changes no others.

use std::collections::BTreeSet;

use serde_json::Value;
use ziping::bytes::base64url;
use ziping::carrier::{By, Record, Take, read, read_code, read_link, unpack};
use ziping::cli::{decode_text, encode_lines};
use ziping::dossier::{Envelope, Stamp, seal};

use crate::carrier_laws::known;
use crate::{path, read as read_file};

/// The bit in the first byte of a record that says that its texts are compressed.
const SQUEEZED: u8 = 32;
/// One vector per line.
const VECTORS: &str = "tests/vectors/v1.jsonl";
const ROOT: &str = "https://ziping.example/";

#[test]
fn what_version_1_wrote_is_written_and_read_for_ever() {
    let text = read_file(VECTORS);
    let complete = std::env::var("VECTORS").is_ok_and(|it| it == "write");
    let (mut lines, mut names) = (Vec::new(), BTreeSet::new());
    for (n, line) in (1..).zip(text.lines()) {
        let mut vector: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{VECTORS}:{n}: {error}"));
        let name = vector["name"].as_str().unwrap_or_else(|| panic!("{VECTORS}:{n}: no `name`")).to_owned();
        assert!(names.insert(name.clone()), "{VECTORS}:{n}: another vector is called {name}");
        let now = written(&name, &vector);
        if vector.get("bytes").is_none() && complete {
            vector.as_object_mut().expect("an object").extend(now.clone());
            lines.push(vector.to_string());
        } else {
            lines.push(line.to_owned());
        }
        // texts may be compressed better one day; the promise is only that the old bytes can be read
        let squeezed = vector["bytes"].as_str().and_then(|it| u8::from_str_radix(it.get(..2)?, 16).ok());
        let exact = squeezed.is_none_or(|head| head & SQUEEZED == 0);
        for (key, value) in now.into_iter().filter(|it| exact || it.0 == "opens" || it.0 == "file") {
            assert_eq!(vector.get(&key), Some(&value), "{name}: `{key}` is written otherwise now");
        }
        reads(&name, &vector);
    }
    assert!(49 <= lines.len(), "{} vectors", lines.len());
    let all: String = lines.iter().map(|line| format!("{line}\n")).collect();
    if all != text {
        std::fs::write(path(VECTORS), all).expect("it can be written");
    }
}

/// What the current encoder makes of the input.
fn written(name: &str, vector: &Value) -> serde_json::Map<String, Value> {
    let take = Take { unit: vector["unit"] == true, notes: vector["notes"] == true, day: None };
    let encoded = |link| {
        let mut out = Vec::new();
        let input = vector["input"].to_string();
        let run = encode_lines(known(), take, link, input.as_bytes(), &mut out).expect("memory can be written");
        let out = String::from_utf8(out).expect("UTF-8").trim_end().to_owned();
        assert_eq!(run.tally.refused, 0, "{name}: {out}");
        out
    };
    let (code, link) = (encoded(None), encoded(Some(ROOT)));
    let bytes = base64url::decode(&link[ROOT.len() + "#s.".len()..]).expect("base64url");
    let dossier = read_code(known(), &code).unwrap_or_else(|why| panic!("{name}: {why}")).dossier;
    let stamp = Stamp { revision: 1, writer: 0 };
    let file = seal(&Envelope { stamp, written: 1_790_000_000, edits: 0, dossier });
    let hex: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
    let texts = [("bytes", hex), ("code", code.clone()), ("link", link), ("file", file)];
    let opens = ("opens".to_owned(), serde_json::from_str(&decoded(&code)).expect("JSON"));
    texts.into_iter().map(|(key, text)| (key.to_owned(), text.into())).chain([opens]).collect()
}

/// Everything in the vector can be read, in every form, and still means the same.
fn reads(name: &str, vector: &Value) {
    let text = |key: &str| vector[key].as_str().unwrap_or_else(|| panic!("{name} has no `{key}`"));
    let hex = text("bytes").as_bytes().chunks(2).map(|it| u8::from_str_radix(str::from_utf8(it).expect("hex"), 16));
    let bytes: Vec<u8> = hex.collect::<Result<_, _>>().expect("hex");
    let of_code = read_code(known(), text("code")).unwrap_or_else(|why| panic!("{name}: {why}"));
    let came = |by| Ok(Record { by, ..of_code.clone() });
    assert_eq!(unpack(known(), &bytes, By::Link), came(By::Link), "{name}");
    assert_eq!(read_link(known(), text("link")), came(By::Link), "{name}");
    let of_file = read(known(), text("file")).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert_eq!(of_file[0].dossier, of_code.dossier, "{name}");
    for carrier in [text("code"), text("link")] {
        assert_eq!(serde_json::from_str::<Value>(&decoded(carrier)).expect("JSON"), vector["opens"], "{name}");
    }
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    decode_text(known(), text, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("UTF-8")
}
