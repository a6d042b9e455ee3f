//! `subscriptions.csv` and `mrr_changes.csv`: the paid club.

use super::people::{Person, number};
use super::world::{AS_OF, PRICE_RISE, START, World};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::{Sheet, money};
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const CONTRACTS: &str = "subscriptions.csv";
pub(super) const CHANGES: &str = "mrr_changes.csv";

/// Plans with their fees per month in euro cents, before and after the price rise.
const PLANS: [(&str, [i64; 2]); 2] = [("Basic", [490, 520]), ("Plus", [990, 1050])];
/// Chance per month of leaving, before every factor.
const LEAVING: f64 = 0.021;
/// January is when people tidy up.
const JANUARY: f64 = 1.6;
/// Chance of leaving at an anniversary, when the contract comes up for renewal.
const NOT_RENEWED: f64 = 0.09;
const BY_CHOICE: f64 = 0.82;
const REASONS: [(&str, f64); 4] =
    [("Too expensive", 0.36), ("Rarely used", 0.38), ("Bad experience", 0.16), ("Moved", 0.1)];
/// Chance that someone who left comes back within some months.
const RETURNS: f64 = 0.07;

/// One change of a fee.
#[derive(Debug, Clone, Copy)]
struct Change {
    day: Day,
    before: i64,
    after: i64,
    cause: &'static str,
}

/// One contract.
#[derive(Debug)]
struct Contract {
    person: u32,
    plan: usize,
    started: Day,
    ended: Option<(Day, bool, &'static str)>,
    changes: Vec<Change>,
}

impl Contract {
    fn fee(&self) -> i64 {
        self.changes.iter().rev().find(|c| c.after > 0).map_or(0, |c| c.after)
    }

    fn fee_on(&self, day: Day) -> i64 {
        self.changes.iter().rev().find(|c| c.day < day).map_or(0, |c| c.after)
    }

    /// The last anniversary that has come, and whether the contract went on.
    fn renewal(&self) -> Option<(Day, bool)> {
        let (year, month, day) = self.started.date();
        let due = |years: i32| Day::of(year + years, month, day.min(28));
        let years = (1..10).take_while(|y| due(*y) <= AS_OF).last()?;
        let reached =
            (1..=years).rev().find(|y| self.ended.is_none_or(|(end, ..)| end >= due(*y))).map(due)?;
        Some((reached, self.ended.is_none_or(|(end, ..)| end > reached)))
    }
}

/// What was written to the two files of the club.
#[derive(Debug, Default, Serialize)]
pub(super) struct ClubTruth {
    pub contracts: u64,
    pub changes: u64,
    pub changes_by_cause: BTreeMap<&'static str, u64>,
    /// From the first to the last of October 2026, and of the year before.
    pub years: BTreeMap<&'static str, ClubYear>,
    /// Contracts of customers in the trial, from the programme's first day to the last of records.
    pub trial: BTreeMap<&'static str, Trial>,
    pub ended_by_choice: u64,
    pub ended_otherwise: u64,
    pub came_up_for_renewal: u64,
    pub renewed: u64,
}

/// A year of the club, from the members at its start.
#[derive(Debug, Default, Serialize)]
pub(super) struct ClubYear {
    pub members_at_start: u64,
    pub of_them_at_end: u64,
    pub members_at_end: u64,
    pub fees_at_start_cents: i64,
    /// Fees at the end of those who were members at the start.
    pub fees_at_end_cents: i64,
    /// The same, never more than at the start.
    pub fees_kept_cents: i64,
}

/// Leavers of one arm.
#[derive(Debug, Default, Serialize)]
pub(super) struct Trial {
    pub contracts: u64,
    pub left: u64,
    pub contract_days: i64,
}

/// Writes both files.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<ClubTruth, Error> {
    let contracts = contracts(world, people);
    let mut truth = ClubTruth::default();
    let mut sheet = Sheet::plain(folder.create(CONTRACTS)?, ',');
    sheet.head("Contract,Customer,Plan,Started,Renewal due,Renewed on,Ended,End reason,End type,Monthly fee");
    let mut changes: Vec<(Change, usize)> = Vec::new();
    for (i, contract) in contracts.iter().enumerate() {
        let renewal = contract.renewal();
        sheet.cell(contract_number(i)).cell(number(contract.person)).text(PLANS[contract.plan].0);
        sheet.cell(contract.started).maybe(renewal.map(|(due, _)| due));
        sheet.maybe(renewal.filter(|(_, on)| *on).map(|(due, _)| due));
        sheet.maybe(contract.ended.map(|(day, ..)| day)).text(contract.ended.map_or("", |(_, _, why)| why));
        let kind =
            contract.ended.map_or("", |(_, chosen, _)| if chosen { "cancelled" } else { "payment failed" });
        sheet.text(kind).cell(money(contract.fee())).end();
        changes.extend(contract.changes.iter().map(|c| (*c, i)));
        truth.came_up_for_renewal += u64::from(renewal.is_some());
        truth.renewed += u64::from(renewal.is_some_and(|(_, on)| on));
        match contract.ended {
            Some((_, true, _)) => truth.ended_by_choice += 1,
            Some((_, false, _)) => truth.ended_otherwise += 1,
            None => {}
        }
        trial(&mut truth, contract, people[contract.person as usize].treated);
    }
    truth.contracts = sheet.finish().map_err(Error::io(&folder.path(CONTRACTS)))?;
    changes.sort_by_key(|(c, i)| (c.day, *i));
    let mut sheet = Sheet::plain(folder.create(CHANGES)?, ',');
    sheet.head("Date,Contract,Customer,Fee before,Fee after,Cause");
    for (change, i) in changes {
        sheet.cell(change.day).cell(contract_number(i)).cell(number(contracts[i].person));
        sheet.cell(money(change.before)).cell(money(change.after)).text(change.cause).end();
        *truth.changes_by_cause.entry(change.cause).or_default() += 1;
    }
    truth.changes = sheet.finish().map_err(Error::io(&folder.path(CHANGES)))?;
    for (name, from, to) in [
        ("2024-11..2025-10", START, Day::of(2025, 11, 1)),
        ("2025-11..2026-10", Day::of(2025, 11, 1), Day::of(2026, 11, 1)),
    ] {
        truth.years.insert(name, club_year(&contracts, from, to));
    }
    Ok(truth)
}

fn contract_number(contract: usize) -> String {
    format!("LC{:05}", contract + 1)
}

/// Fees of members the moment a year starts and the moment it ends.
fn club_year(contracts: &[Contract], from: Day, to: Day) -> ClubYear {
    // A member who came back under a new contract is the same member.
    let mut fees: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
    for contract in contracts {
        let entry = fees.entry(contract.person).or_default();
        entry.0 += contract.fee_on(from);
        entry.1 += contract.fee_on(to);
    }
    let mut year = ClubYear::default();
    for (start, end) in fees.into_values() {
        year.members_at_end += u64::from(end > 0);
        if start > 0 {
            year.members_at_start += 1;
            year.of_them_at_end += u64::from(end > 0);
            year.fees_at_start_cents += start;
            year.fees_at_end_cents += end;
            year.fees_kept_cents += end.min(start);
        }
    }
    year
}

fn trial(truth: &mut ClubTruth, contract: &Contract, treated: Option<bool>) {
    let from = super::world::PROGRAMME;
    let Some(treated) = treated.filter(|_| contract.started < from) else { return };
    if contract.ended.is_some_and(|(day, ..)| day < from) {
        return;
    }
    let arm = truth.trial.entry(if treated { "treated" } else { "held out" }).or_default();
    arm.contracts += 1;
    arm.left += u64::from(contract.ended.is_some());
    arm.contract_days += i64::from(contract.ended.map_or(AS_OF.plus(1), |(day, ..)| day).0 - from.0);
}

fn contracts(world: &World, people: &[Person]) -> Vec<Contract> {
    let mut list = Vec::new();
    for (i, person) in people.iter().enumerate().filter(|(_, p)| p.club) {
        let mut dice = Dice::new(world.seed, "club", i as u64);
        let opened = Day::of(2023, 5, 1).max(person.joined);
        let mut next = Some(opened.plus(dice.exponential(60.0) as i32));
        let mut again = false;
        while let Some(started) = next.filter(|day| *day <= AS_OF) {
            let contract = contract(world, i as u32, person, started, again, &mut dice);
            let ended = contract.ended.map(|(day, ..)| day);
            next = ended
                .filter(|_| dice.chance(RETURNS))
                .map(|day| day.plus(40 + dice.exponential(90.0) as i32));
            again = true;
            list.push(contract);
        }
    }
    list.sort_by_key(|c| (c.started, c.person));
    list
}

/// A contract month by month: leaving, changing plan, the new prices.
fn contract(world: &World, i: u32, person: &Person, started: Day, again: bool, dice: &mut Dice) -> Contract {
    let mut plan = dice.weighted(&[0.68, 0.32]);
    let era = usize::from(started >= PRICE_RISE);
    let mut fee = PLANS[plan].1[era];
    let cause = if again { "reactivation" } else { "new" };
    let mut changes = vec![Change { day: started, before: 0, after: fee, cause }];
    let mut ended = None;
    let mut month = started.month_start(1);
    while month <= AS_OF && ended.is_none() {
        let treated = person.treated == Some(true);
        let january = if month.month() == 1 { JANUARY } else { 1.0 };
        if month == PRICE_RISE {
            let new = PLANS[plan].1[1];
            changes.push(Change { day: month, before: fee, after: new, cause: "price" });
            fee = new;
        }
        let anniversary = month.month() == started.month();
        let (day, leaving) = if anniversary {
            (month.plus(started.date().2.min(28) - 1), LEAVING + NOT_RENEWED)
        } else {
            (month.plus(1 + dice.below(26) as i32), LEAVING)
        };
        if day > AS_OF {
            break;
        }
        if dice.chance(leaving * january * world.leaving(month, treated)) && !person.is_rare() {
            let chosen = dice.chance(BY_CHOICE);
            let why =
                if chosen { REASONS[dice.weighted(&REASONS.map(|(_, w)| w))].0 } else { "Payment failed" };
            changes.push(Change { day, before: fee, after: 0, cause: "churn" });
            ended = Some((day, chosen, why));
        } else if dice.chance(if plan == 0 { 0.007 } else { 0.006 }) {
            plan = 1 - plan;
            let new = PLANS[plan].1[usize::from(month >= PRICE_RISE)];
            changes.push(Change { day, before: fee, after: new, cause: "plan" });
            fee = new;
        }
        month = month.month_start(1);
    }

    Contract { person: i, plan, started, ended, changes }
}
