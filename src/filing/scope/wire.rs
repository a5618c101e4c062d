//! How the rules travel to the app, and how a declared row is kept. A row's numbers are for ever: records hold them.

use crate::bytes::wire::{Bytes, Wire, wire_enum, wire_struct};

use super::{
    Class, ClassRule, ClassType, DeclaredRow, Example, Figure, LaterLevel, LevelWord, Levels, Major, PasteWords,
    Ruling, School, SchoolClass, Scope, ScopeCheck, ScopeCheckKind, Standard, Standards, Tri,
};

wire_struct! {
    Scope {
        clause, columns, blank, people, minor, since, years, lowest, highest, lower, standards, levels, pasted,
        classes, class_types, examples, checks
    }
    Figure { figure, printed, reading }
    Standards { national, enterprise, titles }
    Levels { ignored, words, later }
    LaterLevel { names, rank, document }
    LevelWord { level, names }
    PasteWords { code, name, trade, levels, standard, serial, unused, national, enterprise, around }
    Class { number, name, rule }
    SchoolClass { class_type, name, level }
    Example { code, name, trade, levels, standard, corrected, readings }
    ScopeCheck { kind, result, clause, readings, message }
    DeclaredRow {
        code, name, trade, levels, standard, standard_year, standard_name, dictionary_name, name_checked, restricted,
        near_professional, school
    }
    School {
        enrolled_years, has_scale, small_major, national_standard, graduating_year, staged, earlier_certificate,
        compound, class_type, major
    }
}

wire_enum! {
    ClassRule { 0 None {} 1 Professional {} 2 Near {} 3 Skilled {} }
    Standard { 0 Unsaid {} 1 National {} 2 Enterprise {} }
    Tri { 0 Yes {} 1 No {} 2 Unsure {} }
    ClassType { 0 Intermediate {} 1 Advanced {} 2 PreTechnician {} 3 Other {} }
    Major { 0 Main {} 1 Minor {} }
    Ruling { 0 Ok {} 1 Warn {} 2 Confirm {} 3 Hold {} 4 Reject {} }
}

/// By position.
impl Wire for ScopeCheckKind {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn read(from: &mut Bytes<'_>) -> ScopeCheckKind {
        ScopeCheckKind::ALL.get(usize::from(from.byte())).copied().unwrap_or_else(|| {
            from.refuse();
            ScopeCheckKind::Restricted
        })
    }
}
