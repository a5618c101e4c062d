//! DOCX files, taken apart: sound XML whose elements stand in the order of the schema, nothing that leads outside, and the
//! pages, fonts and fields that Word, WPS and LibreOffice open without a question.

use proptest::collection::vec;
use proptest::prelude::*;
use ziping::docx::{LineStyle, TextBlock, TextCell, TextDocument, TextHeading, TextSection, TextTable, docx};

use crate::unpacked::parts;

/// An element with what stands in it, or a text.
#[derive(Debug)]
pub enum Node {
    Element { name: String, attributes: Vec<(String, String)>, children: Vec<Node> },
    Text(String),
}

impl Node {
    pub fn name(&self) -> &str {
        match self {
            Node::Element { name, .. } => name,
            Node::Text(_) => "",
        }
    }

    pub fn children(&self) -> &[Node] {
        match self {
            Node::Element { children, .. } => children,
            Node::Text(_) => &[],
        }
    }

    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let Node::Element { attributes, .. } = self else { return None };
        attributes.iter().find(|it| it.0 == wanted).map(|it| it.1.as_str())
    }

    /// All elements of this name, at any depth.
    pub fn all<'n>(&'n self, name: &str) -> Vec<&'n Node> {
        let mut found: Vec<&Node> = self.children().iter().filter(|it| it.name() == name).collect();
        for child in self.children() {
            found.extend(child.all(name));
        }
        found
    }

    /// The words in it, a line for each paragraph.
    pub fn text(&self) -> String {
        match self {
            Node::Text(_) => String::new(),
            Node::Element { name, children, .. } if name == "w:t" => {
                children.iter().map(|it| if let Node::Text(text) = it { text.as_str() } else { "" }).collect()
            }
            Node::Element { name, children, .. } => {
                let inner: String = children.iter().map(Node::text).collect();
                if name == "w:p" || name == "w:br" { inner + "\n" } else { inner }
            }
        }
    }
}

/// An element that is not closed yet: its name, attributes and what is in it so far.
type OpenElement = (String, Vec<(String, String)>, Vec<Node>);

/// Reads XML as strictly as this format needs; whatever it does not know is a mistake.
pub fn xml(text: &str) -> Node {
    let mut rest =
        text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n").expect("a declaration");
    let mut open: Vec<OpenElement> = vec![(String::new(), Vec::new(), Vec::new())];
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').expect("no text at the end");
            let text = plain(&rest[..end]);
            open.last_mut().expect("open").2.push(Node::Text(text));
            rest = &rest[end..];
            continue;
        };
        let end = tag.find('>').expect("a tag ends");
        let (inside, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            let (opened, attributes, children) = open.pop().expect("open");
            assert_eq!(opened, name, "tags are closed in their order");
            open.last_mut().expect("open").2.push(Node::Element { name: opened, attributes, children });
            continue;
        }
        let alone = inside.ends_with('/');
        let mut words = inside.trim_end_matches('/').splitn(2, ' ');
        let name = words.next().expect("a name").to_owned();
        let mut attributes: Vec<(String, String)> = Vec::new();
        let mut said = words.next().unwrap_or_default().trim();
        while !said.is_empty() {
            let (key, value) = said.split_once("=\"").expect("an attribute");
            let (value, more) = value.split_once('"').expect("a value ends");
            assert!(attributes.iter().all(|it| it.0 != key), "{key} stands twice in {inside}");
            attributes.push((key.trim().to_owned(), plain(value)));
            said = more.trim();
        }
        if alone {
            open.last_mut().expect("open").2.push(Node::Element { name, attributes, children: Vec::new() });
        } else {
            open.push((name, attributes, Vec::new()));
        }
    }
    assert_eq!(open.len(), 1, "all tags are closed");
    let (_, _, mut roots) = open.pop().expect("the root");
    assert_eq!(roots.len(), 1, "one root");
    roots.remove(0)
}

fn plain(text: &str) -> String {
    assert!(text.chars().all(|it| !it.is_control() || it == '\n'), "a control character in {text:?}");
    let replaced = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let left = replaced.replace("&amp;", "\u{1}");
    assert!(!left.contains('&') && !text.contains('<'), "not escaped: {text:?}");
    left.replace('\u{1}', "&")
}

/// What may stand in an element, in the order of the schema; each at most once.
const ORDER: [(&str, &str); 7] = [
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:widowControl w:pBdr w:shd w:tabs w:snapToGrid w:spacing w:ind w:jc w:outlineLvl w:rPr w:sectPr",
    ),
    ("w:rPr", "w:rFonts w:b w:i w:color w:spacing w:sz w:szCs w:lang"),
    ("w:tblPr", "w:tblStyle w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar"),
    ("w:tcPr", "w:tcW w:gridSpan w:vMerge w:vAlign"),
    ("w:trPr", "w:cantSplit w:tblHeader"),
    (
        "w:settings",
        "w:zoom w:defaultTabStop w:evenAndOddHeaders w:characterSpacingControl w:compat w:themeFontLang w:decimalSymbol w:listSeparator",
    ),
    ("w:style", "w:name w:basedOn w:next w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:pPr w:rPr w:tblPr"),
];

/// Everything that holds of every file.
pub fn proper(bytes: &[u8]) -> Node {
    let all = parts(bytes);
    for (name, text) in &all {
        let tree = xml(text);
        for (of, order) in ORDER {
            let order: Vec<&str> = order.split(' ').collect();
            for element in tree.all(of).into_iter().chain(Some(&tree).filter(|it| it.name() == of)) {
                let places = element.children().iter().map(|it| {
                    order
                        .iter()
                        .position(|known| *known == it.name())
                        .unwrap_or_else(|| panic!("{} in {of}", it.name()))
                });
                let places: Vec<usize> = places.collect();
                assert!(places.windows(2).all(|it| it[0] < it[1]), "{name}: {of} has {places:?}");
            }
        }
        assert!(
            !text.contains("TargetMode") && !text.contains("http://x") && !name.contains("vba"),
            "{name} leads outside"
        );
        assert!(!text.contains("w:dirty") && !text.contains("updateFields"), "{name} asks whether to update fields");
    }
    let document = &all.iter().find(|it| it.0 == "word/document.xml").expect("a document").1;
    let tree = xml(document);
    let body = &tree.children()[0];
    assert_eq!(body.children().last().map(Node::name), Some("w:sectPr"), "the last section stands at the end");
    let styles = xml(&all.iter().find(|it| it.0 == "word/styles.xml").expect("styles").1);
    let known: Vec<&str> = styles.all("w:style").iter().filter_map(|it| it.attribute("w:styleId")).collect();
    for paragraph in tree.all("w:p") {
        let first = paragraph.children().first().map(Node::name);
        assert!(matches!(first, Some("w:pPr")), "a paragraph begins with {first:?}");
        let style = paragraph.all("w:pStyle")[0].attribute("w:val").expect("a style");
        assert!(known.contains(&style), "no style {style}");
    }
    for table in tree.all("w:tbl") {
        let names: Vec<&str> = table.children().iter().take(2).map(Node::name).collect();
        assert_eq!(names, ["w:tblPr", "w:tblGrid"]);
        let grid: Vec<usize> = table.all("w:gridCol").iter().map(|it| number(it, "w:w")).collect();
        for row in table.children().iter().filter(|it| it.name() == "w:tr") {
            let cells: Vec<&Node> = row.children().iter().filter(|it| it.name() == "w:tc").collect();
            let spans = cells.iter().map(|it| it.all("w:gridSpan").first().map_or(1, |it| number(it, "w:val")));
            let spans: Vec<usize> = spans.collect();
            assert_eq!(spans.iter().sum::<usize>(), grid.len(), "each row fills the grid");
            let mut at = 0;
            for (cell, across) in cells.iter().zip(spans) {
                let wide: usize = grid[at..at + across].iter().sum();
                assert_eq!(number(cell.all("w:tcW")[0], "w:w"), wide);
                assert_eq!(cell.children().last().map(Node::name), Some("w:p"), "a cell ends with a paragraph");
                at += across;
            }
        }
    }
    // one bookmark for each line of the contents
    let marks: Vec<_> = tree.all("w:bookmarkStart").iter().filter_map(|it| it.attribute("w:name")).collect();
    for anchor in tree.all("w:hyperlink").iter().filter_map(|it| it.attribute("w:anchor")) {
        assert_eq!(marks.iter().filter(|it| **it == anchor).count(), 1, "{anchor}");
    }
    let field =
        |kind: &str| tree.all("w:fldChar").iter().filter(|it| it.attribute("w:fldCharType") == Some(kind)).count();
    assert!(field("begin") == field("separate") && field("begin") == field("end"));
    tree
}

fn number(node: &Node, attribute: &str) -> usize {
    node.attribute(attribute).and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("{attribute} in {node:?}"))
}

fn cell(text: &str, across: usize, down: usize) -> TextCell {
    TextCell::of(text).over(across, down)
}

fn document() -> TextDocument {
    let heading = |level, text: &str, aside: &str| {
        TextBlock::Heading(TextHeading { level, text: text.to_owned(), aside: aside.to_owned() })
    };
    let rows = vec![
        vec![cell("甲", 1, 1), cell("乙", 2, 1)],
        vec![cell("高", 1, 2), cell("丙", 1, 1), cell("丁", 1, 1)],
        vec![cell("戊", 2, 1)],
    ];
    let table = TextTable { widths: vec![1, 1, 2], head: 1, small: false, rows };
    let blocks = vec![
        TextBlock::Line(LineStyle::Title, "申报材料".to_owned()),
        TextBlock::Line(LineStyle::ContentsHead, "目录".to_owned()),
        TextBlock::Contents,
        heading(1, "第一份", "第 1 份"),
        heading(2, "一、标题", ""),
        heading(3, "（一）小标题", ""),
        TextBlock::Line(LineStyle::Body, "一行\n又一行".to_owned()),
        TextBlock::Table(table),
    ];
    let wide = TextSection { turned: true, blocks: vec![heading(1, "宽表", "第 2 份")] };
    TextDocument {
        title: "申报材料".to_owned(),
        author: "某厂".to_owned(),
        made_by: "版本 1 · 2".to_owned(),
        sections: vec![TextSection { turned: false, blocks }, wide],
    }
}

#[test]
fn a_document_has_its_pages_headings_contents_and_merged_cells() {
    let bytes = docx(&document());
    let tree = proper(&bytes);
    assert_eq!(bytes, docx(&document()), "equal documents give equal files");
    let of_style = |style: &str| {
        let with = tree.all("w:p").into_iter().filter(|it| it.all("w:pStyle")[0].attribute("w:val") == Some(style));
        with.map(|it| it.text().trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of_style("Heading1"), ["第一份", "宽表"]);
    assert_eq!(of_style("Heading3"), ["（一）小标题"]);
    assert_eq!(of_style("TOC1"), ["第一份第 1 份", "宽表第 2 份"]);
    assert_eq!(of_style("TOC2"), ["一、标题"]);
    assert_eq!(of_style("Normal"), ["一行\n又一行"]);
    let merges: Vec<_> = tree.all("w:vMerge").iter().map(|it| it.attribute("w:val")).collect();
    assert_eq!(merges, [Some("restart"), None]);
    assert_eq!(tree.all("w:tblHeader").len(), 1);
    assert_eq!(tree.all("w:cantSplit").len(), 3);
    // A4 upright, then turned, with the margins of GB/T 9704: 37 mm above, 28 mm on the left, 156 by 225 mm between them
    let sizes: Vec<_> = tree.all("w:pgSz").iter().map(|it| (number(it, "w:w"), number(it, "w:h"))).collect();
    assert_eq!(sizes, [(11906, 16838), (16838, 11906)]);
    let margins = tree.all("w:pgMar")[0];
    let millimetres = |twips: usize| (twips as f64 * 25.4 / 1440.0).round() as usize;
    let [top, right, bottom, left] = ["w:top", "w:right", "w:bottom", "w:left"].map(|it| number(margins, it));
    assert_eq!((millimetres(top), millimetres(left)), (37, 28));
    assert_eq!((millimetres(11906 - left - right), millimetres(16838 - top - bottom)), (156, 225));
    let grid = tree.all("w:docGrid")[0];
    assert_eq!((16838 - top - bottom) / number(grid, "w:linePitch"), 22, "lines on a page");
    let styles = parts(&bytes).into_iter().find(|it| it.0 == "word/styles.xml").expect("styles").1;
    let styles = xml(&styles);
    for (id, font, size) in
        [("Normal", "仿宋", 32), ("Heading1", "方正小标宋简体", 44), ("Heading2", "黑体", 32), ("Heading3", "楷体", 32)]
    {
        let style = styles.all("w:style").into_iter().find(|it| it.attribute("w:styleId") == Some(id)).expect(id);
        assert_eq!(style.all("w:rFonts")[0].attribute("w:eastAsia"), Some(font));
        assert_eq!(number(style.all("w:sz")[0], "w:val"), size);
    }
}

#[test]
fn a_document_without_anything_opens_too() {
    proper(&docx(&TextDocument::default()));
    proper(&docx(&TextDocument { sections: vec![TextSection::default()], ..TextDocument::default() }));
    let contents = vec![TextBlock::Contents];
    proper(&docx(&TextDocument {
        sections: vec![TextSection { turned: false, blocks: contents }],
        ..TextDocument::default()
    }));
}

proptest! {
    /// Whatever somebody typed stays text, and any table, even one whose cells do not fit, becomes a sound one.
    #[test]
    fn any_text_and_any_table_give_a_sound_file(
        text in "\\PC*|[<>&\"'\u{0}-\u{1f}\u{fffe}\u{ffff}]*",
        rows in vec(vec((0_usize..4, 0_usize..4), 0..5), 0..5),
        n in 1_usize..4,
    ) {
        let rows = rows.iter().map(|row| row.iter().map(|it| cell(&text, it.0, it.1)).collect()).collect();
        let table = TextTable { widths: vec![1; n], head: 1, small: true, rows };
        let heading = TextHeading { level: 1, text: text.clone(), aside: text.clone() };
        let blocks = vec![
            TextBlock::Contents,
            TextBlock::Heading(heading),
            TextBlock::Line(LineStyle::Prompt, text.clone()),
            TextBlock::Table(table),
        ];
        let sections = vec![TextSection { turned: false, blocks }];
        let tree = proper(&docx(&TextDocument { title: text.clone(), author: text.clone(), made_by: text.clone(), sections }));
        let text = text.replace('\t', " ");
        let kept: String = text.chars().filter(|it| !it.is_control() && !"\u{fffe}\u{ffff}".contains(*it)).collect();
        let said: String = tree.text().chars().filter(|it| *it != '\n').collect();
        prop_assert!(said.contains(&kept));
    }
}
