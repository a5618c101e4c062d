//! A number that a condition asks for: 不少于20平方米, 300—499人次, 不足80%, 1:20.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::each::{COUNTED, MEASURED};
use super::figure::{HUNDREDTHS, NUMBER, PrintedNumber};

/// Between which numbers a condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    pub at_least: Option<PrintedNumber>,
    /// It holds below this number only.
    pub below: Option<PrintedNumber>,
    /// It holds up to this number, with it.
    pub up_to: Option<PrintedNumber>,
    /// Not at the number itself: 超过5人.
    pub strict: bool,
    pub unit: String,
    /// What stands before it.
    pub subject: String,
    /// And behind it.
    pub rest: String,
}

const MORE: &str = r"不少于|不低于|不小于|不得少于|不得低于|不应少于|不应低于|应不少于|应不低于|不少|应达到|应达|达到|达|满|至少有?|不短于|>=|≥|≧";
const STRICT: &str = r"超过|大于|高于|多于|>";
const LESS: &str = r"不足|少于|低于|小于|未达到|未达|没有达到|没达到|未能达到|不能达到|达不到|不到|不满|未满|不够|<";
const MOST: &str = r"不超过|不高于|不多于|不大于|<=|≤";

static HIT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)(?P<more>MORE)?(?P<strict>STRICT)?(?P<most>MOST)?(?P<less>LESS)?
        (?P<a>NUM)(?P<am>万(?:人次|人|册|平方米|平米|台|套))?(?:(?P<ua>UNIT)?(?P<with>\(含\))?(?:以上|及以上)?(?:-+|至|到)(?P<less2>不足)?(?P<b>NUM))?(?P<u>UNIT)?
        (?P<up>\(含\)以上|\(含\)及以上|及其?以上|以上\(含\)|以上)?(?P<down>\(含\)以下|及其?以下|以下|以内)?";
    let pattern = pattern.replace("MORE", MORE).replace("STRICT", STRICT).replace("MOST", MOST).replace("LESS", LESS);
    let pattern = pattern.replace("NUM", NUMBER).replace("UNIT", &format!("(?:{MEASURED}|{COUNTED})"));
    Regex::new(&pattern).expect("the pattern is ours")
});

/// 近三年, 《…》(2015年版): no number that a condition asks for.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:近|最近|上){NUMBER}个?年(?:内|来|中|均)?|《[^》]*》|\(\d{{4}}年?版?\)|\d{{4}}年|{NUMBER}年(?:内|度)|一人一档|\((?:不?含)\d[^)]{{0,8}}\)"
    ))
    .expect("the pattern is ours")
});

/// 50%≤比例<60%.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?P<a>{NUMBER})%?(?:≤|<=|<)[^\d,;。<≤]{{1,8}}(?:<|≤)=?(?P<b>{NUMBER})(?P<u>{MEASURED}|{COUNTED})"
    ))
    .expect("the pattern is ours")
});

/// All numbers with a unit that a text asks for.
pub fn thresholds(text: &str) -> Vec<Threshold> {
    let bare = HUNDREDTHS.replace_all(text, "${n}%");
    let bare = PAST.replace_all(&bare, "");
    let bare = BETWEEN.replace_all(&bare, "${a}${u}以上不足${b}${u}");
    let mut all: Vec<Threshold> = Vec::new();
    let mut from = 0;
    for found in HIT.captures_iter(&bare) {
        let Some(whole) = found.get(0) else { continue };
        let Some(mut threshold) = read(&found) else { continue };
        threshold.subject = bare[from..whole.start()].trim_matches([',', ';', '(', ')', '的', ':', '、']).to_owned();
        threshold.rest = bare[whole.end()..].to_owned();
        // 三个月
        if threshold.unit == "个"
            && threshold.rest.starts_with(['月', '工', '小', '学', '年'])
            && !threshold.rest.starts_with("工位")
        {
            continue;
        }
        // 大于20人不足30人
        if let Some(last) = all.last_mut()
            && last.unit == threshold.unit
            && last.below.is_none()
            && last.up_to.is_none()
            && threshold.at_least.is_none()
            && threshold.subject.chars().all(|it| "且但、,的而".contains(it))
            && last.at_least < threshold.below.or(threshold.up_to)
        {
            last.below = threshold.below;
            last.up_to = threshold.up_to;
            last.rest = threshold.rest;
        } else {
            all.push(threshold);
        }
        from = whole.end();
    }
    all
}

/// The one number that a condition asks for, where it asks for no other.
pub fn threshold(text: &str) -> Option<Threshold> {
    let mut all = thresholds(text);
    if all.len() == 1 { all.pop() } else { None }
}

fn read(found: &Captures<'_>) -> Option<Threshold> {
    let has = |name| found.name(name).is_some();
    let figure = |name| found.name(name).and_then(|it| PrintedNumber::read(it.as_str()));
    let mut unit = found.name("u").or(found.name("ua")).map(|it| it.as_str().to_owned()).unwrap_or_default();
    let mut a = figure("a")?;
    let b = figure("b");
    if let Some(many) = found.name("am") {
        a = a.times(10_000);
        unit = many.as_str()["万".len()..].to_owned();
    }
    if unit.is_empty() {
        return None;
    }
    let mut threshold = Threshold {
        at_least: None,
        below: None,
        up_to: None,
        strict: false,
        unit,
        subject: String::new(),
        rest: String::new(),
    };
    let last = b.unwrap_or(a);
    match b {
        Some(b) => {
            threshold.at_least = Some(a);
            if has("less2") || has("with") { threshold.below = Some(b) } else { threshold.up_to = Some(b) }
        }
        None if has("less") || (has("down") && !has("more")) => threshold.below = Some(last),
        None if has("most") => threshold.up_to = Some(last),
        None if has("strict") => {
            threshold.at_least = Some(last);
            threshold.strict = true;
        }
        None if has("more") || has("up") => threshold.at_least = Some(last),
        None => {
            threshold.at_least = Some(last);
            threshold.up_to = Some(last);
        }
    }
    Some(threshold)
}

impl Threshold {
    /// No more than this: 3人.
    pub fn is_exact(&self) -> bool {
        self.at_least.is_some() && self.at_least == self.up_to
    }

    pub fn is_rate(&self) -> bool {
        is_rate(&self.unit)
    }
}

pub fn is_rate(unit: &str) -> bool {
    unit == "%" || unit.ends_with("百分点")
}

/// 1:20: so many of the second for each of the first; of 1:16-1:20 the worse.
pub fn ratio(text: &str) -> Option<PrintedNumber> {
    static RATIO: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|\D)1:(\d+(?:\.\d+)?)").expect("the pattern is ours"));
    RATIO.captures_iter(text).filter_map(|it| PrintedNumber::read(&it[1])).max()
}

/// No counts: a limit belongs to what is above it.
pub fn is_measured(unit: &str) -> bool {
    is_rate(unit) || ["平方米", "平米", "m2", "亩", "公顷", "万元", "亿元", "元"].contains(&unit)
}

/// 连续招生3年以上.
pub fn years(text: &str) -> Option<PrintedNumber> {
    static YEARS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"连续[^,。;]{{0,12}}?(?P<n>{NUMBER})(?:周|个)?年(?:\(含\))?(?:及?以上|满)?"))
            .expect("the pattern is ours")
    });
    YEARS.captures(text).and_then(|it| PrintedNumber::read(&it["n"]))
}
