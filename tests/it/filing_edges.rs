//! What the worked cases of `tests/pasted`, `tests/scope` and `tests/filing` cannot say: other words than those of the
//! edition, every path at once, and where the headings of a pasted table end.

use std::collections::BTreeSet;

use ziping::filing::place::Places;
use ziping::filing::route::{FilingAnswers, Path, Routes};
use ziping::filing::scope::{ColumnMeaning, DeclaredRow, ScopeCheckKind, Standard, levels};

use crate::scope::scope;
use crate::{EMPLOYER, kind, site};

fn routes() -> &'static Routes {
    &site().rules[0].routes
}

#[test]
fn a_blank_line_below_the_headings_is_none_of_them() {
    let table = scope().understood("职业编码\t职业名称\n\t\n6-18-01-01\t车工");
    assert_eq!(table.headings, [0]);
    let two = scope().understood("职业\t\t级别\n编码\t名称\t\n6-18-01-01\t车工\t5");
    assert_eq!(two.headings, [0, 1]);
}

/// An editor may write a word of marks alone: it stands in no heading.
#[test]
fn a_word_of_marks_alone_names_no_column() {
    let mut scope = scope().clone();
    scope.pasted.code.push("*".to_owned());
    let table = scope.understood("班组\t职业名称\t级别\n早班\t车工\t待定");
    assert_eq!(table.columns, [ColumnMeaning::Unused, ColumnMeaning::Name, ColumnMeaning::Levels]);
}

/// A title of the edition says that a standard is national, whatever else people write for it.
#[test]
fn a_title_names_a_national_standard() {
    let mut scope = scope().clone();
    scope.pasted.national.clear();
    let text =
        "6-18-01-01\t车工\t\t5\t国家职业标准\n6-20-01-01\t钳工\t\t5\t国家职业技能标准\n6-31-01-03\t电工\t\t5\t国标";
    let standards: Vec<_> = scope.pasted(text).iter().map(|it| it.standard).collect();
    assert_eq!(standards, [Standard::National, Standard::National, Standard::Unsaid]);
}

fn declared(code: &str, name: &str, levels: &str) -> DeclaredRow {
    DeclaredRow { code: code.to_owned(), name: name.to_owned(), levels: levels.to_owned(), ..DeclaredRow::default() }
}

/// Later levels are told document by document.
#[test]
fn later_levels_of_two_documents_are_two_findings() {
    let mut scope = scope().clone();
    let top = scope.levels.later.iter_mut().find(|it| it.names[0] == "首席技师").expect("a later level");
    top.document = "另一份文件".to_owned();
    let told = |levels: &str| -> Vec<String> {
        let checked = scope.check(kind(EMPLOYER), &declared("6-20-01-01", "钳工", levels));
        let later = checked.reasons.into_iter().filter(|it| it.kind == ScopeCheckKind::LevelLater);
        later.map(|it| it.message).collect()
    };
    let both = told("特级技师、首席技师");
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both[0].contains("特级技师") && both[0].contains("14号") && !both[0].contains("首席技师"), "{both:?}");
    assert!(both[1].contains("首席技师") && both[1].contains("另一份文件"), "{both:?}");
    let one = told("学徒工、特级技师");
    assert_eq!(one.len(), 1, "{one:?}");
    assert!(one[0].contains("学徒工、特级技师") && one[0].contains("14号"), "{one:?}");
}

#[test]
fn a_later_level_is_named_once() {
    let read = levels::read_all(&scope().levels, "特级技师、首席技师、特级技师").expect("levels");
    let names: Vec<&str> = read.later.iter().map(|it| it.1.as_str()).collect();
    assert_eq!(names, ["特级技师", "首席技师"]);
}

/// An occupation of the table that has 工种 is told which; one that has none misses none.
#[test]
fn a_missing_trade_is_told_with_those_of_the_table() {
    let checked = scope().check(kind(EMPLOYER), &declared("6-18-01-01", "车工", "4"));
    let missing = checked.reasons.iter().find(|it| it.kind == ScopeCheckKind::TradeMissing).expect("no 工种");
    assert!(missing.message.contains("普通车床、数控车床"), "{}", missing.message);
    let mut scope = scope().clone();
    scope.examples.iter_mut().filter(|it| it.code == "6-20-01-01").for_each(|it| it.levels = "5、4".to_owned());
    let checked = scope.check(kind(EMPLOYER), &declared("6-20-01-01", "钳工", "3"));
    let kinds: Vec<_> = checked.reasons.iter().map(|it| it.kind).collect();
    assert!(kinds.contains(&ScopeCheckKind::LevelUnlisted) && !kinds.contains(&ScopeCheckKind::TradeMissing));
}

/// Without a list no place is missing in it; those that stand for a place that is not told never are.
#[test]
fn a_place_is_unknown_only_to_a_list() {
    let listed = |known: &Places, place: &str| known.read(place).iter().map(|it| it.listed).collect::<Vec<_>>();
    assert_eq!(listed(&Places::default(), "某某镇"), [true]);
    assert_eq!(listed(&routes().known, "某某镇"), [false]);
    assert_eq!(listed(&routes().known, "当地、外地"), [true, true]);
}

fn answers(facts: &[(&str, &str)]) -> FilingAnswers {
    FilingAnswers(facts.iter().map(|(question, it)| ((*question).to_owned(), (*it).to_owned())).collect())
}

/// The answers of a path, each question with what was chosen.
fn chosen(path: &Path<'_>) -> Vec<(String, Vec<String>)> {
    path.iter().map(|(question, all)| (question.id.clone(), all.iter().map(|it| it.id.clone()).collect())).collect()
}

/// The province as a whole is no place where somebody files, and a question for one place takes no two.
#[test]
fn an_answer_with_places_is_one_several_or_unclear() {
    let insured = |place: &str| {
        let answers = answers(&[("applicant", "employer"), ("ownership", "other_enterprise"), ("insured_in", place)]);
        assert_eq!(routes().next(&answers), None, "{place}");
        chosen(&routes().path(&answers)).pop().map(|it| it.1.concat()).unwrap_or_default()
    };
    let school = |place: &str| {
        let local = [("directly_under_province", "false"), ("place", place)];
        let answers = answers(&[&[("applicant", "technical_school"), ("audience", "public")], &local[..]].concat());
        assert_eq!(routes().next(&answers), None, "{place}");
        chosen(&routes().path(&answers)).pop().map(|it| it.1.concat()).unwrap_or_default()
    };
    for (place, as_insured, as_place) in [
        ("平顶山市", "one", "one"),
        ("平顶山市叶县、平顶山市", "one", "one"),
        ("郑州市、洛阳市", "several", "?"),
        ("省直", "?", "?"),
        ("省直、平顶山市", "?", "?"),
    ] {
        assert_eq!((insured(place).as_str(), school(place).as_str()), (as_insured, as_place), "{place}");
    }
}

/// A question for many is gone through with each option, and once with all of them where there are several.
#[test]
fn paths_have_each_option_and_all_of_them_together() {
    let audience = |routes: &Routes| {
        let all: Vec<_> = routes.paths().iter().map(chosen).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a path comes twice");
        let chosen = all.into_iter().flatten().filter(|it| it.0 == "audience").map(|it| it.1);
        chosen.collect::<BTreeSet<_>>().into_iter().map(|it| it.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(audience(routes()), ["other", "own_students", "own_students public other", "public"]);
    let mut fewer = routes().clone();
    let many = fewer.questions.iter_mut().find(|it| it.id == "audience").expect("a question for many");
    many.options.truncate(2);
    assert_eq!(audience(&fewer), ["own_students", "own_students public", "public"]);
    let many = fewer.questions.iter_mut().find(|it| it.id == "audience").expect("a question for many");
    many.options.truncate(1);
    assert_eq!(audience(&fewer), ["own_students"]);
}
