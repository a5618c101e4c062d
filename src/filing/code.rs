//! 赋码: the check of a filed body's code, as far as the notice fixes it.

use crate::letters::{is_blank, narrow};

use super::route::{Code, LetterBy, Routes};

/// The place in the code that a notice may speak of, from 1.
const TENTH: usize = 10;

/// What is said about one part of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFinding {
    pub fits: Fits,
    pub message: String,
    pub clause: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    Right,
    Wrong,
    /// 原文未规定.
    Outside,
}

/// Compares a code, as somebody typed it, with what the notice says of such a body. Where the class letter stands is
/// not printed, so it may stand anywhere.
pub fn check_code(routes: &Routes, code: &Code, text: &str) -> Vec<CodeFinding> {
    let typed: Vec<char> = text.chars().filter(|it| !is_blank(*it)).map(|it| narrow(it).to_ascii_uppercase()).collect();
    let say = |fits, message| CodeFinding { fits, message, clause: code.clause.clone() };
    if typed.is_empty() {
        return vec![say(Fits::Wrong, "还没有填写编码".to_owned())];
    }
    if let Some(it) = typed.iter().find(|it| !it.is_ascii_alphanumeric()) {
        return vec![say(Fits::Wrong, format!("编码里有“{it}”，只能是字母和数字，请核对"))];
    }
    let fixed = routes.fix_tenth();
    if fixed && typed.len() < TENTH {
        let message = format!("编码只有 {} 个字符，不到第{TENTH}位，请填写完整", typed.len());
        return vec![say(Fits::Wrong, message)];
    }
    let (fits, message) = letter(routes, code, &typed);
    let mut found = vec![say(fits, message)];
    if fixed {
        let (fits, message) = tenth(code, typed[TENTH - 1]);
        found.push(say(fits, message));
    }
    let elsewhere = &routes.elsewhere;
    found.push(CodeFinding { fits: Fits::Outside, message: elsewhere.text.clone(), clause: elsewhere.clause.clone() });
    found
}

fn letter(routes: &Routes, code: &Code, typed: &[char]) -> (Fits, String) {
    let Code { letter, name, .. } = code;
    let by = match code.letter_by {
        LetterBy::Printed => "原文所印",
        LetterBy::Inferred => "推定",
    };
    let has = |letter: &str| typed.iter().any(|it| letter.chars().eq([*it]));
    let other = routes.codes.iter().map(|it| &it.letter).find(|it| *it != letter && has(it));
    match other {
        _ if has(letter) => (Fits::Right, format!("编码里有机构类别代码 {letter}（{by}）")),
        Some(other) => (Fits::Wrong, format!("编码里的字母是 {other}，{name}的机构类别代码应为 {letter}（{by}）")),
        None => (Fits::Outside, format!("编码里没有字母 {letter}（{by}），请核对机构类别代码")),
    }
}

fn tenth(code: &Code, typed: char) -> (Fits, String) {
    match (&code.tenth, code.tenth_range()) {
        (Some(tenth), Some((least, most))) if (least..=most).contains(&typed) => {
            (Fits::Right, format!("第{TENTH}位是 {typed}，符合 {tenth}"))
        }
        (Some(tenth), _) => (Fits::Wrong, format!("第{TENTH}位是 {typed}，{}应为 {tenth}", code.name)),
        (None, _) => (Fits::Outside, format!("第{TENTH}位是 {typed}，{}的这一位原文未规定", code.name)),
    }
}

impl Routes {
    /// Is anything said of the tenth place, for any kind of body? Else nobody is told of it.
    pub fn fix_tenth(&self) -> bool {
        self.codes.iter().any(|it| it.tenth.is_some())
    }
}

impl Code {
    /// The least and the greatest digit that may stand in the tenth place.
    pub fn tenth_range(&self) -> Option<(char, char)> {
        let tenth = self.tenth.as_ref()?;
        let (least, most) = tenth.split_once('-').unwrap_or((tenth, tenth));
        let digit = |it: &str| it.parse().ok().filter(char::is_ascii_digit);
        let range = (digit(least)?, digit(most)?);
        (range.0 <= range.1).then_some(range)
    }
}
