//! stub
use super::Dossier;
use crate::filing::Rules;
use crate::rubric::Edition;
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub weight: Weight,
    pub place: Place,
    pub message: String,
    pub readings: Vec<String>,
}
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    Blocks,
    Contradiction,
    Missing,
    Hint,
}
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    Unit,
    Facts,
    Route,
    Declared(usize),
    Sheet(u16),
    Header(u16),
    Row(u16, u16),
}
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    AnswerRoute,
    NameUnit,
    Mend(Finding),
    Declare,
    AddSheets(usize),
    Fill { sheet: u16, row: u16 },
    Settle(Finding),
    Facts,
    Backup,
    Print,
}
impl Next {
    pub fn words(&self, _: &Edition, _: &Rules, _: &Dossier) -> String {
        "占位".to_owned()
    }
}
pub fn review(_: &Edition, _: &Rules, _: &Dossier) -> Vec<Finding> {
    vec![Finding { weight: Weight::Blocks, place: Place::Unit, message: "占位".into(), readings: vec![] }]
}
pub fn next_step(_: &Edition, _: &Rules, _: &Dossier, _: u32) -> Next {
    Next::Print
}
