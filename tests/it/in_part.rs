//! A damaged 自评文件 opens record by record wherever one is taken: one that does not open costs no other, and is counted
//! and named.

use ziping::carrier::{Unreadable, lost_in_words, read, read_file, read_one};
use ziping::desk::Desk;
use ziping::dossier::{About, Dossier, NotOpened, write_backup};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions};

fn three(edition_of_last: &str) -> String {
    let all = ["甲公司", "乙校", "丙厂"].map(|unit| {
        let mut dossier = Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], &[1]);
        if unit == "丙厂" {
            dossier.edition = edition_of_last.to_owned();
        }
        (dossier, About { title: unit.to_owned(), lines: Vec::new() })
    });
    write_backup(&all, "2026年11月26日", 1_790_000_000, "")
}

/// With one letter changed in the record with this number.
fn with_wrong(text: &str, number: usize) -> String {
    let at = text.match_indices("\"ZP2.").nth(number).expect("a record").0 + 60;
    let other = if &text[at..=at] == "A" { "B" } else { "A" };
    [&text[..at], other, &text[at + 1..]].concat()
}

/// On the pages for one record, on the desk and where a backup is restored: the units that opened, and what is said.
fn everywhere(text: &str) -> (Vec<String>, String) {
    let one = read_one(known(), text).expect("some opens");
    let units: Vec<String> = one.records.iter().map(|it| it.dossier.unit.clone()).collect();
    let (restored, lost) = read_file(editions(), text).expect("a file");
    assert_eq!(restored.iter().map(|it| &it.dossier.unit).collect::<Vec<_>>(), units.iter().collect::<Vec<_>>());
    assert_eq!(lost, one.lost);
    let mut desk = Desk::default();
    desk.add("来信.json", text);
    while desk.progress().done < desk.progress().of {
        desk.step(known(), 7);
    }
    assert_eq!((desk.n_records, desk.entries.len(), desk.unopened.len()), (units.len(), units.len(), lost.len()));
    let reasons: Vec<String> = desk.unopened.iter().map(|it| it.reason.to_string()).collect();
    assert_eq!(reasons, lost.iter().map(|it| format!("{it}，其余已打开")).collect::<Vec<_>>());
    (units, lost_in_words(&lost))
}

#[test]
fn one_damaged_record_of_a_file_costs_no_other_on_any_page() {
    let edition = editions()[0].id.as_str();
    let whole = three(edition);
    assert_eq!(everywhere(&whole), (["甲公司", "乙校", "丙厂"].map(str::to_owned).to_vec(), String::new()));
    let wrong = with_wrong(&whole, 1);
    assert_eq!(
        everywhere(&wrong),
        (["甲公司", "丙厂"].map(str::to_owned).to_vec(), "没有全部打开：第 2 份（乙校）已损坏。".to_owned())
    );
    let cut = &whole[..whole.rfind("\"ZP2.").expect("the last") + 60];
    assert_eq!(
        everywhere(cut),
        (["甲公司", "乙校"].map(str::to_owned).to_vec(), "没有全部打开：第 3 份（丙厂）已损坏。".to_owned())
    );
    let cut = &whole[..whole.rfind("\"ZP2.").expect("the last")];
    assert_eq!(everywhere(cut).1, "没有全部打开：文件不完整，缺 1 份。");
    let headless = &whole[whole.find("\"ZP2.").expect("the first") + 60..];
    assert_eq!(
        everywhere(headless),
        (["乙校", "丙厂"].map(str::to_owned).to_vec(), "没有全部打开：文件不完整，缺 1 份。".to_owned())
    );
    let newer = everywhere(&whole.replacen("\"ZP2.", "\"ZP7.", 1));
    assert_eq!(newer.1, "没有全部打开：第 1 份（甲公司）由较新版本的程序保存，更新后再打开。");
    let unknown = everywhere(&with_wrong(&three("henan-1999"), 0));
    assert_eq!(unknown.1, "没有全部打开：第 1 份（甲公司）已损坏；“丙厂”依据的评估要点版本 henan-1999 本网站没有。");
    let nameless = ["甲公司", ""].map(|unit| {
        let mut dossier = Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], &[1]);
        if unit.is_empty() {
            "henan-1999".clone_into(&mut dossier.edition);
        }
        (dossier, About { title: String::new(), lines: Vec::new() })
    });
    let nameless = everywhere(&write_backup(&nameless, "", 0, ""));
    assert_eq!(nameless.1, "没有全部打开：有一份依据的评估要点版本 henan-1999 本网站没有。");
    // a file larger than any code or link is read as well
    let large = wrong.replacen("\"填写\": [", &format!("\"填写\": [\n        \"{}\",", "备注".repeat(20_000)), 1);
    assert_eq!(everywhere(&large), everywhere(&wrong));
}

/// Where nothing opens it is one refusal; and programs, which read a file in whole or not at all, are told as before.
#[test]
fn a_file_of_which_nothing_opens_is_refused_once() {
    let whole = three(editions()[0].id.as_str());
    let none = (0..3).fold(whole.clone(), |text, number| with_wrong(&text, number));
    let damaged = |whole| Unreadable::File(NotOpened::Damaged { whole, of: 3 });
    assert_eq!(read_one(known(), &none), Err(damaged(0)));
    let mut desk = Desk::default();
    desk.add("来信.json", &none);
    desk.step(known(), 7);
    assert_eq!((desk.n_records, desk.unopened.len()), (0, 1));
    assert_eq!(read(known(), &with_wrong(&whole, 1)), Err(damaged(2)));
}
