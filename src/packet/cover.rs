//! The cover, and where the dossier files with what result.

use crate::docx::{LineStyle, TextBlock, TextCell, TextTable};
use crate::filing::Rules;
use crate::filing::route::{FilingAnswers, QuestionKind};
use crate::score::{in_one_sentence, score};

use super::parts::{called, heading, line, prompt};
use super::{Packet, PacketPaper, PacketPart};

pub const TITLE: &str = "申报材料";
const NOT_OFFICIAL: &str = "自评结果，仅供参考，非官方结论。";
const BLANK: &str = "＿＿＿＿＿＿＿＿";

pub fn cover(packet: &Packet<'_>) -> PacketPart {
    let Packet { edition, dossier, .. } = *packet;
    let facts = &dossier.facts;
    let date = if facts.date.is_empty() { "＿＿＿＿年＿＿月＿＿日" } else { &facts.date };
    let said = [
        ("申请单位", dossier.unit.as_str()),
        ("单位类别", edition.kind(dossier.applicant).label.as_str()),
        ("所在地", dossier.place()),
        ("联系人", &facts.contact),
        ("联系电话", &facts.telephone),
        ("日期", date),
    ];
    let mut blocks = vec![line(LineStyle::Title, TITLE)];
    blocks.extend(
        said.map(|(name, said)| {
            line(LineStyle::Cover, format!("{name}：{}", if said.is_empty() { BLANK } else { said }))
        }),
    );
    blocks.push(line(LineStyle::Cover, format!("依据：{}", edition.notice)));
    PacketPart::titled(PacketPaper::Cover, PacketPaper::Cover.label().to_owned(), blocks)
}

pub fn verdicts(packet: &Packet<'_>) -> PacketPart {
    let Packet { edition, rules, dossier } = *packet;
    let name = PacketPaper::Verdicts.label();
    let mut blocks = vec![heading(1, name)];
    let whole = rules.filter(|it| it.routes.next(&dossier.route).is_none());
    let filings = whole.map_or(Vec::new(), |it| it.routes.route(&dossier.route).filings);
    if filings.is_empty() && rules.is_some_and(Rules::has_routes) {
        blocks.push(prompt("还没有答完在哪里备案。"));
    }
    for filing in &filings {
        blocks.push(line(LineStyle::Body, format!("备案路径（原则上）：{}。", filing.in_a_line())));
    }
    let answers = rules.map_or(Vec::new(), |it| answered(it, &dossier.route));
    if !answers.is_empty() {
        let row = |(asked, said): (String, String)| vec![TextCell::of(asked), TextCell::of(said)];
        let head = vec![TextCell::of("问题").centred(), TextCell::of("回答").centred()];
        let rows = [head].into_iter().chain(answers.into_iter().map(row)).collect();
        blocks.push(TextBlock::Table(TextTable { widths: vec![40, 60], head: 1, small: false, rows }));
    }
    for sheet in packet.sheets() {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let words = in_one_sentence(&score(rubric, &sheet.answers));
        blocks.push(line(LineStyle::Body, format!("{}：{words}。", called(rubric, sheet))));
    }
    blocks.push(prompt(NOT_OFFICIAL));
    PacketPart::titled(PacketPaper::Verdicts, name.to_owned(), blocks)
}

/// What was asked and said about where the dossier files.
pub fn answered(rules: &Rules, answers: &FilingAnswers) -> Vec<(String, String)> {
    let said = rules.routes.questions.iter().map(|question| {
        let labels = answers.all(&question.id).map(|said| {
            let option = match question.kind {
                QuestionKind::One | QuestionKind::Many | QuestionKind::YesNo => {
                    question.options.iter().find(|it| it.id == said)
                }
                QuestionKind::Place | QuestionKind::Places => None,
            };
            match (option, said) {
                (Some(option), _) => option.label.clone(),
                (None, "?") => "不清楚".to_owned(),
                (None, "true") => "是".to_owned(),
                (None, "false") => "否".to_owned(),
                (None, other) => other.to_owned(),
            }
        });
        (question.name.clone(), labels.collect::<Vec<_>>().join("、"))
    });
    said.filter(|it| !it.1.is_empty()).collect()
}
