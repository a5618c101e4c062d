//! What the columns of a pasted list hold, by their headings, however people word them.

use crate::filing::scope::plain;
use crate::letters::is_bracket;

use super::RosterList;

/// What a column of a pasted list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RosterColumn {
    Name,
    Occupation,
    /// 职称或技能等级.
    Title,
    Agreement,
    Appointment,
    /// 聘用协议 and 聘书 in one column.
    Both,
    Qualified,
    Certificate,
    Count,
    Intact,
    Worn,
    /// 考评员 or 专家, where a table has both.
    Category,
    Serial,
    /// Nothing of the list, or nobody knows.
    Unused,
}

use RosterColumn::{
    Agreement, Appointment, Both, Category, Certificate, Count, Intact, Name, Occupation, Qualified, Serial, Title,
    Unused, Worn,
};

/// How surely a heading has a meaning: the letters of the word that it contains, and more if it is that word.
pub type HeadingLikeness = usize;
pub const SAME: HeadingLikeness = 1000;

type HeadingWords = &'static [(RosterColumn, &'static [&'static str])];

const OF_ALL: HeadingWords = &[
    (Occupation, &["职业", "工种", "方向", "职业名称", "评价职业"]),
    (Serial, &["序号", "序列", "行号"]),
    (
        Unused,
        &[
            "职业编码",
            "职业代码",
            "备注",
            "编号",
            "单位",
            "部门",
            "证件",
            "附件",
            "所在单位",
            "工作单位",
            "联系电话",
            "职业资格证",
            "职业技能等级证",
        ],
    ),
];
const OF_PEOPLE: HeadingWords = &[
    (Name, &["姓名", "名字", "名单", "考评员姓名", "专家姓名", "考评人员"]),
    (Agreement, &["协议", "聘用合同", "聘任合同", "聘用协议", "聘任协议", "劳务合同", "签约"]),
    (Appointment, &["聘书", "聘任书", "聘任证书", "聘用证书", "聘任文件", "聘用文件"]),
    (Qualified, &["条件", "任职条件", "基本条件", "任职资格", "符合条件", "是否符合", "资格条件", "符合要求"]),
    (Category, &["类别", "人员类别", "人员类型", "聘任类别"]),
    (
        Unused,
        &["性别", "年龄", "电话", "手机", "身份证", "学历", "专业", "职务", "出生", "民族", "聘期", "聘用期限", "照片"],
    ),
];
const OF_EXAMINERS: HeadingWords = &[
    (
        Certificate,
        &[
            "证书",
            "资格证",
            "上岗证",
            "证卡",
            "考评员证",
            "考评证",
            "考评员资格证",
            "考评人员证",
            "考评员证书",
            "培训",
            "考核",
            "培训考核",
            "考评资格",
        ],
    ),
    (Unused, &["职称", "技能等级", "等级", "职业资格", "职业资格证书", "技能等级证书", "毕业证", "培训时间"]),
];
const OF_EXPERTS: HeadingWords = &[
    (
        Title,
        &[
            "职称",
            "技能等级",
            "等级",
            "职业资格",
            "技术职务",
            "专业技术职务",
            "职业技能等级",
            "技术职称",
            "技术等级",
            "职称或技能等级",
            "职业资格证书",
        ],
    ),
    (Unused, &["证书", "培训", "考核", "职称证书", "取得时间"]),
];
const OF_EQUIPMENT: HeadingWords = &[
    (Name, &["名称", "设备名称", "仪器名称", "设施名称", "工具名称", "品名", "器材", "仪器设备", "设施设备"]),
    (Count, &["数量", "台数", "总数", "台套数", "总量", "件数", "台套", "配备", "现有"]),
    (
        Intact,
        &["完好", "可用", "正常", "能用", "完好数", "完好数量", "完好台数", "状况", "状态", "完好情况", "完好状况"],
    ),
    (Worn, &["陈旧", "老旧", "老化", "陈旧数", "陈旧数量", "陈旧台数", "陈旧处数"]),
    (
        Unused,
        &["完好率", "型号", "规格", "品牌", "厂家", "单价", "金额", "存放", "价值", "购置", "类别", "规格型号", "损坏"],
    ),
];

fn words_of(list: RosterList) -> [HeadingWords; 3] {
    match list {
        RosterList::Examiners => [OF_ALL, OF_PEOPLE, OF_EXAMINERS],
        RosterList::Experts => [OF_ALL, OF_PEOPLE, OF_EXPERTS],
        RosterList::Equipment => [OF_ALL, &[], OF_EQUIPMENT],
    }
}

/// What a heading means in a list, and how surely; with 0 nothing.
pub fn means(list: RosterList, heading: &str) -> (RosterColumn, HeadingLikeness) {
    let whole = plain::name(heading);
    // 聘用协议（√）: what stands in brackets explains the rest, unless 职业（工种）is all there is
    let bare: String = whole.chars().take_while(|it| !is_bracket(*it)).collect();
    let bare = if bare.is_empty() { &whole } else { &bare };
    let mut best = (Unused, 0);
    for (meaning, words) in words_of(list).into_iter().flatten() {
        for word in *words {
            let sure = match plain::position(bare, word) {
                Some(_) if word == bare => SAME + word.len(),
                Some(_) => word.len(),
                None => continue,
            };
            if best.1 < sure || best.1 == sure && best.0 == Unused {
                best = (*meaning, sure);
            }
        }
    }
    let says = |word| plain::position(&whole, word).is_some();
    if matches!(best.0, Agreement | Appointment) && says("协议") && (says("聘书") || says("聘任书")) {
        best = (Both, SAME);
    }
    best
}

/// The meanings that a person may choose from, in the order in which the page shows the list.
impl RosterList {
    pub fn columns(self) -> &'static [RosterColumn] {
        match self {
            RosterList::Examiners => &[Name, Occupation, Agreement, Appointment, Qualified, Certificate],
            RosterList::Experts => &[Name, Occupation, Title, Qualified, Agreement, Appointment],
            RosterList::Equipment => &[Name, Occupation, Count, Intact, Worn],
        }
    }
}

impl RosterColumn {
    /// What the column is called.
    pub fn label(self, list: RosterList) -> &'static str {
        match self {
            Name if list == RosterList::Equipment => "名称",
            Name => "姓名",
            Occupation => "职业（工种）",
            Title => "职称或技能等级",
            Agreement => "聘用协议",
            Appointment => "聘书",
            Both => "聘用协议和聘书",
            Qualified if list == RosterList::Experts => "符合条件",
            Qualified => "任职条件",
            Certificate => "培训考核、考评员证",
            Count => "数量",
            Intact => "完好",
            Worn => "陈旧",
            Category => "考评员或专家",
            Serial => "序号",
            Unused => "不加入",
        }
    }
}
