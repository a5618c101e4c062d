//! What always holds for a declared row, whatever somebody typed.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use ziping::bytes::wire::{from_bytes, to_bytes};
use ziping::filing::scope::{
    ClassType, DeclaredRow, Example, Major, School, ScopeCheckKind, Standard, Tri, levels, plain,
};

use crate::scope::{APPLICANTS, scope};
use crate::{SCHOOL, kind};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_result_is_the_gravest_of_the_reasons(applicant in select(APPLICANTS.to_vec()), row in any_row()) {
        let checked = scope().check(kind(applicant), &row);
        prop_assert_eq!(checked.result, checked.reasons.iter().map(|it| it.result).max().unwrap_or_default());
        prop_assert!(checked.reasons.is_sorted_by(|a, b| b.result <= a.result));
        prop_assert!(checked.levels.is_sorted_by(|a, b| b < a) && checked.levels.iter().all(|it| (1..=5).contains(it)));
        for it in &checked.reasons {
            prop_assert!(it.readings.iter().all(|id| checked.readings.contains(id)));
            prop_assert!(!it.message.is_empty() && !it.clause.is_empty());
        }
    }

    #[test]
    fn a_row_in_its_plain_form_is_the_same_row(applicant in select(APPLICANTS.to_vec()), row in any_row()) {
        let checked = scope().check(kind(applicant), &row);
        let plain = DeclaredRow {
            code: plain::code(&row.code),
            name: plain::name(&row.name),
            trade: checked.trade.clone(),
            levels: if checked.levels.is_empty() { row.levels.clone() } else { levels::print(&checked.levels) },
            ..row
        };
        prop_assert_eq!(&plain::code(&plain.code), &plain.code);
        prop_assert_eq!(&plain::name(&plain.name), &plain.name);
        prop_assert_eq!(scope().check(kind(applicant), &plain), checked);
    }

    #[test]
    fn a_fact_that_is_not_stated_adds_no_reason(row in any_row()) {
        let silent = DeclaredRow { school: Some(School::default()), ..row };
        let without = DeclaredRow { school: None, ..silent.clone() };
        let kinds = |row: &DeclaredRow| {
            let checked = scope().check(kind(SCHOOL), row);
            let all = checked.reasons.into_iter().map(|it| it.kind).filter(|it| *it != ScopeCheckKind::SchoolLevel);
            all.collect::<Vec<_>>()
        };
        prop_assert_eq!(kinds(&silent), kinds(&without));
    }

    #[test]
    fn levels_are_read_as_they_are_printed(levels in subsequence(vec![5, 4, 3, 2, 1], 1..=5)) {
        prop_assert_eq!(levels::read(&scope().levels, &levels::print(&levels)), Ok(levels));
    }

    #[test]
    fn any_text_is_pasted(text in "[\\PC\t\r\n\"',;=1-6五级工-]{0,60}") {
        let rows = scope().pasted(&text);
        prop_assert!(rows.len() <= 500);
        scope().table_text(&rows);
        levels::read(&scope().levels, &text).ok();
    }

    #[test]
    fn a_table_that_is_written_is_pasted_as_it_was(rows in vec(clean_row(), 0..6)) {
        let mut table = scope().understood(&scope().table_text(&rows));
        // an empty cell may be part of a merged one; whoever wrote the table knows that none is
        table.carry_standard = false;
        let placed = table.placed(scope());
        prop_assert!(placed.left.is_empty());
        prop_assert_eq!(placed.rows.into_iter().map(|it| it.row).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn a_row_is_kept_whole(row in any_row(), at in any::<Index>()) {
        let bytes = to_bytes(&row);
        prop_assert_eq!(from_bytes(&bytes), Some(row));
        prop_assert_eq!(from_bytes::<DeclaredRow>(&bytes[..at.index(bytes.len())]), None);
    }
}

/// Cells of the printed table, cells as people write them, and random text.
fn cell(like: fn(&Example) -> String) -> impl Strategy<Value = String> {
    let printed: Vec<String> = scope().examples.iter().map(like).collect();
    let typed = [
        "",
        "无",
        "/",
        "—",
        "专业技术人员",
        "6-18",
        "2-02-01-01",
        "４－０７－０５－０１",
        "9-01-01-01",
        "5--3 级",
        "五级/初级工",
        "高级技师",
        "6",
    ];
    prop_oneof![
        4 => select(printed),
        2 => select(typed.to_vec()).prop_map(str::to_owned),
        1 => "[\\PC\t\n]{0,12}",
        1 => "[0-9一-五级工、{}-]{0,8}",
    ]
}

pub fn any_row() -> impl Strategy<Value = DeclaredRow> {
    let cells = (
        cell(|it| it.code.clone()),
        cell(|it| it.name.clone()),
        cell(|it| it.trade.clone()),
        cell(|it| it.levels.clone()),
    );
    let standard = (
        select(vec![Standard::Unsaid, Standard::National, Standard::Enterprise]),
        prop::option::of(2016..2022_u16),
        cell(|it| it.name.clone()),
        cell(|it| it.name.clone()),
    );
    let facts =
        (any::<Option<bool>>(), prop::option::of(select(vec![Tri::Yes, Tri::No, Tri::Unsure])), any::<Option<bool>>());
    (cells, standard, facts, prop::option::of(school())).prop_map(|(cells, standard, facts, school)| DeclaredRow {
        code: cells.0,
        name: cells.1,
        trade: cells.2,
        levels: cells.3,
        standard: standard.0,
        standard_year: standard.1,
        standard_name: standard.2,
        dictionary_name: standard.3,
        name_checked: facts.0,
        restricted: facts.1,
        near_professional: facts.2,
        school,
    })
}

fn school() -> impl Strategy<Value = School> {
    let types = vec![ClassType::Intermediate, ClassType::Advanced, ClassType::PreTechnician, ClassType::Other];
    let years = prop::option::of(prop_oneof![any::<i64>(), 2_999_999_990..3_000_000_010_i64]);
    let class = (prop::option::of(select(types)), prop::option::of(select(vec![Major::Main, Major::Minor])));
    (years, any::<[Option<bool>; 7]>(), class).prop_map(|(enrolled_years, it, (class_type, major))| School {
        enrolled_years,
        has_scale: it[0],
        small_major: it[1],
        national_standard: it[2],
        graduating_year: it[3],
        staged: it[4],
        earlier_certificate: it[5],
        compound: it[6],
        class_type,
        major,
    })
}

/// A row that is declared correctly.
fn clean_row() -> impl Strategy<Value = DeclaredRow> {
    let levels = subsequence(vec![5, 4, 3, 2, 1], 1..=5);
    let standard = select(vec![Standard::Unsaid, Standard::National, Standard::Enterprise]);
    ("[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}", "[=@+\"]?[一-龥]{1,6}[\"']?[一-龥]", "([一-龥]{2,6})?", levels, standard)
        .prop_map(|(code, name, trade, levels, standard)| DeclaredRow {
            code,
            name,
            trade,
            levels: levels::print(&levels),
            standard,
            ..DeclaredRow::default()
        })
        .prop_filter("a word for no trade", |it| it.trade != "无")
}
