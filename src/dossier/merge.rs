//! Two pages changed one dossier: what both did, in one. Row by row, from the state that both began with; only what both
//! changed, each in its own way, is left to the person.

mod list;

use crate::bytes::wire::Wire;
use crate::filing::route::FilingAnswers;
use crate::filing::scope::DeclaredRow;
use crate::order;
use crate::plan::{Mark, Wishes};
use crate::rubric::Fact;
use crate::score::{Answers, Given};

use super::{Dossier, Equipment, Evidence, Examiner, Expert, Roster, Shared, Sheet, Task, UnitFacts, Version, Work};

use list::{JoinedList, Lists, merge_list};

/// What became of two states of a dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Everything that one of both changed. Where both did, it has what they did.
    pub dossier: Dossier,
    /// What both changed, each in its own way.
    pub clashes: Vec<Clash>,
    /// New sheets of mine that have another number now, as theirs have taken it: the old one and the new one.
    pub renumbered: Vec<(u16, u16)>,
}

/// Something that mine and theirs say differently, and neither as it was before.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The sheet that it belongs to.
    pub sheet: Option<u16>,
    pub mine: ClashValue,
    pub theirs: ClashValue,
}

/// What stands there.
#[derive(Clone, Debug, PartialEq)]
pub enum ClashValue {
    /// A text of the header of a dossier or a sheet.
    Text(HeadPlace, String),
    /// The answers to a question on who files where.
    Route(String, Vec<String>),
    /// The answer to a row.
    Answer(u16, Vec<(Fact, i64)>),
    /// 备注 of a row.
    Note(u16, String),
    Declared(Shared<DeclaredRow>),
    Examiner(Examiner),
    Expert(Expert),
    Equipment(Equipment),
    Paper(Evidence),
    Task(Task),
    Version(Version),
    /// What is said about mending a row.
    Mark(Mark),
    /// The band that is aimed at, and whether it must be safe.
    Wishes(Wishes),
}

/// A text that stands once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadPlace {
    Unit,
    Place,
    Contact,
    Telephone,
    Date,
    Examiners,
    Experts,
    People,
    /// A blank of the sheet's printed header.
    Blank(usize),
    Code,
    Levels,
}

/// Puts together what two pages made of `base`. Total, and the same for both pages but for what clashes.
pub fn merge(base: &Dossier, mine: &Dossier, theirs: &Dossier) -> Merged {
    let mut join = DossierMerge { sheet: None, clashes: Vec::new(), renumbered: Vec::new() };
    let all = [base, mine, theirs];
    let roster = [&base.roster, &mine.roster, &theirs.roster];
    let dossier = Dossier {
        unit: join.text(HeadPlace::Unit, all.map(|it| &*it.unit)),
        applicant: newer(all.map(|it| &it.applicant)).unwrap_or(&theirs.applicant).to_owned(),
        edition: newer(all.map(|it| &it.edition)).unwrap_or(&theirs.edition).to_owned(),
        // taken out of the bin by one of both, it stays out
        binned: newer(all.map(|it| &it.binned)).copied().unwrap_or(mine.binned.min(theirs.binned)),
        route: join.route(all.map(|it| &it.route)),
        facts: join.facts(all.map(|it| &it.facts)),
        declared: join.list(all.map(|it| &*it.declared), is_same_row, ClashValue::Declared),
        roster: Roster {
            examiners: join.list(roster.map(|it| &*it.examiners), |a, b| same(&a.name, &b.name), ClashValue::Examiner),
            experts: join.list(roster.map(|it| &*it.experts), |a, b| same(&a.name, &b.name), ClashValue::Expert),
            equipment: join.list(
                roster.map(|it| &*it.equipment),
                |a, b| same(&a.name, &b.name) && a.occupation == b.occupation,
                ClashValue::Equipment,
            ),
        },
        sheets: join.sheets(all.map(|it| &*it.sheets)),
    };
    Merged { dossier, clashes: join.clashes, renumbered: join.renumbered }
}

/// What one of both changed, or both alike; `None` where both changed it, each in its own way.
fn newer<T: PartialEq + ?Sized>([base, mine, theirs]: [&T; 3]) -> Option<&T> {
    if mine == theirs || theirs == base { Some(mine) } else { (mine == base).then_some(theirs) }
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && one == other
}

fn is_same_row(one: &Shared<DeclaredRow>, other: &Shared<DeclaredRow>) -> bool {
    same(&one.name, &other.name) && one.trade == other.trade || same(&one.code, &other.code) && one.name.is_empty()
}

struct DossierMerge {
    sheet: Option<u16>,
    clashes: Vec<Clash>,
    renumbered: Vec<(u16, u16)>,
}

impl DossierMerge {
    #[inline(never)]
    fn clash(&mut self, mine: ClashValue, theirs: ClashValue) {
        self.clashes.push(Clash { sheet: self.sheet, mine, theirs });
    }

    #[inline(never)]
    fn text(&mut self, place: HeadPlace, all: [&str; 3]) -> String {
        if newer(all).is_none() {
            self.clash(ClashValue::Text(place, all[1].to_owned()), ClashValue::Text(place, all[2].to_owned()));
        }
        newer(all).unwrap_or(all[2]).to_owned()
    }

    fn list<T: Clone + Wire>(
        &mut self,
        all: [&[T]; 3],
        alike: fn(&T, &T) -> bool,
        value: fn(T) -> ClashValue,
    ) -> Vec<T> {
        let JoinedList { taken, clashes } = merge_list(&Lists(all, alike));
        let sides = [all[1], all[2]];
        for [mine, theirs] in clashes {
            self.clash(value(sides[0][mine].clone()), value(sides[1][theirs].clone()));
        }
        taken.into_iter().map(|(side, at)| sides[side][at].clone()).collect()
    }

    fn facts(&mut self, all: [&UnitFacts; 3]) -> UnitFacts {
        UnitFacts {
            place: self.text(HeadPlace::Place, all.map(|it| &*it.place)),
            contact: self.text(HeadPlace::Contact, all.map(|it| &*it.contact)),
            telephone: self.text(HeadPlace::Telephone, all.map(|it| &*it.telephone)),
            date: self.text(HeadPlace::Date, all.map(|it| &*it.date)),
            examiners: self.text(HeadPlace::Examiners, all.map(|it| &*it.examiners)),
            experts: self.text(HeadPlace::Experts, all.map(|it| &*it.experts)),
            people: self.text(HeadPlace::People, all.map(|it| &*it.people)),
        }
    }

    fn route(&mut self, all: [&FilingAnswers; 3]) -> FilingAnswers {
        if let Some(newer) = newer(all) {
            return newer.clone();
        }
        let mut asked: Vec<&String> = all.iter().flat_map(|it| &it.0).map(|it| &it.0).collect();
        order::sort(&mut asked);
        asked.dedup();
        let mut joined = Vec::new();
        for question in asked {
            let given = all.map(|it| it.all(question).map(str::to_owned).collect::<Vec<_>>());
            let [_, mine, theirs] = &given;
            let now = newer(given.each_ref());
            if now.is_none() {
                let route = |it: &Vec<String>| ClashValue::Route(question.clone(), it.clone());
                self.clash(route(mine), route(theirs));
            }
            joined.extend(now.unwrap_or(theirs).iter().map(|it| (question.clone(), it.clone())));
        }
        FilingAnswers(joined)
    }

    /// Sheets by their number and annex, as the number of one that was deleted may be given again.
    fn sheets(&mut self, all: [&[Sheet]; 3]) -> Vec<Sheet> {
        if let Some(newer) = newer(all) {
            return newer.to_vec();
        }
        let [base, mine, theirs] = all;
        let find = |list: &'_ [Sheet], of: &Sheet| list.iter().position(|it| (it.id, it.annex) == (of.id, of.annex));
        let mut joined: Vec<Sheet> = Vec::new();
        for old in base {
            let one = |list| find(list, old);
            match (one(mine).map(|it| &mine[it]), one(theirs).map(|it| &theirs[it])) {
                (Some(mine), Some(theirs)) => joined.push(self.one_sheet([old, mine, theirs])),
                // what one deleted and the other changed stays
                (Some(only), None) | (None, Some(only)) if only != old => joined.push(only.clone()),
                _ => {}
            }
        }
        let new = |list: &[Sheet]| list.iter().filter(|it| find(base, it).is_none()).cloned().collect::<Vec<_>>();
        let their_new = new(theirs);
        let mine_new = new(mine).into_iter().filter(|it| !their_new.contains(it));
        let mut highest = all.iter().flat_map(|it| it.iter()).map(|it| it.id).max().unwrap_or_default();
        for mut sheet in their_new.iter().cloned().chain(mine_new) {
            if joined.iter().any(|it| it.id == sheet.id) {
                highest = highest.saturating_add(1);
                self.renumbered.push((sheet.id, highest));
                sheet.id = highest;
            }
            joined.push(sheet);
        }
        order::sort_by_key(&mut joined, |it| it.id);
        joined
    }

    fn one_sheet(&mut self, all: [&Sheet; 3]) -> Sheet {
        if let Some(newer) = newer(all) {
            return newer.clone();
        }
        let [base, mine, theirs] = all;
        self.sheet = Some(base.id);
        let lens = all.map(|it| it.blanks.len());
        let mut blanks: Vec<String> = (0..lens.into_iter().max().unwrap_or_default())
            .map(|at| self.text(HeadPlace::Blank(at), all.map(|it| it.blank(at))))
            .collect();
        let len = newer(lens.each_ref()).copied().unwrap_or(blanks.len());
        while len < blanks.len() && blanks.last().is_some_and(String::is_empty) {
            blanks.pop();
        }
        let mut sheet = Sheet {
            id: base.id,
            annex: base.annex,
            blanks,
            occupation_code: self.text(HeadPlace::Code, all.map(|it| &*it.occupation_code)),
            levels: self.text(HeadPlace::Levels, all.map(|it| &*it.levels)),
            answers: self.answers(all.map(|it| &it.answers)),
            notes: theirs.notes.clone(),
            work: self.work(all.map(|it| &it.work)),
        };
        let mut noted: Vec<u16> = all.iter().flat_map(|it| &it.notes).map(|it| it.0).collect();
        order::sort(&mut noted);
        noted.dedup();
        for row in noted {
            let notes = all.map(|it| it.note(row));
            if newer(notes).is_none() {
                let note = |it: &Sheet| ClashValue::Note(row, it.note(row).to_owned());
                self.clash(note(mine), note(theirs));
            }
            sheet.set_note(row, newer(notes).unwrap_or(notes[2]).to_owned());
        }
        self.sheet = None;
        sheet
    }

    fn answers(&mut self, all: [&Answers; 3]) -> Answers {
        if let Some(newer) = newer(all) {
            return newer.clone();
        }
        let mut rows: Vec<u16> = all.iter().flat_map(|it| it.iter()).map(|it| it.row).collect();
        order::sort(&mut rows);
        rows.dedup();
        let mut joined = Answers::default();
        for row in rows {
            let given = all.map(|it| it.row(row).given());
            if newer(given).is_none() {
                let answer =
                    |given: &[Given]| ClashValue::Answer(row, given.iter().map(|it| (it.fact, it.value)).collect());
                self.clash(answer(given[1]), answer(given[2]));
            }
            for it in newer(given).unwrap_or(given[2]) {
                joined.set(row, it.fact, Some(it.value));
            }
        }
        joined
    }

    fn work(&mut self, all: [&Work; 3]) -> Work {
        let of_paper = |a: &Evidence, b: &Evidence| a.row == b.row && same(&a.paper, &b.paper);
        let mut work = Work {
            wishes: self.wishes(all.map(|it| &it.wishes)),
            tasks: self.list(all.map(|it| &*it.tasks), |a, b| a.row == b.row, ClashValue::Task),
            evidence: self.list(all.map(|it| &*it.evidence), of_paper, ClashValue::Paper),
            versions: self.list(all.map(|it| &*it.versions), |a, b| a.made == b.made, ClashValue::Version),
        };
        if newer(all.map(|it| &it.evidence)).is_none() {
            order::sort_by_key(&mut work.evidence, |it| it.row);
        }
        if newer(all.map(|it| &it.versions)).is_none() {
            order::sort_by_key(&mut work.versions, |it| it.made);
        }
        work
    }

    fn wishes(&mut self, all: [&Wishes; 3]) -> Wishes {
        let aim = |it: &Wishes| Wishes { target: it.target, safe: it.safe, marks: Vec::new() };
        let aims = all.map(aim);
        let now = newer(aims.each_ref());
        if now.is_none() {
            let [_, mine, theirs] = aims.clone();
            self.clash(ClashValue::Wishes(mine), ClashValue::Wishes(theirs));
        }
        let marks = self.list(all.map(|it| &*it.marks), |a, b| a.row == b.row, ClashValue::Mark);
        let mut wishes = Wishes { marks, ..now.unwrap_or(&aims[2]).clone() };
        if newer(all.map(|it| &it.marks)).is_none() {
            order::sort_by_key(&mut wishes.marks, |it| it.row);
        }
        wishes
    }
}

impl Clash {
    /// Puts mine in the place of theirs.
    pub fn settle(&self, dossier: &mut Dossier) {
        use ClashValue as Value;
        if let Value::Text(place, text) = &self.mine {
            return put_text(dossier, self.sheet, *place, text);
        }
        let sheet = self.sheet.and_then(|id| dossier.sheets.iter_mut().find(|it| it.id == id));
        match (&self.mine, &self.theirs, sheet) {
            (Value::Route(question, values), ..) => {
                dossier.route.set(question, None);
                values.iter().for_each(|it| dossier.route.toggle(question, it));
            }
            (Value::Answer(row, given), _, Some(sheet)) => {
                sheet.answers.clear(*row);
                for (fact, value) in given {
                    sheet.answers.set(*row, *fact, Some(*value));
                }
            }
            (Value::Note(row, note), _, Some(sheet)) => sheet.set_note(*row, note.clone()),
            (Value::Declared(mine), Value::Declared(theirs), _) => swap(&mut dossier.declared, theirs, mine),
            (Value::Examiner(mine), Value::Examiner(theirs), _) => swap(&mut dossier.roster.examiners, theirs, mine),
            (Value::Expert(mine), Value::Expert(theirs), _) => swap(&mut dossier.roster.experts, theirs, mine),
            (Value::Equipment(mine), Value::Equipment(theirs), _) => swap(&mut dossier.roster.equipment, theirs, mine),
            (Value::Paper(mine), Value::Paper(theirs), Some(sheet)) => swap(&mut sheet.work.evidence, theirs, mine),
            (Value::Task(mine), Value::Task(theirs), Some(sheet)) => swap(&mut sheet.work.tasks, theirs, mine),
            (Value::Version(mine), Value::Version(theirs), Some(sheet)) => {
                swap(&mut sheet.work.versions, theirs, mine);
            }
            (Value::Mark(mine), Value::Mark(theirs), Some(sheet)) => swap(&mut sheet.work.wishes.marks, theirs, mine),
            (Value::Wishes(mine), _, Some(sheet)) => {
                let marks = std::mem::take(&mut sheet.work.wishes.marks);
                sheet.work.wishes = Wishes { marks, ..mine.clone() };
            }
            _ => {}
        }
    }
}

fn put_text(dossier: &mut Dossier, sheet: Option<u16>, place: HeadPlace, text: &str) {
    let text = text.to_owned();
    if let Some(sheet) = sheet.and_then(|id| dossier.sheets.iter_mut().find(|it| it.id == id)) {
        match place {
            HeadPlace::Blank(at) => sheet.set_blank(at, text),
            HeadPlace::Code => sheet.occupation_code = text,
            _ => sheet.levels = text,
        }
        return;
    }
    let facts = &mut dossier.facts;
    match place {
        HeadPlace::Unit => dossier.unit = text,
        HeadPlace::Place => facts.place = text,
        HeadPlace::Contact => facts.contact = text,
        HeadPlace::Telephone => facts.telephone = text,
        HeadPlace::Date => facts.date = text,
        HeadPlace::Examiners => facts.examiners = text,
        HeadPlace::Experts => facts.experts = text,
        HeadPlace::People => facts.people = text,
        HeadPlace::Blank(_) | HeadPlace::Code | HeadPlace::Levels => {}
    }
}

/// Changed since, it is not there any more: then mine is added.
fn swap<T: Clone + PartialEq>(list: &mut Vec<T>, theirs: &T, mine: &T) {
    match list.iter_mut().find(|it| *it == theirs) {
        Some(there) => *there = mine.clone(),
        None => list.push(mine.clone()),
    }
}
