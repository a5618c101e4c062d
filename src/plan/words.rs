//! A change in words.

use crate::rubric::Rubric;

use super::Change;

/// 补 2 名考评员（2-4）：+3 分并消除否决.
pub fn words(rubric: &Rubric, change: &Change) -> String {
    format!("{}：+{} 分", rubric.row_id(change.row), change.gain)
}
