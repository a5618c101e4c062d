//! Is an edition sound? Finds all mistakes at once and says each in a sentence, in Chinese, for whoever edits the data.

mod listed;
mod totals;

use std::collections::BTreeSet;

use crate::letters::numeral;

use super::cited::{citations, reading_of};
use super::place::{RubricPlace, Unsound};
use super::{Blank, BlankPiece, Edition, Points, Row, RowKind, Rubric, Rule};

/// All mistakes of the edition; none where it is sound.
pub fn check(edition: &Edition) -> Vec<Unsound<RubricPlace>> {
    let mut found = Vec::new();
    for rubric in &edition.rubrics {
        let mut say = |place, message| found.push(Unsound { place, message });
        header(rubric, &mut say);
        numbers(rubric, &mut say);
        sums(rubric, &mut say);
        totals::totals(rubric, &mut say);
        for (place, row) in rubric.placed_rows() {
            let mut say = |message| say(place, message);
            rule_fits(rubric, row, &mut say);
            veto_is_read(edition, &rubric.row_id(row.number), row, &mut say);
            figures_are_printed(edition, &rubric.row_id(row.number), row, &mut say);
        }
    }
    citations(edition, &mut |place, message| found.push(Unsound { place, message }));
    found
}

/// What makes a row a veto in the words of documents.
const VETOES: [&str; 2] = ["否决项", "一票否决"];

fn header(rubric: &Rubric, say: &mut impl FnMut(RubricPlace, String)) {
    for line in &rubric.header {
        let mut blanks = line.iter().filter_map(|it| if let BlankPiece::Blank(it) = it { Some(it) } else { None });
        if blanks.find(|it| **it != Blank::Text) == Some(&Blank::Part) {
            let message = "`header` 里的 {part} 是前面一个人数的一部分，同一行前面应有 {count}，请核对".to_owned();
            say(RubricPlace::Rubric(rubric.annex), message);
        }
    }
}

fn numbers(rubric: &Rubric, say: &mut impl FnMut(RubricPlace, String)) {
    let mut seen = BTreeSet::new();
    // after a number that could not be read, or came twice, any number that is new is accepted
    let mut expected = Some(1);
    for (place, row) in rubric.placed_rows() {
        let id = rubric.row_id(row.number);
        if row.number == 0 || !seen.insert(row.number) {
            if row.number != 0 {
                say(place, format!("`{id}` 出现了两次，每个编号只能用一次"));
            }
            expected = None;
            continue;
        }
        if let Some(should) = expected.filter(|it| *it != row.number) {
            let should = rubric.row_id(should);
            say(place, format!("`{id}` 的编号不连续，按印刷顺序这里应为 `{should}`"));
        }
        expected = Some(row.number.saturating_add(1));
    }
    let mut texts = BTreeSet::new();
    for (s, section) in rubric.sections.iter().enumerate() {
        for (g, group) in section.groups.iter().enumerate() {
            texts.clear();
            for (r, row) in group.rows.iter().enumerate() {
                if !texts.insert((&row.content, &row.standard)) {
                    let id = rubric.row_id(row.number);
                    say(
                        RubricPlace::Row(rubric.annex, s, g, r),
                        format!("`{id}` 与同组另一行的评估内容和评估标准完全相同，请删去重复的一行"),
                    );
                }
            }
        }
    }
}

fn sums(rubric: &Rubric, say: &mut impl FnMut(RubricPlace, String)) {
    let mut total = 0;
    for (s, section) in rubric.sections.iter().enumerate() {
        let mut in_section = Points::ZERO;
        for (g, group) in section.groups.iter().enumerate() {
            let in_group: Points = group.rows.iter().filter_map(|it| it.points).sum();
            if let Some(printed) = group.points.filter(|it| *it != in_group) {
                say(RubricPlace::Group(rubric.annex, s, g), differ(&group.name, printed, in_group));
            }
            in_section = in_section + in_group;
        }
        if let Some(printed) = section.points.filter(|it| *it != in_section) {
            say(RubricPlace::Section(rubric.annex, s), differ(&section.name, printed, in_section));
        }
        total += i64::from(in_section.in_tenths()) * section.weight();
    }
    if total != i64::from(rubric.total.in_tenths()) * 1000 {
        let total = Points::tenths(u16::try_from(total / 1000).unwrap_or(u16::MAX));
        say(RubricPlace::Rubric(rubric.annex), differ("合计", rubric.total, total));
    }
}

fn differ(of: &str, printed: Points, summed: Points) -> String {
    format!("`{of}` 印为 {printed} 分，各行分值相加却是 {summed} 分，请核对分值")
}

/// Does the rule fit its row: points to award, rows it refers to, a veto where it raises one?
fn rule_fits(rubric: &Rubric, row: &Row, say: &mut impl FnMut(String)) {
    let id = rubric.row_id(row.number);
    if let Some(first) = row.shares {
        match rubric.row(first) {
            Some(owner) if owner.number < row.number && owner.shares.is_none() => {}
            _ => say(format!(
                "`{id}` 与 `{}` 共用单元格，但那不是前面的独立一行，请改为共用单元格的第一行",
                rubric.row_id(first)
            )),
        }
        return;
    }
    if let Some(veto) = &row.veto
        && !row.standard.contains(&veto.phrase)
    {
        say(format!("`{id}` 的否决用语 `{}` 在评估标准里找不到，请照印文填写", veto.phrase));
    }
    let worth = row.points.unwrap_or_default();
    match (rubric.kind(row), &row.rule) {
        (RowKind::Bonus, _) if row.points.is_some() => say(format!("`{id}` 是优先项目，不应有分值，请删去 `points`")),
        (RowKind::Scored | RowKind::ScoredVeto, Rule::None) => {
            say(format!("`{id}` 印有分值，规则不能是 `none`，请照评估标准填写规则"))
        }
        (RowKind::Unscored, Rule::None)
        | (RowKind::Bonus, _)
        | (RowKind::Scored | RowKind::ScoredVeto | RowKind::Veto, _) => {}
        // its words may make it a veto, which is told
        (RowKind::Unscored, _) if VETOES.iter().any(|it| row.standard.contains(it)) => {}
        (RowKind::Unscored, _) => say(format!("`{id}` 既无分值也无否决，规则应为 `none`")),
    }
    let most = match &row.rule {
        Rule::Number { bands } => {
            if bands.windows(2).any(|it| it[0].at_least <= it[1].at_least || it[0].points <= it[1].points) {
                say(format!("`{id}` 的人数档次没有从高到低排列，请调整顺序"));
            }
            match bands.first() {
                Some(first) if first.points != worth => {
                    say(format!("`{id}` 的最高档是 {} 分，分值却是 {worth} 分，请核对", first.points));
                }
                Some(_) => {}
                None => say(format!("`{id}` 没有写人数档次，请补上 `bands`")),
            }
            worth
        }
        Rule::Average { full, above, part, .. } => {
            if full <= above {
                say(format!("`{id}` 的满分人数 {full} 不高于部分得分的人数 {above}，请核对"));
            }
            *part
        }
        Rule::Combined { undetailed, .. } => *undetailed,
        Rule::Lease { term: Some(term), .. } => {
            if term.shorter <= term.deduct {
                say(format!("`{id}` 租期短的扣分应多于租期长的，请核对"));
            }
            term.shorter
        }
        Rule::Deduct { each, .. }
        | Rule::Hazard { each, .. }
        | Rule::Credit { each, .. }
        | Rule::Experts { each, .. } => *each,
        Rule::Met { .. }
        | Rule::Staffed { .. }
        | Rule::Rate { .. }
        | Rule::Years { .. }
        | Rule::Judged { .. }
        | Rule::Tiers { .. }
        | Rule::Lease { term: None, .. }
        | Rule::Bonus { .. }
        | Rule::Choice { .. }
        | Rule::Listed { .. }
        | Rule::Quantity { .. }
        | Rule::None => worth,
    };
    listed::wrong(row).into_iter().for_each(|it| say(format!("`{id}` {it}")));
    if worth < most {
        say(format!("`{id}` 的规则一次增减 {most} 分，超过了分值 {worth} 分，请核对"));
    }
    if let Some(other) = refers_to(&row.rule).filter(|it| rubric.row(*it).is_none()) {
        say(format!("`{id}` 的规则提到 `{}`，表中没有这一行，请核对行号", rubric.row_id(other)));
    }
}

/// Checks that a row whose words make it a veto has one. A reading that the row cites may say that it is none.
fn veto_is_read(edition: &Edition, id: &str, row: &Row, say: &mut impl FnMut(String)) {
    // 不作为否决项, 非否决项
    const NONE: [&str; 5] = ["不作为", "不属于", "不是", "不实行", "非"];
    if row.veto.is_some() || row.shares.is_some() {
        return;
    }
    let words = format!("{}\n{}", row.content, row.standard);
    let makes_one = |veto: &&&str| {
        let before = words.match_indices(**veto).map(|(at, _)| &words[..at]);
        before.into_iter().any(|it| NONE.iter().all(|none| !it.ends_with(none)))
    };
    let explained = || {
        let mut cited = row.readings.iter().filter_map(|id| edition.reading(id));
        cited.any(|it| it.taken.contains("否决") || it.note.contains("否决"))
    };
    if let Some(veto) = VETOES.iter().find(makes_one).filter(|_| !explained()) {
        say(format!(
            "`{id}` 的原文写着“{veto}”，却没有 `veto`，不会当作否决项：请补上 veto = {{ phrase = \"…\", blocks = \"filing\" }}；不当作否决项的，引用一条说明“否决”怎样处理的解读"
        ));
    }
}

fn refers_to(rule: &Rule) -> Option<u16> {
    match rule {
        Rule::Met { perhaps_shared: Some(it), .. } => Some(it.row),
        Rule::Deduct { people: Some(it), .. } => Some(it.row),
        _ => None,
    }
}

/// Checks that every figure and unit of a rule is in the row's words, is its 分值, or is in a reading that the row
/// cites.
fn figures_are_printed(edition: &Edition, id: &str, row: &Row, say: &mut impl FnMut(String)) {
    if row.shares.is_some() {
        return;
    }
    let cited = || {
        row.readings
            .iter()
            .filter_map(|id| edition.reading(id))
            .chain(reading_of(&row.rule).filter_map(|id| edition.reading(id)))
    };
    let mut words = format!("{}{}", row.content, row.standard);
    for reading in cited() {
        words.push_str(&reading.taken);
        words.push_str(&reading.note);
    }
    let mut printed = figures(&words);
    printed.extend(row.points.map(|it| u32::from(it.in_tenths())));
    let (numbers, units) = figures_of(&row.rule);
    for tenths in numbers.into_iter().filter(|it| !printed.contains(it)) {
        let number = Points::tenths(u16::try_from(tenths).unwrap_or(u16::MAX));
        say(format!("`{id}` 的规则里的 {number} 在这一行的原文里找不到，也没有引用写明它的解读，请照印文填写"));
    }
    for unit in units.into_iter().filter(|it| !words.contains(*it)) {
        say(format!("`{id}` 的规则里的单位 `{unit}` 在这一行的原文里找不到，请照印文填写"));
    }
}

/// The figures of a rule in tenths, and its units.
fn figures_of(rule: &Rule) -> (Vec<u32>, Vec<&str>) {
    let points = |it: &Points| u32::from(it.in_tenths());
    let whole = |it: &u16| u32::from(*it) * 10;
    match rule {
        Rule::Met { .. } | Rule::None | Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { term: None, .. } => {
            (vec![], vec![])
        }
        Rule::Staffed { at_least } | Rule::Rate { at_least } | Rule::Years { at_least } => {
            (vec![whole(at_least)], vec![])
        }
        Rule::Deduct { each, unit, .. } | Rule::Hazard { each, unit } | Rule::Credit { each, unit } => {
            (vec![points(each)], vec![unit])
        }
        Rule::Combined { undetailed, .. } => (vec![points(undetailed)], vec![]),
        Rule::Number { bands } => {
            (bands.iter().flat_map(|it| [whole(&it.at_least), points(&it.points)]).collect(), vec![])
        }
        Rule::Experts { at_least, each } => (vec![whole(at_least), points(each)], vec![]),
        Rule::Average { full, above, part, .. } => (vec![whole(full), whole(above), points(part)], vec![]),
        Rule::Lease { term: Some(term), .. } => {
            (vec![whole(&term.years), points(&term.deduct), points(&term.shorter)], vec![])
        }
        Rule::Bonus { add } => (vec![points(add)], vec![]),
        Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. } => listed::figures_of(rule),
    }
}

/// Every number in a text, in tenths, also with one decimal; Chinese numerals up to ten as well.
fn figures(text: &str) -> BTreeSet<u32> {
    let mut found: BTreeSet<u32> = text
        .split(|it: char| !it.is_ascii_digit())
        .filter_map(|digits| digits.parse::<u32>().ok())
        .filter_map(|it| it.checked_mul(10))
        .collect();
    let tenths = text.split(|it: char| !it.is_ascii_digit() && it != '.').filter_map(|it| it.split_once('.'));
    found.extend(tenths.filter_map(|(whole, tenth)| {
        let tenth = tenth.parse::<u32>().ok().filter(|it| *it < 10)?;
        whole.parse::<u32>().ok()?.checked_mul(10)?.checked_add(tenth)
    }));
    found.extend((1..=10).filter(|it| text.contains(&numeral(*it))).map(|it| u32::from(it) * 10));
    found
}
