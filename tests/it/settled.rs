//! What both pages changed, each in its own way: it is asked about once, and "mine" puts mine there and nothing else.

use std::fmt::Debug;
use std::slice::from_ref;

use ziping::dossier::{
    Clash, ClashValue, Dossier, Equipment, Evidence, Examiner, Expert, Shared, Sheet, Task, Version, merge,
};
use ziping::filing::scope::DeclaredRow;
use ziping::plan::{Effort, Mark, Wishes};
use ziping::rubric::{Fact, Points};

use crate::every_field::full;

const MINE: &str = "甲";
const THEIRS: &str = "乙丙";

/// A number of its own for each word.
fn number(word: &str) -> u16 {
    if word == MINE { 1 } else { 2 }
}

/// A change that each page makes with a word of its own.
type Change = fn(&mut Dossier, &str);

const CHANGES: [(&str, Change); 19] = [
    ("申请单位", |it, word| word.clone_into(&mut it.unit)),
    ("所在地", |it, word| word.clone_into(&mut it.facts.place)),
    ("联系人", |it, word| word.clone_into(&mut it.facts.contact)),
    ("联系电话", |it, word| word.clone_into(&mut it.facts.telephone)),
    ("自评日期", |it, word| word.clone_into(&mut it.facts.date)),
    ("考评人员总数", |it, word| word.clone_into(&mut it.facts.examiners)),
    ("专家总数", |it, word| word.clone_into(&mut it.facts.experts)),
    ("人数", |it, word| word.clone_into(&mut it.facts.people)),
    ("a question on filing", |it, word| it.route.set("insured_in", Some(word))),
    ("a question with several answers", |dossier, word| {
        dossier.route.toggle("audience", "丁");
        dossier.route.toggle("audience", word);
    }),
    ("the first blank of a sheet", |it, word| it.sheets[1].set_blank(0, word.to_owned())),
    ("the last blank of a sheet", |it, word| it.sheets[1].set_blank(3, word.to_owned())),
    ("职业编码", |it, word| word.clone_into(&mut it.sheets[1].occupation_code)),
    ("级别", |it, word| word.clone_into(&mut it.sheets[1].levels)),
    ("an answer", |it, word| _ = it.sheets[1].answers.set(1, Fact::Defects, Some(7 + i64::from(number(word))))),
    ("an answer in place of another", |dossier, word| {
        let sheet = &mut dossier.sheets[1];
        sheet.answers.clear(13);
        sheet.answers.set(13, Fact::Score, Some(i64::from(number(word))));
    }),
    ("备注", |it, word| it.sheets[1].set_note(1, word.to_owned())),
    ("a new 备注", |it, word| it.sheets[1].set_note(2, word.to_owned())),
    ("the band that is aimed at", |dossier, word| {
        let wishes = &mut dossier.sheets[1].work.wishes;
        (wishes.target, wishes.safe) = (Some(Points::tenths(10 * number(word))), word == MINE);
    }),
];

/// All sheets are much alike, so that what is put into another one than was asked about is seen.
fn base() -> Dossier {
    let mut base = full();
    let turner = base.sheets[1].clone();
    for id in [2, 4] {
        base.sheets.push(Sheet { id, ..turner.clone() });
    }
    base.sheets.sort_by_key(|it| it.id);
    base
}

#[test]
fn mine_is_put_in_the_place_of_theirs_and_nothing_else_is_touched() {
    for (what, change) in CHANGES {
        let base = base();
        let [mine, theirs] = [MINE, THEIRS].map(|word| {
            let mut changed = base.clone();
            change(&mut changed, word);
            changed
        });
        let mut merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.dossier, theirs, "{what}: theirs stands until something else is chosen");
        let [clash] = &merged.clashes[..] else { panic!("{what}: {:#?}", merged.clashes) };
        clash.settle(&mut merged.dossier);
        assert_eq!(merged.dossier, mine, "{what}");
    }
}

/// Of two entries one page has changed both and moved the second to the top, the other page has changed the first: that one
/// is asked about, as a person knows it again wherever it stands.
fn entries_are_known_again<T: Clone + Debug + PartialEq>(
    of: fn(&mut Dossier) -> &mut Vec<T>,
    entries: [T; 2],
    say: fn(&mut T, &str),
) {
    let base = base();
    let with = |list: &[T]| {
        let mut dossier = base.clone();
        *of(&mut dossier) = list.to_vec();
        dossier
    };
    let said = |entry: &T, word: &str| {
        let mut entry = entry.clone();
        say(&mut entry, word);
        entry
    };
    let [first, second] = &entries;
    let [my_first, my_second, their_first] = [said(first, MINE), said(second, MINE), said(first, THEIRS)];
    let mine = with(&[my_second.clone(), my_first.clone()]);
    let merged = merge(&with(&entries), &mine, &with(&[their_first.clone(), second.clone()]));
    let mut now = merged.dossier;
    let has = |dossier: &mut Dossier, all: [&T; 2]| {
        let list = of(dossier);
        assert_eq!(list.len(), 2, "{list:#?}");
        assert!(all.iter().all(|it| list.contains(it)), "{list:#?} should have {all:#?}");
    };
    has(&mut now, [&my_second, &their_first]);
    let [clash] = &merged.clashes[..] else { panic!("{:#?}", merged.clashes) };
    clash.settle(&mut now);
    has(&mut now, [&my_second, &my_first]);
    // nothing else was touched
    of(&mut now).clear();
    assert_eq!(now, with(&[]));
    // what has changed since is not there to be replaced: mine comes to it
    let mut since = second.clone();
    say(&mut since, "戊");
    let mut now = with(from_ref(&since));
    clash.settle(&mut now);
    assert_eq!(*of(&mut now), [since, my_first]);
}

#[test]
fn a_declared_row_is_known_by_its_name_and_trade_or_by_its_code() {
    let row = |code: &str, name: &str, trade: &str| -> Shared<DeclaredRow> {
        let [code, name, trade] = [code, name, trade].map(str::to_owned);
        DeclaredRow { code, name, trade, ..DeclaredRow::default() }.into()
    };
    let pairs = [
        [row("", "车工", "数控车床"), row("", "车工", "普通车床")],
        [row("6-18-01-01", "", ""), row("6-20-01-01", "", "")],
        [row("6-18-01-01", "车工", ""), row("6-18-01-01", "钳工", "")],
    ];
    for pair in pairs {
        entries_are_known_again(|it| &mut it.declared, pair, |it, word| word.clone_into(&mut it.levels));
    }
}

#[test]
fn people_and_equipment_are_known_by_their_names() {
    let [first, second] = ["张一", "李二"].map(str::to_owned);
    let listed = [first.clone(), second.clone()].map(|name| Examiner { name, ..Examiner::default() });
    entries_are_known_again(|it| &mut it.roster.examiners, listed, |it, word| word.clone_into(&mut it.occupation));
    let listed = [first, second].map(|name| Expert { name, ..Expert::default() });
    entries_are_known_again(|it| &mut it.roster.experts, listed, |it, word| word.clone_into(&mut it.title));
    // a 车床 may be listed for two occupations
    let listed = ["车工", "钳工"].map(str::to_owned).map(|occupation| Equipment {
        name: "车床".to_owned(),
        occupation,
        ..Equipment::default()
    });
    let say = |it: &mut Equipment, word: &str| it.count = Some(u64::from(number(word)));
    entries_are_known_again(|it| &mut it.roster.equipment, listed, say);
}

#[test]
fn what_belongs_to_a_row_of_a_sheet_is_known_by_the_row() {
    let tasks = [4, 7].map(|row| Task { row, ..Task::default() });
    entries_are_known_again(|it| &mut it.sheets[2].work.tasks, tasks, |it, word| word.clone_into(&mut it.who));
    let marks = [4, 7].map(|row| Mark { row, effort: Effort::Money, ..Mark::default() });
    let say = |it: &mut Mark, word: &str| it.cost = Some(u64::from(number(word)));
    entries_are_known_again(|it| &mut it.sheets[2].work.wishes.marks, marks, say);
    let versions = [20, 30].map(|made| Version { made, ..Version::default() });
    entries_are_known_again(|it| &mut it.sheets[2].work.versions, versions, |it, word| word.clone_into(&mut it.name));
}

/// A row may have several papers, and one paper may prove several rows.
#[test]
fn a_paper_is_known_by_its_row_and_its_name() {
    let paper = |(row, paper): (u16, &str)| Evidence { row, paper: paper.to_owned(), ..Evidence::default() };
    for pair in [[(4, "营业执照"), (4, "章程")], [(4, "章程"), (7, "章程")]] {
        let say = |it: &mut Evidence, word: &str| word.clone_into(&mut it.place);
        entries_are_known_again(|it| &mut it.sheets[2].work.evidence, pair.map(paper), say);
    }
}

/// What is asked about a sheet that has been deleted since changes nothing.
#[test]
fn a_sheet_that_is_gone_is_left_alone() {
    let (wishes, note) = (Wishes { safe: true, ..Wishes::default() }, "甲".to_owned());
    for mine in [ClashValue::Wishes(wishes), ClashValue::Note(1, note)] {
        let clash = Clash { sheet: Some(9), mine, theirs: ClashValue::Note(1, String::new()) };
        let mut dossier = base();
        clash.settle(&mut dossier);
        assert_eq!(dossier, base());
    }
}
