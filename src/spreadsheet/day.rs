//! A day as people write it, from days since 1970: integers only.

/// 9999-12-31: no spreadsheet program knows a later day.
pub const LAST_DAY: u32 = 2_932_896;

/// `2026-03-01`. A later day than [`LAST_DAY`] is that one.
pub fn day(since_1970: u32) -> String {
    // years begin in March here, so that the day that comes every four years is the last of one; eras are of 400 years
    let days = since_1970.min(LAST_DAY) + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year + u32::from(month < 3);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The days since 1970 of a day that is written as [`day`] writes it.
pub fn read_day(text: &str) -> Option<u32> {
    let mut parts = text.splitn(3, '-').map(|it| it.parse::<u32>().ok());
    let (year, month, of_month) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let (years, from_march) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * years + years / 4 - years / 100 + years / 400 + (153 * from_march + 2) / 5 + of_month;
    days.checked_sub(719_469).filter(|it| day(*it) == text)
}
