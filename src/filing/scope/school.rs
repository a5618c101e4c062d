//! 本校学生: what section 二 asks where a school declares for its own students. What is absent is not judged.

use super::findings::ScopeFindings;
use super::{ClassType, Major, School, ScopeCheckKind, levels};

const BILLION: i64 = 1_000_000_000;

pub(super) fn check(found: &mut ScopeFindings<'_>, school: &School) {
    let scope = found.scope;
    if school.graduating_year == Some(false) {
        found.say(ScopeCheckKind::NotGraduating, &[]);
    }
    if school.enrolled_years.is_some_and(|it| it < i64::from(scope.years.figure) * BILLION) {
        found.say(ScopeCheckKind::FewYears, &[("given", &scope.years.figure.to_string())]);
    }
    // a small major is an exception, which somebody has to claim
    if school.has_scale == Some(false) && school.small_major != Some(true) {
        found.say(ScopeCheckKind::NoScale, &[]);
    }
    if school.national_standard == Some(false) {
        found.say(ScopeCheckKind::NoStandard, &[]);
    }
    let minor = school.major == Some(Major::Minor);
    if minor && school.compound == Some(false) {
        found.say(ScopeCheckKind::NotCompound, &[]);
    }
    // without the certificate nobody takes part (reading SCO-05)
    if school.staged == Some(true) && school.earlier_certificate != Some(true) {
        found.say(ScopeCheckKind::NoEarlierCertificate, &[]);
    }
    if school.class_type == Some(ClassType::PreTechnician) {
        // other rules than these (reading SCO-06)
        return found.say(ScopeCheckKind::PreTechnician, &[]);
    }
    let above: Vec<u8> = found.of.levels.iter().copied().filter(|it| u16::from(*it) < scope.highest.figure).collect();
    if !above.is_empty() {
        found.say(ScopeCheckKind::SchoolLevel, &[("given", &levels::print(&above))]);
    }
    let Some(class_type) = school.class_type else { return };
    match scope.class_types.iter().find(|it| it.class_type == class_type) {
        None => found.say(ScopeCheckKind::ClassOther, &[]),
        Some(school_class) => {
            let level = school_class.level.figure + if minor { scope.lower.figure } else { 0 };
            let class =
                if minor { [school_class.name.as_str(), &scope.minor].concat() } else { school_class.name.clone() };
            class_level(found, level, &class);
        }
    }
}

/// The level that the document gives to a 班型. Its lowest one is within the range, but given to no 班型 (reading
/// SCO-03).
fn class_level(found: &mut ScopeFindings<'_>, level: u16, class: &str) {
    let (lowest, highest) = (found.scope.lowest.figure, found.scope.highest.figure);
    let all = &found.of.levels;
    let others: Vec<u8> = all.iter().copied().filter(|it| u16::from(*it) != level).collect();
    let wrong: Vec<u8> = others.iter().copied().filter(|it| (highest..lowest).contains(&u16::from(*it))).collect();
    if !wrong.is_empty() {
        let fills = [("class", class), ("expected", &level.to_string()), ("given", &levels::print(&wrong))];
        found.say(ScopeCheckKind::ClassLevel, &fills);
    }
    if others.iter().any(|it| u16::from(*it) == lowest) {
        found.say(ScopeCheckKind::ClassLevelLowest, &[("class", class), ("given", &lowest.to_string())]);
    }
}
