//! 使用说明: what this is, where the data is, what it is not.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::html::{El, el, link};

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
    let list = |items: &[&str]| el("ul").each(items.iter().map(|it| el("li").text(*it)));
    let parts: Vec<El> = vec![
        el("h1").text("使用说明"),
        h2("这是什么"),
        what,
        p("也可以看到在哪里备案，填写和核对评价范围申报表，把整份自评档案检查一遍。"),
        p(&format!("{}。自评结果，仅供参考，非官方结论。", edition.as_of)),
        h2("怎样开始"),
        list(&[
            "在首页选单位类别，回答三四个问题，看到在哪里备案；不想回答的可以以后再填。",
            "写上单位名称，建立自评档案。先填公共部分，再填评价范围申报表，按它建立各职业（工种）自评表。",
            "档案页上的“下一步”说现在最该做什么，“检查一遍”列出矛盾的和没有填完的，点一下就到那一项。",
        ]),
        h2("怎样填"),
        list(&steps),
        h2("数据在哪里"),
        list(&[
            "数据只存在本浏览器；不上传，不联网也能填。",
            "每次修改后半秒内自动保存；写入并读回核对之后，才显示“已保存”。写不进去时一直显示“未保存”，可以立即下载备份。",
            "任何升级、打开备份文件，都不覆盖已有的自评；两个标签页同时修改时，两份都保留。",
            "浏览器崩溃或断电，可能丢失最近约一分钟的修改；清理浏览器数据会删除全部自评。请在完成后下载备份。",
            "备份文件永久可读，以后的版本都能打开。",
            "删除的自评先进回收站，保留 7 天。",
        ]),
        p("填报程序打不开时，可以从数据救援页取出全部数据：")
            .child(link(format!("{}rescue.html", state.root), "数据救援页")),
        h2("快捷键"),
        list(&["Ctrl+S 下载备份", "Ctrl+Z 撤销，Ctrl+Y 重做", "/ 搜索"]),
        h2("用什么浏览器"),
        p(
            "360 安全浏览器请用极速模式；Edge、Chrome 86 以上，Firefox 102 以上，Safari 16 以上均可。不支持填写的浏览器，仍可阅读和打印空白表。",
        ),
    ];
    el("article").class("read").each(parts.into_iter()).done()
}
