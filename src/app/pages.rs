//! The pages on which something is filled in, one function each. What follows from the rules of filing decodes them first.

use leptos::prelude::AnyView;

use super::part::missing;
use super::{Address, Part, State, case, data, meet, share, sheet as sheets};

/// All of them. In the browser the program of the app calls them one by one, each from a part that is fetched when it is
/// wanted.
pub fn page(state: State, address: &Address) -> AnyView {
    match address.part() {
        Some(Part::Start) => start(state, address),
        Some(Part::Mine) => mine(state, address),
        Some(Part::Dossier) => dossier(state, address),
        Some(Part::Scope) => scope(state, address),
        Some(Part::Sheet) => sheet(state, address),
        Some(Part::Form) => form(state, address),
        Some(Part::Send) => send(state, address),
        Some(Part::Open) => open(state, address),
        Some(Part::Compare) => compare(state, address),
        Some(Part::Panel) => panel(state, address),
        Some(Part::Desk) => desk(state, address),
        None => missing(state, address),
    }
}

/// There is nothing to show at this address.
pub fn missing(state: State, _: &Address) -> AnyView {
    missing::no_dossier(state)
}

pub fn start(state: State, address: &Address) -> AnyView {
    data::read_rules();
    let Address::Start(applicant, at) = address else { return missing::no_dossier(state) };
    case::start::start(state, *applicant, at)
}

pub fn mine(state: State, _: &Address) -> AnyView {
    case::mine::mine(state)
}

pub fn dossier(state: State, address: &Address) -> AnyView {
    data::read_rules();
    case::dossier::dossier(state, address.dossier())
}

pub fn scope(state: State, address: &Address) -> AnyView {
    data::read_rules();
    case::scope::scope(state, address.dossier())
}

pub fn sheet(state: State, address: &Address) -> AnyView {
    let Address::Sheet(annex, of) = address else { return missing::no_dossier(state) };
    sheets::sheet(state, *annex, of.as_ref())
}

pub fn form(state: State, address: &Address) -> AnyView {
    data::read_rules();
    let Address::Form(annex, of) = address else { return missing::no_dossier(state) };
    share::form::form(state, *annex, of)
}

pub fn send(state: State, address: &Address) -> AnyView {
    data::read_rules();
    let Address::Share(dossier, sheet) = address else { return missing::no_dossier(state) };
    share::send::send(state, dossier.as_deref(), *sheet)
}

pub fn open(state: State, _: &Address) -> AnyView {
    data::read_rules();
    share::open::open(state)
}

pub fn compare(state: State, address: &Address) -> AnyView {
    data::read_rules();
    meet::compare::compare(state, address.dossier())
}

pub fn panel(state: State, _: &Address) -> AnyView {
    data::read_rules();
    meet::panel::panel(state)
}

pub fn desk(state: State, _: &Address) -> AnyView {
    data::read_rules();
    meet::desk::desk(state)
}
