//! A damaged code or link never opens as another record: a million single and double damages, counted. The usual run tries
//! ten thousand; `MUTATIONS=1000000 cargo test --release --test it mutations -- --nocapture` all of them.

use serde_json::Value;
use ziping::carrier::{pieces, read, read_code, read_link};

use crate::carrier_laws::known;
use crate::read as read_file;

const CODE: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LINK: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Numbers by chance, the same every time (xorshift64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// Another letter, one letter less, one more, two that changed places, or a part twice.
fn damaged(text: &mut Vec<u8>, from: usize, letters: &[u8], by: &mut Chance) {
    let at = from + by.below(text.len() - from);
    match by.below(8) {
        0 => drop(text.remove(at)),
        1 => text.insert(at, letters[by.below(letters.len())]),
        2 if at + 1 < text.len() => text.swap(at, at + 1),
        3 => {
            let part = text[at..text.len().min(at + 1 + by.below(6))].to_vec();
            text.splice(at..at, part);
        }
        _ => text[at] = letters[by.below(letters.len())],
    }
}

#[test]
fn no_damage_makes_another_record() {
    let wanted = std::env::var("MUTATIONS").ok().and_then(|it| it.parse().ok()).unwrap_or(10_000);
    let text = read_file("tests/vectors/v1.jsonl");
    let vectors: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let originals: Vec<(String, bool)> = vectors
        .iter()
        .flat_map(|it| {
            [("code", false), ("link", true)]
                .map(|(key, is_link)| (it[key].as_str().unwrap_or_default().to_owned(), is_link))
        })
        .filter(|it| it.0.len() < 1_000)
        .collect();
    assert!(60 < originals.len());
    let by = &mut Chance(0x9e37_79b9_7f4a_7c15);
    let (mut n, mut same, mut another) = (0, 0, Vec::new());
    for (original, is_link) in originals.iter().cycle() {
        if n == wanted {
            break;
        }
        n += 1;
        let opened = |text: &str| if *is_link { read_link(known(), text) } else { read_code(known(), text) };
        let from = if *is_link { original.find("#s.").expect("a link") + 3 } else { 0 };
        let mut changed = original.clone().into_bytes();
        for _ in 0..1 + n % 2 {
            damaged(&mut changed, from, if *is_link { LINK } else { CODE }, by);
        }
        let changed = String::from_utf8(changed).expect("ASCII");
        // as one record, and as a pile in which somebody else's may be found
        let found = pieces(&changed).into_iter().filter_map(|it| read(known(), &it.1).ok()).flatten();
        for record in opened(&changed).into_iter().chain(found) {
            let meant = opened(original).expect("it is whole");
            if record.dossier == meant.dossier && record.day == meant.day {
                same += 1;
            } else {
                another.push(changed.clone());
            }
        }
    }
    println!("{n} damages: {same} opened as the same record, {} as another one", another.len());
    assert_eq!(another, Vec::<String>::new());
}
