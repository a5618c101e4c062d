//! The text itself: one paragraph or table after the other, and the sections of pages.

use super::paragraph::{paragraph, run};
use super::style::{line_style, section};
use super::table::table;
use super::{MAIN, OFFICE, TextBlock, TextDocument, TextHeading, headings};

/// The headings go from the first to the second level of the contents.
const FIELD: &str = " TOC \\o &quot;1-2&quot; \\h \\z \\u ";

pub fn body(document: &TextDocument) -> String {
    let mut xml = format!("<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><w:body>");
    let last = document.sections.len().saturating_sub(1);
    let mut marks = 0;
    for (n, pages) in document.sections.iter().enumerate() {
        for block in &pages.blocks {
            match block {
                TextBlock::Line(style, text) => paragraph(&mut xml, line_style(*style), &run(text)),
                TextBlock::Heading(heading) => xml.push_str(&marked(heading, &mut marks)),
                TextBlock::Table(it) => table(&mut xml, it, pages.turned),
                TextBlock::Contents => contents(&mut xml, document),
            }
        }
        let section = section(pages.turned, n == 0);
        if n < last {
            // of no height, so that a full page is not followed by an empty one
            xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"End\"/>{section}</w:pPr></w:p>"));
        } else {
            xml.push_str(&section);
        }
    }
    if document.sections.is_empty() {
        xml.push_str(&section(false, true));
    }
    xml.push_str("</w:body></w:document>");
    xml
}

/// A heading, to which its line in the contents leads.
fn marked(heading: &TextHeading, marks: &mut usize) -> String {
    let TextHeading { level, text, aside: _ } = heading;
    let style = format!("Heading{}", (*level).clamp(1, 3));
    let mut xml = String::new();
    let words = run(text);
    if 2 < *level {
        paragraph(&mut xml, &style, &words);
        return xml;
    }
    let n = *marks;
    *marks += 1;
    let begin = format!("<w:bookmarkStart w:id=\"{n}\" w:name=\"{}\"/>", mark(n));
    paragraph(&mut xml, &style, &format!("{begin}{words}<w:bookmarkEnd w:id=\"{n}\"/>"));
    xml
}

fn mark(n: usize) -> String {
    format!("_Toc{n:06}")
}

/// A field with its lines in it, so that no program asks whether to fill it in. Which page is which only a program that
/// lays pages out can say: it does where somebody updates the field.
fn contents(xml: &mut String, document: &TextDocument) {
    let all: Vec<&TextHeading> = headings(document).collect();
    for (n, TextHeading { level, text, aside }) in all.iter().enumerate() {
        let mut runs = String::new();
        if n == 0 {
            runs.push_str("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">");
            runs.push_str(FIELD);
            runs.push_str("</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
        }
        let aside = if aside.is_empty() { String::new() } else { format!("<w:r><w:tab/></w:r>{}", run(aside)) };
        let words = run(&text.replace(['\n', '\r'], " "));
        runs.push_str(&format!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{words}{aside}</w:hyperlink>", mark(n)));
        if n + 1 == all.len() {
            runs.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
        }
        paragraph(xml, &format!("TOC{level}"), &runs);
    }
}
