//! What other programs read: the sitemap, and the notices as an Atom feed.

use crate::app::Address;
use crate::days::Day;

use super::html::Html;
use super::library::Library;

/// Every route with the folder of its edition.
pub fn sitemap(address: &str, library: &Library, routes: &[(&str, Address)]) -> String {
    let mut xml = Html::default();
    xml.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // pages with what one browser has stored are of no use to a search engine
    for (folder, route) in routes.iter().filter(|(_, route)| {
        !matches!(
            route,
            Address::Mine
                | Address::Dossier(_)
                | Address::Scope(_)
                | Address::Share(..)
                | Address::Received
                | Address::Compare(_)
                | Address::Plan(_)
                | Address::Versions(_)
                | Address::Roster(_)
                | Address::Evidence(_)
                | Address::Packet(_)
        )
    }) {
        xml.raw("<url><loc>").text(&format!("{address}{folder}{}", route.folder())).raw("</loc>");
        if let Address::Notice(slug) = route
            && let Some(day) = library.notice(slug).and_then(|it| library.day(it))
        {
            xml.raw("<lastmod>").raw(&day.iso()).raw("</lastmod>");
        }
        xml.raw("</url>\n");
    }
    xml.raw("</urlset>\n");
    xml.done()
}

/// What the feed is called.
pub const FEED_TITLE: &str = "自评：职业技能等级评价机构备案文件";

/// How many entries the feed has at most: subscribers want what is new.
const LATEST: usize = 100;

/// RFC 4287. A notice without a date has that of the notice that forwards it, or of the first day of the year in its
/// 文号.
pub fn atom(address: &str, library: &Library) -> String {
    let dated = library.listed().into_iter().map(|it| (it, library.day(it).or_else(|| first_day(&it.number))));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|it| std::cmp::Reverse(it.1));
    dated.truncate(LATEST);
    let moment = |day: Option<Day>| format!("{}T00:00:00+08:00", day.map_or("1949-10-01".to_owned(), Day::iso));
    let mut xml = Html::default();
    xml.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n",
    );
    xml.raw("<title>").text(FEED_TITLE).raw("</title>\n");
    xml.raw("<id>").text(address).raw("</id>\n");
    xml.raw("<link href=\"").text(address).raw("\"/>\n");
    xml.raw("<link rel=\"self\" href=\"").text(&format!("{address}feed.xml")).raw("\"/>\n");
    xml.raw("<updated>").text(&moment(dated.first().and_then(|it| it.1))).raw("</updated>\n");
    for (notice, day) in dated {
        let page = format!("{address}{}", Address::Notice(notice.slug.clone()).folder());
        xml.raw("<entry>\n<title>").text(&notice.name()).raw("</title>\n");
        xml.raw("<id>").text(&page).raw("</id>\n<link href=\"").text(&page).raw("\"/>\n");
        xml.raw("<updated>").text(&moment(day)).raw("</updated>\n");
        xml.raw("<author><name>").text(&notice.issuer).raw("</name></author>\n");
        let issued = notice.issued.map_or("未印日期".to_owned(), |it| format!("{it}印发"));
        xml.raw("<summary>").text(&format!("{}，{issued}", notice.issuer)).raw("</summary>\n</entry>\n");
    }
    xml.raw("</feed>\n");
    xml.done()
}

fn first_day(number: &str) -> Option<Day> {
    let year = match number.split_once('〔') {
        Some((_, after)) => after.split_once('〕')?.0,
        // 2021年第3号
        None => number.split_once('年')?.0.trim_start_matches(|it: char| !it.is_ascii_digit()),
    };
    let year = year.parse().ok()?;
    Some(Day { year, month: 1, day: 1 })
}
