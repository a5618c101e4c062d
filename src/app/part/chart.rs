//! Bars drawn as SVG; every fact in them is also written beside them.

use crate::rubric::Points;
use crate::score::{Estimated, Report, SectionReport};

use super::html::{El, el};

const WIDTH: u32 = 260;

/// Points so far, what is still possible, and the printed thresholds.
pub fn range(report: &Report<'_>) -> El {
    let words = format!("已得 {} 分，最低 {} 分，最高 {} 分。分数线：", report.base, report.low, report.high);
    lines(report, &[("m", report.high), ("s", report.base)], words)
}

/// The total at the lowest estimates, the likely one and at the highest, and the printed thresholds.
pub fn estimated(report: &Report<'_>, ends: &Estimated) -> El {
    let words = format!("估计最低 {} 分，自估 {} 分，最高 {} 分。分数线：", ends.low, report.base, ends.high);
    lines(report, &[("h", ends.high), ("m", report.base), ("s", ends.low)], words)
}

/// Bars over one another, the longest first, and the thresholds.
fn lines(report: &Report<'_>, bars: &[(&'static str, Points)], mut words: String) -> El {
    let total = report.rubric.total;
    let mut picture = el("svg").class("range").set("viewBox", "0 0 260 44").set("role", "img");
    picture = picture.child(bar("t", 20, 14, at(total, total)));
    for (class, points) in bars {
        picture = picture.child(bar(class, 20, 14, at(*points, total)));
    }
    for band in &report.rubric.bands {
        let x = at(band.at_least, total);
        picture = picture.child(el("path").class("line").set("d", format!("M{x} 14v26")));
        picture = picture.child(el("text").set("x", x.to_string()).set("y", "11").text(band.at_least.to_string()));
        words.push_str(&format!("{} 分 {}；", band.at_least, band.outcome));
    }
    picture.set("aria-label", words)
}

/// How many of its printed points a section has so far, and may still get.
pub fn section(report: &SectionReport<'_>) -> [El; 2] {
    let worth = report.section.points.unwrap_or_default();
    let mut picture = el("svg").class("bar").set("viewBox", "0 0 260 10").set("preserveAspectRatio", "none");
    picture = picture.set("aria-hidden", "true");
    for (class, points) in [("t", worth), ("m", report.high), ("s", report.points)] {
        picture = picture.child(bar(class, 0, 10, at(points, worth)));
    }
    let words = el("span").text(format!("{} / {worth}", report.points));
    [el("dt").text(report.section.name.as_str()), el("dd").child(picture).child(words)]
}

fn bar(class: &'static str, y: u32, height: u32, width: u32) -> El {
    el("path").class(class).set("d", format!("M0 {y}h{width}v{height}h-{width}z"))
}

/// How far along a bar so many points reach.
fn at(points: Points, of: Points) -> u32 {
    u32::from(points.in_tenths()) * WIDTH / u32::from(of.in_tenths()).max(1)
}
