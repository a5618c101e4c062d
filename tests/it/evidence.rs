//! 佐证材料清单: what is proposed for each row, how papers are counted, and the table of contents.

use ziping::dossier::{Evidence, Sheet, proposals};
use ziping::packet::{evidence_of, evidence_table};
use ziping::spreadsheet::csv;

use crate::editions;
use crate::every_field::full;

/// Read over row by row: each is the name of a paper in the row's own words, or there is none.
#[test]
fn proposals_for_every_row() {
    let mut lines = Vec::new();
    for rubric in &editions()[0].rubrics {
        for row in rubric.rows() {
            let found = proposals(rubric, row);
            lines.push(format!("{} {}", rubric.row_id(row.number), found.join("｜")));
        }
    }
    assert_eq!(lines.len(), 214);
    insta::assert_snapshot!("proposals", lines.join("\n"));
}

fn sheet(annex: u8, blank: &str) -> Sheet {
    let mut sheet = Sheet { id: u16::from(annex), annex, ..Sheet::default() };
    sheet.set_blank(0, blank.to_owned());
    sheet
}

#[test]
fn a_paper_of_several_rows_is_one_paper() {
    let rubric = editions()[0].rubric(1).expect("annex 1");
    let mut sheet = sheet(1, "");
    assert_eq!(sheet.count_papers(rubric).bare.len(), 49);
    assert_eq!(sheet.open_proposals(rubric, 1), ["营业执照"]);
    let first = sheet.add_paper(4, "实施方案");
    sheet.work.evidence[first].place = "档案室".to_owned();
    sheet.work.evidence[first].pages = "3".to_owned();
    sheet.set_ready(first, true);
    // in filing order, at the same place, ready as well; the pages are its own
    let other = sheet.add_paper(3, "实施方案");
    assert_eq!(other, 0);
    let told = |it: &Evidence| (it.row, it.place.clone(), it.ready, it.pages.clone());
    let both: Vec<_> = sheet.work.evidence.iter().map(told).collect();
    assert_eq!(both, [(3, "档案室".to_owned(), true, String::new()), (4, "档案室".to_owned(), true, "3".to_owned())]);
    sheet.add_paper(1, "");
    sheet.add_paper(1, "");
    let count = sheet.count_papers(rubric);
    assert_eq!((count.papers, count.ready, count.missing(), count.entries, count.bare.len()), (3, 1, 2, 4, 46));
    // no longer ready is no longer ready everywhere; papers without a name are not one paper
    sheet.set_ready(3, false);
    sheet.set_ready(0, true);
    let ready: Vec<bool> = sheet.work.evidence.iter().map(|it| it.ready).collect();
    assert_eq!(ready, [true, false, false, false]);
}

#[test]
fn all_proposals_of_a_sheet_are_taken_for_rows_without_a_paper() {
    for rubric in &editions()[0].rubrics {
        let mut sheet = sheet(rubric.annex, "车工");
        sheet.add_paper(1, "自己写的");
        let n = sheet.take_proposals(rubric);
        let asked = rubric.rows().filter(|it| it.number != 1).map(|it| proposals(rubric, it).len()).sum::<usize>();
        assert_eq!((n, sheet.work.evidence.len()), (asked, asked + 1));
        assert!(sheet.work.evidence.is_sorted_by_key(|it| it.row), "in filing order");
        assert_eq!(sheet.take_proposals(rubric), 0, "once");
        assert!(rubric.rows().all(|it| it.number == 1 || sheet.open_proposals(rubric, it.number).is_empty()));
    }
}

#[test]
fn the_table_of_contents_shows_every_field_in_filing_order() {
    let edition = &editions()[0];
    let mut dossier = full();
    dossier.sheets.reverse();
    dossier.sheets[0].add_paper(16, "国家职业技能标准");
    let table = csv(&evidence_of(edition, &dossier)).replace('\r', "");
    assert_eq!(
        table.trim_start_matches('\u{feff}'),
        "序号,自评表,编号,材料名称,存放处,责任人,是否备齐,页码\n\
         1,附件1 公共部分,1-1,营业执照副本,档案室己柜,保管人庚,已备,7-9\n\
         2,附件2 车工（数控车床）,2-16,国家职业技能标准,,,未备,\n"
    );
    let one = csv(&evidence_table(edition.rubric(1).expect("annex 1"), dossier.sheet(1).expect("a sheet")));
    assert!(one.contains("1,1-1,营业执照副本,档案室己柜,保管人庚,已备,7-9"), "{one}");
}
