//! 整改清单: what to change so that a sheet reaches a band.

mod wishes;

pub use wishes::{Effort, Mark, Wishes};
