//! stub
use crate::wire::wire_struct;
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    pub clause: String,
}
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub code: String,
    pub name: String,
    pub trade: String,
    pub levels: String,
}
wire_struct! { Scope { clause } Row { code, name, trade, levels } }
impl Row {
    pub fn texts(&mut self) -> [&mut String; 4] {
        [&mut self.code, &mut self.name, &mut self.trade, &mut self.levels]
    }
}
pub fn table_line(row: &Row) -> String {
    row.code.clone()
}
