//! Bars drawn as SVG; every fact in them stands in words beside them.

use leptos::prelude::*;

use crate::rubric::Points;
use crate::score::{Report, SectionReport};

const WIDTH: u16 = 260;

/// Points so far, what is still possible, and the printed thresholds.
pub fn range(report: &Report<'static>) -> AnyView {
    let total = report.rubric.total;
    let lines: Vec<_> = report
        .rubric
        .bands
        .iter()
        .map(|band| {
            let x = at(band.at_least, total);
            let points = band.at_least.to_string();
            view! { <line x1=x x2=x y1="14" y2="40"></line><text x=x y="11">{points}</text> }
        })
        .collect();
    let thresholds: Vec<_> = report.rubric.bands.iter().map(|it| format!("{} 分：{}", it.at_least, it.outcome)).collect();
    let words = format!("已得 {} 分，最高可达 {} 分。分数线 {}", report.base, report.high, thresholds.join("，"));
    view! {
        <svg class="range" viewBox="0 0 260 44" role="img" aria-label=words>
            <rect x="0" y="20" width=WIDTH height="14" rx="7" class="t"></rect>
            <rect x="0" y="20" width=at(report.high, total) height="14" rx="7" class="m"></rect>
            <rect x="0" y="20" width=at(report.base, total) height="14" rx="7" class="s"></rect>
            {lines}
        </svg>
    }
    .into_any()
}

/// One section's points of its printed points.
pub fn bar(it: &SectionReport<'static>) -> AnyView {
    let worth = it.section.points.unwrap_or_default();
    let words = format!("{} / {worth}", it.points);
    view! {
        <dt>{it.section.name.as_str()}</dt>
        <dd>
            <svg class="bar" viewBox="0 0 260 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width=WIDTH height="10" class="t"></rect>
                <rect width=at(it.high, worth) height="10" class="m"></rect>
                <rect width=at(it.points, worth) height="10" class="s"></rect>
            </svg>
            <span>{words}</span>
        </dd>
    }
    .into_any()
}

/// Where so many points stand on a bar.
fn at(points: Points, of: Points) -> u32 {
    u32::from(points.in_tenths()) * u32::from(WIDTH) / u32::from(of.in_tenths()).max(1)
}
