//! What the person is told of saving holds: a store and its mirror that fail at every call of a script, one after the
//! other, in every way; and what is left after the end of the browser, which takes the store back in time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ziping::compare::Panel;
use ziping::dossier::{Base, Dossier, Laid, Listed, Shelved, Sight, Single};

use crate::machine::{Calls, Fault, Machine, OF_MIRROR, OF_STORE, Page};
use crate::{EMPLOYER, editions};

fn dossier(unit: u32) -> Dossier {
    Dossier::new(unit.to_string(), EMPLOYER, &editions()[0], &[])
}

/// What the person does.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Changes the dossier of this name, or makes it.
    Edit(&'static str),
    Panel,
    ClearPanel,
    Remove(&'static str),
    /// Closes the browser and opens it again.
    Reopen,
}

const SCRIPT: &[Act] = &[
    Act::Edit("x"),
    Act::Edit("x"),
    Act::Edit("y"),
    Act::Panel,
    Act::Edit("x"),
    Act::Remove("y"),
    Act::Panel,
    Act::Reopen,
    Act::Edit("x"),
    Act::ClearPanel,
    Act::Edit("z"),
    Act::Panel,
    Act::Edit("x"),
];

/// What was promised of one thing: its last state that was said to be saved, and in how many places; and whether the person
/// was told, of this thing or of all, that something is wrong.
#[derive(Clone, Debug, Default)]
struct Promise {
    /// The number of the state in both places, 0 where it was removed or never there.
    both: Option<u32>,
    /// The same for the store alone.
    alone: Option<u32>,
    /// All that was ever asked for since the promise, so that what was not promised may be there as well.
    asked: Vec<u32>,
    told: bool,
}

const UNITS: [&str; 4] = ["x", "y", "z", "panel"];

/// Runs the script until its end or the end of the browser; returns what was promised.
fn run(machine: &Rc<Machine>) -> Vec<Promise> {
    let mut promises = vec![Promise::default(); UNITS.len()];
    let mut told = false;
    let mut page = Page::open(machine, 1);
    let mut bases: Vec<(&str, Base)> = Vec::new();
    let mut seen = Sight::default();
    for (n, act) in SCRIPT.iter().enumerate() {
        let state = u32::try_from(n).expect("small") + 1;
        let (unit, state, ok) = match act {
            Act::Reopen => {
                told |= page.told() || page.keeper.is_alone();
                machine.earlier.borrow_mut().clear();
                page = Page::open(machine, 2);
                bases.clear();
                seen = Panel::load(&page.shelf).1;
                continue;
            }
            Act::Edit(id) => {
                let at = bases.iter().position(|it| it.0 == *id).unwrap_or_else(|| {
                    let base = match page.shelf.load(id) {
                        Some(Listed::Good { base, .. }) => base,
                        _ => Base::default(),
                    };
                    bases.push((id, base));
                    bases.len() - 1
                });
                let saved = page.shelf.save(id, &dossier(state), &mut bases[at].1, 0, 7);
                (*id, state, saved.is_ok())
            }
            Act::Panel => {
                let panel = Panel { unit: state.to_string(), ..Panel::default() };
                ("panel", state, panel.save(&page.shelf, &mut seen).is_ok())
            }
            Act::ClearPanel => ("panel", 0, Panel::default().save(&page.shelf, &mut seen).is_ok()),
            Act::Remove(id) => {
                page.shelf.remove(id);
                (*id, 0, true)
            }
        };
        let promise = &mut promises[UNITS.iter().position(|it| *it == unit).expect("a unit")];
        promise.asked.push(state);
        if machine.ended.get() {
            break;
        }
        page.pump();
        if machine.ended.get() {
            break;
        }
        // what a store kept and once denies is still in the list that the person sees
        let stays = state == 0 && (page.shelf.has(unit) || !there(&page, unit).is_empty());
        // nobody saw what an ended browser answered
        if machine.ended.get() {
            break;
        }
        if ok && !stays && page.keeper.is_settled() {
            if page.keeper.is_alone() {
                promise.alone = Some(state);
            } else {
                *promise = Promise { both: Some(state), alone: None, asked: vec![state], ..promise.clone() };
            }
        } else {
            promise.told = true;
        }
    }
    told |= page.told();
    promises.iter_mut().for_each(|it| it.told |= told);
    promises
}

/// What of one thing is there: the number of its state, and those of copies in the bin.
fn there(page: &Page, unit: &str) -> Vec<u32> {
    let number = |text: &str| text.trim_end_matches("（另一份）").parse().ok();
    if unit == "panel" {
        let aside = page.shelf.quarantined().into_iter().filter_map(|it| Panel::open(&it.1).ok());
        let main = match Panel::load(&page.shelf).0 {
            Single::Good(panel) => Some(panel),
            _ => None,
        };
        return main.into_iter().chain(aside).filter_map(|it| number(&it.unit)).collect();
    }
    let good = page.shelf.list().into_iter().filter_map(|found| match found {
        Listed::Good { id, envelope, .. } if id.split('-').next() == Some(unit) => number(&envelope.dossier.unit),
        _ => None,
    });
    good.collect()
}

/// Opens the browser again after its end, with the last `back` changes of its store undone, and says what is wrong.
fn after_the_end(machine: &Machine, back: usize, promises: &[Promise], clean: bool) -> Vec<String> {
    let earlier = machine.earlier.borrow();
    let texts = if back == 0 { machine.texts.borrow().clone() } else { earlier[earlier.len() - back].clone() };
    let again = Rc::new(Machine { texts: RefCell::new(texts), mirror: machine.mirror.clone(), ..Machine::default() });
    let page = Page::open(&again, 3);
    let mut problems = Vec::new();
    for (unit, promise) in UNITS.iter().zip(promises) {
        let found = there(&page, unit);
        // one place is promised only as long as the browser ends well
        let state = promise.alone.filter(|_| back == 0 && clean).or(promise.both);
        let Some(state) = state else { continue };
        let kept = if state == 0 {
            found.iter().all(|it| promise.asked.contains(it))
        } else {
            found.contains(&state) || found.iter().any(|it| promise.asked.contains(it)) || promise.asked.contains(&0)
        };
        let said = page.told() || (promise.told && !clean);
        if !kept && !said {
            problems.push(format!("{unit}: {state} was promised, {found:?} is there"));
        }
    }
    problems
}

/// Tries one set of faults with every way in which the end of the browser takes the store back; returns how many.
fn tried(store: &[(usize, Fault)], mirror: &[(usize, Fault)], problems: &mut Vec<String>) -> usize {
    let calls = |faults: &[(usize, Fault)]| Calls { n: Cell::new(0), faults: faults.to_vec() };
    let machine = Rc::new(Machine { store_calls: calls(store), mirror_calls: calls(mirror), ..Machine::default() });
    let promises = run(&machine);
    let most = machine.earlier.borrow().len();
    let single = store.len() + mirror.len() <= 1;
    // with two faults only the ends, which have most of what can go wrong
    for back in (0..=most).filter(|it| single || *it < 2 || *it == most) {
        for problem in after_the_end(&machine, back, &promises, single) {
            problems.push(format!("store {store:?}, mirror {mirror:?}, {back} back: {problem}"));
        }
    }
    if single { most + 1 } else { most.min(2) + 1 }
}

/// How many calls of each side the script makes.
fn n_calls() -> (usize, usize) {
    let machine = Rc::new(Machine::default());
    run(&machine);
    (machine.store_calls.n.get(), machine.mirror_calls.n.get())
}

/// A mirror that never works is tried twice, and again with the next change.
#[test]
fn a_mirror_that_always_fails_is_not_asked_for_ever() {
    let faults = (0..99).map(|at| (at, Fault::Refuse)).collect();
    let mirror_calls = Calls { faults, ..Calls::default() };
    let machine = Rc::new(Machine { mirror_calls, ..Machine::default() });
    let mut page = Page::open(&machine, 1);
    assert_eq!((machine.mirror_calls.n.get(), page.keeper.is_alone()), (2, true));
    for n in 1..4 {
        page.shelf.save("x", &dossier(n), &mut Base::default(), 0, 7).ok();
        page.pump();
        assert_eq!(machine.mirror_calls.n.get(), 2 + n as usize);
    }
    assert!(page.keeper.is_settled());
}

/// What a full store refused has changed nothing: the mirror is not asked about it, again and again, and nothing counts as lost.
#[test]
fn a_store_that_is_full_gives_the_mirror_nothing_to_do() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let mut base = Base::default();
    for n in 1..4 {
        page.shelf.save("x", &dossier(n), &mut base, 0, 7).expect("there is room");
        page.pump();
    }
    let before = machine.mirror_calls.n.get();
    machine.full.set(true);
    for n in 4..7 {
        for id in ["x", "new"] {
            let mut base = if id == "x" { base.clone() } else { Base::default() };
            assert!(page.shelf.save(id, &dossier(n), &mut base, 0, 7).is_err());
            page.pump();
        }
    }
    assert_eq!((machine.mirror_calls.n.get(), page.laid), (before, Laid::default()));
    machine.full.set(false);
    page.shelf.save("x", &dossier(7), &mut base, 0, 7).expect("there is room again");
    page.pump();
    assert!(before < machine.mirror_calls.n.get() && page.keeper.is_settled());
    assert_eq!(there(&Page::open(&machine, 2), "x"), [7]);
}

/// Whoever has only read has nothing that could be lost; what somebody has and the mirror has no more is told.
#[test]
fn an_empty_mirror_is_missed_only_where_it_had_something() {
    let machine = Rc::new(Machine::default());
    let told: Vec<bool> = (1..4).map(|writer| Page::open(&machine, writer).told()).collect();
    assert_eq!(told, [false; 3]);
    let mut page = Page::open(&machine, 4);
    page.shelf.save("x", &dossier(1), &mut Base::default(), 0, 7).expect("saved");
    page.pump();
    machine.mirror.borrow_mut().clear();
    assert!(!page.told() && Page::open(&machine, 5).told());
}

/// What a page writes again after everything was cleared follows what it had: the mirror takes it for the same thing.
#[test]
fn what_is_written_again_is_no_second_version() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let (mut base, mut seen) = (Base::default(), Sight::default());
    let panel = |unit: &str| Panel { unit: unit.to_owned(), ..Panel::default() };
    // once more than a dossier has slots
    for n in ["5", "6", "1"] {
        page.shelf.save("a", &dossier(n.parse().expect("a number")), &mut base, 0, 7).expect("room");
        panel(n).save(&page.shelf, &mut seen).expect("room");
        page.pump();
    }
    machine.texts.borrow_mut().clear();
    page.shelf.save("a", &dossier(2), &mut base, 0, 7).expect("room");
    let mut now = page.shelf.sight(Shelved::Panel);
    panel("2").save(&page.shelf, &mut now).expect("room");
    page.shelf.made_of(Shelved::Panel, &seen);
    page.pump();
    assert!(page.keeper.is_settled());
    assert_eq!(page.laid, Laid::default());
    assert_eq!((there(&page, "a"), there(&page, "panel")), (vec![2], vec![2]));
    // and it is what comes back
    machine.texts.borrow_mut().clear();
    let again = Page::open(&machine, 2);
    assert_eq!((there(&again, "a"), there(&again, "panel")), (vec![2], vec![2]));
}

/// What was marked as removed is marked no more once the mirror knows it.
#[test]
fn nothing_stays_marked_that_the_mirror_knows() {
    let machine = Rc::new(Machine::default());
    run(&machine);
    let marked = |machine: &Machine| machine.texts.borrow().iter().any(|it| it.0.starts_with("zp1/gone/"));
    assert!(!marked(&machine) && machine.mirror.borrow().iter().any(|it| it.1.ends_with('\n')));
}

#[test]
fn every_single_fault_at_every_call_loses_nothing_that_was_promised() {
    let (n_store, n_mirror) = n_calls();
    let (mut n, mut problems) = (0, Vec::new());
    n += tried(&[], &[], &mut problems);
    for fault in OF_STORE {
        for at in 0..n_store {
            n += tried(&[(at, fault)], &[], &mut problems);
        }
    }
    for fault in OF_MIRROR {
        for at in 0..n_mirror {
            n += tried(&[], &[(at, fault)], &mut problems);
        }
    }
    println!("{n_store} calls of the store, {n_mirror} of the mirror, {n} cases, {} problems", problems.len());
    problems.truncate(20);
    crate::none_of(&problems);
}

/// Every pair of faults, of both sides or of one. Hours without optimisation: `cargo test --release --test it mirror:: --
/// --ignored`; `PART=3/100` tries the third hundredth.
#[test]
#[ignore = "hundreds of thousands of cases"]
fn every_pair_of_faults_loses_nothing_or_it_is_told() {
    let part = std::env::var("PART").unwrap_or_else(|_| "1/1".to_owned());
    let (nth, of) = part.split_once('/').expect("such as 3/100");
    let (nth, of): (usize, usize) = (nth.parse().expect("a number"), of.parse().expect("a number"));
    let (n_store, n_mirror) = n_calls();
    let mut single: Vec<(bool, usize, Fault)> = Vec::new();
    single.extend(OF_STORE.iter().flat_map(|fault| (0..n_store).map(move |at| (true, at, *fault))));
    single.extend(OF_MIRROR.iter().flat_map(|fault| (0..n_mirror).map(move |at| (false, at, *fault))));
    let (mut n, mut problems) = (0, Vec::new());
    for (i, one) in single.iter().enumerate() {
        for (j, other) in single[..i].iter().enumerate() {
            if (i + j) % of != nth % of || (one.0, one.1) == (other.0, other.1) {
                continue;
            }
            let of_side = |side: bool| {
                [one, other].into_iter().filter(|it| it.0 == side).map(|it| (it.1, it.2)).collect::<Vec<_>>()
            };
            n += tried(&of_side(true), &of_side(false), &mut problems);
        }
    }
    println!("{n} cases, {} problems", problems.len());
    problems.truncate(20);
    crate::none_of(&problems);
}
