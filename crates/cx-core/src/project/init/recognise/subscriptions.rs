//! Contracts: when each began and ended, and what it pays a month.

use super::Candidate;
use super::sketch::{Sketch, Wants};
use crate::project::init::draft::TableDraft;
use crate::project::init::survey::Shape;
use crate::project::init::words::Role;
use std::collections::BTreeMap;

pub(super) fn recognise(shape: &Shape, _: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let mut to = TableDraft::new("subscriptions");
    let id = sketch
        .find_exact(Role::Subscription, Wants::Key)
        .filter(|c| sketch.profile(*c).is_nearly_unique())?;
    let started = sketch.find(Role::StartedAt, Wants::Moment)?;
    let monthly = sketch.find(Role::Monthly, Wants::Number);
    let ended = sketch.find(Role::EndedAt, Wants::Moment).filter(|c| *c != started);
    if monthly.is_none() && ended.is_none() {
        return None;
    }
    sketch.put(&mut to, "subscription_id", id, "one row per contract");
    sketch.map(&mut to, "customer_id", Role::Customer, Wants::Key);
    sketch.put(&mut to, "started_at", started, "");
    if let Some(ended) = ended {
        sketch.put(&mut to, "ended_at", ended, "");
    }
    for (canonical, role, wants) in [
        ("due_at", Role::DueAt, Wants::Moment),
        ("renewed_at", Role::RenewedAt, Wants::Moment),
        ("plan", Role::Plan, Wants::Category),
        ("end_reason", Role::CloseReason, Wants::Category),
    ] {
        sketch.map(&mut to, canonical, role, wants);
    }
    if let Some(monthly) = monthly {
        sketch.put(&mut to, "mrr", monthly, "");
    }
    sketch.dimensions(&mut to);
    let score = 8 + 2 * i32::from(monthly.is_some()) + 2 * i32::from(ended.is_some());
    Some(sketch.finish("contracts", score, vec![to]))
}
