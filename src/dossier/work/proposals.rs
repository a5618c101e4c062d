//! Proposals for 佐证材料: the papers that a row's own words name, cut out of its content, standard and methods.
//!
//! [`proposals`] knows how names of papers end and which words stand before them, and no sentence of a document. Where
//! nothing can be cut out that is certainly the name of a paper, it proposes nothing.

use crate::rubric::{Row, Rubric};

/// How the name of a paper ends.
const PAPERS: &[&str] = &[
    "协议",
    "聘书",
    "证书",
    "许可证",
    "执照",
    "批文",
    "证照",
    "学籍表",
    "申请表",
    "名单",
    "制度",
    "办法",
    "规定",
    "规则",
    "规程",
    "守则",
    "预案",
    "方案",
    "计划",
    "流程图",
    "流程",
    "样式",
    "样本",
    "教材",
    "讲义",
    "题库",
    "卷库",
    "技能标准",
    "大典",
    "评价规范",
    "》",
];
/// What stands before the name of a paper, or of what a paper is about.
const VERBS: &[&str] = &[
    "签订有",
    "持有",
    "制订有",
    "制定有",
    "设计有",
    "成立有",
    "取得",
    "提供",
    "制订",
    "制定",
    "成立",
    "设置",
    "具有",
    "具备",
    "经过",
    "符合",
];
/// What an assessor looks at, where the method does not name it: 查看资料.
const UNNAMED: &[&str] = &["资料", "文件"];
/// A paper is not about the number of something.
const COUNTED: &[&str] = &["数量", "人数"];
/// What is shorter names no paper.
const SHORTEST: usize = 3;

/// The papers that a row asks for, as far as its words name them, each once.
pub fn proposals(rubric: &Rubric, row: &Row) -> Vec<String> {
    let mut found = Vec::new();
    let looked_at: Vec<&str> = row.methods.iter().filter_map(|it| looked_at(it)).collect();
    let tools = looked_at.iter().any(|it| it.ends_with("工具书"));
    looked_at.iter().filter(|it| SHORTEST <= it.chars().count()).for_each(|it| named(it, &mut found));
    named(&row.content, &mut found);
    let unnamed = looked_at.iter().find_map(|it| UNNAMED.iter().find(|word| it.ends_with(**word)));
    if found.is_empty() && (tools || unnamed.is_some()) {
        named(&row.standard, &mut found);
    }
    if let (true, Some(word)) = (found.is_empty(), unnamed) {
        found.extend(about(&row.content).map(|it| format!("{it}的{word}")));
    }
    if found.is_empty() {
        found.extend(compared_with(rubric, row));
    }
    // 学校应有《…》 is asked of a kind of 校 only
    if let Some((who, asked)) = row.standard.split_once("应有《")
        && who.chars().next_back().is_some_and(|it| rubric.whose.ends_with(it))
        && let Some((title, _)) = asked.split_once('》')
    {
        found.push(format!("《{title}》"));
    }
    found
}

/// What of 查看营业执照 is looked at.
fn looked_at(method: &str) -> Option<&str> {
    ["查看", "查阅", "查"].iter().find_map(|it| method.strip_prefix(it))
}

/// 对照方案, where the section is called after a 方案: the paper is the section's own.
fn compared_with(rubric: &Rubric, row: &Row) -> Option<String> {
    let (section, _) = rubric.groups().find(|(_, group)| group.rows.iter().any(|it| it.number == row.number))?;
    let compared = row.methods.iter().filter_map(|it| it.strip_prefix("对照"));
    compared.into_iter().any(|it| section.name.ends_with(it)).then(|| section.name.clone())
}

/// Adds the papers that a text names.
fn named(text: &str, found: &mut Vec<String>) {
    for clause in clauses(text) {
        for piece in pieces(clause) {
            let Some(name) = name(piece) else { continue };
            let name = match found.last().filter(|_| name.chars().count() < SHORTEST) {
                // 证书样式，并提供样本: a word alone goes on with what the paper before is about
                Some(before) => format!("{}{name}", stem(before)),
                None => name,
            };
            if SHORTEST <= name.chars().count() && !found.iter().any(|it| it.ends_with(&name)) {
                found.push(name);
            }
        }
    }
}

/// The parts between commas, full stops and 并; one that stands in brackets as a whole without them.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', '，', '。', ';', '；', '并']).map(str::trim);
    parts
        .map(|part| part.strip_prefix(['(', '（']).map_or(part, |it| it.trim_end_matches([')', '）'])))
        .filter(|it| !it.is_empty())
}

/// 《职业分类大典》及…标准 in two; 管理及发放办法 stays one, as what stands before 及 is no paper.
fn pieces(clause: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = clause;
    let joins = |at: usize, sign: char, rest: &str| {
        let (left, right) = (&rest[..at], &rest[at + sign.len_utf8()..]);
        let joined = match sign {
            // 教材或讲义 is one of the two
            '或' => right.contains('的'),
            '及' | '和' | '与' => true,
            _ => false,
        };
        joined && is_paper(left.trim_end_matches("中相关内容"))
    };
    while let Some((at, sign)) = rest.char_indices().find(|(at, sign)| joins(*at, *sign, rest)) {
        pieces.push(&rest[..at]);
        rest = &rest[at + sign.len_utf8()..];
    }
    pieces.push(rest);
    pieces
}

/// The name of the paper with which a piece ends.
fn name(piece: &str) -> Option<String> {
    let piece = piece.trim_end_matches("中相关内容").trim_start_matches("相关").trim_start_matches('将');
    let piece = piece.trim_end_matches("上墙").trim_end_matches("等工具书");
    // 技能标准规定 is what a standard says, and the paper is the standard
    let piece = piece.strip_suffix("规定").filter(|it| is_paper(it)).unwrap_or(piece);
    let (base, brackets) = bracketed(piece);
    if !is_paper(base) {
        return None;
    }
    let whose = ["签订有", "持有"].iter().find_map(|it| base.split_once(it)).map_or("", |(before, _)| before);
    let whose = whose.rsplit_once('与').map_or(whose, |it| it.1);
    Some(format!("{whose}{}{brackets}", core(base)))
}

/// What a row is about, where it names no paper: 考评人员基本任职条件 of 具备考评人员基本任职条件.
fn about(content: &str) -> Option<&str> {
    let about = core(clauses(content).next()?).trim_end_matches("情况");
    (SHORTEST < about.chars().count() && !COUNTED.iter().any(|it| about.ends_with(it))).then_some(about)
}

/// What follows the last verb, and the last 的 behind it.
fn core(text: &str) -> &str {
    let after = VERBS.iter().filter_map(|it| Some(text.rfind(it)? + it.len())).max().unwrap_or_default();
    let text = &text[after..];
    // 有…, 学校有…
    let early = text.char_indices().take(3).find(|it| it.1 == '有');
    let text = early.map_or(text, |(at, sign)| &text[at + sign.len_utf8()..]);
    text.rsplit_once('的').map_or(text, |it| it.1)
}

fn is_paper(text: &str) -> bool {
    let (base, _) = bracketed(text);
    PAPERS.iter().any(|it| base.ends_with(it))
}

/// The name without how it ends.
fn stem(name: &str) -> &str {
    PAPERS.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name)
}

/// A text and the brackets at its end.
fn bracketed(text: &str) -> (&str, &str) {
    let open = text.ends_with([')', '）']).then(|| text.rfind(['(', '（'])).flatten();
    open.map_or((text, ""), |at| text.split_at(at))
}
