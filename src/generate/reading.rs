//! Pages that only read: nothing in them needs the app, so the browser never compiles them.

mod about;
mod access;
mod changed;
pub mod chooser;
mod contents;
mod filing;
mod home;
mod later;
mod licences;
mod notice;
mod notices;
mod readings;
mod rubric;
mod words;

use leptos::prelude::*;

use crate::app::part::html::{el, link};
use crate::app::{self, Address, State, page};

use super::library::{Document, Library, Published};

/// Any page of the site as it stands in its file.
pub fn any_page(state: State, library: &'static Library, address: &Address) -> AnyView {
    match address {
        Address::Home => home::home(state, library),
        Address::Later => later::later(state, library),
        Address::Changed => changed::changed(state, library),
        Address::Filing => filing::filing(state),
        Address::Notices => notices::notices(state, library),
        Address::Notice(slug) => notice::notice(state, library, slug),
        Address::Collection => notices::collection(),
        Address::Contents => contents::contents(state, library),
        Address::Rubrics => rubric::rubrics(state, library),
        Address::Rubric(annex) => rubric::rubric(state, library, *annex),
        Address::Readings => readings::readings(state, library),
        Address::About => about::about(state, library.offline),
        Address::Access => access::access(state),
        Address::Licences => licences::licences(state),
        Address::Missing => missing(state),
        Address::Start(..)
        | Address::Mine
        | Address::Dossier(_)
        | Address::Scope(_)
        | Address::Sheet(..)
        | Address::Form(..)
        | Address::Papers(_)
        | Address::Share(..)
        | Address::Received
        | Address::Compare(_)
        | Address::Panel
        | Address::Desk
        | Address::Plan(_)
        | Address::Roster(_)
        | Address::Evidence(_)
        | Address::Packet(_)
        | Address::Workbook
        | Address::Versions(_) => page(state, address),
    }
}

fn missing(state: State) -> AnyView {
    let links = el("p").class("links").child(link(state.href(&Address::Home), "回首页"));
    el("article")
        .class("read")
        .child(el("h1").text("没有这个页面"))
        .child(el("p").text("地址可能不完整或已经改变。"))
        .child(links.child(link(state.href(&Address::Rubrics), "评估要点")))
        .done()
}

/// The documents that stand on a page below what `any_page` gives, one after the other.
pub fn documents(library: &'static Library, address: &Address) -> Vec<Document> {
    match address {
        Address::Collection => library.collection(),
        Address::Contents => {
            let rubrics = library.published().into_iter().flat_map(|Published { edition, .. }| {
                edition.rubrics.iter().map(move |it| Document::Rubric(edition, it))
            });
            library.listed().into_iter().map(Document::Notice).chain(rubrics).collect()
        }
        _ => Vec::new(),
    }
}

/// One of these documents, as it stands on that page.
pub fn document(state: State, library: &'static Library, address: &Address, document: Document) -> AnyView {
    match address {
        Address::Contents => contents::document(state, library, document),
        _ => notices::document(state, library, document),
    }
}

/// What the window and the tab are called, and one sentence about the page.
pub fn title(library: &Library, address: &Address) -> (String, String) {
    let edition = library.edition().expect("a site has an edition");
    let rubric = |annex: &u8| edition.rubric(*annex);
    // none where the app has a name for the page, so that the tab is called the same before and after it starts
    let (page, about) = match address {
        Address::Notices => (
            Some("文件".to_owned()),
            "职业技能等级认定备案所依据的文件，照原件逐字发布，每一条都有自己的地址。".to_owned(),
        ),
        Address::Notice(slug) => match library.notice(slug) {
            Some(it) => {
                let about = if it.number.is_empty() { format!("《{}》", it.title()) } else { it.number.clone() };
                (Some(it.name()), format!("{}{about}：全文、目录和编者注。", it.issuer))
            }
            None => (Some(String::new()), String::new()),
        },
        Address::Collection => (Some("全部文件".to_owned()), "全部文件和技术评估要点在一页上，便于打印。".to_owned()),
        Address::Contents => (Some("目录".to_owned()), "全部文件的条款、评估要点和解读的目录。".to_owned()),
        Address::Rubrics => (Some("技术评估要点".to_owned()), format!("{}的技术评估要点。", edition.notice)),
        Address::Rubric(annex) => match rubric(annex) {
            Some(rubric) => {
                let name = format!("{}{}", rubric.whose, rubric.part_name);
                (
                    Some(format!("附件{annex} {name} 评估要点")),
                    format!("{} 附件{annex}：{}", edition.notice, rubric.title),
                )
            }
            None => (Some(String::new()), String::new()),
        },
        Address::Readings => {
            let about =
                format!("原文没有写明、前后不一或有误印的 {} 处，逐条说明本工具怎样处理。", edition.readings.len());
            (Some("解读".to_owned()), about)
        }
        Address::Later => (
            Some("此后文件".to_owned()),
            "这些评估要点之后印发的文件：已知什么，有多大把握，涉及哪些地方；得分和结论不随它们改变。".to_owned(),
        ),
        Address::Changed => {
            (Some("新旧对照".to_owned()), "新版评估要点逐行改了什么，旧版自评哪些行要重新回答。".to_owned())
        }
        Address::About => {
            (Some("使用说明".to_owned()), "自评工具是什么，数据在哪里，怎样填，用什么浏览器。".to_owned())
        }
        Address::Access => {
            (Some("无障碍说明".to_owned()), "本站在看、听、键盘操作上检查了什么，怎样检查，哪些没有检查。".to_owned())
        }
        Address::Licences => {
            (Some("第三方许可".to_owned()), "本站和 ziping 程序里有哪些第三方软件，各按什么许可。".to_owned())
        }
        Address::Missing => (Some("没有这个页面".to_owned()), "地址可能不完整或已经改变。".to_owned()),
        Address::Sheet(annex, _) | Address::Form(annex, _) => {
            let about = rubric(annex)
                .map_or(String::new(), |it| format!("逐项自评：{} 附件{annex}：{}", edition.notice, it.title));
            (None, about)
        }
        Address::Filing => (None, FILING.to_owned()),
        Address::Share(..) | Address::Received | Address::Compare(_) => (None, SHARE.to_owned()),
        Address::Panel => (None, PANEL.to_owned()),
        Address::Desk => (None, DESK.to_owned()),
        Address::Home
        | Address::Start(..)
        | Address::Mine
        | Address::Dossier(_)
        | Address::Papers(_)
        | Address::Scope(_)
        | Address::Plan(_)
        | Address::Roster(_)
        | Address::Evidence(_)
        | Address::Packet(_)
        | Address::Workbook
        | Address::Versions(_) => (None, HOME.to_owned()),
    };
    (page.map_or_else(|| app::title(edition, address), |it| format!("{it} · 自评")), about)
}

const SHARE: &str =
    "职业技能等级评价机构备案自评：单位自评，未经鉴定中心评估。打开自评码、自评链接或自评文件，查看、比对、打印。";
const PANEL: &str = "三至七名评估人员各自的评分并到一张表上，逐行合议，打印汇总表签字。";
const DESK: &str = "把收到的自评码、自评链接和自评文件汇成一张表：排序、筛选、找出常见失分，导出 XLSX 和 CSV。";
const FILING: &str = "评价机构在哪里备案、机构类别代码是什么、由谁监管服务：一张图、一张表，逐项注明条款。";
const HOME: &str =
    "职业技能等级评价机构备案前自评：逐项对照技术评估要点，随时看到得分、否决项和结论。数据只保存在本机浏览器。";
