//! How the points went from version to version, against the lines; the list below says the same in words.

use crate::app::part::html::{El, el};
use crate::rubric::{Points, Rubric};

use super::SheetState;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 180;
/// Left of the first point, and right of the last.
const EDGE: u32 = 64;
const TOP: u32 = 20;

/// Below the lowest point or line, in tenths.
const BELOW: u32 = 100;

/// The lowest line or point stands near the foot, the total at the top.
pub fn chart(rubric: &Rubric, states: &[SheetState]) -> El {
    let tenths = |points: Points| u32::from(points.in_tenths());
    let total = tenths(rubric.total);
    let shown = states.iter().map(|it| it.report.base).chain(rubric.bands.iter().map(|it| it.at_least));
    let lowest = shown.map(tenths).min().unwrap_or_default().saturating_sub(BELOW);
    let room = total.saturating_sub(lowest).max(1);
    let y = |points: Points| TOP + (HEIGHT - 2 * TOP) * (total - tenths(points).min(total)) / room;
    let n = u32::try_from(states.len()).unwrap_or(u32::MAX);
    let x = |at: usize| {
        let at = u32::try_from(at).unwrap_or_default();
        if n < 2 { WIDTH / 2 } else { EDGE + (WIDTH - 2 * EDGE) * at / (n - 1) }
    };
    let mut picture = el("svg").class("course").set("viewBox", format!("0 0 {WIDTH} {HEIGHT}")).set("role", "img");
    let mut words = String::from("得分变化：");
    let mut path = String::new();
    let mut dots = Vec::new();
    for (at, state) in states.iter().enumerate() {
        let (x, y, points) = (x(at), y(state.report.base), state.report.base);
        words.push_str(&format!("{} {points} 分；", state.name));
        path.push_str(&format!("{}{x} {y}", if at == 0 { 'M' } else { 'L' }));
        dots.push(el("path").class("dot").set("d", format!("M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z")));
        dots.push(el("text").set("x", x.to_string()).set("y", (y - 9).to_string()).text(points.to_string()));
    }
    for band in &rubric.bands {
        let y = y(band.at_least);
        words.push_str(&format!("分数线 {} 分；", band.at_least));
        picture = picture.child(el("path").class("line").set("d", format!("M0 {y}h{WIDTH}")));
        let label = el("text").class("at").set("x", "2").set("y", (y - 3).to_string());
        picture = picture.child(label.text(format!("{} 分", band.at_least)));
    }
    picture = picture.child(el("path").class("way").set("d", path)).each(dots.into_iter());
    picture.set("aria-label", words)
}
