//! Which papers can be made of a dossier, and all that are chosen as one document.

use crate::docx::{LineStyle, TextBlock, TextDocument, TextHeading, TextSection};
use crate::dossier::Sheet;
use crate::filing::Rules;

use super::lists::has_plan;
use super::parts::{Packet, PacketPaper, PacketPart, line, prompt};
use super::{cover, declaration, forms, lists, outline};

impl Packet<'_> {
    /// Why a paper cannot be made yet; `None` where it can.
    pub fn lacking(&self, paper: PacketPaper) -> Option<&'static str> {
        let Packet { edition, rules, dossier } = *self;
        let of_sheets = |has: fn(&Sheet) -> bool| dossier.sheets.iter().any(has);
        let (there, words) = match paper {
            PacketPaper::Cover | PacketPaper::Contents | PacketPaper::Verdicts => (true, ""),
            PacketPaper::Declaration if !rules.is_some_and(Rules::has_scope) => {
                (false, "所依据的版本没有申报评价范围的规则")
            }
            PacketPaper::Declaration => (dossier.declared.iter().any(|it| !it.is_blank()), "还没有填写评价范围申报表"),
            PacketPaper::Scheme => {
                (self.public().iter().any(|it| outline::of(it).is_some()), "所依据的版本没有写明哪些行要求实施方案")
            }
            PacketPaper::Forms => (dossier.sheets.iter().any(|it| edition.rubric(it.annex).is_some()), "还没有自评表"),
            PacketPaper::Plan => (of_sheets(has_plan), "还没有整改清单"),
            PacketPaper::Evidence => (of_sheets(|it| !it.work.evidence.is_empty()), "还没有佐证材料清单"),
            PacketPaper::Roster => (!dossier.roster.is_empty(), "还没有名册"),
            PacketPaper::Versions => (of_sheets(|it| !it.work.versions.is_empty()), "还没有保存过版本"),
        };
        (!there).then_some(words)
    }

    /// The papers that are chosen and can be made, in their order.
    pub fn parts(&self, chosen: &[PacketPaper]) -> Vec<PacketPart> {
        let makeable = |it: &PacketPaper| chosen.contains(it) && self.lacking(*it).is_none();
        let mut parts = Vec::new();
        for paper in PacketPaper::ALL.into_iter().filter(makeable) {
            match paper {
                PacketPaper::Cover => parts.push(cover::cover(self)),
                PacketPaper::Contents => parts.push(contents()),
                PacketPaper::Verdicts => parts.push(cover::verdicts(self)),
                PacketPaper::Declaration => parts.extend(declaration::declarations(self)),
                PacketPaper::Scheme => parts.extend(outline::outlines(self)),
                PacketPaper::Forms => {
                    let known = self.sheets().filter_map(|it| Some((it, self.edition.rubric(it.annex)?)));
                    parts.extend(known.map(|(sheet, rubric)| forms::form(self, rubric, sheet)));
                }
                PacketPaper::Plan => parts.extend(lists::plan(self)),
                PacketPaper::Evidence => parts.extend(lists::evidence(self)),
                PacketPaper::Roster => parts.extend(lists::roster(self)),
                PacketPaper::Versions => parts.extend(lists::versions(self)),
            }
        }
        number(&mut parts);
        parts
    }

    /// All of it as one document.
    pub fn document(&self, chosen: &[PacketPaper], made_by: &str) -> TextDocument {
        let mut sections: Vec<TextSection> = Vec::new();
        for part in self.parts(chosen) {
            match sections.last_mut() {
                Some(last) if last.turned == part.turned => last.blocks.extend(part.blocks),
                _ => sections.push(TextSection { turned: part.turned, blocks: part.blocks }),
            }
        }
        // the last line of all, as on paper
        if let Some(last) = sections.last_mut().filter(|_| !made_by.is_empty()) {
            last.blocks.push(line(LineStyle::Note, made_by));
        }
        let (title, author) = (cover::TITLE.to_owned(), self.dossier.unit.clone());
        TextDocument { title, author, made_by: made_by.to_owned(), sections }
    }
}

/// Each paper says in the contents which it is.
fn number(parts: &mut [PacketPart]) {
    for (n, part) in (1..).zip(parts.iter_mut().filter(|it| it.is_counted())) {
        for block in &mut part.blocks {
            if let TextBlock::Heading(TextHeading { level: 1, aside, .. }) = block {
                *aside = format!("第 {n} 份");
            }
        }
    }
}

fn contents() -> PacketPart {
    let hint = "目录列出各份材料。需要页码的，在目录上单击右键，选择“更新域”。定稿时请删去这一框。";
    let blocks = vec![
        TextBlock::Line(LineStyle::ContentsHead, PacketPaper::Contents.label().to_owned()),
        TextBlock::Contents,
        prompt(hint),
    ];
    PacketPart::titled(PacketPaper::Contents, PacketPaper::Contents.label().to_owned(), blocks)
}
