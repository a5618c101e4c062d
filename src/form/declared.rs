//! 申报的职业 as a list of a workbook. The last columns are for schools only.

use crate::dossier::Dossier;
use crate::filing::scope::{ClassType, DeclaredRow, Major, School, Standard, Tri};
use crate::rubric::{Edition, Measure};

use super::entries::{number, said, text, value, yes};
use super::field::{InputKind, InputValue};
use super::tables::{EntryTable, LineValues};

pub const DECLARED: &str = "申报的职业";
/// The first column that is for schools.
pub const SCHOOL: u32 = 11;

/// `school`: with what is asked of a school.
pub fn declared_table(school: bool) -> EntryTable {
    let kinds = InputKind::choice(&["国家职业技能标准", "企业评价规范"], 2);
    let unsure = InputKind::choice(&["是", "否", "待确认"], 2);
    let yes_no = InputKind::yes_no;
    let mut columns = vec![
        ("职业编码", 14, InputKind::Text),
        ("职业名称", 20, InputKind::Text),
        ("工种（职业方向）", 20, InputKind::Text),
        ("级别", 16, InputKind::Text),
        ("评价标准", 18, kinds),
        ("标准颁布年份", 10, InputKind::whole()),
        ("标准中的职业名称", 20, InputKind::Text),
        ("大典中的职业名称", 20, InputKind::Text),
        ("已与大典核对", 10, yes_no()),
        ("是否准入类", 10, unsure),
        ("是否接近专业技术类", 12, yes_no()),
    ];
    if school {
        columns.extend([
            ("是否本校学生", 10, yes_no()),
            ("连续招生（年）", 10, InputKind::Number(Measure::Decimal, None)),
            ("有一定招生规模", 10, yes_no()),
            ("个别小专业", 10, yes_no()),
            ("有国家职业技能标准", 12, yes_no()),
            ("毕业学年", 10, yes_no()),
            ("分段注册", 10, yes_no()),
            ("有前一段的证书", 10, yes_no()),
            ("复合专业", 10, yes_no()),
            ("班型", 14, InputKind::choice(&["中级工班", "高级工班", "预备技师班", "其他"], 3)),
            ("主辅专业", 10, InputKind::choice(&["主专业", "辅专业"], 1)),
        ]);
    }
    EntryTable { name: DECLARED, columns }
}

/// Whether a dossier needs the columns for schools.
pub fn of_school(edition: &Edition, dossier: &Dossier) -> bool {
    edition.kind(dossier.applicant).others.is_some() || dossier.declared.iter().any(|it| it.school.is_some())
}

pub fn declared(dossier: &Dossier, school: bool) -> Vec<LineValues> {
    dossier.declared.iter().map(|it| line(it, school)).collect()
}

fn line(row: &DeclaredRow, with_school: bool) -> LineValues {
    let DeclaredRow { code, name, trade, levels, standard, standard_year, standard_name, dictionary_name, .. } = row;
    let standard = match standard {
        Standard::Unsaid => None,
        Standard::National => Some(2),
        Standard::Enterprise => Some(1),
    };
    let restricted = row.restricted.map(|said| match said {
        Tri::Yes => 2,
        Tri::No => 1,
        Tri::Unsure => 0,
    });
    let mut entry = vec![
        text(code),
        text(name),
        text(trade),
        text(levels),
        number(standard),
        number(standard_year.map(i64::from)),
        text(standard_name),
        text(dictionary_name),
        number(row.name_checked),
        number(restricted),
        number(row.near_professional),
    ];
    if !with_school {
        return entry;
    }
    entry.push(row.school.as_ref().map(|_| InputValue::Number(1)));
    let said = row.school.clone().unwrap_or_default();
    let class_type = said.class_type.map(|said| match said {
        ClassType::Intermediate => 3,
        ClassType::Advanced => 2,
        ClassType::PreTechnician => 1,
        ClassType::Other => 0,
    });
    let major = said.major.map(|it| i64::from(it == Major::Main));
    entry.push(number(said.enrolled_years));
    let ticked = [
        said.has_scale,
        said.small_major,
        said.national_standard,
        said.graduating_year,
        said.staged,
        said.earlier_certificate,
        said.compound,
    ];
    entry.extend(ticked.map(number));
    entry.extend([number(class_type), number(major)]);
    entry
}

pub fn row(entry: &LineValues) -> DeclaredRow {
    let standard = match value(entry, 4) {
        Some(2) => Standard::National,
        Some(_) => Standard::Enterprise,
        None => Standard::Unsaid,
    };
    let restricted = value(entry, 9).map(|said| match said {
        2 => Tri::Yes,
        1 => Tri::No,
        _ => Tri::Unsure,
    });
    let class_type = value(entry, 20).map(|said| match said {
        3 => ClassType::Intermediate,
        2 => ClassType::Advanced,
        1 => ClassType::PreTechnician,
        _ => ClassType::Other,
    });
    let school = School {
        enrolled_years: value(entry, 12),
        has_scale: yes(entry, 13),
        small_major: yes(entry, 14),
        national_standard: yes(entry, 15),
        graduating_year: yes(entry, 16),
        staged: yes(entry, 17),
        earlier_certificate: yes(entry, 18),
        compound: yes(entry, 19),
        class_type,
        major: value(entry, 21).map(|it| if it == 1 { Major::Main } else { Major::Minor }),
    };
    let own = yes(entry, 11).unwrap_or_default() || school != School::default();
    DeclaredRow {
        code: said(entry, 0),
        name: said(entry, 1),
        trade: said(entry, 2),
        levels: said(entry, 3),
        standard,
        standard_year: value(entry, 5).and_then(|it| u16::try_from(it).ok()),
        standard_name: said(entry, 6),
        dictionary_name: said(entry, 7),
        name_checked: yes(entry, 8),
        restricted,
        near_professional: yes(entry, 10),
        school: own.then_some(school),
    }
}
