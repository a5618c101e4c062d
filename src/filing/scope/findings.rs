//! What was found about a declared row, in the words of the edition.

use super::{Checked, DeclaredRow, Ruling, Scope, ScopeCheckKind, ScopeReason, Standard, Suggest, levels};

/// A row in the form in which it is compared.
pub(super) struct CountedRow<'r> {
    pub code: String,
    pub name: String,
    pub trade: String,
    pub levels: Vec<u8>,
    pub typed_levels: &'r str,
    pub row: &'r DeclaredRow,
}

/// What was found so far.
pub(super) struct ScopeFindings<'r> {
    pub scope: &'r Scope,
    pub of: &'r CountedRow<'r>,
    reasons: Vec<ScopeReason>,
    suggest: Option<Suggest>,
    pub readings: Vec<String>,
}

impl<'r> ScopeFindings<'r> {
    pub fn of(scope: &'r Scope, of: &'r CountedRow<'r>) -> ScopeFindings<'r> {
        ScopeFindings { scope, of, reasons: Vec::new(), suggest: None, readings: Vec::new() }
    }

    /// Adds a finding in the edition's words; `fills` are for the placeholders of this kind.
    pub fn say(&mut self, kind: ScopeCheckKind, fills: &[(&str, &str)]) {
        let Some(check) = self.scope.checks.iter().find(|it| it.kind == kind) else { return };
        let of = self.of;
        let levels = if of.levels.is_empty() { of.typed_levels.trim().to_owned() } else { levels::print(&of.levels) };
        let of_row = [("code", &of.code), ("name", &of.name), ("trade", &of.trade), ("levels", &levels)];
        let own = of_row.into_iter().map(|(key, text)| (key, text.as_str()));
        let all: Vec<(&str, &str)> = own.chain(fills.iter().copied()).collect();
        // the gravest first, among equals the first found; the standard library's sort is kilobytes of WASM
        let at = self.reasons.iter().position(|it| it.result < check.result).unwrap_or(self.reasons.len());
        let reason = ScopeReason {
            kind,
            result: check.result,
            cell: kind.cell(),
            clause: check.clause.clone(),
            message: filled(&check.message, &all),
            readings: check.readings.clone(),
        };
        self.reasons.insert(at, reason);
    }

    pub fn suggest(&mut self, name: &str, trade: &str) {
        self.suggest.get_or_insert_with(|| Suggest { name: name.to_owned(), trade: trade.to_owned() });
    }

    /// A new 国家职业技能标准 decides, by what the person says (reading SCO-17).
    pub fn decided_by_standard(&self) -> bool {
        let row = self.of.row;
        row.standard != Standard::Enterprise && row.standard_year.is_some_and(|it| self.scope.since.figure <= it)
    }

    pub fn done(self) -> Checked {
        let reasons = self.reasons;
        let mut readings: Vec<String> = Vec::new();
        for id in reasons.iter().flat_map(|it| &it.readings).chain(&self.readings) {
            if !readings.contains(id) {
                readings.push(id.clone());
            }
        }
        Checked {
            result: reasons.first().map_or(Ruling::Ok, |it| it.result),
            levels: self.of.levels.clone(),
            trade: self.of.trade.clone(),
            reasons,
            suggest: self.suggest,
            readings,
        }
    }
}

/// The message with its placeholders filled; one that nobody fills stays as it is.
fn filled(message: &str, fills: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let found = after.split_once('}').and_then(|(key, after)| {
            let fill = fills.iter().find(|it| it.0 == key)?;
            Some((fill.1, after))
        });
        match found {
            Some((fill, after)) => {
                text.push_str(fill);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}
