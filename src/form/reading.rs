//! A workbook that was filled in, read back: what is in it, and each cell that could not be read, with the reason.

mod lost;

use std::fmt;

use crate::dossier::{Dossier, Roster, Sheet, cleaned};
use crate::filing::Rules;
use crate::letters::is_blank;
use crate::rubric::Edition;
use crate::score::{Given, faults, fits};
use crate::spreadsheet::{NotRead, ReadTable, ReadValue, cell_name, read};

use super::field::InputValue;
use super::layout::{FormField, FormSheet};
use super::lists::all_tables;
use super::overview::{OVERVIEW, overview, route_values};
use super::problem::CellProblem;
use super::sign::{SIGN, Sign};
use super::tables::{EntryTable, LineValues, table_read};
use super::{LAYOUT, declared, entries, officials};

use lost::lost_sign;

/// What a workbook holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadForm {
    pub dossier: Dossier,
    /// It was made of a whole dossier, not of one sheet.
    pub whole: bool,
    pub day: Option<u32>,
    /// The hidden worksheet was lost: what the tables are, and of which edition, was found out by what is printed in them.
    pub assumed: bool,
    /// What is not in `dossier` because it could not be read.
    pub problems: Vec<CellProblem>,
}

/// Why nothing of a workbook is read.
#[derive(Clone, Debug, PartialEq)]
pub enum FormRefused {
    NotRead(NotRead),
    /// None of ours.
    Foreign,
    /// Like the table of this annex, but without the hidden worksheet and with other rows and columns.
    Altered(u8),
    /// Made by a later version.
    Newer,
    /// Of an edition that is not known here.
    Edition(String),
}

/// Could a file be a workbook? By its first bytes.
pub fn is_form(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads a workbook that was made by [`super::workbook`] or [`super::sheet_workbook`] and filled in.
///
/// # Errors
/// Why nothing of it is read.
pub fn read_form(editions: &[Edition], rules: &[Rules], bytes: &[u8]) -> Result<ReadForm, FormRefused> {
    let tables = read(bytes).map_err(FormRefused::NotRead)?;
    let signed = tables.iter().find(|it| it.name == SIGN).and_then(Sign::read);
    let assumed = signed.is_none();
    let sign = match signed {
        Some(sign) => sign,
        None => lost_sign(editions, &tables)?,
    };
    if LAYOUT < sign.layout {
        return Err(FormRefused::Newer);
    }
    let edition = editions.iter().find(|it| it.id == sign.edition);
    let edition = edition.ok_or_else(|| FormRefused::Edition(sign.edition.clone()))?;
    let rules = rules.iter().find(|it| it.edition == edition.id);
    // a kind that the edition does not have is an altered sign
    let applicant = edition.applicant(&sign.applicant).ok_or(FormRefused::Foreign)?;
    let mut dossier = Dossier::new(String::new(), applicant, edition, &[]);
    for signed in &sign.sheets {
        dossier.sheets.push(possible(signed.rest.clone()));
    }
    let mut form = BeingRead { edition, rules, dossier, problems: Vec::new() };
    let blank = form.dossier.clone();
    let mut forms = officials(edition, &blank, &sign);
    let there = |name: &str| tables.iter().any(|it| it.name == name);
    // where the sign is lost, nobody knows what else there was
    if sign.whole && (!assumed || there(OVERVIEW)) {
        forms.insert(0, overview(edition, rules, &blank, &[]));
    }
    let mut known: Vec<&str> = forms.iter().map(|it| it.sheet.name.as_str()).collect();
    for laid in &forms {
        match form.table(&tables, &laid.sheet.name) {
            Some(table) => form.official(laid, table),
            None => form.gone(&laid.sheet.name),
        }
    }
    if sign.whole {
        let of_school = |it: &ReadTable| it.name == declared::DECLARED && it.get(0, declared::SCHOOL).is_some();
        let school = tables.iter().any(of_school);
        for (table, _) in all_tables(edition, &blank, &sign.names(), school) {
            known.push(table.name);
            if !assumed || there(table.name) {
                form.list(&tables, &table);
            }
        }
    }
    for table in tables.iter().filter(|it| !it.hidden && !it.cells.is_empty() && !known.contains(&it.name.as_str())) {
        let message = "这张工作表不是下载的表里原有的，没有读入".to_owned();
        form.refuse(&table.name, "A1".to_owned(), message);
    }
    form.judge(&sign, &forms);
    let BeingRead { mut dossier, problems, .. } = form;
    dossier.leave_numbers();
    if !dossier.sheets.is_sorted_by(|a, b| a.id < b.id) {
        // a stranger gave one twice
        dossier.number_anew();
    }
    // one worksheet that was copied is one sheet, whatever it was copied from
    let whole = sign.whole && (!assumed || 1 < sign.sheets.len() || there(OVERVIEW));
    Ok(ReadForm { dossier: cleaned(dossier), whole, day: sign.day, assumed, problems })
}

/// Takes lists into a dossier that has its sheets already; gives what could not be read.
pub fn take_lists(
    edition: &Edition,
    rules: Option<&Rules>,
    dossier: &mut Dossier,
    lists: &[ReadTable],
) -> Vec<CellProblem> {
    let names = Sign::of(edition, dossier, None, true).names();
    let school = lists.iter().any(|it| it.name == declared::DECLARED && it.get(0, declared::SCHOOL).is_some());
    let mut form = BeingRead { edition, rules, dossier: dossier.clone(), problems: Vec::new() };
    for (table, _) in all_tables(edition, dossier, &names, school) {
        if lists.iter().any(|it| it.name == table.name) {
            form.list(lists, &table);
        }
    }
    *dossier = cleaned(form.dossier);
    form.problems
}

/// Without values that nobody could have given here.
fn possible(mut sheet: Sheet) -> Sheet {
    let good = |given: &&Given| fits(given.fact.measure(), given.value);
    sheet.answers = sheet.answers.iter().filter(good).copied().collect();
    sheet.work.versions.retain(|version| version.answers.iter().all(|it| good(&it)));
    sheet
}

struct BeingRead<'r> {
    edition: &'r Edition,
    rules: Option<&'r Rules>,
    dossier: Dossier,
    problems: Vec<CellProblem>,
}

impl BeingRead<'_> {
    fn refuse(&mut self, sheet: &str, cell: String, message: String) {
        self.problems.push(CellProblem { sheet: sheet.to_owned(), cell, message });
    }

    fn table<'t>(&self, tables: &'t [ReadTable], name: &str) -> Option<&'t ReadTable> {
        tables.iter().find(|it| it.name == name)
    }

    fn gone(&mut self, name: &str) {
        let message = format!("没有“{name}”这张工作表：可能改了名称或删除了，里面的内容没有读入");
        self.refuse(name, "A1".to_owned(), message);
    }

    /// Compares what must stand as it is, then takes what was filled in; of a row that was altered nothing is taken.
    fn official(&mut self, form: &FormSheet, table: &ReadTable) {
        let mut altered: Vec<u16> = Vec::new();
        for fixed in &form.fixed {
            let there = table.get(fixed.row, fixed.column).map(ReadValue::text).unwrap_or_default();
            if same(&there, &fixed.text) {
                continue;
            }
            altered.extend(fixed.of);
            let now = if there.is_empty() {
                "现在是空的".to_owned()
            } else {
                format!("现在是“{}”", short(&there))
            };
            let lost = if fixed.of.is_some() { "；这一行所填的没有读入" } else { "" };
            let words = format!("这一格应为“{}”，{now}，表格被改动过{lost}", short(&fixed.text));
            self.refuse(&table.name, cell_name(fixed.row, fixed.column), words);
        }
        for input in &form.inputs {
            let Some(value) = table.get(input.row, input.column) else { continue };
            if input.of.is_some_and(|it| altered.contains(&it)) {
                let message = format!("“{}”没有读入，因为这一行的表格被改动过", short(&value.text()));
                self.refuse(&table.name, cell_name(input.row, input.column), message);
                continue;
            }
            let read = input.kind.read(value).and_then(|said| said.map_or(Ok(()), |it| self.take(&input.field, it)));
            if let Err(message) = read {
                self.refuse(&table.name, cell_name(input.row, input.column), message);
            }
        }
        // a formula anywhere else is told as well, though nothing is read there
        let input = |row, column| form.inputs.iter().any(|it| (it.row, it.column) == (row, column));
        for cell in table.cells.iter().filter(|it| it.value == ReadValue::Formula && !input(it.row, it.column)) {
            let message = "这里是公式，公式不读入，请删去".to_owned();
            self.refuse(&table.name, cell.name(), message);
        }
    }

    fn take(&mut self, field: &FormField, value: InputValue) -> Result<(), String> {
        let Dossier { unit, facts, sheets, .. } = &mut self.dossier;
        match field {
            FormField::Unit => *unit = value.text(),
            FormField::Place => facts.place = value.text(),
            FormField::Contact => facts.contact = value.text(),
            FormField::Telephone => facts.telephone = value.text(),
            FormField::Date => facts.date = value.text(),
            FormField::Examiners => facts.examiners = value.text(),
            FormField::Experts => facts.experts = value.text(),
            FormField::People => facts.people = value.text(),
            FormField::Route(id) => {
                let Some(question) = self.rules.and_then(|it| it.routes.question(id)) else { return Ok(()) };
                let values = route_values(question, &value.text())?;
                let answers = &mut self.dossier.route.0;
                answers.extend(values.into_iter().map(|it| (id.clone(), it)));
                crate::order::sort_by(answers, |a, b| a.0.cmp(&b.0));
            }
            FormField::Blank(at, n) => sheets[*at].set_blank(*n, value.text()),
            FormField::Code(at) => sheets[*at].occupation_code = value.text(),
            FormField::Levels(at) => sheets[*at].levels = value.text(),
            FormField::Answer(at, row, fact) => {
                sheets[*at].answers.set(*row, *fact, value.number());
            }
            FormField::Note(at, row) => sheets[*at].set_note(*row, value.text()),
        }
        Ok(())
    }

    fn list(&mut self, tables: &[ReadTable], list: &EntryTable) {
        let Some(table) = self.table(tables, list.name) else { return self.gone(list.name) };
        for (row, entry) in table_read(list, table, &mut self.problems) {
            if let Err((column, message)) = self.enter(list.name, &entry) {
                self.refuse(list.name, cell_name(row, column), message);
            }
        }
    }

    fn enter(&mut self, list: &str, entry: &LineValues) -> Result<(), (u32, String)> {
        let Roster { examiners, experts, equipment } = &mut self.dossier.roster;
        match list {
            "考评人员" => examiners.push(entries::examiner(entry)),
            "专家" => experts.push(entries::expert(entry)),
            "设备" => equipment.push(entries::piece(entry)),
            "申报的职业" => self.dossier.declared.push(declared::row(entry).into()),
            _ => {
                let (at, _, row) = entries::belongs(self.edition, &self.dossier, entry)?;
                let Some(sheet) = self.dossier.sheets.get_mut(at) else { return Ok(()) };
                match list {
                    "整改清单" => sheet.work.tasks.push(entries::task(row, entry)?),
                    "佐证材料" => sheet.work.evidence.push(entries::proof(row, entry)),
                    _ => sheet.work.wishes.set_mark(entries::mark(row, entry)),
                }
            }
        }
        Ok(())
    }

    /// Tells what cannot be, as more defects than people; it stays as it was typed, for whoever mends it on the page.
    fn judge(&mut self, sign: &Sign, forms: &[FormSheet]) {
        for (at, signed) in sign.sheets.iter().enumerate() {
            let Some(rubric) = self.edition.rubric(signed.rest.annex) else { continue };
            for fault in faults(rubric, &self.dossier.sheets[at].answers) {
                let place = forms.iter().find_map(|form| {
                    let of_fact = |it: &FormField| *it == FormField::Answer(at, fault.row, fault.fact);
                    let input = form.inputs.iter().find(|it| of_fact(&it.field))?;
                    Some((form.sheet.name.clone(), cell_name(input.row, input.column)))
                });
                let Some((sheet, cell)) = place else { continue };
                self.refuse(&sheet, cell, format!("{}：{}", rubric.row_id(fault.row), fault.kind));
            }
        }
    }
}

/// The same words, whatever spaces and line ends a program made of them.
pub fn same(there: &str, fixed: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|it| !is_blank(*it)).collect::<String>();
    there == fixed || plain(there) == plain(fixed)
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(24).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl fmt::Display for FormRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormRefused::NotRead(why) => why.fmt(f),
            FormRefused::Foreign => {
                f.write_str("这不是由自评工具做的表格，认不出是哪个附件；请下载空白表，把内容填进去再读入")
            }
            FormRefused::Altered(annex) => write!(
                f,
                "这像是附件{annex}的表，但缺少隐藏的工作表“ziping”，行列也与下载的表不同；请重新下载空白表，把内容填进去再读入"
            ),
            FormRefused::Newer => f.write_str("这张表由较新版本的程序做成，请更新后再读入"),
            FormRefused::Edition(id) => write!(f, "这张表依据的评估要点版本 {id} 这里没有"),
        }
    }
}
