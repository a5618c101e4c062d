//! A sheet as digits: its occupation, the entries of its header, its answers.

use crate::bytes::wire::{Bytes, Wire};
use crate::dossier::Sheet;
use crate::filing::scope::{Scope, levels, plain};
use crate::rubric::{Part, Rubric};

use super::number::{Digits, Limbs};
use super::states::{self, Filled, States};

/// A sheet is mostly filled, or hardly.
const FILLED: [u32; 2] = [7, 1];
/// The figures of the header, or the notes, are absent or present.
const THERE: [u32; 2] = [7, 1];
/// 职业编码 of eight 大类, 1-00-00-00 to 8-99-99-99.
const CODES: u32 = 8_000_000;
/// No code, a code of the printed table, a code in the form that the dictionary uses, or anything else, which goes into
/// the tail.
const CODED: [u32; 4] = [1, 4, 2, 1];

/// Writes a sheet of this rubric as it is passed on. Returns whether its occupation is one of the printed table.
pub fn write_sheet(
    rubric: &Rubric,
    states: &[States],
    scope: Option<&Scope>,
    sheet: &Sheet,
    digits: &mut Digits,
    tail: &mut Vec<u8>,
) -> bool {
    let mut leans = false;
    let extra = rubric.part == Part::Occupation;
    if extra {
        let codes = scope.map_or_else(Vec::new, codes);
        let listed = codes.iter().position(|code| *code == sheet.occupation_code && !code.is_empty());
        leans = listed.is_some();
        match (listed, digits_of_code(&sheet.occupation_code)) {
            _ if sheet.occupation_code.is_empty() => digits.push_weighed(0, &CODED),
            (Some(at), _) => {
                digits.push_weighed(1, &CODED);
                digits.push(at as u32, codes.len() as u32);
            }
            (None, Some(code)) => {
                digits.push_weighed(2, &CODED);
                digits.push(code, CODES);
            }
            (None, None) => {
                digits.push_weighed(3, &CODED);
                sheet.occupation_code.write(tail);
            }
        }
        let mask = (1..32).find(|mask| levels_of(*mask) == sheet.levels);
        let levels = if sheet.levels.is_empty() { Some(0) } else { mask };
        digits.push(levels.unwrap_or(32), 33);
        if levels.is_none() {
            sheet.levels.write(tail);
        }
        // the table's names for a code are used only where the record's mark includes the table
        let titles = scope.filter(|_| leans).map_or_else(Vec::new, |scope| titles(scope, &sheet.occupation_code));
        let name = sheet.blank(0);
        let listed = titles.iter().position(|it| it == name).map_or(titles.len() + 1, |at| at + 1);
        let listed = if name.is_empty() { 0 } else { listed };
        digits.push(listed as u32, titles.len() as u32 + 2);
        if listed == titles.len() + 1 {
            name.to_owned().write(tail);
        }
    }
    let figures = sheet.blanks.get(usize::from(extra)..).unwrap_or_default();
    digits.push_weighed(usize::from(!figures.is_empty()), &THERE);
    if !figures.is_empty() {
        (figures.len() as u64).write(tail);
        figures.iter().for_each(|it| it.write(tail));
    }
    digits.push_weighed(usize::from(!sheet.notes.is_empty()), &THERE);
    if !sheet.notes.is_empty() {
        sheet.notes.write(tail);
    }
    let guessed = |filled| {
        let (mut digits, mut tail) = (Digits::default(), Vec::new());
        for (row, states) in rubric.rows().zip(states) {
            states::write(states, row, filled, &sheet.answers, &mut digits, &mut tail);
        }
        (digits, tail)
    };
    let ((mostly, rest), (hardly, _)) = (guessed(Filled::Mostly), guessed(Filled::Hardly));
    let at = usize::from(hardly.cost() < mostly.cost());
    digits.push_weighed(at, &FILLED);
    digits.append(if at == 0 { mostly } else { hardly });
    tail.extend(rest);
    leans
}

/// Reads what [`write_sheet`] wrote. Without `scope` no occupation of the printed table can be in it.
pub fn read_sheet(
    rubric: &Rubric,
    states: &[States],
    scope: Option<&Scope>,
    id: u16,
    number: &mut Limbs,
    tail: &mut Bytes<'_>,
) -> Sheet {
    let mut sheet = Sheet { id, annex: rubric.annex, ..Sheet::default() };
    if rubric.part == Part::Occupation {
        let coded = number.take_weighed(&CODED);
        sheet.occupation_code = match (coded, scope) {
            (0, _) => String::new(),
            (1, Some(scope)) => {
                let codes = codes(scope);
                let at = number.take(codes.len() as u32) as usize;
                codes.get(at).copied().unwrap_or_default().to_owned()
            }
            (1, None) => {
                tail.refuse();
                String::new()
            }
            (2, _) => code_of(number.take(CODES)),
            _ => String::read(tail),
        };
        sheet.levels = match number.take(33) {
            0 => String::new(),
            32 => String::read(tail),
            mask => levels_of(mask),
        };
        let titles = scope.filter(|_| coded == 1).map_or_else(Vec::new, |scope| titles(scope, &sheet.occupation_code));
        let listed = number.take(titles.len() as u32 + 2) as usize;
        match listed.checked_sub(1) {
            None => {}
            Some(at) => sheet.set_blank(0, titles.get(at).cloned().unwrap_or_else(|| String::read(tail))),
        }
    }
    if number.take_weighed(&THERE) == 1 {
        let first = usize::from(rubric.part == Part::Occupation);
        for at in 0..tail.number().min(20) as usize {
            sheet.set_blank(first + at, String::read(tail));
        }
    }
    if number.take_weighed(&THERE) == 1 {
        for _ in 0..tail.number() {
            let (row, note) = <(u16, String)>::read(tail);
            if !tail.is_good() {
                break;
            }
            if rubric.row(row).is_some() {
                sheet.set_note(row, note);
            }
        }
    }
    let filled = if number.take_weighed(&FILLED) == 0 { Filled::Mostly } else { Filled::Hardly };
    for (row, states) in rubric.rows().zip(states) {
        states::read(states, row, filled, number, tail, &mut sheet.answers);
    }
    sheet
}

/// The seven digits of a code that is written as the dictionary writes it, and has a 大类.
fn digits_of_code(code: &str) -> Option<u32> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let first = digits.strip_prefix(|it| ('1'..='8').contains(&it))?;
    let class = u32::from(digits.as_bytes()[0] - b'1');
    let of_class = first.parse::<u32>().ok().filter(|it| *it < CODES / 8)?;
    Some(class * (CODES / 8) + of_class).filter(|it| code_of(*it) == code)
}

fn code_of(digit: u32) -> String {
    let digits = format!("{}{:06}", digit / (CODES / 8) + 1, digit % (CODES / 8));
    format!("{}-{}-{}-{}", &digits[..1], &digits[1..3], &digits[3..5], &digits[5..])
}

/// Bit 0 is level 5, bit 4 level 1.
fn levels_of(mask: u32) -> String {
    let all: Vec<u8> = (1..=5).rev().filter(|level| mask >> (5 - level) & 1 == 1).collect();
    levels::print(&all)
}

/// The codes of the printed table, each once.
pub fn codes(scope: &Scope) -> Vec<&str> {
    let mut codes: Vec<&str> = Vec::new();
    for example in &scope.examples {
        if !codes.contains(&example.code.as_str()) {
            codes.push(&example.code);
        }
    }
    codes
}

/// The names that the printed table has for a code.
pub fn titles(scope: &Scope, code: &str) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for example in scope.examples.iter().filter(|it| it.code == code) {
        let (name, trade) = (plain::name(&example.name), example.trade());
        let both = if trade.is_empty() { name.clone() } else { format!("{name}（{trade}）") };
        for title in [name, both] {
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    titles
}
