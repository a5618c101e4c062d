//! 名册: lists as people paste them, in the tables of `tests/roster`, what follows from them, and what never leaves.

use serde::Deserialize;
use ziping::carrier::{By, Take, pack, read_code, taken, unpack, write_code};
use ziping::dossier::{
    Dossier, Equipment, Examiner, Expert, Left, MOST_LISTED, Roster, RosterCell, RosterList, RosterNote, RosterTable,
    Sheet, lacking, roster_facts, roster_offer, roster_offers, roster_totals, without_names,
};
use ziping::packet::{roster_of_book, roster_tables, roster_title};
use ziping::rubric::{Fact, RowKey};
use ziping::spreadsheet::{Cell, Table, xlsx};

use crate::carrier_laws::known;
use crate::every_field::full;
use crate::tables::{self, cases};
use crate::{editions, none_of};

/// A list. `why` explains it to people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    list: String,
    to: Option<String>,
    text: String,
    /// The text has its own marks; elsewhere a bar stands for a tab.
    #[serde(default)]
    sep: bool,
    carry: Option<bool>,
    empty_is_no: Option<bool>,
    rows: Vec<Vec<String>>,
    columns: Option<Vec<String>>,
    left: Option<Vec<String>>,
    notes: Option<Vec<String>>,
    plain: Option<bool>,
    titles: Option<Vec<String>>,
    headings: Option<Vec<usize>>,
    #[serde(default)]
    over: usize,
}

fn list(name: &str) -> RosterList {
    RosterList::ALL.into_iter().find(|it| it.label() == name).unwrap_or_else(|| panic!("no list {name}"))
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Tenths(_) | Cell::Day(_) => panic!("no such cell: {cell:?}"),
    }
}

/// The lines of a table without the column of numbers.
fn lines(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.iter().skip(1).map(shown).collect()).collect()
}

fn note(it: &RosterCell, list: RosterList) -> String {
    let (words, text) = match &it.note {
        RosterNote::Carried(text) => ("沿用", text),
        RosterNote::Unread(text) => ("看不懂", text),
        RosterNote::Shortened(text) => ("只记有无", text),
        RosterNote::TooMany(text) => ("多于数量", text),
    };
    format!("{} {} {words} {text}", it.line, it.column.label(list))
}

#[test]
fn every_list_is_understood_as_it_is_meant() {
    let mut problems = Vec::new();
    let cases = cases::<Case>("tests/roster");
    for tables::Case { at, is: case, .. } in &cases {
        let text = if case.sep { case.text.clone() } else { case.text.replace('|', "\t") };
        for end in ["\n", "\r\n"] {
            let mut table = RosterTable::understood(list(&case.list), &text.replace('\n', end));
            table.carry = case.carry.unwrap_or(table.carry);
            table.empty_is_no = case.empty_is_no.unwrap_or(table.empty_is_no);
            let to = table.list;
            let placed = table.placed();
            let mut compare = |what: &str, is: String, should: Option<String>| {
                if let Some(should) = should.filter(|it| *it != is) {
                    problems.push(format!("{at}: {what} {is}, should be {should} ({})", case.why));
                }
            };
            compare("list", to.label().to_owned(), Some(case.to.clone().unwrap_or(case.list.clone())));
            let rows = lines(&roster_tables(&placed.roster)[to as usize]);
            compare("rows", format!("{rows:?}"), Some(format!("{:?}", case.rows)));
            let columns: Vec<_> = table.columns.iter().map(|it| it.label(to)).collect();
            compare("columns", format!("{columns:?}"), case.columns.as_ref().map(|it| format!("{it:?}")));
            let left: Vec<_> = placed.left.iter().map(|it| format!("{} {} {}", it.0, it.1, it.2.words())).collect();
            compare("left", format!("{left:?}"), case.left.as_ref().map(|it| format!("{it:?}")));
            let notes: Vec<_> = placed.notes.iter().map(|it| note(it, to)).collect();
            compare("notes", format!("{notes:?}"), case.notes.as_ref().map(|it| format!("{it:?}")));
            let titles = format!("{:?}", table.titles);
            compare("titles", titles, case.titles.as_ref().map(|it| format!("{it:?}")));
            let headings = format!("{:?}", table.headings);
            compare("headings", headings, case.headings.as_ref().map(|it| format!("{it:?}")));
            compare("plain", table.is_plain().to_string(), case.plain.map(|it| it.to_string()));
            // no line is lost: each is an entry, told as left, a heading, blank, a heading once more, or numbers
            let heads: Vec<_> = table.headings.iter().filter_map(|it| table.cells.get(*it)).collect();
            let other = table.cells.iter().filter(|it| it.iter().all(String::is_empty) || heads.contains(it)).count();
            let all = placed.len() + placed.left.len() + other + case.over;
            compare("lines", all.to_string(), Some(table.cells.len().to_string()));
        }
    }
    assert!(25 <= cases.len(), "only {} cases", cases.len());
    none_of(&problems);
}

/// What is written as a table is read back as the same roster.
#[test]
fn a_list_that_is_written_is_read_back() {
    let roster = Roster {
        examiners: [(Some(true), Some(false)), (None, Some(true)), (Some(false), None)]
            .into_iter()
            .enumerate()
            .map(|(n, (one, other))| Examiner {
                name: format!("考评{n}"),
                occupation: "车工".to_owned(),
                agreement: one,
                appointment: other,
                qualified: other,
                certificate: one,
            })
            .collect(),
        ..full().roster
    };
    let tables = roster_tables(&roster);
    for list in RosterList::ALL {
        let table = &tables[list as usize];
        let heads: Vec<String> = table.columns.iter().map(|it| it.title.clone()).collect();
        let cells = [heads].into_iter().chain(table.rows.iter().map(|it| it.iter().map(shown).collect())).collect();
        let read = RosterTable::of_cells(list, cells);
        assert_eq!(read.list, list);
        let mut back = read.placed().roster;
        let own = |it: &Roster| match list {
            RosterList::Examiners => Roster { examiners: it.examiners.clone(), ..Roster::default() },
            RosterList::Experts => Roster { experts: it.experts.clone(), ..Roster::default() },
            RosterList::Equipment => Roster { equipment: it.equipment.clone(), ..Roster::default() },
        };
        back = own(&back);
        assert_eq!(back, own(&roster));
    }
}

/// The workbook that the page exports is read back, each list from its own worksheet; the others are told by name.
#[test]
fn a_workbook_is_read_back() {
    let roster = full().roster;
    let book = xlsx(&roster_tables(&roster), "");
    let tables = ziping::spreadsheet::read(&book).expect("our own workbook");
    let mut back = Roster::default();
    for list in RosterList::ALL {
        let (table, others) = roster_of_book(list, &tables);
        assert_eq!((table.list, others.len(), table.is_plain()), (list, 2, true));
        assert!(!others.contains(&roster_title(list).to_owned()), "{others:?}");
        back.append(table.placed().roster);
    }
    assert_eq!(back, roster);
}

#[test]
fn lines_beyond_the_most_are_told() {
    let text = format!("姓名\n{}", "张一\n".repeat(MOST_LISTED + 3));
    let placed = RosterTable::understood(RosterList::Examiners, &text).placed();
    assert_eq!(placed.len(), MOST_LISTED);
    let line = |after: usize| (1 + MOST_LISTED + after, "张一".to_owned(), Left::Beyond);
    assert_eq!(placed.left, [1, 2, 3].map(line));
}

fn examiner(name: &str, occupation: &str, said: [Option<bool>; 4]) -> Examiner {
    let [agreement, appointment, qualified, certificate] = said;
    Examiner { name: name.into(), occupation: occupation.into(), agreement, appointment, qualified, certificate }
}

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

fn roster() -> Roster {
    Roster {
        examiners: vec![
            examiner("甲", "", [YES; 4]),
            examiner("乙", "车工", [YES, NO, YES, NO]),
            examiner("丙", "车工（数控车床）、钳工", [YES; 4]),
            examiner("丁", "焊工", [NO; 4]),
            Examiner::default(),
        ],
        experts: vec![
            Expert { name: "戊".into(), qualified: YES, agreement: YES, appointment: YES, ..Expert::default() },
            Expert { name: "己".into(), qualified: None, agreement: YES, appointment: NO, ..Expert::default() },
        ],
        equipment: vec![
            Equipment { name: "车床".into(), count: Some(4), intact: Some(3), worn: Some(2), ..Equipment::default() },
            Equipment { name: "台钻".into(), count: Some(6), intact: Some(6), worn: Some(0), ..Equipment::default() },
        ],
    }
}

fn sheet(annex: u8, name: &str, code: &str) -> Sheet {
    Sheet { id: 1, annex, blanks: vec![name.into()], occupation_code: code.into(), ..Sheet::default() }
}

/// The three annexes ask for the same in the same order, each with rows of its own: 2-1, 4-1 and 6-1 are found by their
/// keys, the head counts and the rate by their rules.
#[test]
fn every_occupation_rubric_gets_its_numbers() {
    for annex in [2, 4, 6] {
        let rubric = editions()[0].rubric(annex).expect("a rubric");
        let of = |number: u16| {
            let row = rubric.row(number).expect("a row");
            roster_facts(&roster(), &sheet(annex, "车工（数控车床）", ""), row)
        };
        assert_eq!(of(1), [(Fact::Defects, 1)], "{annex}");
        assert_eq!(of(2), [(Fact::Defects, 0)]);
        assert_eq!(of(3), [(Fact::Defects, 1)]);
        assert_eq!(of(4), [(Fact::QualifiedExaminers, 2), (Fact::Headcount, 3)]);
        assert_eq!(of(5), [(Fact::Defects, 1)]);
        // of 己 nobody said whether the title will do
        assert_eq!(of(6), []);
        assert_eq!(of(7), [(Fact::Experts, 2)]);
        assert_eq!(of(13), [(Fact::Intact, 9), (Fact::Total, 10)]);
        assert_eq!(of(14), [(Fact::Defects, 2)]);
        assert_eq!(of(8), []);
        let offers = roster_offers(rubric, &roster(), &sheet(annex, "车工", ""));
        assert_eq!(offers.iter().map(|it| it.row).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 13, 14]);
    }
    for annex in [1, 3, 5] {
        let rubric = editions()[0].rubric(annex).expect("a rubric");
        assert_eq!(roster_offers(rubric, &roster(), &sheet(annex, "", "")), []);
    }
}

/// Without its key nobody would notice that a row gets no number.
#[test]
fn a_row_that_counts_people_without_a_key_is_told() {
    let mut edition = editions()[0].clone();
    assert_eq!(lacking(&edition, true), []);
    let rubric = edition.rubrics.iter_mut().find(|it| it.annex == 4).expect("annex 4");
    let rows = rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows);
    for row in rows {
        match row.number {
            1 => row.key = None,
            2 => row.key = Some(RowKey::ExpertsQualified),
            3 => row.key = Some(RowKey::EquipmentWorn),
            _ => {}
        }
    }
    let told: Vec<String> = lacking(&edition, true).into_iter().map(|it| it.message).collect();
    let beginnings = [
        "`4-1` 按人扣分，没有写明名册里考评人员的哪一项与它对照",
        "`4-2` 的 `key` 是 `experts_qualified`，规则应为 `deduct`，`people` 应为专家人数那一行",
        "`4-3` 的 `key` 是 `equipment_worn`，规则应为 `deduct`，没有 `people`",
        "`4-6` 的 `key` 与 `4-2` 相同，一份评估要点只能有一行",
        "`4-14` 的 `key` 与 `4-3` 相同，一份评估要点只能有一行",
    ];
    assert_eq!(told.len(), beginnings.len(), "{told:#?}");
    for (told, should) in told.iter().zip(beginnings) {
        assert!(told.starts_with(should), "{told} should begin with {should}");
    }
}

#[test]
fn names_stand_behind_each_number() {
    let rubric = editions()[0].rubric(2).expect("annex 2");
    let of = |roster: &Roster, sheet: &Sheet, number| {
        roster_offer(roster, sheet, rubric.row(number).expect("a row")).expect("an offer")
    };
    let turner = sheet(2, "车工（数控车床）", "");
    let roster = roster();
    let offer = of(&roster, &turner, 1);
    assert_eq!((offer.says.as_str(), offer.behind.join("；")), ("不符合 1 名", "乙（无聘书）".to_owned()));
    let offer = of(&roster, &turner, 4);
    assert_eq!(offer.says, "聘任 3 人，其中符合条件 2 人");
    assert_eq!(offer.behind, ["甲", "乙（无聘书、考评员证书）", "丙"]);
    let offer = of(&roster, &turner, 6);
    assert_eq!((offer.says.as_str(), offer.missing.join("；")), ("", "己（职称或技能等级条件）".to_owned()));
    assert_eq!(of(&roster, &turner, 7).behind, ["戊", "己"]);
    assert_eq!(of(&roster, &turner, 13).behind, ["车床 1 不完好"]);
    assert_eq!(of(&roster, &turner, 14).behind, ["车床 2 处"]);
    // an occupation that nobody is listed for may be called otherwise in the roster: that is no number
    let mut only = roster.clone();
    only.examiners.remove(0);
    let offer = of(&only, &sheet(2, "评茶员", ""), 4);
    assert_eq!((offer.facts.len(), offer.nobody), (0, true));
    // more intact than there are is a slip
    let mut more = roster;
    more.equipment[0].intact = Some(5);
    let offer = of(&more, &turner, 13);
    assert_eq!((offer.facts.len(), offer.missing.join("")), (0, "车床（完好 5 多于数量 4，请改）".to_owned()));
}

#[test]
fn an_entry_counts_for_its_occupation_by_name_or_code() {
    let row = editions()[0].rubric(2).and_then(|it| it.row(4)).expect("2-4");
    let n = |listed: &str, name: &str, code: &str| {
        let roster = Roster { examiners: vec![examiner("甲", listed, [YES; 4])], ..Roster::default() };
        !roster_facts(&roster, &sheet(2, name, code), row).is_empty()
    };
    for listed in
        ["", " ", "车工", "车 工", "钳工、车工", "钳工/车工", "6-18-01-01", "6－18－01－01", "6-18-01-01 车工"]
    {
        assert!(n(listed, "车工", "6-18-01-01"), "{listed}");
    }
    assert!(n("车工", "车工（数控车床）", "") && n("车工(数控车床)", "车工（数控车床）", ""));
    for listed in ["钳工", "车", "6-18-01-02", "车工师傅"] {
        assert!(!n(listed, "车工", "6-18-01-01"), "{listed}");
    }
    // nothing of a sheet without a name is like an entry without one
    assert!(!n("车工", "", "") && n("", "", ""));
}

#[test]
fn taking_a_number_answers_the_row_as_it_says() {
    let rubric = editions()[0].rubric(2).expect("annex 2");
    let mut sheet = sheet(2, "车工（数控车床）", "");
    for offer in roster_offers(rubric, &roster(), &sheet) {
        assert!(!offer.is_answered(&sheet) && !offer.differs(&sheet));
        offer.take(&mut sheet);
        assert_eq!(offer.is_answered(&sheet), !offer.facts.is_empty());
    }
    assert_eq!(sheet.answers.get(4, Fact::Headcount), Some(3));
    // the head count may be left open: then it differs from nothing
    sheet.answers.set(4, Fact::Headcount, None);
    let offer = roster_offer(&roster(), &sheet, rubric.row(4).expect("2-4")).expect("an offer");
    assert!(!offer.is_answered(&sheet) && !offer.differs(&sheet));
    sheet.answers.set(4, Fact::QualifiedExaminers, Some(3));
    assert!(offer.differs(&sheet));
}

#[test]
fn who_is_listed_for_two_occupations_is_one_person() {
    let of = |listed: &[(&str, &str)]| {
        let examiners = listed.iter().map(|it| examiner(it.0, it.1, [None; 4])).collect();
        roster_totals(&Roster { examiners, ..Roster::default() }).examiners
    };
    assert_eq!(of(&[]), 0);
    assert_eq!(of(&[("甲", "车工"), ("甲", "钳工"), ("乙", "")]), 2);
    // the same name twice for one occupation is two people
    assert_eq!(of(&[("甲", "车工"), ("甲", "车工"), ("甲", "钳工"), ("", "")]), 2);
}

/// All words by which a person or a place of theirs could be known, of a dossier with every field filled.
const NAMES: [&str; 8] =
    ["考评员乙", "专家丙", "数控车床丁", "责任人戊", "档案室己柜", "保管人庚", "责任人子", "高级技师"];

#[test]
fn a_copy_without_names_has_none() {
    let whole = full();
    let said = format!("{whole:?}");
    for name in NAMES {
        assert!(said.contains(name), "{name} is in the dossier at first");
    }
    let bare = without_names(&whole);
    let said = format!("{bare:?}");
    for name in NAMES {
        assert!(!said.contains(name), "{name}");
    }
    // all else stays: how to reach the unit, what is to be mended until when, which papers
    for kept in ["联系人甲", "0375-1234567", "2026-12-31", "营业执照副本", "7-9", "初评辛", "备注癸"] {
        assert!(said.contains(kept), "{kept}");
    }
    let like = |it: &Dossier| it.sheets.iter().map(|it| (it.answers.clone(), it.work.tasks.len())).collect::<Vec<_>>();
    assert_eq!(like(&bare), like(&whole));
    assert_eq!(without_names(&bare), bare);
}

/// With everything ticked that a sender may tick, codes and links are letter for letter those of a dossier without
/// roster, tasks and proofs, so nobody's name can be in them.
#[test]
fn names_never_leave_in_a_code_or_a_link() {
    let take = Take { unit: true, notes: true, day: Some(20_000) };
    let packed = |dossier: &Dossier| pack(known(), dossier, take).expect("it has room");
    let (whole, bare) = (full(), without_names(&full()));
    assert_ne!(whole, bare);
    assert_eq!(packed(&whole), packed(&bare));
    let text = write_code(&packed(&whole));
    assert_eq!(text, write_code(&packed(&bare)));
    let came = read_code(known(), &text).expect("the code opens").dossier;
    let link = unpack(known(), &packed(&whole), By::Link).expect("the link opens").dossier;
    for said in [format!("{came:?}"), format!("{link:?}"), format!("{:?}", taken(known(), &whole, take))] {
        assert!(said.contains("备注癸"), "the notes are in it");
        for name in NAMES {
            assert!(!said.contains(name), "{name}");
        }
    }
}
