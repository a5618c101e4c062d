//! 实施方案 as an outline: the headings that the rubric prints, in their order, under each what it asks for, and what is
//! known of the applicant. Nothing is asked for that the rubric does not ask for.

use crate::docx::LineStyle;
use crate::dossier::{Shared, Sheet};
use crate::filing::scope::DeclaredRow;
use crate::letters::numeral;
use crate::rubric::{Applicant, BlankPiece, Group, Part, Row, RowKey, Rubric, Section};
use crate::score::{Report, said, score};

use super::cover::answered;
use super::parts::{heading, line, prompt};
use super::{Packet, PacketPaper, PacketPart};

/// The section whose rows are its headings: that of the row which asks for it.
pub fn of(rubric: &Rubric) -> Option<&Section> {
    let asks = rubric.keyed(RowKey::Scheme)?.number;
    let holds = |section: &&Section| section.groups.iter().flat_map(|it| &it.rows).any(|row| row.number == asks);
    rubric.sections.iter().find(holds)
}

pub fn outlines(packet: &Packet<'_>) -> Vec<PacketPart> {
    let public = packet.public();
    let several = 1 < public.len();
    let all = public.into_iter().filter_map(|rubric| Some((rubric, of(rubric)?)));
    all.map(|(rubric, section)| outline(packet, rubric, section, several)).collect()
}

fn outline(packet: &Packet<'_>, rubric: &Rubric, section: &Section, several: bool) -> PacketPart {
    let name = if several { format!("{}（附件{}）", section.name, rubric.annex) } else { section.name.clone() };
    let sheet = packet.dossier.sheets.iter().find(|it| it.annex == rubric.annex);
    let answered = sheet.map(|it| (it, score(rubric, &it.answers)));
    let about = format!(
        "这是按附件{}“{}”一项列出的提纲：标题是附件所印的项目，顺序不变。灰框里以【提示】开头的是本工具加的话，不是文件原文，\
         其中引号里的是附件{0}的原文；黑字是您已经填过的情况，请核对、写完整。定稿时请删去灰框。",
        rubric.annex, section.name,
    );
    let mut blocks = vec![heading(1, name.as_str()), prompt(&about)];
    for (n, group) in (1..).zip(&section.groups) {
        blocks.push(heading(2, format!("{}、{}", numeral(n), group.name)));
        for (n, row) in (1..).zip(&group.rows) {
            if !row.content.is_empty() && row.content != group.name {
                blocks.push(heading(3, format!("（{}）{}", numeral(n), row.content)));
            }
            blocks.push(prompt(&asked(rubric, group, row)));
            blocks.extend(known(packet, rubric, row).into_iter().map(|it| line(LineStyle::Body, it)));
            if let Some((sheet, report)) = &answered {
                blocks.extend(self_assessed(sheet, report, row).map(|it| prompt(&it)));
            }
            // to be written in
            blocks.push(line(LineStyle::Body, ""));
        }
    }
    PacketPart::titled(PacketPaper::Scheme, name, blocks)
}

/// 附件1 1-5 评估标准：“…”（1 分）。评估方式：“对照方案”“听取汇报”。
fn asked(rubric: &Rubric, group: &Group, row: &Row) -> String {
    let owner = rubric.owner(row);
    let points = owner.points.map_or(String::new(), |it| format!("（{it} 分）"));
    let before = |it: &&Row| it.number <= row.number && !it.methods.is_empty();
    // the cell may begin in a row above
    let methods = group.rows.iter().rfind(before).map_or(&row.methods, |it| &it.methods);
    let methods = if methods.is_empty() {
        String::new()
    } else {
        let methods: Vec<String> = methods.iter().map(|it| quoted(it)).collect();
        format!("评估方式：{}。", methods.concat())
    };
    let standard = quoted(&owner.standard);
    format!("附件{} {} 评估标准：{standard}{points}。{methods}", rubric.annex, rubric.row_id(row.number))
}

/// Words of the document as they are printed; where quotation marks stand among them, in others.
fn quoted(words: &str) -> String {
    if words.contains('“') { format!("「{words}」") } else { format!("“{words}”") }
}

/// 自评：不符合 1 项，得 6 分；备注：…
fn self_assessed(sheet: &Sheet, report: &Report<'_>, row: &Row) -> Option<String> {
    let reported = report.row(row.number)?;
    let note = sheet.note(row.number);
    if sheet.answers.row(row.number).is_empty() && note.is_empty() {
        return None;
    }
    let score = reported.score.map_or(String::new(), |it| format!("，得 {it} 分"));
    let note = if note.is_empty() { String::new() } else { format!("；备注：{note}") };
    Some(format!("自评：{}{score}{note}", said(reported, &sheet.answers)))
}

/// What the applicant has said that belongs under a row, a sentence a line.
fn known(packet: &Packet<'_>, rubric: &Rubric, row: &Row) -> Vec<String> {
    match row.key {
        Some(RowKey::Profile) => profile(packet, rubric),
        Some(RowKey::Audience) => {
            let audience = packet.rules.map_or(Vec::new(), |it| answered(it, &packet.dossier.route));
            let questions = packet.rules.map_or(&[][..], |it| &it.routes.questions);
            let asked = questions.iter().find(|it| it.id == "audience").map(|it| it.name.as_str());
            let said = audience.into_iter().filter(|it| asked == Some(&it.0));
            said.map(|(name, said)| format!("{name}：{said}。")).collect()
        }
        Some(RowKey::Occupations) => {
            occupations(packet, rubric, |[code, name, trade, _, _]| [code, name, trade].join("　"))
        }
        Some(RowKey::Levels) => occupations(packet, rubric, |[_, name, trade, levels, standard]| {
            let levels = if levels.is_empty() { String::new() } else { format!("{levels} 级") };
            [name, trade, &levels, standard].join("　")
        }),
        Some(RowKey::Filing) => {
            let rules = packet.rules.filter(|it| it.routes.next(&packet.dossier.route).is_none());
            let filings = rules.map_or(Vec::new(), |it| it.routes.route(&packet.dossier.route).filings);
            filings.iter().map(|it| format!("备案路径（原则上）：{}。", it.in_a_line())).collect()
        }
        Some(
            RowKey::Scheme
            | RowKey::ExaminersAppointed
            | RowKey::ExaminersQualified
            | RowKey::ExaminersCertified
            | RowKey::ExpertsAppointed
            | RowKey::ExpertsQualified
            | RowKey::EquipmentWorn,
        )
        | None => Vec::new(),
    }
}

fn profile(packet: &Packet<'_>, rubric: &Rubric) -> Vec<String> {
    let dossier = packet.dossier;
    let facts = &dossier.facts;
    let listed = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    let or = |said: &str, listed: String| if said.is_empty() { listed } else { said.to_owned() };
    let people = packet.edition.kind(rubric.applicant).people.as_str();
    let said = [
        ("申请单位", dossier.unit.clone(), ""),
        ("所在地", dossier.place().to_owned(), ""),
        (people, facts.people.clone(), " 人"),
        ("考评人员", or(&facts.examiners, listed(dossier.roster.examiners.len())), " 人"),
        ("专家", or(&facts.experts, listed(dossier.roster.experts.len())), " 人"),
    ];
    let said = said.into_iter().filter(|it| !it.1.is_empty());
    let mut lines: Vec<String> = said.map(|(name, said, unit)| format!("{name}：{said}{unit}。")).collect();
    lines.extend(heads(packet, rubric.applicant));
    lines
}

/// The lines above the table of each occupation, with their numbers of people.
fn heads(packet: &Packet<'_>, applicant: Applicant) -> Vec<String> {
    let mut lines = Vec::new();
    for sheet in packet.sheets() {
        let of = packet.edition.rubric(sheet.annex);
        let Some(rubric) = of.filter(|it| it.part == Part::Occupation && it.applicant == applicant) else { continue };
        let said = rubric.blanks().count();
        if (0..said).any(|at| !sheet.blank(at).is_empty()) {
            lines.extend(header(rubric, sheet));
        }
    }
    lines
}

/// The lines printed above a table, their blanks filled in as far as the sheet says.
pub fn header(rubric: &Rubric, sheet: &Sheet) -> Vec<String> {
    let mut at = 0;
    let line = |line: &Vec<BlankPiece>| {
        let pieces = line.iter().map(|piece| match piece {
            BlankPiece::Text(text) => text.as_str(),
            BlankPiece::Blank(_) => {
                at += 1;
                Some(sheet.blank(at - 1)).filter(|it| !it.is_empty()).unwrap_or("＿＿＿＿")
            }
        });
        pieces.collect()
    };
    rubric.header.iter().map(line).collect()
}

/// A line for each declared row that is assessed by the annexes of this kind of applicant.
fn occupations(packet: &Packet<'_>, rubric: &Rubric, of: fn([&str; 5]) -> String) -> Vec<String> {
    let Packet { rules, dossier, .. } = *packet;
    let Some(rules) = rules else { return Vec::new() };
    let fits = |row: &&Shared<DeclaredRow>| !row.is_blank() && counts_for(packet, rubric.applicant, row);
    let rows = dossier.declared.iter().filter(fits).zip(1..);
    let line = |(row, n): (&Shared<DeclaredRow>, usize)| {
        let cells = rules.scope.printed(row);
        let words = of(cells.each_ref().map(String::as_str));
        // an empty cell leaves no gap
        let words: Vec<&str> = words.split('　').filter(|it| !it.is_empty()).collect();
        format!("{n}．{}", words.join("　"))
    };
    rows.map(line).collect()
}

/// A school's own students are assessed by its own annexes, others by those of another kind of applicant.
fn counts_for(packet: &Packet<'_>, applicant: Applicant, row: &DeclaredRow) -> bool {
    let Packet { edition, dossier, .. } = *packet;
    if edition.kind(dossier.applicant).others.is_none() {
        return true;
    }
    let mixed = || 1 < dossier.declarations(edition).len();
    if applicant == dossier.applicant { row.school.is_some() || !mixed() } else { row.school.is_none() }
}
