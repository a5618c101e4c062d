//! What the window and the tab are called.

use crate::rubric::Edition;

use super::Address;

/// The title of a page of the app. Pages that are only for reading have titles of their own.
pub fn title(edition: &Edition, address: &Address) -> String {
    let of = |annex: u8| {
        let rubric = edition.rubric(annex);
        rubric.map_or_else(String::new, |it| format!("{}{}", it.whose, it.part_name))
    };
    let page = match address {
        Address::Home => return "自评 · 职业技能等级评价机构备案".to_owned(),
        Address::Form(annex, _) => format!("附件{annex} {} 自评结果", of(*annex)),
        Address::Papers(_) => "全部打印".to_owned(),
        Address::Filing => "在哪里备案".to_owned(),
        Address::Start(folder, _) => {
            let kind = edition.applicants.iter().find(|it| it.folder == *folder);
            format!("新建自评 {}", kind.map_or("", |it| &it.label))
        }
        Address::Mine => "我的自评".to_owned(),
        Address::Dossier(_) => "自评档案".to_owned(),
        Address::Scope(_) => "评价范围申报表".to_owned(),
        Address::Sheet(annex, _) => format!("附件{annex} {} 自评表", of(*annex)),
        Address::Share(..) => "分享自评".to_owned(),
        Address::Received => "收到的自评（单位自评，未经评估）".to_owned(),
        Address::Compare(_) => "比对两份自评".to_owned(),
        Address::Panel => "合议".to_owned(),
        Address::Desk => "汇总台".to_owned(),
        Address::Plan(_) => "整改清单".to_owned(),
        Address::Roster(_) => "名册".to_owned(),
        Address::Evidence(_) => "佐证材料清单".to_owned(),
        Address::Packet(_) => "申报材料".to_owned(),
        Address::Workbook => "读入电子表格".to_owned(),
        Address::Versions(_) => "历次版本".to_owned(),
        Address::Notices
        | Address::Notice(_)
        | Address::Collection
        | Address::Contents
        | Address::Rubrics
        | Address::Rubric(_)
        | Address::Readings
        | Address::Later
        | Address::Changed
        | Address::About
        | Address::Access
        | Address::Licences
        | Address::Missing => return "自评".to_owned(),
    };
    format!("{page} · 自评")
}
