//! `survey_wide.csv`: one row a submission, one column a question; and what
//! became of every answer.

use super::people::Person;
use super::survey::{
    EASE, EXPECTATION, Given, Kind, QUESTIONS, RECOMMEND, SATISFACTION, State, Submission, YES_NO, customer,
};
use super::trials;
use super::world::{AS_OF, LAST_COMPLETE, PROGRAMME, SEGMENTS, World};
use crate::calendar::{Day, Moment};
use crate::dice::Dice;
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

pub(super) const FILE: &str = "survey_wide.csv";

/// Words for the points of `Versus expectation`.
const EXPECTED: [&str; 5] = ["Much worse", "Worse", "As expected", "Better", "Much better"];

/// What became of the answers to one question. The ten add up to `rows`.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Outcomes {
    pub rows: u64,
    pub answered: u64,
    pub blank: u64,
    pub dont_know: u64,
    pub partial: u64,
    pub dismissed: u64,
    pub invited: u64,
    pub out_of_scale: u64,
    pub unreadable: u64,
    pub superseded: u64,
    pub excluded: u64,
    /// Answers that count, by point.
    pub points: BTreeMap<i32, u64>,
}

/// Promoters, passives and detractors.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct Camps {
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
}

impl Camps {
    fn add(&mut self, point: i32) {
        match point {
            9.. => self.promoters += 1,
            7..=8 => self.passives += 1,
            _ => self.detractors += 1,
        }
    }

    pub(super) const fn n(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// The net score in points.
    pub(super) fn score(&self) -> f64 {
        100.0 * (self.promoters as f64 - self.detractors as f64) / self.n() as f64
    }
}

/// Answers of 4 and 5, of how many.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct Satisfied {
    pub top: u64,
    pub n: u64,
}

impl Satisfied {
    pub(super) fn share(self) -> f64 {
        self.top as f64 / self.n as f64
    }
}

/// What was written to `survey_wide.csv`.
#[derive(Debug, Default, Serialize)]
pub(super) struct SurveyTruth {
    pub rows: u64,
    pub rows_by_survey: BTreeMap<&'static str, u64>,
    /// Rows that repeat another one cell by cell.
    pub repeated_rows: u64,
    /// Rows that a later version of the same number replaces, the repeated ones among them.
    pub replaced_versions: u64,
    /// Earlier answers of a customer who answered twice in a wave.
    pub answered_twice_in_wave: u64,
    pub test_rows: u64,
    pub with_comment: u64,
    pub without_customer: u64,
    pub by_question: BTreeMap<String, Outcomes>,
    /// Answers to `recommend` that count.
    pub nps: Camps,
    pub nps_by_survey: BTreeMap<&'static str, Camps>,
    pub nps_by_channel: BTreeMap<&'static str, Camps>,
    pub nps_by_segment: BTreeMap<&'static str, Camps>,
    pub nps_by_year: BTreeMap<&'static str, Camps>,
    pub nps_by_year_and_channel: BTreeMap<&'static str, BTreeMap<&'static str, Camps>>,
    /// Answers to `satisfaction` of customers in the trial.
    pub satisfied_by_arm: BTreeMap<&'static str, Satisfied>,
    /// Of everybody, before and since the programme: the comparison that misleads.
    pub satisfied_before: Satisfied,
    pub satisfied_since: Satisfied,
}

/// The first year of records, or the second; none for what lies in the partial month.
fn year(day: Day) -> Option<&'static str> {
    match day {
        d if d < Day::of(2025, 11, 1) => Some("2024-11..2025-10"),
        d if d <= LAST_COMPLETE => Some("2025-11..2026-10"),
        _ => None,
    }
}

/// Adds the traps of such exports, and writes the file.
pub(super) fn write(
    world: &World,
    people: &[Person],
    mut list: Vec<Submission>,
    figures: &mut Figures,
    folder: &mut Folder,
) -> Result<SurveyTruth, Error> {
    let repeated = plant(world, &mut list);
    let mut rows: Vec<&Submission> = Vec::with_capacity(list.len() + repeated.len());
    for (i, made) in list.iter().enumerate() {
        rows.push(made);
        if repeated.contains(&i) {
            rows.push(made);
        }
    }
    let mut sheet = Sheet::plain(folder.create(FILE)?, ',');
    let headings: Vec<&str> = QUESTIONS.iter().map(|(heading, ..)| *heading).collect();
    sheet.head(&format!(
        "Response,Survey,Wave,Customer No,Invited,Last activity,State,Channel,Case,Language,{},Comment,Test",
        headings.join(",")
    ));
    for made in &rows {
        put(&mut sheet, made);
    }
    let mut truth = tally(world, people, &rows, figures);
    truth.repeated_rows = repeated.len() as u64;
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}

/// Plants the traps; gives the rows that will be written twice.
fn plant(world: &World, list: &mut Vec<Submission>) -> HashSet<usize> {
    let mut dice = Dice::new(world.seed, "survey traps", 0);
    let done: Vec<usize> = (0..list.len())
        .filter(|i| list[*i].state == State::Completed && list[*i].acted.is_some_and(|at| at.day < AS_OF))
        .collect();
    let (mut asked, mut bound): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for i in &done {
        if list[*i].given[RECOMMEND] != Given::Blank {
            asked.push(*i);
        }
        if list[*i].kind == Kind::Relationship && list[*i].person.is_some() {
            bound.push(*i);
        }
    }
    // 100 rows, each with one trap.
    let chosen = dice.distinct(100, asked.len());
    let (off_scale, rest) = chosen.split_at(18);
    let (unreadable, rest) = rest.split_at(6);
    let (repeated, rest) = rest.split_at(41);
    let (updated, _) = rest.split_at(26);
    for (n, i) in off_scale.iter().enumerate() {
        list[asked[*i]].given[RECOMMEND] = Given::Outside(if n % 3 == 0 { -1 } else { 11 });
        list[asked[*i]].given[SATISFACTION] = Given::Outside(if n % 2 == 0 { 0 } else { 6 });
    }
    for i in unreadable {
        list[asked[*i]].given[RECOMMEND] = Given::Unreadable;
    }
    let repeated: HashSet<usize> = repeated.iter().map(|i| asked[*i]).collect();
    let next_day = |at: Option<Moment>, seconds| at.map(|at| at.plus(seconds));
    for i in updated {
        let old = list[asked[*i]].clone();
        let mut new = Submission { acted: next_day(old.acted, 1140), ..old };
        new.given[RECOMMEND] = Given::Point(8);
        new.comment = "";
        list.push(new);
    }
    let trapped: HashSet<usize> = chosen.iter().map(|i| asked[*i]).collect();
    let twice: Vec<usize> = dice
        .distinct(160, bound.len())
        .into_iter()
        .map(|i| bound[i])
        .filter(|i| !trapped.contains(i))
        .take(58)
        .collect();
    let first_new = list.iter().map(|s| s.id).max().unwrap_or(0) + 1;
    for (id, i) in (first_new..).zip(twice) {
        let old = list[i].clone();
        let mut new = Submission { id, acted: next_day(old.acted, 7260), ..old };
        new.given[SATISFACTION] = Given::Point(3);
        new.comment = "";
        list.push(new);
    }
    let first_test = list.iter().map(|s| s.id).max().unwrap_or(0) + 1;
    for id in first_test..first_test + 30 {
        let like = &list[done[dice.below(done.len())]];
        let mut test = Submission { id, person: None, test: true, case: None, ..like.clone() };
        like.kind.asks().iter().for_each(|q| test.given[*q] = Given::Point(1));
        test.comment = "TEST please ignore";
        list.push(test);
    }
    repeated
}

fn put(sheet: &mut Sheet, made: &Submission) {
    let state = match made.state {
        State::Bounced => "Bounced",
        State::Delivered => "Delivered",
        State::Dismissed => "Dismissed",
        State::Started => "In progress",
        State::Completed => "Completed",
    };
    sheet.cell(made.id).text(made.kind.name()).text(made.wave.unwrap_or("")).text(&customer(made));
    sheet.cell(made.invited).maybe(made.acted).text(state).text(made.channel_name);
    sheet.text(made.case.as_deref().unwrap_or("")).text(made.language);
    for (q, given) in made.given.iter().enumerate() {
        match given {
            Given::Blank => sheet.cell(""),
            Given::Point(x) if q == EXPECTATION => sheet.text(EXPECTED[*x as usize - 1]),
            Given::Point(x) if YES_NO.contains(&q) => sheet.text(if *x == 1 { "Yes" } else { "No" }),
            Given::DontKnow if q == RECOMMEND || q == EASE => sheet.cell(99),
            Given::DontKnow => sheet.text("Don't know"),
            Given::Point(x) | Given::Outside(x) => sheet.cell(x),
            Given::Unreadable => sheet.text("9/10"),
        };
    }
    sheet.text(made.comment).text(if made.test { "yes" } else { "no" }).end();
}

/// What becomes of an answer before later versions replace it.
const fn outcome(given: Given, state: State, test: bool) -> &'static str {
    match (given, state) {
        _ if test => "excluded",
        (_, State::Dismissed) => "dismissed",
        (_, State::Bounced | State::Delivered) => "invited",
        (Given::Outside(_), _) => "out_of_scale",
        (Given::Unreadable, _) => "unreadable",
        (_, State::Started) => "partial",
        (Given::Blank, _) => "blank",
        (Given::DontKnow, _) => "dont_know",
        (Given::Point(_), _) => "answered",
    }
}

/// Rows that do not count because a later one of the same key does: the later
/// act stays, and of acts at the same moment the later row.
fn replaced<K: std::hash::Hash + Eq>(
    rows: impl Iterator<Item = (K, Option<Moment>, usize)>,
) -> HashSet<usize> {
    let mut best: HashMap<K, (Option<Moment>, usize)> = HashMap::new();
    let mut lost = HashSet::new();
    for (key, acted, row) in rows {
        match best.get_mut(&key) {
            None => drop(best.insert(key, (acted, row))),
            Some(known) if (acted, row) >= *known => {
                lost.insert(known.1);
                *known = (acted, row);
            }
            Some(_) => drop(lost.insert(row)),
        }
    }
    lost
}

fn tally(world: &World, people: &[Person], rows: &[&Submission], figures: &mut Figures) -> SurveyTruth {
    let mut truth = SurveyTruth::default();
    let old_versions = replaced(rows.iter().enumerate().map(|(i, s)| (s.id, s.acted, i)));
    truth.replaced_versions = old_versions.len() as u64;
    let mut twice = HashSet::new();
    for (q, (_, question, item)) in QUESTIONS.iter().enumerate() {
        let asked = rows.iter().enumerate().filter(|(_, s)| s.kind.asks().contains(&q));
        let of_wave = asked.clone().filter_map(|(i, s)| {
            let counts = outcome(s.given[q], s.state, s.test) == "answered";
            let key = s.wave.zip(s.person).filter(|_| counts && s.kind == Kind::Relationship)?;
            Some((key, s.acted, i))
        });
        let in_wave = replaced(of_wave);
        twice.extend(in_wave.iter().filter(|i| !old_versions.contains(i)).copied());
        let name = if item.is_empty() { (*question).to_owned() } else { format!("{question}/{item}") };
        let outcomes = truth.by_question.entry(name).or_default();
        let mut counting = Vec::new();
        for (i, made) in asked {
            outcomes.rows += 1;
            let lost = old_versions.contains(&i) || in_wave.contains(&i);
            let became = if lost { "superseded" } else { outcome(made.given[q], made.state, made.test) };
            *(match became {
                "answered" => &mut outcomes.answered,
                "blank" => &mut outcomes.blank,
                "dont_know" => &mut outcomes.dont_know,
                "partial" => &mut outcomes.partial,
                "dismissed" => &mut outcomes.dismissed,
                "invited" => &mut outcomes.invited,
                "out_of_scale" => &mut outcomes.out_of_scale,
                "unreadable" => &mut outcomes.unreadable,
                "superseded" => &mut outcomes.superseded,
                _ => &mut outcomes.excluded,
            }) += 1;
            if let ("answered", Given::Point(x)) = (became, made.given[q]) {
                *outcomes.points.entry(x).or_default() += 1;
                counting.push((*made, x));
            }
        }
        match q {
            RECOMMEND => counting.iter().for_each(|(s, x)| camps(&mut truth, people, s, *x)),
            SATISFACTION => {
                for (made, x) in counting {
                    let Some(acted) = made.acted else { continue };
                    satisfied(&mut truth, people, made, acted.day, x);
                    trials::answered(world, people, made, acted.day, x, figures);
                }
            }
            _ => {}
        }
    }
    truth.answered_twice_in_wave = twice.len() as u64;
    for made in rows {
        *truth.rows_by_survey.entry(made.kind.name()).or_default() += 1;
        truth.test_rows += u64::from(made.test);
        truth.with_comment += u64::from(!made.comment.is_empty());
        truth.without_customer += u64::from(made.person.is_none());
    }
    truth
}

fn camps(truth: &mut SurveyTruth, people: &[Person], made: &Submission, x: i32) {
    truth.nps.add(x);
    truth.nps_by_survey.entry(made.kind.name()).or_default().add(x);
    truth.nps_by_channel.entry(made.channel_name).or_default().add(x);
    if let Some(person) = made.person {
        truth.nps_by_segment.entry(SEGMENTS[people[person as usize].segment]).or_default().add(x);
    }
    if let Some(year) = made.acted.and_then(|at| year(at.day)) {
        truth.nps_by_year.entry(year).or_default().add(x);
        let by_channel = truth.nps_by_year_and_channel.entry(year).or_default();
        by_channel.entry(made.channel_name).or_default().add(x);
    }
}

fn satisfied(truth: &mut SurveyTruth, people: &[Person], made: &Submission, day: Day, x: i32) {
    let since = day >= PROGRAMME;
    let arm = match (made.person.and_then(|p| people[p as usize].treated), since) {
        (Some(true), true) => Some("treated since"),
        (Some(true), false) => Some("treated before"),
        (Some(false), true) => Some("held out since"),
        (Some(false), false) => Some("held out before"),
        (None, _) => None,
    };
    let everybody = if since { &mut truth.satisfied_since } else { &mut truth.satisfied_before };
    let arm = arm.map(|arm| truth.satisfied_by_arm.entry(arm).or_default());
    for group in std::iter::once(everybody).chain(arm) {
        group.n += 1;
        group.top += u64::from(x >= 4);
    }
}
