//! What the roster offers to the rows of a sheet: the numbers, who is behind each, and what has to be said first.

use crate::rubric::{Fact, Row, Rubric};
use crate::score::{Answers, Given, facts_in_words};

use super::super::Sheet;
use super::follows::{
    RosterAsked, asked, complies, equipment, examiners, experts, of_examiner, of_expert, roster_facts, take_facts,
};
use super::{Equipment, Roster};

/// What follows from the roster for a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterOffer {
    pub row: u16,
    /// Empty while something is not said.
    pub facts: Vec<(Fact, i64)>,
    /// 不符合 2 名. Empty while something is not said.
    pub says: String,
    /// Who and what is behind the number: 张某（无聘书）.
    pub behind: Vec<String>,
    /// Nobody, or nothing, is listed for the occupation of the sheet.
    pub nobody: bool,
    /// What has to be said before there is a number: 李某（聘书）.
    pub missing: Vec<String>,
}

impl RosterOffer {
    /// Do the answers of the sheet say the same already? What a row leaves open that may be left open is not compared.
    pub fn is_answered(&self, sheet: &Sheet) -> bool {
        let given = |it: &(Fact, i64)| sheet.answers.get(self.row, it.0) == Some(it.1);
        !self.facts.is_empty() && self.facts.iter().all(given)
    }

    /// Does the sheet say something else?
    pub fn differs(&self, sheet: &Sheet) -> bool {
        self.facts.iter().any(|it| sheet.answers.get(self.row, it.0).is_some_and(|n| n != it.1))
    }

    pub fn take(&self, sheet: &mut Sheet) {
        take_facts(sheet, self.row, &self.facts);
    }
}

/// Everything that the roster offers to a sheet, from top to bottom.
pub fn roster_offers(rubric: &Rubric, roster: &Roster, sheet: &Sheet) -> Vec<RosterOffer> {
    rubric.rows().filter_map(|row| roster_offer(roster, sheet, row)).collect()
}

/// What the roster offers to a row; `None` where the row asks for nothing of it, or its list is empty.
pub fn roster_offer(roster: &Roster, sheet: &Sheet, row: &Row) -> Option<RosterOffer> {
    let asked = asked(row)?;
    let mut offer = RosterOffer {
        row: row.number,
        facts: roster_facts(roster, sheet, row),
        says: String::new(),
        behind: Vec::new(),
        nobody: false,
        missing: Vec::new(),
    };
    match asked {
        RosterAsked::Examiners(_) | RosterAsked::Number => {
            for it in examiners(roster, sheet) {
                person(&mut offer, &it.name, &of_examiner(it, asked), asked);
            }
        }
        RosterAsked::Experts(_) => {
            for it in experts(roster, sheet) {
                person(&mut offer, &it.name, &of_expert(it, asked), asked);
            }
        }
        RosterAsked::ExpertNumber => {
            offer.behind = experts(roster, sheet).map(|it| named(&it.name)).collect();
        }
        RosterAsked::Rate | RosterAsked::Worn => {
            for it in equipment(roster, sheet) {
                pieces_of(&mut offer, it, asked);
            }
        }
    }
    let listed = match asked {
        RosterAsked::Examiners(_) | RosterAsked::Number => {
            (roster.examiners.is_empty(), examiners(roster, sheet).next().is_some())
        }
        RosterAsked::Experts(_) | RosterAsked::ExpertNumber => {
            (roster.experts.is_empty(), experts(roster, sheet).next().is_some())
        }
        RosterAsked::Rate | RosterAsked::Worn => {
            (roster.equipment.is_empty(), equipment(roster, sheet).next().is_some())
        }
    };
    offer.nobody = listed == (false, false);
    let answers: Answers = offer.facts.iter().map(|it| Given { row: row.number, fact: it.0, value: it.1 }).collect();
    if !offer.facts.is_empty() {
        offer.says = facts_in_words(&row.rule, answers.row(row.number));
    }
    (!offer.facts.is_empty() || !offer.missing.is_empty() || offer.nobody).then_some(offer)
}

fn person(offer: &mut RosterOffer, name: &str, needs: &[(&str, Option<bool>)], asked: RosterAsked) {
    let of = |said: Option<bool>| needs.iter().filter(move |it| it.1 == said).map(|it| it.0).collect::<Vec<_>>();
    match complies(needs) {
        Some(false) => offer.behind.push(format!("{}（无{}）", named(name), of(Some(false)).join("、"))),
        Some(true) if asked == RosterAsked::Number => offer.behind.push(named(name)),
        Some(true) => {}
        None => offer.missing.push(format!("{}（{}）", named(name), of(None).join("、"))),
    }
}

fn pieces_of(offer: &mut RosterOffer, listed: &Equipment, asked: RosterAsked) {
    let name = named(&listed.name);
    match (asked, listed.count, listed.intact, listed.worn) {
        (RosterAsked::Worn, _, _, Some(0)) => {}
        (RosterAsked::Worn, _, _, Some(worn)) => offer.behind.push(format!("{name} {worn} 处")),
        (RosterAsked::Worn, _, _, None) => offer.missing.push(format!("{name}（陈旧）")),
        (_, Some(count), Some(intact), _) if count < intact => {
            offer.missing.push(format!("{name}（完好 {intact} 多于数量 {count}，请改）"));
        }
        (_, Some(count), Some(intact), _) if intact == count => {}
        (_, Some(count), Some(intact), _) => offer.behind.push(format!("{name} {} 不完好", count - intact)),
        (_, None, None, _) => offer.missing.push(format!("{name}（数量、完好）")),
        (_, None, Some(_), _) => offer.missing.push(format!("{name}（数量）")),
        (_, Some(_), None, _) => offer.missing.push(format!("{name}（完好）")),
    }
}

fn named(name: &str) -> String {
    if name.is_empty() { "未填姓名".to_owned() } else { name.to_owned() }
}
