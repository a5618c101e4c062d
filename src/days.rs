//! 日期: days of the calendar and days counted since 1970, read and written. Integers only, no clock, no time zone.

use std::fmt;

/// 9999-12-31, counted since 1970: no spreadsheet program knows a later day.
pub const LAST: u32 = 2_932_896;

/// The number of days from 1 March of the year 0 to 1 January 1970.
const TO_1970: u32 = 719_468;

/// A day of the calendar, as 2021年12月29日.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// `2026-03-01` for a day counted since 1970. A day after [`LAST`] is written as [`LAST`].
pub fn print(since_1970: u32) -> String {
    Day::of(since_1970.min(LAST) + TO_1970).iso()
}

/// The days since 1970 of a day that is written as [`print`] writes it.
pub fn read(text: &str) -> Option<u32> {
    Day::of_iso(text)?.number().checked_sub(TO_1970)
}

/// The day, counted since 1970, of a moment that is given in seconds since 1970. `None` where the number of days is too
/// large.
pub fn of_seconds(seconds: u64) -> Option<u32> {
    u32::try_from(seconds / 86_400).ok()
}

impl Day {
    /// Reads `2021年12月29日`. `None` where that is no day of the calendar.
    pub fn parse(text: &str) -> Option<Day> {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let day = rest.strip_suffix('日')?;
        let day = Day { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        ((1949..=2999).contains(&day.year) && day.is_real()).then_some(day)
    }

    /// Reads `2021-12-29`. `None` where that is no day of the calendar, or not how we write one.
    pub fn of_iso(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let day = Day { year, month, day: parts.next()?.parse().ok()? };
        (day.is_real() && day.iso() == text).then_some(day)
    }

    /// `2021-12-29`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Does the calendar have this day? Counting to the 31st of April and back gives the 1st of May, which is another
    /// day.
    fn is_real(self) -> bool {
        (1..=9999).contains(&self.year) && (1..=12).contains(&self.month) && Day::of(self.number()) == self
    }

    /// The number of days since 1 March of the year 0. Years begin in March here, so that the leap day is the last day
    /// of a year.
    fn number(self) -> u32 {
        let (year, month) = (u32::from(self.year), u32::from(self.month));
        let (years, from_march) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        let days = 365 * years + years / 4 - years / 100 + years / 400 + (153 * from_march + 2) / 5;
        (days + u32::from(self.day)).saturating_sub(1)
    }

    fn of(number: u32) -> Day {
        // an era has 400 years
        let (era, of_era) = (number / 146_097, number % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Day { year: (era * 400 + year + u32::from(month < 3)) as u16, month: month as u8, day: day as u8 }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_of_the_calendar() {
        let day = |text| Day::parse(text).map(Day::iso);
        assert_eq!(day("2021年12月29日").as_deref(), Some("2021-12-29"));
        assert_eq!(day("2020年2月29日").as_deref(), Some("2020-02-29"));
        for wrong in ["2021年2月29日", "2021年13月1日", "2021年4月31日", "2021-12-29", "21年1月1日", "2021年1月0日", ""]
        {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_day_comes_back_as_it_was_written() {
        for since in (0..=LAST).step_by(13).chain([0, 58, 59, 789, 11_016, LAST]) {
            assert_eq!(read(&print(since)), Some(since));
        }
        for wrong in
            ["1969-12-31", "2026-3-1", "2026-02-29", "2026-00-10", "2026-04-31", "2026-01-00", "0000-01-01", "2026"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(print(LAST + 1), "9999-12-31");
    }
}
