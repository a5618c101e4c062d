//! 否决用语: with which words a standard says that nothing else counts, and what they block.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::even::EvenText;

/// What a standard says about a veto.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedVeto {
    /// As printed.
    pub phrase: String,
    pub blocks_work: bool,
    /// It holds in some case only: 存在重大安全隐患的，此项为否决项.
    pub is_conditional: bool,
}

static VETO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:此|该|本)?项?(?:为|属于|是)?[^,。;()]{0,14}否[决定]项|一票否决(?:制)?|(?:实行|予以)否决|不予备案|不得备案|不予通过|不予认定|不予受理|(?:一律)?不得参评|终止(?:评估|评审|评价|认定)|取消(?:其|该)?(?:申报|评估|备案|评价|认定|鉴定|参评|评审|办学|培训|考核|试点|单位|机构){0,3}资格")
        .expect("the pattern is ours")
});

/// The veto and which part of the text says it.
pub fn veto(even: &EvenText<'_>) -> Option<(PrintedVeto, Range<usize>)> {
    let text = &even.text;
    let found = VETO.find(text)?;
    let stops = ['。', ';', '(', ')'];
    let sentence =
        text[..found.start()].rfind(stops).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[found.end()..].find([',', '。', ';', ')']).map_or(text.len(), |at| found.end() + at);
    let piece = text[sentence..found.start()].rfind(',').map_or(sentence, |at| sentence + at + 1);
    let before = text[sentence..piece].trim_end_matches(',');
    let clause = before.rfind(',').map_or(sentence, |at| sentence + at + 1);
    // 存在重大安全隐患的，此项为否决项; but not: 3人以下不得分，此项为否决项
    let is_case = before.ends_with(['的', '者']) && !before.ends_with("不得分的");
    // 没有场地不得分并一票否决: what stands before 并 is a statement of its own
    let joined = text[piece..found.start()].rfind(['并', '且']).map(|at| piece + at);
    let start = if is_case { clause } else { joined.unwrap_or(piece) };
    let phrase = even.part(start..end).trim_start_matches(['并', '且']).to_owned();
    let whole = &text[start..end];
    let says_case =
        ["存在", "发生", "出现", "虚假", "造假", "未", "没有", "次", "被"].iter().any(|it| whole.contains(it));
    let blocks_work = ["评价工作", "认定工作", "鉴定工作", "开展工作"].iter().any(|it| whole.contains(it));
    let veto = PrintedVeto { phrase, blocks_work, is_conditional: is_case || says_case };
    Some((veto, start..end))
}
