//! Who files where: questions, a decision table, and what follows from the answers.

use crate::wire::wire_struct;

/// `filing.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routes {
    pub clause: String,
}

wire_struct! {
    Routes { clause }
}
