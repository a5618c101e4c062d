//! 使用说明: what this is, where the data is, what it is not.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::filing::Rules;
use crate::generate::site::OFFLINE;
use crate::rubric::{Edition, Part};

use super::later::later_page;

pub fn about(state: State, offline: bool) -> AnyView {
    let edition = state.edition();
    let p = |words: &str| el("p").text(words);
    let h2 = |words: &str| el("h2").text(words);
    let steps = [
        "没有填的就是“未评”，不当作零分；全部评完才有结论。",
        "“酌情”的项目由您自己估计，评估人员可能有不同看法，所以同时给出可能的范围。",
        "每项的备注、计算依据和“解读”（原文没有写明或前后不一的地方怎样处理）点“展开”看，上方有“全部展开”。",
        "可以只用键盘：Tab 键换格，方向键选择，数字可用全角或半角。",
    ];
    let what = el("p").text("拟开展职业技能等级评价的单位，备案前可用本工具对照");
    let what = what.child(el("span").class("nw").text(edition.notice.as_str()));
    let what = what.text("的技术评估要点逐项自评：已得多少分、还可能得多少分、触发了哪些否决项、达到哪一档。");
    let list = |items: &[&str]| el("ul").each(items.iter().map(|it| el("li").text(*it)));
    let rules = state.rules_of(edition);
    let (has_routes, has_scope) = (rules.is_some_and(Rules::has_routes), rules.is_some_and(Rules::has_scope));
    let also = [(has_routes, "看到在哪里备案，"), (has_scope, "填写和核对评价范围申报表，")];
    let also: Vec<&str> = also.into_iter().filter(|it| it.0).map(|it| it.1).collect();
    let begin = if has_routes {
        "在首页选单位类别，回答三四个问题，看到在哪里备案；不想回答的可以以后再填。"
    } else {
        "在首页选单位类别。"
    };
    let later = later_page(state, "此后文件");
    let later = later.map(|it| el("span").text("之后印发的文件，已知什么，涉及哪些地方：").child(it).text("。"));
    let parts: Vec<El> = vec![
        el("h1").text("使用说明"),
        h2("这是什么"),
        what,
        p(&format!("也可以{}把整份自评档案检查一遍。", also.concat())),
        p(&format!("{}。自评结果，仅供参考，非官方结论。", edition.as_of)).maybe(later),
        h2("怎样开始"),
        list(&[
            begin,
            &format!("写上单位名称，建立自评档案。{}", parts_in_order(edition, has_scope)),
            "档案页上的“下一步”说现在最该做什么，“检查一遍”列出矛盾的和没有填完的，点一下就到那一项。",
        ]),
        h2("怎样填"),
        list(&steps),
        h2("评完以后"),
        list(&[
            "没有达到分数线的，在“整改清单”里写明哪些马上能办、哪些要花钱、哪些办不到，看花费最少的改法；再定责任人和期限，办好一项写入一项。",
            "“酌情”的项目除估计的分数外，可以写最低和最高估计，看最坏和最好各是多少分。",
            "考评人员、专家和设备列成“名册”，表里的人数、完好率由它得出，一按采用；名册可以从 WPS 表格粘贴。",
            "“佐证材料”写明每一项靠什么材料证明、放在哪里、谁负责，缺的排在前面，印出来就是材料目录。",
            "“申报材料”把封面、申报表、评估表、清单和名册合成一份 Word 文档、一本电子表格，或一次打印。",
            "“历次版本”保存每次评完的样子，可以比较，也可以退回。",
        ]),
        h2("数据在哪里"),
        list(&[
            "数据只存在本浏览器；不上传，不联网也能填。",
            "每次修改后半秒内自动保存；写入并读回核对之后，才显示“已保存”。写不进去时一直显示“未保存”，可以立即下载备份。",
            "任何升级、打开备份文件，都不覆盖已有的自评；两个标签页同时修改时，逐项合并，同一处改得不同才问。",
            "显示“已保存”的已经写到磁盘，浏览器崩溃或断电也不丢；浏览器只存得下一份的，网页会写明，那时可能丢失最近约一分钟的修改。清理浏览器数据、关掉隐私（无痕）窗口，都会删除自评。请在完成后下载备份。",
            "备份文件永久可读，以后的版本都能打开。",
            "删除的自评先进回收站，保留 7 天。",
        ]),
        p("填报程序打不开时，可以从数据救援页取出全部数据：")
            .child(link(format!("{}rescue.html", state.root), "数据救援页")),
        h2("分享和收到的自评"),
        list(&[
            "档案页和每张自评表都可以“分享”：自评码可以抄在纸上、念给对方，链接和二维码可以发出去，文件含全部内容。默认不带单位名称和备注。",
            "知道链接的人都能看到，发出后无法收回。内容就在链接里，不经过任何服务器。",
            "打印的评估表上有自评码和二维码，收到纸的人可以还原各项填写。",
            "打开别人的自评只能看，得分和结论由本机重新计算；选择“另存为我的自评”之前什么也不保存。",
            "页面底部有“比对两份自评”“合议”（三至七名评估人员）和“汇总台”（县区中心汇总几百份）。",
        ]),
        h2("快捷键"),
        list(&["Ctrl+S 下载备份", "Ctrl+Z 撤销，Ctrl+Y 重做", "/ 搜索"]),
        p("看不清、不用鼠标或用读屏软件的，怎样用、检查过什么：")
            .child(link(state.href(&Address::Access), "无障碍说明")),
        h2("反映问题").set("id", "report"),
        p("发现计算不对、打不开、打印不全等问题，请告诉网站管理人员，写明四样："),
        list(&[
            "怎样出现的：从哪一页开始，依次按了什么、填了什么，看到什么，应当是什么；能截图的附上截图。",
            "版本：页面末尾“版本”后面的全部字符。",
            "浏览器：名称和版本；360、QQ 浏览器写明极速模式还是兼容模式，离线版写明是离线版。",
            "要附上自评的，附“脱敏副本”：在档案的“分享”页下载，结构和得分与原来相同，没有单位、姓名、电话和您写的其他文字。不要附备份文件。",
        ]),
        h2("用什么浏览器"),
        p(
            "360 安全浏览器请用极速模式；Edge、Chrome 86 以上，Firefox 102 以上，Safari 16 以上均可。不支持填写的浏览器，仍可阅读和打印空白表。",
        ),
        h2("架设网站的人"),
        p("架设或更新网站以后，用自检页检查服务器的设置：")
            .child(link(format!("{}selfcheck.html", state.root), "网站自检")),
        h2("版本和许可"),
        p("页面末尾和打印件末尾的“版本”后面是校验值：数据、程序有任何改动，校验值就不同；两处相同的，内容和算法相同。"),
        p("本站按 MIT 或 Apache-2.0 许可；所用的第三方软件见")
            .child(link(state.href(&Address::Licences), "第三方许可"))
            .text("。公文原文不在许可之内。"),
    ];
    let offline = if offline { one_file(state) } else { Vec::new() };
    el("article").class("read").each(parts.into_iter().chain(offline)).done()
}

/// In which order the sheets are filled in.
fn parts_in_order(edition: &Edition, has_scope: bool) -> String {
    let name = |part: Part| edition.rubrics.iter().find(|it| it.part == part).map(|it| it.part_name.as_str());
    let first = name(Part::Public).map(|it| format!("先填{it}，再"));
    let first = first.unwrap_or_default();
    match name(Part::Occupation) {
        Some(_) if has_scope => format!("{first}填评价范围申报表，按它建立各职业（工种）自评表。"),
        Some(_) => format!("{first}给每个职业（工种）填一张自评表。"),
        None => String::new(),
    }
}

/// The site as one file: where to get it, and what it keeps.
fn one_file(state: State) -> Vec<El> {
    let list = [
        "整个网站在一个文件里，复制到 U 盘或内网电脑，双击打开就能看文件、填写、计算、打印，不联网，也不用安装。",
        "填写的内容保存在打开它的那个浏览器里，不在文件里。360 极速模式、Edge、Chrome 里，这台电脑上的其他本地网页也能读到；Firefox 按文件的位置保存，移动或改名以后要用备份恢复。每次离开前请下载备份。",
        "浏览器不保存时，页面会立即说明，离开前务必下载备份。",
        "备份文件、自评码和链接与网站通用；在离线版里生成的链接打开的是网站。",
        "打开时先核对文件内容，不完整或被改动过的会说明。",
    ];
    let file = link(format!("{}{OFFLINE}", state.root), "下载离线版").set("download", "自评离线版.html");
    vec![
        el("h2").set("id", "offline").text("离线版"),
        el("ul").each(list.iter().map(|it| el("li").text(*it))),
        el("p")
            .child(file)
            .text("，约 0.6 MB。右键“目标另存为”也可以；用 360 极速模式、Edge、Chrome 86 以上或 Firefox 打开。"),
    ]
}
