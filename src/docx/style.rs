//! How it looks: pages, letters and lines as GB/T 9704 has them. A4, 22 lines of 28 letters of 三号 on 156 by 225 mm;
//! lengths are in twentieths of a point, letters in half points.

use super::{LineStyle, MAIN};

/// 三号, and by how much its letters stand closer.
const THREE: u8 = 32;
const CLOSER: i8 = -5;

/// Between the margins of a page, and of one that is turned.
pub const WIDE: usize = 8845;
pub const DEEP: usize = 12756;

/// Titles, headings of the first and second kind, the text.
const TITLE: &str = "方正小标宋简体";
const FIRST: &str = "黑体";
const SECOND: &str = "楷体";
const TEXT: &str = "仿宋";
const TABLE: &str = "宋体";

pub fn line_style(style: LineStyle) -> &'static str {
    match style {
        LineStyle::Title => "Title",
        LineStyle::Cover => "Cover",
        LineStyle::ContentsHead => "TOCHeading",
        LineStyle::Body => "Normal",
        LineStyle::Flush => "Flush",
        LineStyle::Prompt => "Prompt",
        LineStyle::Note => "Note",
    }
}

/// Pages of one orientation. The number stands at the outer side; the first page of all, the cover, shows none.
pub fn section(turned: bool, first: bool) -> String {
    let page = if turned {
        "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1587\" w:right=\"2098\" \
         w:bottom=\"1474\" w:left=\"1984\" w:header=\"851\" w:footer=\"850\" w:gutter=\"0\"/>"
    } else {
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" \
         w:left=\"1587\" w:header=\"851\" w:footer=\"1304\" w:gutter=\"0\"/>"
    };
    let title = if first { "<w:titlePg/>" } else { "" };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:footerReference w:type=\"first\" r:id=\"rId6\"/><w:type w:val=\"nextPage\"/>{page}<w:cols w:space=\"425\"/>\
         {title}<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>"
    )
}

/// — 1 —, in 四号, a letter from the margin.
pub fn footer(side: &str) -> String {
    let indent = if side == "right" { "w:right=\"280\"" } else { "w:left=\"280\"" };
    format!(
        "<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent}/><w:jc w:val=\"{side}\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r>\
         </w:p></w:ftr>"
    )
}

pub fn empty_footer() -> String {
    format!("<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr></w:p></w:ftr>")
}

/// Numbers of pages differ left and right; version 15, as older ones open in a mode for old documents.
pub fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{MAIN}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/>\
         </w:settings>"
    )
}

/// The fonts by name, and what stands in for those that a computer lacks.
pub fn fonts() -> String {
    let fonts = [
        (TITLE, "宋体"),
        (FIRST, "SimHei"),
        (SECOND, "楷体_GB2312"),
        (TEXT, "仿宋_GB2312"),
        (TABLE, "SimSun"),
        ("Times New Roman", ""),
    ];
    let fonts = fonts.map(|(name, other)| {
        let other = if other.is_empty() { String::new() } else { format!("<w:altName w:val=\"{other}\"/>") };
        let charset = if name.is_ascii() { "00" } else { "86" };
        format!("<w:font w:name=\"{name}\">{other}<w:charset w:val=\"{charset}\"/></w:font>")
    });
    format!("<w:fonts xmlns:w=\"{MAIN}\">{}</w:fonts>", fonts.concat())
}

/// A style of paragraphs: id, name, the style below it, what follows one, its paragraph, its letters.
type Style = (&'static str, &'static str, &'static str, &'static str, &'static str, (&'static str, u8, &'static str));

const EXACT: &str = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>";
const KEPT: &str = "<w:keepNext/><w:keepLines/>";

/// `{keep}`, `{exact}` and `{cell}` stand for the constants.
const STYLES: [Style; 19] = [
    (
        "Title",
        "Title",
        "Normal",
        "Normal",
        "<w:spacing w:before=\"2600\" w:after=\"900\" w:line=\"700\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
        (TITLE, 44, ""),
    ),
    (
        "Cover",
        "封面",
        "Normal",
        "Cover",
        "<w:spacing w:before=\"200\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:left=\"640\" w:right=\"320\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>",
        (TEXT, 32, ""),
    ),
    (
        "Heading1",
        "heading 1",
        "Normal",
        "Normal",
        "{keep}<w:pageBreakBefore/><w:spacing w:before=\"0\" w:after=\"360\" w:line=\"640\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        (TITLE, 44, ""),
    ),
    ("Heading2", "heading 2", "Normal", "Normal", "{keep}{exact}<w:outlineLvl w:val=\"1\"/>", (FIRST, 32, "")),
    ("Heading3", "heading 3", "Normal", "Normal", "{keep}{exact}<w:outlineLvl w:val=\"2\"/>", (SECOND, 32, "")),
    (
        "TOCHeading",
        "TOC Heading",
        "Normal",
        "Normal",
        "<w:pageBreakBefore/><w:spacing w:before=\"0\" w:after=\"360\" w:line=\"640\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
        (TITLE, 44, ""),
    ),
    (
        "TOC1",
        "toc 1",
        "Normal",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"middleDot\" w:pos=\"8845\"/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"520\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
        (TEXT, 28, ""),
    ),
    (
        "TOC2",
        "toc 2",
        "Normal",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"middleDot\" w:pos=\"8845\"/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"460\" w:lineRule=\"exact\"/><w:ind w:left=\"560\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
        (TEXT, 24, ""),
    ),
    (
        "Footer",
        "footer",
        "Normal",
        "Footer",
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
        (TABLE, 28, ""),
    ),
    (
        "Flush",
        "顶格",
        "Normal",
        "Flush",
        "{exact}<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>",
        (TEXT, 32, ""),
    ),
    (
        "Prompt",
        "提示（不是文件原文）",
        "Normal",
        "Normal",
        "<w:keepLines/><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"3\" w:color=\"A6A6A6\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"A6A6A6\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"3\" w:color=\"A6A6A6\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"A6A6A6\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"100\" w:after=\"100\" w:line=\"340\" w:lineRule=\"exact\"/><w:ind w:left=\"140\" w:right=\"140\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>",
        (SECOND, 22, "<w:i/><w:color w:val=\"595959\"/>"),
    ),
    (
        "Note",
        "表下的话",
        "Normal",
        "Note",
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"60\" w:after=\"60\" w:line=\"320\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>",
        (TABLE, 21, ""),
    ),
    ("Cell", "表格", "Normal", "Cell", "{cell}<w:jc w:val=\"left\"/>", (TABLE, 21, "")),
    ("CellCentred", "表格居中", "Cell", "CellCentred", "{cell}<w:jc w:val=\"center\"/>", (TABLE, 21, "")),
    ("CellHead", "表头", "Cell", "CellHead", "{cell}<w:jc w:val=\"center\"/>", (FIRST, 21, "")),
    ("Small", "小字表格", "Cell", "Small", "{cell}<w:jc w:val=\"left\"/>", (TABLE, 18, "")),
    ("SmallCentred", "小字表格居中", "Cell", "SmallCentred", "{cell}<w:jc w:val=\"center\"/>", (TABLE, 18, "")),
    ("SmallHead", "小字表头", "Cell", "SmallHead", "{cell}<w:jc w:val=\"center\"/>", (FIRST, 18, "")),
    (
        "End",
        "末行",
        "Normal",
        "Normal",
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
        (TEXT, 2, ""),
    ),
];

const CELL: &str = "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" \
w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";

pub fn styles() -> String {
    let letters = |font: &str, size: u8, more: &str| {
        // 28 letters of 三号 fit into a line where each takes a quarter of a point less. A grid of letters would say the same,
        // but LibreOffice takes it for one of 五号
        let closer = if size == THREE { CLOSER } else { 0 };
        format!(
            "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{font}\" \
             w:cs=\"Times New Roman\"/>{more}<w:spacing w:val=\"{closer}\"/><w:sz w:val=\"{size}\"/>\
             <w:szCs w:val=\"{size}\"/></w:rPr>"
        )
    };
    let mut xml = format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:eastAsia=\"{TEXT}\" w:cs=\"Times New Roman\"/><w:sz w:val=\"32\"/>\
         <w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:widowControl w:val=\"0\"/>{EXACT}<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/>\
         <w:jc w:val=\"both\"/></w:pPr>{}</w:style>",
        letters(TEXT, 32, ""),
    );
    for (id, name, below, next, lines, (font, size, more)) in STYLES {
        let lines = lines.replace("{keep}", KEPT).replace("{exact}", EXACT).replace("{cell}", CELL);
        let own = if id.starts_with(|it: char| it.is_ascii_uppercase()) && !name.is_ascii() {
            " w:customStyle=\"1\""
        } else {
            ""
        };
        xml.push_str(&format!(
            "<w:style w:type=\"paragraph\"{own} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{below}\"/>\
             <w:next w:val=\"{next}\"/><w:qFormat/><w:pPr>{lines}</w:pPr>{}</w:style>",
            letters(font, size, more),
        ));
    }
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).concat();
    xml.push_str(&format!(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Ruled\"><w:name w:val=\"框线表格\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style></w:styles>"
    ));
    xml
}
