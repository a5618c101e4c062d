//! Names of places as people write them, and whose people are shown for them. What follows for a filing is in
//! `tests/filing/places.toml`.

use std::collections::BTreeSet;

use proptest::prelude::*;
use ziping::dossier::Dossier;
use ziping::filing::place::{NamedPlace, Places, UNTOLD};
use ziping::filing::route::{FilingAnswers, Routes};

use crate::{EMPLOYER, editions, site};

fn routes() -> &'static Routes {
    &site().rules[0].routes
}

fn known() -> &'static Places {
    &routes().known
}

fn only(text: &str) -> NamedPlace {
    let mut read = known().read(text);
    assert_eq!(read.len(), 1, "{text}: {read:?}");
    read.remove(0)
}

/// The counts of the administrative divisions of December 2021: 54 districts, 21 cities and 82 counties, of which ten are
/// directed by the province and one, 济源, is an authority like the 17 other cities.
#[test]
fn the_list_is_whole() {
    let cities = &known().cities;
    let direct: Vec<_> = cities.iter().flat_map(|it| &it.direct).collect();
    let counties: Vec<_> = cities.iter().flat_map(|it| &it.counties).chain(direct.iter().copied()).collect();
    let ending = |letter: char| counties.iter().filter(|it| it.ends_with(letter)).count();
    assert_eq!((cities.len(), direct.len()), (18, 10));
    assert_eq!((ending('区'), ending('市'), ending('县')), (54, 20, 82));
    assert_eq!(counties.iter().collect::<BTreeSet<_>>().len(), counties.len());
}

#[test]
fn an_authority_is_a_city_or_what_the_province_directs() {
    for city in &known().cities {
        assert!(known().has_authority(&city.names[0]), "{}", city.names[0]);
        assert!(city.direct.iter().all(|it| known().has_authority(it)), "{:?}", city.direct);
        assert!(!city.counties.iter().any(|it| known().has_authority(it)), "{:?}", city.counties);
    }
    assert!(!known().has_authority("河南省"));
}

/// A blank stands between two places, or between the parts of one.
#[test]
fn what_stands_behind_a_blank_is_another_place_or_a_part_of_the_first() {
    let one = ["平顶山市 叶县", "河南省 平顶山市", "叶县 昆阳街道", "平顶山市 某某街道"];
    let two = ["郑州市 洛阳市", "郑州市 叶县", "叶县 鲁山县", "平顶山市 南京市", "叶县 平顶山市"];
    for (texts, n) in [(&one[..], 1), (&two[..], 2)] {
        for text in texts {
            assert_eq!(known().read(text).len(), n, "{text}");
        }
    }
}

#[test]
fn every_name_is_read_however_it_is_written() {
    let reads = |written: &str, complete: &str, authority: &str| {
        let read = only(written);
        assert_eq!(
            (read.name.as_str(), read.authority.as_str(), read.listed),
            (complete, authority, true),
            "{written}"
        );
    };
    for city in &known().cities {
        let own = city.names[0].as_str();
        let short = own.trim_end_matches('市');
        for written in [own, short, &format!("河南省{own}"), &format!("河南 {own}"), &format!("“{own}”。")] {
            reads(written, own, own);
        }
        let direct = city.direct.iter().map(|it| (it, it.as_str(), it.clone()));
        for (name, authority, complete) in city.counties.iter().map(|it| (it, own, format!("{own}{it}"))).chain(direct)
        {
            let unseen: String = name.chars().flat_map(|it| [it, '\u{200b}']).collect();
            for written in [
                name.clone(),
                unseen,
                format!("河南省{own}{name}"),
                format!("{own} {name}"),
                format!("{own}（{name}）"),
                format!("{short}{name}"),
                format!("河南 {own}\u{3000}{name}"),
                format!("“{name}”。"),
            ] {
                reads(&written, &complete, authority);
            }
        }
    }
}

/// Without 区, 县, 市: whatever is not also the name of a city.
#[test]
fn short_names_are_completed() {
    for (typed, name) in [
        ("舞钢", "平顶山市舞钢市"),
        ("固始", "固始县"),
        ("巩义", "巩义市"),
        ("郑州", "郑州市"),
        ("新乡", "新乡市"),
        ("郑州新密", "郑州市新密市"),
        ("偃师市", "洛阳市偃师区"),
        ("洛阳管城区", "洛阳管城区"),
        ("管城区", "郑州市管城回族区"),
        ("新安街道", "新安街道"),
        ("济源", "济源示范区"),
    ] {
        assert_eq!(only(typed).name, name);
    }
}

#[test]
fn a_city_shows_its_own_people() {
    let people = |facts: &[(&str, &str)]| {
        let mut answers = FilingAnswers::default();
        facts.iter().for_each(|(question, value)| answers.toggle(question, value));
        routes().route(&answers).filings.into_iter().flat_map(|it| it.local_contacts).collect::<Vec<_>>()
    };
    let employer = [("applicant", "employer"), ("ownership", "other_enterprise")];
    let insured = |place| people(&[&employer[..], &[("insured_in", place)]].concat());
    for here in ["平顶山市", "平顶山市叶县", "舞钢", "平顶山高新区"] {
        assert_eq!(insured(here), ["city"], "{here}");
    }
    for elsewhere in ["郑州市", "汝州市", "省直", "西安市"] {
        assert_eq!(insured(elsewhere), Vec::<String>::new(), "{elsewhere}");
    }
    let school = [("applicant", "technical_school"), ("audience", "own_students"), ("audience", "public")];
    let local = [("directly_under_province", "false"), ("place", "叶县")];
    assert_eq!(people(&[&school[..], &local].concat()), ["city", "city"]);
    // the place is not asked for there
    assert_eq!(people(&[&school[..], &[("directly_under_province", "true"), ("place", "叶县")]].concat()), [""; 0]);
}

#[test]
fn a_place_that_was_not_told_is_none() {
    let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[1]);
    for (question, place) in [("insured_in", UNTOLD[0]), ("insured_in", UNTOLD[1]), ("ownership", "other_enterprise")] {
        dossier.route.toggle(question, place);
    }
    assert_eq!(dossier.place(), "");
    dossier.forget_untold();
    assert_eq!(dossier.route.0, [("ownership".to_owned(), "other_enterprise".to_owned())]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing that was typed is lost or read again as something else.
    #[test]
    fn a_place_once_read_stays(text in "[平顶山市叶县郑州省直河南汝 、/x　]{0,12}") {
        let read = known().read(&text);
        for place in &read {
            prop_assert!(!place.name.is_empty());
            prop_assert_eq!(known().read(&place.name), std::slice::from_ref(place), "{}", text);
        }
        prop_assert_eq!(read.is_empty(), text.chars().all(|it| " 、/　".contains(it)));
    }
}
