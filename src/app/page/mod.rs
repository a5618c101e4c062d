//! The pages on which something can be filled in, one file each. Pages that only read are the generator's.

mod dossier;
mod home;
mod mine;
mod missing;
mod sheet;
mod start;

use leptos::prelude::*;

use crate::rubric::Edition;

use super::part::label;
use super::{Route, State};

/// The page of a route. What only reads is not here: the browser loads its file.
pub fn page(state: State, route: &Route) -> AnyView {
    match route {
        Route::Home => home::home(state),
        Route::Start(applicant) => start::start(state, *applicant),
        Route::Mine => mine::mine(state),
        Route::Dossier(id) => dossier::dossier(state, id.as_deref()),
        Route::Sheet(annex, of) => sheet::sheet(state, *annex, of.as_ref()),
        Route::Form(annex, of) => sheet::form(state, *annex, of),
        Route::Notices
        | Route::Notice(_)
        | Route::Collection
        | Route::Contents
        | Route::Rubrics
        | Route::Rubric(_)
        | Route::Readings
        | Route::About
        | Route::Missing => missing::no_dossier(state),
    }
}

/// What the window and the tab are called on a page of the app.
pub fn title(edition: &Edition, route: &Route) -> String {
    let of = |annex: u8| {
        let rubric = edition.rubric(annex);
        rubric.map_or("", |it| label::applicant(it.applicant)).to_owned() + rubric.map_or("", |it| label::part(it.part))
    };
    let page = match route {
        Route::Home => return "自评 · 职业技能等级评价机构备案".to_owned(),
        Route::Form(annex, _) => format!("附件{annex} {} 自评结果", of(*annex)),
        Route::Start(applicant) => format!("新建自评 {}", label::applicant(*applicant)),
        Route::Mine => "我的自评".to_owned(),
        Route::Dossier(_) => "自评档案".to_owned(),
        Route::Sheet(annex, _) => format!("附件{annex} {} 自评表", of(*annex)),
        Route::Notices
        | Route::Notice(_)
        | Route::Collection
        | Route::Contents
        | Route::Rubrics
        | Route::Rubric(_)
        | Route::Readings
        | Route::About
        | Route::Missing => return "自评".to_owned(),
    };
    format!("{page} · 自评")
}
