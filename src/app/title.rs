//! What the window and the tab are called.

use crate::rubric::Edition;

use super::Route;
use super::part::label;

/// The title of a page of the app. Pages that are only for reading have titles of their own.
pub fn title(edition: &Edition, route: &Route) -> String {
    let of = |annex: u8| {
        let rubric = edition.rubric(annex);
        rubric.map_or("", |it| label::applicant(it.applicant)).to_owned() + rubric.map_or("", |it| label::part(it.part))
    };
    let page = match route {
        Route::Home => return "自评 · 职业技能等级评价机构备案".to_owned(),
        Route::Form(annex, _) => format!("附件{annex} {} 自评结果", of(*annex)),
        Route::Filing => "在哪里备案".to_owned(),
        Route::Start(applicant, _) => format!("新建自评 {}", label::applicant(*applicant)),
        Route::Mine => "我的自评".to_owned(),
        Route::Dossier(_) => "自评档案".to_owned(),
        Route::Scope(_) => "评价范围申报表".to_owned(),
        Route::Sheet(annex, _) => format!("附件{annex} {} 自评表", of(*annex)),
        Route::Share(..) => "分享自评".to_owned(),
        Route::Received => "收到的自评（单位自评，未经评估）".to_owned(),
        Route::Compare(_) => "比对两份自评".to_owned(),
        Route::Panel => "合议".to_owned(),
        Route::Desk => "汇总台".to_owned(),
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
