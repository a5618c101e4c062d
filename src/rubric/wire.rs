//! How an edition travels from the generator to the app. Both are built from the same source, so the format may change.

use crate::bytes::wire::{Bytes, Wire, wire_enum, wire_struct};

use super::{
    ApplicantKind, Area, Band, BandCondition, Blank, BlankPiece, Blocks, Concordance, Edition, Effect, Fact, Group,
    LaterMark, ListItem, MissingStep, Normalise, OtherPeople, Part, People, PerhapsShared, Points, Quantity,
    QuantityStep, Quote, Reading, Role, Row, RowKey, RowName, RowsPaired, Rubric, Rule, Scale, Section, Term, Tier,
    Totals, TwoCounts, Veto,
};

wire_struct! {
    Edition { id, notice, title, as_of, columns, applicants, rubrics, readings, cites, settled, later }
    ApplicantKind { id, folder, label, about, people, own_standards, others }
    OtherPeople { applicant, own, label, quote }
    LaterMark { id, name, touches }
    Concordance { older, newer, rows }
    RowsPaired { older, newer, keeps, note }
    RowName { annex, number }
    Quote { text, clause }
    Rubric {
        annex, applicant, whose, part, part_name, title, header, sections, total, total_label, note, bands, cites, totals
    }
    Section { name, points, groups, weight, floor }
    Group { name, points, rows }
    Row { number, content, standard, points, methods, methods_merged, veto, rule, shares, readings, key, may_skip, words }
    Veto { phrase, blocks, zeroes }
    Band { at_least, outcome, requires }
    Totals { special, normalise, floor, scales, words }
    Scale { name, sections, bands }
    BandCondition { rows, at_least, section, percent }
    Reading { id, effect, clauses, title, printed, readings, taken, note, role, on_rows }
    People { row, reading }
    PerhapsShared { row, reading }
    Tier { at_least, points }
    Term { years, deduct, shorter, exactly }
    ListItem { when, unit, from, to, at_most, all, fails, reading }
    Quantity { of, unit, counts, steps, limits, missing }
    TwoCounts { first, second, is_ratio }
    QuantityStep { bound, points }
    MissingStep { step, each }
}

wire_enum! {
    Part { 0 Public {} 1 Occupation {} }
    Area { 0 Row {} 1 Group {} 2 Section {} 3 Total {} }
    Normalise { 0 Nothing {} 1 Full {} 2 Scale {} }
    Blocks { 0 Filing {} 1 Work {} }
    Effect { 0 Score {} 1 Verdict {} 2 Route {} 3 Display {} }
    Blank { 0 Text {} 1 Count {} 2 Part {} }
    RowKey {
        0 Levels {} 1 Scheme {} 2 Profile {} 3 Audience {} 4 Occupations {} 5 Filing {} 6 ExaminersAppointed {}
        7 ExaminersQualified {} 8 ExaminersCertified {} 9 ExpertsAppointed {} 10 ExpertsQualified {} 11 EquipmentWorn {}
    }
    Role { 0 LevelRange {} 1 SystemOnce {} 2 HeaderParts {} 3 SchoolReform {} }
    Rule {
        0 None {}
        1 Met { perhaps_shared, unsure }
        2 Staffed { at_least }
        3 Deduct { each, unit, people, by_hand }
        4 Hazard { each, unit }
        5 Credit { each, unit }
        6 Combined { undetailed, complies }
        7 Number { bands }
        8 Experts { at_least, each }
        9 Rate { at_least }
        10 Years { at_least }
        11 Average { full, above, part, exactly }
        12 Judged { reading }
        13 Tiers { reading }
        14 Lease { reading, term }
        15 Bonus { add }
        16 Choice { levels }
        17 Listed { adds, items }
        18 Quantity { of }
    }
}

impl Wire for Points {
    fn write(&self, out: &mut Vec<u8>) {
        self.in_tenths().write(out);
    }
    fn read(from: &mut Bytes<'_>) -> Points {
        Points::tenths(Wire::read(from))
    }
}

/// By position, which must never change, because records hold it.
impl Wire for Fact {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn read(from: &mut Bytes<'_>) -> Fact {
        Fact::ALL.get(usize::from(from.byte())).copied().unwrap_or_else(|| {
            from.refuse();
            Fact::Met
        })
    }
}

impl Wire for BlankPiece {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            BlankPiece::Text(text) => (false, text.clone()).write(out),
            BlankPiece::Blank(blank) => {
                true.write(out);
                blank.write(out);
            }
        }
    }
    fn read(from: &mut Bytes<'_>) -> BlankPiece {
        if bool::read(from) { BlankPiece::Blank(Wire::read(from)) } else { BlankPiece::Text(Wire::read(from)) }
    }
}
