//! What things are called: the sides, the records to choose from, and sheets that would have the same name.

use crate::app::part::label;
use crate::compare::{Both, SheetPairs, Side};
use crate::dossier::{Dossier, Sheet};
use crate::filing::scope::plain;
use crate::rubric::{Edition, Rubric};
use crate::score::{Verdict, score};

use super::Chosen;

/// What the sides are called until somebody names them: 单位自评 and 评估人员 only where that is what they may be.
pub fn sides(left: Option<&Chosen>, right: Option<&Chosen>) -> Both<String> {
    let both = |left: &str, right: &str| Both { left: left.to_owned(), right: right.to_owned() };
    let usual = both("单位自评", "评估人员");
    let (Some(left), Some(right)) = (left, right) else { return usual };
    let (one, other) = (left.dossier.unit.trim(), right.dossier.unit.trim());
    let known = !one.is_empty() && !other.is_empty();
    let came_alike = left.is_received() == right.is_received();
    match (left.day(), right.day()) {
        (Some(before), Some(after)) if known && one == other && before != after => {
            both(&format!("{before} 那份"), &format!("{after} 那份"))
        }
        _ if known && (one != other || came_alike) || came_alike && !left.is_received() => both("第一份", "第二份"),
        _ => usual,
    }
}

/// 某公司，2026-11-23，甲部分 87 分（达到 85 分）: what a record is called in the list.
pub fn record(edition: &Edition, dossier: &Dossier, day: Option<&str>) -> String {
    let known: Vec<(&Sheet, &Rubric)> =
        dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?))).collect();
    let sheets: Vec<String> = known.iter().take(NAMED).map(|(sheet, rubric)| scored(rubric, sheet)).collect();
    let more = if NAMED < known.len() { format!("，共 {} 张表", known.len()) } else { String::new() };
    let day = day.map_or(String::new(), |it| format!("，{it}"));
    let sheets = if sheets.is_empty() { "没有自评表".to_owned() } else { sheets.join("、") };
    format!("{}{day}，{sheets}{more}", label::unit(dossier))
}

/// How many sheets of a record are named.
const NAMED: usize = 3;

fn scored(rubric: &Rubric, sheet: &Sheet) -> String {
    let report = score(rubric, &sheet.answers);
    let verdict = match report.settled() {
        Verdict::Pending => "结论待定".to_owned(),
        Verdict::FilingVetoed => "触发否决项".to_owned(),
        Verdict::Band(band) => format!("达到 {} 分", band.at_least),
        Verdict::BelowAllThresholds => "未达到分数线".to_owned(),
    };
    format!("{} {} 分（{verdict}）", label::sheet(rubric, sheet), report.base)
}

/// 附件2 车工, with its code or its levels where another sheet on the page has the same name: a sheet of the same
/// dossier, or one of the other dossier that has no pair.
pub fn called(edition: &Edition, dossiers: Both<&Dossier>, pairs: &SheetPairs, side: Side, id: u16) -> String {
    let named = |it: &Sheet| edition.rubric(it.annex).map_or(String::new(), |rubric| label::called(rubric, it));
    let Some(sheet) = dossiers.of(side).sheet(id) else { return String::new() };
    let name = named(sheet);
    let unpaired = |it: &&Sheet| pairs.together.iter().all(|pair| *pair.of(side.other()) != it.id);
    let others = dossiers.of(side.other()).sheets.iter().filter(unpaired);
    let mut alike: Vec<&Sheet> = dossiers.of(side).sheets.iter().chain(others).filter(|it| named(it) == name).collect();
    let mut apart = Vec::new();
    let ways: [fn(&Sheet) -> String; 2] = [|it| plain::code(&it.occupation_code), |it| plain::name(&it.levels)];
    for (what, of) in ["编码", "级别"].into_iter().zip(ways) {
        let own = of(sheet);
        if alike.iter().any(|it| of(it) != own) {
            alike.retain(|it| of(it) == own);
            apart.push(if own.is_empty() { format!("未填{what}") } else { format!("{what} {own}") });
        }
    }
    if apart.is_empty() { name } else { format!("{name}（{}）", apart.join("，")) }
}
