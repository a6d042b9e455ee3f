//! Linden & Finch: house and garden, sold on the web, in an app and on a
//! marketplace, with a paid club.
//!
//! Planted: the marketplace's share grows, so that the overall NPS falls while
//! it rises in every channel; a care programme with a held-out half works, yet
//! a comparison of before and after misleads, because prices went up meanwhile,
//! buyers moved to the marketplace and December is a bad month.
//!
//! ```text
//! world      the laws                people   customers.csv
//! products   what is sold            orders → shop   orders.csv
//! rates      rates.csv               service  tickets.csv; calls  calls.csv
//! survey   → answers   survey_wide.csv, and what became of each answer
//! club       subscriptions.csv, mrr_changes.csv
//! visits     sessions.csv.gz         voices   reviews.jsonl
//! staff      employee_pulse.csv …    books    costs, plan, events …
//! trials     initiatives.csv, assignments.csv, and what they do
//! truth      truth.json              cx.toml  the settings, plan.toml what may be done
//! ```

mod answers;
mod books;
mod calls;
mod club;
mod orders;
mod people;
mod products;
mod rates;
mod service;
mod shop;
mod staff;
mod survey;
mod trials;
mod truth;
mod visits;
mod voices;
mod words;
mod world;

pub(crate) use truth::write;
