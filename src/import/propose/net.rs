//! What no kind of rule has asked about: words that say more than what was read of a row.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::each::Each;
use crate::import::effect::PointEffect;
use crate::import::figure::{NUMBER, PrintedNumber};
use crate::import::proposal::ProposedKind;
use crate::import::statement::Statement;

use super::RowWords;

fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace("NUM", NUMBER)).expect("the pattern is ours")
}

/// Doubts about telling words that the rule has no place for.
pub(super) fn net(words: &mut RowWords<'_>, rule: &ProposedKind) {
    wider(words);
    counted(words);
    number(words, rule);
    product(words, rule);
}

/// 本大项不得分, 总分为0分, 评定为不合格, 从总分中扣5分: more than the row.
fn wider(words: &mut RowWords<'_>) {
    static ZEROES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:(?:该|本|此|所在|整个|第.{1,3}?|[一二三四]级)(?:[一二三四]级)?(?:大项|大类|类别|类|部分|章节|章|模块|板块|指标|项目|单元|方面)\
             |大项|类项目|部分|总分)(?:各项|全部|所有|全|的)?(?:指标|项目|内容|小项)?[均都全]?部?(?:不予?得分|不予?计分|[得计记为]*[0零]分)",
        )
    });
    static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "倒扣|总分[中里]?(?:倒|另|再)?(?:扣|减)|(?:从|在)[^,。;]{0,6}(?:总分|总成绩|总得分)|(?:扣|减)总分|另行?扣",
        )
    });
    static FAILS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:评定|判定|认定|直接定|直接判定|直接评定|视|定|判)为?(?:评估|考核|评审)?(?:不合格|不达标|不通过|不具备)(?P<behind>.{0,6})|终止|不予?受理|不得?参[评加]|暂停|限期整改|撤销|退出",
        )
    });
    if ZEROES.is_match(&words.all) {
        words.doubt("不得分的好像不止这一行，请看原文");
    }
    if let Some(found) = ELSEWHERE.find(&words.all) {
        let found = found.as_str().to_owned();
        words.doubt(format!("“{found}”不只关系这一行，请看原文"));
    }
    // 评定为不合格不得分 is a level
    let is_level = |behind: &str| {
        behind
            .trim_start_matches(['的', '者', ',', ':', '(', '级'])
            .starts_with(['不', '得', '计', '扣', '0', '给', '酌'])
    };
    let fails: Vec<String> = FAILS
        .captures_iter(&words.all)
        .filter(|it| !it.name("behind").is_some_and(|behind| is_level(behind.as_str())))
        .filter_map(|found| found.get(0).map(|it| it.as_str().to_owned()))
        .collect();
    if let Some(found) = fails.first().filter(|_| words.veto.is_none()) {
        let found = found.split([',', '。', ';']).next().unwrap_or_default().to_owned();
        words.doubt(format!("“{found}”不只关系这一行，请看是不是否决项"));
    }
}

/// What is counted one by one, from which number on, and units that are not known.
fn counted(words: &mut RowWords<'_>) {
    static FURTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "每(?:再|增加|新增|增|多)|(?:以后|之后|其后|此后|另|再)每|超过?(?:NUM)?\\p{Han}{0,2}(?:以上|后)?的?,?(?:部分)?每",
        )
    });
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern("(?:缺少|缺|少|错|漏|迟报|迟|发现|出现|发生|存在|逾期|推迟|有)(?:一|1)(?P<what>[^\\d.,。;%-])")
    });
    static OFTEN: LazyLock<Regex> =
        LazyLock::new(|| pattern("每(?:个?(?:学年|年度?|半年|季度?|月|周|天|日|学期|期)|次|场|批)[^,]{2}"));
    for statement in words.said.statements.clone() {
        if FURTHER.is_match(&statement.condition) && statement.each.is_some() {
            words.doubt(format!("“{}”从第几个数起，没有写进规则", statement.when));
        }
        let deducts =
            matches!(statement.effect, PointEffect::Deduct(_) | PointEffect::DeductRange(..) | PointEffect::DeductSome);
        if !deducts || statement.each.is_some() {
            continue;
        }
        let is_word = |it: &str| ["般", "定", "致", "些", "旦", "律", "并"].contains(&it);
        let one = ONE.captures_iter(&statement.condition).any(|it| !is_word(&it["what"]));
        let each = statement.condition.contains('每') && !OFTEN.is_match(&statement.condition);
        if one || each {
            words.doubt(format!("“{}”是不是一个一个计的，请看原文", statement.when));
        }
    }
}

/// 其中, 各: beside a number that decides.
fn number(words: &mut RowWords<'_>, rule: &ProposedKind) {
    static EACH_OF: LazyLock<Regex> =
        LazyLock::new(|| pattern("各(?:应|有|达到?|不少于|不低于|配备|为|得)*NUM|各自|分别"));
    let decides = matches!(
        rule,
        ProposedKind::Quantity(_)
            | ProposedKind::Number { .. }
            | ProposedKind::Experts { .. }
            | ProposedKind::Average { .. }
            | ProposedKind::Rate { .. }
    );
    if !decides {
        return;
    }
    if words.all.contains("其中") {
        words.doubt("“其中”另有要求，没有写进规则");
    }
    if EACH_OF.is_match(&words.all) {
        words.doubt("“各”“分别”要求的不止一个数，请核对");
    }
}

/// 共5项，每项2分 comes to the points of the row.
fn product(words: &mut RowWords<'_>, rule: &ProposedKind) {
    let ProposedKind::Credit { each, .. } = rule else { return };
    static ALL: LazyLock<Regex> = LazyLock::new(|| pattern("(?P<n>NUM)\\p{Han}{1,4}?,每"));
    let is_of_each = |of: &Statement| of.each.as_ref().is_some_and(|it: &Each| it.n == PrintedNumber::whole(1));
    let found = words.said.statements.iter().filter(|it| is_of_each(it)).find_map(|it| ALL.captures(&it.condition));
    let n = found.and_then(|it| PrintedNumber::read(&it["n"]));
    if let (Some(n), Some(full)) = (n, words.points())
        && n.0 * each.0 / 100 != full.0
    {
        words.doubt(format!("{n} 个各 {each} 分，与分值 {full} 不一致"));
    }
}
