//! The part for the way from a score to a filing: what to mend, who and what there is, with what proof, on which paper.

pub mod evidence;
pub mod packet;
pub mod plan;
pub mod roster;
pub mod versions;
pub mod workbook;
