//! What to do next, before money is spent.
//!
//! ```text
//! terms        what is planned: candidates, budget, teams
//! opportunity  what moving a figure of the base would be worth
//! spread       customers' margin, contacts and cost of service over the days of a test
//! power        what a test by lot would find, against what has to be found
//! forecast     money of one candidate
//! everybody    who is a customer now
//! overlap      who is reached by more than one
//! choose       the best set under the limits, shrunk before it is chosen, over budgets
//! response     what another euro brings, where one thing is planned in three sizes
//! roadmap      in which order and when
//! known        what is running already
//! lot          customers drawn into arms
//! facts        every figure with what it stands on
//! run          all of it
//! written      budgets, chances and rates as people write them
//! ```

mod choose;
mod everybody;
mod facts;
mod forecast;
mod known;
mod lot;
mod opportunity;
mod overlap;
mod power;
mod response;
mod roadmap;
mod run;
mod spread;
mod terms;
pub mod written;

pub use lot::{Drawn, LotTerms, draw};
pub use run::run;
pub use terms::{Candidate, Condition, Plan, TEST_MONTHS, Team};
