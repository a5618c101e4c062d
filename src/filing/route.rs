//! stub
use crate::wire::wire_struct;
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routes {
    pub clause: String,
}
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers(pub Vec<(String, String)>);
impl crate::wire::Wire for Answers {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
    fn read(from: &mut crate::wire::Bytes<'_>) -> Answers {
        Answers(crate::wire::Wire::read(from))
    }
}
wire_struct! { Routes { clause } }
