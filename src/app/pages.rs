//! The pages on which something is filled in, one function each. What follows from the rules of filing decodes them first.

use leptos::prelude::AnyView;

use super::part::missing;
use super::{Address, AppPart, State, case, data, meet, share, sheet as sheets, work};

/// All of them. In the browser the program of the app calls them one by one, each from a part that is fetched when it is
/// wanted.
pub fn page(state: State, address: &Address) -> AnyView {
    match address.part() {
        Some(AppPart::Start) => start(state, address),
        Some(AppPart::Mine) => mine(state, address),
        Some(AppPart::Dossier) => dossier(state, address),
        Some(AppPart::Scope) => scope(state, address),
        Some(AppPart::Sheet) => sheet(state, address),
        Some(AppPart::Form) => form(state, address),
        Some(AppPart::Send) => send(state, address),
        Some(AppPart::Open) => open(state, address),
        Some(AppPart::Compare) => compare_alone(state, address),
        Some(AppPart::Panel) => panel(state, address),
        Some(AppPart::Desk) => desk(state, address),
        Some(AppPart::Plan) => plan(state, address),
        Some(AppPart::Roster) => roster(state, address),
        Some(AppPart::Evidence) => evidence(state, address),
        Some(AppPart::Packet) => packet(state, address),
        Some(AppPart::Workbook) => workbook(state, address),
        Some(AppPart::Versions) => versions(state, address),
        Some(AppPart::Join) | None => missing(state, address),
    }
}

/// There is nothing to show at this address.
pub fn missing(state: State, _: &Address) -> AnyView {
    missing::no_dossier(state)
}

pub fn start(state: State, address: &Address) -> AnyView {
    data::read_rules();
    let Address::Start(folder, at) = address else { return missing::no_dossier(state) };
    case::start::start(state, folder, at)
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
    match address {
        Address::Form(annex, of) => share::form::form(state, *annex, of),
        other => share::papers::papers(state, other.dossier()),
    }
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
    meet::compare::compare(state, address.dossier(), meet::compare::newer)
}

/// The same without what a newer edition makes of a record: the site as one file is full.
fn compare_alone(state: State, address: &Address) -> AnyView {
    data::read_rules();
    meet::compare::compare(state, address.dossier(), |_, _| Vec::new())
}

pub fn panel(state: State, _: &Address) -> AnyView {
    data::read_rules();
    meet::panel::panel(state)
}

pub fn desk(state: State, _: &Address) -> AnyView {
    data::read_rules();
    meet::desk::desk(state)
}

pub fn plan(state: State, address: &Address) -> AnyView {
    let Address::Plan(of) = address else { return missing::no_dossier(state) };
    work::plan::plan(state, of.as_ref())
}

pub fn roster(state: State, address: &Address) -> AnyView {
    data::read_rules();
    work::roster::roster(state, address.dossier())
}

pub fn evidence(state: State, address: &Address) -> AnyView {
    data::read_rules();
    work::evidence::evidence(state, address.dossier())
}

pub fn packet(state: State, address: &Address) -> AnyView {
    data::read_rules();
    work::packet::packet(state, address.dossier())
}

pub fn workbook(state: State, _: &Address) -> AnyView {
    data::read_rules();
    work::workbook::workbook(state)
}

pub fn versions(state: State, address: &Address) -> AnyView {
    let Address::Versions(of) = address else { return missing::no_dossier(state) };
    work::versions::versions(state, of.as_ref())
}
