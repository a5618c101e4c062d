//! 备案: who files where (一 of the notice), and what may be declared (二、三). The rules are data, filing.toml and
//! scope.toml of an edition; what is here applies them.

pub mod code;
pub mod place;
pub mod route;
pub mod scope;

use crate::bytes::wire::wire_struct;

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
    /// Where on the site each clause that the rules lean on is published: 某职鉴〔2021〕1号 三（二） and
    /// `notice/notice-2021-1/#3-2`.
    pub addresses: Vec<(String, String)>,
}

impl Rules {
    /// Says the edition who files where? One without `filing.toml` does not.
    pub fn has_routes(&self) -> bool {
        !self.routes.questions.is_empty()
    }

    /// Says it what may be declared? One without `scope.toml` does not, and has no 评价范围申报表.
    pub fn has_scope(&self) -> bool {
        !self.scope.checks.is_empty()
    }

    /// Every clause that the rules lean on, each once.
    pub fn clauses(&self) -> Vec<&str> {
        let all = self.routes.clauses.iter().chain(self.scope.checks.iter().map(|it| &it.clause));
        let mut clauses: Vec<&str> = Vec::new();
        for clause in all {
            if !clauses.contains(&clause.as_str()) {
                clauses.push(clause);
            }
        }
        clauses
    }

    pub fn address(&self, clause: &str) -> Option<&str> {
        self.addresses.iter().find(|it| it.0 == clause).map(|it| it.1.as_str())
    }
}

wire_struct! {
    Rules { edition, routes, scope, addresses }
}
