//! What the checks need in an edition. If it were missing they would find nothing, and nobody would notice.

use crate::rubric::{Blank, BlankPiece, Blocks, Edition, Part, Role, Row, RowKey, Rubric, RubricPlace, Rule, Unsound};

use super::ReviewCheck;

/// What a check looks for in an edition, besides the rules of the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// In every public part the row on levels.
    LevelsRow,
    Reading(Role),
    /// At each row that counts people who do not comply, what of the roster it asks for.
    RosterRows,
}

/// All that the checks need and the edition lacks. `declares` says whether it has rules on what may be declared.
pub fn lacking(edition: &Edition, declares: bool) -> Vec<Unsound<RubricPlace>> {
    let mut found = Lacking { edition, declares, all: Vec::new() };
    let mut needs: Vec<Need> = Vec::new();
    for need in ReviewCheck::ALL.iter().flat_map(|it| needs_of(*it)) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    for need in needs {
        match need {
            Need::LevelsRow => found.levels_row(),
            Need::Reading(role) => found.reading(role),
            Need::RosterRows => found.roster_rows(),
        }
    }
    found.all
}

fn needs_of(check: ReviewCheck) -> &'static [Need] {
    match check {
        ReviewCheck::LevelsUnmet | ReviewCheck::LevelsOpen => &[Need::LevelsRow],
        ReviewCheck::LevelsBeyond => &[Need::LevelsRow, Need::Reading(Role::LevelRange)],
        ReviewCheck::VetoUnsettled | ReviewCheck::VetoNoted => &[Need::Reading(Role::SchoolReform)],
        ReviewCheck::SystemTwice | ReviewCheck::SystemsUnnamed => &[Need::Reading(Role::SystemOnce)],
        ReviewCheck::HeaderParts => &[Need::Reading(Role::HeaderParts)],
        ReviewCheck::RosterDiffers => &[Need::RosterRows],
        ReviewCheck::UnitMissing
        | ReviewCheck::FactsMissing
        | ReviewCheck::TotalUnread
        | ReviewCheck::RouteOpen
        | ReviewCheck::RouteUnclear
        | ReviewCheck::PublicMissing
        | ReviewCheck::SheetForeign
        | ReviewCheck::NothingDeclared
        | ReviewCheck::OccupationMissing
        | ReviewCheck::Rejected
        | ReviewCheck::Held
        | ReviewCheck::Unconfirmed
        | ReviewCheck::Noted
        | ReviewCheck::DeclaredTwice
        | ReviewCheck::NoSheet
        | ReviewCheck::SheetUnnamed
        | ReviewCheck::NotDeclared
        | ReviewCheck::CodeDiffers
        | ReviewCheck::LevelsDiffer
        | ReviewCheck::SheetTwice
        | ReviewCheck::Unanswered
        | ReviewCheck::RowUnsure
        | ReviewCheck::BelowAll
        | ReviewCheck::PointsLost
        | ReviewCheck::Faulty
        | ReviewCheck::FilingVeto
        | ReviewCheck::WorkVeto
        | ReviewCheck::VetoFullPoints
        | ReviewCheck::NoteMissing
        | ReviewCheck::DefectsQualified
        | ReviewCheck::DefectsOfNobody
        | ReviewCheck::MoreThanTotal
        | ReviewCheck::HeaderUnread
        | ReviewCheck::ProofsMissing => &[],
    }
}

struct Lacking<'e> {
    edition: &'e Edition,
    declares: bool,
    all: Vec<Unsound<RubricPlace>>,
}

impl<'e> Lacking<'e> {
    fn say(&mut self, place: RubricPlace, message: String) {
        self.all.push(Unsound { place, message });
    }

    fn levels_row(&mut self) {
        for rubric in &self.edition.rubrics {
            let of_levels = |it: &&Row| it.key == Some(RowKey::Levels);
            let rows: Vec<(RubricPlace, &Row)> = rubric.placed_rows().filter(|it| of_levels(&it.1)).collect();
            for (place, row) in &rows {
                let id = rubric.row_id(row.number);
                if !matches!(row.rule, Rule::Met { .. }) {
                    self.say(*place, format!("`{id}` 的 `key` 是 `levels`，规则应为 `met`，申报的级别才能与它对照"));
                }
                if rubric.part == Part::Occupation {
                    self.say(*place, format!("`{id}` 所在的表写着 `part = \"occupation\"`，`key = \"levels\"` 只写在 `part = \"public\"` 的表里"));
                }
            }
            if let [(_, first), (place, second), ..] = &*rows {
                let (first, second) = (rubric.row_id(first.number), rubric.row_id(second.number));
                self.say(*place, format!("`{second}` 的 `key` 与 `{first}` 相同，一份评估要点只能有一行"));
            }
            if rows.is_empty() && self.declares && rubric.part == Part::Public {
                let message =
                    "没有写明哪一行规定评价的级别，“检查一遍”要拿申报的级别与它对照，请在那一行写上 `key = \"levels\"`";
                self.say(RubricPlace::Rubric(rubric.annex), message.to_owned());
            }
        }
    }

    /// Rows that count people say by their key which of the people; the keys fit their rules, and each stands once.
    fn roster_rows(&mut self) {
        for rubric in &self.edition.rubrics {
            let mut seen: Vec<(RowKey, u16)> = Vec::new();
            for (place, row) in rubric.placed_rows().filter(|it| it.1.shares.is_none()) {
                let id = rubric.row_id(row.number);
                let of = of_people(rubric, row);
                let Some(key) = row.key.filter(|it| *it != RowKey::Levels) else {
                    if let (Some(of), None) = (of, row.key) {
                        let (who, words) = if of == CountedPeople::Examiners {
                            ("考评人员", "examiners_appointed、examiners_qualified 或 examiners_certified")
                        } else {
                            ("专家", "experts_appointed 或 experts_qualified")
                        };
                        let message =
                            format!("`{id}` 按人扣分，没有写明名册里{who}的哪一项与它对照，请写上 `key`：{words}");
                        self.say(place, message);
                    }
                    continue;
                };
                let word = key.word();
                let fits = match key {
                    RowKey::Levels => true,
                    RowKey::ExaminersAppointed | RowKey::ExaminersQualified | RowKey::ExaminersCertified => {
                        of == Some(CountedPeople::Examiners)
                    }
                    RowKey::ExpertsAppointed | RowKey::ExpertsQualified => of == Some(CountedPeople::Experts),
                    RowKey::EquipmentWorn => of.is_none() && matches!(row.rule, Rule::Deduct { .. }),
                    RowKey::Scheme | RowKey::Profile | RowKey::Audience | RowKey::Occupations | RowKey::Filing => {
                        rubric.part == Part::Public
                    }
                };
                if !fits {
                    let what = match key {
                        RowKey::Levels | RowKey::EquipmentWorn => "规则应为 `deduct`，没有 `people`",
                        RowKey::ExpertsAppointed | RowKey::ExpertsQualified => {
                            "规则应为 `deduct`，`people` 应为专家人数那一行"
                        }
                        RowKey::ExaminersAppointed | RowKey::ExaminersQualified | RowKey::ExaminersCertified => {
                            "规则应为 `deduct`，`people` 应为考评人员数量那一行"
                        }
                        RowKey::Scheme | RowKey::Profile | RowKey::Audience | RowKey::Occupations | RowKey::Filing => {
                            "只写在 `part = \"public\"` 的表里"
                        }
                    };
                    self.say(place, format!("`{id}` 的 `key` 是 `{word}`，{what}"));
                }
                if let Some((_, first)) = seen.iter().find(|it| it.0 == key) {
                    let first = rubric.row_id(*first);
                    self.say(place, format!("`{id}` 的 `key` 与 `{first}` 相同，一份评估要点只能有一行"));
                }
                seen.push((key, row.number));
            }
        }
    }

    /// Requires a reading with this role, cited where the check relies on it; unless the edition says that its text
    /// needs none.
    fn reading(&mut self, role: Role) {
        let of_role = |it: &usize| self.edition.readings[*it].role == Some(role);
        let all: Vec<usize> = (0..self.edition.readings.len()).filter(of_role).collect();
        let leaning = self.leaning(role);
        match *all {
            [] if leaning.is_empty() || self.edition.settled.contains(&role) => {}
            [] => {
                let word = role.word();
                let message = format!(
                    "{}要引用一条解读，`readings.toml` 里没有一条写着 `role = \"{word}\"`，请补上；原文已写明、不需要解读的，在 `edition.toml` 的 `settled` 里写上 `{word}`",
                    what(self.edition, role)
                );
                self.say(RubricPlace::Edition, message);
            }
            [first, ref others @ ..] => {
                let id = &self.edition.readings[first].id;
                if let Some(second) = others.first() {
                    let other = &self.edition.readings[*second].id;
                    self.say(RubricPlace::Reading(*second), format!("`{other}` 的 `role` 与 `{id}` 相同，只能有一条"));
                }
                if leaning.is_empty() {
                    let message = format!(
                        "`{id}` 的 `role` 是 `{}`，{}却没有地方要用它，请核对",
                        role.word(),
                        what(self.edition, role)
                    );
                    self.say(RubricPlace::Reading(first), message);
                }
                for (place, cites, who) in leaning {
                    if !cites.contains(id) {
                        self.say(
                            place,
                            format!("{who}没有引用解读 `{id}`，{}要用它，请写进 `readings`", what(self.edition, role)),
                        );
                    }
                }
            }
        }
    }

    /// The places where a check relies on the reading with this role, what is cited there, and what the place is
    /// called.
    fn leaning(&self, role: Role) -> Vec<(RubricPlace, &'e [String], String)> {
        let mut all = Vec::new();
        for rubric in &self.edition.rubrics {
            let of_school = self.edition.kind(rubric.applicant).others.is_some() && rubric.part == Part::Public;
            let own = rubric.placed_rows().filter(|it| it.1.shares.is_none());
            let rows = own.filter(|(_, row)| match role {
                Role::LevelRange => of_school && row.key == Some(RowKey::Levels),
                Role::SystemOnce => matches!(row.rule, Rule::Credit { .. }),
                Role::SchoolReform => of_school && row.veto.as_ref().is_some_and(|it| it.blocks == Blocks::Filing),
                Role::HeaderParts => false,
            });
            let id = |row: &Row| format!("`{}` ", rubric.row_id(row.number));
            let mut rows: Vec<_> = rows.map(|(place, row)| (place, &*row.readings, id(row))).collect();
            // it concerns only some of the vetoes
            if role == Role::SchoolReform {
                let reading = self.edition.of_role(role).map(|it| &it.id);
                let cited = rows.iter().position(|it| reading.is_some_and(|id| it.1.contains(id)));
                rows = rows.drain(..).skip(cited.unwrap_or_default()).take(1).collect();
            }
            all.append(&mut rows);
            if role == Role::HeaderParts && has_parts(rubric) {
                all.push((RubricPlace::Rubric(rubric.annex), &*rubric.cites, format!("附件{}", rubric.annex)));
            }
        }
        all
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CountedPeople {
    Examiners,
    Experts,
}

/// Whose defects a row counts, by the row that gives the head count.
fn of_people(rubric: &Rubric, row: &Row) -> Option<CountedPeople> {
    let Rule::Deduct { people: Some(people), .. } = &row.rule else { return None };
    match rubric.row(people.row)?.rule {
        Rule::Number { .. } => Some(CountedPeople::Examiners),
        Rule::Experts { .. } => Some(CountedPeople::Experts),
        _ => None,
    }
}

/// What people call the check.
fn what(edition: &Edition, role: Role) -> String {
    let schools = || edition.kinds_in_words(|it| it.others.is_some());
    match role {
        Role::LevelRange => format!("检查{}申报的级别", schools()),
        Role::SystemOnce => "检查同一制度是否计了两次".to_owned(),
        Role::HeaderParts => "检查表头各部分的人数".to_owned(),
        Role::SchoolReform => format!("检查{}的否决项", schools()),
    }
}

fn has_parts(rubric: &Rubric) -> bool {
    rubric.header.iter().flatten().any(|it| *it == BlankPiece::Blank(Blank::Part))
}
