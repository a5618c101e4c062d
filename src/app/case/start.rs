//! stub
use crate::app::State;
use crate::app::route::At;
use crate::rubric::Applicant;
use leptos::prelude::*;
pub fn start(_state: State, _applicant: Applicant, _at: &At) -> AnyView {
    ().into_any()
}
