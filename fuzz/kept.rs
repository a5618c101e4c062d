//! The same for what lies in a browser beside the records themselves, which another page of the host can have put there: the
//! entries of the mirror, names and texts of the storage, and the steps that a window carries. And for the tables of an
//! office: what `ziping import` reads, and sheets as CSV.

use std::rc::Rc;

use ziping::bytes::base64url;
use ziping::bytes::crc::crc32;
use ziping::carrier::Known;
use ziping::cli::score_table;
use ziping::compare::Panel;
use ziping::dossier::{
    Base, Dossier, History, Keeper, Listed, MemoryStore, MirrorAsk, Shelf, Stamp, Store, Watched, open,
};
use ziping::import::{ImportWish, import};
use ziping::rubric::Applicant;

use crate::fuzz_foreign::{BOOK, zipped};
use crate::fuzz_targets::sealed;

type Page = (Rc<Keeper>, Shelf<Watched<MemoryStore>>);

/// What lies in storage and mirror, or the steps of a window. Nothing that was whole is lost, and both sides agree in
/// the end.
pub fn mirror(known: Known<'_>, data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    if how % 4 == 0 {
        return steps(known, *how, rest);
    }
    let store = MemoryStore::default();
    let plant = |key: &str, text: &str| store.set(key, text).expect("memory");
    let mut entries: Vec<String> = Vec::new();
    for piece in rest.split(|it| *it == 0xfe) {
        let Some((what, rest)) = piece.split_first() else { continue };
        let unit = UNITS[usize::from(what / 8) % UNITS.len()];
        let slot = if unit.starts_with("doc/") { SLOTS[usize::from(what / 64) % 2] } else { "" };
        let key = format!("zp1/{unit}{slot}");
        let text = String::from_utf8_lossy(rest);
        match what % 8 {
            0 => entries.push(text.into_owned()),
            1 => entries.push(format!("{unit}\n\n{}", sealed(rest))),
            // the mirror knows what lies there as earlier, or as removed
            2 => entries.push(format!("{unit}\n{}\n{}", sum(&store, &key), sealed(rest))),
            3 => entries.push(format!("{unit}\n{}\n", sum(&store, &key))),
            4 => plant(&key, &sealed(rest)),
            5 => plant(&key, &text),
            6 => plant(&format!("zp1/gone/{unit}"), &text),
            _ => {
                let (name, text) = text.split_once('\n').unwrap_or((&text, ""));
                plant(&format!("zp1/{name}"), text);
            }
        }
    }
    let whole: Vec<String> = store.keys().iter().filter_map(|it| latest(&store, it)).collect();
    let (keeper, watched) = Keeper::of(Box::new(store));
    let page = (keeper, Shelf { writer: 7, store: Box::new(watched) });
    settle(&page, &mut entries);
    let shelf = &page.1;
    for text in &whole {
        let sum = crc32(text.as_bytes());
        let copied = format!("-{sum}/");
        let kept = |it: &String| it.contains(&copied) || shelf.store.get(it).as_ref() == Some(text);
        // or it is known as one that came before
        let before = |it: &String| it.lines().nth(1).is_some_and(|it| it.split(' ').any(|it| it == sum.to_string()));
        assert!(shelf.store.keys().iter().any(kept) || entries.iter().any(before), "{text} is gone without a word");
    }
    // what is there can be looked at and changed, and the mirror follows
    let _ = (shelf.quarantined(), Panel::load(shelf), shelf.used());
    let good = || {
        shelf.list().into_iter().filter_map(|it| {
            if let Listed::Good { id, envelope, base, .. } = it { Some((id, envelope, base)) } else { None }
        })
    };
    for (id, envelope, mut base) in good() {
        let _ = shelf.save(&id, &Dossier { unit: "新".to_owned(), ..envelope.dossier }, &mut base, 1, 1_790_000_100);
    }
    let _ = shelf.save("new", &dossier(known), &mut Base::default(), 0, 1_790_000_100);
    settle(&page, &mut entries);
    for (id, _, _) in good().filter(|it| !it.0.contains('\n')) {
        let name = format!("doc/{id}\n");
        assert!(entries.iter().any(|it| it.starts_with(&name)), "{id} is not in the mirror");
    }
}

const UNITS: [&str; 4] = ["doc/x", "doc/y", "panel", "quar/x-0"];
const SLOTS: [&str; 2] = ["/a", "/b"];

fn sum(store: &MemoryStore, key: &str) -> u32 {
    store.get(key).map_or(0, |it| crc32(it.as_bytes()))
}

/// The latest text of the dossier in this slot and the other one, if it can be opened.
fn latest(store: &MemoryStore, key: &str) -> Option<String> {
    let unit = key.strip_suffix(SLOTS[0]).or(key.strip_suffix(SLOTS[1])).filter(|it| it.starts_with("zp1/doc/"))?;
    let texts = SLOTS.iter().filter_map(|it| store.get(&format!("{unit}{it}")));
    let opened = texts.filter_map(|it| Some((open(&it).ok()?.stamp.revision, it)));
    // of two with one number the first
    opened.reduce(|one, other| if one.0 < other.0 { other } else { one }).map(|it| it.1)
}

/// Asks and answers until nothing is to be asked.
fn settle((keeper, shelf): &Page, entries: &mut Vec<String>) {
    let name = |it: &String| it.split('\n').next().unwrap_or_default().to_owned();
    for _ in 0..8 {
        let Some((ask, _)) = keeper.ask() else { return };
        let found: Vec<String> = match &ask {
            MirrorAsk::All => entries.clone(),
            MirrorAsk::Of(names) => entries.iter().filter(|it| names.contains(&name(it))).cloned().collect(),
        };
        for written in keeper.answer(shelf, &ask, &found, 1_790_000_050) {
            entries.retain(|it| name(it) != name(&written));
            entries.push(written);
        }
        keeper.done(shelf, true);
    }
    panic!("the two sides never agree");
}

/// The steps of a window, as text or as the bytes in it: refused, or they can be gone and carried on.
fn steps(known: Known<'_>, how: u8, rest: &[u8]) {
    let (at, now) = (Stamp { revision: 4, writer: 5 }, dossier(known));
    let empty = History::default().text(at, &now);
    let head = &empty[..=empty.rfind('.').expect("a head")];
    let text = if how & 4 == 0 {
        format!("{head}{}", base64url::encode(rest))
    } else {
        String::from_utf8_lossy(rest).into_owned()
    };
    let Some(mut all) = History::recall(&text, at, &now) else { return };
    let (mut state, mut n) = (now.clone(), 0);
    while let Some(it) = all.undo(&state) {
        state = it;
        n += 1;
    }
    for _ in 0..n {
        state = all.redo(&state).expect("as many forward as back");
    }
    assert_eq!(state, now);
    let again = History::recall(&all.text(at, &now), at, &now).expect("its own text");
    assert!(again.n_steps() <= n);
}

fn dossier(known: Known<'_>) -> Dossier {
    Dossier::new("某厂".to_owned(), Applicant::default(), &known.editions[0], &[1, 2])
}

/// The table of a rubric as an office has it, and sheets as CSV: what is read can be read again, and each row is
/// answered.
pub fn table(known: Known<'_>, data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let with = |head: &str| [head.as_bytes(), rest].concat();
    let (name, bytes) = match how % 8 {
        0 => return scored(known, rest),
        1 => return scored(known, &with("id,rubric,1-1.met,1-2.met,1-3.defects,2-4.qualified_examiners\n")),
        2 => ("", rest.to_vec()),
        3 => ("a.html", with("<table><tr><td>项目<td>评估内容<td>评分标准<td>分值<tr><td>")),
        4 => ("a.csv", with("项目,评估内容,评分标准,分值\n")),
        5 => ("a.tsv", with("项目\t评估内容\t评分标准\t分值\n管理\t场地\t")),
        6 => ("a.xlsx", zipped(&[BOOK, ("xl/worksheets/sheet1.xml", rest)])),
        _ => ("a.html", rest.to_vec()),
    };
    let annex = (how & 64 == 0).then_some(how / 8 % 8 + 1);
    if let Ok(it) = import(name, &bytes, &ImportWish { annex, sheet: None }) {
        let written = it.written;
        assert!(0 < written.rows && written.doubtful <= written.rows);
        toml::from_str::<toml::Table>(&written.toml).expect("it is TOML");
    }
}

fn scored(known: Known<'_>, csv: &[u8]) {
    let mut out = Vec::new();
    let Ok(tally) = score_table(known.editions, true, csv, &mut out) else { return };
    assert!(tally.refused <= tally.lines);
    let text = String::from_utf8(out).expect("answers are UTF-8");
    assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
    assert!(tally.lines <= text.lines().count() as u64);
}
