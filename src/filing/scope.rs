//! What may be declared: a row of the declaration, cell by cell.

use crate::wire::wire_struct;

/// `scope.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    pub clause: String,
}

wire_struct! {
    Scope { clause }
}
