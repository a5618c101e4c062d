//! A dossier in which every field is filled, each with words of its own, for tests on what an output shows.

use ziping::dossier::{
    Dossier, Equipment, Evidence, Examiner, Expert, Roster, Task, TaskState, UnitFacts, Version, Work,
};
use ziping::filing::route::FilingAnswers;
use ziping::plan::{Effort, Mark, Wishes};
use ziping::rubric::{Fact, Points};
use ziping::score::{Answers, Given};

use crate::records;

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
