//! What an initiative is worth in money: flows, returns, and what must not be counted twice.
//!
//! Money is in major units and rates are per period, as in
//! [`crate::infer::lifetime_value`]. NPV ranks, ROI explains, payback calms;
//! an internal rate of return is given only with all its roots.

mod annuity;
mod contract_case;
mod delay;
mod double_count;
mod flows;
mod identity;
mod internal_rate;
mod joint;
mod payback;
mod returns;
mod schedule;
mod shapley;
mod streams;

pub use annuity::Annuity;
pub use contract_case::{ContractCase, ValuedCase};
pub use delay::{cost_of_delay, cost_of_waiting};
pub use double_count::{Claim, Collision, Counted, Priced, Route, Rule, count_once};
pub use flows::{Flow, Flows};
pub use identity::{Decomposition, TwoWorlds, person_periods, present_gain};
pub use internal_rate::{InternalRates, internal_rates, modified_internal_rate};
pub use joint::{Guarded, Joint, guard};
pub use payback::{PaidBack, discounted_payback, payback};
pub use returns::{Returns, RoiForms, after_tax, annualised};
pub use schedule::{Schedule, Timing};
pub use shapley::{Bounds, Coalition, Credit, shapley, shapley_bounds};
pub use streams::{Cashable, Kind, Stream, cashable};
