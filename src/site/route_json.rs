//! `ziping route`: facts about an applicant as JSON, and its filings.

use serde_json::{Map, Value, json};

use crate::filing::Rules;

use super::lines::LineError;

pub fn route_json(_rules: &Rules, _line: &Map<String, Value>) -> Result<Value, LineError> {
    Ok(json!({}))
}
