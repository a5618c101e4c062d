//! 备案: who files where (豫职鉴〔2021〕1号 一), and what may be declared (二、三). The rules are data, filing.toml and
//! scope.toml of an edition; what is here applies them.

pub mod code;
pub mod route;
pub mod scope;

use crate::wire::wire_struct;

use route::Routes;
use scope::Scope;

/// What an edition rules about filing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Id of the edition.
    pub edition: String,
    /// `filing.toml`.
    pub routes: Routes,
    /// `scope.toml`.
    pub scope: Scope,
}

wire_struct! {
    Rules { edition, routes, scope }
}
