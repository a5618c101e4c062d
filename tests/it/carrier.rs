//! The lengths of codes and links, calculated by hand where we promise a figure.

use ziping::carrier::{Take, pack, write_code, write_link};
use ziping::dossier::Dossier;
use ziping::rubric::{Fact, Measure, Rubric};
use ziping::score::Answers;

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions};

/// A sheet filled in like most: requirements are met, with a defect here and there.
fn filled(rubric: &Rubric) -> Answers {
    let mut answers = Answers::default();
    for row in rubric.rows() {
        for fact in row.rule.forms()[0] {
            let value = match fact.measure() {
                Measure::YesNo => i64::from(row.number % 9 != 0),
                Measure::Whole => match fact {
                    Fact::Defects => i64::from(row.number % 2),
                    Fact::Intact => 47,
                    Fact::Total => 52,
                    _ => 5,
                },
                Measure::Points => {
                    i64::from(row.points.unwrap_or_default().in_tenths()) - 5 * i64::from(row.number % 3)
                }
                Measure::Decimal => 4_000_000_000,
                Measure::Choice(words) => words.len() as i64 - 1,
            };
            answers.set(row.number, *fact, Some(value));
        }
        if answers.get(row.number, Fact::Level) == Some(2) {
            answers.set(row.number, Fact::Award, None);
        }
        if answers.get(row.number, Fact::Tenure) == Some(1) {
            answers.set(row.number, Fact::Months, None);
        }
    }
    answers
}

fn case(annexes: &[u8]) -> Dossier {
    let codes = ["6-18-01-01", "6-20-01-01", "6-31-01-03"];
    let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], annexes);
    for (at, it) in dossier.sheets.iter_mut().enumerate() {
        let rubric = editions()[0].rubric(it.annex).expect("an annex");
        it.answers = filled(rubric);
        if it.annex % 2 == 0 {
            it.occupation_code = codes[at % 3].to_owned();
            it.levels = "4、3、2、1".to_owned();
        }
    }
    dossier
}

#[test]
fn codes_and_links_are_as_short_as_promised() {
    let letters = |annexes: &[u8]| {
        let record = pack(known(), &case(annexes), Take::default()).expect("a record");
        write_code(&record).chars().filter(|it| !it.is_whitespace()).count()
    };
    for annex in 1..=6 {
        assert!(letters(&[annex]) <= 40, "annex {annex} alone has {} letters", letters(&[annex]));
    }
    for annexes in [[1, 2, 2, 2], [3, 4, 4, 4], [5, 6, 6, 6]] {
        assert!(letters(&annexes) <= 96, "annexes {annexes:?} have {} letters", letters(&annexes));
    }
    let take = Take { day: Some(20_700), ..Take::default() };
    let record = pack(known(), &case(&[3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]), take).expect("a record");
    let link = write_link("https://rsj.example.gov.cn/ziping/", &record);
    assert!(link.len() < 255, "{} characters with ten occupations", link.len());
}
