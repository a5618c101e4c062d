//! The part for what leaves and what comes in: the printed form with its code, sharing, opening.

pub mod form;
pub mod open;
pub mod papers;
pub mod send;
