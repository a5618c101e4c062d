//! Who may be asked onto a panel: near names, the same sheet twice, an empty sheet with its head.

use ziping::compare::{Apart, Join, Panel};
use ziping::dossier::Dossier;
use ziping::rubric::Points;

use crate::editions;
use crate::panel::{seated, turner};

/// Names that differ in brackets, blanks, width or one letter are asked about; others are refused as before.
#[test]
fn near_names_are_shown_and_may_be_joined() {
    let edition = &editions()[0];
    let mine = turner("平顶山市某机械有限公司", "车工（数控车床）", "6-18-01-01");
    let mut panel = Panel::about(edition, &mine, &mine.sheets[0], Points::whole(1)).expect("the annex is there");
    panel.join(edition, &mine, mine.sheets[0].clone(), "甲".to_owned());
    let near = |unit: &str, name: &str| -> Vec<&str> {
        let it = turner(unit, name, "");
        panel.near(edition, &it, &it.sheets[0]).into_iter().map(|it| it.what).collect()
    };
    let unit = "平顶山市某机械有限公司";
    for (other, name) in [
        (unit, "车工【数控车床】"),
        (unit, "车工 数控车床"),
        (unit, "车工（数控机床）"),
        (unit, "车工（数控车床"),
        (unit, "车工·数控车床"),
        ("", "车工［数控车床］"),
    ] {
        assert_eq!(near(other, name), ["职业（工种）"], "{name}");
    }
    for other in ["平顶山某机械有限公司", "平顶山市某机械有限公可", "平顶山市某〔机械〕有限公司"]
    {
        assert_eq!(near(other, "车工（数控车床）"), ["申请单位"], "{other}");
        assert_eq!(near(other, "车工(数控车床"), ["申请单位", "职业（工种）"], "{other}");
    }
    // the same, or another subject
    for (other, name) in [
        (unit, "车工(数控车床)"),
        (unit, ""),
        (unit, "钳工"),
        (unit, "车工（普通车床）"),
        ("另一公司", "车工（数控车床）"),
        ("另一公司", "车工【数控车床】"),
    ] {
        assert_eq!(near(other, name), [""; 0], "{other} {name}");
    }
    let code = turner(unit, "车工【数控车床】", "6-18-01-02");
    assert_eq!(panel.near(edition, &code, &code.sheets[0]), []);
    let mut adopted = turner("平顶山某机械有限公司", "车工【数控车床】", "");
    assert_eq!(panel.may_join(edition, &adopted, &adopted.sheets[0]), Join::Apart(Apart::Occupation));
    panel.adopt(&mut adopted);
    assert!(panel.join(edition, &adopted, adopted.sheets[0].clone(), "乙".to_owned()).is_taken());
}

/// The same answers are told, whatever else the record says; empty sheets are nobody's.
#[test]
fn the_same_answers_do_not_sit_twice_unnoticed() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    let mut panel = seated(rubric, &["{}", r#"{"1-12":{"defects":2}}"#, "{}"]);
    panel.seats[2].sheet.set_note(1, "看过原件".to_owned());
    panel.seats[2].sheet.levels = "4".to_owned();
    assert_eq!((0..4).map(|it| panel.same_as(it)).collect::<Vec<_>>(), [None, None, Some(0), None]);
    for seat in &mut panel.seats {
        seat.sheet.answers = Default::default();
    }
    assert_eq!(panel.same_as(2), None);
}

/// An empty sheet for one more assessor fits the panel.
#[test]
fn an_empty_sheet_has_the_head_of_the_panel() {
    let edition = &editions()[0];
    let rubric = edition.rubric(2).expect("a rubric");
    let mut mine = turner("某公司", "车工（数控车床）", "6-18-01-01");
    mine.sheets[0].levels = "4、3".to_owned();
    mine.sheets[0].set_blank(1, "30".to_owned());
    mine.sheets[0].set_note(1, "看过".to_owned());
    let mut panel = Panel::about(edition, &mine, &mine.sheets[0], Points::whole(1)).expect("the annex is there");
    panel.join(edition, &mine, mine.sheets[0].clone(), "甲".to_owned());
    let head = panel.head(rubric);
    assert_eq!((head.blank(0), head.blank(1), head.levels.as_str()), ("车工（数控车床）", "30", "4、3"));
    assert_eq!((head.occupation_code.as_str(), head.notes.len(), head.answers.is_empty()), ("6-18-01-01", 0, true));
    let mut sent = Dossier::new(panel.unit.clone(), rubric.applicant, edition, &[]);
    sent.sheets.push(head.clone());
    assert!(panel.may_join(edition, &sent, &head).is_taken());
}
