//! `scope.toml` as the typed model.

use crate::filing::scope::Scope;

use super::table::{Source, Table};

pub fn read_scope(source: &Source<'_>) -> Scope {
    let document = source.parse();
    let it = Table::document(source, document.get_ref());
    it.end();
    Scope::default()
}
