//! `tickets.csv`: an event log with several states per case.

use super::orders::Order;
use super::people::number;
use super::world::{AS_OF, World};
use crate::calendar::{Day, Moment};
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::{Sheet, money};
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const TICKETS: &str = "tickets.csv";

const CHANNELS: [(&str, f64); 3] = [("email", 0.48), ("chat", 0.34), ("form", 0.18)];
const REASONS: [(&str, f64); 6] = [
    ("Where is my order", 0.3),
    ("Return", 0.24),
    ("Damaged item", 0.12),
    ("Invoice", 0.1),
    ("Product question", 0.16),
    ("Club", 0.08),
];
/// Cases closed without ever being solved.
const UNSOLVED: usize = 12;
/// Promised hours until a case is solved, by channel.
const PROMISED_HOURS: [i64; 3] = [48, 8, 72];

/// One case.
#[derive(Debug)]
pub(super) struct Ticket {
    pub at: Moment,
    pub person: Option<u32>,
    pub channel: usize,
    reason: usize,
    complaint: bool,
    first_reply: Moment,
    /// None for a case that nobody solved.
    pub resolved: Option<Moment>,
    /// When it was opened again, and solved once more.
    reopened: Option<(Moment, Moment)>,
    closed: Moment,
    transferred: bool,
    escalated: bool,
    minutes: i64,
    /// Begun by the bot: whether it passed the case on.
    bot: Option<bool>,
    agent: usize,
}

/// The number a case has in every file.
pub(super) fn case(ticket: usize) -> String {
    format!("T{}", 500_001 + ticket)
}

/// How a channel is called.
pub(super) const fn channel(ticket: &Ticket) -> &'static str {
    CHANNELS[ticket.channel].0
}

impl Ticket {
    /// When it was solved for good.
    pub(super) fn solved(&self) -> Option<Moment> {
        self.reopened.map(|(_, again)| again).or(self.resolved)
    }

    /// When it was solved as far as the records know.
    fn solved_on_record(&self) -> Option<Moment> {
        let again = self.reopened.filter(|(again, _)| again.day <= AS_OF);
        again.map(|(_, solved)| solved).or(self.resolved).filter(|at| at.day <= AS_OF)
    }

    fn in_time(&self, at: Moment) -> bool {
        seconds(self.at, at) <= PROMISED_HOURS[self.channel] * 3600
    }
}

/// Seconds from one moment to another.
fn seconds(from: Moment, to: Moment) -> i64 {
    i64::from(to.day.0 - from.day.0) * 86_400 + i64::from(to.second) - i64::from(from.second)
}

/// Every case, by the moment it was opened.
pub(super) fn tickets(world: &World, orders: &[Order]) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for (i, order) in orders.iter().enumerate() {
        let mut dice = Dice::new(world.seed, "tickets", i as u64);
        let trouble = 0.34 + if order.late() { 0.35 } else { 0.0 } + if order.damaged { 0.4 } else { 0.0 };
        if order.customer.is_none() || !dice.chance(trouble) {
            continue;
        }
        let reason = if order.damaged && dice.chance(0.8) {
            2
        } else if order.late() && dice.chance(0.7) {
            0
        } else {
            dice.weighted(&REASONS.map(|(_, w)| w))
        };
        let at = order.promised.at(8 + dice.below(12) as u32, dice.below(60) as u32, 0);
        let mut next = Some(at);
        while let Some(at) = next.filter(|at| at.day <= AS_OF) {
            let ticket = ticket(at, order.customer, reason, &mut dice);
            // Some come back with the same matter within a week.
            next = dice.chance(0.14).then(|| ticket.closed.plus(60 * dice.between(30, 4000)));
            tickets.push(ticket);
        }
    }
    tickets.sort_by_key(|t| (t.at, t.person));
    let mut dice = Dice::new(world.seed, "unsolved tickets", 0);
    let old: Vec<usize> = (0..tickets.len()).filter(|i| tickets[*i].at.day < AS_OF.plus(-40)).collect();
    for i in dice.distinct(UNSOLVED, old.len()) {
        let ticket = &mut tickets[old[i]];
        (ticket.resolved, ticket.reopened) = (None, None);
        ticket.closed = ticket.first_reply.plus(86_400 * 9);
    }
    tickets
}

fn ticket(at: Moment, person: Option<u32>, reason: usize, dice: &mut Dice) -> Ticket {
    let channel = dice.weighted(&CHANNELS.map(|(_, w)| w));
    let minutes = |x: f64| 60 * (1 + x as i64);
    let first_reply = at.plus(minutes(dice.exponential([340.0, 6.0, 600.0][channel])));
    let resolved = first_reply.plus(minutes(dice.exponential([1500.0, 260.0, 2300.0][channel])));
    let reopened = dice.chance(0.062).then(|| {
        let again = resolved.plus(minutes(240.0 + dice.exponential(1800.0)));
        (again, again.plus(minutes(dice.exponential(1400.0))))
    });
    let bot = (channel == 1 && dice.chance(0.55)).then(|| dice.chance(0.38));
    let closed = reopened.map_or(resolved, |(_, solved)| solved).plus(86_400 * 3);
    Ticket {
        at,
        person,
        channel,
        reason,
        complaint: dice.chance(if reason == 2 { 0.5 } else { 0.09 }),
        first_reply,
        resolved: Some(resolved),
        reopened,
        closed,
        transferred: dice.chance(0.15),
        escalated: dice.chance(0.05),
        minutes: 2 + dice.gamma(2.0).mul_add(4.5, 0.0) as i64,
        bot,
        agent: 1 + dice.below(24),
    }
}

/// What was written to `tickets.csv`.
#[derive(Debug, Default, Serialize)]
pub(super) struct TicketTruth {
    /// States, one a row.
    pub rows: u64,
    pub cases: u64,
    /// Rows that a later state of the same case follows.
    pub earlier_states: u64,
    /// By the last state of each case.
    pub solved: u64,
    pub sla_met: u64,
    pub sla_missed: u64,
    /// What counting all rows would give: most states are written before anything is late.
    pub naive_sla_rows: u64,
    pub naive_sla_met: u64,
    pub reopened: u64,
    pub closed_unsolved: u64,
    pub still_open: u64,
    pub complaints: u64,
    pub cases_by_channel: BTreeMap<&'static str, u64>,
}

/// A state of a case.
struct State {
    at: Moment,
    ticket: usize,
    step: usize,
    name: &'static str,
    opened_again: bool,
}

fn states(ticket: &Ticket, number: usize) -> Vec<State> {
    let mut list = vec![("New", ticket.at, false), ("In progress", ticket.first_reply, false)];
    if let Some(resolved) = ticket.resolved {
        list.push(("Resolved", resolved, false));
    }
    if let Some((again, solved)) = ticket.reopened {
        list.extend([("Reopened", again, true), ("Resolved", solved, true)]);
    }
    list.push(("Closed", ticket.closed, ticket.reopened.is_some()));
    list.into_iter()
        .enumerate()
        .filter(|(_, (_, at, _))| at.day <= AS_OF)
        .map(|(step, (name, at, opened_again))| State { at, ticket: number, step, name, opened_again })
        .collect()
}

/// Writes the event log, in the order things happened.
pub(super) fn write_tickets(tickets: &[Ticket], folder: &mut Folder) -> Result<TicketTruth, Error> {
    let mut sheet = Sheet::plain(folder.create(TICKETS)?, ',');
    sheet.head("Case,State,Updated,Opened,First reply,Solved,Closed,Customer,Channel,Type,Reason,Agent,Transferred,Escalated,Reopened,SLA hours,SLA met,Handling minutes,Bot,Handed over,Cost");
    let mut truth = TicketTruth { cases: tickets.len() as u64, ..TicketTruth::default() };
    let mut log: Vec<State> = tickets.iter().enumerate().flat_map(|(i, t)| states(t, i)).collect();
    log.sort_by_key(|s| (s.at, s.ticket, s.step));
    for state in &log {
        let met = put_state(&mut sheet, state, &tickets[state.ticket]);
        truth.naive_sla_rows += u64::from(met.is_some());
        truth.naive_sla_met += u64::from(met == Some(true));
    }
    for ticket in tickets {
        let solved = ticket.solved_on_record();
        truth.complaints += u64::from(ticket.complaint);
        *truth.cases_by_channel.entry(channel(ticket)).or_default() += 1;
        truth.reopened += u64::from(ticket.reopened.is_some_and(|(at, _)| at.day <= AS_OF));
        match (solved, ticket.resolved) {
            (Some(at), _) if ticket.in_time(at) => truth.sla_met += 1,
            (Some(_), _) => truth.sla_missed += 1,
            (None, None) => truth.closed_unsolved += 1,
            (None, Some(_)) => truth.still_open += 1,
        }
    }
    truth.solved = truth.sla_met + truth.sla_missed;
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(TICKETS)))?;
    truth.earlier_states = truth.rows - truth.cases;
    Ok(truth)
}

/// Writes what the desk knew at a moment; gives what it said about its promise.
fn put_state(sheet: &mut Sheet, state: &State, ticket: &Ticket) -> Option<bool> {
    let known = |at: Moment| if at <= state.at { at.slashed() } else { "?".to_owned() };
    let yes_no = |b: bool| if b { "yes" } else { "no" };
    let solved = match state.name {
        "Resolved" => Some(state.at),
        "Closed" => ticket.solved(),
        _ => None,
    };
    let unsolved = state.name == "Closed" && solved.is_none();
    // Until it is late, a case is in time.
    let met = (!unsolved).then(|| ticket.in_time(solved.unwrap_or(state.at)));
    let over = matches!(state.name, "Resolved" | "Closed");
    sheet.cell(case(state.ticket)).text(state.name).cell(state.at.slashed()).cell(ticket.at.slashed());
    sheet.cell(known(ticket.first_reply));
    sheet.cell(solved.map_or_else(|| "?".to_owned(), Moment::slashed));
    sheet.cell(if state.name == "Closed" { state.at.slashed() } else { "?".to_owned() });
    sheet.maybe(ticket.person.map(number)).text(channel(ticket));
    sheet.text(if ticket.complaint { "Complaint" } else { "Request" }).text(REASONS[ticket.reason].0);
    sheet.cell(format_args!("A{:02}", ticket.agent));
    sheet.text(yes_no(ticket.transferred && state.step > 0)).text(yes_no(ticket.escalated && state.step > 0));
    sheet.text(yes_no(state.opened_again)).cell(PROMISED_HOURS[ticket.channel]);
    sheet.text(met.map_or("?", yes_no));
    if over {
        sheet.cell(ticket.minutes)
    } else {
        sheet.cell("?")
    };
    sheet.text(yes_no(ticket.bot.is_some())).text(yes_no(ticket.bot == Some(true)));
    if over {
        sheet.cell(money(ticket.minutes * 64))
    } else {
        sheet.cell("?")
    };
    sheet.end();
    met
}

/// The first day a case of the last week can be asked about.
pub(super) fn asked(ticket: &Ticket) -> Option<Day> {
    ticket.solved().map(|at| at.day.plus(1)).filter(|day| *day <= AS_OF)
}
