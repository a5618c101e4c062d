//! The lists of people and equipment as a page edits them: cell by cell, line by line.

use ziping::dossier::{
    EntryCell, Equipment, Examiner, Expert, MOST_LISTED, Roster, RosterColumn, RosterList, RosterTable, Sheet,
    is_of_roster, take_facts,
};
use ziping::rubric::Fact;

use crate::editions;

fn text(text: &str) -> EntryCell {
    EntryCell::Text(text.to_owned())
}

const YES: EntryCell = EntryCell::Said(Some(true));
const NO: EntryCell = EntryCell::Said(Some(false));

fn number(number: u64) -> EntryCell {
    EntryCell::Number(Some(number))
}

/// The second line of each list, as somebody fills it from left to right.
fn filled(list: RosterList) -> Vec<EntryCell> {
    match list {
        RosterList::Examiners => vec![text("张一"), text("车工"), YES, NO, YES, NO],
        RosterList::Experts => vec![text("李二"), text("钳工"), text("高级技师"), NO, YES, NO],
        RosterList::Equipment => vec![text("车床"), text("车工"), number(21), number(19), number(2)],
    }
}

fn fill(roster: &mut Roster, list: RosterList, at: usize) {
    for (column, cell) in list.columns().iter().zip(filled(list)) {
        roster.set_cell(list, at, *column, cell);
    }
}

#[test]
fn what_is_typed_into_a_cell_stands_in_its_entry() {
    let mut roster = Roster::default();
    for list in RosterList::ALL {
        fill(&mut roster, list, 1);
    }
    let [name, occupation] = ["张一", "车工"].map(str::to_owned);
    let (agreement, appointment, qualified, certificate) = (Some(true), Some(false), Some(true), Some(false));
    let examiner = Examiner { name, occupation, agreement, appointment, qualified, certificate };
    let [name, occupation, title] = ["李二", "钳工", "高级技师"].map(str::to_owned);
    let (qualified, agreement, appointment) = (Some(false), Some(true), Some(false));
    let expert = Expert { name, occupation, title, qualified, agreement, appointment };
    let [name, occupation] = ["车床", "车工"].map(str::to_owned);
    let equipment = Equipment { name, occupation, count: Some(21), intact: Some(19), worn: Some(2) };
    // the line above says nothing yet
    let should = Roster {
        examiners: vec![Examiner::default(), examiner],
        experts: vec![Expert::default(), expert],
        equipment: vec![Equipment::default(), equipment],
    };
    assert_eq!(roster, should);
    for list in RosterList::ALL {
        let cell = |column: &RosterColumn| roster.cell(list, 1, *column).expect("a cell");
        assert_eq!(list.columns().iter().map(cell).collect::<Vec<_>>(), filled(list));
        assert_eq!(roster.cell(list, 2, RosterColumn::Name), None, "there is no third line");
    }
}

/// A column that the list has not, and a cell of another sort, leave the entry as it is.
#[test]
fn what_does_not_fit_a_cell_is_not_written() {
    let mut roster = Roster::default();
    for list in RosterList::ALL {
        fill(&mut roster, list, 0);
    }
    let before = roster.clone();
    for (list, column, cell) in [
        (RosterList::Examiners, RosterColumn::Title, text("甲")),
        (RosterList::Experts, RosterColumn::Certificate, YES),
        (RosterList::Equipment, RosterColumn::Agreement, YES),
        (RosterList::Examiners, RosterColumn::Name, YES),
        (RosterList::Experts, RosterColumn::Agreement, text("有")),
        (RosterList::Equipment, RosterColumn::Count, text("21")),
        (RosterList::Equipment, RosterColumn::Name, number(1)),
    ] {
        roster.set_cell(list, 0, column, cell);
        assert_eq!(roster, before, "{list:?} {column:?}");
    }
}

#[test]
fn a_list_takes_no_more_lines_than_it_may_have() {
    for list in RosterList::ALL {
        let mut roster = Roster::default();
        roster.set_cell(list, MOST_LISTED - 1, RosterColumn::Name, text("甲"));
        assert_eq!(roster.len(list), MOST_LISTED);
        assert_eq!(roster.cell(list, MOST_LISTED - 1, RosterColumn::Name), Some(text("甲")));
        roster.set_cell(list, MOST_LISTED, RosterColumn::Name, text("乙"));
        assert_eq!(roster.len(list), MOST_LISTED);
        assert_eq!(roster.cell(list, MOST_LISTED - 1, RosterColumn::Name), Some(text("甲")));
    }
}

#[test]
fn a_line_is_added_and_taken_away_and_a_list_is_emptied() {
    for list in RosterList::ALL {
        let mut roster = Roster::default();
        for name in ["甲", "乙", "丙"] {
            roster.add(list);
            roster.set_cell(list, roster.len(list) - 1, RosterColumn::Name, text(name));
        }
        roster.add(list);
        let names = |roster: &Roster| {
            let name = |at| match roster.cell(list, at, RosterColumn::Name) {
                Some(EntryCell::Text(name)) => name,
                other => panic!("{other:?} is no name"),
            };
            (0..roster.len(list)).map(name).collect::<Vec<_>>()
        };
        assert_eq!(names(&roster), ["甲", "乙", "丙", ""]);
        roster.remove(list, 4);
        assert_eq!(names(&roster).len(), 4, "there is no fifth line");
        roster.remove(list, 1);
        assert_eq!(names(&roster), ["甲", "丙", ""]);
        roster.remove(list, 2);
        assert_eq!(names(&roster), ["甲", "丙"]);
        for other in RosterList::ALL.into_iter().filter(|it| *it != list) {
            roster.clear(other);
        }
        assert_eq!(names(&roster), ["甲", "丙"]);
        roster.clear(list);
        assert!(roster.is_empty());
    }
}

/// A list of headings alone has nobody in it.
#[test]
fn a_pasted_list_without_entries_is_empty() {
    let placed = |text: &str| RosterTable::understood(RosterList::Examiners, text).placed();
    assert!(placed("").is_empty());
    assert!(placed("姓名\t聘书\n").is_empty());
    assert!(!placed("姓名\t聘书\n张一\t有\n").is_empty());
}

/// What a page shows the roster beside: people, equipment, and nothing about 管理 or 场地.
#[test]
fn the_rows_about_people_and_equipment_are_of_the_roster() {
    for annex in [2, 4, 6] {
        let rubric = editions()[0].rubric(annex).expect("a rubric");
        let of_roster = rubric.rows().filter(|it| is_of_roster(it)).map(|it| it.number);
        assert_eq!(of_roster.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 13, 14], "{annex}");
    }
    for annex in [1, 3, 5] {
        let rubric = editions()[0].rubric(annex).expect("a rubric");
        assert!(!rubric.rows().any(is_of_roster), "{annex}");
    }
}

/// What follows from the lists is taken in place of a score by hand; numbers of people stand beside one.
#[test]
fn defects_that_are_taken_replace_a_score_by_hand() {
    let mut sheet = Sheet::default();
    for row in [1, 4] {
        sheet.answers.set(row, Fact::Score, Some(5));
    }
    take_facts(&mut sheet, 1, &[(Fact::Defects, 2)]);
    take_facts(&mut sheet, 4, &[(Fact::QualifiedExaminers, 2), (Fact::Headcount, 3)]);
    let has = |row, facts: &[Fact]| facts.iter().map(|it| sheet.answers.get(row, *it)).collect::<Vec<_>>();
    assert_eq!(has(1, &[Fact::Score, Fact::Defects]), [None, Some(2)]);
    assert_eq!(has(4, &[Fact::Score, Fact::QualifiedExaminers, Fact::Headcount]), [Some(5), Some(2), Some(3)]);
}

/// As the part of a backup for people has it, and as two tabs that differ tell it: what was not said is left out.
#[test]
fn the_lists_are_told_in_words_a_line_an_entry() {
    let [name, occupation] = ["张一", "车工"].map(str::to_owned);
    let said = (Some(true), Some(false), Some(true), Some(false));
    let (agreement, appointment, qualified, certificate) = said;
    let examiner = Examiner { name, occupation, agreement, appointment, qualified, certificate };
    let [name, title] = ["李二", "高级技师"].map(str::to_owned);
    let expert = Expert { name, title, qualified: Some(false), agreement: Some(true), ..Expert::default() };
    let equipment = Equipment { name: "车床".to_owned(), count: Some(21), worn: Some(0), ..Equipment::default() };
    let named = Examiner { name: "王三".to_owned(), ..Examiner::default() };
    let roster = Roster { examiners: vec![examiner, named], experts: vec![expert], equipment: vec![equipment] };
    let should = [
        "名册 考评人员：张一 车工 聘用协议 有 聘书 无 任职条件 符合 考评员证书 无",
        "名册 考评人员：王三",
        "名册 专家：李二 高级技师 条件 不符合 聘用协议 有",
        "名册 设备：车床 数量 21 陈旧 0",
    ];
    assert_eq!(roster.in_lines(), should);
}
