//! Every address of the site. Each is a file, so that any static host serves a deep link and a reload.

use crate::notice::Notice;
use crate::rubric::{Applicant, Edition};

/// A sheet of a dossier on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Of {
    pub dossier: String,
    pub sheet: u16,
}

/// How far the guided start is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Of the questions asked on this way, 0 for the first.
    pub step: u8,
    /// The dossier whose answers are looked at again; `None` for a new one.
    pub dossier: Option<String>,
}

/// The parts of the app: each shows one kind of page on which something is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
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
}

impl Part {
    /// As it stands in the names of the files that the part needs.
    pub fn name(self) -> &'static str {
        match self {
            Part::Start => "start",
            Part::Mine => "mine",
            Part::Dossier => "dossier",
            Part::Scope => "scope",
            Part::Sheet => "sheet",
            Part::Form => "form",
            Part::Send => "send",
            Part::Open => "open",
            Part::Compare => "compare",
            Part::Panel => "panel",
            Part::Desk => "desk",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
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
    /// The six rubrics, a list.
    Rubrics,
    /// The printed table, blank.
    Rubric(u8),
    /// The printed table with 得分 and 备注 of a sheet.
    Form(u8, Of),
    /// Who files where, in a picture, and what a code says.
    Filing,
    /// The guided start for this kind of applicant: one question after the other, then what follows from the answers.
    Start(Applicant, At),
    /// The dossiers on this machine.
    Mine,
    /// One dossier; `None` where the address does not say which.
    Dossier(Option<String>),
    /// 评价范围 of a dossier, the rows to be declared.
    Scope(Option<String>),
    /// One sheet, row after row.
    Sheet(u8, Option<Of>),
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
    /// All readings.
    Readings,
    About,
    Missing,
}

const APPLICANTS: [(Applicant, &str); 3] = [
    (Applicant::Employer, "employer"),
    (Applicant::TechnicalSchool, "school"),
    (Applicant::SocialOrganisation, "social"),
];

impl Route {
    /// Reads an address below the site's root, without its leading slash: `sheet/2/` and `?of=k3f-1`.
    pub fn parse(path: &str, query: &str) -> Route {
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/');
        let value =
            |key: &str| query.trim_start_matches('?').split('&').find_map(|it| it.strip_prefix(key)?.strip_prefix('='));
        let of = value("of");
        let sheet = of.and_then(|it| {
            let (dossier, sheet) = it.split_once('-')?;
            Some(Of { dossier: dossier.to_owned(), sheet: sheet.parse().ok()? })
        });
        let annex = |it: &str| it.parse().ok().filter(|it| (1..=9).contains(it));
        let route = match path.split_once('/').unwrap_or((path, "")) {
            ("", "") => Some(Route::Home),
            ("notice", "") => Some(Route::Notices),
            ("notice", "all") => Some(Route::Collection),
            ("notice", slug) => Some(Route::Notice(slug.to_owned())),
            ("contents", "") => Some(Route::Contents),
            ("rubric", "") => Some(Route::Rubrics),
            ("rubric", it) => annex(it).map(|annex| match sheet {
                Some(of) => Route::Form(annex, of),
                None => Route::Rubric(annex),
            }),
            ("filing", "") => Some(Route::Filing),
            ("start", it) => APPLICANTS.iter().find(|known| known.1 == it).map(|known| {
                let step = value("step").and_then(|it| it.parse().ok()).unwrap_or_default();
                Route::Start(known.0, At { step, dossier: of.map(str::to_owned) })
            }),
            ("mine", "") => Some(Route::Mine),
            ("dossier", "") => Some(Route::Dossier(of.map(str::to_owned))),
            ("scope", "") => Some(Route::Scope(of.map(str::to_owned))),
            ("share", "") => Some(match sheet {
                Some(of) => Route::Share(Some(of.dossier), Some(of.sheet)),
                None => Route::Share(of.map(str::to_owned), None),
            }),
            ("open", "") => Some(Route::Received),
            ("compare", "") => Some(Route::Compare(of.map(str::to_owned))),
            ("panel", "") => Some(Route::Panel),
            ("desk", "") => Some(Route::Desk),
            ("sheet", it) => annex(it).map(|annex| Route::Sheet(annex, sheet)),
            ("readings", "") => Some(Route::Readings),
            ("about", "") => Some(Route::About),
            _ => None,
        };
        route.unwrap_or(Route::Missing)
    }

    /// The folder of the route's file below the root: empty for home, else with a slash at its end.
    pub fn folder(&self) -> String {
        match self {
            Route::Home | Route::Missing => String::new(),
            Route::Notices => "notice/".to_owned(),
            Route::Notice(slug) => format!("notice/{slug}/"),
            Route::Collection => "notice/all/".to_owned(),
            Route::Contents => "contents/".to_owned(),
            Route::Rubrics => "rubric/".to_owned(),
            Route::Rubric(annex) | Route::Form(annex, _) => format!("rubric/{annex}/"),
            Route::Filing => "filing/".to_owned(),
            Route::Start(applicant, _) => {
                let name = APPLICANTS.iter().find(|it| it.0 == *applicant).map_or("", |it| it.1);
                format!("start/{name}/")
            }
            Route::Mine => "mine/".to_owned(),
            Route::Dossier(_) => "dossier/".to_owned(),
            Route::Scope(_) => "scope/".to_owned(),
            Route::Sheet(annex, _) => format!("sheet/{annex}/"),
            Route::Share(..) => "share/".to_owned(),
            Route::Received => "open/".to_owned(),
            Route::Compare(_) => "compare/".to_owned(),
            Route::Panel => "panel/".to_owned(),
            Route::Desk => "desk/".to_owned(),
            Route::Readings => "readings/".to_owned(),
            Route::About => "about/".to_owned(),
        }
    }

    /// The address below the root.
    pub fn address(&self) -> String {
        let folder = self.folder();
        match self {
            Route::Dossier(Some(id))
            | Route::Scope(Some(id))
            | Route::Compare(Some(id))
            | Route::Share(Some(id), None) => {
                format!("{folder}?of={id}")
            }
            Route::Share(Some(id), Some(sheet)) => format!("{folder}?of={id}-{sheet}"),
            Route::Start(_, At { step: 0, dossier: None }) => folder,
            Route::Start(_, At { step, dossier: None }) => format!("{folder}?step={step}"),
            Route::Start(_, At { step, dossier: Some(id) }) => format!("{folder}?step={step}&of={id}"),
            Route::Form(_, of) | Route::Sheet(_, Some(of)) => format!("{folder}?of={}-{}", of.dossier, of.sheet),
            _ => folder,
        }
    }

    /// The dossier the address names.
    pub fn dossier(&self) -> Option<&str> {
        match self {
            Route::Dossier(id) | Route::Scope(id) | Route::Compare(id) | Route::Share(id, _) => id.as_deref(),
            Route::Start(_, at) => at.dossier.as_deref(),
            Route::Form(_, of) | Route::Sheet(_, Some(of)) => Some(&of.dossier),
            _ => None,
        }
    }

    /// The part of the app that shows the page; `None` for a page that only reads.
    pub fn part(&self) -> Option<Part> {
        Some(match self {
            Route::Start(..) => Part::Start,
            Route::Mine => Part::Mine,
            Route::Dossier(_) => Part::Dossier,
            Route::Scope(_) => Part::Scope,
            Route::Sheet(..) => Part::Sheet,
            Route::Form(..) => Part::Form,
            Route::Share(..) => Part::Send,
            Route::Received => Part::Open,
            Route::Compare(_) => Part::Compare,
            Route::Panel => Part::Panel,
            Route::Desk => Part::Desk,
            Route::Home
            | Route::Filing
            | Route::Notices
            | Route::Notice(_)
            | Route::Collection
            | Route::Contents
            | Route::Rubrics
            | Route::Rubric(_)
            | Route::Readings
            | Route::About
            | Route::Missing => return None,
        })
    }
}

/// Every address that is a file of its own.
pub fn files_of(editions: &[Edition], notices: &[Notice]) -> Vec<Route> {
    let annexes = annexes_of(editions);
    let mut routes = vec![Route::Home, Route::Notices, Route::Collection, Route::Contents, Route::Rubrics, Route::Mine];
    routes.extend([Route::Dossier(None), Route::Scope(None), Route::Filing, Route::Readings, Route::About]);
    routes.extend([Route::Share(None, None), Route::Received, Route::Compare(None), Route::Panel, Route::Desk]);
    routes.extend(APPLICANTS.map(|(applicant, _)| Route::Start(applicant, At::default())));
    routes.extend(notices.iter().map(|it| Route::Notice(it.slug.clone())));
    routes.extend(annexes.iter().map(|it| Route::Rubric(*it)));
    routes.extend(annexes.iter().map(|it| Route::Sheet(*it, None)));
    routes
}

/// The annexes that are rubrics of the newest edition.
pub fn annexes_of(editions: &[Edition]) -> Vec<u8> {
    editions.first().map(|it| it.rubrics.iter().map(|it| it.annex).collect()).unwrap_or_default()
}
