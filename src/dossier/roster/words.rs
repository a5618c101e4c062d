//! The roster in words, a line an entry, for the part of a backup that people read.

use super::{Equipment, Examiner, Expert, Roster};

impl Roster {
    pub fn in_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for Examiner { name, occupation, agreement, appointment, qualified, certificate } in &self.examiners {
            let said = [
                ("聘用协议", said(*agreement)),
                ("聘书", said(*appointment)),
                ("任职条件", complies(*qualified)),
                ("考评员证书", said(*certificate)),
            ];
            lines.push(line("考评人员", [name, occupation, ""], &said));
        }
        for Expert { name, occupation, title, qualified, agreement, appointment } in &self.experts {
            let said = [("条件", complies(*qualified)), ("聘用协议", said(*agreement)), ("聘书", said(*appointment))];
            lines.push(line("专家", [name, occupation, title], &said));
        }
        for Equipment { name, occupation, count, intact, worn } in &self.equipment {
            let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            let said = [("数量", number(*count)), ("完好", number(*intact)), ("陈旧", number(*worn))];
            lines.push(line("设备", [name, occupation, ""], &said));
        }
        lines
    }
}

fn said(it: Option<bool>) -> String {
    it.map_or("", |yes| if yes { "有" } else { "无" }).to_owned()
}

fn complies(it: Option<bool>) -> String {
    it.map_or("", |yes| if yes { "符合" } else { "不符合" }).to_owned()
}

/// What was not said is left out.
fn line(list: &str, texts: [&str; 3], said: &[(&str, String)]) -> String {
    let mut line = format!("名册 {list}：");
    for text in texts.into_iter().filter(|it| !it.is_empty()) {
        line.push_str(text);
        line.push(' ');
    }
    for (what, value) in said.iter().filter(|it| !it.1.is_empty()) {
        line.push_str(what);
        line.push(' ');
        line.push_str(value);
        line.push(' ');
    }
    line.truncate(line.trim_end().len());
    line
}
