//! What is printed above the table of a sheet: name, code, levels and the figures of the printed head, on both sides.

use crate::dossier::{Sheet, paired};
use crate::filing::scope::{levels, plain};
use crate::letters::narrow_digit;
use crate::rubric::{BlankPiece, Part, Rubric, label};

use super::Both;

/// One line of the 表头 on both sides, where either says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadPair<'r> {
    /// 职业编码, 级别, or the words before the blank.
    pub name: &'r str,
    /// As typed.
    pub sides: Both<String>,
    /// The two sides state different facts, not merely the same fact in other characters. An empty side is different
    /// from a fact.
    pub differs: bool,
}

pub(super) fn head<'r>(rubric: &'r Rubric, sheets: Both<&Sheet>) -> Vec<HeadPair<'r>> {
    let mut found = Vec::new();
    let mut add = |name, of: &dyn Fn(&Sheet) -> String, counts: fn(&str) -> String| {
        let sides = Both { left: of(sheets.left).trim().to_owned(), right: of(sheets.right).trim().to_owned() };
        if !sides.left.is_empty() || !sides.right.is_empty() {
            let differs = counts(&sides.left) != counts(&sides.right);
            found.push(HeadPair { name, sides, differs });
        }
    };
    let mut at = 0;
    for line in &rubric.header {
        let mut before = "";
        for piece in line {
            match piece {
                BlankPiece::Text(text) => before = text,
                BlankPiece::Blank(_) => {
                    add(label(before), &|sheet| sheet.blank(at).to_owned(), |text| {
                        paired(text).chars().map(narrow_digit).collect()
                    });
                    at += 1;
                }
            }
        }
    }
    if rubric.part == Part::Occupation {
        add("职业编码", &|it| it.occupation_code.clone(), plain::code);
        add("级别", &|it| it.levels.clone(), falling);
    }
    found
}

/// 4、3 for `3,4`; a text that is no list of numbers is compared as a name.
fn falling(text: &str) -> String {
    levels::read(&levels::Levels::default(), text).map_or_else(|_| plain::name(text), |it| levels::print(&it))
}
