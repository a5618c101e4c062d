//! 脱敏副本: the same results, the same findings, and not one character that the person wrote.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ziping::app::part::in_words::about;
use ziping::carrier::{Take, pack, write_code, write_link};
use ziping::dossier::{
    Dossier, Expert, Finding, Sheet, masked, read_backup, review, roster_offers, roster_totals, write_backup,
};
use ziping::filing::Rules;
use ziping::filing::route::FilingAnswers;
use ziping::filing::scope::DeclaredRow;
use ziping::score::{Report, score};

use crate::carrier_laws::known;
use crate::every_field::{EVERYTHING, full, outputs, texts};
use crate::{EMPLOYER, arbitrary, editions, none_of, review as cases, review_laws, site};

fn rules() -> &'static Rules {
    &site().rules[0]
}

fn copy(dossier: &Dossier) -> Dossier {
    masked(&editions()[0], rules(), dossier)
}

/// What was found and where. Names and typed texts are in the words of some findings.
fn found(dossier: &Dossier) -> Vec<String> {
    let what = |it: Finding| format!("{:?} {:?} {:?} {:?}", it.check, it.place, it.clause, it.readings);
    review(&editions()[0], rules(), dossier).into_iter().map(what).collect()
}

fn points(report: &Report<'_>) -> String {
    let rows = report.rows.iter().map(|it| (it.row.number, it.score, it.low, it.high, it.vetoed));
    format!("{:?} {:?} {:?}", report.base, report.grade(), rows.collect::<Vec<_>>())
}

/// What the sheets come to, and what the roster offers to them.
fn results(dossier: &Dossier) -> Vec<String> {
    let known = dossier.sheets.iter().filter_map(|it| Some((it, editions()[0].rubric(it.annex)?)));
    let of_sheets = known.map(|(sheet, rubric)| {
        let offers = roster_offers(rubric, &dossier.roster, sheet);
        let offers: Vec<_> = offers.into_iter().map(|it| (it.row, it.facts, it.says, it.nobody)).collect();
        let all = [&sheet.answers].into_iter().chain(sheet.work.versions.iter().map(|it| &it.answers));
        let scores: Vec<_> = all.map(|it| points(&score(rubric, it))).collect();
        format!("{scores:?} {offers:?} {:?}", sheet.count_papers(rubric))
    });
    of_sheets.chain([format!("{:?}", roster_totals(&dossier.roster))]).collect()
}

#[test]
fn every_worked_dossier_has_the_same_findings_and_results() {
    let mut problems = Vec::new();
    for (name, dossier) in cases::dossiers() {
        let copy = copy(&dossier);
        for (before, after) in [(found(&dossier), found(&copy)), (results(&dossier), results(&copy))] {
            if before != after {
                problems.push(format!("{name}\n{}\n{}", before.join("\n"), after.join("\n")));
            }
        }
    }
    none_of(&problems);
}

/// 大类 stays, and how far down a code goes, also of one that stands where a name is asked for; what is no code is a text.
#[test]
fn a_code_keeps_its_class_and_its_length() {
    let row = |code: &str, name: &str| {
        let [code, name] = [code, name].map(str::to_owned);
        DeclaredRow { code, name, ..DeclaredRow::default() }.into()
    };
    let codes = [
        ("6", "6"),
        ("6-18", "6-00"),
        ("6-18-01", "6-99-00"),
        ("6-18-01-99", "6-99-00-00"),
        ("6-18-01-99-01", "某某某某某某某某某某某某甲"),
        ("6-18-1", "某某某某某甲"),
        ("16-18", "某某某某甲"),
        ("6-1x", "某某某甲"),
    ];
    for (code, should) in codes {
        let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[]);
        dossier.declared = vec![row(code, "")];
        assert_eq!(copy(&dossier).declared[0].code, should, "{code}");
        dossier.declared = vec![row("", code)];
        // one digit alone is no code there
        let should = if code == "6" { "某甲" } else { should };
        assert_eq!(copy(&dossier).declared[0].name, should, "{code}");
    }
    // another code has another stand-in, the same one the same
    let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[]);
    dossier.declared = vec![row("6-18", "6-20-01"), row("6-20-01", "6-18")];
    let copied: Vec<_> = copy(&dossier).declared.iter().map(|it| [it.code.clone(), it.name.clone()]).collect();
    assert_eq!(copied, [["6-00", "6-99-01"], ["6-99-01", "6-00"]]);
}

/// A name that ends like that of a class still does.
#[test]
fn a_name_of_people_stays_one() {
    let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[]);
    let row = |name: &str| DeclaredRow { name: name.to_owned(), ..DeclaredRow::default() }.into();
    dossier.declared = vec![row("评茶人员"), row("评茶师")];
    let names: Vec<_> = copy(&dossier).declared.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names, ["某甲人员", "某某乙"]);
}

fn empty() -> Dossier {
    Dossier::new(String::new(), EMPLOYER, &editions()[0], &[])
}

/// Questions on filing with their answers.
type AnswersOnFiling = &'static [(&'static str, &'static str)];

/// What was chosen stays, what was written does not, and of the places only which are the same.
#[test]
fn of_the_answers_on_filing_what_was_offered_stays() {
    let cases: [(AnswersOnFiling, AnswersOnFiling); 9] = [
        (&[("ownership", "other_enterprise")], &[("ownership", "other_enterprise")]),
        (&[("ownership", "集体企业")], &[]),
        (&[("ownership", "true")], &[]),
        (&[("directly_under_province", "true")], &[("directly_under_province", "true")]),
        (&[("directly_under_province", "?")], &[("directly_under_province", "?")]),
        (&[("directly_under_province", "归省里管")], &[]),
        (&[("nobody_asks", "true")], &[]),
        // one supervisor is one place, however often it is named
        (
            &[("insured_in", "平顶山市"), ("insured_in", "郑州市、洛阳市"), ("place", "平顶山市"), ("place", "郑州市")],
            &[("insured_in", "当地"), ("insured_in", "外地"), ("place", "当地"), ("place", "外地")],
        ),
        // the whole province is as good as no answer
        (&[("insured_in", "河南省"), ("place", " ")], &[("insured_in", "?"), ("place", "?")]),
    ];
    let answers = |all: &[(&str, &str)]| {
        FilingAnswers(all.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect())
    };
    for (given, should) in cases {
        let dossier = Dossier { route: answers(given), ..empty() };
        assert_eq!(copy(&dossier).route, answers(should), "{given:?}");
    }
}

/// Only the first blank is the name of an occupation, which stays where the document itself prints it.
#[test]
fn what_the_document_prints_stays_only_as_the_name_of_an_occupation() {
    let blanks = vec!["车工".to_owned(); 8];
    let dossier = Dossier { sheets: vec![Sheet { id: 1, annex: 2, blanks, ..Sheet::default() }], ..empty() };
    let copied = &copy(&dossier).sheets[0].blanks;
    assert_eq!(copied[..2], ["车工", "某"]);
    assert_eq!(copied[6..], ["某甲", "某甲"]);
}

/// 级别 without any: nothing stays nothing, and what only separates still does.
#[test]
fn levels_that_name_none_still_name_none() {
    for (levels, should) in [("", ""), (" ", ""), ("、", "、"), ("很高", "某"), ("7", "9"), ("三级、四级", "4、3")]
    {
        let sheet = Sheet { id: 1, annex: 2, levels: levels.to_owned(), ..Sheet::default() };
        assert_eq!(copy(&Dossier { sheets: vec![sheet], ..empty() }).sheets[0].levels, should, "{levels}");
    }
}

/// The title of a standard names the same stand-in as the occupation does.
#[test]
fn a_standard_is_known_by_its_occupation() {
    let [name, standard_name] = ["㐀㐁工", "《㐀㐁工国家职业技能标准》"].map(str::to_owned);
    let row = DeclaredRow { name, standard_name, ..DeclaredRow::default() };
    let copied = copy(&Dossier { declared: vec![row.into()], ..empty() });
    assert_eq!([&*copied.declared[0].name, &*copied.declared[0].standard_name], ["某某甲", "某某甲"]);
}

/// A blank is part of the name of a sheet's occupation; elsewhere it stands between two.
#[test]
fn blanks_are_between_occupations_unless_a_sheet_has_the_name() {
    let cases = [
        ("㐀㐁 㐃工", "㐀㐁㐃工", "某某某甲"),
        // without its bracket
        ("㐀㐁 㐃工", "㐀㐁㐃工（㐆）", "某某某甲"),
        ("㐀㐁 㐃工", "焊工", "某甲、某乙"),
        ("㐀㐁 㐃工", "", "某甲、某乙"),
    ];
    for (occupation, name, should) in cases {
        let expert = Expert { occupation: occupation.to_owned(), ..Expert::default() };
        let mut dossier = Dossier {
            sheets: vec![Sheet { id: 1, annex: 2, blanks: vec![name.to_owned()], ..Sheet::default() }],
            ..empty()
        };
        dossier.roster.experts.push(expert);
        assert_eq!(copy(&dossier).roster.experts[0].occupation, should, "{name}");
    }
}

/// Letters that no document, no program and no stand-in has.
const MARKS: [char; 6] = ['㐀', '㐁', '㐃', '㐆', '㐍', '㐖'];

fn marked() -> impl Strategy<Value = Dossier> {
    let letter =
        prop_oneof![4 => select(MARKS.to_vec()), 1 => select(" ，、；（）()《》-/1\n".chars().collect::<Vec<_>>())];
    let text = vec(letter, 1..12).prop_map(|it| it.into_iter().collect::<String>() + "㐀");
    (vec(text, 120), arbitrary::dossier()).prop_map(|(marks, other)| {
        let mut dossier = full();
        for mut sheet in other.sheets {
            sheet.id += 100;
            dossier.sheets.push(sheet);
        }
        texts(&mut dossier).into_iter().zip(marks.iter().cycle()).for_each(|(text, mark)| text.clone_from(mark));
        dossier
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_somebody_wrote_is_left(dossier in marked()) {
        let copy = copy(&dossier);
        let marks = |text: &str| text.chars().filter(|it| MARKS.contains(it)).count();
        let written = marks(&format!("{dossier:?}"));
        prop_assert!(200 < written);
        prop_assert_eq!(marks(&format!("{copy:?}")), 0, "{:?}", copy);
        let file = write_backup(&[(copy.clone(), about(&editions()[0], &copy, |it| it.to_string()))], "", 0, "");
        prop_assert_eq!(&read_backup(&file).expect("it opens")[0].dossier, &copy);
        let record = pack(known(), &copy, EVERYTHING).expect("a record");
        for text in outputs(&copy).into_iter().chain([file, write_code(&record), write_link("https://ziping.example/", &record)]) {
            prop_assert_eq!(marks(&text), 0, "{}", text);
        }
        prop_assert_eq!(results(&dossier), results(&copy));
    }

    #[test]
    fn any_dossier_has_the_same_findings_and_results(dossier in review_laws::anything()) {
        let copy = copy(&dossier);
        prop_assert_eq!(found(&dossier), found(&copy), "{:?}", copy);
        prop_assert_eq!(results(&dossier), results(&copy));
        let goes = |it: &Dossier| pack(known(), it, Take::default()).is_some();
        prop_assert_eq!(goes(&dossier), goes(&copy));
    }
}
