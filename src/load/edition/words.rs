//! How the rows of a rubric become a total, in sentences for whoever reads the table. A rubric that is added up has none.

use crate::rubric::{Area, Band, BandCondition, Normalise, Points, Rubric, Scale};

pub(super) fn words(rubric: &Rubric) -> Vec<String> {
    let mut all = Vec::new();
    let weighed = rubric.sections.iter().filter_map(|it| Some((&it.name, it.weight?)));
    let weighed: Vec<String> =
        weighed.map(|(name, weight)| format!("{name} × {}", f64::from(weight) / 1000.0)).collect();
    if !weighed.is_empty() {
        all.push(format!("总分是各项目得分加权之和：{}", weighed.join("，")));
    }
    if rubric.rows().any(|it| it.may_skip) {
        let total = rubric.total;
        all.push(match rubric.totals.normalise {
            Normalise::Nothing => "选“不涉及”的行不计分".to_owned(),
            Normalise::Full => "选“不涉及”的行按满分计".to_owned(),
            Normalise::Scale => format!("选“不涉及”的行不计入，其余按比例折算成 {total} 分，小数第二位起舍去"),
        });
    }
    all.extend(spills(rubric.totals.floor).map(|area| format!("一行不够扣的分，从{area}的其他行扣")));
    for section in &rubric.sections {
        all.extend(section.floor.map(|floor| match spills(floor) {
            Some(area) => format!("“{}”里一行不够扣的分，从{area}的其他行扣", section.name),
            None => format!("“{}”里各行扣完为止", section.name),
        }));
    }
    let scales = &rubric.totals.scales;
    if !scales.is_empty() {
        let parts: Vec<String> = scales.iter().map(scale).collect();
        all.push(format!("结论取各部分中最差的一个：{}", parts.join("；")));
    }
    for band in rubric.bands.iter().chain(scales.iter().flat_map(|it| &it.bands)).filter(|it| !it.requires.is_empty()) {
        let conditions: Vec<String> = band.requires.iter().map(|it| condition(rubric, it)).collect();
        all.push(format!("“{}”除 {} 分以外还要：{}", band.outcome, band.at_least, conditions.join("，")));
    }
    all.iter_mut().for_each(|it| *it = format!("本工具的算法：{it}。"));
    all
}

fn spills(floor: Area) -> Option<&'static str> {
    match floor {
        Area::Row => None,
        Area::Group => Some("同一项目分解"),
        Area::Section => Some("同一项目"),
        Area::Total => Some("全表"),
    }
}

fn scale(of: &Scale) -> String {
    let band = |it: &Band| format!("{} 分以上{}", it.at_least, it.outcome);
    let bands: Vec<String> = of.bands.iter().map(band).collect();
    format!("{}（{}）{}", of.name, of.sections.join("、"), bands.join("，"))
}

fn condition(rubric: &Rubric, of: &BandCondition) -> String {
    if let Some(section) = &of.section {
        return format!("“{section}”至少得 {}%", of.percent);
    }
    let rows: Vec<String> = of.rows.iter().map(|it| rubric.row_id(*it)).collect();
    let each = if rows.len() == 1 { "" } else { "各" };
    let least: Points = of.at_least;
    format!("{} {each}至少得 {least} 分", rows.join("、"))
}
