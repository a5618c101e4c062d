//! The pages on which something is filled in, one function each. What follows from the rules of filing decodes them first.

use leptos::prelude::AnyView;

use super::part::missing;
use super::{Part, Route, State, case, data, meet, share, sheet as sheets};

/// All of them. In the browser the program of the app calls them one by one, each from a part that is fetched when it is
/// wanted.
pub fn page(state: State, route: &Route) -> AnyView {
    match route.part() {
        Some(Part::Start) => start(state, route),
        Some(Part::Mine) => mine(state, route),
        Some(Part::Dossier) => dossier(state, route),
        Some(Part::Scope) => scope(state, route),
        Some(Part::Sheet) => sheet(state, route),
        Some(Part::Form) => form(state, route),
        Some(Part::Send) => send(state, route),
        Some(Part::Open) => open(state, route),
        Some(Part::Compare) => compare(state, route),
        Some(Part::Panel) => panel(state, route),
        Some(Part::Desk) => desk(state, route),
        None => missing(state, route),
    }
}

/// There is nothing to show at this address.
pub fn missing(state: State, _: &Route) -> AnyView {
    missing::no_dossier(state)
}

pub fn start(state: State, route: &Route) -> AnyView {
    data::read_rules();
    let Route::Start(applicant, at) = route else { return missing::no_dossier(state) };
    case::start::start(state, *applicant, at)
}

pub fn mine(state: State, _: &Route) -> AnyView {
    case::mine::mine(state)
}

pub fn dossier(state: State, route: &Route) -> AnyView {
    data::read_rules();
    case::dossier::dossier(state, route.dossier())
}

pub fn scope(state: State, route: &Route) -> AnyView {
    data::read_rules();
    case::scope::scope(state, route.dossier())
}

pub fn sheet(state: State, route: &Route) -> AnyView {
    let Route::Sheet(annex, of) = route else { return missing::no_dossier(state) };
    sheets::sheet(state, *annex, of.as_ref())
}

pub fn form(state: State, route: &Route) -> AnyView {
    data::read_rules();
    let Route::Form(annex, of) = route else { return missing::no_dossier(state) };
    share::form::form(state, *annex, of)
}

pub fn send(state: State, route: &Route) -> AnyView {
    data::read_rules();
    let Route::Share(dossier, sheet) = route else { return missing::no_dossier(state) };
    share::send::send(state, dossier.as_deref(), *sheet)
}

pub fn open(state: State, _: &Route) -> AnyView {
    data::read_rules();
    share::open::open(state)
}

pub fn compare(state: State, route: &Route) -> AnyView {
    data::read_rules();
    meet::compare::compare(state, route.dossier())
}

pub fn panel(state: State, _: &Route) -> AnyView {
    data::read_rules();
    meet::panel::panel(state)
}

pub fn desk(state: State, _: &Route) -> AnyView {
    data::read_rules();
    meet::desk::desk(state)
}
