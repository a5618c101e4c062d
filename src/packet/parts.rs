//! What a packet is made of, and how its lines are written.

use crate::docx::{LineStyle, TextBlock, TextHeading};
use crate::dossier::{Dossier, Sheet};
use crate::filing::Rules;
use crate::rubric::{Edition, Part, Rubric};

/// One kind of paper of the 申报材料.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketPaper {
    Cover,
    Contents,
    /// 备案路径, and the verdict of each sheet.
    Verdicts,
    /// 评价范围申报表.
    Declaration,
    /// An outline of the 实施方案.
    Scheme,
    /// The official form of each sheet.
    Forms,
    Plan,
    Evidence,
    Roster,
    /// Earlier states of the sheets, for whoever keeps a copy.
    Versions,
}

impl PacketPaper {
    /// In the order in which they are handed in.
    pub const ALL: [PacketPaper; 10] = [
        PacketPaper::Cover,
        PacketPaper::Contents,
        PacketPaper::Verdicts,
        PacketPaper::Declaration,
        PacketPaper::Scheme,
        PacketPaper::Forms,
        PacketPaper::Plan,
        PacketPaper::Evidence,
        PacketPaper::Roster,
        PacketPaper::Versions,
    ];

    pub fn label(self) -> &'static str {
        match self {
            PacketPaper::Cover => "封面",
            PacketPaper::Contents => "目录",
            PacketPaper::Verdicts => "备案路径和各表自评结论",
            PacketPaper::Declaration => "评价范围申报表",
            PacketPaper::Scheme => "实施方案提纲",
            PacketPaper::Forms => "评估表（已填各表）",
            PacketPaper::Plan => "整改清单",
            PacketPaper::Evidence => "佐证材料清单",
            PacketPaper::Roster => "名册（考评人员、专家、设备）",
            PacketPaper::Versions => "历次版本（自己留存）",
        }
    }

    /// Chosen as long as nobody says otherwise.
    pub fn is_usual(self) -> bool {
        match self {
            PacketPaper::Versions => false,
            PacketPaper::Cover
            | PacketPaper::Contents
            | PacketPaper::Verdicts
            | PacketPaper::Declaration
            | PacketPaper::Scheme
            | PacketPaper::Forms
            | PacketPaper::Plan
            | PacketPaper::Evidence
            | PacketPaper::Roster => true,
        }
    }
}

/// A dossier and the rules it is filed by.
#[derive(Clone, Copy)]
pub struct Packet<'p> {
    pub edition: &'p Edition,
    /// `None` where the edition has none.
    pub rules: Option<&'p Rules>,
    pub dossier: &'p Dossier,
}

/// One paper, ready to be written or printed.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketPart {
    pub paper: PacketPaper,
    pub name: String,
    /// The sheet whose form it is.
    pub sheet: Option<u16>,
    /// Its tables are wide.
    pub turned: bool,
    pub blocks: Vec<TextBlock>,
}

impl PacketPart {
    /// A paper that begins with its own name.
    pub fn titled(paper: PacketPaper, name: String, blocks: Vec<TextBlock>) -> PacketPart {
        PacketPart { paper, name, sheet: None, turned: false, blocks }
    }

    /// Counts as 第 n 份.
    pub fn is_counted(&self) -> bool {
        !matches!(self.paper, PacketPaper::Cover | PacketPaper::Contents)
    }
}

impl<'p> Packet<'p> {
    /// The public sheets first.
    pub fn sheets(&self) -> impl Iterator<Item = &'p Sheet> {
        let (edition, dossier) = (self.edition, self.dossier);
        let is_public = move |sheet: &Sheet| edition.rubric(sheet.annex).is_some_and(|it| it.part == Part::Public);
        let public = dossier.sheets.iter().filter(move |it| is_public(it));
        public.chain(dossier.sheets.iter().filter(move |it| !is_public(it)))
    }

    /// The public rubrics of the dossier; that of the applicant where it has no sheet.
    pub fn public(&self) -> Vec<&'p Rubric> {
        let mut all: Vec<&Rubric> = Vec::new();
        for rubric in self.sheets().filter_map(|it| self.edition.rubric(it.annex)) {
            if rubric.part == Part::Public && all.iter().all(|it| it.annex != rubric.annex) {
                all.push(rubric);
            }
        }
        if all.is_empty() {
            let of_applicant = |it: &&Rubric| it.part == Part::Public && it.applicant == self.dossier.applicant;
            all.extend(self.edition.rubrics.iter().find(of_applicant));
        }
        all
    }
}

/// How everything begins that is ours and no document's.
const OURS: &str = "【提示】";

pub fn prompt(words: &str) -> TextBlock {
    TextBlock::Line(LineStyle::Prompt, format!("{OURS}{words}"))
}

pub fn heading(level: u8, text: impl Into<String>) -> TextBlock {
    TextBlock::Heading(TextHeading { level, text: text.into(), aside: String::new() })
}

pub fn line(style: LineStyle, text: impl Into<String>) -> TextBlock {
    TextBlock::Line(style, text.into())
}

/// 附件2 车工: what a sheet is called among those of all annexes.
pub fn called(rubric: &Rubric, sheet: &Sheet) -> String {
    let name = match sheet.occupation(rubric) {
        None => rubric.part_name.clone(),
        Some("") if !sheet.occupation_code.is_empty() => format!("职业编码 {}", sheet.occupation_code),
        Some("") => "未填职业名称".to_owned(),
        Some(name) => name.to_owned(),
    };
    format!("附件{} {name}", rubric.annex)
}
