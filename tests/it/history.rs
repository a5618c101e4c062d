//! Undo and redo: step by step back and forward again, and no more steps than promised.

use ziping::dossier::{Dossier, EditPlace, History, Sheet, Stamp, Task, difference};
use ziping::filing::scope::DeclaredRow;
use ziping::rubric::Fact;

use crate::{EMPLOYER, editions};

fn dossier(unit: impl ToString) -> Dossier {
    Dossier::new(unit.to_string(), EMPLOYER, &editions()[0], &[])
}

/// Steps that lead from 0 to `n`, each a step of its own.
fn steps(n: u32) -> History {
    let mut history = History::default();
    for i in 0..n {
        assert!(history.before(dossier(i), None, 7));
    }
    history
}

#[test]
fn steps_are_taken_back_and_done_again_in_their_order() {
    let mut history = steps(3);
    let mut now = dossier(3);
    for i in [2, 1, 0] {
        now = history.undo(&now).expect("a step");
        assert_eq!(now, dossier(i));
    }
    assert_eq!((history.undo(&now), history.can_undo(), history.can_redo()), (None, false, true));
    for i in [1, 2, 3] {
        now = history.redo(&now).expect("a step");
        assert_eq!(now, dossier(i));
    }
    assert_eq!(history.redo(&now), None);
    // after an undo, a new edit leaves nothing to redo
    now = history.undo(&now).expect("a step");
    history.before(now, None, 7);
    assert!(!history.can_redo());
}

#[test]
fn fifty_steps_of_a_dossier_are_kept_and_twenty_go_along() {
    let mut history = steps(60);
    assert_eq!(history.n_steps(), 50);
    let at = Stamp { revision: 4, writer: 5 };
    let mut along = History::recall(&history.text(at, &dossier(60)), at, &dossier(60)).expect("they go along");
    assert_eq!(along.n_steps(), 20);
    assert_eq!(along.undo(&dossier(60)), history.undo(&dossier(60)));
    let another = Stamp { revision: 5, writer: 5 };
    assert_eq!(History::recall(&history.text(at, &dossier(60)), another, &dossier(60)), None, "another saving");
}

#[test]
fn other_states_have_other_limits() {
    let mut history: History<u32, 20> = History::default();
    (0..30).for_each(|i| history.note(i));
    assert_eq!((history.n_steps(), history.last()), (20, Some(&29)));
    let back: Vec<u32> = (0..30).map_while(|_| history.back(99)).collect();
    assert_eq!(back, (10..30).rev().collect::<Vec<_>>());
}

/// What is typed into one field without a pause is one step; another field, or a pause, begins the next.
#[test]
fn letters_that_follow_each_other_are_one_step() {
    let mut history = History::default();
    let mut new = |field, at| history.before(dossier(at), Some(field), at);
    assert!(new(1, 100));
    assert!(!new(1, 102) && !new(1, 104));
    assert!(new(1, 107), "after a pause");
    assert!(new(2, 108), "in another field");
    assert_eq!(history.n_steps(), 3);
    history.undo(&dossier("now"));
    assert!(history.before(dossier("now"), Some(2), 109), "after undoing");
}

#[test]
fn the_bin_is_no_step() {
    let mut history = steps(1);
    let binned = |n: u32, at: u64| Dossier { binned: Some(at), ..dossier(n) };
    assert!(history.can_undo());
    assert_eq!(history.undo(&binned(1, 7)), Some(binned(0, 7)));
    assert_eq!(history.redo(&binned(0, 8)), Some(binned(1, 8)), "it was put there later than the state was noted");
}

#[test]
fn as_many_of_the_latest_steps_go_along_as_have_room() {
    // 40 KB each: four have room in 200 KB, and none of them is the oldest
    let large = |n: u32| dossier(format!("{n}{}", "甲".repeat(14_000)));
    let mut history = History::default();
    (0..12).for_each(|n| assert!(history.before(large(n), None, 7)));
    let at = Stamp { revision: 4, writer: 5 };
    let text = history.text(at, &large(12));
    assert!(text.len() < 270_000, "{}", text.len());
    let mut along = History::recall(&text, at, &large(12)).expect("they go along");
    assert_eq!(along.n_steps(), 4);
    assert_eq!(along.undo(&large(12)), Some(large(11)));
    // where not even one has room, none goes along
    let mut history = History::default();
    history.before(dossier("甲".repeat(70_000)), None, 7);
    assert_eq!(History::recall(&history.text(at, &large(12)), at, &large(12)).map(|it| it.n_steps()), Some(0));
}

/// What goes along has 200,000 bytes at most, wherever in them the last step would end.
#[test]
fn what_goes_along_never_has_more_than_its_room() {
    let at = Stamp { revision: 4, writer: 5 };
    let bytes = |text: &str| text.rsplit('.').next().expect("a payload").len() * 3 / 4;
    let along = |text: &str, now: &Dossier| History::recall(text, at, now).expect("they go along").n_steps();
    let now = dossier("今");
    for (room, n) in [(400, 1), (10, 0)] {
        let mut history = History::default();
        history.before(dossier("a".repeat(200_000 - room)), None, 7);
        let text = history.text(at, &now);
        assert!(bytes(&text) <= 200_000, "{}", bytes(&text));
        assert_eq!(along(&text, &now), n);
    }
    for room in (0..400).step_by(10) {
        let mut history = History::default();
        history.before(dossier("a".repeat(200_000 - room)), None, 7);
        assert!(bytes(&history.text(at, &now)) <= 200_000, "{room}");
    }
    // steps back and forward share the room
    let large = |n: u32| dossier(format!("{n}{}", "甲".repeat(14_000)));
    let mut history = History::default();
    (0..12).for_each(|n| assert!(history.before(large(n), None, 7)));
    let now = (0..6).rev().fold(large(12), |now, _| history.undo(&now).expect("a step"));
    let text = history.text(at, &now);
    assert!(bytes(&text) <= 200_000, "{}", bytes(&text));
    assert_eq!(along(&text, &now), 4);
}

/// What a step did not change is not in it, however long that is.
#[test]
fn a_step_takes_no_room_for_what_is_the_same() {
    let mut now = Dossier::new("某".repeat(200), EMPLOYER, &editions()[0], &[1]);
    now.facts.contact = "联系人".repeat(100);
    let mut history = History::default();
    for row in 1..=20 {
        let before = now.clone();
        now.sheets[0].set_note(1, row.to_string());
        history.before(before, None, 7);
    }
    let text = history.text(Stamp { revision: 4, writer: 5 }, &now);
    assert!(text.len() < 2_000, "{}", text.len());
}

/// Twenty edits of a long declaration on ten sheets: each step takes as much as was changed in it, and nothing is lost.
#[test]
fn a_step_that_goes_along_takes_as_much_as_was_changed() {
    let row = |n: usize| DeclaredRow { name: format!("职业{n}"), levels: "3".to_owned(), ..DeclaredRow::default() };
    let mut now = Dossier::new("某公司".to_owned(), EMPLOYER, &editions()[0], &[1, 2, 3, 4, 5, 6]);
    now.declared = (0..500).map(|n| row(n).into()).collect();
    for sheet in &mut now.sheets {
        (1..60).for_each(|row| _ = sheet.answers.set(row, Fact::Defects, Some(i64::from(row))));
    }
    let (mut history, mut states) = (History::default(), vec![now.clone()]);
    for n in 0..20_u16 {
        let mut next = now.clone();
        match n % 7 {
            0 => next.declared.insert(usize::from(n), row(1_000).into()),
            1 => _ = next.declared.remove(3),
            2 => next.declared.swap(7, 8),
            3 => next.declared[9].trade = format!("方向{n}"),
            4 => _ = next.sheets[2].answers.set(n, Fact::Score, Some(5)),
            5 => next.facts.contact = format!("联系人{n}"),
            _ => next.sheets.rotate_left(1),
        }
        history.before(std::mem::replace(&mut now, next), None, 7);
        states.push(now.clone());
    }
    // five back, so that there are steps both ways
    for _ in 0..5 {
        now = history.undo(&now).expect("a step");
    }
    let at = Stamp { revision: 4, writer: 5 };
    let text = history.text(at, &now);
    assert!(text.len() < 4_000, "{}", text.len());
    let mut along = History::recall(&text, at, &now).expect("they go along");
    for state in &states[16..] {
        now = along.redo(&now).expect("a step");
        assert_eq!(now, *state);
    }
    for state in states[..20].iter().rev() {
        now = along.undo(&now).expect("a step");
        assert_eq!(now, *state);
    }
    assert!(!along.can_undo());
}

/// What a window holds may have been cut off or altered: then there are no steps, and nothing breaks.
#[test]
fn altered_steps_are_refused() {
    let mut history = steps(5);
    let mut last = dossier(5);
    last.declared = vec![DeclaredRow::default().into(); 3];
    history.before(last, None, 7);
    let (at, now) = (Stamp { revision: 4, writer: 5 }, dossier(6));
    let text = history.text(at, &now);
    let (head, payload) = text.rsplit_once('.').expect("a head");
    for cut in 0..payload.len() {
        assert_eq!(History::recall(&format!("{head}.{}", &payload[..cut]), at, &now), None, "{cut}");
        // whatever an altered one is read as
        let altered = format!("{head}.{}_{}", &payload[..cut], &payload[cut + 1..]);
        let _ = History::recall(&altered, at, &now);
    }
}

/// What is done to a sheet, and the row to which undoing it leads.
type SheetStep = (&'static str, fn(&mut Sheet), Option<u16>);

/// Where an undone step leads: to the row of the sheet, to the header where only that differs, nowhere outside the sheets.
#[test]
fn a_step_leads_to_the_row_that_it_changed() {
    let mut before = Dossier::new("某公司".to_owned(), EMPLOYER, &editions()[0], &[1, 2]);
    for sheet in &mut before.sheets {
        (1..=4).for_each(|row| _ = sheet.answers.set(row, Fact::Defects, Some(2)));
        [2, 6, 8].into_iter().for_each(|row| sheet.set_note(row, "旧".to_owned()));
    }
    let edits: [SheetStep; 12] = [
        ("nothing", |_| {}, None),
        ("an answer", |it| _ = it.answers.set(3, Fact::Defects, Some(5)), Some(3)),
        ("an answer in place of another", |it| _ = it.answers.set(3, Fact::Score, Some(0)), Some(3)),
        ("a first answer", |it| _ = it.answers.set(9, Fact::Met, Some(1)), Some(9)),
        ("no answer any more", |it| _ = it.answers.clear(3), Some(3)),
        ("a new note", |it| it.set_note(7, "新".to_owned()), Some(7)),
        ("another note", |it| it.set_note(6, "新".to_owned()), Some(6)),
        ("no note any more", |it| it.set_note(6, String::new()), Some(6)),
        ("a blank of the header", |it| it.set_blank(0, "车工".to_owned()), Some(0)),
        ("the levels", |it| "4、3".clone_into(&mut it.levels), Some(0)),
        // 整改清单, 佐证材料 and versions have pages of their own
        ("a task", |it| it.work.tasks.push(Task::default()), None),
        (
            "a task and an answer",
            |sheet| {
                sheet.work.tasks.push(Task::default());
                sheet.answers.set(4, Fact::Defects, None);
            },
            Some(4),
        ),
    ];
    for (what, edit, row) in edits {
        for at in [0, 1] {
            let mut after = before.clone();
            edit(&mut after.sheets[at]);
            let id = after.sheets[at].id;
            let place: EditPlace = row.map(|row| (id, row));
            assert_eq!(difference(&before, &after), place, "{what} on sheet {id}");
        }
    }
    let mut after = before.clone();
    after.facts.contact.push('甲');
    after.add_sheet(2);
    assert_eq!(difference(&before, &after), None, "a contact and a new sheet");
}
