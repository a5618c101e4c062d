//! Two pages change one dossier: whatever either did is there afterwards, or is asked about.

use proptest::collection::vec;
use proptest::prelude::*;
use ziping::dossier::{
    Clash, ClashValue, Dossier, Equipment, Evidence, Examiner, Expert, History, Merged, Task, Version, merge,
};
use ziping::filing::scope::DeclaredRow;
use ziping::rubric::Fact;
use ziping::score::{Answers, Given};

use crate::arbitrary::dossier;
use crate::every_field::full;

/// Something that a person does on some page: what, where, and which text or number.
type Act = (u8, u16, String);

fn acts() -> impl Strategy<Value = Vec<Act>> {
    vec((0..24_u8, 0..6_u16, "[甲乙丙丁]{0,2}"), 0..8)
}

/// Small dossiers, so that two people often meet at the same place, and one with every field.
fn some() -> impl Strategy<Value = Dossier> {
    let small = acts().prop_map(|acts| {
        let mut dossier = Dossier { sheets: Vec::new(), ..full() };
        dossier.add_sheet(1);
        dossier.add_sheet(2);
        done(dossier, &acts)
    });
    prop_oneof![4 => small, 1 => Just(full()), 1 => dossier()]
}

fn done(mut dossier: Dossier, acts: &[Act]) -> Dossier {
    for (what, at, text) in acts {
        act(&mut dossier, *what, usize::from(*at), text.clone());
    }
    dossier
}

fn act(dossier: &mut Dossier, what: u8, at: usize, text: String) {
    fn put<T: Default>(list: &mut Vec<T>, at: usize, change: impl FnOnce(&mut T)) {
        if list.len() <= at {
            list.push(T::default());
        }
        let last = list.len() - 1;
        change(&mut list[at.min(last)]);
    }
    fn gone<T>(list: &mut Vec<T>, at: usize) {
        if at < list.len() {
            list.remove(at);
        }
    }
    let row = 1 + at as u16;
    let n = text.chars().count() as i64;
    match what {
        0 => return dossier.unit = text,
        1 => return dossier.facts.contact = text,
        2 => return dossier.facts.people = text,
        3 => return dossier.route.set("place", Some(&text)),
        4 => return dossier.route.toggle("who", &text),
        5 => return put(&mut dossier.declared, at, |it| it.name = text),
        6 => return dossier.declared.insert(at.min(dossier.declared.len()), DeclaredRow::default().into()),
        7 => return gone(&mut dossier.declared, at),
        8 if 1 < dossier.declared.len() => return dossier.declared.swap(0, 1),
        9 => return put::<Examiner>(&mut dossier.roster.examiners, at, |it| it.name = text),
        10 => return gone(&mut dossier.roster.examiners, at),
        11 => return put::<Expert>(&mut dossier.roster.experts, at, |it| it.title = text),
        12 => return put::<Equipment>(&mut dossier.roster.equipment, at, |it| it.count = Some(n as u64)),
        13 => _ = dossier.add_sheet(2),
        14 => return gone(&mut dossier.sheets, at),
        15 => return dossier.binned = (n == 0).then_some(7),
        _ => {}
    }
    let Some(sheet) = dossier.sheets.get_mut(at % 2) else { return };
    match what {
        16 => sheet.set_blank(at, text),
        17 => sheet.levels = text,
        18 | 19 => _ = sheet.answers.set(row, Fact::Defects, (0 < n).then_some(n)),
        20 => sheet.set_note(row, text),
        21 => _ = sheet.add_paper(row, &text),
        22 => match sheet.work.tasks.iter_mut().find(|it| it.row == row) {
            Some(task) => task.who = text,
            None => sheet.work.tasks.push(Task { row, who: text, ..Task::default() }),
        },
        _ => {
            let version = Version { name: text, made: at as u64, ..Version::default() };
            sheet.work.versions.push(version);
        }
    }
}

/// All that is said in a dossier, one thing a line, without the numbers of the sheets.
fn said(dossier: &Dossier) -> Vec<String> {
    let facts = &dossier.facts;
    let texts = [&dossier.unit, &facts.place, &facts.contact, &facts.telephone, &facts.date, &facts.people];
    let mut said: Vec<String> = texts.iter().enumerate().map(|(at, it)| format!("{at} {it}")).collect();
    said.extend(dossier.route.0.iter().map(|it| format!("{it:?}")));
    said.extend(dossier.declared.iter().map(|it| format!("{:?}", **it)));
    said.extend(dossier.roster.examiners.iter().map(|it| format!("{it:?}")));
    said.extend(dossier.roster.experts.iter().map(|it| format!("{it:?}")));
    said.extend(dossier.roster.equipment.iter().map(|it| format!("{it:?}")));
    for sheet in &dossier.sheets {
        let annex = sheet.annex;
        said.extend(sheet.blanks.iter().enumerate().map(|(at, it)| format!("{annex} {at} {it}")));
        said.push(format!("{annex} code {} ", sheet.occupation_code));
        said.push(format!("{annex} levels {} ", sheet.levels));
        let rows = |it: &Given| (it.row, sheet.answers.row(it.row).given().to_vec());
        said.extend(sheet.answers.iter().map(|it| format!("{annex} {:?}", rows(it))));
        said.extend(sheet.notes.iter().map(|it| format!("{annex} {it:?}")));
        said.extend(sheet.work.evidence.iter().map(|it: &Evidence| format!("{annex} {it:?}")));
        said.extend(sheet.work.tasks.iter().map(|it| format!("{annex} {it:?}")));
        said.extend(sheet.work.versions.iter().map(|it| format!("{annex} {it:?}")));
    }
    said.retain(|it| !it.ends_with(' '));
    said
}

fn settled(merged: &Merged) -> Dossier {
    let mut dossier = merged.dossier.clone();
    merged.clashes.iter().for_each(|it| it.settle(&mut dossier));
    dossier
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_one_page_did_alone_is_what_comes_of_it(base in some(), acts in acts()) {
        let changed = done(base.clone(), &acts);
        for [mine, theirs] in [[&changed, &base], [&base, &changed], [&changed, &changed]] {
            let merged = merge(&base, mine, theirs);
            prop_assert_eq!(&merged.dossier, &changed);
            prop_assert!(merged.clashes.is_empty() && merged.renumbered.is_empty());
        }
    }

    #[test]
    fn nothing_of_either_page_is_lost(base in some(), one in acts(), other in acts()) {
        let (mine, theirs) = (done(base.clone(), &one), done(base.clone(), &other));
        let merged = merge(&base, &mine, &theirs);
        let (old, there, chosen) = (said(&base), said(&merged.dossier), said(&settled(&merged)));
        for new in said(&theirs).iter().filter(|it| !old.contains(it)) {
            prop_assert!(there.contains(new), "theirs: {}", new);
        }
        for new in said(&mine).iter().filter(|it| !old.contains(it)) {
            prop_assert!(there.contains(new) || chosen.contains(new), "mine: {}", new);
        }
        // and what neither touched stays; of two that say the same, either may have been changed
        let once = |it: &&String| old.iter().filter(|other| other == it).count() == 1;
        for kept in old.iter().filter(once).filter(|it| said(&mine).contains(it) && said(&theirs).contains(it)) {
            prop_assert!(there.contains(kept), "kept: {}", kept);
        }
    }

    #[test]
    fn both_pages_come_to_the_same(base in some(), one in acts(), other in acts()) {
        let (mine, theirs) = (done(base.clone(), &one), done(base.clone(), &other));
        let (here, there) = (merge(&base, &mine, &theirs), merge(&base, &theirs, &mine));
        prop_assert_eq!(here.clashes.len(), there.clashes.len());
        if here.clashes.is_empty() && here.renumbered.is_empty() {
            prop_assert_eq!(here.dossier, there.dossier);
        }
    }

    #[test]
    fn undoing_after_a_merge_takes_back_mine_and_leaves_theirs(base in some(), one in acts(), other in acts()) {
        let (mine, theirs) = (done(base.clone(), &one), done(base.clone(), &other));
        let mut steps: History = History::default();
        steps.before(base.clone(), None, 0);
        let merged = merge(&base, &mine, &theirs);
        steps.each(|it| *it = merge(&base, it, &theirs).dossier);
        let back = steps.undo(&merged.dossier).expect("a step");
        prop_assert_eq!(Dossier { binned: None, ..back }, Dossier { binned: None, ..theirs });
    }
}

#[test]
fn one_row_answered_differently_is_asked_about_and_all_else_is_merged() {
    let answer = |row, value| -> Answers { [Given { row, fact: Fact::Met, value }].into_iter().collect() };
    let mut base = Dossier { sheets: Vec::new(), ..full() };
    let id = base.add_sheet(2);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.sheet_mut(id).unwrap().answers = answer(11, 1);
    theirs.sheet_mut(id).unwrap().answers = answer(11, 0);
    mine.sheet_mut(id).unwrap().set_note(1, "甲".to_owned());
    theirs.sheet_mut(id).unwrap().set_note(4, "乙".to_owned());
    theirs.facts.contact = "丙".to_owned();
    let merged = merge(&base, &mine, &theirs);
    let [value, other] = [1, 0].map(|it| ClashValue::Answer(11, vec![(Fact::Met, it)]));
    assert_eq!(merged.clashes, [Clash { sheet: Some(id), mine: value, theirs: other }]);
    let sheet = merged.dossier.sheet(id).unwrap();
    assert_eq!((sheet.note(1), sheet.note(4)), ("甲", "乙"));
    assert_eq!(sheet.answers.get(11, Fact::Met), Some(0));
    assert_eq!(merged.dossier.facts.contact, "丙");
    assert_eq!(settled(&merged).sheet(id).unwrap().answers.get(11, Fact::Met), Some(1));
}

#[test]
fn two_new_sheets_of_one_number_are_both_there() {
    let mut base = Dossier { sheets: Vec::new(), ..full() };
    base.add_sheet(1);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    for (dossier, name) in [(&mut mine, "车工"), (&mut theirs, "钳工")] {
        let id = dossier.add_sheet(2);
        dossier.sheet_mut(id).unwrap().set_blank(0, name.to_owned());
    }
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.renumbered, [(2, 3)]);
    let names = merged.dossier.sheets.iter().map(|it| (it.id, it.blank(0)));
    assert_eq!(names.collect::<Vec<_>>(), [(1, ""), (2, "钳工"), (3, "车工")]);
    assert!(merged.clashes.is_empty());
}

#[test]
fn a_row_that_one_page_deletes_and_the_other_changes_stays() {
    let row = |name: &str| DeclaredRow { name: name.to_owned(), ..DeclaredRow::default() }.into();
    let base = Dossier { declared: vec![row("车工"), row("钳工"), row("焊工")], ..full() };
    let mine = Dossier { declared: vec![row("车工"), row("焊工")], ..full() };
    let theirs = Dossier { declared: vec![row("车工"), row("装配钳工"), row("焊工"), row("电工")], ..full() };
    let names = |it: &Dossier| it.declared.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&merge(&base, &mine, &theirs).dossier), ["车工", "装配钳工", "焊工", "电工"]);
    assert_eq!(names(&merge(&base, &theirs, &mine).dossier), ["车工", "装配钳工", "焊工", "电工"]);
}
