//! 技工院校认定中心: what section 二 asks where a school declares for its own students. What is absent is not judged.

use super::findings::Findings;
use super::{ClassType, Kind, Major, School, levels};

const BILLION: i64 = 1_000_000_000;

pub(super) fn check(found: &mut Findings<'_>, school: &School) {
    let scope = found.scope;
    if school.graduating_year == Some(false) {
        found.say(Kind::NotGraduating, &[]);
    }
    if school.enrolled_years.is_some_and(|it| it < i64::from(scope.years.figure) * BILLION) {
        found.say(Kind::FewYears, &[("given", &scope.years.figure.to_string())]);
    }
    // a small major is an exception, which somebody has to claim
    if school.has_scale == Some(false) && school.small_major != Some(true) {
        found.say(Kind::NoScale, &[]);
    }
    if school.national_standard == Some(false) {
        found.say(Kind::NoStandard, &[]);
    }
    let minor = school.major == Some(Major::Minor);
    if minor && school.compound == Some(false) {
        found.say(Kind::NotCompound, &[]);
    }
    // without the certificate nobody takes part (reading SCO-05)
    if school.staged == Some(true) && school.earlier_certificate != Some(true) {
        found.say(Kind::NoEarlierCertificate, &[]);
    }
    if school.class_type == Some(ClassType::PreTechnician) {
        // other rules than these (reading SCO-06)
        return found.say(Kind::PreTechnician, &[]);
    }
    let above: Vec<u8> = found.of.levels.iter().copied().filter(|it| u16::from(*it) < scope.highest.figure).collect();
    if !above.is_empty() {
        found.say(Kind::SchoolLevel, &[("given", &levels::print(&above))]);
    }
    let Some(class_type) = school.class_type else { return };
    match scope.class_types.iter().find(|it| it.class_type == class_type) {
        None => found.say(Kind::ClassOther, &[]),
        Some(it) => {
            let level = it.level.figure + if minor { scope.lower.figure } else { 0 };
            let class = if minor { [it.name.as_str(), &scope.minor].concat() } else { it.name.clone() };
            class_level(found, level, &class);
        }
    }
}

/// The level that the document gives to a 班型. Its lowest one is within the range, but given to no 班型 (reading SCO-03).
fn class_level(found: &mut Findings<'_>, level: u16, class: &str) {
    let (lowest, highest) = (found.scope.lowest.figure, found.scope.highest.figure);
    let all = &found.of.levels;
    let others: Vec<u8> = all.iter().copied().filter(|it| u16::from(*it) != level).collect();
    let wrong: Vec<u8> = others.iter().copied().filter(|it| (highest..lowest).contains(&u16::from(*it))).collect();
    if !wrong.is_empty() {
        let fills = [("class", class), ("expected", &level.to_string()), ("given", &levels::print(&wrong))];
        found.say(Kind::ClassLevel, &fills);
    }
    if others.iter().any(|it| u16::from(*it) == lowest) {
        found.say(Kind::ClassLevelLowest, &[("class", class), ("given", &lowest.to_string())]);
    }
}
