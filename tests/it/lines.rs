//! The declared rows under their keys: after any edit they say what the whole says, and one row's edit costs one check.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use ziping::dossier::{DeclaredLines, Declares, Dossier, RowFound, Shared};
use ziping::filing::scope::{DeclaredCell, DeclaredRow};
use ziping::rubric::Applicant;

use crate::scope::scope;
use crate::scope_laws::any_row;
use crate::{EMPLOYER, editions, kind};

const APPLICANT: Applicant = EMPLOYER;

#[derive(Clone, Debug)]
enum Edit {
    Change(Index, DeclaredRow),
    Add(Index, DeclaredRow),
    Remove(Index),
    Swap(Index, Index),
    Paste(Index, Vec<DeclaredRow>),
    /// Back to the state before that many edits.
    Undo(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any_row()).prop_map(|(at, row)| Edit::Change(at, row)),
        (at(), any_row()).prop_map(|(at, row)| Edit::Add(at, row)),
        at().prop_map(Edit::Remove),
        (at(), at()).prop_map(|(one, other)| Edit::Swap(one, other)),
        (at(), vec(any_row(), 0..6)).prop_map(|(at, rows)| Edit::Paste(at, rows)),
        at().prop_map(Edit::Undo),
    ]
}

fn rows(of: Vec<DeclaredRow>) -> Vec<Shared<DeclaredRow>> {
    of.into_iter().map(Shared::from).collect()
}

fn done(now: &mut Vec<Shared<DeclaredRow>>, past: &[Vec<Shared<DeclaredRow>>], edit: Edit) {
    let n = now.len();
    match edit {
        Edit::Change(at, row) if 0 < n => *now[at.index(n)] = row,
        Edit::Add(at, row) => now.insert(at.index(n + 1), row.into()),
        Edit::Remove(at) if 0 < n => _ = now.remove(at.index(n)),
        Edit::Swap(one, other) if 0 < n => now.swap(one.index(n), other.index(n)),
        Edit::Paste(at, new) => _ = now.splice(at.index(n + 1)..at.index(n + 1), rows(new)).count(),
        Edit::Undo(which) => now.clone_from(&past[which.index(past.len())]),
        Edit::Change(..) | Edit::Remove(_) | Edit::Swap(..) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_each_row_is_found_as_if_all_were_checked_anew(
        first in vec(any_row(), 0..8), edits in vec(edit(), 0..12)
    ) {
        let mut now = rows(first);
        let mut lines = DeclaredLines::new(scope(), kind(APPLICANT), &now);
        let mut past = vec![now.clone()];
        for edit in edits {
            let before: Vec<_> = lines.all_found().map(|it| (it.0, it.1.clone())).collect();
            lines.declares();
            let (checks, looks) = (lines.n_checks(), lines.n_looks());
            done(&mut now, &past, edit);
            past.push(now.clone());
            let changed = lines.follow(&now);
            let shown = if now.is_empty() { rows(vec![DeclaredRow::default()]) } else { now.clone() };
            let after: Vec<_> = lines.all_found().map(|(key, row, found)| (key, row.clone(), found)).collect();
            // the same rows, and what a check of each finds
            prop_assert_eq!(after.iter().map(|it| it.1.clone()).collect::<Vec<_>>(), &*shown);
            for (_, row, found) in &after {
                prop_assert_eq!(&**found, &RowFound::of(scope(), kind(APPLICANT), row));
            }
            let declares: Vec<Declares> = lines.declares().into_iter().map(Shared::into_inner).collect();
            prop_assert_eq!(declares, shown.iter().map(|it| Declares::of(scope(), it)).collect::<Vec<_>>());
            // no key twice, and nothing changed in silence
            let mut keys: Vec<_> = after.iter().map(|it| it.0).collect();
            if !changed.order {
                prop_assert_eq!(&keys, &before.iter().map(|it| it.0).collect::<Vec<_>>());
            }
            for (key, row, _) in &after {
                if let Some(was) = before.iter().find(|it| it.0 == *key) {
                    prop_assert!(was.1 == *row || changed.rows.contains(key));
                }
            }
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), after.len());
            // no row was checked that is neither new nor changed
            let new = after.iter().filter(|it| before.iter().all(|was| was.0 != it.0)).count();
            prop_assert!(lines.n_checks() - checks <= new + changed.rows.len());
            prop_assert!(lines.n_looks() - looks <= new + changed.rows.len());
        }
    }
}

#[test]
fn of_five_hundred_rows_an_edit_checks_its_own() {
    let row = |n: usize| DeclaredRow { name: format!("车工{n}"), ..DeclaredRow::default() };
    let mut now = rows((0..500).map(row).collect());
    let mut lines = DeclaredLines::new(scope(), kind(APPLICANT), &now);
    assert_eq!((lines.all_found().count(), lines.n_checks()), (500, 500));
    assert_eq!((lines.declares().len(), lines.n_looks()), (500, 500));
    now[250].name.push('甲');
    let edited = lines.follow(&now);
    assert_eq!((edited.rows, edited.order), (vec![250], false));
    assert_eq!((lines.all_found().count(), lines.n_checks()), (500, 501));
    now.remove(3);
    let gone = lines.follow(&now);
    assert_eq!((gone.rows, gone.order), (vec![], true));
    now.swap(7, 8);
    lines.follow(&now);
    assert_eq!((lines.all_found().count(), lines.n_checks()), (499, 501));
    assert_eq!((lines.declares().len(), lines.n_looks()), (499, 501));
    assert_eq!(lines.at(250), Some(249));
}

/// Rows that say the same are rows of their own, as blank ones below each other.
#[test]
fn a_row_like_those_beside_it_comes_and_goes() {
    let blank = || Shared::from(DeclaredRow::default());
    let mut now = vec![blank(), blank()];
    let mut lines = DeclaredLines::new(scope(), kind(APPLICANT), &now);
    now.push(blank());
    let came = lines.follow(&now);
    assert_eq!((came.rows, came.order), (vec![], true));
    assert_eq!(lines.keys().collect::<Vec<_>>(), [0, 1, 2]);
    now.truncate(1);
    let gone = lines.follow(&now);
    assert_eq!((gone.rows, gone.order), (vec![], true));
    assert_eq!(lines.keys().collect::<Vec<_>>(), [0]);
}

/// What a check says about an empty cell is not said once more.
#[test]
fn an_empty_cell_is_told_once() {
    let found = |row: &DeclaredRow| RowFound::of(scope(), kind(APPLICANT), row);
    let blank = found(&DeclaredRow::default());
    for cell in [DeclaredCell::Code, DeclaredCell::Name, DeclaredCell::Levels] {
        assert!(blank.checked.reasons.iter().any(|it| it.cell == cell), "{cell:?}");
    }
    assert_eq!(blank.unfilled, [DeclaredCell::Trade, DeclaredCell::Standard]);
    let [name, code, levels] = ["评茶员", "6-02-06-11", "5、4"].map(str::to_owned);
    let row = DeclaredRow { name, code, levels, ..DeclaredRow::default() };
    assert_eq!(found(&row).unfilled, [DeclaredCell::Trade, DeclaredCell::Standard]);
    assert_eq!(found(&DeclaredRow { trade: "无".to_owned(), ..row }).unfilled, [DeclaredCell::Standard]);
}

/// A page asks for one row, by the key that stays with it.
#[test]
fn a_row_is_asked_for_by_its_key() {
    let row = |name: &str| DeclaredRow { name: name.to_owned(), ..DeclaredRow::default() };
    let welder = DeclaredRow { levels: "9".to_owned(), ..row("焊工") };
    let mut now = rows(vec![row("车工"), row("钳工"), welder.clone()]);
    let mut lines = DeclaredLines::new(scope(), kind(APPLICANT), &now);
    now.remove(0);
    lines.follow(&now);
    assert_eq!([0, 1, 2].map(|at| lines.key(at)), [Some(1), Some(2), None]);
    let names = [0, 1, 2].map(|key| lines.row(key).map(|it| it.name.clone()));
    assert_eq!(names, [None, Some("钳工".to_owned()), Some("焊工".to_owned())]);
    assert_eq!(lines.found(0), None);
    let found = lines.found(2).expect("a row of this key").into_inner();
    assert_eq!(found, RowFound::of(scope(), kind(APPLICANT), &welder));
    assert_ne!(found, RowFound::of(scope(), kind(APPLICANT), &row("钳工")));
    // only that row was checked, and only once
    assert!(lines.found(2).is_some());
    assert_eq!(lines.n_checks(), 1);
}

/// With many sheets each occupation has the one that it would find alone.
#[test]
fn sheets_of_occupations_are_found_together_as_one_by_one() {
    let row = |(code, name, trade): (&str, &str, &str)| {
        let [code, name, trade] = [code, name, trade].map(str::to_owned);
        DeclaredRow { code, name, trade, levels: "5、4".to_owned(), ..DeclaredRow::default() }
    };
    let declared = [
        ("6-18-01-01", "车工", ""),
        ("6-18-01-01", "车工", "数控车床"),
        ("6-18-01-01", "车工", ""),
        ("", "", ""),
        ("6-20-01-01", "钳工", "无"),
        ("6-18-02-01", "车工", ""),
    ];
    let edition = &editions()[0];
    let mut dossier = Dossier::new("某公司".to_owned(), APPLICANT, edition, &[]);
    dossier.declared = rows(declared.into_iter().map(row).collect());
    let all = dossier.occupations(edition, scope());
    let mut lines = DeclaredLines::new(scope(), kind(APPLICANT), &dossier.declared);
    assert_eq!(dossier.occupations_of(edition, &lines.declares()), all);
    let of: Vec<_> = all.iter().map(|it| (it.title.as_str(), it.rows.as_slice())).collect();
    assert_eq!(of, [("车工", &[0, 2][..]), ("车工（数控车床）", &[1]), ("钳工", &[4]), ("车工", &[5])]);
    let one_by_one = |dossier: &Dossier| {
        let alone: Vec<_> = all.iter().map(|it| dossier.sheet_of(it).map(|it| it.id)).collect();
        let together: Vec<_> = dossier.sheets_of(&all).iter().map(|it| it.map(|it| it.id)).collect();
        assert_eq!(together, alone);
        alone
    };
    assert_eq!(one_by_one(&dossier), [None; 4]);
    assert_eq!(dossier.add_declared_sheets(edition, scope()), 4);
    assert_eq!(one_by_one(&dossier), [Some(1), Some(2), Some(3), Some(4)]);
    // a sheet without a code is any occupation's of that name, and brackets are brackets
    dossier.sheets[0].occupation_code.clear();
    dossier.sheets[1].set_blank(0, "车工(数控车床)".to_owned());
    dossier.sheets[2].annex = 1;
    assert_eq!(one_by_one(&dossier), [Some(1), Some(2), None, Some(1)]);
}
