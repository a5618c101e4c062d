//! How the cells of a workbook look: a closed set, each with its place in the list of styles.

use std::fmt::Write;

use super::xlsx::MAIN;

/// How a cell looks, and whether it can be filled in. All texts are as large as official forms have them on A4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As the program has it.
    Plain,
    Title,
    /// Without a border.
    Line,
    /// The name of a column.
    Head,
    /// With a border, from the left.
    Text,
    /// With a border, in the middle.
    Middle,
    /// Small and grey, without a border.
    Hint,
    /// What is to be filled in beside it.
    Label,
    /// To be filled in with text: whatever is typed stays text.
    InputText,
    /// To be filled in with a number or a word of a list.
    Input,
    /// A note of the official table, to be filled in with text.
    InputNote,
}

/// Font, fill, border, number format, horizontal and vertical alignment, unlocked; in the order of [`Look`].
const LOOKS: [(u8, u8, u8, u8, &str, &str, bool); 11] = [
    (0, 0, 0, 0, "general", "bottom", false),
    (1, 0, 0, 49, "center", "center", false),
    (0, 0, 0, 49, "left", "center", false),
    (2, 2, 1, 49, "center", "center", false),
    (0, 0, 1, 0, "left", "center", false),
    (0, 0, 1, 0, "center", "center", false),
    (3, 0, 0, 49, "left", "center", false),
    (0, 2, 1, 49, "left", "center", false),
    (0, 3, 1, 49, "left", "center", true),
    (0, 3, 1, 0, "center", "center", true),
    (0, 0, 1, 49, "left", "top", true),
];

pub fn styles() -> String {
    let mut formats = String::new();
    for (font, fill, border, number, across, down, unlocked) in LOOKS {
        // a text stays text even after somebody has edited its cell
        let quoted = if number == 49 { " quotePrefix=\"1\"" } else { "" };
        let lock = if unlocked { "<protection locked=\"0\"/>" } else { "" };
        let _ = write!(
            formats,
            "<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\"{quoted} \
             applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" \
             applyProtection=\"1\"><alignment horizontal=\"{across}\" vertical=\"{down}\" wrapText=\"1\"/>{lock}</xf>"
        );
    }
    let font = |kind: &str, size: u8, colour: &str| {
        format!(
            "<font>{kind}<sz val=\"{size}\"/><color rgb=\"{colour}\"/><name val=\"宋体\"/><charset val=\"134\"/></font>"
        )
    };
    let black = "FF000000";
    let fonts = [font("", 9, black), font("<b/>", 15, black), font("<b/>", 9, black), font("", 8, "FF595959")].concat();
    let fill = |colour: &str| {
        format!(
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
        )
    };
    let side = |name: &str| format!("<{name} style=\"thin\"><color rgb=\"FF404040\"/></{name}>");
    let sides = ["left", "right", "top", "bottom"].map(side).concat();
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"4\">{fonts}</fonts><fills count=\"4\">\
         <fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>{}{}</fills>\
         <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>{sides}<diagonal/></border>\
         </borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{}\">{formats}</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" \
         builtinId=\"0\"/></cellStyles></styleSheet>",
        fill("FFE7EBF0"),
        fill("FFFFF8D6"),
        LOOKS.len(),
    )
}
