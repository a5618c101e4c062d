//! `ziping form` run as the real program: workbooks out, workbooks in, and what is wrong with either.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use ziping::dossier::Dossier;
use ziping::form::{read_form, workbook};
use ziping::plan::Wishes;
use ziping::score::Given;

use crate::cli::{lines, text, ziping};
use crate::form::{altered, plain, rules};
use crate::schema::accepts;
use crate::{editions, every_field, path};

/// What `form --out` writes into a new folder, and its files by name.
fn written(folder: &Path, more: &[&str], input: &str) -> (std::process::Output, BTreeSet<String>) {
    let out = folder.to_string_lossy().into_owned();
    let run = ziping(&[&["form", "--out", &out], more].concat(), input.as_bytes());
    let there = fs::read_dir(folder).into_iter().flatten().flatten();
    (run, there.map(|it| it.file_name().to_string_lossy().into_owned()).collect())
}

fn read_back(folder: &Path, names: &[&str]) -> std::process::Output {
    let files: Vec<String> = names.iter().map(|it| folder.join(it).to_string_lossy().into_owned()).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    ziping(&[&["form", "--read"], &files[..]].concat(), b"")
}

fn sheet() -> Value {
    json!({
        "rubric": "2", "edition": "henan-2021", "occupation": "车工", "code": "6-18-01-01", "levels": "4、3",
        "figures": ["12", "3", "5"],
        "answers": {"2-4": {"qualified_examiners": 5, "headcount": 6}, "2-8": {"award": 3.5}, "2-20": {"met": true}},
        "partial": {"2-21": {"detailed": true}},
        "notes": {"2-4": "另有 2 名\n兼职"}, "unit": "某公司", "place": "平顶山市", "day": "2026-11-28",
        "contact": "某人", "telephone": "0375-1234567", "date": "2026年11月28日",
    })
}

/// The sheet with keys that its rows really have.
fn sound_sheet() -> Value {
    let mut sheet = sheet();
    let rubric = editions()[0].rubric(2).expect("annex 2");
    let facts = |id: &str| {
        let row = rubric.rows().find(|it| rubric.row_id(it.number) == id).expect("a row");
        row.rule.forms().concat()
    };
    sheet["answers"].as_object_mut().expect("answers").retain(|id, answer| {
        let keys: Vec<&str> = facts(id).iter().map(|it| it.name()).collect();
        answer.as_object().is_some_and(|it| it.keys().all(|key| keys.contains(&key.as_str())))
    });
    sheet.as_object_mut().expect("a sheet").remove("partial");
    assert!(2 <= sheet["answers"].as_object().map_or(0, |it| it.len()), "{sheet}");
    sheet
}

#[test]
fn a_sheet_goes_out_and_comes_back_with_all_that_the_line_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = sound_sheet();
    let (run, names) = written(folder.path(), &[], &line.to_string());
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()), "{}", text(&run.stdout));
    assert_eq!(names, BTreeSet::from(["附件2-车工-自评-20261128.xlsx".to_owned()]));
    assert_eq!(lines(&run), [json!({"file": "附件2-车工-自评-20261128.xlsx"})]);
    let back = read_back(folder.path(), &["附件2-车工-自评-20261128.xlsx"]);
    assert_eq!((back.status.code(), text(&back.stderr)), (Some(0), String::new()));
    assert_eq!(lines(&back), std::slice::from_ref(&line));
    accepts("form-input", [&line]);
    accepts("form-output", &lines(&back));
    let scores = ["answers", "rubric"].map(|key| line[key].clone());
    let scored = lines(&ziping(&["score"], &back.stdout));
    let plainly = json!({"answers": scores[0], "rubric": scores[1]}).to_string();
    assert_eq!(scored, lines(&ziping(&["score"], plainly.as_bytes())), "the score is the same");
    let code = ziping(&["code", "--encode"], &back.stdout);
    assert_eq!(code.status.code(), Some(0), "{}", text(&code.stdout));
    let decoded = lines(&ziping(&["code"], &code.stdout));
    assert_eq!((&decoded[0]["occupation"], &decoded[0]["answers"]), (&"车工".into(), &line["answers"]));
    // the same line gives the same file, and nothing is written twice
    let (again, names) = written(folder.path(), &[], &text(&back.stdout));
    assert_eq!((lines(&again), names.len()), (lines(&run), 1));
}

#[test]
fn a_dossier_goes_out_and_comes_back_with_its_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dossier = crate::office::sound();
    // earlier versions, what a plan aims at and facts of other rows have no key
    for sheet in &mut dossier.sheets {
        let rubric = editions()[0].rubric(sheet.annex).expect("a rubric");
        let asked = |it: &&Given| rubric.row(it.row).is_some_and(|row| row.rule.forms().concat().contains(&it.fact));
        sheet.answers = sheet.answers.iter().filter(asked).copied().collect();
        sheet.work.versions.clear();
        let marks = std::mem::take(&mut sheet.work.wishes.marks);
        sheet.work.wishes = Wishes { marks, ..Wishes::default() };
    }
    let day = ziping::days::read("2026-11-28");
    let first = workbook(&editions()[0], rules().first().expect("rules"), &dossier, day, "");
    fs::write(folder.path().join("甲.xlsx"), first).expect("it can be written");
    let line = read_back(folder.path(), &["甲.xlsx"]);
    assert_eq!((line.status.code(), text(&line.stderr)), (Some(0), String::new()), "{}", text(&line.stdout));
    let said = &lines(&line)[0];
    accepts("form-input", [said]);
    accepts("form-output", [said]);
    accepts("code-input", [said]);
    for list in ["整改清单", "整改打算", "佐证材料", "考评人员", "专家", "设备", "申报的职业"]
    {
        assert!(said["lists"][list].as_array().is_some_and(|it| !it.is_empty()), "{list}: {said}");
    }
    assert_eq!(said["contact"], dossier.facts.contact.as_str());
    let out = folder.path().join("out");
    let (run, names) = written(&out, &[], &text(&line.stdout));
    assert_eq!((run.status.code(), names.len()), (Some(0), 1), "{}", text(&run.stdout));
    let name = names.first().expect("one");
    assert!(name.ends_with("-自评-20261128.xlsx"), "{name}");
    let bytes = fs::read(out.join(name)).expect("it is there");
    let back = read_form(editions(), rules(), &bytes).expect("it is ours");
    let as_read =
        read_form(editions(), rules(), &fs::read(folder.path().join("甲.xlsx")).expect("there")).expect("ours");
    let numbered = |mut dossier: Dossier| {
        (1..).zip(&mut dossier.sheets).for_each(|(id, sheet)| sheet.id = id);
        plain(dossier)
    };
    assert_eq!((back.problems.len(), numbered(back.dossier)), (0, numbered(as_read.dossier)));
    let code = ziping(&["code", "--encode", "--unit", "--notes"], &line.stdout);
    assert_eq!(code.status.code(), Some(0), "{}", text(&code.stdout));
    assert_eq!(lines(&ziping(&["code"], &code.stdout))[0]["sheets"], said["sheets"]);
    // wrong lists are refused where they are wrong
    for (lists, at) in [
        (json!({"别的": []}), ("unknown_key", "lists.别的")),
        (json!({"专家": {}}), ("type", "lists.专家")),
        (json!({"专家": [{"年龄": "40"}]}), ("unknown_key", "lists.专家.0.年龄")),
        (json!({"设备": [{"名称": "车床"}, {"名称": "铣床", "数量": "很多"}]}), ("value", "lists.设备.1.数量")),
    ] {
        let line = json!({"sheets": [], "lists": lists}).to_string();
        let (run, _) = written(&out, &[], &line);
        let error = &lines(&run)[0]["error"];
        assert_eq!(
            (run.status.code(), error["code"].as_str(), error["path"].as_str()),
            (Some(2), Some(at.0), Some(at.1))
        );
    }
}

#[test]
fn files_are_numbered_and_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |occupation: &str, n: u8| {
        json!({"rubric": "2", "occupation": occupation, "answers": {"2-1": {"defects": n}}}).to_string()
    };
    let input = [line("车工", 0), line("车工", 1), line("a/b:c*d?\"<>|\\", 0), line("", 0)].join("\n");
    fs::write(folder.path().join("附件2-车工-自评-20250102-2.xlsx"), "别人的文件").expect("it can be written");
    let (run, names) = written(folder.path(), &["--day", "2025-01-02"], &input);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let printed: Vec<String> = lines(&run).iter().filter_map(|it| it["file"].as_str().map(str::to_owned)).collect();
    assert_eq!(printed[..2], ["附件2-车工-自评-20250102.xlsx", "附件2-车工-自评-20250102-3.xlsx"]);
    assert_eq!(printed[2], "附件2-a_b_c_d______-自评-20250102.xlsx");
    assert_eq!(printed.len() + 1, names.len(), "{names:?}");
    let kept = fs::read(folder.path().join("附件2-车工-自评-20250102-2.xlsx")).expect("it is there");
    assert_eq!(kept, "别人的文件".as_bytes());
    // where no day is named, that of the file is today
    let (run, _) = written(&folder.path().join("今天"), &[], &line("车工", 0));
    let name = lines(&run)[0]["file"].as_str().unwrap_or_default().to_owned();
    assert!(name.starts_with("附件2-车工-自评-20") && name.len() == "附件2-车工-自评-20261128.xlsx".len());
}

#[test]
fn blank_forms_of_all_rubrics() {
    let folder = tempfile::tempdir().expect("a folder");
    let (run, names) = written(folder.path(), &["--blank"], "");
    assert_eq!((run.status.code(), names.len(), lines(&run).len()), (Some(0), 6, 6));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let back = lines(&read_back(folder.path(), &names));
    let rubrics: Vec<&str> = back.iter().filter_map(|it| it["rubric"].as_str()).collect();
    assert_eq!(rubrics, ["1", "2", "3", "4", "5", "6"]);
    assert!(back.iter().all(|it| it["answers"] == json!({})));
}

#[test]
fn a_broken_workbook_is_told_cell_by_cell_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, names) = written(folder.path(), &["--blank"], "");
    let first = names.first().expect("six files");
    let bytes = fs::read(folder.path().join(first)).expect("it is there");
    let tables = ziping::spreadsheet::read(&bytes).expect("it is read");
    let row = tables[0].cells.iter().find(|it| it.column == 9 && it.value.text() == "1-1").expect("1-1").row;
    let cell = format!("L{}", row + 1);
    let broken = altered(&bytes, &format!("<c r=\"{cell}\" s=\"9\"/>"), &format!("<c r=\"{cell}\"><f>1+1</f></c>"));
    fs::write(folder.path().join("坏.xlsx"), broken).expect("it can be written");
    fs::write(folder.path().join("别的.xlsx"), "不是表格").expect("it can be written");
    let others: Vec<&str> = names.iter().map(String::as_str).collect();
    let run = read_back(folder.path(), &[&["坏.xlsx", "别的.xlsx"], &others[1..]].concat());
    assert_eq!(run.status.code(), Some(2));
    let said = lines(&run);
    assert_eq!(said.len(), 7);
    let error = &said[0]["error"];
    assert_eq!((&error["code"], &error["path"]), (&"cell".into(), &format!("附件1!{cell}").into()));
    assert!(error["message"].as_str().is_some_and(|it| it.contains("公式不读入")), "{error}");
    assert!(said[0]["file"].as_str().is_some_and(|it| it.ends_with("坏.xlsx")));
    assert_eq!(said[1]["error"]["code"], "workbook");
    assert!(said[2..].iter().all(|it| it.get("error").is_none() && it["answers"] == json!({})));
    accepts("form-output", &said);
}

#[test]
fn wrong_lines_are_refused_and_the_others_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = "{\"rubric\":\"3\",\"answers\":{}}\n{\n{\"id\":7,\"rubric\":\"9\",\"answers\":{}}\n\
                 {\"rubric\":\"3\",\"answers\":{\"3-3\":{\"met\":true}}}\n{\"sheets\":[],\"unit\":\"甲\"}";
    let (run, names) = written(folder.path(), &[], input);
    assert_eq!((run.status.code(), names.len()), (Some(2), 2), "{names:?}");
    assert_eq!(text(&run.stderr), "5 行中有 3 行被拒绝，原因见输出的 error\n");
    let said = lines(&run);
    let codes: Vec<&str> = said.iter().map(|it| it["error"]["code"].as_str().unwrap_or("file")).collect();
    assert_eq!(codes, ["file", "json", "unknown_rubric", "form", "file"]);
    assert_eq!(
        (&said[1]["line"], &said[2]["id"], &said[3]["error"]["path"]),
        (&2.into(), &7.into(), &"answers.3-3.met".into())
    );
    for wrong in [&["form"][..], &["form", "--out", "a", "--read"], &["form", "--out", "a", "--day", "2026-02-30"]] {
        assert_eq!(ziping(wrong, b"").status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn every_dossier_of_a_backup_is_a_workbook_with_all_that_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let dossier = every_field::full();
    let file = crate::desk::backup(&dossier, 20_784);
    let (run, names) = written(folder.path(), &[], &file);
    assert_eq!((run.status.code(), names.len()), (Some(0), 1), "{}", text(&run.stdout));
    let bytes = fs::read(folder.path().join(names.first().expect("one"))).expect("it is there");
    let back = read_form(editions(), rules(), &bytes).expect("it is ours");
    assert_eq!(plain(back.dossier), plain(dossier));
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_folder_that_cannot_be_made_end_with_a_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let blank = |stdout: Stdio| {
        Command::new(env!("CARGO_BIN_EXE_ziping"))
            .args(["form", "--blank", "--out", &out])
            .current_dir(path(""))
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .and_then(std::process::Child::wait_with_output)
            .expect("it runs")
    };
    let full = File::options().write(true).open("/dev/full").expect("a full disk");
    let run = blank(full.into());
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(text(&run.stderr), "ziping: 写不了标准输出：磁盘已满\n");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let run = blank(writer.into());
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()));
    fs::write(folder.path().join("文件"), "").expect("it can be written");
    let (run, _) = written(&folder.path().join("文件"), &["--blank"], "");
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).starts_with("ziping: 建不了文件夹 "), "{}", text(&run.stderr));
}
