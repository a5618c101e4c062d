//! What 检查一遍 and 下一步 say, what a finding cites, and what an edition lacks for the checks.

use ziping::dossier::{CasePlace, Declaration, Dossier, Finding, Next, ReviewCheck, Sheet, lacking, next_step, review};
use ziping::filing::Rules;
use ziping::filing::scope::{DeclaredRow, School};
use ziping::rubric::{Edition, Role, RowKey, RubricPlace};

use crate::{EMPLOYER, SCHOOL, editions, site};

fn rules() -> &'static Rules {
    &site().rules[0]
}

/// An employer with a sheet of annex 1 and one for 车工.
fn dossier() -> Dossier {
    let mut dossier = Dossier::new("某厂".to_owned(), EMPLOYER, &editions()[0], &[1]);
    let blanks = vec!["车工".to_owned()];
    dossier.sheets.push(Sheet { id: 2, annex: 2, blanks, ..Sheet::default() });
    dossier
}

fn found(check: ReviewCheck) -> Finding {
    let (weight, message) = (check.weight(), "2-4 还差 1 人".to_owned());
    Finding { check, weight, place: CasePlace::Row(2, 4), message, clause: String::new(), readings: Vec::new() }
}

#[test]
fn the_next_step_is_said_in_words() {
    let steps = [
        (Next::AnswerRoute, "先回答几个问题，看在哪里备案"),
        (Next::NameUnit, "填写申请单位全称"),
        (Next::Mend(found(ReviewCheck::Faulty)), "先改正：2-4 还差 1 人"),
        (Next::Declare, "填写评价范围申报表"),
        (Next::AddSheets(3), "为申报的职业添加 3 张评估表"),
        (Next::Fill { sheet: 1, row: 7 }, "继续填写附件1，从 1-7 开始"),
        (Next::Fill { sheet: 2, row: 4 }, "继续填写附件2“车工”，从 2-4 开始"),
        (Next::Settle(found(ReviewCheck::MoreThanTotal)), "请核对：2-4 还差 1 人"),
        // where a threshold is reached, all that is left may stay as it is
        (Next::Improve(found(ReviewCheck::PointsLost)), "都填好了，可以打印；要再提高：2-4 还差 1 人"),
        (Next::Improve(found(ReviewCheck::BelowAll)), "2-4 还差 1 人"),
        (Next::Facts, "填写联系人、联系电话和自评日期"),
        (Next::Backup, "下载备份文件，以防这台电脑上的记录丢失"),
        (Next::Print, "都填好了，可以打印"),
    ];
    for (step, should) in steps {
        assert_eq!(step.words(&editions()[0], &dossier()), should);
    }
}

/// Findings of both sheets: whatever stands first, the public one is filled in first.
#[test]
fn the_public_sheet_is_filled_in_before_the_others() {
    let at = |place| Finding { place, ..found(ReviewCheck::Unanswered) };
    let [public, own] = [(1, 7), (2, 4)].map(|(sheet, row)| at(CasePlace::Row(sheet, row)));
    for both in [[public.clone(), own.clone()], [own, public]] {
        assert_eq!(next_step(&editions()[0], &dossier(), &both, 0), Next::Fill { sheet: 1, row: 7 });
    }
}

/// The parts of a header: of all readings that the annex cites only the one on them.
#[test]
fn a_finding_cites_the_reading_that_it_rests_on() {
    let mut dossier = dossier();
    dossier.sheets[1].blanks = ["车工", "30", "20", "20"].map(str::to_owned).into();
    let all = review(&editions()[0], rules(), &dossier);
    let parts = all.iter().find(|it| it.check == ReviewCheck::HeaderParts).expect("the parts are more than the whole");
    assert_eq!(parts.readings, ["AMB-60"]);
}

/// What the edition lacks once it has been changed: each place, and a word of what is said there.
fn lacks(change: impl Fn(&mut Edition)) -> Vec<(RubricPlace, String)> {
    let mut edition = editions()[0].clone();
    change(&mut edition);
    lacking(&edition, true).into_iter().map(|it| (it.place, it.message)).collect()
}

#[test]
fn an_edition_without_what_the_checks_need_is_told_so() {
    let without_role = |edition: &mut Edition, role: Role| {
        edition.readings.iter_mut().filter(|it| it.role == Some(role)).for_each(|it| it.role = None);
    };
    let without_levels = |edition: &mut Edition| {
        let rows = edition.rubrics[0].sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows);
        rows.filter(|it| it.key == Some(RowKey::Levels)).for_each(|it| it.key = None);
    };
    assert_eq!(lacks(|_| {}), []);
    let [(RubricPlace::Rubric(1), said)] = &lacks(without_levels)[..] else { panic!("{:?}", lacks(without_levels)) };
    assert!(said.starts_with("没有写明哪一行规定评价的级别"), "{said}");
    // a reading of this role is needed, unless the edition says that its text needs none
    let unread = lacks(|it| without_role(it, Role::SystemOnce));
    let [(RubricPlace::Edition, said)] = &unread[..] else { panic!("{unread:?}") };
    assert!(said.starts_with("检查同一制度是否计了两次要引用一条解读"), "{said}");
    let settled = lacks(|it| {
        without_role(it, Role::SystemOnce);
        it.settled.push(Role::SystemOnce);
    });
    assert_eq!(settled, []);
}

/// A school has two declarations once rows of both kinds are filled in.
#[test]
fn a_school_that_declares_for_its_own_students_alone_has_one_declaration() {
    let row =
        |name: &str, school: Option<School>| DeclaredRow { name: name.to_owned(), school, ..DeclaredRow::default() };
    let own = || row("车工", Some(School::default()));
    let both = [Declaration::OwnStudents, Declaration::Public];
    let cases: [(Vec<DeclaredRow>, &[Declaration]); 4] = [
        (vec![own()], &[Declaration::Whole]),
        // a row that is still empty is nobody's
        (vec![own(), row("", None)], &[Declaration::Whole]),
        (vec![row("车工", None)], &[Declaration::Whole]),
        (vec![own(), row("钳工", None)], &both),
    ];
    for (rows, should) in cases {
        let mut dossier = Dossier::new(String::new(), SCHOOL, &editions()[0], &[]);
        dossier.declared = rows.into_iter().map(Into::into).collect();
        assert_eq!(dossier.declarations(&editions()[0]), should, "{:?}", dossier.declared);
    }
}
