//! Bars drawn as SVG; every fact in them is also written beside them.

use leptos::prelude::*;

use crate::rubric::Points;
use crate::score::{Estimated, Report, SectionReport};

use super::html::{El, el};

const WIDTH: u32 = 260;

/// Points so far, what is still possible, and the printed thresholds.
pub fn range(report: Memo<Report<'static>>) -> El {
    let words = move || {
        report.with(|report| {
            let Report { base, low, high, .. } = report;
            format!("已得 {base} 分，最低 {low} 分，最高 {high} 分。{}", bands(report))
        })
    };
    let bar = |class, points: fn(&Report<'_>) -> Points| {
        moving(class, 20, 14, move || report.with(|it| at(points(it), it.rubric.total)))
    };
    report.with_untracked(|report| {
        let picture = scale(report).child(bar("m", |it| it.high)).child(bar("s", |it| it.base));
        lines(report, picture).live("aria-label", move || Some(words()))
    })
}

/// The total at the lowest estimates, the likely one and at the highest, and the printed thresholds.
pub fn estimated(report: &Report<'_>, ends: &Estimated) -> El {
    let words = format!("估计最低 {} 分，自估 {} 分，最高 {} 分。", ends.low, report.base, ends.high);
    let mut picture = scale(report);
    for (class, points) in [("h", ends.high), ("m", report.base), ("s", ends.low)] {
        picture = picture.child(bar(class, 20, 14, at(points, report.rubric.total)));
    }
    lines(report, picture).set("aria-label", words + &bands(report))
}

/// The bar on which the others lie, as long as all points.
fn scale(report: &Report<'_>) -> El {
    let total = report.rubric.total;
    let picture = el("svg").class("range").set("viewBox", "0 0 260 44").set("role", "img");
    picture.child(bar("t", 20, 14, at(total, total)))
}

/// The thresholds, over the bars.
fn lines(report: &Report<'_>, mut picture: El) -> El {
    for band in &report.rubric.bands {
        let x = at(band.at_least, report.rubric.total);
        picture = picture.child(el("path").class("line").set("d", format!("M{x} 14v26")));
        picture = picture.child(el("text").set("x", x.to_string()).set("y", "11").text(band.at_least.to_string()));
    }
    picture
}

/// Nothing where points of other scales decide.
fn bands(report: &Report<'_>) -> String {
    report.rubric.bands.iter().map(|band| format!("达到 {} 分：{}；", band.at_least, band.outcome)).collect()
}

/// How many of its printed points a section has so far, and may still get: the name of the section and its bar.
pub fn section_of(report: Memo<Report<'static>>, section: usize) -> [El; 2] {
    let (name, worth) = report.with_untracked(|report| {
        let section = report.sections.get(section).map(|it| it.section);
        section.map_or(("", Points::ZERO), |it| (it.name.as_str(), it.points.unwrap_or_default()))
    });
    let points = move |high: bool| {
        let of = |it: &SectionReport<'_>| if high { it.high } else { it.points };
        report.with(|it| it.sections.get(section).map_or(Points::ZERO, of))
    };
    let picture = el("svg").class("bar").set("viewBox", "0 0 260 10").set("preserveAspectRatio", "none");
    let picture = picture
        .set("aria-hidden", "true")
        .child(bar("t", 0, 10, at(worth, worth)))
        .child(moving("m", 0, 10, move || at(points(true), worth)))
        .child(moving("s", 0, 10, move || at(points(false), worth)));
    let words = el("span").words(move || format!("{} / {worth}", points(false)));
    [el("dt").text(name), el("dd").child(picture).child(words)]
}

/// A bar whose width follows its signals.
fn moving(class: &'static str, y: u32, height: u32, width: impl Fn() -> u32 + Send + 'static) -> El {
    el("path").class(class).live("d", move || Some(shape(y, height, width())))
}

fn bar(class: &'static str, y: u32, height: u32, width: u32) -> El {
    el("path").class(class).set("d", shape(y, height, width))
}

fn shape(y: u32, height: u32, width: u32) -> String {
    format!("M0 {y}h{width}v{height}h-{width}z")
}

/// How far along a bar so many points reach.
fn at(points: Points, of: Points) -> u32 {
    u32::from(points.in_tenths()) * WIDTH / u32::from(of.in_tenths()).max(1)
}
