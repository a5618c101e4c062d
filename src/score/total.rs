//! From the rows to the total, where a document does more than add them up: weights, deductions that go on into the group, the
//! section or the whole, rows that take all points, rows that do not apply, scales, bands with conditions.

use crate::rubric::{Area, Band, BandCondition, Normalise, Points, Rule, Scale};

use super::{Report, RowReport};

/// Which end of what a row may earn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    Likely,
    Low,
    High,
}

/// What a row brings to a total.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    points: Points,
    /// Deductions beyond its points.
    over: Points,
    zeroes: Option<Area>,
    skipped: bool,
}

/// One of several scales.
#[derive(Clone, Copy, Debug)]
pub struct ScaleReport<'r> {
    pub scale: &'r Scale,
    pub points: Points,
    pub low: Points,
    pub high: Points,
}

impl ScaleReport<'_> {
    fn at(&self, end: End) -> Points {
        match end {
            End::Likely => self.points,
            End::Low => self.low,
            End::High => self.high,
        }
    }
}

pub(super) fn share(row: &RowReport<'_>, end: End) -> Share {
    let (points, over) = match end {
        End::Likely => (row.score, row.over[0]),
        End::Low => (row.low, row.over[1]),
        End::High => (row.high, row.over[2]),
    };
    let fails = row.vetoed || end == End::Low && !row.answered;
    let zeroes = row.row.veto.as_ref().and_then(|it| it.zeroes).filter(|_| fails);
    Share { points: points.unwrap_or_default(), over, zeroes, skipped: row.skipped }
}

/// The row with all its points.
pub(super) fn best(row: &RowReport<'_>) -> Share {
    Share { points: row.row.points.unwrap_or_default(), skipped: row.skipped, ..Share::default() }
}

impl<'r> Report<'r> {
    /// The total of some sections, or of all; `each` is told what every section comes to. Nothing is rounded up.
    pub(super) fn whole(
        &self,
        only: Option<&[String]>,
        of: &dyn Fn(&RowReport<'r>) -> Share,
        each: &mut dyn FnMut(usize, Points),
    ) -> Points {
        let totals = &self.rubric.totals;
        let (mut sum, mut over_all, mut full, mut skipped, mut nothing) = (0_i64, 0_i64, 0_i64, 0_i64, false);
        let mut rows = self.rows.iter();
        for (at, section) in self.rubric.sections.iter().enumerate() {
            let counts = only.is_none_or(|it| it.contains(&section.name));
            let weight = if counts { section.weight() } else { 0 };
            let floor = section.floor.unwrap_or(totals.floor);
            let (mut in_section, mut over_section, mut none_here) = (0, 0, false);
            for group in &section.groups {
                let (mut in_group, mut over, mut none_in_group) = (0, 0, false);
                for row in rows.by_ref().take(group.rows.len()) {
                    if matches!(row.row.rule, Rule::Bonus { .. }) {
                        continue;
                    }
                    let share = of(row);
                    let worth = i64::from(row.row.points.unwrap_or_default().in_tenths()) * weight;
                    full += worth;
                    skipped += if share.skipped { worth } else { 0 };
                    in_group += i64::from(share.points.in_tenths());
                    over += i64::from(share.over.in_tenths());
                    match share.zeroes {
                        Some(Area::Group) => none_in_group = true,
                        Some(Area::Section) => none_here = true,
                        Some(Area::Total) => nothing = true,
                        Some(Area::Row) | None => {}
                    }
                }
                if none_in_group {
                    (in_group, over) = (0, 0);
                }
                match floor {
                    Area::Row => {}
                    Area::Group => in_group = (in_group - over).max(0),
                    Area::Section => over_section += over,
                    Area::Total => over_all += over * weight,
                }
                in_section += in_group;
            }
            in_section = if none_here { 0 } else { (in_section - over_section).max(0) };
            each(at, tenths(in_section));
            sum += in_section * weight;
        }
        let mut total = if nothing { 0 } else { (sum - over_all).max(0) };
        if totals.normalise == Normalise::Scale && 0 < skipped {
            total = if skipped < full { total.saturating_mul(full) / (full - skipped) } else { 0 };
        }
        tenths(total / 1000)
    }

    /// The same with some rows at another end.
    pub(super) fn total_where(&self, of: &dyn Fn(&RowReport<'r>) -> Share) -> Points {
        self.whole(None, of, &mut |_, _| {})
    }

    /// Adds up anew what was added up row by row.
    pub(super) fn total_up(&mut self) {
        let mut sections = [const { Vec::new() }; 3];
        let mut sums = [Points::ZERO; 3];
        for (at, end) in ENDS.into_iter().enumerate() {
            let of_section = &mut sections[at];
            sums[at] = self.whole(None, &|it| share(it, end), &mut |_, points| of_section.push(points));
        }
        let [points, low, high] = sections;
        let mut printed = self.sections.iter_mut();
        for (at, section) in self.rubric.sections.iter().enumerate() {
            if section.points.is_some()
                && let Some(it) = printed.next()
            {
                (it.points, it.low, it.high) = (points[at], low[at], high[at]);
            }
        }
        [self.base, self.low, self.high] = sums;
        for scale in &self.rubric.totals.scales {
            let sum = |end| self.whole(Some(&scale.sections), &|it| share(it, end), &mut |_, _| {});
            let [points, low, high] = ENDS.map(sum);
            self.scales.push(ScaleReport { scale, points, low, high });
        }
    }

    /// The band that so many points reach, with the conditions that it has. Of several scales the worst one, whatever the
    /// points.
    pub(super) fn band_for(&self, points: Points, end: End) -> Option<&'r Band> {
        let reached =
            |bands: &'r [Band], points| bands.iter().position(|it| it.at_least <= points && self.meets(it, end));
        let bands = self.rubric.outcomes();
        if self.scales.is_empty() {
            return reached(bands, points).map(|it| &bands[it]);
        }
        let mut worst = 0;
        for of in &self.scales {
            worst = worst.max(reached(&of.scale.bands, of.at(end))?);
        }
        bands.get(worst)
    }

    /// How many tenths are missing to a band, by its place, and to its conditions; of several scales, to all of them.
    pub fn lacks(&self, band: usize, end: End) -> u32 {
        let missing = |band: &Band, points: Points| {
            let mut sum = u32::from(band.at_least.less(points).in_tenths());
            for of in &band.requires {
                for row in of.rows.iter().filter_map(|it| self.row(*it)).filter(|it| !it.skipped) {
                    sum += u32::from(of.at_least.less(share(row, end).points).in_tenths());
                }
                if let Some(name) = &of.section {
                    let (has, full) = self.section_of(name, end);
                    sum += u32::try_from((full * i64::from(of.percent) + 99) / 100 - has).unwrap_or(0);
                }
            }
            sum
        };
        if self.scales.is_empty() {
            let points = if end == End::Low { self.low } else { self.base };
            return self.rubric.bands.get(band).map_or(0, |it| missing(it, points));
        }
        let of_scale = |it: &ScaleReport<'r>| it.scale.bands.get(band).map_or(0, |band| missing(band, it.at(end)));
        self.scales.iter().map(of_scale).sum()
    }

    fn meets(&self, band: &Band, end: End) -> bool {
        let has_rows = |of: &BandCondition| {
            let rows = of.rows.iter().filter_map(|it| self.row(*it));
            rows.filter(|it| !it.skipped).all(|it| of.at_least <= share(it, end).points)
        };
        let has_section = |of: &BandCondition| {
            let Some(name) = &of.section else { return true };
            let (has, full) = self.section_of(name, end);
            full * i64::from(of.percent) <= has * 100
        };
        band.requires.iter().all(|it| has_rows(it) && has_section(it))
    }

    /// The points of a section in tenths, and those of what applies there.
    fn section_of(&self, name: &str, end: End) -> (i64, i64) {
        let sections = &self.rubric.sections;
        let Some(of) = sections.iter().find(|it| it.name == name) else { return (0, 0) };
        let mut has = 0;
        self.whole(None, &|it| share(it, end), &mut |at, points| {
            if sections[at].name == name {
                has = i64::from(points.in_tenths());
            }
        });
        let mut full = self.rubric.section_points(of);
        if self.rubric.totals.normalise == Normalise::Scale {
            let skipped = of.groups.iter().flat_map(|it| &it.rows).filter_map(|it| self.row(it.number));
            let skipped = skipped.filter(|it| it.skipped).filter_map(|it| it.row.points);
            full -= skipped.map(|it| i64::from(it.in_tenths())).sum::<i64>();
        }
        (has, full)
    }

    /// The rows that do not apply.
    pub fn skipped(&self) -> impl Iterator<Item = u16> {
        self.rows.iter().filter(|it| it.skipped).map(|it| it.row.number)
    }
}

const ENDS: [End; 3] = [End::Likely, End::Low, End::High];

fn tenths(of: i64) -> Points {
    Points::tenths(u16::try_from(of.max(0)).unwrap_or(u16::MAX))
}
