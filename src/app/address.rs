//! Every address of the site. Each is a file, so that any static host serves a deep link and a reload.

use crate::notice::Notice;
use crate::rubric::{ApplicantKind, Edition};

/// A sheet of a dossier on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetOf {
    pub dossier: String,
    pub sheet: u16,
}

/// How far the guided start is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartStep {
    /// Of the questions asked on this way, 0 for the first.
    pub step: u8,
    /// The dossier whose answers are looked at again; `None` for a new one.
    pub dossier: Option<String>,
}

/// The parts of the app: each shows one kind of page on which something is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppPart {
    Start,
    Mine,
    Dossier,
    Scope,
    Sheet,
    Form,
    Send,
    Open,
    Compare,
    Panel,
    Desk,
    Plan,
    Roster,
    Evidence,
    Packet,
    Workbook,
    Versions,
    /// No page: two states of a dossier put together.
    Join,
}

impl AppPart {
    /// As it stands in the names of the files that the part needs.
    pub fn name(self) -> &'static str {
        match self {
            AppPart::Start => "start",
            AppPart::Mine => "mine",
            AppPart::Dossier => "dossier",
            AppPart::Scope => "scope",
            AppPart::Sheet => "sheet",
            AppPart::Form => "form",
            AppPart::Send => "send",
            AppPart::Open => "open",
            AppPart::Compare => "compare",
            AppPart::Panel => "panel",
            AppPart::Desk => "desk",
            AppPart::Plan => "plan",
            AppPart::Roster => "roster",
            AppPart::Evidence => "evidence",
            AppPart::Packet => "packet",
            AppPart::Workbook => "workbook",
            AppPart::Versions => "versions",
            AppPart::Join => "join",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Who are you?
    Home,
    /// The published documents, a list by date.
    Notices,
    /// One document, by its slug.
    Notice(String),
    /// All documents and rubrics on one page, to print.
    Collection,
    /// 目录: every document, clause and rubric, for whoever cannot search.
    Contents,
    /// The rubrics, a list.
    Rubrics,
    /// The printed table, blank.
    Rubric(u8),
    /// The printed table with 得分 and 备注 of a sheet.
    Form(u8, SheetOf),
    /// All papers of a dossier, printed in one go; `None` where the address does not say which dossier.
    Papers(Option<String>),
    /// Who files where, in a picture, and what a code says.
    Filing,
    /// The guided start for the kind of applicant that addresses call so: one question after the other, then what follows
    /// from the answers.
    Start(String, StartStep),
    /// The dossiers on this machine.
    Mine,
    /// One dossier; `None` where the address does not say which.
    Dossier(Option<String>),
    /// 评价范围 of a dossier, the rows to be declared.
    Scope(Option<String>),
    /// One sheet, row after row.
    Sheet(u8, Option<SheetOf>),
    /// 分享 a dossier, or one sheet of it: code, link, QR, file.
    Share(Option<String>, Option<u16>),
    /// 打开 what somebody shared.
    Received,
    /// 比对 two records; a dossier that is one of them.
    Compare(Option<String>),
    /// 合议 of several assessors.
    Panel,
    /// 汇总 of many records, for a centre.
    Desk,
    /// 整改清单 of one sheet.
    Plan(Option<SheetOf>),
    /// 名册 of a dossier: examiners, experts, equipment.
    Roster(Option<String>),
    /// 佐证材料清单 of a dossier.
    Evidence(Option<String>),
    /// 申报材料: everything of a dossier that is handed in, and as which files.
    Packet(Option<String>),
    /// A workbook that is read in.
    Workbook,
    /// The dated versions of one sheet.
    Versions(Option<SheetOf>),
    /// All readings.
    Readings,
    /// 此后文件: what was issued after the edition.
    Later,
    /// 新旧对照: what the edition changed in an older one of the site.
    Changed,
    About,
    /// 无障碍说明.
    Access,
    /// 第三方许可.
    Licences,
    Missing,
}

impl Address {
    /// Where an applicant of this kind starts.
    pub fn start(kind: &ApplicantKind) -> Address {
        Address::start_at(kind, StartStep::default())
    }

    pub fn start_at(kind: &ApplicantKind, at: StartStep) -> Address {
        Address::Start(kind.folder.clone(), at)
    }

    /// Reads an address below the site's root, without its leading slash: `sheet/2/` and `?of=k3f-1`.
    pub fn parse(path: &str, query: &str) -> Address {
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/');
        let value =
            |key: &str| query.trim_start_matches('?').split('&').find_map(|it| it.strip_prefix(key)?.strip_prefix('='));
        let of = value("of");
        let sheet = of.and_then(|of| {
            let (dossier, sheet) = of.split_once('-')?;
            Some(SheetOf { dossier: dossier.to_owned(), sheet: sheet.parse().ok()? })
        });
        let annex = |text: &str| text.parse().ok().filter(|annex| (1..=9).contains(annex));
        let address = match path.split_once('/').unwrap_or((path, "")) {
            ("", "") => Some(Address::Home),
            ("notice", "") => Some(Address::Notices),
            ("notice", "all") => Some(Address::Collection),
            ("notice", slug) => Some(Address::Notice(slug.to_owned())),
            ("contents", "") => Some(Address::Contents),
            ("rubric", "") => Some(Address::Rubrics),
            ("rubric", it) => annex(it).map(|annex| match sheet {
                Some(of) => Address::Form(annex, of),
                None => Address::Rubric(annex),
            }),
            ("print", "") => Some(Address::Papers(of.map(str::to_owned))),
            ("filing", "") => Some(Address::Filing),
            ("start", it) if !it.is_empty() => {
                let step = value("step").and_then(|it| it.parse().ok()).unwrap_or_default();
                Some(Address::Start(it.to_owned(), StartStep { step, dossier: of.map(str::to_owned) }))
            }
            ("mine", "") => Some(Address::Mine),
            ("dossier", "") => Some(Address::Dossier(of.map(str::to_owned))),
            ("scope", "") => Some(Address::Scope(of.map(str::to_owned))),
            ("share", "") => Some(match sheet {
                Some(of) => Address::Share(Some(of.dossier), Some(of.sheet)),
                None => Address::Share(of.map(str::to_owned), None),
            }),
            ("open", "") => Some(Address::Received),
            ("compare", "") => Some(Address::Compare(of.map(str::to_owned))),
            ("panel", "") => Some(Address::Panel),
            ("desk", "") => Some(Address::Desk),
            ("sheet", it) => annex(it).map(|annex| Address::Sheet(annex, sheet)),
            ("plan", "") => Some(Address::Plan(sheet)),
            ("versions", "") => Some(Address::Versions(sheet)),
            ("roster", "") => Some(Address::Roster(of.map(str::to_owned))),
            ("evidence", "") => Some(Address::Evidence(of.map(str::to_owned))),
            ("packet", "") => Some(Address::Packet(of.map(str::to_owned))),
            ("workbook", "") => Some(Address::Workbook),
            ("readings", "") => Some(Address::Readings),
            ("later", "") => Some(Address::Later),
            ("changed", "") => Some(Address::Changed),
            ("about", "") => Some(Address::About),
            ("access", "") => Some(Address::Access),
            ("licences", "") => Some(Address::Licences),
            _ => None,
        };
        address.unwrap_or(Address::Missing)
    }

    /// The folder of the address's file below the root: empty for home, else with a slash at its end.
    pub fn folder(&self) -> String {
        match self {
            Address::Home | Address::Missing => String::new(),
            Address::Notices => "notice/".to_owned(),
            Address::Notice(slug) => format!("notice/{slug}/"),
            Address::Collection => "notice/all/".to_owned(),
            Address::Contents => "contents/".to_owned(),
            Address::Rubrics => "rubric/".to_owned(),
            Address::Rubric(annex) | Address::Form(annex, _) => format!("rubric/{annex}/"),
            Address::Papers(_) => "print/".to_owned(),
            Address::Filing => "filing/".to_owned(),
            Address::Start(kind, _) => format!("start/{kind}/"),
            Address::Mine => "mine/".to_owned(),
            Address::Dossier(_) => "dossier/".to_owned(),
            Address::Scope(_) => "scope/".to_owned(),
            Address::Sheet(annex, _) => format!("sheet/{annex}/"),
            Address::Share(..) => "share/".to_owned(),
            Address::Received => "open/".to_owned(),
            Address::Compare(_) => "compare/".to_owned(),
            Address::Panel => "panel/".to_owned(),
            Address::Desk => "desk/".to_owned(),
            Address::Plan(_) => "plan/".to_owned(),
            Address::Versions(_) => "versions/".to_owned(),
            Address::Roster(_) => "roster/".to_owned(),
            Address::Evidence(_) => "evidence/".to_owned(),
            Address::Packet(_) => "packet/".to_owned(),
            Address::Workbook => "workbook/".to_owned(),
            Address::Readings => "readings/".to_owned(),
            Address::Later => "later/".to_owned(),
            Address::Changed => "changed/".to_owned(),
            Address::About => "about/".to_owned(),
            Address::Access => "access/".to_owned(),
            Address::Licences => "licences/".to_owned(),
        }
    }

    /// The address below the root.
    pub fn below_root(&self) -> String {
        let folder = self.folder();
        match self {
            Address::Dossier(Some(id))
            | Address::Papers(Some(id))
            | Address::Scope(Some(id))
            | Address::Compare(Some(id))
            | Address::Roster(Some(id))
            | Address::Evidence(Some(id))
            | Address::Packet(Some(id))
            | Address::Share(Some(id), None) => {
                format!("{folder}?of={id}")
            }
            Address::Share(Some(id), Some(sheet)) => format!("{folder}?of={id}-{sheet}"),
            Address::Start(_, StartStep { step: 0, dossier: None }) => folder,
            Address::Start(_, StartStep { step, dossier: None }) => format!("{folder}?step={step}"),
            Address::Start(_, StartStep { step, dossier: Some(id) }) => format!("{folder}?step={step}&of={id}"),
            Address::Form(_, of)
            | Address::Sheet(_, Some(of))
            | Address::Plan(Some(of))
            | Address::Versions(Some(of)) => format!("{folder}?of={}-{}", of.dossier, of.sheet),
            _ => folder,
        }
    }

    /// The dossier the address names.
    pub fn dossier(&self) -> Option<&str> {
        match self {
            Address::Dossier(id)
            | Address::Papers(id)
            | Address::Scope(id)
            | Address::Compare(id)
            | Address::Roster(id)
            | Address::Evidence(id)
            | Address::Packet(id)
            | Address::Share(id, _) => id.as_deref(),
            Address::Start(_, at) => at.dossier.as_deref(),
            Address::Form(_, of)
            | Address::Sheet(_, Some(of))
            | Address::Plan(Some(of))
            | Address::Versions(Some(of)) => Some(&of.dossier),
            _ => None,
        }
    }

    /// Is there such a page for each edition of the site? The others are the same for all of them.
    pub fn is_of_edition(&self) -> bool {
        !matches!(
            self,
            Address::Notices
                | Address::Notice(_)
                | Address::Collection
                | Address::Contents
                | Address::About
                | Address::Access
                | Address::Licences
                | Address::Missing
        )
    }

    /// The part of the app that shows the page; `None` for a page that only reads.
    pub fn part(&self) -> Option<AppPart> {
        Some(match self {
            Address::Start(..) => AppPart::Start,
            Address::Mine => AppPart::Mine,
            Address::Dossier(_) => AppPart::Dossier,
            Address::Scope(_) => AppPart::Scope,
            Address::Sheet(..) => AppPart::Sheet,
            Address::Form(..) | Address::Papers(_) => AppPart::Form,
            Address::Share(..) => AppPart::Send,
            Address::Received => AppPart::Open,
            Address::Compare(_) => AppPart::Compare,
            Address::Panel => AppPart::Panel,
            Address::Desk => AppPart::Desk,
            Address::Plan(_) => AppPart::Plan,
            Address::Roster(_) => AppPart::Roster,
            Address::Evidence(_) => AppPart::Evidence,
            Address::Packet(_) => AppPart::Packet,
            Address::Workbook => AppPart::Workbook,
            Address::Versions(_) => AppPart::Versions,
            Address::Home
            | Address::Filing
            | Address::Notices
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
            | Address::Missing => return None,
        })
    }
}

/// Every address that is a file of its own at the root of the site.
pub fn files_of(editions: &[Edition], notices: &[Notice]) -> Vec<Address> {
    let annexes = annexes_of(editions);
    let mut addresses =
        vec![Address::Home, Address::Notices, Address::Collection, Address::Contents, Address::Rubrics, Address::Mine];
    addresses.extend([
        Address::Dossier(None),
        Address::Papers(None),
        Address::Scope(None),
        Address::Filing,
        Address::Readings,
        Address::About,
        Address::Access,
        Address::Licences,
    ]);
    addresses.extend([
        Address::Share(None, None),
        Address::Received,
        Address::Compare(None),
        Address::Panel,
        Address::Desk,
        Address::Plan(None),
        Address::Roster(None),
        Address::Evidence(None),
        Address::Packet(None),
        Address::Workbook,
        Address::Versions(None),
    ]);
    if editions.first().is_some_and(|it| !it.later.is_empty()) {
        addresses.push(Address::Later);
    }
    addresses.extend(editions.iter().take(1).flat_map(|it| &it.applicants).map(Address::start));
    addresses.extend(notices.iter().map(|it| Address::Notice(it.slug.clone())));
    addresses.extend(annexes.iter().map(|it| Address::Rubric(*it)));
    addresses.extend(annexes.iter().map(|it| Address::Sheet(*it, None)));
    addresses
}

/// The annexes that are rubrics of the newest edition.
pub fn annexes_of(editions: &[Edition]) -> Vec<u8> {
    editions.first().map(|edition| edition.rubrics.iter().map(|it| it.annex).collect()).unwrap_or_default()
}
