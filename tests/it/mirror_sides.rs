//! What the storage and the mirror have of one dossier, laid beside each other: which text goes where, which is kept as a
//! copy, what is told.

use std::cell::RefCell;
use std::rc::Rc;

use ziping::bytes::crc::crc32;
use ziping::compare::Panel;
use ziping::dossier::{Dossier, Envelope, Laid, Listed, Stamp, seal};

use crate::machine::{Calls, Fault, Machine, Page};
use crate::{EMPLOYER, editions};

/// `2` is the record of the second saving, `2*` one of the same number by another page, `2x` one of which the last letter is
/// wrong, `-` is nothing.
const WORDS: [&str; 7] = ["1", "2", "3", "1x", "2x", "3x", "2*"];

fn record(word: &str) -> Option<String> {
    let revision = word.trim_end_matches(['x', '*']).parse().ok()?;
    let writer = if word.ends_with('*') { 6 } else { 5 };
    let dossier = Dossier::new(word.trim_end_matches('x').to_owned(), EMPLOYER, &editions()[0], &[]);
    let sealed = seal(&Envelope { stamp: Stamp { revision, writer }, written: 7, edits: 0, dossier });
    Some(if word.ends_with('x') { broken(&sealed) } else { sealed })
}

fn broken(text: &str) -> String {
    let (rest, last) = text.split_at(text.len() - 1);
    format!("{rest}{}", if last == "A" { "B" } else { "A" })
}

fn sum(text: &str) -> u32 {
    crc32(text.as_bytes())
}

fn word_of(text: Option<&str>) -> String {
    let Some(text) = text else { return "-".to_owned() };
    let word = WORDS.iter().find(|it| record(it).as_deref() == Some(text));
    word.map_or_else(|| format!("? {text}"), |it| (*it).to_owned())
}

fn word_of_sum(sum: &str) -> String {
    let word = WORDS.iter().find(|it| crc32(record(it).unwrap_or_default().as_bytes()).to_string() == sum);
    word.map_or_else(|| format!("? {sum}"), |it| (*it).to_owned())
}

fn sums_of(words: &str) -> String {
    let texts = words.split_whitespace().map(|it| record(it).expect("a record"));
    texts.map(|it| sum(&it).to_string()).collect::<Vec<_>>().join(" ")
}

/// `2 < 1`: the text, and the texts that came before it.
fn entry(name: &str, said: &str) -> (String, String) {
    let (text, before) = said.split_once('<').expect("what came before");
    let text = record(text.trim()).unwrap_or_default();
    (name.to_owned(), format!("{name}\n{}\n{text}", sums_of(before)))
}

fn said(entry: &str) -> String {
    let parts: Vec<&str> = entry.splitn(3, '\n').collect();
    let before: Vec<String> = parts[1].split_whitespace().map(word_of_sum).collect();
    let text = word_of(Some(parts[2]).filter(|it| !it.is_empty()));
    format!("{text} < {}", before.join(" ")).trim_end().to_owned()
}

/// One dossier in both places, and what becomes of it when a page is opened.
#[derive(Clone, Copy, Default)]
struct Sides {
    /// What is in its two slots.
    slots: &'static str,
    /// Texts that are marked as gone.
    marks: &'static str,
    /// What the mirror has; empty where it has never heard of it.
    kept: &'static str,
    /// The storage takes nothing more.
    full: bool,
}

struct Becomes {
    slots: &'static str,
    kept: &'static str,
    laid: Laid,
    /// Copies in the bin, and texts that were set aside.
    copies: &'static str,
    aside: &'static str,
}

const NONE: Laid = Laid { restored: 0, caught_up: 0, removed: 0, apart: 0, damaged: 0, lost: 0, stuck: 0 };

fn check(what: &str, sides: Sides, becomes: &Becomes) {
    let slots = sides.slots.split(' ').zip(["zp1/doc/x/a", "zp1/doc/x/b"]);
    let mut texts: Vec<_> = slots.filter_map(|(word, key)| Some((key.to_owned(), record(word)?))).collect();
    if !sides.marks.is_empty() {
        texts.push(("zp1/gone/doc/x".to_owned(), sums_of(sides.marks)));
    }
    let mirror: Vec<_> =
        Some(sides.kept).filter(|it| !it.is_empty()).map(|it| entry("doc/x", it)).into_iter().collect();
    let machine = Machine { texts: RefCell::new(texts), mirror: RefCell::new(mirror), ..Machine::default() };
    machine.full.set(sides.full);
    let machine = Rc::new(machine);
    let page = Page::open(&machine, 1);
    let texts = machine.texts.borrow();
    let text = |key: &str| texts.iter().find(|it| it.0 == key).map(|it| it.1.as_str());
    let slots = format!("{} {}", word_of(text("zp1/doc/x/a")), word_of(text("zp1/doc/x/b")));
    let mirror = machine.mirror.borrow();
    let kept = mirror.iter().find(|it| it.0 == "doc/x").map(|it| said(&it.1)).unwrap_or_default();
    assert_eq!((slots.as_str(), kept.as_str(), page.laid), (becomes.slots, becomes.kept, becomes.laid), "{what}");
    let copies = page.shelf.list().into_iter().filter_map(|found| match found {
        Listed::Good { id, envelope, .. } if id != "x" => {
            assert_eq!(envelope.dossier.binned, Some(7), "{what}: a copy is in the bin since then");
            Some(envelope.dossier.unit.trim_end_matches("（另一份）").to_owned())
        }
        _ => None,
    });
    assert_eq!(copies.collect::<Vec<_>>().join(" "), becomes.copies, "{what}: copies");
    let aside: Vec<String> = page.shelf.quarantined().iter().map(|it| word_of(Some(&it.1))).collect();
    assert_eq!(aside.join(" "), becomes.aside, "{what}: set aside");
    assert_eq!(text("zp1/gone/doc/x"), None, "{what}: nothing stays marked");
}

/// What neither needs a copy nor has to be set aside.
fn becomes(slots: &'static str, kept: &'static str, laid: Laid) -> Becomes {
    Becomes { slots, kept, laid, copies: "", aside: "" }
}

#[test]
fn the_later_text_goes_to_the_other_side() {
    let sides = |slots, kept| Sides { slots, kept, ..Sides::default() };
    let restored = Laid { restored: 1, ..NONE };
    let caught_up = Laid { caught_up: 1, ..NONE };
    let cases = [
        ("new in the mirror", sides("1 2", ""), becomes("1 2", "2 < 1", NONE)),
        ("new, in the other slots", sides("2 1", ""), becomes("2 1", "2 < 1", NONE)),
        ("twice the same", sides("1 1", ""), becomes("1 1", "1 <", NONE)),
        ("the same", sides("1 2", "2 < 1"), becomes("1 2", "2 < 1", NONE)),
        ("saved meanwhile", sides("1 2", "1 <"), becomes("1 2", "2 < 1", NONE)),
        ("nothing in the storage", sides("- -", "2 < 1"), becomes("2 -", "2 < 1", restored)),
        ("an earlier one in the storage", sides("1 -", "2 < 1"), becomes("1 2", "2 < 1", caught_up)),
        ("two earlier ones", sides("1 2", "3 < 2 1"), becomes("3 2", "3 < 2 1", caught_up)),
        ("two earlier ones, in the other slots", sides("2 1", "3 < 2 1"), becomes("2 3", "3 < 2 1", caught_up)),
    ];
    for (what, sides, becomes) in cases {
        check(what, sides, &becomes);
    }
    let damaged = Becomes { aside: "3x", ..becomes("1 2", "2 < 1", caught_up) };
    check("into the damaged slot, which is set aside", sides("1 3x", "2 < 1"), &damaged);
}

#[test]
fn what_does_not_come_after_each_other_is_kept_as_a_copy() {
    let sides = |slots, kept| Sides { slots, kept, ..Sides::default() };
    let apart = Laid { apart: 1, ..NONE };
    let copies = |copies, becomes| Becomes { copies, ..becomes };
    check("ours was saved more often", sides("2 -", "1 <"), &copies("1", becomes("2 -", "2 < 1", apart)));
    check("as often", sides("2 -", "2* <"), &copies("2*", becomes("2 -", "2 < 2*", apart)));
    let caught_up = Laid { caught_up: 1, ..apart };
    check("less often", sides("1 -", "2 <"), &copies("1", becomes("1 2", "2 <", caught_up)));
}

#[test]
fn what_was_removed_stays_removed_and_what_was_lost_comes_back() {
    let sides = |slots, marks, kept| Sides { slots, marks, kept, full: false };
    let restored = Laid { restored: 1, ..NONE };
    let cases = [
        ("removed", sides("1 -", "", "- < 1"), becomes("- -", "- < 1", Laid { removed: 1, ..NONE })),
        ("made again after it was removed", sides("2 -", "", "- < 1"), becomes("2 -", "2 < 1", NONE)),
        ("removed without a mirror", sides("- -", "2", "2 < 1"), becomes("- -", "- < 2 1", NONE)),
        ("a later one removed without a mirror", sides("- -", "3", "2 < 1"), becomes("- -", "- < 3 2 1", NONE)),
        ("an earlier one removed", sides("- -", "1", "2 < 1"), becomes("2 -", "2 < 1", restored)),
        ("written over without a mirror", sides("2 -", "1", "1 <"), becomes("2 -", "2 < 1", NONE)),
    ];
    for (what, sides, becomes) in cases {
        check(what, sides, &becomes);
    }
    let damaged = Becomes { aside: "2x", ..becomes("2 -", "2 < 1", restored) };
    check("what lies there damaged was not removed", sides("2x -", "2", "2 < 1"), &damaged);
}

#[test]
fn a_damaged_entry_is_told_and_goes_into_no_slot() {
    let sides = |slots, kept| Sides { slots, kept, ..Sides::default() };
    let damaged = Laid { damaged: 1, ..NONE };
    let only = Becomes { aside: "2x", ..becomes("- -", "- < 2x 1", damaged) };
    check("the only text, kept as it is", sides("- -", "2x < 1"), &only);
    check("not the only one", sides("1 -", "2x <"), &becomes("1 -", "1 < 2x", damaged));
    check("not the only one, and later", sides("1 -", "2x < 1"), &becomes("1 -", "1 < 2x", damaged));
    let mirror = vec![("doc/x".to_owned(), "doc/x".to_owned())];
    let machine = Rc::new(Machine { mirror: RefCell::new(mirror), ..Machine::default() });
    assert_eq!(Page::open(&machine, 1).laid, damaged, "no entry at all");
}

#[test]
fn where_there_is_no_room_both_sides_stay_and_it_is_told() {
    let sides = |slots, kept| Sides { slots, kept, full: true, ..Sides::default() };
    let stuck = Laid { stuck: 1, ..NONE };
    let apart = Laid { apart: 1, ..stuck };
    let cases = [
        ("lost", sides("- -", "2 < 1"), becomes("- -", "2 < 1", stuck)),
        ("earlier", sides("1 -", "2 < 1"), becomes("1 -", "2 < 1", stuck)),
        ("earlier, beside a damaged one", sides("1 3x", "2 < 1"), becomes("1 3x", "2 < 1", stuck)),
        ("apart, ours the later", sides("2 -", "1 <"), becomes("2 -", "1 <", apart)),
        ("apart, ours the earlier", sides("1 -", "2 <"), becomes("1 -", "2 <", apart)),
        ("damaged", sides("- -", "2x <"), becomes("- -", "2x <", Laid { damaged: 1, ..NONE })),
    ];
    for (what, sides, becomes) in cases {
        check(what, sides, &becomes);
    }
}

/// An entry has two hundred checksums at most, the latest first.
#[test]
fn of_the_texts_before_the_latest_two_hundred_are_known() {
    for n in [198, 199, 200_u32] {
        let (one, two) = (record("1").expect("a record"), record("2").expect("a record"));
        let sums: Vec<String> = (1..=n).map(|it| (1000 + it).to_string()).collect();
        let mirror = vec![("doc/x".to_owned(), format!("doc/x\n{}\n{one}", sums.join(" ")))];
        let texts = vec![("zp1/doc/x/a".to_owned(), one.clone()), ("zp1/doc/x/b".to_owned(), two.clone())];
        let machine = Machine { texts: RefCell::new(texts), mirror: RefCell::new(mirror), ..Machine::default() };
        let machine = Rc::new(machine);
        Page::open(&machine, 1);
        let known = [vec![sum(&one).to_string()], sums].concat();
        let most = known.len().min(200);
        assert_eq!(machine.mirror.borrow()[0].1, format!("doc/x\n{}\n{two}", known[..most].join(" ")));
    }
}

/// A panel has no revisions: what is in the storage stays there, what the mirror has besides is set aside.
#[test]
fn of_two_panels_one_is_set_aside() {
    let panel = |unit: &str| Panel { unit: unit.to_owned(), ..Panel::default() }.seal();
    let opened = |here: Option<&str>, kept: &str| {
        let texts = here.map(|it| ("zp1/panel".to_owned(), it.to_owned())).into_iter().collect();
        let mirror = vec![("panel".to_owned(), format!("panel\n\n{kept}"))];
        let machine = Machine { texts: RefCell::new(texts), mirror: RefCell::new(mirror), ..Machine::default() };
        let machine = Rc::new(machine);
        let page = Page::open(&machine, 1);
        let aside: Vec<String> = page.shelf.quarantined().into_iter().map(|it| it.1).collect();
        let entry = machine.mirror.borrow()[0].1.clone();
        let here = machine.texts.borrow().iter().find(|it| it.0 == "zp1/panel").map(|it| it.1.clone());
        (here, entry, aside, page.laid)
    };
    let (ours, theirs) = (panel("甲"), panel("乙"));
    let written = |before: &str, text: &str| format!("panel\n{}\n{text}", sum(before));
    let apart = (Some(ours.clone()), written(&theirs, &ours), vec![theirs.clone()], Laid { apart: 1, ..NONE });
    assert_eq!(opened(Some(&ours), &theirs), apart);
    let wrong = broken(&theirs);
    let damaged = Laid { damaged: 1, ..NONE };
    assert_eq!(opened(Some(&ours), &wrong), (Some(ours.clone()), written(&wrong, &ours), Vec::new(), damaged));
    let restored = Laid { restored: 1, ..NONE };
    assert_eq!(opened(None, &theirs), (Some(theirs.clone()), format!("panel\n\n{theirs}"), Vec::new(), restored));
}

/// A text that was set aside has its checksum in its name.
#[test]
fn a_text_that_was_set_aside_comes_back_where_it_is_whole() {
    for (number, told) in [(sum("oops"), Laid { restored: 1, ..NONE }), (5, Laid { damaged: 1, ..NONE })] {
        let name = format!("quar/x-{number}");
        let mirror = vec![(name.clone(), format!("{name}\n\noops"))];
        let machine = Rc::new(Machine { mirror: RefCell::new(mirror), ..Machine::default() });
        let page = Page::open(&machine, 1);
        assert_eq!(page.laid, told);
        let there = machine.texts.borrow().iter().any(|it| it.0 == format!("zp1/{name}") && it.1 == "oops");
        assert_eq!(there, told == Laid { restored: 1, ..NONE });
    }
}

/// A storage that gives a damaged text at one call and nothing at the next: what nobody could read is still there.
#[test]
fn a_damaged_text_is_not_written_over_whichever_call_fails() {
    let opened = |fault: Option<usize>| {
        let texts = vec![("zp1/doc/x/a".to_owned(), "damaged".to_owned())];
        let store_calls =
            Calls { faults: fault.map(|it| (it, Fault::Refuse)).into_iter().collect(), ..Calls::default() };
        let mirror = RefCell::new(vec![entry("doc/x", "1 <")]);
        let machine = Rc::new(Machine { texts: RefCell::new(texts), mirror, store_calls, ..Machine::default() });
        Page::open(&machine, 1);
        machine
    };
    let calls = opened(None).store_calls.n.get();
    assert!(10 < calls);
    for fault in [None].into_iter().chain((0..calls).map(Some)) {
        let machine = opened(fault);
        let texts = machine.texts.borrow();
        assert!(texts.iter().any(|it| it.1 == "damaged"), "call {fault:?} of {calls}: {texts:?}");
    }
}
