//! Bands, scales, weights and rows that need not apply: do they fit the table?

use std::collections::BTreeSet;

use crate::rubric::{Band, Points, RowKind, Rubric, RubricPlace};

use super::figures;

type Say<'s> = &'s mut dyn FnMut(RubricPlace, String);

pub(super) fn totals(rubric: &Rubric, say: Say<'_>) {
    let scales = &rubric.totals.scales;
    if rubric.bands.is_empty() && scales.is_empty() {
        say(RubricPlace::Rubric(rubric.annex), "没有分数线，请至少写一个 `[[band]]`".to_owned());
    }
    let place = |i| RubricPlace::Band(rubric.annex, i);
    bands(rubric, &rubric.bands, ("合计", rubric.total), &place, say);
    weights(rubric, say);
    skipped(rubric, say);
    self::scales(rubric, say);
}

fn bands(
    rubric: &Rubric,
    bands: &[Band],
    (of, most): (&str, Points),
    place: &dyn Fn(usize) -> RubricPlace,
    say: Say<'_>,
) {
    for (i, band) in bands.iter().enumerate() {
        let place = place(i);
        if i > 0 && bands[i - 1].at_least <= band.at_least {
            say(place, format!("分数线 {} 没有低于前一条，请从高到低排列", band.at_least));
        }
        if Points::ZERO < most && most < band.at_least {
            say(place, format!("分数线 {} 高于{of} {most}，永远达不到，请核对", band.at_least));
        }
        let printed = rubric.note.concat();
        if !figures(&printed).contains(&u32::from(band.at_least.in_tenths())) {
            say(place, format!("分数线 {} 在注（说明）的原文里找不到，请核对", band.at_least));
        }
        if !printed.contains(&band.outcome) {
            say(place, format!("结论 `{}` 在注（说明）的原文里找不到，请照印文填写", band.outcome));
        }
        conditions(rubric, band, place, say);
    }
}

fn conditions(rubric: &Rubric, band: &Band, place: RubricPlace, say: Say<'_>) {
    for condition in &band.requires {
        for number in &condition.rows {
            let id = rubric.row_id(*number);
            match rubric.row(*number).map(|row| row.points.unwrap_or_default()) {
                None => say(place, format!("`requires` 提到 `{id}`，表中没有这一行，请核对行号")),
                Some(worth) if worth < condition.at_least => {
                    say(place, format!("`requires` 要 `{id}` 至少 {} 分，它的分值只有 {worth} 分", condition.at_least));
                }
                Some(_) => {}
            }
        }
        if condition.section.is_none() && (condition.rows.is_empty() || condition.at_least == Points::ZERO) {
            say(
                place,
                "`requires` 没有提任何条件，请写 `rows` 和大于 0 的 `at_least`，或 `section` 和 `percent`".to_owned(),
            );
        }
        if let Some(name) = &condition.section {
            section_is_there(rubric, "requires", name, place, say);
            if !(1..=100).contains(&condition.percent) {
                say(place, format!("`percent` 应在 1 至 100 之间，现在是 {}", condition.percent));
            }
        }
    }
}

fn section_is_there(rubric: &Rubric, key: &str, name: &str, place: RubricPlace, say: Say<'_>) {
    match rubric.sections.iter().filter(|it| it.name == name).collect::<Vec<_>>()[..] {
        [section] if section.points.is_some() => {}
        [_] => say(place, format!("`{key}` 提到的项目 `{name}` 没有印分值，不能按它计算")),
        [] => say(place, format!("`{key}` 提到的项目 `{name}` 不在表里，请照项目的 `name` 填写")),
        _ => say(place, format!("`{key}` 提到的项目 `{name}` 不止一个，分不清是哪一个")),
    }
}

fn weights(rubric: &Rubric, say: Say<'_>) {
    let n = rubric.sections.iter().filter(|it| it.weight.is_some()).count();
    for (s, section) in rubric.sections.iter().enumerate().filter(|_| 0 < n) {
        if section.weight.is_none() {
            let message = format!("`{}` 没有 `weight`，别的项目有，请补上（不加权的写 1）", section.name);
            say(RubricPlace::Section(rubric.annex, s), message);
        }
    }
}

fn skipped(rubric: &Rubric, say: Say<'_>) {
    for (place, row) in rubric.placed_rows().filter(|it| it.1.may_skip) {
        let id = rubric.row_id(row.number);
        let in_cell = row.shares.is_some() || rubric.rows().any(|it| it.shares == Some(row.number));
        if in_cell || rubric.kind(row) == RowKind::Bonus {
            say(place, format!("`{id}` 与别的行共用单元格，或是优先项目，不能写 `not_applicable`"));
        }
    }
}

fn scales(rubric: &Rubric, say: Say<'_>) {
    let (place, scales) = (RubricPlace::Rubric(rubric.annex), &rubric.totals.scales);
    let Some(first) = scales.first() else { return };
    if !rubric.bands.is_empty() {
        say(place, "写了 `[[scale]]`，分数线写在各部分的 `[[scale.band]]` 里，不写 `[[band]]`".to_owned());
    }
    let outcomes = |bands: &[Band]| bands.iter().map(|it| it.outcome.clone()).collect::<Vec<_>>();
    let (mut names, mut sections) = (BTreeSet::new(), BTreeSet::new());
    for scale in scales {
        let name = &scale.name;
        if !names.insert(name) {
            say(place, format!("`[[scale]]` 的 `{name}` 出现了两次，请区分"));
        }
        if scale.bands.is_empty() || outcomes(&scale.bands) != outcomes(&first.bands) {
            say(place, format!("`{name}` 的结论应与 `{}` 的各档相同，才能取最差的一个", first.name));
        }
        let mut most = Points::ZERO;
        for of in &scale.sections {
            section_is_there(rubric, "sections", of, place, say);
            if !sections.insert(of) {
                say(place, format!("项目 `{of}` 写在两个 `[[scale]]` 里，只能算一次"));
            }
            let section = rubric.sections.iter().find(|it| it.name == *of);
            let tenths = section.map_or(0, |it| rubric.section_points(it) * it.weight() / 1000);
            most = most + Points::tenths(u16::try_from(tenths).unwrap_or(u16::MAX));
        }
        if scale.sections.is_empty() {
            say(place, format!("`{name}` 没有写 `sections`，请写明由哪些项目组成"));
        }
        bands(rubric, &scale.bands, (name, most), &|_| place, say);
    }
}
