//! What is counted: 每缺一项, 一处不符合, 每少500册, 每低5个百分点.

use std::sync::LazyLock;

use regex::Regex;

use super::effect::PointEffect;
use super::figure::{HUNDREDTHS, NUMBER, PrintedNumber};

/// So many of a unit are counted as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    pub n: PrintedNumber,
    pub unit: String,
    /// 少, 缺, 低: something is missing; empty where nothing is said.
    pub verb: String,
    /// The words are no part of the condition: 方案不完整，每项扣2分.
    pub is_apart: bool,
}

impl Each {
    pub fn is_missing(&self) -> bool {
        ["少", "低", "缺", "差", "减", "不足", "降"].iter().any(|it| self.verb.contains(it))
    }
}

/// What is counted one by one, the longer before the shorter.
pub const COUNTED: &str = r"(?:台\(套\)|台\(件\)|台/套|台套|人次|人日|项次|项|处|个|名|人|台|套|件|份|种|例|门|间|条|次|家|本|册|张|组|所|辆|支|类|宗|起|部|课时|学时|专业|职业|工种|环节|岗位|工位|科|篇|期|场)";
/// What is measured.
pub const MEASURED: &str = r"(?:个百分点|百分点|平方米|平米|m2|公顷|亩|万元|亿元|元|万册|%)";

/// What is counted behind a number or alone only, as the words are in many others: 每缺一样, 每迟报2天, 每岗.
const RARE: &str = r"(?:个?工作日|个?小时|分钟|个?学期|个?月|季度|个?方面|个?小项|样|天|年|节|岗|道|页|班|扇|周|日|题|笔|批|块|项目|盏|户|对|步|款|轮|幅|盒|把|根|只|条款)";

/// A letter that is no numeral.
const VERB: &str = r"[\p{Han}--[一二两三四五六七八九十]]";

/// Verbs that have a unit among their letters.
const MIXED: [&str; 9] = ["组织", "逾期", "超期", "延期", "过期", "张贴", "起草", "支持", "处理"];

static RARELY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?:(?P<verb>{VERB}{{0,6}}?)(?P<n>{NUMBER})(?P<unit>{RARE})|(?P<alone>{RARE}))(?P<rest>.*)$"))
        .expect("the pattern is ours")
});

/// 缺一岗, 迟报1天, 错一道.
static RARELY_ONE: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "(?:缺少|缺|少|错|漏报|漏|迟报|迟交|迟|逾期|推迟|超期|晚|发现|出现)";
    Regex::new(&format!(r"^(?:\p{{Han}}{{0,4}})?{verbs}(?:一|1)(?P<a>{RARE})")).expect("the pattern is ours")
});

static EACH: LazyLock<Regex> = LazyLock::new(|| {
    let units = format!("{MEASURED}|{COUNTED}");
    Regex::new(&format!(r"^(?P<verb>{VERB}{{0,4}}?)(?P<n>{NUMBER})?(?P<unit>{units})(?P<rest>.*)$"))
        .expect("the pattern is ours")
});

/// 一处不符合, 缺一项, 设备陈旧1处.
static ONE: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "(?:其中)?(?:缺少|缺|少|发现有?|出现|如有|若有|凡有|凡|存在|发生|查出|有|漏)?";
    Regex::new(&format!(
        r"^(?:{verbs}(?:一|1)(?P<a>{COUNTED})|.*?(?:一|1)(?P<b>{COUNTED})(?:的|者)?$|.*?有(?:一|1)(?P<c>处|项)不)"
    ))
    .expect("the pattern is ours")
});

/// 具备一项, and 一项 by itself.
static HAD: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "(?:具备|具有|获得|取得|获|参与|承担|完成|签订|开展|建立|制定|增加|有)";
    Regex::new(&format!(r"^(?:{verbs}(?:一|1)(?P<a>{COUNTED})|(?:一|1)(?P<b>{COUNTED})$)"))
        .expect("the pattern is ours")
});

/// What the condition counts.
pub(super) fn each_of(condition: &str, effect: PointEffect) -> Option<Each> {
    let condition = HUNDREDTHS.replace_all(condition, "${n}%");
    let condition = condition.trim_matches([',', ';', ':', '(']);
    if let Some(each) = condition.rfind('每').and_then(|at| counted(condition, at, effect)) {
        return Some(each);
    }
    let one = match effect {
        PointEffect::Deduct(_) | PointEffect::DeductRange(..) | PointEffect::DeductSome => &*ONE,
        PointEffect::Award(_) | PointEffect::Add(_) => &*HAD,
        PointEffect::AwardRange(..)
        | PointEffect::Full
        | PointEffect::AwardSome
        | PointEffect::Zero
        | PointEffect::AddRange(..) => return None,
    };
    let last = condition.rsplit(',').next().unwrap_or(condition);
    let rare = || RARELY_ONE.captures(last).filter(|_| matches!(effect, PointEffect::Deduct(_)));
    let found = one.captures(condition).or_else(|| one.captures(last)).or_else(rare)?;
    let unit = ["a", "b", "c"].into_iter().find_map(|it| found.name(it))?.as_str().to_owned();
    let verb = if ["缺", "少"].iter().any(|it| last.starts_with(it)) { "缺" } else { "" };
    Some(Each { n: PrintedNumber::whole(1), unit, verb: verb.to_owned(), is_apart: false })
}

/// 每缺一样, 每迟报2天, 每岗; 每年少于4次 counts nothing.
fn rarely(tail: &str) -> Option<Each> {
    let found = RARELY.captures(tail)?;
    let unit = found.name("unit").or(found.name("alone"))?.as_str();
    let rest = found["rest"].trim_end_matches(',');
    let verb = found.name("verb").map_or("", |it| it.as_str());
    // 每年3月底前
    if verb.contains(['年', '月', '天', '周', '期']) {
        return None;
    }
    let is_alone = found.name("alone").is_some();
    let goes_on = |it: &str| ["不", "未", "无", "没"].iter().any(|word| it.starts_with(word)) && !is_time(unit);
    let is_more =
        rest.contains(|it: char| it.is_ascii_digit()) || ["以上", "以下", "至少"].iter().any(|it| rest.contains(it));
    if is_more || is_alone && !rest.is_empty() && !goes_on(rest) {
        return None;
    }
    let n = found.name("n").map_or(Some(PrintedNumber::whole(1)), |it| PrintedNumber::read(it.as_str()))?;
    Some(Each { n, unit: unit.to_owned(), verb: verb.to_owned(), is_apart: rest.is_empty() && verb.is_empty() })
}

fn is_time(unit: &str) -> bool {
    ["年", "月", "天", "周", "日", "学期", "季度", "小时", "分钟"].iter().any(|it| unit.ends_with(it))
}

/// What stands behind 每.
fn counted(condition: &str, at: usize, effect: PointEffect) -> Option<Each> {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{NUMBER}")).expect("the pattern is ours"));
    let tail = condition[at + "每".len()..].trim_end_matches([',', '的', '者']);
    // 每组织1批, 每逾期1周
    let behind = MIXED.iter().find_map(|it| tail.strip_prefix(it));
    if let Some(behind) = behind.filter(|it| BEGINS.is_match(it)) {
        let each = counted_behind(behind, effect)?;
        return Some(Each { verb: tail[..tail.len() - behind.len()].to_owned(), is_apart: false, ..each });
    }
    counted_behind(tail, effect)
}

fn counted_behind(tail: &str, effect: PointEffect) -> Option<Each> {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"{NUMBER}(?:{MEASURED}|{COUNTED})|以上|以下|至少")).expect("the pattern is ours")
    });
    let Some(found) = EACH.captures(tail) else { return rarely(tail) };
    let (verb, rest) = (&found["verb"], &found["rest"]);
    // 每年培训500人次以上 counts nothing, nor does 每3个学生一个工位
    if verb.contains(['年', '月', '天', '周', '期']) || OTHERS.is_match(rest) {
        return None;
    }
    // points for 每个专业都有教室 are given once
    let gives = matches!(effect, PointEffect::Award(_) | PointEffect::Add(_));
    if gives && ["都", "均", "皆", "全部"].iter().any(|it| rest.contains(it)) {
        return None;
    }
    let mut unit = found["unit"].to_owned();
    // 每个制度: 个 alone says nothing
    let noun = rest.trim_end_matches(',');
    if unit == "个"
        && (1..=4).contains(&noun.chars().count())
        && !noun.contains(['不', '未', '无', '缺', '没', '少', '差', ',', '且'])
    {
        unit.push_str(noun);
    }
    let n = found.name("n").map_or(Some(PrintedNumber::whole(1)), |it| PrintedNumber::read(it.as_str()))?;
    Some(Each { n, unit, verb: verb.to_owned(), is_apart: rest.is_empty() && verb.is_empty() })
}
