//! 申报材料: which papers a dossier has, that they show every field of it, and the outline of the 实施方案 for each kind of
//! applicant.

use std::fmt::Write;

use ziping::docx::{LineStyle, TextBlock, docx};
use ziping::dossier::Dossier;
use ziping::filing::route::FilingAnswers;
use ziping::packet::{Packet, PacketPaper};
use ziping::rubric::{Edition, RowKey};

use crate::docx::proper;
use crate::every_field::full;
use crate::{EMPLOYER, SCHOOL, SOCIAL, editions, records, site};

fn edition() -> &'static Edition {
    &editions()[0]
}

fn packet(dossier: &Dossier) -> Packet<'_> {
    let rules = site().rules.iter().find(|it| it.edition == edition().id);
    Packet { edition: edition(), rules, dossier }
}

/// The words of a document as Word would show them.
fn words(dossier: &Dossier, chosen: &[PacketPaper]) -> String {
    proper(&docx(&packet(dossier).document(chosen, ""))).text()
}

/// What `full` says, word by word, as far as somebody typed it.
pub const TYPED: [&str; 42] = [
    "平顶山市某机械有限公司",
    "平顶山市湛河区",
    "联系人甲",
    "0375-1234567",
    "2026-11-20",
    "12 人",
    "3 人",
    "640 人",
    "考评员乙",
    "专家丙",
    "高级技师",
    "数控车床丁",
    "21",
    "19",
    "责任人戊",
    "2026-12-31",
    "进行中",
    "营业执照副本",
    "档案室己柜",
    "保管人庚",
    "已备",
    "7-9",
    "初评辛",
    "旧备注壬",
    "备注癸",
    "责任人子",
    "2027-01-15",
    "已办",
    "缺\"应急预案\"",
    "另附",
    "车工（数控车床）",
    "6-18-01-01",
    "4、3",
    "人数40",
    "初级工＿＿＿＿",
    "中级工12",
    "数控车床",
    "4 级",
    "2018 年",
    "平顶山市",
    "属地备案",
    "监管服务",
];

#[test]
fn every_field_is_in_the_document() {
    let mut dossier = full();
    dossier.route.0.push(("applicant".to_owned(), "employer".to_owned()));
    let text = words(&dossier, &PacketPaper::ALL);
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let text = bare(&text);
    let missing: Vec<_> = TYPED.into_iter().filter(|it| !text.contains(&bare(it))).collect();
    assert_eq!(missing, [""; 0]);
    // and all that the official forms print
    for annex in [1, 2] {
        let rubric = edition().rubric(annex).expect("it is printed");
        for row in rubric.rows() {
            assert!(
                text.contains(&bare(&row.content)) && text.contains(&bare(&row.standard)),
                "{annex}-{}",
                row.number
            );
        }
    }
}

#[test]
fn only_what_is_chosen_is_in_it() {
    let dossier = full();
    for chosen in PacketPaper::ALL {
        let parts = packet(&dossier).parts(&[chosen]);
        assert!(!parts.is_empty() && parts.iter().all(|it| it.paper == chosen), "{chosen:?}");
    }
    assert_eq!(packet(&dossier).parts(&[]), []);
    let usual: Vec<_> = PacketPaper::ALL.into_iter().filter(|it| it.is_usual()).collect();
    assert!(!words(&dossier, &usual).contains("初评辛"));
}

#[test]
fn a_paper_that_cannot_be_made_says_why() {
    let blank = Dossier::new(String::new(), EMPLOYER, edition(), &[]);
    let told: Vec<_> = PacketPaper::ALL.into_iter().map(|it| packet(&blank).lacking(it).unwrap_or("")).collect();
    assert_eq!(
        told,
        [
            "",
            "",
            "",
            "还没有填写评价范围申报表",
            "",
            "还没有自评表",
            "还没有整改清单",
            "还没有佐证材料清单",
            "还没有名册",
            "还没有保存过版本"
        ]
    );
    let made: Vec<_> = packet(&blank).parts(&PacketPaper::ALL).into_iter().map(|it| it.paper).collect();
    assert_eq!(made, [PacketPaper::Cover, PacketPaper::Contents, PacketPaper::Verdicts, PacketPaper::Scheme]);
    proper(&docx(&packet(&blank).document(&PacketPaper::ALL, "")));
    assert!(PacketPaper::ALL.into_iter().all(|it| packet(&full()).lacking(it).is_none()));
}

#[test]
fn the_contents_count_the_papers() {
    let text = words(&full(), &PacketPaper::ALL);
    let lines: Vec<&str> = text.lines().filter(|it| it.contains("第 ") && it.ends_with(" 份")).collect();
    assert_eq!(
        lines,
        [
            "备案路径和各表自评结论第 1 份",
            "评价范围申报表第 2 份",
            "实施方案第 3 份",
            "附件1 公共部分第 4 份",
            "附件2 车工（数控车床）第 5 份",
            "整改清单（附件1 公共部分）第 6 份",
            "整改清单（附件2 车工（数控车床））第 7 份",
            "佐证材料清单第 8 份",
            "考评人员名册第 9 份",
            "专家名册第 10 份",
            "设备清单第 11 份",
            "历次版本（附件1 公共部分）第 12 份",
            "历次版本（附件2 车工（数控车床））第 13 份",
        ]
    );
}

/// The outline as text: `#` a heading, `>` what is ours.
fn outline(dossier: &Dossier) -> String {
    let mut out = String::new();
    for block in packet(dossier).parts(&[PacketPaper::Scheme]).into_iter().flat_map(|it| it.blocks) {
        match block {
            TextBlock::Heading(it) => writeln!(out, "{} {}", "#".repeat(it.level.into()), it.text),
            TextBlock::Line(LineStyle::Prompt, text) => writeln!(out, "> {text}"),
            TextBlock::Line(_, text) => writeln!(out, "{text}"),
            other => panic!("{other:?}"),
        }
        .expect("memory can be written");
    }
    out
}

#[test]
fn the_outline_of_an_employer() {
    insta::assert_snapshot!(outline(&full()));
}

#[test]
fn the_outline_of_a_school() {
    let mut school = Dossier::new("某技师学院".to_owned(), SCHOOL, edition(), &[3]);
    school.declared = records::declared();
    school.facts.people = "5200".to_owned();
    school.route = FilingAnswers(vec![("audience".to_owned(), "own_students".to_owned())]);
    school.roster = full().roster;
    insta::assert_snapshot!(outline(&school));
}

#[test]
fn the_outline_of_a_social_organisation() {
    let social = Dossier::new("某培训学校".to_owned(), SOCIAL, edition(), &[5]);
    insta::assert_snapshot!(outline(&social));
}

/// Headings are the printed words and nothing else; what is ours says so.
#[test]
fn the_outline_invents_nothing() {
    for (applicant, annex) in [(EMPLOYER, 1), (SCHOOL, 3), (SOCIAL, 5)] {
        let dossier = Dossier::new(String::new(), applicant, edition(), &[annex]);
        let rubric = edition().rubric(annex).expect("it is printed");
        let asks = rubric.keyed(RowKey::Scheme).expect("a row asks for it").number;
        let section =
            rubric.sections.iter().find(|it| it.groups.iter().flat_map(|it| &it.rows).any(|row| row.number == asks));
        let section = section.expect("a section");
        let mut printed: Vec<&str> = vec![&section.name];
        for group in &section.groups {
            printed.push(&group.name);
            printed.extend(group.rows.iter().map(|it| it.content.as_str()));
        }
        let mut headings = Vec::new();
        for block in packet(&dossier).parts(&[PacketPaper::Scheme]).into_iter().flat_map(|it| it.blocks) {
            match block {
                TextBlock::Heading(it) => headings.push(match it.level {
                    1 => it.text,
                    2 => it.text.split_once('、').expect("a number").1.to_owned(),
                    _ => it.text.split_once('）').expect("a number").1.to_owned(),
                }),
                TextBlock::Line(LineStyle::Prompt, text) => assert!(text.starts_with("【提示】"), "{text}"),
                TextBlock::Line(_, text) => assert_eq!(text, "", "nothing is known of this applicant"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(headings, printed);
    }
}

/// Writes a packet of each kind to look at: `PACKET=/tmp/packet cargo test --test it packet`.
#[test]
fn packets_to_look_at() {
    let Ok(folder) = std::env::var("PACKET") else { return };
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut employer = full();
    employer.route.0.push(("applicant".to_owned(), "employer".to_owned()));
    let school = Dossier::new("某技师学院".to_owned(), SCHOOL, edition(), &[3, 4]);
    let social = Dossier::new("某培训学校".to_owned(), SOCIAL, edition(), &[5, 6]);
    for (name, dossier) in [("employer", employer), ("school", school), ("social", social)] {
        let bytes = docx(&packet(&dossier).document(&PacketPaper::ALL, ""));
        std::fs::write(format!("{folder}/{name}.docx"), bytes).expect("it can be written");
    }
}
