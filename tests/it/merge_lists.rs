//! Two pages changed one list, or one sheet: what stands there afterwards, and in which order.

use ziping::dossier::{ClashValue, Dossier, Expert, Merged, Sheet, merge};
use ziping::plan::{Effort, Mark};
use ziping::rubric::Points;

use crate::EMPLOYER;
use crate::editions;

fn empty() -> Dossier {
    Dossier::new(String::new(), EMPLOYER, &editions()[0], &[])
}

/// A list of experts, `name/title` each. A person is known again by the name.
fn listed(all: &str) -> Dossier {
    let mut dossier = empty();
    for entry in all.split_whitespace() {
        let (name, title) = entry.split_once('/').unwrap_or((entry, ""));
        let [name, title] = [name, title].map(str::to_owned);
        dossier.roster.experts.push(Expert { name, title, ..Expert::default() });
    }
    dossier
}

fn told(expert: &Expert) -> String {
    if expert.title.is_empty() { expert.name.clone() } else { format!("{}/{}", expert.name, expert.title) }
}

fn merged([base, mine, theirs]: [&str; 3]) -> Merged {
    merge(&listed(base), &listed(mine), &listed(theirs))
}

fn now(merged: &Merged) -> String {
    merged.dossier.roster.experts.iter().map(told).collect::<Vec<_>>().join(" ")
}

fn asked(merged: &Merged) -> Vec<[String; 2]> {
    let told = |it: &ClashValue| if let ClashValue::Expert(expert) = it { told(expert) } else { format!("{it:?}") };
    merged.clashes.iter().map(|it| [told(&it.mine), told(&it.theirs)]).collect()
}

/// Before, mine, theirs, and what comes of it; nothing is asked, and both pages come to the same.
const JOINED: [(&str, [&str; 3], &str); 16] = [
    ("each changed another entry", ["赵 钱 孙", "赵/甲 钱 孙", "赵 钱 孙/乙"], "赵/甲 钱 孙/乙"),
    ("both changed one alike", ["赵 钱 孙", "赵/甲 钱 孙", "赵/甲 钱 孙/乙"], "赵/甲 钱 孙/乙"),
    ("one deleted, the other changed another", ["赵 钱 孙", "赵 孙", "赵 钱 孙/乙"], "赵 孙/乙"),
    ("one deleted the first, the other the last", ["赵 钱 孙", "钱 孙", "赵 钱"], "钱"),
    ("one deleted, the other changed the same", ["赵 钱 孙", "赵 孙", "赵 钱/乙 孙"], "赵 钱/乙 孙"),
    ("both deleted one, each changed another", ["赵 钱 孙", "赵/甲 孙", "赵 孙/乙"], "赵/甲 孙/乙"),
    ("both deleted all", ["赵 钱", "", ""], ""),
    ("one moved, the other changed", ["赵 钱 孙", "孙 赵 钱", "赵 钱/乙 孙"], "孙 赵 钱/乙"),
    ("one moved two, the other changed", ["赵 钱 孙 李", "钱 赵 李 孙", "赵/乙 钱 孙 李"], "钱 赵/乙 李 孙"),
    ("one moved and deleted, the other changed", ["赵 钱 孙 李", "李 赵 孙", "赵 钱 孙/乙 李"], "李 赵 孙/乙"),
    ("one moved and changed, the other changed another", ["赵 钱 孙", "孙/甲 赵 钱", "赵/乙 钱 孙"], "孙/甲 赵/乙 钱"),
    (
        "one changed the first, deleted the last and added one",
        ["赵 钱 孙", "赵/甲 李 钱", "赵 钱/乙 孙"],
        "赵/甲 李 钱/乙",
    ),
    ("one added at the top, the other at the end", ["赵 钱", "李 赵 钱", "赵 钱 周"], "李 赵 钱 周"),
    ("both added the same", ["赵", "赵 李", "赵 李 周"], "赵 李 周"),
    ("both added at one place", ["赵", "赵 周", "赵 吴"], "赵 吴 周"),
    ("one listed somebody once more, the other somebody else", ["赵", "赵 赵", "赵 周"], "赵 周 赵"),
];

#[test]
fn what_two_pages_did_with_a_list_is_put_together() {
    for (what, [base, mine, theirs], should) in JOINED {
        for states in [[base, mine, theirs], [base, theirs, mine]] {
            let merged = merged(states);
            assert_eq!(now(&merged), should, "{what}");
            assert_eq!(asked(&merged), Vec::<[String; 2]>::new(), "{what}");
        }
    }
}

/// Before, mine, theirs, what stands there until something is chosen, and the one question.
const ASKED: [(&str, [&str; 3], &str, [&str; 2]); 4] = [
    ("changed", ["赵 钱 孙", "赵 钱/甲 孙", "赵 钱/乙 孙"], "赵 钱/乙 孙", ["钱/甲", "钱/乙"]),
    ("changed, and one moved it", ["赵 钱", "赵 钱/甲", "钱/乙 赵"], "钱/乙 赵", ["钱/甲", "钱/乙"]),
    // of no other name, it is the one that stood there
    ("renamed", ["赵 钱 孙", "赵 周 孙", "赵 吴 孙"], "赵 吴 孙", ["周", "吴"]),
    ("renamed at the top", ["赵 钱", "周 钱", "吴 钱"], "吴 钱", ["周", "吴"]),
];

#[test]
fn what_both_changed_each_in_its_own_way_is_asked_about() {
    for (what, states, should, question) in ASKED {
        let merged = merged(states);
        assert_eq!(now(&merged), should, "{what}");
        assert_eq!(asked(&merged), [question], "{what}");
    }
}

/// Both moved: either order would do, and both pages have the same.
#[test]
fn both_pages_have_one_order() {
    let [base, mine, theirs] = ["赵 钱 孙", "孙 赵 钱", "钱 赵 孙"];
    let [here, there] = [merged([base, mine, theirs]), merged([base, theirs, mine])];
    assert_eq!(now(&here), now(&there));
    assert_eq!(now(&here), "钱 赵 孙");
}

fn of_sheets(sheets: &[&Sheet]) -> Dossier {
    Dossier { sheets: sheets.iter().map(|it| (*it).clone()).collect(), ..empty() }
}

fn named(id: u16, blanks: &[&str]) -> Sheet {
    Sheet { id, annex: 2, blanks: blanks.iter().map(|it| (*it).to_owned()).collect(), ..Sheet::default() }
}

/// A sheet that one page deleted comes back only where the other page has changed it.
#[test]
fn a_deleted_sheet_stays_away_unless_it_was_changed() {
    let [first, second, changed] = [named(1, &["车工"]), named(2, &["钳工"]), named(2, &["装配钳工"])];
    let other = named(1, &["铣工"]);
    let base = of_sheets(&[&first, &second]);
    let cases = [(&second, vec![&other]), (&changed, vec![&other, &changed])];
    for (there, should) in cases {
        let (deleted, kept) = (of_sheets(&[&first]), of_sheets(&[&other, there]));
        assert_eq!(merge(&base, &deleted, &kept).dossier, of_sheets(&should));
        assert_eq!(merge(&base, &kept, &deleted).dossier, of_sheets(&should));
    }
}

/// The blanks at the end that one page took away are gone; those that were empty before are still there.
#[test]
fn a_header_is_as_long_as_whoever_changed_its_length_left_it() {
    let levels = |sheet: Sheet| Sheet { levels: "4".to_owned(), ..sheet };
    let cases: [[&[&str]; 4]; 4] = [
        [&["车工", "50", "10"], &["车工", "50"], &["车工", "50", "10"], &["车工", "50"]],
        [&["车工", "50", "10"], &["车工"], &["车工", "50", "10"], &["车工"]],
        [&["车工", "", ""], &["铣工", "", ""], &["车工", "", ""], &["铣工", "", ""]],
        [&["车工"], &["车工", "50"], &["车工", "", "10"], &["车工", "50", "10"]],
    ];
    for [base, mine, theirs, should] in cases {
        let [base, mine] = [base, mine].map(|it| of_sheets(&[&named(1, it)]));
        let theirs = of_sheets(&[&levels(named(1, theirs))]);
        let should = of_sheets(&[&levels(named(1, should))]);
        assert_eq!(merge(&base, &mine, &theirs).dossier, should);
        assert_eq!(merge(&base, &theirs, &mine).dossier, should);
    }
}

/// One page says how a row may be mended, the other one which band is aimed at: both are there.
#[test]
fn marks_and_aims_are_put_together() {
    let mark = |row: u16| Mark { row, effort: Effort::Money, cost: Some(5), reach: None };
    let of = |rows: &[u16], target: Option<Points>| {
        let mut sheet = named(1, &["车工"]);
        sheet.work.wishes.marks = rows.iter().map(|it| mark(*it)).collect();
        sheet.work.wishes.target = target;
        of_sheets(&[&sheet])
    };
    let aim = Some(Points::tenths(850));
    assert_eq!(merge(&of(&[], None), &of(&[4], None), &of(&[], aim)).dossier, of(&[4], aim));
    assert_eq!(merge(&of(&[4], None), &of(&[4, 7], None), &of(&[2, 4], aim)).dossier, of(&[2, 4, 7], aim));
}
