//! Levels that are told in a row with their points: A、B、C级分别得5、3、1分, A.5分 B.3分, 5分：健全；3分：较健全.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::even::EvenText;
use crate::import::figure::PrintedNumber;
use crate::import::proposal::{LevelPoints, ProposedKind, ProposedLevel};

const POINTS: &str = r"\d+(?:\.\d+)?";

fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace("NUM", POINTS)).expect("the pattern is ours")
}

/// The choice, where the text says nothing else and its best level has all points of the row.
pub(super) fn graded(standard: &EvenText<'_>, full: Option<PrintedNumber>) -> Option<ProposedKind> {
    let text = standard.text.trim_end_matches(['。', ';']);
    let told = one_after_another(text).or_else(|| lettered(text)).or_else(|| points_first(text))?;
    let mut levels = Vec::new();
    for (name, points) in told {
        let at = standard.text.find(name)?;
        let name = standard.part(at..at + name.len()).to_owned();
        levels.push(ProposedLevel { name, points: LevelPoints::Fixed(points), fails: false });
    }
    let points: Vec<PrintedNumber> = levels.iter().filter_map(fixed).collect();
    let falls = points.windows(2).all(|it| it[1] < it[0]);
    let names: Vec<&String> = levels.iter().map(|it| &it.name).collect();
    let are_others = (1..names.len()).all(|n| !names[..n].contains(&names[n]));
    // what stands below the last level has to be printed too
    let is_whole = levels.last().is_some_and(|last| {
        fixed(last) == Some(PrintedNumber::ZERO) || ["差", "D", "E", "不合格", "不达标"].contains(&last.name.as_str())
    });
    (falls && are_others && is_whole && 1 < levels.len() && points.first().copied() == full)
        .then_some(ProposedKind::Choice { levels })
}

fn fixed(level: &ProposedLevel) -> Option<PrintedNumber> {
    match level.points {
        LevelPoints::Fixed(points) => Some(points),
        LevelPoints::Between(..) => None,
    }
}

type Told<'t> = Vec<(&'t str, PrintedNumber)>;

/// 优、良、中、差依次得5分、4分、3分、0分.
fn one_after_another(text: &str) -> Option<Told<'_>> {
    static ALL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:按照?|评为|评定为)?(?P<names>[^、,;\d分别依次]{1,5}?(?:、[^、,;\d分别依次]{1,5}?)+?)[级等档]?的?(?:分别|依次)(?:对应|按照?|得|记|计|给|为|赋)+(?P<points>NUM分?(?:[、,]NUM分?)+)$",
        )
    });
    let found = ALL.captures(text)?;
    let names: Vec<&str> = found.name("names")?.as_str().split('、').collect();
    let points: Vec<PrintedNumber> = found
        .name("points")?
        .as_str()
        .split(['、', ','])
        .map(|it| PrintedNumber::read(it.trim_end_matches('分')))
        .collect::<Option<_>>()?;
    (names.len() == points.len()).then(|| names.into_iter().zip(points).collect())
}

/// A.5分 B.3分 C.1分 D.0分.
fn lettered(text: &str) -> Option<Told<'_>> {
    static ALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[A-E][级等档]?[.、:=]?NUM分[,;、。]?){2,5}$"));
    static ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<name>[A-E])[级等档]?[.、:=]?(?P<points>NUM)分"));
    ALL.is_match(text).then_some(())?;
    ONE.captures_iter(text).map(|it| Some((it.name("name")?.as_str(), PrintedNumber::read(&it["points"])?))).collect()
}

/// 5分：制度健全；3分：较健全；0分：无制度.
fn points_first(text: &str) -> Option<Told<'_>> {
    static ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^得?(?P<points>NUM)分[:=](?P<name>[^;。:分扣每]{1,40})$"));
    text.split([';', '。'])
        .map(|told| {
            let found = ONE.captures(told)?;
            Some((found.name("name")?.as_str(), PrintedNumber::read(&found["points"])?))
        })
        .collect()
}
