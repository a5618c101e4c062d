//! Numbers as a data file writes them: counts, points in tenths, shares.

use toml::de::DeValue;

use crate::rubric::Points;

pub fn whole(value: &DeValue<'_>) -> Option<u16> {
    let integer = value.as_integer()?;
    u16::from_str_radix(integer.as_str(), integer.radix()).ok()
}

pub fn points(value: &DeValue<'_>) -> Option<Points> {
    if let Some(whole) = whole(value) {
        return (whole <= u16::MAX / 10).then(|| Points::whole(whole));
    }
    let (whole, tenth) = value.as_float()?.as_str().split_once('.')?;
    let tenth: u16 = (tenth.len() == 1).then(|| tenth.parse().ok())??;
    let whole: u16 = whole.parse().ok()?;
    whole.checked_mul(10)?.checked_add(tenth).map(Points::tenths)
}

/// No figure of a document is larger.
const LARGEST: i64 = 1_000_000_000;

pub fn tenths(value: &DeValue<'_>) -> Option<i64> {
    let written = match (value.as_integer(), value.as_float()) {
        (Some(it), _) if it.radix() == 10 => it.as_str(),
        (_, Some(it)) => it.as_str(),
        _ => return None,
    };
    let (whole, tenth) = written.split_once('.').unwrap_or((written, "0"));
    let tenth: i64 = (tenth.len() == 1).then(|| tenth.parse().ok())??;
    let whole: i64 = whole.parse().ok().filter(|it| (0..=LARGEST).contains(it))?;
    Some(whole * 10 + tenth)
}

pub fn share(value: &DeValue<'_>) -> Option<u16> {
    if whole(value) == Some(1) {
        return Some(1000);
    }
    let (whole, decimals) = value.as_float()?.as_str().split_once('.')?;
    let decimals: u16 = (decimals.len() <= 3).then(|| format!("{decimals:0<3}").parse().ok())??;
    let whole: u16 = whole.parse().ok().filter(|it| *it <= 1)?;
    Some(whole * 1000 + decimals).filter(|it| (1..=1000).contains(it))
}
