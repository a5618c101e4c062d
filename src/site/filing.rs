//! `filing.toml` as the typed model.

use crate::filing::route::Routes;

use super::table::{Source, Table};

pub fn read_routes(source: &Source<'_>) -> Routes {
    let document = source.parse();
    let it = Table::document(source, document.get_ref());
    it.end();
    Routes::default()
}
