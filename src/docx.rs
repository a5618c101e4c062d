//! DOCX: headings, lines and tables as a document that Word, WPS and LibreOffice open without a question, on paper as
//! GB/T 9704 has it. Equal documents give equal files. Nothing in one leads outside of it, and nothing in it runs.

mod body;
mod paragraph;
mod style;
mod table;

use crate::letters::in_xml;
use crate::spreadsheet::stored;

use body::body;

/// What is written, from the first page to the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextDocument {
    /// For the properties of the file.
    pub title: String,
    pub author: String,
    /// Version and hash of the program, for the properties too.
    pub made_by: String,
    pub sections: Vec<TextSection>,
}

/// Pages of one orientation, beginning on a page of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextSection {
    /// Landscape, for wide tables.
    pub turned: bool,
    pub blocks: Vec<TextBlock>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TextBlock {
    Line(LineStyle, String),
    Heading(TextHeading),
    Table(TextTable),
    /// The headings of the first two levels, as a field that is filled in already.
    Contents,
}

/// A heading; one of the first level begins a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextHeading {
    /// 1 to 3.
    pub level: u8,
    pub text: String,
    /// At the end of its line in the contents, for the first level.
    pub aside: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// The title on the cover.
    Title,
    /// A line of the cover below it.
    Cover,
    /// The heading of the contents, which is not in them; begins a page.
    ContentsHead,
    /// Begins two letters to the right.
    Body,
    /// Begins at the margin.
    Flush,
    /// In a grey box: words that are no part of the text itself.
    Prompt,
    /// In small letters, below a table.
    Note,
}

/// A table whose first lines stand on each of its pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextTable {
    /// The columns, as parts of the whole width.
    pub widths: Vec<u16>,
    /// How many of the rows are the head.
    pub head: usize,
    /// For tables with much in them.
    pub small: bool,
    /// The cells that begin in a row. As in HTML, one that began above is not named again.
    pub rows: Vec<Vec<TextCell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextCell {
    pub text: String,
    /// Over so many columns and rows.
    pub across: usize,
    pub down: usize,
    pub centred: bool,
}

impl TextCell {
    /// A cell by itself.
    pub fn of(text: impl Into<String>) -> TextCell {
        TextCell { text: text.into(), across: 1, down: 1, centred: false }
    }

    pub fn centred(self) -> TextCell {
        TextCell { centred: true, ..self }
    }

    pub fn over(self, across: usize, down: usize) -> TextCell {
        TextCell { across, down, ..self }
    }
}

impl TextTable {
    /// The column in which each cell of each row begins. What finds no room, or reaches beyond the last column, does not.
    pub fn places(&self) -> Vec<Vec<usize>> {
        let n = self.widths.len();
        // for how many more rows each column is taken
        let mut taken = vec![0_usize; n];
        let mut all = Vec::new();
        for row in &self.rows {
            let mut began = vec![0_usize; n];
            let (mut at, mut places) = (0, Vec::new());
            for cell in row {
                while at < n && 0 < taken[at] {
                    at += 1;
                }
                places.push(at);
                for column in began.iter_mut().skip(at).take(cell.across) {
                    *column = cell.down.max(1);
                }
                at += cell.across.max(1);
            }
            for (taken, began) in taken.iter_mut().zip(began) {
                *taken = if 0 < began { began - 1 } else { taken.saturating_sub(1) };
            }
            all.push(places);
        }
        all
    }
}

/// All headings of the first two levels, in their order.
pub fn headings(document: &TextDocument) -> impl Iterator<Item = &TextHeading> {
    document.sections.iter().flat_map(|it| &it.blocks).filter_map(|block| match block {
        TextBlock::Heading(heading) if heading.level < 3 => Some(heading),
        TextBlock::Heading(_) | TextBlock::Line(..) | TextBlock::Table(_) | TextBlock::Contents => None,
    })
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The document as a file.
pub fn docx(document: &TextDocument) -> Vec<u8> {
    let parts = [("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable")];
    let parts = parts.into_iter().chain([("footer1", "footer"), ("footer2", "footer"), ("footer3", "footer")]);
    let (mut types, mut links) = (String::new(), String::new());
    for (n, (name, kind)) in (1..).zip(parts) {
        types.push_str(&format!(r#"<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>"#));
        links.push_str(&format!(r#"<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>"#));
    }
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>{types}\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    );
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:description>{}</dc:description>\
         </cp:coreProperties>",
        in_xml(&document.title),
        in_xml(&document.author),
        in_xml(&document.made_by),
    );
    let files = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("docProps/core.xml", core),
        ("word/document.xml", body(document)),
        (
            "word/_rels/document.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
        ),
        ("word/styles.xml", style::styles()),
        ("word/settings.xml", style::settings()),
        ("word/fontTable.xml", style::fonts()),
        ("word/footer1.xml", style::footer("right")),
        ("word/footer2.xml", style::footer("left")),
        ("word/footer3.xml", style::empty_footer()),
    ];
    stored(&files.map(|(name, xml)| (name.to_owned(), format!("{HEAD}{xml}"))))
}
