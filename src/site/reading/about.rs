//! 使用说明: what this is, where the data is, what it is not.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::html::{El, el};

pub fn about(state: State) -> AnyView {
    let edition = state.edition();
    let p = |words: &str| el("p").text(words);
    let h2 = |words: &str| el("h2").text(words);
    let steps = [
        "没有填的就是“未评”，不当作零分；全部评完才有结论。",
        "“酌情”的项目由您自己估计，评估人员可能有不同看法，所以同时给出可能的范围。",
        "原文没有写明或前后不一的地方，在该项下面以“解读”说明本工具怎样处理。",
        "可以只用键盘：Tab 键换格，方向键选择，数字可用全角或半角。",
    ];
    let what = el("p").text("拟开展职业技能等级评价的单位，备案前可用本工具对照");
    let what = what.child(el("span").class("nw").text(edition.notice.as_str()));
    let what = what.text("的技术评估要点逐项自评：已得多少分、还可能得多少分、触发了哪些否决项、达到哪一档。");
    let parts: Vec<El> = vec![
        el("h1").text("使用说明"),
        h2("这是什么"),
        what,
        p(&format!("{}。自评结果，仅供参考，非官方结论。", edition.as_of)),
        h2("数据在哪里"),
        p(
            "数据只保存在本机浏览器，不会上传，不联网也能填。每次修改后半秒内自动保存，写入并读回核对之后才显示“已保存”。",
        ),
        p("清理浏览器数据会删除全部自评；浏览器崩溃或断电，可能丢失最近约一分钟的修改。请在完成后下载备份。"),
        h2("怎样填"),
        el("ul").each(steps.into_iter().map(|it| el("li").text(it))),
        h2("用什么浏览器"),
        p(
            "360 安全浏览器请用极速模式；Edge、Chrome 86 以上，Firefox 102 以上，Safari 16 以上均可。不支持填写的浏览器，仍可阅读和打印空白表。",
        ),
    ];
    el("article").class("read").each(parts.into_iter()).done()
}
