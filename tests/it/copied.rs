//! A sheet's table for the clipboard and as CSV.

use ziping::dossier::{Dossier, Sheet};
use ziping::packet::{copied, csv_table, flat_table};
use ziping::rubric::RowKind;
use ziping::spreadsheet::{Cell, csv};

use crate::{EMPLOYER, editions, every_field};

#[test]
fn the_flat_table_has_a_line_for_each_row_and_the_total() {
    let (edition, dossier) = (&editions()[0], every_field::full());
    for sheet in &dossier.sheets {
        let rubric = edition.rubric(sheet.annex).expect("its annex");
        let table = flat_table(edition, rubric, sheet);
        assert_eq!(table.rows.len(), rubric.rows().count() + 1);
        let ids: Vec<String> = rubric.rows().map(|it| rubric.row_id(it.number)).collect();
        for (row, id) in table.rows.iter().zip(&ids) {
            assert_eq!((row.len(), &row[0]), (8, &Cell::Text(id.clone())));
            assert!(row[1] != Cell::Empty && row[4] != Cell::Empty, "{id}");
        }
        let points = |row: &Vec<Cell>| if let Cell::Tenths(it) = row[5] { it } else { 0 };
        let counted = rubric.rows().zip(&table.rows).filter(|it| rubric.kind(it.0) != RowKind::Bonus);
        assert_eq!(counted.map(|it| points(it.1)).sum::<i64>(), i64::from(rubric.total.in_tenths()));
        for (row, note) in &sheet.notes {
            let line = &table.rows[usize::from(*row) - 1];
            assert!(matches!(&line[7], Cell::Text(it) if it.contains(note.as_str())), "{note}");
        }
        let text = csv(&csv_table(edition, rubric, sheet));
        assert!(text.starts_with("\u{feff}编号,项目,项目分解,评估内容,评估标准,分值,得分,备注\r\n"));
        // no program takes the number of a row for a day
        assert!(text.contains(&format!("\r\n\"{}\t\",", ids[0])));
    }
}

#[test]
fn every_table_is_copied_without_a_hole_and_nothing_in_it_is_markup_or_a_formula() {
    let edition = &editions()[0];
    for rubric in &edition.rubrics {
        let mut dossier = Dossier::new("<b>某厂&某校".to_owned(), EMPLOYER, edition, &[]);
        let mut sheet = Sheet { id: 1, annex: rubric.annex, ..Sheet::default() };
        sheet.set_note(1, "=1+1\n<script>".to_owned());
        dossier.sheets.push(sheet.clone());
        let [html, text] = copied(edition, rubric, &dossier, &sheet);
        assert!(html.contains("&lt;b&gt;某厂&amp;某校") && !html.contains("<script>") && !html.contains(">=1"));
        assert!(html.contains("'=1+1<br style=\"mso-data-placement:same-cell\">&lt;script&gt;"));
        assert!(text.lines().all(|it| it.split('\t').count() == 8) && !text.contains("\t=1"), "附件{}", rubric.annex);
        // each line of the table fills eight columns, counted with the cells that reach down into it
        let mut down = [0_usize; 8];
        for line in html.split("<tr>").skip(1) {
            let mut column = 0;
            for cell in line.split("<t").filter(|it| it.starts_with("d") || it.starts_with("h")) {
                let spans = |name: &str| {
                    let after = cell.split_once(&format!(" {name}=\""));
                    after.map_or(1, |it| it.1.split_once('"').expect("closed").0.parse().expect("a number"))
                };
                while 0 < down[column] {
                    down[column] -= 1;
                    column += 1;
                }
                let (wide, high) = (spans("colspan"), spans("rowspan"));
                down[column..column + wide].fill(high - 1);
                column += wide;
            }
            for left in &mut down[column..] {
                assert!(0 < *left, "附件{}: a hole in {line}", rubric.annex);
                *left -= 1;
            }
        }
        assert_eq!(down, [0; 8]);
    }
}
