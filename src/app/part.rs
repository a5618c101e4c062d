//! Parts that pages share.

pub mod html;
pub mod in_words;

pub mod announced;
pub mod banner;
pub mod carry;
pub mod chart;
pub mod clause;
pub mod control;
pub mod decision;
pub mod field;
pub mod filed;
pub mod files;
pub mod frame;
pub mod joined;
pub mod label;
pub mod leaves;
pub mod listed;
pub mod memo;
pub mod missing;
pub mod room;
pub mod row;
pub mod sheet_editor;
pub mod summary;
pub mod table;
