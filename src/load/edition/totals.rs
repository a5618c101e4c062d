//! How the rows of a rubric become a total, as a data file writes it.

use crate::rubric::{Area, Band, BandCondition, Normalise, Scale, Totals};

use super::{may_word, row_ids};
use crate::load::table::TomlTable;

pub(super) const AREAS: &[(&str, Area)] =
    &[("row", Area::Row), ("group", Area::Group), ("section", Area::Section), ("total", Area::Total)];
const NORMALISE: &[(&str, Normalise)] =
    &[("none", Normalise::Nothing), ("full", Normalise::Full), ("scale", Normalise::Scale)];

pub(super) fn totals(annex: u8, table: &mut TomlTable<'_>) -> Totals {
    Totals {
        // known once all rows are read
        special: false,
        normalise: may_word(table, "normalise", NORMALISE).unwrap_or_default(),
        floor: may_word(table, "floor", AREAS).unwrap_or_default(),
        scales: table.tables("scale").into_iter().map(|it| scale(annex, it)).collect(),
        words: Vec::new(),
    }
}

fn scale(annex: u8, mut entry: TomlTable<'_>) -> Scale {
    let scale = Scale {
        name: entry.need_filled("name"),
        sections: entry.need_texts("sections"),
        bands: entry.tables("band").into_iter().map(|it| band(annex, it)).collect(),
    };
    entry.end();
    scale
}

pub(super) fn band(annex: u8, mut entry: TomlTable<'_>) -> Band {
    let band = Band {
        at_least: entry.need_points("at_least"),
        outcome: entry.need_filled("outcome"),
        requires: entry.tables("requires").into_iter().map(|it| condition(annex, it)).collect(),
    };
    entry.end();
    band
}

fn condition(annex: u8, mut entry: TomlTable<'_>) -> BandCondition {
    let (mut rows, mut section) = (Vec::new(), None);
    let (mut at_least, mut percent) = Default::default();
    if entry.has("section") {
        section = entry.text("section");
        percent = entry.need_whole("percent");
    } else {
        rows = row_ids(annex, "rows", &mut entry);
        at_least = entry.need_points("at_least");
    }
    entry.end();
    BandCondition { rows, at_least, section, percent }
}

/// 0.3 in thousandths.
pub(super) fn weight(table: &mut TomlTable<'_>) -> Option<u16> {
    table.has("weight").then(|| table.need_share("weight"))
}
