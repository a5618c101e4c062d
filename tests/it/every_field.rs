//! A dossier in which every field is filled, each with words of its own, for tests on what an output shows.

use ziping::app::part::in_words::about;
use ziping::carrier::{Take, pack, write_code, write_link};
use ziping::cli::decode_text;
use ziping::desk::{Desk, Filter};
use ziping::docx::docx;
use ziping::dossier::{
    Dossier, Equipment, Evidence, Examiner, Expert, Roster, Sheet, Task, TaskState, UnitFacts, Version, Work,
    read_backup, write_backup,
};
use ziping::filing::route::FilingAnswers;
use ziping::filing::scope::DeclaredRow;
use ziping::form::workbook;
use ziping::packet::{Packet, PacketPaper};
use ziping::plan::{Effort, Mark, Wishes};
use ziping::rubric::{Fact, Points};
use ziping::score::{Answers, Given};
use ziping::spreadsheet::{csv, xlsx};

use crate::carrier_laws::known;
use crate::unpacked::parts;
use crate::{editions, none_of, records};

/// An employer with a public sheet and one for 车工.
pub fn full() -> Dossier {
    let mut dossier = records::employer();
    dossier.route = FilingAnswers(vec![
        ("insured_in".to_owned(), "平顶山市".to_owned()),
        ("ownership".to_owned(), "other_enterprise".to_owned()),
    ]);
    dossier.facts = UnitFacts {
        place: "平顶山市湛河区".to_owned(),
        contact: "联系人甲".to_owned(),
        telephone: "0375-1234567".to_owned(),
        date: "2026-11-20".to_owned(),
        examiners: "12".to_owned(),
        experts: "3".to_owned(),
        people: "640".to_owned(),
    };
    dossier.declared = records::declared();
    dossier.roster = Roster {
        examiners: vec![Examiner {
            name: "考评员乙".to_owned(),
            occupation: "车工".to_owned(),
            agreement: Some(true),
            appointment: Some(false),
            qualified: Some(true),
            certificate: None,
        }],
        experts: vec![Expert {
            name: "专家丙".to_owned(),
            occupation: "车工".to_owned(),
            title: "高级技师".to_owned(),
            qualified: Some(true),
            agreement: Some(true),
            appointment: Some(false),
        }],
        equipment: vec![Equipment {
            name: "数控车床丁".to_owned(),
            occupation: "车工".to_owned(),
            count: Some(21),
            intact: Some(19),
            worn: Some(2),
        }],
    };
    let [public, turner] = &mut dossier.sheets[..] else { unreachable!("two sheets") };
    public.work = Work {
        wishes: Wishes {
            target: Some(Points::tenths(850)),
            safe: true,
            marks: vec![Mark { row: 4, effort: Effort::Money, cost: Some(35), reach: None }],
        },
        tasks: vec![Task {
            row: 4,
            to: vec![(Fact::Defects, 0)],
            who: "责任人戊".to_owned(),
            due: "2026-12-31".to_owned(),
            state: TaskState::Doing,
        }],
        evidence: vec![Evidence {
            row: 1,
            paper: "营业执照副本".to_owned(),
            place: "档案室己柜".to_owned(),
            who: "保管人庚".to_owned(),
            ready: true,
            pages: "7-9".to_owned(),
        }],
        versions: vec![Version {
            name: "初评辛".to_owned(),
            made: 1_780_000_000,
            answers: public.answers.iter().copied().take(4).collect(),
            notes: vec![(4, "旧备注壬".to_owned())],
        }],
    };
    for (fact, tenths) in [(Fact::Award, 40), (Fact::Low, 30), (Fact::High, 55)] {
        turner.answers.set(9, fact, Some(tenths));
    }
    turner.notes = vec![(1, "备注癸".to_owned())];
    turner.work.wishes.marks =
        vec![Mark { row: 8, effort: Effort::Never, cost: None, reach: Some(Points::tenths(55)) }];
    turner.work.tasks = vec![Task {
        row: 13,
        to: vec![(Fact::Intact, 20), (Fact::Total, 21)],
        who: "责任人子".to_owned(),
        due: "2027-01-15".to_owned(),
        state: TaskState::Done,
    }];
    turner.work.versions = vec![Version {
        answers: [Given { row: 1, fact: Fact::Defects, value: 2 }].into_iter().collect::<Answers>(),
        ..Version::default()
    }];
    dossier
}

/// The fields of [`full`] in groups, each with words that stand in no other field. What an output writes otherwise than it was
/// typed has the words of each way.
const FIELDS: [(&str, &[&str]); 12] = [
    ("单位", &["平顶山市某机械有限公司"]),
    ("所在地", &["平顶山市湛河区"]),
    ("联系人", &["联系人甲", "0375-1234567", "2026-11-20"]),
    ("职业", &["车工（数控车床）", "6-18-01-01", "4、3"]),
    ("备注", &["应急预案", "备注癸"]),
    ("答案", &["不符合 3 项", "自估 7.5 分"]),
    ("估计", &["自估 4 分，估计 3 到 5.5 分"]),
    ("名册", &["考评员乙", "专家丙", "高级技师", "数控车床丁"]),
    ("整改", &["责任人戊", "2026-12-31", "责任人子", "2027-01-15"]),
    ("佐证", &["营业执照副本", "档案室己柜", "保管人庚", "7-9"]),
    ("历次版本", &["初评辛"]),
    ("旧备注", &["旧备注壬"]),
];

/// An output of a dossier, what has to be in it, and what must never be.
struct Output {
    name: &'static str,
    text: fn(&Dossier) -> String,
    has: &'static [&'static str],
    never: &'static [&'static str],
}

/// What stays with the applicant in codes and links, whatever is ticked.
const AT_HOME: &[&str] = &["联系人", "名册", "整改", "佐证", "历次版本", "旧备注"];

/// Every output there is. A new one is a line here.
const OUTPUTS: [Output; 6] = [
    Output {
        name: "备份文件里的文字",
        text: words,
        has: &["单位", "所在地", "联系人", "职业", "备注", "答案", "估计", "名册", "整改", "佐证", "历次版本"],
        never: &[],
    },
    Output {
        name: "自评码，默认",
        text: |dossier| decoded(dossier, Take::default(), false),
        has: &["职业"],
        never: &["单位", "所在地", "备注", "联系人", "名册", "整改", "佐证", "历次版本", "旧备注"],
    },
    Output {
        name: "自评码，全部勾选",
        text: |dossier| decoded(dossier, EVERYTHING, false),
        has: &["单位", "所在地", "职业", "备注"],
        never: AT_HOME,
    },
    Output {
        name: "链接，全部勾选",
        text: |dossier| decoded(dossier, EVERYTHING, true),
        has: &["单位", "所在地", "职业", "备注"],
        never: AT_HOME,
    },
    Output {
        name: "汇总台的 CSV",
        text: |dossier| on_desk(dossier, |desk, shown| csv(&desk.summary_table(shown))),
        has: &["单位", "所在地", "职业"],
        never: AT_HOME,
    },
    Output {
        name: "汇总台的 XLSX",
        text: |dossier| {
            let all = |desk: &Desk, shown: &[usize]| xlsx(&desk.tables(known(), shown), "");
            on_desk(dossier, |desk, shown| String::from_utf8_lossy(&all(desk, shown)).into_owned())
        },
        has: &["单位", "所在地", "职业"],
        never: AT_HOME,
    },
];

pub const EVERYTHING: Take = Take { unit: true, notes: true, day: None };

fn words(dossier: &Dossier) -> String {
    let about = about(&editions()[0], dossier, |it| it.to_string());
    format!("{}\n{}", about.title, about.lines.join("\n"))
}

/// What `ziping code` says of a code or a link.
fn decoded(dossier: &Dossier, take: Take, link: bool) -> String {
    let record = pack(known(), dossier, take).expect("a record");
    let sent = if link { write_link("https://ziping.example/", &record) } else { write_code(&record) };
    let mut out = Vec::new();
    let tally = decode_text(known(), &sent, &mut out).expect("memory can be written");
    assert_eq!(tally.refused, 0, "{sent}");
    String::from_utf8(out).expect("UTF-8")
}

fn on_desk(dossier: &Dossier, table: impl Fn(&Desk, &[usize]) -> String) -> String {
    let text = write_backup(&[(dossier.clone(), about(&editions()[0], dossier, |it| it.to_string()))], "", 0, "");
    let mut desk = Desk::default();
    desk.add("甲.json", &text);
    desk.step(known(), usize::MAX);
    assert_eq!(desk.unopened, []);
    table(&desk, &desk.shown(&Filter::default()))
}

/// Every text of a dossier. Who adds a field is made to add it here.
pub fn texts(dossier: &mut Dossier) -> Vec<&mut String> {
    let Dossier { unit, applicant: _, edition: _, sheets, binned: _, route, facts, declared, roster } = dossier;
    let UnitFacts { place, contact, telephone, date, examiners, experts, people } = facts;
    let mut all = vec![unit, place, contact, telephone, date, examiners, experts, people];
    all.extend(route.0.iter_mut().map(|it| &mut it.1));
    for row in declared {
        let DeclaredRow { code, name, trade, levels, standard_name, dictionary_name, .. } = &mut **row;
        all.extend([code, name, trade, levels, standard_name, dictionary_name]);
    }
    let Roster { examiners, experts, equipment } = roster;
    for Examiner { name, occupation, agreement: _, appointment: _, qualified: _, certificate: _ } in examiners {
        all.extend([name, occupation]);
    }
    for Expert { name, occupation, title, qualified: _, agreement: _, appointment: _ } in experts {
        all.extend([name, occupation, title]);
    }
    for Equipment { name, occupation, count: _, intact: _, worn: _ } in equipment {
        all.extend([name, occupation]);
    }
    for Sheet { id: _, annex: _, blanks, occupation_code, levels, answers: _, notes, work } in sheets {
        let Work { wishes: _, tasks, evidence, versions } = work;
        all.extend(blanks.iter_mut().chain([occupation_code, levels]));
        all.extend(notes.iter_mut().map(|it| &mut it.1));
        for Task { row: _, to: _, who, due, state: _ } in tasks {
            all.extend([who, due]);
        }
        for Evidence { row: _, paper, place, who, ready: _, pages } in evidence {
            all.extend([paper, place, who, pages]);
        }
        for Version { name, made: _, answers: _, notes } in versions {
            all.extend([name].into_iter().chain(notes.iter_mut().map(|it| &mut it.1)));
        }
    }
    all
}

/// All outputs, with the documents and workbooks that are made of a dossier.
pub fn outputs(dossier: &Dossier) -> Vec<String> {
    let (edition, rules) = (&editions()[0], &crate::site().rules[0]);
    let packet = Packet { edition, rules: Some(rules), dossier };
    let files = [docx(&packet.document(&PacketPaper::ALL, "")), workbook(edition, rules, dossier, None, "")];
    let files = files.iter().map(|it| parts(it).into_iter().map(|it| it.1).collect());
    OUTPUTS.iter().map(|it| (it.text)(dossier)).chain(files).collect()
}

#[test]
fn every_output_shows_every_field_that_belongs_in_it() {
    let mut problems = Vec::new();
    let fields = |names: &'static [&'static str]| {
        names.iter().flat_map(|name| {
            let found = FIELDS.iter().find(|it| it.0 == *name);
            found.unwrap_or_else(|| panic!("no field {name}")).1.iter().map(move |words| (*name, *words))
        })
    };
    for output in OUTPUTS {
        let text = (output.text)(&full());
        for (name, words) in fields(output.has) {
            if !text.contains(words) {
                problems.push(format!("{}：缺少{name}“{words}”", output.name));
            }
        }
        for (name, words) in fields(output.never) {
            if text.contains(words) {
                problems.push(format!("{}：不该有{name}“{words}”", output.name));
            }
        }
    }
    none_of(&problems);
}

/// A backup file has the record itself beside the words: nothing at all is lost in it.
#[test]
fn a_backup_file_loses_nothing() {
    let text =
        write_backup(&[(full(), about(&editions()[0], &full(), |it| it.to_string()))], "2026-11-28 10:00", 7, "");
    assert_eq!(read_backup(&text).expect("it opens")[0].dossier, full());
}

/// The answers that leave in a code come back with the estimates; the table of the desk has what they come to.
#[test]
fn estimates_go_along_with_the_answers() {
    let line: serde_json::Value =
        serde_json::from_str(&decoded(&full(), Take::default(), false)).expect("a line of JSON");
    let given =
        |id: &str| line["sheets"][1]["answers"].get(id).or_else(|| line["sheets"][1]["partial"].get(id)).cloned();
    assert_eq!(given("2-9"), Some(serde_json::json!({ "award": 4, "low": 3, "high": 5.5 })));
    let table = on_desk(&full(), |desk, shown| csv(&desk.summary_table(shown)));
    let mut rows = table.lines().map(|it| it.split(',').collect::<Vec<_>>());
    let heads = rows.next().expect("a heading");
    let at = |title: &str| heads.iter().position(|it| it.trim_start_matches('\u{feff}') == title).expect("a column");
    let turner = rows.find(|it| it[at("自评表")].starts_with("附件2")).expect("a row");
    let points: f64 = turner[at("得分")].parse().expect("points");
    assert_eq!(turner[at("估计")], format!("{}～{}", points - 1.0, points + 1.5));
}
