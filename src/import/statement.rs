//! What a standard says about points, sentence by sentence: under which condition how many are given or taken.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::letters::wide_bracket;

use super::each::{COUNTED, Each, each_of};
use super::effect::PointEffect;
use super::even::EvenText;
use super::figure::{NUMBER, PrintedNumber};

/// A condition and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// As printed.
    pub when: String,
    /// The same, made even.
    pub condition: String,
    pub effect: PointEffect,
    pub each: Option<Each>,
    /// 最多得3分, 扣完为止 without a number is none.
    pub at_most: Option<PrintedNumber>,
}

/// All that a text says.
#[derive(Debug, Default)]
pub struct SaidPoints {
    pub statements: Vec<Statement>,
    /// Sentences that say nothing about points, made even.
    pub required: Vec<String>,
    /// What is said to be the points of the row.
    pub most: Vec<PrintedNumber>,
    /// Words about points that were not understood, as printed.
    pub unread: Vec<String>,
}

static EFFECT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
    (?P<cap>(?:扣|加|得|计|给)?[完满](?:(?P<cap1>NUM)分|[^,。;分]{0,6}(?:分值?|分数)?)?为止
      |(?:直[到至])?扣[到至][0零]分?(?:为止)?|(?:最低|最少)[得计为给]?[0零]分
      |(?:累计|合计|总计)?(?:最高|最多|至多|上限|不超过|不高于|以)(?:不超过)?[可只]?(?:得|加|扣|计|给|为)?(?P<cap2>NUM)分(?:为限|封顶|为止)?
      |(?P<cap3>NUM)分(?:为限|封顶))
    |(?P<zero>[均都则即]?(?:一律|该项|此项|本项)*(?:不予?[得给计赋记]分|不予得分|不予计分|[得给计记为]?:?[0零]分
      |扣完(?:该项|本项)?(?:全部)?分值?|扣除?(?:该项|本项)?(?:全部|所有)(?:分值|分数|分)))
    |(?P<deduct>(?:酌情|适当|视情况?|视情节|根据情况)*[各再]?(?:予以|给予)?(?:扣减|扣除|减去|扣|减)(?P<d_a>NUM)分?(?:(?:-+|至|到)(?P<d_b>NUM))?分)
    |(?P<deduct_some>(?:酌情|适当|视情况?|视情节|相应|根据情况)*(?:予以)?(?:扣减|扣除|扣|减)分)
    |(?P<add>[可另再]*(?:酌情)?加(?P<a_a>NUM)分?(?:(?:-+|至|到)(?P<a_b>NUM))?分)
    |(?P<full>可?[得计记给为](?:满分|全分)(?:\(?(?P<f_a>NUM)分\)?)?)
    |(?P<max>(?:满分|共计?|总计|总分|本项|该项|分值|标准分|小计)[为:]?(?P<m_a>NUM)分)
    |(?P<award_some>(?:酌情|视情况?|适当)(?:给予)?(?:给|得|打|计|赋|评|记)?分)
    |(?P<award>(?:酌情|视情况?)?[可各]?(?:得|给予|给|计|记|为|赋|评|:)?\(?(?P<w_a>NUM)分?(?:(?:-+|至|到)(?P<w_b>NUM))?分\)?)
    |(?P<got>可?得分)
    ";
    Regex::new(&pattern.replace("NUM", NUMBER)).expect("the pattern is ours")
});

/// Behind points: /次, 每项.
static PER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^[/每](?P<unit>{COUNTED})")).expect("the pattern is ours"));

/// A list's mark: (1) 1. 1、 ① A.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[①-⑳⑴-⒛]|\((?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-Ea-e])\)|\d{1,2}[、)]|\d{1,2}\.|[A-Ea-e][.、:)]?|[一二三四五六七八九十]{1,2}[、.])")
        .expect("the pattern is ours")
});

/// What the text says.
pub fn said(even: &EvenText<'_>, leave_out: Option<&Range<usize>>) -> SaidPoints {
    let mut said = SaidPoints::default();
    for sentence in sentences(&even.text) {
        // the beginning of a condition whose effect was not read yet
        let mut begun: Option<usize> = None;
        for piece in pieces(&even.text, sentence.clone()) {
            if leave_out.is_some_and(|it| it.start <= piece.start && piece.end <= it.end) {
                continue;
            }
            read_piece(even, piece, &mut begun, &mut said);
        }
        let Some(start) = begun else { continue };
        let rest = &even.text[start..sentence.end];
        said.required.push(rest.trim_matches([',', ';']).to_owned());
        if speaks_of_points(rest) {
            said.unread.push(even.part(start..sentence.end).to_owned());
        }
    }
    said
}

/// Reads all effects of a piece between commas.
fn read_piece(even: &EvenText<'_>, piece: Range<usize>, begun: &mut Option<usize>, said: &mut SaidPoints) {
    let mut at = piece.start;
    if begun.is_none() {
        at += MARK.find(&even.text[piece.clone()]).map_or(0, |it| mark_length(&even.text[piece.clone()], it.end()));
    }
    let mut from = at;
    while let Some(found) = next_effect(&even.text[..piece.end], from) {
        let start = begun.take().unwrap_or(at);
        said.add(even, start..found.range.start, &found);
        at = found.range.end;
        from = at;
    }
    let rest = even.text[at..piece.end].trim_matches(['的', '者', ')', '。', ',', ';']);
    if rest.is_empty() {
        return;
    }
    if begun.is_none() {
        *begun = Some(at);
    }
}

/// A lone letter is the mark of a level only where a stop follows: `A级` is none.
fn mark_length(piece: &str, end: usize) -> usize {
    let after = piece[end..].chars().next();
    let is_lone = piece[..end].chars().all(|it| it.is_ascii_alphabetic());
    // 3.5 and 2.人
    let is_number = piece[..end].ends_with('.') && after.is_some_and(|it| it.is_ascii_digit());
    if is_lone || is_number { 0 } else { end }
}

struct FoundEffect {
    range: Range<usize>,
    what: FoundKind,
    /// 扣5分/次: what is counted stands behind the points.
    per: Option<String>,
}

enum FoundKind {
    Effect(PointEffect),
    /// 得满分, with the points where they are said.
    Full(Option<PrintedNumber>),
    Cap(Option<PrintedNumber>),
    /// 满分5分.
    Most(Option<PrintedNumber>),
}

fn next_effect(text: &str, from: usize) -> Option<FoundEffect> {
    let mut from = from;
    loop {
        let found = EFFECT.captures_at(text, from)?;
        let whole = found.get(0)?;
        let before = text[..whole.start()].chars().next_back();
        let figure = |name: &'static str| found.name(name).and_then(|it| PrintedNumber::read(it.as_str()));
        let (behind, words) = (&text[whole.end()..], whole.as_str());
        // 三分之一, 30分钟, 60分以上, 十分完善, 扣分原因, 总得分
        let is_word = ["之", "钟", "以上", "以下", "及以上", "以内"].iter().any(|it| behind.starts_with(it))
            // 80-89分得4分
            || words.starts_with(|it: char| it.is_ascii_digit())
                && ["得", "的得", "的,得", "者得", "(含)"].iter().any(|it| behind.starts_with(it))
            || matches!(words, "百分" | "千分")
            || words == "十分" && !behind.is_empty()
            || !words.contains(|it: char| it.is_ascii_digit())
                && behind.starts_with(['标', '原', '项', '办', '值', '数', '情', ':', '='])
            || found.name("got").is_some() && before.is_some_and(|it| "评总实应".contains(it))
            || words.starts_with(|it: char| it.is_ascii_digit())
                && before.is_some_and(|it| it.is_ascii_digit() || it == '.');
        if is_word {
            from = whole.start() + text[whole.start()..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let range = |a: &'static str,
                     b: &'static str,
                     one: fn(PrintedNumber) -> PointEffect,
                     two: fn(PrintedNumber, PrintedNumber) -> PointEffect| {
            let first = figure(a)?;
            Some(FoundKind::Effect(figure(b).map_or_else(|| one(first), |it| two(first.min(it), first.max(it)))))
        };
        let what = if found.name("cap").is_some() {
            Some(FoundKind::Cap(figure("cap1").or(figure("cap2")).or(figure("cap3"))))
        } else if found.name("zero").is_some() {
            Some(FoundKind::Effect(PointEffect::Zero))
        } else if found.name("deduct").is_some() {
            range("d_a", "d_b", PointEffect::Deduct, PointEffect::DeductRange)
        } else if found.name("deduct_some").is_some() {
            Some(FoundKind::Effect(PointEffect::DeductSome))
        } else if found.name("add").is_some() {
            range("a_a", "a_b", PointEffect::Add, PointEffect::AddRange)
        } else if found.name("full").is_some() || found.name("got").is_some() {
            Some(FoundKind::Full(figure("f_a")))
        } else if found.name("max").is_some() {
            Some(FoundKind::Most(figure("m_a")))
        } else if found.name("award_some").is_some() {
            Some(FoundKind::Effect(PointEffect::AwardSome))
        } else {
            range("w_a", "w_b", PointEffect::Award, PointEffect::AwardRange)
        };
        // 一半分 is no number
        let Some(what) = what else {
            from = whole.end();
            continue;
        };
        // 否则不得分
        let at = whole.start() + if words.starts_with('则') && before == Some('否') { "则".len() } else { 0 };
        let per = PER.captures(behind);
        let end = whole.end() + per.as_ref().map_or(0, |it| it[0].len());
        return Some(FoundEffect { range: at..end, what, per: per.map(|it| it["unit"].to_owned()) });
    }
}

impl SaidPoints {
    fn add(&mut self, even: &EvenText<'_>, condition: Range<usize>, found: &FoundEffect) {
        let computed = computed(&even.text[condition.clone()]);
        let effect = match found.what {
            // 得分 by what comes of a reckoning or of somebody's judgement
            FoundKind::Effect(PointEffect::Award(_) | PointEffect::Zero) if computed == Some(Reckoned::Computed) => {
                PointEffect::AwardSome
            }
            FoundKind::Full(_) if computed.is_some() => PointEffect::AwardSome,
            FoundKind::Effect(effect) => effect,
            FoundKind::Full(points) => {
                self.most.extend(points);
                PointEffect::Full
            }
            FoundKind::Cap(most) => {
                match self.statements.last_mut() {
                    Some(last) => last.at_most = most.or(last.at_most),
                    None => self.unread.push(even.part(condition.start..found.range.end).to_owned()),
                }
                self.keep(even, condition);
                return;
            }
            FoundKind::Most(points) => {
                self.most.extend(points);
                self.keep(even, condition);
                return;
            }
        };
        let words = &even.text[found.range.clone()];
        let is_fixed = matches!(effect, PointEffect::Award(_) | PointEffect::Deduct(_) | PointEffect::Add(_));
        let text = &even.text[condition.clone()];
        // 酌情扣2分; 各扣1分; 得0、1、2分; 部分符合得一半分
        let is_vague = ["酌情", "适当", "视", "各"].iter().any(|it| words.contains(it)) || text.ends_with("分别");
        let is_listed = (is_fixed || effect == PointEffect::Zero) && text.ends_with('、');
        let is_odd = is_fixed && is_vague
            || is_listed
            || speaks_of_points(without_score(text))
            || computed == Some(Reckoned::Computed);
        if is_odd {
            self.unread.push(even.part(condition.start..found.range.end).to_owned());
        }
        let bare = text.trim_matches([',', ';', ':', '(', ')', '的', '者', '。']);
        let bare = if bare.ends_with("否则") { bare } else { bare.trim_end_matches(['则', ',', '的', '者']) };
        let per = |unit: &String| Each {
            n: PrintedNumber::whole(1),
            unit: unit.clone(),
            verb: String::new(),
            is_apart: false,
        };
        let mut each = found.per.as_ref().map(per).or_else(|| each_of(text, effect));
        let mut when =
            even.part(condition).trim_end_matches(['的', '者', '酌', '再']).trim_end_matches(['，', ',']).to_owned();
        // 方案不完整，每项: what is counted is no part of the condition
        if let Some(each) = &mut each
            && let Some(at) = when.rfind('每').filter(|_| each.is_apart)
        {
            when = when[..at].trim_end_matches(['，', ',', '的', '者', '；', '、', '按']).to_owned();
        }
        // 制度落实，每缺一项: what is required before it is no part of it either
        if let Some((before, last)) = when.rsplit_once('，').filter(|_| each.as_ref().is_some_and(|it| !it.is_apart))
            && last.starts_with(['每', '缺', '少', '发'])
            && !before.ends_with(['的', '者'])
        {
            when = last.to_owned();
        }
        if let Some(each) = each.as_mut().filter(|it| !even.printed.contains(&it.unit)) {
            each.unit = each.unit.chars().map(wide_bracket).collect();
        }
        self.statements.push(Statement { when, condition: bare.to_owned(), effect, each, at_most: None });
    }

    /// What stands before a word that is no effect of its own is only required.
    fn keep(&mut self, even: &EvenText<'_>, condition: Range<usize>) {
        let rest = even.text[condition].trim_matches([',', ';', ':', '(', ')', '的', '。']);
        if 2 < rest.chars().count() {
            self.required.push(rest.to_owned());
        }
    }
}

/// Where sentences stand: a stop, a semicolon, or the mark of the next part of a list ends one.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut all, mut start) = (Vec::new(), 0);
    let mut end = |at: usize, next: usize| {
        if start < at {
            all.push(start..at);
        }
        start = next;
    };
    for (at, letter) in text.char_indices() {
        let after = &text[at + letter.len_utf8()..];
        let digit = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_digit());
        match letter {
            '。' | ';' | '!' | '?' => end(at, at + letter.len_utf8()),
            '.' if !digit(text[..at].chars().next_back())
                && !text[..at].ends_with(|it: char| it.is_ascii_alphabetic()) =>
            {
                end(at, at + 1);
            }
            '①'..='⑳' | '⑴'..='⒛' => end(at, at),
            '(' if 0 < at && MARK.is_match(&text[at..]) => end(at, at),
            // 评分标准: but not 1:20 and not 优:5分
            ':' if !digit(after.chars().next())
                && !after.starts_with(['得', '计', '记', '扣', '给', '酌', '不'])
                && !text[..at].ends_with(|it: char| it.is_ascii_alphabetic()) =>
            {
                end(at, at + 1);
            }
            _ => {}
        }
    }
    end(text.len(), text.len());
    all
}

/// The pieces of a sentence between its commas.
fn pieces(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut start = sentence.start;
    let mut all = Vec::new();
    for (at, _) in text[sentence.clone()].match_indices(',') {
        all.push(start..sentence.start + at);
        start = sentence.start + at + 1;
    }
    all.push(start..sentence.end);
    all.retain(|it| it.start < it.end);
    all
}

/// How 得分 follows, where no condition settles it.
#[derive(Clone, Copy, PartialEq)]
enum Reckoned {
    /// 按完成比例, 合格率×5.
    Computed,
    /// 根据实际情况, 由专家综合评定.
    Judged,
}

fn computed(condition: &str) -> Option<Reckoned> {
    static COMPUTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"[按以依][^,。;]{0,10}(?:比例|百分比|比率|得票率)|[×÷]|[*]\d|乘以|除以|折算|换算|计算|公式|系数|得分=",
        )
        .expect("the pattern is ours")
    });
    static JUDGED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|,)(?:根据|依据|按照?|依照?|视|由|结合|参照|以|对照|综合)[^,。;]{0,16}(?:情况|程度|评定|评判|打分|评分|评议|效果|水平|结果|表现|好坏|优劣|多少|高低|评价)(?:进行|予以|给予|综合|分别|酌情|打分|评定)*[,的]?$")
            .expect("the pattern is ours")
    });
    if COMPUTED.is_match(condition) {
        Some(Reckoned::Computed)
    } else if JUDGED.is_match(condition) {
        Some(Reckoned::Judged)
    } else {
        None
    }
}

/// 80-89分 as a condition: what somebody else gave.
fn without_score(condition: &str) -> &str {
    static SCORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\d+(?:\.\d+)?分?(?:-\d+(?:\.\d+)?)?分(?:\(含\))?(?:以上|以下|及以上|及以下|以内)?[,的]?$")
            .expect("the pattern is ours")
    });
    SCORE.find(condition).map_or(condition, |it| &condition[..it.start()])
}

fn speaks_of_points(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let pattern =
            r"\d分(?:[^之钟类制]|$)|扣|得分|加分|减分|计分|[满全]分|折算|按比例|权重|一半|减半|得\d+%|分值的|%的?分|倍";
        Regex::new(pattern).expect("the pattern is ours")
    });
    WORDS.is_match(text)
}
